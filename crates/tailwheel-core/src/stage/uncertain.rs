//! A number that is known or has a distribution; a row of it, drawn once per path, may change over time.
//!
//! In: distributions, with their first months. Out: quantiles, a row. Not here: the use of the number (`policy`,
//! `event`).

use super::{Build, Dated, Phase, Row, is_at};
use crate::math::beta::Quantiles;
use crate::math::{LANES, Lanes, normal};

/// A number that is known exactly or has a distribution.
#[derive(Clone, Debug, PartialEq)]
pub enum Uncertain {
    Known(f64),
    /// Uniformly distributed between `low` and `high`.
    Uniform {
        low: f64,
        high: f64,
    },
    /// Beta distribution on a range, as a table of its quantiles.
    Beta(Box<Quantiles>),
}

impl Uncertain {
    /// Quantile at probability `u`.
    #[inline(always)]
    pub fn at(&self, u: f64) -> f64 {
        match self {
            Self::Known(number) => *number,
            Self::Uniform { low, high } => (high - low).mul_add(u, *low),
            Self::Beta(quantiles) => quantiles.eval(u),
        }
    }

    /// Creates the row with the number in force on each path, drawn from `laws`. It changes in `phase` of the
    /// first month of each law.
    ///
    /// One draw per path under `key` decides all numbers: a high one is followed by another high one.
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
                    if let Some(drawn) = drawn.map(|draw| cx.draws.row(draw)) {
                        for lane in 0..LANES {
                            taken[lane] = law.at(normal::cdf(drawn[lane]));
                        }
                    } else {
                        // all numbers are known, whatever the quantile
                        taken.fill(law.at(0.5));
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
