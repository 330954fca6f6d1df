//! `deals = { rate = "3/year", size = 15 }`: what brands pay a site by who sees it.
//!
//! In: a table of the file. Out: what a visit brings, the same as a part of all that comes in. Not here: in which months deals
//! come (`asset`).

use super::traffic::Traffic;
use crate::form::{Faults, Group, Parameter, Place, Preset, Value};
use crate::parameters;
use crate::units::{Intensity, LogSpread, Money};

parameters! {
    /// Deals with brands by who sees them.
    pub struct Deals: "table of deals with brands" = "{ rate = \"3/year\", size = 15 }" {
        /// Deals a year: 0 to 12 of small creators, 3 as a guess.
        rate: Intensity = Preset::Required => "\"3/year\"",
        /// What one brings on average for every thousand visits of its month, in money. Creators with fewer than
        /// 10,000 followers are reported to get 20 to 250 dollars a deal, 150 as the median. With 10,000 to 100,000
        /// followers they get 300 to 1,200 (market reports).
        size: Money = Preset::Required => "15",
        /// Standard deviation of the logarithm of what one brings.
        log_sd: LogSpread = Preset::Is("0.8"),
    }
}

impl Deals {
    /// What `value` says; what cannot be read is said where it stands.
    pub fn of(value: &Value) -> Option<Self> {
        let mut own = Traffic::FIELDS.iter();
        let field = own.find(|field| field.key == "deals")?;
        Self::read(value, field, &mut Faults::default())
    }

    /// What they bring on average for a visit.
    pub fn per_visit(&self) -> f64 {
        self.rate.get() / 12.0 * self.size.get() / 1000.0
    }

    /// The same as a part of what comes in, which is `revenue` in the first month; nothing if they bring nothing.
    pub fn in_months(&self, visits: f64, revenue: f64, place: Option<Place>) -> Option<Value> {
        let mut table = self.written();
        table.remove("size");
        let months = self.size.get() * visits / 1000.0 / revenue;
        table.push("size", Value::float(months));
        let value = Value::table(table);
        (self.per_visit() > 0.0).then_some(Value { place, ..value })
    }
}
