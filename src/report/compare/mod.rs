//! Scenarios compared on common random numbers: what differs, how surely, and why.
//!
//! In: runs on the same random numbers. Out: [`Comparison`], written as JSON and shown as a screen and as Markdown. Not here: paired errors (`stats`), pictures
//! (`pictures`), running and files (`cli`).

mod build;
mod crossover;
mod document;
mod found;
mod headline;
mod incomes;

pub use crossover::CrossoverPart;
pub use document::{
    ALPHA, COMPARE_SCHEMA, CasePart, ChangePart, Comparison, DifferencePart, HeadlinePart,
    NotJudged, SidePart, StepPart, WhyPart,
};
pub use found::{Apart, Left};
pub use headline::{fewest_paths, may_lead};
pub use incomes::ComesIn;

#[cfg(test)]
mod tests;
