//! Bare numbers and fractions, which may be written in percent, as parameters.
//!
//! In: [`Value`]. Out: the newtypes of `units`, or faults with a proposal.
//! Not here: ranges (`range`), flows (`flow`), counts (`count`).

use super::field::{Field, Shape, Unit};
use super::meaning::{amounts, fractions, hundredth, limits, numbers, ratios, shares};
use super::quantity::UnitNumber;
use super::remedy::Meant;
use super::scalar::{text_of, unreadable, wrong_sort};
use super::text::shortened;
use super::typed::Typed;
use super::{Data, Diagnostic, Value, fault};
use crate::units::{
    AnnualRate, BandWidth, BetaShape, Confidence, CorrelationCoefficient, CostShare, DecayRate, FirstTrigger,
    Fraction, GrowthRate, Headroom, Hours, ImpactExponent, IncomeMonths, Leverage, Limit, LogMean, LogSpread,
    MarketBeta, MarketDepth, MarketSize, MeanTrigger, Measure, Money, Multiple, PositiveShare, PremiumRate,
    PriceFall, RateLink, Refused, Roi, Scale, SignedMoney, TailIndex, TaxShare, Tolerance, TradeCost,
    Volatility, VolatilityMultiple, VolatilityTarget, YieldRate, YieldThreshold, hundredfold, per_cent,
    plain,
};

const PERCENT_PATTERN: &str =
    r"^\s*[-+]?[0-9_]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\s*%(\s*(/|per|a)\s*ye?a?rs?)?\s*$";

/// Implements `Meant` for number types: unit, examples, text pattern, reader, other readings.
macro_rules! number_parameters {
    ($($type:ident, $unit:literal, $examples:expr, $text:expr, $read:ident, $meant:expr;)*) => {$(
        impl Default for $type {
            fn default() -> Self {
                $type::new(0.0)
                    .or_else(|_| $type::new($type::MEASURE.high))
                    .expect("the upper end is in every interval")
            }
        }

        impl Meant for $type {
            const SPELLED: Unit = Unit {
                name: $unit,
                examples: $examples,
                shape: match $text {
                    Some(pattern) => Shape::AnyOf(&[
                        bare_number(&$type::MEASURE),
                        Shape::Text(pattern),
                    ]),
                    None => bare_number(&$type::MEASURE),
                },
            };

            fn canonical(&self) -> Option<Value> {
                Some(canonical(self.get(), &$type::MEASURE))
            }

            fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
                let number = $read(value, field, &$type::MEASURE)?;
                $type::new(number).map_err(|refused| {
                    Box::new(fault!("range", "{}", refused.reason; value.place => ""))
                })
            }

            fn meant(typed: &Typed) -> Vec<String> {
                $meant(typed)
            }
        }
    )*};
}

const fn bare_number(measure: &Measure) -> Shape {
    Shape::Number { low: measure.low, high: measure.high.min(measure.bare_below) }
}

/// Returns the number as TOML, in percent if the measure does not allow it without a percent sign.
fn canonical(number: f64, measure: &Measure) -> Value {
    match measure.check_bare(number) {
        Ok(number) => Value::float(number),
        Err(_) => Value::text(format!("{} %", hundredfold(number))),
    }
}

number_parameters! {
    AnnualRate, "rate per year", &["\"2.5 %/year\"", "0.025"], Some(PERCENT_PATTERN), fraction, fractions;
    Roi, "ROI per year", &["\"28 %\"", "0.28"], Some(PERCENT_PATTERN), fraction, fractions;
    Volatility, "volatility per year", &["0.22", "\"22 %\""], Some(PERCENT_PATTERN), fraction, fractions;
    DecayRate, "rate per year", &["\"23 %/year\"", "0.23"], Some(PERCENT_PATTERN), fraction, fractions;
    GrowthRate, "rate per year", &["\"30 %/year\"", "0.3"], Some(PERCENT_PATTERN), fraction, fractions;
    Leverage, "multiple", &["2"], None, bare, ratios;
    VolatilityTarget, "volatility per year", &["0.15", "\"15 %\""], Some(PERCENT_PATTERN), fraction, fractions;
    Headroom, "multiple", &["1.5"], None, bare, ratios;
    Multiple, "multiple", &["1.5"], None, bare, ratios;
    IncomeMonths, "months of income", &["0.5"], None, bare, ratios;
    TailIndex, "tail index", &["2.5"], None, bare, ratios;
    CostShare, "share", &["0.1", "\"10 %\""], Some(PERCENT_PATTERN), fraction, fractions;
    YieldRate, "rate per year", &["\"5 %/year\"", "0.05"], Some(PERCENT_PATTERN), fraction, fractions;
    YieldThreshold, "rate per year", &["\"5 %/year\"", "0.05"], Some(PERCENT_PATTERN), fraction, fractions;
    Fraction, "share", &["0.9", "\"90 %\""], Some(PERCENT_PATTERN), fraction, fractions;
    TaxShare, "tax rate", &["\"20 %\"", "0.2"], Some(PERCENT_PATTERN), fraction, shares;
    CorrelationCoefficient, "correlation", &["0.3"], None, bare, ratios;
    Money, "amount", &["80_000"], None, bare, amounts;
    SignedMoney, "amount", &["-12_000"], None, bare, amounts;
    RateLink, "link to a rate", &["0.5"], None, bare, numbers;
    LogMean, "log-return", &["-0.10"], None, bare, numbers;
    LogSpread, "log-return", &["0.15"], None, bare, ratios;
    PositiveShare, "share", &["0.45", "\"45 %\""], Some(PERCENT_PATTERN), fraction, fractions;
    PremiumRate, "rate per year", &["\"4 %/year\"", "0.04"], Some(PERCENT_PATTERN), fraction, fractions;
    VolatilityMultiple, "multiple", &["2"], None, bare, ratios;
    MarketDepth, "share", &["0.3", "\"30 %\""], Some(PERCENT_PATTERN), fraction, fractions;
    MarketSize, "relative size", &["16"], None, bare, amounts;
    TradeCost, "share", &["0.003", "\"0.3 %\""], Some(PERCENT_PATTERN), fraction, fractions;
    PriceFall, "part of the price", &["0.30", "\"30 %\""], Some(PERCENT_PATTERN), fraction, fractions;
    MarketBeta, "multiple", &["0.3"], None, bare, ratios;
    ImpactExponent, "exponent", &["0.5"], None, bare, ratios;
    MeanTrigger, "log-loss", &["0.21"], None, bare, numbers;
    FirstTrigger, "log-loss", &["0.18"], None, bare, numbers;
    BetaShape, "shape of a beta law", &["2"], None, bare, ratios;
    BandWidth, "log-loss", &["0.06"], None, bare, numbers;
    Hours, "number of hours", &["2"], None, bare, numbers;
    Limit, "limit", &["0.15", "\"15 %\"", "250_000"], Some(PERCENT_PATTERN), fraction, limits;
    Confidence, "confidence", &["0.99", "\"99 %\""], Some(PERCENT_PATTERN), fraction, fractions;
    Tolerance, "share", &["\"1 %\"", "0.01"], Some(PERCENT_PATTERN), fraction, fractions;
}

/// Reads a fraction: a number, or a text in percent or in percent per year.
fn fraction(value: &Value, field: &Field, measure: &Measure) -> Result<f64, Box<Diagnostic>> {
    let Some(text) = value.as_text() else { return bare(value, field, measure) };
    let quantity = UnitNumber::parse(text).ok_or_else(|| unreadable(value, text, field))?;
    fraction_of(&quantity, value, field, measure)
}

/// Reads a number without unit.
fn bare(value: &Value, field: &Field, measure: &Measure) -> Result<f64, Box<Diagnostic>> {
    let Some(number) = value.as_number() else { return Err(Box::new(wrong_sort(value, field))) };
    measure.check_bare(number).map_err(|refused| out_of_range(value, number, measure, refused))
}

fn out_of_range(value: &Value, number: f64, measure: &Measure, refused: Refused) -> Box<Diagnostic> {
    let is_whole = measure.check(number).is_ok();
    let is_one = number == 1.0 && (is_whole || matches!(value.data, Data::Integer(_)));
    let is_hundredfold = (number.abs() > 1.0 || is_one) && measure.check(hundredth(number)).is_ok();
    let (code, label) = match measure.scale {
        _ if !number.is_finite() => ("number", "not a finite number"),
        Scale::PerCent | Scale::PerCentAYear if is_hundredfold => {
            ("percent", "write a fraction, or a text with a percent sign")
        }
        _ => ("range", "out of range"),
    };
    let fault = Diagnostic::new(code, refused.reason).at(value.place, label);
    Box::new(if code == "percent" && is_whole {
        let least = per_cent(measure.bare_below);
        let time = if measure.scale == Scale::PerCentAYear { " a year" } else { "" };
        fault.rule(format!(
            "a value of {least}{time} or more needs the percent sign, because a missing sign is likelier"
        ))
    } else {
        fault.rule(refused.rule)
    })
}

/// Returns the fault that a number has no unit; `needs` says which one is missing.
pub(super) fn without_unit(value: &Value, field: &Field, needs: &str, digits: &str) -> Box<Diagnostic> {
    Box::new(fault!("unit", "`{}` has no unit: {digits}", field.key; value.place => "{needs}"))
}

/// Reads a number with its unit from a text; a number without a unit is refused with the label `needs`.
pub(super) fn quantity_of(value: &Value, field: &Field, needs: &str) -> Result<UnitNumber, Box<Diagnostic>> {
    let without_unit = |digits: &str| without_unit(value, field, needs, digits);
    if let Some(number) = value.as_number().filter(|number| number.is_finite()) {
        return Err(without_unit(&plain(number)));
    }
    let text = text_of(value, field)?;
    match UnitNumber::parse(text) {
        Some(bare) if bare.unit.is_empty() => Err(without_unit(&bare.digits())),
        Some(quantity) => Ok(quantity),
        None => Err(unreadable(value, text, field)),
    }
}

/// Converts a number with a unit, part of the text `value`, to a fraction.
pub(super) fn fraction_of(
    quantity: &UnitNumber,
    value: &Value,
    field: &Field,
    measure: &Measure,
) -> Result<f64, Box<Diagnostic>> {
    let text = value.as_text().unwrap_or_default();
    let per_year = measure.scale == Scale::PerCentAYear;
    match quantity.unit.as_str() {
        "%" => {}
        "%/year" if per_year => {}
        "" => {
            return Err(Box::new(
                fault!("percent", "{} of \"{}\" has no percent sign", measure.noun, shortened(text);
                value.place => "a text needs its unit"),
            ));
        }
        "%/month" if per_year => {
            return Err(Box::new(fault!("unit", "`{}` is per year, not per month", field.key;
                value.place => "per year is expected")));
        }
        _ => return Err(unreadable(value, text, field)),
    }
    measure.check(quantity.hundredths()).map_err(|refused| beyond(value, quantity, measure, refused))
}

/// Returns the fault that a number in percent is out of range.
pub(super) fn beyond(
    value: &Value,
    quantity: &UnitNumber,
    measure: &Measure,
    refused: Refused,
) -> Box<Diagnostic> {
    Box::new(fault!("range", "{} of {} % is out of range", measure.noun, quantity.digits();
        value.place => "out of range"; rule: "{}", refused.rule))
}
