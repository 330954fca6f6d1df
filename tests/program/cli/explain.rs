//! `explain`: everything that has a name has a page.

use crate::cli::sandbox::{Sandbox, Text, ran};
use tailwheel::study::MECHANISMS;

#[test]
fn the_index_names_lists_whose_ids_can_be_asked_for() {
    let sandbox = Sandbox::new();
    let index = sandbox.run(&["explain"]).done();
    assert!(index.lines().count() <= 60, "{index}");
    for (list, id) in [
        ("classes", "micro-saas-fleet"),
        ("keys", "asset.roi"),
        ("measures", "cagr.p50"),
        ("charts", "wealth_fan"),
        ("warnings", "heavy-tail"),
        ("exit-codes", "130"),
    ] {
        assert!(index.contains(&format!("explain {list} ")), "{index}");
        let listed = sandbox.run(&["explain", list]).done();
        assert!(listed.contains(id), "{id} in\n{listed}");
        // the library's tests ask for all
        assert!(!sandbox.run(&["explain", id]).done().is_empty(), "{id}");
    }
}

#[test]
fn every_label_of_the_screen_and_every_file_of_a_run_is_explained() {
    let sandbox = Sandbox::new();
    let scenario = include_str!("../../../scenarios/flash-crash.toml");
    let gate = "[[expect]]\nid = \"g\"\nmeasure = \"loss.probability\"\nbelow = 0.9\n";
    sandbox.write("it.toml", scenario.to_owned() + gate);
    let extended = include_str!("../../../scenarios/_table-2027.toml");
    sandbox.write("_table-2027.toml", extended);
    let screen = sandbox.run(&["run", "it.toml", "--paths", "256"]).done();
    let mut asked: Vec<String> = screen
        .lines()
        .filter_map(|line| {
            // a label ends where two blanks stand, a word in capitals before what it says
            let line = line.trim_end();
            let label = line.strip_prefix("  ").filter(|line| !line.starts_with([' ', '!']));
            let (label, rest) = label.or(Some(line))?.split_once("  ")?;
            (!label.trim().is_empty() && !label.contains('·') && !label.ends_with('/') && !rest.is_empty())
                .then(|| label.to_owned())
        })
        .collect();
    assert!(asked.len() > 4, "{asked:?}");
    asked.extend(sandbox.files().iter().filter_map(|file| {
        let name = file.strip_prefix("output/it/")?;
        (!name.is_empty()).then(|| name.to_owned())
    }));
    assert!(asked.iter().any(|name| name == "wealth_fan.png"), "{asked:?}");
    asked.extend(
        ["income reinvested", "reinvest", "gate", "gates", "quantile", "skewness", "±", "± ?"]
            .map(str::to_owned),
    );
    let steps = MECHANISMS.iter().map(|step| step.title.to_owned());
    asked.extend(steps);
    asked.extend(
        ["FROM CLAIM TO OUTCOME", "5th percentile", "unit", "results version", "value version"]
            .map(str::to_owned),
    );
    for word in &asked {
        sandbox.run(&["explain", word]).exits(0);
    }
    sandbox.run(&["explain", "volatility"]).done().has("standard deviation");
    sandbox.run(&["explain", "cagr.p50"]).done().has("Half of the paths");
    sandbox.run(&["explain", "feeds-itself"]).done().lacks("explain 1");
}

#[test]
fn a_slip_gets_the_nearest_ids_and_exit_code_2() {
    let sandbox = Sandbox::new();
    assert_eq!(
        sandbox.run(&["explain", "micro-sass-fleet"]).failed(),
        "error: `micro-sass-fleet` has no page; did you mean `micro-saas-fleet`?\n"
    );
    assert_eq!(
        sandbox.run(&["explain", "quite something else"]).failed(),
        "error: `quite something else` has no page; `tailwheel explain` prints the index\n"
    );
    sandbox.run(&["explain", ""]).failed();
}

#[test]
fn a_page_fits_a_narrow_terminal() {
    let sandbox = Sandbox::new();
    for id in ["micro-saas-fleet", "asset.jumps", "expected_shortfall.95", "correlation"] {
        let page = ran(sandbox.command(&["explain", id]).env("COLUMNS", "60")).done();
        for line in page.lines() {
            assert!(line.chars().count() <= 60, "{id}: {line}");
        }
    }
}

#[test]
fn a_measure_is_known_by_the_name_it_has_in_a_report() {
    Sandbox::new().run(&["explain", "asset.saas.terminal.p50"]).done().has("Each asset has one");
}
