//! The bridge on the screen: one bar a step.
//!
//! In: the bridge of a report. Out: blocks. Not here: digits (`figure`).

use super::bridge::{BridgePart, WholeBridge};
use super::document::Report;
use crate::figure::{difference, grouped, per_cent, points};
use crate::math::digits::rounded;
use crate::page::{Document, Table};

/// Widest bar, in columns.
const LONGEST: f64 = 20.0;

impl Report {
    /// From the claim to the return of the middle path, step by step.
    pub(super) fn write_bridge(&self, page: &mut Document, has_bars: bool) {
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
                page.table(rows(bridge, has_bars).without_empty());
                page.gap();
            }
        }
    }

    /// Of how many paths the bridge is.
    pub(super) fn write_bridge_notes(&self, page: &mut Document) {
        let Some(BridgePart::Whole(bridge)) = &self.bridge else {
            return;
        };
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
}

/// Label, median, a bar from zero and what the step changes; all bars on one scale.
fn rows(bridge: &WholeBridge, has_bars: bool) -> Table {
    let medians = bridge.steps.iter().map(|step| step.median.value);
    let ends = medians
        .chain([bridge.claim])
        .fold((0.0_f64, 0.0_f64), |ends, value| {
            (ends.0.min(value), ends.1.max(value))
        });
    let width = (ends.1 - ends.0).max(f64::MIN_POSITIVE);
    let bar = |value: f64| -> String {
        if !has_bars {
            return String::new();
        }
        let at = |value: f64| rounded((value - ends.0) / width * LONGEST, 0) as usize;
        let (begin, end) = (at(value.min(0.0)), at(value.max(0.0)));
        " ".repeat(begin) + &"█".repeat(end - begin)
    };
    let mut table = Table::new(&["", ">", "", ""]);
    let mut add = |label: &str, value: f64, change: String| {
        let cells = [label.to_owned(), per_cent(value, 1), bar(value), change];
        table.texts(cells.to_vec());
    };
    add("claim", bridge.claim, String::new());
    for step in &bridge.steps {
        let change = difference(step.change.unit, "", step.change.quantity());
        add(step.title, step.median.value, change.without_suffix());
    }
    table
}
