//! `compare`: scenarios on the same random numbers.

use super::{Exit, args, files, finish, load, simulate, terminal};
use crate::figure::counted;
use crate::form::nearest;
use crate::random::Seeds;
use crate::report::Picture;
use crate::report::compare::{Comparing, Comparison, Side, fewest_paths};
use crate::report::edit::EditPart;
use crate::scenario::Scenario;
use crate::stats::{MEASURES, Measure, Verdict, is_paired, look_up};
use crate::study::{Base, Candidate, Lab, Sides, Task, Terms, steps};
use std::collections::BTreeSet;
use std::path::Path;

/// Compares what was named.
pub(super) fn run(arguments: &args::Compare) -> Result<Exit, Exit> {
    check(arguments.why.as_deref())?;
    let work = &arguments.work;
    let loaded = match arguments.files.len() {
        1 => load::load(&arguments.files, &work.edits.all()),
        _ => load::as_written(&arguments.files, &work.edits),
    };
    let loaded = loaded.ok_or(Exit::Failed)?;
    let asked = arguments.base.as_deref();
    let sides = match loaded.as_slice() {
        [one] => Sides::of_cases(&one.file, &one.study, asked)?,
        several => {
            let paths: Vec<&Path> = several.iter().map(|one| one.file.as_path()).collect();
            let named = several.iter().zip(names_of(&paths));
            let named = named.map(|(one, name)| (one.file.as_path(), &one.study, name));
            Sides::of_files(named, asked)?
        }
    };
    sides.check()?;
    refuse_blind(arguments.fail_on, &sides)?;
    let lab = simulate::lab_of_one(work.threads)?;
    for side in sides.all() {
        let scenario = Scenario {
            paths: sides.base.case.scenario.paths,
            ..side.case.scenario.clone()
        };
        let bytes = simulate::bytes_of_pictures(&lab);
        simulate::check(&lab, &Base::point(&scenario, bytes), side.file)?;
    }
    let folder = work.out.join(folder(&sides));
    files::probe(&folder, &work.out)?;
    let comparison = compared(&lab, &sides, arguments)?;
    let theme = finish::theme(work.dark);
    let drawn = match arguments.no_charts {
        true => Vec::new(),
        false => vec![
            simulate::drawn(&lab, || comparison.picture(theme, lab.stop)),
            simulate::drawn(&lab, || comparison.crossover_picture(theme, lab.stop)),
        ],
    };
    let pictures: Vec<Picture> = drawn.into_iter().flatten().collect();
    let json = comparison.to_json();
    let markdown = comparison.to_markdown();
    let texts = [
        ("compare.json", Some(json.as_str())),
        ("compare.md", Some(&markdown)),
    ];
    simulate::write(&lab, (&folder, &work.out), &texts, &pictures)?;
    let footer = footer(&folder, &pictures, comparison.seeds);
    let shown = show(arguments.format, &comparison, &json, &footer);
    Ok(ended(shown, arguments, &comparison))
}

/// Refuses to look for what so few paths never tell: it would pass whatever they show.
fn refuse_blind(fail_on: Option<args::FailOn>, sides: &Sides<'_>) -> Result<(), String> {
    let (paths, fewest) = (
        sides.base.case.scenario.paths,
        fewest_paths(sides.new.len()),
    );
    if matches!(fail_on, None | Some(args::FailOn::Any)) || paths >= fewest.into() {
        return Ok(());
    }
    let paths = counted(paths as usize, "path");
    Err(format!(
        "--fail-on would pass whatever differs: no verdict can come of {paths}, {fewest} are the fewest that tell \
         a difference from chance; simulate more, as in --paths 10000, or look for single bits, --fail-on any"
    ))
}

/// How the command ends once all of it is shown.
fn ended(shown: Exit, arguments: &args::Compare, comparison: &Comparison) -> Exit {
    let cases = comparison.cases.iter();
    let mut verdicts = cases.flat_map(|case| case.headline.values());
    let is_found = match arguments.fail_on {
        None => false,
        Some(args::FailOn::Worse) => verdicts.any(|found| *found == Verdict::Worse),
        Some(args::FailOn::Different) => verdicts.any(|found| found.is_difference()),
        Some(args::FailOn::Any) => !comparison.is_equal(),
    };
    match shown {
        Exit::Done if is_found => Exit::No,
        exit => exit,
    }
}

/// Runs all of `sides` beside their base; why they differ, of several only on request: each step is a run.
fn compared(lab: &Lab, sides: &Sides<'_>, arguments: &args::Compare) -> Result<Comparison, Exit> {
    let base = Base::run(lab, &sides.base.name, &sides.base.case.scenario)?;
    let of_base = side(&sides.base, &sides.base.case.scenario, &base.data);
    let mut comparing = Comparing::new(&sides.title, &of_base);
    let is_explained = arguments.why.is_some() || (!arguments.no_why && sides.new.len() == 1);
    // the runs themselves are kept only where their steps will be asked for
    let mut kept = Vec::new();
    for new in &sides.new {
        let (scenario, data) = base.beside(&new.name, &new.case.scenario)?;
        let edits = sides.base.case.document.edits_to(&new.case.document);
        let edits = EditPart::all(&edits, new.sources);
        let beside = side(new, &scenario, &data);
        let task = Task::new(format!("comparing {}", new.name), 1, "scenarios");
        let added = lab.work(task, |control| {
            let added = comparing.add(&of_base, &beside, edits, sides.remarks(new));
            (control.progress)(1);
            added
        });
        added.map_err(|why| why.to_string())?;
        kept.extend(is_explained.then_some(data));
    }
    let mut comparison = comparing.judged();
    for (place, (new, data)) in sides.new.iter().zip(&kept).enumerate() {
        let first = || comparison.first_difference(place).map(str::to_owned);
        let Some(measure) = arguments.why.clone().or_else(first) else {
            continue;
        };
        let (from, to) = (sides.base.case, new.case);
        let terms = Terms::from(&from.scenario);
        let is_usable = |scenario: &Scenario| Terms::from(scenario) == terms;
        let steps = steps(&from.document, &to.document, &to.id, is_usable);
        let Some(found) = base.attribution(steps, data, &measure)? else {
            let name = &new.name;
            return Err(format!("{name} or its base has no `{measure}` to explain").into());
        };
        if !found.steps.is_empty() {
            comparison.explain(place, &found, new.sources);
        }
    }
    Ok(comparison)
}

fn side<'a>(
    of: &'a Candidate<'_>,
    scenario: &'a Scenario,
    data: &'a crate::stats::Data,
) -> Side<'a> {
    Side {
        id: &of.case.id,
        name: &of.name,
        scenario,
        data,
    }
}

/// Whether a measure can be asked for.
fn check(measure: Option<&str>) -> Result<(), String> {
    let Some(id) = measure else { return Ok(()) };
    measure_of(id)?;
    match is_paired(id) {
        true => Ok(()),
        false => Err(format!(
            "`{id}` is no function of single paths, so it cannot be compared path by path"
        )),
    }
}

/// The measure of this id; what may be meant where there is none.
pub(super) fn measure_of(id: &str) -> Result<&'static Measure, String> {
    let ids = MEASURES.iter().map(|measure| measure.id.as_str());
    look_up(id).ok_or_else(|| match nearest(id, ids) {
        Some(near) => format!("there is no measure `{id}`; did you mean `{near}`?"),
        None => format!("there is no measure `{id}`; `tailwheel explain` lists them"),
    })
}

fn show(format: args::Shown, comparison: &Comparison, json: &str, footer: &str) -> Exit {
    match format {
        args::Shown::Json => terminal::print(json),
        args::Shown::Markdown => terminal::print(&comparison.to_markdown()),
        args::Shown::Text => {
            let text = comparison.pages().to_styled(terminal::width());
            terminal::print(&(text + footer))
        }
    }
}

/// Name of the folder of results.
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

/// A name that every file system takes.
fn slug(id: &str) -> String {
    let letter = |c: char| match c.is_alphanumeric() || "._".contains(c) {
        true => c,
        false => '-',
    };
    id.chars().map(letter).collect()
}

fn footer(folder: &Path, pictures: &[Picture], seeds: Seeds) -> String {
    let pictures = pictures.iter();
    let pictures: String = pictures
        .map(|picture| format!("  {}.svg and .png", picture.name))
        .collect();
    format!(
        "\n{}/\n  compare.json  compare.md{pictures}  {seeds}\n",
        folder.display()
    )
}

/// The stem of every file; of files with one stem the folder in which they part, or all of the path where they do so later.
fn names_of(files: &[&Path]) -> Vec<String> {
    let mut folders = files[0].ancestors().skip(1);
    let root = folders.find(|folder| files.iter().all(|file| file.starts_with(folder)));
    let name = |file: &&Path| {
        let stem = file.file_stem();
        let alike = files.iter().filter(|other| other.file_stem() == stem);
        let is_alone = alike.count() == 1;
        let below = file.strip_prefix(root?).ok()?.components().next()?;
        let name = match is_alone || Some(below.as_os_str()) == file.file_name() {
            true => stem?,
            false => below.as_os_str(),
        };
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
        assert_eq!(
            named(&["sc/defi.toml", "defi.toml", "sc/saas.toml"]),
            ["sc", "defi", "saas"]
        );
        assert_eq!(
            named(&["/h/main/s/a.toml", "/h/mine/s/a.toml"]),
            ["main", "mine"]
        );
        assert_eq!(
            named(&["m/a/a.toml", "m/b/a.toml", "n/c.toml"]),
            ["m/a/a.toml", "m/b/a.toml", "n/c.toml"]
        );
    }
}
