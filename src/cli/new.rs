//! The `new` command: writes a commented starter scenario.

use super::{Exit, args, files, interrupt, terminal};

/// Starter scenario, which runs unchanged and shows the most important keys.
const STARTER: &str = include_str!("starter.toml");

/// Writes the starter scenario. An existing file is replaced only with `--force`.
pub(super) fn run(arguments: &args::New) -> Exit {
    let file = &arguments.file;
    let name = file.display().to_string();
    if file.is_dir() {
        return terminal::fail(&format!("{name} is a folder; write the name of a file"));
    }
    if file.exists() && !arguments.force {
        return terminal::fail(&format!(
            "{name} exists already; write another name, or replace the file with --force"
        ));
    }
    match files::write(file, STARTER.as_bytes()) {
        Ok(()) => {
            interrupt::leaves("the file is written");
            terminal::print(&format!("wrote {name}\nnext: tailwheel run {}\n", terminal::quoted(&name)))
        }
        Err(message) => terminal::fail(&message),
    }
}
