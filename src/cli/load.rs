//! Reads scenario files, from disk or from their stored texts, and names them in messages.

use super::{Stop, args, files, simulate, stop, terminal};
use crate::form::Colour;
use crate::report::batch::{self, read_study};
use crate::scenario::{LoadError, Loader, Refusal, Scenario, Study, above};
use crate::units::spelled_out;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Largest size of a scenario file in bytes: 8 MiB. A larger file is not a scenario.
const LARGEST_FILE: u64 = 8 << 20;

/// A scenario file that was named in a command, and the study read from it: the scenario with its variants.
pub(super) struct Loaded {
    pub file: PathBuf,
    pub study: Study,
    /// Texts of the scenario file and of the files that it extends.
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
    pub fn folder(&self, out: &Path) -> Result<PathBuf, Stop> {
        let stem = self.file.file_stem().unwrap_or_default();
        if [".", ".."].map(OsStr::new).contains(&stem) {
            let file = self.file.display();
            Err(stop!("the name of {file} cannot be used for a folder of results; rename the file"))
        } else {
            Ok(out.join(stem))
        }
    }
}

/// Texts of files by the paths that messages show.
pub(super) type Texts = BTreeMap<String, String>;

/// Result of reading a file: its study, or its faults.
pub(super) type Attempt = Result<Study, Box<Refusal>>;

/// Part of a study to read: the scenario alone, or all its cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The scenario without its variants and axes. These are checked too, unless `--set` edits the scenario.
    AsWritten,
    /// All cases of the file.
    Cases,
}

impl How {
    /// Returns how `compare` reads its files: a comparison of one file compares its cases.
    pub fn of_compare(n_files: usize) -> Self {
        if n_files == 1 { Self::Cases } else { Self::AsWritten }
    }
}

/// Reads the study in `file`, found in the folder `within` if any. Returns it with the path as messages show it.
pub(super) fn study(file: &Path, within: Option<&Path>, edits: &[String]) -> (String, Attempt) {
    let files = Files::new(file, within, None);
    let attempt = read_study(&files.shown, edits, &files);
    (files.shown, attempt)
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

/// Reads all files, from disk or from the texts in `kept`; with these, the files need not exist. The error has the
/// faults of all files.
pub(super) fn load(
    files: &[PathBuf],
    edits: &args::Edits,
    how: How,
    kept: Option<&Texts>,
) -> Result<Vec<Loaded>, Stop> {
    let (mut scenarios, mut faults) = (Vec::with_capacity(files.len()), String::new());
    for file in files {
        let file = named(file);
        let files = Files::new(&file, None, kept);
        let attempt = if how == How::AsWritten && !edits.assignments.is_empty() {
            batch::read_as_written(&files.shown, &edits.all(), &files)
        } else {
            read_study(&files.shown, &edits.all(), &files)
        };
        let texts = files.texts.into_inner();
        match attempt {
            Ok(study) => scenarios.push(Loaded { file, study, texts }),
            Err(refusal) => faults += &(refusal.render(Colour::Styled) + "\n"),
        }
    }
    if faults.is_empty() { Ok(scenarios) } else { Err(Stop::Faults(faults)) }
}

/// Reads one file to use its scenario without the variants. Errors if it has faults.
pub(super) fn one(file: &Path, edits: &args::Edits) -> Result<Loaded, Stop> {
    load(&[file.to_owned()], edits, How::AsWritten, None).map(|mut all| all.remove(0))
}

/// Pairs every scenario with its results folder, named after the file's stem. Errors if two share a folder.
pub(super) fn with_folders<'a>(loaded: &'a [Loaded], out: &Path) -> Result<Vec<(&'a Loaded, PathBuf)>, Stop> {
    let mut scenarios: Vec<(&Loaded, PathBuf)> = Vec::with_capacity(loaded.len());
    for one in loaded {
        let folder = one.folder(out)?;
        if let Some((other, _)) = scenarios.iter().find(|(_, taken)| *taken == folder) {
            let (first, second) = (other.file.display(), one.file.display());
            return Err(if other.file == one.file {
                stop!("{first} is written twice; write it once")
            } else {
                stop!(
                    "{first} and {second} would both write to {}; run one of them with \
                     another --out",
                    folder.display()
                )
            });
        }
        scenarios.push((one, folder));
    }
    Ok(scenarios)
}

/// Returns the path of a named file; `-` is `/dev/stdin`.
pub(super) fn named(file: &Path) -> PathBuf {
    if file == Path::new("-") { PathBuf::from("/dev/stdin") } else { file.to_owned() }
}

/// Loader of a scenario file and of files in its folder or below. It refuses links that lead out of the
/// folder.
struct Files<'a> {
    file: &'a Path,
    /// Folder in which the file was found, with links resolved; `None` if the file was named.
    within: Option<&'a Path>,
    /// Path of the file as messages show it.
    shown: String,
    /// Texts to use instead of the files on disk; `None` to read the files.
    kept: Option<&'a Texts>,
    /// Texts that were read, because standard input can be read only once.
    texts: RefCell<Vec<Text>>,
}

impl<'a> Files<'a> {
    fn new(file: &'a Path, within: Option<&'a Path>, kept: Option<&'a Texts>) -> Self {
        Self { file, within, shown: shown(file), kept, texts: RefCell::default() }
    }

    /// Folder that the paths of extended files start from. For standard input and other open files, it is the
    /// working directory.
    fn folder(&self) -> &Path {
        if is_given(self.file) { Path::new(".") } else { files::parent_folder(self.file) }
    }

    /// Returns the bytes of the scenario or of a file that it extends, by the path that messages show.
    fn bytes(&self, path: &str) -> io::Result<Vec<u8>> {
        if let Some(kept) = self.kept {
            let text = kept.get(path).ok_or_else(|| io::Error::other("its text is missing from the file"))?;
            return Ok(text.clone().into_bytes());
        }
        if path == self.shown {
            return self.scenario();
        }
        // `path` is below the displayed folder of the scenario, which may differ from the real folder
        let begins = self.folder_of(&self.shown).len();
        let path = self.folder().join(path.get(begins..).unwrap_or(path));
        if path.exists() && !holds(self.folder(), &path) {
            Err(io::Error::other("it is a link that leaves the folder of the scenario"))
        } else {
            read(&path)
        }
    }

    fn scenario(&self) -> io::Result<Vec<u8>> {
        if self.within.is_some_and(|within| !holds(within, self.file)) {
            let why = "it is a link that leaves the folder or leads nowhere; write the file that it leads to";
            return Err(io::Error::other(why));
        }
        match read(self.file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !files::is_there(self.file) => {}
            found => return found,
        }
        let starter = format!("there is no such file; `tailwheel new {}` writes a starter", self.shown);
        let is_toml = self.shown.ends_with(".toml");
        Err(if is_toml { io::Error::other(starter) } else { io::ErrorKind::NotFound.into() })
    }
}

/// True if `path` exists and lies in `folder`, with all links resolved.
fn holds(folder: &Path, path: &Path) -> bool {
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(folder), Ok(path)) => path.starts_with(folder),
        _ => false,
    }
}

impl Loader for Files<'_> {
    fn room(&self) -> Option<u64> {
        simulate::allowed_memory()
    }

    fn folder_of<'p>(&self, path: &'p str) -> &'p str {
        // the path of an open file does not show the folder that its text belongs to
        if path == self.shown && is_given(self.file) { "" } else { above(path) }
    }

    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let bytes = self.bytes(path).map_err(|error| LoadError(terminal::reason(&error)))?;
        // bytes that are not text are refused later
        if let Ok(text) = std::str::from_utf8(&bytes) {
            self.texts.borrow_mut().push(Text { name: path.to_owned(), text: text.to_owned() });
        }
        Ok(bytes)
    }
}

/// Reads a file within the size limit for scenarios. Only regular files are opened, because others may block
/// or never end. A pipe from the shell is allowed too, as in `run <(generate)`.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let found = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound if path.is_symlink() => io::Error::other("it is a link that leads nowhere"),
        _ => error,
    })?;
    if found.is_dir() {
        return Err(io::Error::other("it is a folder; write the name of a file"));
    }
    if !(found.is_file() || is_given(path)) {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    if found.len() <= LARGEST_FILE {
        fs::File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    }
    if found.len().max(bytes.len() as u64) > LARGEST_FILE {
        let why = format!("it is larger than {} MB, the maximum for a scenario", LARGEST_FILE >> 20);
        return Err(io::Error::other(why));
    }
    Ok(bytes)
}
