//! Streams, colours, pipes and signals.

use crate::cli::sandbox::{ONE, Sandbox, program, ran};
use std::process::{Command, Stdio};

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let sandbox = Sandbox::with_one();
    for arguments in [
        &["explain"] as &[&str],
        &["schema"],
        &["man"],
        &["completions", "bash"],
        &["run", "one.toml", "--no-charts"],
        &["run", "one.toml", "--no-charts", "--json"],
    ] {
        let mut child = Command::new(program())
            .current_dir(sandbox.path(""))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
    assert!(sandbox.path("output/one/report.json").is_file());
}

#[test]
fn colour_is_there_when_asked_for_and_never_in_a_pipe_otherwise() {
    let sandbox = Sandbox::new();
    let err = |arguments: &[&str], no_color: bool| {
        let mut command = sandbox.command(arguments);
        if no_color {
            command.env("NO_COLOR", "1");
        }
        ran(&mut command).failed()
    };
    let coloured = err(&["--color", "always", "check", "none.toml"], false);
    assert!(coloured.contains("\u{1b}["), "{coloured}");
    let plain = err(&["check", "none.toml"], false);
    assert!(!plain.contains('\u{1b}'), "{plain}");
    assert_eq!(err(&["check", "none.toml", "--color", "never"], false), plain);
    assert_eq!(err(&["check", "none.toml"], true), plain);
    // what is said on the command line is meant more than what is set around it
    assert_eq!(err(&["--color", "always", "check", "none.toml"], true), coloured);
}

#[test]
fn the_screen_of_a_run_has_no_escape_codes_in_a_pipe() {
    let out = Sandbox::with_one().run(&["run", "one.toml", "--no-charts"]).done();
    assert!(!out.contains('\u{1b}') && !out.contains('\r'), "{out:?}");
}

#[test]
fn warnings_of_a_scenario_can_be_made_the_answer() {
    let sandbox = Sandbox::with_one();
    let run =
        |arguments: &[&str]| sandbox.run(&[&["run", "--deny-warnings", "--no-charts"], arguments].concat());
    // what this version leaves out is no fault of the scenario
    run(&["one.toml"]).done();
    sandbox.write("mended.toml", ONE.to_owned() + include_str!("files/mended.toml"));
    let ran = run(&["mended.toml"]).exits(1);
    assert_eq!(ran.err, "denied: mended.toml has warnings: correlation-repaired\n");
    assert!(ran.out.contains("! The correlations could not hold together"), "{}", ran.out);
    let page = sandbox.read("output/mended/report.html");
    // a term in it is a link
    assert!(page.contains("could not hold together"));
    assert!(sandbox.path("output/mended/report.json").is_file());
}

/// What a command says, and its exit code, when nothing can be written to standard output.
#[cfg(target_os = "linux")]
fn into_full(sandbox: &Sandbox, arguments: &[&str]) -> (Option<i32>, String) {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let output = Command::new(program())
        .current_dir(sandbox.path(""))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(full.expect("the device"))
        .output()
        .expect("the program starts");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), err)
}

#[test]
#[cfg(target_os = "linux")]
fn no_command_is_done_whose_result_cannot_be_printed() {
    let sandbox = Sandbox::with_one();
    let why = "error: cannot write to standard output: no space left on device";
    for arguments in [
        &["--help"] as &[&str],
        &["--version"],
        &["help", "run"],
        &["run", "--help"],
        &["explain"],
        &["explain", "one.toml"],
        &["explain", "decay"],
        &["check", "one.toml"],
        &["check", "one.toml", "--format", "json"],
        &["batch", "one.toml", "--list"],
        &["schema"],
        &["man"],
        &["completions", "bash"],
    ] {
        let (code, err) = into_full(&sandbox, arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {err}");
        assert_eq!(err, format!("{why}\n"), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn files_that_are_whole_when_the_screen_cannot_be_printed_are_said_to_be_there() {
    let sandbox = Sandbox::with_one();
    let of_scenario = "; the files of this scenario are written\n";
    for (arguments, left, file) in [
        (&["run", "one.toml", "--no-charts", "--json"] as &[&str], of_scenario, "output/one/report.json"),
        (&["replay", "one.toml", "--path", "0"], of_scenario, "output/one/replay-0/replay.json"),
        (
            &["sensitivity", "one.toml", "--paths", "64"],
            of_scenario,
            "output/one/sensitivity/sensitivity.json",
        ),
        (
            &["batch", "one.toml", "--no-cache"],
            "; the files of this batch are written\n",
            "output/batch/results.jsonl",
        ),
        (&["new", "mine.toml"], "; the file is written\n", "mine.toml"),
    ] {
        let (code, err) = into_full(&sandbox, arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {err}");
        assert!(err.ends_with(left), "{arguments:?}: {err}");
        assert!(sandbox.path(file).is_file(), "{arguments:?}: {:?}", sandbox.files());
    }
    // the figures are printed before anything is written
    let empty = Sandbox::with_one();
    let (code, err) = into_full(&empty, &["run", "one.toml", "--no-charts"]);
    let left = "; nothing was written for this scenario\n";
    assert!(code == Some(2) && err.ends_with(left), "{err}");
    assert!(!empty.files().iter().any(|file| file.ends_with("report.json")));
    let json = sandbox.read("output/one/report.json");
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
}
