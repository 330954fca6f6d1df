//! Access to a value of a table that another part of the program reads.
//!
//! In: a [`Reader`], a key. Out: its value. Not here: faults, which the other part reports (`reader`).

use super::{Faults, Field, Parameter, Reader};

impl Reader<'_> {
    /// Returns the value of a key that another part reads; `None` if it is absent or cannot be read.
    pub fn glance<T: Parameter>(&self, key: &'static str) -> Option<T> {
        let field = Field::bare(key, T::UNIT);
        let entry = self.table.get(key)?;
        T::read(&entry.value, &field, &mut Faults::default())
    }
}
