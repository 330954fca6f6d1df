//! Inflation and the price level that it makes, on every path.
//!
//! In: what is known of inflation, one normal per path and month. Out: rows of the price level and of what follows it.
//! Not here: who pays what at which prices (`policy`, `event`), what is measured in money of the start (`record`).
//!
//! ```text
//! π_1 = starts, or m;   π_t = m + φ(π_{t−1} − m) + s√((1 − φ²)/(2κ))·z,   φ = e^(−κ/12),   κ = ln 2/half-life in years
//! P_t = Π_{u ≤ t} (1 + π_u)^(1/12),   P_0 = 1
//! ln m = ln m50 + |ln(m95/m50)|·y/1.645 for y > 0, with m05 below;   y standard normal, one per path
//! ```
//!
//! The transition over a month is exact (Uhlenbeck and Ornstein 1930; as the short rate of Vasicek 1977), and there is no
//! floor. The level of the next month is known a month ahead, so that what prices take off money can be summed month by
//! month. A rate that is fixed makes the same rows of one number.

use super::STEPS_PER_YEAR;
use super::reversion::Reversion;
use crate::math::elementary::{exp, ln, ln_1p};
use crate::math::{LANES, Lanes, normal};
use crate::random::{ObjectKind, Purpose};
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};

/// Level of the ends of a range of means, as a quantile of both sides.
const END: f64 = 0.95;

/// What is known of a mean: its 5th percentile, its median and its 95th; three equal ones are a point.
pub type MeanRange = [f64; 3];

/// How prices grow. Rates are fractions per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Inflation {
    /// At one rate, on every path.
    Fixed(f64),
    /// By a process, on each path by its own.
    Moving(MovingInflation),
}

/// A rate of inflation that comes back to its mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MovingInflation {
    /// What it comes back to; one draw decides it per path unless it is a point.
    pub mean: MeanRange,
    /// The rate of the first month; the path's mean if absent.
    pub starts: Option<f64>,
    /// How it comes back.
    pub reversion: Reversion,
    /// Log-return of property in a year for a point of inflation above the median mean.
    pub property: f64,
}

/// Rows of a month, set before anything else happens in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceRows {
    /// Price level at the end of the month, 1 on day one.
    pub level: Row,
    /// What money of the month loses in the next one, per unit of it: 1/P_t − 1/P_(t+1).
    pub eroded: Row,
    /// False if the level is 1 on every path and in every month.
    pub moves: bool,
    /// Where the rate moves by a process.
    pub moving: Option<MovingRows>,
}

/// Rows of a rate that moves by a process.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MovingRows {
    /// The normal that moved the rate into this month, 0 in the first; only where something is linked to it.
    pub shock: Option<Row>,
    /// What the rate of the month lies above the median of its mean.
    pub above: Row,
    /// Log-return of property in a year for a point of that.
    pub property: f64,
}

impl Inflation {
    /// Leaves the months of the price level over `n_months`, and its shocks if something `is_linked` to them.
    pub fn build(self, n_months: u32, is_linked: bool, build: &mut Build) -> PriceRows {
        build.object(ObjectKind::World, "inflation");
        let [level, eroded] = [build.row(), build.row()];
        match self {
            Self::Fixed(rate) => {
                let levels = fixed_levels(rate, n_months);
                let moves = rate != 0.0;
                build.stage(Phase::Open, Begin { level });
                if moves {
                    for phase in [Phase::Open, Phase::Shock] {
                        let levels = levels.clone();
                        build.stage(phase, Step { levels, level, eroded });
                    }
                }
                PriceRows { level, eroded, moves, moving: None }
            }
            Self::Moving(moving) => moving.build([level, eroded], is_linked, build),
        }
    }
}

/// Price level at the end of months 0 … `n_months` at a rate that is fixed.
pub fn fixed_levels(rate: f64, n_months: u32) -> Vec<f64> {
    let per_month = ln(1.0 + rate) / STEPS_PER_YEAR;
    (0..=n_months).map(|month| exp(per_month * f64::from(month))).collect()
}

struct Begin {
    level: Row,
}

impl Stage for Begin {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        cx.rows.get_mut(self.level).fill(1.0);
    }
}

/// A level that is the same on every path.
struct Step {
    levels: Vec<f64>,
    level: Row,
    eroded: Row,
}

impl Stage for Step {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let month = cx.month.index as usize;
        let level = self.levels[month];
        // after the horizon nothing is lost any more
        let next = self.levels.get(month + 1).copied().unwrap_or(level);
        cx.rows.get_mut(self.level).fill(level);
        cx.rows.get_mut(self.eroded).fill(1.0 / level - 1.0 / next);
    }
}

impl MovingInflation {
    fn build(self, [level, eroded]: [Row; 2], is_linked: bool, build: &mut Build) -> PriceRows {
        let [rate, mean, next, worth, above] = [(); 5].map(|()| build.row());
        let [low, _, high] = self.mean;
        let drawn = (low < high).then(|| build.parameter("mean"));
        let innovation = build.normals(Purpose::Inflation, Scope::Month);
        let rows = Paths { level, eroded, rate, mean, next, worth, above };
        let shock = is_linked.then(|| {
            let shock = build.row();
            build.stage(Phase::Prepare, Remember { innovation, shock });
            shock
        });
        build.stage(Phase::Open, Open { of: self, drawn, rows });
        let (kept, spread) = (self.reversion.kept(), self.reversion.spread(1.0));
        let center = self.mean[1];
        build.common_stage(
            Phase::Shock,
            &[level, eroded, above],
            Move { innovation, kept, spread, center, rows },
        );
        PriceRows {
            level,
            eroded,
            moves: true,
            moving: Some(MovingRows { shock, above, property: self.property }),
        }
    }
}

/// The law of a mean on either side of its median; a seam for the one law of all ranges.
#[derive(Clone, Copy)]
struct MeanLaw {
    median: f64,
    /// Of its logarithm below and above, or of itself where an end is not above zero.
    spread: [f64; 2],
    is_of_logarithm: bool,
}

impl MeanLaw {
    fn of([low, median, high]: MeanRange) -> Self {
        let end = normal::quantile(END);
        let is_of_logarithm = low > 0.0;
        let apart = |from: f64, to: f64| match is_of_logarithm {
            true => ln(to / from) / end,
            false => (to - from) / end,
        };
        Self { median, spread: [apart(low, median), apart(median, high)], is_of_logarithm }
    }

    /// By a standard normal.
    #[inline(always)]
    fn at(&self, drawn: f64) -> f64 {
        let [below, above] = self.spread;
        let apart = drawn * if drawn < 0.0 { below } else { above };
        match self.is_of_logarithm {
            true => self.median * exp(apart),
            false => self.median + apart,
        }
    }
}

#[derive(Clone, Copy)]
struct Paths {
    level: Row,
    eroded: Row,
    rate: Row,
    mean: Row,
    /// Price level a month ahead.
    next: Row,
    /// What money of that month buys on day one: 1/`next`.
    worth: Row,
    above: Row,
}

impl Paths {
    /// Sets the level of the next month, of which the rate is known.
    #[inline(always)]
    fn look_ahead(&self, cx: &mut Cx<'_>) {
        let (rate, level) = (cx.rows.get(self.rate), cx.rows.get(self.level));
        let mut next = Lanes::ZERO;
        for lane in 0..LANES {
            next[lane] = level[lane] * exp(ln_1p(rate[lane]) / STEPS_PER_YEAR);
        }
        let worth = cx.rows.get_mut(self.worth);
        let mut eroded = *worth;
        for lane in 0..LANES {
            worth[lane] = 1.0 / next[lane];
            eroded[lane] -= worth[lane];
        }
        *cx.rows.get_mut(self.next) = next;
        *cx.rows.get_mut(self.eroded) = eroded;
    }
}

struct Open {
    of: MovingInflation,
    /// Standard normal; none if the mean is a point.
    drawn: Option<Draw>,
    rows: Paths,
}

impl Stage for Open {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let rows = self.rows;
        let law = MeanLaw::of(self.of.mean);
        let mut mean = Lanes::splat(law.median);
        if let Some(drawn) = self.drawn {
            let drawn = cx.draws.row(drawn);
            mean.each(|lane, _| law.at(drawn[lane]));
        }
        let first = match self.of.starts {
            Some(rate) => Lanes::splat(rate),
            None => mean,
        };
        *cx.rows.get_mut(rows.mean) = mean;
        *cx.rows.get_mut(rows.rate) = first;
        cx.rows.get_mut(rows.level).fill(1.0);
        cx.rows.get_mut(rows.worth).fill(1.0);
        rows.look_ahead(cx);
    }
}

struct Move {
    innovation: Draw,
    kept: f64,
    spread: f64,
    /// The median of the mean.
    center: f64,
    rows: Paths,
}

impl Stage for Move {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let rows = self.rows;
        let [level, next] = cx.rows.pair(rows.level, rows.next);
        *level = *next;
        let [above, rate] = cx.rows.pair(rows.above, rows.rate);
        above.each(|lane, _| rate[lane] - self.center);
        // the normal of this month moves the rate of the next, whose level has to be known now
        let innovation = cx.draws.row(self.innovation);
        let mean = *cx.rows.get(rows.mean);
        let rate = cx.rows.get_mut(rows.rate);
        for lane in 0..LANES {
            let pulled = self.kept.mul_add(rate[lane] - mean[lane], mean[lane]);
            rate[lane] = self.spread.mul_add(innovation[lane], pulled);
        }
        rows.look_ahead(cx);
    }
}

/// Leaves, after who looks at the shock of the month, that of the next one.
struct Remember {
    innovation: Draw,
    shock: Row,
}

impl Stage for Remember {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        *cx.rows.get_mut(self.shock) = *cx.draws.row(self.innovation);
    }
}
