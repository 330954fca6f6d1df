//! A number of the owner's that is known, or that one draw of a path decides; another from a month on.
//!
//! In: laws with their first months. Out: a row. Not here: what the number does (`tax`, `cost`).

use crate::math::beta::Quantiles;
use crate::math::{LANES, Lanes, normal};
use crate::stage::{Build, Cx, Dated, Draw, Phase, Row, Stage, is_at};

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
    /// A row with the number that is in force, from `phase` of its first month on.
    ///
    /// One draw under `key` decides all of them: who is dear in one place is dear in the next.
    pub fn row(laws: &Dated<Self>, key: &str, phase: Phase, build: &mut Build) -> Row {
        let row = build.row();
        let is_known = |(_, law): &(u32, Self)| matches!(law, Self::Known(_));
        let drawn = (!laws.entries().iter().all(is_known)).then(|| build.parameter(key));
        for (index, (from, law)) in laws.entries().iter().enumerate() {
            let (phase, from) = if index == 0 { (Phase::Open, 0) } else { (phase, *from) };
            build.stage(
                phase,
                Take {
                    from,
                    which: laws.which().filter(|_| index > 0).map(|row| (row, index)),
                    law: law.clone(),
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
    /// Where not every path goes along: the row of the law in force, and the position of this one.
    which: Option<(Row, usize)>,
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
        let mut taken = Lanes::ZERO;
        match (&self.law, self.drawn.map(|draw| cx.draws.row(draw))) {
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
        if let Some((which, position)) = self.which {
            let (which, before) = (cx.rows.get(which), cx.rows.get(self.row));
            for lane in 0..LANES {
                if !is_at(which[lane], position) {
                    taken[lane] = before[lane];
                }
            }
        }
        *cx.rows.get_mut(self.row) = taken;
    }
}
