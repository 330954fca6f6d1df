//! Entries of a batch: every case of every file, and every file or folder that cannot be read.
//!
//! In: files, a shard. Out: [`Intake`]s in the order of their ids. Not here: finding the files (`discover`),
//! filters (`batch`), simulating (`simulated`).

use crate::cli::discover::{Discovered, Scenario};
use crate::cli::{Stop, load, stop};
use crate::report::batch::FaultPart;
use crate::scenario::{Case, Study};
use crate::study::{Shard, cost, shares};
use std::sync::Arc;

/// One case (variant) of a scenario file, or a file or folder that cannot be read.
pub(super) struct Intake {
    pub id: String,
    /// Id of the file, with which the ids of all of its cases begin; empty for a folder.
    pub stem: String,
    /// Path of the file as messages show it.
    pub file: String,
    /// All cases of the scenario file and the index of this one, or the faults of the file.
    pub content: Result<(Arc<Study>, usize), Vec<FaultPart>>,
}

impl Intake {
    /// Returns all cases of the scenario file, and this one of them; `None` if the file could not be read.
    pub fn case(&self) -> Option<(&Study, &Case)> {
        let (study, case) = self.content.as_ref().ok()?;
        Some((study, &study.cases[*case]))
    }
}

/// Reads all files of `found` and returns their entries in the order of ids.
///
/// Errors if two entries have one id, because a baseline could not distinguish them.
pub(super) fn read_all(found: &Discovered, edits: &[String]) -> Result<Vec<Intake>, Stop> {
    let files = found.files.iter().flat_map(|file| read(file, edits));
    let folders = found.faults.iter().map(|(folder, why)| {
        let file = load::shown(folder);
        Intake {
            // the final `/` keeps this id apart from that of any scenario
            id: format!("{file}/"),
            stem: String::new(),
            file,
            content: Err(vec![FaultPart::of_file("file", why)]),
        }
    });
    let mut entries: Vec<Intake> = files.chain(folders).collect();
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    match entries.windows(2).find(|pair| pair[0].id == pair[1].id) {
        None => Ok(entries),
        Some(twins) => Err(stop!(
            "two scenarios have the id `{}`: one of {} and one of {}; rename one of them, or name a folder \
             above both: an id is the path of a file below the folder that was named, without its ending",
            twins[0].id,
            twins[0].file,
            twins[1].file
        )),
    }
}

fn read(found: &Scenario, edits: &[String]) -> Vec<Intake> {
    let (file, attempt) = found.read(edits);
    let entry =
        |id: &str, content| Intake { id: id.to_owned(), stem: found.id.clone(), file: file.clone(), content };
    let study = match attempt {
        Ok(study) => Arc::new(study),
        Err(refusal) => {
            // outputs print the name of the file beside every fault
            let faults = FaultPart::all(&refusal.faults, &refusal.sources);
            return vec![entry(&found.id, Err(faults))];
        }
    };
    let cases =
        study.cases.iter().enumerate().map(|(case, of)| entry(&of.id, Ok((Arc::clone(&study), case))));
    cases.collect()
}

/// Keeps the entries that `shard` simulates. Entries are distributed by estimated cost, so that all shards
/// take about the same time. A file that cannot be read costs nothing.
pub(super) fn keep_shard(entries: &mut Vec<Intake>, shard: Shard) {
    let cost_of = |entry: &Intake| entry.case().map_or(0, |(_, case)| cost(&case.scenario));
    let costs: Vec<u64> = entries.iter().map(cost_of).collect();
    let mut shares = shares(&costs, shard.of).into_iter();
    entries.retain(|_| shares.next() == Some(shard.number));
}
