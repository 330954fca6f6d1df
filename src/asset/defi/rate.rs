//! The yield of every month: what is there to stay, and what fades.

use crate::asset::Coefficient;
use crate::market::{RateRows, STEPS_PER_YEAR};
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Cx, Phase, Row, Rows, Stage};

/// What there is to earn, per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sources {
    /// Mean of what anybody is paid.
    pub base: f64,
    /// What moving adds.
    pub spread: f64,
    /// What moving takes off the value.
    pub moving: f64,
}

impl Sources {
    /// What stays and what incentives have to pay in the first month, per year, for a net yield of `start`.
    #[inline(always)]
    pub(super) fn split(&self, start: f64) -> (f64, f64) {
        let needed = start + self.moving;
        let steady = lesser(needed, self.base + self.spread);
        (steady, needed - steady)
    }
}

#[derive(Clone, Copy)]
pub(super) struct Rate {
    /// `Sources` of each path.
    pub base: Coefficient,
    pub spread: Coefficient,
    pub moving: Coefficient,
    /// Part of the incentives that a month leaves.
    pub kept: Coefficient,
}

impl Rate {
    /// Leaves the rate per unit of value of every month, and returns its row. `start`: net yield of the first month;
    /// `factor`: of mean 1, on the base; `of_base`: a row for what the base of the month is of that expected in the first one,
    /// if somebody asks; `short`: what the base follows.
    pub(super) fn build(
        self,
        start: Coefficient,
        (factor, of_base): (Option<Row>, Option<Row>),
        short: Option<RateRows>,
        build: &mut Build,
    ) -> Row {
        let [steady, incentive, rate] = [build.row(), build.row(), build.row()];
        build.stage(
            Phase::Open,
            Open { sources: [self.base, self.spread, self.moving], start, steady, incentive },
        );
        let parts = [self.base, self.spread];
        let varying = Coefficient::from(parts, build, |[base, spread]| match base > 0.0 {
            true => base / (base + spread),
            false => 0.0,
        });
        build.stage(
            Phase::Operate,
            Advance {
                steady,
                incentive,
                rate,
                factor,
                of_base,
                varying,
                short: short.filter(|short| short.base_yields != 0.0),
                kept: self.kept,
            },
        );
        rate
    }
}

struct Open {
    /// Base, spread and what moving takes.
    sources: [Coefficient; 3],
    start: Coefficient,
    /// Of a month, like the rows below.
    steady: Row,
    incentive: Row,
}

impl Stage for Open {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let start = self.start.of_paths(cx.rows);
        let [base, spread, moving] = self.sources.map(|of| of.of_paths(cx.rows));
        let [steady, incentive] = cx.rows.pair(self.steady, self.incentive);
        for lane in 0..LANES {
            let sources = Sources { base: base[lane], spread: spread[lane], moving: moving[lane] };
            let (stays, fades) = sources.split(start[lane]);
            steady[lane] = stays / STEPS_PER_YEAR;
            incentive[lane] = fades / STEPS_PER_YEAR;
        }
    }
}

struct Advance {
    steady: Row,
    incentive: Row,
    rate: Row,
    factor: Option<Row>,
    of_base: Option<Row>,
    /// Part of what stays that varies.
    varying: Coefficient,
    short: Option<RateRows>,
    kept: Coefficient,
}

impl Stage for Advance {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut steady = *cx.rows.get(self.steady);
        if let Some(row) = self.of_base {
            *cx.rows.get_mut(row) = self.of_base(cx.rows, &steady);
        }
        if let Some(short) = &self.short {
            self.follow(short, cx.rows, &mut steady);
        } else if let Some(row) = self.factor {
            let factor = cx.rows.get(row);
            let varying = self.varying.of_paths(cx.rows);
            steady.each(|lane, own| own * varying[lane].mul_add(factor[lane] - 1.0, 1.0));
        }
        let kept = self.kept.of_paths(cx.rows);
        let [rate, incentive] = cx.rows.pair(self.rate, self.incentive);
        for lane in 0..LANES {
            rate[lane] = steady[lane] + incentive[lane];
            incentive[lane] *= kept[lane];
        }
    }
}

impl Advance {
    /// What the base of the month is of that expected in the first one; where there is no base, what the short rate does is
    /// left out.
    #[inline(always)]
    fn of_base(&self, rows: &Rows, steady: &Lanes) -> Lanes {
        let mut of_base = match self.factor {
            Some(row) => *rows.get(row),
            None => Lanes::splat(1.0),
        };
        if let Some(short) = &self.short {
            let link = short.base_yields / STEPS_PER_YEAR;
            let first = greater(short.starts, 0.0);
            let rate = rows.get(short.rate);
            let varying = self.varying.of_paths(rows);
            for lane in 0..LANES {
                let base = steady[lane] * varying[lane];
                if base > 0.0 {
                    let now = greater(link.mul_add(rate[lane] - first, base), 0.0);
                    of_base[lane] *= now / base;
                }
            }
        }
        of_base
    }

    /// The base moves with the short rate, and is never less than nothing.
    #[inline(always)]
    fn follow(&self, short: &RateRows, rows: &Rows, steady: &mut Lanes) {
        let link = short.base_yields / STEPS_PER_YEAR;
        let first = greater(short.starts, 0.0);
        let rate = rows.get(short.rate);
        let varying = self.varying.of_paths(rows);
        for lane in 0..LANES {
            let base = link.mul_add(rate[lane] - first, steady[lane] * varying[lane]);
            let stays = steady[lane] * (1.0 - varying[lane]);
            let factor = match self.factor {
                Some(row) => rows.get(row)[lane],
                None => 1.0,
            };
            steady[lane] = factor.mul_add(greater(base, 0.0), stays);
        }
    }
}
