//! Final wealth of every scenario of a comparison, one row each.
//!
//! In: a comparison. Out: its picture. Not here: paired differences (`comparison`).

use super::super::compare::Comparison;
use super::{Kind, left_out, measured, of_levels, when};
use crate::chart::{Extent, Ink, Line, Row, RowMark, Scale, Shape, Spec};
use crate::figure::{
    Quantity, briefest, capital, clearly_above, in_words, of_chart as percent, quoted, span,
};
use crate::stats::Verdict;

pub const KIND: Kind = Kind {
    id: "cases",
    title: "Scenarios side by side",
    doc: "Final wealth of each scenario, real, the base first, then the highest median: a line over \
          90 % of the paths and a dot at the median. Where the sums invested differ, it is wealth for each unit of money \
          invested. The columns have the 5th percentile, the median, the 95th percentile and the probability of ruin, or \
          of loss where no scenario runs out of money.",
    of: None, // of several runs
};

/// Maximum number of rows.
const MOST: usize = 24;

/// Ratio of the highest to the lowest median below which the medians count as alike.
const ALIKE: f64 = 1.1;

const WEALTH: &str = "wealth.terminal.real.p50";

impl Comparison {
    /// Returns the picture of every scenario's final wealth; `None` if a scenario lacks it.
    pub(super) fn spec_of_cases(&self) -> Option<Spec> {
        let setting = self.setting();
        let per_unit = !self.invests_alike() && self.sides().all(|side| side.money_in > 0.0);
        let wealth = |level: &str| self.runs(&format!("wealth.terminal.real.{level}"));
        let sides = || self.sides().map(|side| (side, if per_unit { 1.0 / side.money_in } else { 1.0 }));
        let of_levels = of_levels(|level| {
            let runs = wealth(level)?.into_iter().zip(sides());
            Some(runs.map(|(run, (_, unit))| measured(run).times(unit)).collect::<Vec<_>>())
        });
        let [p05, _, p50, _, p95] = of_levels?;
        let ends = || p05.iter().zip(&p95).map(|(low, high)| [low.value, high.value]);
        let extents = ends().map(|[lowest, highest]| Extent {
            lowest,
            highest,
            ratio: if lowest > 0.0 { highest / lowest } else { f64::INFINITY },
            usual: if per_unit { 1.0 } else { self.base.money_in },
        });
        let scale = Scale::fit(extents.reduce(Extent::and)?);
        let written = [&p05, &p50, &p95].map(|level| setting.alike(level.iter().map(|amount| amount.value)));
        let ruin = self.runs("ruin.probability");
        let ruin = ruin.filter(|runs| runs.iter().any(|run| run.value > 0.0));
        let heading = if ruin.is_some() { "probability of ruin" } else { "probability of loss" };
        let loss = when(ruin.is_none(), "; loss: less comes back than was put in");
        let risks = ruin.or_else(|| self.runs("loss.probability"))?;
        let mut rows: Vec<(Quantity, Row)> = (0..p50.len())
            .zip(self.sides())
            .map(|(place, side)| {
                let levels = [&p05, &p50, &p95].map(|level| level[place]);
                let [low, median, high] = levels.map(|amount| amount.value);
                let mut marks = vec![
                    RowMark::Span([low, high], Line::new(Ink::Blue, 6.0).percent(40)),
                    RowMark::Dot(median, 5.0, Ink::Blue),
                ];
                marks.extend((place == 0).then_some(RowMark::Apart { is_above: false }));
                let amounts = levels.iter().zip(&written).map(|(amount, written)| written(amount.value));
                let figures = amounts.chain([percent(measured(risks[place]))]);
                let figures = figures.map(|figure| (figure, Ink::Text)).collect();
                (levels[1], Row { name: self.label(side).to_owned(), marks, figures })
            })
            .collect();
        rows[1..].sort_by(|(a, _), (b, _)| b.value.total_cmp(&a.value));
        let per = format!(" for each {} invested", setting.money(1.0));
        let columns = ["5th percentile", "median", "95th", heading].map(|heading| (heading, Ink::Mute));
        Some(Spec {
            finding: self.highest(&p50, per_unit),
            reading: format!(
                "Wealth after {}{} {}: 90 % of the paths (line) and median (dot){}{loss}{}",
                span(setting.years),
                when(per_unit, &per),
                setting.basis,
                setting.said(scale),
                left_out(p50.len().saturating_sub(MOST))
            ),
            shape: Shape::rows(
                scale,
                |tick| setting.tick(tick),
                columns,
                rows.into_iter().take(MOST).map(|(_, row)| row).collect(),
            ),
        })
    }

    /// Both medians of two scenarios; of more, who ends with the highest, if that is clear.
    fn highest(&self, medians: &[Quantity], per_unit: bool) -> String {
        let setting = self.setting();
        let mut all: Vec<(usize, Quantity)> = medians.iter().copied().enumerate().collect();
        all.sort_by(|(_, a), (_, b)| b.value.total_cmp(&a.value));
        let (best, most) = all[0];
        let is_below = |(other, median): &(usize, Quantity)| match (best, *other) {
            _ if per_unit => clearly_above(most, *median, all.len()),
            (0, other) => self.cases[other - 1].verdict(WEALTH) == Verdict::Worse,
            (best, 0) => self.cases[best - 1].verdict(WEALTH) == Verdict::Better,
            _ => clearly_above(most, *median, all.len()),
        };
        let [low, high] = [all[all.len() - 1].1, most].map(|median| setting.measured(median));
        let name = |place: usize| self.sides().nth(place).map_or("", |side| self.label(side));
        let one = setting.money(1.0);
        let each = if per_unit { format!(" for each {one}") } else { String::new() };
        let n = capital(&in_words(all.len() as u64));
        let range = if per_unit {
            format!("Each {one} invested becomes {low} to {high} in the median")
        } else if most.value < ALIKE * all[all.len() - 1].1.value {
            format!("{n} scenarios, little difference: medians of {low} to {high}")
        } else {
            format!("{n} scenarios end with medians of {low} to {high}")
        };
        let (of_base, of_case) = if best == 0 { (&high, &low) } else { (&low, &high) };
        match all.as_slice() {
            _ if low == high => format!("Every scenario ends with a median of {high}"),
            [_, (other, _)] if is_below(&all[1]) => briefest([
                format!("“{}”: median {high}{each}, “{}”: {low}", name(best), name(*other)),
                match per_unit {
                    true => format!("Each {one} becomes {of_case} instead of {of_base} in the median"),
                    false => format!("Median final wealth {of_case} instead of {of_base}"),
                },
            ]),
            [_, others @ ..] if others.iter().all(is_below) => {
                format!("{}: highest median, {high}{each}", quoted(name(best)))
            }
            _ => range,
        }
    }
}
