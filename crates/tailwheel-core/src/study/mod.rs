//! Experiments: a scenario, and paired runs of others on common random numbers.
//!
//! In: scenarios, settings, the memory limit, stored results. Out: [`Run`]s. Not here: files and terminals
//! (`cli`), estimates (`stats`), how results are reported (`report`).
//!
//! `run` simulates one [`Job`]; `compare` simulates a base and paired runs; a batch is many jobs
//! under one [`Memory`] and one [`Store`].

mod absent_figures;
mod blocks;
mod bridge;
mod budget;
mod claim;
mod lab;
mod mechanisms;
mod pairs;
mod parts;
mod remark;
mod run;
mod sensitivity;
mod shard;
mod sides;
mod solve;
mod store;
mod terms;

pub use crate::plan::sustaining;
pub use absent_figures::never_there;
pub use bridge::{Bridge, MOST_PATHS, Step, bridge};
pub use budget::{Later, Memory, Share, TooLarge};
pub use claim::{ClaimedReturn, claim, claimed_wealth};
pub use lab::{Fault, Job, Lab, Progress, Task};
pub use mechanisms::{MECHANISMS, Mechanism};
pub use pairs::{EditStep, alike, alike_by, steps};
pub use parts::Pieces;
pub use remark::Remark;
pub use run::{
    Chosen, Run, data_by_path, data_of, measure_ids, paired, simulate, with_draws_of, worst_crash,
};
pub use sensitivity::{
    Assumption, Effects, End, Findings, MOVING, Moved, NotMoved, NotMovedWhy, Runs, Sensitivity, Workload,
    change_as_shown,
};
pub use shard::{NoShard, Shard, cost, shares};
pub use sides::{Candidate, NamedFile, NotCompared, Sides};
pub use solve::{Bound, Demand, GoalSeek, Outcome, Solved, Tried};
pub use store::{EntryKey, EntryKind, Store, kept};
pub use terms::{Terms, Unlike};
