//! Who sells between which falls: a bar for each cluster of agents, with its name.
//!
//! In: bands, prescribed falls. Out: marks, a row each. Not here: the panels above and below.

use super::{GainProfile, fall};
use crate::chart::{Area, Canvas, EDGE, Ink, Paint, Panel, Scale, Type, VPos, WIDTH, shorten};
use crate::figure::{Quantity, of_chart as percent};
use crate::scenario::Crash;

/// A cluster of agents and the losses between which they sell.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    pub name: String,
    /// Share of the agents' money.
    pub share: f64,
    /// Log-losses at which the first and the last of them sell.
    pub first: f64,
    pub last: f64,
}

/// The clusters, the first to sell first.
pub fn of(entry: &Crash) -> Vec<Band> {
    let mut bands: Vec<Band> = entry
        .clusters
        .iter()
        .map(|cluster| Band {
            name: cluster.name.clone(),
            share: cluster.capital_share,
            first: cluster.first_trigger,
            last: cluster.first_trigger + cluster.dispersion,
        })
        .collect();
    bands.sort_by(|a, b| a.first.total_cmp(&b.first));
    bands
}

/// Height of a row, of a bar in it, and free pixels between a bar and its label.
const PITCH: f64 = 19.0;
const BAR: f64 = 8.0;
const GAP: f64 = 6.0;
const LONGEST: f64 = 200.0;

fn set(ink: Ink) -> Type {
    Type::new(11.5, ink).down(VPos::Center).halo()
}

/// Height of the rows.
pub fn height(chart: &GainProfile) -> f64 {
    let n_rows = chart.bands.len() + chart.prescribed.len();
    n_rows.max(1) as f64 * PITCH
}

/// Draws a row for each band and each prescribed fall, from the top of `area` down.
pub fn draw(chart: &GainProfile, canvas: &mut Canvas, area: Area) {
    let panel = Panel::new(area, chart.across(), Scale::linear(0.0, 1.0));
    let x = |loss: f64| panel.at(fall(loss), 0.0).0.min(area.right);
    let bands = chart.bands.iter().map(|band| {
        let name = shorten(&band.name, &set(Ink::Text), LONGEST);
        let share = percent(Quantity::exact(band.share));
        let text = format!("{name}, {share} of agents' money");
        (x(band.first), x(band.last), text, Ink::Slate)
    });
    let prescribed = chart.prescribed.iter().map(|fall| {
        let text = format!("prescribed in {}", fall.date);
        let at = x(fall.loss);
        (at - 1.5, at + 1.5, text, Ink::Vermilion)
    });
    for (row, (from, to, text, ink)) in bands.chain(prescribed).enumerate() {
        let y = area.top + (row as f64 + 0.5) * PITCH;
        let to = to.max(from + 2.0);
        let corners = ((from, y - BAR / 2.0), (to, y + BAR / 2.0));
        canvas.rectangle(corners.0, corners.1, Paint::of(ink, 55), None);
        // on a bar as wide as the picture its name stands at the end of it
        let rightmost = WIDTH - EDGE - set(ink).width(&text);
        canvas.text(&text, ((to + GAP).min(rightmost), y), &set(Ink::Text));
    }
}
