//! Finds the scenario files for the files and folders that the user named.
//!
//! In: paths as typed. Out: files, those of a folder in the order of their names. Not here: the texts of a
//! file (`load`).

use super::load::{self, Attempt};
use super::terminal;
use crate::scenario::stem;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

/// Result of the search for scenario files.
pub(super) struct Discovered {
    pub files: Vec<Scenario>,
    /// Folders without scenarios, unreadable folders, and links that leave their folder, each with the
    /// reason. They do not affect the other files.
    pub faults: Vec<(PathBuf, String)>,
}

/// A file that is treated as a scenario.
pub(super) struct Scenario {
    pub path: PathBuf,
    /// Named folder in which the file was found, with links resolved; `None` if the file itself was named.
    /// Links must not lead out of it, because the author of the files must not choose what else is read.
    pub within: Option<PathBuf>,
    /// First part of the ids of the file's cases: the path below the named folder, without `.toml`, or the stem of a
    /// named file. Files with equal ids get their paths as named instead.
    pub id: String,
}

/// Returns the scenario files for the files and folders in `named`. A folder stands for every scenario in it and below.
/// A file that is found again is left out.
///
/// Scenario files end in `.toml`. In folders, names that begin with `_` (bases) or `.` (hidden files) are skipped.
/// Linked folders are not followed: their files are found where they are stored, or are outside the named folder.
pub(super) fn scenario_files(named: &[PathBuf]) -> Discovered {
    let mut found = Discovered { files: Vec::new(), faults: Vec::new() };
    for path in named {
        let path = &load::named(path);
        if !path.is_dir() {
            // a missing file is kept: reading it reports the error, and the other files are still read
            let id = stem(&load::shown(path));
            found.files.push(Scenario { path: path.clone(), within: None, id });
            continue;
        }
        let before = (found.files.len(), found.faults.len());
        match root(path) {
            Err(error) => found.faults.push((path.clone(), terminal::reason(&error))),
            Ok(root) => found.walk(path, &root, ""),
        }
        if before == (found.files.len(), found.faults.len()) {
            let why = "there is no scenario in this folder: a scenario ends in .toml, and its name \
                       does not begin with _, which marks a base";
            found.faults.push((path.clone(), why.to_owned()));
        }
    }
    let mut seen = BTreeSet::new();
    found.files.retain(|file| seen.insert(identity(&file.path)));
    tell_apart(&mut found.files);
    found
}

/// Returns the named folder with all links resolved. Errors if a path below the working directory leads out
/// of it, because the link may have come with the files.
fn root(named: &Path) -> io::Result<PathBuf> {
    let root = named.canonicalize()?;
    let here = Path::new(".").canonicalize()?;
    if goes_down(named) && !root.starts_with(here) {
        let why = "the folder is a link that leaves this folder; write the folder that it leads to";
        Err(io::Error::other(why))
    } else {
        Ok(root)
    }
}

fn goes_down(path: &Path) -> bool {
    path.components().all(|step| matches!(step, Component::Normal(_) | Component::CurDir))
}

/// Absolute path with the links of its folders resolved, as far as they exist. A link to a file is not
/// resolved, so that two links to one file are two scenarios.
pub(super) fn identity(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = path.ancestors().skip(usize::from(!path.is_dir())).filter_map(|folder| {
        let rest = path.strip_prefix(folder).ok()?;
        Some(folder.canonicalize().ok()?.join(rest))
    });
    real.next().unwrap_or_else(|| path.clone())
}

/// Replaces an id that several files share by the path of each file, for files inside the working directory.
fn tell_apart(files: &mut [Scenario]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for file in files.iter() {
        *counts.entry(file.id.clone()).or_default() += 1;
    }
    for file in files.iter_mut() {
        if counts.get(&file.id).is_some_and(|count| *count > 1) && goes_down(&file.path) {
            let shown = load::shown(&file.path);
            let path = shown.trim_start_matches("./");
            file.id = path.strip_suffix(".toml").unwrap_or(path).to_owned();
        }
    }
}

impl Scenario {
    /// Reads the file. Returns its path as messages show it, and its study. The ids of the cases begin with
    /// the file's id.
    pub fn read(&self, edits: &[String]) -> (String, Attempt) {
        let (shown, mut attempt) = load::study(&self.path, self.within.as_deref(), edits);
        let stem = stem(&shown);
        for case in attempt.iter_mut().flat_map(|study| &mut study.cases) {
            let rest = case.id.strip_prefix(&stem).unwrap_or(&case.id);
            case.id = format!("{}{rest}", self.id);
        }
        (shown, attempt)
    }
}

impl Discovered {
    /// Finds the scenarios in `folder` and its subfolders. `prefix` is the path of `folder` below the named folder,
    /// which links must not leave (`root`).
    fn walk(&mut self, folder: &Path, root: &Path, prefix: &str) {
        let listed = fs::read_dir(folder)
            .and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>());
        let mut names = match listed {
            Ok(names) => names,
            Err(error) => {
                let why = terminal::reason(&error);
                return self.faults.push((folder.to_owned(), why));
            }
        };
        names.sort();
        for name in names.iter().filter(|name| !begins_with(name, '.')) {
            let path = joined(folder, name);
            let below = format!("{prefix}{}", load::shown(Path::new(name)));
            if path.is_symlink() && path.is_dir() {
                let real = path.canonicalize();
                if real.is_ok_and(|real| !real.starts_with(root)) {
                    let why = "it is a link that leaves the folder, so it is not followed";
                    self.faults.push((path, why.to_owned()));
                }
            } else if path.is_dir() {
                self.walk(&path, root, &format!("{below}/"));
            } else if path.extension() == Some(OsStr::new("toml")) && !begins_with(name, '_') {
                let id = below.strip_suffix(".toml").unwrap_or(&below).to_owned();
                self.files.push(Scenario { path, within: Some(root.to_owned()), id });
            }
        }
    }
}

/// Joins folder and name, with `./a.toml` shortened to `a.toml`.
fn joined(folder: &Path, name: &OsStr) -> PathBuf {
    if folder == Path::new(".") { PathBuf::from(name) } else { folder.join(name) }
}

fn begins_with(name: &OsStr, sign: char) -> bool {
    name.to_string_lossy().starts_with(sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn folder(files: &[&str]) -> TempDir {
        let folder = TempDir::new().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    /// Paths of the scenario files found in `folder`, with `/` between folders.
    fn found(folder: &TempDir, named: &[&str]) -> Vec<String> {
        let named: Vec<PathBuf> = named.iter().map(|name| folder.path().join(name)).collect();
        let below = |file: Scenario| file.path.strip_prefix(folder.path()).unwrap().display().to_string();
        scenario_files(&named).files.into_iter().map(below).collect()
    }

    #[test]
    fn a_folder_stands_for_its_scenarios_in_order_and_not_for_bases_or_hidden_files() {
        let folder = folder(&[
            "b.toml", "a.toml", "_base.toml", ".hidden.toml", ".git/x.toml", "notes.md", "sub/c.toml",
            "sub/_d.toml", "sub.toml",
        ]);
        assert_eq!(found(&folder, &[""]), ["a.toml", "b.toml", "sub/c.toml", "sub.toml"]);
    }

    #[test]
    fn a_file_that_is_named_twice_is_met_once_and_a_named_base_is_meant() {
        let folder = folder(&["a.toml", "_base.toml", "sub/c.toml"]);
        let named = ["sub/c.toml", "", "sub/../a.toml", "_base.toml"];
        assert_eq!(found(&folder, &named), ["sub/c.toml", "a.toml", "_base.toml"]);
    }

    #[test]
    fn an_empty_folder_is_a_fault_that_says_what_counts_and_spares_the_others() {
        let empty = folder(&["_base.toml", "notes.md"]);
        let full = folder(&["a.toml"]);
        let found = scenario_files(&[empty.path().to_owned(), full.path().to_owned()]);
        let [(path, why)] = &found.faults[..] else { panic!("{:?}", found.faults) };
        assert!(path == empty.path() && why.contains("begin with _"), "{why}");
        assert!(found.files.iter().map(|file| &file.path).eq([&full.path().join("a.toml")]));
    }

    #[cfg(unix)]
    #[test]
    fn folders_that_are_linked_to_each_other_and_back_up_cost_no_more_than_they_hold() {
        let names: Vec<String> = (0..12).map(|n| format!("d{n}/s.toml")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let folder = folder(&names);
        for (from, to) in (0..12).flat_map(|from| (0..12).map(move |to| (from, to))) {
            let link = folder.path().join(format!("d{from}/to{to}"));
            std::os::unix::fs::symlink(format!("../d{to}"), link).unwrap();
        }
        std::os::unix::fs::symlink(folder.path(), folder.path().join("d0/up")).unwrap();
        let found = scenario_files(&[folder.path().to_owned()]);
        assert_eq!((found.files.len(), found.faults.len()), (12, 0));
    }
}
