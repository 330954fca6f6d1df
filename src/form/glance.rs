//! A value of a table that somebody else takes, for who needs it too.
//!
//! In: a [`Reader`], a key. Out: what stands there. Not here: faults, which are those of who takes it
//! (`reader`).

use super::{Faults, Field, Parameter, Reader};

impl Reader<'_> {
    /// What stands under a key that somebody else takes; `None` if it is not there or cannot be read.
    pub fn glance<T: Parameter>(&self, key: &'static str) -> Option<T> {
        let field = Field::bare(key, T::UNIT);
        let entry = self.table.get(key)?;
        T::read(&entry.value, &field, &mut Faults::default())
    }
}
