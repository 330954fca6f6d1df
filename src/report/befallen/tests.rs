use super::*;
use crate::engine::{Control, run};
use crate::plan::Plan;
use crate::scenario::read;
use crate::stage::Level;
use std::sync::atomic::AtomicBool;

fn told(keys: &str) -> (Vec<String>, Option<f64>) {
    let text = format!(
        "start = \"2027-01\"\nhorizon = \"3 years\"\ncurrency = \"USD\"\nclass_events = false\nrun = {{ seed = 1, paths = 512 }}\n\
         [[asset]]\nname = \"pools\"\nclass = \"defi-yield-aggregator\"\nmodel = \"mechanism\"\nvalue = 1000\n{keys}\n"
    );
    let loader = |_: &str| Ok(text.as_bytes().to_vec());
    let scenario = read("test.toml", &[], &loader).expect("it is valid");
    let stop = AtomicBool::new(false);
    let control = Control {
        level: Level::detect(),
        stop: &stop,
        progress: &|_| {},
    };
    let outcome = run(&Plan::compile(&scenario), &control).expect("finite");
    let number = scenario.state_number();
    let standing = outcome.column(STATE.of_object(number));
    let share = standing.map(|all| all.iter().filter(|one| **one < 0.5).count() as f64 / 512.0);
    (sentences(&scenario, &outcome), share)
}

/// Ids and texts of the warnings of a run of the scenario with these keys.
fn warned(keys: &str, horizon: &str) -> Vec<(&'static str, String)> {
    let text = format!(
        "start = \"2027-01\"\nhorizon = \"{horizon}\"\ncurrency = \"USD\"\nclass_events = false\nrun = {{ seed = 1, paths = 512 }}\n{keys}\n"
    );
    let loader = |_: &str| Ok(text.as_bytes().to_vec());
    let scenario = read("test.toml", &[], &loader).expect("it is valid");
    let stop = AtomicBool::new(false);
    let control = Control {
        level: Level::detect(),
        stop: &stop,
        progress: &|_| {},
    };
    let run = crate::study::simulate(&scenario, &control).expect("finite");
    let report = crate::report::Report::of(&scenario, &run.outcome, &run.data(), None);
    let warnings = report.warnings.into_iter();
    warnings.map(|warning| (warning.id, warning.text)).collect()
}

fn text_of(id: &str, warnings: &[(&'static str, String)]) -> Option<String> {
    let found = warnings.iter().find(|(known, _)| *known == id)?;
    Some(found.1.clone())
}

#[test]
fn a_launch_that_no_income_ever_pays_for_is_warned_of() {
    let keys = |cost: f64| {
        format!(
            "[[asset]]\nname = \"pools\"\nclass = \"defi-yield-aggregator\"\nmodel = \"mechanism\"\nvalue = 1000\n\
             [[asset]]\nname = \"blog\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nvalue = 1000\n\
             launch = {{ cost = {cost}, from = \"pools\", share = \"100 %\", fails = \"54 %\" }}"
        )
    };
    let said = text_of("never-launched", &warned(&keys(1e6), "3 years"));
    assert_eq!(
        said.as_deref(),
        Some("\"blog\" never stands: what \"pools\" pays does not come to its $1M in time.")
    );
    assert_eq!(
        text_of("never-launched", &warned(&keys(10.0), "3 years")),
        None
    );
}

#[test]
fn more_hours_than_there_are_in_a_later_month_are_warned_of() {
    let keys = |hours: &str| {
        format!(
            "[[asset]]\nname = \"shop\"\nclass = \"digital-product-flywheel\"\nmodel = \"mechanism\"\nvalue = 20_000\nroi = \"40 %\"\n\
             products = 3\nreinvested = \"60 %\"\nhours = \"4 h/month\"\n[owner]\nhours = \"{hours} h/week\"\n"
        )
    };
    let said =
        text_of("hours-beyond", &warned(&keys("3"), "5 years")).expect("products become more");
    assert!(
        said.contains("more than the 3 hours a week that there are"),
        "{said}"
    );
    assert!(!said.starts_with("From Jan 2027"), "{said}");
    assert_eq!(
        text_of("hours-beyond", &warned(&keys("100"), "5 years")),
        None
    );
}

#[test]
fn it_is_told_on_how_many_paths_a_lender_has_sold() {
    let (said, share) = told("leverage = 2");
    let share = share.expect("it borrows");
    assert!((0.02..0.98).contains(&share), "{share}");
    let expected = format!(
        "{} the lender of pools has sold.",
        share_of_futures(share, 512)
    );
    assert_eq!(said, [expected]);
    // of a price that does not move nobody sells, and of what is not owed nobody can
    assert_eq!(told("leverage = 2\nvolatility = 0").0, [""; 0]);
    assert_eq!(told("").0, [""; 0]);
}

#[test]
fn it_is_told_on_how_many_paths_a_launch_was_paid_for_and_of_the_right_asset() {
    let keys = |cost: f64| {
        format!(
            "leverage = 2\n[[asset]]\nname = \"blog\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nvalue = 1000\n\
             launch = {{ cost = {cost}, from = \"pools\", share = \"100 %\", fails = 0 }}"
        )
    };
    // the state of the site stands before that of the pools, which comes after it in the alphabet
    let (said, _) = told(&keys(10.0));
    assert_eq!(
        said[0],
        "In all 512 futures blog stands, paid for by pools."
    );
    assert_eq!(said[1..], told("leverage = 2").0);
    assert_eq!(
        told(&keys(1e6)).0[0],
        "In none of 512 futures blog stands, paid for by pools."
    );
}
