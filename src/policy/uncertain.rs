//! A number of the owner's that is known, or that one draw of a path decides; another from a month on.
//!
//! In: laws with their first months. Out: a row. Not here: what the number does (`tax`, `cost`).

use crate::math::beta::Quantiles;
use crate::math::{LANES, normal};
use crate::stage::{Build, Cx, Draw, Phase, Row, Stage};

/// What is known of a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Uncertain {
    Known(f64),
    /// Every value between the ends is equally likely.
    Uniform {
        low: f64,
        high: f64,
    },
    /// A PERT law.
    Pert(Box<Quantiles>),
}

impl Uncertain {
    /// A row with the number that is in force: that of the last law whose first month has come, in `phase` of it.
    ///
    /// One draw under `key` decides all of them: who is dear in one place is dear in the next.
    pub fn row(laws: Vec<(u32, Self)>, key: &str, phase: Phase, build: &mut Build) -> Row {
        let row = build.row();
        let is_known = |(_, law): &(u32, Self)| matches!(law, Self::Known(_));
        let drawn = (!laws.iter().all(is_known)).then(|| build.parameter(key));
        for (index, (from, law)) in laws.into_iter().enumerate() {
            let (phase, from) = if index == 0 {
                (Phase::Open, 0)
            } else {
                (phase, from)
            };
            build.stage(
                phase,
                Take {
                    from,
                    law,
                    drawn,
                    row,
                },
            );
        }
        row
    }
}

struct Take {
    /// 0 is before the first month.
    from: u32,
    law: Uncertain,
    /// Standard normal; none if nothing is drawn.
    drawn: Option<Draw>,
    row: Row,
}

impl Stage for Take {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        if cx.month.index != self.from {
            return;
        }
        let row = cx.rows.get_mut(self.row);
        match (&self.law, self.drawn.map(|draw| cx.draws.row(draw))) {
            (Uncertain::Uniform { low, high }, Some(drawn)) => {
                for lane in 0..LANES {
                    row[lane] = (high - low).mul_add(normal::cdf(drawn[lane]), *low);
                }
            }
            (Uncertain::Pert(quantiles), Some(drawn)) => {
                for lane in 0..LANES {
                    row[lane] = quantiles.eval(normal::cdf(drawn[lane]));
                }
            }
            (Uncertain::Known(number), _) | (Uncertain::Uniform { low: number, .. }, None) => {
                row.fill(*number);
            }
            (Uncertain::Pert(_), None) => {}
        }
    }
}
