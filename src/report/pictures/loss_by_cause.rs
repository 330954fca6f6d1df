//! What became of the profit: the gains, then each loss, down to the mean result of all paths.
//!
//! In: means of every cause. Out: a picture. Not here: the sums (`record`), the worst paths (`stats`).

use super::super::labels;
use super::super::view::FLOWS;
use super::{PictureKind, RunSource, Setting, measured, strength, when, without_small};
use crate::chart::{ChartRow, Ink, Paint, RowChart, RowMark, Scale, Spec};
use crate::figure::{Quantity, briefest, capital, n_largest, span, uncapital};
use crate::record::id;

pub const KIND: PictureKind = PictureKind {
    id: "loss_by_cause",
    title: "Profit and loss by cause",
    doc: "Mean profit or loss by cause until the horizon, real: gains, then losses, each from the end of the one \
          before, down to the total. Markets are growth, shocks and jumps; unpaid debts are a gain. Causes below 2 % \
          of the largest are one row, those printed as zero none. Spending and contributions are left out. Income that \
          events cut is less income.",
    of: Some(of),
};

/// Fraction of the largest effect below which causes are merged into one row.
const SMALL: f64 = 0.02;

/// A cause of profit and loss with its mean effect over all paths: positive for a gain, negative for a loss.
#[derive(Clone, Debug, PartialEq)]
pub struct CauseMean {
    pub name: String,
    pub mean: Quantity,
}

impl CauseMean {
    fn sum(name: &str, all: &[CauseMean]) -> Self {
        let sum = all.iter().map(|given| given.mean.value).sum();
        Self { name: name.to_owned(), mean: Quantity::exact(sum) }
    }

    fn is_loss(&self) -> bool {
        self.mean.value < 0.0
    }
}

/// Returns the causes as rows, the largest gain first, the largest loss first of the losses; two or more small
/// causes are merged into "Other causes".
fn rows(causes: &[CauseMean]) -> Vec<CauseMean> {
    let size = |given: &CauseMean| given.mean.value.abs();
    let (mut rows, small) = without_small(causes, SMALL, size);
    rows.extend((!small.is_empty()).then(|| CauseMean::sum("Other causes", &small)));
    rows.sort_by(|a, b| a.is_loss().cmp(&b.is_loss()).then(size(b).total_cmp(&size(a))));
    rows
}

fn of(source: &RunSource<'_>) -> Option<Spec> {
    let losses = source.report.losses_by_cause().into_iter();
    let causes = losses.map(|(word, [all, _])| {
        let mean = measured(all);
        CauseMean { name: labels::cause_of(word, mean.value).to_owned(), mean }
    });
    let causes: Vec<CauseMean> = causes.collect();
    let all = source.report.by_cause();
    let flows = all.iter().filter(|(id, _)| FLOWS.contains(id));
    let errors: Vec<f64> = flows.map(|(_, [all, _])| measured(all).std_error).collect();
    let is_crossed = !errors.is_empty();
    // the total is wealth without the flows: their errors at most add up
    let error = source.measured(id::REAL_WEALTH_MEAN)?.std_error + errors.iter().sum::<f64>();
    (!causes.is_empty()).then(|| spec(&source.setting, is_crossed, &causes, error))
}

/// Returns the chart of at least one cause. If `is_crossed`, the owner withdraws or contributes: such flows are no
/// losses and are not drawn. `error` is the standard error of the total.
pub fn spec(setting: &Setting, is_crossed: bool, causes: &[CauseMean], error: f64) -> Spec {
    let written = setting.alike(causes.iter().map(|given| given.mean.value));
    let nothing = setting.money(0.0);
    let row = |given: &CauseMean, end: f64, paint: Paint| {
        let text = written(given.mean.value);
        let text = format!("{}{text}", when(given.mean.value > 0.0 && text != nothing, "+"));
        ChartRow::bar(&given.name, end, paint, vec![(text, Ink::Text)])
    };
    let (mut level, mut levels, mut drawn) = (0.0, vec![0.0], Vec::new());
    let mut causes = rows(causes);
    let sum = CauseMean::sum("Total", &causes);
    // what is printed as zero has no row
    causes.retain(|given| written(given.mean.value.abs()) != nothing);
    let most = largest(&causes).map(|most| most.name.as_str());
    for given in &causes {
        level += given.mean.value;
        levels.push(level);
        let ink = if given.is_loss() { Ink::Vermilion } else { Ink::Green };
        drawn.push(row(given, level, Paint::of(ink, strength(most.is_none_or(|most| most == given.name)))));
    }
    ChartRow::waterfall(&mut drawn);
    let ink = if level < 0.0 { Ink::Vermilion } else { Ink::Blue };
    let mut total = row(&sum, level, Paint::solid(ink));
    total.marks.push(RowMark::Divider { is_above: true });
    drawn.push(total);
    let scale = Scale::holding(levels.into_iter());
    let left_out = when(is_crossed, "; before spending and contributions");
    let (years, basis) = (span(setting.years), &setting.basis);
    Spec {
        finding: finding(setting, &causes, Quantity { std_error: error, ..sum.mean }),
        reading: format!("Profit or loss by cause over {years}, mean of all paths, {basis}{left_out}"),
        shape: RowChart::new(scale, |value| setting.tick(value), [("mean", Ink::Mute)], drawn).into(),
    }
}

/// Returns the largest loss if it is clearly above the others that have a known error.
fn largest(causes: &[CauseMean]) -> Option<&CauseMean> {
    let losses = || causes.iter().filter(|given| given.is_loss());
    let known = losses().map(|given| given.mean.size()).filter(|size| size.std_error.is_finite());
    let first = losses().next().filter(|first| first.mean.std_error.is_finite());
    first.filter(|_| n_largest(&known.collect::<Vec<_>>()) == Some(1))
}

/// Returns the title for the rows `causes` and their `total` with its error: the largest loss, or two of which one is it.
fn finding(setting: &Setting, causes: &[CauseMean], total: Quantity) -> String {
    let written = setting.alike(causes.iter().map(|given| given.mean.value));
    let (losses, gains): (Vec<_>, Vec<_>) = causes.iter().partition(|given| given.is_loss());
    let gained = gains.iter().map(|given| given.mean.value).sum::<f64>();
    let sizes: Vec<Quantity> = losses.iter().map(|given| given.mean.size()).collect();
    let error = total.std_error;
    let unclear = when(!total.differs_from_zero(), " (unclear)");
    let what = if total.value < 0.0 { "loss" } else { "profit" };
    let total = format!("mean {what} {}{unclear}; ", written(total.value.abs()));
    let total = when(error.is_finite(), &total);
    let is_known = error.is_finite() && losses.iter().all(|given| given.mean.std_error.is_finite());
    let largest_is = if is_known { "largest cost" } else { "largest mean cost" };
    let said = |cause: &CauseMean| format!("{}, {}", uncapital(&cause.name), written(-cause.mean.value));
    let title = match (losses.as_slice(), largest(causes)) {
        ([], _) => return format!("No notable loss, {} gained", written(gained)),
        (_, Some(most)) => format!("{largest_is}: {}", said(most)),
        ([most, ..], _) if most.mean.std_error.is_infinite() => {
            format!("{largest_is}: {} (unclear)", said(most))
        }
        ([most, next, ..], _) if n_largest(&sizes).is_some() => {
            format!("{largest_is}: {} or {}", uncapital(&most.name), uncapital(&next.name))
        }
        _ => "no cause clearly costs most".to_owned(),
    };
    briefest([capital(&format!("{total}{title}")), capital(&title)])
}
