//! A folder of scenarios in which something is broken, gone or in the way.

use crate::cli::batch::{MARKET, batch, suite};
use crate::cli::sandbox::{Sandbox, Text};
use std::fs;

const AXIS: &str = "\n[[axis]]\nname = \"value\"\nkey = \"asset.saas.value\"\nvalues = ";

#[test]
fn what_is_broken_is_said_and_the_rest_runs() {
    let sandbox = suite();
    let variant = "\n[[variant]]\nname = \"a\"\nset = { \"asset.gold.value\" = 1 }\n";
    for (name, text) in [
        ("typo", MARKET.replace("roi ", "rio ")),
        ("axis", format!("{MARKET}{AXIS}[]\n")),
        ("variant", format!("{MARKET}{variant}")),
        ("measure", MARKET.replace("loss.probability", "los.probability")),
        ("below/s01", MARKET.to_owned()),
    ] {
        sandbox.write(&format!("suite/{name}.toml"), text);
    }
    batch(&sandbox, "--filter s0 --filter typo").exits(2);
    // the twenty and the one of the same name below are as good as ever
    let screen = batch(&sandbox, "").exits(2).out.has("INVALID").has("passed 21");
    screen.has_all(["suite/typo.toml", "rio", "suite/axis.toml", "los.probability"]);
    // what the screen has no room for stands in the summary
    sandbox.read("out/summary.md").has("suite/variant.toml").has("gold");
    let outputs = sandbox.contents("out");
    assert_eq!(outputs.keys().filter(|name| name.ends_with("report.json")).count(), 21);
}

#[test]
fn what_is_no_baseline_is_said_before_anything_runs() {
    let sandbox = suite();
    sandbox.write("page.html", "<html></html>");
    sandbox.write("other.jsonl", "{\"schema\":\"tailwheel-batch/2\"}\n");
    for file in ["page.html", "other.jsonl", "suite/_market.toml", "none.jsonl"] {
        let against = format!("--baseline {file}");
        batch(&sandbox, &against).exits(2).says(file).says("baseline");
        assert!(!sandbox.has("out"), "{file}");
        if file != "none.jsonl" {
            // and is never written over
            let before = sandbox.bytes(file);
            batch(&sandbox, &format!("{against} --update-baseline")).exits(2);
            assert_eq!(sandbox.bytes(file), before);
        }
    }
}

#[test]
fn a_scenario_of_the_baseline_that_is_gone_is_missed() {
    let sandbox = suite();
    let [against, update] = ["--baseline base.jsonl", "--baseline base.jsonl --update-baseline"];
    let axis = format!("{MARKET}{AXIS}[1, 2]\n");
    sandbox.write("suite/axis.toml", &axis);
    batch(&sandbox, update).exits(0);
    // a file that lost its axes is another scenario
    sandbox.write("suite/axis.toml", MARKET);
    batch(&sandbox, against).exits(1).prints("axis/value=1");
    // of one that cannot be read nobody knows, and its lines are kept
    let before = sandbox.read("base.jsonl");
    sandbox.write("suite/axis.toml", axis.replace("roi ", "rio "));
    batch(&sandbox, against).exits(2).omits("MISSING");
    batch(&sandbox, update);
    assert_eq!(sandbox.read("base.jsonl"), before);
    // nor of two of one id
    sandbox.write("suite/axis.toml", &axis);
    sandbox.write("suite/axis/value=1.toml", MARKET);
    batch(&sandbox, update);
    assert_eq!(sandbox.read("base.jsonl"), before);
}

#[test]
fn shards_of_different_batches_are_not_put_together() {
    let sandbox = suite();
    let shard = |number: u32, more: &str| {
        sandbox.run(&format!("batch suite --shard {number}/2 --out parts/{number}{more}"));
    };
    let merge = |out: &str| sandbox.run(&format!("merge parts/1 parts/2 --out {out}"));
    shard(1, " --filter s0");
    shard(2, " --filter s1");
    merge("merged").exits(2).says("not of one batch");
    shard(1, "");
    shard(2, " --set asset.saas.value=1");
    merge("merged").exits(2);
    shard(2, "");
    merge("parts/1").exits(2);
    merge("merged").exits(0);
    // whatever the gates are asked otherwise, and by whatever name
    for (from, to) in [
        ("below   =", "confidence = 0.6\nbelow   ="),
        ("below   =", "tolerance = 0.9\nbelow   ="),
        ("no-loss", "seldom"),
        ("seed  = 1", "seed  = 2"),
    ] {
        sandbox.write("suite/_market.toml", MARKET.replace(from, to));
        sandbox.write("suite/t.toml", "extends = \"_market.toml\"\n");
        shard(2, "");
        sandbox.write("suite/_market.toml", MARKET);
        shard(1, "");
        merge("merged").exits(2).says("not of one batch: they differ in `suite`");
    }
    sandbox.remove("suite/t.toml");
    shard(1, "");
    shard(2, "");
    // a result that was tampered with leads nowhere
    let file = "parts/2/results.jsonl";
    sandbox.write(file, sandbox.read(file).replace("reports/s01/report.json", "../s01/report.json"));
    merge("deep/deeper").exits(2);
    assert!(!sandbox.has("deep/s01"));
}

#[test]
fn names_that_would_get_in_the_way_do_not() {
    let sandbox = Sandbox::new();
    let [long, short] = [200, 40].map(|n| "l".repeat(n));
    let names = ["index.html", "results.jsonl", ".tailwheel-cache", &long];
    let files = names.map(|name| format!("{name}.toml"));
    for file in &files {
        sandbox.write(file, MARKET);
    }
    sandbox.run(&format!("batch {} --out out", files.join(" "))).exits(0);
    let reports = sandbox.files().into_iter();
    let reports: Vec<String> = reports.filter(|name| name.ends_with("/report.json")).collect();
    assert_eq!(reports.len(), 4, "{reports:?}");
    for name in ["index.html", "results.jsonl", ".tailwheel-cache", &format!("{short}-")] {
        let begins = format!("out/reports/{name}");
        assert!(reports.iter().any(|report| report.starts_with(&begins)), "{name}");
    }
}

#[test]
fn the_report_of_a_scenario_that_is_gone_goes_too() {
    let sandbox = suite();
    let are_there = |names: [&str; 4]| names.map(|name| sandbox.has(&format!("out/reports/{name}")));
    batch(&sandbox, "");
    assert!(sandbox.has("out/reports/s07/report.json"));
    sandbox.rename("suite/s07.toml", "suite/new.toml");
    // what no batch wrote stays
    sandbox.write("out/reports/s07/notes.txt", "mine");
    sandbox.write("out/reports/mine/report.json", "{}");
    fs::create_dir_all(sandbox.path("out/reports/empty/below")).expect("a folder");
    batch(&sandbox, "--filter new");
    let reports = ["s07/report.json", "s07/notes.txt", "s08/report.json", "new/report.json"];
    assert_eq!(are_there(reports), [false, true, true, true]);
    batch(&sandbox, "");
    sandbox.remove("suite/s08.toml");
    batch(&sandbox, "");
    let reports = ["s08", "s09/report.json", "mine/report.json", "empty/below"];
    assert_eq!(are_there(reports), [false, true, true, true]);
}

#[test]
fn two_scenarios_of_one_id_are_refused_wherever_they_are_listed() {
    let variants =
        "[[variant]]\nname = \"x\"\n[[variant]]\nname = \"y\"\nset = { \"asset.saas.value\" = 1 }\n";
    let sandbox = Sandbox::with("all/b.toml", format!("{MARKET}\n{variants}"));
    sandbox.write("all/b/x.toml", MARKET);
    let text = "two scenarios have the id `b/x`: one of all/b/x.toml and one of all/b.toml; rename one";
    for batch in ["batch all --out out", "batch all --list"] {
        sandbox.run(batch).failed().has(text);
    }
    sandbox.run("check all/b.toml").done();
    #[cfg(unix)]
    {
        // names that are shown alike
        for name in ["a/x\u{202e}.toml", "a/x\\u202e.toml", "b/x\u{202e}.toml", "b/y.toml"] {
            sandbox.write(name, MARKET);
        }
        sandbox.run("batch a --out out").failed().has("two scenarios have the id");
        assert!(!sandbox.has("out/reports"));
        sandbox.run("batch b --out out").exits(0);
    }
}
