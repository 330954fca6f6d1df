//! Simulation of a plan: blocks of 256 paths through the phases of every month, on all cores.
//!
//! In: a plan. Out: an [`Outcome`] with the same bits for any number of threads. Not here: what a stage does;
//! the engine knows no kind of asset.

mod co_movement;
mod control;
mod date;
mod exposure;
mod footprint;
mod months;
pub mod outcome;
mod part;
mod planned_columns;
mod recorder;
mod replay;
mod run;
mod track;
mod worker;

/// Results version: it rises when the same scenario and seed give different figures.
pub const VALUE_VERSION: u32 = 3;

pub use crate::plan::{Block, World, n_blocks};
pub use co_movement::CoMovement;
pub use control::{Control, RunError};
pub use date::FAN_PATHS;
pub use exposure::{Odds, TriggerExposure, trigger_exposure};
pub use footprint::{estimate as estimate_memory, estimate_part, n_columns};
pub use outcome::{Column, Outcome, Series};
pub use part::{
    Failure, Foreign, Joined, NotJoined, Opened, Origin, Part, PartHead, RandomAccess, Unusable, head_of,
};
pub use replay::{Replay, ReplayedMonth, WorldMonth, replay};
pub use run::{run, run_blocks};
