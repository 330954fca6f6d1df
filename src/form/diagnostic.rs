//! A fault in a document: what is wrong, where, by which rule, and what to write instead.
//!
//! In: findings of readers. Out: [`Diagnostic`], collected in [`Faults`]. Not here: layout (`render`).

use super::{Place, Value, nearest, one_of};

/// One fault. The token draws, the kind speaks: only here and in `render` is its form decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Stable short word in the brackets of `error[…]`.
    pub code: &'static str,
    pub message: String,
    /// The first one is the place of the fault; none for what stands in no text.
    pub labels: Vec<Label>,
    pub notes: Vec<Note>,
    pub patch: Option<Patch>,
}

/// An underlined stretch and what is said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub place: Place,
    pub text: String,
    /// Drawn with `^` rather than `-`.
    pub primary: bool,
}

/// A line below the excerpt: `= name: text`.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub name: &'static str,
    pub text: String,
}

/// What to put in place of a stretch; shown as `write: …` when no such note was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Patch {
    pub place: Place,
    pub replacement: String,
    /// What else may have been meant, less likely.
    pub others: Vec<String>,
}

impl Diagnostic {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), labels: Vec::new(), notes: Vec::new(), patch: None }
    }

    /// A value of another sort than `message` asks for.
    pub fn of_sort(message: impl Into<String>, value: &Value) -> Self {
        Self::new("type", message).at(value.place, format!("this is {}", value.sort()))
    }

    /// Underlines the place of the fault; does nothing for what stands in no text.
    pub fn at(mut self, place: impl Into<Option<Place>>, text: impl Into<String>) -> Self {
        self.labels.extend(place.into().map(|place| Label {
            place,
            text: text.into(),
            primary: true,
        }));
        self
    }

    /// Underlines something that the fault refers to.
    pub fn and(mut self, place: impl Into<Option<Place>>, text: impl Into<String>) -> Self {
        self.labels.extend(place.into().map(|place| Label {
            place,
            text: text.into(),
            primary: false,
        }));
        self
    }

    /// Of an empty list there is nothing to say.
    pub fn note(mut self, name: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        let note = Some(text).filter(|text| !text.is_empty());
        self.notes.extend(note.map(|text| Note { name, text }));
        self
    }

    /// What to write instead.
    pub fn write(self, text: impl Into<String>) -> Self {
        self.note("write", text)
    }

    /// What always holds.
    pub fn rule(self, text: impl Into<String>) -> Self {
        self.note("rule", text)
    }

    pub fn replace(
        mut self,
        place: impl Into<Option<Place>>,
        replacement: impl Into<String>,
    ) -> Self {
        self.patch = place.into().map(|place| Patch {
            place,
            replacement: replacement.into(),
            others: Vec::new(),
        });
        self
    }

    /// One of several replacements, the likeliest first.
    pub fn replace_by(self, place: impl Into<Option<Place>>, replacements: Vec<String>) -> Self {
        let mut replacements = replacements.into_iter();
        let Some(first) = replacements.next() else {
            return self;
        };
        let mut fault = self.replace(place, first);
        if let Some(patch) = &mut fault.patch {
            patch.others = replacements.collect();
        }
        fault
    }

    /// About a name between `quotes` that is none of `known`: with the nearest one, else with `label` and
    /// what there is.
    pub fn unknown<'k>(
        self,
        (name, place): (&str, Option<Place>),
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

    /// Where the fault is.
    pub fn place(&self) -> Option<Place> {
        self.labels.first().map(|label| label.place)
    }
}

/// Faults in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    list: Vec<Diagnostic>,
    /// With those that were not kept, so that comparing counts always tells whether something was wrong.
    count: usize,
    /// How much was looked at: a measure of the time that reading takes, the same on every machine.
    n_steps: u64,
}

impl Faults {
    /// Faults beyond this are not kept: a file with that many is no scenario.
    pub const MAX: usize = 1000;

    pub fn push(&mut self, fault: Diagnostic) {
        self.count += 1;
        if !self.is_full() {
            self.list.push(fault);
        }
    }

    /// Counts what reading costs: a key that is taken is one step.
    pub fn count_steps(&mut self, n_steps: u64) {
        self.n_steps += n_steps;
    }

    pub fn n_steps(&self) -> u64 {
        self.n_steps
    }

    /// Whether looking further would find nothing that is kept.
    pub fn is_full(&self) -> bool {
        self.list.len() >= Self::MAX
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many were found, kept or not.
    pub fn len(&self) -> usize {
        self.count
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Forgets the faults found since there were `n`.
    pub fn truncate(&mut self, n: usize) {
        self.list.truncate(n);
        self.count = self.count.min(n);
    }

    /// The faults found since there were `n`, to add what only the caller knows.
    pub fn since_mut(&mut self, n: usize) -> &mut [Diagnostic] {
        let n = n.min(self.list.len());
        &mut self.list[n..]
    }

    /// In the order of the texts and of the lines; what stands nowhere comes last.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|fault| (fault.place().is_none(), fault.place()));
        self.list
    }
}
