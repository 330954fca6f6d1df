//! The distribution of the deepest fall on the way.
//!
//! In: a run. Out: a picture. Not here: how long a fall lasts.

use super::{Kind, Source, binned};
use crate::chart::{Bins, Figure, Ink, Shape, Spec};
use crate::figure::{Quantity, capital, of_chart as percent, percent_tick, span};
use crate::report::facts::HistogramPart;

pub const KIND: Kind = Kind {
    id: "deepest_fall",
    title: "Maximum drawdown",
    doc: "Share of paths by maximum drawdown: the largest fall of the time-weighted value below an earlier high. \
          Contributions and withdrawals do not count as gains or falls. Ruined paths lose 100 % and have a bar of \
          their own. Two lines mark the median and the 95th percentile.",
    of,
};

fn of(source: &Source<'_>) -> Option<Spec> {
    let depths = source.report.distributions.drawdown.as_ref()?;
    let median = source.measured("drawdown.max.p50")?;
    let p95 = source.measured("drawdown.max.p95")?;
    Some(spec(source.setting.years, depths, [median, p95]))
}

/// Of the deepest falls within so many years, as fractions in [0, 1].
pub fn spec(years: f64, depths: &HistogramPart, [median, p95]: [Quantity; 2]) -> Spec {
    let figure = |figure: Quantity, name, ink| Figure {
        value: figure.value,
        name,
        printed: percent(figure),
        ink,
        at_left: false,
    };
    let depth = |depth| percent(Quantity::exact(depth));
    Spec {
        finding: finding(depths.at_atom(), [median, p95]),
        reading: format!(
            "Deepest fall of the unit value below its peak within {}, share of paths per bin",
            span(years)
        ),
        shape: Shape::Bins(Bins {
            figures: vec![
                figure(median, "median", Ink::Blue),
                figure(p95, "95th percentile", Ink::Vermilion),
            ],
            ..binned(depths, "lose all", percent_tick, depth)
        }),
    }
}

/// Not called so many that fall so far, but at least so many: true of every law.
fn or_more(depth: Quantity) -> String {
    let text = percent(depth);
    match text.starts_with("over") || text.starts_with("under") || depth.value >= 1.0 {
        true => text,
        false => format!("{text} or more"),
    }
}

fn finding(lost: Quantity, [median, p95]: [Quantity; 2]) -> String {
    if p95.value <= 0.0 {
        return "At least nineteen in twenty paths never fall below their peak".to_owned();
    }
    let half = or_more(median);
    let half = format!("At least half of all paths fall {half} from their peak");
    if p95.value >= 1.0 {
        let lost = percent(lost);
        return match 0.0 < median.value && median.value < 1.0 {
            true => format!("{half}; {lost} lose all"),
            false => format!("{lost} of all paths lose all"),
        };
    }
    let rare = format!("at least 5 % fall {}", or_more(p95));
    match percent(median) == percent(p95) {
        _ if median.value <= 0.0 => format!("{} from its peak", capital(&rare)),
        true => half,
        false => format!("{half}; {rare}"),
    }
}
