//! Deterministic trend of a site's visits: growth into the niche, aging of pages.
//!
//! In: the keys of a site. Out: [`Trend`], the same on all paths or one per path. Not here: effects of
//! ranking updates (`content`).

use super::Content;
use crate::asset::Slot;
use crate::asset::launch::of_own_month;
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Coefficient, Cx, Row};

impl Content {
    /// Visits at the start of months 1, 2, … relative to the first, without ranking updates.
    pub(super) fn without_updates(&self, n_months: u32) -> Vec<f64> {
        let growth = faster(self.growth.get());
        let kept = kept(self.renewed.get(), self.page_half_life.get());
        let first = 1.0 / self.niche.get();
        let [mut part, mut aged] = [first, 1.0];
        let months = (0..n_months).map(|_| {
            let visits = visits_of(part, aged, first);
            [part, aged] = a_month_later(part, aged, growth, kept);
            visits
        });
        months.collect()
    }

    /// Limit of the niche for existing pages at the start of months 1, 2, …, in visits of the first month.
    pub(super) fn most(&self, n_months: u32) -> Vec<f64> {
        let kept = kept(self.renewed.get(), self.page_half_life.get());
        std::iter::successors(Some(self.niche.get()), |most| Some(most * kept))
            .take(n_months as usize)
            .collect()
    }
}

/// Monthly growth factor of a small site in a large niche, from its yearly growth rate.
#[inline(always)]
pub(super) fn faster(growth: f64) -> f64 {
    exp(growth / STEPS_PER_YEAR)
}

/// Monthly factor on the visits of pages that age with a half-life in months, a fraction `renewed` of which is offset.
#[inline(always)]
pub(super) fn kept(renewed: f64, half_life: f64) -> f64 {
    exp(-std::f64::consts::LN_2 * ((1.0 - renewed) / half_life))
}

/// Visits relative to the first month. `part` is the used fraction of the niche's limit, `aged` the factor
/// of aging on that limit, `first` the used fraction at the start.
#[inline(always)]
fn visits_of(part: f64, aged: f64, first: f64) -> f64 {
    part / first * aged
}

/// Returns one month later the visits as a fraction of the niche's limit, and the factor of aging on that limit.
#[inline(always)]
fn a_month_later(part: f64, aged: f64, faster: f64, kept: f64) -> [f64; 2] {
    [part * (faster / (faster - 1.0).mul_add(part, 1.0)), aged * kept]
}

/// Trend of visits relative to the first month, without ranking updates.
pub(super) enum Trend {
    /// Tables of visits and of the niche's limit at the start of months 1, 2, …. The row holds the launch
    /// month if that depends on available money.
    Same([Vec<f64>; 2], Option<Row>),
    Drawn {
        /// Monthly factors of growth and of page aging.
        pace: [Coefficient; 2],
        /// Visits as a fraction of the niche's limit, at the start.
        first: Coefficient,
        /// Visits as a fraction of the niche's limit, and the factor of aging on that limit.
        now: [Row; 2],
    },
}

/// Trend of a site's visits, and the coefficients behind it.
pub(super) struct TrendTerms {
    pub trend: Trend,
    /// Monthly factors of growth and of page aging.
    pub pace: [Coefficient; 2],
    /// Limit of the niche in the first month, in visits of that month.
    pub niche: Coefficient,
}

impl Trend {
    /// Adds the rows and coefficients of the trend of `site`.
    pub fn build(site: &Content, slot: &Slot, build: &mut Build) -> TrendTerms {
        let growth = build.drawn("growth", &site.growth);
        let renewed = build.drawn("renewed", &site.renewed);
        let half_life = build.drawn("page_half_life", &site.page_half_life);
        let niche = build.drawn("niche", &site.niche);
        let is_same = site.growth.is_point()
            && site.renewed.is_point()
            && site.page_half_life.is_point()
            && site.niche.is_point();
        let pace = [
            Coefficient::from([growth], build, |[growth]| faster(growth)),
            Coefficient::from([renewed, half_life], build, |[renewed, half_life]| kept(renewed, half_life)),
        ];
        if is_same {
            let n_months = slot.n_months + 1;
            let tables = [site.without_updates(n_months), site.most(n_months)];
            return TrendTerms { trend: Self::Same(tables, slot.since), pace, niche };
        }
        let first = Coefficient::from([niche], build, |[niche]| 1.0 / niche);
        let now = [build.row(), build.row_of(1.0)];
        build.open(
            #[inline(always)]
            move |cx| *cx.rows.get_mut(now[0]) = first.of_paths(cx.rows),
        );
        TrendTerms { trend: Self::Drawn { pace, first, now }, pace, niche }
    }

    /// Advances the trend by one month. Returns the visits and the limit of the niche, both in visits of the
    /// first month.
    #[inline(always)]
    pub fn advance(&self, cx: &mut Cx<'_>) -> [Lanes; 2] {
        match self {
            Self::Same([table, most], since) => [table, most].map(|table| of_own_month(table, *since, cx)),
            Self::Drawn { pace, first, now } => {
                let [faster, kept] = pace.map(|one| one.of_paths(cx.rows));
                let first = first.of_paths(cx.rows);
                let [part, aged] = cx.rows.pair(now[0], now[1]);
                let (mut visits, mut most) = (Lanes::ZERO, Lanes::ZERO);
                for lane in 0..LANES {
                    let next = a_month_later(part[lane], aged[lane], faster[lane], kept[lane]);
                    [part[lane], aged[lane]] = next;
                    visits[lane] = visits_of(part[lane], aged[lane], first[lane]);
                    most[lane] = visits_of(1.0, aged[lane], first[lane]);
                }
                [visits, most]
            }
        }
    }
}
