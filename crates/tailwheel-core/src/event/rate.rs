//! Rate of a loss event: "0.02/year", or the range "0.003-0.094/year" if it is uncertain.

use crate::form::{Diagnostic, Faults, Field, Parameter, QuantityRange, Shape, Unit, Value, illustrated};
use crate::math::ln;
use crate::math::normal::Z95;
use crate::units::{Intensity, plain};

/// Loss events per year as a range; equal ends mean a known rate.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct EventRate {
    pub low: f64,
    pub high: f64,
}

impl EventRate {
    /// Mean and standard deviation of the log of an uncertain rate, whose ends are its 5th and 95th
    /// percentiles; `None` if the rate is known.
    pub fn log_law(self) -> Option<(f64, f64)> {
        let (low, high) = (ln(self.low), ln(self.high));
        (self.low < self.high).then(|| (0.5 * (low + high), (high - low) / (2.0 * Z95)))
    }
}

impl Parameter for EventRate {
    const UNIT: Unit = Unit {
        name: "number of loss events a year, or a range",
        examples: &["\"0.02/year\"", "\"0.003-0.094/year\""],
        shape: Shape::AnyOf(&[
            <Intensity as Parameter>::UNIT.shape,
            Shape::Text(r"^.*[0-9].*(/|per|a)\s*(year|month)\s*$"),
        ]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let range = value.as_text().and_then(QuantityRange::parse);
        let Some(range) = range else {
            let rate = Intensity::read(value, field, faults)?.get();
            return Some(Self { low: rate, high: rate });
        };
        let fault = |code, message: String, label: &str| {
            Diagnostic::new(code, message).at(value.place, label.to_owned())
        };
        let times = match range.high.unit.as_str() {
            "/year" => 1.0,
            "/month" => 12.0,
            _ => {
                let message = format!("`{}` is a number of strikes per year", field.key);
                faults.push(illustrated(fault("unit", message, "no such number"), field));
                return None;
            }
        };
        let [low, high] = [&range.low, &range.high].map(|end| end.number() * times);
        if low > 0.0 && low < high && Intensity::new(high).is_ok() {
            return Some(Self { low, high });
        }
        let fault = fault(
            "range",
            "this is no range of rates".into(),
            "both ends must be above 0, the low one first",
        )
        .rule("both ends lie between 0 and 10,000 a year, the low one first and above 0");
        faults.push(if low > high && high > 0.0 {
            fault.replace(value.place, format!("\"{}-{}/year\"", plain(high), plain(low)))
        } else {
            illustrated(fault, field)
        });
        None
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(if self.low < self.high {
            format!("{}-{}/year", self.low, self.high)
        } else {
            format!("{}/year", self.low)
        }))
    }
}
