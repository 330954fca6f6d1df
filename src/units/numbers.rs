//! The numbers of a scenario, each a type of its own with its interval.
//!
//! In: an `f64`. Out: the newtype, or [`Refused`]. Not here: ranges, counts, time.

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

            /// Refused unless finite and within [`Self::MEASURE`].
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
    /// Growth per year as a fraction: inflation, the rate on cash.
    AnnualRate: "a rate", PerCentAYear, above -1.0 to 5.0 bare below 1.0;
    /// A claimed return on what was paid, a fraction per year.
    Roi: "an ROI", PerCentAYear, above -1.0 to 5.0 bare below 1.0;
    /// Standard deviation of a year's log-return.
    Volatility: "a volatility", PerCentAYear, from 0.0 to 5.0 bare below 2.0;
    /// Share of the value that is lost per year, continuously: a year leaves e^−rate.
    DecayRate: "a decay", PerCentAYear, from 0.0 to 5.0 bare below 1.0;
    /// Growth per year, continuously: a year makes e^rate of it.
    GrowthRate: "a growth", PerCentAYear, from 0.0 to 5.0;
    /// Position per unit of what its owner has put into it; 1 is nothing borrowed.
    Leverage: "a leverage", Bare, from 1.0 to 3.0;
    /// Volatility that is aimed at; with none there would be nothing to hold.
    VolatilityTarget: "a volatility target", PerCentAYear, above 0.0 to 5.0 bare below 2.0;
    /// How many times as much, and no less.
    Headroom: "a multiple", Bare, from 1.0 to 1e6;
    /// How many times as much.
    Multiple: "a multiple", Bare, from 0.2 to 1e6;
    /// An amount, in months of an income.
    IncomeMonths: "a number of months of income", Bare, above 0.0 to 1e6;
    /// Tail index of a Pareto law.
    TailIndex: "a tail index", Bare, above 0.0 to 100.0;
    /// Part of a revenue that costs take whatever comes; with all of it there would be no business.
    CostShare: "a share of costs", PerCent, from 0.0 to 0.95;
    /// What a value pays or costs in a year, as a fraction of it.
    YieldRate: "a yield", PerCentAYear, from 0.0 to 5.0 bare below 1.0;
    /// Yield below which insurance pays; of a threshold of 0 there is nothing below.
    YieldThreshold: "a threshold of a yield", PerCentAYear, above 0.0 to 5.0 bare below 1.0;
    /// Part of a whole.
    Fraction: "a share", PerCent, from 0.0 to 1.0;
    /// Part of an income or a gain that the state takes.
    TaxShare: "a tax rate", PerCent, from 0.0 to 1.0;
    /// Correlation of two log-returns.
    CorrelationCoefficient: "a correlation", Bare, from -1.0 to 1.0;
    /// An amount of the scenario's currency, nothing owed. The limit keeps cents exact in an `f64`;
    /// no currency has parts of a billionth that are worth keeping.
    Money: "an amount", Money, from 0.0 to 1e13 least 1e-9;
    /// An amount of the scenario's currency per month.
    MonthlyMoney: "an amount per month", Money, from 0.0 to 1e13 least 1e-9;
    /// An amount that comes, or below zero one that goes.
    SignedMoney: "an amount", Bare, from -1e13 to 1e13;
    /// Events per year.
    Intensity: "a number of events per year", TimesAYear, from 0.0 to 1e4;
    /// What comes in per year: customers, products that are made.
    Inflow: "a number per year", TimesAYear, from 0.0 to 1e9;
    /// Mean of a log-return: of a jump of the price.
    LogMean: "a mean log-return", Bare, from -5.0 to 5.0;
    /// How far something moves with a rate, points with a point.
    RateLink: "a link to a rate", Bare, from -5.0 to 5.0;
    /// Standard deviation of a logarithm: of a jump of the price, of the noise of an income.
    LogSpread: "a spread of logarithms", Bare, from 0.0 to 5.0;
    /// Chance per month of something that begins.
    MonthlyProbability: "a monthly probability", PerCent, from 0.0 to 1.0;
    /// Part of a whole that is not nothing.
    PositiveShare: "a share", PerCent, above 0.0 to 1.0;
    /// Multiple of the calm volatility in a crisis.
    VolatilityMultiple: "a multiple of volatility", Bare, from 1.0 to 100.0;
    /// What is left of the depth of markets in a crisis.
    MarketDepth: "a depth", PerCent, above 0.0 to 1.0;
    /// Size of the float of a market; only ratios between markets matter.
    MarketSize: "a size", Bare, above 0.0 to 1e12;
    /// Part of an amount that trading it costs; a cost of all of it leaves nothing to trade.
    TradeCost: "a cost of trading", PerCent, from 0.0 to 0.5;
    /// Part that a price loses; a total loss has no logarithm.
    PriceFall: "a fall of the price", PerCent, from 0.0 to 0.99;
    /// How strongly a holding follows the forced sales of its market.
    MarketBeta: "a beta", Bare, from 0.0 to 10.0;
    /// Exponent of the impact of sales on the log-price.
    ImpactExponent: "an exponent", Bare, from 0.5 to 1.0;
    /// Mean log-loss of a month at which agents sell.
    MeanTrigger: "a mean trigger", Bare, above 0.0 to 2.0;
    /// Log-loss of a month at which the first agents sell.
    FirstTrigger: "a first trigger", Bare, above 0.0 to 5.0;
    /// Width of a band of log-losses.
    BandWidth: "a width", Bare, above 0.0 to 2.0;
    /// What insurance costs per year, of what it pays at most.
    PremiumRate: "a premium", PerCentAYear, from 0.0 to 1.0;
    /// A shape of a beta law.
    BetaShape: "a shape", Bare, from 0.2 to 1000.0;
    /// Hours that one thing takes.
    Hours: "a number of hours", Bare, above 0.0 to 1e4;
    /// Hours of work per week, of which a week has 168.
    WeeklyHours: "a number of hours per week", Bare, from 0.0 to 168.0;
    /// Hours of work per month, of which a month has 730.5.
    MonthlyHours: "a number of hours per month", Bare, from 0.0 to 730.5;
    /// What a measure is held against, in the measure's own unit.
    Limit: "a limit", Bare, from -1e15 to 1e15;
    /// Chance with which an interval covers what it is about.
    Confidence: "a confidence", PerCent, above 0.5 to 0.999999;
    /// Part of a figure by which it may move without being changed.
    Tolerance: "a tolerance", PerCent, from 0.0 to 10.0 bare below 1.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_constructor_lets_nan_or_infinity_through() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(AnnualRate::new(value).is_err());
            assert!(Roi::new(value).is_err());
            assert!(Volatility::new(value).is_err());
            assert!(Fraction::new(value).is_err());
            assert!(CorrelationCoefficient::new(value).is_err());
            assert!(Money::new(value).is_err());
            assert!(Intensity::new(value).is_err());
            assert!(LogMean::new(value).is_err());
            assert!(LogSpread::new(value).is_err());
        }
    }

    #[test]
    fn bounds_are_inside_unless_a_total_loss_has_no_logarithm() {
        assert!(Fraction::new(0.0).is_ok() && Fraction::new(1.0).is_ok());
        assert!(Fraction::new(-1e-12).is_err() && Fraction::new(1.0 + 1e-12).is_err());
        assert!(Roi::new(-1.0).is_err());
        assert!(Roi::new(-0.999).is_ok());
    }

    #[test]
    fn a_refusal_names_the_number_and_the_rule() {
        let refused = Roi::new(22.0).unwrap_err();
        assert_eq!(refused.reason, "an ROI of 22 would be 2,200 % a year");
        assert_eq!(refused.rule, "a yearly ROI lies above -1 and is at most 5 (-100 % to 500 %)");
        assert_eq!(Money::new(-5.0).unwrap_err().reason, "an amount of -5 is too small");
    }

    #[test]
    fn an_amount_is_nothing_or_worth_telling() {
        for tiny in [5e-324, 1e-300, 9.9e-10] {
            let refused = Money::new(tiny).unwrap_err();
            assert!(refused.reason.ends_with("is too small"), "{}", refused.reason);
            assert!(refused.rule.ends_with("if it is not 0, it is at least 1e-9"));
        }
        assert!(Money::new(0.0).is_ok() && Money::new(1e-9).is_ok());
    }

    #[test]
    fn minus_zero_becomes_zero() {
        assert_eq!(Money::new(-0.0).unwrap().get().to_bits(), 0);
    }
}
