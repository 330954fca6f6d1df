//! Limits that a job sets: an answer or a refusal, never a signal, and nothing left.
#![cfg(target_os = "linux")] // where `ulimit` sets them and a process can see them

use crate::cli::sandbox::{ONE, Ran, Sandbox, Text, program, ran};
use assert_cmd::Command;

/// `arguments` under a limit that a shell sets. The C library would take 64 MB of addresses for a second
/// thread in one of twenty runs: where what it is given happens to be aligned.
fn limited(sandbox: &Sandbox, limit: &str, arguments: &str) -> Ran {
    let mut shell = Command::new("bash");
    let line = format!("ulimit {limit}; export MALLOC_ARENA_MAX=1; exec {} {arguments}", program().display());
    shell.current_dir(sandbox.path("")).args(["-c", &line]);
    ran(&mut shell)
}

#[test]
fn a_file_that_may_not_be_so_large_is_said_and_nothing_is_left() {
    let sandbox = Sandbox::with_one();
    let before = sandbox.files();
    limited(&sandbox, "-f 1", "run one.toml --no-charts").unwritten().has("larger than the file size limit");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn memory_that_may_not_be_had_is_said_before_the_first_path() {
    let sandbox = Sandbox::with_one();
    let before = sandbox.files();
    limited(&sandbox, "-v 400000", "run one.toml --paths 3000000")
        .failed()
        .has("MB of memory")
        .has("--paths");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_lack_of_open_files_damages_no_cache_entry() {
    let sandbox = Sandbox::new();
    for number in 0..4 {
        sandbox.write(&format!("suite/case-{number}.toml"), ONE);
    }
    sandbox.run(&["batch", "suite"]).exits(0);
    for most in 4..9 {
        let again = limited(&sandbox, &format!("-n {most}"), "batch suite");
        assert!(matches!(again.code, Some(0..=2)), "{most}: {}", again.err);
        let said = again.out + &again.err;
        assert!(!said.contains("damaged"), "{most}: {said}");
    }
}

/// A thousand cases of 400 gates take 90 MB.
#[test]
fn cases_that_have_no_room_are_refused_with_how_many_have() {
    let sandbox = Sandbox::new();
    let values: Vec<String> = (1..=1000).map(|n| n.to_string()).collect();
    let gate =
        |n: usize| format!("[[expect]]\nid = \"g{n}\"\nmeasure = \"wealth.terminal.p50\"\nabove = {n}\n");
    let gates: String = (1..=400).map(gate).collect();
    let axis = |n: usize| {
        let values = values[..n].join(", ");
        format!("[[axis]]\nname = \"x\"\nkey = \"asset.saas.value\"\nvalues = [{values}]\n")
    };
    sandbox.write("it.toml", format!("{ONE}{}{gates}", axis(1000)));
    let err = limited(&sandbox, "-v 90000", "check it.toml").failed().has("too large together");
    let err: String = err.split_whitespace().collect::<Vec<_>>().join(" ");
    let fit = err.split(" MB here: ").nth(1).and_then(|rest| rest.split_whitespace().next());
    let fit: usize = fit.and_then(|n| n.parse().ok()).expect("a number");
    assert!((100..1000).contains(&fit), "{err}");
    // as many as were said do fit
    sandbox.write("it.toml", format!("{ONE}{}{gates}", axis(fit)));
    limited(&sandbox, "-v 90000", "check it.toml").done();
}
