//! `report`: the second half of `run`, from its report.json.

use crate::cli::sandbox::{ONE, Sandbox, Text};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Files of a folder and their bytes, without the time that a run took.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry"))
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .filter(|(name, _)| name != "timing.json")
        .map(|(name, path)| (name, fs::read(path).expect("a file")))
        .collect()
}

/// What `report` prints and writes in another folder is what `run` with these arguments did.
fn is_the_same(scenario: &str, arguments: &[&str], options: &[&str]) {
    let sandbox = Sandbox::new();
    sandbox.write("one.toml", scenario);
    let mut run = vec!["run", "one.toml"];
    run.extend(arguments.iter().chain(options));
    let ran = sandbox.run(&run);
    // a gate may fail, which is no matter of its report
    assert!(matches!(ran.code, Some(0 | 1)), "{}", ran.err);
    let printed = ran.out;
    let other = Sandbox::new();
    // what was typed stands beside the report, and the screen names the file of the scenario after it
    for name in ["report.json", "timing.json"] {
        let name = format!("output/one/{name}");
        other.write(&name, sandbox.read(&name));
    }
    let mut report = vec!["report", "output/one/report.json"];
    report.extend(options);
    assert_eq!(other.run(&report).done(), printed, "{arguments:?}");
    let folders = [&sandbox, &other].map(|sandbox| files(&sandbox.path("output/one")));
    let names = folders.each_ref().map(|files| files.keys().cloned().collect::<Vec<_>>());
    assert_eq!(names[0], names[1], "{arguments:?}");
    for (name, bytes) in &folders[0] {
        assert!(folders[1][name] == *bytes, "{arguments:?}: {name}");
    }
    // into a folder of its own
    let mut report = vec!["report", "output/one/report.json", "--out", "elsewhere"];
    report.extend(options);
    other.run(&report).done();
    assert!(files(&other.path("elsewhere")) == folders[0], "{arguments:?}");
}

fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    fs::read_to_string(path).expect("a shipped scenario")
}

#[test]
fn a_run_with_agents_is_shown_again_from_its_report() {
    is_the_same(&shipped("_table-2027.toml"), &["--paths", "300", "--no-bridge"], &[]);
}

#[test]
fn the_page_shows_studies_of_its_own_model_that_stand_below_its_folder() {
    let sandbox = Sandbox::with_one();
    let page = |arguments: &[&str]| {
        sandbox.run(arguments).done();
        sandbox.read("output/one/report.html")
    };
    let run = ["run", "one.toml", "--no-charts"];
    let without = page(&run);
    assert!(without.contains("tailwheel sensitivity one."), "{without}");
    sandbox.run(&["sensitivity", "one.toml"]).exits(0);
    let with = page(&run);
    assert!(with.contains("Assumptions by effect</h2>") && with.contains("tornado-title"));
    // the same from the report alone
    let again = page(&["report", "output/one/report.json", "--no-charts"]);
    assert!(again == with, "the page differs");
    // of another model nothing is shown
    let other = page(&[&run[..], &["--set", "asset.saas.value=1000"]].concat());
    assert!(!other.contains("Assumptions by effect") && other.contains("Further questions"));
    // what is no file of the program is none
    sandbox.write("output/one/sensitivity/sensitivity.json", "{}");
    assert!(page(&run) == without, "the page differs");
}

#[test]
fn a_run_without_an_owner_is_shown_again_from_its_report() {
    is_the_same(ONE, &["--set", "title=\"a 'title'\""], &["--dark"]);
}

#[test]
fn one_path_is_shown_again_from_its_report() {
    is_the_same(&shipped("can-i-quit.toml"), &["--paths", "1"], &[]);
}

#[test]
fn pictures_can_be_drawn_later() {
    let sandbox = Sandbox::with_one();
    sandbox.run(&["run", "one.toml", "--no-charts"]).done();
    assert!(!sandbox.path("output/one/wealth_fan.svg").exists());
    sandbox.run(&["report", "output/one/report.json"]).done();
    assert!(sandbox.path("output/one/wealth_fan.svg").exists());
    assert!(sandbox.path("output/one/timing.json").exists());
}

#[test]
fn the_time_of_a_run_stays_as_it_was_beside_a_report_that_is_shown_again() {
    let sandbox = Sandbox::with_one();
    sandbox.run(&["run", "one.toml", "--no-charts"]).done();
    let timing = sandbox.path("output/one/timing.json");
    let state = || {
        let found = fs::metadata(&timing).expect("a file");
        (fs::read(&timing).expect("a file"), found.modified().expect("a time"), inode(&found))
    };
    let before = state();
    sandbox.run(&["report", "output/one/report.json", "--no-charts"]).done();
    assert!(state() == before, "it was written anew");
    fs::write(&timing, "of another run").expect("it can be written");
    sandbox.run(&["report", "output/one/report.json", "--out", "output/one", "--no-charts"]).done();
    assert_eq!(sandbox.read("output/one/timing.json"), "of another run");
}

/// Number of a file, which a new file of the same name does not have.
#[cfg(unix)]
fn inode(found: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

#[test]
fn a_chart_that_was_asked_for_and_has_nothing_to_show_is_named() {
    let sandbox = Sandbox::with_one();
    let said = "No chart survival: this run has nothing to show in it.  tailwheel explain survival\n";
    let charts = ["--charts", "survival,wealth_fan"];
    assert!(sandbox.run(&[&["run", "one.toml"][..], &charts].concat()).done().contains(said));
    assert!(sandbox.path("output/one/wealth_fan.svg").exists());
    let again = sandbox.run(&[&["report", "output/one/report.json"][..], &charts].concat());
    assert!(again.done().contains(said));
    sandbox.run(&["run", "one.toml"]).done().lacks("No chart");
}

#[test]
fn what_is_no_report_is_refused_with_what_to_do() {
    let sandbox = Sandbox::with_one();
    sandbox.run(&["run", "one.toml", "--no-charts"]).done();
    let report = sandbox.read("output/one/report.json");
    let old = report.replace("tailwheel-report/2", "tailwheel-report/1");
    let damaged = &report[..report.len() / 2];
    let undated = report.replace("\"start\": \"2027-01\"", "\"start\": \"soon\"");
    for (text, why) in
        [(old.as_str(), "tailwheel-report/1"), (damaged, "EOF"), (&undated, "soon"), ("{}", "schema")]
    {
        sandbox.write("it.json", text);
        let ran = sandbox.run(&["report", "it.json", "--out", "shown"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{why}");
        assert!(ran.err.contains(why) && ran.err.contains("tailwheel run"), "{}", ran.err);
        assert!(!sandbox.path("shown").exists());
    }
    for (file, why) in [("no.json", "no such file"), ("output/one", "report.json in it")] {
        sandbox.run(&["report", file]).exits(2).says(why);
    }
}
