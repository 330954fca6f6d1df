//! Classes that claims are compared with: what they grow to, and how often they are beaten.

use crate::common::{Ran, asset, bits, column, head, outcome, scenario};
use crate::estimate::{Found, holds, mean};
use std::f64::consts::SQRT_2;
use tailwheel::book::Account;
use tailwheel::catalog::{class, magnitudes};
use tailwheel::engine::Block;
use tailwheel::plan::Plan;
use tailwheel::random::ObjectKind;
use tailwheel::record::{BEAT, WEALTH};
use tailwheel::stage::Level;

fn number(id: &str, key: &str) -> f64 {
    magnitudes(&class(id).expect("a class").default(key).expect("filled in").value).expect("a number").0
}

/// Center and spread of ln(1 + m): the ends of a range are its 5th and 95th percentile, a point has no spread.
fn log_return(id: &str) -> (f64, f64) {
    let entry = class(id).expect("a class").default("roi").expect("filled in");
    let (low, high) = magnitudes(&entry.value).expect("a number");
    let (low, high) = ((1.0 + low).ln(), (1.0 + high).ln());
    (0.5 * (low + high), (high - low) / (2.0 * 1.644_853_626_951_472_2))
}

/// E[(1 + m)^T] = exp(T·μ + ½·T²·s²).
fn mean_growth(id: &str, years: f64) -> f64 {
    let (center, spread) = log_return(id);
    (years * center + 0.5 * (years * spread).powi(2)).exp()
}

/// Whatever is paid out and put back.
#[test]
fn every_class_of_passive_income_1_grows_by_its_arithmetic_mean() {
    let run = |id: &str, keys: &str| {
        let text = head("5 years", 100_000) + &asset("one", id, 100.0, keys);
        mean(column(&outcome(&text), WEALTH))
    };
    for id in ["index-fund", "bonds", "savings", "dividend-shares", "rental-property"] {
        let off = format!("roi = {:?}", log_return(id).0.exp_m1() * 1.05);
        holds(id, 100.0 * mean_growth(id, 5.0), run(id, ""), run(id, &off));
    }
}

fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / SQRT_2)
}

/// Mean and volatility of a lognormal law.
type Law = (f64, f64);

/// P(A_T > B_T) = Φ(((ln(1+a) − σ_a²/2) − (μ_b − σ_b²/2))·T / √((σ_a² + σ_b² − 2ρσ_aσ_b)·T + s_b²·T²)) with a return of the
/// class to beat that is drawn once: ln(1+b) ~ N(μ_b, s_b²).
fn above((mean, own): Law, id: &str, correlation: f64, years: f64) -> f64 {
    let ((center, spread), other) = (log_return(id), number(id, "volatility"));
    let drift = ((1.0 + mean).ln() - 0.5 * own * own) - (center - 0.5 * other * other);
    let variance = own * own + other * other - 2.0 * correlation * own * other;
    normal_cdf(drift * years / (variance * years + (spread * years).powi(2)).sqrt())
}

fn text((roi, volatility): Law, of: &str, beat: &str, paths: u32) -> String {
    let keys = format!("roi = {roi:?}\nvolatility = {volatility:?}\nincome_share = 0");
    head("10 years", paths) + &asset("one", of, 100.0, &keys) + &format!("[goal]\nbeat = \"{beat}\"\n")
}

fn beaten(text: &str) -> Found {
    crate::verification::measured(&Ran::of(text), "goal.beat.probability")
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn a_class_is_beaten_as_often_as_two_lognormal_laws_and_their_correlation_say() {
    // of savings the catalog says that nothing moves with them
    for (own, of, beat, correlation) in [
        ((0.05, 0.2), "savings", "index-fund", 0.0),
        ((0.09, 0.25), "micro-saas-fleet", "savings", 0.0),
        ((0.12, number("index-fund", "volatility")), "index-fund", "dividend-shares", 0.9),
    ] {
        // decay is no part of the two laws
        let net = |law| beaten(&text(law, of, beat, 400_000).replace("[goal]", "decay = 0\n[goal]"));
        let (exact, found) = (above(own, beat, correlation, 10.0), net(own));
        holds(beat, exact, found, net((own.0 * 1.05, own.1)));
        // power: another correlation would be seen
        let off = above(own, beat, correlation - 0.05, 10.0);
        assert!(correlation == 0.0 || !found.agrees_with(off), "{beat}: {found:?} {off}");
    }
}

/// Crises, extremes that come together, agents that sell, an owner who is ruined on some paths and compares with `beat`.
fn everything(beat: &str) -> String {
    let goal = if beat.is_empty() { String::new() } else { format!("[goal]\nbeat = \"{beat}\"\n") };
    head("10 years", 3_000)
        + &asset("a", "micro-saas-fleet", 900.0, "")
        + &asset("b", "defi-yield-aggregator", 500.0, "")
        + &asset("c", "index-fund", 800.0, "")
        + &asset("d", "tokenized-real-estate", 700.0, "market = \"m\"")
        + &asset("e", "rental-property", 600.0, "market = \"m\"\n")
        + "[correlation]\ncopula = { kind = \"t\", dof = 4 }\n[[market]]\nname = \"m\"\nclass = \"rental-property\"\n\
           [crisis]\nbegins = \"5 %/month\"\n[crash]\nmodels = { x = 0.6, y = 0.4 }\n\
           [owner]\ncash = 100\nspending = \"25/month\"\n"
        + &goal
}

#[test]
fn what_is_compared_with_changes_no_bit_of_anything_else_and_who_is_ruined_beats_nothing() {
    let without = bits(&outcome(&everything("")));
    for beat in ["savings", "index-fund", "micro-saas-fleet", "defi-yield-aggregator"] {
        let with = outcome(&everything(beat));
        assert_eq!(with.money_in, 3_600.0);
        let (beaten, wealth) = (column(&with, BEAT), column(&with, WEALTH));
        assert!(beaten.contains(&0.0) && beaten.contains(&1.0), "{beat}");
        let mut ruined = beaten.iter().zip(wealth).filter(|(_, wealth)| **wealth == 0.0).peekable();
        assert!(ruined.peek().is_some() && ruined.all(|(beaten, _)| *beaten == 0.0), "{beat}");
        let mut others = bits(&with);
        others.retain(|(id, _)| *id != BEAT);
        assert!(others == without, "{beat}");
    }
}

/// Where nothing else is left to chance the benchmark still is.
#[test]
fn a_certain_holding_beats_a_class_with_a_chance_that_is_not_certain() {
    let beaten = beaten(&text((0.05, 0.0), "savings", "savings", 1_000));
    assert!(beaten.value == 1.0 && beaten.std_error > 0.0);
}

/// What the unit to beat has become after `months`.
fn units(plan: &Plan, months: u32, blocks: u64) -> Vec<f64> {
    let index = plan.accounts.iter().position(|one| one.kind == ObjectKind::Benchmark && one.cause.is_none());
    let account = Account::at(u16::try_from(index.expect("a unit")).expect("few accounts"));
    let (mut block, level) = (Block::new(plan), Level::detect());
    let mut found = Vec::new();
    for number in 0..blocks {
        block.open(plan, level, number);
        (0..months).for_each(|_| block.advance(plan, level));
        found.extend(block.worlds[0].book.value(account).iter());
    }
    found
}

/// Whatever the markets do: crises, extremes together, another scenario beside it.
#[test]
#[ignore = "slow: part of .ci/run"]
fn the_unit_to_beat_grows_by_its_arithmetic_mean_also_in_crises_and_beside_another_scenario() {
    const MONTHS: u32 = 24;
    let base = scenario(&everything("").replace("name = \"c\"", "name = \"aa\""));
    for id in ["index-fund", "rental-property"] {
        let it = scenario(&everything(id));
        let (exact, m) = (mean_growth(id, f64::from(MONTHS) / 12.0), log_return(id).0.exp_m1());
        for plan in [Plan::compile(&it), Plan::compile_paired(&it, &base)] {
            let found = mean(&units(&plan, MONTHS, 300));
            let off = Found { value: found.value * ((1.0 + 1.05 * m) / (1.0 + m)).powi(2), ..found };
            holds(id, exact, found, off);
        }
    }
}
