//! Files that someone else wrote: what they cannot make the program read, wait for or print.

use crate::cli::sandbox::{ONE, Sandbox, Text, ran};
use std::time::{Duration, Instant};

/// What a stranger's scenario must never bring to light.
const SECRET: &str = "ghp_0123456789abcdef";

/// Runs and must come back at once; a file that blocks would be waited for in vain.
#[track_caller]
fn at_once(sandbox: &Sandbox, arguments: &[&str]) -> crate::cli::sandbox::Ran {
    let begun = Instant::now();
    let ran = ran(&mut sandbox.command(arguments));
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(20), "{arguments:?}: {took:?}");
    assert!(!ran.err.contains("fault of its own"), "{}", ran.err);
    ran
}

#[cfg(unix)]
fn link(sandbox: &Sandbox, to: &str, name: &str) {
    std::os::unix::fs::symlink(to, sandbox.path(name)).expect("a link");
}

#[test]
#[cfg(unix)]
fn no_link_of_a_folder_brings_to_light_what_lies_outside() {
    let sandbox = Sandbox::new();
    sandbox.write("outside/token", format!("token {SECRET}\n"));
    sandbox.write("outside/more/secret.toml", format!("password = \"{SECRET}\"\n"));
    sandbox.write("suite/fine.toml", ONE);
    sandbox.write("suite/base.toml", "extends = \"_base.toml\"\n");
    link(&sandbox, "../outside/token", "suite/stolen.toml");
    link(&sandbox, "../outside/token", "suite/_base.toml");
    link(&sandbox, "../outside", "suite/sub");
    link(&sandbox, "nowhere", "suite/dangling.toml");
    link(&sandbox, "/proc/self/environ", "suite/environment.toml");
    for command in ["check", "batch"] {
        for format in [&["--format", "json"][..], &[]] {
            if command == "batch" && !format.is_empty() {
                continue;
            }
            let arguments = [&[command, "suite"][..], format].concat();
            let ran = at_once(&sandbox, &arguments).exits(2);
            let said = format!("{}{}", ran.out, ran.err);
            assert!(!said.contains(SECRET) && !said.contains("PATH="), "{said}");
            for name in ["stolen.toml", "sub", "environment.toml", "dangling.toml"] {
                // a batch says of files with one fault how many there are
                let is_said = said.contains(&format!("suite/{name}"));
                assert!(is_said || command == "batch", "{name}: {said}");
            }
            assert!(said.contains("a link that leaves the folder"), "{said}");
        }
    }
    for name in sandbox.files().iter().filter(|name| name.starts_with("output/")) {
        if !name.ends_with('/') {
            let written = std::fs::read(sandbox.path(name)).expect("a file");
            assert!(!String::from_utf8_lossy(&written).contains(SECRET), "{name}");
        }
    }
}

#[test]
#[cfg(unix)]
fn a_link_is_followed_if_it_is_named_or_stays_in_its_folder() {
    let sandbox = Sandbox::new();
    sandbox.write("elsewhere/one.toml", ONE);
    sandbox.write("suite/real.toml", ONE);
    link(&sandbox, "elsewhere/one.toml", "named.toml");
    link(&sandbox, "real.toml", "suite/again.toml");
    sandbox.run(&["check", "named.toml"]).done();
    sandbox.run(&["check", "suite"]).done().has("suite/again.toml: valid");
}

#[test]
#[cfg(unix)]
fn a_folder_that_is_a_link_out_of_here_is_named_itself() {
    let sandbox = Sandbox::new();
    sandbox.write("outside/secret.toml", format!("password = \"{SECRET}\"\n"));
    sandbox.write("here/a.toml", ONE);
    link(&sandbox, "../outside", "here/suite");
    ran(sandbox.command(&["check", "suite"]).current_dir(sandbox.path("here")))
        .exits(2)
        .says("a link that leaves this folder")
        .without(SECRET);
}

#[test]
#[cfg(unix)]
fn what_is_no_regular_file_is_never_waited_for() {
    let sandbox = Sandbox::with_one();
    std::fs::create_dir_all(sandbox.path("suite/folder.toml")).expect("a folder");
    sandbox.write("suite/fine.toml", ONE);
    let made = std::process::Command::new("mkfifo").arg(sandbox.path("suite/pipe.toml")).status();
    assert!(made.expect("mkfifo").success());
    link(&sandbox, "pipe.toml", "suite/linked.toml");
    sandbox.write("suite/extends.toml", "extends = \"pipe.toml\"\n");
    let pipe = "suite/pipe.toml";
    for arguments in [
        &["check", "suite"][..],
        &["check", pipe],
        &["run", pipe],
        &["batch", "suite"],
        &["compare", pipe, "one.toml"],
        &["replay", pipe, "--path", "0"],
    ] {
        let ran = at_once(&sandbox, arguments);
        let said = format!("{}{}", ran.out, ran.err);
        assert_eq!(ran.code, Some(2), "{said}");
        assert!(said.contains("it is not a regular file"), "{arguments:?}: {said}");
    }
}

#[test]
fn two_files_of_one_name_in_two_folders_are_two_scenarios() {
    let sandbox = Sandbox::new();
    for name in ["suite/a/s.toml", "suite/b/s.toml", "suite/s.toml"] {
        sandbox.write(name, ONE);
    }
    let few = ["--paths", "256"];
    sandbox.run(&["check", "suite"]).done();
    let out = sandbox.run(&["batch", "suite", "--list"]).done();
    assert_eq!(out, "a/s\nb/s\ns\n");
    let ran = sandbox.run(&[&["batch", "suite"][..], &few].concat()).exits(0);
    assert!(sandbox.path("output/batch/reports/b/s/report.json").exists() || ran.out.contains("b/s"));
    // files that are named are called by their names, unless those are alike
    let named = ["suite/a/s.toml", "suite/b/s.toml"];
    let out = sandbox.run(&[&["batch", "--list"][..], &named].concat()).done();
    assert_eq!(out, "suite/a/s\nsuite/b/s\n");
    let out = sandbox.run(&["batch", "--list", named[0]]).done();
    assert_eq!(out, "s\n");
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
    let sandbox = Sandbox::new();
    let nasty = "a\u{202e}b\u{85}c\u{1b}]0;x\u{7}d\ne";
    sandbox.write(&format!("suite/{nasty}.toml"), ONE);
    sandbox.write(&format!("suite/sub{nasty}/bad.toml"), ONE.replace("value", "vlaue"));
    for arguments in [
        &["check", "suite"][..],
        &["check", "suite", "--format", "json"],
        &["check", "suite", "--annotate", "github"],
        &["batch", "suite", "--out", "out"],
        &["batch", "suite", "--list"],
    ] {
        let ran = at_once(&sandbox, arguments);
        assert!(is_clean(&ran.out), "{arguments:?}: {:?}", ran.out);
        assert!(is_clean(&ran.err), "{arguments:?}: {:?}", ran.err);
    }
    let written: Vec<String> = sandbox.files().into_iter().collect();
    let written = written.iter().filter(|name| name.starts_with("out/"));
    for name in written.filter(|name| !name.ends_with('/') && !name.contains("cache")) {
        assert!(is_clean(name), "{name:?}");
        assert!(is_clean(&sandbox.read(name)), "{name:?}");
    }
    let own = format!("suite/{nasty}.toml");
    let ran = at_once(&sandbox, &["run", &own, "--no-charts"]);
    assert!(is_clean(&ran.out) && is_clean(&ran.err), "{:?}{:?}", ran.out, ran.err);
}

#[test]
fn a_title_is_one_line_of_two_hundred_letters() {
    let sandbox = Sandbox::new();
    for (title, why) in [
        ("x".repeat(201), "is longer than 200 letters"),
        ("a\\u202eb".to_owned(), "has the character U+202E"),
        ("a\\nb".to_owned(), "is longer than one line"),
        ("a\\u0085b".to_owned(), "is longer than one line"),
    ] {
        sandbox.write("it.toml", ONE.replace("One fleet", &title));
        let err = sandbox.run(&["check", "it.toml"]).failed();
        let said = format!("error[text]: `title` {why}\n");
        assert!(err.starts_with(&said), "{err}");
        assert!(is_clean(&err), "{err:?}");
    }
    sandbox.write("it.toml", ONE.replace("One fleet", &"日".repeat(200)));
    sandbox.run(&["check", "it.toml"]).done();
}

#[test]
fn an_amount_too_small_to_tell_is_refused_with_place_and_rule() {
    let sandbox = Sandbox::new();
    sandbox.write("it.toml", ONE.replace("50_000", "5e-324"));
    let err = sandbox.run(&["check", "it.toml"]).failed();
    assert!(err.starts_with("error[range]: an amount of 5e-324 is too small\n"), "{err}");
    assert!(err.contains("it.toml:13:9") && err.contains("at least 1e-9"), "{err}");
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
        let sandbox = Sandbox::new();
        sandbox.write("it.toml", format!("{ONE}{text}"));
        let err = sandbox.run(&["check", "it.toml"]).failed();
        assert!(err.starts_with(&format!("error[{code}]")), "{text}: {err}");
        assert!(err.contains("1 error in it.toml"), "{text}: {err}");
    }
}

#[test]
fn what_can_do_nothing_is_warned_of() {
    let sandbox = Sandbox::new();
    let still = "movable = false\n[owner]\nsurplus = \"reinvest\"\nrebalance = \"3 months\"\n";
    let fast = "[economy]\ninflation.fixed = \"400 %/year\"\n";
    sandbox.write("it.toml", format!("{ONE}{still}{fast}"));
    let ran = sandbox.run(&["run", "it.toml", "--no-charts", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).expect("a report");
    let ids: Vec<&str> = report["warnings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|warning| warning["id"].as_str())
        .collect();
    for id in ["nothing-movable", "high-inflation"] {
        assert!(ids.contains(&id), "{id}: {ids:?}");
    }
}

#[test]
fn far_too_many_cases_are_refused_before_any_is_read() {
    let sandbox = Sandbox::new();
    let values: Vec<String> = (0..80_000).map(|n| n.to_string()).collect();
    let axis = |name: &str, key: &str, values: &str| {
        format!("[[axis]]\nname = \"{name}\"\nkey = \"{key}\"\nvalues = [{values}]\n")
    };
    let long = axis("x", "run.seed", &values.join(", "));
    let many: String = (0..60).map(|n| axis(&format!("x{n}"), &format!("a.b{n}"), "1, 2, 3, 4")).collect();
    for (axes, count) in [(long, "80,000 cases"), (many, "far more cases")] {
        sandbox.write("it.toml", format!("{ONE}{axes}"));
        let begun = Instant::now();
        let err = sandbox.run(&["check", "it.toml"]).failed();
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        assert!(err.starts_with(&format!("error[range]: {count} are too many")), "{err}");
    }
}

/// Lists whose items were once held against each other, or read before they were counted.
#[test]
fn long_lists_are_refused_before_they_cost_anything() {
    let sandbox = Sandbox::new();
    let values = |n: usize| (1..=n).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let axis = |n: usize| {
        let values = values(n);
        format!("[[axis]]\nname = \"x\"\nkey = \"run.seed\"\nvalues = [{values}]\n")
    };
    let gates = |measure: &str, n: usize| -> String {
        let gate = |n| format!("[[expect]]\nid = \"e{n}\"\nmeasure = \"{measure}\"\nbelow = 0.5\n");
        (0..n).map(gate).collect()
    };
    let clusters: String = (0..9000)
        .map(|n| {
            format!(
                "[[crash.cluster]]\nname = \"c{n}\"\ncapital_share = 0.0001\nfirst_trigger = 0.2\n\
                 dispersion = 0.1\n"
            )
        })
        .collect();
    for (rest, said) in [
        (
            axis(5000) + &gates("loss.probability", 9900),
            "error[range]: 5,000 cases of 9900 gates are too many",
        ),
        (
            axis(2000) + &gates("los.probability", 20),
            "error[unknown-measure]: unknown measure `los.probability`",
        ),
        (clusters, "error[range]: 9000 clusters of agents are too many"),
    ] {
        sandbox.write("it.toml", format!("{ONE}{rest}"));
        let begun = Instant::now();
        let err = sandbox.run(&["check", "it.toml"]).failed();
        assert!(err.starts_with(said), "{err:.300}");
        // a second where nothing else runs
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(60), "{said}: {took:?}");
    }
}

/// Forty cases of 500 assets, 30 kB: what they have in common is kept once.
#[test]
#[cfg(target_os = "linux")]
fn many_cases_of_many_assets_share_what_they_have_in_common() {
    let sandbox = Sandbox::new();
    let mut text = ONE.to_owned();
    for n in 1..500 {
        text += &format!("[[asset]]\nname = \"b{n}\"\nclass = \"micro-saas-fleet\"\nvalue = 1\n");
    }
    let values: Vec<String> = (1..=40).map(|n| n.to_string()).collect();
    text +=
        &format!("[[axis]]\nname = \"x\"\nkey = \"asset.saas.value\"\nvalues = [{}]\n", values.join(", "));
    sandbox.write("it.toml", text);
    // 300 MB of addresses hold it; cases that share nothing take 900
    let command =
        format!("ulimit -v 300000; exec '{}' check it.toml", crate::cli::sandbox::program().display());
    let ran = std::process::Command::new("sh")
        .args(["-c", &command])
        .current_dir(sandbox.path(""))
        .output()
        .expect("a shell");
    let out = String::from_utf8_lossy(&ran.stdout);
    assert!(out.contains("40 cases"), "{out}{}", String::from_utf8_lossy(&ran.stderr));
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
    let sandbox = Sandbox::new();
    let gate = "[[expect]]\nid = \"g\"\nmeasure = \"wealth.terminal.p50\"\nbelow = 1\n";
    sandbox.write("all/one.toml", format!("{ONE}{gate}"));
    let quoted = |err: &str, what: &str| {
        assert!(err.contains("forged"), "{what}: {err}");
        assert!(!err.contains('\u{1b}'), "{what}: {err:?}");
        let starts = |line: &str| line.starts_with("::") || line.starts_with("error: forged");
        assert!(!err.lines().any(starts), "{what}: {err}");
    };
    let out = ["batch", "all", "--shard", "1/1", "--out", "part"];
    sandbox.run(&[&out[..], &["--baseline", "base.jsonl", "--update-baseline"]].concat());
    let baseline =
        sandbox.run(&["batch", "all", "--out", "whole", "--baseline", "base.jsonl", "--update-baseline"]);
    assert!(sandbox.path("base.jsonl").exists(), "{}", baseline.err);
    sandbox.run(&out);
    let results = sandbox.read("part/results.jsonl");
    let merge = ["merge", "part", "--out", "merged"];
    let schema = "\"schema\":\"tailwheel-batch";
    let verdict = "\"kind\":\"simulated\"";
    for (old, new) in
        [(schema, format!("\"schema\":\"{NASTY}tailwheel-batch")), (verdict, format!("\"kind\":\"{NASTY}\""))]
    {
        assert!(results.contains(old), "{old}: {results}");
        sandbox.write("part/results.jsonl", sealed(&results.replacen(old, &new, 1)));
        quoted(&sandbox.run(&merge).failed(), old);
    }
    let base = sandbox.read("base.jsonl");
    let line = base.lines().last().expect("a scenario");
    let twice = line.replace("\"id\":\"one", &format!("\"id\":\"{NASTY}one"));
    sandbox.write("base.jsonl", sealed(&format!("{base}{twice}\n{twice}\n")));
    let ran = sandbox.run(&["batch", "all", "--out", "whole", "--baseline", "base.jsonl"]);
    quoted(&(ran.out + &ran.err), "baseline");
    // a currency that is markup
    let forged = results.replace("\"currency\":\"USD\"", "\"currency\":\"[x](//e)<b>@me\"");
    assert_ne!(forged, results);
    sandbox.write("part/results.jsonl", sealed(&forged));
    sandbox.run(&merge);
    let summary = sandbox.read("merged/summary.md");
    let table: String = summary.lines().filter(|line| line.starts_with('|')).collect();
    assert!(table.contains("(//e)"), "{summary}");
    // what stands in a code span is no markup
    let spans = table.split('`').step_by(2).collect::<String>();
    for markup in ["[x](", "<b>", "@me"] {
        assert!(!spans.contains(markup), "{markup}: {summary}");
    }
}
