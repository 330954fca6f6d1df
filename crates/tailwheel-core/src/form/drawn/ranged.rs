//! Quantities that can be ranges, and the scale of each.
//!
//! In: types of `units`. Out: [`Ranged`]. Not here: the notation of a range (`drawn`).

use crate::form::remedy::Meant;
use crate::math::Evenly;
use crate::units::{
    CostShare, Count, DecayRate, Delay, Fraction, GrowthRate, HalfLife, Headroom, IncomeMonths, Inflow,
    Intensity, LogSpread, Money, MonthlyMoney, MonthlyProbability, Multiple, PositiveShare, Span, TaxShare,
    TradeCost, YieldRate,
};

/// A quantity that can be a range, from which every path draws one value.
pub trait Ranged: Meant + Copy + PartialEq {
    /// Name of the quantity as a number or a range.
    const NAME: &'static str;
    const EXAMPLES: &'static [&'static str];
    /// Scale on which the law of a range is normal on each side of its median.
    const SCALE: Evenly;
    /// Smallest and largest possible value.
    const LIMITS: [f64; 2];
    /// True if the quantity is a whole number.
    const IS_WHOLE: bool;

    fn number(self) -> f64;
}

macro_rules! ranged {
    ($($type:ident, $name:literal, $examples:expr, $scale:ident, $limits:expr, $is_whole:literal, $number:expr;)*) => {$(
        impl Ranged for $type {
            const NAME: &'static str = $name;
            const EXAMPLES: &'static [&'static str] = $examples;
            const SCALE: Evenly = Evenly::$scale;
            const LIMITS: [f64; 2] = $limits;
            const IS_WHOLE: bool = $is_whole;

            fn number(self) -> f64 {
                $number(self)
            }
        }
    )*};
}

const fn limits_of(measure: &crate::units::Measure) -> [f64; 2] {
    [measure.low, measure.high]
}

const MOST_MONTHS: f64 = Span::MAX_MONTHS as f64;

ranged! {
    Count, "count, or a range", &["400", "\"30-300\""], Logarithm, [1.0, Count::HIGH as f64], true, |count: Count| f64::from(count.get());
    Money, "amount, or a range", &["400", "\"200-900\""], Logarithm, limits_of(&Money::MEASURE), false, Money::get;
    MonthlyMoney, "amount per month, or a range", &["\"1750/month\"", "\"50-900/month\""], Logarithm, limits_of(&MonthlyMoney::MEASURE), false, MonthlyMoney::get;
    Multiple, "multiple, or a range", &["1.5", "\"1-3\""], Logarithm, limits_of(&Multiple::MEASURE), false, Multiple::get;
    Headroom, "multiple, or a range", &["1.5", "\"1.2-3\""], Logarithm, limits_of(&Headroom::MEASURE), false, Headroom::get;
    IncomeMonths, "months of income, or a range", &["0.5", "\"0.2-2\""], Logarithm, limits_of(&IncomeMonths::MEASURE), false, IncomeMonths::get;
    Fraction, "share, or a range", &["\"3 %\"", "\"1-6 %\""], LogOdds, limits_of(&Fraction::MEASURE), false, Fraction::get;
    PositiveShare, "share, or a range", &["\"3 %\"", "\"1-6 %\""], LogOdds, limits_of(&PositiveShare::MEASURE), false, PositiveShare::get;
    TaxShare, "tax rate, or a range", &["\"5 %\"", "\"2-12 %\""], LogOdds, limits_of(&TaxShare::MEASURE), false, TaxShare::get;
    CostShare, "share, or a range", &["\"10 %\"", "\"5-25 %\""], LogOdds, limits_of(&CostShare::MEASURE), false, CostShare::get;
    TradeCost, "share, or a range", &["\"0.1 %\"", "\"0.02-1 %\""], LogOdds, limits_of(&TradeCost::MEASURE), false, TradeCost::get;
    MonthlyProbability, "chance per month, or a range", &["\"3 %/month\"", "\"2-8 %/month\""], LogOdds, limits_of(&MonthlyProbability::MEASURE), false, MonthlyProbability::get;
    DecayRate, "rate per year, or a range", &["\"23 %/year\"", "\"10-40 %/year\""], Logarithm, limits_of(&DecayRate::MEASURE), false, DecayRate::get;
    GrowthRate, "rate per year, or a range", &["\"30 %/year\"", "\"10-60 %/year\""], Logarithm, limits_of(&GrowthRate::MEASURE), false, GrowthRate::get;
    YieldRate, "rate per year, or a range", &["\"5 %/year\"", "\"2-8 %/year\""], Logarithm, limits_of(&YieldRate::MEASURE), false, YieldRate::get;
    Intensity, "number of events per year, or a range", &["\"0.5/year\"", "\"0.2-1/year\""], Logarithm, limits_of(&Intensity::MEASURE), false, Intensity::get;
    Inflow, "number per month or year, or a range", &["\"12/month\"", "\"4-40/month\""], Logarithm, limits_of(&Inflow::MEASURE), false, Inflow::get;
    LogSpread, "spread of logarithms, or a range", &["0.15", "\"0.1-0.4\""], Logarithm, limits_of(&LogSpread::MEASURE), false, LogSpread::get;
    Delay, "waiting time, or a range", &["\"6 weeks\"", "\"6-24 months\""], Logarithm, [0.0, MOST_MONTHS], false, Delay::months;
    HalfLife, "half-life, or a range", &["\"12 months\"", "\"6-24 months\"", "\"never\""], Logarithm, [0.0, MOST_MONTHS], false, HalfLife::months;
    Span, "span of whole months, or a range", &["\"18 months\"", "\"6-24 months\""], Logarithm, [1.0, MOST_MONTHS], true, |span: Span| f64::from(span.months());
}
