//! Who sells between which falls: a bar for each cluster of agents, with its name.
//!
//! In: bands, prescribed falls. Out: marks in as few rows as hold them without touching. Not here:
//! the panels above and below.

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

const PITCH: f64 = 19.0;
const BAR: f64 = 8.0;
const GAP: f64 = 6.0;
/// Free pixels between two labels in one row.
const APART: f64 = 14.0;
const LONGEST: f64 = 200.0;

/// A bar with its label, in pixels.
struct Item {
    from: f64,
    to: f64,
    text: String,
    ink: Ink,
    /// Left end of the label.
    label: f64,
    row: usize,
    label_row: usize,
}

fn set(ink: Ink) -> Type {
    Type::new(11.5, ink).down(VPos::Center)
}

/// Height of the rows between `columns`.
pub fn height(chart: &GainProfile, columns: &Area) -> f64 {
    let rows = items(chart, columns)
        .into_iter()
        .map(|item| item.label_row + 1);
    rows.max().unwrap_or(1) as f64 * PITCH
}

/// Draws the rows from the top of `area` down.
pub fn draw(chart: &GainProfile, canvas: &mut Canvas, area: Area) {
    for item in items(chart, &area) {
        let middle = |row: usize| area.top + (row as f64 + 0.5) * PITCH;
        let y = middle(item.row);
        let half = BAR / 2.0;
        let paint = Paint::of(item.ink, 55);
        canvas.rectangle((item.from, y - half), (item.to, y + half), paint, None);
        canvas.text(
            &item.text,
            (item.label, middle(item.label_row)),
            &set(Ink::Text),
        );
    }
}

fn items(chart: &GainProfile, columns: &Area) -> Vec<Item> {
    let unit = Scale::linear(0.0, 1.0);
    let panel = Panel::new(
        Area {
            top: 0.0,
            bottom: 1.0,
            ..*columns
        },
        chart.across(),
        unit,
    );
    let x = |loss: f64| panel.at(fall(loss), 0.0).0.min(columns.right);
    let mut wanted: Vec<(f64, f64, String, Ink)> = chart
        .bands
        .iter()
        .map(|band| {
            let name = shorten(&band.name, &set(Ink::Text), LONGEST);
            let share = percent(Quantity::exact(band.share));
            let text = format!("{name}, {share} of agents' money");
            (x(band.first), x(band.last), text, Ink::Slate)
        })
        .collect();
    wanted.extend(chart.prescribed.iter().map(|fall| {
        let at = x(fall.loss);
        let text = format!("prescribed in {}", fall.date);
        (at - 1.5, at + 1.5, text, Ink::Vermilion)
    }));
    let mut rows = Rows::default();
    let place = |(from, to, text, ink): (f64, f64, String, Ink)| {
        let to = to.max(from + 2.0);
        let width = set(ink).width(&text);
        let (label, is_below) = if to + GAP + width <= WIDTH - EDGE {
            (to + GAP, 0)
        } else if from - GAP - width >= EDGE {
            (from - GAP - width, 0)
        } else {
            (from, 1) // a band as wide as the picture has its name in the next row
        };
        let row = rows.take((from, to), (label, label + width), is_below);
        Item {
            from,
            to,
            text,
            ink,
            label,
            row,
            label_row: row + is_below,
        }
    };
    wanted.into_iter().map(place).collect()
}

/// What is taken in each row, in pixels from and to.
#[derive(Default)]
struct Rows(Vec<Vec<(f64, f64)>>);

impl Rows {
    /// The first row in which `bar` touches nothing, and neither does `label` so many rows below.
    fn take(&mut self, bar: (f64, f64), label: (f64, f64), below: usize) -> usize {
        let is_free = |row: usize, part: (f64, f64)| {
            let mut taken = self.0.get(row).into_iter().flatten();
            taken.all(|(from, to)| part.1 + APART <= *from || *to + APART <= part.0)
        };
        let row = (0..).find(|row| is_free(*row, bar) && is_free(row + below, label));
        let row = row.unwrap_or(self.0.len());
        let needed = self.0.len().max(row + below + 1);
        self.0.resize(needed, Vec::new());
        self.0[row].push(bar);
        self.0[row + below].push(label);
        row
    }
}
