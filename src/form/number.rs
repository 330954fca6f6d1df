//! Bare numbers, and fractions that may be written in per cent, as parameters.
//!
//! In: [`Value`]. Out: the newtypes of `units`, or faults that say what to write instead.
//! Not here: ranges (`range`), flows (`flow`), counts (`count`).

use super::field::{Field, Parameter, Shape, Unit};
use super::quantity::Quantity;
use super::scalar::{cannot_be_read, wrong_sort};
use super::{Diagnostic, Faults, Value};
use crate::units::{
    AnnualRate, BandWidth, Confidence, CorrelationCoefficient, DecayRate, FirstTrigger, Fraction,
    ImpactExponent, Limit, LogMean, LogSpread, MarketBeta, MarketDepth, MarketSize, MeanTrigger,
    Measure, Money, PositiveShare, PriceFall, Probability, Refused, Roi, Scale, Tolerance,
    TradeCost, Volatility, VolatilityMultiple, grouped, hundredfold, per_cent, plain,
};

const PERCENT_PATTERN: &str = r"^\s*[-+]?[0-9_]+(\.[0-9]+)?\s*%(\s*(/|per|a)\s*ye?a?rs?)?\s*$";

/// Which keys of a number type speak in which way.
macro_rules! number_parameters {
    ($($type:ident, $unit:literal, $examples:expr, $text:expr, $read:ident;)*) => {$(
        impl Parameter for $type {
            const UNIT: Unit = Unit {
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

            fn placeholder() -> Self {
                $type::new(0.0)
                    .or_else(|_| $type::new($type::MEASURE.high))
                    .expect("the upper end is in every interval")
            }

            fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
                let number = $read(value, field, &$type::MEASURE, faults)?;
                $type::new(number).ok()
            }

            fn write(&self) -> Option<Value> {
                Some(canonical(self.get(), &$type::MEASURE))
            }
        }
    )*};
}

const fn bare_number(measure: &Measure) -> Shape {
    Shape::Number {
        low: measure.low,
        high: measure.high.min(measure.bare_below),
    }
}

/// A number, in per cent where it would not be taken without.
fn canonical(number: f64, measure: &Measure) -> Value {
    match measure.check_bare(number) {
        Ok(number) => Value::float(number),
        Err(_) => Value::text(format!("{} %", hundredfold(number))),
    }
}

number_parameters! {
    AnnualRate, "rate per year", &["\"2.5 %/year\"", "0.025"], Some(PERCENT_PATTERN), fraction;
    Roi, "ROI per year", &["\"28 %\"", "0.28"], Some(PERCENT_PATTERN), fraction;
    Volatility, "volatility per year", &["0.22", "\"22 %\""], Some(PERCENT_PATTERN), fraction;
    DecayRate, "rate per year", &["\"23 %/year\"", "0.23"], Some(PERCENT_PATTERN), fraction;
    Probability, "probability", &["0.05", "\"5 %\""], Some(PERCENT_PATTERN), fraction;
    Fraction, "share", &["0.9", "\"90 %\""], Some(PERCENT_PATTERN), fraction;
    CorrelationCoefficient, "correlation", &["0.3"], None, bare;
    Money, "amount", &["80_000"], None, bare;
    LogMean, "log-return", &["-0.10"], None, bare;
    LogSpread, "log-return", &["0.15"], None, bare;
    PositiveShare, "share", &["0.45", "\"45 %\""], Some(PERCENT_PATTERN), fraction;
    VolatilityMultiple, "multiple", &["2"], None, bare;
    MarketDepth, "share", &["0.3", "\"30 %\""], Some(PERCENT_PATTERN), fraction;
    MarketSize, "relative size", &["16"], None, bare;
    TradeCost, "share", &["0.003", "\"0.3 %\""], Some(PERCENT_PATTERN), fraction;
    PriceFall, "part of the price", &["0.30", "\"30 %\""], Some(PERCENT_PATTERN), fraction;
    MarketBeta, "multiple", &["0.3"], None, bare;
    ImpactExponent, "exponent", &["0.5"], None, bare;
    MeanTrigger, "log-loss", &["0.21"], None, bare;
    FirstTrigger, "log-loss", &["0.18"], None, bare;
    BandWidth, "log-loss", &["0.06"], None, bare;
    Limit, "limit", &["0.15", "\"15 %\"", "250_000"], Some(PERCENT_PATTERN), fraction;
    Confidence, "confidence", &["0.99", "\"99 %\""], Some(PERCENT_PATTERN), fraction;
    Tolerance, "share", &["\"1 %\"", "0.01"], Some(PERCENT_PATTERN), fraction;
}

/// A fraction as a number, or a text in per cent (a year).
fn fraction(value: &Value, field: &Field, measure: &Measure, faults: &mut Faults) -> Option<f64> {
    match value.as_text() {
        None => bare(value, field, measure, faults),
        Some(text) => match fraction_of_text(text, field, measure) {
            Ok(number) => Some(number),
            Err(fault) => {
                faults.push(fault.place_at(value));
                None
            }
        },
    }
}

/// A number without unit.
fn bare(value: &Value, field: &Field, measure: &Measure, faults: &mut Faults) -> Option<f64> {
    let Some(number) = value.as_number() else {
        faults.push(wrong_sort(value, field));
        return None;
    };
    match measure.check_bare(number) {
        Ok(number) => Some(number),
        Err(refused) => {
            faults.push(out_of_range(number, field, measure, refused).place_at(value));
            None
        }
    }
}

/// A fault whose label is known before its place.
pub(super) struct Found {
    pub(super) fault: Diagnostic,
    pub(super) label: String,
}

impl Found {
    pub(super) fn place_at(self, value: &Value) -> Diagnostic {
        self.fault.at(value.place, self.label)
    }
}

pub(super) fn found(code: &'static str, message: String, label: impl Into<String>) -> Box<Found> {
    Box::new(Found {
        fault: Diagnostic::new(code, message),
        label: label.into(),
    })
}

fn is_per_cent(measure: &Measure) -> bool {
    matches!(measure.scale, Scale::PerCent | Scale::PerCentAYear)
}

fn out_of_range(number: f64, field: &Field, measure: &Measure, refused: Refused) -> Box<Found> {
    if !number.is_finite() {
        let mut found = found("number", refused.reason, "not a number to count with");
        found.fault = found.fault.write(field.example()).rule(refused.rule);
        return found;
    }
    let hundredth = hundredth(number);
    if is_per_cent(measure) && number >= 1.0 && measure.check(hundredth).is_ok() {
        let mut found = found("percent", refused.reason, FRACTION_EXPECTED);
        let (key, share, digits) = (field.key, plain(hundredth), plain(number));
        let proposal = format!("{key} = {share}   or   {key} = \"{digits} %\"");
        found.fault = found.fault.write(proposal);
        if measure.check(number).is_ok() {
            let meant = format!("{key} = \"{} %\" if that is meant", hundredfold(number));
            let least = per_cent(measure.bare_below);
            let time = match measure.scale {
                Scale::PerCentAYear => " a year",
                _ => "",
            };
            let rule = format!(
                "{least}{time} and more are written with the sign, lest per cent are meant"
            );
            found.fault = found.fault.note("or", meant).rule(rule);
        } else {
            found.fault = found.fault.rule(refused.rule);
        }
        return found;
    }
    let mut found = found("range", refused.reason, "out of range");
    found.fault = found.fault.rule(refused.rule);
    found
}

/// A hundredth, rounded once.
pub(super) fn hundredth(number: f64) -> f64 {
    format!("{number}e-2").parse().unwrap_or(f64::NAN)
}

const FRACTION_EXPECTED: &str = "a fraction is expected, or a text with a per cent sign";

fn fraction_of_text(text: &str, field: &Field, measure: &Measure) -> Result<f64, Box<Found>> {
    let Some(quantity) = Quantity::parse(text) else {
        return Err(unreadable(field, text));
    };
    fraction_of(&quantity, field, measure)
}

pub(super) fn unreadable(field: &Field, text: &str) -> Box<Found> {
    let (fault, label) = cannot_be_read(field, text);
    Box::new(Found { fault, label })
}

/// The fraction that a number with a unit means.
pub(super) fn fraction_of(
    quantity: &Quantity,
    field: &Field,
    measure: &Measure,
) -> Result<f64, Box<Found>> {
    let per_year = measure.scale == Scale::PerCentAYear;
    match quantity.unit.as_str() {
        "%" => {}
        "%/year" if per_year => {}
        "" => return Err(no_per_cent_sign(quantity, field, measure)),
        "%/month" if per_year => return Err(per_month(quantity, field)),
        _ => {
            return Err(unreadable(
                field,
                &format!("{} {}", quantity.digits(), quantity.unit),
            ));
        }
    }
    measure
        .check(quantity.hundredths())
        .map_err(|refused| out_of_range_text(quantity, measure, refused))
}

pub(super) fn out_of_range_text(
    quantity: &Quantity,
    measure: &Measure,
    refused: Refused,
) -> Box<Found> {
    let message = format!(
        "{} of {} % is out of range",
        measure.noun,
        quantity.digits()
    );
    let mut found = found("range", message, "out of range");
    found.fault = found.fault.rule(refused.rule);
    found
}

fn no_per_cent_sign(quantity: &Quantity, field: &Field, measure: &Measure) -> Box<Found> {
    let (key, digits) = (field.key, quantity.digits());
    let message = format!("{} of \"{digits}\" has no per cent sign", measure.noun);
    let mut found = found("percent", message, "a text needs its unit");
    let number = quantity.number();
    let proposals = if measure.check(number).is_ok() && number.abs() <= 1.0 {
        format!(
            "{key} = {}   or   {key} = \"{}\"",
            plain(number),
            per_cent(number)
        )
    } else {
        format!(
            "{key} = \"{digits} %\"   or   {key} = {}",
            plain(quantity.hundredths())
        )
    };
    found.fault = found.fault.write(proposals);
    found
}

fn per_month(quantity: &Quantity, field: &Field) -> Box<Found> {
    let monthly = 1.0 + quantity.hundredths();
    let third = monthly * monthly * monthly * monthly;
    let yearly = third * third * third - 1.0;
    let message = format!("`{}` is per year, not per month", field.key);
    let mut found = found("unit", message, "per year is expected");
    if yearly.is_finite() && yearly.abs() < 100.0 {
        let spoken = grouped(yearly * 100.0, 2).replace(',', "_");
        found.fault = found.fault.write(format!(
            "{} = \"{spoken} %/year\"   (the same, compounded)",
            field.key
        ));
    }
    found
}
