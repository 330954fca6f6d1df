//! An event with a name: what it is, what it does, what is filled in.
//!
//! In: one TOML file. Out: [`EventKind`], [`event_kinds`]. Not here: what an effect does (`event`).

use std::sync::OnceLock;

use serde::Deserialize;

use super::entry::Entry;
use super::store::read;

/// A kind of event that scenarios name with `kind`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventKind {
    pub id: String,
    pub title: String,
    /// One paragraph in plain words, without line breaks.
    pub doc: String,
    /// Id of what it does, one of `event::KINDS`.
    pub effect: String,
    /// The key that usually says what it strikes; `owner`, which is none, for what strikes no asset.
    pub strikes: String,
    /// True if its severity is a part of the revenue, so that of a product with a `gross_margin` it takes more of what is left.
    #[serde(default)]
    pub takes_revenue: bool,
    /// What it strikes without being asked for; absent: nothing.
    pub by_default: Option<ByDefault>,
    /// Filled-in keys of an `[[event]]`, in the order in which they are shown.
    #[serde(rename = "default")]
    pub defaults: Vec<Entry>,
}

/// Holdings that an event strikes unless the scenario says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ByDefault {
    /// Those of these classes,
    pub classes: Vec<String>,
    /// of them only those that say this, a key and its value in TOML,
    pub says: Option<[String; 2]>,
    /// and those that name what it `strikes`.
    pub named: bool,
}

/// What strikes code and its keepers, then platforms and models, then rights.
const FILES: &[&str] = &[
    include_str!("events/contract-exploit.toml"),
    include_str!("events/rug-pull.toml"),
    include_str!("events/depeg.toml"),
    include_str!("events/protocol-exploit.toml"),
    include_str!("events/custody-loss.toml"),
    include_str!("events/issuer-failure.toml"),
    include_str!("events/platform-ban.toml"),
    include_str!("events/algorithm-update.toml"),
    include_str!("events/provider-repricing.toml"),
    include_str!("events/model-collapse.toml"),
    include_str!("events/agent-error.toml"),
    include_str!("events/command-centre-outage.toml"),
    include_str!("events/infringement-claim.toml"),
    include_str!("events/status-change.toml"),
    include_str!("events/tax-change.toml"),
];

/// All kinds of events.
#[must_use]
pub fn event_kinds() -> &'static [EventKind] {
    static ALL: OnceLock<Vec<EventKind>> = OnceLock::new();
    ALL.get_or_init(|| FILES.iter().map(|text| read(text)).collect())
}

/// The kind that a scenario calls `id`.
#[must_use]
pub fn event_kind(id: &str) -> Option<&'static EventKind> {
    event_kinds().iter().find(|kind| kind.id == id)
}

impl ByDefault {
    /// Whether it has something to do with a class.
    #[must_use]
    pub fn strikes_class(&self, id: &str) -> bool {
        self.classes.iter().any(|class| class == id)
    }
}

impl EventKind {
    /// The default of a key; `None` if the scenario must say it or do without.
    #[must_use]
    pub fn default(&self, key: &str) -> Option<&Entry> {
        self.defaults.iter().find(|entry| entry.key == key)
    }

    /// True if it strikes the keys of the owner, so that more keys make it rarer.
    #[must_use]
    pub fn is_kept_by_owner(&self) -> bool {
        self.default("if_guarded").is_some()
    }
}
