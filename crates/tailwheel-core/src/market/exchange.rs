//! Exchange rate of a foreign currency, in units of the scenario's currency.
//!
//! In: a volatility, one normal per path and month. Out: rows of the rate and of its monthly factor. Not
//! here: the holdings priced in a currency (`scenario`).
//!
//! ```text
//! X_1 = 1,   X_{t+1} = X_t·f_t,   f_t = exp(σ√Δt·z − ½σ²Δt),   E f = 1       X: rate, z: standard normal
//! ```

use super::STEPS_PER_YEAR;
use crate::math::LANES;
use crate::math::elementary::exp_moderate;
use crate::random::{ObjectKind, Purpose};
use crate::stage::{Build, Phase, Row, Scope};

/// Rows of the exchange rate of one currency, shared by all holdings priced in it.
#[derive(Clone, Copy, Debug)]
pub struct ExchangeRows {
    /// Exchange rate at the start of the month, 1 on day one.
    pub rate: Row,
    /// Factor by which the rate moves during the month; its mean is 1.
    pub factor: Row,
}

impl ExchangeRows {
    /// Simulates the exchange rate of `currency`; `volatility` is per square root of a year.
    pub fn build(currency: &str, volatility: f64, build: &mut Build) -> Self {
        build.object(ObjectKind::World, &format!("currency {currency}"));
        let innovation = build.normals(Purpose::Exchange, Scope::Month);
        let rows = Self { rate: build.row(), factor: build.row() };
        let variance = volatility * volatility / STEPS_PER_YEAR;
        let spread = variance.sqrt();
        let half_variance = 0.5 * variance;
        build.step(
            Phase::Shock,
            "Move",
            #[inline(always)]
            move |cx| {
                let innovation = cx.draws.row(innovation);
                let is_first = cx.month.index == 1;
                let [rate, factor] = cx.rows.pair(rows.rate, rows.factor);
                for lane in 0..LANES {
                    rate[lane] = if is_first { 1.0 } else { rate[lane] * factor[lane] };
                    factor[lane] = exp_moderate(spread.mul_add(innovation[lane], -half_variance));
                }
            },
        );
        rows
    }
}
