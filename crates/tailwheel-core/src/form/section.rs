//! Tables of a file, as the schema and the reference page describe them.
//!
//! In: declarations. Out: [`Section`]. Not here: reading the tables (`Reader`).

use super::text::one_line;
use super::{Field, Group};

/// A table of the file, or an array of tables.
#[derive(Clone, Debug)]
pub struct Section {
    /// Name of the table; empty for the top of the file.
    pub key: &'static str,
    pub doc: String,
    pub is_array: bool,
    /// True if a file may leave the table out, even if it has required keys.
    pub is_optional: bool,
    /// True if the keys are names chosen in the file; the only field then describes each value.
    pub names_its_keys: bool,
    /// True for a table that makes several scenarios (cases) of a file or judges their results, and is part of none.
    pub is_of_study: bool,
    /// Groups of keys, each under a heading; the first heading is empty.
    pub groups: Vec<(String, &'static [Field])>,
}

impl Section {
    /// Describes a table that every file has, by `doc`, with its keys in groups.
    pub fn of(key: &'static str, doc: &str, groups: Vec<(String, &'static [Field])>) -> Self {
        Self {
            key,
            doc: one_line(doc),
            is_array: false,
            is_optional: false,
            names_its_keys: false,
            is_of_study: false,
            groups,
        }
    }

    /// Describes a table that every file has, with the keys of `G`.
    pub fn table<G: Group>(key: &'static str) -> Self {
        Self::of(key, G::DOC, vec![(String::new(), G::FIELDS)])
    }

    /// Describes a table that a file may leave out, with the keys of `G`.
    pub fn optional<G: Group>(key: &'static str) -> Self {
        Self { is_optional: true, ..Self::table::<G>(key) }
    }

    /// Describes a list of tables with the keys of `G`, which may be empty.
    pub fn array<G: Group>(key: &'static str) -> Self {
        Self { is_array: true, ..Self::optional::<G>(key) }
    }

    /// Describes a list of tables with the keys of `G` that make several scenarios (cases) of a file or judge them.
    pub fn of_study<G: Group>(key: &'static str) -> Self {
        Self { is_of_study: true, ..Self::array::<G>(key) }
    }

    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.groups.iter().flat_map(|(_, fields)| fields.iter())
    }

    /// Header of the table in the file: `[run]`, `[[asset]]`.
    pub fn header(&self) -> String {
        if self.is_array { format!("[[{}]]", self.key) } else { format!("[{}]", self.key) }
    }
}
