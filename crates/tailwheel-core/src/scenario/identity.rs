//! Text that identifies everything a result of a scenario can depend on.
//!
//! In: [`Scenario`]. Out: its identity, under which results are kept. Not here: the smaller set of values
//! that determine a path (`canonical`).

use super::{Correlation, Decimal, FilledIn, Letterhead, Repair, Scenario};
use crate::form::{Table, Value, document};
use crate::stage::Pin;
use crate::units::plain;

impl Scenario {
    /// Returns the canonical document and everything else a report depends on: title, letterhead, number of
    /// paths, filled-in values, repairs, spelling of amounts. Scenarios with equal identity have equal
    /// reports.
    pub fn identity(&self) -> String {
        // All fields are named, so that a new field does not compile until it is assigned here.
        let Self {
            title,
            letterhead,
            paths,
            correlation: Correlation { repair, .. },
            crisis,
            filled_in,
            decimals,
            implausible,
            uncounted,
            idle,
            pin,
            fixed,
            better,
            start: _,
            months: _,
            currency: _,
            seeds: _,
            markets,
            assets: _,
            economy: _,
            owner,
            goal: _,
            crash: _,
            shocks: _,
            events: _,
        } = self;
        let mut told = Table::default();
        told.push("title", Value::text(title.as_str()));
        if *letterhead != Letterhead::default() {
            told.push("report", Value::text(format!("{letterhead:?}")));
        }
        told.push("paths", Value::text(paths.to_string()));
        told.push("uncounted", Value::text(uncounted.join(" ")));
        if !idle.is_empty() {
            told.push("idle", Value::text(idle.join(" ")));
        }
        if !fixed.is_empty() {
            told.push("fixed", Value::text(fixed.join(" ")));
        }
        if !better.is_empty() {
            let texts = better.iter().map(|one| {
                let text = format!("{} {} {}", one.key, one.written, one.catalog);
                Value::text(text)
            });
            told.push("better", Value::list(texts.collect()));
        }
        if let Some(Pin { path, is_high }) = pin {
            told.push("pin", Value::text(format!("{path} {is_high}")));
        }
        if !implausible.is_empty() {
            let texts = implausible.iter().map(|value| Value::text(&*value.text));
            told.push("implausible", Value::list(texts.collect()));
        }
        let of_crisis = crisis.as_ref().and_then(|crisis| crisis.repair);
        for (key, repair) in [("repair", *repair), ("repair_in_crisis", of_crisis)] {
            if let Some(Repair { distance, largest_change }) = repair {
                let both = [distance, largest_change].map(Value::float);
                told.push(key, Value::list(both.into()));
            }
        }
        // Without `[crash]` the canonical document does not contain the markets.
        told.push(
            "markets",
            list(markets, |market| {
                vec![market.name.clone(), market.class.clone(), plain(market.volatility.get())]
            }),
        );
        let stays = owner.iter().flat_map(|owner| &owner.stays);
        let places: Vec<&str> = stays.filter_map(|stay| stay.place).map(|place| place.id.as_str()).collect();
        told.push("places", list(&places, |place| vec![(*place).to_owned()]));
        told.push(
            "filled_in",
            list(filled_in.iter(), |filled| {
                let FilledIn {
                    path,
                    value,
                    grade,
                    kind,
                    source,
                    is_drawn: _, // the canonical document has the range
                    entry: _,    // the entry determines the other fields
                } = filled;
                vec![path.clone(), value.clone(), grade.to_string(), kind.to_string(), (*source).to_owned()]
            }),
        );
        told.push("decimals", list(decimals, |Decimal { path, read }| vec![path.clone(), plain(*read)]));
        format!("{}\n{}", self.canonical_document(), document(&told))
    }
}

fn list<'a, T: 'a>(all: impl IntoIterator<Item = &'a T>, texts: impl Fn(&T) -> Vec<String>) -> Value {
    let rows = all.into_iter().map(|one| {
        let row = texts(one).into_iter().map(Value::text);
        Value::list(row.collect())
    });
    Value::list(rows.collect())
}
