//! A number that is the same on all paths, or that each path has its own of.
//!
//! In: a quantity of a scenario. Out: [`Coefficient`]; of a range one draw per path, in a row that is filled when a block
//! opens. Not here: the law of a range (`math`), how it is written (`form`).

use super::{Build, Cx, Draw, Phase, Row, Rows, Stage};
use crate::form::{Drawn, Ranged};
use crate::math::{LANES, Lanes, RangeLaw};

/// A coefficient that is one number, or one per path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coefficient {
    Same(f64),
    PerPath(Row),
}

impl Coefficient {
    /// That of every path.
    #[inline(always)]
    pub fn of_paths(self, rows: &Rows) -> Lanes {
        match self {
            Self::Same(of_all) => {
                let mut lanes = Lanes::ZERO;
                lanes.fill(of_all);
                lanes
            }
            Self::PerPath(row) => *rows.get(row),
        }
    }

    /// That of one path.
    #[inline(always)]
    pub fn on(self, rows: &Rows, lane: usize) -> f64 {
        match self {
            Self::Same(of_all) => of_all,
            Self::PerPath(row) => rows.get(row)[lane],
        }
    }

    /// The number, if it is the same on all paths.
    pub const fn same(self) -> Option<f64> {
        match self {
            Self::Same(of_all) => Some(of_all),
            Self::PerPath(_) => None,
        }
    }

    /// What follows from several of them: of points by `of` once, else path by path when a block opens.
    ///
    /// Called after whatever fills their rows, and before whatever reads the result.
    pub fn from<const N: usize>(
        parts: [Self; N],
        build: &mut Build,
        of: impl Fn([f64; N]) -> f64 + Send + Sync + 'static,
    ) -> Self {
        if parts.iter().all(|part| part.same().is_some()) {
            return Self::Same(of(parts.map(|part| part.same().unwrap_or(0.0))));
        }
        let row = build.row();
        build.stage(Phase::Open, Follow { parts, of, row });
        Self::PerPath(row)
    }
}

struct Follow<const N: usize, F> {
    parts: [Coefficient; N],
    of: F,
    row: Row,
}

impl<const N: usize, F> Stage for Follow<N, F>
where
    F: Fn([f64; N]) -> f64 + Send + Sync + 'static,
{
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let parts = self.parts.map(|part| part.of_paths(cx.rows));
        let row = cx.rows.get_mut(self.row);
        for lane in 0..LANES {
            row[lane] = (self.of)(std::array::from_fn(|part| parts[part][lane]));
        }
    }
}

impl Build {
    /// The quantity under `key` of the object being built: a point costs nothing, of a range every path draws one.
    pub fn drawn<T: Ranged + Default>(&mut self, key: &str, of: &Drawn<T>) -> Coefficient {
        match of.law() {
            None => Coefficient::Same(of.get()),
            Some(law) if of.is_of_class() => self.drawn_of_class(key, law),
            Some(law) => self.drawn_by(key, law),
        }
    }

    /// The same of a quantity that may be absent: 0 then.
    pub fn drawn_or_zero<T: Ranged + Default>(
        &mut self,
        key: &str,
        of: Option<&Drawn<T>>,
    ) -> Coefficient {
        of.map_or(Coefficient::Same(0.0), |of| self.drawn(key, of))
    }

    /// The same by its law.
    pub fn drawn_by(&mut self, key: &str, law: RangeLaw) -> Coefficient {
        let draw = self.parameter(key);
        self.taken(key, draw, law)
    }

    /// The same with the draw of all assets of the class.
    pub fn drawn_of_class(&mut self, key: &str, law: RangeLaw) -> Coefficient {
        let draw = self.parameter_of_class(key);
        self.taken(key, draw, law)
    }

    fn taken(&mut self, key: &str, draw: Draw, law: RangeLaw) -> Coefficient {
        let row = self.row();
        // the draw stays, so that no other one of the plan has another place
        if let Some(score) = self.pin(key) {
            return Coefficient::Same(law.at(score));
        }
        self.stage(Phase::Open, Take { draw, law, row });
        Coefficient::PerPath(row)
    }
}

struct Take {
    draw: Draw,
    law: RangeLaw,
    row: Row,
}

impl Stage for Take {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let draw = cx.draws.row(self.draw);
        let row = cx.rows.get_mut(self.row);
        for lane in 0..LANES {
            row[lane] = self.law.at(draw[lane]);
        }
    }
}
