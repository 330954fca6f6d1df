//! `verify`: the table, its exit codes, what it refuses.

use crate::cli::sandbox::{Sandbox, Text};

#[test]
fn the_quick_verification_passes_and_its_last_line_counts_every_row() {
    let out = Sandbox::new().run("verify --quick").done();
    let rows = out.lines().filter(|line| line.ends_with("  pass")).count();
    assert!(rows >= 140, "{rows}\n{out}");
    out.has_all(["normal, rows", "market return", "agents that sell", "on 2 threads and on 1"])
        .ends(format!("\n{rows} passed, 0 failed\n"));
    // rows that pass are left out where only failures are asked for
    Sandbox::new().run("verify --quick --failed").done().lacks("pass\n").ends(" passed, 0 failed\n");
}
