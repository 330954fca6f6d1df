//! By how much agents that sell together move each quantile of wealth, on the same draws.
//!
//! In: [`LoopFan`]. Out: a picture. Not here: the run without them (`engine`), the paired difference (`stats`).

use super::{Kind, Setting, Source};
use crate::chart::{
    Axis, End, Ink, Layer, Line, Plot, Quantiles, Scale, Shape, Spec, dated, horizon,
};
use crate::figure::{Quantity, of_chart as percent, percent_tick};
use crate::record::WEALTH;
use crate::report::facts::SeriesPart;

pub const KIND: Kind = Kind {
    id: "loop_fan",
    title: "Wealth with and without agents",
    doc: "The difference of each percentile of wealth with agents to the same percentile without them, on the same \
          draws. The medians in the title are those at the end, and their change has the error of paired differences.",
    of,
};

/// Least length of the axis: what is smaller is nothing.
const LEAST_CHANGE: f64 = 0.01;

/// Data of the picture; both runs share `years`, which start at 0.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopFan {
    pub setting: Setting,
    pub years: Vec<f64>,
    pub with: Quantiles,
    pub without: Quantiles,
    /// At the horizon, with agents and without.
    pub medians: [Quantity; 2],
    /// Change of the median at the horizon, of the median without agents; none if it has no paired error.
    pub median_change: Option<Quantity>,
}

/// A quantile.
type Level = fn(&Quantiles) -> &Vec<f64>;

/// Quantiles, their names and inks.
const CHANGES: [(Level, &str, Ink); 3] = [
    (|of| &of.p95, "95th percentile", Ink::Mute),
    (|of| &of.p50, "median", Ink::Blue),
    (|of| &of.p05, "5th percentile", Ink::Vermilion),
];

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
    let fan = LoopFan {
        setting: source.setting.clone(),
        years: series.years.clone(),
        with,
        without,
        medians: [median, median_without],
        median_change: has_any.then(|| change.times(1.0 / median_without.value)),
    };
    Some(fan.spec())
}

impl LoopFan {
    pub fn spec(&self) -> Spec {
        let years = horizon(&self.years);
        let lines = CHANGES.map(|(level, ..)| self.change(level));
        let values = || lines.iter().flatten().map(|point| point.1);
        let (lowest, highest) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let short = (LEAST_CHANGE - (highest - lowest)).max(0.0) / 2.0;
        let scale = Scale::linear_from_zero(lowest - short, highest + short);
        let zero = Line::new(Ink::Text, 1.0).dashed(4, 3);
        let mut layers = vec![Layer::Line(vec![(0.0, 0.0), (years, 0.0)], zero)];
        let mut ends = Vec::new();
        for (line, (_, name, ink)) in lines.into_iter().zip(CHANGES) {
            ends.extend(self.end(&line, name, ink));
            layers.push(Layer::Line(line, Line::new(ink, 2.0)));
        }
        let levels = Axis::new(scale, 7, percent_tick);
        let years = Axis::of_years(years, 12);
        Spec {
            finding: self.finding(),
            reading: format!(
                "Wealth with agents that sell together, each percentile as a change from the same percentile without \
                 them, on the same draws{}",
                self.with.of_which()
            ),
            shape: Shape::Plots(vec![Plot::new(years, levels, layers, ends)]),
        }
    }

    /// Where nothing is left without agents there is none.
    fn change(&self, level: Level) -> Vec<(f64, f64)> {
        let with = dated(&self.years, level(&self.with));
        let pairs = with.into_iter().zip(level(&self.without));
        let pairs = pairs.filter(|(_, without)| **without > 0.0);
        pairs
            .map(|((year, with), without)| (year, with / without - 1.0))
            .collect()
    }

    fn end(&self, line: &[(f64, f64)], name: &str, ink: Ink) -> Option<End> {
        let (year, value) = *line.last()?;
        let measured = self.median_change.filter(|_| name == "median");
        let change = signed_percent(measured.unwrap_or(Quantity::exact(value)));
        let text = match self.years.last() == Some(&year) {
            true => format!("{name} {change}"),
            false => format!("{name}: nothing left"),
        };
        Some(End::bold(value, text, ink))
    }

    fn finding(&self) -> String {
        let [with, without] = self.medians.map(|figure| self.setting.measured(figure));
        let medians = format!("With the loop the median is {with}, without it {without}");
        let known = |change: &Quantity| change.std_error.is_finite();
        match self.median_change.filter(known) {
            Some(change) if change.differs_from_zero() => {
                let how = if change.value < 0.0 { "less" } else { "more" };
                format!("{medians}: {} {how}", percent(change.size()))
            }
            Some(_) => format!("{medians}: no difference beyond sampling error"),
            None => medians,
        }
    }
}

/// `−7.7%`, `+0.3%`, `0%`.
fn signed_percent(change: Quantity) -> String {
    let size = percent(change.size());
    match change.value < 0.0 {
        _ if (1_000.0 * change.value.abs()).round() == 0.0 => "0%".to_string(),
        true => format!("−{size}"),
        false => format!("+{size}"),
    }
}
