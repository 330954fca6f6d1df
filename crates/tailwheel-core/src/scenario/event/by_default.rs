//! Default loss events: the `[[event]]` tables that follow from the class of an asset or from what it names.
//!
//! In: a document. Out: the implied tables, in addition to those in the file. Not here: reading them
//! (`read`).

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{ByDefault, EventKind, event_kinds};
use crate::form::{Data, Table, Value, parse_value};
use crate::scenario::names::MAX_LENGTH;
use crate::scenario::tables::written_tables;

/// Returns the implied `[[event]]` tables with `name`, `kind` and `asset`, in the order of the catalog. There is one
/// per kind of event and group of assets that share the thing it affects (such as a protocol), or per single asset. A
/// table is left out if the file has an event of its kind for its assets.
///
/// Empty with `class_events = false`. Assets with `roi_basis = "net"` have none; events paid in cash need `[owner]`.
pub fn events_by_default(document: &Table) -> Vec<Table> {
    if document.is_off("class_events") {
        return Vec::new();
    }
    let assets: Vec<Asset<'_>> = written_tables(document, "asset").filter_map(Asset::of).collect();
    let mut taken: BTreeSet<String> =
        written_tables(document, "event").filter_map(|event| event.label().map(str::to_owned)).collect();
    let mut events = Vec::new();
    for kind in event_kinds().iter().filter(|kind| can_pay(kind, document)) {
        let Some(by_default) = &kind.by_default else { continue };
        let of_kind = |event: &&Table| event.text("kind") == Some(&kind.id);
        let written: Vec<&Table> = written_tables(document, "event").filter(of_kind).collect();
        // A shared key and an asset may have equal names, so the group includes which of the two it is.
        let mut groups: BTreeMap<(bool, &str), Vec<&str>> = BTreeMap::new();
        for asset in assets.iter().filter(|asset| asset.attracts(by_default, &kind.strikes)) {
            if !written.iter().any(|event| asset.is_struck_by(event)) {
                let shared = asset.table.text(&kind.strikes);
                let group = (shared.is_none(), shared.unwrap_or(asset.name));
                groups.entry(group).or_default().push(asset.name);
            }
        }
        for ((_, group), names) in groups {
            let name = free_name(&format!("{}-{group}", kind.id), &mut taken);
            let names = names.into_iter().map(Value::text).collect();
            let mut table = Table::default();
            table.push("name", Value::text(name));
            table.push("kind", Value::text(kind.id.as_str()));
            table.push("asset", Value::list(names));
            events.push(table);
        }
    }
    events
}

/// True if the owner can pay for events of `kind`: an event with an amount needs `[owner]`.
fn can_pay(kind: &EventKind, document: &Table) -> bool {
    kind.default("amount").is_none() || document.get("owner").is_some()
}

/// Returns `name`, or the first numbered name that is not taken, and adds it to `taken`.
fn free_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let cut = |length: usize| name.chars().take(length).collect::<String>();
    let numbered = (2..).map(|number| format!("{}-{number}", cut(MAX_LENGTH - 4)));
    let mut names = std::iter::once(cut(MAX_LENGTH)).chain(numbered);
    let free = names.find(|name| !taken.contains(name)).unwrap_or_default();
    taken.insert(free.clone());
    free
}

struct Asset<'a> {
    name: &'a str,
    table: &'a Table,
}

impl<'a> Asset<'a> {
    fn of(table: &'a Table) -> Option<Self> {
        Some(Self { name: table.label()?, table })
    }

    /// True if the event affects this asset by default: by its class and other keys, or because it sets the key that
    /// `strikes` names. An asset with `roi_basis = "net"` is never affected.
    fn attracts(&self, by_default: &ByDefault, strikes: &str) -> bool {
        let says = |[key, value]: &[String; 2]| {
            self.table.get(key).zip(parse_value(value)).is_some_and(|(entry, value)| entry.value.says(&value))
        };
        let is_of_class = || self.table.text("class").is_some_and(|class| by_default.strikes_class(class));
        self.table.text("roi_basis") != Some("net")
            && (is_of_class() && by_default.says.as_ref().is_none_or(says)
                || by_default.named && self.table.text(strikes).is_some())
    }

    fn is_struck_by(&self, event: &Table) -> bool {
        let by_name = event.get("asset").is_some_and(|entry| match &entry.value.data {
            Data::List(names) => names.iter().any(|name| name.as_text() == Some(self.name)),
            _ => entry.value.as_text() == Some(self.name),
        });
        let shares = |key: &str| event.text(key).is_some_and(|own| self.table.text(key) == Some(own));
        by_name || super::SHARED.into_iter().any(shares)
    }
}
