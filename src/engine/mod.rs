//! Plan to outcome: blocks of 256 paths through the phases of every month, on all cores.
//!
//! In: a plan. Out: an [`Outcome`] with the same bits for any number of threads. Not here: what a
//! stage does; the engine knows no kind.

mod block;
mod co_movement;
mod date;
mod limits;
mod memory;
pub mod outcome;
mod recorder;
mod replay;
mod run;
mod seen;
mod selling;

pub use block::{Block, World};
pub use co_movement::CoMovement;
pub use limits::{AgentMonths, Figure, Limits};
pub use memory::estimate as estimate_memory;
pub use outcome::{Column, ColumnId, Outcome, Series, SeriesId};
pub use replay::{Replay, ReplayedMonth, WorldMonth, replay};
pub use run::{Control, RunError, run};
pub use seen::{Odds, SeenLosses};
