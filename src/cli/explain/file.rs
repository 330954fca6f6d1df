//! Page of a scenario file (`explain mine.toml`): its assets, and every default that the catalog supplies.
//!
//! In: a path. Out: a document. Not here: simulating it (`run`), its faults (`check`).

use crate::cli::args::Edits;
use crate::cli::load::How;
use crate::cli::{Exit, load};
use crate::figure::money;
use crate::page::{Document, Table, Text};
use crate::scenario::Scenario;
use std::path::PathBuf;

/// Returns the page of the scenario file `id`; `None` if `id` is no existing file and does not end in `.toml`.
/// Errors if the file has faults, which are printed.
pub(super) fn document(id: &str) -> Result<Option<Document>, Exit> {
    let file = PathBuf::from(id);
    let is_given = load::is_given(&load::named(&file));
    if !file.is_file() && !is_given && !id.ends_with(".toml") {
        return Ok(None);
    }
    let loaded = load::load(&[file], &Edits::default(), How::Cases, None)?;
    Ok(loaded.first().map(|one| page(one.scenario())))
}

fn page(scenario: &Scenario) -> Document {
    let mut page = Document::new(scenario.title.as_str());
    page.gap();
    let mut holdings = Table::new(&["asset", "class", ">value", ">claimed return a year"]);
    for asset in &scenario.assets {
        holdings.row(vec![
            asset.name.as_str().into(),
            Text::code(asset.class.as_str()),
            money(&scenario.currency, asset.keys.value.get()).into(),
            crate::figure::per_cent(asset.kind.claimed(), 1).into(),
        ]);
    }
    page.table(holdings);
    page.gap();
    if scenario.filled_in.is_empty() {
        page.sentence("The file states every value itself.");
        return page;
    }
    page.heading("DEFAULTS", "values that the catalog supplies");
    let mut table = Table::new(&["key", "value", "grade"]);
    for value in scenario.filled_in.iter() {
        let grade = value.entry.grade.to_string();
        table.row([value.path.as_str(), &value.value, &grade]);
    }
    page.table(table);
    page.gap();
    let more = "Grades: `tailwheel explain grade`. Sources: `tailwheel explain CLASS`.";
    page.fine(Text::message(more));
    page
}
