//! Scenarios compared on common random numbers: what differs, how surely, and why.
//!
//! In: runs on the same random numbers. Out: [`Comparison`], written as JSON and shown as a screen, Markdown and pictures. Not here: paired errors (`stats`), running and files (`cli`).

mod build;
mod crossover;
mod document;
mod drawn;
mod found;
mod incomes;
mod notes;
mod plain;
mod screen;
mod view;

pub use build::{Comparing, Side, fewest_paths, may_lead};
pub use crossover::CrossoverPart;
pub use document::{
    ALPHA, COMPARE_SCHEMA, CasePart, ChangePart, Comparison, DifferencePart, HeadlinePart,
    NotJudged, SidePart, StepPart, WhyPart,
};
pub use found::{Apart, Left, Named};
pub use screen::{markdown, screen};

#[cfg(test)]
mod tests;
