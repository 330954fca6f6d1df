//! Scenarios side by side: what differs, how surely, and why.
//!
//! In: runs on the same random numbers. Out: [`Comparison`] as text, JSON, Markdown and a picture. Not here: paired errors and verdicts (`stats`), running and files (`cli`).

mod build;
mod crossover;
mod document;
mod found;
mod incomes;
mod pages;
mod sentences;

pub use build::{Comparing, Side, fewest_paths, may_lead};
pub use crossover::CrossoverPart;
pub use document::{
    ALPHA, COMPARE_SCHEMA, CasePart, ChangePart, Comparison, DifferencePart, HeadlinePart,
    SidePart, StepPart, WhyPart,
};
pub use found::{Apart, Left, Named};

#[cfg(test)]
mod tests;
