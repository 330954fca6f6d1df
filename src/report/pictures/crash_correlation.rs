//! Effect of agent selling on the correlation of each pair of markets in crash months.
//!
//! In: [`CrashCorrelation`]. Out: a picture. Not here: estimation.

use super::{PictureKind, left_out, measured, when};
use crate::chart::{ChartRow, Ink, Line, RowChart, RowMark, Scale, Spec};
use crate::figure::{Quantity, correlation as printed};
use crate::record::id;
use crate::report::Report;
use crate::scenario::label_of_name;

pub const KIND: PictureKind = PictureKind {
    id: "crash_correlation",
    title: "Correlation in and outside crash months",
    doc: "Realized correlation of each pair of markets in crash months without agent selling (gray) and with it \
          (blue). The line is its effect. Only the first paths keep their months.",
    of: Some(|source| Some(CrashCorrelation::of(source.report)?.spec())),
};

/// Maximum number of pairs of markets drawn.
const MOST: usize = 15;

/// A value in crash months without agents, and with them.
type Samples<T> = [T; 2];

/// Inks of both.
const INKS: Samples<Ink> = [Ink::Mute, Ink::Blue];

/// Data of the chart of correlations in crash months, with at least one pair of markets.
#[derive(Clone, Debug, PartialEq)]
pub struct CrashCorrelation {
    /// Name and correlations of each pair of markets; `None` where a correlation is unknown.
    pub pairs: Vec<(String, Samples<Option<f64>>)>,
    /// Mean correlations over all pairs, without agents and with them.
    pub means: Samples<Quantity>,
    /// Increase of the mean correlation by agent selling in crash months, with its paired error; `None` if
    /// there are too few paths for a reliable error.
    pub added: Option<Quantity>,
}

impl CrashCorrelation {
    /// Extracts the data of the chart; `None` if there are too few crashes or no paired run without agents.
    fn of(report: &Report) -> Option<Self> {
        let found = report.correlations.as_ref().filter(|found| found.has_enough_crashes())?;
        let mean = |id: &str| report.measures.get(id).map(measured);
        let crash = found.crash.as_ref()?;
        let samples = [crash.without_feedback.as_ref()?, &crash.run];
        let markets = &found.markets;
        let below = (0..markets.len()).flat_map(|row| (0..row).map(move |column| (row, column)));
        let pair = |(row, column): (usize, usize)| {
            let name = format!("{} and {}", label_of_name(&markets[column]), label_of_name(&markets[row]));
            (name, samples.map(|pairs| pairs.matrix[row][column]))
        };
        let added = report.measures.get(&id::added(id::CRASH_CORRELATION));
        Some(Self {
            pairs: below.map(pair).collect(),
            means: [mean(&id::without_feedback(id::CRASH_CORRELATION))?, mean(id::CRASH_CORRELATION)?],
            // an error without an interval supports no claim
            added: added.filter(|added| added.interval.is_some()).map(measured),
        })
    }

    pub fn spec(&self) -> Spec {
        let mut pairs: Vec<&(String, Samples<Option<f64>>)> = self.pairs.iter().collect();
        let with = |pair: &(String, Samples<Option<f64>>)| pair.1[1].unwrap_or(f64::NEG_INFINITY);
        pairs.sort_by(|a, b| with(b).total_cmp(&with(a)));
        pairs.truncate(MOST);
        let figure = |value: f64| printed(Quantity::exact(value));
        let row = |name: &str, samples: Samples<Option<f64>>| {
            let ends = samples[0].zip(samples[1]).map(|(from, to)| [from, to]);
            let line = ends.map(|ends| RowMark::Span(ends, Line::new(INKS[1], 2.0).percent(55)));
            let inked = || samples.into_iter().zip(INKS);
            let dots = inked().filter_map(|(at, ink)| Some(RowMark::Dot(at?, 4.5, ink)));
            let figures = inked().map(|(at, ink)| (at.map_or("–".to_owned(), figure), ink)).collect();
            ChartRow { name: name.to_owned(), marks: line.into_iter().chain(dots).collect(), figures }
        };
        let mut rows: Vec<ChartRow> = pairs.into_iter().map(|(name, samples)| row(name, *samples)).collect();
        if self.pairs.len() > 1 {
            let mut average = row("Average pair", self.means.map(|mean| Some(mean.value)));
            average.marks.push(RowMark::Divider { is_above: false });
            rows.insert(0, average);
        }
        let values = self.pairs.iter().flat_map(|(_, samples)| samples);
        let scale = Scale::holding(values.flatten().copied());
        let columns = ["without agents", "with agents"].into_iter().zip(INKS);
        Spec {
            finding: self.finding(),
            reading: format!(
                "Correlation of returns in months in which agents sell; 0: independent, 1: move together{}",
                left_out(self.pairs.len().saturating_sub(MOST))
            ),
            shape: RowChart::new(scale, figure, columns.collect::<Vec<_>>(), rows).into(),
        }
    }

    fn finding(&self) -> String {
        let [without, crash] = self.means.map(printed);
        match self.added {
            Some(added) if added.differs_from_zero() => {
                let verb = if added.value > 0.0 { "raise" } else { "lower" };
                let average = when(self.pairs.len() > 1, "average ");
                format!("AI agents' sales {verb} {average}correlation from {without} to {crash}")
            }
            Some(_) => "AI agents move correlation by no more than error".to_owned(),
            None => format!("Correlation in crashes {crash} with agents, {without} without"),
        }
    }
}
