//! Faults in a document: what is wrong, where, by which rule, and what to write instead.
//!
//! In: findings of readers. Out: [`Diagnostic`], collected in [`Faults`]. Not here: layout (`render`).

use super::remedy::unit_of;
use super::{Place, SourceMap, Value, nearest, one_of};
use std::borrow::Cow;

/// One error in a document, with its source positions and proposals. Only this module and `render` decide its form.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Stable short code in the brackets of `error[…]`.
    pub code: &'static str,
    /// What is wrong. `title` adds the name of a scenario file that cannot be read.
    pub message: String,
    /// Underlined places; the first one is the place of the fault. Empty if the fault stands in no text.
    pub labels: Vec<Label>,
    pub notes: Vec<Note>,
    pub patch: Option<Patch>,
    /// Kind of the table in which an unknown key stands, such as `asset`; `None` for any other fault.
    pub table: Option<&'static str>,
}

/// An underlined part of a text, with a short remark.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub place: Place,
    pub text: String,
    /// True if it is underlined with `^` instead of `-`.
    pub primary: bool,
}

/// A line below the source excerpt: `= name: text`. The text of a note `drop` is a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub name: &'static str,
    pub text: String,
}

/// Name of the note that a file which extends another can drop a key. An option cannot, so the note is left out there.
const DROP: &str = "drop";

/// A replacement for a part of the text, shown as `write: …` unless the fault has a note of that name.
#[derive(Clone, Debug, PartialEq)]
pub struct Patch {
    pub place: Place,
    pub replacement: String,
    /// Further, less likely replacements.
    pub others: Vec<String>,
}

impl Patch {
    /// Returns all replacements, the likeliest first.
    pub fn replacements(&self) -> impl Iterator<Item = &str> {
        [&self.replacement].into_iter().chain(&self.others).map(String::as_str)
    }

    /// Returns the replacement that is `chosen`, else the first one in its unit, else the likeliest.
    pub fn like(&self, chosen: &str) -> &str {
        let is_in_unit = |one: &&str| unit_of(one) == unit_of(chosen);
        let same = self.replacements().find(|one| *one == chosen);
        same.or_else(|| self.replacements().find(is_in_unit)).unwrap_or(&self.replacement)
    }
}

impl Diagnostic {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            patch: None,
            table: None,
        }
    }

    /// Returns the message. If the scenario file itself cannot be read, its path `file` stands first.
    pub fn title(&self, file: &str) -> String {
        let is_unread = self.code == "file" && self.labels.is_empty();
        if is_unread { format!("{file}: {}", self.message) } else { self.message.clone() }
    }

    /// Creates the fault that `value` has the wrong type, such as a list; `message` names the type required.
    pub fn of_sort(message: impl Into<String>, value: &Value) -> Self {
        Self::new("type", message).at(value.place, format!("this is {}", value.sort()))
    }

    /// Underlines the place of the fault with the remark `text`, unless `place` is `None`.
    pub fn at(mut self, place: impl Into<Option<Place>>, text: impl Into<String>) -> Self {
        self.labels.extend(place.into().map(|place| Label { place, text: text.into(), primary: true }));
        self
    }

    /// Underlines another place that the fault refers to, with the remark `text`, unless `place` is `None`.
    pub fn and(mut self, place: impl Into<Option<Place>>, text: impl Into<String>) -> Self {
        self.labels.extend(place.into().map(|place| Label { place, text: text.into(), primary: false }));
        self
    }

    /// Adds the note `name: text` below the excerpt; an empty text adds none.
    pub fn note(mut self, name: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        let note = Some(text).filter(|text| !text.is_empty());
        self.notes.extend(note.map(|text| Note { name, text }));
        self
    }

    /// Adds the note `write`: the line to write instead.
    pub fn write(self, text: impl Into<String>) -> Self {
        self.note("write", text)
    }

    /// Adds the note `rule`: the rule that is violated.
    pub fn rule(self, text: impl Into<String>) -> Self {
        self.note("rule", text)
    }

    pub fn replace(mut self, place: impl Into<Option<Place>>, replacement: impl Into<String>) -> Self {
        self.patch =
            place.into().map(|place| Patch { place, replacement: replacement.into(), others: Vec::new() });
        self
    }

    /// Proposes several replacements, the likeliest first; none if the list is empty.
    pub fn replace_by(self, place: impl Into<Option<Place>>, replacements: Vec<String>) -> Self {
        let mut replacements = replacements.into_iter();
        let Some(first) = replacements.next() else { return self };
        let mut fault = self.replace(place, first);
        if let Some(patch) = &mut fault.patch {
            patch.others = replacements.collect();
        }
        fault
    }

    /// Completes a fault about an unknown `name`, written between `quotes`. Proposes the most similar of
    /// `known`, or else underlines it with `label` and lists the known names.
    pub fn unknown<'k>(
        self,
        name: &str,
        place: Option<Place>,
        quotes: &str,
        known: impl IntoIterator<Item = &'k str> + Clone,
        label: impl Into<String>,
    ) -> Self {
        let tick = if quotes.is_empty() { "`" } else { quotes };
        match nearest(name, known.clone()) {
            Some(near) => self
                .at(place, format!("did you mean {tick}{near}{tick}?"))
                .replace(place, format!("{quotes}{near}{quotes}")),
            None => self.at(place, label).note("known", one_of(known)),
        }
    }

    /// Notes as they are shown to the user.
    pub fn shown_notes(&self, sources: &SourceMap) -> impl Iterator<Item = Cow<'_, Note>> {
        let is_typed = self.place().is_some_and(|place| !sources.is_file(place.text));
        self.notes.iter().filter_map(move |note| match note.name {
            DROP if is_typed => None,
            DROP => {
                let text = format!("in a file that extends another: drop = [\"{}\"]", note.text);
                Some(Cow::Owned(Note { name: "or", text }))
            }
            _ => Some(Cow::Borrowed(note)),
        })
    }

    /// Source position of the fault; `None` if it stands in no text.
    pub fn place(&self) -> Option<Place> {
        self.labels.first().map(|label| label.place)
    }
}

/// List of faults in the order in which they were found, with a count of the work of reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    list: Vec<Diagnostic>,
    /// Number of all faults, including those that were not kept.
    count: usize,
    /// Steps of work: a measure of the time that reading takes, equal on every machine.
    n_steps: u64,
}

impl Extend<Diagnostic> for Faults {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, faults: I) {
        faults.into_iter().for_each(|fault| self.push(fault));
    }
}

impl Faults {
    /// Largest number of faults that are kept; a file with so many is no scenario.
    pub const MAX: usize = 1000;

    pub fn push(&mut self, fault: Diagnostic) {
        self.count += 1;
        if !self.is_full() {
            self.list.push(fault);
        }
    }

    /// Pushes `fault`, and returns `None` in place of the value that could not be read.
    pub fn refuse<T>(&mut self, fault: Diagnostic) -> Option<T> {
        self.push(fault);
        None
    }

    /// Returns the value of `found`; pushes its fault and returns `None` if it has one.
    pub fn accept<T>(&mut self, found: Result<T, impl Into<Box<Diagnostic>>>) -> Option<T> {
        found.map_err(|fault| self.push(*fault.into())).ok()
    }

    /// Adds steps to the measured cost of reading a document; reading one key is one step.
    pub fn count_steps(&mut self, n_steps: u64) {
        self.n_steps += n_steps;
    }

    pub fn n_steps(&self) -> u64 {
        self.n_steps
    }

    /// True if further faults would not be kept, so that reading can stop.
    pub fn is_full(&self) -> bool {
        self.list.len() >= Self::MAX
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Number of faults found, kept or not.
    pub fn len(&self) -> usize {
        self.count
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Removes all faults after the first `n`.
    pub fn truncate(&mut self, n: usize) {
        self.list.truncate(n);
        self.count = self.count.min(n);
    }

    /// Faults after the first `n`, so that a caller can add information.
    pub fn since_mut(&mut self, n: usize) -> &mut [Diagnostic] {
        let n = n.min(self.list.len());
        &mut self.list[n..]
    }

    /// Sorts faults by text and place; faults without a place come last.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|fault| (fault.place().is_none(), fault.place()));
        self.list
    }
}
