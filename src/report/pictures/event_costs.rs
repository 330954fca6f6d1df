//! Cost of each loss event: its probability, its cost when it happens, and its mean cost.
//!
//! In: a run. Out: a picture. Not here: the full distribution of the costs (`event_exceedance`).

use super::{PictureKind, RunSource, Setting, left_out, measured, strength};
use crate::chart::{ChartRow, Ink, Paint, RowChart, RowMark, Scale, Spec};
use crate::figure::{Quantity, briefest, clearly_above, n_largest, shares_alike, span, uncapital};
use crate::record::id;

pub const KIND: PictureKind = PictureKind {
    id: "event_costs",
    title: "Loss events: probability and cost",
    doc: "Bars: mean cost of each loss event until the horizon over all paths, real, the costliest first. Columns: the \
          share of paths that it costs something, the mean cost on these paths, and the product of both, with lost income.",
    of: Some(of),
};

/// Maximum number of events drawn.
const MOST: usize = 12;
/// Headings of the columns with their colors; the last has that of the bars.
const COLUMNS: [(&str, Ink); 3] =
    [("probability", Ink::Text), ("cost if it happens", Ink::Text), ("mean cost", Ink::Vermilion)];

/// A loss event with the fraction of paths on which it costs something, and its mean cost over all paths.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    pub name: String,
    pub probability: Quantity,
    pub mean: Quantity,
}

/// Returns the chart of the costs of loss events in a run; `None` if no event costs anything.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let report = source.report;
    let costs = report.events().into_iter().filter_map(|event| {
        let of = |id| report.of_event(event, id).map(measured);
        Some(Cost {
            name: event.label.clone(),
            probability: of(id::EVENT_PROBABILITY)?,
            mean: of(id::EVENT_LOSS_MEAN)?,
        })
    });
    let costs: Vec<Cost> = costs.collect();
    (!costs.is_empty()).then(|| spec(&source.setting, &costs))
}

/// Draws a bar for the mean cost of each event. `costs` must not be empty, and must be sorted with the costliest
/// first; further ones than the picture holds are left out.
pub fn spec(setting: &Setting, costs: &[Cost]) -> Spec {
    let drawn = &costs[..costs.len().min(MOST)];
    let on_these = |cost: &Cost| cost.mean.value / cost.probability.value;
    let once = setting.alike(drawn.iter().map(on_these));
    let mean = setting.alike(drawn.iter().map(|cost| cost.mean.value));
    let share = shares_alike(setting.n_paths, drawn.iter().map(|cost| cost.probability.value));
    let n_largest = n_largest(&costs.iter().map(|cost| cost.mean).collect::<Vec<_>>());
    let n_named = n_largest.unwrap_or(drawn.len());
    let row = |(cost, place): (&Cost, usize)| {
        let paint = Paint::of(Ink::Vermilion, strength(place < n_named));
        let bar = RowMark::Bar([0.0, cost.mean.value], paint);
        let figures = [share(cost.probability.value), once(on_these(cost)), mean(cost.mean.value)];
        ChartRow { name: cost.name.clone(), marks: vec![bar], figures: ChartRow::inked(figures, COLUMNS) }
    };
    let scale = Scale::holding(drawn.iter().map(|cost| cost.mean.value));
    let rows = drawn.iter().zip(0..).map(row).collect();
    let (years, left_out) = (span(setting.years), left_out(costs.len() - drawn.len()));
    Spec {
        finding: finding(setting, costs, n_largest, &mean),
        reading: format!(
            "Cost of each loss event over {years}, mean of all paths, {}{left_out}",
            setting.basis
        ),
        shape: RowChart::new(scale, |value| setting.tick(value), COLUMNS, rows).into(),
    }
}

/// Returns the title: one of the first `n_largest` events costs most. `mean` prints a mean cost as its row does.
fn finding(
    setting: &Setting,
    costs: &[Cost],
    n_largest: Option<usize>,
    mean: &dyn Fn(f64) -> String,
) -> String {
    let largest = mean(costs[0].mean.value);
    match (costs, n_largest) {
        ([most, others @ ..], Some(1)) => {
            let verb = if others.is_empty() { "costs" } else { "costs most:" };
            format!("{} {verb} {largest} on average", most.name)
        }
        ([_, next, others @ ..], Some(_))
            if others.first().is_none_or(|third| clearly_above(next.mean, third.mean, costs.len())) =>
        {
            let next = mean(next.mean.value);
            let both = format!("{} and {} cost most", costs[0].name, uncapital(&costs[1].name));
            let long = format!("{both}: {largest} and {next}");
            briefest([long, both, format!("The two costliest events take {largest} and {next} on average")])
        }
        _ => {
            let all = costs.iter().map(|cost| cost.mean.value).sum();
            format!("All loss events together cost {} on average", setting.money(all))
        }
    }
}
