//! What the screen calls files.
//!
//! In: paths. Out: short names that tell them apart. Not here: cases of one file (`sides`).

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

/// The stem of every file; of files with one stem the folder in which they differ; all of the path
/// where no folder does it.
pub(super) fn of_files(files: &[&Path]) -> Vec<String> {
    let name = |file: &&Path| {
        let same: Vec<&Path> = files
            .iter()
            .filter(|other| other.file_stem() == file.file_stem())
            .copied()
            .collect();
        match same.len() {
            1 => text(file.file_stem()),
            _ => folder(file, &same),
        }
    };
    let names: Vec<String> = files.iter().map(name).collect();
    let distinct: BTreeSet<&String> = names.iter().collect();
    match distinct.len() == files.len() {
        true => names,
        false => files
            .iter()
            .map(|file| file.display().to_string())
            .collect(),
    }
}

/// The nearest folder of `file` that none of the `same` has at its place; its stem if it lies in
/// none.
fn folder(file: &Path, same: &[&Path]) -> String {
    let at = |path: &Path, level: usize| {
        let folder = path.ancestors().nth(level);
        folder.and_then(Path::file_name).map(OsStr::to_owned)
    };
    let is_apart = |level: &usize| {
        let own = at(file, *level);
        same.iter().filter(|other| at(other, *level) == own).count() == 1
    };
    let deepest = same.iter().map(|path| path.ancestors().count()).max();
    match (1..deepest.unwrap_or(1)).find(is_apart) {
        None => file.display().to_string(),
        Some(level) => match at(file, level) {
            Some(folder) => text(Some(&folder)),
            None => text(file.file_stem()),
        },
    }
}

fn text(name: Option<&OsStr>) -> String {
    name.unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(files: &[&str]) -> Vec<String> {
        let files: Vec<&Path> = files.iter().map(Path::new).collect();
        of_files(&files)
    }

    #[test]
    fn files_are_named_by_what_differs() {
        assert_eq!(named(&["a/base.toml", "b/new.toml"]), ["base", "new"]);
        assert_eq!(
            named(&["sc/defi.toml", "sc2/defi.toml", "sc/saas.toml"]),
            ["sc", "sc2", "saas"]
        );
        assert_eq!(
            named(&["main/out/report.json", "mine/out/report.json"]),
            ["main", "mine"]
        );
        assert_eq!(named(&["defi.toml", "old/defi.toml"]), ["defi", "old"]);
        // a folder that is called like another file
        assert_eq!(
            named(&["sc/a.toml", "sd/a.toml", "sc.toml"]),
            ["sc/a.toml", "sd/a.toml", "sc.toml"]
        );
    }
}
