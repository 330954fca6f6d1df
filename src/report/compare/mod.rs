//! Comparison of scenarios on common random numbers: differences, verdicts, and the edits that cause them.
//!
//! In: runs on common random numbers. Out: [`Comparison`], as JSON, as a screen and as Markdown. Not here:
//! paired errors (`stats`), charts (`pictures`), running and files (`cli`).

mod build;
mod crossover;
mod document;
mod headline;

pub use build::{RunDifferences, RunResults};
pub use crossover::{ComesIn, CrossoverPart};
pub use document::{
    ALPHA, COMPARE_SCHEMA, CasePart, ChangePart, Comparison, DifferencePart, HeadlinePart, NotJudged,
    SidePart, StepPart, WhyPart,
};
pub use headline::{fewest_paths, may_lead};

#[cfg(test)]
mod tests;
