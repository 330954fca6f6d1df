//! The bridge on the screen: one bar a step.
//!
//! In: the bridge of a report. Out: lines. Not here: digits (`figure`).

use super::Report;
use super::bridge::{BridgePart, WholeBridge};
use crate::figure::{grouped, per_cent, points};
use crate::math::digits::rounded;
use crate::page::{Document, Table};
use crate::study::MECHANISMS;

/// Widest bar, in columns.
const LONGEST: usize = 20;

/// Guesses that are named.
const NAMED: usize = 3;

/// A line of the bridge.
struct Row<'a> {
    label: &'a str,
    value: f64,
    figure: String,
    change: String,
}

impl Report {
    /// From the claim to the return of the middle path, step by step.
    pub(super) fn write_bridge(&self, page: &mut Document) {
        match &self.bridge {
            None => {}
            Some(BridgePart::None { absent }) => {
                page.sentence(format!("From the claim to your return: {absent}."));
                page.gap();
            }
            Some(BridgePart::Whole(bridge)) => {
                page.heading(
                    "FROM THE CLAIM TO YOUR RETURN",
                    "a year before inflation, middle path",
                );
                write_rows(bridge, page);
                page.gap();
            }
        }
    }

    /// What the largest step rests on, and how many paths the bridge is of.
    pub(super) fn write_bridge_notes(&self, page: &mut Document) {
        if let Some(BridgePart::Whole(bridge)) = &self.bridge {
            self.write_notes(bridge, page);
        }
    }

    fn write_notes(&self, bridge: &WholeBridge, page: &mut Document) {
        if let Some(largest) = bridge.largest().filter(|_| bridge.steps.len() > 1) {
            let step = points(largest.change.quantity()).value();
            let step = step.replace(" %", " points");
            let guesses = match self.guesses_of(largest.id).as_slice() {
                [] => String::new(),
                [one] => format!(" It rests on a guess (grade G): {one}."),
                [some @ .., last] if some.len() < NAMED => {
                    format!(
                        " It rests on guesses (grade G): {} and {last}.",
                        some.join(", ")
                    )
                }
                all => format!(
                    " It rests on guesses (grade G): {} and {} more.",
                    all[..NAMED].join(", "),
                    all.len() - NAMED
                ),
            };
            page.sentence(format!(
                "The largest step is {}: {step}.{guesses}",
                largest.title
            ));
        }
        let run = self.measure("cagr.p50");
        if let Some(run) = run.filter(|_| bridge.paths < self.run.paths) {
            page.sentence(format!(
                "Of the first {} paths; all {} give {}.",
                grouped(bridge.paths),
                grouped(self.run.paths),
                points(run.quantity()).value()
            ));
        }
    }

    /// Keys of the guesses that say how strong a mechanism is.
    fn guesses_of(&self, id: &str) -> Vec<&str> {
        let mechanism = MECHANISMS.iter().find(|mechanism| mechanism.id == id);
        let parts = mechanism.map_or(&[][..], |mechanism| mechanism.keys);
        let of_it = |key: &str| parts.iter().any(|part| key.contains(part));
        let filled_in = self.scenario.filled_in.iter();
        let guesses = filled_in.filter(|value| value.grade == "G" && of_it(&value.key));
        guesses.map(|value| value.key.as_str()).collect()
    }
}

fn write_rows(bridge: &WholeBridge, page: &mut Document) {
    let mut rows = vec![Row {
        label: "claim",
        value: bridge.claim,
        figure: per_cent(bridge.claim, 1),
        change: String::new(),
    }];
    rows.extend(bridge.steps.iter().map(|step| {
        let change = points(step.change.quantity()).whole();
        let plus = if step.change.value > 0.0 { "+" } else { "" };
        Row {
            label: step.title,
            value: step.median.value,
            figure: per_cent(step.median.value, 1),
            change: format!("{plus}{change}").replace(" %", ""),
        }
    }));
    let bars = Bars::over(&rows, LONGEST);
    let mut table = Table::new(&["", ">", "", ""]);
    for row in rows {
        let bar = bars.of(row.value);
        table.texts(vec![row.label.to_owned(), row.figure, bar, row.change]);
    }
    page.table(table);
}

/// Bars from zero, on one scale.
struct Bars {
    low: f64,
    high: f64,
    columns: usize,
}

impl Bars {
    fn over(rows: &[Row<'_>], columns: usize) -> Self {
        let ends = rows.iter().fold((0.0_f64, 0.0_f64), |(low, high), row| {
            (low.min(row.value), high.max(row.value))
        });
        Self {
            low: ends.0,
            high: ends.1,
            columns,
        }
    }

    /// Whole columns between zero and `value`.
    fn of(&self, value: f64) -> String {
        let width = (self.high - self.low).max(f64::MIN_POSITIVE);
        let at = |value: f64| {
            let place = (value - self.low) / width * self.columns as f64;
            rounded(place, 0).clamp(0.0, self.columns as f64) as usize
        };
        let (begin, end) = (at(value.min(0.0)), at(value.max(0.0)));
        let cell = |column| {
            if (begin..end).contains(&column) {
                '█'
            } else {
                ' '
            }
        };
        (0..self.columns).map(cell).collect()
    }
}
