//! What a batch is about: every case of every file, and every file that cannot be read.
//!
//! In: files; filters and shards. Out: [`Entry`]s in the order of their ids, which of them are meant. Not here: finding the files (`discover`),
//! simulating them (`simulated`), which ids are of two files (`twins`).

use crate::cli::discover::{Found, Scenario, identity};
use crate::cli::load;
use crate::cli::twins::Ids;
use crate::report::batch::{Baseline, FaultPart};
use crate::scenario::{Case, Study};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One case of a file, or a file that cannot be read.
pub(super) struct Entry {
    pub id: String,
    /// What the ids of all cases of the file begin with.
    pub stem: String,
    /// The file as messages show it.
    pub file: String,
    /// The file, however it was named.
    pub path: PathBuf,
    pub content: Content,
}

pub(super) enum Content {
    /// `study.cases[case]`
    Case {
        study: Arc<Study>,
        case: usize,
    },
    Invalid(Vec<FaultPart>),
}

impl Entry {
    /// The case and the study it is of, if the file could be read.
    pub fn case(&self) -> Option<(&Study, &Case)> {
        match &self.content {
            Content::Case { study, case } => Some((study, &study.cases[*case])),
            Content::Invalid(_) => None,
        }
    }

    /// A file or folder that cannot be read.
    pub fn invalid(id: String, file: String, faults: Vec<FaultPart>) -> Self {
        Self {
            stem: id.clone(),
            id,
            path: identity(Path::new(&file)),
            file,
            content: Content::Invalid(faults),
        }
    }
}

/// Reads everything that was `found`; ids are in order and each stands once.
///
/// Of cases with the same id none is simulated: whichever was taken, a baseline could not tell them
/// apart. What the `baseline` has is called as there, and nothing is called as another file there.
pub(super) fn read_all(found: &Found, edits: &[String], baseline: Option<&Baseline>) -> Vec<Entry> {
    let names = Names::of(baseline);
    let mut entries: Vec<Entry> = Vec::new();
    for file in &found.files {
        entries.extend(read(file, edits, &names));
    }
    entries.extend(found.faults.iter().map(|(folder, why)| {
        let folder = load::shown(folder);
        let fault = FaultPart::of_file("file", why);
        // a folder has no scenario whose id it could be
        Entry::invalid(format!("{folder}/"), folder, vec![fault])
    }));
    refuse_twins(&mut entries, &names);
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    entries
}

fn read(found: &Scenario, edits: &[String], names: &Names<'_>) -> Vec<Entry> {
    let (file, attempt) = load::read_found(found, edits);
    let path = identity(&found.path);
    let mut stem = found.id.clone();
    let study = match attempt {
        Ok(mut study) => {
            stem = names.rename(&mut study.cases, &found.id, &path);
            Arc::new(study)
        }
        Err(refusal) => {
            let mut faults = FaultPart::all(&refusal.faults, &refusal.sources);
            for fault in &mut faults {
                // the file is named beside every fault
                if let Some(rest) = fault.message.strip_prefix(&format!("{file}: ")) {
                    fault.message = rest.to_owned();
                }
            }
            return vec![Entry {
                path,
                ..Entry::invalid(stem, file, faults)
            }];
        }
    };
    let entry = |case: usize| Entry {
        id: study.cases[case].id.clone(),
        stem: stem.clone(),
        file: file.clone(),
        path: path.clone(),
        content: Content::Case {
            study: Arc::clone(&study),
            case,
        },
    };
    (0..study.cases.len()).map(entry).collect()
}

/// Makes cases of the same id faults of their files; of each file one entry, with what else is wrong.
fn refuse_twins(entries: &mut Vec<Entry>, names: &Names<'_>) {
    let mut ids = Ids::default();
    for entry in entries.iter() {
        ids.add(&entry.id, &entry.path, &entry.file);
    }
    for entry in entries.iter().filter(|entry| entry.case().is_some()) {
        if let Some((path, file)) = names.owner(&entry.id) {
            ids.add(&entry.id, &path, &file);
        }
    }
    let mut refused: Vec<Entry> = Vec::new();
    for entry in std::mem::take(entries) {
        let Some(fault) = ids.fault(&entry.id, &entry.path) else {
            entries.push(entry);
            continue;
        };
        let known = refused.last_mut().filter(|last| last.path == entry.path);
        match known.map(|last| &mut last.content) {
            Some(Content::Invalid(faults)) => faults.push(fault),
            _ => refused.push(ambiguous(entry, fault)),
        }
    }
    entries.extend(refused);
}

/// A file with an id that leaves open which scenario is meant.
fn ambiguous(entry: Entry, fault: FaultPart) -> Entry {
    let mut faults = match entry.content {
        Content::Invalid(faults) => faults,
        Content::Case { .. } => Vec::new(),
    };
    faults.push(fault);
    Entry {
        stem: entry.stem,
        path: entry.path,
        ..Entry::invalid(entry.file.clone(), entry.file, faults)
    }
}

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

/// One of several parts of a batch, run on machines of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    /// From 1.
    pub number: u32,
    pub of: u32,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rule = || "write I/N with 1 <= I <= N <= 1000, as in 2/3".to_owned();
        let (number, of) = text.split_once('/').ok_or_else(rule)?;
        let number: u32 = number.trim().parse().map_err(|_| rule())?;
        let of: u32 = of.trim().parse().map_err(|_| rule())?;
        match (1..=of).contains(&number) && of <= 1000 {
            true => Ok(Self { number, of }),
            false => Err(rule()),
        }
    }
}

impl Shard {
    /// Whether the scenario `id` is its: by the hash of the id, so that no scenario moves to another
    /// machine, and away from what is kept there, when others come and go.
    pub fn holds(self, id: &str) -> bool {
        let digest = blake3::hash(id.as_bytes());
        let (first, _) = digest.as_bytes().split_at(8);
        let hash = first
            .iter()
            .fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
        hash % u64::from(self.of) == u64::from(self.number - 1)
    }
}

/// Whether `id` is what `filter` asks for: a part of it, or all of it where the filter has a `*`,
/// which stands for any text.
pub(super) fn matches(filter: &str, id: &str) -> bool {
    if !filter.contains('*') {
        return id.contains(filter);
    }
    let pieces: Vec<&str> = filter.split('*').collect();
    let (first, last) = (pieces[0], pieces[pieces.len() - 1]);
    let Some(rest) = id.strip_prefix(first) else {
        return false;
    };
    let Some(mut rest) = rest.strip_suffix(last) else {
        return false;
    };
    for piece in &pieces[1..pieces.len() - 1] {
        // the leftmost place leaves the most room for those that follow
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_in_exactly_one_shard_and_no_shard_has_most() {
        let ids: Vec<String> = (0..1000).map(|n| format!("matrix/spend={n}")).collect();
        for of in 1..=7 {
            let mut n_held = vec![0; of as usize];
            for id in &ids {
                let holding = (1..=of).filter(|&number| Shard { number, of }.holds(id));
                let holding: Vec<u32> = holding.collect();
                assert_eq!(holding.len(), 1);
                n_held[holding[0] as usize - 1] += 1;
            }
            // binomial: five standard errors
            let mean = 1000.0 / f64::from(of);
            let most = mean + 5.0 * (mean * (1.0 - 1.0 / f64::from(of))).sqrt();
            assert!(n_held.iter().all(|n| f64::from(*n) <= most), "{n_held:?}");
        }
    }

    #[test]
    fn a_shard_is_one_of_how_many() {
        assert_eq!("2/3".parse(), Ok(Shard { number: 2, of: 3 }));
        for text in [
            "0/3", "4/3", "2", "a/3", "1/0", "-1/3", "1/1001", "1/3/5", "",
        ] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_filter_is_a_part_of_the_id_or_a_pattern() {
        let id = "matrix/residence=germany,spend=1000";
        for filter in [
            "matrix",
            "spend=1000",
            "matrix/*",
            "*spend=1000",
            "matrix/*germany*1000",
            "*",
            "",
            "m*x/*,*",
        ] {
            assert!(matches(filter, id), "{filter}");
        }
        for filter in [
            "Matrix",
            "*germany",
            "matrix*germany",
            "spend=100,",
            "a*",
            "**b",
        ] {
            assert!(!matches(filter, id), "{filter}");
        }
        // what is before the star and what is behind it may not overlap
        assert!(!matches("aba*ba", "aba"));
        assert!(matches("ab*ba", "abba"));
    }
}
