//! Distribution of the maximum drawdown over the paths.
//!
//! In: a run. Out: a picture. Not here: the depth and length of each drawdown (`record`).

use super::{Kind, Source, binned};
use crate::chart::{Bins, Figure, Ink, Shape, Spec};
use crate::figure::{Quantity, of_chart as percent, percent_tick, span};
use crate::report::facts::HistogramPart;

pub const KIND: Kind = Kind {
    id: "deepest_fall",
    title: "Maximum drawdown",
    doc: "Share of paths by maximum drawdown: the largest fall of the time-weighted value below an earlier high. \
          Contributions and withdrawals do not count as gains or falls. Paths that run out of money lose 100 % and \
          have a bar of their own. Two lines mark the median and the 95th percentile. \
          The subtitle has the median of the longest time from a high until it is regained, or until the horizon.",
    of: Some(of),
};

fn of(source: &Source<'_>) -> Option<Spec> {
    let depths = source.report.distributions.drawdown.as_ref()?;
    let median = source.measured("drawdown.max.p50")?;
    let p95 = source.measured("drawdown.max.p95")?;
    let is_spent = source.report.first_months.contains_key("ruin");
    let lost = if is_spent { "run out of money" } else { "lose all" };
    let longest = source.measured("drawdown.longest.p50");
    Some(spec((lost, longest), depths, [median, p95]))
}

/// Returns the chart of maximum drawdowns, which are fractions from 0 to 1. `lost` describes the paths that
/// fall by 100 %; `longest` is the median of the longest time below an earlier high, in months.
pub fn spec(
    (lost, longest): (&str, Option<Quantity>),
    depths: &HistogramPart,
    [median, p95]: [Quantity; 2],
) -> Spec {
    let figure = |figure: Quantity, name, ink| Figure {
        value: figure.value,
        name,
        printed: percent(figure),
        ink,
        at_left: false,
    };
    let stay = match longest.map_or(0.0, |months| months.value) {
        0.0 => String::new(),
        months => format!("; half need {} or more to regain a high", span(months / 12.0)),
    };
    let depth = |depth| percent(Quantity::exact(depth));
    Spec {
        finding: finding(lost, depths.at_atom(), [median, p95]),
        reading: format!("Share of paths by the largest fall below an earlier high{stay}"),
        shape: Shape::Bins(
            Bins {
                figures: vec![
                    figure(median, "median of all paths", Ink::Blue),
                    figure(p95, "95th percentile", Ink::Vermilion),
                ],
                ..binned(depths, lost, ("largest fall", percent_tick), depth)
            }
            .in_pairs(),
        ),
    }
}

fn finding(verb: &str, lost: Quantity, [median, p95]: [Quantity; 2]) -> String {
    let half = format!("Median largest fall {}", percent(median));
    match (p95.value >= 1.0, median.value >= 1.0) {
        (_, true) => format!("{} of paths {verb}", percent(lost)),
        (true, _) => format!("{half}; {} {verb}", percent(lost)),
        _ if percent(median) == percent(p95) => half,
        _ => format!("{half}; worst 5 % above {}", percent(p95)),
    }
}
