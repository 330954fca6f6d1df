//! Amounts that loss events cost on the worst 5 % and 1 % of paths.
//!
//! In: number of paths above each amount. Out: a picture. Not here: losses of a path (`record`), their means
//! (`event_costs`).

use super::{PictureKind, RunSource, Setting, left_out, when};
use crate::chart::{ChartRow, Ink, RowChart, RowMark, Scale, Spec};
use crate::figure::{Quantity, span};
use crate::record::id;
use crate::report::facts::{Curve, EventLossesPart, FEWEST, LossCurve};

pub const KIND: PictureKind = PictureKind {
    id: "event_exceedance",
    title: "Cost of loss events by probability",
    doc: "What loss events cost at least on 5 and 1 % of the paths, real, until the horizon: all events, then the \
          costliest. Amounts beyond which fewer than ten paths lie are left out.",
    of: Some(of),
};

/// Fractions of the paths whose losses are drawn, each with the quantile, the column heading and the color.
const RARE: [(f64, &str, &str, Ink); 2] =
    [(0.05, "p95", "5 % lose over", Ink::Blue), (0.01, "p99", "1 % lose over", Ink::Vermilion)];

/// Returns the chart of rare event losses in a run; `None` unless several events cause losses up to the horizon.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let mut losses = source.report.event_losses.clone()?;
    losses.all()?;
    // two figures of a single event make no picture
    let is_event = |curve: &&LossCurve| matches!(curve.of, Curve::Event(_));
    losses.curves.iter().filter(is_event).nth(1)?;
    let lost = |curve: &LossCurve| {
        let family = match &curve.of {
            Curve::Event(name) => id::of(id::EVENT_LOSS, name),
            _ => id::EVENTS_LOSS.to_owned(),
        };
        RARE.map(|(_, level, ..)| Some(source.measured(&format!("{family}.{level}"))?.value))
    };
    let lost: Vec<[Option<f64>; 2]> = losses.curves.iter().map(lost).collect();
    let events = &source.report.scenario.events;
    for curve in &mut losses.curves {
        if let Curve::Event(name) = &mut curve.of
            && let Some(event) = events.iter().find(|event| event.name == *name)
        {
            name.clone_from(&event.label);
        }
    }
    spec(&source.setting, &lost, &losses)
}

/// Returns the chart; `None` if too few paths lose anything. `lost` are the amounts of each curve.
pub fn spec(setting: &Setting, lost: &[[Option<f64>; 2]], losses: &EventLossesPart) -> Option<Spec> {
    let is_row = |(curve, _): &(&LossCurve, &_)| !matches!(curve.of, Curve::WorstYear | Curve::WorstMonth);
    let exceeded = |(curve, lost): (_, &[Option<f64>; 2])| {
        [0, 1].map(|place| losses.exceeded(curve, RARE[place].0, lost[place]))
    };
    let rows = losses.curves.iter().zip(lost).filter(is_row);
    let mut curves: Vec<_> = rows.map(|row| (&row.0.of, exceeded(row))).collect();
    // the first row holds all events, or the only one
    let (_, exceeded) = curves.first()?;
    let (amount, n) = exceeded[0].zip(Some(5)).or(exceeded[1].zip(Some(1)))?;
    let size = |exceeded: &[Option<f64>; 2]| exceeded.map(Option::unwrap_or_default);
    curves[1..].sort_by(|a, b| size(&b.1).partial_cmp(&size(&a.1)).expect("no amount is NaN"));
    let known = || curves.iter().flat_map(|(_, exceeded)| exceeded).flatten().copied();
    let scale = Scale::holding(known());
    let written = setting.alike(known());
    let columns = RARE.map(|(.., heading, ink)| (heading, ink));
    let rows = curves.iter().map(|(of, exceeded)| row(&written, of, exceeded));
    Some(Spec {
        finding: format!("{n} % of paths lose over {} to loss events", written(amount)),
        reading: format!(
            "Loss by events over {}, {}{}{}",
            span(setting.years),
            setting.basis,
            when(curves.iter().any(|(_, row)| row.contains(&None)), "; –: rarer, or too few paths"),
            left_out(losses.others)
        ),
        shape: RowChart::new(scale, |amount| setting.tick(amount), columns, rows.collect()).into(),
    })
}

fn row(written: &dyn Fn(f64) -> String, of: &Curve, exceeded: &[Option<f64>; 2]) -> ChartRow {
    let inked = || exceeded.iter().zip(RARE.map(|(.., ink)| ink));
    let dots = inked().filter_map(|(amount, ink)| Some(RowMark::Dot((*amount)?, 5.0, ink)));
    let figures = inked().map(|(amount, ink)| (amount.map_or("–".to_owned(), written), ink));
    let (name, apart) = match of {
        Curve::Event(name) => (name.as_str(), None),
        _ => ("All loss events", Some(RowMark::Divider { is_above: false })),
    };
    ChartRow { name: name.to_owned(), marks: dots.chain(apart).collect(), figures: figures.collect() }
}

impl EventLossesPart {
    /// Returns `lost`, the amount that the fraction `share` of the paths exceeds on `curve`; `None` if fewer lose anything, or
    /// if that is unclear.
    fn exceeded(&self, curve: &LossCurve, share: f64, lost: Option<f64>) -> Option<f64> {
        let n = self.paths as f64;
        let rank = Quantity { value: n * share, std_error: (n * share * (1.0 - share)).sqrt() };
        let is_known = rank.value >= FEWEST && curve.losing as f64 > rank.value + rank.half_width();
        lost.filter(|_| is_known)
    }
}
