//! A named kind of loss event: description, effect and defaults.
//!
//! In: one TOML file. Out: [`EventKind`], [`event_kinds`]. Not here: the effects themselves (`event`).

use super::entry::Entry;
use super::store::read;
use serde::Deserialize;
use std::sync::OnceLock;

/// Kind of loss event that scenarios select with the key `kind`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventKind {
    pub id: String,
    pub title: String,
    /// Description in one paragraph of plain words, without line breaks.
    pub doc: String,
    /// Id of the effect, one of `event::KINDS`.
    pub effect: String,
    /// Key of an asset by which the event usually selects the assets that it hits. `owner` is no key: such an
    /// event hits no asset.
    pub strikes: String,
    /// True if the event takes a fraction of revenue. If the asset has a `gross_margin`, the loss is a larger
    /// fraction of its income.
    #[serde(default)]
    pub takes_revenue: bool,
    /// True if what is lost was the owner's and the asset itself goes on, so that he buys it again.
    #[serde(default)]
    pub leaves_asset: bool,
    /// Assets that the event hits even without an `[[event]]` in the scenario; `None` if there are none.
    pub by_default: Option<ByDefault>,
    /// Defaults of the keys of an `[[event]]`, in display order.
    #[serde(rename = "default")]
    pub defaults: Vec<Entry>,
}

/// Assets that an event hits unless the scenario says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ByDefault {
    /// Ids of the classes whose assets the event hits.
    pub classes: Vec<String>,
    /// Key and value (in TOML) that an asset must have to be hit by the event; `None` for no condition.
    pub says: Option<[String; 2]>,
    /// True if assets of any class are hit when they set the key in [`EventKind::strikes`].
    pub named: bool,
}

/// Files of the event kinds in display order: code and custody, then platforms and models, then law.
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

/// All kinds of loss events, in display order.
pub fn event_kinds() -> &'static [EventKind] {
    static ALL: OnceLock<Vec<EventKind>> = OnceLock::new();
    ALL.get_or_init(|| FILES.iter().map(|text| read(text)).collect())
}

/// Kind of loss event with this id; `None` if there is none.
pub fn event_kind(id: &str) -> Option<&'static EventKind> {
    event_kinds().iter().find(|kind| kind.id == id)
}

impl ByDefault {
    /// True if the event hits assets of the class `id` unless the scenario says otherwise.
    pub fn strikes_class(&self, id: &str) -> bool {
        self.classes.iter().any(|class| class == id)
    }
}

impl EventKind {
    /// Default of a key of this kind of event; `None` if the kind has no default for the key.
    pub fn default(&self, key: &str) -> Option<&Entry> {
        self.defaults.iter().find(|entry| entry.key == key)
    }

    /// True if the event concerns the owner's wallet keys, so that custody with more keys makes it rarer.
    pub fn is_kept_by_owner(&self) -> bool {
        self.default("if_guarded").is_some()
    }
}
