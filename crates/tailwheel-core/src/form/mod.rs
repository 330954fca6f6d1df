//! Conversion of the text of a file to checked values, or faults with a place.
//!
//! In: TOML text. Out: [`Value`] trees, typed parameters through [`Reader`], [`Diagnostic`]s, and the JSON
//! Schema and reference page from the same declarations. Not here: the keys of a scenario (`scenario`,
//! `asset`), file access (`cli`).
//!
//! Reading never stops at the first fault: it records the fault and continues with a placeholder. Only `toml`
//! uses the parsing crate.

mod at;
mod chance;
mod choice;
mod count;
mod date;
mod defaults;
mod diagnostic;
mod drawn;
mod fault;
mod field;
mod flow;
mod group;
pub mod json;
mod kind;
mod meaning;
mod merge;
mod number;
mod overlay;
mod path;
mod quantity;
mod range;
mod reader;
mod remedy;
mod render;
mod scalar;
mod schema;
mod section;
mod source;
mod suggest;
mod syntax;
mod text;
mod time;
mod toml;
mod typed;
mod unknown;
mod value;
mod words;
mod write;

pub use at::At;
pub use choice::{unknown_word, word_index, word_or_number};
pub use date::Day;
pub use defaults::{Default, Filled};
pub use diagnostic::{Diagnostic, Faults, Label, Note, Patch};
pub use drawn::{Drawn, Range, Ranged, refuse_draws_of_class};
pub(crate) use fault::fault;
pub use fault::listed;
pub use field::{Field, Parameter, Preset, Shape, Unit, key_name, under_key};
pub use flow::per_month;
pub use group::{Group, Keys, read_inline};
pub use kind::Kind;
#[cfg(test)]
pub use kind::keep_what_they_promise;
pub use merge::{drop_entries, merge};
pub use overlay::{Assignment, assign, is_in_braces, overlay};
pub use path::{path_of, under};
pub use quantity::{QuantityRange, leading_number, whole_number};
pub use range::{rate_ends, share_ends, tax_ends};
pub use reader::Reader;
pub use remedy::{Meant, ends_typed, illustrated, numbers_typed, ranges_meant};
pub use render::{Colour, patched_line, render};
pub use scalar::{Currency, keep, read_text, text_of};
pub use schema::schema;
pub use section::Section;
pub use source::{Place, SET, SourceMap, TextId};
pub use suggest::{nearest, one_of};
pub use text::{capital, noun, shortened, uncapital};
pub use toml::{parse, parse_value};
pub use value::{Data, KeyValue, Spelled, Table, Value};
pub use words::{planned, removed};
pub use write::{document, key, written};
