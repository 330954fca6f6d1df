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

use super::{Exit, files, interrupt, terminal};
use crate::study::Shard;
use file::{Fault, Head};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// A requested shard and the folder for its file.
pub(super) struct Asked<'a> {
    pub shard: Shard,
    pub question: Question,
    /// Folder of all shards of the study, inside `out`.
    pub folder: PathBuf,
    pub out: &'a Path,
}

impl Asked<'_> {
    fn path(&self) -> PathBuf {
        self.folder.join(file::name(self.shard))
    }

    /// Checks for an existing file of this shard. If it is complete, reports it and returns the exit code of
    /// that. `None` means that the shard is still to be simulated.
    ///
    /// Errors if the file answers another question or cannot be read, or if the folder cannot be written.
    pub fn is_there(&self) -> Result<Option<Exit>, Exit> {
        let path = self.path();
        let shown = path.display();
        if files::is_there(&path) {
            match file::read(&path) {
                Ok(found) => {
                    self.refuse_another(&found)?;
                    let said = format!(
                        "{shown} is there already and answers the same question; nothing was simulated\n"
                    );
                    return Ok(Some(terminal::print(&said)));
                }
                Err(Fault::Unreadable(why)) => {
                    return Err(format!(
                        "cannot read {shown}: {why}; remove it, or choose another folder with --out"
                    )
                    .into());
                }
                Err(Fault::Damaged(why)) => {
                    terminal::say(&format!("{shown}: {why}; it is simulated again\n"));
                }
            }
        }
        files::probe(&self.folder, self.out)?;
        Ok(None)
    }

    fn refuse_another(&self, found: &file::ShardFile) -> Result<(), String> {
        let unlike = found.question.unlike(&self.question);
        let unlike = unlike.or_else(|| found.head.unlike_here());
        let is_named_wrongly = || {
            let is_same = found.head == Head::new(self.shard, &self.question);
            (!is_same).then(|| format!("it is shard {}", found.head.shard))
        };
        match unlike.or_else(is_named_wrongly) {
            None => Ok(()),
            Some(why) => Err(format!(
                "{} answers another question: {why}; remove it, or choose another folder with --out",
                found.path.display()
            )),
        }
    }

    /// Writes the findings of the shard, and prints the path of the file and the command that merges.
    pub fn write(&self, found: &impl Serialize) -> Result<Exit, Exit> {
        file::write((&self.folder, self.out), self.shard, &self.question, found)?;
        interrupt::leaves("the shard is written");
        Ok(terminal::print(&format!(
            "{}\nresult of all {}: tailwheel merge {}\n",
            self.path().display(),
            self.shard.of,
            terminal::quoted(&self.folder.to_string_lossy())
        )))
    }
}
