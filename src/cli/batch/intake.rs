//! What a batch is about: every case of every file, and every file that cannot be read.
//!
//! In: files; filters and shards. Out: [`Entry`]s in the order of their ids, which of them are meant. Not here: finding the files (`discover`),
//! simulating them (`simulated`).

use crate::cli::discover::{Found, Scenario};
use crate::cli::load;
use crate::report::batch::FaultPart;
use crate::scenario::{Case, Study};
use std::sync::Arc;

/// One case of a file, or a file that cannot be read.
pub(super) struct Entry {
    pub id: String,
    /// What the ids of all cases of the file begin with.
    pub stem: String,
    /// The file as messages show it.
    pub file: String,
    /// A case by its number in its study, or what is wrong with the file.
    pub content: Result<(Arc<Study>, usize), Vec<FaultPart>>,
}

impl Entry {
    /// The case and the study it is of, if the file could be read.
    pub fn case(&self) -> Option<(&Study, &Case)> {
        let (study, case) = self.content.as_ref().ok()?;
        Some((study, &study.cases[*case]))
    }
}

/// Reads everything that was `found`; ids are in order.
///
/// Errors if two have one id: whichever was simulated, a baseline could not tell them apart.
pub(super) fn read_all(found: &Found, edits: &[String]) -> Result<Vec<Entry>, String> {
    let files = found.files.iter().flat_map(|file| read(file, edits));
    let folders = found.faults.iter().map(|(folder, why)| {
        let file = load::shown(folder);
        Entry {
            // a folder has no scenario whose id it could be
            id: format!("{file}/"),
            stem: String::new(),
            file,
            content: Err(vec![FaultPart::of_file("file", why)]),
        }
    });
    let mut entries: Vec<Entry> = files.chain(folders).collect();
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    match entries.windows(2).find(|pair| pair[0].id == pair[1].id) {
        None => Ok(entries),
        Some(twins) => Err(format!(
            "two scenarios have the id `{}`: one of {} and one of {}; rename one of them, or name a folder \
             above both: an id is the path of a file below the folder that was named, without its ending",
            twins[0].id, twins[0].file, twins[1].file
        )),
    }
}

fn read(found: &Scenario, edits: &[String]) -> Vec<Entry> {
    let (file, attempt) = load::read_found(found, edits);
    let entry = |id: &str, content| Entry {
        id: id.to_owned(),
        stem: found.id.clone(),
        file: file.clone(),
        content,
    };
    let study = match attempt {
        Ok(study) => Arc::new(study),
        Err(refusal) => {
            let mut faults = FaultPart::all(&refusal.faults, &refusal.sources);
            for fault in &mut faults {
                // the file is named beside every fault
                if let Some(rest) = fault.message.strip_prefix(&format!("{file}: ")) {
                    fault.message = rest.to_owned();
                }
            }
            return vec![entry(&found.id, Err(faults))];
        }
    };
    let cases = study.cases.iter().enumerate();
    let cases = cases.map(|(case, of)| entry(&of.id, Ok((Arc::clone(&study), case))));
    cases.collect()
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
}
