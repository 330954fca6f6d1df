//! Pages of what a run leaves: measures, pictures, warnings, exit codes.

use super::super::{EXITS, Ending};
use super::page::Page;
use crate::record::causes;
use crate::report::{CHARTS, PictureKind, WARNINGS, WarningKind};
use crate::stats::{MEASURES, Measure, Scope, look_up};

pub(super) fn measures() -> Vec<String> {
    MEASURES.iter().map(|measure| measure.id.clone()).collect()
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

pub(super) fn page(id: &str) -> Option<Page> {
    let warning = |kind: &WarningKind| {
        let title = format!("A warning: {}", kind.title);
        Page::new(kind.id, title, vec![kind.doc.to_owned()], &[])
    };
    if id == "exit-codes" {
        return Some(exit_codes());
    }
    let is_it = |kind: &&WarningKind| [kind.id, kind.title].contains(&id);
    let exits = EXITS.iter().find(|exit| exit.code == id).map(of_exit);
    exits
        .or_else(|| WARNINGS.iter().find(is_it).map(warning))
        .or_else(|| CHARTS.iter().find(|kind| kind.id == id).map(of_chart))
        .or_else(|| look_up(id).map(|measure| of_measure(id, measure)))
}

/// The page of several figures that have a word, or words with points between, in common.
pub(super) fn of_family(id: &str) -> Option<Page> {
    let inner = format!(".{id}.");
    let members = MEASURES.iter();
    let members = members.filter(|measure| format!(".{}.", measure.id).contains(&inner));
    let lines = members.map(|measure| format!("{}: {}.", measure.id, measure.title));
    let lines: Vec<String> = lines.collect();
    let title = format!("Figures with `{id}` in their name");
    (!lines.is_empty()).then(|| Page::new(id, title, lines, &[]))
}

/// What the last word of a figure's name says of the futures.
const STATISTICS: [(&str, &str); 6] = [
    ("p05", "One in twenty futures is lower."),
    ("p25", "One in four futures is lower."),
    (
        "p50",
        "The middle future, the median: half of all are higher, half lower.",
    ),
    ("p75", "One in four futures is higher."),
    ("p95", "One in twenty futures is higher."),
    (
        "mean",
        "The mean of all futures; a few extreme ones can pull it far from the middle.",
    ),
];

fn of_measure(id: &str, measure: &Measure) -> Page {
    let mut paragraphs = vec![
        format!("Unit: {}.", measure.unit.word()),
        measure.doc.clone(),
    ];
    let meant = id.rsplit('.').next().and_then(|last| {
        let meant = STATISTICS.iter().find(|(statistic, _)| *statistic == last);
        meant.map(|(_, meant)| (*meant).to_owned())
    });
    if let Some(meant) = meant {
        paragraphs.insert(0, meant);
    }
    let words = || causes().collect::<Vec<_>>().join(", ");
    paragraphs.extend(match measure.scope {
        Scope::Portfolio => None,
        Scope::EachAsset => {
            Some("There is one for each asset; <name> stands for its name.".to_owned())
        }
        Scope::EachEvent => {
            Some("There is one for each [[event]]; <event> stands for its name.".to_owned())
        }
        Scope::EachState => Some(
            "There is one for each quantity that an asset with a mechanism shows of itself; <state> stands for the asset's \
             name, a point and the name of the quantity, as in state.site.visits."
                .to_owned(),
        ),
        Scope::EachMove => Some(
            "There is one for each place of `owner.residence` that asks for an income; <place> stands for its name, as \
             in owner.move.united-arab-emirates.probability."
                .to_owned(),
        ),
        Scope::EachCause => Some(format!(
            "There is one for each cause that the scenario has; <cause> stands for one of {}.",
            words()
        )),
    });
    paragraphs.push(
        "In report.json under `measures`, with its standard error and 95 % interval from sampling."
            .to_owned(),
    );
    Page::new(id, measure.title.as_str(), paragraphs, &[])
}

fn of_chart(kind: &PictureKind) -> Page {
    let files = format!("Files: {0}.svg and {0}.png.", kind.id);
    Page::new(kind.id, kind.title, vec![kind.doc.to_owned(), files], &[])
}

/// The page of a picture by the name of one of its files.
pub(super) fn of_file(name: &str) -> Option<Page> {
    let id = [".svg", ".png"]
        .iter()
        .find_map(|end| name.strip_suffix(end))?;
    CHARTS.iter().find(|kind| kind.id == id).map(of_chart)
}

fn of_exit(exit: &Ending) -> Page {
    let title = format!("Exit code {}: {}", exit.code, exit.title);
    let of = exit.of.iter();
    let of = of.map(|(command, when)| format!("{command}: {when}."));
    let paragraphs = std::iter::once(exit.doc.to_owned()).chain(of);
    Page::new(exit.code, title, paragraphs.collect(), &["exit-codes"])
}

fn exit_codes() -> Page {
    let lines = EXITS
        .iter()
        .map(|exit| format!("{}  {}. {}", exit.code, exit.title, exit.doc));
    Page::new(
        "exit-codes",
        "What the exit code says",
        lines.collect(),
        &["0", "1", "2", "130"],
    )
}
