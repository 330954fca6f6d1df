//! Simulator and statistics of tailwheel: Monte Carlo risk and return of automated income.
//!
//! A scenario file describes assets, markets, agents, loss events and an owner. The engine simulates thousands of paths
//! month by month; the statistics state each figure with its error. Each module may use only those listed before it:
//!
//! ```text
//! units math random form book stage market crash asset event policy record catalog scenario plan engine stats study
//! ```
//!
//! ```
//! use tailwheel_core::stats::{estimate_at, LEVEL};
//! use tailwheel_core::{Control, Scenario, simulate};
//!
//! let scenario: Scenario = r#"
//!     start = "2027-01"
//!     horizon = "10 years"
//!     currency = "USD"
//!     [run]
//!     seed = 7
//!     paths = 1_000
//!     [[asset]]
//!     name = "defi"
//!     class = "defi-yield-aggregator"
//!     value = 50_000
//!     roi = "18-28 %"
//! "#
//! .parse()?;
//! let run = simulate(&scenario, &Control::default())?;
//! let loss = estimate_at(&run.data(), "loss.probability", LEVEL).ok_or("no such measure")??;
//! assert!(loss.value > 0.0 && loss.value < 1.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Reports, charts and the command line are in the crate `tailwheel`, which exports this one too.

#![deny(unsafe_code)]

pub mod asset;
pub mod book;
pub mod catalog;
pub mod crash;
pub mod engine;
pub mod event;
pub mod form;
pub mod market;
pub mod math;
pub mod plan;
pub mod policy;
pub mod random;
pub mod record;
pub mod scenario;
pub mod stage;
pub mod stats;
pub mod study;
pub mod units;

pub use engine::Control;
pub use scenario::Scenario;
pub use study::simulate;
