//! `explain`: everything that has a name has a page.

use crate::cli::sandbox::{Sandbox, Text};
use tailwheel::study::MECHANISMS;

#[test]
fn the_index_names_lists_whose_ids_can_be_asked_for() {
    let sandbox = Sandbox::new();
    let page = |id: &str| sandbox.run(&["explain", id]).done();
    let index = sandbox.run("explain").done();
    assert!(index.lines().count() <= 60, "{index}");
    for (list, id) in [
        ("classes", "micro-saas-fleet"),
        ("keys", "asset.roi"),
        ("measures", "cagr.p50"),
        ("charts", "wealth_fan"),
        ("warnings", "heavy-tail"),
        ("exit-codes", "130"),
    ] {
        (&index).has(format!("explain {list} "));
        page(list).has(id);
        // the library's tests ask for all
        assert!(!page(id).is_empty(), "{id}");
    }
    // a measure is known by the name it has in a report
    page("asset.saas.terminal.p50").has("Each asset has one");
}

#[test]
fn every_label_of_the_screen_and_every_file_of_a_run_is_explained() {
    let scenario = include_str!("../../../scenarios/flash-crash.toml");
    let gate = "[[expect]]\nid = \"g\"\nmeasure = \"loss.probability\"\nbelow = 0.9\n";
    let sandbox = Sandbox::with("it.toml", scenario.to_owned() + gate);
    sandbox.write("_table-2027.toml", include_str!("../../../scenarios/_table-2027.toml"));
    let screen = sandbox.run("run it.toml --paths 256").done();
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
    asked.extend(MECHANISMS.iter().map(|step| step.title.to_owned()));
    let others = "income reinvested|reinvest|gate|gates|quantile|skewness|±|± ?|FROM CLAIM TO OUTCOME|5th percentile|\
                  unit|results version|value version";
    for word in asked.iter().map(String::as_str).chain(others.split('|')) {
        sandbox.run(&["explain", word]).exits(0);
    }
    for (id, part) in [("volatility", "standard deviation"), ("cagr.p50", "Half of the paths")] {
        sandbox.run(&["explain", id]).done().has(part);
    }
    sandbox.run("explain feeds-itself").done().lacks("explain 1");
}

#[test]
fn a_slip_gets_the_nearest_ids_and_exit_code_2() {
    let refused = |id: &str| Sandbox::new().run(&["explain", id]).failed();
    let slip = "error: `micro-sass-fleet` has no page; did you mean `micro-saas-fleet`?\n";
    assert_eq!(refused("micro-sass-fleet"), slip);
    let unknown = "error: `quite something else` has no page; `tailwheel explain` prints the index\n";
    assert_eq!(refused("quite something else"), unknown);
    let removed = "error: `part_return` was removed from this version; write `volatility` and `mix_return` of the whole \
                   mix in place of `mix`\n";
    assert_eq!(refused("part_return"), removed);
    for (word, instead) in [
        ("part_volatility", "`mix_return`"),
        ("asset.part_correlation", "`mix_return`"),
        ("bridge-hack", "`kind = \"protocol-exploit\"`"),
        ("governance-attack", "`kind = \"protocol-exploit\"`"),
        ("exit_haircut_multiple", "a lower `exit_haircut`"),
        ("owner.law_change_multiple", "a lower `rate`"),
    ] {
        refused(word).has(instead);
    }
    refused("");
}

#[test]
fn a_page_fits_a_narrow_terminal() {
    for id in ["micro-saas-fleet", "asset.jumps", "expected_shortfall.95", "correlation"] {
        let page = Sandbox::new().run_in("60", &["explain", id]).done();
        assert!(page.lines().all(|line| line.chars().count() <= 60), "{id}: {page}");
    }
}
