//! A file as the cases it makes: itself, or its variants and all combinations of its axes.
//!
//! In: a file and the files it extends, assignments. Out: [`Study`]: every [`Case`] with its scenario,
//! its document and what is expected of it. Not here: what the keys of a scenario mean (`read`), what
//! is done with the cases (`report`, `cli`).

mod axis;
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
use crate::form::{Faults, SourceMap, Table};

pub use expect::Expectation;

/// Most cases of one file, before `[[exclude]]`.
pub const MAX_CASES: usize = 10_000;

/// Sections that say which cases there are and what is expected of them; no case has them.
pub(super) const SECTIONS: [&str; 4] = ["variant", "axis", "exclude", "expect"];

/// A file and all that it asks to be simulated.
#[derive(Clone, Debug)]
pub struct Study {
    pub title: String,
    /// At least one, in the order of the file: variants outermost, the last axis innermost.
    pub cases: Vec<Case>,
    /// The file without its variants and axes; the only case if it has none.
    pub as_written: Case,
    /// Cases of the file, also where they were not read.
    pub n_cases: usize,
    /// Number of `[[expect]]`.
    pub n_expectations: usize,
    /// What every [`Place`](crate::form::Place) refers to.
    pub sources: SourceMap,
    /// Whether the file has variants or axes.
    pub is_matrix: bool,
}

/// A scenario of a study.
#[derive(Clone, Debug)]
pub struct Case {
    /// `flash-crash`, `matrix/bare,lockstep=0.7`: unlike an index it stays when cases are added.
    pub id: String,
    /// Axis or `variant`, and the label of what is chosen there.
    pub choices: Vec<(String, String)>,
    pub scenario: Scenario,
    /// What was written.
    pub document: Document,
    /// Those that are about this case, in the order of the file. Of the file as written: those about
    /// every case.
    pub expectations: Vec<Expectation>,
}

/// Reads the file at `path` with the assignments of `--set` laid over it, and all its cases.
///
/// `path` has `/` between folders; it is what messages show. After a fault of syntax or of a file,
/// nothing is said about meaning: it would be about a document that nobody wrote. A fault that
/// several cases share is said once, with the first of them. Whether its gates can be judged is said
/// above, where figures are known ([`crate::report::batch::read_study`]).
pub fn read_study(path: &str, set: &[String], loader: &dyn Loader) -> Result<Study, Box<Refusal>> {
    read_cases(path, set, loader, true)
}

/// The same where only the file as it is written is wanted, which is the only case then: a variant that the assignments make
/// impossible is no fault of it.
pub fn read_as_written(
    path: &str,
    set: &[String],
    loader: &dyn Loader,
) -> Result<Study, Box<Refusal>> {
    read_cases(path, set, loader, false)
}

fn read_cases(
    path: &str,
    set: &[String],
    loader: &dyn Loader,
    has_all: bool,
) -> Result<Study, Box<Refusal>> {
    let mut sources = SourceMap::default();
    let mut faults = Faults::default();
    let document = load(path, set, loader, &mut sources, &mut faults);
    let study = match faults.is_empty() {
        true => cases::read(path, document, (&sources, loader.room()), has_all, &mut faults),
        false => None,
    };
    match study {
        Some(study) if faults.is_empty() => Ok(study),
        _ => Err(Box::new(Refusal::new(path, faults, sources))),
    }
}

/// Takes the sections of a study out of `document`.
fn take_sections(document: &mut Table) -> Table {
    let taken = SECTIONS.iter().filter_map(|key| document.remove(key));
    Table { entries: taken.collect() }
}
