//! What the baseline calls the cases of a file: an id depends on which folder was named.
//!
//! In: a baseline, the cases of a file. Out: the cases under the baseline's ids, and whose an id is.
//! Not here: two files under one id (`intake`).

use crate::cli::discover::identity;
use crate::cli::load;
use crate::report::batch::Baseline;
use crate::scenario::Case;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Ids of a baseline and the files they are of.
pub(super) struct Names<'b> {
    baseline: Option<&'b Baseline>,
    ids: BTreeMap<PathBuf, BTreeSet<&'b str>>,
    /// By the file as the baseline has it: where it is now, if it is there.
    paths: BTreeMap<&'b str, Option<PathBuf>>,
}

impl<'b> Names<'b> {
    pub fn of(baseline: Option<&'b Baseline>) -> Self {
        let mut names = Self {
            baseline,
            ids: BTreeMap::new(),
            paths: BTreeMap::new(),
        };
        for (id, line) in baseline.iter().flat_map(|baseline| &baseline.entries) {
            let path = names.paths.entry(&line.file).or_insert_with(|| {
                let file = Path::new(&line.file);
                file.symlink_metadata().is_ok().then(|| identity(file))
            });
            if let Some(path) = path {
                names.ids.entry(path.clone()).or_default().insert(id);
            }
        }
        names
    }

    /// Calls the cases of the file at `path` as the baseline does; returns what their ids begin with,
    /// which is `stem` where the baseline does not know the file.
    pub fn rename(&self, cases: &mut [Case], stem: &str, path: &Path) -> String {
        let Some(ids) = self.ids.get(path) else {
            return stem.to_owned();
        };
        let shown = load::shown(path);
        let whole = shown.strip_suffix(".toml").unwrap_or(&shown);
        let steps = whole.match_indices('/').map(|(at, _)| &whole[at + 1..]);
        let rests: Vec<String> = cases
            .iter()
            .map(|case| case.id.strip_prefix(stem).unwrap_or_default().to_owned())
            .collect();
        let n_known = |stem: &str| {
            let ids_now = rests.iter().map(|rest| format!("{stem}{rest}"));
            ids_now.filter(|id| ids.contains(&**id)).count()
        };
        // the id of now where two are as good, and where none is known
        let candidates = [stem].into_iter().chain(steps);
        let best = candidates.min_by_key(|stem| Reverse(n_known(stem)));
        let best = best.unwrap_or(stem).to_owned();
        for (case, rest) in cases.iter_mut().zip(&rests) {
            case.id = format!("{best}{rest}");
        }
        best
    }

    /// The file that `id` is of, if it is there: a baseline that came from elsewhere is known by its
    /// ids alone.
    pub fn owner(&self, id: &str) -> Option<(PathBuf, String)> {
        let line = self.baseline?.line(id)?;
        let path = self.paths.get(&*line.file)?.clone()?;
        Some((path, line.file.clone()))
    }
}
