//! What holds for any valid scenario, whatever it says.

#![allow(clippy::disallowed_methods, reason = "the limits of a scenario are worked out with the C library")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/outputs.rs"]
mod outputs;

mod agents;
mod audit;
mod events;
mod fleets;
mod mechanisms;
mod portfolio;

use audit::{Audit, owed};
use common::{bits, column, control, report, scenario};
use events::Events;
use portfolio::{Owner, portfolio, small, text, text_in};
use proptest::prelude::*;
use tailwheel::engine::{Block, Outcome, RunError, run};
use tailwheel::page::Form;
use tailwheel::plan::Plan;
use tailwheel::record::{ASSET_VALUE, TrackId, declared};
use tailwheel::stage::Level;

/// Runs `text`; a number that left the range is a result like any other.
fn try_outcome(text: &str) -> Result<Outcome, RunError> {
    run(&Plan::compile(&scenario(text)), &control(Level::detect()))
}

/// So many cases, or as many as `PROPTEST_CASES` says.
fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig {
        cases: asked.map_or(cases, |asked| asked.parse().expect("a number of cases")),
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn books_balance_hold_nothing_below_zero_and_owe_what_is_late(portfolio in portfolio()) {
        let plan = Plan::compile(&scenario(&text(&portfolio, 1.0)));
        let mut block = Block::new(&plan);
        let mut audit = Audit::new(&plan);
        let mut owed = owed(&plan, &portfolio);
        block.open(&plan, Level::detect(), 0);
        prop_assert!(audit.imbalance(&block) < 1e-9);
        for month in 1..=portfolio.months {
            block.advance(&plan, Level::detect());
            let imbalance = audit.imbalance(&block);
            if !audit.is_finite() {
                break; // the engine refuses such a run
            }
            prop_assert!(imbalance < 1e-9, "month {month}: {imbalance:e}");
            let least = audit.least(&plan, &block);
            prop_assert!(least.0 >= -1e-9, "month {month}, {}: {} of all that moved", least.1, least.0);
            for one in &mut owed {
                one.advance(&block);
                let away = one.farthest(&block, &audit.moved, (portfolio.owner.is_some(), month == portfolio.months));
                prop_assert!(away <= 1e-9, "month {month}, {}: {away:e} off what the last months earned", one.asset);
            }
        }
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn any_valid_scenario_has_a_finite_report_or_names_where_it_is_not(portfolio in portfolio()) {
        let scenario = scenario(&text(&portfolio, 1.0));
        let plan = Plan::compile(&scenario);
        let outcome = match run(&plan, &control(Level::detect())) {
            Ok(outcome) => outcome,
            Err(RunError::NotFinite { path, month, .. }) => {
                prop_assert!(path < u64::from(portfolio.paths), "path {path}");
                prop_assert!((1..=portfolio.months).contains(&month), "month {month}");
                return Ok(());
            }
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        };
        let report = report(&scenario, &outcome);
        for (id, measure) in &report.measures {
            // one path has no deviation
            let is_undefined = portfolio.paths == 1 && id.ends_with(".sd");
            prop_assert!(is_undefined || measure.value.is_finite(), "{id}: {}", measure.value);
            prop_assert!(measure.std_error.is_none_or(f64::is_finite), "error of {id}");
            let ends = measure.interval.unwrap_or_default();
            prop_assert!(ends[0].is_finite() && ends[1].is_finite() && ends[0] <= ends[1], "{id}: {ends:?}");
        }
        let value = |id: &str| report.measures[id].value;
        prop_assert!(value("expected_shortfall.95") >= value("value_at_risk.95"));
        prop_assert!(value("expected_shortfall.99") >= value("value_at_risk.99"));
        prop_assert!(value("value_at_risk.99") >= value("value_at_risk.95"));
        let is_clipped = report.warnings.iter().any(|warning| warning.id == "series-clipped");
        for (name, series) in &report.series {
            prop_assert!(series.real.mean.iter().all(|mean| mean.is_finite()), "mean of {name}");
            let levels = ["p05", "p25", "p50", "p75", "p95"].map(|level| &series.real.quantiles[level]);
            for date in 0..series.real.mean.len() {
                let quantiles = levels.map(|level| level[date].unwrap_or(f64::NAN));
                // what a series cannot hold, above or below, is no number, and a warning says so
                let mut held = quantiles.split(|quantile| quantile.is_nan()).filter(|run| !run.is_empty());
                let (run, other) = (held.next().unwrap_or_default(), held.next());
                prop_assert!(run.len() == levels.len() || is_clipped, "{name} at {date}: {quantiles:?}");
                prop_assert!(other.is_none(), "{name} at {date}: {quantiles:?}");
                prop_assert!(run.iter().all(|quantile| quantile.is_finite()) && run.is_sorted(), "{name} at {date}: {quantiles:?}");
            }
        }
        // the histogram of the last date against the exact order statistic, where it has bins
        let exact = value("wealth.terminal.real.p50");
        let drawn = report.series["wealth"].real.quantiles["p50"].last().copied().flatten().unwrap_or(f64::NAN);
        if (1e-9..1e19).contains(&exact) {
            prop_assert!((drawn / exact - 1.0).abs() <= 1.0 / 256.0, "{drawn} for {exact}");
        }
        prop_assert!(outputs::json(&tailwheel::report::to_json(&report)).is_object() && report.screen(Form::default()).n_lines() > 3);
    }

    #[test]
    fn a_quarter_of_all_money_is_a_quarter_of_every_result(portfolio in portfolio()) {
        let mut portfolio = portfolio;
        for asset in &mut portfolio.assets {
            // the catalog's costs of what earns its way are amounts of their own
            asset.mechanism = None;
        }
        let [Ok(whole), Ok(quarter)] = [1.0, 0.25].map(|scale| try_outcome(&text(&portfolio, scale))) else {
            return Ok(());
        };
        let is_money = |id: TrackId| {
            let mut of = declared().filter(|(own, _)| own.quantity() == id.quantity());
            of.any(|(_, measure)| measure.unit.is_money())
        };
        // near the smallest numbers bits are lost, and with them the returns
        let years = f64::from(portfolio.months) / 12.0;
        let fades = |owner: &Owner| owner.cash > 0.0 && years * portfolio.cash_rate.ln_1p() < -300.0;
        if portfolio.owner.as_ref().is_some_and(fades) {
            return Ok(());
        }
        for (index, asset) in (0..).zip(&portfolio.assets) {
            let faded = |run| column(run, ASSET_VALUE.of_object(index)).iter().any(|value| *value < 1e-150);
            if asset.value > 0.0 && faded(&whole) {
                return Ok(());
            }
        }
        for (large, small) in whole.columns.iter().zip(&quarter.columns) {
            let factor = if is_money(large.id) { 0.25 } else { 1.0 };
            for (a, b) in large.values.all().iter().zip(small.values.all().iter()) {
                // a power of two: not a bit may differ
                prop_assert_eq!((a * factor).to_bits(), b.to_bits(), "{:?}", small.id);
            }
        }
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn the_order_of_the_assets_means_nothing(portfolio in small(), turn in 0_usize..6) {
        let n = portfolio.assets.len();
        let mut order: Vec<usize> = (0..n).collect();
        order.rotate_left(turn % n);
        if turn % 2 == 1 {
            order.reverse();
        }
        let straight = try_outcome(&text(&portfolio, 1.0)).map(|outcome| bits(&outcome));
        let turned = try_outcome(&text_in(&portfolio, 1.0, &order)).map(|outcome| bits(&outcome));
        prop_assert_eq!(straight, turned);
    }

    #[test]
    fn a_scenario_survives_its_canonical_form(portfolio in portfolio()) {
        let document = scenario(&text(&portfolio, 1.0)).canonical_document();
        prop_assert_eq!(scenario(&document).canonical_document(), document);
    }

    #[test]
    fn an_asset_added_to_a_market_of_several_changes_no_other_path(portfolio in portfolio()) {
        let mut before = portfolio;
        before.owner = None;
        before.events = Events::default();
        before.months = before.months.min(12);
        // the first two share a market; the one that is added joins them
        let mut other = before.assets[0].clone();
        before.assets[0].part.market = Some(1);
        other.part.market = Some(1);
        before.assets.push(other.clone());
        let mut after = before.clone();
        other.volatility *= 0.5;
        after.assets.push(other);
        let [Ok(few), Ok(many)] = [&before, &after].map(|portfolio| try_outcome(&text(portfolio, 1.0))) else {
            return Ok(());
        };
        for index in (0..).take(before.assets.len()) {
            let id = ASSET_VALUE.of_object(index);
            prop_assert_eq!(column(&few, id), column(&many, id), "asset {}", index);
        }
    }
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn every_simd_level_gives_the_bits_of_the_baseline(portfolio in small()) {
        let plan = Plan::compile(&scenario(&text(&portfolio, 1.0)));
        let at = |level| run(&plan, &control(level)).map(|outcome| bits(&outcome));
        let baseline = at(Level::BASELINE);
        // the baseline is among them: where this CPU has no other level, the same again is the same
        for level in Level::supported() {
            prop_assert_eq!(&baseline, &at(level), "{}", level.name());
        }
    }
}
