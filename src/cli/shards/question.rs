//! The question of a study in full: with it, the user's files are no longer needed.
//!
//! In: arguments and the texts of files. Out: [`Question`]. Not here: the findings (`file`).

use crate::cli::compare::Attribution;
use crate::cli::load::{How, Loaded, Texts};
use crate::cli::{Stop, args, load, terminal};
use crate::study::Shard;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};

/// A command whose runs several machines can share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::cli) enum Study {
    Sensitivity,
    Compare,
}

impl fmt::Display for Study {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// A command to share among machines, with all that its results depend on. Each shard stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Question {
    pub command: Study,
    /// Paths of the scenario files as the user typed them.
    pub files: Vec<String>,
    pub set: Vec<String>,
    pub paths: Option<String>,
    pub seed: Option<String>,
    /// Value of `--base` of a comparison, if any.
    pub base: Option<String>,
    #[serde(flatten)]
    pub why: Attribution,
    /// Texts of all files that were read, including bases and data.
    pub texts: Texts,
}

impl Question {
    /// Creates the study of `command` about the scenario files `files`, whose content has been read as `loaded`.
    pub fn new(command: Study, files: &[PathBuf], edits: &args::Edits, loaded: &[Loaded]) -> Self {
        let files = files.iter().map(|file| file.to_string_lossy().into_owned());
        let texts = loaded.iter().flat_map(|one| &one.texts);
        Self {
            command,
            files: files.collect(),
            set: edits.assignments.clone(),
            paths: edits.paths.clone(),
            seed: edits.seed.clone(),
            base: None,
            why: Attribution::default(),
            texts: texts.map(|text| (text.name.clone(), text.text.clone())).collect(),
        }
    }

    /// Reads the scenarios from the stored texts, whatever the files contain now. Errors if they have faults.
    pub fn loaded(&self) -> Result<Vec<Loaded>, Stop> {
        let files: Vec<PathBuf> = self.files.iter().map(PathBuf::from).collect();
        let how = match self.command {
            Study::Compare => How::of_compare(files.len()),
            Study::Sensitivity => How::AsWritten,
        };
        load::load(&files, &self.edits(), how, Some(&self.texts))
    }

    fn edits(&self) -> args::Edits {
        args::Edits { assignments: self.set.clone(), paths: self.paths.clone(), seed: self.seed.clone() }
    }

    /// Digest of all inputs of the study, by which its shards recognize each other.
    pub fn digest(&self) -> String {
        let text = serde_json::to_string(self).expect("keys are texts");
        blake3::hash(text.as_bytes()).to_hex().to_string()
    }

    /// Command line that simulates `shard` of this study.
    pub fn typed(&self, shard: Shard) -> String {
        let mut words = vec!["tailwheel".to_owned(), self.command.to_string()];
        words.extend(self.files.iter().map(|file| terminal::quoted(file)));
        words.extend(self.options());
        format!("{} --shard {shard}", words.join(" "))
    }

    /// Options of the command as the user would type them, without `--shard`.
    fn options(&self) -> Vec<String> {
        let mut all = self.edits().typed();
        for (name, value) in [("base", &self.base), ("why", &self.why.measure)] {
            all.extend(value.iter().map(|value| format!("--{name} {}", terminal::quoted(value))));
        }
        all.extend(self.why.none.then(|| "--no-why".to_owned()));
        all
    }

    /// Text on the first difference between this question, read from a file, and `other`, which the user asks
    /// now; `None` if there is none.
    pub fn unlike(&self, other: &Self) -> Option<String> {
        let listed = |words: &[String]| if words.is_empty() { "none".to_owned() } else { words.join(" ") };
        let commands = [self, other].map(|one| one.command.to_string());
        let files = [self, other].map(|one| listed(&one.files));
        let options = [self, other].map(|one| listed(&one.options()));
        let kinds =
            [("the command differs", commands), ("the files differ", files), ("the options differ", options)];
        if let Some((what, [theirs, ours])) = kinds.into_iter().find(|(_, [theirs, ours])| theirs != ours) {
            return Some(format!("{what} ({theirs}; {ours})"));
        }
        let mut places = self.texts.keys().chain(other.texts.keys()).filter_map(|name| {
            let text = |one: &Self| one.texts.get(name).cloned().unwrap_or_default();
            Some((name, first_other_line(&text(self), &text(other))?))
        });
        let (name, line) = places.next()?;
        Some(format!("line {line} of {} differs", load::shown(Path::new(name))))
    }
}

/// Number, from 1, of the first line that differs; `None` if the texts are equal.
fn first_other_line(one: &str, other: &str) -> Option<usize> {
    if one == other {
        return None;
    }
    let lines = one.lines().zip(other.lines());
    Some(1 + lines.take_while(|(one, other)| one == other).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question() -> Question {
        let edits = args::Edits {
            assignments: vec!["owner.spending=5 %".to_owned()],
            paths: Some("2e4".to_owned()),
            seed: None,
        };
        let texts = Texts::from([("a.toml".to_owned(), "x = 1\ny = 2\n".to_owned())]);
        Question { texts, ..Question::new(Study::Compare, &[PathBuf::from("a.toml")], &edits, &[]) }
    }

    #[test]
    fn what_is_typed_is_what_was_asked() {
        let typed = question().typed(Shard { number: 2, of: 3 });
        assert_eq!(typed, "tailwheel compare a.toml --set 'owner.spending=5 %' --paths 2e4 --shard 2/3");
    }

    #[test]
    fn the_first_difference_is_named() {
        let asked = question();
        assert_eq!(asked.unlike(&asked), None);
        let mut other = question();
        other.texts.insert("a.toml".to_owned(), "x = 1\ny = 3\n".to_owned());
        assert_eq!(other.unlike(&asked).as_deref(), Some("line 2 of a.toml differs"));
        other.texts.clear();
        assert_eq!(other.unlike(&asked).as_deref(), Some("line 1 of a.toml differs"));
        other.seed = Some("7".to_owned());
        let options = "--set 'owner.spending=5 %' --paths 2e4";
        assert_eq!(other.unlike(&asked), Some(format!("the options differ ({options} --seed 7; {options})")));
        other.command = Study::Sensitivity;
        let said = other.unlike(&asked);
        assert_eq!(said.as_deref(), Some("the command differs (sensitivity; compare)"));
        assert_ne!(other.digest(), asked.digest());
    }
}
