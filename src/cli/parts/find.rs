//! Which files of parts there are below the folders that were named, sorted by the run they are of.
//!
//! In: folders. Out: [`Found`], a group of files for each scenario. Not here: whether they make a whole run (`merge`).

use super::super::files;
use super::super::load;
use crate::engine::{Head, Opened};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files of one scenario.
#[derive(Default)]
pub(in crate::cli) struct Found {
    /// In the order of their blocks.
    pub whole: Vec<(PathBuf, Opened)>,
    /// With what is wrong, and the first line where that can be read.
    pub damaged: Vec<(PathBuf, String, Option<Box<Head>>)>,
}

/// Opens every part in `folders` and in the folders in them, in the current thread pool; by the names of their
/// scenarios. Files with another ending are left alone.
pub(in crate::cli) fn find(folders: &[PathBuf]) -> Result<BTreeMap<String, Found>, String> {
    let mut paths = Vec::new();
    for folder in folders {
        let entries = entries(folder)?;
        let (parts, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(|path| is_part(path));
        paths.extend(parts);
        for folder in others.iter().filter(|path| path.is_dir()) {
            paths.extend(entries_of(folder)?.into_iter().filter(|path| is_part(path)));
        }
    }
    let opened: Vec<_> = paths
        .into_par_iter()
        .map(|path| (super::open(&path), path))
        .collect();
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for (opened, path) in opened {
        match opened {
            Ok(file) => {
                let group = found.entry(stem(&file.head)).or_default();
                group.whole.push((path, file));
            }
            Err((head, why)) => {
                let name = head.as_deref().map_or_else(|| folder_name(&path), stem);
                found
                    .entry(name)
                    .or_default()
                    .damaged
                    .push((path, why, head));
            }
        }
    }
    for group in found.values_mut() {
        group.whole.sort_by_key(|(path, file)| {
            let blocks = file.blocks();
            (blocks.start, blocks.end, path.clone())
        });
    }
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    match folder.is_dir() {
        true => entries_of(folder),
        false => Err(format!(
            "{}: there is no such folder; name the folder of the parts",
            load::shown(folder)
        )),
    }
}

fn entries_of(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let read = || -> std::io::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
        entries.collect()
    };
    let mut paths =
        read().map_err(|error| format!("{}: {}", load::shown(folder), files::reason(&error)))?;
    paths.sort();
    Ok(paths)
}

/// True for `00003-of-00064.part`, and not for a temporary file or a checkpoint.
fn is_part(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && name.ends_with(".part")
}

/// The name of the scenario.
fn stem(head: &Head) -> String {
    let file = Path::new(&head.origin.file);
    file.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The name of the folder that a file lies in.
fn folder_name(path: &Path) -> String {
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
    folder.to_string_lossy().into_owned()
}
