//! Claims about the numbers: laws, closed forms and independent programs that the simulator is held to.
#![allow(
    clippy::disallowed_methods,
    reason = "expected values come from the C library, not from what is tested"
)]

mod beside;
mod co_movement;
#[path = "../common/mod.rs"]
mod common;
mod coverage;
mod crash_laws;
mod crash_worlds;
mod determinism;
#[path = "../common/estimate.rs"]
mod estimate;
mod false_alarms;
mod managed;
mod random_numbers;
mod replay;
mod shared_markets;
mod study;
mod verification;
