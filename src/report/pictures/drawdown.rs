//! Distribution of the maximum drawdown over the paths.
//!
//! In: a run. Out: a picture. Not here: the depth and length of each drawdown (`record`).

use super::{PictureKind, RunSource, binned, when};
use crate::chart::{Axis, Bins, Ink, Marked, Scale, Shape, Spec};
use crate::figure::{Quantity, of_chart as percent, per_cent, percent_tick, span};
use crate::record::id;
use crate::report::facts::HistogramPart;

pub const KIND: PictureKind = PictureKind {
    id: "deepest_fall",
    title: "Maximum drawdown",
    doc: "Share of paths by maximum drawdown: the largest fall of the time-weighted value below an earlier high. \
          Contributions and withdrawals do not count. Paths that run out of money lose 100 % and have their own bar.",
    of: Some(of),
};

fn of(source: &RunSource<'_>) -> Option<Spec> {
    let depths = source.report.distributions.drawdown.as_ref()?;
    let of_all = [source.measured(id::DRAWDOWN_P50)?, source.measured(id::DRAWDOWN_P95)?];
    // one bar shows nothing that the table does not say
    if depths.at_atom().value <= 0.0 && depths.counts.iter().filter(|count| **count > 0).count() == 1 {
        return None;
    }
    let is_spent = source.report.first_months.contains_key("ruin");
    let lost = if is_spent { "run out of money" } else { "lose all" };
    Some(spec(source.setting.years, lost, depths, of_all))
}

/// Returns the chart of maximum drawdowns over `years`, which are fractions from 0 to 1. `lost` describes paths that fall by
/// 100 %.
pub fn spec(years: f64, lost: &str, depths: &HistogramPart, of_all: [Quantity; 2]) -> Spec {
    let [median, p95] = of_all;
    let figure = |figure: Quantity, name, ink| Marked::new(figure.value, name, percent(figure), ink);
    let depth = |depth| percent(Quantity::exact(depth));
    let is_lost = depths.at_atom().value > 0.0;
    let (finding, figures) = if is_lost {
        let others = median_of_others(depths);
        let line =
            others.map(|median| Marked::new(median, "median of the others", per_cent(median, 0), Ink::Text));
        let gone = percent(depths.at_atom());
        let finding = match others {
            None => format!("{gone} of paths {lost}"),
            Some(median) => format!("{gone} {lost}; the others typically fall {}", per_cent(median, 0)),
        };
        (finding, line.into_iter().collect())
    } else {
        let (who, fall) = if median.value > 0.0 { ("Half", median) } else { ("5 %", p95) };
        let finding = format!("{who} of paths fall {} or more from their peak", percent(fall));
        let median_of_all = figure(median, "median of all paths", Ink::Text);
        (finding, vec![median_of_all, figure(p95, "5 % of paths fall over", Ink::Vermilion)])
    };
    // up to the bar at 100 %, whose tick stands for that of the axis
    let end = if is_lost { 1.0 } else { depths.axis.ends().1 };
    let mut x = Axis::new(Scale::linear(0.0, end), 11, percent_tick).named("largest fall");
    x.ticks.retain(|(tick, _)| *tick < 1.0);
    Spec {
        finding,
        reading: format!(
            "Share of paths by largest fall below an earlier high, over {}{}",
            span(years),
            when(is_lost, &format!("; right: paths that {lost}"))
        ),
        shape: Shape::Bins(
            Bins { x, figures, ..binned(depths, lost, "largest fall", |_| "all lost".to_owned(), depth) }
                .in_pairs(),
        ),
    }
}

/// Returns the middle of the bin with the median of the paths that do not lose all; `None` if all do.
fn median_of_others(depths: &HistogramPart) -> Option<f64> {
    let (half, mut below) = (depths.counts.iter().sum::<u64>() / 2, 0);
    let is_half = |count: &u64| {
        below += count;
        below > half
    };
    let bin = depths.counts.iter().position(is_half)?;
    Some((depths.edges[bin] + depths.edges[bin + 1]) / 2.0)
}
