//! The tables of a file as the schema and the reference page see them.
//!
//! In: declarations. Out: [`Section`]. Not here: reading them (`Reader`).

use super::Field;

/// A table of the file, or an array of them.
pub struct Section {
    /// Empty for the top of the file.
    pub key: &'static str,
    pub doc: &'static str,
    pub is_array: bool,
    /// Whether a file can do without, whatever keys it asks for where it stands.
    pub is_optional: bool,
    /// Whether the file itself names the keys; the only field says what stands under each.
    pub names_its_keys: bool,
    /// Keys under a heading each; the heading is empty for the first.
    pub groups: Vec<(String, &'static [Field])>,
}

impl Section {
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.groups.iter().flat_map(|(_, fields)| fields.iter())
    }

    /// How the file begins it: `[run]`, `[[asset]]`.
    pub fn header(&self) -> String {
        match self.is_array {
            true => format!("[[{}]]", self.key),
            false => format!("[{}]", self.key),
        }
    }
}
