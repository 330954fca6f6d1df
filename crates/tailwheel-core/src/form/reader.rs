//! Reader of the parameters of one table, with the defaults of its class.
//!
//! In: a [`Table`], defaults, declarations. Out: values; faults for wrong, missing or unknown keys; the
//! defaults that were used. Not here: rules between several keys (`scenario`, `asset`).

use super::defaults::{Default, Filled};
use super::drawn::{Range, explain_range, is_fixed};
use super::field::{Field, Parameter, Preset, under_key};
use super::text::noun;
use super::toml::preset;
use super::unknown::KnownKeys;
use super::words::planned;
use super::write::written;
use super::{Diagnostic, Faults, KeyValue, Place, Spelled, Table, Value, fault};

/// Reader of one table. It never fails: it records faults and returns placeholders.
pub struct Reader<'a> {
    table: &'a Table,
    place: Option<Place>,
    /// Kind of table, such as `asset`; together with a key it is a topic that `tailwheel explain` describes.
    section: &'static str,
    /// Path of the table, such as `asset.saas`.
    path: String,
    /// Noun for this table in messages: "asset `saas`".
    noun: String,
    defaults: &'a [Default],
    explains: bool,
    is_in_file: bool,
    assumes_defaults: bool,
    faults: &'a mut Faults,
    known: KnownKeys,
    faulty: Vec<&'static str>,
    /// Faults of missing keys, held back until misspelled keys are known.
    missing: Vec<(&'static str, Diagnostic)>,
    filled: Vec<Filled>,
    ranges: Vec<Range>,
    fixed: Vec<String>,
}

impl<'a> Reader<'a> {
    /// Returns a reader. `place` is the start of the table; `section` is empty for the top of the file.
    pub fn new(
        table: &'a Table,
        place: Option<Place>,
        section: &'static str,
        faults: &'a mut Faults,
    ) -> Self {
        let mut reader = Self::inline(table, place, section, faults);
        reader.noun = match section {
            "" => "the scenario".to_owned(),
            section => format!("[{section}]"),
        };
        reader.explains = true;
        reader
    }

    /// Returns a reader of the inline table under `key`; the outer reader adds references to `tailwheel explain`.
    pub fn inline(table: &'a Table, place: Option<Place>, key: &'static str, faults: &'a mut Faults) -> Self {
        Self {
            table,
            place,
            section: key,
            path: key.to_owned(),
            noun: format!("`{key}`"),
            explains: false,
            defaults: &[],
            is_in_file: true,
            assumes_defaults: false,
            faults,
            known: KnownKeys::default(),
            faulty: Vec::new(),
            missing: Vec::new(),
            filled: Vec::new(),
            ranges: Vec::new(),
            fixed: Vec::new(),
        }
    }

    /// Names the table as one of several: `sort` is their noun, and the text under `key` is this one's name.
    pub fn one_of(self, sort: &str, key: &str) -> Self {
        let label = self.table.text(key).unwrap_or_default();
        let path = format!("{}.{label}", self.section);
        self.named(path, noun(sort, label))
    }

    /// Sets the path and the noun of one of several tables.
    pub fn named(mut self, path: String, noun: String) -> Self {
        self.path = path;
        self.noun = noun;
        self
    }

    /// Marks the section as missing in the file, so that an example of a missing key names it.
    pub fn absent_section(mut self) -> Self {
        self.is_in_file = false;
        self
    }

    /// Assumes from now on that every key has a default, because the class could not be read.
    pub fn assume_defaults(&mut self) {
        self.assumes_defaults = true;
    }

    /// Sets the catalog's defaults for the keys of the table.
    pub fn over(mut self, defaults: &'a [Default]) -> Self {
        self.defaults = defaults;
        self
    }

    /// Declares a key that the caller reads itself, and returns its entry; `None` if it is absent.
    pub fn raw(&mut self, key: &'static str) -> Option<&'a KeyValue> {
        self.known.keys.push(key);
        self.table.get(key)
    }

    /// Reads the parameter `field`, or its default; else pushes a fault and returns a placeholder.
    pub fn take<T: Parameter>(&mut self, field: &'static Field) -> T {
        self.known.declare(field);
        self.faults.count_steps(1);
        let before = self.faults.len();
        let value = match self.table.get(field.key) {
            Some(entry) => {
                let read = T::read(&entry.value, field, self.faults);
                match &read {
                    None => explain_range(&entry.value, field, self.faults.since_mut(before)),
                    Some(read) => {
                        self.note_ranges(read.ranges(), field);
                        let is_fixed = |default: &Default| is_fixed(read, default, field);
                        self.note_fixed(field, &is_fixed);
                    }
                }
                read
            }
            None => self.absent(field),
        };
        self.explain(before, field);
        value.unwrap_or_else(|| {
            self.faulty.push(field.key);
            T::default()
        })
    }

    fn absent<T: Parameter>(&mut self, field: &'static Field) -> Option<T> {
        if let Preset::Is(text) = field.preset {
            return T::read(&*preset(text)?, field, self.faults);
        }
        if let (Preset::Class, Some(index)) = (field.preset, self.default(field.key)) {
            return self.filled(field, index);
        }
        let absent = T::absent();
        if absent.is_none() && !(field.preset == Preset::Class && self.assumes_defaults) {
            self.miss(field);
        }
        absent
    }

    /// Holds back the fault that `field` is missing until [`Reader::finish`].
    fn miss(&mut self, field: &'static Field) {
        let fault = fault!("missing", "{} has no `{}`", self.noun, field.key;
            self.place => "`{}` is needed here", field.key; such_as: "{}", self.example(field);
            rule: "`{}`: {}", field.key, first_sentence(&field.said()));
        self.missing.push((field.key, fault.note("more", self.more(field).unwrap_or_default())));
    }

    /// Index in `defaults` of the first default of `key` that applies to this table; `None` without one.
    fn default(&self, key: &str) -> Option<usize> {
        self.defaults.iter().position(|default| {
            default.key == key && !default.with.as_ref().is_some_and(|with| self.says(with))
        })
    }

    fn filled<T: Parameter>(&mut self, field: &'static Field, index: usize) -> Option<T> {
        let (value, range) = self.default_value(index, T::following)?;
        let read = T::read(&value, field, self.faults);
        let spread = |range| T::read(&value, field, &mut Faults::default())?.spread(range, field);
        let drawn = range.and_then(spread);
        self.note_filled(field, &value, index, drawn.is_some());
        drawn.or(read)
    }

    /// Returns the value of default number `index`: that of another key if it follows one, converted by `following`,
    /// else the catalog's, with its range. `None` if the other key has a fault, which was reported there.
    fn default_value(
        &self,
        index: usize,
        following: fn(&Value) -> Value,
    ) -> Option<(Value, Option<&'a [Value; 2]>)> {
        let default = &self.defaults[index];
        let followed = default.follows.as_deref();
        if followed.is_some_and(|followed| self.faulty.contains(&followed)) {
            return None;
        }
        Some(match followed.and_then(|followed| self.table.get(followed)) {
            Some(entry) => (following(&entry.value), None),
            None => (default.value.clone(), default.range.as_ref()),
        })
    }

    fn note_filled(&mut self, field: &'static Field, value: &Value, default: usize, is_drawn: bool) {
        let path = format!("{}.{}", self.path, field.key);
        self.filled.push(Filled { path, value: written(value), default, is_drawn });
    }

    fn note_ranges(&mut self, ranges: Vec<(String, Vec<Value>)>, field: &'static Field) {
        let ranges = under_key(field.key, ranges);
        self.ranges.extend(ranges.map(|(key, range)| Range::of(&self.path, &key, range)));
    }

    /// Records the key if it is a single number while its default is a range, which `is_fixed` finds out.
    fn note_fixed(&mut self, field: &'static Field, is_fixed: &dyn Fn(&Default) -> bool) {
        let default = self.defaults.iter().find(|default| default.key == field.key);
        if default.is_some_and(is_fixed) {
            self.fixed.push(format!("{}.{}", self.path, field.key));
        }
    }

    /// Paths of keys that are set to a single number in this table although their defaults are ranges.
    pub fn fixed(&self) -> &[String] {
        &self.fixed
    }

    /// Ranges among the values of the table that were read so far.
    pub fn ranges(&self) -> &[Range] {
        &self.ranges
    }

    /// Removes the record that the default of `key` was used.
    pub fn forget(&mut self, key: &str) {
        let path = format!("{}.{key}", self.path);
        self.filled.retain(|filled| filled.path != path);
    }

    /// Adds a reference to `tailwheel explain`, which describes `field`, to the faults after the first `before`.
    fn explain(&mut self, before: usize, field: &Field) {
        let Some(more) = self.more(field) else { return };
        for fault in self.faults.since_mut(before) {
            if !fault.notes.iter().any(|note| note.name == "more") {
                let said = fault.clone().note("more", more.as_str());
                *fault = said;
            }
        }
    }

    fn more(&self, field: &Field) -> Option<String> {
        self.explains.then(|| match self.section {
            "" => format!("tailwheel explain {}", field.key),
            section => format!("tailwheel explain {section}.{}", field.key),
        })
    }

    /// Returns a line that supplies `field`, with its section if that is missing in the file.
    fn example(&self, field: &Field) -> String {
        if self.is_in_file { field.example() } else { format!("{}.{}", self.section, field.example()) }
    }

    /// Returns the text under `key`, empty if it could not be read, with its source position or that of the table.
    pub fn spelled(&self, key: &str) -> Spelled {
        let entry = self.table.get(key).filter(|_| self.sound(&[key]));
        let text = entry.and_then(|entry| entry.value.as_text());
        Spelled { text: text.unwrap_or_default().to_owned(), place: self.place_of(key) }
    }

    /// Noun of this table in messages: "asset `saas`".
    pub fn noun(&self) -> &str {
        &self.noun
    }

    /// Returns the kind of this table, such as `asset`.
    pub fn section(&self) -> &'static str {
        self.section
    }

    /// True if all of these keys were read without a fault, so that a rule may judge them.
    pub fn sound(&self, keys: &[&str]) -> bool {
        !keys.iter().any(|key| self.faulty.contains(key))
    }

    /// Returns the source position of the value of `key`, else that of the table; `None` if both are unknown.
    pub fn place_of(&self, key: &str) -> Option<Place> {
        self.table.get(key).and_then(|entry| entry.value.place).or(self.place)
    }

    /// True if the file itself contains `key`.
    pub fn says(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// True if `key` has been declared as a key of this table.
    pub fn knows(&self, key: &str) -> bool {
        self.known.has(key)
    }

    /// Records a fault, such as the violation of a rule.
    pub fn push(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// Returns the absent keys that the unknown keys of the table probably mean.
    pub fn misspelled(&self) -> Vec<&'static str> {
        let unknown = self.unknown().take(Faults::MAX);
        let absent = |key: &&str| self.table.get(key).is_none();
        let planned = |entry: &KeyValue| self.planned(entry).is_some();
        unknown
            .filter(|entry| !planned(entry))
            .filter_map(|entry| self.known.meant(entry))
            .filter(absent)
            .collect()
    }

    /// Returns the keys that could not be read or are probably misspelled.
    pub fn unread(&self) -> Vec<&'static str> {
        [self.faulty.clone(), self.misspelled()].concat()
    }

    /// Reads the value of a key whose faults another reader reports; `None` if it is absent or unreadable.
    pub fn glance<T: Parameter>(&self, key: &'static str) -> Option<T> {
        let field = Field::bare::<T>(key);
        T::read(&self.table.get(key)?.value, &field, &mut Faults::default())
    }

    /// Records that the default of `key` has the same value on all paths, although the catalog has a range for it.
    pub fn fix_default(&mut self, key: &str) {
        let path = format!("{}.{key}", self.path);
        if let Some(filled) = self.filled.iter_mut().find(|filled| filled.path == path) {
            filled.is_drawn = false;
        }
    }

    /// Text of a help note: `key` may be left out, which a variant of a scenario does with `drop`.
    pub fn without(&self, key: &str) -> String {
        format!("or no `{key}`; a variant says drop = [\"{}.{key}\"]", self.path)
    }

    /// Drops the fault that `key` is missing, because another key is the cause.
    pub fn excuse(&mut self, key: &str) {
        self.missing.retain(|(missing, _)| *missing != key);
    }

    fn unknown(&self) -> impl Iterator<Item = &'a KeyValue> {
        self.table.entries.iter().filter(|entry| !self.known.has(&entry.key))
    }

    fn planned(&self, entry: &KeyValue) -> Option<Diagnostic> {
        planned(self.section, &entry.key)
    }

    /// Reports unknown and missing keys and returns the defaults that were used. A misspelled key is reported
    /// once, not as a missing key too.
    pub fn finish(self) -> Vec<Filled> {
        let misspelled = self.misspelled();
        let mut found: Vec<Diagnostic> = Vec::new();
        for entry in self.unknown().take(Faults::MAX) {
            found.push(match self.planned(entry) {
                Some(fault) => fault.at(entry.place, "unknown key"),
                None => Diagnostic {
                    table: Some(self.section),
                    ..self.known.unknown_key(entry, self.table, &self.noun)
                },
            });
        }
        let missing = self.missing.into_iter().filter(|(key, _)| !misspelled.contains(key));
        for fault in missing.map(|(_, fault)| fault).chain(found) {
            self.faults.push(fault);
        }
        self.filled
    }
}

fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.')
}
