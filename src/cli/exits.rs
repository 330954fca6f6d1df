//! Exit codes: what a command returns, and their meanings for `explain`, the manual page and the documentation.
//!
//! In: `exits.toml`. Out: [`Exit`], the list of meanings. Not here: the exit code of a run (each command).

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Exit code of a command. The numbers are documented and stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The command succeeded.
    Done = 0,
    /// The command completed, but a gate or a check failed.
    No = 1,
    /// An error prevented a result: wrong usage, an invalid scenario, a file that cannot be read or written.
    Failed = 2,
    /// The user stopped the command.
    Interrupted = 130,
}

/// An exit code with its meaning, for the documentation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    pub code: &'static str,
    pub title: &'static str,
    pub doc: &'static str,
    /// Commands, each with the situation in which it ends with this code.
    pub of: Vec<(&'static str, &'static str)>,
}

/// All exit codes of the program, in rising order.
pub static EXITS: LazyLock<Vec<Ending>> = LazyLock::new(|| {
    let file =
        toml::from_str(include_str!("exits.toml")).map(|mut file: BTreeMap<String, _>| file.remove("exit"));
    file.expect("the exit codes are compiled in and a test reads all of them").unwrap_or_default()
});
