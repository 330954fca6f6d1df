//! Final wealth of every scenario of a comparison, one row each.
//!
//! In: a comparison. Out: its picture. Not here: paired differences (`comparison`).

use super::super::compare::Comparison;
use super::{PictureKind, left_out, measured, of_levels, when};
use crate::chart::{ChartRow, Extent, Ink, Line, RowChart, RowMark, Scale, Spec};
use crate::figure::{Quantity, clearly_above, in_words, quoted, shares_alike, span};
use crate::record::id;
use crate::stats::Verdict;

pub const KIND: PictureKind = PictureKind {
    id: "cases",
    title: "Scenarios side by side",
    doc: "Final wealth of each scenario, real, the base first, then the highest median: a line over 90 % of the paths \
          and a dot at the median. Where the sums invested differ, it is wealth for each unit of money invested.",
    of: None, // of several runs
};

/// Maximum number of scenarios drawn.
const MOST: usize = 24;
/// Ratio of the largest 95th percentile to the smallest median from which a logarithmic axis is allowed.
const FAR: f64 = 40.0;
/// Ratio of the highest to the lowest of several medians below which the title calls them little different.
const ALIKE: f64 = 1.1;

impl Comparison {
    /// Returns the picture of every scenario's final wealth; `None` if a scenario lacks it.
    pub(super) fn spec_of_cases(&self) -> Option<Spec> {
        let setting = self.setting();
        let per_unit = !self.invests_alike() && self.sides().all(|side| side.money_in > 0.0);
        let sides = || self.sides().map(|side| (side, if per_unit { 1.0 / side.money_in } else { 1.0 }));
        let of_levels = of_levels(|level| {
            let runs = self.runs(&format!("{}.{level}", id::REAL_WEALTH))?.into_iter();
            Some(runs.zip(sides()).map(|(run, (_, unit))| measured(run).times(unit)).collect::<Vec<_>>())
        });
        let [p05, _, p50, _, p95] = of_levels?;
        let least = |level: &[Quantity]| level.iter().map(|amount| amount.value).reduce(f64::min);
        let (lowest, highest) = (least(&p05)?, p95.iter().map(|amount| amount.value).fold(0.0, f64::max));
        let is_near = highest < FAR * least(&p50)?;
        let scale =
            Scale::fit(Extent { lowest, highest, ratio: if is_near { 1.0 } else { highest / lowest } });
        let written = setting.alike(p50.iter().map(|amount| amount.value));
        let ruin = self.ruin();
        let (finding, best) = self.title_of_cases(&p50, per_unit, &*written);
        let mut rows: Vec<(Quantity, ChartRow)> = (0..p50.len())
            .zip(self.sides())
            .map(|(place, side)| {
                let levels = [&p05, &p50, &p95].map(|level| level[place]);
                let [low, median, high] = levels.map(|amount| amount.value);
                let ink = if best == Some(place) { Ink::Green } else { Ink::Blue };
                let mut marks = vec![
                    RowMark::Span([low, high], Line::new(Ink::Blue, 4.0).percent(40)),
                    RowMark::Dot(median, 6.0, ink),
                ];
                marks.extend((place == 0).then_some(RowMark::Divider { is_above: false }));
                let mut figures = vec![(written(median), ink)];
                figures.extend(ruin.iter().map(|shares| (shares[place].clone(), Ink::Mute)));
                let name = format!("{}{}", self.label(side), when(place == 0, " (base)"));
                (levels[1], ChartRow { name, marks, figures })
            })
            .collect();
        rows[1..].sort_by(|(a, _), (b, _)| b.value.total_cmp(&a.value));
        let rows = rows.into_iter().take(MOST).map(|(_, row)| row).collect();
        let sum = setting.money(if per_unit { 1.0 } else { self.base.money_in });
        let per = format!(" {} {sum} invested", if per_unit { "for each" } else { "of" });
        let columns = ["median"].into_iter().chain(ruin.as_ref().map(|_| "run out of money"));
        let columns: Vec<_> = columns.map(|heading| (heading, Ink::Mute)).collect();
        Some(Spec {
            finding,
            reading: format!(
                "Wealth after {}{}, {}: median (dot) and 90 % of paths (line){}{}",
                span(setting.years),
                when(per_unit || self.invests_alike(), &per),
                setting.basis,
                scale.said(),
                left_out(p50.len().saturating_sub(MOST))
            ),
            shape: RowChart::new(scale, |tick| setting.tick(tick), columns, rows)
                .from(p50[0].value, "base".to_owned())
                .into(),
        })
    }

    /// Returns the printed probabilities of ruin, the base first; `None` if one is unknown or all are 0.
    fn ruin(&self) -> Option<Vec<String>> {
        let runs = self.runs(id::RUIN)?;
        let text = shares_alike(self.paths, runs.iter().map(|run| run.value));
        let is_any = runs.iter().any(|run| run.value > 0.0);
        is_any.then(|| runs.iter().map(|run| text(run.value)).collect())
    }

    /// Returns the title: the scenario that clearly ends highest, with its place, or the medians.
    fn title_of_cases(
        &self,
        medians: &[Quantity],
        per_unit: bool,
        written: &dyn Fn(f64) -> String,
    ) -> (String, Option<usize>) {
        let n = medians.len();
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|a, b| medians[*b].value.total_cmp(&medians[*a].value));
        let (best, worst) = (order[0], order[n - 1]);
        let [low, high] = [worst, best].map(|place| written(medians[place].value));
        let verdict = |place: usize| match place.checked_sub(1) {
            Some(case) => self.cases[case].verdict_by_eye(id::REAL_WEALTH_P50),
            None => Verdict::NotJudged,
        };
        let is_above = |a: usize, b: usize| match (a, b) {
            (0, case) | (case, 0) if !per_unit => verdict(case).is_clear(),
            // most of its paths clearly end with nothing
            (_, b) if medians[b].value == 0.0 && verdict(b) == Verdict::Worse => medians[a].value > 0.0,
            _ => clearly_above(medians[a], medians[b], n),
        };
        let name = |place: usize| quoted(self.sides().nth(place).map_or("", |side| self.label(side)));
        let each = if per_unit { format!(" for each {}", self.setting().money(1.0)) } else { String::new() };
        let title = match order.as_slice() {
            [..] if low == high => format!("Median wealth{each}: about {high} in all scenarios"),
            [_, _, _, ..] if medians[best].value < ALIKE * medians[worst].value => {
                format!("Median wealth{each} differs little: {low} to {high}")
            }
            [_, _] if is_above(best, worst) => {
                let (base, case) = if best == 0 { (high, low) } else { (low, high) };
                return (format!("{}: median {case} instead of {base}{each}", name(1)), Some(best));
            }
            [_, others @ ..] if others.iter().all(|other| is_above(best, *other)) => {
                return (format!("{} has the highest median, {high}{each}", name(best)), Some(best));
            }
            _ => format!("Median wealth{each} of {} scenarios: {low} to {high}", in_words(n as u64)),
        };
        (title, None)
    }
}
