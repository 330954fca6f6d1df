//! Monthly yield: a steady part, and incentives that fade.

use crate::asset::Coefficient;
use crate::market::{RateRows, STEPS_PER_YEAR};
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Cx, Phase, Row, Rows, Stage};

/// Sources of a pool position's yield, per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sources {
    /// Mean of the base yield per year, as a fraction of the value.
    pub base: f64,
    /// Extra yield per year from moving between chains, as a fraction of the value.
    pub spread: f64,
    /// Fraction of the value lost per year by moving between chains.
    pub moving: f64,
}

impl Sources {
    /// Returns the steady yield and the first month's incentives, per year, for a net yield of `start`.
    #[inline(always)]
    pub(super) fn split(&self, start: f64) -> (f64, f64) {
        let needed = start + self.moving;
        let steady = lesser(needed, self.base + self.spread);
        (steady, needed - steady)
    }
}

#[derive(Clone, Copy)]
pub(super) struct Rate {
    /// Mean base yield per year, per path.
    pub base: Coefficient,
    /// Extra yield per year from moving between chains.
    pub spread: Coefficient,
    /// Fraction of the value lost per year by moving between chains.
    pub moving: Coefficient,
    /// Fraction of the incentives that is left after each month.
    pub kept: Coefficient,
}

impl Rate {
    /// Adds the stage of the monthly yield per unit of value and returns its row. `start` is the net yield of
    /// the first month and `factor` a random factor of mean 1 on the base yield. `of_base` receives the base
    /// yield relative to its expectation in the first month. `short` is the short rate that the base yield
    /// follows.
    pub(super) fn build(
        self,
        start: Coefficient,
        factor: Option<Row>,
        of_base: Option<Row>,
        short: Option<RateRows>,
        build: &mut Build,
    ) -> Row {
        let [steady, incentive, rate] = [build.row(), build.row(), build.row()];
        build.open(
            #[inline(always)]
            move |cx| self.open(start, steady, incentive, cx),
        );
        let parts = [self.base, self.spread];
        let varying = Coefficient::from(
            parts,
            build,
            |[base, spread]| if base > 0.0 { base / (base + spread) } else { 0.0 },
        );
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

    /// Sets the rows of the steady yield and of the incentives, both monthly, to those of the first month.
    #[inline(always)]
    fn open(&self, start: Coefficient, steady: Row, incentive: Row, cx: &mut Cx<'_>) {
        let [start, base, spread, moving] =
            [start, self.base, self.spread, self.moving].map(|of| of.of_paths(cx.rows));
        let [steady, incentive] = cx.rows.pair(steady, incentive);
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
    /// Fraction of the steady yield that varies.
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
    /// Base yield of the month relative to its expectation in the first month. Without a base yield, the
    /// short rate has no effect.
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

    /// Moves the base yield, a part of the `steady` yield, with the short rate, down to 0 at most.
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
