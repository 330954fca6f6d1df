//! `report`: the second half of `run`, from its report.json.

use crate::cli::sandbox::{ONE, Sandbox, Text};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Files of a folder and their bytes, without the time that a run took.
fn files(sandbox: &Sandbox, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = sandbox.contents(folder);
    files.remove("timing.json");
    files
}

/// What `report` prints and writes in another folder is what `run` with these arguments did.
fn is_the_same(scenario: &str, arguments: &[&str], options: &[&str]) {
    let sandbox = Sandbox::with("one.toml", scenario);
    let ran = sandbox.run(&[&["run", "one.toml"], arguments, options].concat()[..]);
    // a gate may fail, which is no matter of its report
    assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.err);
    let other = Sandbox::new();
    // what was typed stands beside the report, and the screen names the file of the scenario after it
    for name in ["output/one/report.json", "output/one/timing.json"] {
        other.write(name, sandbox.read(name));
    }
    let report = [&["report", "output/one/report.json"], options].concat();
    assert_eq!(other.run(&report[..]).done(), ran.out, "{arguments:?}");
    // and into a folder of its own
    other.run(&[&report[..], &["--out", "elsewhere"]].concat()[..]).done();
    let expected = files(&sandbox, "output/one");
    for folder in ["output/one", "elsewhere"] {
        let found = files(&other, folder);
        assert!(found.keys().eq(expected.keys()), "{arguments:?}: {:?}", found.keys());
        let other = found.iter().find(|(name, bytes)| expected[*name] != **bytes);
        assert_eq!(other.map(|(name, _)| name), None, "{arguments:?}");
    }
}

fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    fs::read_to_string(path).expect("a shipped scenario")
}

#[test]
fn a_run_with_agents_or_without_an_owner_or_of_one_path_is_shown_again_from_its_report() {
    is_the_same(&shipped("_table-2027.toml"), &["--paths", "300", "--no-bridge"], &[]);
    is_the_same(ONE, &["--set", "title=\"a 'title'\""], &["--dark"]);
    is_the_same(&shipped("can-i-quit.toml"), &["--paths", "1"], &[]);
}

#[test]
fn the_page_shows_studies_of_its_own_model_that_stand_below_its_folder() {
    let sandbox = Sandbox::with_one();
    let page = |arguments: &str| {
        sandbox.run(arguments).done();
        sandbox.read("output/one/report.html")
    };
    let run = "run one.toml --no-charts";
    let without = page(run).has("tailwheel sensitivity one.");
    sandbox.run("sensitivity one.toml").exits(0);
    let with = page(run).has("Assumptions by effect</h2>").has("tornado-title");
    // the same from the report alone
    let again = page("report output/one/report.json --no-charts");
    assert!(again == with, "the page differs");
    // of another model nothing is shown
    let other = page(&format!("{run} --set asset.saas.value=1000"));
    other.lacks("Assumptions by effect").has("Further questions");
    // what is no file of the program is none
    sandbox.write("output/one/sensitivity/sensitivity.json", "{}");
    assert!(page(run) == without, "the page differs");
}

#[test]
fn the_time_of_a_run_stays_as_it_was_beside_a_report_that_is_shown_again() {
    let sandbox = Sandbox::with_one();
    sandbox.run("run one.toml --no-charts").done();
    let timing = "output/one/timing.json";
    let state = || {
        let found = fs::metadata(sandbox.path(timing)).expect("a file");
        (sandbox.bytes(timing), found.modified().expect("a time"))
    };
    let before = state();
    sandbox.run("report output/one/report.json --no-charts").done();
    assert!(state() == before, "it was written anew");
    sandbox.write(timing, "of another run");
    sandbox.run("report output/one/report.json --out output/one --no-charts").done();
    assert_eq!(sandbox.read(timing), "of another run");
}

#[test]
fn charts_can_be_drawn_later_and_one_that_has_nothing_to_show_is_named() {
    let sandbox = Sandbox::with_one();
    sandbox.run("run one.toml --no-charts").done();
    let said = "No chart survival: this run has nothing to show in it.  tailwheel explain survival\n";
    for command in ["report output/one/report.json", "run one.toml"] {
        assert!(!sandbox.has("output/one/wealth_fan.svg"));
        sandbox.run(&format!("{command} --charts survival,wealth_fan")).done().has(said);
        sandbox.remove("output/one/wealth_fan.svg");
    }
    sandbox.run("run one.toml").done().lacks("No chart");
}

#[test]
fn what_is_no_report_is_refused_with_what_to_do() {
    let sandbox = Sandbox::with_one();
    let report = sandbox.run("run one.toml --no-charts --json").done();
    let old = report.replace("tailwheel-report/2", "tailwheel-report/1");
    let damaged = &report[..report.len() / 2];
    let undated = report.replace("\"start\": \"2027-01\"", "\"start\": \"soon\"");
    for (text, why) in
        [(old.as_str(), "tailwheel-report/1"), (damaged, "EOF"), (&undated, "soon"), ("{}", "schema")]
    {
        sandbox.write("it.json", text);
        sandbox.run("report it.json --out shown").failed().has(why).has("tailwheel run");
        assert!(!sandbox.has("shown"));
    }
    for (file, why) in [("no.json", "no such file"), ("output/one", "report.json in it")] {
        sandbox.run(&["report", file]).exits(2).says(why);
    }
}
