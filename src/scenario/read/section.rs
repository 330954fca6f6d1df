//! The table of one section, read over its defaults.
//!
//! In: the document, the name of a section. Out: its keys, or its table. Not here: which sections there are, what they mean.

use super::super::defaults::Defaults;
use super::super::tables::table_of;
use super::Sections;
use crate::catalog;
use crate::form::{Group, Place, Reader, Table};

impl<'a> Sections<'a> {
    /// The table of a section over its `own` defaults; an empty one if it is absent or no table.
    pub(super) fn section<G: Group>(
        &mut self,
        name: &'static str,
        own: &'static [catalog::Entry],
    ) -> G {
        self.section_by(G::take, name, own)
    }

    /// The same, read by `take`.
    pub(super) fn section_by<G>(
        &mut self,
        take: impl FnOnce(&mut Reader<'_>) -> G,
        name: &'static str,
        own: &'static [catalog::Entry],
    ) -> G {
        let defaults = Defaults::new(own, name);
        let empty = Table::default();
        let entry = self.document.get(name);
        let table = entry.and_then(|entry| table_of(entry, name, self.faults));
        let place = entry.map_or(self.top, |entry| entry.value.place.or(entry.place));
        let before = self.faults.len();
        let mut reader =
            Reader::new(table.unwrap_or(&empty), place, name, self.faults).over(&defaults.list);
        if table.is_none() {
            reader = reader.absent_section();
        }
        let group = take(&mut reader);
        let unread = reader.unread();
        let used = reader.finish();
        self.unread.extend(unread);
        if table.is_none() && (entry.is_some() || self.unread.contains(&name)) {
            // That the section is no table, or has another name, was said; what it therefore lacks would be noise.
            self.faults.truncate(before);
            self.unread.push(name);
        }
        self.filled_in.extend(defaults.filled_in(used));
        group
    }

    /// A section that may be absent, and its place.
    pub(super) fn optional(&mut self, name: &str) -> Option<(&'a Table, Option<Place>)> {
        let entry = self.document.get(name)?;
        let table = table_of(entry, name, self.faults)?;
        Some((table, entry.value.place.or(entry.place)))
    }
}
