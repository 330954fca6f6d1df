//! Limits that a job sets: an answer or a refusal, never a signal, and nothing left.
#![cfg(target_os = "linux")] // where `ulimit` sets them and a process can see them

use crate::cli::sandbox::{ONE, Sandbox, Text, in_one_line};

#[test]
fn what_a_limit_leaves_no_room_for_is_said_and_nothing_is_left() {
    let sandbox = Sandbox::with_one();
    let before = sandbox.files();
    let said = sandbox.limited("-f 1", "run one.toml --no-charts").unwritten();
    said.has("larger than the file size limit");
    assert_eq!(sandbox.files(), before);
    // memory, before the first path
    let said = sandbox.limited("-v 400000", "run one.toml --paths 3000000").failed();
    said.has("MB of memory").has("--paths");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_lack_of_open_files_damages_no_cache_entry() {
    let sandbox = Sandbox::new();
    for number in 0..4 {
        sandbox.write(&format!("suite/case-{number}.toml"), ONE);
    }
    sandbox.run("batch suite").exits(0);
    for most in 4..9 {
        let again = sandbox.limited(&format!("-n {most}"), "batch suite");
        assert!(matches!(again.code, Some(0..=2)), "{most}: {}", again.err);
        (again.out + &again.err).lacks("damaged");
    }
}

/// A thousand cases of 400 gates take 90 MB.
#[test]
fn cases_that_have_no_room_are_refused_with_how_many_have() {
    let gate =
        |n: usize| format!("[[expect]]\nid = \"g{n}\"\nmeasure = \"wealth.terminal.p50\"\nabove = {n}\n");
    let gates: String = (1..=400).map(gate).collect();
    let check = |n: usize| {
        let values: Vec<usize> = (1..=n).collect();
        let axis = format!("[[axis]]\nname = \"x\"\nkey = \"asset.saas.value\"\nvalues = {values:?}\n");
        Sandbox::with("it.toml", format!("{ONE}{axis}{gates}")).limited("-v 90000", "check it.toml")
    };
    let err = in_one_line(&check(1000).failed().has("too large together"));
    let fit = err.split(" MB here: ").nth(1).and_then(|rest| rest.split_whitespace().next());
    let fit: usize = fit.and_then(|n| n.parse().ok()).expect("a number");
    assert!((100..1000).contains(&fit), "{err}");
    // as many as were said do fit
    check(fit).done();
}
