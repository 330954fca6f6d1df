//! A folder of scenarios in which something is broken, gone or in the way.

use crate::cli::batch::{MARKET, batch, outputs, suite};
use crate::cli::sandbox::{Sandbox, Text};
use std::fs;

#[test]
fn what_is_broken_is_said_and_the_rest_runs() {
    let sandbox = suite();
    sandbox.write("suite/typo.toml", MARKET.replace("roi ", "rio "));
    sandbox.write(
        "suite/axis.toml",
        format!("{MARKET}\n[[axis]]\nname = \"value\"\nkey = \"asset.saas.value\"\nvalues = []\n"),
    );
    sandbox.write(
        "suite/variant.toml",
        format!("{MARKET}\n[[variant]]\nname = \"a\"\nset = {{ \"asset.gold.value\" = 1 }}\n"),
    );
    sandbox.write("suite/measure.toml", MARKET.replace("loss.probability", "los.probability"));
    sandbox.write("suite/below/s01.toml", MARKET);
    batch(&sandbox, &["--filter", "s0", "--filter", "typo"]).exits(2);
    let ran = batch(&sandbox, &[]).exits(2).prints("INVALID");
    for part in ["suite/typo.toml", "rio", "suite/axis.toml", "los.probability"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    // what the screen has no room for stands in the summary
    let summary = sandbox.read("out/summary.md");
    for part in ["suite/variant.toml", "gold"] {
        assert!(summary.contains(part), "{part}: {summary}");
    }
    // the twenty and the one of the same name below are as good as ever
    assert!(ran.out.contains("passed 21"), "{}", ran.out);
    assert_eq!(outputs(&sandbox, "out").keys().filter(|name| name.ends_with("report.json")).count(), 21);
}

#[test]
fn what_is_no_baseline_is_said_before_anything_runs() {
    let sandbox = suite();
    sandbox.write("page.html", "<html></html>");
    sandbox.write("other.jsonl", "{\"schema\":\"tailwheel-batch/2\"}\n");
    for file in ["page.html", "other.jsonl", "suite/_market.toml", "none.jsonl"] {
        let ran = batch(&sandbox, &["--baseline", file]).exits(2);
        let said = ran.err.contains(file) && ran.err.contains("baseline");
        assert!(said && !sandbox.path("out").exists(), "{}", ran.err);
        if file != "none.jsonl" {
            // and is never written over
            let before = fs::read(sandbox.path(file)).unwrap();
            batch(&sandbox, &["--baseline", file, "--update-baseline"]).exits(2);
            assert_eq!(fs::read(sandbox.path(file)).unwrap(), before);
        }
    }
}

#[test]
fn a_scenario_of_the_baseline_that_is_gone_is_missed() {
    let sandbox = suite();
    let update = ["--baseline", "base.jsonl", "--update-baseline"];
    let axis = format!("{MARKET}\n[[axis]]\nname = \"value\"\nkey = \"asset.saas.value\"\nvalues = [1, 2]\n");
    sandbox.write("suite/axis.toml", &axis);
    batch(&sandbox, &update).exits(0);
    // a file that lost its axes is another scenario
    sandbox.write("suite/axis.toml", MARKET);
    batch(&sandbox, &["--baseline", "base.jsonl"]).exits(1).prints("axis/value=1");
    // of one that cannot be read nobody knows, and its lines are kept
    let before = sandbox.read("base.jsonl");
    sandbox.write("suite/axis.toml", axis.replace("roi ", "rio "));
    batch(&sandbox, &["--baseline", "base.jsonl"]).exits(2).omits("MISSING");
    batch(&sandbox, &update);
    assert_eq!(sandbox.read("base.jsonl"), before);
    // nor of two of one id
    sandbox.write("suite/axis.toml", &axis);
    sandbox.write("suite/axis/value=1.toml", MARKET);
    batch(&sandbox, &update);
    assert_eq!(sandbox.read("base.jsonl"), before);
}

#[test]
fn shards_of_different_batches_are_not_put_together() {
    let sandbox = suite();
    let shard = |number: u32, more: &[&str]| {
        let (shard, out) = (format!("{number}/2"), format!("parts/{number}"));
        let arguments = ["batch", "suite", "--shard", &shard, "--out", &out];
        sandbox.run(&[&arguments[..], more].concat());
    };
    let merge = |out: &str| sandbox.run(&["merge", "parts/1", "parts/2", "--out", out]);
    shard(1, &["--filter", "s0"]);
    shard(2, &["--filter", "s1"]);
    merge("merged").exits(2).says("not of one batch");
    shard(1, &[]);
    shard(2, &["--set", "asset.saas.value=1"]);
    merge("merged").exits(2);
    shard(2, &[]);
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
        shard(2, &[]);
        sandbox.write("suite/_market.toml", MARKET);
        shard(1, &[]);
        merge("merged").exits(2).says("not of one batch: they differ in `suite`");
    }
    fs::remove_file(sandbox.path("suite/t.toml")).expect("it was written");
    shard(1, &[]);
    shard(2, &[]);
    // a result that was tampered with leads nowhere
    let file = "parts/2/results.jsonl";
    let tampered = sandbox.read(file).replace("reports/s01/report.json", "../s01/report.json");
    sandbox.write(file, tampered);
    merge("deep/deeper").exits(2);
    assert!(!sandbox.path("deep/s01").exists());
}

#[test]
fn names_that_would_get_in_the_way_do_not() {
    let sandbox = Sandbox::new();
    let long = "l".repeat(200);
    for name in ["index.html", "results.jsonl", ".tailwheel-cache", &long] {
        sandbox.write(&format!("{name}.toml"), MARKET);
    }
    let long = format!("{long}.toml");
    sandbox
        .run(&[
            "batch", "index.html.toml", "results.jsonl.toml", ".tailwheel-cache.toml", &long, "--out", "out",
        ])
        .exits(0);
    let long = format!("{}-", "l".repeat(40));
    let reports = sandbox.files().into_iter();
    let reports: Vec<String> = reports.filter(|name| name.ends_with("/report.json")).collect();
    assert_eq!(reports.len(), 4, "{reports:?}");
    for name in ["index.html", "results.jsonl", ".tailwheel-cache", &long] {
        let begins = format!("out/reports/{name}");
        assert!(reports.iter().any(|report| report.starts_with(&begins)), "{name}");
    }
}

#[test]
fn the_report_of_a_scenario_that_is_gone_goes_too() {
    let sandbox = suite();
    batch(&sandbox, &[]);
    assert!(sandbox.path("out/reports/s07/report.json").exists());
    fs::rename(sandbox.path("suite/s07.toml"), sandbox.path("suite/new.toml")).expect("a name");
    // what no batch wrote stays
    sandbox.write("out/reports/s07/notes.txt", "mine");
    sandbox.write("out/reports/mine/report.json", "{}");
    fs::create_dir_all(sandbox.path("out/reports/empty/below")).expect("a folder");
    batch(&sandbox, &["--filter", "new"]);
    assert!(sandbox.path("out/reports/s08/report.json").exists());
    assert!(!sandbox.path("out/reports/s07/report.json").exists());
    assert!(sandbox.path("out/reports/new/report.json").exists());
    assert!(sandbox.path("out/reports/s07/notes.txt").exists());
    batch(&sandbox, &[]);
    fs::remove_file(sandbox.path("suite/s08.toml")).expect("a file");
    batch(&sandbox, &[]);
    assert!(!sandbox.path("out/reports/s08").exists());
    assert!(sandbox.path("out/reports/mine/report.json").exists());
    assert!(sandbox.path("out/reports/empty/below").exists());
}

#[test]
fn two_scenarios_of_one_id_are_refused_wherever_they_are_listed() {
    let sandbox = Sandbox::new();
    let variants =
        "[[variant]]\nname = \"x\"\n[[variant]]\nname = \"y\"\nset = { \"asset.saas.value\" = 1 }\n";
    sandbox.write("all/b.toml", format!("{MARKET}\n{variants}"));
    sandbox.write("all/b/x.toml", MARKET);
    let text = "two scenarios have the id `b/x`: one of all/b/x.toml and one of all/b.toml; rename one";
    for arguments in [&["batch", "all", "--out", "out"][..], &["batch", "all", "--list"]] {
        sandbox.run(arguments).failed().has(text);
    }
    sandbox.run(&["check", "all/b.toml"]).done();
}

#[cfg(unix)]
#[test]
fn files_whose_names_are_shown_alike_are_two_scenarios() {
    let sandbox = Sandbox::new();
    for (folder, names) in [("a", ["x\u{202e}.toml", "x\\u202e.toml"]), ("b", ["x\u{202e}.toml", "y.toml"])] {
        for name in names {
            sandbox.write(&format!("{folder}/{name}"), MARKET);
        }
    }
    sandbox.run(&["batch", "a", "--out", "out"]).failed().has("two scenarios have the id");
    assert!(!sandbox.path("out/reports").exists());
    sandbox.run(&["batch", "b", "--out", "out"]).exits(0);
}
