//! The `new` command: writes a commented starter scenario.

use super::{Exit, Stop, files, stop, terminal};
use clap::Args;
use std::path::PathBuf;

/// Starter scenario, which runs unchanged and shows the most important keys.
const STARTER: &str = include_str!("starter.toml");

/// Write a commented starter scenario
#[derive(Debug, Args)]
pub(super) struct New {
    /// File to write
    #[arg(default_value = "scenario.toml")]
    file: PathBuf,
    /// Replace an existing file
    #[arg(long)]
    force: bool,
}

/// Writes the starter scenario. An existing file is replaced only with `force`.
pub(super) fn run(New { file, force }: &New) -> Result<Exit, Stop> {
    let name = file.display().to_string();
    if file.is_dir() {
        return Err(stop!("{name} is a folder; write the name of a file"));
    }
    if file.exists() && !force {
        let why = "exists already; write another name, or replace the file with --force";
        return Err(stop!("{name} {why}"));
    }
    files::write(file, STARTER.as_bytes())?;
    terminal::leaves("the file is written");
    terminal::print(&format!("wrote {name}\nnext: tailwheel run {}\n", terminal::quoted(&name)))
}
