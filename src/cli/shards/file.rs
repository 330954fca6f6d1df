//! The file of a shard, in three lines: a header, the full question, the findings.
//!
//! In: a question and its findings. Out: a file that is complete or absent; a shard that was read. Not here:
//! the set of shards of a study (`shards`).
//!
//! ```text
//! {"schema":"tailwheel-shard/1",… program, versions, command …,"number":2,"of":5,"asked":…,"check":…}
//! {"question":{… options, texts of all files …},"check":…}
//! {"found":{… numbers …},"check":…}
//! ```

use super::question::{Question, Study};
use crate::cli::{Stop, files};
use crate::engine::Unusable;
use crate::page::PROGRAM;
use crate::report::VALUE_VERSION;
use crate::report::batch::{FileKind, LineFault, Lines, line};
use crate::study::Shard;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::path::{Path, PathBuf};

const SCHEMA: &str = "tailwheel-shard/1";
const KIND: FileKind = FileKind {
    schema: SCHEMA,
    name: "shard",
    writer: "sensitivity --shard",
    remedy: "simulate the shard again",
};
const ENDING: &str = "shard";
/// Largest size in bytes of a shard that is read.
const LARGEST: u64 = 1_000_000_000;

/// First line of the file of a shard, in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShardHead {
    schema: String,
    pub program: String,
    pub value_version: u32,
    command: Study,
    #[serde(flatten)]
    pub shard: Shard,
    /// Digest of the [`Question`] that the shard belongs to.
    asked: String,
}

#[derive(Serialize, Deserialize)]
struct QuestionLine {
    question: Question,
}

#[derive(Serialize, Deserialize)]
struct FindingsLine<T> {
    found: T,
}

/// A shard of a study with its results, as read from its file.
pub(super) struct ShardFile {
    pub path: PathBuf,
    pub head: ShardHead,
    pub question: Question,
    pub found: Value,
}

/// True if the path has the extension of a shard's file.
pub(in crate::cli) fn is_shard(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == ENDING)
}

/// File name of a shard, such as `00002-of-00005.shard`.
pub(super) fn name(shard: Shard) -> String {
    format!("{:05}-of-{:05}.{ENDING}", shard.number, shard.of)
}

impl ShardHead {
    pub fn new(shard: Shard, question: &Question) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            program: PROGRAM.to_owned(),
            value_version: VALUE_VERSION,
            command: question.command,
            shard,
            asked: question.digest(),
        }
    }

    /// Text on how the program that wrote the shard differs from this one; `None` if their results can be
    /// combined.
    pub fn unlike_here(&self) -> Option<String> {
        let [theirs, ours] = [(self.program.as_str(), self.value_version), (PROGRAM, VALUE_VERSION)]
            .map(|(program, version)| format!("{program}, results version {version}"));
        (theirs != ours).then(|| format!("it is from {theirs}, but this is {ours}"))
    }
}

/// Writes a shard into `folder`, `out` or below it, completely or not at all.
pub(super) fn write(
    folder: &Path,
    out: &Path,
    shard: Shard,
    question: &Question,
    found: &impl Serialize,
) -> Result<(), Stop> {
    let asked = QuestionLine { question: question.clone() };
    let head = line(&ShardHead::new(shard, question));
    let text = head + &line(&asked) + &line(&FindingsLine { found });
    files::write_all(folder, out, &[(&name(shard), text.as_bytes())])
}

/// Reads a shard and verifies the checksums of all of its lines.
pub(super) fn read(path: &Path) -> Result<ShardFile, Unusable> {
    let bytes = files::read_plain(path, LARGEST).map_err(Unusable::Unread)?;
    let text = String::from_utf8(bytes).map_err(|_| damaged("it is not UTF-8 text"))?;
    let mut lines = Lines::new(&text, &KIND).map_err(faulty)?;
    let head: ShardHead = valued(lines.head.clone())?;
    let mut next = || match lines.next_line().map_err(faulty)? {
        Some((_, value)) => Ok(value),
        None => Err(Unusable::Damaged("it is cut off: it does not have its three lines".to_owned())),
    };
    let QuestionLine { question } = valued(next()?)?;
    let FindingsLine { found } = valued(next()?)?;
    if text.matches('\n').count() != 3 || !text.ends_with('\n') {
        return Err(damaged("it does not end with its third line"));
    }
    if head
        != (ShardHead {
            program: head.program.clone(),
            value_version: head.value_version,
            ..ShardHead::new(head.shard, &question)
        })
        || !head.shard.is_valid()
    {
        return Err(damaged("its first line is not that of its question"));
    }
    Ok(ShardFile { path: path.to_owned(), head, question, found })
}

fn valued<T: for<'de> Deserialize<'de>>(value: Value) -> Result<T, Unusable> {
    serde_json::from_value(value).map_err(damaged)
}

fn damaged(why: impl fmt::Display) -> Unusable {
    Unusable::Damaged(format!("it is damaged: {why}"))
}

fn faulty(fault: LineFault) -> Unusable {
    let reason = if fault.is_version { Unusable::Version } else { Unusable::Damaged };
    reason(fault.to_string())
}
