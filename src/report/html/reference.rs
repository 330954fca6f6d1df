//! Reference part of `report.html`: defaults from the catalog in words, limits of the model, all measures, how to
//! reproduce the page.
//!
//! In: a report. Out: blocks of its page. Not here: labels of keys (`scenario`).

use super::limits;
use crate::catalog::{Grade, source};
use crate::figure::{capital, counted, of_key, shortened};
use crate::form::{Data, Value, parse_value};
use crate::page::{Block, Page, Span, Table, Text};
use crate::record::{causes, id};
use crate::report::document::FilledPart;
use crate::report::{Report, labels};
use crate::scenario::{Amount, label_of_key, label_of_name, table_of_key, word_of_key};
use crate::stats::{Scope, look_up};
use crate::study::alike_by;

/// Largest number of catalog values on the page: a hundred assets can have thousands of correlations.
const MOST_VALUES: usize = 400;

const GUESS: &str = "G";

impl Report {
    /// Writes all values from the catalog, in a folded table for each asset or topic.
    pub(super) fn write_assumptions(&self, page: &mut Page) {
        let filled = &self.scenario.filled_in;
        if filled.is_empty() {
            page.sentence("The file states every value itself.");
            return;
        }
        let guesses = |all: &[&FilledPart]| all.iter().filter(|one| one.grade == GUESS).count();
        let all: Vec<&FilledPart> = filled.iter().collect();
        page.sentence(format!("{} of {} are guesses.", guesses(&all), counted(all.len(), "value"),));
        let occurs = |grade: &Grade| all.iter().any(|one| one.grade == grade.to_string());
        let grades = Grade::ALL.into_iter().filter(occurs);
        let legend = grades.map(|grade| format!("Grade {grade}: {}.", grade.meaning()).into());
        page.push(Block::List(legend.collect()));
        for group in alike_by(all.into_iter().take(MOST_VALUES), |one| labels::group(&one.key)) {
            let (name, n) = (labels::group(&group[0].key), counted(group.len(), "value"));
            let title = format!("{name}: {n}, {}", counted(guesses(&group), "guess"));
            let mut table = Table::new(&["", "value", "grade"]);
            for one in group {
                let (cells, reason) = self.row_of(one);
                table.row_with(cells, vec![reason]);
            }
            page.push(Block::Fold {
                title: title.into(),
                inner: vec![Block::Table(table)],
                is_printed: true,
            });
        }
        if let more @ 1.. = filled.len().saturating_sub(MOST_VALUES) {
            page.fine(format!("{} more are in report.json.", counted(more, "value")));
        }
    }

    /// Writes the effects that this scenario does not simulate, then the limits of the model.
    pub(super) fn write_limits(&self, page: &mut Page) {
        self.write_warnings(true, page);
        let limits = limits().iter().map(|limit| Text::message(limit));
        page.push(Block::List(limits.collect()));
    }

    /// Writes a table of all measures by id, with their errors.
    pub(super) fn write_measures(&self, page: &mut Page) {
        let rows = self.measures.iter().map(|(id, measure)| {
            let note = measure.note().map(|note| note.to_string());
            [Text::code(id), self.title_of(id).into(), self.shown(measure), note.unwrap_or_default().into()]
        });
        let table = Table::of(["measure", "title", ">figure", "note"], rows);
        page.sentence(Text::message(
            "The intervals are in `report.json`, and `tailwheel explain ID` describes each figure.",
        ));
        page.push(Block::Fold {
            title: counted(self.measures.len(), "figure").into(),
            inner: vec![Block::Table(table.without_empty())],
            is_printed: false,
        });
    }

    /// Returns the title of the measure `id` with the name of its object: `Mean profit or loss by the cause, real: Tax`.
    pub(super) fn title_of(&self, id: &str) -> String {
        let Some(measure) = look_up(id) else { return String::new() };
        let is_it = |name: &str| measure.id_of(name) == id;
        let name = match measure.scope {
            Scope::EachCause => causes().find(|word| is_it(word)).map(|word| {
                let mean = self.measure(&id::of(id::CAUSE_MEAN, word));
                labels::cause_of(word, mean.map_or(0.0, |mean| mean.value)).to_owned()
            }),
            Scope::EachState => {
                let mut states = self.states.iter();
                let state = states.find(|state| is_it(&format!("{}.{}", state.asset, state.state)));
                state.map(|state| format!("{}, {}", label_of_name(&state.asset), state.label))
            }
            Scope::EachEvent => {
                let event = self.scenario.events.iter().find(|event| is_it(&event.name));
                event.map(|event| event.label.clone())
            }
            Scope::EachAsset => {
                let asset = self.scenario.assets.iter().find(|asset| is_it(&asset.name));
                asset.map(|asset| label_of_name(&asset.name))
            }
            Scope::Portfolio | Scope::EachMove => None,
        };
        name.map_or_else(|| measure.title.clone(), |name| format!("{}: {name}", measure.title))
    }

    /// Writes command, seeds and versions, with which the page can be reproduced.
    pub(super) fn write_origin(&self, page: &mut Page) {
        if let Some(command) = &self.command {
            page.sentence(Text::code(&command.line));
        }
        let run = &self.run;
        page.fine(format!(
            "{} of {}, {}, results version {}, {}; model {}.",
            counted(run.paths as usize, "path"),
            counted(run.months as usize, "month"),
            run.seeds,
            run.value_version,
            self.program,
            self.scenario.model_digest
        ));
    }

    /// Returns label, value and grade of a value from the catalog, and its reason with sources, to print below these.
    fn row_of(&self, one: &FilledPart) -> ([Text; 3], Text) {
        // the heading names the asset, but neither the event nor the cluster of agents
        let label = match table_of_key(&one.key).0 {
            "event" | "crash" => label_of_key(&one.key),
            _ => word_of_key(&one.key),
        };
        let value = parse_value(&one.value);
        let value =
            value.map_or(one.value.clone(), |value| spoken(&one.key, &value, &self.scenario.currency));
        let value = shortened(&value);
        let drawn = if one.drawn { ", drawn on each path" } else { "" };
        let mut reason = vec![Span::Plain(one.source.clone())];
        for from in one.from.iter().filter_map(|id| source(id)) {
            reason.push(Span::Plain(" ".to_owned()));
            reason.push(match &from.link {
                Some(link) => Span::Link(link.clone(), from.title.clone()),
                None => Span::Plain(format!("{}.", from.title)),
            });
        }
        let cells = [capital(&label).into(), format!("{value}{drawn}").into(), one.grade.as_str().into()];
        (cells, Text(reason))
    }
}

/// Writes the value of the key at `path` in words: `23 % a year`, `0.3 % to 9.4 % a year`, `6 weeks`, `yes`.
fn spoken(path: &str, value: &Value, currency: &str) -> String {
    if let Some([low, high]) = Amount::ends(path, value) {
        let number = |amount: &Amount| of_key(amount.number, &amount.unit.unit, currency);
        let range =
            if low == high { number(&high) } else { format!("{} to {}", number(&low), number(&high)) };
        let text = match Amount::of(path, value).filter(|_| low != high) {
            Some(middle) => format!("{} ({range})", number(&middle)),
            None => range,
        };
        return text + &behind(&high);
    }
    match &value.data {
        Data::Boolean(is_so) => (if *is_so { "yes" } else { "no" }).to_owned(),
        Data::Text(text) | Data::Moment(text) => text.clone(),
        Data::Integer(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::List(items) => {
            items.iter().map(|item| spoken(path, item, currency)).collect::<Vec<_>>().join("; ")
        }
        Data::Table(table) => {
            let entries = table.entries.iter().map(|entry| {
                let value = spoken(&format!("{path}.{}", entry.key), &entry.value, currency);
                format!("{} {value}", word_of_key(&entry.key))
            });
            entries.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Returns the unit and period to print after the number of `amount`: ` weeks`, ` a year`.
fn behind(amount: &Amount) -> String {
    let unit = &amount.unit;
    let is_written = ["money", "fraction", "percent", ""].contains(&unit.unit.as_str());
    let plural = if amount.number == 1.0 { "" } else { "s" };
    let word = if is_written { String::new() } else { format!(" {}{plural}", unit.unit) };
    word + &unit.per.as_ref().map_or_else(String::new, |per| format!(" a {per}"))
}
