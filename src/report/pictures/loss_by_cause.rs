//! What became of the profit: the gains, then each loss, down to the mean result of all paths.
//!
//! In: means of every cause. Out: a picture. Not here: the sums (`record`), the worst paths (`stats`).

use super::super::labels;
use super::super::view::FLOWS;
use super::{PictureKind, RunSource, Setting, measured, when};
use crate::book::Cause;
use crate::chart::{ChartRow, Ink, Paint, RowMark, Scale, Shape, Spec};
use crate::figure::{Quantity, briefest, capital, clearly_above, span, uncapital};

pub const KIND: PictureKind = PictureKind {
    id: "loss_by_cause",
    title: "Profit and loss by cause",
    doc: "Mean profit or loss by each cause until the horizon, real: the gains, then the losses, each from the end of \
          the one before, down to the total. The last column has the means of the worst 5 % of paths, which are those \
          of expected shortfall 95 %. Markets are growth, shocks and jumps. Debts left unpaid are a gain of the owner. \
          Causes below 2 % of the largest are one row. Spending and contributions are left out. Income that events cut \
          is less income, not under loss events.",
    of: Some(of),
};

/// Fraction of the largest effect below which causes are merged into one row.
const SMALL: f64 = 0.02;

/// Fraction of the gains below which the title leaves the losses out.
const MINOR: f64 = 0.25;

/// A cause of profit and loss with its mean effect: positive for a gain, negative for a loss.
#[derive(Clone, Debug, PartialEq)]
pub struct CauseMean {
    pub name: String,
    /// Mean over all paths, and mean over the worst 5 % of the paths.
    pub means: [Quantity; 2],
}

impl CauseMean {
    fn sum(name: &str, all: &[CauseMean]) -> Self {
        let sum = |paths: usize| all.iter().map(|given| given.means[paths].value).sum();
        Self { name: name.to_owned(), means: [0, 1].map(sum).map(Quantity::exact) }
    }

    /// Returns the mean over all paths.
    fn mean(&self) -> f64 {
        self.means[0].value
    }

    fn size(&self) -> f64 {
        self.means.iter().map(|mean| mean.value.abs()).fold(0.0, f64::max)
    }
}

/// Returns the causes as rows, the largest gain first, the largest loss first of the losses; two or more small
/// causes are merged into "Other causes".
fn rows(causes: &[CauseMean]) -> Vec<CauseMean> {
    let largest = causes.iter().map(CauseMean::size).fold(0.0, f64::max);
    let is_small = |given: &CauseMean| given.size() < SMALL * largest;
    let (small, mut rows): (Vec<_>, Vec<_>) = causes.iter().cloned().partition(is_small);
    match small.as_slice() {
        [] | [_] => rows.extend(small),
        _ => rows.push(CauseMean::sum("Other causes", &small)),
    }
    let is_loss = |given: &CauseMean| given.mean() < 0.0;
    rows.sort_by(|a, b| is_loss(a).cmp(&is_loss(b)).then(b.mean().abs().total_cmp(&a.mean().abs())));
    rows
}

/// Returns the label of a cause. Decay that raises wealth is growth: better products, or a niche that grows.
fn name_of(word: &str, means: &[Quantity]) -> &'static str {
    let grows = word == Cause::Decay.id() && means.iter().any(|mean| mean.value > 0.0);
    if grows { "Decay and growth" } else { labels::cause(word) }
}

fn of(source: &RunSource<'_>) -> Option<Spec> {
    let losses = source.report.losses_by_cause().into_iter();
    let causes = losses.map(|(word, means)| {
        let means = means.map(measured);
        CauseMean { name: name_of(word, &means).to_owned(), means }
    });
    let causes: Vec<CauseMean> = causes.collect();
    let all = source.report.by_cause();
    let is_crossed = all.iter().any(|(id, _)| FLOWS.contains(id));
    (!causes.is_empty()).then(|| spec(&source.setting, is_crossed, &causes))
}

/// Returns the chart of at least one cause. If `is_crossed`, the owner withdraws or contributes: such flows are no
/// losses and are not drawn.
pub fn spec(setting: &Setting, is_crossed: bool, causes: &[CauseMean]) -> Spec {
    let written = setting.alike(causes.iter().map(CauseMean::size));
    let nothing = setting.money(0.0);
    let text = |given: Quantity| {
        let text = written(given.value);
        format!("{}{text}", when(given.value > 0.0 && text != nothing, "+"))
    };
    let row = |given: &CauseMean, end: f64, ink: Ink| {
        let [all, worst] = given.means.map(text);
        ChartRow::bar(&given.name, end, Paint::solid(ink), vec![(all, Ink::Text), (worst, Ink::Mute)])
    };
    let (mut level, mut levels, mut drawn) = (0.0, Vec::new(), Vec::new());
    let causes = rows(causes);
    for given in &causes {
        level += given.mean();
        levels.push(level);
        drawn.push(row(given, level, if given.mean() < 0.0 { Ink::Vermilion } else { Ink::Green }));
    }
    ChartRow::waterfall(&mut drawn, f64::NEG_INFINITY);
    let mut total = row(&CauseMean::sum("Total", &causes), level, Ink::Blue);
    total.marks.push(RowMark::Divider { is_above: true });
    drawn.push(total);
    let left_out = when(is_crossed, "; before spending and contributions");
    Spec {
        finding: finding(setting, &causes),
        reading: format!(
            "Mean profit or loss by cause over {}, {}; bars: all paths{left_out}",
            span(setting.years),
            setting.basis
        ),
        shape: Shape::rows(
            Scale::holding(levels.into_iter()),
            |value| setting.tick(value),
            [("all paths", Ink::Text), ("worst 5 % of paths", Ink::Mute)],
            drawn,
        ),
    }
}

/// Returns the title for the rows `causes`: the largest loss, or two if neither is clearly larger, and what remains.
fn finding(setting: &Setting, causes: &[CauseMean]) -> String {
    let sum = |is_gain: bool| {
        let of = causes.iter().map(CauseMean::mean).filter(|mean| (*mean > 0.0) == is_gain);
        of.sum::<f64>()
    };
    let written = setting.alike(causes.iter().map(CauseMean::mean));
    let (gained, lost) = (sum(true), sum(false));
    let losses: Vec<&CauseMean> = causes.iter().filter(|given| given.mean() < 0.0).collect();
    let total = format!("total {}{}", when(gained + lost > 0.0, "+"), written(gained + lost));
    let largest = match losses.as_slice() {
        [] => return format!("{}, no notable loss", capital(&total)),
        [..] if -lost < MINOR * gained => {
            return format!("Losses take {} of {} gained", written(-lost), written(gained));
        }
        [most, next, ..] if !clearly_above(most.means[0].size(), next.means[0].size(), losses.len()) => {
            format!("Largest losses: {} and {}", uncapital(&most.name), uncapital(&next.name))
        }
        [most, ..] => format!("Largest loss: {}, {}", uncapital(&most.name), written(-most.mean())),
    };
    briefest([format!("{largest}; {total}"), largest])
}
