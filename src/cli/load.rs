//! Reads scenario files from disk.

use super::{Exit, args, discover, files, simulate, terminal};
use crate::form::Colour;
use crate::report::batch::{self, read_study};
use crate::scenario::{self, Loader, Refusal, Scenario, Study, above};
use crate::units::spelled_out;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;
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
    /// Texts of the scenario file and of the files that it extends; empty if it was read from kept texts.
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

    /// Returns the name and the text of every file that was read.
    pub fn texts(&self) -> impl Iterator<Item = (String, String)> {
        self.texts.iter().map(|text| (text.name.clone(), text.text.clone()))
    }

    /// Folder for the results in `out`, named after the file's stem. Errors if the stem cannot name a folder.
    pub fn folder(&self, out: &Path) -> Result<PathBuf, String> {
        let stem = self.file.file_stem().unwrap_or_default();
        if [".", ".."].map(OsStr::new).contains(&stem) {
            Err(format!(
                "the name of {} cannot be used for a folder of results; rename the file",
                self.file.display()
            ))
        } else {
            Ok(out.join(stem))
        }
    }
}

/// The study of a file, or the faults of the file.
pub(super) type Attempt = Result<Study, Box<Refusal>>;

/// Choice between a scenario alone and all its cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The scenario without its variants and axes. Edits by `--set` need not be valid for its cases.
    AsWritten,
    /// All cases of the file.
    Cases,
}

impl How {
    /// Returns how `compare` reads its files: a comparison of one file compares its cases.
    pub fn of_compare(n_files: usize) -> Self {
        if n_files == 1 { Self::Cases } else { Self::AsWritten }
    }

    fn read(self, name: &str, loader: &dyn Loader, edits: &args::Edits) -> Attempt {
        match self {
            Self::AsWritten if !edits.assignments.is_empty() => {
                batch::read_as_written(name, &edits.all(), loader)
            }
            _ => read_study(name, &edits.all(), loader),
        }
    }
}

/// Reads a file that [`discover`] found. The ids of its cases begin with the id of the file.
pub(super) fn read_found(file: &discover::Scenario, edits: &[String]) -> (String, Attempt) {
    let disk = Disk::new(&file.path, file.within.as_deref());
    let stem = scenario::stem(&disk.shown);
    let mut attempt = read_study(&disk.shown, edits, &disk);
    for case in attempt.iter_mut().flat_map(|study| &mut study.cases) {
        let rest = case.id.strip_prefix(&stem).unwrap_or(&case.id);
        case.id = format!("{}{rest}", file.id);
    }
    (disk.shown, attempt)
}

/// Path as messages show it, with `/` between folders and with control characters escaped.
pub(super) fn shown(file: &Path) -> String {
    let shown = spelled_out(&file.to_string_lossy());
    if cfg!(windows) { shown.replace('\\', "/") } else { shown }
}

/// Argument that names the scenario file in a shell command; `- < SCENARIO` for a file that was piped in.
pub(super) fn typed(file: &Path) -> String {
    if is_given(file) { "- < SCENARIO".to_owned() } else { terminal::quoted(&shown(file)) }
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

/// Reads all files. Errors if any has faults, which are printed.
pub(super) fn load(files: &[PathBuf], edits: &args::Edits, how: How) -> Result<Vec<Loaded>, Exit> {
    load_by(files, |file| {
        let disk = Disk::new(file, None);
        Ok((how.read(&disk.shown, &disk, edits)?, disk.texts.into_inner()))
    })
}

/// Reads the scenarios from `texts` instead of their files, which need not exist. Errors if they have faults,
/// which are printed.
pub(super) fn kept(
    files: &[PathBuf],
    edits: &args::Edits,
    how: How,
    texts: &Texts,
) -> Result<Vec<Loaded>, Exit> {
    load_by(files, |file| Ok((how.read(&shown(file), &Kept { file, texts }, edits)?, Vec::new())))
}

fn load_by(
    files: &[PathBuf],
    read: impl Fn(&Path) -> Result<(Study, Vec<Text>), Box<Refusal>>,
) -> Result<Vec<Loaded>, Exit> {
    let mut scenarios = Vec::with_capacity(files.len());
    for file in files {
        let file = named(file);
        match read(&file) {
            Ok((study, texts)) => scenarios.push(Loaded { file, study, texts }),
            Err(refusal) => terminal::say(&(refusal.render(Colour::Styled) + "\n")),
        }
    }
    if scenarios.len() == files.len() { Ok(scenarios) } else { Err(Exit::Failed) }
}

/// Reads one file without its cases. Errors if it has faults, which are printed.
pub(super) fn one(file: &Path, edits: &args::Edits) -> Result<Loaded, Exit> {
    load(&[file.to_owned()], edits, How::AsWritten).map(|mut all| all.remove(0))
}

/// Returns the path of a named file; `-` is `/dev/stdin`.
pub(super) fn named(file: &Path) -> PathBuf {
    if file == Path::new("-") { PathBuf::from("/dev/stdin") } else { file.to_owned() }
}

/// Loader of a scenario file and of files in its folder or subfolders. Links that lead out of the folder are
/// refused.
struct Disk<'a> {
    file: &'a Path,
    /// Folder in which the file was found, with links resolved; `None` if the file was named.
    within: Option<&'a Path>,
    /// Path of the file as messages show it.
    shown: String,
    /// Texts that were read, because standard input can be read only once.
    texts: RefCell<Vec<Text>>,
}

impl<'a> Disk<'a> {
    fn new(file: &'a Path, within: Option<&'a Path>) -> Self {
        Self { file, within, shown: shown(file), texts: RefCell::default() }
    }

    /// Folder of the files that it extends. For standard input and other open files, it is the working
    /// directory.
    fn folder(&self) -> &Path {
        let folder = self.file.parent().filter(|_| !is_given(self.file));
        folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Reads the scenario or a file that it extends.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        if path == self.shown {
            return self.scenario();
        }
        // `path` is below the displayed folder of the scenario, which may differ from the real folder
        let begins = self.folder_of(&self.shown).len();
        let path = self.folder().join(path.get(begins..).unwrap_or(path));
        if path.exists() && !holds(self.folder(), &path) {
            Err("it is a link that leaves the folder of the scenario".to_owned())
        } else {
            read(&path)
        }
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
    if path == shown && is_given(file) { "" } else { above(path) }
}

/// True if `path` exists and lies in `folder`, with all links resolved.
fn holds(folder: &Path, path: &Path) -> bool {
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(folder), Ok(path)) => path.starts_with(folder),
        _ => false,
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
        let bytes = self.bytes(path)?;
        // bytes that are not text are refused later
        if let Ok(text) = std::str::from_utf8(&bytes) {
            self.texts.borrow_mut().push(Text { name: path.to_owned(), text: text.to_owned() });
        }
        Ok(bytes)
    }
}

/// Texts of files, by their paths as messages show them.
pub(super) type Texts = BTreeMap<String, String>;

/// Loader that returns stored texts instead of reading files.
struct Kept<'a> {
    file: &'a Path,
    texts: &'a Texts,
}

impl Loader for Kept<'_> {
    fn room(&self) -> Option<u64> {
        simulate::allowed_memory()
    }

    fn folder_of<'p>(&self, path: &'p str) -> &'p str {
        folder_of(self.file, &shown(self.file), path)
    }

    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        Ok(self.texts.get(path).ok_or("its text is missing from the file")?.clone().into_bytes())
    }
}

/// Reads a file within the size limit for scenarios. Only regular files are opened, because others may block
/// or never end. A pipe from the shell is allowed too, as in `run <(generate)`.
fn read(path: &Path) -> Result<Vec<u8>, String> {
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
