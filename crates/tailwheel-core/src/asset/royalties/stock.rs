//! Works of a catalog, kept as two numbers: income of the best work and of all others.

use super::age::Lasting;
use super::present_value::WorksValue;
use super::{Catalogue, gap_left, left_to_earn};
use crate::asset::Slot;
use crate::asset::launch::of_own_month;
use crate::asset::spread::{MonthlyCounts, Spread};
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes, greater, normal};
use crate::random::Purpose;
use crate::stage::{Build, Coefficient, Cx, Draw, Phase, Row, Scope, Stage};

/// Income of a catalog's works on each path and its monthly changes.
pub(super) struct Stock {
    /// Number of works at the start.
    pub works: f64,
    pub spread: Spread,
    /// Monthly factor on income; it applies if all income fades at one rate.
    pub kept: Coefficient,
    /// Slowly fading fractions of income; `None` if all income fades at one rate.
    pub lasting: Option<Lasting>,
    /// Monthly standard deviation of the logarithm of the best work's popularity.
    pub popularity: f64,
    /// Factor on income by competitors' works (crowding) and by a gap in the market that they fill.
    pub factors: Factors,
    pub ahead: WorksValue,
    pub releases: Option<Releases>,
}

/// Factor on income by competitors' works (crowding) and by a gap in the market that they fill, and the fraction of
/// income owed to the gap. The optional row holds the launch month if that depends on available money.
pub(super) enum Factors {
    /// Factor and fraction as tables for months 1, 2, …, the same on all paths; and the launch month, if it varies.
    Same([Vec<f64>; 2], Option<Row>),
    /// Crowding per year, the gap's share of income and its half-life in months; and the launch month, if it varies.
    Drawn([Coefficient; 3], Option<Row>),
}

impl Factors {
    /// Builds the factors from crowding per year, the share of income owed to the gap in the market, and the
    /// gap's half-life in months.
    pub fn build(crowding: Coefficient, gap: Coefficient, half_life: Coefficient, slot: &Slot) -> Self {
        let drawn = [crowding, gap, half_life];
        // A range that is pinned to one value is constant too.
        if drawn.iter().any(|drawn| drawn.same().is_none()) {
            return Self::Drawn(drawn, slot.since);
        }
        let [crowding, gap, half_life] = drawn.map(|drawn| drawn.same().unwrap_or(0.0));
        Self::Same(tables(crowding, gap, half_life, slot.n_months + 1), slot.since)
    }

    /// Returns the next month's factor on income and the fraction of income owed to the gap in the market.
    #[inline(always)]
    fn of_paths(&self, cx: &Cx<'_>) -> [Lanes; 2] {
        match self {
            Self::Same(tables, since) => {
                [of_own_month(&tables[0], *since, cx), of_own_month(&tables[1], *since, cx)]
            }
            Self::Drawn(drawn, since) => {
                let [crowding, gap, half_life] = drawn.map(|drawn| drawn.of_paths(cx.rows));
                let mut month = Lanes::splat(f64::from(cx.month.index));
                if let Some(row) = since {
                    let since = cx.rows.get(*row);
                    month.each(|lane, now| greater(now - since[lane], 0.0));
                }
                let (mut left, mut open) = (Lanes::ZERO, Lanes::ZERO);
                for lane in 0..LANES {
                    left[lane] = left_to_earn(crowding[lane], gap[lane], half_life[lane], month[lane]);
                    open[lane] = gap_left(gap[lane], half_life[lane], month[lane]);
                }
                [left, open]
            }
        }
    }
}

/// Tables for months 1, 2, …: the factor on income, and the fraction of income owed to the gap. `crowding` is per
/// year, `gap` the gap's share of income, `half_life` that of the gap in months.
pub(super) fn tables(crowding: f64, gap: f64, half_life: f64, n_months: u32) -> [Vec<f64>; 2] {
    let months = || (0..n_months).map(f64::from);
    [
        months().map(|month| left_to_earn(crowding, gap, half_life, month)).collect(),
        months().map(|month| gap_left(gap, half_life, month)).collect(),
    ]
}

/// Releases of new works on each path.
pub(super) struct Releases {
    count: MonthlyCounts,
    /// Uniform draw that ranks the best of the month's new works.
    best: Draw,
    /// Cost of the month's new works, in units of the first month's income.
    spent: Row,
    cost_per_work: Coefficient,
}

impl Releases {
    /// Adds the draws for releases of this catalog.
    pub fn build(of: &Catalogue, build: &mut Build) -> Self {
        let rate = build.drawn("releases", &of.releases);
        let (cost, works) = (build.drawn("release_cost", &of.release_cost), of.works());
        let cost_per_work = Coefficient::from([cost], build, move |[cost]| cost / works);
        Self {
            count: MonthlyCounts::build(rate, Purpose::Release, build),
            best: build.uniforms(Purpose::ReleaseIncome, Scope::Month),
            spent: build.row(),
            cost_per_work,
        }
    }
}

#[derive(Clone, Copy)]
struct StockRows {
    power: Row,
    /// Income of the best work after all factors, relative to the first month's total.
    hit: Row,
    /// Income of the best work (`best`) and of all others (`others`), before factors common to all works.
    best: Row,
    others: Row,
}

impl Stock {
    /// Row of the month's cost of new works; `None` if there are no releases.
    pub fn spent(&self) -> Option<Row> {
        self.releases.as_ref().map(|releases| releases.spent)
    }

    /// Adds the stages of the works. Returns the rows of total relative income and of the present value of
    /// future income; `hit` receives the income of the best work.
    pub fn build(self, power: Row, hit: Row, gap: Coefficient, build: &mut Build) -> [Row; 2] {
        let rows = StockRows { power, hit, best: build.row(), others: build.row() };
        let rank = build.parameter("best_work");
        let (works, spread, lasting, ahead) = (self.works, self.spread, self.lasting, self.ahead);
        build.fill(&[power], 1.0);
        // The known income of the first month divides at random between the best work and the others.
        build.open(
            #[inline(always)]
            move |cx| {
                let rank = cx.draws.row(rank);
                let [best, others] = cx.rows.pair(rows.best, rows.others);
                for lane in 0..LANES {
                    let [first, rest] = spread.best_and_others(normal::cdf(rank[lane]), works);
                    best[lane] = first / (first + rest);
                    others[lane] = 1.0 - best[lane];
                }
                *cx.rows.get_mut(hit) = *cx.rows.get(rows.best);
                let (power, gap) = (Lanes::splat(1.0), gap.of_paths(cx.rows));
                ahead.follow(&power, &gap, lasting.as_ref(), [rows.best, rows.others], cx);
            },
        );
        let made = [rows.power, self.ahead.row];
        let popularity = (self.popularity > 0.0).then(|| build.normals(Purpose::Yield, Scope::Month));
        build.stage(Phase::Operate, Age { of: self, rows, popularity });
        made
    }
}

/// Stage that ages all works by one month and adds the month's new works.
struct Age {
    of: Stock,
    rows: StockRows,
    popularity: Option<Draw>,
}

impl Stage for Age {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let sd = self.of.popularity;
        if let Some(lasting) = self.of.lasting {
            lasting.fade([self.rows.best, self.rows.others], cx);
        } else {
            let kept = self.of.kept.of_paths(cx.rows);
            for row in [self.rows.best, self.rows.others] {
                *cx.rows.get_mut(row) *= &kept;
            }
        }
        if let Some(draw) = self.popularity {
            let moved = cx.draws.row(draw);
            let best = cx.rows.get_mut(self.rows.best);
            best.each(|lane, own| own * exp(sd.mul_add(moved[lane], -0.5 * sd * sd)));
        }
        if let Some(releases) = &self.of.releases {
            self.release(releases, cx);
        }
        let [factor, gap] = self.of.factors.of_paths(cx);
        let others = *cx.rows.get(self.rows.others);
        let [hit, best] = cx.rows.pair(self.rows.hit, self.rows.best);
        hit.each(|lane, _| best[lane] * factor[lane]);
        let [hit, power] = cx.rows.pair(self.rows.hit, self.rows.power);
        power.each(|lane, _| others[lane].mul_add(factor[lane], hit[lane]));
        let power = *power;
        let amounts = [self.rows.best, self.rows.others];
        self.of.ahead.follow(&power, &gap, self.of.lasting.as_ref(), amounts, cx);
    }
}

impl Age {
    /// Adds the month's new works; the better of the old and the new best work becomes the best.
    #[inline(always)]
    fn release(&self, releases: &Releases, cx: &mut Cx<'_>) {
        let count = releases.count.of_month(cx);
        let cost_per_work = releases.cost_per_work.of_paths(cx.rows);
        cx.rows.get_mut(releases.spent).each(|lane, _| count[lane] * cost_per_work[lane]);
        let rank = cx.draws.row(releases.best);
        let amounts = [self.rows.best, self.rows.others];
        let before = self.of.lasting.map(|_| amounts.map(|row| *cx.rows.get(row)));
        let per_work = 1.0 / self.of.works;
        let [best, others] = cx.rows.pair(self.rows.best, self.rows.others);
        for lane in 0..LANES {
            let there_are = if count[lane] > 0.0 { per_work } else { 0.0 };
            let at_least_one = greater(count[lane], 1.0);
            let [first, rest] = self.of.spread.best_and_others(rank[lane], at_least_one);
            let (new, old) = (first * there_are, best[lane]);
            best[lane] = greater(new, old);
            others[lane] += rest * there_are + (new + old - best[lane]);
        }
        if let (Some(lasting), Some(before)) = (self.of.lasting, before) {
            lasting.join(before, amounts, cx);
        }
    }
}
