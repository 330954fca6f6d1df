//! Scenario files from disk.

use super::{files, terminal};
use crate::form::{Colour, Diagnostic};
use crate::report::batch::{check_limits, check_measures};
use crate::scenario::{self, Loader, Refusal, Scenario, Study};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A scenario larger than this is something else.
const LARGEST_FILE: u64 = 16 * 1024 * 1024;

/// A file with its cases and where it came from.
pub(super) struct Loaded {
    pub file: PathBuf,
    pub study: Study,
}

impl Loaded {
    /// The file without its variants and axes.
    pub fn scenario(&self) -> &Scenario {
        &self.study.as_written.scenario
    }
}

/// A file with its cases, or what is wrong with it.
pub(super) type Attempt = Result<Study, Box<Refusal>>;

/// Reads one file; with it, its name as messages show it.
pub(super) fn read_one(file: &Path, edits: &[String]) -> (String, Attempt) {
    let disk = Disk::new(file);
    let attempt = scenario::read_study(&disk.shown, edits, &disk);
    let attempt = attempt.and_then(|study| with_sound_gates(&disk.shown, study));
    (disk.shown, attempt)
}

/// The study, if every expectation is about a figure that its reports can have, and is one that can
/// be met or not.
fn with_sound_gates(name: &str, study: Study) -> Attempt {
    let mut faults: Vec<Diagnostic> = Vec::new();
    for case in study.cases.iter().chain([&study.as_written]) {
        let expected = &case.expectations;
        let asked = expected.iter();
        let asked = asked.map(|expected| (expected.measure.as_str(), expected.measure_place));
        let unknown = check_measures(asked, &case.scenario);
        for fault in unknown
            .into_iter()
            .chain(expected.iter().filter_map(check_limits))
        {
            // what is expected of many cases is wrong once
            if !faults.iter().any(|known| known.place() == fault.place()) {
                faults.push(fault);
            }
        }
    }
    match faults.is_empty() {
        true => Ok(study),
        false => Err(Box::new(Refusal {
            name: name.to_owned(),
            faults,
            sources: study.sources,
        })),
    }
}

/// A path as messages show it, with `/` between folders.
pub(super) fn shown(file: &Path) -> String {
    let shown = file.to_string_lossy().into_owned();
    match cfg!(windows) {
        true => shown.replace('\\', "/"),
        false => shown,
    }
}

/// Reads every file, says every fault of all of them, and returns the scenarios if there was none.
pub(super) fn load(files: &[PathBuf], edits: &[String]) -> Option<Vec<Loaded>> {
    let mut scenarios = Vec::with_capacity(files.len());
    for file in files {
        match read_one(file, edits).1 {
            Ok(study) => scenarios.push(Loaded {
                file: file.clone(),
                study,
            }),
            Err(refusal) => terminal::say(&(refusal.render(Colour::Styled) + "\n")),
        }
    }
    (scenarios.len() == files.len()).then_some(scenarios)
}

/// A scenario's file and those below its folder; a link that leads out of it is refused.
struct Disk<'a> {
    file: &'a Path,
    /// The file as messages show it, with `/` between folders.
    shown: String,
}

impl<'a> Disk<'a> {
    fn new(file: &'a Path) -> Self {
        let shown = shown(file);
        Self { file, shown }
    }

    /// Whether `path`, all links followed, lies in the folder of the scenario.
    fn holds(&self, path: &Path) -> bool {
        let folder = self
            .file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).canonicalize();
        match (folder, path.canonicalize()) {
            (Ok(folder), Ok(path)) => path.starts_with(folder),
            _ => true,
        }
    }
}

impl Loader for Disk<'_> {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        if path == self.shown {
            return read(self.file).map_err(|why| match self.file.exists() {
                true => why,
                false if path.ends_with(".toml") => {
                    format!("there is no such file; `tailwheel new {path}` writes a starter")
                }
                false => "there is no such file or folder".to_owned(),
            });
        }
        let path = Path::new(path);
        match self.holds(path) {
            true => read(path),
            false => Err("it is a link that leaves the folder of the scenario".to_owned()),
        }
    }
}

/// The bytes of a file of bearable size; also of a pipe.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    let said = |error: std::io::Error| files::reason(&error);
    if fs::metadata(path).map_err(said)?.is_dir() {
        return Err("it is a folder; name a file in it".to_owned());
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes))
        .map_err(said)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(format!(
            "it is larger than {} MB, which no scenario is",
            LARGEST_FILE >> 20
        ));
    }
    Ok(bytes)
}
