//! Whether there is rent in a month: let, empty, or let to somebody who does not pay.

use crate::market::STEPS_PER_YEAR;
use crate::math::LANES;
use crate::math::elementary::expm1;
use crate::random::Purpose;
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};

/// A Markov chain of three states, one uniform a month.
///
/// ```text
/// month 1          empty with probability v, else let
/// empty → let      1/L                            L: mean months empty
/// let → empty      v/((1 − v)·L)                  so that v of the time is empty without disputes
/// let → dispute    1 − e^(−λ/12)
/// dispute → let    1/D                            D: mean months of a dispute
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tenancy {
    vacancy: f64,
    /// Probabilities of a month.
    leave: f64,
    quarrel: f64,
    find: f64,
    settle: f64,
}

impl Tenancy {
    /// Of what is empty for the share `vacancy` of the time, `empty` months at a time, with `disputes` a year.
    pub(super) fn of(vacancy: f64, empty: f64, disputes: f64, dispute: f64) -> Self {
        // nothing is shorter than the step
        let ends = |months: f64| if months > 1.0 { 1.0 / months } else { 1.0 };
        let leave = match vacancy > 0.0 {
            true => vacancy / (1.0 - vacancy) * ends(empty),
            false => 0.0,
        };
        Self {
            vacancy,
            leave,
            quarrel: -expm1(-disputes / STEPS_PER_YEAR),
            find: ends(empty),
            settle: ends(dispute),
        }
    }

    /// Whether these are probabilities.
    pub(super) fn is_possible(&self) -> bool {
        self.leave + self.quarrel <= 1.0
    }

    /// Probability of rent in months 1, 2, …
    pub(super) fn lets(self) -> impl Iterator<Item = f64> {
        let mut now = [1.0 - self.vacancy, self.vacancy, 0.0];
        std::iter::from_fn(move || {
            let [is_let, empty, dispute] = now;
            let stays = 1.0 - self.leave - self.quarrel;
            now = [
                is_let * stays + empty * self.find + dispute * self.settle,
                is_let * self.leave + empty * (1.0 - self.find),
                is_let * self.quarrel + dispute * (1.0 - self.settle),
            ];
            Some(is_let)
        })
    }

    /// Leaves the chain and returns the row that is 1 in months with rent and not above 0 in others; nothing if
    /// there always is some.
    pub(super) fn build(self, build: &mut Build) -> Option<Row> {
        if self.vacancy == 0.0 && self.quarrel == 0.0 {
            return None;
        }
        let state = build.row();
        let luck = build.uniforms(Purpose::Tenancy, Scope::Month);
        build.stage(
            Phase::Operate,
            Advance {
                of: self,
                state,
                luck,
            },
        );
        Some(state)
    }
}

const LET: f64 = 1.0;
const EMPTY: f64 = 0.0;
const DISPUTE: f64 = -1.0;

struct Advance {
    of: Tenancy,
    state: Row,
    luck: Draw,
}

impl Stage for Advance {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let luck = cx.draws.row(self.luck);
        let state = cx.rows.get_mut(self.state);
        let of = self.of;
        if cx.month.index == 1 {
            state.each(|lane, _| if luck[lane] < of.vacancy { EMPTY } else { LET });
            return;
        }
        let quarrel_below = of.leave + of.quarrel;
        for lane in 0..LANES {
            let u = luck[lane];
            let not_kept = if u < quarrel_below { DISPUTE } else { LET };
            let of_let = if u < of.leave { EMPTY } else { not_kept };
            let of_empty = if u < of.find { LET } else { EMPTY };
            let of_dispute = if u < of.settle { LET } else { DISPUTE };
            let unlet = if state[lane] < EMPTY {
                of_dispute
            } else {
                of_empty
            };
            state[lane] = if state[lane] > EMPTY { of_let } else { unlet };
        }
    }
}
