//! Files of parts: where they are, which run they are of, what is wrong with them.
//!
//! In: folders, scenarios that were read. Out: files that were opened, differences between runs. Not here: the bytes
//! of a file (`engine`), simulating one (`part`), merging them (`merge`).

mod file;
mod find;
mod identity;

pub(super) use file::{note_of, open, remove, write};
pub(super) use find::{Found, find};
pub(super) use identity::{Identity, Written};
