//! A claimed range of ROI as a parameter: "22-35 %", [0.22, 0.35], or one number.
//!
//! In: [`Value`]. Out: [`RoiRange`], or faults that say what to write instead. Not here: its law (`asset`).

use super::choice::shortened;
use super::field::{Field, Parameter, Shape, Unit};
use super::number::{Found, found, fraction_of, hundredth, out_of_range_text, unreadable};
use super::quantity::{Quantity, QuantityRange};
use super::{Data, Diagnostic, Faults, Value};
use crate::units::{Refused, Roi, RoiRange, hundredfold, plain};

const PATTERN: &str = r"^.*[0-9].*%(\s*(/|per|a)\s*ye?a?rs?)?\s*$";

impl Parameter for RoiRange {
    const UNIT: Unit = Unit {
        name: "range of ROI per year",
        examples: &["\"22-35 %\"", "[0.22, 0.35]", "\"28 %\"", "0.28"],
        shape: Shape::AnyOf(&[
            Shape::Text(PATTERN),
            Shape::Number {
                low: -1.0,
                high: 1.0,
            },
            Shape::List(&<Roi as Parameter>::UNIT.shape, 2, 2),
        ]),
    };

    fn placeholder() -> Self {
        let roi = <Roi as Parameter>::placeholder();
        Self::new(roi, roi).expect("equal ends are not upside down")
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let (low, high) = match &value.data {
            Data::List(items) => ends_of_list(value, items, field, faults)?,
            Data::Text(text) => match ends_of_text(text, field) {
                Ok(ends) => ends,
                Err(fault) => {
                    faults.push(fault.place_at(value));
                    return None;
                }
            },
            _ => {
                let point = <Roi as Parameter>::read(value, field, faults)?;
                (point, point)
            }
        };
        match Self::new(low, high) {
            Ok(range) => Some(range),
            Err(refused) => {
                faults.push(upside_down(value, low, high, refused));
                None
            }
        }
    }

    fn write(&self) -> Option<Value> {
        let ends = [self.low(), self.high()].map(|end| end.write());
        Some(Value::list(ends.into_iter().flatten().collect()))
    }
}

fn ends_of_list(
    value: &Value,
    items: &[Value],
    field: &Field,
    faults: &mut Faults,
) -> Option<(Roi, Roi)> {
    let [low, high] = items else {
        let count = items.len();
        faults.push(
            Diagnostic::new("range", format!("`{}` is a low and a high end", field.key))
                .at(value.place, format!("this list has {count}"))
                .write(field.example()),
        );
        return None;
    };
    let mut found = Faults::default();
    let ends = [low, high].map(|end| <Roi as Parameter>::read(end, field, &mut found));
    for fault in together(found, field, low, high) {
        faults.push(fault);
    }
    ends[0].zip(ends[1])
}

/// Both ends without their per cent sign are one slip, not two; one end is shown with the other.
fn together(found: Faults, field: &Field, low: &Value, high: &Value) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = found.iter().cloned().collect();
    let (Some(low), Some(high)) = (low.as_number(), high.as_number()) else {
        return faults;
    };
    if faults.is_empty() || faults.iter().any(|fault| fault.code != "percent") {
        return faults;
    }
    let mut slip = faults.remove(0);
    let key = field.key;
    slip.notes.retain(|note| note.name == "rule");
    let (low, high) = rising(low, high);
    let proposal = if let Some(second) = faults.pop() {
        slip.labels[0].text = String::new();
        slip.labels.extend(second.labels);
        let (share, other) = (plain(hundredth(low)), plain(hundredth(high)));
        let (low, high) = (plain(low), plain(high));
        format!("{key} = [{share}, {other}]   or   {key} = \"{low}-{high} %\"")
    } else if low.max(high) <= Roi::MEASURE.high {
        let (low, high) = (hundredfold(low), hundredfold(high));
        format!("{key} = \"{low}-{high} %\"")
    } else {
        let share = |end: f64| if end < 1.0 { end } else { hundredth(end) };
        let (low, high) = rising(share(low), share(high));
        format!("{key} = [{}, {}]", plain(low), plain(high))
    };
    let mut slip = slip.write(proposal);
    slip.notes.rotate_right(1);
    vec![slip]
}

fn ends_of_text(text: &str, field: &Field) -> Result<(Roi, Roi), Box<Found>> {
    let measure = &Roi::MEASURE;
    let roi = |quantity: &Quantity| {
        let number = fraction_of(quantity, field, measure)?;
        Roi::new(number).map_err(|refused| out_of_range_text(quantity, measure, refused))
    };
    let Some(range) = QuantityRange::parse(text) else {
        let point = Quantity::parse(text).ok_or_else(|| unreadable(field, text))?;
        let point = roi(&point)?;
        return Ok((point, point));
    };
    if range.high.unit.is_empty() {
        let message = format!("a range of \"{}\" has no per cent sign", shortened(text));
        let mut found = found("percent", message, "a text needs its unit");
        let (key, low, high) = (field.key, range.low.number(), range.high.number());
        let (low, high) = rising(low, high);
        found.fault = found.fault.write(format!(
            "{key} = \"{}-{} %\"   or   {key} = [{}, {}]",
            plain(low),
            plain(high),
            plain(hundredth(low)),
            plain(hundredth(high))
        ));
        return Err(found);
    }
    Ok((roi(&range.low)?, roi(&range.high)?))
}

/// The lower end first, so that a proposal passes as it stands.
fn rising(one: f64, other: f64) -> (f64, f64) {
    (one.min(other), one.max(other))
}

fn upside_down(value: &Value, low: Roi, high: Roi, refused: Refused) -> Diagnostic {
    let (low, high) = (low.get(), high.get());
    let replacement = match value.data {
        Data::Text(_) => {
            format!("\"{}-{} %\"", hundredfold(high), hundredfold(low))
        }
        _ => format!("[{}, {}]", plain(high), plain(low)),
    };
    let label = format!("{} is above {}", plain(low), plain(high));
    Diagnostic::new("range", refused.reason)
        .at(value.place, label)
        .replace(value.place, replacement)
        .rule("the low end comes first")
}
