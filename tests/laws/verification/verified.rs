//! `tailwheel verify` on all its paths: closed forms of whole scenarios, samplers and estimators.

use tailwheel::stage::Level;
use tailwheel::verify::{LIMIT, Scope, verify};

/// Power by the rule of a pass: a figure that is 5 % off fails, a share of one path in 300 that is 10 % off.
#[test]
#[ignore = "slow: part of .ci/run"]
fn the_full_verification_passes_and_sees_figures_that_are_5_percent_off() {
    let mut faults = Vec::new();
    verify(Scope::Full, Level::detect(), &mut |check| {
        let std_error = (check.found - check.expected).abs() / check.z;
        let part = if check.expected < 0.003 { 0.1 } else { 0.05 };
        let off = part * check.expected.abs();
        let has_power = !check.is_sampled() || check.expected == 0.0 || off > LIMIT * std_error;
        if !check.passes() || !has_power {
            faults.push(check);
        }
    });
    assert!(faults.is_empty(), "{faults:#?}");
}
