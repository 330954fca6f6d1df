//! Default values for keys that a scenario leaves out: asset classes, loss events, countries of residence,
//! correlations and general keys. Each default has a range, a grade and sources.
//!
//! In: the TOML files beside this one, compiled into the program. Out: [`Class`], [`Entry`]. Not here:
//! reading a scenario (`scenario`), checking that a value fits its key (`form`).

pub mod claim;
mod class;
mod correlation;
mod entry;
mod event;
mod jurisdiction;
mod label;
mod magnitude;
mod source;
mod store;

#[cfg(test)]
mod tests;

pub use class::{Claimed, Class};
pub use correlation::{correlation, correlation_of_claims, correlation_of_same_class, pairs};
pub use entry::{Better, Bracket, CatalogValue, Entry, Grade, Shapes, SourceKind, Weighted};
pub use event::{ByDefault, EventKind, event_kind, event_kinds};
pub use jurisdiction::{Jurisdiction, Schedule, jurisdiction, jurisdictions};
pub use label::label;
pub use magnitude::magnitudes;
pub use source::{Source, source, sources};
pub use store::{class, classes, exchange, general, levels};

/// Currency of every amount in the catalog.
pub const CURRENCY: &str = "USD";
