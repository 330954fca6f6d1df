//! tailwheel: Monte Carlo simulation of the risk and return of automated income.
//!
//! A scenario file lists the assets that an owner holds and the return claimed for each. The engine simulates
//! thousands of paths month by month. The report shows the outcome behind the claim, the causes of loss, and
//! the error of each figure. `docs/architecture.md` draws the flow through the modules. A module may use only
//! those listed before it there.
//!
//! ```
//! use tailwheel::{Control, Report, Scenario, simulate};
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
//! let report = Report::from(&run);
//! let loss = &report.measures["loss.probability"];
//! let [low, high] = loss.interval.ok_or("these paths cannot tell")?;
//! assert!(low < loss.value && loss.value < high);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `examples/` has two programs: a single run, and two edits compared on common random numbers.

#![deny(unsafe_code)]

pub mod chart;
pub mod cli;
pub mod figure;
pub mod page;
pub mod report;
pub mod verify;

pub use report::Report;
pub use tailwheel_core::{
    Control, Scenario, asset, book, catalog, crash, engine, event, form, market, math, plan, policy, random,
    record, scenario, simulate, stage, stats, study, units,
};
