//! Which scenarios are compared with which, and whether they can be.
//!
//! In: files as they were read. Out: [`Compared`]. Not here: running them (`super`).

use super::{Loaded, names};
use crate::form::SourceMap;
use crate::report::grouped;
use crate::scenario::{Case, Scenario};
use std::collections::BTreeSet;
use std::path::Path;

/// A scenario to run.
pub(super) struct Candidate<'a> {
    pub file: &'a Path,
    pub case: &'a Case,
    pub sources: &'a SourceMap,
    /// What the screen calls it.
    pub name: String,
}

/// A base and what is held beside it.
pub(super) struct Compared<'a> {
    pub title: String,
    pub base: Candidate<'a>,
    /// At least one.
    pub new: Vec<Candidate<'a>>,
    /// The file whose cases these are, without ending; none if they are of several files.
    stem: Option<String>,
}

/// The cases of one file, or the files as written.
pub(super) fn chosen<'a>(loaded: &'a [Loaded], base: Option<&str>) -> Result<Compared<'a>, String> {
    match loaded {
        [one] => cases(one, base),
        _ => files(loaded, base),
    }
}

fn cases<'a>(loaded: &'a Loaded, asked: Option<&str>) -> Result<Compared<'a>, String> {
    let study = &loaded.study;
    let shown = loaded.file.display();
    if !study.is_matrix {
        return Err(format!(
            "{shown} is one scenario: name a second file to compare it with, or give it variants \
             with [[variant]]"
        ));
    }
    let stem = &study.as_written.id;
    let ids = study.cases.iter().map(|case| short(&case.id, stem));
    let is_long = ids.map(|id| id.chars().count()).max() > Some(LONG_NAME);
    let labels = is_long.then(|| labels(&study.cases)).flatten();
    let candidate = |case: &'a Case| Candidate {
        file: &loaded.file,
        case,
        sources: &study.sources,
        name: match &labels {
            Some(_) if !case.choices.is_empty() => label(case),
            _ => short(&case.id, stem),
        },
    };
    let mut candidates: Vec<Candidate<'a>> = study.cases.iter().map(candidate).collect();
    let as_written = || Candidate {
        name: "as written".to_owned(),
        ..candidate(&study.as_written)
    };
    let is_meant = |case: &Case, asked: &str| {
        case.id == asked || short(&case.id, stem) == asked || label(case) == asked
    };
    let base = match asked {
        None if candidates.len() == 1 => as_written(),
        None => candidates.remove(0),
        Some(asked) if asked == stem || asked == "as written" => as_written(),
        Some(asked) => {
            let place = candidates.iter().position(|one| is_meant(one.case, asked));
            let known = || listed(candidates.iter().map(|one| one.name.as_str()));
            let place = place.ok_or_else(|| {
                format!(
                    "{shown} has no case `{asked}`; it has {}, and {stem} as written",
                    known()
                )
            })?;
            candidates.remove(place)
        }
    };
    if candidates.is_empty() {
        return Err(format!("{shown} has no case beside `{}`", base.name));
    }
    Ok(Compared {
        title: match labels {
            Some(axes) => format!("{} ({axes})", study.title),
            None => study.title.clone(),
        },
        base,
        new: candidates,
        stem: Some(stem.clone()),
    })
}

/// Names longer than this are cut to the labels of what is chosen.
const LONG_NAME: usize = 24;

/// `0.7,0,30000,keep`
fn label(case: &Case) -> String {
    let labels: Vec<&str> = case
        .choices
        .iter()
        .map(|(_, label)| label.as_str())
        .collect();
    labels.join(",")
}

/// What the labels of all cases are of, if they alone tell the cases apart.
fn labels(cases: &[Case]) -> Option<String> {
    let distinct: BTreeSet<String> = cases.iter().map(label).collect();
    let axes = cases.first()?.choices.iter().map(|(axis, _)| axis.as_str());
    let axes: Vec<&str> = axes.collect();
    (distinct.len() == cases.len()).then(|| axes.join(", "))
}

fn files<'a>(loaded: &'a [Loaded], asked: Option<&str>) -> Result<Compared<'a>, String> {
    let paths: Vec<&Path> = loaded.iter().map(|one| one.file.as_path()).collect();
    let named = names::of_files(&paths);
    let candidate = |(one, name): (&'a Loaded, String)| Candidate {
        file: &one.file,
        case: &one.study.as_written,
        sources: &one.study.sources,
        name,
    };
    let mut candidates: Vec<Candidate<'a>> = loaded.iter().zip(named).map(candidate).collect();
    let place = match asked {
        None => 0,
        Some(asked) => {
            let is_meant = |one: &Candidate<'_>| {
                one.name == asked || one.file == Path::new(asked) || one.case.id == asked
            };
            let known = || listed(candidates.iter().map(|one| one.name.as_str()));
            let place = candidates.iter().position(is_meant);
            place.ok_or_else(|| format!("`{asked}` is none of {}", known()))?
        }
    };
    for (index, one) in loaded.iter().enumerate() {
        if loaded[..index].iter().any(|other| other.file == one.file) {
            return Err(format!(
                "{} is named twice; name it once",
                one.file.display()
            ));
        }
    }
    let base = candidates.remove(place);
    let title = match candidates.as_slice() {
        [one] => one.case.scenario.title.clone(),
        several => format!("{} scenarios", several.len()),
    };
    Ok(Compared {
        title,
        base,
        new: candidates,
        stem: None,
    })
}

/// What of an id its file does not say.
fn short(id: &str, stem: &str) -> String {
    let rest = id
        .strip_prefix(stem)
        .and_then(|rest| rest.strip_prefix('/'));
    rest.unwrap_or(id).to_owned()
}

fn listed<'n>(all: impl Iterator<Item = &'n str>) -> String {
    const MOST: usize = 12;
    let all: Vec<&str> = all.collect();
    let said = all
        .iter()
        .take(MOST)
        .copied()
        .collect::<Vec<_>>()
        .join("; ");
    match all.len() {
        n if n > MOST => format!("{said}; and {} more", n - MOST),
        _ => said,
    }
}

impl<'a> Compared<'a> {
    /// Every scenario, the base first.
    pub fn all(&self) -> impl Iterator<Item = &Candidate<'a>> {
        std::iter::once(&self.base).chain(&self.new)
    }

    /// Whether amounts and dates of all mean the same; else what to do about it.
    pub fn check(&self) -> Result<(), String> {
        for new in &self.new {
            let (before, after) = (&self.base.case.scenario, &new.case.scenario);
            if let Some((what, was, is, remedy)) = unlike(before, after) {
                return Err(format!(
                    "{} and {} have different {what}: {was} and {is}; such figures do not compare: \
                     give both the same, as in --set '{remedy}'",
                    self.base.name, new.name
                ));
            }
        }
        Ok(())
    }

    /// What is said of one of them besides its figures: why `run` may give it others.
    pub fn remarks(&self, new: &Candidate<'_>) -> Vec<String> {
        let (base, own) = (&self.base.case.scenario, &new.case.scenario);
        let mut remarks = Vec::new();
        let seed = |scenario: &Scenario| scenario.seeds.to_string();
        let paths = |scenario: &Scenario| format!("{} paths", grouped(scenario.paths));
        let (before, after): (Vec<String>, Vec<String>) =
            [(seed(base), seed(own)), (paths(base), paths(own))]
                .into_iter()
                .filter(|(base, own)| base != own)
                .unzip();
        if !before.is_empty() {
            remarks.push(format!(
                "{}: simulated with the {} of the base; its own file says {}.",
                new.name,
                before.join(" and "),
                after.join(" and ")
            ));
        }
        if markets(own) != markets(base) {
            remarks.push(format!(
                "{}: its markets are not the base's, so `run` draws them in another order and gives \
                 it other figures, within sampling error.",
                new.name
            ));
        }
        remarks
    }

    /// Name of the folder of results.
    pub fn folder(&self) -> String {
        let new = match (&self.stem, self.new.as_slice()) {
            (_, [one]) => one.case.id.as_str(),
            (Some(stem), _) => return format!("compare-{}", slug(stem)),
            (None, [first, rest @ ..]) => {
                let (base, first) = (slug(&self.base.case.id), slug(&first.case.id));
                return format!("compare-{base}-{first}-and-{}", rest.len());
            }
            (None, []) => "nothing",
        };
        format!("compare-{}-{}", slug(&self.base.case.id), slug(new))
    }
}

/// Names of the markets of a scenario.
fn markets(scenario: &Scenario) -> BTreeSet<&str> {
    let markets = scenario.markets.iter();
    markets.map(|market| market.name.as_str()).collect()
}

/// What two scenarios must have in common and have not: its name, both values, a remedy.
pub(super) fn unlike(
    base: &Scenario,
    new: &Scenario,
) -> Option<(&'static str, String, String, String)> {
    if base.currency != new.currency {
        let remedy = format!("currency = \"{}\"", base.currency);
        return Some((
            "currencies",
            base.currency.clone(),
            new.currency.clone(),
            remedy,
        ));
    }
    if base.months != new.months {
        let [was, is] = [base, new].map(|scenario| format!("{} months", scenario.months));
        let remedy = format!("horizon = \"{was}\"");
        return Some(("horizons", was, is, remedy));
    }
    if base.start != new.start {
        let [was, is] = [base, new].map(|scenario| scenario.start.to_string());
        let remedy = format!("start = \"{was}\"");
        return Some(("starts", was, is, remedy));
    }
    None
}

/// A name that every file system takes.
fn slug(id: &str) -> String {
    let letter = |c: char| match c.is_alphanumeric() || "._".contains(c) {
        true => c,
        false => '-',
    };
    id.chars().map(letter).collect()
}
