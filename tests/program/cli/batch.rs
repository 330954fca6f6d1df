//! A folder of scenarios as a CI job runs it: gates, a baseline, shards, what is broken.

use crate::cli::sandbox::{Ran, Sandbox, Text};
use crate::outputs::number;

pub const MARKET: &str = include_str!("files/market.toml");

/// `suite/` with twenty scenarios that extend one base.
pub fn suite() -> Sandbox {
    let sandbox = Sandbox::with("suite/_market.toml", MARKET);
    for number in 0..20 {
        let run = format!("extends = \"_market.toml\"\n\n[run]\nseed = {}\n\n", 100 + number);
        let asset = "[[asset]]\nname  = \"coins\"\nroi   = \"18-28 %\"\n";
        sandbox.write(&format!("suite/s{number:02}.toml"), run + asset);
    }
    sandbox
}

/// Edits the text of a file.
pub fn edit(sandbox: &Sandbox, file: &str, from: &str, to: &str) {
    sandbox.write(file, sandbox.read(file).replace(from, to));
}

pub fn batch(sandbox: &Sandbox, more: &str) -> Ran {
    sandbox.run(format!("batch suite --out out {more}").trim_end())
}

const AGAINST: &str = "--baseline base.jsonl";
const UPDATE: &str = "--baseline base.jsonl --update-baseline";

#[test]
fn an_unchanged_tree_gives_the_same_bytes_whether_kept_or_computed() {
    let sandbox = suite();
    batch(&sandbox, UPDATE).exits(0).prints("20 new");
    batch(&sandbox, &format!("{AGAINST} --no-cache")).exits(0);
    let bytes = sandbox.contents("out");
    assert_eq!(bytes.len(), 24, "20 reports and 4 files: {:?}", bytes.keys());
    // with a cache that has other paths of these models, then everything, and in whatever number of threads
    for more in ["", "", " --no-cache --threads 1 --jobs 3"] {
        let ran = batch(&sandbox, &format!("{AGAINST}{more}")).exits(0);
        assert!(sandbox.contents("out") == bytes, "{}", ran.out);
    }
    batch(&sandbox, AGAINST).prints("20 from cache");
}

#[test]
fn one_changed_parameter_in_twenty_scenarios_is_found_and_named() {
    let sandbox = suite();
    batch(&sandbox, UPDATE);
    edit(&sandbox, "suite/s07.toml", "18-28 %", "90-98 %");
    let ran = batch(&sandbox, &format!("{AGAINST} --annotate github")).exits(1);
    ran.says("file=suite/s07.toml,line=8,col=1")
        .out
        .has_all(["CHANGED", "changed 1\n", "asset.coins.roi", "18-28 %", "90-98 %"])
        .lacks("s08");
    // the page may break a key where it is long
    for (file, part) in
        [("summary.md", "suite/s07.toml:8:1"), ("junit.xml", "asset.coins.roi"), ("index.html", "90-98 %")]
    {
        sandbox.read(&format!("out/{file}")).has(part);
    }
    // put right again, it is as it was
    edit(&sandbox, "suite/s07.toml", "90-98 %", "18-28 %");
    batch(&sandbox, AGAINST).exits(0);
}

#[test]
fn an_edit_in_a_base_is_named_where_it_stands() {
    let sandbox = suite();
    batch(&sandbox, UPDATE);
    edit(&sandbox, "suite/_market.toml", "value = 50_000", "value = 90_000");
    batch(&sandbox, AGAINST).exits(1).prints("changed 20");
    sandbox.read("out/summary.md").has("suite/\\_market.toml:15:1");
}

#[test]
fn a_gate_at_the_edge_is_inconclusive_with_every_seed_that_leaves_it_there() {
    let sandbox = Sandbox::with("suite/_market.toml", MARKET);
    // the probability itself, from many more paths than a batch has
    sandbox.write("many.toml", MARKET.replace("paths = 1_000", "paths = 200_000"));
    let report = sandbox.run("run many.toml --json --no-charts");
    let report: serde_json::Value = serde_json::from_str(&report.out).expect("a report");
    let gates_at = |limit: f64| {
        for number in 0..60 {
            let gate = format!("[[expect]]\nid = \"no-loss\"\nbelow = {limit}\n");
            let text = format!("extends = \"_market.toml\"\n\n[run]\nseed = {number}\n\n{gate}");
            sandbox.write(&format!("suite/edge-{number}.toml"), text);
        }
    };
    gates_at(number(&report["measures"]["loss.probability"]["value"]));
    let ran = batch(&sandbox, "").exits(1);
    let results = sandbox.read("out/results.jsonl");
    let n =
        |verdict: &str| results.matches(&format!("\"verdict\":\"{verdict}\",\"paths_to_decide\"")).count();
    // at 99 %: of sixty, 0.6 on average are not; four or more happen once in 350
    assert!(n("inconclusive") >= 57, "{}", ran.out);
    assert_eq!(n("inconclusive") + n("pass") + n("fail"), 60);
    // the same batch says the same again, and lets it through if asked
    batch(&sandbox, "--no-cache").exits(1);
    assert_eq!(sandbox.read("out/results.jsonl"), results);
    if n("fail") == 0 {
        batch(&sandbox, "--inconclusive pass").exits(0);
    }
    // power: a gate ten points away is never undecided
    gates_at(0.7);
    batch(&sandbox, "").exits(0);
}

#[test]
fn an_undecided_gate_is_decided_by_more_paths_if_asked() {
    let close = MARKET.replace("paths = 1_000", "paths = 300");
    let close = close.replace("below   = \"75 %\"", "below   = \"60 %\"");
    let sandbox = Sandbox::with("suite/close.toml", close);
    batch(&sandbox, "").exits(1).prints("--decide");
    batch(&sandbox, "--decide 100000").exits(0);
    let report = sandbox.read_json("out/reports/close/report.json");
    let paths = report["run"]["paths"].as_u64().expect("a number");
    assert!(paths > 300 && (paths.is_multiple_of(256) || paths == 100_000), "{paths}");
    // what ran on few paths is continued, and is what one run gives
    let at_once = sandbox.run(&format!("batch suite --out once --no-cache --paths {paths}"));
    assert!(at_once.code.is_some());
    assert_eq!(report["measures"], sandbox.read_json("once/reports/close/report.json")["measures"]);
}

#[test]
fn shards_put_together_are_the_batch_in_one_piece() {
    let sandbox = suite();
    batch(&sandbox, UPDATE);
    edit(&sandbox, "suite/s03.toml", "18-28 %", "90-98 %");
    batch(&sandbox, AGAINST).exits(1);
    let whole = sandbox.contents("out");
    for number in 1..=3 {
        let shard = format!("batch suite --shard {number}/3 --out parts/{number} {AGAINST}");
        sandbox.run(&shard).exits(0);
    }
    // one folder may hold all of theirs
    for (folders, out) in [("parts/1 parts/2 parts/3", "merged"), ("parts", "found")] {
        sandbox.run(&format!("merge {folders} --out {out}")).exits(1);
        assert!(sandbox.contents(out) == whole, "{folders}");
    }
    sandbox.run("merge parts/1 parts/3 --out few").exits(2).prints("without shard 2");
    sandbox.read("few/junit.xml").has("shard 2");
    assert_eq!(
        sandbox.run("merge parts --check").failed(),
        "error: --check applies to parts of a run, but the folders hold shards; leave it out: `merge` lists missing shards\n"
    );
}

#[test]
fn ids_are_listed_and_filtered() {
    let sandbox = suite();
    assert_eq!(batch(&sandbox, "--list --filter s1").exits(0).out.lines().count(), 10);
    assert!(!sandbox.has("out"));
    batch(&sandbox, "--filter zebra").exits(2).says("--list");
}

#[test]
fn a_batch_ends_early_if_asked_and_says_what_it_left() {
    let sandbox = suite();
    let gate = "\n[[expect]]\nid = \"no-loss\"\nbelow = 0.01\n";
    sandbox.write("suite/s02.toml", sandbox.read("suite/s02.toml") + gate);
    let ran = batch(&sandbox, "--fail-fast").exits(1).prints("NOT RUN").prints("--fail-fast");
    // what has run ahead of the failure, on another thread, has no answer twice
    assert_eq!(ran.err, "1/20 s00: passed\n2/20 s01: passed\n3/20 s02: FAILED\n");
    // a file that cannot be read is told, though it comes after the failure
    sandbox.write("suite/zz.toml", "x");
    batch(&sandbox, "--fail-fast").exits(2).prints("INVALID").prints("zz");
    sandbox.remove("suite/zz.toml");
    batch(&sandbox, "--max-time 0.000001s --no-cache").exits(2).prints("--max-time");
    batch(&sandbox, "--list").exits(0);
    sandbox.write("suite/broken.toml", "x");
    batch(&sandbox, "--list").exits(2).says("suite/broken.toml:1:2: there is no `=`");
}

#[test]
fn a_scenario_that_runs_when_the_time_is_over_is_stopped_and_named() {
    let sandbox = suite();
    // half a minute, if nothing stopped it
    edit(&sandbox, "suite/_market.toml", "\"2 years\"", "\"100 years\"");
    let late = batch(&sandbox, "--paths 2000000 --threads 1 --filter s02 --no-cache --max-time 1s");
    late.exits(2).prints("the time of --max-time was over");
    assert!(!sandbox.has("out/reports/s02/report.json"));
}

#[test]
fn another_currency_start_or_horizon_fails_against_the_baseline() {
    let sandbox = suite();
    batch(&sandbox, UPDATE);
    let write = |from: &str, to: &str| sandbox.write("suite/_market.toml", MARKET.replace(from, to));
    for (from, to, said) in [
        ("\"USD\"", "\"EUR\"", "the baseline has the currency USD, this scenario EUR"),
        ("\"2027-01\"", "\"2028-01\"", "the baseline has the start 2027-01, this scenario 2028-01"),
        ("\"2 years\"", "\"3 years\"", "the baseline has the horizon 24 months, this scenario 36 months"),
    ] {
        write(from, to);
        batch(&sandbox, AGAINST).exits(1).prints("changed 20");
        for file in ["summary.md", "junit.xml", "index.html"] {
            sandbox.read(&format!("out/{file}")).has(said);
        }
    }
    // the same horizon in other words is the same
    write("\"2 years\"", "\"24 months\"");
    batch(&sandbox, AGAINST).exits(0);
}

#[test]
fn figures_are_compared_as_they_stand_whatever_seed_and_paths_they_are_of() {
    let sandbox = suite();
    batch(&sandbox, UPDATE);
    let other = format!("{AGAINST} --filter s07 --seed 99 --paths 1500");
    batch(&sandbox, &other).exits(0).out.starts("1 of 20 scenarios");
    edit(&sandbox, "suite/s07.toml", "18-28 %", "90-98 %");
    batch(&sandbox, &other).exits(1);
}

#[test]
fn an_update_keeps_what_it_could_not_look_at_and_cannot_be_cut_short() {
    let sandbox = suite();
    batch(&sandbox, UPDATE).omits("--update-baseline").prints("exit 0");
    edit(&sandbox, "suite/s03.toml", "roi ", "rio ");
    batch(&sandbox, UPDATE).exits(2).prints("20 as they were");
    for flag in ["--fail-fast", "--max-time 1h"] {
        batch(&sandbox, &format!("{UPDATE} {flag}")).exits(2).says("cannot be used with");
    }
}
