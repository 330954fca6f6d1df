//! Experiments: a scenario, and others beside it on the same random numbers.
//!
//! In: scenarios, how to run them, how much memory there is, what was kept before. Out: [`Run`]s. Not
//! here: files and terminals (`cli`), how a figure is estimated (`stats`), what is said of it (`report`).
//!
//! `run` is one [`Point`]; `compare` a [`Base`] and others beside it; a batch is many points under one
//! [`Memory`] and one [`Store`]; a baseline is the scenario of then beside that of now.

mod baseline;
mod blocks;
mod bridge;
mod budget;
mod data;
mod lab;
mod mechanism;
mod pairs;
mod path;
mod run;
mod sensitivity;
mod sides;
mod steps;
mod store;

pub use baseline::{Again, again};
pub use bridge::{Bridge, MOST_PATHS, Step, bridge, claim};
pub use budget::{Later, Memory, Share, TooLarge};
pub use data::{data_by_path, data_of, price_levels};
pub use lab::{Fault, Lab, Point, Progress};
pub use mechanism::{MECHANISMS, Mechanism};
pub use pairs::{Attribution, Base};
pub use path::{Chosen, worst_crash};
pub use run::{Run, beside, simulate};
pub use sensitivity::{Effects, End, MOVING, Moved, Sensitivity, change_as_told, sensitivity};
pub use sides::{Candidate, Sides, Unlike, unlike};
pub use steps::{EditStep, steps};
pub use store::{Key, Kind, Store, kept};
