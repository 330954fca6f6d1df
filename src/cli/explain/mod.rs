//! `explain`: a page for everything that has a name, from a class to an exit code.
//!
//! In: an id as typed. Out: a page, the ids that come near, or the list of all. Not here: how a document looks (`page`).

mod claims;
mod defaults;
mod file;
mod keys;
mod outcome;
mod page;
mod words;

use super::{Exit, args, terminal};
use crate::catalog::{classes, event_kinds, general, jurisdictions};
use crate::form::planned;
use page::Page;

/// Prints the page of one id, or the list of all.
pub(super) fn run(arguments: &args::Explain) -> Exit {
    let Some(id) = &arguments.id else {
        return terminal::print(&list(terminal::width()));
    };
    if let Some(page) = find(id.trim()) {
        return terminal::print(&page.to_text(terminal::width()));
    }
    file::explain(id).unwrap_or_else(|| terminal::fail(&not_found(id.trim())))
}

fn find(id: &str) -> Option<Page> {
    match (keys::page(id), outcome::page(id)) {
        (Some(mut key), Some(outcome)) => {
            key.paragraphs
                .push(format!("The report has it too: {}.", outcome.title));
            key.paragraphs.extend(outcome.paragraphs);
            Some(key)
        }
        (key, outcome) => key
            .or(outcome)
            // of an asset the page says what the key is, too
            .or_else(|| of_asset(id))
            .or_else(|| keys::of_class(id))
            .or_else(|| defaults::page(id))
            .or_else(|| outcome::of_file(id))
            .or_else(|| words::page(id))
            .or_else(|| keys::page(&format!("owner.{id}")))
            .or_else(|| outcome::of_family(id)),
    }
}

/// The page of a key of an asset, with what the word means on the screen.
fn of_asset(id: &str) -> Option<Page> {
    let mut page = keys::page(&format!("asset.{id}"))?;
    if let Some(word) = words::page(id) {
        page.paragraphs
            .push(format!("On the screen: {}.", word.title));
        page.paragraphs.extend(word.paragraphs);
    }
    Some(page)
}

/// Ids under a heading each.
fn groups() -> Vec<(&'static str, Vec<String>)> {
    let classes: Vec<String> = classes().iter().map(|class| class.id.clone()).collect();
    let events: Vec<String> = event_kinds().iter().map(|kind| kind.id.clone()).collect();
    let is_of_class = |id: &String| {
        classes
            .iter()
            .chain(&events)
            .any(|class| id == class || id.starts_with(&format!("{class}.")))
    };
    let places = jurisdictions().iter().map(|place| place.id.clone());
    let places: Vec<String> = places.collect();
    let keys = keys::ids();
    let others: Vec<String> = defaults::ids()
        .into_iter()
        .filter(|id| !is_of_class(id) && !keys.contains(id) && !places.contains(id))
        .filter(|id| !general().iter().any(|entry| entry.key == *id))
        .collect();
    vec![
        ("CLASSES OF ASSETS", classes),
        ("KINDS OF EVENTS", events),
        ("PLACES TO LIVE IN", places),
        ("DEFAULTS BY KEY, AND HOW WELL THEY ARE KNOWN", others),
        ("KEYS OF A SCENARIO FILE", keys),
        ("MEASURES IN report.json", outcome::measures()),
        ("PICTURES", outcome::charts()),
        ("WARNINGS", outcome::warnings()),
        ("EXIT CODES", outcome::exits()),
        ("WORDS OF THE SCREEN", words::ids()),
    ]
}

fn list(width: usize) -> String {
    let mut text = String::from("tailwheel explain ID, where ID is one of\n");
    for (heading, ids) in groups() {
        text.push_str(&format!("\n{heading}\n"));
        let mut line = String::new();
        for id in ids {
            if !line.is_empty() && line.len() + 4 + id.len() > width {
                text.push_str(&format!("  {}\n", line.trim_end()));
                line.clear();
            }
            line.push_str(&id);
            line.push_str("  ");
        }
        text.push_str(&format!("  {}\n", line.trim_end()));
    }
    text.push_str("\nor one key of a class, as in\n  micro-saas-fleet.decay\n");
    text
}

fn not_found(id: &str) -> String {
    let last = id.rsplit('.').next().unwrap_or(id);
    if let Some(planned) = planned("", last) {
        return planned.message;
    }
    let listed = groups().into_iter().flat_map(|(_, ids)| ids);
    // keys of single classes are not listed, but may be meant
    let mut near = nearest(id, listed.chain(defaults::ids()));
    if let Some(best) = near.first().map(|best| format!("{best}.")) {
        // its keys are found on its page
        near.retain(|id| !id.starts_with(&best));
    }
    let near = match near.as_slice() {
        [] => "`tailwheel explain` lists what there is".to_owned(),
        [one] => format!("did you mean `{one}`?"),
        near => format!("did you mean one of `{}`?", near.join("`, `")),
    };
    format!("nothing is called `{id}`; {near}")
}

/// At most five of `ids` that contain the word or are a few typing errors away, best first.
fn nearest(id: &str, ids: impl Iterator<Item = String>) -> Vec<String> {
    let wanted = id.to_lowercase();
    let tolerated = 1 + wanted.len() / 4;
    let ranked = ids.filter_map(|known| {
        let distance = match wanted.len() > 2 && known.contains(&wanted) {
            true => 0,
            false => strsim::damerau_levenshtein(&wanted, &known),
        };
        (distance <= tolerated).then_some((distance, known))
    });
    let mut ranked: Vec<(usize, String)> = ranked.collect();
    // stable: among equals the order of `ids` stays, classes before their keys, and a key before what is in it
    ranked.sort_by_key(|(distance, known)| (*distance, known.matches('.').count()));
    let mut seen: Vec<String> = Vec::new();
    for (_, known) in ranked {
        if !seen.contains(&known) {
            seen.push(known);
        }
    }
    seen.truncate(5);
    seen
}

#[cfg(test)]
mod tests;
