//! `tax_rate = [{ above = 12_000, rate = "20 %" }, …]`: a tax rate for each bracket of yearly income.
//!
//! In: a list of tables, or the schedule of a place. Out: [`Brackets`]. Not here: collecting the tax
//! (`policy`).

use super::super::listed::{MOST, listed, table_of};
use crate::catalog::{CURRENCY, Jurisdiction, Schedule};
use crate::form::{Diagnostic, Faults, Field, Group, Place, Preset, Value, fault};
use crate::parameters;
use crate::units::{Money, TaxShare, plain};

parameters! {
    /// Keys of one bracket of yearly income.
    pub struct BracketKeys {
        /// Yearly income above which the rate applies, real; brackets grow with inflation from year to year.
        /// Income below the first bracket is not taxed.
        above: Money = Preset::Required => "12_000",
        /// Tax rate of income above it, up to the next bracket.
        rate: TaxShare = Preset::Required => "\"20 %\"",
    }
}

/// Tax brackets, the lowest first: yearly income above which the rate applies, and the rate.
#[derive(Clone, Debug, PartialEq)]
pub struct Brackets(Vec<(Money, TaxShare)>);

impl Brackets {
    /// Reads a list of brackets; `None` after a fault.
    pub fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let bracket = |item: &Value, field: &Field, faults: &mut Faults| {
            table_of(item, "a bracket is a table", field, faults, |keys: BracketKeys, reader| {
                (keys, reader.place_of("above"))
            })
        };
        let read = listed(value, ("brackets", 1..=MOST), field, faults, bracket)?;
        let before = faults.len();
        for pair in read.windows(2) {
            let ((below, _), (keys, place)) = (&pair[0], &pair[1]);
            if keys.above.get() <= below.above.get() {
                let [above, below] = [keys.above, below.above].map(|above| plain(above.get()));
                fault!(faults, "range", "brackets are not in order"; *place => "{above} after {below}";
                    rule: "each bracket begins above the previous one");
            }
        }
        let brackets = read.iter().map(|(keys, _)| (keys.above, keys.rate));
        (faults.len() == before).then(|| Self(brackets.collect()))
    }

    /// Smallest and largest tax rate. The smallest is 0 if the first bracket begins above 0.
    pub fn ends(&self) -> [f64; 2] {
        let rates = || self.0.iter().map(|(_, rate)| rate.get());
        let untaxed = self.0.first().is_none_or(|(above, _)| above.get() > 0.0);
        let least = rates().fold(if untaxed { 0.0 } else { 1.0 }, f64::min);
        [least, rates().fold(0.0, f64::max)]
    }

    /// Returns the rate at income 0, and the bracket limits above 0 with the rise of the rate at each.
    pub fn steps(&self) -> (f64, Vec<(f64, f64)>) {
        let mut before = 0.0;
        let rises = self.0.iter().map(|(above, rate)| {
            let more = rate.get() - before;
            before = rate.get();
            (above.get(), more)
        });
        let (first, steps): (Vec<_>, Vec<_>) = rises.partition(|(above, _)| *above <= 0.0);
        (first.iter().map(|(_, rate)| rate).sum(), steps)
    }

    /// Returns the brackets as a list for a scenario file.
    pub fn written(&self) -> Value {
        let table = |(above, rate): &(Money, TaxShare)| {
            let (above, rate) = (*above, *rate);
            Value::table(BracketKeys { above, rate }.written())
        };
        Value::list(self.0.iter().map(table).collect())
    }

    /// Brackets of a schedule in `currency`; `None` if its amounts are known in other currencies only.
    fn of(place: &Jurisdiction, schedule: &Schedule, currency: &str) -> Option<Self> {
        let price = match currency {
            own if own == place.currency => 1.0,
            CURRENCY => schedule.dollars,
            _ => return None,
        };
        let bracket = |(above, rate): (f64, f64)| {
            let above = Money::new((above * price).round()).ok()?;
            Some((above, TaxShare::new(rate).ok()?))
        };
        let brackets = schedule.brackets().map(bracket);
        brackets.collect::<Option<_>>().map(Self)
    }
}

/// Returns the legal brackets of `place` with their catalog entry. `at` is where they are requested.
///
/// # Errors
///
/// The fault that no place is named, that it has no brackets, or that they are in another currency.
pub fn schedule_of(
    place: Option<&'static Jurisdiction>,
    currency: &str,
    at: Option<Place>,
) -> Result<(Brackets, &'static Schedule), Box<Diagnostic>> {
    let fault = |message: String| fault!("residence", "{message}"; such_as: "tax_rate = \"28 %\"");
    let Some(place) = place else {
        let fault = fault("a schedule needs a place in `residence`".into());
        let fault = fault.at(at, "no place is named");
        return Err(Box::new(fault.note("or", "residence = \"portugal\"")));
    };
    let Some(schedule) = &place.schedule else {
        let message = format!("the catalog has no brackets for {}", place.title);
        let more = format!("tailwheel explain {}", place.id);
        let fault = fault(message).at(at, "the rate is missing");
        return Err(Box::new(fault.note("more", more)));
    };
    match Brackets::of(place, schedule, currency) {
        Some(brackets) => Ok((brackets, schedule)),
        None => {
            let own = match place.currency.as_str() {
                CURRENCY => CURRENCY.to_owned(),
                other => format!("{other} and {CURRENCY}"),
            };
            let message = format!("the brackets of {} have amounts in {own} only", place.title);
            let rule = format!("every amount of this scenario is in {currency}");
            let fault = fault(message).at(at, "no default in this currency");
            Err(Box::new(fault.rule(rule)))
        }
    }
}
