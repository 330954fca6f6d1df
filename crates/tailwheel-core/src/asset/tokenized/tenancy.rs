//! Monthly state of a rented asset: rented, empty, or rented to a tenant who does not pay.

use crate::asset::wear;
use crate::math::LANES;
use crate::random::Purpose;
use crate::stage::{Build, Coefficient, Phase, Row, Scope};

/// Markov chain of the state of a rented asset (let, empty, in dispute), driven by a uniform per month.
///
/// ```text
/// month 1          empty with probability v, else let
/// empty → let      1/L                            L: mean months empty
/// let → empty      v/((1 − v)·L)                  so that v of the time is empty without disputes
/// let → dispute    1 − e^(−λ/12)
/// dispute → let    1/D                            D: mean months of a dispute
/// ```
///
/// If v and λ are ranges, each path has its own values. v is limited so that no probability is below 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tenancy {
    vacancy: f64,
    /// Monthly transition probabilities: from let to empty, then `quarrel` from let to dispute, `find` from
    /// empty to let, and `settle` from dispute to let.
    leave: f64,
    quarrel: f64,
    find: f64,
    settle: f64,
}

/// Monthly probability of leaving a state that lasts this many months on average.
fn ends(months: f64) -> f64 {
    // No state is shorter than one step.
    if months > 1.0 { 1.0 / months } else { 1.0 }
}

/// Monthly probability that a tenancy ends. `vacancy` is the target fraction of time empty, `find` the
/// monthly probability of finding a tenant.
#[inline(always)]
fn leave(vacancy: f64, find: f64) -> f64 {
    if vacancy > 0.0 { vacancy / (1.0 - vacancy) * find } else { 0.0 }
}

/// Largest feasible vacancy up to `vacancy`, at monthly probabilities of a dispute and of finding a tenant.
#[inline(always)]
fn possible(vacancy: f64, quarrel: f64, find: f64) -> f64 {
    if leave(vacancy, find) + quarrel <= 1.0 { vacancy } else { (1.0 - quarrel) / (1.0 - quarrel + find) }
}

impl Tenancy {
    /// Markov chain in which the asset is empty for the fraction `vacancy` of time, `empty` months at a time,
    /// and has `disputes` per year of `dispute` months each.
    pub(super) fn of(vacancy: f64, disputes: f64, empty: f64, dispute: f64) -> Self {
        let find = ends(empty);
        Self {
            vacancy,
            leave: leave(vacancy, find),
            quarrel: wear::per_step(disputes),
            find,
            settle: ends(dispute),
        }
    }

    /// True if the monthly probabilities of leaving the rented state sum to at most 1.
    pub(super) fn is_possible(&self) -> bool {
        self.leave + self.quarrel <= 1.0
    }

    /// Probability that rent is paid in months 1, 2, …
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
}

/// Vacancy of each path, and the row of the months with rent.
pub(super) struct Tenants {
    pub vacancy: Coefficient,
    /// 1 in months with rent, 0 or less in others; `None` if rent is always paid.
    pub is_let: Option<Row>,
}

/// Adds the stages of the tenancy for the vacancy and the yearly dispute rate of each path. `empty` and
/// `dispute` are the mean durations in months of a vacancy and of a dispute.
pub(super) fn build(
    vacancy: Coefficient,
    disputes: Coefficient,
    empty: f64,
    dispute: f64,
    build: &mut Build,
) -> Tenants {
    let (find, settle) = (ends(empty), ends(dispute));
    let quarrel = Coefficient::from([disputes], build, |[disputes]| wear::per_step(disputes));
    let parts = [vacancy, quarrel];
    let vacancy = Coefficient::from(parts, build, move |[vacancy, quarrel]| possible(vacancy, quarrel, find));
    let never = Coefficient::Same(0.0);
    if vacancy == never && quarrel == never {
        return Tenants { vacancy, is_let: None };
    }
    let leave = Coefficient::from([vacancy], build, move |[vacancy]| leave(vacancy, find));
    let state = build.row();
    let luck = build.uniforms(Purpose::Tenancy, Scope::Month);
    build.step(
        Phase::Operate,
        "Advance",
        #[inline(always)]
        move |cx| {
            let luck = cx.draws.row(luck);
            if cx.month.index == 1 {
                let vacancy = vacancy.of_paths(cx.rows);
                cx.rows.get_mut(state).each(|lane, _| if luck[lane] < vacancy[lane] { EMPTY } else { LET });
                return;
            }
            let [leave, quarrel] = [leave, quarrel].map(|of| of.of_paths(cx.rows));
            let state = cx.rows.get_mut(state);
            for lane in 0..LANES {
                let u = luck[lane];
                let quarrel_below = leave[lane] + quarrel[lane];
                let not_kept = if u < quarrel_below { DISPUTE } else { LET };
                let of_let = if u < leave[lane] { EMPTY } else { not_kept };
                let of_empty = if u < find { LET } else { EMPTY };
                let of_dispute = if u < settle { LET } else { DISPUTE };
                let unlet = if state[lane] < EMPTY { of_dispute } else { of_empty };
                state[lane] = if state[lane] > EMPTY { of_let } else { unlet };
            }
        },
    );
    Tenants { vacancy, is_let: Some(state) }
}

const LET: f64 = 1.0;
const EMPTY: f64 = 0.0;
const DISPUTE: f64 = -1.0;
