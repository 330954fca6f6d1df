//! Pages of the outputs of a run: measures, charts, warnings, exit codes.

use super::super::{EXITS, Ending};
use super::page::Explanation;
use crate::form::capital;
use crate::record::causes;
use crate::report::{CHARTS, PictureKind, WARNINGS, WarningKind};
use crate::stats::{MEASURES, Measure, Scope, look_up};

pub(super) fn page(id: &str) -> Option<Explanation> {
    if id == "exit-codes" {
        let lines = EXITS.iter().map(|exit| format!("{}  {}. {}", exit.code, exit.title, exit.doc));
        return Some(Explanation::new(
            id,
            "Exit codes of all commands",
            lines.collect(),
            &["0", "1", "2", "130"],
        ));
    }
    let of_exit = |exit: &Ending| {
        let of = exit.of.iter().map(|(command, when)| format!("`{command}`: {}.", capital(when)));
        let paragraphs = std::iter::once(exit.doc.to_owned()).chain(of).collect();
        Explanation::new(id, format!("Exit code {id}: {}", exit.title), paragraphs, &["exit-codes"])
    };
    let of_warning = |kind: &WarningKind| {
        Explanation::new(kind.id, format!("Warning: {}", kind.title), vec![kind.doc.to_owned()], &[])
    };
    let is_it = |kind: &&WarningKind| [kind.id, kind.title].contains(&id);
    EXITS
        .iter()
        .find(|exit| exit.code == id)
        .map(of_exit)
        .or_else(|| WARNINGS.iter().find(is_it).map(of_warning))
        .or_else(|| CHARTS.iter().find(|kind| kind.id == id).map(of_chart))
        .or_else(|| look_up(id).map(|measure| of_measure(id, measure)))
}

/// Page that lists all measures whose ids contain `id` as one or more whole words between dots; `None` if
/// there are none.
pub(super) fn of_family(id: &str) -> Option<Explanation> {
    let inner = format!(".{id}.");
    let members = MEASURES.iter().filter(|measure| format!(".{}.", measure.id).contains(&inner));
    let lines = members.map(|measure| format!("{}: {}", measure.id, measure.title));
    let mut page = Explanation::new(id, format!("Measures with `{id}` in their id"), Vec::new(), &[]);
    page.list = lines.collect();
    (!page.list.is_empty()).then_some(page)
}

/// Endings of measure ids, such as `p05`, with their meanings.
const STATISTICS: [(&str, &str); 6] = [
    ("p05", "5 % of the paths have a lower value."),
    ("p25", "25 % of the paths have a lower value."),
    ("p50", "Half of the paths have a higher value, half a lower one."),
    ("p75", "25 % of the paths have a higher value."),
    ("p95", "5 % of the paths have a higher value."),
    ("mean", "The mean is taken over all paths. A few extreme paths can move it far from the median."),
];

fn of_measure(id: &str, measure: &Measure) -> Explanation {
    let last = id.rsplit('.').next();
    let statistic = STATISTICS.iter().find(|(suffix, _)| Some(*suffix) == last);
    let mut paragraphs: Vec<String> = statistic.map(|(_, doc)| (*doc).to_owned()).into_iter().collect();
    paragraphs.push(format!("Unit: {}.", measure.unit.word()));
    paragraphs.push(measure.doc.clone());
    paragraphs.extend(of_scope(measure.scope));
    paragraphs.push(
        "report.json has it under `measures`, with its standard error and its 95 % sampling interval."
            .to_owned(),
    );
    Explanation::new(id, measure.title.as_str(), paragraphs, &[])
}

/// Sentence on the objects, such as assets, that each have the measure, and on the placeholder for their names
/// in its id; `None` for a measure of the whole portfolio.
fn of_scope(scope: Scope) -> Option<String> {
    let said = match scope {
        Scope::Portfolio => return None,
        Scope::EachAsset => "Each asset has one; `<name>` stands for the name of the asset.",
        Scope::EachEvent => "Each [[event]] has one; `<event>` stands for the name of the event.",
        Scope::EachState => {
            "Each quantity of an earnings model has one. `<state>` stands for the asset and the quantity, as in \
             `state.site.visits`."
        }
        Scope::EachMove => {
            "Each place of `owner.residence` with a minimum income has one. `<place>` stands for the place, as in \
             `owner.move.united-arab-emirates.probability`."
        }
        Scope::EachCause => {
            let words = causes().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            return Some(format!("Each cause has one. `<cause>` stands for one of: {words}."));
        }
    };
    Some(said.to_owned())
}

fn of_chart(kind: &PictureKind) -> Explanation {
    let files = format!("Files: {0}.svg and {0}.png.", kind.id);
    Explanation::new(kind.id, kind.title, vec![kind.doc.to_owned(), files], &[])
}

/// Page of the chart that writes the file `name`; `None` if no chart writes such a file.
pub(super) fn of_file(name: &str) -> Option<Explanation> {
    let id = [".svg", ".png"].iter().find_map(|end| name.strip_suffix(end))?;
    CHARTS.iter().find(|kind| kind.id == id).map(of_chart)
}
