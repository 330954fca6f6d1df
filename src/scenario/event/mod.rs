//! `[[event]]`: what strikes assets or their owner.
//!
//! In: the tables of the file, the assets. Out: [`EventEntry`] in the order of their names. Not here: what an
//! event does month by month (`event`).

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

/// An event that may strike.
#[derive(Clone, Debug)]
pub struct EventEntry {
    pub name: String,
    pub kind: &'static EventKind,
    pub timing: Timing,
    /// Indices of [`Scenario::assets`](super::Scenario::assets), ascending; none if it strikes the owner alone.
    pub assets: Vec<usize>,
    /// Those of them that it strikes only where it spreads.
    pub beyond: Vec<usize>,
    /// Chance that it does.
    pub spreads: f64,
    pub mitigated: Mitigated,
    pub effect: Arc<dyn Effect>,
    /// The ranges that the file says of it.
    pub ranges: Vec<Range>,
    /// Keys of it that the file fixes at a number, where the catalog has a range.
    pub fixed: Vec<String>,
}

/// What the rate is multiplied by where something is done against the event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mitigated {
    pub if_verified: Option<Fraction>,
    pub if_guarded: Option<Fraction>,
    pub if_compliant: Option<Fraction>,
}

impl EventEntry {
    /// Whether it changes what the owner is taxed.
    pub fn changes_tax(&self) -> bool {
        self.effect.takes() == Takes::Tax
    }

    /// What its rate for `asset` is multiplied by, for an owner who pays for compliance or not.
    pub fn exposure(&self, asset: &AssetEntry, is_compliant: bool) -> f64 {
        let verified = self.mitigated.if_verified.filter(|_| asset.shared.verified);
        verified.map_or(1.0, Fraction::get) * self.owners_exposure(is_compliant)
    }

    /// The same for the owner alone.
    pub fn owners_exposure(&self, is_compliant: bool) -> f64 {
        let compliant = self.mitigated.if_compliant.filter(|_| is_compliant);
        compliant.map_or(1.0, Fraction::get)
    }

    /// What its rate is multiplied by for what several keys guard; none if it does not strike keys.
    pub fn guarded(&self) -> Option<f64> {
        self.mitigated.if_guarded.map(Fraction::get)
    }

    /// Whether it can strike at all.
    pub fn can_strike(&self) -> bool {
        match self.timing {
            Timing::At(_) => true,
            Timing::ByChance(rate) => rate.high > 0.0,
        }
    }

    /// Whether it strikes in one month, on every path.
    pub fn is_certain(&self) -> bool {
        matches!(self.timing, Timing::At(_))
    }

    /// Whether anything about it is left to chance.
    pub fn is_random(&self) -> bool {
        match self.timing {
            Timing::At(_) => !self.effect.is_fixed() || 0.0 < self.spreads && self.spreads < 1.0,
            Timing::ByChance(rate) => rate.high > 0.0,
        }
    }

    /// As it could be written in a file; `date` is that of a month's number.
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
        for (key, factor) in [
            ("if_verified", if_verified),
            ("if_guarded", if_guarded),
            ("if_compliant", if_compliant),
        ] {
            if let Some(factor) = factor.write() {
                table.push(key, factor);
            }
        }
        table.entries.extend(self.effect.keys().entries);
        table
    }
}

/// Keys of an asset that say what it shares with others.
pub const SHARED: [&str; 4] = ["protocol", "platform", "provider", "agent_model"];

impl Scenario {
    /// Whether the owner's account has to pay for events.
    pub fn has_claims(&self) -> bool {
        let is_claim =
            |event: &EventEntry| event.effect.takes() == Takes::Cash && event.can_strike();
        self.events.iter().any(is_claim)
    }

    /// Whether an event changes the owner's tax.
    pub fn changes_tax(&self) -> bool {
        let mut events = self.events.iter();
        events.any(|event| event.changes_tax() && event.can_strike())
    }

    /// Whether there is a tax, or may be.
    pub fn is_taxed(&self) -> bool {
        self.owner.as_ref().is_some_and(Owner::is_taxed) || self.changes_tax()
    }

    /// Whether the default at `path` matters to anything.
    pub(super) fn has_use_for(&self, path: &str) -> bool {
        let (object, key) = path.rsplit_once('.').unwrap_or_default();
        let Some(name) = object.strip_prefix("event.") else {
            return match key {
                // a pair of markets, whatever they are called
                _ if object.starts_with("correlation.") => true,
                "market_beta" => self.crash.is_some(),
                "exit_haircut" => self.has_obligations(),
                "claim_rate_multiple" => self.has_claims(),
                "autonomy" | "hours" | "compliance_hours" => self.counts_hours(),
                // how often it is simulated is no assumption
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
