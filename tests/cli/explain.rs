//! `explain`: everything that has a name has a page.

use crate::sandbox::{Sandbox, ran};

#[test]
fn every_id_that_is_listed_can_be_asked_for() {
    let sandbox = Sandbox::new();
    let list = sandbox.run(&["explain"]).done();
    let ids: Vec<&str> = list
        .lines()
        .filter(|line| line.starts_with("  "))
        .flat_map(str::split_whitespace)
        .collect();
    assert!(ids.len() > 100, "{list}");
    for group in [
        "micro-saas-fleet",
        "asset.roi",
        "cagr.p50",
        "wealth_fan",
        "heavy-tail",
        "130",
    ] {
        assert!(ids.contains(&group), "{group} in\n{list}");
    }
    // the library's tests ask for all; a few through the program
    for id in ids.iter().step_by(9) {
        assert!(!sandbox.run(&["explain", id]).done().is_empty(), "{id}");
    }
}

#[test]
fn a_slip_gets_the_nearest_ids_and_exit_code_2() {
    let sandbox = Sandbox::new();
    assert_eq!(
        sandbox.run(&["explain", "micro-sass-fleet"]).failed(),
        "error: nothing is called `micro-sass-fleet`; did you mean `micro-saas-fleet`?\n"
    );
    assert_eq!(
        sandbox.run(&["explain", "quite something else"]).failed(),
        "error: nothing is called `quite something else`; `tailwheel explain` lists what there is\n"
    );
    sandbox.run(&["explain", ""]).failed();
}

#[test]
fn a_page_fits_a_narrow_terminal() {
    let sandbox = Sandbox::new();
    for id in [
        "micro-saas-fleet",
        "asset.jumps",
        "expected_shortfall.95",
        "correlation",
    ] {
        let page = ran(sandbox.command(&["explain", id]).env("COLUMNS", "60")).done();
        for line in page.lines() {
            assert!(line.chars().count() <= 60, "{id}: {line}");
        }
    }
}

#[test]
fn a_measure_is_known_by_the_name_it_has_in_a_report() {
    let sandbox = Sandbox::new();
    let page = sandbox.run(&["explain", "asset.saas.terminal.p50"]).done();
    assert!(page.contains("one for each asset"), "{page}");
}
