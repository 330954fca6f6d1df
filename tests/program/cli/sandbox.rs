//! A folder to run the program in.

pub use super::ran::{Ran, Text, in_one_line, ran};
use crate::outputs;
use assert_cmd::Command;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;

/// One asset, two years, few paths.
pub const ONE: &str = include_str!("files/one.toml");

/// Two markets, three years, enough paths for an interim analysis.
pub const TWO: &str = include_str!("files/two.toml");

/// A program that takes longer hangs.
const TIMEOUT: Duration = Duration::from_secs(120);

/// A folder of its own for one test, removed afterwards.
pub struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    pub fn new() -> Self {
        Self { folder: TempDir::new().expect("a temporary folder") }
    }

    /// A folder with one file in it.
    pub fn with(name: &str, text: impl AsRef<[u8]>) -> Self {
        let sandbox = Self::new();
        sandbox.write(name, text);
        sandbox
    }

    /// A folder with `one.toml` in it.
    pub fn with_one() -> Self {
        Self::with("one.toml", ONE)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub fn read(&self, name: &str) -> String {
        let text = fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        if name.ends_with(".json") || name.ends_with(".jsonl") {
            outputs::check(&text);
        }
        text
    }

    /// A JSON file, taken only if it is what its schema says.
    pub fn read_json(&self, name: &str) -> Value {
        outputs::json(&self.read(name))
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// Removes a file, or a folder with all that is in it.
    pub fn remove(&self, name: &str) {
        let path = self.path(name);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("it is there");
    }

    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).expect("it is there");
    }

    #[cfg(unix)]
    pub fn link(&self, to: &str, name: &str) {
        std::os::unix::fs::symlink(to, self.path(name)).expect("a link");
    }

    /// The program, in this folder, with nothing set that changes what it prints.
    pub fn command(&self, arguments: &(impl Line + ?Sized)) -> Command {
        let mut command = Command::new(program());
        command.current_dir(self.folder.path()).args(arguments.words()).timeout(TIMEOUT);
        for variable in ["NO_COLOR", "COLUMNS", "TAILWHEEL_SIMD", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
            command.env_remove(variable);
        }
        command
    }

    pub fn run(&self, arguments: &(impl Line + ?Sized)) -> Ran {
        ran(&mut self.command(arguments))
    }

    /// The same in a terminal of so many columns.
    pub fn run_in(&self, columns: &str, arguments: &(impl Line + ?Sized)) -> Ran {
        ran(self.command(arguments).env("COLUMNS", columns))
    }

    /// The same with `input` in a pipe.
    pub fn pipe(&self, input: &str, arguments: &(impl Line + ?Sized)) -> Ran {
        ran(self.command(arguments).write_stdin(input))
    }

    /// The JSON that a command prints, which is done.
    #[track_caller]
    pub fn json(&self, arguments: &(impl Line + ?Sized)) -> Value {
        outputs::json(&self.run(arguments).done())
    }

    /// A command under a limit that a shell sets. The C library would take 64 MB of addresses for a second
    /// thread in one of twenty runs: where what it is given happens to be aligned.
    #[cfg(unix)]
    pub fn limited(&self, limit: &str, arguments: &str) -> Ran {
        let line =
            format!("ulimit {limit}; export MALLOC_ARENA_MAX=1; exec {} {arguments}", program().display());
        ran(Command::new("bash").current_dir(self.folder.path()).args(["-c", &line]))
    }

    /// A command that can be started and waited for; both its streams are kept.
    pub fn process(&self, arguments: &(impl Line + ?Sized)) -> std::process::Command {
        let mut command = std::process::Command::new(program());
        command.current_dir(self.folder.path()).args(arguments.words());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Every file and folder below, folders with a `/` behind.
    pub fn files(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        walk(self.folder.path(), "", &mut found);
        found
    }

    /// Every file below `folder` with its bytes, without what a batch keeps for the next time.
    pub fn contents(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let begins = format!("{folder}/");
        let files = self.files();
        let below = files.iter().filter_map(|name| name.strip_prefix(&begins));
        let below =
            below.filter(|name| !name.is_empty() && !name.ends_with('/') && !name.contains("-cache/"));
        below.map(|name| (name.to_owned(), self.bytes(&format!("{begins}{name}")))).collect()
    }
}

/// The arguments of a command: a list, or a line with a blank between two of them.
pub trait Line {
    fn words(&self) -> Vec<&str>;
}

impl Line for str {
    fn words(&self) -> Vec<&str> {
        self.split(' ').collect()
    }
}

impl Line for String {
    fn words(&self) -> Vec<&str> {
        self.as_str().words()
    }
}

impl Line for [&str] {
    fn words(&self) -> Vec<&str> {
        self.to_vec()
    }
}

impl<const N: usize> Line for [&str; N] {
    fn words(&self) -> Vec<&str> {
        self.to_vec()
    }
}

/// Where the program is.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_tailwheel"))
}

fn walk(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.insert(format!("{prefix}{name}/"));
            walk(&path, &format!("{prefix}{name}/"), found);
        } else {
            found.insert(format!("{prefix}{name}"));
        }
    }
}
