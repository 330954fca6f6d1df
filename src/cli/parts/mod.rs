//! Files of the parts of runs: finds, opens and writes them, and identifies the run of each.
//!
//! In: paths, scenarios that were read. Out: opened files, differences between runs. Not here: the format of
//! a file (`engine`), simulating a part (`part`), merging parts (`merge`).

mod file;
mod find;
mod identity;

pub(super) use file::{note_of, open, remedy, write, write_opened};
pub(super) use find::{Found, find, is_part};
pub(super) use identity::{Identity, Written};
