//! A baseline is of what was named, and a gate that asks less than in it does not go unseen.

use crate::cli::batch::MARKET;
use crate::cli::sandbox::{Ran, Sandbox, Text};

fn two() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("suite/one.toml", MARKET);
    sandbox.write("suite/two.toml", MARKET.replace("seed  = 1", "seed = 2"));
    sandbox
}

fn batch(sandbox: &Sandbox, named: &[&str], more: &[&str]) -> Ran {
    let baseline = ["--out", "out", "--baseline", "base.jsonl"];
    sandbox.run(&[&["batch"], named, &baseline, more].concat())
}

/// The line of the scenario `id`.
fn line(text: &str, id: &str) -> Option<String> {
    let begins = format!("{{\"id\":\"{id}\"");
    text.lines().find(|line| line.starts_with(&begins)).map(str::to_owned)
}

#[test]
fn a_baseline_is_of_all_that_was_named_and_a_filter_asks_for_a_part() {
    let sandbox = two();
    let update = ["--update-baseline"];
    batch(&sandbox, &["suite"], &update).exits(0);
    let both = sandbox.read("base.jsonl");
    batch(&sandbox, &["suite"], &["--filter", "one"]).exits(0);
    let ran = batch(&sandbox, &["suite/one.toml"], &[]).exits(1).prints("MISSING");
    // the file is there, so its line is not to go
    assert!(!ran.out.contains("--update-baseline"), "{}", ran.out);
    batch(&sandbox, &["suite/one.toml"], &update).exits(2).says("would lose 1 scenario");
    assert_eq!(sandbox.read("base.jsonl"), both);
    sandbox.write("suite/one.toml", MARKET.replace("value = 50_000", "value = 90_000"));
    batch(&sandbox, &["suite"], &update).exits(0).prints("1 changed, 1 as they were");
    let now = sandbox.read("base.jsonl");
    assert_eq!(line(&now, "two"), line(&both, "two"));
    assert_ne!(line(&now, "one"), line(&both, "one"));
    std::fs::remove_file(sandbox.path("suite/two.toml")).unwrap();
    batch(&sandbox, &["suite"], &[]).exits(1).prints("MISSING").prints("--update-baseline");
    batch(&sandbox, &["suite"], &update).prints("1 gone, 1 as they were");
    assert_eq!(line(&sandbox.read("base.jsonl"), "two"), None);
}

#[test]
fn an_update_of_a_part_is_refused_however_the_files_are_named() {
    let sandbox = two();
    sandbox.write("suite/sub/one.toml", MARKET.replace("value = 50_000", "value = 70_000"));
    let update = ["--update-baseline"];
    batch(&sandbox, &["suite"], &update).exits(0);
    let whole = sandbox.read("base.jsonl");
    // its id is that of another file
    for part in ["suite/sub", "suite/sub/one.toml"] {
        batch(&sandbox, &[part], &update).exits(2).says("would lose 2 scenarios");
    }
    assert_eq!(sandbox.read("base.jsonl"), whole);
    std::fs::remove_file(sandbox.path("suite/two.toml")).unwrap();
    batch(&sandbox, &["./suite"], &update).exits(0).prints("1 gone");
}

#[test]
fn a_folder_without_scenarios_is_not_filtered_away() {
    let sandbox = two();
    batch(&sandbox, &["suite"], &["--update-baseline"]);
    std::fs::create_dir(sandbox.path("empty")).unwrap();
    std::fs::remove_file(sandbox.path("suite/two.toml")).unwrap();
    batch(&sandbox, &["suite", "empty"], &["--filter", "one"]).exits(2);
}

#[test]
fn a_gate_that_was_loosened_or_removed_fails_until_the_baseline_says_so_too() {
    let sandbox = two();
    let update = ["--update-baseline"];
    batch(&sandbox, &["suite"], &update);
    let gate = &MARKET[MARKET.find("[[expect]]").unwrap()..];
    for (what, edited) in
        [("asks less", MARKET.replace("75 %", "99 %")), ("is gone", MARKET.replace(gate, ""))]
    {
        sandbox.write("suite/one.toml", &edited);
        batch(&sandbox, &["suite"], &["--annotate", "github"])
            .exits(1)
            .prints("LOOSENED")
            .prints(format!("gate no-loss {what}"))
            .says("title=gate no-loss");
        for file in ["index.html", "summary.md", "junit.xml", "results.jsonl"] {
            let text = sandbox.read(&format!("out/{file}"));
            assert!(
                text.contains("loss.probability &lt; 75") || text.contains("75 %") || text.contains("0.75"),
                "{file}"
            );
        }
        assert!(sandbox.read("out/junit.xml").contains("type=\"gate-loosened\""));
        assert!(sandbox.read("out/results.jsonl").contains("\"verdict\":\"loosened\""));
    }
    // who writes the baseline anew says that it is right
    batch(&sandbox, &["suite"], &update).exits(0);
    batch(&sandbox, &["suite"], &[]).exits(0);
    // and is told which of its gates ask less
    sandbox.write("suite/two.toml", MARKET.replace("75 %", "95 %").replace("seed  = 1", "seed = 2"));
    let ran = batch(&sandbox, &["suite"], &update);
    let said = "baseline base.jsonl: 1 changed, 1 as they were";
    assert!(ran.out.contains(said), "{}", ran.out);
    assert!(ran.out.contains("gate no-loss asks less"), "{}", ran.out);
    // one that asks more fails nothing
    sandbox.write("suite/two.toml", MARKET.replace("75 %", "74 %").replace("seed  = 1", "seed = 2"));
    batch(&sandbox, &["suite"], &[]).exits(0).omits("LOOSENED");
}

#[test]
fn a_line_that_is_not_what_was_written_is_refused_with_what_to_do() {
    let sandbox = two();
    batch(&sandbox, &["suite"], &["--update-baseline"]);
    sandbox.write("base.jsonl", sandbox.read("base.jsonl").replacen("\"paths\":1000", "\"paths\":1001", 1));
    batch(&sandbox, &["suite"], &[]).exits(2).says("line 2: it is damaged or was edited by hand");
    batch(&sandbox, &["suite"], &["--update-baseline"]).failed().has("remove it and write it anew");
}

#[test]
fn a_report_that_is_not_the_one_of_its_results_is_not_merged() {
    let sandbox = two();
    for number in 1..=2 {
        let (shard, out) = (format!("{number}/2"), format!("parts/{number}"));
        sandbox.run(&["batch", "suite", "--shard", &shard, "--out", &out]);
    }
    let merge = ["merge", "parts/1", "parts/2", "--out", "merged"];
    sandbox.run(&merge).exits(0);
    let reports = ["parts/1/reports/one/report.json", "parts/2/reports/one/report.json"];
    let report = reports.into_iter().find(|path| sandbox.path(path).is_file());
    let report = report.expect("a report of one");
    let text = sandbox.read(report);
    sandbox.write(report, text.replacen('1', "2", 1));
    let before = ["summary.md", "results.jsonl", "reports/one/report.json"];
    let before = before.map(|file| (file, sandbox.read(&format!("merged/{file}"))));
    sandbox.run(&merge).failed().has("is not the report that");
    // what was merged before stands as it was
    for (file, text) in before {
        assert_eq!(sandbox.read(&format!("merged/{file}")), text, "{file}");
    }
}

#[test]
fn a_new_gate_does_not_say_how_far_its_figure_may_move() {
    let sandbox = two();
    batch(&sandbox, &["suite"], &["--update-baseline"]);
    let measures = [
        "wealth.terminal.real.p05", "wealth.terminal.real.p50", "wealth.terminal.real.p95",
        "expected_shortfall.95",
    ];
    let gates = measures.map(|measure| {
        let id = measure.replace('.', "-");
        let limits = "above = 0\ntolerance = \"100 %\"";
        format!("\n[[expect]]\nid = \"{id}\"\nmeasure = \"{measure}\"\n{limits}\n")
    });
    let edited = MARKET.replace("value = 50_000", "value = 90_000") + &gates.concat();
    sandbox.write("suite/one.toml", edited);
    batch(&sandbox, &["suite"], &[]).exits(1).prints("CHANGED");
    batch(&sandbox, &["suite"], &["--update-baseline"]).exits(0);
    batch(&sandbox, &["suite"], &[]).exits(0);
}

#[test]
fn a_comparison_with_nothing_is_never_a_pass() {
    let sandbox = two();
    let update = ["--update-baseline"];
    batch(&sandbox, &["suite"], &update);
    let before = sandbox.read("base.jsonl");
    // the same files under other ids: none of them has a line, whatever a filter leaves of them
    for more in [&[][..], &["--filter", "suite/one"]] {
        batch(&sandbox, &["."], more).exits(1).prints("missing 2").prints("NEW");
    }
    // so is a file of another name, though its model is the same
    std::fs::rename(sandbox.path("suite/two.toml"), sandbox.path("suite/three.toml")).unwrap();
    batch(&sandbox, &["suite"], &[]).exits(1).prints("missing 1   new 1");
    // one that cannot be read keeps its line
    let three = MARKET.replace("roi ", "rio ");
    std::fs::remove_file(sandbox.path("suite/three.toml")).unwrap();
    sandbox.write("suite/two.toml", three);
    batch(&sandbox, &["suite"], &update).exits(2);
    assert_eq!(sandbox.read("base.jsonl"), before);
    // a baseline without a line compares nothing
    let empty = Sandbox::new();
    empty.write("suite/one.toml", MARKET.replace("roi ", "rio "));
    batch(&empty, &["suite"], &update).exits(2);
    empty.write("suite/one.toml", MARKET);
    batch(&empty, &["suite"], &[]).failed().has("no scenario to compare with");
}

#[cfg(unix)]
#[test]
fn what_is_gone_is_missed_however_its_folder_is_spelled() {
    let sandbox = two();
    batch(&sandbox, &["suite"], &["--update-baseline"]);
    std::fs::remove_file(sandbox.path("suite/two.toml")).unwrap();
    std::os::unix::fs::symlink("suite", sandbox.path("link")).unwrap();
    sandbox.write("other/x", "");
    for named in ["suite", "link", "other/../suite"] {
        let ran = batch(&sandbox, &[named], &[]).exits(1);
        assert!(ran.out.contains("MISSING"), "{named}: {}", ran.out);
    }
}

#[test]
fn the_change_of_some_scenarios_is_accepted_and_the_others_keep_their_lines() {
    let sandbox = two();
    for id in ["one", "two", "gone"] {
        let text = MARKET.replace("seed  = 1", "seed = 3");
        sandbox.write(&format!("suite/sub/{id}.toml"), text);
    }
    batch(&sandbox, &["suite"], &["--update-baseline"]).exits(0);
    let before = sandbox.read("base.jsonl");
    for file in ["one", "two", "sub/one", "sub/two"] {
        let file = format!("suite/{file}.toml");
        let text = sandbox.read(&file).replace("value = 50_000", "value = 90_000");
        sandbox.write(&file, text);
    }
    std::fs::remove_file(sandbox.path("suite/sub/gone.toml")).unwrap();
    for unknown in ["on", "subs", "sub/o", ""] {
        batch(&sandbox, &["suite"], &["--accept", "one", unknown]).exits(2).says("--list prints all ids");
        assert_eq!(sandbox.read("base.jsonl"), before);
    }
    // an exact id: the others still fail, and what was accepted fails no output
    let ran = batch(&sandbox, &["suite"], &["--accept", "one"]).exits(1);
    let results = sandbox.read("out/results.jsonl");
    let accepted = line(&results, "one").expect("a line");
    assert!(accepted.contains("\"is_accepted\":true,\"verdict\":\"pass\""), "{accepted}");
    let junit = sandbox.read("out/junit.xml");
    assert_eq!(junit.matches("type=\"changed\"").count(), 3, "{junit}");
    assert!(ran.out.contains("1 changed, 4 as they were"), "{}", ran.out);
    let one = sandbox.read("base.jsonl");
    assert_ne!(line(&one, "one"), line(&before, "one"));
    for id in ["two", "sub/one", "sub/two", "sub/gone"] {
        assert_eq!(line(&one, id), line(&before, id), "{id}");
    }
    // a folder, with what is gone from it
    batch(&sandbox, &["suite"], &["--accept", "sub"]).exits(1).prints("1 gone, 2 changed, 2 as they were");
    batch(&sandbox, &["suite"], &["--accept", "two", "sub/one"]).exits(0);
    assert!(sandbox.read("out/summary.md").starts_with("### **Passes**"));
    assert!(!sandbox.read("out/junit.xml").contains("<failure"));
    let last = sandbox.read("base.jsonl");
    batch(&sandbox, &["suite"], &["--update-baseline"]).exits(0);
    assert_eq!(sandbox.read("base.jsonl"), last);
    // what was not named is not lost
    batch(&sandbox, &["suite/one.toml"], &["--accept", "two"]).exits(2);
    assert_eq!(sandbox.read("base.jsonl"), last);
}
