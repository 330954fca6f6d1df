//! By how much agents that sell together move each quantile of wealth, on the same draws.
//!
//! In: a run. Out: a picture. Not here: the run without them (`engine`), the paired difference (`stats`).

use super::{Kind, Setting, Source, signed};
use crate::chart::{Axis, End, Ink, Layer, Line, Quantiles, Scale, Shape, Spec};
use crate::figure::{Quantity, of_chart as percent, percent_tick};
use crate::record::WEALTH;
use crate::report::facts::SeriesPart;

pub const KIND: Kind = Kind {
    id: "loop_fan",
    title: "Wealth with and without agents",
    doc: "The difference of each percentile of wealth with agents to the same percentile without them, on the same \
          draws. The medians in the title are those at the end, and their change has the error of paired differences.",
    of: Some(of),
};

/// Least length of the axis: what is smaller is nothing.
const LEAST_CHANGE: f64 = 0.01;

/// Over fewer years every date is drawn, else every year.
const FEW_YEARS: f64 = 3.0;

/// Numbers of the quantiles, their names, inks and widths.
const CHANGES: [(usize, &str, Ink, f64); 3] = [
    (4, "95th percentile", Ink::Mute, 1.6),
    (0, "5th percentile", Ink::Vermilion, 1.6),
    (2, "median", Ink::Blue, 2.8),
];

/// Medians at the horizon.
#[derive(Clone, Copy)]
pub struct Medians {
    pub with: Quantity,
    pub without: Quantity,
    /// Of the median without agents; none if it has no paired error.
    pub change: Option<Quantity>,
}

/// Nothing without a run in which agents do not sell.
fn of(source: &Source<'_>) -> Option<Spec> {
    let series = source.series(WEALTH.quantity())?;
    let without = source.series(&WEALTH.without_feedback().name(&[]))?;
    let world = |series: &SeriesPart, prefix: &str| {
        let at_end =
            |level: &str| source.measured(&format!("{prefix}wealth.terminal.real.{level}"));
        Some((source.quantiles(series, 1.0, &at_end)?, at_end("p50")?))
    };
    let (with, median) = world(series, "")?;
    let (without, median_without) = world(without, "without_feedback.")?;
    let change = source.measured("amplification.wealth.terminal.real.p50")?;
    let has_any = median_without.value > 0.0;
    let medians = Medians {
        with: median,
        without: median_without,
        change: has_any.then(|| change.times(1.0 / median_without.value)),
    };
    let wealth = [&with, &without];
    Some(spec(&source.setting, &series.years, wealth, medians))
}

/// Of runs with and without agents at the same dates, which start at 0.
pub fn spec(
    setting: &Setting,
    dates: &[f64],
    [with, without]: [&Quantiles; 2],
    medians: Medians,
) -> Spec {
    // months jitter
    let is_drawn = |year: f64| setting.years < FEW_YEARS || year.fract() == 0.0;
    let lines = CHANGES.map(|(level, ..)| {
        let pairs = with.levels[level].iter().zip(&without.levels[level]);
        let all = dates.iter().copied().zip(pairs);
        let left = all.clone().take_while(|(_, (with, without))| **with > 0.0 && **without > 0.0);
        let n_left = left.clone().count();
        let changes = left.map(|(year, (with, without))| (year, with / without - 1.0));
        // nothing is left with agents, and something without them
        let lost = all.skip(n_left).take(1).filter(|(_, (_, without))| **without > 0.0);
        let last = n_left - 1;
        let changes = changes.enumerate().filter(|(at, (year, _))| *at == last || is_drawn(*year));
        let changes = changes.map(|(_, change)| change);
        changes.chain(lost.map(|(year, _)| (year, -1.0))).collect::<Vec<_>>()
    });
    let is_lost = lines[1].last().is_some_and(|last| last.1 == -1.0);
    let values = || lines.iter().flatten().map(|point| point.1);
    let (lowest, highest) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let short = (LEAST_CHANGE - (highest - lowest)).max(0.0) / 2.0;
    let scale = Scale::linear_from_zero(lowest - short, highest + short);
    let zero = Line::new(Ink::Text, 1.0).dashed(4, 3);
    let mut layers = vec![Layer::Line(vec![(0.0, 0.0), (setting.years, 0.0)], zero)];
    let mut ends = vec![End::new(0.0, "without agents".to_owned(), Ink::Text)];
    for (line, (_, name, ink, width)) in lines.into_iter().zip(CHANGES) {
        if let Some((year, value)) = line.last() {
            let measured = medians.change.filter(|_| name == "median");
            let change = signed(measured.unwrap_or(Quantity::exact(*value)));
            let ended = || format!("{name}: nothing left in {}", setting.spoken(*year));
            if dates.last() == Some(year) {
                ends.push(End::new(*value, format!("{name} {change}"), ink));
            } else {
                // the others may end near it
                layers.push(Layer::Label((*year, *value), ended(), ink, [-1.0, 1.0]));
            }
        }
        layers.push(Layer::Line(line, Line::new(ink, width)));
    }
    let levels = Axis::new(scale, 7, percent_tick);
    let years = setting.dates(12);
    Spec {
        finding: finding(setting, medians, is_lost),
        reading: format!(
            "Wealth with agents compared with wealth without them, percentile by percentile{}",
            with.of_which()
        ),
        shape: Shape::plot(years, levels, layers, ends),
    }
}

/// `is_lost` if agents leave nothing of the 5th percentile.
pub(super) fn finding(setting: &Setting, medians: Medians, is_lost: bool) -> String {
    let known = medians.change.filter(|change| change.std_error.is_finite());
    let Some(change) = known else {
        let both = [medians.with, medians.without];
        let [with, without] = both.map(|figure| setting.measured(figure));
        return format!("Median wealth {with} with agent selling, {without} without");
    };
    let size = percent(change.size());
    match change.differs_from_zero() {
        true if change.value < 0.0 && is_lost => {
            format!("Agents cost the median {size}, the 5th percentile everything")
        }
        true if change.value < 0.0 => {
            format!("AI agents' selling lowers the median wealth by {size}")
        }
        true => format!("AI agents' selling raises the median wealth by {size}"),
        false => "AI agents' selling: median wealth unchanged within sampling error".to_owned(),
    }
}
