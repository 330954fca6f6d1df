//! Samples for the tests of the statistics, and what every measure must keep.

pub mod markets;
pub mod one_unit;
use super::*;
use crate::engine::outcome::{Column, Outcome};
use crate::math::ordered::Rising;
use crate::record::*;
pub use markets::co_movement;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, LogNormal};
use statrs::distribution::{ContinuousCDF, Normal};
use std::collections::BTreeSet;

/// Normal sample without noise: x_i = Φ⁻¹((i − ½)/n).
pub fn normal_scores(n: usize, mean: f64, deviation: f64) -> Sample {
    let law = Normal::new(mean, deviation).expect("positive deviation");
    let score = |i: usize| law.inverse_cdf((i as f64 + 0.5) / n as f64);
    Sample::new((0..n).map(score).collect()).expect("finite")
}

pub fn draws(law: impl Distribution<f64>, n: usize, seed: u64) -> Sample {
    Sample::new(in_order_drawn(law, n, seed)).expect("finite")
}

pub fn in_order_drawn(law: impl Distribution<f64>, n: usize, seed: u64) -> Vec<f64> {
    let generator = ChaCha8Rng::seed_from_u64(seed);
    law.sample_iter(generator).take(n).collect()
}

/// Numbers of seeds below `runs` on which each of the conditions holds.
pub fn counts<const N: usize>(runs: u64, conditions: impl Fn(u64) -> [bool; N]) -> [f64; N] {
    let mut counts = [0.0; N];
    for seed in 0..runs {
        for (count, holds) in counts.iter_mut().zip(conditions(seed)) {
            *count += f64::from(u8::from(holds));
        }
    }
    counts
}

/// Four standard errors of the fraction of `runs` on which something of this probability happens.
pub fn tolerance(probability: f64, runs: u64) -> f64 {
    4.0 * (probability * (1.0 - probability) / runs as f64).sqrt()
}

/// True if there is an interval and it holds the truth.
pub fn holds(interval: Option<(f64, f64)>, truth: f64) -> bool {
    interval.is_some_and(|(low, high)| low <= truth && truth <= high)
}

pub fn mean_and_spread(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let values: Vec<f64> = values.collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / (n - 1.0)).sqrt())
}

/// Turns a function of one number into one that changes every number of a slice in place.
pub fn each(function: impl Fn(f64) -> f64 + Copy + Send + Sync) -> impl Fn(&mut [f64]) + Copy + Send + Sync {
    move |values| values.iter_mut().for_each(|value| *value = function(*value))
}

/// A run of ten years with two assets, all columns kept and no obligations; `scale` multiplies all money.
pub fn outcome(n_paths: usize, scale: f64) -> Outcome {
    let mut generator = ChaCha8Rng::seed_from_u64(1);
    let mut column = |id, location: f64, deviation: f64, scale: f64| {
        let law = LogNormal::new(location, deviation).expect("positive deviation");
        let values = (0..n_paths).map(|_| scale * law.sample(&mut generator)).collect::<Vec<f64>>().into();
        Column { id, values }
    };
    let mut columns = vec![
        column(WEALTH, 5.2, 0.5, scale),
        column(WEALTH_YEAR1, 4.7, 0.2, scale),
        column(UNIT_VALUE, 0.6, 0.5, 1.0),
        column(MAX_DRAWDOWN, -1.5, 0.2, 1.0),
        column(VOLATILITY, -1.2, 0.1, 1.0),
        column(INCOME_TERMINAL, 0.3, 0.4, scale),
        column(ASSET_VALUE.of_object(0), 4.4, 0.5, scale),
        column(ASSET_VALUE.of_object(1), 4.1, 0.7, scale),
        column(WEALTH.without_feedback(), 5.3, 0.5, scale),
        column(UNIT_VALUE.without_feedback(), 0.7, 0.5, 1.0),
        column(MAX_DRAWDOWN.without_feedback(), -1.7, 0.2, 1.0),
        column(SELLING_MONTHS, 2.0, 0.5, 1.0),
        column(SELLING_YEARS, 0.7, 0.3, 1.0),
        column(LARGEST_SALE, -0.5, 0.5, 1.0),
        column(CRASH_MONTHS, 1.0, 0.5, 1.0),
        column(TrackId::of("payouts"), 0.2, 0.6, scale),
        column(EVENTS_LOSS, 0.2, 0.6, scale),
        column(EVENTS_YEAR, 0.2, 0.6, scale),
        column(EVENTS_STRIKE, 0.2, 0.6, scale),
        column(TrackId::of("asset_hours").of_object(0), 1.0, 0.3, 1.0),
        column(TrackId::of("asset_hours").of_object(1), 0.5, 0.3, 1.0),
        column(TrackId::of("asset_loss").of_object(0), 3.2, 0.4, scale),
        column(TrackId::of("asset_loss").of_object(1), 2.9, 0.4, scale),
        column(TrackId::of("shortfall"), 0.2, 0.6, scale),
        column(TrackId::of("worst_year_income"), 0.2, 0.4, scale),
    ];
    let false_sales = column(TrackId::of("false_sales"), -3.0, 0.4, 1.0);
    let benchmarks = [column(INDEX_FUND, 5.0, 0.4, scale), column(SAVINGS, 4.8, 0.2, scale)];
    columns.extend([0, 15, 15, 5].map(|of| columns[of].clone()));
    columns[25].id = RETURNED;
    [columns[26].id, columns[27].id, columns[28].id] = ["missed", "beyond", "sustainable"].map(TrackId::of);
    let goals = crate::record::quantities();
    let known = "autonomy_ goal_ beat sustainable_c hours shortfall_m uncovered worst_year_r \
                 income_d irr above_ longest_d unrecovered";
    let goals = goals.filter(|id| known.split_whitespace().any(|of| id.starts_with(of)));
    let third: Vec<f64> = (0..n_paths).map(|path| f64::from(path % 3 == 0)).collect();
    columns.extend(goals.map(|id| Column { id: TrackId::of(id), values: third.clone().into() }));
    columns.push(false_sales);
    columns.extend(benchmarks);
    let (outcome, _) = one_unit::of_one_unit(120, columns);
    Outcome { money_in: 100.0 * scale, co_movement: Some(co_movement(n_paths, 24, 2)), ..outcome }
}

impl Sample {
    pub fn values(&self) -> Vec<f64> {
        let mut values = Vec::new();
        self.rising().rise(0..self.n(), |piece| values.extend(piece));
        values
    }
}

pub fn basis(money_in: f64) -> Basis {
    Basis { money_in, asset_names: vec!["media".into(), "saas".into()], has_events: true, ..Basis::default() }
}

fn measured(n_paths: usize, scale: f64) -> Vec<MeasureResult> {
    let data = Data::new(&outcome(n_paths, scale), basis(100.0 * scale)).expect("usable");
    evaluate(&data)
}

fn value(found: &[MeasureResult], id: &str) -> Estimate {
    found.iter().find(|found| found.id == id).expect("known id").result.expect("present")
}

#[test]
fn every_measure_of_a_whole_run_is_finite_and_lies_in_its_interval() {
    for found in measured(4000, 1.0) {
        let estimate = found.result.expect("all columns are kept");
        assert!(estimate.value.is_finite(), "{}", found.id);
        assert_eq!((estimate.n, estimate.level), (4000, 0.95));
        if let Some((low, high)) = estimate.interval {
            assert!(low <= estimate.value && estimate.value <= high, "{}", found.id);
            assert!(estimate.std_error.is_some_and(|error| error > 0.0), "{}", found.id);
        } else {
            assert!(estimate.note.is_some(), "{} has no error and no reason", found.id);
        }
    }
}

#[test]
fn measures_have_unique_ids_titles_and_documentation() {
    let ids: BTreeSet<_> = MEASURES.iter().map(|measure| &measure.id).collect();
    assert_eq!(ids.len(), MEASURES.len());
    for measure in MEASURES.iter() {
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._<>".contains(c);
        assert!(measure.id.chars().all(is_id), "{}", measure.id);
        assert!(!measure.title.is_empty() && !measure.unit.word().is_empty());
        assert!(measure.doc.ends_with('.') && measure.doc.contains('('), "{}", measure.id);
        assert!(look_up(&measure.id).is_some_and(|found| found.title == measure.title));
    }
    assert!(look_up("wealth").is_none());
}

#[test]
fn twice_the_money_doubles_money_and_leaves_shares() {
    let (once, twice) = (measured(2000, 1.0), measured(2000, 2.0));
    for (once, twice) in once.iter().zip(&twice) {
        let [a, b] = [once, twice].map(|one| one.result.expect("present"));
        let is_money = matches!(once.measure.unit, Unit::Money | Unit::MoneyPerMonth);
        let factor = if is_money { 2.0 } else { 1.0 };
        assert_eq!(b.value, factor * a.value, "{}", once.id);
        assert_eq!(b.std_error, a.std_error.map(|error| factor * error), "{}", once.id);
    }
}

#[test]
fn a_loss_is_money_of_the_start_that_did_not_come_back() {
    let found = measured(2000, 1.0);
    // the worst 5 % of losses begin where the best 95 % of wealth end; ranks 1900 and 101
    let outcome = outcome(2000, 1.0);
    let [wealth, year1] = [0, 1].map(|of: usize| {
        let mut values = outcome.columns[of].values.to_vec();
        values.sort_by(f64::total_cmp);
        values
    });
    assert_eq!(value(&found, "value_at_risk.95").value, 100.0 - wealth[100]);
    let below = wealth.iter().filter(|value| **value < 100.0).count();
    assert_eq!(value(&found, "loss.probability").value, below as f64 / 2000.0);
    assert_eq!(value(&found, "value_at_risk.year1.995").value, 100.0 - year1[10]);
}

#[test]
fn permuting_the_paths_changes_no_bit() {
    let mut permuted = outcome(3000, 1.0);
    for column in &mut permuted.columns {
        let mut values = column.values.to_vec();
        values.reverse();
        values.rotate_left(777);
        column.values = values.into();
    }
    let data = Data::new(&permuted, basis(100.0)).expect("usable");
    for (a, b) in measured(3000, 1.0).iter().zip(evaluate(&data)) {
        assert_eq!(a.result, b.result, "{}", a.id);
    }
}

#[test]
fn without_obligations_ruin_is_impossible_and_says_why() {
    let estimate = value(&measured(500, 1.0), "ruin.probability");
    assert_eq!((estimate.value, estimate.interval), (0.0, None));
    assert_eq!(estimate.note.map(|note| note.to_string()).as_deref(), Some("no obligations"));
}

#[test]
fn with_nothing_put_in_returns_are_absent_with_the_reason() {
    let data = Data::new(&outcome(500, 1.0), basis(0.0)).expect("usable");
    for found in evaluate(&data) {
        let names = ["cagr", "volatility", "max", "longest", "unrecovered", "goal.beat", "irr", "return"];
        let expected = names.iter().any(|name| found.id.contains(name)).then_some(Absent::NothingPutIn);
        assert_eq!(found.result.err(), expected, "{}", found.id);
    }
}

#[test]
fn figures_of_the_first_year_need_one() {
    let mut outcome = outcome(500, 1.0);
    for (n_months, expected) in [(12, None), (6, Some(Absent::HorizonTooShort))] {
        outcome.n_months = n_months;
        let found = evaluate(&Data::new(&outcome, basis(100.0)).expect("usable"));
        for id in ["value_at_risk.year1.995", "loop.selling_year.probability"] {
            let year1 = found.iter().find(|found| found.id == id);
            assert_eq!(year1.expect("listed").result.err(), expected, "{id}");
        }
    }
}

#[test]
fn a_path_that_is_not_finite_is_named() {
    let mut outcome = outcome(500, 1.0);
    let mut values = outcome.columns[2].values.to_vec();
    values[17] = f64::NAN;
    outcome.columns[2].values = values.into();
    let expected = Unusable { id: UNIT_VALUE, why: Unsortable::NotFinite { index: 17 } };
    assert_eq!(Data::new(&outcome, basis(100.0)).err(), Some(expected));
}

#[test]
fn what_the_loop_adds_is_the_mean_of_differences_of_single_paths() {
    let outcome = outcome(4000, 1.0);
    let column = |id| outcome.column(id).expect("kept");
    let (on, off) = (column(MAX_DRAWDOWN), column(MAX_DRAWDOWN.without_feedback()));
    let (mean, spread) = mean_and_spread(on.iter().zip(off.iter()).map(|(on, off)| on - off));
    let added = value(&measured(4000, 1.0), "amplification.drawdown.max.mean");
    assert!((added.value - mean).abs() < 1e-12);
    let error = spread / 4000f64.sqrt();
    assert!((added.std_error.expect("known") / error - 1.0).abs() < 1e-9);
}

#[test]
fn without_a_twin_nothing_is_said_about_a_loop() {
    let mut outcome = outcome(500, 1.0);
    outcome.columns.retain(|column| column.id.world() == 0);
    outcome.co_movement = Some(co_movement(500, 24, 1));
    let found = evaluate(&Data::new(&outcome, basis(100.0)).expect("usable")).into_iter();
    for found in found.filter(|found| found.id.starts_with("amplification.")) {
        assert_eq!(found.result.err(), Some(Absent::NoLoop), "{}", found.id);
    }
}

#[test]
fn every_quantile_that_the_loop_changes_has_its_base() {
    let found = measured(4000, 1.0);
    let (mut n_changes, mut largest) = (0, 0.0_f64);
    let changes = found.iter().filter_map(|found| found.id.strip_prefix("amplification."));
    for id in changes.filter(|id| id.ends_with(|c: char| c.is_ascii_digit())) {
        let of = |world: &str| value(&found, &format!("{world}{id}")).value;
        let [on, off] = ["", "without_feedback."].map(of);
        let added = value(&found, &format!("amplification.{id}")).value;
        assert!((added - (on - off)).abs() < 1e-9 * on.abs(), "{id}");
        n_changes += 1;
        largest = largest.max((added / on).abs());
    }
    assert_eq!(n_changes, 10);
    assert!(largest > 0.01, "the worlds differ: {largest}");
}

#[test]
fn returns_of_the_twin_are_those_of_its_unit_values() {
    let outcome = outcome(4001, 1.0);
    let [on, off] = [UNIT_VALUE, UNIT_VALUE.without_feedback()].map(|id| {
        let column = outcome.column(id).expect("kept");
        let mut returns: Vec<f64> = column.iter().map(|unit| libm::pow(*unit, 0.1) - 1.0).collect();
        returns.sort_by(f64::total_cmp);
        returns
    });
    let found = measured(4001, 1.0);
    let [change, base] = ["amplification.cagr.p50", "without_feedback.cagr.p50"].map(|id| value(&found, id));
    assert!((base.value - off[2000]).abs() < 1e-12, "{base:?}");
    assert!((change.value - (on[2000] - off[2000])).abs() < 1e-12, "{change:?}");
    for (id, rank) in [("without_feedback.cagr.p05", 201), ("without_feedback.cagr.p95", 3801)] {
        assert!((value(&found, id).value - off[rank - 1]).abs() < 1e-12, "{id}");
    }
}
