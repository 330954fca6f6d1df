//! Streams, colours, pipes and signals.

use crate::cli::sandbox::{ONE, Sandbox, Text, ran};

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let sandbox = Sandbox::with_one();
    for arguments in [
        "explain",
        "schema",
        "man",
        "completions bash",
        "run one.toml --no-charts",
        "run one.toml --no-charts --json",
    ] {
        let mut child = sandbox.process(arguments).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments}");
    }
    assert!(sandbox.has("output/one/report.json"));
}

#[test]
fn colour_is_there_when_asked_for_and_never_in_a_pipe_otherwise() {
    let sandbox = Sandbox::with_one();
    let err = |arguments: &str| sandbox.run(arguments).failed();
    let without = |arguments: &str| ran(sandbox.command(arguments).env("NO_COLOR", "1")).failed();
    let coloured = err("--color always check none.toml").has("\u{1b}[");
    let plain = err("check none.toml").lacks("\u{1b}");
    assert_eq!(err("check none.toml --color never"), plain);
    assert_eq!(without("check none.toml"), plain);
    // what is said on the command line is meant more than what is set around it
    assert_eq!(without("--color always check none.toml"), coloured);
    sandbox.run("run one.toml --no-charts").done().lacks("\u{1b}").lacks("\r");
}

#[test]
fn warnings_of_a_scenario_can_be_made_the_answer() {
    let sandbox = Sandbox::with_one();
    // what this version leaves out is no fault of the scenario
    sandbox.run("run --deny-warnings --no-charts one.toml").done();
    sandbox.write("mended.toml", ONE.to_owned() + include_str!("files/mended.toml"));
    let ran = sandbox.run("run --deny-warnings --no-charts mended.toml").exits(1);
    assert_eq!(ran.err, "denied: mended.toml has warnings: correlation-repaired\n");
    ran.prints("! The correlations could not hold together");
    // a term in it is a link
    sandbox.read("output/mended/report.html").has("could not hold together");
    assert!(sandbox.has("output/mended/report.json"));
}

/// What a command says, which fails, when nothing can be written to standard output.
#[cfg(target_os = "linux")]
fn into_full(sandbox: &Sandbox, arguments: &str) -> String {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
    let output = sandbox.process(arguments).stdout(full).output().expect("the program starts");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments}: {err}");
    err
}

#[test]
#[cfg(target_os = "linux")]
fn no_command_is_done_whose_result_cannot_be_printed() {
    let sandbox = Sandbox::with_one();
    for arguments in [
        "--help",
        "--version",
        "help run",
        "run --help",
        "explain",
        "explain one.toml",
        "explain decay",
        "check one.toml",
        "check one.toml --format json",
        "batch one.toml --list",
        "schema",
        "man",
        "completions bash",
    ] {
        let err = into_full(&sandbox, arguments);
        assert_eq!(err, "error: cannot write to standard output: no space left on device\n", "{arguments}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn files_that_are_whole_when_the_screen_cannot_be_printed_are_said_to_be_there() {
    let sandbox = Sandbox::with_one();
    for (arguments, left, file) in [
        ("run one.toml --no-charts --json", "files of this scenario are", "one/report.json"),
        ("replay one.toml --path 0", "files of this scenario are", "one/replay-0/replay.json"),
        ("sensitivity one.toml --paths 64", "files of this scenario are", "one/sensitivity/sensitivity.json"),
        ("batch one.toml --no-cache", "files of this batch are", "batch/results.jsonl"),
        ("new mine.toml", "file is", "../mine.toml"),
    ] {
        into_full(&sandbox, arguments).ends(format!("; the {left} written\n"));
        assert!(sandbox.has(&format!("output/{file}")), "{arguments}: {:?}", sandbox.files());
    }
    sandbox.read_json("output/one/report.json");
    // the figures are printed before anything is written
    let empty = Sandbox::with_one();
    into_full(&empty, "run one.toml --no-charts").ends("; nothing was written for this scenario\n");
    assert!(!empty.files().iter().any(|file| file.ends_with("report.json")));
}
