//! What the assets of several scenarios pay over time, and where one passes the base.
//!
//! In: [`Crossover`]. Out: a picture. Not here: when they cross (`report::compare`).

use super::{Kind, Setting, left_out};
use crate::chart::{Axis, End, HUES, Layer, Line, Paint, Plot, Scale, Shape, Spec, dated};
use crate::figure::{capital, in_words};

pub const KIND: Kind = Kind {
    id: "crossover",
    title: "When one scenario overtakes another",
    doc: "Mean monthly receipts of each scenario over all paths, real: net income if the runs have it, otherwise the \
          payments of the assets less the price of hours. Contributions are shown as well. A dot marks the month in \
          which one mean overtakes the mean of the base. The chart is drawn only if that is clear beyond the errors. \
          See scenarios/linear-income.toml for an example.",
    of: |_| None, // of several runs
};

/// One scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomeLine {
    pub name: String,
    /// Mean of a month at each date.
    pub means: Vec<f64>,
    /// Where it meets the base: years, mean.
    pub meets: Option<(f64, f64)>,
}

/// Data of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossover {
    pub setting: Setting,
    pub years: Vec<f64>,
    /// The base, then those that cross it, at least one, then the others.
    pub lines: Vec<IncomeLine>,
    /// What is said of the first of them.
    pub told: String,
    /// What the lines are.
    pub what: String,
}

impl Crossover {
    pub fn spec(&self) -> Spec {
        let drawn = || self.lines.iter().zip(HUES);
        let ends = drawn().map(|(line, ink)| {
            let last = line.means[line.means.len() - 1];
            End::named(last, &line.name, &self.setting.money(last), ink)
        });
        let lines = drawn().map(|(line, ink)| {
            let points = dated(&self.years, &line.means);
            Layer::Line(points, Line::new(ink, 2.2))
        });
        let dots = drawn().filter_map(|(line, ink)| {
            let at = line.meets?;
            Some(Layer::Dot(at, 5.0, Paint::solid(ink)))
        });
        let scale = Scale::holding(drawn().flat_map(|(line, _)| line.means.iter().copied()));
        let lines = lines.chain(dots).collect();
        let levels = Axis::new(scale, 7, |value| self.setting.tick(value));
        let years = self.setting.dates(12);
        let crossing = self.lines.iter().filter(|line| line.meets.is_some());
        Spec {
            finding: match crossing.count() {
                0 | 1 => self.told.clone(),
                n => format!("{}; {} more cross", self.told, in_words(n as u64 - 1)),
            },
            reading: format!(
                "{}, mean of all paths, {}; dots: where a line and that of {} cross{}",
                capital(&self.what),
                self.setting.basis,
                self.lines[0].name,
                left_out(self.lines.len().saturating_sub(HUES.len()))
            ),
            shape: Shape::Plots(vec![Plot::new(years, levels, lines, ends.collect())]),
        }
    }
}
