//! Shards of a study: the share of one machine, and the study that all shards form.
//!
//! In: a question, the number of a shard. Out: one file for each shard; all shards read again. Not here:
//! simulating (`sensitivity`, `compare`), merging (`merge`).

mod collected;
mod file;
mod question;

pub(super) use collected::Collected;
pub(super) use file::is_shard;
pub(super) use question::{Question, Study};

use super::{Exit, files, simulate, terminal};
use crate::engine::Unusable;
use crate::study::{Lab, Shard};
use file::ShardHead;
use serde::Serialize;
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
        find: impl FnOnce(&Lab) -> Result<T, Exit>,
    ) -> Result<Exit, Exit> {
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
                    return Err(format!(
                        "cannot read {shown}: {}; remove it, or choose another folder with --out",
                        terminal::reason(&error)
                    )
                    .into());
                }
                Err(why) => terminal::say(&format!("{shown}: {why}; it is simulated again\n")),
            }
        }
        files::probe(&self.folder, self.out)?;
        let found = find(&simulate::lab_of_one(threads)?)?;
        file::write((&self.folder, self.out), self.shard, &self.question, &found)?;
        terminal::leaves("the shard is written");
        terminal::print(&format!(
            "{shown}\nresult of all {}: tailwheel merge {}\n",
            self.shard.of,
            terminal::quoted(&self.folder.to_string_lossy())
        ))
    }

    fn refuse_another(&self, found: &file::ShardFile) -> Result<(), String> {
        let is_named_rightly = || found.head == ShardHead::new(self.shard, &self.question);
        let unlike = found.question.unlike(&self.question).or_else(|| found.head.unlike_here());
        let unlike =
            unlike.or_else(|| (!is_named_rightly()).then(|| format!("it is shard {}", found.head.shard)));
        unlike.map_or(Ok(()), |why| {
            Err(format!(
                "{} answers another question: {why}; remove it, or choose another folder with --out",
                found.path.display()
            ))
        })
    }
}
