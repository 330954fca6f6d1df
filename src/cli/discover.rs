//! Which scenario files are meant by the files and folders that were named.
//!
//! In: paths as typed. Out: files, those of a folder in the order of their names. Not here: reading
//! them (`load`).

use super::files;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// What the named files and folders came to.
pub(super) struct Found {
    pub files: Vec<PathBuf>,
    /// Folders in which nothing could be found, and why; the others are none the worse for it.
    pub faults: Vec<(PathBuf, String)>,
}

/// The files that `named` stand for: a file stands for itself, a folder for every scenario in it and
/// below. A file that is met again is left out.
///
/// A scenario ends in `.toml`; names that begin with `_` are bases, those that begin with `.` are
/// hidden, and both are passed over in folders.
pub(super) fn scenario_files(named: &[PathBuf]) -> Found {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    for path in named {
        if !path.is_dir() {
            // also one that does not exist: reading it says so, and the others are read
            files.push(path.clone());
            continue;
        }
        let mut inside = Vec::new();
        match Walk::default().folder(path, &mut inside) {
            Err(why) => faults.push((path.clone(), why)),
            Ok(()) if inside.is_empty() => faults.push((
                path.clone(),
                "there is no scenario in this folder: none of its files ends in .toml, or their \
                 names begin with _, which marks bases"
                    .to_owned(),
            )),
            Ok(()) => {}
        }
        files.append(&mut inside);
    }
    Found {
        files: once_each(files),
        faults,
    }
}

/// Files of the same place in the same folder, however they were named, only once.
fn once_each(found: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    let mut kept = found;
    kept.retain(|path| seen.insert(identity(path)));
    kept
}

/// The path with every link of its folders followed; two links to one file are two scenarios.
fn identity(path: &Path) -> PathBuf {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    match (folder, path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// Folders that lead to the current one, so that a link back up ends.
#[derive(Default)]
struct Walk {
    above: Vec<PathBuf>,
}

impl Walk {
    fn folder(&mut self, folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), String> {
        let fault = |error: std::io::Error| {
            format!(
                "cannot read {}: {}",
                folder.display(),
                files::reason(&error)
            )
        };
        let real = folder.canonicalize().map_err(fault)?;
        if self.above.contains(&real) {
            return Ok(());
        }
        let entries = fs::read_dir(folder).map_err(fault)?;
        let mut names = Vec::new();
        for entry in entries {
            names.push(entry.map_err(fault)?.file_name());
        }
        names.sort();
        self.above.push(real);
        for name in names {
            let path = joined(folder, &name);
            if path.is_dir() {
                if !begins_with(&name, '.') {
                    self.folder(&path, found)?;
                }
            } else if is_scenario(&name) {
                found.push(path);
            }
        }
        self.above.pop();
        Ok(())
    }
}

/// `./a.toml` is shown as `a.toml`.
fn joined(folder: &Path, name: &OsStr) -> PathBuf {
    match folder == Path::new(".") {
        true => PathBuf::from(name),
        false => folder.join(name),
    }
}

fn is_scenario(name: &OsStr) -> bool {
    let ends = Path::new(name).extension() == Some(OsStr::new("toml"));
    ends && !begins_with(name, '_') && !begins_with(name, '.')
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

    /// Found below `folder`, with `/` between folders.
    fn found(folder: &TempDir, named: &[&str]) -> Vec<String> {
        let named: Vec<PathBuf> = named.iter().map(|name| folder.path().join(name)).collect();
        let below = |path: PathBuf| {
            path.strip_prefix(folder.path())
                .unwrap()
                .display()
                .to_string()
        };
        scenario_files(&named)
            .files
            .into_iter()
            .map(below)
            .collect()
    }

    #[test]
    fn a_folder_stands_for_its_scenarios_in_order_and_not_for_bases_or_hidden_files() {
        let folder = folder(&[
            "b.toml",
            "a.toml",
            "_base.toml",
            ".hidden.toml",
            ".git/x.toml",
            "notes.md",
            "sub/c.toml",
            "sub/_d.toml",
            "sub.toml",
        ]);
        assert_eq!(
            found(&folder, &[""]),
            ["a.toml", "b.toml", "sub/c.toml", "sub.toml"]
        );
    }

    #[test]
    fn a_file_that_is_named_twice_is_met_once_and_a_named_base_is_meant() {
        let folder = folder(&["a.toml", "_base.toml", "sub/c.toml"]);
        let named = ["sub/c.toml", "", "sub/../a.toml", "_base.toml"];
        assert_eq!(
            found(&folder, &named),
            ["sub/c.toml", "a.toml", "_base.toml"]
        );
    }

    #[test]
    fn an_empty_folder_is_a_fault_that_says_what_counts_and_spares_the_others() {
        let empty = folder(&["_base.toml", "notes.md"]);
        let full = folder(&["a.toml"]);
        let found = scenario_files(&[empty.path().to_owned(), full.path().to_owned()]);
        let [(path, why)] = &found.faults[..] else {
            panic!("one fault: {:?}", found.faults);
        };
        assert_eq!(path, empty.path());
        assert!(why.contains("begin with _"), "{why}");
        assert_eq!(found.files, [full.path().join("a.toml")]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_back_up_ends() {
        let folder = folder(&["a.toml", "sub/c.toml"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/up")).unwrap();
        assert_eq!(found(&folder, &[""]), ["a.toml", "sub/c.toml"]);
    }
}
