//! Gain or loss by each cause: mean over all paths and over the worst paths.
//!
//! In: means of every cause. Out: a picture. Not here: the sums (`record`), the worst paths (`stats`).

use super::super::labels;
use super::super::view::FLOWS;
use super::{Kind, Setting, Source, measured, when};
use crate::book::Cause;
use crate::chart::{Bar, Ink, Paint, Row, RowMark, Scale, Shape, Spec};
use crate::figure::{Quantity, clearly_above, span, uncapital};

pub const KIND: Kind = Kind {
    id: "loss_by_cause",
    title: "Profit and loss by cause",
    doc: "Mean profit or loss by each cause until the horizon, real; costs are left of zero. Blue: all paths. Orange: \
          the worst 5 % of paths, which are those of expected shortfall 95 %. Markets are growth, shocks and jumps. \
          Debts left unpaid are a gain of the owner. The title names the cause by which the worst paths fall short \
          most. Causes below 2 % of the largest are one row. Spending and contributions are left out.",
    of: Some(of),
};

const THICKNESS: f64 = 10.0;
/// Distance in pixels from the middle of a row to the middle of each of its two bars.
const APART: f64 = 6.0;

/// Fraction of the largest effect below which causes are merged into one row.
const SMALL: f64 = 0.02;

const WORST_PATHS: &str = "Worst 5 % of paths";

/// A cause of profit and loss with its mean effect: positive for a gain, negative for a loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub name: String,
    /// Mean over all paths, and mean over the worst 5 % of the paths.
    pub means: [Quantity; 2],
}

impl Given {
    fn sum(name: &str, all: &[Given]) -> Self {
        let sum = |paths: usize| all.iter().map(|given| given.means[paths].value).sum();
        Self { name: name.to_owned(), means: [0, 1].map(sum).map(Quantity::exact) }
    }

    /// Returns by how much the mean of the worst paths is below that of all paths.
    fn shortfall(&self) -> Quantity {
        let [all, worst] = self.means;
        Quantity { value: all.value - worst.value, std_error: all.std_error + worst.std_error }
    }

    fn size(&self) -> f64 {
        self.means.iter().map(|mean| mean.value.abs()).fold(0.0, f64::max)
    }
}

/// Returns the causes as rows; two or more small causes are merged into "Other causes".
fn rows(causes: &[Given]) -> Vec<Given> {
    let largest = causes.iter().map(Given::size).fold(0.0, f64::max);
    let is_small = |given: &Given| given.size() < SMALL * largest;
    let (small, mut rows): (Vec<_>, Vec<_>) = causes.iter().cloned().partition(is_small);
    if small.len() < 2 {
        return causes.to_vec();
    }
    rows.push(Given::sum("Other causes", &small));
    rows
}

/// Returns the label of a cause. Decay that raises wealth is growth: better products, or a niche that grows.
fn name_of(word: &str, means: &[Quantity]) -> &'static str {
    let grows = word == Cause::Decay.id() && means.iter().any(|mean| mean.value > 0.0);
    if grows { "Decay and growth" } else { labels::cause(word) }
}

fn of(source: &Source<'_>) -> Option<Spec> {
    let losses = source.report.losses_by_cause().into_iter();
    let causes = losses.map(|(word, means)| {
        let means = means.map(measured);
        Given { name: name_of(word, &means).to_owned(), means }
    });
    let causes: Vec<Given> = causes.collect();
    let all = source.report.by_cause();
    let is_crossed = all.iter().any(|(id, _)| FLOWS.contains(id));
    (!causes.is_empty()).then(|| spec(&source.setting, is_crossed, &causes))
}

/// Returns the chart of at least one cause; `causes` starts with the largest loss on the worst paths. If
/// `is_crossed`, the owner withdraws or contributes: such flows are no losses and are not drawn.
pub fn spec(setting: &Setting, is_crossed: bool, causes: &[Given]) -> Spec {
    let columns = [("all paths", Ink::Blue), ("worst 5 %", Ink::Vermilion)];
    let written = setting.alike(causes.iter().map(Given::size));
    let nothing = setting.money(0.0);
    let is_none = |given: &Quantity| written(given.value) == nothing;
    let text = |given: Quantity| {
        format!("{}{}", when(given.value > 0.0 && !is_none(&given), "+"), written(given.value))
    };
    let row = |given: &Given| {
        let inks = columns.map(|column| column.1);
        let bars = given.means.iter().zip(inks).zip([-APART, APART]);
        // no bar beside a printed zero
        let bars = bars.filter(|((mean, _), _)| !is_none(mean)).map(|((mean, ink), below)| {
            let bar = Bar::new([0.0, mean.value], Paint::of(ink, 85));
            RowMark::Bar(Bar { below, thickness: THICKNESS, ..bar })
        });
        let figures = given.means.iter().zip(inks).map(|(mean, ink)| (text(*mean), ink));
        Row { name: given.name.clone(), marks: bars.collect(), figures: figures.collect() }
    };
    let total = Given::sum("Total", causes);
    let values = causes.iter().chain([&total]).flat_map(|given| given.means);
    let scale = Scale::holding(values.map(|mean| mean.value));
    let mut last = row(&total);
    last.marks.push(RowMark::Apart { is_above: true });
    let rows = rows(causes).iter().map(row).chain([last]).collect();
    let left_out = when(is_crossed, "; before spending and contributions");
    Spec {
        finding: finding(setting, causes),
        reading: format!(
            "Mean profit or loss by cause over {}, {}{left_out}",
            span(setting.years),
            setting.basis
        ),
        shape: Shape::rows(scale, |value| setting.tick(value), columns, rows),
    }
}

/// Returns the title: the cause by which the worst paths fall short most of the mean of all paths.
fn finding(setting: &Setting, causes: &[Given]) -> String {
    let mut short: Vec<(&Given, Quantity)> = causes.iter().map(|given| (given, given.shortfall())).collect();
    // an unknown error hides no cause, but then no single one is named
    short.retain(|(_, gap)| gap.value > 0.0 && (gap.differs_from_zero() || !gap.std_error.is_finite()));
    short.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    match short.as_slice() {
        [] => format!("{WORST_PATHS}: no cause clearly differs"),
        [(most, first), (next, second), ..] if !clearly_above(*first, *second, causes.len().max(2)) => {
            format!("Worst 5 %: less from {} and {}", uncapital(&most.name), uncapital(&next.name))
        }
        [(most, _), ..] => {
            let [all, worst] = most.means.map(|mean| setting.measured(mean));
            format!("{WORST_PATHS}: {} {worst}, not {all}", uncapital(&most.name))
        }
    }
}
