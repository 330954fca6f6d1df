//! Units of a fleet that differ in size for good: no mean moves, and the spread is that of units that are followed one by one.

use crate::common::{Ran, asset, head};
use crate::estimate::{by_batches, central_moment, holds, mean};
use crate::verification::laws::Noise;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL};

const VALUE: f64 = 1200.0;

/// A fleet of 12 units whose sizes spread by `spread`, without an owner.
fn fleet(spread: f64, months: u32, keys: &str) -> Ran {
    let keys = format!(
        "model = \"mechanism\"\nroi = \"480 %\"\nroi_law = \"point\"\nvolatility = 0\nunits = 12\nunit_income_log_sd = 0\n\
         unit_size_log_sd = {spread:?}\n{keys}"
    );
    let text = head(&format!("{months} months"), 40_000) + &asset("fleet", "micro-saas-fleet", VALUE, &keys);
    Ran::of(&text)
}

/// All that can happen to units, a model that collapses among it.
const LIVELY: &str = "algorithm_half_life = \"10 months\"\nshutdown = 0.3\naudit = \"3 h/week\"\nuplift = \"2 %/year\"\n\
                      agent_model = \"m\"\n[[event]]\nname = \"collapse\"\nkind = \"model-collapse\"\nagent_model = \"m\"\n\
                      rate = \"1/year\"\nseverity = \"30 %\"";

#[test]
fn sizes_change_no_mean() {
    for months in [1, 6, 24, 60] {
        let [one, other] = [0.0, 2.4].map(|spread| fleet(spread, months, LIVELY));
        for column in [ASSET_VALUE.of_object(0), INCOME_TERMINAL] {
            let both = one.column(column).iter().zip(other.column(column));
            let more: Vec<f64> = both.map(|(one, other)| other - one).collect();
            let more = mean(&more);
            assert!(more.value.abs() <= 4.0 * more.std_error + 1e-9, "{months} months: {more:?}");
        }
    }
}

/// `E Σ p²` of 12 lognormal sizes that are divided by their sum, by drawing them.
fn concentration(spread: f64) -> f64 {
    let mut noise = Noise::new("sizes");
    let shares = |_| {
        let sizes: [f64; 12] = std::array::from_fn(|_| (spread * noise.normal()).exp());
        let sum: f64 = sizes.iter().sum();
        sizes.iter().map(|size| (size / sum).powi(2)).sum::<f64>()
    };
    (0..200_000).map(shares).sum::<f64>() / 200_000.0
}

/// Units that close by themselves with chance 1 − p until then are left with a part of variance p(1 − p)·E Σ p_i².
#[test]
fn what_is_left_varies_as_units_that_are_followed_one_by_one() {
    let keys = "algorithm_half_life = \"never\"\nshutdown = 0.5\naudit = 0";
    let left = (-0.5_f64 * 2.0).exp();
    let power = |spread| -> Vec<f64> {
        fleet(spread, 24, keys).column(ASSET_VALUE.of_object(0)).iter().map(|value| value / VALUE).collect()
    };
    let variance = |sample: &[f64]| by_batches(sample, |part| central_moment(part, 2).value);
    for spread in [1.0, 1.55, 2.4] {
        let found = power(spread);
        let exact = left * (1.0 - left) * concentration(spread);
        let more: Vec<f64> = found.iter().map(|left| 1.05 * left).collect();
        holds("what is left", left, mean(&found), mean(&more));
        holds("its variance", exact, variance(&found), variance(&power(spread * 1.15)));
    }
}

#[test]
fn a_fleet_that_hangs_on_few_units_has_worse_bad_paths() {
    let worst =
        [0.0, 1.0, 2.4].map(|spread| fleet(spread, 60, "shutdown = 0.23").measure("wealth.terminal.p05"));
    assert!(worst[0] > worst[1] && worst[1] > worst[2], "{worst:?}");
}
