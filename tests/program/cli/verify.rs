//! `verify`: the table, its exit codes, what it refuses.

use crate::cli::sandbox::{Sandbox, Text};

#[test]
fn the_quick_verification_passes_and_its_last_line_counts_every_row() {
    let out = Sandbox::new().run(&["verify", "--quick"]).done();
    let rows = out.lines().filter(|line| line.ends_with("  pass")).count();
    assert!(rows >= 140, "{rows}\n{out}");
    assert_eq!(out.lines().last(), Some(format!("{rows} passed, 0 failed").as_str()));
    for law in ["normal, rows", "market return", "agents that sell", "on 2 threads and on 1"] {
        assert!(out.contains(law), "{law}");
    }
}

#[test]
fn rows_that_pass_are_left_out_where_only_failures_are_asked_for() {
    let out = Sandbox::new().run(&["verify", "--quick", "--failed"]).done().lacks("pass\n");
    assert!(out.ends_with(" passed, 0 failed\n"), "{out}");
}
