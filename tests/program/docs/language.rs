//! Texts use the words of the glossary and short sentences: help, pages of `explain`, measures, warnings, charts, catalog,
//! and the pages of the documentation.

use crate::common::scenario_of_file;
use crate::language_rules as language;
use std::sync::LazyLock;
use tailwheel::Control;
use tailwheel::catalog::{classes, event_kinds, jurisdictions};
use tailwheel::cli::{ENVIRONMENT, EXITS, declaration, explained};
use tailwheel::page::Form;
use tailwheel::page::glossary::TERMS;
use tailwheel::report::{CHARTS, Report, WARNINGS};
use tailwheel::scenario::sections;
use tailwheel::stats::MEASURES;
use tailwheel::study::{bridge, simulate};

/// The pages of `explain`.
static PAGES: LazyLock<Vec<(String, Vec<String>)>> = LazyLock::new(explained);

/// Names of keys and ids, which a page of `explain` may use as words.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let fields = sections().iter().flat_map(|section| {
        let inner = section.fields().flat_map(|field| field.unit.shape.inner_fields());
        section.fields().chain(inner).map(|field| field.key.to_owned()).collect::<Vec<_>>()
    });
    let keys =
        PAGES.iter().flat_map(|(id, _)| [id.clone(), id.rsplit('.').next().unwrap_or_default().to_owned()]);
    fields.chain(keys).collect()
});

/// Faults of texts that are not rewritten yet. These numbers only ever fall.
const LEFT_IN_CATALOG: usize = 20;
const LEFT_IN_EXPLAIN: usize = 44;
const LEFT_IN_HELP: usize = 21;

/// Pages that are not rewritten yet. This list only ever gets shorter.
const LEFT_OF_PAGES: &[&str] = &[
    "benches/", "docs/coverage.md", "docs/decisions/", "docs/plausibility.md", "docs/scenario.md",
    "docs/validation.md",
];

/// Paragraphs, list items and cells of a page, without code and without what is generated.
fn prose(page: &str) -> Vec<String> {
    let (mut texts, mut text) = (Vec::new(), String::new());
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let begins = line.trim_start();
        let is_apart =
            begins.is_empty() || ["#", "|", "- ", "```", "<!--"].iter().any(|mark| begins.starts_with(mark));
        if is_apart || begins.starts_with(|c: char| c.is_ascii_digit()) && begins.contains(". ") {
            texts.push(std::mem::take(&mut text));
        }
        if begins.starts_with("```") {
            lines.by_ref().take_while(|line| !line.trim_start().starts_with("```")).for_each(drop);
        } else if begins.starts_with("<!-- generated") {
            lines.by_ref().take_while(|line| *line != "<!-- end -->").for_each(drop);
        } else if begins.starts_with('|') {
            texts.extend(begins.split('|').map(str::to_owned));
        } else if !begins.starts_with("<!--") {
            text += &format!("{begins} ");
        }
    }
    texts.push(text);
    // of a link its words, without the address
    let plain = |text: &String| {
        let mut parts = text.split("](");
        let first = parts.next().unwrap_or_default().to_owned();
        let rest = parts.map(|part| part.split_once(')').map_or(part, |(_, after)| after));
        rest.fold(first, |text, part| text + part).trim_matches(['#', '-', '*', ' ']).replace(['[', '*'], "")
    };
    texts.iter().map(plain).collect()
}

#[test]
fn pages_of_the_documentation() {
    let pages = super::pages().into_iter();
    let pages = pages.filter(|name| !LEFT_OF_PAGES.iter().any(|left| name.starts_with(left)));
    let mut found = Vec::new();
    for name in pages {
        let faults = prose(&super::page(&name));
        let faults = faults.iter().flat_map(|text| language::of_text(text, &NAMES));
        found.extend(faults.map(|fault| format!("{name}: {fault}")));
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

/// Refuses more than `most` faults in these texts.
#[track_caller]
fn check<T: AsRef<str>>(texts: impl IntoIterator<Item = T>, most: usize) {
    let texts = texts.into_iter();
    let found: Vec<String> = texts.flat_map(|text| language::of_text(text.as_ref(), &NAMES)).collect();
    assert!(found.len() <= most, "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn texts_of_the_registries() {
    let measures = MEASURES.iter().flat_map(|one| [one.title.as_str(), one.doc.as_str()]);
    let warnings = WARNINGS.iter().flat_map(|kind| [kind.title, kind.doc]);
    let charts = CHARTS.iter().flat_map(|kind| [kind.title, kind.doc]);
    let exits = EXITS.iter().flat_map(|exit| {
        let of = exit.of.iter().map(|(_, when)| *when);
        [exit.title, exit.doc].into_iter().chain(of)
    });
    let environment = ENVIRONMENT.iter().map(|(_, doc)| *doc);
    let glossary = TERMS.iter().map(|term| term.definition.as_str());
    check(measures.chain(warnings).chain(charts).chain(exits).chain(environment).chain(glossary), 0);
    for term in TERMS.iter() {
        let n_sentences = term.definition.matches(". ").count() + 1;
        assert!(n_sentences <= 3, "{}", term.label);
    }
}

#[test]
fn pages_of_explain() {
    check(PAGES.iter().flat_map(|(_, texts)| texts), LEFT_IN_EXPLAIN);
}

#[test]
fn titles_and_docs_of_the_catalog() {
    let classes = classes().iter().flat_map(|one| [&one.title, &one.doc]);
    let events = event_kinds().iter().flat_map(|one| [&one.title, &one.doc]);
    let places = jurisdictions().iter().flat_map(|one| [&one.title, &one.doc]);
    check(classes.chain(events).chain(places), LEFT_IN_CATALOG);
}

#[test]
fn help_of_every_command() {
    let mut texts = Vec::new();
    let mut program = declaration();
    program.build();
    for command in program.get_subcommands().chain([&program]) {
        let about = [command.get_about(), command.get_long_about(), command.get_after_help()];
        texts.extend(about.into_iter().flatten().map(ToString::to_string));
        for option in command.get_arguments() {
            let help = [option.get_help(), option.get_long_help()];
            texts.extend(help.into_iter().flatten().map(ToString::to_string));
        }
    }
    assert!(texts.len() > 60, "{}", texts.len());
    check(texts, LEFT_IN_HELP);
}

/// The screens of `run`, without the titles, which are of their authors.
#[test]
#[ignore = "slow: part of .ci/run"]
fn screens_of_the_shipped_scenarios() {
    let files = super::plausible::shipped();
    let mut found = Vec::new();
    for file in &files {
        let mut scenario = scenario_of_file(&format!("scenarios/{file}"), &[]);
        scenario.paths = 256;
        let control = Control::default();
        let run = simulate(&scenario, &control).expect("a finite run");
        let bridge = bridge(&run, &control).expect("finite runs");
        let screen = Report::from(&run).with_bridge(bridge).screen(Form::of_width(100)).into_bytes();
        let screen = String::from_utf8(screen).expect("text");
        let names: Vec<String> = scenario.assets.iter().map(|asset| asset.name.clone()).collect();
        let (_, untitled) = screen.split_once('\n').expect("a title");
        found.extend(language::of_screen(untitled, &names).iter().map(|fault| format!("{file}: {fault}")));
    }
    assert!(files.len() > 35 && found.is_empty(), "{}", found.join("\n"));
}

/// The screens of all other commands, as pages of the documentation show them.
#[test]
fn screens_that_pages_show() {
    let mut n_screens = 0;
    let mut faults = Vec::new();
    for name in super::pages() {
        let page = super::page(&name);
        for block in page.split("<!-- generated: printed").skip(1) {
            let screen = block.split("```").nth(1).unwrap_or_default();
            n_screens += 1;
            let found = language::of_screen(screen, &[]).into_iter();
            // lists of ids and of gates are shown too
            let found = found.filter(|fault| !fault.contains(" words: "));
            faults.extend(found.map(|fault| format!("{name}: {fault}")));
        }
    }
    assert!(n_screens > 15 && faults.is_empty(), "{n_screens}: {}", faults.join("\n"));
}

#[test]
fn a_planted_word_and_a_planted_long_sentence_are_found() {
    let good = "The median is $136k ± 1.5k. `surplus` keeps excess cash.";
    assert!(language::of_text(good, &[]).is_empty() && language::of_screen(good, &[]).is_empty());
    for planted in [
        "Of 100 futures 14 run dry.",
        "In 14 of 100 the money runs out.",
        "All amounts are in 2027 money.",
        "It falls to its TROUGH.",
        "The value per cent.",
        "A catalogue of works.",
    ] {
        assert!(!language::of_text(planted, &[]).is_empty(), "{planted}");
        let screen = format!("Title\n\n  Final wealth     $136k\n  {planted}\n");
        assert!(!language::of_screen(&screen, &[]).is_empty(), "{planted}");
    }
    let long = format!("{}end.", "word ".repeat(39));
    assert_eq!(language::of_text(&long, &[]).len(), 1);
    let wrapped = long.replacen("word word word word ", "word word word word\n  ", 4);
    assert_eq!(language::of_screen(&wrapped, &[]).len(), 1);
    // a table is no sentence
    let table = "  Final wealth     $136k\n".repeat(20);
    assert!(language::of_screen(&table, &[]).is_empty());
    // a key may be a word on pages of `explain`
    let names = ["hallucination".to_owned()];
    assert!(!language::of_text("A hallucination.", &[]).is_empty());
    assert!(language::of_text("A hallucination.", &names).is_empty());
}
