//! A folder of scenarios as a CI job runs it: gates, a baseline, shards, what is broken.

use crate::cli::sandbox::Sandbox;
use std::collections::BTreeMap;
use std::fs;

pub const MARKET: &str = include_str!("files/market.toml");

/// `suite/` with twenty scenarios that extend one base.
pub fn suite() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("suite/_market.toml", MARKET);
    for number in 0..20 {
        let text = format!(
            "extends = \"_market.toml\"\n\n[run]\nseed = {}\n\n[[asset]]\nname  = \"coins\"\n\
             roi   = \"18-28 %\"\n",
            100 + number
        );
        sandbox.write(&format!("suite/s{number:02}.toml"), text);
    }
    sandbox
}

/// Files that a batch leaves, by name, without what it keeps for the next time.
pub fn outputs(sandbox: &Sandbox, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let prefix = format!("{folder}/");
    let files = sandbox.files().into_iter().filter(|name| name.starts_with(&prefix) && !name.ends_with('/'));
    let files = files.filter(|name| !name.contains(".tailwheel-cache"));
    files
        .map(|name| {
            let bytes = fs::read(sandbox.path(&name)).expect("a file");
            (name[prefix.len()..].to_owned(), bytes)
        })
        .collect()
}

pub fn batch(sandbox: &Sandbox, more: &[&str]) -> crate::cli::sandbox::Ran {
    let mut arguments = vec!["batch", "suite", "--out", "out"];
    arguments.extend(more);
    sandbox.run(&arguments)
}

#[test]
fn an_unchanged_tree_gives_the_same_bytes_whether_kept_or_computed() {
    let sandbox = suite();
    batch(&sandbox, &["--baseline", "base.jsonl", "--update-baseline"]).exits(0).prints("20 new");
    let against = ["--baseline", "base.jsonl"];
    batch(&sandbox, &[&against[..], &["--no-cache"]].concat()).exits(0);
    let bytes = outputs(&sandbox, "out");
    assert_eq!(bytes.len(), 24, "20 reports and 4 files: {:?}", bytes.keys());
    // with a cache that has other paths of these models, then everything
    for _ in 0..2 {
        let kept = batch(&sandbox, &against).exits(0);
        assert!(outputs(&sandbox, "out") == bytes, "{}", kept.out);
    }
    batch(&sandbox, &against).prints("20 from cache");
    // and in whatever number of threads
    batch(&sandbox, &[&against[..], &["--no-cache", "--threads", "1", "--jobs", "3"]].concat()).exits(0);
    assert!(outputs(&sandbox, "out") == bytes);
}

#[test]
fn one_changed_parameter_in_twenty_scenarios_is_found_and_named() {
    let sandbox = suite();
    batch(&sandbox, &["--baseline", "base.jsonl", "--update-baseline"]);
    let changed = sandbox.read("suite/s07.toml").replace("18-28 %", "90-98 %");
    sandbox.write("suite/s07.toml", changed);
    let ran = batch(&sandbox, &["--baseline", "base.jsonl", "--annotate", "github"])
        .exits(1)
        .prints("CHANGED")
        .prints("changed 1\n");
    for part in ["asset.coins.roi", "18-28 %", "90-98 %"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert!(!ran.out.contains("s08"), "{}", ran.out);
    let place = "file=suite/s07.toml,line=8,col=1";
    assert!(ran.err.contains(place), "{}", ran.err);
    for (file, part) in [("summary.md", "suite/s07.toml:8:1"), ("junit.xml", "asset.coins.roi")] {
        assert!(sandbox.read(&format!("out/{file}")).contains(part), "{file}");
    }
    // the page may break a key where it is long
    assert!(sandbox.read("out/index.html").contains("90-98 %"));
    // put right again, it is as it was
    let mended = sandbox.read("suite/s07.toml").replace("90-98 %", "18-28 %");
    sandbox.write("suite/s07.toml", mended);
    batch(&sandbox, &["--baseline", "base.jsonl"]).exits(0);
}

#[test]
fn an_edit_in_a_base_is_named_where_it_stands() {
    let sandbox = suite();
    batch(&sandbox, &["--baseline", "base.jsonl", "--update-baseline"]);
    let edited = sandbox.read("suite/_market.toml").replacen("value = 50_000", "value = 90_000", 1);
    sandbox.write("suite/_market.toml", edited);
    batch(&sandbox, &["--baseline", "base.jsonl"]).exits(1).prints("changed 20");
    let summary = sandbox.read("out/summary.md");
    assert!(summary.contains("suite/\\_market.toml:15:1"), "{summary}");
}

#[test]
fn a_gate_at_the_edge_is_inconclusive_with_every_seed_that_leaves_it_there() {
    let sandbox = Sandbox::new();
    sandbox.write("suite/_market.toml", MARKET);
    // the probability itself, from many more paths than a batch has
    let many = MARKET.replace("paths = 1_000", "paths = 200_000");
    sandbox.write("many.toml", many);
    let report = sandbox.run(&["run", "many.toml", "--json", "--no-charts"]);
    let report: serde_json::Value = serde_json::from_str(&report.out).expect("a report");
    let truth = report["measures"]["loss.probability"]["value"].as_f64().expect("a figure");
    for number in 0..60 {
        let text = format!(
            "extends = \"_market.toml\"\n\n[run]\nseed = {number}\n\n[[expect]]\nid = \"no-loss\"\n\
             below = {truth}\n"
        );
        sandbox.write(&format!("suite/edge-{number}.toml"), text);
    }
    let ran = batch(&sandbox, &[]).exits(1);
    let results = sandbox.read("out/results.jsonl");
    let n =
        |verdict: &str| results.matches(&format!("\"verdict\":\"{verdict}\",\"paths_to_decide\"")).count();
    // at 99 %: of sixty, 0.6 on average are not; four or more happen once in 350
    assert!(n("inconclusive") >= 57, "{}", ran.out);
    assert_eq!(n("inconclusive") + n("pass") + n("fail"), 60);
    // the same batch says the same again, and lets it through if asked
    let again = batch(&sandbox, &["--no-cache"]);
    assert_eq!(sandbox.read("out/results.jsonl"), results);
    assert_eq!(again.code, Some(1));
    if n("fail") == 0 {
        batch(&sandbox, &["--inconclusive", "pass"]).exits(0);
    }
    // power: a gate ten points away is never undecided
    let away = sandbox.read("suite/_market.toml");
    sandbox.write("suite/_market.toml", away);
    for number in 0..60 {
        let file = format!("suite/edge-{number}.toml");
        let text = sandbox.read(&file).replace(&format!("below = {truth}"), "below = 0.7");
        sandbox.write(&file, text);
    }
    batch(&sandbox, &[]).exits(0);
}

#[test]
fn an_undecided_gate_is_decided_by_more_paths_if_asked() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "suite/close.toml",
        MARKET.replace("paths = 1_000", "paths = 300").replace("below   = \"75 %\"", "below   = \"60 %\""),
    );
    batch(&sandbox, &[]).exits(1).prints("--decide");
    batch(&sandbox, &["--decide", "100000"]).exits(0);
    let report: serde_json::Value =
        serde_json::from_str(&sandbox.read("out/reports/close/report.json")).expect("a report");
    let paths = report["run"]["paths"].as_u64().expect("a number");
    assert!(paths > 300 && (paths.is_multiple_of(256) || paths == 100_000), "{paths}");
    // what ran on few paths is continued, and is what one run gives
    let at_once =
        sandbox.run(&["batch", "suite", "--out", "once", "--no-cache", "--paths", &paths.to_string()]);
    assert!(at_once.code.is_some());
    let measures = |folder: &str| {
        let text = sandbox.read(&format!("{folder}/reports/close/report.json"));
        let report: serde_json::Value = serde_json::from_str(&text).expect("a report");
        report["measures"].clone()
    };
    assert_eq!(measures("out"), measures("once"));
}

#[test]
fn shards_put_together_are_the_batch_in_one_piece() {
    let sandbox = suite();
    let baseline = ["--baseline", "base.jsonl"];
    batch(&sandbox, &[&baseline[..], &["--update-baseline"]].concat());
    let changed = sandbox.read("suite/s03.toml").replace("18-28 %", "90-98 %");
    sandbox.write("suite/s03.toml", changed);
    batch(&sandbox, &baseline).exits(1);
    let whole = outputs(&sandbox, "out");
    for number in 1..=3 {
        let shard = format!("{number}/3");
        let out = format!("parts/{number}");
        let arguments = ["batch", "suite", "--shard", &shard, "--out", &out];
        sandbox.run(&[&arguments[..], &baseline].concat()).exits(0);
    }
    sandbox.run(&["merge", "parts/1", "parts/2", "parts/3", "--out", "merged"]).exits(1);
    assert!(outputs(&sandbox, "merged") == whole);
    sandbox.run(&["merge", "parts/1", "parts/3", "--out", "few"]).exits(2).prints("without shard 2");
    assert!(sandbox.read("few/junit.xml").contains("shard 2"));
}

#[test]
fn ids_are_listed_and_filtered() {
    let sandbox = suite();
    assert_eq!(batch(&sandbox, &["--list", "--filter", "s1"]).exits(0).out.lines().count(), 10);
    assert!(!sandbox.path("out").exists());
    batch(&sandbox, &["--filter", "zebra"]).exits(2).says("--list");
}

#[test]
fn a_batch_ends_early_if_asked_and_says_what_it_left() {
    let sandbox = suite();
    let text = sandbox.read("suite/s02.toml") + "\n[[expect]]\nid = \"no-loss\"\nbelow = 0.01\n";
    sandbox.write("suite/s02.toml", text);
    let ran = batch(&sandbox, &["--fail-fast"]).exits(1).prints("NOT RUN").prints("--fail-fast");
    // what has run ahead of the failure, on another thread, has no answer twice
    let told: Vec<&str> = ran.err.lines().collect();
    assert_eq!(told, ["1/20 s00: passed", "2/20 s01: passed", "3/20 s02: FAILED"]);
    // a file that cannot be read is told, though it comes after the failure
    sandbox.write("suite/zz.toml", "x");
    batch(&sandbox, &["--fail-fast"]).exits(2).prints("INVALID").prints("zz");
    fs::remove_file(sandbox.path("suite/zz.toml")).expect("it was written");
    let late = batch(&sandbox, &["--max-time", "0.000001s", "--no-cache"]).exits(2);
    batch(&sandbox, &["--list"]).exits(0);
    sandbox.write("suite/broken.toml", "x");
    batch(&sandbox, &["--list"]).exits(2).says("suite/broken.toml:1:2: key with no value");
    assert!(late.out.contains("--max-time"), "{}", late.out);
}

#[test]
fn a_scenario_that_runs_when_the_time_is_over_is_stopped_and_named() {
    let sandbox = suite();
    // half a minute, if nothing stopped it
    let long = ["--paths", "2000000", "--set", "horizon=\"100 years\"", "--threads", "1", "--filter", "s02"];
    let late = batch(&sandbox, &[&long[..], &["--no-cache", "--max-time", "1s"]].concat()).exits(2);
    let said = late.out.contains("the time of --max-time was over");
    assert!(said, "{}", late.out);
    let report = "out/reports/s02/report.json".to_owned();
    assert!(!sandbox.files().contains(&report));
}

#[test]
fn another_currency_start_or_horizon_fails_against_the_baseline() {
    let sandbox = suite();
    let baseline = ["--baseline", "base.jsonl"];
    batch(&sandbox, &[&baseline[..], &["--update-baseline"]].concat());
    let market = sandbox.read("suite/_market.toml");
    for (from, to, said) in [
        ("\"USD\"", "\"EUR\"", "the baseline has the currency USD, this scenario EUR"),
        ("\"2027-01\"", "\"2028-01\"", "the baseline has the start 2027-01, this scenario 2028-01"),
        ("\"2 years\"", "\"3 years\"", "the baseline has the horizon 24 months, this scenario 36 months"),
    ] {
        sandbox.write("suite/_market.toml", market.replace(from, to));
        batch(&sandbox, &baseline).exits(1).prints("changed 20");
        for file in ["summary.md", "junit.xml", "index.html"] {
            assert!(sandbox.read(&format!("out/{file}")).contains(said), "{file}: {said}");
        }
    }
    // the same horizon in other words is the same
    sandbox.write("suite/_market.toml", market.replace("\"2 years\"", "\"24 months\""));
    batch(&sandbox, &baseline).exits(0);
}

#[test]
fn figures_are_compared_as_they_stand_whatever_seed_and_paths_they_are_of() {
    let sandbox = suite();
    let baseline = ["--baseline", "base.jsonl", "--filter", "s07"];
    batch(&sandbox, &["--baseline", "base.jsonl", "--update-baseline"]);
    let other = [&baseline[..], &["--seed", "99", "--paths", "1500"]].concat();
    let ran = batch(&sandbox, &other).exits(0);
    assert!(ran.out.starts_with("1 of 20 scenarios"), "{}", ran.out);
    let changed = sandbox.read("suite/s07.toml").replace("18-28 %", "90-98 %");
    sandbox.write("suite/s07.toml", changed);
    batch(&sandbox, &other).exits(1);
}

#[test]
fn an_update_keeps_what_it_could_not_look_at_and_cannot_be_cut_short() {
    let sandbox = suite();
    let update = ["--baseline", "base.jsonl", "--update-baseline"];
    batch(&sandbox, &update).omits("--update-baseline").prints("exit 0");
    let text = sandbox.read("suite/s03.toml").replace("roi ", "rio ");
    sandbox.write("suite/s03.toml", text);
    batch(&sandbox, &update).exits(2).prints("20 as they were");
    for flag in [&["--fail-fast"][..], &["--max-time", "1h"]] {
        batch(&sandbox, &[&update[..], flag].concat()).exits(2).says("cannot be used with");
    }
}
