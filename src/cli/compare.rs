//! The `compare` command: compares scenarios that use common random numbers.

mod runs;

use super::args::{self, RunArguments};
use super::load::{How, Loaded};
use super::merge::Merge;
use super::output_folder::OutputFolder;
use super::shards::{Collected, Question, RequestedShard, Study};
use super::{Exit, Stop, load, simulate, stop, terminal};
use crate::figure::counted;
use crate::report::compare::{Comparison, fewest_paths};
use crate::report::{Format, to_json};
use crate::scenario::Scenario;
use crate::stats::{MEASURES, Meant, Measure, Verdict, is_paired, look_up, meant};
use crate::study::{Job, Lab, NamedFile, NotCompared, Shard, Sides};
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Formats of a comparison.
pub(super) const FORMATS: &[Format<Comparison>] = &[
    Format::SCREEN,
    Format { id: "json", help: "compare.json", print: Some(to_json) },
    Format { id: "markdown", help: "compare.md", print: Some(|found| found.markdown().into_text()) },
];

/// Compare scenarios that use common random numbers
#[derive(Debug, Args)]
pub(super) struct Compare {
    /// The base file and the files to compare with it, or one file with variants
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The base: a case of the file, or a file name without its ending [default: the first]
    #[arg(long, value_name = "ID")]
    pub base: Option<String>,
    #[command(flatten)]
    pub why: Attribution,
    /// Exit with code 1 if the comparison finds this
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    /// Format to print [default: text]
    #[arg(long, value_name = "FORMAT", value_parser = args::formats(FORMATS))]
    pub format: Option<&'static Format<Comparison>>,
    /// Simulate only shard I of N and write one file for `merge` [--out is then shards]
    #[arg(long, value_name = "I/N", conflicts_with_all = ["fail_on", "format", "no_charts", "dark"])]
    pub shard: Option<Shard>,
    #[command(flatten)]
    pub work: RunArguments,
    /// Write no charts
    #[arg(long)]
    pub no_charts: bool,
}

/// The requested attribution of differences to edited keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
pub(super) struct Attribution {
    /// Attribute the difference of this measure to the edited keys, e.g. loss.probability
    /// [default: with one case, the first measure of the screen that differs]
    #[arg(long = "why", value_name = "MEASURE")]
    #[serde(rename = "why")]
    pub measure: Option<String>,
    /// Attribute nothing; the attribution costs a run per edited key
    #[arg(long = "no-why", conflicts_with = "measure")]
    #[serde(rename = "no_why")]
    pub none: bool,
}

impl Attribution {
    /// True if differences are to be attributed to edits. A comparison of several new scenarios attributes
    /// only on request, since each edited key costs a run.
    pub fn is_asked(&self, n_new: usize) -> bool {
        self.measure.is_some() || (!self.none && n_new == 1)
    }
}

/// Findings that fail a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// A measure of the screen is significantly worse than in the base
    Worse,
    /// A measure of the screen differs significantly from the base
    Different,
    /// Any number differs from the base, even by one bit
    Any,
}

/// Compares the scenarios of the arguments. With `--shard`, simulates one shard and writes its results,
/// unless its file exists already.
pub(super) fn run(arguments: &Compare) -> Result<Exit, Stop> {
    let (work, why) = (&arguments.work, &arguments.why);
    check(why.measure.as_deref())?;
    let loaded = load::load(&arguments.files, &work.edits, How::of_compare(arguments.files.len()), None)?;
    let sides = sides(&loaded, arguments.base.as_deref()).map_err(|why| why.to_string())?;
    let folder = work.out.join(folder(&sides));
    if let Some(shard) = arguments.shard {
        let question = Question {
            base: arguments.base.clone(),
            why: why.clone(),
            ..Question::new(Study::Compare, &arguments.files, &work.edits, &loaded)
        };
        let asked = RequestedShard { shard, question, folder, out: &work.out };
        return asked.answer(work.threads, |lab| {
            check_memory(lab, &sides)?;
            runs::shard(lab, &sides, why, shard)
        });
    }
    refuse_blind(arguments.fail_on, &sides)?;
    let lab = simulate::lab_of_one(work.threads)?;
    check_memory(&lab, &sides)?;
    let target = OutputFolder::of(work, folder, arguments.no_charts);
    target.probe()?;
    let found = Comparison { edits: work.edits.assignments.clone(), ..runs::compared(&lab, &sides, why)? };
    let comparison = found.as_written();
    show(&lab, &target, &comparison, arguments.format.unwrap_or(&Format::SCREEN), arguments.fail_on)
}

/// Merges the results of all shards of a comparison, and writes and prints it.
pub(super) fn merge(collected: &Collected, arguments: &Merge) -> Result<Exit, Stop> {
    let question = &collected.question;
    let loaded = question.loaded()?;
    let sides = sides(&loaded, question.base.as_deref()).map_err(|why| why.to_string())?;
    refuse_blind(arguments.fail_on, &sides)?;
    let target = OutputFolder::of_merge(arguments, arguments.out().join(folder(&sides)));
    target.probe()?;
    let lab = simulate::lab_of_one(arguments.threads)?;
    let found = runs::merged(&sides, &question.why, collected.found()?)?;
    let comparison = Comparison { edits: question.set.clone(), ..found }.as_written();
    show(&lab, &target, &comparison, arguments.format(FORMATS), arguments.fail_on)
}

/// Returns the scenarios to compare. `asked` names the base; `None` is the first scenario.
///
/// Errors if no scenario is called `asked`, or if the scenarios cannot be compared.
fn sides<'a>(loaded: &'a [Loaded], asked: Option<&str>) -> Result<Sides<'a>, NotCompared> {
    let sides = match loaded {
        [one] => Sides::of_cases(&one.file, &one.study, asked)?,
        several => {
            let paths: Vec<&Path> = several.iter().map(|one| one.file.as_path()).collect();
            let named = |(one, name): (&'a Loaded, _)| NamedFile { file: &one.file, study: &one.study, name };
            Sides::of_files(several.iter().zip(names_of(&paths)).map(named), asked)?
        }
    };
    sides.check()?;
    Ok(sides)
}

/// Refuses a new scenario that does not fit into memory together with the base.
fn check_memory(lab: &Lab, sides: &Sides<'_>) -> Result<(), Stop> {
    for side in sides.all() {
        let scenario = Scenario { paths: sides.base.case.scenario.paths, ..side.case.scenario.clone() };
        let bytes = simulate::bytes_of_pictures(lab);
        simulate::check(lab, &Job::of_base(&scenario, bytes), side.file)?;
    }
    Ok(())
}

/// Writes and prints a comparison. Returns the exit code that `--fail-on` asks for.
fn show(
    lab: &Lab,
    target: &OutputFolder<'_>,
    comparison: &Comparison,
    format: &Format<Comparison>,
    fail_on: Option<FailOn>,
) -> Result<Exit, Stop> {
    let pictures = target.drawn(lab, || comparison.sketches());
    let json = to_json(comparison);
    let page = comparison.markdown().into_text();
    let texts = [("compare.json", Some(json.as_str())), ("compare.md", Some(page.as_str()))];
    target.write(lab, &texts, &pictures)?;
    let shown = match format.print {
        Some(print) => terminal::print(&print(comparison)),
        None => target.print(|form| comparison.screen(form), &texts, &pictures, ", "),
    };
    shown?;
    Ok(if is_found(fail_on, comparison) { Exit::No } else { Exit::Done })
}

/// Refuses `--fail-on` with too few paths for a significant difference: it would pass whatever the paths
/// show.
fn refuse_blind(fail_on: Option<FailOn>, sides: &Sides<'_>) -> Result<(), Stop> {
    let (paths, fewest) = (sides.base.case.scenario.paths, fewest_paths(sides.new.len()));
    if matches!(fail_on, None | Some(FailOn::Any)) || paths >= fewest.into() {
        return Ok(());
    }
    let paths = counted(paths as usize, "path");
    Err(stop!(
        "--fail-on cannot fail with {paths}: a verdict needs at least {fewest}; write more, e.g. --paths 10000, \
         or compare single bits with --fail-on any"
    ))
}

/// True if the comparison has the kind of difference that `fail_on` selects.
fn is_found(fail_on: Option<FailOn>, comparison: &Comparison) -> bool {
    let mut verdicts = comparison.cases.iter().flat_map(|case| case.headline.values());
    match fail_on {
        None => false,
        Some(FailOn::Worse) => verdicts.any(|found| *found == Verdict::Worse),
        Some(FailOn::Different) => verdicts.any(|found| found.is_clear()),
        Some(FailOn::Any) => !comparison.is_equal(),
    }
}

/// Refuses an unknown measure, and one whose value a single path does not have.
fn check(measure: Option<&str>) -> Result<(), Stop> {
    let Some(id) = measure else { return Ok(()) };
    measure_of(id)?;
    if is_paired(id) {
        Ok(())
    } else {
        Err(stop!("`{id}` cannot be compared path by path, because a single path has no such value"))
    }
}

/// Returns the measure called `id`. The error suggests an existing id.
pub(super) fn measure_of(id: &str) -> Result<&'static Measure, Stop> {
    let ids = MEASURES.iter().map(|measure| measure.id.as_str());
    look_up(id).ok_or_else(|| {
        let remedy = match meant(id, ids) {
            Some(Meant { id: near, is_opposite: true }) => {
                format!(": write `{near}` and turn the limit around, because success is 100 % minus ruin")
            }
            Some(Meant { id: near, .. }) => format!("; did you mean `{near}`?"),
            None => "; `tailwheel explain measures` lists all".to_owned(),
        };
        stop!("there is no measure `{id}`{remedy}")
    })
}

/// Name of the folder for the results, made of the names of the compared scenarios or of their file.
fn folder(sides: &Sides<'_>) -> String {
    let base = slug(&sides.base.case.id);
    match (sides.stem, sides.new.as_slice()) {
        (Some(stem), [_, _, ..]) => format!("compare-{}", slug(stem)),
        (None, [first, rest @ ..]) if !rest.is_empty() => {
            let first = slug(&first.case.id);
            format!("compare-{base}-{first}-and-{}", rest.len())
        }
        (_, new) => {
            let new = new.iter().map(|new| slug(&new.case.id));
            format!("compare-{base}-{}", new.collect::<String>())
        }
    }
}

/// Replaces characters of `id` that a file system may refuse by `-`.
fn slug(id: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() || "._".contains(c) { c } else { '-' };
    id.chars().map(letter).collect()
}

/// Names of the compared files: the stem of each. Files with equal stems get the name of the first folder in which
/// their paths differ. If names still coincide, all files get their paths.
fn names_of(files: &[&Path]) -> Vec<String> {
    let root = files[0].ancestors().skip(1).find(|folder| files.iter().all(|file| file.starts_with(folder)));
    let name = |file: &&Path| {
        let stem = file.file_stem();
        let is_alone = files.iter().filter(|other| other.file_stem() == stem).count() == 1;
        let below = file.strip_prefix(root?).ok()?.components().next()?;
        let name =
            if is_alone || Some(below.as_os_str()) == file.file_name() { stem? } else { below.as_os_str() };
        Some(name.to_string_lossy().into_owned())
    };
    let names: Option<Vec<String>> = files.iter().map(name).collect();
    let is_apart = |names: &Vec<String>| BTreeSet::from_iter(names).len() == files.len();
    let whole = || files.iter().map(|file| file.display().to_string());
    names.filter(is_apart).unwrap_or_else(|| whole().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(files: &[&str]) -> Vec<String> {
        let files: Vec<&Path> = files.iter().map(Path::new).collect();
        names_of(&files)
    }

    #[test]
    fn files_are_named_by_what_differs() {
        assert_eq!(named(&["a/base.toml", "b/new.toml"]), ["base", "new"]);
        assert_eq!(named(&["sc/defi.toml", "defi.toml", "sc/saas.toml"]), ["sc", "defi", "saas"]);
        assert_eq!(named(&["/h/main/s/a.toml", "/h/mine/s/a.toml"]), ["main", "mine"]);
        assert_eq!(
            named(&["m/a/a.toml", "m/b/a.toml", "n/c.toml"]),
            ["m/a/a.toml", "m/b/a.toml", "n/c.toml"]
        );
    }
}
