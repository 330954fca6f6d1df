//! Scenario files from disk.

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

/// A scenario larger than this is something else.
const LARGEST_FILE: u64 = 8 << 20;

/// A file with its cases and where it came from.
pub(super) struct Loaded {
    pub file: PathBuf,
    pub study: Study,
    /// Its text and those of the files that it extends, if they were kept.
    pub texts: Vec<Text>,
}

/// A file that was read: its name as messages show it, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Text {
    pub name: String,
    pub text: String,
}

impl Loaded {
    /// The file without its variants and axes.
    pub fn scenario(&self) -> &Scenario {
        &self.study.as_written.scenario
    }

    /// Its folder of results in `out`: that of the file's stem.
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

/// A file with its cases, or what is wrong with it.
pub(super) type Attempt = Result<Study, Box<Refusal>>;

/// Reads a file that was named; with it, its name as messages show it.
pub(super) fn read_one(file: &Path, edits: &[String]) -> (String, Attempt) {
    read_with(Disk::new(file, None), edits)
}

/// The same where its cases are not simulated: none of them has to bear what `--set` changes.
fn read_as_written(name: &str, loader: &dyn Loader, edits: &args::Edits) -> Attempt {
    match edits.assignments.is_empty() {
        true => read_study(name, &edits.all(), loader),
        false => batch::read_as_written(name, &edits.all(), loader),
    }
}

/// Reads a file that was found; its cases are called by its id.
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

/// A path as messages show it, with `/` between folders; what would act on whoever shows it is
/// written out.
pub(super) fn shown(file: &Path) -> String {
    let shown = spelled_out(&file.to_string_lossy());
    match cfg!(windows) {
        true => shown.replace('\\', "/"),
        false => shown,
    }
}

/// A scenario's file as it is typed in a shell; one that was piped in has to be given again.
pub(super) fn typed(file: &Path) -> String {
    match is_given(file) {
        true => "- < SCENARIO".to_owned(),
        false => terminal::quoted(&shown(file)),
    }
}

/// True for standard input and other open files of this process, as in `run <(generate)`: such a path says nothing
/// about the folder that the text belongs to.
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

/// Reads every file with all its cases, says every fault of all of them, and returns the scenarios if there was none.
pub(super) fn load(files: &[PathBuf], edits: &[String]) -> Option<Vec<Loaded>> {
    load_by(files, |file| Ok((read_one(file, edits).1?, Vec::new())))
}

/// The same of the files as they are written.
pub(super) fn as_written(files: &[PathBuf], edits: &args::Edits) -> Option<Vec<Loaded>> {
    load_by(files, |file| {
        let disk = Disk::new(file, None);
        let keeping = Keeping::of(&disk);
        let study = read_as_written(&disk.shown, &keeping, edits)?;
        Ok((study, keeping.texts.into_inner()))
    })
}

/// The file as it was written when others read it, whose texts `loader` has.
pub(super) fn again(
    file: &Path,
    loader: &dyn Loader,
    edits: &args::Edits,
) -> Result<Loaded, Box<Refusal>> {
    Ok(Loaded {
        file: file.to_owned(),
        study: read_as_written(&shown(file), loader, edits)?,
        texts: Vec::new(),
    })
}

/// A study with the texts that it was read from, if they were kept.
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

/// The same for one file.
pub(super) fn one(file: &Path, edits: &args::Edits) -> Result<Loaded, Exit> {
    let loaded = as_written(&[file.to_owned()], edits);
    loaded.and_then(|mut all| all.pop()).ok_or(Exit::Failed)
}

/// A file that was named, where `-` stands for standard input.
pub(super) fn named(file: &Path) -> PathBuf {
    match file == Path::new("-") {
        true => PathBuf::from("/dev/stdin"),
        false => file.to_owned(),
    }
}

/// A scenario's file and those below its folder; a link that leads out of it is refused.
struct Disk<'a> {
    file: &'a Path,
    /// The folder that was searched for it, links followed.
    within: Option<&'a Path>,
    /// The file as messages show it, with `/` between folders.
    shown: String,
}

impl<'a> Disk<'a> {
    fn new(file: &'a Path, within: Option<&'a Path>) -> Self {
        let shown = shown(file);
        Self { file, within, shown }
    }

    /// Where the files that it extends are; the working folder for what has no place of its own.
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

/// The folder of the file at `path`, of which `file` is shown as `shown`.
fn folder_of<'p>(file: &Path, shown: &str, path: &'p str) -> &'p str {
    match path == shown && is_given(file) {
        true => "",
        false => above(path),
    }
}

/// Whether `path`, all links followed, lies in `folder`; not if it is not there.
fn holds(folder: &Path, path: &Path) -> bool {
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(folder), Ok(path)) => path.starts_with(folder),
        _ => false,
    }
}

/// Keeps the texts that a loader reads: standard input can be read once.
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
        // what is no text is refused
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
        // what is read goes down from the scenario's folder, however that is shown
        let begins = self.folder_of(&self.shown).len();
        let path = self.folder().join(path.get(begins..).unwrap_or(path));
        match path.exists() && !holds(self.folder(), &path) {
            true => Err("it is a link that leaves the folder of the scenario".to_owned()),
            false => read(&path),
        }
    }
}

/// The bytes of a file of bearable size. Only a regular file is opened, for anything else may block
/// or never end; but a pipe that the shell made is read, as in `run <(generate)`.
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
        return Err(format!(
            "it is larger than {} MB, the maximum for a scenario",
            LARGEST_FILE >> 20
        ));
    }
    Ok(bytes)
}
