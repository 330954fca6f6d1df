//! `check` of folders, for programs, and beside the lines of a review.

use super::sandbox::{ONE, Sandbox, Text, ran};
use crate::outputs::json;
use std::path::Path;

/// A folder with a good, a bad, a hidden scenario and a base.
fn folder() -> Sandbox {
    let sandbox = Sandbox::with("all/b good.toml", ONE);
    sandbox.write("all/sub/a.toml", ONE.replace("value =", "vlaue ="));
    for name in ["all/_base.toml", "all/.hidden.toml"] {
        sandbox.write(name, "no scenario");
    }
    sandbox
}

/// What is warned of in the report of `it.toml`, by id.
fn warned(sandbox: &Sandbox) -> Vec<String> {
    let report = json(&sandbox.run("run it.toml --no-charts --no-bridge --json").out);
    let warnings = report["warnings"].as_array().expect("a list").iter();
    let own = warnings.filter(|warning| warning["about"] != "version");
    own.map(|warning| warning["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn a_folder_stands_for_its_scenarios() {
    let sandbox = folder();
    sandbox.write("all/sub/a.toml", ONE);
    let out = sandbox.run("check all").done();
    let files: Vec<&str> = out.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(files, ["all/b good.toml", "all/sub/a.toml", "all 2 files are valid"]);
    let out = sandbox.run(&["check", ".", "all/b good.toml"]).done();
    assert_eq!(out.lines().count(), 3, "{out}");
    // one without them is an error
    let without = Sandbox::with("all/_base.toml", ONE).run("check all").failed();
    without.has("all: there is no scenario in this folder");
}

#[test]
fn json_has_every_file_with_its_faults_and_their_places() {
    let ran = folder().run("check all --format json");
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), ""));
    let report = json(&ran.out);
    assert_eq!(report["schema"], "tailwheel-check/1");
    let valid = &report["files"][0];
    assert_eq!((&valid["file"], &valid["kind"]), (&"all/b good.toml".into(), &"valid".into()));
    assert_eq!(valid["paths"], 512);
    let faults = report["files"][1]["faults"].as_array().unwrap();
    let unknown = faults.iter().find(|fault| fault["code"] == "unknown-key").unwrap();
    let place = ["file", "line", "column", "end_column"].map(|key| unknown["place"][key].to_string());
    assert_eq!(place, ["\"all/sub/a.toml\"", "13", "1", "6"]);
}

#[test]
fn a_fault_in_an_assignment_is_one_of_no_line() {
    let sandbox = Sandbox::with_one();
    let ran = sandbox.run("check one.toml --set run.paths=-1 --format json --annotate github");
    let fault = &json(&ran.out)["files"][0]["faults"][0];
    assert!(fault["place"].is_null(), "{fault}");
    ran.err.starts("::error file=one.toml,title=");
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository() {
    let sandbox = folder();
    let mut command = sandbox.command("check . --annotate auto --format json");
    command.current_dir(sandbox.path("all"));
    command.env("GITHUB_ACTIONS", "true").env("GITHUB_WORKSPACE", sandbox.path(""));
    let said = "\n::error file=all/sub/a.toml,line=13,col=1,endLine=13,endColumn=6,";
    format!("\n{}", ran(&mut command).exits(2).err).has(said);
    // outside of a job of GitHub nothing is annotated
    let mut command = sandbox.command("check all --annotate auto");
    ran(command.env_remove("GITHUB_ACTIONS")).exits(2).without("::error");
}

#[test]
fn an_amount_that_is_grouped_as_elsewhere_is_told_with_what_was_read() {
    let gates = "[[expect]]\nid = \"median\"\nmeasure = \"wealth.terminal.p50\"\nabove = 40.000\n";
    let rest = format!("volatility = 0.500\n[owner]\ncash = 1.250\n{gates}");
    let sandbox = Sandbox::with("it.toml", ONE.replace("50_000", "50.000") + &rest);
    let checked = sandbox.run("check it.toml").exits(0);
    let lines: Vec<&str> = checked.err.lines().collect();
    for (line, start, meant) in [
        (lines[0], "warning: it.toml: `asset.saas.value` is 50. ", "write `50_000`;"),
        (lines[1], "warning: it.toml: `owner.cash` is 1.25. ", "write `1_250`;"),
        (lines[2], "warning: it.toml: `expect.median.above` is 40. ", "write `40_000`;"),
    ] {
        line.starts(start).has(meant);
    }
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_eq!(warned(&sandbox).iter().filter(|id| *id == "decimal-amount").count(), 3);
    // what is meant can be written so that nothing is left to ask
    for plain in ["50_000", "50", "50.0", "50.0000"] {
        sandbox.write("it.toml", ONE.replace("50_000", plain));
        sandbox.run("check it.toml").done();
    }
    sandbox.write("it.toml", ONE);
    let set = |edit: &str| sandbox.run(&["check", "it.toml", "--set", edit]);
    set("asset.saas.value=7.000").says("`asset.saas.value` is 7. ");
    let spends = |amount: &str| set(&format!("owner.spending=\"{amount}\""));
    spends("1.800/month").says("`owner.spending` is 1.8/month. If \"1_800/month\" is meant, write");
    for plain in ["1_800/month", "1.8/month", "1.80/month"] {
        assert_eq!(spends(plain).err, "");
    }
}

#[test]
fn what_cannot_be_meant_is_warned_of_by_check_and_run_and_can_be_denied() {
    let with = |tax: &str, limit: &str| {
        let gate = format!("[[expect]]\nid = \"few\"\nmeasure = \"loss.probability\"\nbelow = {limit}\n");
        let owner = format!("[owner]\ncash = 0\nsurplus = \"keep\"\ntax_rate = \"{tax} %\"\n");
        Sandbox::with("it.toml", format!("{ONE}{owner}{gate}"))
    };
    for (sandbox, ids) in
        [(with("100", "1"), vec!["implausible-value", "pointless-gate"]), (with("40", "0.999"), vec![])]
    {
        let checked = sandbox.run("check it.toml").exits(0);
        let starts =
            ["warning: it.toml: `owner.tax_rate` is ", "warning: it.toml: Gate `few` has the limit 1: "];
        for (line, start) in checked.err.lines().zip(starts) {
            line.starts(start);
        }
        assert_eq!(checked.err.lines().count(), ids.len(), "{}", checked.err);
        let report = json(&sandbox.run("check it.toml --format json").out);
        assert_eq!(report["files"][0]["warnings"].as_array().map(Vec::len), Some(ids.len()));
        let found: Vec<String> = warned(&sandbox).into_iter().filter(|id| id != "heavy-tail").collect();
        assert_eq!(found, ids);
        let denied = sandbox.run("run it.toml --no-charts --no-bridge --json --deny-warnings");
        let says = denied.err.contains("implausible-value, pointless-gate");
        assert_eq!(says, !ids.is_empty(), "{}", denied.err);
        assert!(denied.code == Some(1) || ids.is_empty(), "{}", denied.err);
    }
}

/// Shipped scenarios that write one number where the catalog has a range, as their documents do.
const OF_DOCUMENTS: [&str; 8] = [
    "cross-chain-yield", "flywheel", "fractional-real-assets", "linear-income", "platform-income",
    "royalty-lag", "thousand-pictures", "two-blogs-and-a-course",
];

#[test]
fn no_shipped_scenario_has_a_value_that_cannot_be_meant() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let checked = Sandbox::new().run(&["check", shipped.to_str().unwrap(), "--format", "json"]).exits(0);
    let report = json(&checked.out);
    let files = report["files"].as_array().unwrap();
    assert!(files.len() > 30, "{}", files.len());
    let mut writing = Vec::new();
    for file in files {
        let path = Path::new(file["file"].as_str().unwrap());
        for warning in file["warnings"].as_array().unwrap() {
            let said = warning.as_str().unwrap();
            // those of a claim say in the file why
            if said.starts_with("Better than the catalog: ") {
                continue;
            }
            assert!(said.contains("where the catalog has a range"), "{path:?}: {said}");
            writing.push(path.file_stem().unwrap().to_str().unwrap());
        }
    }
    writing.sort_unstable();
    assert_eq!(writing, OF_DOCUMENTS);
}
