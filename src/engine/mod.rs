//! Plan to outcome: blocks of paths through the phases of every month.

pub mod outcome;
