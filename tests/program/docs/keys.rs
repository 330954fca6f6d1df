//! No object that the program writes may have a key without a schema; docs/json.md lists every key of every schema.

use super::{answer, page, root, succeed};
use crate::outputs::{self, json};
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;
use tailwheel::report::OUTPUTS;
use tailwheel::stats::look_up;
use tempfile::TempDir;

/// The flagship with few paths and no pictures.
const REPORT: &str = "run scenarios/passive-income-2027.toml --paths 512 --json --no-charts";

/// Pointers to every object of a document, of arrays in the first item alone; what a scenario says is free.
fn objects(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, inner) in
                object.iter().filter(|(key, _)| !["keys", "set", "facts"].contains(&key.as_str()))
            {
                let key = key.replace('~', "~0").replace('/', "~1");
                objects(inner, format!("{at}/{key}"), found);
            }
            found.push(at);
        }
        Value::Array(items) => items.iter().take(1).for_each(|item| objects(item, format!("{at}/0"), found)),
        _ => {}
    }
}

/// No object of `document` may have a key that its schema does not know.
#[track_caller]
fn assert_closed(id: &str, document: &Value) {
    let mut places = Vec::new();
    objects(document, String::new(), &mut places);
    for place in places {
        let mut other = document.clone();
        let object = other.pointer_mut(&place).expect("a place");
        object["unheard-of"] = Value::Object(Map::new());
        assert!(!outputs::faults(id, &other).is_empty(), "{id}: {place}");
    }
}

/// The JSON of a command that writes into `out`.
#[track_caller]
fn printed(command: &str, out: &TempDir) -> Value {
    let out = ["--out", out.path().to_str().unwrap()];
    json(&succeed(&command.split(' ').chain(out).collect::<Vec<_>>()))
}

#[test]
fn every_schema_is_listed() {
    let page = page("docs/json.md");
    for output in OUTPUTS {
        let mark = format!("<!-- generated: keys {} -->", output.id);
        assert!(page.contains(&mark), "docs/json.md has no {mark}");
    }
}

#[test]
fn the_keys_of_what_commands_print_and_of_the_time_of_a_run() {
    let out = TempDir::new().unwrap();
    for (id, command) in [
        ("report", REPORT),
        (
            "compare",
            "compare scenarios/passive-income-2027.toml scenarios/alike-or-different.toml --paths 512 --format json \
             --no-charts",
        ),
        ("replay", "replay scenarios/flash-crash.toml --worst --paths 512 --format json"),
        ("sensitivity", "sensitivity scenarios/four-claims.toml --paths 256 --json"),
    ] {
        assert_closed(id, &printed(command, &out));
    }
    let timing = fs::read_to_string(out.path().join("passive-income-2027/timing.json")).unwrap();
    assert_closed("timing", &json(&timing));
}

#[test]
fn the_measures_and_series_of_a_report() {
    let report = printed(REPORT, &TempDir::new().unwrap());
    let page = page("docs/output.md");
    for id in report["measures"].as_object().unwrap().keys() {
        let general = &look_up(id).expect("a measure").id;
        assert!(page.contains(&format!("`{general}`")), "{id}");
    }
    let (_, sentence) = page.split_once("\nSeries are ").expect("a sentence about series");
    let sentence = sentence.split("\n\n").next().unwrap_or_default();
    for name in report["series"].as_object().unwrap().keys() {
        let general = match name.split_once('.') {
            Some((kind @ ("asset" | "asset_income"), _)) => format!("{kind}.<name>"),
            _ => name.clone(),
        };
        assert!(sentence.contains(&format!("`{general}`")), "{name}");
    }
}

#[test]
fn the_keys_of_a_check() {
    let faulty = "tests/program/corpus/ten-faults.toml";
    let (code, out, _) = answer(&["check", "scenarios", faulty, "--format", "json"]);
    assert_eq!(code, Some(2), "an invalid file is among them");
    assert_closed("check", &json(&out));
}

#[test]
fn the_keys_of_results_and_of_a_baseline() {
    let folder = TempDir::new().unwrap();
    let (out, baseline) = (folder.path().join("out"), folder.path().join("baseline.jsonl"));
    let (out, baseline) = (out.to_str().unwrap(), baseline.to_str().unwrap());
    let scenario = root().join("scenarios/alike-or-different.toml");
    let gates = "\n[[expect]]\nid = \"never\"\nmeasure = \"wealth.terminal.p50\"\nabove = 1e12\n";
    let file = folder.path().join("gated.toml");
    fs::write(&file, fs::read_to_string(scenario).unwrap() + gates).unwrap();
    let faulty = "tests/program/corpus/ten-faults.toml";
    let batch = ["batch", file.to_str().unwrap(), faulty, "--paths", "512", "--no-cache"];
    let beside = ["--out", out, "--baseline", baseline];
    answer(&[&batch[..], &beside, &["--update-baseline"]].concat());
    answer(&[&batch[..], &beside, &["--set", "crash.lockstep=0.5"]].concat());
    let results = Path::new(out).join("results.jsonl");
    for (id, file) in [("batch", results.as_path()), ("baseline", Path::new(baseline))] {
        outputs::lines(&fs::read_to_string(file).unwrap()).iter().for_each(|line| assert_closed(id, line));
    }
}
