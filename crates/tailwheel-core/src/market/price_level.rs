//! Price level on every path, which follows from inflation.
//!
//! In: the law of inflation, one normal per path and month. Out: rows of the price level and derived rows. Not
//! here: the keys of inflation (`inflation`), payments at current prices (`policy`, `event`), amounts in money of
//! the start (`record`).
//!
//! ```text
//! π_1 = starts, or m;   π_t = m + φ(π_{t−1} − m) + s√((1 − φ²)/(2κ))·z,   φ = e^(−κ/12),
//!                       κ = ln 2/half-life in years,   z standard normal, one per path and month
//! P_t = Π_{u ≤ t} (1 + π_u)^(1/12),   P_0 = 1
//! ln m = ln m50 + |ln(m95/m50)|·y/1.645 for y > 0, with m05 below;   y standard normal, one per path
//! ```
//!
//! The monthly transition is exact (Uhlenbeck and Ornstein 1930; as the short rate of Vasicek 1977).
//! Inflation has no floor. The price level is known one month ahead, so that losses of purchasing power can
//! be summed month by month. A fixed rate fills the same rows with one number for all paths.

use super::STEPS_PER_YEAR;
use super::inflation::{FixedRate, Inflation, MovingRate};
use crate::math::elementary::{exp, ln, ln_1p};
use crate::math::{LANES, Lanes, normal};
use crate::random::{ObjectKind, Purpose};
use crate::stage::{Build, Cx, Phase, Row, Scope};
use crate::units::AnnualRate;

/// Probability level of the high end of a range of mean inflation; the low end has 1 − 0.95.
const END: f64 = 0.95;

/// Price rows of a month, set before any other stage of the month runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceRows {
    /// Price level at the end of the month, 1 on day one.
    pub level: Row,
    /// Purchasing power that money of this month loses in the next, per unit of money: 1/P_t − 1/P_(t+1).
    pub eroded: Row,
    /// True if the price level ever changes; false if it is 1 on every path and in every month.
    pub moves: bool,
    /// Rows of the random inflation rate; `None` if the rate is fixed.
    pub moving: Option<MovingRows>,
}

/// Rows of a random rate of inflation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MovingRows {
    /// Standard normal that moved the inflation rate into this month, 0 in the first month; `None` unless a
    /// short rate is linked to inflation.
    pub shock: Option<Row>,
    /// Yearly inflation rate of the month minus the median of its uncertain mean.
    pub above: Row,
    /// Extra yearly log-return of property per unit of inflation above its median mean.
    pub property: f64,
}

impl Inflation {
    /// Simulates the price level over `n_months`. With `is_linked`, the shocks are kept for a short rate.
    pub fn build(self, n_months: u32, is_linked: bool, build: &mut Build) -> PriceRows {
        build.object(ObjectKind::World, "inflation");
        let [level, eroded] = [build.row_of(1.0), build.row()];
        match self {
            Self::Fixed(FixedRate { fixed }) => {
                let rate = fixed.get();
                let levels = fixed_levels(rate, n_months);
                let moves = rate != 0.0;
                if moves {
                    for phase in [Phase::Open, Phase::Shock] {
                        let levels = levels.clone();
                        build.step(
                            phase,
                            "Step",
                            #[inline(always)]
                            move |cx| {
                                let month = cx.month.index as usize;
                                let now = levels[month];
                                // no further loss of purchasing power after the horizon
                                let next = levels.get(month + 1).copied().unwrap_or(now);
                                cx.rows.get_mut(level).fill(now);
                                cx.rows.get_mut(eroded).fill(1.0 / now - 1.0 / next);
                            },
                        );
                    }
                }
                PriceRows { level, eroded, moves, moving: None }
            }
            Self::Moving(moving) => moving.build(level, eroded, is_linked, build),
        }
    }
}

/// Price level at the end of months 0 … `n_months` at a fixed rate per year; 1 in month 0.
pub fn fixed_levels(rate: f64, n_months: u32) -> Vec<f64> {
    let per_month = ln(1.0 + rate) / STEPS_PER_YEAR;
    (0..=n_months).map(|month| exp(per_month * f64::from(month))).collect()
}

impl MovingRate {
    fn build(self, level: Row, eroded: Row, is_linked: bool, build: &mut Build) -> PriceRows {
        let [rate, mean, next, above] = [(); 4].map(|()| build.row());
        let worth = build.row_of(1.0);
        let means = self.mean.numbers();
        let [low, center, high] = means;
        let starts = self.starts.map(AnnualRate::get);
        let drawn = (low < high).then(|| build.parameter("mean"));
        let innovation = build.normals(Purpose::Inflation, Scope::Month);
        let rows = Paths { level, eroded, rate, mean, next, worth, above };
        let shock = is_linked.then(|| {
            let shock = build.row();
            build.step(
                Phase::Prepare,
                "Remember",
                #[inline(always)]
                move |cx| {
                    *cx.rows.get_mut(shock) = *cx.draws.row(innovation);
                },
            );
            shock
        });
        build.open(
            #[inline(always)]
            move |cx| {
                let law = MeanLaw::of(means);
                let mut mean = Lanes::splat(law.median);
                if let Some(drawn) = drawn {
                    let drawn = cx.draws.row(drawn);
                    mean.each(|lane, _| law.at(drawn[lane]));
                }
                *cx.rows.get_mut(rows.mean) = mean;
                *cx.rows.get_mut(rows.rate) = starts.map_or(mean, Lanes::splat);
                rows.look_ahead(cx);
            },
        );
        let (kept, spread) = (self.reversion().kept(), self.reversion().spread(1.0));
        build.common_step(
            Phase::Shock,
            "Move",
            &[level, eroded, above],
            #[inline(always)]
            move |cx| {
                let [level, next] = cx.rows.pair(rows.level, rows.next);
                *level = *next;
                let [above, rate] = cx.rows.pair(rows.above, rows.rate);
                above.each(|lane, _| rate[lane] - center);
                // the level of the next month must be known now, so this month's normal moves the next rate
                let innovation = cx.draws.row(innovation);
                let mean = *cx.rows.get(rows.mean);
                let rate = cx.rows.get_mut(rows.rate);
                for lane in 0..LANES {
                    let pulled = kept.mul_add(rate[lane] - mean[lane], mean[lane]);
                    rate[lane] = spread.mul_add(innovation[lane], pulled);
                }
                rows.look_ahead(cx);
            },
        );
        PriceRows {
            level,
            eroded,
            moves: true,
            moving: Some(MovingRows { shock, above, property: self.property.get() }),
        }
    }
}

/// Distribution of the uncertain mean of inflation, with separate spreads below and above its median.
#[derive(Clone, Copy)]
struct MeanLaw {
    median: f64,
    /// Standard deviations below and above the median: of the mean's logarithm, or of the mean if its low end is not
    /// positive.
    spread: [f64; 2],
    is_of_logarithm: bool,
}

impl MeanLaw {
    fn of([low, median, high]: [f64; 3]) -> Self {
        let end = normal::quantile(END);
        let is_of_logarithm = low > 0.0;
        let apart =
            |from: f64, to: f64| if is_of_logarithm { ln(to / from) / end } else { (to - from) / end };
        Self { median, spread: [apart(low, median), apart(median, high)], is_of_logarithm }
    }

    /// Mean of inflation that belongs to the standard normal `drawn`.
    #[inline(always)]
    fn at(&self, drawn: f64) -> f64 {
        let [below, above] = self.spread;
        let apart = drawn * if drawn < 0.0 { below } else { above };
        if self.is_of_logarithm { self.median * exp(apart) } else { self.median + apart }
    }
}

#[derive(Clone, Copy)]
struct Paths {
    level: Row,
    eroded: Row,
    rate: Row,
    mean: Row,
    /// Price level at the end of the next month.
    next: Row,
    /// Purchasing power of the next month's money in money of day one: 1/`next`.
    worth: Row,
    above: Row,
}

impl Paths {
    /// Computes the price level at the end of the next month; its inflation rate is known already.
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
