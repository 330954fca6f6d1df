//! Every key of every file that the program writes stands in the part of the page that is about it.

use super::{answer, page, root, succeed};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// What these hold are names: of measures, series, assets, markets, keys of a scenario.
const BY_NAME: [&str; 14] = [
    "measures",
    "series",
    "columns",
    "managed",
    "clusters",
    "markets",
    "balances",
    "posted",
    "causes",
    "worlds",
    "keys",
    "set",
    "surprises",
    "headline",
];

const FLAGSHIP: &str = "scenarios/passive-income-2027.toml";

/// Keys of `value` and of all within; of what is by name, those of any one.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                found.insert(key.clone());
                match inner {
                    Value::Object(named) if BY_NAME.contains(&key.as_str()) => {
                        named.values().for_each(|one| keys(one, found));
                    }
                    inner => keys(inner, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

/// Words between backticks of the sections of docs/output.md that are called so.
fn named(sections: &[&str]) -> BTreeSet<String> {
    let text = format!("\n{}", page("docs/output.md"));
    let mut words = BTreeSet::new();
    for title in sections {
        let (_, rest) = text
            .split_once(&format!("\n## {title}\n"))
            .expect("the section is there");
        let section = rest.split("\n## ").next().unwrap_or_default();
        for span in section.split('`').skip(1).step_by(2) {
            let parts = span.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            words.extend(parts.map(str::to_owned));
        }
    }
    words
}

#[track_caller]
fn assert_named(what: &Value, sections: &[&str]) {
    let (mut found, named) = (BTreeSet::new(), named(sections));
    keys(what, &mut found);
    assert!(!found.is_empty());
    let missing: Vec<&String> = found.difference(&named).collect();
    assert!(
        missing.is_empty(),
        "docs/output.md, {sections:?}: no word about {missing:?}"
    );
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn lines(file: &Path) -> Value {
    let text = fs::read_to_string(file).unwrap();
    Value::Array(text.lines().map(json).collect())
}

/// The flagship with few paths and no pictures, as JSON.
fn flagship(out: &TempDir) -> Value {
    let folder = out.path().to_str().unwrap();
    let arguments = [
        "run",
        FLAGSHIP,
        "--paths",
        "512",
        "--json",
        "--no-charts",
        "--out",
        folder,
    ];
    json(&succeed(&arguments))
}

#[test]
fn the_keys_of_a_report() {
    let out = TempDir::new().unwrap();
    let report = flagship(&out);
    assert_named(&report, &["report.json"]);
    let timing = fs::read_to_string(out.path().join("passive-income-2027/timing.json")).unwrap();
    assert_named(&json(&timing), &["timing.json"]);
}

#[test]
fn the_measures_and_series_of_a_report() {
    let report = flagship(&TempDir::new().unwrap());
    let page = page("docs/output.md");
    for id in report["measures"].as_object().unwrap().keys() {
        let asset = id
            .strip_prefix("asset.")
            .and_then(|id| id.split_once(".terminal"));
        let general = asset.map_or(id.clone(), |(_, rest)| {
            format!("asset.<name>.terminal{rest}")
        });
        assert!(page.contains(&format!("`{general}`")), "{id}");
    }
    let (_, sentence) = page
        .split_once("\nSeries are ")
        .expect("a sentence about series");
    let sentence = sentence.split("\n\n").next().unwrap_or_default();
    for name in report["series"].as_object().unwrap().keys() {
        let general = if name.starts_with("asset.") {
            "asset.<name>"
        } else {
            name
        };
        assert!(sentence.contains(&format!("`{general}`")), "{name}");
    }
}

#[test]
fn the_keys_of_a_comparison() {
    let out = TempDir::new().unwrap();
    let folder = out.path().to_str().unwrap();
    let monoculture = "scenarios/monoculture.toml";
    let shown = ["--format", "json", "--no-charts", "--out", folder];
    let arguments = [
        &["compare", FLAGSHIP, monoculture, "--paths", "512"],
        &shown[..],
    ]
    .concat();
    assert_named(&json(&succeed(&arguments)), &["compare"]);
}

#[test]
fn the_keys_of_a_replay() {
    let out = TempDir::new().unwrap();
    let folder = out.path().to_str().unwrap();
    let file = "scenarios/flash-crash.toml";
    let shown = ["--format", "json", "--out", folder];
    let arguments = [&["replay", file, "--worst", "--paths", "512"], &shown[..]].concat();
    // `scenario` and `run` are as there
    assert_named(&json(&succeed(&arguments)), &["replay", "report.json"]);
}

#[test]
fn the_keys_of_a_check() {
    let faulty = "tests/corpus/ten-faults.toml";
    let (code, out, _) = answer(&["check", "scenarios", faulty, "--format", "json"]);
    assert_eq!(code, Some(2), "an invalid file is among them");
    assert_named(&json(&out), &["check"]);
}

#[test]
fn the_keys_of_results_and_of_a_baseline() {
    let folder = TempDir::new().unwrap();
    let (out, baseline) = (
        folder.path().join("out"),
        folder.path().join("baseline.jsonl"),
    );
    let (out, baseline) = (out.to_str().unwrap(), baseline.to_str().unwrap());
    let scenario = root().join("scenarios/one-limit-or-many.toml");
    let gates = "\n[[expect]]\nid = \"never\"\nmeasure = \"wealth.terminal.p50\"\nabove = 1e12\n";
    let file = folder.path().join("gated.toml");
    fs::write(&file, fs::read_to_string(scenario).unwrap() + gates).unwrap();
    let faulty = "tests/corpus/ten-faults.toml";
    let batch = [
        "batch",
        file.to_str().unwrap(),
        faulty,
        "--paths",
        "512",
        "--no-cache",
    ];
    let beside = ["--out", out, "--baseline", baseline];
    answer(&[&batch[..], &beside, &["--update-baseline"]].concat());
    answer(&[&batch[..], &beside, &["--set", "crash.lockstep=0.5"]].concat());
    let sections = ["Results and baseline of a batch", "check", "report.json"];
    assert_named(&lines(&Path::new(out).join("results.jsonl")), &sections);
    assert_named(&lines(Path::new(baseline)), &sections);
}
