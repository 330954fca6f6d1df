//! The `completions` command: prints a completion script.

use super::{Exit, Stop, declaration, terminal};
use clap::Args;

/// Print a completion script
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell that runs the script
    shell: clap_complete::Shell,
}

pub(super) fn run(Completions { shell }: &Completions) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut declaration(), "tailwheel", &mut script);
    terminal::print_bytes(&script)
}
