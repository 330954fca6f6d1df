//! Pages of what a run leaves: measures, pictures, warnings, exit codes.

use super::super::{EXITS, Ending};
use super::plain;
use crate::catalog::explain::Explanation;
use crate::chart::CHARTS;
use crate::report::{WARNINGS, WarningKind};
use crate::stats::{MEASURES, Measure, Scope};

pub(super) fn measures() -> Vec<String> {
    all_measures()
        .map(|(_, measure)| measure.id.to_owned())
        .collect()
}

pub(super) fn charts() -> Vec<String> {
    CHARTS.iter().map(|kind| kind.id.to_owned()).collect()
}

pub(super) fn warnings() -> Vec<String> {
    WARNINGS.iter().map(|kind| kind.id.to_owned()).collect()
}

pub(super) fn exits() -> Vec<String> {
    let codes = EXITS.iter().map(|exit| exit.code);
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
    let warning = |kind: &WarningKind| {
        plain(
            kind.id,
            "A warning of the report",
            vec![kind.doc.to_owned()],
            &["1"],
        )
    };
    if id == "exit-codes" {
        return Some(exit_codes());
    }
    let exits = EXITS.iter().find(|exit| exit.code == id).map(of_exit);
    exits
        .or_else(|| WARNINGS.iter().find(|kind| kind.id == id).map(warning))
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

fn of_exit(exit: &Ending) -> Explanation {
    let title = format!("Exit code {}: {}", exit.code, exit.title);
    let of = exit.of.iter();
    let of = of.map(|(command, when)| format!("{command}: {when}."));
    let paragraphs = std::iter::once(exit.doc.to_owned()).chain(of);
    plain(exit.code, &title, paragraphs.collect(), &["exit-codes"])
}

fn exit_codes() -> Explanation {
    let lines = EXITS
        .iter()
        .map(|exit| format!("{}  {}. {}", exit.code, exit.title, exit.doc));
    plain(
        "exit-codes",
        "What the exit code says",
        lines.collect(),
        &["0", "1", "2", "130"],
    )
}
