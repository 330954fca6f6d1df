//! Ranges of a claimed return or a tax rate: "22-35 %", [0.22, 0.35], or one number.
//!
//! In: [`Value`]. Out: [`RoiRange`], ends of a rate, or faults with a proposal. Not here: the law of the
//! range (`asset`).

use super::field::{Field, Parameter, Shape, Unit};
use super::number::fraction_of;
use super::quantity::{Quantity, QuantityRange};
use super::remedy::{Meant, illustrated, proposed};
use super::text::shortened;
use super::typed::yearly;
use super::{Data, Diagnostic, Faults, Value, fault};
use crate::units::{AnnualRate, Fraction, Measure, Roi, RoiRange, TaxShare, hundredfold, plain};

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

/// Reads the lowest and highest tax rate, equal for a single one; `None` after a fault.
pub fn tax_ends(value: &Value, field: &Field, faults: &mut Faults) -> Option<(f64, f64)> {
    ends::<TaxShare>(value, field, &TaxShare::MEASURE, |rate| rate.get(), faults)
}

/// Reads the lowest and highest rate per year, equal for a single one; `None` after a fault.
pub fn rate_ends(value: &Value, field: &Field, faults: &mut Faults) -> Option<(f64, f64)> {
    ends::<AnnualRate>(value, field, &AnnualRate::MEASURE, |rate| rate.get(), faults)
}

/// Reads the lowest and highest share, equal for a single one; `None` after a fault.
pub fn share_ends(value: &Value, field: &Field, faults: &mut Faults) -> Option<(f64, f64)> {
    ends::<Fraction>(value, field, &Fraction::MEASURE, |share| share.get(), faults)
}

/// Reads both ends of a range; `measure` has their limits and their noun for messages.
fn ends<T: Meant>(
    value: &Value,
    field: &Field,
    measure: &Measure,
    get: fn(T) -> f64,
    faults: &mut Faults,
) -> Option<(f64, f64)> {
    let range = value.as_text().and_then(QuantityRange::parse);
    let (low, high) = match (&value.data, range) {
        (Data::List(items), _) => ends_of_list(value, items, field, (measure, get), faults)?,
        (_, Some(range)) => match ends_of_text(value, &range, field, measure) {
            Ok(ends) => ends,
            Err(fault) => {
                faults.push(*fault);
                return None;
            }
        },
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
        value.place => "{low} is above {high}")
    .replace(value.place, format!("[{high}, {low}]"));
    faults.push(fault.rule("the low end comes first"));
    None
}

fn ends_of_list<T: Meant>(
    value: &Value,
    items: &[Value],
    field: &Field,
    (measure, get): (&Measure, fn(T) -> f64),
    faults: &mut Faults,
) -> Option<(f64, f64)> {
    let [low, high] = items else {
        let count = items.len();
        let fault = fault!("range", "`{}` is a low end and a high end", field.key;
            value.place => "this list has {count}");
        faults.push(match items {
            [_] => proposed::<T>(fault, value, field),
            _ => illustrated(fault, field),
        });
        return None;
    };
    let mut found = Faults::default();
    let ends = [low, high].map(|end| T::read(end, field, &mut found).map(get));
    let slip = found.iter().find(|fault| fault.code == "percent").cloned();
    let numbers = low.as_number().zip(high.as_number());
    match (slip, numbers) {
        // An end without its percent sign is one mistake of both, so they are proposed together.
        (Some(slip), Some(ends)) => faults.push(in_one_unit(slip, value, ends, field, measure)),
        _ => found.iter().for_each(|fault| faults.push(fault.clone())),
    }
    ends[0].zip(ends[1])
}

/// Returns two numbers as a range in percent, the lower one first. They count as fractions if one is below 1.
/// `None` if the other is then too large.
fn in_per_cent(one: f64, other: f64, measure: &Measure) -> Option<String> {
    let (low, high) = (one.min(other), one.max(other));
    let is_fraction = one.abs().min(other.abs()) < 1.0;
    match is_fraction {
        true if high > measure.high => None,
        true => Some(format!("\"{}-{} %\"", hundredfold(low), hundredfold(high))),
        false => Some(format!("\"{}-{} %\"", plain(low), plain(high))),
    }
}

/// Adds to `fault` a proposal of both ends in percent, else an example.
fn in_one_unit(
    fault: Diagnostic,
    value: &Value,
    (low, high): (f64, f64),
    field: &Field,
    measure: &Measure,
) -> Diagnostic {
    match in_per_cent(low, high, measure) {
        Some(range) => fault.replace(value.place, range),
        None => {
            let patch = None; // it concerned one end only
            illustrated(Diagnostic { patch, ..fault }, field)
        }
    }
}

fn ends_of_text(
    value: &Value,
    range: &QuantityRange,
    field: &Field,
    measure: &Measure,
) -> Result<(f64, f64), Box<Diagnostic>> {
    let text = value.as_text().unwrap_or_default();
    if range.high.unit.is_empty() {
        let fault = fault!("percent", "a range of \"{}\" has no percent sign", shortened(text);
            value.place => "a text needs its unit");
        let ends = (range.low.number(), range.high.number());
        return Err(Box::new(in_one_unit(fault, value, ends, field, measure)));
    }
    let end = |quantity: &Quantity| fraction_of(quantity, text, field, measure);
    let ends = end(&range.low).and_then(|low| Ok((low, end(&range.high)?)));
    let (low, high) = (&range.low, &range.high);
    let fits = |end: &Quantity| measure.check(end.hundredths()).is_ok();
    let is_meant = yearly(&high.unit) == "%/year" && low.number() <= high.number() && fits(low) && fits(high);
    ends.map_err(|found| {
        let fault = found.place_at(value);
        Box::new(match is_meant {
            true => fault.replace(value.place, format!("\"{}-{} %\"", low.digits(), high.digits())),
            false => illustrated(fault, field),
        })
    })
}
