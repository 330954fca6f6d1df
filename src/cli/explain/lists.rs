//! The index of `explain` by topic, and the lists of all ids of one kind.
//!
//! In: nothing. Out: a document, pages. Not here: the page of one id (a file for each kind).

use super::super::EXITS;
use super::page::Explanation;
use super::{defaults, keys};
use crate::catalog::{class, classes, event_kinds, general, jurisdictions};
use crate::figure::first_sentences;
use crate::page::glossary::{TERMS, spelled};
use crate::page::{Page, Table, Text};
use crate::report::labels::headline;
use crate::report::{CHARTS, WARNINGS};
use crate::stats::MEASURES;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A list of all ids of one kind, such as measures or classes.
struct List {
    name: &'static str,
    title: &'static str,
    /// Each id with its title, which is empty if the id speaks for itself.
    ids: Vec<(String, String)>,
}

/// Returns all lists of ids. Keys of one class are left out, because the page of the class has them.
fn lists() -> [List; 9] {
    let list = |name, title, ids| List { name, title, ids };
    let titled = |id: &str, title: &str| (id.to_owned(), title.to_owned());
    let untitled = |ids: Vec<String>| ids.into_iter().map(|id| (id, String::new())).collect();
    let measures = MEASURES.iter().map(|one| titled(&one.id, &one.title));
    let classes = classes().iter().map(|one| titled(&one.id, &one.title));
    let events = event_kinds().iter().map(|one| titled(&one.id, &one.title));
    let places = jurisdictions().iter().map(|one| titled(&one.id, &one.title));
    let charts = CHARTS.iter().map(|one| titled(one.id, one.title));
    let warnings = WARNINGS.iter().map(|one| titled(one.id, one.title));
    let exits = EXITS.iter().map(|one| titled(one.code, one.title));
    [
        list("measures", "figures of report.json", measures.collect()),
        list("keys", "keys of a scenario file", untitled(keys::ids())),
        list("classes", "classes of assets", classes.collect()),
        list("defaults", "defaults of the catalog by key", untitled(by_key())),
        list("events", "kinds of loss events", events.collect()),
        list("places", "places of residence", places.collect()),
        list("charts", "charts", charts.collect()),
        list("warnings", "warnings", warnings.collect()),
        list("exit-codes", "exit codes", exits.collect()),
    ]
}

/// Ids of defaults that are neither keys of one class nor part of another list.
fn by_key() -> Vec<String> {
    let is_of_one = |id: &str| {
        let above = id.split_once('.').map_or(id, |(above, _)| above);
        classes().iter().any(|class| class.id == above) || event_kinds().iter().any(|kind| kind.id == above)
    };
    let keys = keys::ids();
    defaults::ids()
        .into_iter()
        .filter(|id| !is_of_one(id) && !keys.contains(id))
        .filter(|id| jurisdictions().iter().all(|place| place.id != *id))
        .filter(|id| general().iter().all(|entry| entry.key != *id))
        .collect()
}

/// Returns every id that has a page, terms of the glossary first.
pub(super) fn all_ids() -> impl Iterator<Item = String> {
    let terms = TERMS.iter().map(|term| term.label.clone());
    let lists = lists()
        .into_iter()
        .flat_map(|list| std::iter::once(list.name.to_owned()).chain(list.ids.into_iter().map(|(id, _)| id)));
    terms.chain(lists).chain(defaults::ids())
}

/// Ids by their titles, their labels on screens, and their own words, as [`spelled`] returns them.
static BY_LABEL: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let leading = headline().iter().map(|one| (one.measure.clone(), one.label.clone()));
    let ids = lists().into_iter().flat_map(|list| list.ids).chain(leading).chain(keys::labels());
    let mut found = BTreeMap::new();
    for (id, label) in ids {
        for text in [&id, &label].into_iter().filter(|text| !text.is_empty()) {
            found.entry(spelled(text)).or_insert_with(|| id.clone());
        }
    }
    found
});

/// Returns the id with this title or label, or that is `name` with other hyphens or case; `None` if there is none.
pub(super) fn labelled(name: &str) -> Option<&'static str> {
    BY_LABEL.get(&spelled(name)).map(String::as_str)
}

/// Page that lists all ids of one kind, such as `measures`; `None` if no kind is called `name`.
pub(super) fn page(name: &str) -> Option<Explanation> {
    let list = lists().into_iter().find(|list| list.name == name)?;
    let title = format!("{} {}", list.ids.len(), list.title);
    let how = "The page of each kind has the lines that add it to a file, such as `tailwheel explain depeg`.";
    let paragraphs = if name == "events" { vec![how.to_owned()] } else { Vec::new() };
    let mut page = Explanation::new(name, title, paragraphs, &[]);
    let untitled: Vec<&str> =
        list.ids.iter().filter(|(_, title)| title.is_empty()).map(|(id, _)| id.as_str()).collect();
    page.list = by_table(&untitled);
    let titled = list.ids.iter().filter(|(_, title)| !title.is_empty());
    page.list.extend(titled.map(|(id, title)| match class(id).filter(|_| name == "classes") {
        Some(class) => format!("{id}: {title}. {}", first_sentences(&class.doc, 1)),
        None => format!("{id}: {title}"),
    }));
    Some(page)
}

/// Joins ids of keys into one line per table of a scenario file, and one for the keys outside all tables.
fn by_table(ids: &[&str]) -> Vec<String> {
    let first = |id: &str| id.split_once('.').map_or(id, |(first, _)| first).to_owned();
    let is_alone = |id: &str| ids.iter().filter(|other| first(other) == *id).count() == 1;
    let are_together = |a: &&str, b: &&str| first(a) == first(b) || is_alone(a) && is_alone(b);
    ids.chunk_by(are_together).map(|ids| ids.join(", ")).collect()
}

/// Returns the index of `explain`: glossary terms by topic, then the names of the lists of other ids.
pub(super) fn index() -> Page {
    let mut shown = Page::new("tailwheel explain WORD");
    for topic in TERMS.chunk_by(|a, b| a.topic == b.topic) {
        shown.gap();
        shown.heading(topic[0].topic.as_str(), "");
        let labels: Vec<&str> = topic.iter().map(|term| term.label.as_str()).collect();
        shown.sentence(labels.join(", "));
    }
    shown.gap();
    shown.heading("lists", "all ids of one kind; each id has a page");
    let mut table = Table::new(&["", ""]);
    for list in lists() {
        let command = format!("explain {}", list.name);
        table.row([command, format!("{} {}", list.ids.len(), list.title)]);
    }
    let file = "assets of a scenario, and its defaults";
    table.row(["explain FILE.toml", file]);
    shown.table(table);
    shown.fine(Text::message("A class has keys of its own: `tailwheel explain micro-saas-fleet.decay`."));
    shown
}
