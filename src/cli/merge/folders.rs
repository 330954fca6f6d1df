//! Finds what the named folders and their direct subfolders hold.
//!
//! In: folders. Out: [`Contents`]: files of parts and of shards, folders of batches, each once. Not here: the
//! contents of the files.

use crate::cli::discover::identity;
use crate::cli::parts::is_part;
use crate::cli::shards::is_shard;
use crate::cli::{Stop, batch, files, load, stop, terminal};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Files and folders that `merge` can combine; files with other extensions are ignored.
#[derive(Default)]
pub(super) struct Contents {
    /// Files of parts of runs, written by `run --part` or `--blocks`.
    pub parts: Vec<PathBuf>,
    /// Files of shards of a comparison or a sensitivity study.
    pub shards: Vec<PathBuf>,
    /// Folders with the results of shards of a batch.
    pub batches: Vec<PathBuf>,
}

impl Contents {
    /// Searches the named folders. Errors if one cannot be read, or if they hold several kinds of contents.
    pub fn of(folders: &[PathBuf]) -> Result<Self, Stop> {
        let mut found = Self::default();
        let mut empty = Vec::new();
        for folder in folders {
            let before = found.n();
            found.look_into(folder)?;
            if found.n() == before {
                empty.push(folder.clone());
            }
        }
        if !found.batches.is_empty() {
            // reading such a folder reports that it has no results
            found.batches.extend(empty);
        }
        for paths in [&mut found.parts, &mut found.shards, &mut found.batches] {
            let mut seen = HashSet::new();
            paths.retain(|path| seen.insert(identity(path)));
        }
        found.shards.sort();
        found.is_of_one_kind()?;
        Ok(found)
    }

    fn n(&self) -> usize {
        self.parts.len() + self.shards.len() + self.batches.len()
    }

    fn look_into(&mut self, folder: &Path) -> Result<(), Stop> {
        if batch::is_result(folder) {
            self.batches.push(folder.to_owned());
            return Ok(());
        }
        let here = listed(folder)?;
        self.take(&here);
        for below in here.iter().filter(|path| path.is_dir()) {
            if batch::is_result(below) {
                self.batches.push(below.clone())
            } else {
                self.take(&listed(below)?)
            }
        }
        Ok(())
    }

    fn take(&mut self, paths: &[PathBuf]) {
        let of_kind = |is_of: fn(&Path) -> bool| paths.iter().filter(move |path| is_of(path)).cloned();
        self.parts.extend(of_kind(is_part));
        self.shards.extend(of_kind(is_shard));
    }

    /// Refuses contents of several kinds, because only one kind would be merged.
    fn is_of_one_kind(&self) -> Result<(), Stop> {
        let kinds = [
            ("parts of a run", &self.parts),
            ("shards of a study", &self.shards),
            ("shards of a batch", &self.batches),
        ];
        let found = kinds.into_iter().filter_map(|(kind, paths)| Some((kind, paths.first()?)));
        let there: Vec<String> =
            found.map(|(kind, first)| format!("{kind} ({})", load::shown(first))).collect();
        match there.len() {
            0 | 1 => Ok(()),
            _ => Err(stop!("these folders hold {}; write folders of one kind", there.join(" and "))),
        }
    }
}

/// Paths in a folder, sorted by name. Errors if it is not a folder or cannot be read.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    if folder.exists() && !folder.is_dir() {
        return Err(stop!(
            "{} is not a folder; write its folder: {}",
            load::shown(folder),
            terminal::quoted(&load::shown(files::parent_folder(folder)))
        ));
    }
    let paths = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>());
    let mut paths = paths.map_err(|error| {
        let remedy = match error.kind() {
            io::ErrorKind::NotFound => "write the folder of the parts or shards",
            _ => "try again, or correct its permissions",
        };
        Stop::at(folder, "read the folder", &error, remedy)
    })?;
    paths.sort();
    Ok(paths)
}
