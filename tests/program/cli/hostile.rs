//! Files that someone else wrote: what they cannot make the program read, wait for or print.

use crate::cli::sandbox::{ONE, Ran, Sandbox, Text, ran};
use crate::outputs::json;
use std::time::{Duration, Instant};

/// What a stranger's scenario must never bring to light.
const SECRET: &str = "ghp_0123456789abcdef";

/// Runs and must come back at once; a file that blocks would be waited for in vain.
#[track_caller]
fn at_once(sandbox: &Sandbox, arguments: &str) -> Ran {
    let begun = Instant::now();
    let ran = sandbox.run(arguments);
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(20), "{arguments}: {took:?}");
    ran.without("fault of its own")
}

#[test]
#[cfg(unix)]
fn no_link_of_a_folder_brings_to_light_what_lies_outside() {
    let sandbox = Sandbox::with("outside/token", format!("token {SECRET}\n"));
    sandbox.write("outside/more/secret.toml", format!("password = \"{SECRET}\"\n"));
    sandbox.write("suite/fine.toml", ONE);
    sandbox.write("suite/base.toml", "extends = \"_base.toml\"\n");
    for (to, name) in [
        ("../outside/token", "stolen.toml"),
        ("../outside/token", "_base.toml"),
        ("../outside", "sub"),
        ("nowhere", "dangling.toml"),
        ("/proc/self/environ", "environment.toml"),
    ] {
        sandbox.link(to, &format!("suite/{name}"));
    }
    for command in ["check suite --format json", "check suite", "batch suite"] {
        let ran = at_once(&sandbox, command).exits(2);
        let said = format!("{}{}", ran.out, ran.err).lacks(SECRET).lacks("PATH=");
        let said = said.has("a link that leaves the folder");
        // a batch says of files with one fault how many there are
        if command != "batch suite" {
            said.has_all(["suite/stolen.toml", "suite/sub", "suite/environment.toml", "suite/dangling.toml"]);
        }
    }
    for (name, bytes) in sandbox.contents("output") {
        assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{name}");
    }
    // a folder that is a link out of here is named itself
    sandbox.write("here/a.toml", ONE);
    sandbox.link("../outside", "here/suite");
    ran(sandbox.command("check suite").current_dir(sandbox.path("here")))
        .exits(2)
        .says("a link that leaves this folder")
        .without(SECRET);
}

#[test]
#[cfg(unix)]
fn a_link_is_followed_if_it_is_named_or_stays_in_its_folder() {
    let sandbox = Sandbox::with("elsewhere/one.toml", ONE);
    sandbox.write("suite/real.toml", ONE);
    sandbox.link("elsewhere/one.toml", "named.toml");
    sandbox.link("real.toml", "suite/again.toml");
    sandbox.run("check named.toml").done();
    sandbox.run("check suite").done().has("suite/again.toml: valid");
}

#[test]
#[cfg(unix)]
fn what_is_no_regular_file_is_never_waited_for() {
    let sandbox = Sandbox::with_one();
    std::fs::create_dir_all(sandbox.path("suite/folder.toml")).expect("a folder");
    sandbox.write("suite/fine.toml", ONE);
    let made = std::process::Command::new("mkfifo").arg(sandbox.path("suite/pipe.toml")).status();
    assert!(made.expect("mkfifo").success());
    sandbox.link("pipe.toml", "suite/linked.toml");
    sandbox.write("suite/extends.toml", "extends = \"pipe.toml\"\n");
    for arguments in [
        "check suite",
        "check suite/pipe.toml",
        "run suite/pipe.toml",
        "batch suite",
        "compare suite/pipe.toml one.toml",
        "replay suite/pipe.toml --path 0",
    ] {
        let ran = at_once(&sandbox, arguments).exits(2);
        format!("{}{}", ran.out, ran.err).has("it is not a regular file");
    }
}

#[test]
fn two_files_of_one_name_in_two_folders_are_two_scenarios() {
    let sandbox = Sandbox::new();
    for name in ["suite/a/s.toml", "suite/b/s.toml", "suite/s.toml"] {
        sandbox.write(name, ONE);
    }
    sandbox.run("check suite").done();
    let ran = sandbox.run("batch suite --paths 256").exits(0);
    assert!(sandbox.has("output/batch/reports/b/s/report.json") || ran.out.contains("b/s"));
    // files that are named are called by their names, unless those are alike
    for (named, ids) in [
        ("suite", "a/s\nb/s\ns\n"),
        ("suite/a/s.toml suite/b/s.toml", "suite/a/s\nsuite/b/s\n"),
        ("suite/a/s.toml", "s\n"),
    ] {
        assert_eq!(sandbox.run(&format!("batch --list {named}")).done(), ids);
    }
}

/// Signs that would act on a terminal or turn what is read.
fn is_clean(text: &str) -> bool {
    let acts = |sign: char| {
        (sign.is_control() && !"\n\t".contains(sign)) || "\u{202e}\u{2066}\u{200f}".contains(sign)
    };
    !text.contains(acts)
}

#[test]
#[cfg(target_os = "linux")]
fn names_of_files_cannot_command_a_terminal_nor_turn_what_is_read() {
    let nasty = "a\u{202e}b\u{85}c\u{1b}]0;x\u{7}d\ne";
    let own = format!("suite/{nasty}.toml");
    let sandbox = Sandbox::with(&own, ONE);
    sandbox.write(&format!("suite/sub{nasty}/bad.toml"), ONE.replace("value", "vlaue"));
    for arguments in [
        "check suite",
        "check suite --format json",
        "check suite --annotate github",
        "batch suite --out out",
        "batch suite --list",
        &format!("run {own} --no-charts"),
    ] {
        let ran = at_once(&sandbox, arguments);
        assert!(is_clean(&ran.out) && is_clean(&ran.err), "{arguments}: {:?}{:?}", ran.out, ran.err);
    }
    for (name, bytes) in sandbox.contents("out") {
        assert!(is_clean(&name) && is_clean(&String::from_utf8_lossy(&bytes)), "{name:?}");
    }
}

#[test]
fn a_title_is_one_line_of_two_hundred_letters() {
    let check = |title: &str| Sandbox::with("it.toml", ONE.replace("One fleet", title)).run("check it.toml");
    for (title, why) in [
        ("x".repeat(201).as_str(), "is longer than 200 letters"),
        ("a\\u202eb", "has the character U+202E"),
        ("a\\nb", "is longer than one line"),
        ("a\\u0085b", "is longer than one line"),
    ] {
        let err = check(title).failed().starts(format!("error[text]: `title` {why}\n"));
        assert!(is_clean(&err), "{err:?}");
    }
    check(&"日".repeat(200)).done();
}

#[test]
fn an_amount_too_small_to_tell_is_refused_with_place_and_rule() {
    let err = Sandbox::with("it.toml", ONE.replace("50_000", "5e-324")).run("check it.toml").failed();
    err.starts("error[range]: an amount of 5e-324 is too small\n").has("it.toml:13:9").has("at least 1e-9");
}

#[test]
fn what_would_be_passed_for_ever_or_counted_twice_is_refused() {
    let gate =
        |measure: &str, limit: &str| format!("[[expect]]\nid = \"g\"\nmeasure = \"{measure}\"\n{limit}\n");
    let shock = "[[shock]]\nat = \"2027-03\"\nmarket = \"saas\"\nloss = 0.3\n";
    let axis = "[[axis]]\nname = \"x\"\nkey = \"owner.surplus\"\nvalues = [0.1, \"10 %\"]\n";
    let variants = "[[variant]]\nname = \"a\"\nset = { \"run.seed\" = 2, \"owner.cash\" = 5 }\n\
                    [[variant]]\nname = \"b\"\nset = { \"owner.cash\" = 5.0, \"run.seed\" = 2 }\n";
    for (text, code) in [
        (gate("cagr.p50", "below = 7"), "percent"),
        (gate("wealth.terminal.p50", "above = \"5 %\""), "unit"),
        (gate("wealth.terminal.p50", "above = -1"), "limit"),
        (gate("loss.probability", "above = -1"), "limit"),
        (shock.repeat(2), "duplicate"),
        (axis.to_owned(), "duplicate"),
        (variants.to_owned(), "duplicate"),
        ("trade_cost = 1\n".to_owned(), "percent"),
    ] {
        let err = Sandbox::with("it.toml", format!("{ONE}{text}")).run("check it.toml").failed();
        err.starts(format!("error[{code}]")).has("1 error in it.toml");
    }
}

#[test]
fn what_can_do_nothing_is_warned_of() {
    let still = "movable = false\n[owner]\nsurplus = \"reinvest\"\nrebalance = \"3 months\"\n";
    let fast = "[economy]\ninflation.fixed = \"400 %/year\"\n";
    let sandbox = Sandbox::with("it.toml", format!("{ONE}{still}{fast}"));
    let report = json(&sandbox.run("run it.toml --no-charts --json").out);
    let warnings = report["warnings"].as_array().expect("a list");
    for id in ["nothing-movable", "high-inflation"] {
        assert!(warnings.iter().any(|warning| warning["id"] == id), "{id}: {warnings:?}");
    }
}

fn axis(name: &str, key: &str, n: u32) -> String {
    let values: Vec<u32> = (1..=n).collect();
    format!("[[axis]]\nname = \"{name}\"\nkey = \"{key}\"\nvalues = {values:?}\n")
}

/// Lists whose items were once held against each other, or read before they were counted.
#[test]
fn long_lists_are_refused_before_they_cost_anything() {
    let gates = |measure: &str, n: usize| -> String {
        let gate = |n| format!("[[expect]]\nid = \"e{n}\"\nmeasure = \"{measure}\"\nbelow = 0.5\n");
        (0..n).map(gate).collect()
    };
    let cluster = |n| {
        let trigger = "capital_share = 0.0001\nfirst_trigger = 0.2\ndispersion = 0.1\n";
        format!("[[crash.cluster]]\nname = \"c{n}\"\n{trigger}")
    };
    let long = |n| axis("x", "run.seed", n);
    // a second where nothing else runs
    for (rest, said, seconds) in [
        (long(80_000), "error[range]: 80,000 cases are too many", 5),
        (
            (0..60).map(|n| axis(&format!("x{n}"), &format!("a.b{n}"), 4)).collect(),
            "error[range]: far more cases are too many",
            5,
        ),
        (
            long(5000) + &gates("loss.probability", 9900),
            "error[range]: 5,000 cases of 9900 gates are too many",
            60,
        ),
        (
            long(2000) + &gates("los.probability", 20),
            "error[unknown-measure]: unknown measure `los.probability`",
            60,
        ),
        ((0..9000).map(cluster).collect(), "error[range]: 9000 clusters of agents are too many", 60),
    ] {
        let sandbox = Sandbox::with("it.toml", format!("{ONE}{rest}"));
        let begun = Instant::now();
        let err = sandbox.run("check it.toml").failed();
        let took = begun.elapsed();
        assert!(err.starts_with(said), "{err:.300}");
        assert!(took < Duration::from_secs(seconds), "{said}: {took:?}");
    }
}

/// Forty cases of 500 assets, 30 kB: what they have in common is kept once.
#[test]
#[cfg(target_os = "linux")]
fn many_cases_of_many_assets_share_what_they_have_in_common() {
    let asset = |n: u32| format!("[[asset]]\nname = \"b{n}\"\nclass = \"micro-saas-fleet\"\nvalue = 1\n");
    let assets: String = (1..500).map(asset).collect();
    let sandbox = Sandbox::with("it.toml", format!("{ONE}{assets}{}", axis("x", "asset.saas.value", 40)));
    // 300 MB of addresses hold it; cases that share nothing take 900
    sandbox.limited("-v 300000", "check it.toml").prints("40 cases");
}

/// Lines of a batch with checksums of what they say now.
fn sealed(text: &str) -> String {
    let anew = |line: &str| {
        let (body, _) = line.rsplit_once(",\"check\":\"").expect("a checksum");
        let check = &blake3::hash(body.as_bytes()).to_hex()[..16];
        format!("{body},\"check\":\"{check}\"}}\n")
    };
    text.lines().map(anew).collect()
}

#[test]
fn what_forged_files_say_is_quoted_on_one_line_and_is_no_markup() {
    const NASTY: &str = r"\n::error::forged\nerror: forged\u001b[2J";
    let gate = "[[expect]]\nid = \"g\"\nmeasure = \"wealth.terminal.p50\"\nbelow = 1\n";
    let sandbox = Sandbox::with("all/one.toml", format!("{ONE}{gate}"));
    let quoted = |err: String, what: &str| {
        let err = err.has("forged").lacks("\u{1b}");
        let starts = |line: &str| line.starts_with("::") || line.starts_with("error: forged");
        assert!(!err.lines().any(starts), "{what}: {err}");
    };
    let against = "batch all --out whole --baseline base.jsonl";
    sandbox.run(&format!("{against} --update-baseline"));
    sandbox.run("batch all --shard 1/1 --out part");
    let results = sandbox.read("part/results.jsonl");
    // merges with a text in the place of another
    let merged = |old: &str, new: &str| {
        assert!(results.contains(old), "{old}: {results}");
        sandbox.write("part/results.jsonl", sealed(&results.replace(old, new)));
        sandbox.run("merge part --out merged")
    };
    for (old, new) in [
        ("\"schema\":\"tailwheel-batch", format!("\"schema\":\"{NASTY}tailwheel-batch")),
        ("\"kind\":\"simulated\"", format!("\"kind\":\"{NASTY}\"")),
    ] {
        quoted(merged(old, &new).failed(), old);
    }
    let base = sandbox.read("base.jsonl");
    let line = base.lines().last().expect("a scenario");
    let twice = line.replace("\"id\":\"one", &format!("\"id\":\"{NASTY}one"));
    sandbox.write("base.jsonl", sealed(&format!("{base}{twice}\n{twice}\n")));
    let ran = sandbox.run(against);
    quoted(ran.out + &ran.err, "baseline");
    // a currency that is markup
    merged("\"currency\":\"USD\"", "\"currency\":\"[x](//e)<b>@me\"");
    let summary = sandbox.read("merged/summary.md");
    let table: String = summary.lines().filter(|line| line.starts_with('|')).collect();
    // what stands in a code span is no markup
    let spans: String = table.has("(//e)").split('`').step_by(2).collect();
    spans.lacks_all(["[x](", "<b>", "@me"]);
}
