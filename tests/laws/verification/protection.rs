//! What is done against events: worth it at one price, not at another, in the shipped scenarios; on the same draws.

use crate::common::scenario_of_file;
use crate::estimate::mean;
use tailwheel::scenario::Scenario;
use tailwheel::stats::{Estimate, difference};
use tailwheel::study::{paired, simulate};
use tailwheel::{Control, Report};

const VAULT: &str = "scenarios/exploit-and-cover.toml";
const WORKS: &str = "scenarios/liability.toml";

const COVER: &str = "owner.cover=[{ asset = \"vault\", cause = \"contract-exploit\", limit = 40_000, premium = \"4 %/year\" }]";

/// By how much `measure` differs in `other`.
pub fn moved(base: &Scenario, other: &Scenario, measure: &str) -> Estimate {
    let control = Control::default();
    let run = simulate(base, &control).expect("it is finite");
    let other = paired(other, base, &control).expect("it is finite");
    let (before, after) = (run.data_by_path(), other.data_by_path());
    difference(&before, &after, measure).expect("both have it").difference
}

/// `edits` raise `measure` by more than four standard errors, or lower it.
fn is_sure(file: &str, before: &[&str], edits: &[&str], measure: &str, raises: bool) {
    let all: Vec<&str> = [before, edits].concat();
    let found = moved(&scenario_of_file(file, before), &scenario_of_file(file, &all), measure);
    let error = found.std_error.unwrap_or_else(|| spscenario_of_file(file, before, &all, measure));
    let z = found.value / error;
    assert!(if raises { z > 4.0 } else { z < -4.0 }, "{edits:?}: {measure} {found:?} {error}");
}

/// The standard deviation of a difference over nine seeds: one run reports no error of a mean that rare claims decide.
fn spscenario_of_file(file: &str, before: &[&str], all: &[&str], measure: &str) -> f64 {
    const SEEDS: u32 = 9;
    let of = |seed: u32| {
        let seed = format!("run.seed={seed}");
        let with = |edits: &[&str]| scenario_of_file(file, &[edits, &[seed.as_str()]].concat());
        moved(&with(before), &with(all), measure).value
    };
    let values: Vec<f64> = (1..=SEEDS).map(of).collect();
    mean(&values).std_error * f64::from(SEEDS).sqrt()
}

const MEAN: &str = "wealth.terminal.real.mean";

#[test]
fn cover_helps_who_is_hacked_and_costs_more_than_it_pays_where_hacks_are_rare() {
    let hacked = ["event.hack.at=\"2028-07\"", "event.hack.severity=\"100 %\""];
    is_sure(VAULT, &hacked, &[COVER], "wealth.terminal.real.p50", true);
    is_sure(VAULT, &[], &[COVER], "wealth.terminal.real.p50", false);
    // and yet it is what the worst cases are insured for
    is_sure(VAULT, &[], &[COVER], "expected_shortfall.95", false);
}

#[test]
fn a_cover_is_found_by_its_name_which_decides_no_path() {
    let named = COVER.replace("[{ ", "[{ name = \"of-the-vault\", ");
    let dearer = COVER.replace("4 %/year", "6 %/year");
    let found = scenario_of_file(VAULT, &[&named, "owner.cover.of-the-vault.premium=\"6 %/year\""]);
    assert_eq!(found.model_digest(), scenario_of_file(VAULT, &[&dearer]).model_digest());
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn custody_helps_at_no_price_and_not_at_five_thousand_a_year() {
    let custody = |cost: &str| format!("owner.custody={{ above = 50_000, multisig = true{cost} }}");
    is_sure(VAULT, &[], &[&custody("")], MEAN, true);
    is_sure(VAULT, &[], &[&custody(", cost = \"5_000/year\"")], MEAN, false);
}

#[test]
fn verified_code_helps() {
    is_sure(VAULT, &[], &["asset.vault.verified=true"], MEAN, true);
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn a_service_that_watches_rights_helps_at_six_hundred_a_year_and_not_at_six_thousand() {
    is_sure(WORKS, &[], &["owner.compliance_service=\"600/year\""], MEAN, true);
    is_sure(WORKS, &[], &["owner.compliance_service=\"6_000/year\""], MEAN, false);
}

#[test]
fn many_platforms_take_the_worst_cases_and_leave_the_mean() {
    let (one, many) = (
        scenario_of_file("scenarios/one-platform.toml", &[]),
        scenario_of_file("scenarios/many-platforms.toml", &[]),
    );
    let worst = moved(&one, &many, "expected_shortfall.95");
    assert!(worst.value < -4.0 * worst.std_error.expect("it has an error"), "{worst:?}");
    let mean = moved(&one, &many, MEAN);
    assert!(mean.value.abs() < 4.0 * mean.std_error.expect("it has an error"), "{mean:?}");
    // what each channel loses is the same law
    let loss = |scenario: &Scenario| {
        let run = simulate(scenario, &Control::default()).expect("it is finite");
        Report::from(&run).measures["event.ban-video.loss.mean"].value
    };
    let [together, alone] = [&one, &many].map(loss);
    assert!((together / alone - 4.0).abs() < 0.3, "{together} {alone}");
}
