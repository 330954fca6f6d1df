//! The `explain` command: prints a page for every name, from a term of the glossary to an exit code.
//!
//! In: an id as typed, or a scenario file. Out: a page, the ids that are similar, or the index. Not here: the layout of a
//! document (`page`).

mod claims;
mod defaults;
mod keys;
mod lists;
mod outcome;
mod page;

use super::args::Edits;
use super::load::How;
use super::{Exit, Stop, load, terminal};
use crate::figure::{money, per_cent, shortened};
use crate::form::planned;
use crate::page::glossary::{self, Term};
use crate::page::{Page, Table, Text};
use crate::scenario::Scenario;
use clap::Args;
use page::Explanation;
use std::collections::HashSet;
use std::path::PathBuf;

/// Explain a class, a default, a key, a measure or a word of the report
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Words, key, class or measure to explain; without it, the index
    id: Vec<String>,
}

/// Prints the page of the id that `words` form, or the index without words.
pub(super) fn run(Explain { id: words }: &Explain) -> Result<Exit, Stop> {
    let id = &words.join(" ");
    let document = if words.is_empty() {
        lists::index()
    } else if let Some(page) = find(id.trim()) {
        page.document()
    } else {
        of_file(id)?.ok_or_else(|| not_found(id.trim()))?
    };
    terminal::print(&document.to_text(terminal::width()))
}

/// Returns every id with the sentences of its page. Values and sources of the catalog are left out.
pub fn explained() -> Vec<(String, Vec<String>)> {
    lists::all_ids().filter_map(|id| Some((find(&id)?.prose(), id))).map(|(texts, id)| (id, texts)).collect()
}

/// Page of an id, a word or a label of a screen. Of a longer text it is the page of what stands before its
/// parentheses, of the longest term in it, or of the label after the name of an asset or event.
fn find(id: &str) -> Option<Explanation> {
    let bare = id.rsplit_once(" (").map_or(id, |(before, _)| before);
    let after_name = || bare.match_indices(' ').find_map(|(at, _)| lists::labelled(&bare[at + 1..]));
    named(id)
        .or_else(|| named(bare))
        .or_else(|| glossary::term_within(id).map(|term| of_term(id, term)))
        .or_else(|| after_name().and_then(named))
}

/// Page of what is called `id`; `None` if nothing has that name.
fn named(id: &str) -> Option<Explanation> {
    match (keys::page(id), outcome::page(id)) {
        (Some(mut key), Some(outcome)) => {
            key.paragraphs.push(format!("It is also in the report: {}.", outcome.title));
            key.paragraphs.extend(outcome.paragraphs);
            Some(key)
        }
        (key, outcome) => key
            .or(outcome)
            .or_else(|| lists::page(id))
            // a key of an asset may be a term too
            .or_else(|| of_asset(id))
            .or_else(|| keys::of_class(id))
            .or_else(|| defaults::page(id))
            .or_else(|| outcome::of_file(id))
            .or_else(|| of_word(id))
            .or_else(|| lists::labelled(id).filter(|found| *found != id).and_then(named))
            .or_else(|| outcome::of_family(id)),
    }
}

/// Page of an asset key, together with the glossary term of that name; `None` if no asset key is called `id`.
fn of_asset(id: &str) -> Option<Explanation> {
    let mut page = keys::page(&format!("asset.{id}"))?;
    if let Some(term) = glossary::term(id).map(|term| of_term(id, term)) {
        page.paragraphs.push(format!("Term: {}.", term.title));
        page.paragraphs.extend(term.paragraphs);
    }
    Some(page)
}

/// Page of a glossary term, with the measures whose ids contain its word; `None` if no term is called `id`.
fn of_word(id: &str) -> Option<Explanation> {
    let mut page = of_term(id, glossary::term(id)?);
    page.list = outcome::of_family(id).map_or(Vec::new(), |family| family.list);
    Some(page)
}

fn of_term(typed: &str, term: &Term) -> Explanation {
    let mut paragraphs = vec![term.definition.clone()];
    if !term.key.is_empty() {
        paragraphs.push(format!("Key or id: `{}`.", term.key));
    }
    let see: Vec<&str> = term.see.iter().map(String::as_str).collect();
    Explanation::new(typed, term.title(), paragraphs, &see)
}

/// Returns the page of the scenario file `id`; `None` if `id` is no existing file and does not end in `.toml`.
/// Errors if the file has faults.
fn of_file(id: &str) -> Result<Option<Page>, Stop> {
    let file = PathBuf::from(id);
    let is_given = load::is_given(&load::named(&file));
    if !file.is_file() && !is_given && !id.ends_with(".toml") {
        return Ok(None);
    }
    let loaded = load::load(&[file], &Edits::default(), How::Cases, None)?;
    Ok(loaded.first().map(|one| of_scenario(one.scenario())))
}

fn of_scenario(scenario: &Scenario) -> Page {
    let mut page = Page::new(scenario.title.as_str());
    page.gap();
    let mut holdings = Table::new(&["asset", "class", ">value", ">claimed return a year"]);
    for asset in &scenario.assets {
        holdings.row(vec![
            asset.name.as_str().into(),
            Text::code(asset.class.as_str()),
            money(&scenario.currency, asset.keys.value.get()).into(),
            per_cent(asset.kind.claimed(), 1).into(),
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
        table.row([value.path.as_str(), &shortened(&value.value), &grade]);
    }
    page.table(table);
    page.gap();
    let more = "Grades: `tailwheel explain grade`. Sources: `tailwheel explain CLASS`.";
    page.fine(Text::message(more));
    page
}

fn not_found(id: &str) -> String {
    let last = id.rsplit('.').next().unwrap_or(id);
    if let Some(fault) = planned("", last) {
        let help = fault.notes.iter().find(|note| note.name == "help");
        return help.map_or(fault.message.clone(), |help| format!("{}; {}", fault.message, help.text));
    }
    let mut near = nearest(id, lists::all_ids());
    if let Some(best) = near.first().map(|best| format!("{best}.")) {
        // the page of the best match lists its keys
        near.retain(|id| !id.starts_with(&best));
    }
    let near = match near.as_slice() {
        [] => "`tailwheel explain` prints the index".to_owned(),
        [one] => format!("did you mean `{one}`?"),
        near => format!("did you mean one of `{}`?", near.join("`, `")),
    };
    format!("`{id}` has no page; {near}")
}

/// Returns at most five of `ids` that contain `id` or differ from it by a few typing errors, best first.
fn nearest(id: &str, ids: impl Iterator<Item = String>) -> Vec<String> {
    let wanted = id.to_lowercase();
    let tolerated = 1 + wanted.len() / 4;
    let ranked = ids.filter_map(|known| {
        let distance = if wanted.len() > 2 && known.contains(&wanted) {
            0
        } else {
            strsim::damerau_levenshtein(&wanted, &known)
        };
        (distance <= tolerated).then_some((distance, known))
    });
    let mut ranked: Vec<(usize, String)> = ranked.collect();
    // stable sort: equals keep the order of `ids`, with classes before their keys, and a key before those
    // inside it
    ranked.sort_by_key(|(distance, known)| (*distance, known.matches('.').count()));
    let mut seen = HashSet::new();
    let near = ranked.into_iter().map(|(_, known)| known).filter(|known| seen.insert(known.clone()));
    near.take(5).collect()
}

#[cfg(test)]
mod tests;
