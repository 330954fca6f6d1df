//! tailwheel: Monte Carlo risk and return of automated income.
//!
//! A scenario file says what is owned and what was claimed for it; the engine simulates thousands
//! of paths month by month; the report says what the claim turns into, how one loses, and how well
//! each figure is known. `docs/architecture.md` draws the way through the modules; each of them
//! may use only those listed before it.

#![deny(unsafe_code)]

pub mod asset;
pub mod book;
pub mod catalog;
pub mod chart;
pub mod cli;
pub mod crash;
pub mod engine;
pub mod figure;
pub mod form;
pub mod market;
pub mod math;
pub mod plan;
pub mod policy;
pub mod random;
pub mod record;
pub mod report;
pub mod scenario;
pub mod stage;
pub mod stats;
pub mod units;
