//! `[[event]]`: loss events of assets or of their owner.
//!
//! In: the tables of the file, the assets. Out: [`EventEntry`] in the order of their names. Not here: the
//! effect of an event month by month (`event`).

mod by_default;
mod currency;
mod keys;
mod protection;
mod read;
mod spread;

use super::{AssetEntry, Owner, Scenario};
use crate::catalog::EventKind;
use crate::event::{Effect, Takes, Timing};
use crate::form::{Parameter, Range, Table, Value};
use crate::units::{Fraction, YearMonth};
use std::sync::Arc;

pub use by_default::events_by_default;
pub use keys::{EventIdentity, EventKeys, SharedKeys, Struck};
pub use protection::check_protection;
pub(super) use read::no_asset;
pub use read::{Around, read_events};

/// A loss event that may happen.
#[derive(Clone, Debug)]
pub struct EventEntry {
    pub name: String,
    pub kind: &'static EventKind,
    pub timing: Timing,
    /// Ascending indices of the affected [`Scenario::assets`](super::Scenario::assets); none: the owner.
    pub assets: Vec<usize>,
    /// Indices of the assets that are affected only if the event spreads; also part of `assets`.
    pub beyond: Vec<usize>,
    /// Probability that the event spreads to the assets of `beyond`.
    pub spreads: f64,
    pub mitigated: Mitigated,
    pub effect: Arc<dyn Effect>,
    /// Ranges that the file gives for keys of this event; each path draws one value from each.
    pub ranges: Vec<Range>,
    /// Keys that the file sets to one number although the catalog has a range.
    pub fixed: Vec<String>,
}

/// Factors on the event's rate for assets with mitigation; `None` if the kind of event has no factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mitigated {
    pub if_verified: Option<Fraction>,
    pub if_guarded: Option<Fraction>,
    pub if_compliant: Option<Fraction>,
}

impl EventEntry {
    /// True if the event changes the owner's tax.
    pub fn changes_tax(&self) -> bool {
        self.effect.takes() == Takes::Tax
    }

    /// Factor of the rate for `asset`; `is_compliant` is true if the owner pays for a compliance service.
    pub fn exposure(&self, asset: &AssetEntry, is_compliant: bool) -> f64 {
        let verified = self.mitigated.if_verified.filter(|_| asset.shared.verified);
        verified.map_or(1.0, Fraction::get) * self.owners_exposure(is_compliant)
    }

    /// Factor of the rate for an event of the owner, who pays for a compliance service if `is_compliant`.
    pub fn owners_exposure(&self, is_compliant: bool) -> f64 {
        let compliant = self.mitigated.if_compliant.filter(|_| is_compliant);
        compliant.map_or(1.0, Fraction::get)
    }

    /// Factor of the rate for holdings guarded with several keys; `None` if the event is no loss of keys.
    pub fn guarded(&self) -> Option<f64> {
        self.mitigated.if_guarded.map(Fraction::get)
    }

    /// True if the event can happen: it has a date or a rate above zero.
    pub fn can_strike(&self) -> bool {
        match self.timing {
            Timing::At(_) => true,
            Timing::ByChance(rate) => rate.high > 0.0,
        }
    }

    /// True if the event happens in a fixed month on every path.
    pub fn is_certain(&self) -> bool {
        matches!(self.timing, Timing::At(_))
    }

    /// True if the timing, the loss or the spreading of the event is random.
    pub fn is_random(&self) -> bool {
        match self.timing {
            Timing::At(_) => !self.effect.is_fixed() || 0.0 < self.spreads && self.spreads < 1.0,
            Timing::ByChance(rate) => rate.high > 0.0,
        }
    }

    /// Returns the table as it could be written in a file; `date` converts a month number to its date.
    pub fn written(&self, assets: &[AssetEntry], date: impl Fn(u32) -> YearMonth) -> Table {
        let mut table = Table::default();
        table.push("name", Value::text(self.name.as_str()));
        table.push("kind", Value::text(self.kind.id.as_str()));
        match self.timing {
            Timing::At(month) => table.push("at", Value::text(date(month).to_string())),
            Timing::ByChance(rate) => {
                if let Some(rate) = rate.write() {
                    table.push("rate", rate);
                }
            }
        }
        let names = |indices: &mut dyn Iterator<Item = &usize>| {
            let names = indices.map(|&index| Value::text(assets[index].name.as_str()));
            Value::list(names.collect())
        };
        let mut own = self.assets.iter().filter(|index| !self.beyond.contains(index));
        if !self.assets.is_empty() {
            table.push("asset", names(&mut own));
        }
        if !self.beyond.is_empty() {
            table.push("spreads", Value::float(self.spreads));
            table.push("spreads_to", names(&mut self.beyond.iter()));
        }
        let Mitigated { if_verified, if_guarded, if_compliant } = self.mitigated;
        for (key, factor) in
            [("if_verified", if_verified), ("if_guarded", if_guarded), ("if_compliant", if_compliant)]
        {
            if let Some(factor) = factor.write() {
                table.push(key, factor);
            }
        }
        table.entries.extend(self.effect.keys().entries);
        table
    }
}

/// Keys that name a thing that several assets share, so that one event affects all of them.
pub const SHARED: [&str; 4] = ["protocol", "platform", "provider", "agent_model"];

impl Scenario {
    /// True if an event can take cash from the owner's account.
    pub fn has_claims(&self) -> bool {
        let is_claim = |event: &EventEntry| event.effect.takes() == Takes::Cash && event.can_strike();
        self.events.iter().any(is_claim)
    }

    /// True if an event can change the owner's tax.
    pub fn changes_tax(&self) -> bool {
        let mut events = self.events.iter();
        events.any(|event| event.changes_tax() && event.can_strike())
    }

    /// True if the owner pays tax, or may after a tax change.
    pub fn is_taxed(&self) -> bool {
        self.owner.as_ref().is_some_and(Owner::is_taxed) || self.changes_tax()
    }

    /// True if the default at `path` affects any result of this scenario.
    pub(super) fn has_use_for(&self, path: &str) -> bool {
        let (object, key) = path.rsplit_once('.').unwrap_or_default();
        let Some(name) = object.strip_prefix("event.") else {
            return match key {
                // A pair of markets; their names may look like any key.
                _ if object.starts_with("correlation.") => true,
                "market_beta" => self.crash.is_some(),
                "exit_haircut" => self.has_obligations(),
                "claim_rate_multiple" => self.has_claims(),
                "autonomy" | "hours" | "compliance_hours" => self.counts_hours(),
                // The number of paths is no assumption about the world.
                "paths" => object != "run",
                _ => self.crash.is_some() || !object.starts_with("market."),
            };
        };
        let by_name = |event: &EventEntry| event.name.as_bytes().cmp(name.as_bytes());
        let Ok(place) = self.events.binary_search_by(by_name) else {
            return true;
        };
        let event = &self.events[place];
        let owner = self.owner.as_ref();
        let mut assets = event.assets.iter().map(|&index| &self.assets[index]);
        match key {
            "rate" => true,
            _ if !event.can_strike() => false,
            "if_verified" | "if_guarded" | "if_compliant" if event.is_certain() => false,
            "if_verified" => assets.any(|asset| asset.shared.verified),
            "if_guarded" => {
                let custody = owner.and_then(|owner| owner.custody.as_ref());
                custody.is_some_and(|custody| custody.multisig)
            }
            "if_compliant" => self.is_compliant(),
            _ => true,
        }
    }
}
