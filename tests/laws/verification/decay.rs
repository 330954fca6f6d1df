//! Decay: at a rate δ a year leaves e^−δ of the value, whatever else happens to it.

use crate::common::{Ran, asset, close, head};
use crate::estimate::{holds, mean};
use tailwheel::record::{ASSET_VALUE, WEALTH};

fn decaying(horizon: &str, paths: u32, rate: f64, volatility: f64) -> Ran {
    let keys = format!(
        "roi = 0\nroi_law = \"point\"\nvolatility = {volatility:?}\ndecay = \"{} %/year\"",
        rate * 100.0
    );
    Ran::of(&(head(horizon, paths) + &asset("one", "micro-saas-fleet", 100.0, &keys)))
}

#[test]
fn a_year_of_decay_leaves_an_exponential_of_its_rate() {
    for rate in [0.0, 0.03, 0.23, 1.0, 5.0] {
        for (horizon, years) in [("1 month", 1.0 / 12.0), ("1 year", 1.0), ("7 years", 7.0)] {
            let run = decaying(horizon, 256, rate, 0.0);
            let exact = 100.0 * (-rate * years).exp();
            run.is_on_every_path(WEALTH, exact, 1e-12);
            run.is_on_every_path(ASSET_VALUE.of_object(0), exact, 1e-12);
            close("mean", run.measure("wealth.terminal.mean"), exact, 1e-12);
        }
    }
}

#[test]
fn decay_takes_the_same_share_of_every_path_of_a_volatile_value() {
    let fresh = decaying("5 years", 1_000, 0.0, 0.6);
    let aged = decaying("5 years", 1_000, 0.23, 0.6);
    let left = (-0.23 * 5.0_f64).exp();
    let wealth = |run: &Ran| run.column(WEALTH).to_vec();
    for (fresh, aged) in wealth(&fresh).iter().zip(wealth(&aged)) {
        close("what is left", aged / fresh, left, 1e-11);
    }
    let growth = |rate: f64| mean(decaying("1 year", 400_000, rate, 0.3).column(WEALTH));
    let exact = 100.0 * (-0.23_f64).exp();
    holds("mean after decay", exact, growth(0.23), growth(0.23 * 1.05));
}
