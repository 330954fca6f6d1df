//! Reads the table of one section with its defaults.
//!
//! In: the document, the name of a section. Out: its keys, or its table. Not here: which sections exist,
//! their meaning.

use super::super::defaults::Defaults;
use super::super::setting::{Frame, Setting};
use super::super::tables::table_of;
use super::Sections;
use crate::catalog;
use crate::form::{Group, Place, Reader, Table};

impl<'a> Sections<'a> {
    /// Reads the section of the file that `S` stands for, and checks it against the tables in `frame`.
    pub fn setting<S: Setting>(&mut self, frame: &Frame) -> S {
        let mut setting: S = self.section(S::KEY, &[]);
        setting.settle(frame, self.faults);
        setting
    }

    /// Reads the section `name`. Absent keys, or all of an absent section, have the defaults `own` or general ones.
    pub(super) fn section<G: Group>(&mut self, name: &'static str, own: &'static [catalog::Entry]) -> G {
        self.section_by(G::take, name, own)
    }

    /// Reads the section `name` with the function `take`. Absent keys have the defaults `own` or general ones.
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
        let mut reader = Reader::new(table.unwrap_or(&empty), place, name, self.faults).over(defaults.list());
        if table.is_none() {
            reader = reader.absent_section();
        }
        let group = take(&mut reader);
        let unread = reader.unread();
        let used = reader.finish();
        self.unread.extend(unread);
        if table.is_none() && (entry.is_some() || self.unread.contains(&name)) {
            // A section that is no table or misspelled has been reported; its missing keys are not.
            self.faults.truncate(before);
            self.unread.push(name);
        }
        self.filled_in.extend(defaults.filled_in(used));
        group
    }

    /// Returns a section that may be absent, with its place; pushes a fault if it is no table.
    pub(super) fn optional(&mut self, name: &str) -> Option<(&'a Table, Option<Place>)> {
        let entry = self.document.get(name)?;
        let table = table_of(entry, name, self.faults)?;
        Some((table, entry.value.place.or(entry.place)))
    }
}
