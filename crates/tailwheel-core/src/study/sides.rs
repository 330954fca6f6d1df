//! Selection of the scenarios to compare, and the check that they are comparable.
//!
//! In: files as they were read, the name of the base. Out: [`Sides`]. Not here: running them (`pairs`).

use super::remark::Remark;
use super::terms::{Terms, Unlike};
use crate::scenario::{Case, Scenario, Study};
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

/// Maximum length of a case name in characters; if one is longer, the labels of axis values name the cases.
const LONG_NAME: usize = 24;
/// Maximum number of names that a message lists.
const LISTED: usize = 12;
/// Name of the scenario that a file describes without its variants and axes.
const AS_WRITTEN: &str = "as written";

/// A scenario to compare, with its names.
pub struct Candidate<'a> {
    pub file: &'a Path,
    pub case: &'a Case,
    /// Name on the screen.
    pub name: String,
    /// Other names by which a user may ask for the scenario.
    aliases: Vec<String>,
    /// Number of cases of the scenario's file that are not compared; 0 if it has none or the scenario is one of them.
    n_left_out: usize,
}

/// A file as it was read, with its name on the screen.
pub struct NamedFile<'a> {
    pub file: &'a Path,
    pub study: &'a Study,
    pub name: String,
}

/// A base and the scenarios that are compared with it.
pub struct Sides<'a> {
    pub title: String,
    pub base: Candidate<'a>,
    /// The scenarios to compare with the base, at least one.
    pub new: Vec<Candidate<'a>>,
    /// Name without extension of the file whose cases are compared; `None` for several files.
    pub stem: Option<&'a str>,
}

/// Reason why scenarios are not compared. Files and scenarios have their names on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCompared {
    /// The only file has neither variants nor axes.
    OneScenario { file: String },
    /// No case of the only file is called `asked`. `known` lists those that it has, `stem` is the name of the file.
    NoCase { file: String, asked: String, known: String, stem: String },
    /// The only case of the file is the base.
    OnlyBase { file: String, base: String },
    /// The file is named twice.
    NamedTwice { file: String },
    /// No file is called `asked`; `known` lists the files.
    NoFile { asked: String, known: String },
    /// Amounts or dates of the scenarios `base` and `new` are not comparable.
    Unlike { base: String, new: String, unlike: Unlike },
}

impl fmt::Display for NotCompared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneScenario { file } => write!(
                f,
                "{file} is one scenario: name a second file to compare it with, or give it variants \
                 with [[variant]]"
            ),
            Self::NoCase { file, asked, known, stem } => {
                write!(f, "{file} has no case `{asked}`; it has {known}, and {stem} as written")
            }
            Self::OnlyBase { file, base } => write!(f, "{file} has no case beside `{base}`"),
            Self::NamedTwice { file } => write!(f, "{file} is named twice; name it once"),
            Self::NoFile { asked, known } => write!(f, "`{asked}` is none of {known}"),
            Self::Unlike { base, new, unlike } => {
                let Unlike { key, values: [was, is] } = unlike;
                let remedy = unlike.remedy(new);
                write!(
                    f,
                    "{base} and {new} do not have the same {key}: {was} and {is}; such figures do not compare: {remedy}"
                )
            }
        }
    }
}

impl std::error::Error for NotCompared {}

impl<'a> Candidate<'a> {
    fn of(file: &'a Path, case: &'a Case, name: String, alias: String) -> Self {
        Self { file, case, name, aliases: vec![alias, case.id.clone()], n_left_out: 0 }
    }

    fn is_meant(&self, asked: &str) -> bool {
        self.name == asked || self.aliases.iter().any(|alias| alias == asked)
    }
}

impl<'a> Sides<'a> {
    /// Selects the cases of the file at `file`; `asked` names the base. The default is the first case, or the file
    /// as written if there is only one case.
    ///
    /// Errors list the cases that the file has.
    pub fn of_cases(file: &'a Path, study: &'a Study, asked: Option<&str>) -> Result<Self, NotCompared> {
        let shown = file.display().to_string();
        if !study.is_matrix {
            return Err(NotCompared::OneScenario { file: shown });
        }
        let stem = study.as_written.id.as_str();
        let is_long = |case: &Case| short(&case.id, stem).chars().count() > LONG_NAME;
        let axes = axes(&study.cases).filter(|_| study.cases.iter().any(is_long));
        let candidate = |case: &'a Case| {
            let (id, label) = (short(&case.id, stem).to_owned(), label(case));
            if axes.is_some() && !case.choices.is_empty() {
                Candidate::of(file, case, label, id)
            } else {
                Candidate::of(file, case, id, label)
            }
        };
        let mut new: Vec<Candidate<'a>> = study.cases.iter().map(candidate).collect();
        let as_written = Candidate::of(file, &study.as_written, AS_WRITTEN.to_owned(), stem.to_owned());
        let base = match asked {
            None if new.len() > 1 => new.remove(0),
            None => as_written,
            Some(asked) if as_written.is_meant(asked) => as_written,
            Some(asked) => picked(&mut new, asked).ok_or_else(|| NotCompared::NoCase {
                file: shown.clone(),
                asked: asked.to_owned(),
                known: listed(&new),
                stem: stem.to_owned(),
            })?,
        };
        if new.is_empty() {
            return Err(NotCompared::OnlyBase { file: shown, base: base.name });
        }
        Ok(Self {
            title: match axes {
                Some(axes) => format!("{} ({axes})", study.title),
                None => study.title.clone(),
            },
            base,
            new,
            stem: Some(stem),
        })
    }

    /// Selects files, without their variants and axes. `asked` names the base, else it is the first file.
    ///
    /// Errors list the names to choose from.
    pub fn of_files(
        files: impl Iterator<Item = NamedFile<'a>>,
        asked: Option<&str>,
    ) -> Result<Self, NotCompared> {
        let candidate = |NamedFile { file, study, name }: NamedFile<'a>| {
            let alias = file.to_string_lossy().into_owned();
            Candidate {
                n_left_out: usize::from(study.is_matrix) * study.n_cases,
                ..Candidate::of(file, &study.as_written, name, alias)
            }
        };
        let mut new: Vec<Candidate<'a>> = files.map(candidate).collect();
        let mut seen = BTreeSet::new();
        if let Some(twice) = new.iter().find(|one| !seen.insert(one.file)) {
            return Err(NotCompared::NamedTwice { file: twice.file.display().to_string() });
        }
        let base = match asked {
            None => new.remove(0),
            Some(asked) => picked(&mut new, asked)
                .ok_or_else(|| NotCompared::NoFile { asked: asked.to_owned(), known: listed(&new) })?,
        };
        let first = base.case.scenario.title.as_str();
        let title = match new.as_slice() {
            [one] if one.case.scenario.title == first => first.to_owned(),
            [one] => format!("{first} | {}", one.case.scenario.title),
            several => format!("{first} | {} others", several.len()),
        };
        Ok(Self { title, base, new, stem: None })
    }

    /// Yields every scenario, the base first.
    pub fn all(&self) -> impl Iterator<Item = &Candidate<'a>> {
        std::iter::once(&self.base).chain(&self.new)
    }

    /// Refuses scenarios whose amounts or dates are not comparable; the message says what to write.
    pub fn check(&self) -> Result<(), NotCompared> {
        let base = Terms::from(&self.base.case.scenario);
        for new in &self.new {
            if let Some(unlike) = base.unlike(&(&new.case.scenario).into()).into_iter().next() {
                let (base, new) = (self.base.name.clone(), new.name.clone());
                return Err(NotCompared::Unlike { base, new, unlike });
            }
        }
        Ok(())
    }

    /// Returns the remarks that a reader needs on case `new` besides its figures.
    pub fn remarks(&self, new: &Candidate<'_>) -> Vec<Remark> {
        let [base, own] = [&self.base, new].map(|one| &one.case.scenario);
        // the remark on the base appears only once
        let is_first = self.new.first().is_some_and(|first| std::ptr::eq(first, new));
        let [of_base, of_new] = [&self.base, new].map(|one| one.n_left_out);
        let remarks = [
            (is_first && of_base > 0).then_some(Remark::BaseAsWritten { cases: of_base }),
            (of_new > 0).then_some(Remark::AsWritten { cases: of_new }),
            (own.seeds != base.seeds).then_some(Remark::OtherSeeds { own: own.seeds }),
            (own.paths != base.paths).then_some(Remark::OtherPaths { own: own.paths }),
            (markets(own) != markets(base)).then_some(Remark::OtherMarkets),
        ];
        remarks.into_iter().flatten().collect()
    }
}

/// Removes the candidate called `asked` from `all` and returns it; `None` if there is none.
fn picked<'a>(all: &mut Vec<Candidate<'a>>, asked: &str) -> Option<Candidate<'a>> {
    let place = all.iter().position(|one| one.is_meant(asked))?;
    Some(all.remove(place))
}

/// Lists the names of the first candidates, and the number of others.
fn listed(all: &[Candidate<'_>]) -> String {
    let listed = all.iter().take(LISTED).map(|one| one.name.as_str()).collect::<Vec<_>>().join("; ");
    match all.len().saturating_sub(LISTED) {
        0 => listed,
        n => format!("{listed}; and {n} more"),
    }
}

/// Returns the id of a case without the name of its file, `stem`.
fn short<'i>(id: &'i str, stem: &str) -> &'i str {
    id.strip_prefix(stem).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id)
}

/// Labels of the variant and the axis values of a case, joined: `0.7,0,30000,keep`.
fn label(case: &Case) -> String {
    case.choices.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>().join(",")
}

/// Returns the names of the axes, joined by commas; `None` if two cases have the same labels.
fn axes(cases: &[Case]) -> Option<String> {
    let distinct: BTreeSet<String> = cases.iter().map(label).collect();
    let axes: Vec<&str> = cases.first()?.choices.iter().map(|(axis, _)| axis.as_str()).collect();
    (distinct.len() == cases.len()).then(|| axes.join(", "))
}

/// Names of the markets of a scenario.
fn markets(scenario: &Scenario) -> BTreeSet<&str> {
    scenario.markets.iter().map(|market| market.name.as_str()).collect()
}
