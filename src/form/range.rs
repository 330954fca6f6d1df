//! A claimed range of ROI as a parameter: "22-35 %", [0.22, 0.35], or one number.
//!
//! In: [`Value`]. Out: [`RoiRange`], or faults that say what to write instead. Not here: its law (`asset`).

use super::choice::shortened;
use super::field::{Field, Parameter, Shape, Unit};
use super::meaning::{compounded, per_year};
use super::number::{Found, found, fraction_of, hundredth, out_of_range_text, unreadable};
use super::quantity::{Quantity, QuantityRange};
use super::remedy::{Meant, illustrated, proposed};
use super::typed::{Clock, Time, Typed};
use super::{Data, Diagnostic, Faults, Value};
use crate::units::{Refused, Roi, RoiRange, hundredfold, plain};

const PATTERN: &str = r"^.*[0-9].*%(\s*(/|per|a)\s*ye?a?rs?)?\s*$";

impl Meant for RoiRange {
    const SPELLED: Unit = Unit {
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

    fn stand_in() -> Self {
        let roi = <Roi as Parameter>::placeholder();
        Self::new(roi, roi).expect("equal ends are not upside down")
    }

    fn read_or_propose(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        // each end of a list has its own place
        if let Data::List(items) = &value.data {
            let (low, high) = ends_of_list(value, items, field, faults)?;
            return match Self::new(low, high) {
                Ok(range) => Some(range),
                Err(refused) => {
                    faults.push(upside_down(value, low, high, refused));
                    None
                }
            };
        }
        super::remedy::read::<Self>(value, field, faults)
    }

    fn canonical(&self) -> Option<Value> {
        let ends = [self.low(), self.high()].map(|end| end.write());
        Some(Value::list(ends.into_iter().flatten().collect()))
    }

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        if let Data::List(items) = &value.data {
            let mut faults = Faults::default();
            let ends = ends_of_list(value, items, field, &mut faults);
            let range = ends.and_then(|(low, high)| Self::new(low, high).ok());
            return range.ok_or_else(|| Box::new(Diagnostic::new("range", "")));
        }
        let Some(text) = value.as_text() else {
            let point = <Roi as Meant>::exact(value, field)?;
            return Ok(Self::new(point, point).expect("equal ends are not upside down"));
        };
        let (low, high) =
            ends_of_text(text, field).map_err(|found| Box::new(found.place_at(value)))?;
        Self::new(low, high).map_err(|refused| Box::new(upside_down(value, low, high, refused)))
    }

    fn meant(typed: &Typed) -> Vec<String> {
        let [low, high] = typed.ends[..] else {
            return <Roi as Meant>::meant(typed);
        };
        let range = |low: String, high: String| format!("\"{low}-{high} %\"");
        let time = match typed.clock {
            Clock::Nothing => Time::Year,
            Clock::Per(time) => time,
            Clock::Of(_) | Clock::Every(_) => return Vec::new(),
        };
        if typed.is_money || typed.is_times {
            return Vec::new();
        }
        if time != Time::Year {
            let end = |end| {
                let rate = per_year(end, typed, time, compounded);
                rate.trim_end_matches(" %/year").to_owned()
            };
            return vec![range(end(low), end(high))];
        }
        let per_cent = range(low.to_string(), high.to_string());
        let list = |low, high| format!("[{}, {}]", plain(low), plain(high));
        match (typed.per_cent, low.abs().max(high.abs()) <= 1.0) {
            (true, _) => vec![per_cent],
            (false, true) => vec![range(hundredfold(low), hundredfold(high)), list(low, high)],
            (false, false) => vec![per_cent, list(hundredth(low), hundredth(high))],
        }
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
        let fault = Diagnostic::new("range", format!("`{}` is a low and a high end", field.key))
            .at(value.place, format!("this list has {count}"));
        faults.push(match items {
            [_] => proposed::<RoiRange>(fault, value, field),
            _ => illustrated(fault, value, field),
        });
        return None;
    };
    let mut found = Faults::default();
    let ends = [low, high].map(|end| <Roi as Parameter>::read(end, field, &mut found));
    for fault in together(found, value, low, high) {
        faults.push(fault);
    }
    ends[0].zip(ends[1])
}

/// Both ends without their per cent sign are one slip, not two; one end is shown with the other.
fn together(found: Faults, value: &Value, low: &Value, high: &Value) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = found.iter().cloned().collect();
    let (Some(low), Some(high)) = (low.as_number(), high.as_number()) else {
        return faults;
    };
    if faults.is_empty() || faults.iter().any(|fault| fault.code != "percent") {
        return faults;
    }
    let mut slip = faults.remove(0);
    let (low, high) = rising(low, high);
    let list = |low, high| format!("[{}, {}]", plain(low), plain(high));
    let proposals = if let Some(second) = faults.pop() {
        slip.labels[0].text = String::new();
        slip.labels.extend(second.labels);
        let text = format!("\"{}-{} %\"", plain(low), plain(high));
        vec![list(hundredth(low), hundredth(high)), text]
    } else if low.max(high) <= Roi::MEASURE.high {
        vec![format!("\"{}-{} %\"", hundredfold(low), hundredfold(high))]
    } else {
        let share = |end: f64| if end < 1.0 { end } else { hundredth(end) };
        let (low, high) = rising(share(low), share(high));
        vec![list(low, high)]
    };
    vec![slip.replace_by(value.place, proposals)]
}

fn ends_of_text(text: &str, field: &Field) -> Result<(Roi, Roi), Box<Found>> {
    let measure = &Roi::MEASURE;
    let roi = |quantity: &Quantity| {
        let number = fraction_of(quantity, text, field, measure)?;
        Roi::new(number).map_err(|refused| out_of_range_text(quantity, measure, refused))
    };
    let Some(range) = QuantityRange::parse(text) else {
        let point = Quantity::parse(text).ok_or_else(|| unreadable(field, text))?;
        let point = roi(&point)?;
        return Ok((point, point));
    };
    if range.high.unit.is_empty() {
        let message = format!("a range of \"{}\" has no per cent sign", shortened(text));
        return Err(found("percent", message, "a text needs its unit"));
    }
    Ok((roi(&range.low)?, roi(&range.high)?))
}

/// The lower end first, so that a proposal passes as it stands.
fn rising(one: f64, other: f64) -> (f64, f64) {
    (one.min(other), one.max(other))
}

fn upside_down(value: &Value, low: Roi, high: Roi, refused: Refused) -> Diagnostic {
    let (low, high) = (low.get(), high.get());
    let label = format!("{} is above {}", plain(low), plain(high));
    Diagnostic::new("range", refused.reason)
        .at(value.place, label)
        .replace(value.place, format!("[{}, {}]", plain(high), plain(low)))
        .rule("the low end comes first")
}
