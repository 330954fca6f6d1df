//! The rules of the registry that an owner follows.
//!
//! In: the keys of `[owner]`. Out: [`Rules`]. Not here: what a rule does (`policy`).

use crate::form::{Reader, Table};
use crate::policy::{RULES, Rule};
use std::sync::Arc;

/// Rules that are followed, in the order of the registry, with what they are called.
#[derive(Clone, Debug, Default)]
pub struct Rules(Vec<(&'static str, Arc<dyn Rule>)>);

impl Rules {
    /// Takes the keys of all rules; those that ask for nothing are not followed.
    pub fn read(reader: &mut Reader<'_>) -> Self {
        let all = RULES.iter().map(|kind| (kind.id, (kind.read)(reader)));
        Self(all.filter(|(_, rule)| !rule.keys().entries.is_empty()).collect())
    }

    /// What is followed, with what it is called.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &dyn Rule)> {
        self.0.iter().map(|(id, rule)| (*id, &**rule))
    }

    /// Whether the rule that is called `id` is followed.
    pub fn has(&self, id: &str) -> bool {
        self.iter().any(|(known, _)| known == id)
    }

    /// Adds their keys in canonical form.
    pub fn write(&self, table: &mut Table) {
        let keys = self.iter().flat_map(|(_, rule)| rule.keys().entries);
        table.entries.extend(keys);
    }
}

impl PartialEq for Rules {
    fn eq(&self, other: &Self) -> bool {
        let keys = |rules: &Self| -> Vec<Table> {
            let all = rules.iter();
            all.map(|(_, rule)| rule.keys()).collect()
        };
        keys(self) == keys(other)
    }
}
