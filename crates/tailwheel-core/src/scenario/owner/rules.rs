//! Rules of the registry that an owner follows, such as rebalancing.
//!
//! In: the keys of `[owner]`. Out: [`Rules`]. Not here: the effect of a rule (`policy`).

use crate::form::{Reader, Table};
use crate::policy::{RULES, Rule};
use std::sync::Arc;

/// Rules that the owner follows, such as rebalancing, each with its id, in the order of [`RULES`].
#[derive(Clone, Debug, Default)]
pub struct Rules(Vec<(&'static str, Arc<dyn Rule>)>);

impl Rules {
    /// Reads the keys of all [`RULES`]; the owner follows the rules that have a key in the file.
    pub fn read(reader: &mut Reader<'_>) -> Self {
        let all = RULES.iter().map(|kind| (kind.id, (kind.read)(reader)));
        Self(all.filter(|(_, rule)| !rule.keys().entries.is_empty()).collect())
    }

    /// Returns the rules that the owner follows, such as rebalancing, each with its id.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &dyn Rule)> {
        self.0.iter().map(|(id, rule)| (*id, &**rule))
    }

    /// True if the owner follows the rule with this `id`.
    pub fn has(&self, id: &str) -> bool {
        self.iter().any(|(known, _)| known == id)
    }

    /// Adds the keys of all rules that the owner follows to `table`, in canonical form.
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
