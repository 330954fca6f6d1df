//! A number that is the same on all paths, or differs from path to path.
//!
//! In: a quantity of a scenario. Out: a [`Coefficient`]. A range takes one draw per path, in a row filled
//! when a block opens. Not here: the distribution of a range (`math`), how it is written (`form`).

use super::{Build, Draw, Row, Rows};
use crate::form::{Drawn, Ranged};
use crate::math::{LANES, Lanes, RangeLaw};

/// A coefficient: one number for all paths, or one per path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coefficient {
    Same(f64),
    PerPath(Row),
}

impl Coefficient {
    /// Value of the coefficient on every path of the block.
    #[inline(always)]
    pub fn of_paths(self, rows: &Rows) -> Lanes {
        match self {
            Self::Same(of_all) => Lanes::splat(of_all),
            Self::PerPath(row) => *rows.get(row),
        }
    }

    /// Value of the coefficient on the path at index `lane` of the block of paths.
    #[inline(always)]
    pub fn on(self, rows: &Rows, lane: usize) -> f64 {
        match self {
            Self::Same(of_all) => of_all,
            Self::PerPath(row) => rows.get(row)[lane],
        }
    }

    /// Replaces every number of `lanes` by `of(number, value)`, with the coefficient's value on the path.
    #[inline(always)]
    pub fn apply(self, rows: &Rows, lanes: &mut Lanes, of: impl Fn(f64, f64) -> f64) {
        match self {
            Self::Same(value) => lanes.each(|_, own| of(own, value)),
            Self::PerPath(row) => {
                let value = rows.get(row);
                lanes.each(|lane, own| of(own, value[lane]));
            }
        }
    }

    /// Value of the coefficient if it is equal on all paths, else `None`.
    pub const fn same(self) -> Option<f64> {
        match self {
            Self::Same(of_all) => Some(of_all),
            Self::PerPath(_) => None,
        }
    }

    /// Computes a coefficient from several others with `of`: once if all are single numbers, else per path
    /// when a block opens.
    ///
    /// Call it after the code that fills the rows of `parts`, and before code that reads the result.
    pub fn from<const N: usize>(
        parts: [Self; N],
        build: &mut Build,
        of: impl Fn([f64; N]) -> f64 + Send + Sync + 'static,
    ) -> Self {
        if parts.iter().all(|part| part.same().is_some()) {
            return Self::Same(of(parts.map(|part| part.same().unwrap_or(0.0))));
        }
        let row = build.row();
        build.open(
            #[inline(always)]
            move |cx| {
                let parts = parts.map(|part| part.of_paths(cx.rows));
                let row = cx.rows.get_mut(row);
                for lane in 0..LANES {
                    row[lane] = of(std::array::from_fn(|part| parts[part][lane]));
                }
            },
        );
        Self::PerPath(row)
    }
}

impl Build {
    /// Turns the quantity `key` of the object being built into a coefficient: one number, or a row with a
    /// value drawn per path if it is a range.
    pub fn drawn<T: Ranged + Default>(&mut self, key: &str, of: &Drawn<T>) -> Coefficient {
        match of.law() {
            None => Coefficient::Same(of.get()),
            Some(law) if of.is_of_class() => self.drawn_of_class(key, law),
            Some(law) => self.drawn_by(key, law),
        }
    }

    /// Turns the optional quantity `key` of the object being built into a coefficient, 0 if it is absent.
    pub fn drawn_or_zero<T: Ranged + Default>(&mut self, key: &str, of: Option<&Drawn<T>>) -> Coefficient {
        of.map_or(Coefficient::Same(0.0), |of| self.drawn(key, of))
    }

    /// Draws the quantity `key` of the object being built from `law`, one value per path.
    pub fn drawn_by(&mut self, key: &str, law: RangeLaw) -> Coefficient {
        let draw = self.parameter(key);
        self.taken(key, draw, law)
    }

    /// Draws the quantity `key` from `law`, one value per path for all objects of the current class or kind.
    pub fn drawn_of_class(&mut self, key: &str, law: RangeLaw) -> Coefficient {
        let draw = self.parameter_of_class(key);
        self.taken(key, draw, law)
    }

    fn taken(&mut self, key: &str, draw: Draw, law: RangeLaw) -> Coefficient {
        let row = self.row();
        // the draw stays requested, so that a pinned range does not shift the other draws of the plan
        if let Some(score) = self.pin(key) {
            return Coefficient::Same(law.at(score));
        }
        self.open(
            #[inline(always)]
            move |cx| {
                let draw = cx.draws.row(draw);
                let row = cx.rows.get_mut(row);
                for lane in 0..LANES {
                    row[lane] = law.at(draw[lane]);
                }
            },
        );
        Coefficient::PerPath(row)
    }
}
