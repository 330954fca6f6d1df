//! A baseline is of what was named, and a gate that asks less than in it does not go unseen.

use crate::cli::batch::{MARKET, edit};
use crate::cli::sandbox::{Ran, Sandbox, Text};

const UPDATE: &str = "suite --update-baseline";

fn two() -> Sandbox {
    let sandbox = Sandbox::with("suite/one.toml", MARKET);
    sandbox.write("suite/two.toml", MARKET.replace("seed  = 1", "seed = 2"));
    sandbox
}

/// `two`, and their baseline.
fn two_with_baseline() -> Sandbox {
    let sandbox = two();
    batch(&sandbox, UPDATE).exits(0);
    sandbox
}

fn batch(sandbox: &Sandbox, more: &str) -> Ran {
    sandbox.run(&format!("batch --out out --baseline base.jsonl {more}"))
}

/// The line of the scenario `id`.
fn line(text: &str, id: &str) -> Option<String> {
    let begins = format!("{{\"id\":\"{id}\"");
    text.lines().find(|line| line.starts_with(&begins)).map(str::to_owned)
}

#[test]
fn a_baseline_is_of_all_that_was_named_and_a_filter_asks_for_a_part() {
    let sandbox = two_with_baseline();
    let both = sandbox.read("base.jsonl");
    batch(&sandbox, "suite --filter one").exits(0);
    // the file is there, so its line is not to go
    batch(&sandbox, "suite/one.toml").exits(1).prints("MISSING").omits("--update-baseline");
    batch(&sandbox, "suite/one.toml --update-baseline").exits(2).says("would lose 1 scenario");
    assert_eq!(sandbox.read("base.jsonl"), both);
    edit(&sandbox, "suite/one.toml", "value = 50_000", "value = 90_000");
    batch(&sandbox, UPDATE).exits(0).prints("1 changed, 1 as they were");
    let now = sandbox.read("base.jsonl");
    assert_eq!(line(&now, "two"), line(&both, "two"));
    assert_ne!(line(&now, "one"), line(&both, "one"));
    sandbox.remove("suite/two.toml");
    batch(&sandbox, "suite").exits(1).prints("MISSING").prints("--update-baseline");
    // a folder without scenarios is not filtered away
    std::fs::create_dir(sandbox.path("empty")).unwrap();
    batch(&sandbox, "suite empty --filter one").exits(2);
    batch(&sandbox, UPDATE).prints("1 gone, 1 as they were");
    assert_eq!(line(&sandbox.read("base.jsonl"), "two"), None);
}

#[test]
fn an_update_of_a_part_is_refused_however_the_files_are_named() {
    let sandbox = two();
    sandbox.write("suite/sub/one.toml", MARKET.replace("value = 50_000", "value = 70_000"));
    batch(&sandbox, UPDATE).exits(0);
    let whole = sandbox.read("base.jsonl");
    // its id is that of another file
    for part in ["suite/sub", "suite/sub/one.toml"] {
        batch(&sandbox, &format!("{part} --update-baseline")).exits(2).says("would lose 2 scenarios");
    }
    assert_eq!(sandbox.read("base.jsonl"), whole);
    sandbox.remove("suite/two.toml");
    batch(&sandbox, "./suite --update-baseline").exits(0).prints("1 gone");
}

#[test]
fn a_gate_that_was_loosened_or_removed_fails_until_the_baseline_says_so_too() {
    let sandbox = two_with_baseline();
    let gate = &MARKET[MARKET.find("[[expect]]").unwrap()..];
    for (what, edited) in
        [("asks less", MARKET.replace("75 %", "99 %")), ("is gone", MARKET.replace(gate, ""))]
    {
        sandbox.write("suite/one.toml", &edited);
        batch(&sandbox, "suite --annotate github")
            .exits(1)
            .prints("LOOSENED")
            .prints(format!("gate no-loss {what}"))
            .says("title=gate no-loss");
        for file in ["index.html", "summary.md", "junit.xml", "results.jsonl"] {
            let text = sandbox.read(&format!("out/{file}"));
            let limits = ["loss.probability &lt; 75", "75 %", "0.75"];
            assert!(limits.iter().any(|limit| text.contains(limit)), "{file}");
        }
        sandbox.read("out/junit.xml").has("type=\"gate-loosened\"");
        sandbox.read("out/results.jsonl").has("\"verdict\":\"loosened\"");
    }
    // who writes the baseline anew says that it is right
    batch(&sandbox, UPDATE).exits(0);
    batch(&sandbox, "suite").exits(0);
    // and is told which of its gates ask less
    let with = |limit: &str| MARKET.replace("75 %", limit).replace("seed  = 1", "seed = 2");
    sandbox.write("suite/two.toml", with("95 %"));
    let ran = batch(&sandbox, UPDATE).prints("baseline base.jsonl: 1 changed, 1 as they were");
    ran.prints("gate no-loss asks less");
    // one that asks more fails nothing
    sandbox.write("suite/two.toml", with("74 %"));
    batch(&sandbox, "suite").exits(0).omits("LOOSENED");
}

#[test]
fn a_line_that_is_not_what_was_written_is_refused_with_what_to_do() {
    let sandbox = two_with_baseline();
    sandbox.write("base.jsonl", sandbox.read("base.jsonl").replacen("\"paths\":1000", "\"paths\":1001", 1));
    batch(&sandbox, "suite").exits(2).says("line 2: it is damaged or was edited by hand");
    batch(&sandbox, UPDATE).failed().has("remove it and write it anew");
}

#[test]
fn a_report_that_is_not_the_one_of_its_results_is_not_merged() {
    let sandbox = two();
    for number in 1..=2 {
        sandbox.run(&format!("batch suite --shard {number}/2 --out parts/{number}"));
    }
    let merge = "merge parts/1 parts/2 --out merged";
    sandbox.run(merge).exits(0);
    let before = sandbox.contents("merged");
    let reports = ["parts/1/reports/one/report.json", "parts/2/reports/one/report.json"];
    let report = reports.into_iter().find(|path| sandbox.has(path)).expect("a report of one");
    sandbox.write(report, sandbox.read(report).replacen('1', "2", 1));
    sandbox.run(merge).failed().has("is not the report that");
    // what was merged before stands as it was
    assert!(sandbox.contents("merged") == before);
}

#[test]
fn a_new_gate_does_not_say_how_far_its_figure_may_move() {
    let sandbox = two_with_baseline();
    let real = ["p05", "p50", "p95"].map(|level| format!("wealth.terminal.real.{level}"));
    let gates = real.into_iter().chain(["expected_shortfall.95".to_owned()]).map(|measure| {
        let id = measure.replace('.', "-");
        let limits = "above = 0\ntolerance = \"100 %\"";
        format!("\n[[expect]]\nid = \"{id}\"\nmeasure = \"{measure}\"\n{limits}\n")
    });
    let gates: String = gates.collect();
    sandbox.write("suite/one.toml", MARKET.replace("value = 50_000", "value = 90_000") + &gates);
    batch(&sandbox, "suite").exits(1).prints("CHANGED");
    batch(&sandbox, UPDATE).exits(0);
    batch(&sandbox, "suite").exits(0);
}

#[test]
fn a_comparison_with_nothing_is_never_a_pass() {
    let sandbox = two_with_baseline();
    let before = sandbox.read("base.jsonl");
    // the same files under other ids: none of them has a line, whatever a filter leaves of them
    for named in [".", ". --filter suite/one"] {
        batch(&sandbox, named).exits(1).prints("missing 2").prints("NEW");
    }
    // so is a file of another name, though its model is the same
    sandbox.rename("suite/two.toml", "suite/three.toml");
    batch(&sandbox, "suite").exits(1).prints("missing 1   new 1");
    // one that cannot be read keeps its line
    sandbox.remove("suite/three.toml");
    let unreadable = MARKET.replace("roi ", "rio ");
    sandbox.write("suite/two.toml", &unreadable);
    batch(&sandbox, UPDATE).exits(2);
    assert_eq!(sandbox.read("base.jsonl"), before);
    // a baseline without a line compares nothing
    let empty = Sandbox::with("suite/one.toml", unreadable);
    batch(&empty, UPDATE).exits(2);
    empty.write("suite/one.toml", MARKET);
    batch(&empty, "suite").failed().has("no scenario to compare with");
}

#[cfg(unix)]
#[test]
fn what_is_gone_is_missed_however_its_folder_is_spelled() {
    let sandbox = two_with_baseline();
    sandbox.remove("suite/two.toml");
    sandbox.link("suite", "link");
    sandbox.write("other/x", "");
    for named in ["suite", "link", "other/../suite"] {
        batch(&sandbox, named).exits(1).prints("MISSING");
    }
}

#[test]
fn the_change_of_some_scenarios_is_accepted_and_the_others_keep_their_lines() {
    let sandbox = two();
    for id in ["one", "two", "gone"] {
        sandbox.write(&format!("suite/sub/{id}.toml"), MARKET.replace("seed  = 1", "seed = 3"));
    }
    batch(&sandbox, UPDATE).exits(0);
    let before = sandbox.read("base.jsonl");
    for file in ["one", "two", "sub/one", "sub/two"] {
        edit(&sandbox, &format!("suite/{file}.toml"), "value = 50_000", "value = 90_000");
    }
    sandbox.remove("suite/sub/gone.toml");
    for unknown in ["on", "subs", "sub/o", ""] {
        batch(&sandbox, &format!("suite --accept one {unknown}")).exits(2).says("--list prints all ids");
        assert_eq!(sandbox.read("base.jsonl"), before);
    }
    // an exact id: the others still fail, and what was accepted fails no output
    batch(&sandbox, "suite --accept one").exits(1).prints("1 changed, 4 as they were");
    let accepted = line(&sandbox.read("out/results.jsonl"), "one").expect("a line");
    accepted.has("\"is_accepted\":true,\"verdict\":\"pass\"");
    let junit = sandbox.read("out/junit.xml");
    assert_eq!(junit.matches("type=\"changed\"").count(), 3, "{junit}");
    let one = sandbox.read("base.jsonl");
    assert_ne!(line(&one, "one"), line(&before, "one"));
    for id in ["two", "sub/one", "sub/two", "sub/gone"] {
        assert_eq!(line(&one, id), line(&before, id), "{id}");
    }
    // a folder, with what is gone from it
    batch(&sandbox, "suite --accept sub").exits(1).prints("1 gone, 2 changed, 2 as they were");
    batch(&sandbox, "suite --accept two sub/one").exits(0);
    sandbox.read("out/summary.md").starts("### **Passes**");
    sandbox.read("out/junit.xml").lacks("<failure");
    let last = sandbox.read("base.jsonl");
    batch(&sandbox, UPDATE).exits(0);
    assert_eq!(sandbox.read("base.jsonl"), last);
    // what was not named is not lost
    batch(&sandbox, "suite/one.toml --accept two").exits(2);
    assert_eq!(sandbox.read("base.jsonl"), last);
}
