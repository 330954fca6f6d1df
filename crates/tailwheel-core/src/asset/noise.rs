//! Random variation of an income around its mean.

use crate::form::{Reader, fault};
use crate::math::LANES;
use crate::math::elementary::exp;
use crate::random::Purpose;
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};
use crate::units::{Delay, LogSpread};

/// Variation of income around its mean: a log-Ornstein–Uhlenbeck factor.
///
/// ```text
/// x' = φx + s√(1 − φ²)·z,   φ = 2^(−Δt/half-life),   ξ = exp(x − ½s²),   E ξ = 1
/// ```
///
/// `s`: stationary standard deviation of `ln ξ`; half-life in months. The start is stationary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Noise {
    /// Half-life of a deviation, in months.
    pub half_life_months: f64,
    /// Stationary standard deviation of `ln ξ`.
    pub log_deviation: f64,
}

impl Noise {
    /// Reads the noise from the keys `income_log_sd` and `income_half_life`; `None` unless both are given.
    pub(super) fn of(deviation: Option<LogSpread>, half_life: Option<Delay>) -> Option<Self> {
        Some(Self { half_life_months: half_life?.months(), log_deviation: deviation?.get() })
    }
}

/// Reports a fault if only one of the two noise keys is given.
pub(super) fn check(deviation: Option<LogSpread>, half_life: Option<Delay>, reader: &mut Reader<'_>) {
    if !reader.sound(&["income_log_sd", "income_half_life"]) {
        return;
    }
    let (given, missing) = match (deviation, half_life) {
        (Some(_), None) => ("income_log_sd", "income_half_life = \"6 weeks\""),
        (None, Some(_)) => ("income_half_life", "income_log_sd = 0.43"),
        _ => return,
    };
    fault!(reader, "income", "the noise of an income needs both its keys";
        reader.place_of(given) => "the other key is missing"; write: "{missing}");
}

/// Adds the stages of the noise and returns the row of its factor.
pub(super) fn build(noise: &Noise, build: &mut Build) -> Row {
    let keep = exp(-std::f64::consts::LN_2 / noise.half_life_months);
    let (state, factor) = (build.row(), build.row());
    let first = build.normals(Purpose::YieldStart, Scope::Path);
    let innovation = build.normals(Purpose::Yield, Scope::Month);
    let deviation = noise.log_deviation;
    build.open(move |cx| {
        let first = cx.draws.row(first);
        cx.rows.get_mut(state).each(|lane, _| deviation * first[lane]);
    });
    build.common_stage(
        Phase::Operate,
        &[factor],
        AdvanceNoise {
            state,
            factor,
            innovation,
            keep,
            spread: noise.log_deviation * (1.0 - keep * keep).sqrt(),
            half_variance: 0.5 * noise.log_deviation * noise.log_deviation,
        },
    );
    factor
}

struct AdvanceNoise {
    state: Row,
    factor: Row,
    innovation: Draw,
    keep: f64,
    spread: f64,
    half_variance: f64,
}

impl Stage for AdvanceNoise {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let innovation = cx.draws.row(self.innovation);
        let [state, factor] = cx.rows.pair(self.state, self.factor);
        for lane in 0..LANES {
            let next = self.keep.mul_add(state[lane], self.spread * innovation[lane]);
            state[lane] = next;
            factor[lane] = exp(next - self.half_variance);
        }
    }
}
