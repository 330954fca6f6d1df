//! Sudden moves of an asset's price.
//!
//! In: a table of the file. Out: [`Jumps`], which leave something of the volatility. Not here: how they are drawn
//! (`market`).

use super::holding::Holding;
use crate::form::{Diagnostic, Preset, Reader};
use crate::math::elementary::expm1;
use crate::parameters;
use crate::units::{Intensity, LogMean, LogSpread, per_cent, plain};

parameters! {
    /// Compound Poisson moves of the log-price, normal with `mean` and `sd`.
    pub struct Jumps: "table of jumps" = "{ rate = \"0.5/year\", mean = -0.10, sd = 0.15 }" {
        /// Expected number per year.
        rate: Intensity = Preset::Required,
        /// Mean of a move of the log-price: -0.10 is a fall of about 10 %.
        mean: LogMean = Preset::Required,
        /// Standard deviation of a move.
        sd: LogSpread = Preset::Required,
    }
}

impl Jumps {
    /// Variance that the jumps add to a year's log-return: λ(μ² + δ²).
    pub fn variance_per_year(&self) -> f64 {
        let (mean, sd) = (self.mean.get(), self.sd.get());
        self.rate.get() * (mean * mean + sd * sd)
    }
}

/// The volatility is the total one, so what the jumps vary must leave something of it.
pub(super) fn check_jumps(holding: &Holding, reader: &mut Reader<'_>) {
    let Some(jumps) = &holding.jumps else { return };
    if !reader.sound(&["volatility", "jumps"]) {
        return;
    }
    check_compensation(jumps, reader);
    let volatility = holding.volatility.get();
    let (total, jumping) = (volatility * volatility, jumps.variance_per_year());
    if total - jumping > 0.0 {
        return;
    }
    let (rate, mean, sd) = (jumps.rate.get(), jumps.mean.get(), jumps.sd.get());
    let least = ceil_hundredth(jumping.sqrt());
    let volatility_place = reader.says("volatility").then(|| reader.place_of("volatility"));
    let fault = Diagnostic::new("jumps", "the jumps have more volatility than the whole asset")
        .at(reader.place_of("jumps"), format!("volatility of {} a year", short(jumping.sqrt())))
        .and(volatility_place.flatten(), "total volatility, with jumps")
        .note(
            "",
            format!(
                "{}² - {}·(({})² + {}²) = {} - {} = {}",
                short(volatility),
                short(rate),
                short(mean),
                short(sd),
                short(total),
                short(jumping),
                short(total - jumping),
            ),
        )
        .write(format!("volatility = {least}"))
        .note("help", "or write smaller or rarer jumps")
        .rule("volatility² - rate·(mean² + sd²) must be above 0. It is the variance without jumps");
    reader.fault(fault);
}

/// Most that jumps may add to or take from the expected log-growth of a year. Beyond it the drift
/// that makes up for them outweighs everything a path without a jump can do, and the expected
/// growth hangs on paths that are never drawn.
const MOST_COMPENSATION: f64 = 12.0;

fn check_compensation(jumps: &Jumps, reader: &mut Reader<'_>) {
    let (rate, mean, sd) = (jumps.rate.get(), jumps.mean.get(), jumps.sd.get());
    let added = rate * expm1(0.5f64.mul_add(sd * sd, mean));
    if added.abs() <= MOST_COMPENSATION {
        return;
    }
    let fault = Diagnostic::new("jumps", "these jumps change the expected growth too much")
        .at(reader.place_of("jumps"), format!("the change is {} a year", per_cent(added)))
        .note("help", "write smaller or rarer jumps")
        .rule("rate·|exp(mean + sd²/2) - 1| must be at most 12 a year");
    reader.fault(fault);
}

/// At most five decimals.
fn short(number: f64) -> String {
    plain((number * 1e5).round() / 1e5)
}

/// The next larger hundredth.
fn ceil_hundredth(number: f64) -> String {
    plain(((number * 100.0).floor() + 1.0) / 100.0)
}
