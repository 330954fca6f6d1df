//! Rules of the registry that an owner follows, such as rebalancing.
//!
//! In: the keys of `[owner]`. Out: [`Rules`]. Not here: the effect of a rule (`policy`).

use crate::form::{Reader, Table};
use crate::policy::{RULES, Rule};
use std::sync::Arc;

/// Rules that the owner follows, each with its id, in the order of the registry.
#[derive(Clone, Debug, Default)]
pub struct Rules(Vec<(&'static str, Arc<dyn Rule>)>);

impl Rules {
    /// Reads the keys of all rules of the registry; the owner follows those with a key.
    pub fn read(reader: &mut Reader<'_>) -> Self {
        let all = RULES.iter().map(|kind| (kind.id, (kind.read)(reader)));
        Self(all.filter(|(_, rule)| !rule.keys().entries.is_empty()).collect())
    }

    /// Returns the active rules, each with its id.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &dyn Rule)> {
        self.0.iter().map(|(id, rule)| (*id, &**rule))
    }

    /// True if the rule with this `id` is active.
    pub fn has(&self, id: &str) -> bool {
        self.iter().any(|(known, _)| known == id)
    }

    /// Adds the keys of all active rules in canonical form.
    pub fn write(&self, table: &mut Table) {
        let keys = self.iter().flat_map(|(_, rule)| rule.keys().entries);
        table.entries.extend(keys);
    }
}

impl PartialEq for Rules {
    fn eq(&self, other: &Self) -> bool {
        self.iter().map(|(_, rule)| rule.keys()).eq(other.iter().map(|(_, rule)| rule.keys()))
    }
}
