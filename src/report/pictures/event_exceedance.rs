//! Amounts that loss events cost on the worst 5 % and 1 % of paths.
//!
//! In: number of paths above each amount. Out: a picture. Not here: losses of a path (`record`), their means
//! (`event_costs`).

use super::{PictureKind, RunSource, Setting, left_out};
use crate::chart::{ChartRow, Ink, Line, RowMark, Scale, Shape, Spec};
use crate::figure::{Quantity, span};
use crate::record::id;
use crate::report::facts::{Curve, EventLossesPart, FEWEST, LossCurve};

pub const KIND: PictureKind = PictureKind {
    id: "event_exceedance",
    title: "Cost of loss events by probability",
    doc: "What loss events cost at least on 5 and 1 % of the paths, real, until the horizon: all events, then the \
          costliest. A dot is left out where fewer than ten paths are beyond it, or where it is unclear if so many lose \
          anything. The costliest year (AEP) and the largest loss by one event in one month (OEP) stand in report.json.",
    of: Some(of),
};

/// Fractions of the paths whose losses are drawn, each with its column heading and color.
const RARE: [(f64, &str, Ink); 2] =
    [(0.05, "5 % lose over", Ink::Blue), (0.01, "1 % lose over", Ink::Vermilion)];

/// Returns the chart of rare event losses in a run; `None` if no event causes a loss up to the horizon.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let mut losses = source.report.event_losses.clone()?;
    losses.all()?;
    let events = &source.report.scenario.events;
    for curve in &mut losses.curves {
        if let Curve::Event(name) = &mut curve.of
            && let Some(event) = events.iter().find(|event| event.name == *name)
        {
            name.clone_from(&event.label);
        }
    }
    let p95 = source.measured(id::EVENTS_LOSS_P95)?;
    spec(&source.setting, p95, &losses)
}

/// Returns the chart; `None` if too few paths lose anything. `p95` is the 95th percentile of losses from all events.
pub fn spec(setting: &Setting, p95: Quantity, losses: &EventLossesPart) -> Option<Spec> {
    let is_row = |curve: &&LossCurve| !matches!(curve.of, Curve::WorstYear | Curve::WorstMonth);
    let exceeded = |curve: &LossCurve| RARE.map(|(share, ..)| losses.exceeded(curve, share));
    let rows = losses.curves.iter().filter(is_row);
    let mut curves: Vec<_> = rows.map(|curve| (&curve.of, exceeded(curve))).collect();
    // the first row holds all events, or the only one; with few paths its amount stays unknown
    let (_, exceeded) = curves.first_mut()?;
    exceeded[0] = exceeded[0].map(|_| p95.value);
    let named = exceeded[0].ok().map(|amount| (5, amount));
    let (share, amount) = named.or(exceeded[1].ok().map(|amount| (1, amount)))?;
    let known = || curves.iter().flat_map(|(_, exceeded)| exceeded).flatten().copied();
    let scale = Scale::holding(known());
    let written = setting.alike(known());
    let columns = RARE.map(|(_, heading, ink)| (heading, ink));
    Some(Spec {
        finding: format!("{share} % of paths lose over {} to loss events", written(amount)),
        reading: format!(
            "Cost of loss events over {}, {}{}",
            span(setting.years),
            setting.basis,
            left_out(losses.others)
        ),
        shape: Shape::rows(
            scale,
            |amount| setting.tick(amount),
            columns,
            curves.iter().map(|(of, exceeded)| row(&written, of, exceeded)).collect(),
        ),
    })
}

fn row(written: &dyn Fn(f64) -> String, of: &Curve, exceeded: &[Result<f64, &str>; 2]) -> ChartRow {
    let known = || exceeded.iter().flatten().copied();
    let ends = known().fold([f64::INFINITY, 0.0], |[low, high], at| [at.min(low), at.max(high)]);
    let span = RowMark::Span(ends, Line::new(Ink::Axis, 2.0));
    let inked = || exceeded.iter().zip(RARE.map(|(.., ink)| ink));
    let dots = inked().filter_map(|(amount, ink)| Some(RowMark::Dot(amount.ok()?, 5.0, ink)));
    let figures = inked().map(|(amount, ink)| (amount.map_or_else(str::to_owned, written), ink));
    let (name, apart) = match of {
        Curve::Event(name) => (name.as_str(), None),
        _ => ("All loss events", Some(RowMark::Divider { is_above: false })),
    };
    ChartRow {
        name: name.to_owned(),
        marks: known().next().map(|_| span).into_iter().chain(dots).chain(apart).collect(),
        figures: figures.collect(),
    }
}

impl EventLossesPart {
    /// Returns the amount that the fraction `share` of the paths exceeds on `curve`. Fails with the reason if fewer lose
    /// anything, or if it is unclear.
    fn exceeded(&self, curve: &LossCurve, share: f64) -> Result<f64, &'static str> {
        let n = self.paths as f64;
        let rank = Quantity { value: n * share, std_error: (n * share * (1.0 - share)).sqrt() };
        let is_known = rank.value >= FEWEST && curve.losing as f64 > rank.value + rank.half_width();
        let reason = if (curve.losing as f64) < rank.value { "too rare" } else { "unclear" };
        if is_known { Ok(self.amount(curve, rank.value)) } else { Err(reason) }
    }

    /// Returns the amount that `n` paths exceed on `curve`, by linear interpolation.
    fn amount(&self, curve: &LossCurve, n: f64) -> f64 {
        let next = curve.above.partition_point(|above| *above as f64 > n);
        let known = |place: usize| Some((*self.amounts.get(place)?, *curve.above.get(place)? as f64));
        let before = next.checked_sub(1).and_then(known).unwrap_or((0.0, curve.losing as f64));
        let Some(after) = known(next) else { return before.0 };
        let part = (before.1 - n) / (before.1 - after.1).max(1.0);
        before.0 + part.clamp(0.0, 1.0) * (after.0 - before.0)
    }
}
