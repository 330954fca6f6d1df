//! Shipped recipes of four crashes, and markets in which there is nothing to crash.

use crate::common::{Ran, asset, close, head};
use tailwheel::record::{MAX_DRAWDOWN, REAL_WEALTH, SELLING_MONTHS, WEALTH};

/// Deepest fall of a recipe, which is the same on every path.
fn deepest_fall(text: &str) -> f64 {
    let run = Ran::of(text);
    let falls = run.column(MAX_DRAWDOWN);
    run.is_on_every_path(MAX_DRAWDOWN, falls[0], 1e-12);
    falls[0]
}

/// The recipe falls by 1 − e^(−(x + c)), which is `printed` per cent to one decimal.
fn falls_as_printed(text: &str, printed: &str, x: f64, c: f64) {
    let fall = deepest_fall(text);
    assert_eq!(format!("{:.1}", 100.0 * fall), printed);
    close(printed, fall, 1.0 - (-(x + c)).exp(), 1e-9);
}

/// c = κ α φ with κ = −ln(1 − d)/0.1.
fn full_impact(agent_share: f64, impact_of_10_percent: f64, sell_fraction: f64) -> f64 {
    -(1.0 - impact_of_10_percent).ln() / 0.1 * agent_share * sell_fraction
}

fn log_loss(loss: f64) -> f64 {
    -(1.0 - loss).ln()
}

#[test]
fn recipes_fall_as_far_as_they_say() {
    let altcoins = include_str!("../../../scenarios/recipe-oct-2025-altcoins.toml");
    falls_as_printed(altcoins, "46.5", log_loss(0.0488), full_impact(0.6, 0.2, 0.43));
    let bitcoin = include_str!("../../../scenarios/recipe-oct-2025-bitcoin.toml");
    falls_as_printed(bitcoin, "12.5", log_loss(0.0198), full_impact(0.25, 0.1, 0.43));
    let emini = include_str!("../../../scenarios/recipe-may-2010-emini.toml");
    falls_as_printed(emini, "6.1", log_loss(0.00995), full_impact(0.2, 0.06, 0.43));
    let luna = include_str!("../../../scenarios/recipe-luna-2022.toml");
    falls_as_printed(luna, "99.3", log_loss(0.0198), full_impact(0.9, 0.5, 0.8));
}

#[test]
fn recipes_would_notice_a_number_that_is_five_per_cent_off() {
    let altcoins = include_str!("../../../scenarios/recipe-oct-2025-altcoins.toml");
    for (from, to) in [
        ("agent_share          = 0.60", "agent_share = 0.63"),
        ("impact_of_10_percent = 0.20", "impact_of_10_percent = 0.21"),
        ("sell_fraction = 0.43", "sell_fraction = 0.4515"),
    ] {
        assert!(altcoins.contains(from));
        let fall = deepest_fall(&altcoins.replace(from, to));
        assert_ne!(format!("{:.1}", 100.0 * fall), "46.5", "{to}");
    }
}

#[test]
fn what_came_back_within_minutes_is_back_at_the_end_and_what_stays_is_gone() {
    let emini = Ran::of(include_str!("../../../scenarios/recipe-may-2010-emini.toml"));
    let first_push = 100_000.0 * (1.0 - 0.00995);
    emini.is_on_every_path(WEALTH, first_push, 1e-6);
    let luna = include_str!("../../../scenarios/recipe-luna-2022.toml");
    let left = 100_000.0 * (1.0 - deepest_fall(luna));
    Ran::of(luna).is_on_every_path(WEALTH, left, 1e-9);
}

/// Three holdings and agents with narrow limits, of which `keys` say how the holdings move.
fn market(keys: &str) -> String {
    let keys = format!("roi = \"5-9 %\"\nroi_basis = \"net\"\n{keys}");
    head("5 years", 512)
        + &asset("a", "defi-yield-aggregator", 1e5, &keys)
        + &asset("b", "synthetic-media-royalties", 1e5, &keys)
        + &asset("c", "tokenized-real-estate", 1e5, &keys)
        + "[crisis]\nbegins = \"3 %/month\"\nlasts = \"5 months\"\n\
           [crash]\nmodels = { one = 0.6, two = 0.4 }\nlockstep = 1\nband = 0.02\nspread = 0.03\n\
           trigger = 0.05\nhallucination = { rate = 0 }\n"
}

#[test]
fn a_market_without_shocks_is_quiet() {
    let run = Ran::of(&market("volatility = 0"));
    run.is_on_every_path(SELLING_MONTHS, 0.0, 0.0);
    let twin = run.column(REAL_WEALTH.without_feedback());
    assert_eq!(run.column(REAL_WEALTH), twin);
    // power: the same agents are not quiet where prices move
    assert!(Ran::of(&market("volatility = 0.3")).measure("loop.selling_months.per_year") > 0.5);
}
