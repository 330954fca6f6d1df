//! Shards: what one machine of several does for a study, and the study of all of them.
//!
//! In: a question, a shard of it. Out: one file for each shard; all of them read again. Not here: what is simulated
//! (`sensitivity`, `compare`), what is made of them (`merge`).

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

/// A shard that is asked for, and where it goes.
pub(super) struct Asked<'a> {
    pub shard: Shard,
    pub question: Question,
    /// Folder of all shards of the study, in `out`.
    pub folder: PathBuf,
    pub out: &'a Path,
}

impl Asked<'_> {
    fn path(&self) -> PathBuf {
        self.folder.join(file::name(self.shard))
    }

    /// Prints that the shard is there already, if it is; else nothing is in its way.
    ///
    /// Errors if another question was answered there.
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

    /// Writes what was found, and prints where.
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
