//! Pages of what a run leaves: measures, pictures, warnings, exit codes.

use super::plain;
use crate::catalog::explain::Explanation;
use crate::chart::CHARTS;
use crate::report::WARNINGS;
use crate::stats::{MEASURES, Measure, Scope};

/// Exit codes and what they say.
const EXITS: [(&str, &str, &str); 4] = [
    (
        "0",
        "Done",
        "The command did what was asked; what it printed and wrote is whole. A reader \
      that stops reading, as in `| head`, is no fault.",
    ),
    (
        "1",
        "The answer is no",
        "The command was carried out, everything is written, and the answer \
      is no: with `run --deny-warnings`, a report has a warning about its scenario or its paths; with \
      `compare --expect-equal`, a figure differs; two report.json that `compare` is given differ.",
    ),
    (
        "2",
        "Could not answer",
        "The command line, a scenario, a file or the machine stood in the \
      way. Standard error says where, by which rule, and what to write instead; nothing is written \
      for the scenario at fault, and nothing at all if a scenario is invalid.",
    ),
    (
        "130",
        "Interrupted",
        "Ctrl-C stopped the run. Scenarios that were finished before keep their \
      files; for the one that ran nothing is written.",
    ),
];

pub(super) fn measures() -> Vec<String> {
    all_measures()
        .map(|(_, measure)| measure.id.to_owned())
        .collect()
}

pub(super) fn charts() -> Vec<String> {
    CHARTS.iter().map(|kind| kind.id.to_owned()).collect()
}

pub(super) fn warnings() -> Vec<String> {
    WARNINGS.iter().map(|(id, _)| (*id).to_owned()).collect()
}

pub(super) fn exits() -> Vec<String> {
    let codes = EXITS.iter().map(|(code, _, _)| *code);
    std::iter::once("exit-codes")
        .chain(codes)
        .map(str::to_owned)
        .collect()
}

fn all_measures() -> impl Iterator<Item = (Scope, &'static Measure)> {
    MEASURES.iter().flat_map(|family| {
        family
            .measures
            .iter()
            .map(|measure| (family.scope, measure))
    })
}

pub(super) fn page(id: &str) -> Option<Explanation> {
    let exit = |(code, title, doc): &(&str, &str, &str)| {
        plain(
            code,
            &format!("Exit code {code}: {title}"),
            vec![(*doc).to_owned()],
            &["exit-codes"],
        )
    };
    let warning = |(id, doc): &(&str, &str)| {
        plain(
            id,
            "A warning of the report",
            vec![(*doc).to_owned()],
            &["1"],
        )
    };
    if id == "exit-codes" {
        return Some(exit_codes());
    }
    let exits = EXITS.iter().find(|(code, _, _)| *code == id).map(exit);
    exits
        .or_else(|| WARNINGS.iter().find(|(known, _)| *known == id).map(warning))
        .or_else(|| {
            CHARTS
                .iter()
                .find(|kind| kind.id == id)
                .map(|kind| of_chart(kind))
        })
        .or_else(|| {
            let (scope, measure) = all_measures().find(|(_, measure)| is_called(measure.id, id))?;
            Some(of_measure(id, scope, measure))
        })
}

/// Whether `id` is the measure's id, or that with the name of an asset in it.
fn is_called(measure: &str, id: &str) -> bool {
    match measure.split_once("<name>") {
        Some((before, after)) => id
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|name| !name.is_empty()),
        None => measure == id,
    }
}

fn of_measure(id: &str, scope: Scope, measure: &Measure) -> Explanation {
    let mut paragraphs = vec![
        format!("Unit: {}.", measure.unit.word()),
        measure.doc.to_owned(),
    ];
    if scope == Scope::EachAsset {
        paragraphs.push("There is one for each asset; <name> stands for its name.".to_owned());
    }
    paragraphs.push(
        "In report.json under `measures`, with its standard error and 95 % interval from sampling."
            .to_owned(),
    );
    plain(id, measure.title, paragraphs, &[])
}

fn of_chart(kind: &crate::chart::Kind) -> Explanation {
    let files = format!("Files: {0}.svg and {0}.png.", kind.id);
    plain(kind.id, kind.title, vec![kind.doc.to_owned(), files], &[])
}

fn exit_codes() -> Explanation {
    let lines = EXITS
        .iter()
        .map(|(code, title, doc)| format!("{code}  {title}. {doc}"));
    plain(
        "exit-codes",
        "What the exit code says",
        lines.collect(),
        &["0", "1", "2", "130"],
    )
}
