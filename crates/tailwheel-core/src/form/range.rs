//! Ranges of a claimed return or a tax rate: "22-35 %", [0.22, 0.35], or one number.
//!
//! In: [`Value`]. Out: [`RoiRange`], ends of a rate, or faults with a proposal. Not here: the law of the
//! range (`asset`).

use super::field::{Field, Parameter, Shape, Unit};
use super::number::fraction_of;
use super::quantity::QuantityRange;
use super::remedy::{Meant, ends_typed, illustrated, proposed, ranges_meant, taken, with_commas};
use super::text::shortened;
use super::{Data, Diagnostic, Faults, Value, fault};
use crate::units::{AnnualRate, Fraction, Measure, Roi, RoiRange, TaxShare, plain};

const PATTERN: &str = r"^.*[0-9].*%(\s*(/|per|a)\s*ye?a?rs?)?\s*$";

impl Parameter for RoiRange {
    const UNIT: Unit = Unit {
        name: "range of ROI per year",
        examples: &["\"22-35 %\"", "[0.22, 0.35]", "\"28 %\"", "0.28"],
        shape: Shape::AnyOf(&[
            Shape::Text(PATTERN),
            Shape::Number { low: -1.0, high: 1.0 },
            Shape::List(&<Roi as Parameter>::UNIT.shape, 2, 2),
        ]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let (low, high) = ends::<Roi>(value, field, &Roi::MEASURE, |roi| roi.get(), faults)?;
        Self::new(Roi::new(low).ok()?, Roi::new(high).ok()?)
    }

    fn write(&self) -> Option<Value> {
        let ends = [self.low(), self.high()].map(|end| end.write());
        Some(Value::list(ends.into_iter().flatten().collect()))
    }
}

/// Reads the lowest and highest tax rate as fractions, equal for a single one; `None` after a fault.
pub fn tax_ends(value: &Value, field: &Field, faults: &mut Faults) -> Option<(f64, f64)> {
    ends::<TaxShare>(value, field, &TaxShare::MEASURE, |rate| rate.get(), faults)
}

/// Reads the lowest and highest rate per year as fractions, equal for a single one; `None` after a fault.
pub fn rate_ends(value: &Value, field: &Field, faults: &mut Faults) -> Option<(f64, f64)> {
    ends::<AnnualRate>(value, field, &AnnualRate::MEASURE, |rate| rate.get(), faults)
}

/// Reads the lowest and highest share as fractions, equal for a single one; `None` after a fault.
pub fn share_ends(value: &Value, field: &Field, faults: &mut Faults) -> Option<(f64, f64)> {
    ends::<Fraction>(value, field, &Fraction::MEASURE, |share| share.get(), faults)
}

/// Reads both ends of a range (equal for a single number) within the limits of `measure`; `None` after a fault.
fn ends<T: Meant>(
    value: &Value,
    field: &Field,
    measure: &Measure,
    get: fn(T) -> f64,
    faults: &mut Faults,
) -> Option<(f64, f64)> {
    let range = value.as_text().and_then(QuantityRange::parse);
    let (low, high) = match (&value.data, range) {
        (Data::List(items), _) => ends_of_list(value, items, field, measure, get, faults)?,
        (_, Some(range)) => {
            let ends = ends_of_text(value, &range, field, measure);
            faults.accept(ends.map_err(|fault| in_percent::<T>(*fault, value, field, measure)))?
        }
        _ if value.as_text().and_then(with_commas).is_some() => {
            let fault = fault!("unit", "`{}` has a decimal comma", field.key;
                value.place => "decimals follow a point");
            return faults.refuse(in_percent::<T>(fault, value, field, measure));
        }
        _ => {
            let point = get(T::read(value, field, faults)?);
            (point, point)
        }
    };
    if low <= high {
        return Some((low, high));
    }
    let noun = measure.noun.split_once(' ').map_or("", |(_, noun)| noun);
    let (low, high) = (plain(low), plain(high));
    let fault = fault!("range", "the low end of this {noun} range is above its high end";
        value.place => "{low} is above {high}"; rule: "the low end comes first");
    faults.refuse(match value.as_text() {
        Some(_) => in_percent::<T>(fault, value, field, measure),
        None => fault.replace(value.place, format!("[{high}, {low}]")),
    })
}

fn ends_of_list<T: Meant>(
    value: &Value,
    items: &[Value],
    field: &Field,
    measure: &Measure,
    get: fn(T) -> f64,
    faults: &mut Faults,
) -> Option<(f64, f64)> {
    let [low, high] = items else {
        let count = items.len();
        let fault = fault!("range", "`{}` is a low end and a high end", field.key;
            value.place => "this list has {count}");
        let is_one = count == 1;
        return faults.refuse(if is_one {
            proposed::<T>(fault, value, field)
        } else {
            illustrated(fault, field)
        });
    };
    let ends = [low, high].map(|end| T::exact(end, field).map(get).map_err(|fault| (end, fault)));
    let found: Vec<&(&Value, Box<Diagnostic>)> = ends.iter().filter_map(|end| end.as_ref().err()).collect();
    match found.iter().find(|(_, fault)| fault.code == "percent") {
        // An end without its percent sign is one mistake of both, so they are proposed together.
        Some((_, slip)) if ends_typed(value).is_some() => {
            faults.push(in_percent::<T>(Diagnostic::clone(slip), value, field, measure));
        }
        _ => {
            for (end, fault) in found {
                faults.push(proposed::<T>(Diagnostic::clone(fault), end, field));
            }
        }
    }
    let [low, high] = ends;
    Some((low.ok()?, high.ok()?))
}

/// Adds to `fault` a proposal of both ends in percent, else an example.
fn in_percent<T: Meant>(fault: Diagnostic, value: &Value, field: &Field, measure: &Measure) -> Diagnostic {
    let is_read = |text: &str| {
        let value = Value::text(text.trim_matches('"'));
        let range = value.as_text().and_then(QuantityRange::parse);
        range.is_some_and(|range| ends_of_text(&value, &range, field, measure).is_ok())
    };
    let readings = ends_typed(value).map_or_else(Vec::new, |(ends, unit)| {
        // The key says whether its rate is per year.
        ranges_meant::<T>(ends, if unit == "%/year" { "%" } else { &unit })
    });
    let taken = taken(readings, value, field, &is_read);
    if taken.is_empty() { illustrated(fault, field) } else { fault.replace_by(value.place, taken) }
}

fn ends_of_text(
    value: &Value,
    range: &QuantityRange,
    field: &Field,
    measure: &Measure,
) -> Result<(f64, f64), Box<Diagnostic>> {
    if range.high.unit.is_empty() {
        let text = shortened(value.as_text().unwrap_or_default());
        return Err(Box::new(fault!("percent", "a range of \"{text}\" has no percent sign";
            value.place => "a text needs its unit")));
    }
    let [low, high] = [&range.low, &range.high].map(|end| fraction_of(end, value, field, measure));
    Ok((low?, high?))
}
