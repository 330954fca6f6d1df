//! `--annotate`: findings where a review shows them.
//!
//! In: [`Annotation`]s, the environment of a CI job. Out: workflow commands, the step summary, a code
//! quality report. Not here: their formats (`report::batch`).

use super::args::Annotate;
use super::{files, terminal};
use crate::report::batch::{Annotation, github_commands, gitlab_report};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// File name under which GitLab's examples upload it.
const CODE_QUALITY: &str = "gl-code-quality-report.json";

/// Shows `annotations` and, where there is such a place, `summary`. A summary that cannot be written
/// is said and is no fault: the batch itself is done.
///
/// GitHub's commands go to standard error, which its runner reads too, so that standard output stays
/// what was asked for. GitLab's report is written to `folder`.
pub(super) fn annotate(
    how: Annotate,
    mut annotations: Vec<Annotation>,
    summary: Option<&str>,
    folder: &Path,
) -> Result<(), String> {
    match service(how) {
        Annotate::Auto => Ok(()),
        Annotate::Github => {
            from_root(&mut annotations, "GITHUB_WORKSPACE");
            terminal::command(&github_commands(&annotations));
            let file = variable("GITHUB_STEP_SUMMARY");
            if let (Some(file), Some(summary)) = (file, summary) {
                append(Path::new(&file), summary).unwrap_or_else(|why| {
                    terminal::say(&format!("note: no step summary: {why}\n"));
                });
            }
            Ok(())
        }
        Annotate::Gitlab => {
            from_root(&mut annotations, "CI_PROJECT_DIR");
            files::write(
                &folder.join(CODE_QUALITY),
                gitlab_report(&annotations).as_bytes(),
            )
        }
    }
}

/// The service in whose job this runs, where that is asked for and there is one.
fn service(how: Annotate) -> Annotate {
    let is_true = |name: &str| variable(name).is_some_and(|value| value == "true");
    match how {
        Annotate::Auto if is_true("GITHUB_ACTIONS") => Annotate::Github,
        Annotate::Auto if is_true("GITLAB_CI") => Annotate::Gitlab,
        how => how,
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Services know files from the root of the repository, whatever folder the job works in.
fn from_root(annotations: &mut [Annotation], variable_of_root: &str) {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let root = variable(variable_of_root).map(PathBuf::from);
    let root = root.and_then(|root| root.canonicalize().ok());
    let (Ok(here), Some(root)) = (here, root) else {
        return;
    };
    for annotation in annotations {
        if let Some(file) = below(&root, &here, &annotation.file) {
            if let Some(place) = &mut annotation.place {
                place.file.clone_from(&file);
            }
            annotation.file = file;
        }
    }
}

/// `file`, as seen from `here`, as seen from `root`; none if it is not below.
fn below(root: &Path, here: &Path, file: &str) -> Option<String> {
    let path = here.join(file);
    let folder = path.parent()?.canonicalize().ok()?;
    let path = folder.join(path.file_name()?);
    let path = path.strip_prefix(root).ok()?.to_string_lossy().into_owned();
    Some(match cfg!(windows) {
        true => path.replace('\\', "/"),
        false => path,
    })
}

/// Adds a text to a file that other steps write as well.
fn append(file: &Path, text: &str) -> Result<(), String> {
    let opened = OpenOptions::new().append(true).create(true).open(file);
    opened
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| format!("cannot write {}: {}", file.display(), files::reason(&error)))
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
