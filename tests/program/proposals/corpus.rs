//! Every key of every shipped scenario with every kind of wrong value: no proposal is refused, and none
//! has a number that does not follow from the one typed.
//!
//! In: `scenarios/`. Out: claims. Not here: what a single key makes of a notation (`meaning`).

use super::apply::{Fault, faults};
use crate::common::rows;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tailwheel::form::{Data, Faults, Place, SourceMap, Table, Value, parse};

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// Wrong for most keys, with the numbers that were typed.
static WRONG: LazyLock<Vec<(&str, Vec<f64>)>> = LazyLock::new(|| {
    let numbers =
        |typed: &str| typed.split_whitespace().map(|number| number.parse().expect("a number")).collect();
    rows(include_str!("wrong.tsv")).map(|[wrong, typed]| (wrong, numbers(typed))).collect()
});

/// Most items of one list that are made wrong: the others are read alike.
const MOST_ITEMS: usize = 3;

/// Of a file of hundreds of cases every key has one wrong value in so many, each key others.
const MATRIX_STEP: usize = 13;

/// The places of all values with what names them.
fn places(path: &str, value: &Value, found: &mut Vec<(String, Place)>) {
    found.extend(value.place.map(|place| (path.to_owned(), place)));
    match &value.data {
        Data::List(items) => {
            for (index, item) in items.iter().take(MOST_ITEMS).enumerate() {
                places(&format!("{path}[{index}]"), item, found);
            }
        }
        Data::Table(table) => in_table(path, table, found),
        _ => {}
    }
}

fn in_table(path: &str, table: &Table, found: &mut Vec<(String, Place)>) {
    for entry in &table.entries {
        let path = format!("{path}.{}", entry.key);
        // the value of an inline table stands behind its key; a section has none of its own
        let places_of = (entry.value.place, entry.place);
        let is_inline = matches!(places_of, (Some(value), Some(key)) if value.start > key.end);
        match &entry.value.data {
            // sections: what they are is not a value that somebody types
            Data::Table(section) if !is_inline => in_table(&path, section, found),
            _ => places(&path, &entry.value, found),
        }
    }
}

struct Mutation {
    /// `x.toml .owner.cash = "lots"`
    what: String,
    wrong: &'static str,
    typed: &'static [f64],
    place: Place,
    text: String,
}

fn mutations(matrix_step: usize) -> Vec<Mutation> {
    let entries = std::fs::read_dir(folder()).expect("the scenarios are part of the repository");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let mut mutations = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a readable file");
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let mut sources = SourceMap::default();
        let id = sources.add(&name, &text);
        let table = parse(&sources, id, &mut Faults::default());
        let mut found = Vec::new();
        in_table("", &table, &mut found);
        let is_matrix = text.matches("[[axis]]").count() > 1;
        for (index, (path, place)) in found.into_iter().enumerate() {
            // an array of tables stands where its first table begins
            if text[place.start..place.end].starts_with("[[") && !path.contains(['[', '.']) {
                continue;
            }
            let step = if is_matrix { matrix_step } else { 1 };
            for (wrong, typed) in WRONG.iter().skip(index % step).step_by(step) {
                let (before, after) = (&text[..place.start], &text[place.end..]);
                let what = format!("{name} {path} = {wrong}");
                let text = format!("{before}{wrong}{after}");
                mutations.push(Mutation { what, wrong, typed, place, text });
            }
        }
    }
    mutations
}

/// What is wrong with a proposal, if anything.
fn breach(mutation: &Mutation, fault: &Fault, (proposal, patched): &(String, String)) -> Option<String> {
    let inside =
        |at: usize| (mutation.place.start..=mutation.place.start + mutation.wrong.len()).contains(&at);
    if proposal.contains('\0') {
        return Some("holds a NUL".to_owned());
    }
    if let Some(at) = fault.at.filter(|at| inside(*at))
        && let Some(again) = faults(patched).iter().find(|again| again.at == Some(at) && !is_of_others(again))
    {
        return Some(format!("is refused again: {}", again.message));
    }
    // what is missing beside it was not typed, and the digits of a name are no number
    let is_about_it = fault.at.is_some_and(inside) && !["missing", "name", "axis"].contains(&fault.code);
    if !is_about_it {
        return None;
    }
    // the very text that was typed, as an item of a list
    let others =
        if mutation.wrong.starts_with('"') { proposal.replace(mutation.wrong, "") } else { proposal.clone() };
    if proposal.contains('%') && is_of_another_unit(mutation.wrong) {
        return Some("is per cent of what has a unit of its own".to_owned());
    }
    let numbers = numbers(&others);
    let strange = numbers.iter().find(|number| !follows(**number, mutation.typed));
    strange.map(|number| format!("has {number}, which was not typed"))
}

/// A multiple or a span: no per cent.
fn is_of_another_unit(wrong: &str) -> bool {
    ["x\"", "twice\"", "events\"", "years\"", "months\""].iter().any(|unit| wrong.ends_with(unit))
}

/// Whether per cent that can be read in two ways are proposed in one of them only.
fn is_half_read(mutation: &Mutation, fault: &Fault) -> bool {
    let proposed: Vec<f64> =
        fault.proposals.iter().flat_map(|(text, _)| numbers(&text.replace(mutation.wrong, ""))).collect();
    let is = |number: f64, meaning: f64| (number - meaning).abs() <= 1e-3 * meaning;
    let is_named = |meaning: &&f64| {
        proposed.iter().any(|number| is(*number, **meaning) || is(*number, **meaning / 100.0))
    };
    let is_about_it = fault.at == Some(mutation.place.start);
    let n_named = mutation.typed.iter().filter(is_named).count();
    let is_ambiguous = mutation.wrong.contains('%') && [1500.0, 1.5] == mutation.typed;
    is_about_it && is_ambiguous && n_named == 1
}

/// Faults of a value beside others that are as they were: the value itself was read.
fn is_of_others(fault: &Fault) -> bool {
    let between =
        fault.message.starts_with("no value is above") || fault.message.starts_with("two axes vary");
    between
        || fault.message.ends_with("is not simulated")
        || [
            "shares", "jumps", "process", "law", "crash", "flywheel", "traffic", "audience", "launch",
            "hours", "correlation", "unknown-asset", "unknown-market", "duplicate", "set",
        ]
        .contains(&fault.code)
}

/// The numbers of a text.
fn numbers(text: &str) -> Vec<f64> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
    text.split(|c: char| !is_part(c))
        .flat_map(|part| part.split('-'))
        .filter_map(|part| part.replace('_', "").parse().ok())
        .collect()
}

/// Whether a number is one of those typed, in another unit.
fn follows(number: f64, typed: &[f64]) -> bool {
    typed.iter().any(|typed| {
        let size = typed.abs();
        let near = |other: f64| (number - other).abs() <= 1e-3 * other.abs().max(1e-9);
        let monthly = ((1.0 + size / 100.0).powi(12) - 1.0) * 100.0;
        let yearly = (1.0 - (1.0 - size / 100.0).powf(1.0 / 12.0)) * 100.0;
        let of_year = [size * 12.0, size * 12f64.sqrt(), size / 12.0, 12.0 / size, monthly, yearly];
        [1.0, 100.0, 0.01, 1000.0].iter().any(|unit| near(size * unit))
            || of_year.iter().any(|other| near(*other))
            || number == size.floor()
            || number == size.ceil()
    })
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn no_proposal_is_refused_again_or_has_a_number_that_was_not_typed() {
    no_proposal_is_wrong(MATRIX_STEP);
}

/// The same with every wrong value of every key of every file.
#[test]
#[ignore = "takes minutes"]
fn no_proposal_of_all_is_refused_again_or_has_a_number_that_was_not_typed() {
    no_proposal_is_wrong(1);
}

fn no_proposal_is_wrong(matrix_step: usize) {
    let mutations = mutations(matrix_step);
    let results: Vec<(usize, Vec<String>)> = mutations
        .par_iter()
        .map(|mutation| {
            let what = &mutation.what;
            let mut said = Vec::new();
            let mut count = 0;
            for fault in faults(&mutation.text) {
                if is_half_read(mutation, &fault) {
                    said.push(format!("{what}: one of two meanings is proposed"));
                }
                for proposal in &fault.proposals {
                    count += 1;
                    let why = breach(mutation, &fault, proposal);
                    said.extend(why.map(|why| format!("{what} ({}): `{}` {why}", fault.code, proposal.0)));
                }
            }
            (count, said)
        })
        .collect();
    let count: usize = results.iter().map(|(count, _)| count).sum();
    let said: Vec<&String> = results.iter().flat_map(|(_, said)| said).collect();
    // whatever the file
    let kinds: BTreeSet<&str> = said.iter().filter_map(|line| Some(line.split_once(' ')?.1)).collect();
    let shown = kinds.into_iter().take(60).collect::<Vec<_>>().join("\n");
    assert!(said.is_empty(), "{} of {count} proposals of {} files:\n{shown}", said.len(), mutations.len());
    assert!(mutations.len() > 5_000 && count > 2_500, "{} {count}", mutations.len());
}

#[test]
fn a_proposal_that_says_something_else_is_seen() {
    let text = "start = \"2027-01\"\nhorizon = \"10 years\"\ncurrency = \"USD\"\nrun.seed = 1\n\
                [[asset]]\nname = \"a\"\nclass = \"micro-saas-fleet\"\nvalue = 1000\nvolatility = \"3,7 %/year\"\n";
    let wrong = "\"3,7 %/year\"";
    let start = text.find(wrong).expect("it is there");
    let mut sources = SourceMap::default();
    let place = Place { text: sources.add("", text), start, end: start + wrong.len() };
    let (what, typed) = (String::new(), &[3.7]);
    let mutation = Mutation { what, wrong, typed, place, text: text.to_owned() };
    let found = faults(text);
    let with = |value: &str| (value.to_owned(), text.replace(wrong, value));
    let breach = |value: &str| breach(&mutation, &found[0], &with(value));
    assert_eq!(breach("\"3.7 %\""), None);
    assert!(breach("\"22 %\"").is_some_and(|why| why.contains("not typed")));
    assert!(breach("37").is_some_and(|why| why.contains("refused again")));
}
