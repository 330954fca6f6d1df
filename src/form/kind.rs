//! What a registry knows about one of its entries.
//!
//! In: a `const` next to each kind. Out: [`Kind`]. Not here: the registries (`asset`, …).

use super::{Field, Reader};
use std::sync::Arc;

#[cfg(test)]
use super::{Faults, SourceMap, Table, document, parse};

/// One kind of `T`: from this value come reading, did-you-mean, reference and schema.
pub struct Kind<T: ?Sized> {
    /// What the file says.
    pub id: &'static str,
    pub doc: &'static str,
    /// The kind's keys in a table that reads without a fault.
    pub example: &'static str,
    pub fields: &'static [Field],
    /// Takes the kind's keys; records faults and goes on with placeholders.
    pub read: fn(&mut Reader<'_>) -> Arc<T>,
}

/// Holds a registry to what it promises: every kind has an id of its own, documents every key, and reads its
/// example and its own canonical form.
#[cfg(test)]
pub fn keep_what_they_promise<T: ?Sized>(kinds: &[Kind<T>], keys: impl Fn(&T) -> Table) {
    for (index, kind) in kinds.iter().enumerate() {
        let is_alone = kinds[..index].iter().all(|other| other.id != kind.id);
        assert!(is_alone, "{} stands twice", kind.id);
        for field in kind.fields {
            assert!(field.said().ends_with('.'), "{}: {}", kind.id, field.key);
        }
        let (one, faults) = kind.read_alone(kind.example);
        assert!(faults.is_empty(), "{}: {faults:?}", kind.id);
        let (again, faults) = kind.read_alone(&document(&keys(&one)));
        assert!(faults.is_empty(), "{}: {faults:?}", kind.id);
        assert_eq!(keys(&one), keys(&again));
    }
}

#[cfg(test)]
impl<T: ?Sized> Kind<T> {
    /// What `text` says, if it has the keys of this kind alone.
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
