//! Statistics of a run: turns the engine's outcome into estimates, each with its error.
//!
//! In: an outcome and the meaning of its amounts. Out: [`MeasureResult`] measures. Not here: printing (`report`), the
//! simulation of a path (`engine`).
//!
//! Losses are positive. A quantile is the order statistic ⌈np⌉. Ruined paths stay in every distribution.

mod absent;
mod basis;
mod bounded;
mod causes;
mod change;
mod clearly_above;
pub mod co_movement;
mod data;
mod difference;
mod estimate;
mod evaluate;
pub mod exact;
pub mod guard;
mod incomes;
mod influence;
mod law;
mod lens;
mod meant_measure;
mod measure;
pub mod moments;
pub mod probability;
pub mod quantile;
mod reference;
mod sample;
mod sampling;
mod skewed;
mod source;
mod statistic;
pub mod tail;
mod unseen;
mod value;
mod verdict;
mod with_loss;
mod worst;
mod worst_mean;

pub use absent::Absent;
pub use basis::{Basis, Reach};
pub use clearly_above::clearly_above;
pub use co_movement::CoMoved;
pub use data::{Data, ERROR_PATHS, Unusable};
pub use difference::{Difference, difference, differences, is_paired};
pub use estimate::{Estimate, HALF_WIDTH, LEVEL, Note, half_width};
pub use evaluate::evaluate;
pub use incomes::{Incomes, MeanIncome, mean_at};
pub use lens::as_shown;
pub use meant_measure::{Meant, meant};
pub use measure::{Measure, MeasureResult};
pub use reference::{MEASURES, estimate_at, label_of, look_up, quantities_of, unit_of};
pub use sample::{Sample, Unsortable};
pub use sampling::Sampling;
pub use value::{Error, Value};
pub use verdict::{Verdict, holm};

pub use crate::record::{Better, Scope, Unit};

#[cfg(test)]
pub(crate) mod tests;
