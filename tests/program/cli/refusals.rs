//! What cannot be answered: place, rule and remedy on standard error, exit code 2.

use crate::cli::sandbox::{ONE, Sandbox, Text, ran};
use crate::common::rows;

/// Runs `one.toml` with `arguments`; it must be refused and nothing written.
#[track_caller]
fn refused(arguments: &[&str]) -> String {
    let sandbox = Sandbox::with_one();
    let err = sandbox.run(&[&["run", "one.toml"], arguments].concat()[..]).failed();
    assert_eq!(sandbox.files().len(), 1, "{:?}", sandbox.files());
    err
}

/// Checks a file of these bytes; it must be refused.
#[track_caller]
fn invalid(bytes: impl AsRef<[u8]>) -> String {
    Sandbox::with("it.toml", bytes).run("check it.toml").failed()
}

#[test]
fn no_paths_are_refused_with_the_rule() {
    assert_eq!(
        refused(&["--paths", "0"]),
        "error[range]: a number of paths of 0 is out of range
  |
1 | run.paths=0
  |           ^ out of range
  |
  = rule: paths lie between 1 and 10_000_000_000
  = such as: 100_000
  = more: tailwheel explain run.paths

1 error in the options for one.toml; nothing was simulated
"
    );
}

#[test]
fn a_slip_of_notation_is_answered_with_what_to_write() {
    let twice = "[[asset]]\nname = \"a\"\nvalue = 1\n[asset]\nname = \"b\"\nvalue = 2\n[owner]\ncash = 1\n";
    for (text, said) in [
        ("start = \"2027-01\"\ncurrency = USD\n", "write: currency = \"USD\""),
        ("start = \"2027-01\"\nhorizon = 10 years # long\n", "write: horizon = \"10 years\""),
        ("start = \"2027-01\"\nvalue = 50,000\n", "write: value = 50_000"),
        ("start = \"2027-01\"\nmovable = True\n", "write: movable = true"),
        ("start = \"2027-01\"\nroi =\n", "a value is missing"),
        (twice, "double brackets:"),
        ("{\n  \"title\": \"t\",\n  \"start\": 1\n}\n", "this file is JSON"),
    ] {
        let err = invalid(text).has(said);
        assert_eq!(err.matches("error[").count(), 1, "{err}");
    }
}

#[test]
fn absurd_numbers_of_paths_are_refused_before_memory_is_asked_for() {
    for (paths, said) in [
        ("1e15", "out of range"),
        ("1e300", "`paths` is a count"),
        ("1000000000000000", "out of range"),
        ("-1", "paths lie between 1 and"),
        ("-5", "error"),
        ("many", "`paths` is a count"),
    ] {
        refused(&["--paths", paths]).has(said);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_does_not_fit_into_memory_is_refused_with_the_number_that_fits() {
    // 500 assets at the most paths there may be: beyond 8,000 GB
    let asset = |n: u32| format!("[[asset]]\nname = \"a{n}\"\nclass = \"niche-content\"\nvalue = 1\n");
    let text = ONE.replace("paths = 512", "paths = 1_000_000_000") + &(0..499).map(asset).collect::<String>();
    let sandbox = Sandbox::with("large.toml", text);
    let err = sandbox.run("run large.toml").failed();
    let err = err.starts("error: large.toml: 1,000,000,000 paths need about ");
    let fits = err.split_once("; --paths ").expect("a remedy").1;
    let fits: u64 = fits.strip_suffix(" fits\n").expect("a number").parse().expect("a number");
    assert!((1_000..1_000_000_000).contains(&fits), "{fits}");
    assert_eq!(sandbox.files().len(), 1);
}

#[test]
fn a_file_that_is_not_there_or_is_a_folder_is_refused_with_a_remedy() {
    let sandbox = Sandbox::new();
    for command in ["check", "run"] {
        assert_eq!(
            sandbox.run(&[command, "mine.toml"]).failed(),
            "error[file]: mine.toml: there is no such file; `tailwheel new mine.toml` writes a starter\n\n\
             1 error in mine.toml; nothing was simulated\n"
        );
    }
    for folder in [".", "..", "/"] {
        let said = format!("error[file]: {folder}: it is a folder; write the name of a file\n");
        sandbox.run(&["run", folder]).failed().starts(said);
    }
    assert_eq!(sandbox.files().len(), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_be_read_or_does_not_end_is_refused() {
    let check = |file: &str| Sandbox::new().run(&["check", file]).failed();
    // its first byte cannot be read by anybody
    check("/proc/self/mem").starts("error[file]: /proc/self/mem: input/output error");
    check("/dev/zero").has("/dev/zero: it is not a regular file");
}

#[test]
fn a_file_that_is_no_text_has_one_fault() {
    let bytes: Vec<u8> = (0..=255).cycle().take(5000).collect();
    invalid(bytes)
        .starts("error[encoding]: this file is not UTF-8 text")
        .ends("1 error in it.toml; nothing was simulated\n");
    invalid(b"title = \"caf\xe9\"\n").has(" --> it.toml:1:13\n");
}

#[test]
fn every_way_of_breaking_a_file_is_told_at_its_place_with_a_way_out() {
    for [right, wrong, said, place] in rows(include_str!("files/broken.tsv")) {
        let err = invalid(ONE.replacen(right, wrong, 1)).has(said).has(format!("it.toml{place}"));
        let has_remedy = ["write:", "rule:", "known:", "help:", "more:"];
        let is_syntax = err.contains("error[syntax]");
        assert!(is_syntax || has_remedy.iter().any(|note| err.contains(note)), "{err}");
        err.has("nothing was simulated\n");
    }
}

#[test]
fn every_page_that_a_fault_points_to_exists() {
    let wrong = ONE
        .replace("50_000", "\"x\"")
        .replace("\"2 years\"", "7")
        .replace("\"2027-01\"", "1")
        .replace("\"USD\"", "1")
        .replace("seed  = 1", "seed  = \"x\"");
    let rest = "roi = 28\n[economy]\ninflation = 3\n[owner]\ncash = -1\nsurplus = \"x\"\n";
    let err = invalid(wrong + rest);
    let hints = err.lines().filter_map(|line| line.trim().strip_prefix("= more: tailwheel explain "));
    assert!(hints.clone().count() >= 8, "{err}");
    for hint in hints {
        Sandbox::new().run(&["explain", hint]).done();
    }
}

#[test]
fn two_scenarios_for_one_folder_or_one_report_are_refused() {
    let sandbox = Sandbox::with("a/one.toml", ONE);
    for name in ["b/one.toml", "two.toml", "...toml"] {
        sandbox.write(name, ONE);
    }
    let before = sandbox.files();
    for (arguments, said) in [
        (
            "a/one.toml b/one.toml",
            "a/one.toml and b/one.toml would both write to output/one; run one of them with another --out",
        ),
        ("a/one.toml a/one.toml", "a/one.toml is written twice; write it once"),
        (
            "--json a/one.toml two.toml",
            "--json and --format print a single report; write one scenario, or read each report.json",
        ),
    ] {
        assert_eq!(sandbox.run(&format!("run {arguments}")).failed(), format!("error: {said}\n"));
    }
    // its stem would lead out of the folder
    sandbox.run("run ...toml").failed().has("rename the file");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn assignments_that_fit_nothing_are_refused() {
    for (edit, said) in [
        ("nonsense", "such as: --set run.paths=2000"),
        ("asset.nobody.value=1", "known: saas"),
        ("foo.bar=1", "unknown key `foo`"),
    ] {
        refused(&["--set", edit]).has(said);
    }
    for seed in ["abc", "", "it's", "[1", "#3", "5 #"] {
        refused(&["--seed", seed]).has("`seed` is a whole number");
    }
    for seed in ["--seed=18446744073709551615", "--set=run.seed=18446744073709551615", "--seed=-1"] {
        refused(&[seed]).has("9_223_372_036_854_775_807");
    }
}

#[test]
fn a_simd_level_that_is_none_is_refused_and_an_empty_one_asks_for_nothing() {
    let sandbox = Sandbox::with_one();
    let run = |level: &str| ran(sandbox.command("run one.toml --no-charts").env("TAILWHEEL_SIMD", level));
    run("fastest").failed().starts("error: TAILWHEEL_SIMD: ").has("`fastest`").has("baseline");
    assert_eq!(sandbox.files().len(), 1);
    run("baseline").done();
    run("").done();
}

#[test]
fn wrong_usage_is_told_with_the_way_to_help() {
    let sandbox = Sandbox::with_one();
    for arguments in ["run", "frobnicate", "run one.toml --threads 0", "run one.toml --nonsense", "check "] {
        sandbox.run(arguments).failed().starts("error: ").has("'--help'");
    }
    sandbox.run(&[]).failed().has("Usage: tailwheel");
}

#[test]
fn a_depth_of_next_to_nothing_is_not_blamed_on_the_rates() {
    let text = ONE.replace("micro-saas-fleet", "defi-yield-aggregator")
        + "[crash]\nmodels = { a = 0.6, b = 0.4 }\n\
           [crisis]\nbegins = \"3 %/month\"\nlasts = \"5 months\"\ndepth = ";
    let sandbox = Sandbox::with("thin.toml", format!("{text}1e-6\n"));
    for command in ["run thin.toml --no-charts", "replay thin.toml --path 1"] {
        sandbox.run(command).failed().has("agent selling").has("`crisis.depth`").lacks("rates");
    }
    // rates are named where they are at fault, with the same agents
    let fast = text.replace("value = 50_000", "value = 50_000\nroi = \"500 %\"");
    sandbox.write("fast.toml", format!("{}0.3\n", fast.replace("2 years", "99 years")));
    sandbox.run("run fast.toml --no-charts").failed().has("rates");
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_nowhere_is_called_one() {
    let sandbox = Sandbox::with("b.toml", "extends = \"_base.toml\"\n");
    sandbox.link("nowhere", "a.toml");
    sandbox.link("nowhere", "_base.toml");
    for command in ["check a.toml", "run a.toml", "batch a.toml", "explain a.toml", "check b.toml"] {
        let ran = sandbox.run(command).exits(2);
        (ran.out + &ran.err).has("it is a link that leads nowhere");
    }
}
