//! Page of a scenario file (`explain mine.toml`): its assets, and every default that the catalog supplies.
//!
//! In: a path. Out: a page on the terminal. Not here: simulating it (`run`), its faults (`check`).

use crate::cli::args::Edits;
use crate::cli::load::How;
use crate::cli::{Exit, load, terminal};
use crate::figure::money;
use crate::page::{Document, Table, Text};
use crate::scenario::Scenario;
use std::path::PathBuf;

/// Prints the page of the scenario file `id`; `None` if `id` is no existing file and does not end in `.toml`.
pub(super) fn explain(id: &str) -> Option<Exit> {
    let file = PathBuf::from(id);
    let is_given = load::is_given(&load::named(&file));
    if !file.is_file() && !is_given && !id.ends_with(".toml") {
        return None;
    }
    let loaded = match load::load(&[file], &Edits::default(), How::Cases) {
        Ok(loaded) => loaded,
        Err(exit) => return Some(exit),
    };
    let text: String =
        loaded.iter().map(|one| page(one.scenario())).map(|page| page.to_text(terminal::width())).collect();
    Some(terminal::print(&text))
}

fn page(scenario: &Scenario) -> Document {
    let mut page = Document::new(scenario.title.as_str());
    page.gap();
    let mut holdings = Table::new(&["asset", "class", ">value", ">claimed return a year"]);
    for asset in &scenario.assets {
        holdings.row(vec![
            asset.name.as_str().into(),
            Text::code(asset.class.as_str()),
            money(&scenario.currency, asset.value.get()).into(),
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
        let grade = value.grade.to_string();
        table.row([value.path.as_str(), &value.value, &grade]);
    }
    page.table(table);
    page.gap();
    let more = "Grades: `tailwheel explain grade`. Sources: `tailwheel explain CLASS`.";
    page.fine(Text::message(more));
    page
}
