//! Entry of a registry: one kind of asset, event, rule or process.
//!
//! In: a `const` next to each kind. Out: [`Kind`]. Not here: the registries (`asset`, …).

use super::{Field, Reader};
use std::sync::Arc;

#[cfg(test)]
use super::{Faults, SourceMap, Table, document, parse};

/// One kind of `T`, such as of assets: the source of reading, spelling proposals, reference and schema.
pub struct Kind<T: ?Sized> {
    /// Word that selects this kind (of asset, event or rule) in a file.
    pub id: &'static str,
    pub doc: &'static str,
    /// Keys of the kind as TOML that reads without faults.
    pub example: &'static str,
    pub fields: &'static [Field],
    /// Reads the kind's keys; records faults and uses placeholders for unreadable values.
    pub read: fn(&mut Reader<'_>) -> Arc<T>,
}

/// Asserts that a registry is consistent: ids are unique, and each kind reads its example and its canonical form.
#[cfg(test)]
pub fn keep_what_they_promise<T: ?Sized>(kinds: &[Kind<T>], keys: impl Fn(&T) -> Table) {
    for (index, kind) in kinds.iter().enumerate() {
        let is_alone = kinds[..index].iter().all(|other| other.id != kind.id);
        assert!(is_alone, "{} stands twice", kind.id);
        let (one, faults) = kind.read_alone(kind.example);
        assert!(faults.is_empty(), "{}: {faults:?}", kind.id);
        let (again, faults) = kind.read_alone(&document(&keys(&one)));
        assert!(faults.is_empty(), "{}: {faults:?}", kind.id);
        assert_eq!(keys(&one), keys(&again));
    }
}

#[cfg(test)]
impl<T: ?Sized> Kind<T> {
    pub fn read_alone(&self, text: &str) -> (Arc<T>, Faults) {
        let mut sources = SourceMap::default();
        let id = sources.add(self.id, text);
        let mut faults = Faults::default();
        let table = parse(&sources, id, &mut faults);
        let mut reader = Reader::new(&table, None, "", &mut faults);
        let one = (self.read)(&mut reader);
        reader.finish();
        (one, faults)
    }
}
