//! How often the first agents sell, against the normal law of the loss that they see.

use crate::common::{Ran, asset, close, exposure, head, outcome, report, scenario};
use crate::estimate::{Found, holds, mean};
use tailwheel::engine::{Odds, TriggerExposure};
use tailwheel::math::normal::cdf;
use tailwheel::record::{SELLING_MONTHS, SELLING_YEARS, TrackId};

const TRIGGER: f64 = 0.12;
const CORRELATION: f64 = 0.3;
const TOWARD_ONE: f64 = 0.4;
/// Chance that a crisis begins and that one ends, per month; multiple of the calm volatility.
const BEGINS: f64 = 0.03;
const ENDS: f64 = 0.2;
const TIMES: f64 = 2.0;
/// Volatilities per year and weights α_i V_i in what agents hold: 0.02·3 and 0.01·2.
const VOLATILITIES: [f64; 2] = [0.25, 0.35];
const HELD: [f64; 2] = [0.06, 0.02];

/// Two markets in which agents hold so little that their sales hardly move prices, and are back at
/// once: whoever sells has seen the loss of the month and nothing else.
fn text(paths: u32, horizon: &str, volatilities: [f64; 2], crisis: bool) -> String {
    let keys = |volatility: f64| format!("roi = \"5-9 %\"\nroi_basis = \"net\"\nvolatility = {volatility:?}");
    let market = |name: &str, size: f64, share: f64| {
        format!(
            "[[market]]\nname = \"{name}\"\nsize = {size:?}\nagent_share = {share:?}\n\
             recovery_half_life = \"0.1 days\"\n"
        )
    };
    let crisis = match crisis {
        true => format!(
            "[crisis]\nbegins = \"{} %/month\"\nlasts = \"5 months\"\nvolatility = {TIMES:?}\n\
             toward_one = {TOWARD_ONE:?}\ndepth = 1\n",
            100.0 * BEGINS
        ),
        false => String::new(),
    };
    head(horizon, paths)
        + &asset("a", "defi-yield-aggregator", 1e5, &keys(volatilities[0]))
        + &asset("b", "synthetic-media-royalties", 1e5, &keys(volatilities[1]))
        + &format!("[correlation]\npairs = [[\"a\", \"b\", {CORRELATION:?}]]\n")
        + &market("a", 3.0, 0.02)
        + &market("b", 2.0, 0.01)
        + &crisis
        + &format!(
            "[[crash.cluster]]\nname = \"only\"\ncapital_share = 1\nfirst_trigger = {TRIGGER:?}\n\
             dispersion = 0.0001\nsell_fraction = 0.01\nblocks = 4096\n"
        )
}

/// Φ(−τ/σ) of a month with volatilities `times` the calm ones, calm being `calm` of the total.
fn exact(times: f64, calm: f64, correlation: f64) -> f64 {
    let all: f64 = HELD.iter().sum();
    let part = |i: usize| HELD[i] / all * VOLATILITIES[i] * calm * times / 12.0_f64.sqrt();
    let (a, b) = (part(0), part(1));
    let deviation = (a * a + b * b + 2.0 * correlation * a * b).sqrt();
    cdf(-TRIGGER / deviation)
}

/// Stationary share of crises, and calm volatility per unit of the total.
fn regime() -> (f64, f64) {
    let share = BEGINS / (BEGINS + ENDS);
    (share, 1.0 / (1.0 - share + share * TIMES * TIMES).sqrt())
}

/// Calm, crisis, all.
fn exact_by_regime() -> [f64; 3] {
    let (share, calm) = regime();
    let in_calm = exact(1.0, calm, CORRELATION);
    let blend = (1.0 - TOWARD_ONE) * CORRELATION + TOWARD_ONE;
    let in_crisis = exact(TIMES, calm, blend);
    [in_calm, in_crisis, (1.0 - share) * in_calm + share * in_crisis]
}

fn five_per_cent_more() -> [f64; 2] {
    VOLATILITIES.map(|volatility| 1.05 * volatility)
}

fn seen(volatilities: [f64; 2], crisis: bool) -> TriggerExposure {
    let scenario = scenario(&text(256, "10 years", volatilities, crisis));
    exposure(&scenario).expect("agents hold something")
}

fn found(odds: Odds) -> Found {
    Found { value: odds.probability, std_error: odds.std_error }
}

#[test]
fn a_month_reaches_the_first_trigger_as_often_as_the_normal_law_says() {
    let (sample, off) = (seen(VOLATILITIES, false), seen(five_per_cent_more(), false));
    let all = |of: &TriggerExposure| found(of.at_least(TRIGGER, TRIGGER));
    holds("trigger", exact(1.0, 1.0, CORRELATION), all(&sample), all(&off));
}

#[test]
fn with_crises_it_is_the_mixture_of_both_regimes() {
    let (sample, off) = (seen(VOLATILITIES, true), seen(five_per_cent_more(), true));
    let [calm, crisis, all] = exact_by_regime();
    let holds = |id, exact, odds: fn(&TriggerExposure) -> Odds| {
        holds(id, exact, found(odds(&sample)), found(odds(&off)))
    };
    holds("trigger, calm", calm, |seen| seen.at_least_when_calm(TRIGGER));
    holds("trigger, crisis", crisis, |seen| seen.at_least_in_crisis(TRIGGER));
    holds("trigger, all months", all, |seen| seen.at_least(TRIGGER, TRIGGER));
}

/// A count per path, per unit of `n`.
fn per(text: &str, id: TrackId, n: f64) -> Found {
    let counts: Vec<f64> = Ran::of(text).column(id).iter().map(|count| count / n).collect();
    mean(&counts)
}

#[test]
fn agents_sell_in_as_many_months_as_reach_their_trigger() {
    let [_, _, exact] = exact_by_regime();
    let months = |volatilities| {
        let text = text(20_000, "5 years", volatilities, true);
        per(&text, SELLING_MONTHS, 60.0)
    };
    let (is, other) = (months(VOLATILITIES), months(five_per_cent_more()));
    holds("selling months", exact, is, other);
}

#[test]
fn a_year_is_not_quiet_unless_each_of_its_months_is() {
    let month = exact(1.0, 1.0, CORRELATION);
    let exact = 1.0 - (1.0 - month).powi(12);
    // three months beyond the last whole year do not count
    let years = |volatilities| {
        let text = text(20_000, "63 months", volatilities, false);
        per(&text, SELLING_YEARS, 5.0)
    };
    let (is, other) = (years(VOLATILITIES), years(five_per_cent_more()));
    holds("selling years", exact, is, other);
    let run = Ran::of(&text(20_000, "63 months", VOLATILITIES, false));
    close("of a year", run.measure("loop.selling_year.probability"), is.value, 1e-11);
}

#[test]
fn a_report_says_how_often_the_first_trigger_is_reached() {
    let scenario = scenario(&text(256, "10 years", VOLATILITIES, true));
    let outcome = outcome(&text(256, "10 years", VOLATILITIES, true));
    let crash = report(&scenario, &outcome).scenario.crash.expect("a loop");
    let first = crash.first_trigger.expect("agents hold something");
    assert_eq!((first.loss, first.loss_in_crisis), (Some(TRIGGER), Some(TRIGGER)));
    assert_eq!(first.month.probability, seen(VOLATILITIES, true).at_least(TRIGGER, TRIGGER).probability);
    let curve = crash.exceedance.expect("agents hold something");
    assert!(curve.month.is_sorted_by(|a, b| a >= b), "an exceedance falls");
    // the band is so narrow that even these sales feed themselves, at the first trigger
    assert!(crash.gain.is_some_and(|gain| gain > 1.0), "{:?}", crash.gain);
    assert_eq!(crash.self_feeding, Some(first));
}
