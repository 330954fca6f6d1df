//! A parameter of the owner that is known or drawn once per path, and may change with the residence.
//!
//! In: distributions with their first months. Out: a row. Not here: the use of the number (`tax`, `cost`).

use crate::math::beta::Quantiles;
use crate::math::{LANES, Lanes, normal};
use crate::stage::{Build, Dated, Phase, Row, is_at};

/// Knowledge of a number: exact, or a distribution.
#[derive(Clone, Debug, PartialEq)]
pub enum Uncertain {
    Known(f64),
    /// Uniformly distributed between `low` and `high`.
    Uniform {
        low: f64,
        high: f64,
    },
    /// PERT distribution, as a table of its quantiles.
    Pert(Box<Quantiles>),
}

impl Uncertain {
    /// Creates the row with the number in force, updated in `phase` of each first month.
    ///
    /// One draw per path under `key` decides all numbers: an expensive residence is followed by another
    /// expensive one.
    pub fn row(laws: &Dated<Self>, key: &str, phase: Phase, build: &mut Build) -> Row {
        let row = build.row();
        let is_known = |(_, law): &(u32, Self)| matches!(law, Self::Known(_));
        let drawn = (!laws.entries().iter().all(is_known)).then(|| build.parameter(key));
        for (index, (from, law)) in laws.entries().iter().enumerate() {
            let (phase, from) = if index == 0 { (Phase::Open, 0) } else { (phase, *from) };
            let which = laws.which().filter(|_| index > 0).map(|row| (row, index));
            let law = law.clone();
            build.step(
                phase,
                "Take",
                #[inline(always)]
                move |cx| {
                    if cx.month.index != from {
                        return;
                    }
                    let mut taken = Lanes::ZERO;
                    match (&law, drawn.map(|draw| cx.draws.row(draw))) {
                        (Uncertain::Uniform { low, high }, Some(drawn)) => {
                            for lane in 0..LANES {
                                taken[lane] = (high - low).mul_add(normal::cdf(drawn[lane]), *low);
                            }
                        }
                        (Uncertain::Pert(quantiles), Some(drawn)) => {
                            for lane in 0..LANES {
                                taken[lane] = quantiles.eval(normal::cdf(drawn[lane]));
                            }
                        }
                        (Uncertain::Known(number), _) | (Uncertain::Uniform { low: number, .. }, None) => {
                            taken.fill(*number);
                        }
                        (Uncertain::Pert(_), None) => return,
                    }
                    if let Some((which, position)) = which {
                        let (which, before) = (cx.rows.get(which), cx.rows.get(row));
                        for lane in 0..LANES {
                            if !is_at(which[lane], position) {
                                taken[lane] = before[lane];
                            }
                        }
                    }
                    *cx.rows.get_mut(row) = taken;
                },
            );
        }
        row
    }
}
