//! `tax_rate = [{ above = 12_000, rate = "20 %" }, …]`: a tax rate for each bracket of yearly income.
//!
//! In: a list of tables, or the schedule of a place. Out: [`Brackets`]. Not here: collecting the tax
//! (`policy`).

use super::super::inline_tables::{MOST, tables};
use crate::catalog::{CURRENCY, Jurisdiction, Schedule};
use crate::form::{At, Diagnostic, Faults, Field, Group, Place, Preset, Value, fault};
use crate::parameters;
use crate::units::{Money, TaxShare, plain};

parameters! {
    /// One bracket of yearly income.
    pub struct Bracket {
        /// Yearly income above which the rate applies, real; brackets grow with inflation from year to year.
        /// Income below the first bracket is not taxed.
        above: At<Money> = Preset::Required => "12_000",
        /// Tax rate of income above it, up to the next bracket.
        rate: TaxShare = Preset::Required => "\"20 %\"",
    }
}

/// Tax brackets, the lowest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Brackets(Vec<Bracket>);

impl Brackets {
    /// Reads a list of brackets; `None` after a fault.
    pub fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let rule = "a bracket is a table";
        let brackets: Vec<Bracket> = tables(value, "brackets", 1..=MOST, rule, field, faults, |_, _| {})?;
        let before = faults.len();
        for pair in brackets.windows(2) {
            let [below, above] = [pair[0].above, pair[1].above];
            if above.get() <= below.get() {
                fault!(faults, "range", "brackets are not in order";
                    above.place => "{} after {}", plain(above.get()), plain(below.get());
                    rule: "each bracket begins above the previous one");
            }
        }
        (faults.len() == before).then_some(Self(brackets))
    }

    /// Smallest and largest tax rate. The smallest is 0 if the first bracket begins above 0.
    pub fn ends(&self) -> [f64; 2] {
        let rates = || self.0.iter().map(|bracket| bracket.rate.get());
        let untaxed = self.0.first().is_none_or(|bracket| bracket.above.get() > 0.0);
        let least = rates().fold(if untaxed { 0.0 } else { 1.0 }, f64::min);
        [least, rates().fold(0.0, f64::max)]
    }

    /// Returns the tax rate at income 0, and every bracket limit above 0 with the rise of the rate there.
    pub fn steps(&self) -> (f64, Vec<(f64, f64)>) {
        let mut before = 0.0;
        let rises = self.0.iter().map(|bracket| {
            let more = bracket.rate.get() - before;
            before = bracket.rate.get();
            (bracket.above.get(), more)
        });
        let (first, steps): (Vec<_>, Vec<_>) = rises.partition(|(above, _)| *above <= 0.0);
        (first.iter().map(|(_, rate)| rate).sum(), steps)
    }

    /// Returns the brackets as a list for a scenario file.
    pub fn written(&self) -> Value {
        Value::list(self.0.iter().map(|bracket| Value::table(bracket.written())).collect())
    }

    /// Legal brackets of `place` in `currency`; `None` if its amounts are known in other currencies only.
    fn of(place: &Jurisdiction, schedule: &Schedule, currency: &str) -> Option<Self> {
        let price = match currency {
            own if own == place.currency => 1.0,
            CURRENCY => schedule.dollars,
            _ => return None,
        };
        let bracket = |(above, rate): (f64, f64)| {
            let above = At::bare(Money::new((above * price).round()).ok()?);
            Some(Bracket { above, rate: TaxShare::new(rate).ok()? })
        };
        schedule.brackets().map(bracket).collect::<Option<_>>().map(Self)
    }
}

/// Returns the legal brackets of `place` with their catalog entry. `at` is the position to report.
///
/// # Errors
///
/// The fault that no place is named, that it has no brackets, or that they are in another currency.
pub fn schedule_of(
    place: Option<&'static Jurisdiction>,
    currency: &str,
    at: Option<Place>,
) -> Result<(Brackets, &'static Schedule), Box<Diagnostic>> {
    const FOR_EXAMPLE: &str = "tax_rate = \"28 %\"";
    let Some(place) = place else {
        return Err(Box::new(fault!("residence", "a schedule needs a place in `residence`";
            at => "no place is named"; such_as: "{FOR_EXAMPLE}"; or: "residence = \"portugal\"")));
    };
    let Some(schedule) = &place.schedule else {
        let fault = fault!("residence", "the catalog has no brackets for {}", place.title);
        let own = place.defaults.iter().find(|entry| entry.key == "tax_rate");
        let fault = match own {
            Some(own) => fault
                .at(at, "this place has one rate")
                .note("help", format!("leave `tax_rate` out: the catalog's rate is {}", own.value)),
            None => fault.at(at, "the rate is missing").note("such as", FOR_EXAMPLE),
        };
        return Err(Box::new(fault.note("more", format!("tailwheel explain {}", place.id))));
    };
    let brackets = Brackets::of(place, schedule, currency).ok_or_else(|| {
        let own = match place.currency.as_str() {
            CURRENCY => CURRENCY.to_owned(),
            other => format!("{other} and {CURRENCY}"),
        };
        fault!("residence", "the brackets of {} have amounts in {own} only", place.title;
            at => "no default in this currency"; such_as: "{FOR_EXAMPLE}";
            rule: "every amount of this scenario is in {currency}")
    })?;
    Ok((brackets, schedule))
}
