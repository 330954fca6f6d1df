//! Reads scenario files from disk.

mod kept;

pub(super) use kept::{How, Texts, kept, recorded};

use super::{Exit, args, discover, files, simulate, terminal};
use crate::form::Colour;
use crate::report::batch::{self, read_study};
use crate::scenario::{self, Loader, Refusal, Scenario, Study, above};
use crate::units::spelled_out;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::ffi::OsStr;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Largest size of a scenario file in bytes. A larger file is not a scenario.
const LARGEST_FILE: u64 = 8 << 20;

/// A scenario file and the study that was read from it.
pub(super) struct Loaded {
    pub file: PathBuf,
    pub study: Study,
    /// Texts of the scenario file and of the files that it extends; empty if the texts were not kept.
    pub texts: Vec<Text>,
}

/// Text of a file, with its path as messages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Text {
    pub name: String,
    pub text: String,
}

impl Loaded {
    /// Returns the scenario without its variants and axes.
    pub fn scenario(&self) -> &Scenario {
        &self.study.as_written.scenario
    }

    /// Folder for the results in `out`, named after the file's stem. Errors if the stem cannot name a folder.
    pub fn folder(&self, out: &Path) -> Result<PathBuf, String> {
        let stem = self.file.file_stem().unwrap_or_default();
        match [".", ".."].map(OsStr::new).contains(&stem) {
            true => Err(format!(
                "the name of {} cannot be used for a folder of results; rename the file",
                self.file.display()
            )),
            false => Ok(out.join(stem)),
        }
    }
}

/// The study of a file, or the faults of the file.
pub(super) type Attempt = Result<Study, Box<Refusal>>;

/// Reads a file that the user named. Returns its path as messages show it, and the study.
pub(super) fn read_one(file: &Path, edits: &[String]) -> (String, Attempt) {
    read_with(Disk::new(file, None), edits)
}

/// Reads a file whose cases are not simulated. Edits by `--set` therefore need not be valid for its cases.
fn read_as_written(name: &str, loader: &dyn Loader, edits: &args::Edits) -> Attempt {
    match edits.assignments.is_empty() {
        true => read_study(name, &edits.all(), loader),
        false => batch::read_as_written(name, &edits.all(), loader),
    }
}

/// Reads a file that [`discover`] found. The ids of its cases begin with the id of the file.
pub(super) fn read_found(file: &discover::Scenario, edits: &[String]) -> (String, Attempt) {
    let disk = Disk::new(&file.path, file.within.as_deref());
    let stem = scenario::stem(&disk.shown);
    let (shown, mut attempt) = read_with(disk, edits);
    for case in attempt.iter_mut().flat_map(|study| &mut study.cases) {
        let rest = case.id.strip_prefix(&stem).unwrap_or(&case.id);
        case.id = format!("{}{rest}", file.id);
    }
    (shown, attempt)
}

fn read_with(disk: Disk<'_>, edits: &[String]) -> (String, Attempt) {
    let attempt = read_study(&disk.shown, edits, &disk);
    (disk.shown, attempt)
}

/// Path as messages show it, with `/` between folders and with control characters escaped.
pub(super) fn shown(file: &Path) -> String {
    let shown = spelled_out(&file.to_string_lossy());
    match cfg!(windows) {
        true => shown.replace('\\', "/"),
        false => shown,
    }
}

/// Argument that names the scenario file in a shell command; `- < SCENARIO` for a file that was piped in.
pub(super) fn typed(file: &Path) -> String {
    match is_given(file) {
        true => "- < SCENARIO".to_owned(),
        false => terminal::quoted(&shown(file)),
    }
}

/// True for standard input and other open files of this process, as in `run <(generate)`. Such a path does
/// not show the folder that the text belongs to.
pub(super) fn is_given(path: &Path) -> bool {
    let path = path.to_string_lossy();
    let steps: Vec<&str> = path.split('/').filter(|step| !matches!(*step, "" | ".")).collect();
    path.starts_with('/')
        && match steps[..] {
            ["dev", "stdin"] => true,
            ["dev", "fd", file] | ["proc", _, "fd", file] | ["proc", _, "task", _, "fd", file] => {
                file.bytes().all(|byte| byte.is_ascii_digit())
            }
            _ => false,
        }
}

/// Reads all files with their cases. Prints every fault, and returns `None` if there is any.
pub(super) fn load(files: &[PathBuf], edits: &[String]) -> Option<Vec<Loaded>> {
    load_by(files, |file| Ok((read_one(file, edits).1?, Vec::new())))
}

/// Reads all files without their cases, and keeps their texts. Prints every fault; `None` if there is any.
pub(super) fn as_written(files: &[PathBuf], edits: &args::Edits) -> Option<Vec<Loaded>> {
    load_by(files, |file| {
        let disk = Disk::new(file, None);
        let keeping = Keeping::of(&disk);
        let study = read_as_written(&disk.shown, &keeping, edits)?;
        Ok((study, keeping.texts.into_inner()))
    })
}

/// Reads the scenario of a part again from the texts in `loader`, without its cases.
pub(super) fn again(file: &Path, loader: &dyn Loader, edits: &args::Edits) -> Result<Loaded, Box<Refusal>> {
    Ok(Loaded {
        file: file.to_owned(),
        study: read_as_written(&shown(file), loader, edits)?,
        texts: Vec::new(),
    })
}

type WithTexts = Result<(Study, Vec<Text>), Box<Refusal>>;

fn load_by(files: &[PathBuf], read: impl Fn(&Path) -> WithTexts) -> Option<Vec<Loaded>> {
    let mut scenarios = Vec::with_capacity(files.len());
    for file in files {
        let file = &named(file);
        match read(file) {
            Ok((study, texts)) => scenarios.push(Loaded { file: file.clone(), study, texts }),
            Err(refusal) => terminal::say(&(refusal.render(Colour::Styled) + "\n")),
        }
    }
    (scenarios.len() == files.len()).then_some(scenarios)
}

/// Reads one file without its cases. Errors if it has faults, which are printed.
pub(super) fn one(file: &Path, edits: &args::Edits) -> Result<Loaded, Exit> {
    let loaded = as_written(&[file.to_owned()], edits);
    loaded.and_then(|mut all| all.pop()).ok_or(Exit::Failed)
}

/// Returns the path of a named file; `-` is `/dev/stdin`.
pub(super) fn named(file: &Path) -> PathBuf {
    match file == Path::new("-") {
        true => PathBuf::from("/dev/stdin"),
        false => file.to_owned(),
    }
}

/// Loader of a scenario file and of files in its folder or subfolders. Links that lead out of the folder are
/// refused.
struct Disk<'a> {
    file: &'a Path,
    /// Folder in which the file was found, with links resolved; `None` if the file was named.
    within: Option<&'a Path>,
    /// Path of the file as messages show it.
    shown: String,
}

impl<'a> Disk<'a> {
    fn new(file: &'a Path, within: Option<&'a Path>) -> Self {
        let shown = shown(file);
        Self { file, within, shown }
    }

    /// Folder of the files that it extends. For standard input and other open files, it is the working
    /// directory.
    fn folder(&self) -> &Path {
        let folder = self.file.parent().filter(|_| !is_given(self.file));
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new("."))
    }

    fn scenario(&self) -> Result<Vec<u8>, String> {
        if let Some(within) = self.within
            && !holds(within, self.file)
        {
            return Err(
                "it is a link that leaves the folder or leads nowhere; write the file that it leads to"
                    .to_owned(),
            );
        }
        read(self.file).map_err(|why| match files::is_there(self.file) {
            true => why,
            false if self.shown.ends_with(".toml") => {
                format!("there is no such file; `tailwheel new {}` writes a starter", self.shown)
            }
            false => "there is no such file or folder".to_owned(),
        })
    }
}

/// Returns the folder part of `path`. It is empty if `path` is `file`, shown as `shown`, and that is standard
/// input or another open file.
fn folder_of<'p>(file: &Path, shown: &str, path: &'p str) -> &'p str {
    match path == shown && is_given(file) {
        true => "",
        false => above(path),
    }
}

/// True if `path` exists and lies in `folder`, with all links resolved.
fn holds(folder: &Path, path: &Path) -> bool {
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(folder), Ok(path)) => path.starts_with(folder),
        _ => false,
    }
}

/// Loader that keeps the texts that it reads, because standard input can be read only once.
struct Keeping<'a> {
    loader: &'a dyn Loader,
    texts: RefCell<Vec<Text>>,
}

impl<'a> Keeping<'a> {
    fn of(loader: &'a dyn Loader) -> Self {
        Self { loader, texts: RefCell::default() }
    }
}

impl Loader for Keeping<'_> {
    fn room(&self) -> Option<u64> {
        self.loader.room()
    }

    fn folder_of<'p>(&self, path: &'p str) -> &'p str {
        self.loader.folder_of(path)
    }

    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        let bytes = self.loader.load(path)?;
        // bytes that are not text are refused later
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let (name, text) = (path.to_owned(), text.to_owned());
            self.texts.borrow_mut().push(Text { name, text });
        }
        Ok(bytes)
    }
}

impl Loader for Disk<'_> {
    fn room(&self) -> Option<u64> {
        simulate::allowed_memory()
    }

    fn folder_of<'p>(&self, path: &'p str) -> &'p str {
        folder_of(self.file, &self.shown, path)
    }

    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        if path == self.shown {
            return self.scenario();
        }
        // `path` is below the displayed folder of the scenario, which may differ from the real folder
        let begins = self.folder_of(&self.shown).len();
        let path = self.folder().join(path.get(begins..).unwrap_or(path));
        match path.exists() && !holds(self.folder(), &path) {
            true => Err("it is a link that leaves the folder of the scenario".to_owned()),
            false => read(&path),
        }
    }
}

/// Reads a file within the size limit for scenarios. Only regular files are opened, because others may block
/// or never end. A pipe from the shell is allowed too, as in `run <(generate)`.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    let said = |error: std::io::Error| files::reason(&error);
    let found = fs::metadata(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound if path.is_symlink() => "it is a link that leads nowhere".to_owned(),
        _ => said(error),
    })?;
    if found.is_dir() {
        return Err("it is a folder; write the name of a file".to_owned());
    }
    if !(found.is_file() || is_given(path)) {
        return Err("it is not a regular file".to_owned());
    }
    let mut bytes = Vec::new();
    if found.len() <= LARGEST_FILE {
        fs::File::open(path)
            .and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes))
            .map_err(said)?;
    }
    if found.len().max(bytes.len() as u64) > LARGEST_FILE {
        return Err(format!("it is larger than {} MB, the maximum for a scenario", LARGEST_FILE >> 20));
    }
    Ok(bytes)
}
