//! `deals = { rate = "3/year", size = 15 }`: sponsoring that brands pay a site, in proportion to its visits.
//!
//! In: a table of the file. Out: deal income per visit, and as a multiple of monthly revenue. Not here: the
//! months in which deals are signed (`asset`).

use super::traffic::Traffic;
use crate::form::{Faults, Group, Parameter, Place, Preset, Value};
use crate::parameters;
use crate::units::{Intensity, LogSpread, Money};

parameters! {
    /// Brand deals in proportion to the visits of a site.
    pub struct Deals: "table of deals with brands" = "{ rate = \"3/year\", size = 15 }" {
        /// Deals a year: 0 to 12 of small creators, 3 as a guess.
        rate: Intensity = Preset::Required => "\"3/year\"",
        /// Average income of one deal for every thousand visits of its month, in money. Creators with fewer
        /// than 10,000 followers are reported to get 20 to 250 dollars a deal, 150 as the median. With 10,000
        /// to 100,000 followers they get 300 to 1,200 (market reports).
        size: Money = Preset::Required => "15",
        /// Standard deviation of the logarithm of the income of one deal.
        log_sd: LogSpread = Preset::Is("0.8"),
    }
}

impl Deals {
    /// Reads `value`; `None` if it cannot be read, which is reported where the key itself is read.
    pub fn of(value: &Value) -> Option<Self> {
        let mut own = Traffic::FIELDS.iter();
        let field = own.find(|field| field.key == "deals")?;
        Self::read(value, field, &mut Faults::default())
    }

    /// Mean deal income per visit, in the scenario's currency.
    pub fn per_visit(&self) -> f64 {
        self.rate.get() / 12.0 * self.size.get() / 1000.0
    }

    /// Deals with `size` in months of `revenue`, that of the first month; `None` if deals bring nothing.
    pub fn in_months(&self, visits: f64, revenue: f64, place: Option<Place>) -> Option<Value> {
        let mut table = self.written();
        table.remove("size");
        let months = self.size.get() * visits / 1000.0 / revenue;
        table.push("size", Value::float(months));
        let value = Value::table(table);
        (self.per_visit() > 0.0).then_some(Value { place, ..value })
    }
}
