//! Tables of a file, as the schema and the reference page describe them.
//!
//! In: declarations. Out: [`Section`]. Not here: reading the tables (`Reader`).

use super::Field;

/// A table of the file, or an array of tables.
pub struct Section {
    /// Name of the table; empty for the top of the file.
    pub key: &'static str,
    pub doc: &'static str,
    pub is_array: bool,
    /// True if a file may leave the table out, even if it has required keys.
    pub is_optional: bool,
    /// True if the keys are names chosen in the file; the only field then describes each value.
    pub names_its_keys: bool,
    /// Groups of keys, each under a heading; the first heading is empty.
    pub groups: Vec<(String, &'static [Field])>,
}

impl Section {
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.groups.iter().flat_map(|(_, fields)| fields.iter())
    }

    /// Header of the table in the file: `[run]`, `[[asset]]`.
    pub fn header(&self) -> String {
        match self.is_array {
            true => format!("[[{}]]", self.key),
            false => format!("[{}]", self.key),
        }
    }
}
