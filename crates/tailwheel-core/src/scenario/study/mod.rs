//! Study of a file: its cases are the file itself, or its variants and all combinations of its axes.
//!
//! In: a file and the files it extends, assignments. Out: [`Study`]: every [`Case`] with its scenario,
//! document and gates. Not here: the keys of a scenario (`read`), running the cases (`report`, `cli`).

mod cases;
mod dimension;
mod expect;
mod extent;
pub(super) mod keys;
mod labels;
mod selection;
mod target;

use super::Scenario;
use super::document::Document;
use super::inherit::Loader;
use super::read::{Refusal, load};
use crate::form::{Faults, SourceMap};
use std::str::FromStr;

pub use expect::Expectation;

/// Largest number of combinations of variants and axis values in one file, before `[[exclude]]`.
pub const MAX_CASES: usize = 10_000;

/// A scenario file with all its cases: the combinations of its variants and axis values.
#[derive(Clone, Debug)]
pub struct Study {
    pub title: String,
    /// Combinations of variants and axis values, at least one: variants outermost, the last axis innermost.
    pub cases: Vec<Case>,
    /// The file without its variants and axes; also the only case if it has none.
    pub as_written: Case,
    /// Number of combinations of variants and axis values, even if only the file as written was read.
    pub n_cases: usize,
    /// Number of `[[expect]]` tables.
    pub n_expectations: usize,
    /// Texts of all files; every source position [`Place`](crate::form::Place) refers to one of them.
    pub sources: SourceMap,
    /// True if the file has variants or axes.
    pub is_matrix: bool,
}

/// One case of a study: the scenario for one combination of variant and axis values, with its gates.
#[derive(Clone, Debug)]
pub struct Case {
    /// Id such as `flash-crash` or `matrix/bare,lockstep=0.7`. Unlike an index it stays when cases are added.
    pub id: String,
    /// Pairs of a dimension, which is an axis or `variant`, and the label of its chosen option.
    pub choices: Vec<(String, String)>,
    pub scenario: Scenario,
    /// Keys of this case as written, without defaults.
    pub document: Document,
    /// Gates that apply to this combination of variant and axis values, in the order of the file. For the file as
    /// written: gates that apply to every combination.
    pub expectations: Vec<Expectation>,
}

/// Reads the scenario at `path` with the assignments of `--set`; ignores variants and axes.
pub fn read(path: &str, set: &[String], loader: &dyn Loader) -> Result<Scenario, Box<Refusal>> {
    read_study(path, set, loader).map(|study| study.as_written.scenario)
}

/// Reads the file at `path` with the assignments of `--set`, and all its cases.
///
/// `path` has `/` between folders and appears in messages. After a fault of syntax or of a missing file,
/// nothing else is checked: the document would not be the one that was written. A fault that several cases
/// share is reported once, for the first of them. Gates are checked by
/// `report::batch::read_study` of the crate `tailwheel`, which knows the measures.
pub fn read_study(path: &str, set: &[String], loader: &dyn Loader) -> Result<Study, Box<Refusal>> {
    read_cases(path, set, loader, true)
}

/// Reads only the file as written, as the only case of the study. A variant that the assignments make
/// impossible is then no fault.
pub fn read_as_written(path: &str, set: &[String], loader: &dyn Loader) -> Result<Study, Box<Refusal>> {
    read_cases(path, set, loader, false)
}

impl FromStr for Scenario {
    type Err = Box<Refusal>;

    /// Reads the text of a file that extends no other.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const NAME: &str = "scenario.toml";
        let load = |path: &str| match path {
            NAME => Ok(text.as_bytes().to_vec()),
            _ => Err("a text cannot extend a file".into()),
        };
        read(NAME, &[], &load)
    }
}

fn read_cases(path: &str, set: &[String], loader: &dyn Loader, has_all: bool) -> Result<Study, Box<Refusal>> {
    let mut sources = SourceMap::default();
    let mut faults = Faults::default();
    let document = load(path, set, loader, &mut sources, &mut faults);
    let study = if faults.is_empty() {
        cases::read(path, document, &sources, loader.room(), has_all, &mut faults)
    } else {
        None
    };
    match study {
        Some(study) if faults.is_empty() => Ok(study),
        _ => Err(Box::new(Refusal::new(path, faults, sources))),
    }
}
