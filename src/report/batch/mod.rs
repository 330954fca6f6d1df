//! Many scenarios in one report: gates, what changed against a baseline, what could not be read.
//!
//! In: results of single scenarios. Out: [`BatchReport`]. Not here: simulating them, files (`cli`).

mod answer;
pub mod baseline;
mod conclusion;
mod document;
mod gate;
mod gate_text;
mod lines;
mod measures;
mod number;
mod results;
#[cfg(test)]
mod samples;

pub use answer::{HEADLINE, headline};
pub use conclusion::{Conclusion, Standing};
pub use document::{
    AgainstPart, Answer, BATCH_SCHEMA, BatchReport, CasePart, ChangePart, EditPart, FaultPart,
    GatePart, GateVerdict, NotePart, PlacePart, State,
};
pub use gate::{Wish, confidence_of_look};
pub use lines::LineFault;
pub use measures::check_measures;
