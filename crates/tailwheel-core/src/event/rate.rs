//! Rate of a loss event: "0.02/year", or the range "0.003-0.094/year" if it is uncertain.

use crate::form::{
    Diagnostic, Field, Meant, QuantityRange, Shape, Unit, Value, ends_typed, fault, ranges_meant,
};
use crate::math::ln;
use crate::math::normal::Z95;
use crate::units::Intensity;

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

impl Meant for EventRate {
    const SPELLED: Unit = Unit {
        name: "number of loss events a year, or a range",
        examples: &["\"0.02/year\"", "\"0.003-0.094/year\""],
        shape: Shape::AnyOf(&[
            Intensity::SPELLED.shape,
            Shape::Text(r"^.*[0-9].*(/|per|a)\s*(year|month)\s*$"),
        ]),
    };

    fn canonical(&self) -> Option<Value> {
        Some(Value::text(if self.low < self.high {
            format!("{}-{}/year", self.low, self.high)
        } else {
            format!("{}/year", self.low)
        }))
    }

    fn exact(value: &Value, field: &Field) -> Result<Self, Box<Diagnostic>> {
        let Some(range) = value.as_text().and_then(QuantityRange::parse) else {
            let rate = Intensity::exact(value, field)?.get();
            return Ok(Self { low: rate, high: rate });
        };
        let times = match range.high.unit.as_str() {
            "/year" => 1.0,
            "/month" => 12.0,
            _ => {
                return Err(Box::new(fault!("unit", "`{}` is a number of strikes per year", field.key;
                    value.place => "no such number")));
            }
        };
        let [low, high] = [&range.low, &range.high].map(|end| end.number() * times);
        if low > 0.0 && low < high && Intensity::new(high).is_ok() {
            return Ok(Self { low, high });
        }
        Err(Box::new(fault!("range", "this is no range of rates";
            value.place => "both ends must be above 0, the low one first";
            rule: "both ends lie between 0 and 10,000 a year, the low one first and above 0")))
    }

    fn readings(value: &Value) -> Vec<String> {
        match ends_typed(value) {
            Some((ends, unit)) => ranges_meant::<Intensity>(ends, &unit),
            None => Intensity::readings(value),
        }
    }
}
