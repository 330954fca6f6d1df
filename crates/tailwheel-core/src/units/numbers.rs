//! Number types of a scenario, each with its allowed interval.
//!
//! In: an `f64`. Out: the type, or [`Refused`]. Not here: counts, time.

use super::measure::{Measure, Refused, Scale};

macro_rules! numbers {
    ($($(#[doc = $doc:literal])* $name:ident: $noun:literal, $scale:ident, $low:tt $low_value:literal to $high:literal $(bare below $bare:literal)? $(least $least:literal)?;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            pub const MEASURE: Measure = Measure {
                noun: $noun,
                scale: Scale::$scale,
                low: $low_value,
                low_included: numbers!(@included $low),
                high: $high,
                bare_below: numbers!(@bare $($bare)?),
                least: numbers!(@least $($least)?),
            };

            /// Creates the number; refuses it unless it is finite and within [`Self::MEASURE`].
            pub fn new(value: f64) -> Result<Self, Refused> {
                Self::MEASURE.check(value).map(Self)
            }

            pub const fn get(self) -> f64 {
                self.0
            }
        }
    )*};
    (@bare $bare:literal) => { $bare };
    (@bare) => { f64::INFINITY };
    (@least $least:literal) => { $least };
    (@least) => { 0.0 };
    (@included from) => { true };
    (@included above) => { false };
}

numbers! {
    /// Growth per year as a fraction, such as inflation or the interest on cash.
    AnnualRate: "a rate", PerCentAYear, above -1.0 to 5.0 bare below 1.0;
    /// Claimed yearly return on the price paid, as a fraction.
    Roi: "an ROI", PerCentAYear, above -1.0 to 5.0 bare below 1.0;
    /// Standard deviation of the log-return of one year.
    Volatility: "a volatility", PerCentAYear, from 0.0 to 5.0 bare below 2.0;
    /// Continuous yearly rate of loss of value: after one year the fraction e^−rate is left.
    DecayRate: "a decay", PerCentAYear, from 0.0 to 5.0 bare below 1.0;
    /// Continuous yearly rate of growth: one year multiplies the value by e^rate.
    GrowthRate: "a growth", PerCentAYear, from 0.0 to 5.0;
    /// Position divided by the owner's own money in it; 1 means nothing is borrowed.
    Leverage: "a leverage", Bare, from 1.0 to 3.0;
    /// Target volatility of a strategy; above zero, because zero would mean to hold nothing.
    VolatilityTarget: "a volatility target", PerCentAYear, above 0.0 to 5.0 bare below 2.0;
    /// Multiple of a quantity, at least 1, such as the most visits as a multiple of those at the start.
    Headroom: "a multiple", Bare, from 1.0 to 1e6;
    /// Multiple of a quantity, at least 0.2, such as a price in years of income.
    Multiple: "a multiple", Bare, from 0.2 to 1e6;
    /// Amount of money, measured in months of an income.
    IncomeMonths: "a number of months of income", Bare, above 0.0 to 1e6;
    /// Tail index of a Pareto law.
    TailIndex: "a tail index", Bare, above 0.0 to 100.0;
    /// Fraction of revenue that costs consume in any case; at most 95 %, so that something is left.
    CostShare: "a share of costs", PerCent, from 0.0 to 0.95;
    /// Yearly yield or cost of a value, as a fraction of it.
    YieldRate: "a yield", PerCentAYear, from 0.0 to 5.0 bare below 1.0;
    /// Yield below which insurance pays; above zero, because no yield lies below zero.
    YieldThreshold: "a threshold of a yield", PerCentAYear, above 0.0 to 5.0 bare below 1.0;
    /// Share between 0 and 1.
    Fraction: "a share", PerCent, from 0.0 to 1.0;
    /// Tax rate: fraction of an income or gain that the state takes.
    TaxShare: "a tax rate", PerCent, from 0.0 to 1.0;
    /// Correlation of two log-returns.
    CorrelationCoefficient: "a correlation", Bare, from -1.0 to 1.0;
    /// Amount in the scenario's currency, not negative. The upper limit keeps cents exact in an `f64`; a
    /// billionth is below the smallest part of any currency.
    Money: "an amount", Money, from 0.0 to 1e13 least 1e-9;
    /// Amount in the scenario's currency per month, not negative.
    MonthlyMoney: "an amount per month", Money, from 0.0 to 1e13 least 1e-9;
    /// Amount in the scenario's currency; positive if received, negative if paid.
    SignedMoney: "an amount", Bare, from -1e13 to 1e13;
    /// Expected number of events per year.
    Intensity: "a number of events per year", Bare, from 0.0 to 1e4;
    /// Arrivals per year, such as new customers or products made.
    Inflow: "a number per year", Bare, from 0.0 to 1e9;
    /// Mean of a log-return, such as the log-return of a price jump.
    LogMean: "a mean log-return", Bare, from -5.0 to 5.0;
    /// Sensitivity to a rate: percentage points per percentage point of the rate.
    RateLink: "a link to a rate", Bare, from -5.0 to 5.0;
    /// Standard deviation of a logarithm, such as the logarithm of a price jump or of income noise.
    LogSpread: "a spread of logarithms", Bare, from 0.0 to 5.0;
    /// Probability per month that something begins.
    MonthlyProbability: "a monthly probability", PerCent, from 0.0 to 1.0;
    /// Fraction of a whole, above zero.
    PositiveShare: "a share", PerCent, above 0.0 to 1.0;
    /// Volatility in a crisis as a multiple of the normal volatility.
    VolatilityMultiple: "a multiple of volatility", Bare, from 1.0 to 100.0;
    /// Fraction of market depth that is left in a crisis.
    MarketDepth: "a depth", PerCent, above 0.0 to 1.0;
    /// Size of the float of a market; only ratios between markets matter.
    MarketSize: "a size", Bare, above 0.0 to 1e12;
    /// Transaction cost as a fraction of the amount traded; limited to 50 %.
    TradeCost: "a cost of trading", PerCent, from 0.0 to 0.5;
    /// Fraction that a price loses; below 1, because a total loss has no logarithm.
    PriceFall: "a fall of the price", PerCent, from 0.0 to 0.99;
    /// Sensitivity of a holding's price or income to the forced sales in its market.
    MarketBeta: "a beta", Bare, from 0.0 to 10.0;
    /// Exponent of the price impact of sales, on the log-price.
    ImpactExponent: "an exponent", Bare, from 0.5 to 1.0;
    /// Mean monthly log-loss at which agents sell (stop-loss).
    MeanTrigger: "a mean trigger", Bare, above 0.0 to 2.0;
    /// Monthly log-loss at which the first agents sell.
    FirstTrigger: "a first trigger", Bare, above 0.0 to 5.0;
    /// Width of the interval of log-losses over which the triggers of agents spread.
    BandWidth: "a width", Bare, above 0.0 to 2.0;
    /// Insurance premium per year, as a fraction of the largest payout.
    PremiumRate: "a premium", PerCentAYear, from 0.0 to 1.0;
    /// Shape parameter of a beta law.
    BetaShape: "a shape", Bare, from 0.2 to 1000.0;
    /// Hours that one task takes.
    Hours: "a number of hours", Bare, above 0.0 to 1e4;
    /// Hours of work per week; a week has 168 hours.
    WeeklyHours: "a number of hours per week", Bare, from 0.0 to 168.0;
    /// Hours of work per month; a month has 730.5 hours.
    MonthlyHours: "a number of hours per month", Bare, from 0.0 to 730.5;
    /// Limit that a measure is compared with, in the unit of the measure.
    Limit: "a limit", Bare, from -1e15 to 1e15;
    /// Confidence level of an interval.
    Confidence: "a confidence", PerCent, above 0.5 to 0.999999;
    /// Relative change of a figure that still counts as unchanged.
    Tolerance: "a tolerance", PerCent, from 0.0 to 10.0 bare below 1.0;
}

/// Low and high end of a claimed yearly ROI; equal ends are a single number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoiRange {
    low: Roi,
    high: Roi,
}

impl RoiRange {
    /// Creates a range; `None` if `low` lies above `high`.
    pub fn new(low: Roi, high: Roi) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    pub const fn low(self) -> Roi {
        self.low
    }

    pub const fn high(self) -> Roi {
        self.high
    }

    /// True if the claim is a single number.
    pub fn is_point(self) -> bool {
        self.low == self.high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_constructor_lets_nan_or_infinity_through() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(AnnualRate::new(value).is_err() && Roi::new(value).is_err());
            assert!(Volatility::new(value).is_err() && Fraction::new(value).is_err());
            assert!(CorrelationCoefficient::new(value).is_err() && Money::new(value).is_err());
            assert!(Intensity::new(value).is_err() && LogMean::new(value).is_err());
            assert!(LogSpread::new(value).is_err());
        }
    }

    #[test]
    fn bounds_are_inside_unless_a_total_loss_has_no_logarithm() {
        assert!(Fraction::new(0.0).is_ok() && Fraction::new(1.0).is_ok());
        assert!(Fraction::new(-1e-12).is_err() && Fraction::new(1.0 + 1e-12).is_err());
        assert!(Roi::new(-1.0).is_err() && Roi::new(-0.999).is_ok());
    }

    #[test]
    fn an_amount_is_nothing_or_worth_telling() {
        assert!([-5.0, 5e-324, 1e-300, 9.9e-10].iter().all(|tiny| Money::new(*tiny).is_err()));
        assert!(Money::new(0.0).is_ok() && Money::new(1e-9).is_ok());
        // minus zero becomes zero
        assert_eq!(Money::new(-0.0).unwrap().get().to_bits(), 0);
    }
}
