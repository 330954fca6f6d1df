//! `--annotate`: shows findings at their lines in a code review.
//!
//! In: [`Annotation`]s, the environment of a CI job. Out: workflow commands, the step summary. Not here:
//! their formats (`report::batch`).

use super::args::Annotate;
use super::terminal;
use crate::page::Rendered;
use crate::report::batch::{Annotation, github_commands};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// Prints `annotations` as workflow commands, and appends `summary` to the step summary if the job has one. A
/// summary that cannot be written is only noted, because the batch itself is done.
///
/// The commands go to standard error, which GitHub's runner reads too, so that standard output keeps the
/// requested result.
pub(super) fn annotate(how: Annotate, mut annotations: Vec<Annotation<'_>>, summary: Option<&Rendered>) {
    let is_github = variable("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    if how == Annotate::Auto && !is_github {
        return;
    }
    from_root(&mut annotations, "GITHUB_WORKSPACE");
    terminal::command(&github_commands(&annotations));
    let file = variable("GITHUB_STEP_SUMMARY");
    if let (Some(file), Some(summary)) = (file, summary) {
        // other steps of the job write to this file too
        let opened = OpenOptions::new().append(true).create(true).open(&file);
        if let Err(error) = opened.and_then(|mut into| into.write_all(&summary.clone().into_bytes())) {
            let why = terminal::reason(&error);
            terminal::say(&format!("note: no step summary: cannot write {file}: {why}\n"));
        }
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Makes file names relative to the root of the repository, as a code review needs them, whatever the job's
/// working folder.
fn from_root(annotations: &mut [Annotation<'_>], variable_of_root: &str) {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let root = variable(variable_of_root).and_then(|root| Path::new(&root).canonicalize().ok());
    let (Ok(here), Some(root)) = (here, root) else {
        return;
    };
    for annotation in annotations {
        if let Some(file) = below(&root, &here, &annotation.file) {
            annotation.file = file;
        }
    }
}

/// Returns `file`, given relative to `here`, as a path relative to `root`; `None` if it is not inside `root`.
fn below(root: &Path, here: &Path, file: &str) -> Option<String> {
    let path = here.join(file);
    let path = path.parent()?.canonicalize().ok()?.join(path.file_name()?);
    let path = path.strip_prefix(root).ok()?.to_string_lossy().into_owned();
    Some(if cfg!(windows) { path.replace('\\', "/") } else { path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_from_the_root_of_the_repository() {
        let root = tempfile::TempDir::new().unwrap();
        let root = root.path().canonicalize().unwrap();
        let here = root.join("models");
        std::fs::create_dir_all(here.join("ci")).unwrap();
        let seen = |file: &str| below(&root, &here, file);
        assert_eq!(seen("ci/a.toml").as_deref(), Some("models/ci/a.toml"));
        assert_eq!(seen("./a.toml").as_deref(), Some("models/a.toml"));
        assert_eq!(seen("../a.toml").as_deref(), Some("a.toml"));
        assert_eq!(seen("../../a.toml"), None);
        assert_eq!(seen("/a.toml"), None);
    }
}
