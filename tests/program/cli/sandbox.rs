//! A folder to run the program in.

use crate::outputs;
use assert_cmd::Command;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
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

/// What one call of the program did.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Sandbox {
    pub fn new() -> Self {
        Self { folder: TempDir::new().expect("a temporary folder") }
    }

    /// A folder with `one.toml` in it.
    pub fn with_one() -> Self {
        let sandbox = Self::new();
        sandbox.write("one.toml", ONE);
        sandbox
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

    /// The program, in this folder, with nothing set that changes what it prints.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.current_dir(self.folder.path()).args(arguments).timeout(TIMEOUT);
        for variable in ["NO_COLOR", "COLUMNS", "TAILWHEEL_SIMD", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
            command.env_remove(variable);
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments))
    }

    /// Every file and folder below, folders with a `/` behind.
    pub fn files(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        walk(self.folder.path(), "", &mut found);
        found
    }
}

/// Where the program is.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_tailwheel"))
}

pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program starts");
    let out = String::from_utf8(output.stdout).expect("text");
    outputs::check(&out);
    Ran { code: output.status.code(), out, err: String::from_utf8(output.stderr).expect("text") }
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

impl Ran {
    /// Ended with `code`, whatever it said.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        self
    }

    /// Has `part` on standard output.
    #[track_caller]
    pub fn prints(self, part: impl AsRef<str>) -> Self {
        has(&self.out, part.as_ref());
        self
    }

    /// Does not have `part` on standard output.
    #[track_caller]
    pub fn omits(self, part: impl AsRef<str>) -> Self {
        lacks(&self.out, part.as_ref());
        self
    }

    /// Has `part` on standard error.
    #[track_caller]
    pub fn says(self, part: impl AsRef<str>) -> Self {
        has(&self.err, part.as_ref());
        self
    }

    /// Does not have `part` on standard error.
    #[track_caller]
    pub fn without(self, part: impl AsRef<str>) -> Self {
        lacks(&self.err, part.as_ref());
        self
    }

    /// Done, with nothing to say beside the result.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self.out
    }

    /// Printed its figures and could not write its files, which it therefore does not name; returns what standard error says.
    #[track_caller]
    pub fn unwritten(self) -> String {
        assert_eq!(self.code, Some(2), "{}", self.err);
        assert!(self.out.contains("wrong assumptions"), "{}", self.out);
        assert!(!self.out.contains("report.html  report.json"), "{}", self.out);
        self.err
    }

    /// Could not answer: nothing on standard output; returns what standard error says.
    #[track_caller]
    pub fn failed(self) -> String {
        assert_eq!((self.code, self.out.as_str()), (Some(2), ""), "{}", self.err);
        assert!(self.err.ends_with('\n') && !self.err.contains("fault of its own"), "{}", self.err);
        self.err
    }
}

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in\n{text}");
}

#[track_caller]
fn lacks(text: &str, part: &str) {
    assert!(!text.contains(part), "`{part}` in\n{text}");
}

/// A printed text, asked for its parts.
pub trait Text: Sized {
    /// Contains `part`.
    fn has(self, part: impl AsRef<str>) -> Self;
    /// Does not contain `part`.
    fn lacks(self, part: impl AsRef<str>) -> Self;
}

impl Text for String {
    #[track_caller]
    fn has(self, part: impl AsRef<str>) -> Self {
        has(&self, part.as_ref());
        self
    }

    #[track_caller]
    fn lacks(self, part: impl AsRef<str>) -> Self {
        lacks(&self, part.as_ref());
        self
    }
}
