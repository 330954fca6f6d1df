//! Keys that every `[[event]]` has, and keys of an asset that events depend on.

use super::super::model::{Sort, known};
use super::super::names::Name;
use super::SHARED;
use crate::asset::AssetNames;
use crate::catalog::{EventKind, event_kind, event_kinds};
use crate::event::EventRate;
use crate::form::{Faults, Field, Parameter, Preset, Shape, Unit, Value, nearest};
use crate::parameters;
use crate::units::{Fraction, YearMonth};

parameters! {
    /// Keys that identify a loss event.
    pub struct EventIdentity {
        /// Name of the event in measures and in the report; used once.
        name: Name = Preset::Required => "\"aggregator-hack\"",
        /// Kind of event, which supplies the defaults: `tailwheel explain contract-exploit`.
        kind: NamedKind = Preset::Required,
    }
}

parameters! {
    /// Keys for the timing of an event and the assets that it affects. Once an event has been read, either `rate` or
    /// `at` is set, `asset` and `spreads_to` name the assets, and the four keys that several assets share are empty.
    pub struct EventKeys {
        /// Loss events a year, at most one a month. Each path draws one rate from a range: it is lognormal,
        /// and the ends are its 5th and 95th percentiles.
        rate: Option<EventRate> = Preset::Class,
        /// Month in which the event happens on every path, instead of by chance.
        at: Option<YearMonth> = Preset::Absent => "\"2028-07\"",
        /// Assets that the event affects, by name, or one of the four keys below. All are affected together.
        asset: Option<AssetNames> = Preset::Absent,
        /// The event affects every asset with this `protocol`.
        protocol: Option<String> = Preset::Absent => "\"aggregator-x\"",
        /// The event affects every asset with this `platform`.
        platform: Option<String> = Preset::Absent => "\"video-site\"",
        /// The event affects every asset with this `provider`.
        provider: Option<String> = Preset::Absent => "\"model-api\"",
        /// The event affects every asset with this `agent_model`.
        agent_model: Option<String> = Preset::Absent => "\"frontier-a\"",
        /// Probability that a loss event with the key above also affects others of the same sort, equally
        /// hard: code that several protocols use. A tenth of the incidents of protocols hit several of them,
        /// a guess. Without it none does.
        spreads: Option<Fraction> = Preset::Absent => "0.1",
        /// Assets that the event affects if it spreads; if absent, those with another value of the same key.
        spreads_to: Option<AssetNames> = Preset::Absent => "[\"vault\"]",
        /// Factor of the rate for assets with `verified = true`.
        if_verified: Option<Fraction> = Preset::Class => "0.25",
        /// Factor of the rate of a `custody-loss` for assets that `owner.custody` guards with several keys.
        /// Other kinds do not have this key.
        if_guarded: Option<Fraction> = Preset::Class => "0.25",
        /// Factor of the rate if the owner pays for an `owner.compliance_service`.
        if_compliant: Option<Fraction> = Preset::Class => "0.2",
    }
}

parameters! {
    /// Keys that an asset has in common with others, so that events affect them together.
    pub struct SharedKeys {
        /// The protocol whose code holds the asset; assets that name the same one are exploited together.
        protocol: Option<Name> = Preset::Absent => "\"aggregator-x\"",
        /// The platform that its customers come from or are paid through.
        platform: Option<Name> = Preset::Absent => "\"video-site\"",
        /// The service that it is built on.
        provider: Option<Name> = Preset::Absent => "\"model-api\"",
        /// The model that its agents run on.
        agent_model: Option<Name> = Preset::Absent => "\"frontier-a\"",
        /// True if its code was verified: loss events then happen `if_verified` times as often. An asset with
        /// `false` cannot be insured, and a forced sale of it loses more. If absent, it is unknown.
        verified: bool = Preset::Is("false"),
    }
}

impl EventKeys {
    /// Returns the set keys among `protocol`, `platform`, `provider` and `agent_model`, each with its value.
    pub fn shared(&self) -> Vec<(&'static str, &str)> {
        let own = [&self.protocol, &self.platform, &self.provider, &self.agent_model];
        SHARED.into_iter().zip(own).filter_map(|(key, text)| Some((key, text.as_deref()?))).collect()
    }
}

impl SharedKeys {
    /// Value of `protocol`, `platform`, `provider` or `agent_model`, whichever `key` is; `None` if it is not
    /// set.
    pub fn get(&self, key: &str) -> Option<&str> {
        let own = [&self.protocol, &self.platform, &self.provider, &self.agent_model];
        let (_, name) = SHARED.into_iter().zip(own).find(|(known, _)| *known == key)?;
        name.as_ref().map(Name::as_str)
    }
}

/// Kind of event that an id names; the inner value is `None` if the id could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct NamedKind(pub Option<&'static EventKind>);

impl Parameter for NamedKind {
    const UNIT: Unit =
        Unit { name: "kind of event", examples: &["\"contract-exploit\""], shape: Shape::OneOf(ids) };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let sort = Sort { one: "kind of event", many: "kinds of events", code: "unknown-kind", titled };
        event_kind(known(value, field, sort, ids(), faults)?).map(|kind| Self(Some(kind)))
    }
}

fn ids() -> Vec<&'static str> {
    event_kinds().iter().map(|kind| kind.id.as_str()).collect()
}

/// Id of the kind whose title has `word`, as "Smart-contract hack" has "hack"; `None` if there is not exactly one.
fn titled(word: &str) -> Option<&'static str> {
    let title = |kind: &EventKind| kind.title.to_lowercase().replace(' ', "-");
    let titles: Vec<String> = event_kinds().iter().map(title).collect();
    let found = nearest(word, titles.iter().map(String::as_str))?;
    titles.iter().position(|title| title == found).map(|index| ids()[index])
}
