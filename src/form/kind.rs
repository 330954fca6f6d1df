//! What a registry knows about one of its entries.
//!
//! In: a `const` next to each kind. Out: [`Kind`]. Not here: the registries (`asset`, …).

use super::{Field, Reader};
use std::sync::Arc;

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
