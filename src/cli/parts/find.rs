//! Files of parts, sorted by the run that they are of.
//!
//! In: paths. Out: [`Found`], a group of files for each scenario. Not here: where they are, whether they make a whole run
//! (`merge`).

use crate::engine::{Head, Opened, Unusable};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Files of one scenario.
#[derive(Default)]
pub(in crate::cli) struct Found {
    /// In the order of their blocks.
    pub whole: Vec<(PathBuf, Opened)>,
    pub unusable: Vec<(PathBuf, Unusable)>,
}

/// Opens files of parts, in the current thread pool; by the names of their scenarios.
pub(in crate::cli) fn find(paths: Vec<PathBuf>) -> BTreeMap<String, Found> {
    let opened: Vec<_> = paths.into_par_iter().map(|path| (super::open(&path), path)).collect();
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for (opened, path) in opened {
        match opened {
            Ok(file) => {
                let group = found.entry(stem(&file.head)).or_default();
                group.whole.push((path, file));
            }
            Err((head, why)) => {
                let name = head.as_deref().map_or_else(|| folder_name(&path), stem);
                found.entry(name).or_default().unusable.push((path, why));
            }
        }
    }
    for group in found.values_mut() {
        group.whole.sort_by_key(|(path, file)| {
            let blocks = file.blocks();
            (blocks.start, blocks.end, path.clone())
        });
    }
    found
}

/// True for `00003-of-00064.part`, and not for a temporary file or a checkpoint.
pub(in crate::cli) fn is_part(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && name.ends_with(".part")
}

/// The name of the scenario.
fn stem(head: &Head) -> String {
    let file = Path::new(&head.origin.file);
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The name of the folder that a file lies in.
fn folder_name(path: &Path) -> String {
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
    folder.to_string_lossy().into_owned()
}
