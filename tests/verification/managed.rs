//! A mix that returns what it does, and an edge over it that is smaller than in past data and fades.

use crate::common::{Ran, asset, close, head, scenario};
use crate::estimate::{central_moment, holds, mean};
use crate::is_replayed_and_conserved;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, STATE, WEALTH};

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

/// A mix of which all return stays in it, that falls in months 1, 2, … by what `falls` say.
fn falling(falls: &[f64], keys: &str) -> String {
    let keys = format!("roi = 0.16\nroi_law = \"point\"\nincome_share = 0\n{keys}");
    let shock = |(month, loss): (usize, &f64)| {
        format!(
            "[[shock]]\nat = \"2027-{:02}\"\nmarket = \"one\"\nloss = {loss:?}\n",
            month + 1
        )
    };
    let shocks: String = falls.iter().enumerate().map(shock).collect();
    portfolio(falls.len() as u32, 256, &keys) + "[economy]\ncash_rate = \"3 %/year\"\n" + &shocks
}

#[test]
fn a_target_leaves_in_the_market_what_the_falls_of_the_months_before_allow() {
    let falls = [0.0, 0.12, 0.03, 0.2, 0.0, 0.0, 0.05, 0.0];
    let (target, half_life, cash) = (0.15_f64, 2.0, 1.03_f64.powf(1.0 / 12.0) - 1.0);
    let keys =
        format!("volatility_target = {target:?}\nvolatility_half_life = \"{half_life} months\"");
    let text = falling(&falls, &keys);
    let (fee, base) = (0.0075 / 12.0, (0.06 - 0.0075) / 12.0);
    let kept = 0.5_f64.powf(1.0 / half_life);
    let (mut value, mut variance, mut invested) = (VALUE, 0.0, 1.0);
    for (month, fall) in (0..).zip(falls) {
        let edge = 0.74 * (0.16 / 12.0 - base) * 0.5_f64.powf(f64::from(month) / 36.0);
        let returned = invested * (base + fee + edge) + (1.0 - invested) * cash - fee;
        value *= (1.0 + returned) * (1.0 - invested * fall);
        variance = kept * variance + (1.0 - kept) * 12.0 * fall * fall;
        invested = (target / variance.sqrt()).min(1.0);
    }
    let run = Ran::of(&text);
    run.is_on_every_path(ASSET_VALUE.of_object(0), value, 1e-12);
    let state = STATE.of_object(scenario(&text).state_number());
    run.is_on_every_path(state, invested, 1e-12);
    assert!(invested < 0.9, "{invested}");
}

#[test]
fn in_its_first_month_it_has_what_the_known_volatility_allows() {
    let of = |keys: &str| {
        let keys = format!("roi = 0\nroi_law = \"point\"\nmix_return = 0\nmanager_fee = 0\n{keys}");
        let text = head("1 months", 4096)
            + &asset(
                "one",
                "ai-managed-portfolio",
                VALUE,
                &format!("model = \"mechanism\"\nvolatility = 0.4\n{keys}"),
            )
            + "[economy]\ncash_rate = 0\n";
        Ran::of(&text)
    };
    let (whole, part) = (of(""), of("volatility_target = 0.1"));
    for (path, wealth) in part.column(WEALTH).iter().enumerate() {
        let exact = 0.75 * VALUE + 0.25 * whole.column(WEALTH)[path];
        close("wealth", *wealth, exact, 1e-12);
    }
    // a target that nothing reaches changes nothing
    let idle = of("volatility_target = \"400 %\"");
    for (path, wealth) in idle.column(WEALTH).iter().enumerate() {
        close("wealth", *wealth, whole.column(WEALTH)[path], 1e-12);
    }
}

#[test]
fn what_lies_aside_is_no_part_of_forced_sales_and_all_money_is_there() {
    let keys = "roi = 0.16\nroi_law = \"point\"\nincome_share = 0.5\nvolatility_target = 0.1";
    let rest =
        "[crisis]\n[crash]\nmodels = { a = 0.7, b = 0.3 }\n[owner]\nsurplus = \"reinvest\"\n";
    let text = portfolio(36, 1024, keys).replace("volatility = 0\n", "volatility = 0.9\n") + rest;
    let run = Ran::of(&text);
    assert!(run.column(WEALTH).iter().all(|wealth| *wealth > 0.0));
    is_replayed_and_conserved(&text);
}
