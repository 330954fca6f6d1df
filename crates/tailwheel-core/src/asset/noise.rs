//! Random variation of an income around its mean.

use crate::form::{Reader, fault};
use crate::math::LANES;
use crate::math::elementary::exp;
use crate::random::Purpose;
use crate::stage::{Build, Phase, Row, Scope};
use crate::units::{Delay, LogSpread};

/// Reports a fault if only one of the keys `income_log_sd` and `income_half_life` is given.
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
        reader.place_of(given) => "the other key is missing"; such_as: "{missing}");
}

/// Adds a random factor ξ on an income, a log-Ornstein–Uhlenbeck process, and returns its row; `None` unless
/// deviation and half-life are given.
///
/// ```text
/// x' = φx + s√(1 − φ²)·z,   φ = 2^(−Δt/half-life),   ξ = exp(x − ½s²),   E ξ = 1
/// ```
///
/// `s`: stationary standard deviation of `ln ξ`; half-life in months. The start is stationary.
pub(super) fn build(
    deviation: Option<LogSpread>,
    half_life: Option<Delay>,
    build: &mut Build,
) -> Option<Row> {
    let (half_life, deviation) = (half_life?.months(), deviation?.get());
    let keep = exp(-std::f64::consts::LN_2 / half_life);
    let (state, factor) = (build.row(), build.row());
    let first = build.normals(Purpose::YieldStart, Scope::Path);
    let innovation = build.normals(Purpose::Yield, Scope::Month);
    build.open(
        #[inline(always)]
        move |cx| {
            let first = cx.draws.row(first);
            cx.rows.get_mut(state).each(|lane, _| deviation * first[lane]);
        },
    );
    let spread = deviation * (1.0 - keep * keep).sqrt();
    let half_variance = 0.5 * deviation * deviation;
    build.common_step(
        Phase::Operate,
        "AdvanceNoise",
        &[factor],
        #[inline(always)]
        move |cx| {
            let innovation = cx.draws.row(innovation);
            let [state, factor] = cx.rows.pair(state, factor);
            for lane in 0..LANES {
                let next = keep.mul_add(state[lane], spread * innovation[lane]);
                state[lane] = next;
                factor[lane] = exp(next - half_variance);
            }
        },
    );
    Some(factor)
}
