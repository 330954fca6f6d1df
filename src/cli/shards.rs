//! Shards of a study: the share of one machine, and the study that all shards form.
//!
//! In: a question, the number of a shard. Out: one file for each shard; all shards read again. Not here:
//! simulating (`sensitivity`, `compare`), merging (`merge`).

mod file;
mod question;

pub(super) use file::is_shard;
pub(super) use question::{Question, Study};

use super::{Exit, Stop, files, simulate, stop, terminal};
use crate::engine::Unusable;
use crate::study::{Lab, Shard};
use file::{ShardFile, ShardHead};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A requested shard (one machine's share of the runs of a study), and the folder for its file.
pub(super) struct RequestedShard<'a> {
    pub shard: Shard,
    pub question: Question,
    /// Folder for the files of all shards of the study, inside the output folder.
    pub folder: PathBuf,
    pub out: &'a Path,
}

impl RequestedShard<'_> {
    /// Simulates the shard with `find` and writes its results. Prints the path of the file and the command
    /// that merges. If the file is complete already, it only reports that.
    ///
    /// Errors if the file belongs to another study or cannot be read, or if the folder cannot be written.
    pub fn answer<T: Serialize>(
        &self,
        threads: Option<u16>,
        find: impl FnOnce(&Lab) -> Result<T, Stop>,
    ) -> Result<Exit, Stop> {
        let path = self.folder.join(file::name(self.shard));
        let shown = path.display();
        if files::is_there(&path) {
            match file::read(&path) {
                Ok(found) => {
                    self.refuse_another(&found)?;
                    return terminal::print(&format!(
                        "{shown} is there already and answers the same question; nothing was simulated\n"
                    ));
                }
                Err(Unusable::Unread(error)) => {
                    let remedy = "remove it, or choose another folder with --out";
                    return Err(Stop::at(&path, "read", &error, remedy));
                }
                Err(Unusable::Version(why)) => {
                    return Err(stop!("{shown}: {why}; remove it, or choose another folder with --out"));
                }
                Err(why) => terminal::say(&format!("{shown}: {why}; it is simulated again\n")),
            }
        }
        files::probe(&self.folder, self.out)?;
        let found = find(&simulate::lab_of_one(threads)?)?;
        file::write(&self.folder, self.out, self.shard, &self.question, &found)?;
        terminal::leaves("the shard is written");
        terminal::print(&format!(
            "{shown}\nresult of all {}: tailwheel merge {}\n",
            self.shard.of,
            terminal::quoted(&self.folder.to_string_lossy())
        ))
    }

    fn refuse_another(&self, found: &ShardFile) -> Result<(), Stop> {
        let is_named_rightly = || found.head == ShardHead::new(self.shard, &self.question);
        let unlike = found
            .question
            .unlike(&self.question)
            .or_else(|| found.head.unlike_here())
            .or_else(|| (!is_named_rightly()).then(|| format!("it is shard {}", found.head.shard)));
        unlike.map_or(Ok(()), |why| {
            Err(stop!(
                "{} answers another question: {why}; remove it, or choose another folder with --out",
                found.path.display()
            ))
        })
    }
}

/// Largest number of missing shards that a message lists with their commands.
const LISTED: usize = 5;

/// All shards of a comparison or sensitivity study, in the order of their numbers.
pub(super) struct Collected {
    pub question: Question,
    shards: Vec<ShardFile>,
}

impl Collected {
    /// Reads the shards at `paths`, which must not be empty. Errors unless they are all shards of one study,
    /// each once.
    pub fn read(paths: &[PathBuf]) -> Result<Self, Stop> {
        let mut shards = Vec::with_capacity(paths.len());
        for path in paths {
            shards.push(file::read(path).map_err(|fault| match fault {
                Unusable::Unread(error) => Stop::at(path, "read", &error, "merge reads regular files only"),
                why => stop!("{}: {why}; delete it and repeat the command with its --shard", path.display()),
            })?);
        }
        let first = &shards[0];
        for shard in &shards {
            refuse_stranger(first, shard)?;
        }
        shards.sort_by_key(|shard| shard.head.shard);
        if let Some([one, other]) =
            shards.array_windows().find(|[one, other]| one.head.shard == other.head.shard)
        {
            return Err(stop!(
                "{} and {} are both shard {}; delete one of them",
                one.path.display(),
                other.path.display(),
                one.head.shard
            ));
        }
        refuse_gaps(&shards)?;
        Ok(Self { question: shards[0].question.clone(), shards })
    }

    /// Returns the results of every shard. Errors if the results of one cannot be decoded.
    pub fn found<T: for<'de> Deserialize<'de>>(&self) -> Result<Vec<T>, Stop> {
        let found = self.shards.iter().map(|shard| {
            T::deserialize(&shard.found).map_err(|error| {
                stop!(
                    "{}: it is damaged: {error}; delete it and simulate it again: {}",
                    shard.path.display(),
                    shard.question.typed(shard.head.shard)
                )
            })
        });
        found.collect()
    }
}

/// Refuses a `shard` of another study than that of the shard `first`, or of another version of the program.
fn refuse_stranger(first: &ShardFile, shard: &ShardFile) -> Result<(), Stop> {
    let path = shard.path.display();
    if let Some(unlike) = shard.head.unlike_here() {
        return Err(stop!(
            "{path}: {unlike}; merge with that program, or simulate the shard again with this one"
        ));
    }
    let of = |shard: &ShardFile| shard.head.shard.of;
    let unlike = first.question.unlike(&shard.question).or_else(|| {
        (of(first) != of(shard)).then(|| format!("one has {} shards, the other has {}", of(first), of(shard)))
    });
    match unlike {
        None => Ok(()),
        Some(why) => Err(stop!(
            "{} and {path} are from different studies: {why}; write the folder of one study, or delete one of them",
            first.path.display()
        )),
    }
}

/// Refuses a study with missing shards. The error lists the commands that simulate them.
fn refuse_gaps(shards: &[ShardFile]) -> Result<(), Stop> {
    let (question, of) = (&shards[0].question, shards[0].head.shard.of);
    let all = (1..=of).map(|number| Shard { number, of });
    let is_there = |shard: &Shard| shards.iter().any(|there| there.head.shard == *shard);
    let missing: Vec<Shard> = all.filter(|shard| !is_there(shard)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let folder = shards[0].path.parent().unwrap_or(Path::new("."));
    let commands = missing.iter().take(LISTED).map(|shard| format!("\n  {}", question.typed(*shard)));
    let more = match missing.len().saturating_sub(LISTED) {
        0 => String::new(),
        n => format!("\n  and {n} more"),
    };
    Err(stop!(
        "{} of {of} shards are missing in {}; these commands simulate them, with the --out of the others:{}{more}",
        missing.len(),
        folder.display(),
        commands.collect::<String>()
    ))
}
