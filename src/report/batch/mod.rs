//! Many scenarios in one report: gates, what changed against a baseline, what could not be read.
//!
//! In: results of single scenarios. Out: [`BatchReport`]. Not here: simulating them, files (`cli`).

mod document;
mod fault;

pub use document::{
    AgainstPart, Answer, BATCH_SCHEMA, BatchReport, CasePart, ChangePart, EditPart, FaultPart,
    GatePart, GateVerdict, NotePart, PlacePart, State,
};
