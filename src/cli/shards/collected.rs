//! All shards of one study, each once.
//!
//! In: paths. Out: [`Collected`], or an error on missing, duplicate, foreign or damaged shards with the
//! remedy. Not here: the merged study (`merge`).

use super::file::{self, ShardFile};
use super::question::Question;
use crate::cli::terminal;
use crate::engine::Unusable;
use crate::study::Shard;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Largest number of missing shards that a message lists with their commands.
const LISTED: usize = 5;

/// All shards of a comparison or sensitivity study, in the order of their numbers.
pub(in crate::cli) struct Collected {
    pub question: Question,
    shards: Vec<ShardFile>,
}

impl Collected {
    /// Reads the shards at `paths`, which must not be empty. Errors unless they are all shards of one study,
    /// each once.
    pub fn read(paths: &[PathBuf]) -> Result<Self, String> {
        let mut shards = Vec::with_capacity(paths.len());
        for path in paths {
            let shown = path.display();
            shards.push(file::read(path).map_err(|fault| match fault {
                Unusable::Unread(error) => {
                    format!(
                        "cannot read {shown}: {}; merge reads regular files only",
                        terminal::reason(&error)
                    )
                }
                why => format!("{shown}: {why}; delete it and repeat the command with its --shard"),
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
            return Err(format!(
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
    pub fn found<T: for<'de> Deserialize<'de>>(&self) -> Result<Vec<T>, String> {
        let found = self.shards.iter().map(|shard| {
            T::deserialize(&shard.found).map_err(|error| {
                format!(
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
fn refuse_stranger(first: &ShardFile, shard: &ShardFile) -> Result<(), String> {
    let path = shard.path.display();
    if let Some(unlike) = shard.head.unlike_here() {
        return Err(format!(
            "{path}: {unlike}; merge with that program, or simulate the shard again with this one"
        ));
    }
    let unlike = first.question.unlike(&shard.question);
    let of = |shard: &ShardFile| shard.head.shard.of;
    let unlike = unlike.or_else(|| {
        (of(first) != of(shard)).then(|| format!("one has {} shards, the other has {}", of(first), of(shard)))
    });
    match unlike {
        None => Ok(()),
        Some(why) => Err(format!(
            "{} and {path} are from different studies: {why}; write the folder of one study, or delete one of them",
            first.path.display()
        )),
    }
}

/// Refuses a study with missing shards. The error lists the commands that simulate them.
fn refuse_gaps(shards: &[ShardFile]) -> Result<(), String> {
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
    Err(format!(
        "{} of {of} shards are missing in {}; these commands simulate them, with the --out of the others:{}{more}",
        missing.len(),
        folder.display(),
        commands.collect::<String>()
    ))
}
