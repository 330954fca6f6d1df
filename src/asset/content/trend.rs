//! Visits of a site as far as they do not vary: growth into the niche, ageing of pages.
//!
//! In: the keys of a site. Out: [`Trend`], the same on all paths or one per path. Not here: what ranking updates do (`content`).

use super::Visits;
use crate::asset::Slot;
use crate::asset::launch::of_own_month;
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Coefficient, Cx, Phase, Row, Stage};

impl Visits {
    /// Visits at the start of months 1, 2, … in those of the first, as far as they do not vary.
    pub(super) fn without_updates(&self, n_months: u32) -> Vec<f64> {
        let pace =
            [faster([self.growth.get()]), kept([self.renewed.get(), self.page_half_life.get()])];
        let first = 1.0 / self.niche.get();
        let mut now = [first, 1.0];
        let months = (0..n_months).map(|_| {
            let visits = visits_of(now, first);
            now = a_month_later(now, pace);
            visits
        });
        months.collect()
    }

    /// Most visits that the niche gives the pages at the start of months 1, 2, …, in those of the first.
    pub(super) fn most(&self, n_months: u32) -> Vec<f64> {
        let kept = kept([self.renewed.get(), self.page_half_life.get()]);
        let most = std::iter::successors(Some(self.niche.get()), |most| Some(most * kept));
        most.take(n_months as usize).collect()
    }
}

/// What a month makes of a small site in a large niche.
#[inline(always)]
pub(super) fn faster([growth]: [f64; 1]) -> f64 {
    exp(growth / STEPS_PER_YEAR)
}

/// What a month's ageing leaves of what pages are visited.
#[inline(always)]
pub(super) fn kept([renewed, half_life]: [f64; 2]) -> f64 {
    exp(-std::f64::consts::LN_2 * ((1.0 - renewed) / half_life))
}

/// Visits in those of the first month where they are this part of what the niche gives its pages, which is worth so much.
#[inline(always)]
fn visits_of([part, aged]: [f64; 2], first: f64) -> f64 {
    part / first * aged
}

/// Part of the niche and ageing after another month.
#[inline(always)]
fn a_month_later([part, aged]: [f64; 2], [faster, kept]: [f64; 2]) -> [f64; 2] {
    [part * (faster / (faster - 1.0).mul_add(part, 1.0)), aged * kept]
}

/// Visits but for what updates do to them, in those of the first month.
pub(super) enum Trend {
    /// At the start of months 1, 2, …, the most that the niche gives then, and when the site stands, if that is told by a row.
    Same([Vec<f64>; 2], Option<Row>),
    Drawn {
        /// What a month makes of a small site, and leaves of old pages.
        pace: [Coefficient; 2],
        /// Part of the niche at the start.
        first: Coefficient,
        /// Part of the niche, and what ageing has left.
        now: [Row; 2],
    },
}

impl Trend {
    /// With what a month makes of a small site and leaves of old pages, and the most that the niche gives in the first month.
    pub fn build(
        visits: &Visits,
        slot: &Slot,
        build: &mut Build,
    ) -> (Self, [Coefficient; 2], Coefficient) {
        let growth = build.drawn("growth", &visits.growth);
        let renewed = build.drawn("renewed", &visits.renewed);
        let half_life = build.drawn("page_half_life", &visits.page_half_life);
        let niche = build.drawn("niche", &visits.niche);
        let drawn = [growth, renewed, half_life, niche];
        let is_drawn = [visits.growth.is_point(), visits.renewed.is_point()].contains(&false)
            || !visits.page_half_life.is_point()
            || !visits.niche.is_point();
        let [growth, renewed, half_life, niche] = drawn;
        let pace = [
            Coefficient::from([growth], build, faster),
            Coefficient::from([renewed, half_life], build, kept),
        ];
        if !is_drawn {
            let n_months = slot.n_months + 1;
            let tables = [visits.without_updates(n_months), visits.most(n_months)];
            return (Self::Same(tables, slot.since), pace, niche);
        }
        let first = Coefficient::from([niche], build, |[niche]| 1.0 / niche);
        let now = [build.row(), build.row()];
        build.stage(Phase::Open, OpenTrend { first, now });
        (Self::Drawn { pace, first, now }, pace, niche)
    }

    /// Visits a month further, and the most that the niche gives then.
    #[inline(always)]
    pub fn advance(&self, cx: &mut Cx<'_>) -> [Lanes; 2] {
        match self {
            Self::Same([table, most], since) => {
                [table, most].map(|table| of_own_month(table, *since, cx))
            }
            Self::Drawn { pace, first, now } => {
                let [faster, kept] = pace.map(|one| one.of_paths(cx.rows));
                let first = first.of_paths(cx.rows);
                let [part, aged] = cx.rows.pair(now[0], now[1]);
                let (mut visits, mut most) = (Lanes::ZERO, Lanes::ZERO);
                for lane in 0..LANES {
                    let next = a_month_later([part[lane], aged[lane]], [faster[lane], kept[lane]]);
                    [part[lane], aged[lane]] = next;
                    visits[lane] = visits_of(next, first[lane]);
                    most[lane] = visits_of([1.0, aged[lane]], first[lane]);
                }
                [visits, most]
            }
        }
    }
}

struct OpenTrend {
    first: Coefficient,
    now: [Row; 2],
}

impl Stage for OpenTrend {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        *cx.rows.get_mut(self.now[0]) = self.first.of_paths(cx.rows);
        cx.rows.get_mut(self.now[1]).fill(1.0);
    }
}
