//! A mix that returns what it does, and an edge over it that is smaller than in past data and fades.

use crate::common::{Ran, asset, head, scenario};
use crate::estimate::{central_moment, holds, mean};
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

/// Opening value.
const VALUE: f64 = 100.0;

/// A portfolio that keeps what it earns.
fn portfolio(months: u32, paths: u32, keys: &str) -> String {
    let keys = format!("model = \"mechanism\"\nvolatility = 0\n{keys}");
    head(&format!("{months} months"), paths) + &asset("one", "ai-managed-portfolio", VALUE, &keys)
}

#[test]
fn a_known_promise_follows_its_closed_form_whatever_part_is_paid_out() {
    for (roi, share, half_life) in [(0.18, 0.0, 36.0), (0.02, 0.8, 6.0), (0.30, 1.0, 60.0)] {
        let keys = format!(
            "roi = {roi:?}\nroi_law = \"point\"\nincome_share = {share:?}\nedge_half_life = \"{half_life} months\""
        );
        let base = 0.06 - 0.0075;
        let month =
            |t: u32| (base + 0.74 * (roi - base) * 0.5_f64.powf(f64::from(t) / half_life)) / 12.0;
        for months in [1, 12, 120] {
            let grown: f64 = (0..months).map(|t| 1.0 + month(t)).product();
            let run = Ran::of(&portfolio(months, 256, &keys));
            run.is_on_every_path(WEALTH, VALUE * grown, 1e-11);
            let left = Ran::of(&(portfolio(months, 256, &keys) + "[owner]\nsurplus = \"keep\"\n"));
            let price: f64 = (0..months)
                .map(|t| 1.0 + (1.0 - share) * month(t))
                .product();
            left.is_on_every_path(ASSET_VALUE.of_object(0), VALUE * price, 1e-11);
        }
        let first = Ran::of(&portfolio(1, 256, &keys));
        first.is_on_every_path(INCOME_TERMINAL, VALUE * share * month(0), 1e-11);
    }
}

#[test]
fn past_data_promise_what_the_first_month_keeps_three_quarters_of() {
    let keys =
        |kept: f64| format!("roi = \"10-30 %\"\nroi_law = \"uniform\"\nedge_kept = {kept:?}");
    let gains = |kept: f64| -> Vec<f64> {
        let run = Ran::of(&portfolio(1, 200_000, &keys(kept)));
        let wealth = run.column(WEALTH);
        wealth
            .iter()
            .map(|wealth| 12.0 * (wealth / VALUE - 1.0))
            .collect()
    };
    let (base, sample, other) = (0.0525, gains(0.74), gains(0.777));
    let exact = base + 0.74 * (0.20 - base);
    holds(
        "mean of the first month",
        exact,
        mean(&sample),
        mean(&other),
    );
    let exact = (0.74_f64 * 0.20).powi(2) / 12.0;
    let variance = |sample: &[f64]| central_moment(sample, 2);
    holds("its variance", exact, variance(&sample), variance(&other));
}

#[test]
fn an_edge_that_is_kept_and_does_not_fade_returns_what_past_data_promise() {
    let of = |keys: &str| {
        let text = portfolio(24, 1, &format!("roi = 0.18\nroi_law = \"point\"\n{keys}"));
        scenario(&text).assets[0].kind.clone()
    };
    let whole = of("edge_kept = 1\nedge_half_life = \"1200 months\"");
    for month in &whole.expected(2) {
        assert!((12.0 * (month.growth + month.income - 1.0) - 0.18).abs() < 1e-3);
    }
    assert!(of("").noiseless(24) < whole.noiseless(24));
}
