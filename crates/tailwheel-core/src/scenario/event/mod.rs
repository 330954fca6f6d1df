//! `[[event]]`: loss events of assets or of their owner.
//!
//! In: the tables of the file, the assets. Out: [`EventEntry`] in the order of their names. Not here: the
//! effect of an event month by month (`event`).

mod by_default;
mod keys;
mod protection;
mod read;
mod targets;

use super::{AssetEntry, Owner, Scenario};
use crate::asset::AssetNames;
use crate::catalog::EventKind;
use crate::event::{Effect, Takes, Timing};
use crate::form::{Group, Range, Spelled, Table, Value};
use crate::units::Fraction;
use std::collections::BTreeSet;
use std::sync::Arc;

pub use by_default::events_by_default;
pub use keys::{EventIdentity, EventKeys, SharedKeys};
pub use protection::check_protection;
pub use read::read_events;
pub use targets::EventInputs;
pub(super) use targets::no_asset;

/// A loss event that may happen, with the assets that it affects.
#[derive(Clone, Debug)]
pub struct EventEntry {
    pub name: String,
    pub kind: &'static EventKind,
    pub keys: EventKeys,
    /// Ascending indices of the affected [`Scenario::assets`](super::Scenario::assets); none for the owner.
    pub assets: Vec<usize>,
    /// Ascending indices of the assets, among those affected, that the event affects only if it spreads.
    pub beyond: Vec<usize>,
    pub effect: Arc<dyn Effect>,
    /// Ranges that the file gives for keys of this event; each path draws one value from each range.
    pub ranges: Vec<Range>,
    /// Keys that the file sets to one number, so that no path draws them, although the catalog has a range.
    pub fixed: Vec<String>,
}

impl EventEntry {
    /// True if the event changes the owner's tax.
    pub fn changes_tax(&self) -> bool {
        self.effect.takes() == Takes::Tax
    }

    /// Factor on the event's rate for `asset`: 1, or less if its code is verified or the owner `is_compliant`.
    pub fn exposure(&self, asset: &AssetEntry, is_compliant: bool) -> f64 {
        let verified = self.keys.if_verified.filter(|_| asset.shared.verified);
        verified.map_or(1.0, Fraction::get) * self.owners_exposure(is_compliant)
    }

    /// Factor on the event's rate for the owner: 1, or less if a compliance service is paid (`is_compliant`).
    pub fn owners_exposure(&self, is_compliant: bool) -> f64 {
        self.keys.if_compliant.filter(|_| is_compliant).map_or(1.0, Fraction::get)
    }

    /// Factor on the event's rate for holdings that need several keys; `None` unless the event is a loss of keys.
    pub fn guarded(&self) -> Option<f64> {
        self.keys.if_guarded.map(Fraction::get)
    }

    /// Time of the event: a month of `scenario`, counted from 1, or a yearly rate if it happens at random.
    pub fn timing(&self, scenario: &Scenario) -> Timing {
        let month = self.keys.at.and_then(|date| scenario.month(date));
        month.map_or_else(|| Timing::ByChance(self.keys.rate.unwrap_or_default()), Timing::At)
    }

    /// Probability that the event spreads to further assets, which it names; 0 if it cannot.
    pub fn spreads(&self) -> f64 {
        self.keys.spreads.map_or(0.0, Fraction::get)
    }

    /// True if the event can happen: it has a date or a rate above zero.
    pub fn can_strike(&self) -> bool {
        self.is_certain() || self.keys.rate.is_some_and(|rate| rate.high > 0.0)
    }

    /// True if the event happens in a fixed month on every path.
    pub fn is_certain(&self) -> bool {
        self.keys.at.is_some()
    }

    /// True if the timing, the loss or the spreading of the event is random.
    pub fn is_random(&self) -> bool {
        let spreads = self.spreads();
        self.can_strike()
            && !(self.is_certain() && self.effect.is_fixed() && (spreads == 0.0 || spreads == 1.0))
    }

    /// Names of the affected assets; those that are affected only if the event spreads come last.
    fn struck(&self) -> impl Iterator<Item = &str> + Clone {
        let both = self.keys.asset.iter().chain(&self.keys.spreads_to);
        both.flat_map(|struck| &struck.0).map(|name| name.text.as_str())
    }

    /// Sets the indices of the affected assets from their names. `assets` must be sorted by name.
    pub fn find_assets(&mut self, assets: &[AssetEntry]) {
        let place = |name: &str| assets.binary_search_by(|asset| asset.name.as_str().cmp(name)).ok();
        let places = |names: BTreeSet<&str>| names.into_iter().filter_map(place).collect();
        self.assets = places(self.struck().collect());
        let beyond = self.keys.spreads_to.iter().flat_map(|struck| &struck.0);
        self.beyond = places(beyond.map(|name| name.text.as_str()).collect());
    }

    /// Returns the `[[event]]` table of the canonical document. `assets` are those of the scenario.
    pub fn written(&self, assets: &[AssetEntry]) -> Table {
        let named = |indices: Vec<&usize>| {
            let name = |index: &usize| Spelled { text: assets[*index].name.clone(), place: None };
            (!indices.is_empty()).then(|| AssetNames(indices.into_iter().map(name).collect()))
        };
        let own = self.assets.iter().filter(|index| !self.beyond.contains(index));
        let keys = EventKeys {
            asset: named(own.collect()),
            spreads_to: named(self.beyond.iter().collect()),
            ..self.keys.clone()
        };
        let mut table = Table::default();
        table.push("name", Value::text(self.name.as_str()));
        table.push("kind", Value::text(self.kind.id.as_str()));
        table.entries.extend(keys.written().entries);
        table.entries.extend(self.effect.keys().entries);
        table
    }
}

/// Keys that name a thing that several assets share, so that one event affects all of them.
pub const SHARED: [&str; 4] = ["protocol", "platform", "provider", "agent_model"];

impl Scenario {
    /// True if an event can take cash from the owner's account.
    pub fn has_claims(&self) -> bool {
        self.events.iter().any(|event| event.effect.takes() == Takes::Cash && event.can_strike())
    }

    /// True if an event can change the owner's tax.
    pub fn changes_tax(&self) -> bool {
        self.events.iter().any(|event| event.changes_tax() && event.can_strike())
    }

    /// True if the owner pays tax, or may have to after an event that changes the tax.
    pub fn is_taxed(&self) -> bool {
        self.owner.as_ref().is_some_and(Owner::is_taxed) || self.changes_tax()
    }
}
