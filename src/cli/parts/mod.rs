//! Files of parts: where they are, which run they are of, what is wrong with them.
//!
//! In: paths, scenarios that were read. Out: files that were opened, differences between runs. Not here: the bytes
//! of a file (`engine`), simulating one (`part`), merging them (`merge`).

mod file;
mod find;
mod identity;

pub(super) use file::{note_of, open, remedy, remove, write, write_opened};
pub(super) use find::{Found, find, is_part};
pub(super) use identity::{Identity, Written};
