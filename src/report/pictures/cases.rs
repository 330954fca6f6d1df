//! Final wealth of every scenario of a comparison, a row each.
//!
//! In: a comparison. Out: its picture. Not here: paired differences (`comparison`).

use super::super::compare::{Comparison, SidePart};
use super::{Kind, Picture, drawn_with, left_out, measured, of_levels};
use crate::chart::{
    Axis, Extent, Ink, Line, Row, RowMark, Rows, Scale, Shape, Spec, TICKS_OF_ROWS, Theme,
};
use crate::figure::{Quantity, briefest, clearly_above, of_chart as percent, span};
use crate::report::Measure;
use crate::stats::Verdict;
use std::sync::atomic::AtomicBool;

pub const KIND: Kind = Kind {
    id: "cases",
    title: "Scenarios side by side",
    doc: "Final wealth of each scenario, real, the base first, then the highest median: a line over \
          90 % of the paths and a dot at the median. \
          The columns have the median and the probability of ruin, or of loss where no scenario runs out of money.",
    of: None, // of several runs
};

/// Rows drawn at most.
const MOST: usize = 24;

const WEALTH: &str = "wealth.terminal.real.p50";

impl Comparison {
    /// Final wealth of every scenario, if all have it; `None` once `stop` is set.
    pub fn cases_picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        drawn_with(&KIND, &self.spec_of_cases()?, &self.stamp(), theme, stop)
    }

    pub(super) fn spec_of_cases(&self) -> Option<Spec> {
        let setting = self.setting();
        let wealth = |level: &str| self.runs(&format!("wealth.terminal.real.{level}"));
        let [p05, _, p50, _, p95] = of_levels(wealth)?;
        let ends = || p05.iter().zip(&p95).map(|(low, high)| [low.value, high.value]);
        let extents = ends().map(|[lowest, highest]| Extent {
            lowest,
            highest,
            ratio: if lowest > 0.0 { highest / lowest } else { f64::INFINITY },
            usual: self.base.money_in,
        });
        let scale = Scale::fit(extents.reduce(Extent::and)?);
        let ruin = self.runs("ruin.probability");
        let ruin = ruin.filter(|runs| runs.iter().any(|run| run.value > 0.0));
        let heading = if ruin.is_some() { "probability of ruin" } else { "probability of loss" };
        let risks = ruin.or_else(|| self.runs("loss.probability"))?;
        let figures = p50.iter().zip(&risks).map(|(median, risk)| {
            let median = setting.measured(measured(median));
            [median, percent(measured(risk))].map(|figure| (figure, Ink::Text))
        });
        let rows = self.sides().zip(ends()).zip(&p50).zip(figures);
        let row = |(((side, ends), median), figures): (((&SidePart, _), &&Measure), [_; 2])| Row {
            name: self.label(side).to_owned(),
            marks: vec![
                RowMark::Span(ends, Line::new(Ink::Blue, 6.0).percent(40)),
                RowMark::Dot(median.value, 5.0, Ink::Blue),
            ],
            figures: figures.to_vec(),
        };
        let mut rows: Vec<_> = rows.collect();
        rows[1..].sort_by(|(a, _), (b, _)| b.1.value.total_cmp(&a.1.value));
        Some(Spec {
            finding: self.highest(&p50),
            reading: format!(
                "Wealth after {} {}: 90 % of the paths (line) and median (dot){}{}{}",
                span(setting.years),
                setting.basis,
                self.invested(),
                setting.said(scale),
                left_out(p50.len().saturating_sub(MOST))
            ),
            shape: Shape::Rows(Rows {
                x: Axis::new(scale, TICKS_OF_ROWS, |tick| setting.tick(tick)),
                pitch: 34.0,
                names: 320.0,
                columns: vec![(96.0, "median", Ink::Mute), (144.0, heading, Ink::Mute)],
                level: None,
                rows: rows.into_iter().take(MOST).map(row).collect(),
            }),
        })
    }

    /// What a subtitle says of sums that are not the same.
    fn invested(&self) -> String {
        match self.cases.as_slice() {
            _ if self.invests_alike() => String::new(),
            [case] => {
                let sums = [&self.base, &case.side].map(|side| self.setting().money(side.money_in));
                format!("; invested: {} and {}", sums[0], sums[1])
            }
            _ => "; invested sums differ".to_owned(),
        }
    }

    /// Both medians of two scenarios; of more, who ends with the highest, if that is clear.
    fn highest(&self, medians: &[&Measure]) -> String {
        let setting = self.setting();
        let mut all: Vec<(usize, Quantity)> =
            medians.iter().map(|one| measured(one)).enumerate().collect();
        all.sort_by(|(_, a), (_, b)| b.value.total_cmp(&a.value));
        let (best, most) = all[0];
        let is_below = |(other, median): &(usize, Quantity)| match (best, *other) {
            (0, other) => self.cases[other - 1].verdict(WEALTH) == Verdict::Worse,
            (best, 0) => self.cases[best - 1].verdict(WEALTH) == Verdict::Better,
            _ => clearly_above(most, *median, all.len()),
        };
        let [low, high] = [all[all.len() - 1].1, most].map(|median| setting.measured(median));
        let name = |place: usize| self.sides().nth(place).map_or("", |side| self.label(side));
        let range = format!("Median final wealth {low} to {high}");
        match all.as_slice() {
            _ if low == high => format!("Every scenario ends with a median of {high}"),
            [_, (other, _)] => briefest([
                format!("{}: median {high}, {}: {low}", name(best), name(*other)),
                format!("Median final wealth {high} against {low}"),
            ]),
            [_, others @ ..] if others.iter().all(is_below) => {
                briefest([format!("{} ends highest: median {high}", name(best)), range])
            }
            _ => range,
        }
    }
}
