//! What cannot be answered: place, rule and remedy on standard error, exit code 2.

use crate::cli::sandbox::{ONE, Sandbox, Text, ran};
use crate::common::rows;

/// Runs `one.toml` with `arguments`; it must be refused and nothing written.
#[track_caller]
fn refused(arguments: &[&str]) -> String {
    let sandbox = Sandbox::with_one();
    let err = sandbox.run(&[&["run", "one.toml"], arguments].concat()).failed();
    assert_eq!(sandbox.files().len(), 1, "{:?}", sandbox.files());
    err
}

/// Checks a file of these bytes; it must be refused.
#[track_caller]
fn invalid(bytes: impl AsRef<[u8]>) -> String {
    let sandbox = Sandbox::new();
    sandbox.write("it.toml", bytes);
    sandbox.run(&["check", "it.toml"]).failed()
}

#[test]
fn no_paths_are_refused_with_the_rule() {
    assert_eq!(
        refused(&["--paths", "0"]),
        "error[range]: a number of paths of 0 is out of range
 --> --set:1:11
  |
1 | run.paths=0
  |           ^ out of range
  |
  = rule: paths lie between 1 and 10_000_000_000
  = such as: 100_000
  = more: tailwheel explain run.paths

1 error in one.toml; nothing was simulated
"
    );
}

#[test]
fn a_slip_of_notation_is_answered_with_what_to_write() {
    let head = "start = \"2027-01\"\n";
    for (line, said) in [
        ("currency = USD", "write: currency = \"USD\""),
        ("horizon = 10 years # long", "write: horizon = \"10 years\""),
        ("value = 50,000", "write: value = 50_000"),
        ("movable = True", "write: movable = true"),
        ("roi =", "a value is missing"),
    ] {
        let err = invalid(format!("{head}{line}\n"));
        assert!(err.contains(said), "{line}: {err}");
        assert_eq!(err.matches("error[").count(), 1, "{err}");
    }
    let twice = "[[asset]]\nname = \"a\"\nvalue = 1\n[asset]\nname = \"b\"\nvalue = 2\n[owner]\ncash = 1\n";
    let err = invalid(twice);
    assert_eq!(err.matches("error[").count(), 1, "{err}");
    assert!(err.contains("double brackets:"), "{err}");
    let err = invalid("{\n  \"title\": \"t\",\n  \"start\": 1\n}\n");
    assert_eq!(err.matches("error[").count(), 1, "{err}");
    assert!(err.contains("this file is JSON"), "{err}");
    assert!(refused(&["--paths", "-1"]).contains("paths lie between 1 and"));
}

#[test]
fn absurd_numbers_of_paths_are_refused_before_memory_is_asked_for() {
    assert!(refused(&["--paths", "1e15"]).contains("out of range"));
    assert!(refused(&["--paths", "1e300"]).contains("`paths` is a count"));
    assert!(refused(&["--paths", "1000000000000000"]).contains("out of range"));
    assert!(refused(&["--paths", "-5"]).contains("error"));
    assert!(refused(&["--paths", "many"]).contains("`paths` is a count"));
}

#[test]
#[cfg(target_os = "linux")]
fn what_does_not_fit_into_memory_is_refused_with_the_number_that_fits() {
    // 500 assets at the most paths there may be: beyond 8,000 GB
    let mut text = ONE.replace("paths = 512", "paths = 1_000_000_000");
    for number in 0..499 {
        text.push_str(&format!("[[asset]]\nname = \"a{number}\"\nclass = \"niche-content\"\nvalue = 1\n"));
    }
    let sandbox = Sandbox::new();
    sandbox.write("large.toml", text);
    let err = sandbox.run(&["run", "large.toml"]).failed();
    assert!(err.starts_with("error: large.toml: 1,000,000,000 paths need about "), "{err}");
    let fits = err.split_once("; --paths ").expect("a remedy").1;
    let fits: u64 = fits.strip_suffix(" fits\n").expect("a number").parse().expect("a number");
    assert!((1_000..1_000_000_000).contains(&fits), "{fits}");
    assert_eq!(sandbox.files().len(), 1);
}

#[test]
fn a_file_that_is_not_there_is_refused_with_a_remedy() {
    let sandbox = Sandbox::new();
    for command in ["check", "run"] {
        assert_eq!(
            sandbox.run(&[command, "mine.toml"]).failed(),
            "error[file]: mine.toml: there is no such file; `tailwheel new mine.toml` writes a starter

1 error in mine.toml; nothing was simulated
"
        );
    }
    assert_eq!(sandbox.files().len(), 0);
}

#[test]
fn a_folder_is_not_a_scenario() {
    let sandbox = Sandbox::with_one();
    for folder in [".", "..", "/"] {
        let err = sandbox.run(&["run", folder]).failed();
        let expected = format!("error[file]: {folder}: it is a folder; write the name of a file\n");
        assert!(err.starts_with(&expected), "{err}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_be_read_or_does_not_end_is_refused() {
    let sandbox = Sandbox::new();
    // its first byte cannot be read by anybody
    let err = sandbox.run(&["check", "/proc/self/mem"]).failed();
    assert!(err.starts_with("error[file]: /proc/self/mem: input/output error"), "{err}");
    sandbox.run(&["check", "/dev/zero"]).failed().has("/dev/zero: it is not a regular file");
}

#[test]
fn a_file_that_is_no_text_has_one_fault() {
    let bytes: Vec<u8> = (0..=255).cycle().take(5000).collect();
    let err = invalid(bytes);
    assert!(err.starts_with("error[encoding]: this file is not UTF-8 text"), "{err}");
    assert!(err.ends_with("1 error in it.toml; nothing was simulated\n"), "{err}");
    invalid(b"title = \"caf\xe9\"\n").has(" --> it.toml:1:13\n");
}

#[test]
fn every_way_of_breaking_a_file_is_told_at_its_place_with_a_way_out() {
    for [right, wrong, said, place] in rows(include_str!("files/broken.tsv")) {
        let err = invalid(ONE.replacen(right, wrong, 1));
        assert!(err.contains(said), "{wrong}: no {said} in\n{err}");
        assert!(err.contains(&format!("it.toml{place}")), "{wrong}: not at {place}\n{err}");
        let has_remedy = ["write:", "rule:", "known:", "help:", "more:"];
        let is_syntax = err.contains("error[syntax]");
        assert!(is_syntax || has_remedy.iter().any(|note| err.contains(note)), "{err}");
        assert!(err.contains("nothing was simulated\n"), "{err}");
    }
}

#[test]
fn every_page_that_a_fault_points_to_exists() {
    let sandbox = Sandbox::new();
    let wrong = ONE
        .replace("50_000", "\"x\"")
        .replace("\"2 years\"", "7")
        .replace("\"2027-01\"", "1")
        .replace("\"USD\"", "1")
        .replace("seed  = 1", "seed  = \"x\"");
    sandbox.write(
        "it.toml",
        format!("{wrong}roi = 28\n[economy]\ninflation = 3\n[owner]\ncash = -1\nsurplus = \"x\"\n"),
    );
    let err = sandbox.run(&["check", "it.toml"]).failed();
    let hints: Vec<&str> =
        err.lines().filter_map(|line| line.trim().strip_prefix("= more: tailwheel explain ")).collect();
    assert!(hints.len() >= 8, "{err}");
    for hint in hints {
        sandbox.run(&["explain", hint]).done();
    }
}

#[test]
fn two_scenarios_for_one_folder_are_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("a/one.toml", ONE);
    sandbox.write("b/one.toml", ONE);
    let before = sandbox.files();
    assert_eq!(
        sandbox.run(&["run", "a/one.toml", "b/one.toml"]).failed(),
        "error: a/one.toml and b/one.toml would both write to output/one; run one of them with another --out\n"
    );
    assert_eq!(
        sandbox.run(&["run", "a/one.toml", "a/one.toml"]).failed(),
        "error: a/one.toml is written twice; write it once\n"
    );
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_file_whose_stem_would_lead_out_of_the_folder_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("...toml", ONE);
    sandbox.run(&["run", "...toml"]).failed().has("rename the file");
}

#[test]
fn json_is_one_report_and_never_two() {
    let sandbox = Sandbox::with_one();
    sandbox.write("two.toml", ONE);
    assert_eq!(
        sandbox.run(&["run", "--json", "one.toml", "two.toml"]).failed(),
        "error: --json and --format print a single report; write one scenario, or read each report.json\n"
    );
}

#[test]
fn assignments_that_fit_nothing_are_refused() {
    assert!(refused(&["--set", "nonsense"]).contains("such as: --set run.paths=2000"));
    assert!(refused(&["--set", "asset.nobody.value=1"]).contains("known: saas"));
    assert!(refused(&["--set", "foo.bar=1"]).contains("unknown key `foo`"));
    for seed in ["abc", "", "it's", "[1", "#3", "5 #"] {
        let refused = refused(&["--seed", seed]);
        assert!(refused.contains("`seed` is a whole number"), "{seed}: {refused}");
    }
}

#[test]
fn a_simd_level_that_is_none_is_refused_and_an_empty_one_asks_for_nothing() {
    let sandbox = Sandbox::with_one();
    let run =
        |level: &str| ran(sandbox.command(&["run", "one.toml", "--no-charts"]).env("TAILWHEEL_SIMD", level));
    let err = run("fastest").failed();
    assert!(err.starts_with("error: TAILWHEEL_SIMD: "), "{err}");
    assert!(err.contains("`fastest`") && err.contains("baseline"), "{err}");
    assert_eq!(sandbox.files().len(), 1);
    run("baseline").done();
    run("").done();
}

#[test]
fn wrong_usage_is_told_with_the_way_to_help() {
    let sandbox = Sandbox::with_one();
    for arguments in [
        &["run"] as &[&str],
        &["frobnicate"],
        &["run", "one.toml", "--threads", "0"],
        &["run", "one.toml", "--nonsense"],
        &["check", ""],
    ] {
        let err = sandbox.run(arguments).failed();
        assert!(err.starts_with("error: ") && err.contains("'--help'"), "{err}");
    }
    assert!(sandbox.run(&[]).failed().contains("Usage: tailwheel"));
}

#[test]
fn a_depth_of_next_to_nothing_is_not_blamed_on_the_rates() {
    let sandbox = Sandbox::new();
    let text = ONE.replace("micro-saas-fleet", "defi-yield-aggregator")
        + "[crash]\nmodels = { a = 0.6, b = 0.4 }\n\
           [crisis]\nbegins = \"3 %/month\"\nlasts = \"5 months\"\ndepth = ";
    sandbox.write("thin.toml", format!("{text}1e-6\n"));
    for command in [&["run", "--no-charts"][..], &["replay", "--path", "1"]] {
        sandbox
            .run(&[command, &["thin.toml"]].concat())
            .failed()
            .has("agent selling")
            .has("`crisis.depth`")
            .lacks("rates");
    }
    // rates are named where they are at fault, with the same agents
    let fast = text.replace("value = 50_000", "value = 50_000\nroi = \"500 %\"");
    sandbox.write("fast.toml", format!("{}0.3\n", fast.replace("2 years", "99 years")));
    sandbox.run(&["run", "fast.toml", "--no-charts"]).failed().has("rates");
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_nowhere_is_called_one() {
    let sandbox = Sandbox::new();
    for name in ["a.toml", "_base.toml"] {
        std::os::unix::fs::symlink("nowhere", sandbox.path(name)).expect("a link");
    }
    sandbox.write("b.toml", "extends = \"_base.toml\"\n");
    for (command, file) in [
        ("check", "a.toml"),
        ("run", "a.toml"),
        ("batch", "a.toml"),
        ("explain", "a.toml"),
        ("check", "b.toml"),
    ] {
        let ran = sandbox.run(&[command, file]);
        let said = ran.out + &ran.err;
        assert_eq!(ran.code, Some(2), "{said}");
        assert!(said.contains("it is a link that leads nowhere"), "{command}: {said}");
    }
}
