//! Figures that a batch keeps, and whether the measure of an expectation is one that a report can have.
//!
//! In: a report; ids of measures with their places, the scenario. Out: its headline; faults. Not here:
//! whether a figure meets the expectation (`gate`).

use super::super::Report;
use super::Measure;
use crate::form::{Diagnostic, Faults, Place, nearest, one_of};
use crate::scenario::Scenario;
use crate::stats::{MEASURES, Note, Scope};
use std::collections::BTreeMap;

/// A fault for every measure that no report of `scenario` has under this id.
///
/// A measure that exists and has no value in this run (a loss of a year in a scenario of six
/// months) is none: the gate itself says so.
pub fn check_measures<'e>(
    measures: impl IntoIterator<Item = (&'e str, Option<Place>)>,
    scenario: &Scenario,
) -> Vec<Diagnostic> {
    let names: Vec<&str> = scenario
        .assets
        .iter()
        .map(|asset| asset.name.as_str())
        .collect();
    let known = known(&names);
    let unknown = measures
        .into_iter()
        .filter(|(id, _)| !known.iter().any(|known| known == id));
    // a file with more faults is no scenario
    unknown
        .take(Faults::MAX)
        .map(|(id, place)| fault(id, place, &known, &names))
        .collect()
}

/// Ids of all measures in the order of the reference, those of assets for each of them.
fn known(names: &[&str]) -> Vec<String> {
    let ids = MEASURES.iter().flat_map(|measure| match measure.scope {
        Scope::Portfolio => vec![measure.id.clone()],
        Scope::EachAsset => names.iter().map(|name| measure.id_of(name)).collect(),
    });
    ids.collect()
}

/// Part of an id before its first point, which groups the list of a message.
fn head(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

fn fault(id: &str, place: Option<Place>, known: &[String], names: &[&str]) -> Diagnostic {
    let words = || known.iter().map(String::as_str);
    let fault = Diagnostic::new("unknown-measure", format!("unknown measure `{id}`"));
    let asset = id
        .strip_prefix("asset.")
        .and_then(|rest| rest.split('.').next())
        .filter(|name| !names.contains(name));
    if let Some(asset) = asset {
        let fault = fault.at(place, format!("there is no asset `{asset}`"));
        return fault.note("assets", one_of(names.iter().copied()));
    }
    let fault = match nearest(id, words()) {
        Some(near) => fault
            .at(place, format!("did you mean `{near}`?"))
            .replace(place, format!("\"{near}\"")),
        None => fault.at(place, "no report has it"),
    };
    let alike: Vec<&str> = words().filter(|word| head(word) == head(id)).collect();
    let fault = match alike.is_empty() {
        true => {
            let mut heads: Vec<&str> = words().map(head).collect();
            heads.dedup();
            fault.note("they begin with", one_of(heads))
        }
        false => fault.note("there are", one_of(alike)),
    };
    fault.note(
        "all",
        "docs/output.md lists every measure; `tailwheel explain ID` says what one is",
    )
}

/// Figures that a batch keeps of every scenario, besides those of its gates. They are few, so that
/// the lines of two hundred scenarios can be read.
pub const HEADLINE: [&str; 8] = [
    "wealth.terminal.real.p05",
    "wealth.terminal.real.p50",
    "wealth.terminal.real.p95",
    "cagr.real.p50",
    "loss.probability",
    "expected_shortfall.95",
    "drawdown.max.p50",
    "ruin.probability",
];

/// The headline figures of a report, by id of the measure; what is so by definition is left out.
pub fn headline(report: &Report) -> BTreeMap<String, Measure> {
    let by_definition = Note::NoObligations.to_string();
    let figure = |id: &&str| {
        let measure = report.measures.get(*id)?;
        let is_found = measure.note.as_ref() != Some(&by_definition);
        Some(((*id).to_owned(), measure.kept().filter(|_| is_found)?))
    };
    HEADLINE.iter().filter_map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::SourceMap;
    use crate::scenario::read;

    fn scenario() -> Scenario {
        let text = "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\n\
                    [run]\nseed = 1\npaths = 100\n\
                    [[asset]]\nname = \"defi\"\nclass = \"defi-yield-aggregator\"\nvalue = 1\n";
        let loader = |_: &str| Ok(text.as_bytes().to_vec());
        read("t.toml", &[], &loader).unwrap_or_else(|_| panic!("a valid scenario"))
    }

    fn faults(id: &str) -> Vec<Diagnostic> {
        let mut sources = SourceMap::default();
        let place = Place {
            text: sources.add("t.toml", "measure"),
            start: 0,
            end: 7,
        };
        check_measures([(id, Some(place))], &scenario())
    }

    #[test]
    fn every_measure_of_the_scenario_may_be_expected_something_of() {
        for id in known(&["defi"]) {
            assert!(faults(&id).is_empty(), "{id}");
        }
    }

    #[test]
    fn a_slip_is_answered_with_the_measure_that_was_meant() {
        let found = &faults("loss.probabilty")[0];
        assert_eq!(found.message, "unknown measure `loss.probabilty`");
        assert_eq!(found.labels[0].text, "did you mean `loss.probability`?");
        assert_eq!(
            found.patch.as_ref().map(|patch| patch.replacement.as_str()),
            Some("\"loss.probability\"")
        );
    }

    #[test]
    fn a_measure_of_an_asset_that_is_not_there_names_those_that_are() {
        let found = &faults("asset.saas.terminal.mean")[0];
        assert_eq!(found.labels[0].text, "there is no asset `saas`");
        assert_eq!(found.notes[0].text, "defi");
        let literal = &faults("asset.<name>.terminal.mean")[0];
        assert_eq!(literal.labels[0].text, "there is no asset `<name>`");
    }

    #[test]
    fn a_stranger_is_answered_with_how_measures_begin() {
        let found = &faults("profit")[0];
        assert_eq!(found.labels[0].text, "no report has it");
        assert!(
            found.notes[0]
                .text
                .starts_with("wealth, loss, value_at_risk")
        );
        let family = &faults("drawdown.max.p33333333")[0];
        assert!(family.notes[0].text.contains("drawdown.max.p50"));
    }
}
