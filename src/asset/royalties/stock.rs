//! The works there are, as two numbers: what the best of them earns and what all others do.

use super::age::Lasting;
use crate::asset::launch::of_own_month;
use crate::asset::spread::Spread;
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes, greater, normal};
use crate::random::Purpose;
use crate::random::discrete::Counts;
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};

/// The works of a path and what happens to them in a month.
pub(super) struct Stock {
    /// At the start.
    pub works: f64,
    pub spread: Spread,
    /// Part of what a work earns that is left after a month, if all fades at one rate.
    pub kept: f64,
    /// Else what of it lasts.
    pub lasting: Option<Lasting>,
    /// By which the best work's popularity moves, as a logarithm.
    pub popularity: f64,
    /// What crowding and the gap leave in months 1, 2, …
    pub factors: Vec<f64>,
    /// When the catalogue stands, if that is told by a row.
    pub since: Option<Row>,
    pub releases: Option<Releases>,
}

/// New works.
pub(super) struct Releases {
    counts: Counts,
    count: Draw,
    /// Where the best of them stands among all that could be.
    best: Draw,
    /// What they cost in the month.
    spent: Row,
    cost_per_work: f64,
}

impl Releases {
    /// `rate` a month, each of which costs `cost_per_work`.
    pub fn build(rate: f64, cost_per_work: f64, build: &mut Build) -> Self {
        Self {
            counts: Counts::poisson(rate)
                .expect("a number of events per year has a mean that fits"),
            count: build.uniforms(Purpose::Release, Scope::Month),
            best: build.uniforms(Purpose::ReleaseIncome, Scope::Month),
            spent: build.row(),
            cost_per_work,
        }
    }
}

#[derive(Clone, Copy)]
struct Rows {
    power: Row,
    /// What the best work earns, with everything.
    hit: Row,
    /// The same and the others, but for what is the same for all works.
    best: Row,
    others: Row,
}

impl Stock {
    /// What is spent on new works in a month, if there are any.
    pub fn spent(&self) -> Option<Row> {
        self.releases.as_ref().map(|releases| releases.spent)
    }

    /// Leaves its stages, which keep what all works and the best of them can earn in a month; returns the former.
    pub fn build(self, [power, hit]: [Row; 2], build: &mut Build) -> Row {
        let rows = Rows {
            power,
            hit,
            best: build.row(),
            others: build.row(),
        };
        let rank = build.parameter("best_work");
        let (works, spread, lasting) = (self.works, self.spread, self.lasting);
        build.stage(
            Phase::Open,
            Open {
                rows,
                works,
                spread,
                rank,
                lasting,
            },
        );
        let popularity =
            (self.popularity > 0.0).then(|| build.normals(Purpose::Yield, Scope::Month));
        build.stage(
            Phase::Operate,
            Age {
                of: self,
                rows,
                popularity,
            },
        );
        rows.power
    }
}

/// Of works that are there the income is known, and not how much of it one work earns.
struct Open {
    rows: Rows,
    works: f64,
    spread: Spread,
    rank: Draw,
    lasting: Option<Lasting>,
}

impl Stage for Open {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        cx.rows.get_mut(self.rows.power).fill(1.0);
        let rank = cx.draws.row(self.rank);
        let [best, others] = cx.rows.pair(self.rows.best, self.rows.others);
        for lane in 0..LANES {
            let uniform = normal::cdf(rank[lane]);
            let [first, rest] = self.spread.best_and_others(uniform, self.works);
            best[lane] = first / (first + rest);
            others[lane] = 1.0 - best[lane];
        }
        let [hit, best] = cx.rows.pair(self.rows.hit, self.rows.best);
        *hit = *best;
        if let Some(lasting) = self.lasting {
            lasting.open(cx);
        }
    }
}

/// A month older, and with what was released in it.
struct Age {
    of: Stock,
    rows: Rows,
    popularity: Option<Draw>,
}

impl Stage for Age {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let (kept, sd) = (self.of.kept, self.of.popularity);
        if let Some(lasting) = self.of.lasting {
            lasting.fade([self.rows.best, self.rows.others], cx);
        } else {
            let [best, others] = cx.rows.pair(self.rows.best, self.rows.others);
            for lane in 0..LANES {
                best[lane] *= kept;
                others[lane] *= kept;
            }
        }
        if let Some(draw) = self.popularity {
            let moved = cx.draws.row(draw);
            let best = cx.rows.get_mut(self.rows.best);
            for lane in 0..LANES {
                best[lane] *= exp(sd.mul_add(moved[lane], -0.5 * sd * sd));
            }
        }
        if let Some(releases) = &self.of.releases {
            self.release(releases, cx);
        }
        let factor = of_own_month(&self.of.factors, self.of.since, cx);
        let others = *cx.rows.get(self.rows.others);
        let [hit, best] = cx.rows.pair(self.rows.hit, self.rows.best);
        hit.each(|lane, _| best[lane] * factor[lane]);
        let [hit, power] = cx.rows.pair(self.rows.hit, self.rows.power);
        power.each(|lane, _| others[lane].mul_add(factor[lane], hit[lane]));
    }
}

impl Age {
    /// Of the best work and the best new one the better is the best from now on.
    #[inline(always)]
    fn release(&self, releases: &Releases, cx: &mut Cx<'_>) {
        let mut count = Lanes::ZERO;
        releases
            .counts
            .counts(cx.draws.row(releases.count), &mut count);
        let spent = cx.rows.get_mut(releases.spent);
        spent.each(|lane, _| count[lane] * releases.cost_per_work);
        let rank = cx.draws.row(releases.best);
        let amounts = [self.rows.best, self.rows.others];
        let before = self
            .of
            .lasting
            .map(|_| amounts.map(|row| *cx.rows.get(row)));
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
