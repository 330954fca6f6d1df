//! Histograms: bars of bins, a separate bar for an atom, and marked values above.
//!
//! In: [`Bins`]; a range and the value that divides it. Out: marks; bin edges, equally spaced on the axis,
//! one exactly at that value. Not here: the counts (`terminal`, `drawdown`).

use super::canvas::{HPos, Line, Paint, Picture, Type, VPos};
use super::frame::Area;
use super::markers::{self, Marker};
use super::panel::{Panel, TICK_SIZE, labelled, left_of_labels};
use super::plot::Axis;
use super::scale::Scale;
use super::theme::Ink;
use crate::figure::{Quantity, of_chart as percent, percent_tick};

/// Width in pixels reserved beside the bins for an atom, a value that many paths share; `ATOM_BAR`: its bar.
const ATOM_SLOT: f64 = 62.0;
const ATOM_BAR: f64 = 30.0;
const ATOM_LABEL_GAP: f64 = 5.0;
const BELOW: f64 = 46.0;
const BAR_PERCENT: u8 = 85;
/// Largest distance of an axis end from zero, in bin widths. Beyond it, floats cannot tell bin edges apart.
const MOST_BINS: f64 = 1e12;

/// Computes the edges of about `n_bins` bins that cover `scale`, equally wide on the axis, and the axis from
/// the first to the last edge. One edge is exactly `divide` if that lies inside `scale`.
pub fn bins(scale: &Scale, divide: f64, n_bins: usize) -> (Vec<f64>, Scale) {
    let (low, high) = scale.ends();
    let (from, to) = (scale.place(low), scale.place(high));
    let wished = (to - from) / n_bins as f64;
    let is_drawable = wished.is_normal() && wished > 0.0 && from.abs().max(to.abs()) < wished * MOST_BINS;
    if !is_drawable {
        return (vec![low, high], *scale);
    }
    let inside = divide > low && divide < high;
    let from_zero = low == 0.0 && !scale.is_logarithmic();
    // on an axis from zero the first edge must be zero as well
    let n_below = (divide / wished).round();
    let (origin, step) = match (inside, from_zero) {
        (true, true) if n_below > 0.0 => (divide, divide / n_below),
        (true, false) => (scale.place(divide), wished),
        _ => (from, wished),
    };
    let first = ((from - origin) / step + 1e-6).floor() as i64;
    let last = ((to - origin) / step - 1e-6).ceil() as i64;
    let is_divide = |k: i64| k == 0 && inside && origin != from;
    let edge = |k: i64| match k {
        k if is_divide(k) => divide,
        _ if k == first && low == 0.0 => 0.0,
        k => scale.value_at(origin + k as f64 * step),
    };
    let mut edges: Vec<f64> = (first..=last).map(edge).collect();
    if inside && from_zero && n_below == 0.0 {
        // `divide` is less than half a bin above zero: it splits the first bin
        edges.insert(1, divide);
    }
    let scale = Scale { low: edges[0], high: edges[edges.len() - 1], ..*scale };
    (edges, scale)
}

/// A single value that many paths hit exactly, drawn as a separate bar beside the bins: zero to their left, a positive
/// one to their right.
#[derive(Clone, Debug, PartialEq)]
pub struct Atom {
    pub value: f64,
    pub share: f64,
    /// Label above the bar.
    pub label: String,
    /// Axis label below the bar.
    pub tick: String,
}

/// A histogram of one value per path, with an optional atom (value that many paths share) and marked values.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// Number of paths in each bin.
    pub counts: Vec<u64>,
    /// Number of all paths, including those of the atom.
    pub n: u64,
    /// Bin edges with their printed values; one more than there are bins.
    pub edges: Vec<(f64, String)>,
    pub x: Axis,
    pub atom: Option<Atom>,
    /// Value that separates losses from gains; bins below it are drawn as losses.
    pub divide: f64,
    pub figures: Vec<Marked>,
}

/// A value to mark with a labeled line above the bins, such as a median.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    pub value: f64,
    pub name: &'static str,
    pub printed: String,
    pub ink: Ink,
}

impl Marked {
    pub fn new(value: f64, name: &'static str, printed: String, ink: Ink) -> Self {
        Self { value, name, printed, ink }
    }
}

impl Bins {
    /// Merges neighboring bins in pairs, so that the dividing value remains an edge.
    pub fn in_pairs(self) -> Box<Self> {
        let divide = self.edges.iter().position(|(edge, _)| *edge == self.divide);
        let odd = divide.unwrap_or(0) % 2;
        let n = self.counts.len();
        let starts: Vec<usize> = (0..n).filter(|bin| *bin == 0 || bin % 2 == odd).collect();
        let ends = starts.iter().skip(1).copied().chain([n]);
        let counts = starts.iter().zip(ends).map(|(from, to)| self.counts[*from..to].iter().sum());
        let edges = starts.iter().chain([&n]).map(|edge| self.edges[*edge].clone());
        Box::new(Self { counts: counts.collect(), edges: edges.collect(), ..self })
    }

    fn shares(&self) -> Vec<f64> {
        let n = self.n.max(1) as f64;
        self.counts.iter().map(|count| *count as f64 / n).collect()
    }

    fn tallest(&self) -> f64 {
        let bins = self.shares().into_iter().fold(0.0, f64::max);
        let atom = self.atom.as_ref().map_or(0.0, |atom| atom.share);
        bins.max(atom).max(0.01)
    }

    /// Draws the histogram and the labels of its axes into the area `body`.
    pub fn draw(&self, picture: &mut Picture, body: Area) {
        let (edge, width) = (picture.edge(), picture.width());
        let area = Area { top: body.top + 8.0, bottom: body.bottom - BELOW, ..body };
        let y = Scale::linear(0.0, self.tallest() * 1.04);
        let levels = labelled(y.ticks(6), percent_tick);
        let left = left_of_labels(edge, &levels);
        let (at_left, at_right) = match &self.atom {
            Some(atom) if atom.value > 0.0 => (0.0, ATOM_SLOT),
            Some(_) => (ATOM_SLOT, 0.0),
            None => (0.0, 0.0),
        };
        let bins = Area { left: left + at_left, right: area.right - edge - at_right, ..area };
        let atom_centre =
            if at_right > 0.0 { bins.right + at_right / 2.0 } else { left + at_left / 2.0 - 6.0 };
        let marked = self.markers(&Panel::new(bins, self.x.scale, y));
        let rows = markers::n_rows(&marked, width);
        let top = area.top + rows as f64 * markers::PITCH + 4.0;
        let panel = Panel::new(Area { top, ..bins }, self.x.scale, y);
        // the hairlines extend below the atom as well
        let whole = Area { left, right: area.right - edge, ..panel.area };
        Panel::new(whole, self.x.scale, y).levels(picture, &levels);
        self.bins(picture, &panel);
        markers::draw(picture, &self.markers(&panel), area.top);
        self.atom(picture, &panel, atom_centre);
        let mut ticks = self.x.ticks.clone();
        let near_atom = |tick: f64| (panel.at(tick, 0.0).0 - atom_centre).abs() < ATOM_SLOT * 0.7;
        ticks.retain(|(tick, _)| self.atom.is_none() || !near_atom(*tick));
        panel.base(picture, &ticks, &self.x.name);
    }

    /// Returns a vertical line with a label for each marked value within the drawn range, unless the atom's bar already
    /// shows the value.
    fn markers(&self, panel: &Panel) -> Vec<Marker> {
        let (low, high) = self.x.scale.ends();
        let figures = self.figures.iter().filter_map(|figure| {
            let marker = Marker {
                x: panel.at(figure.value, 0.0).0,
                foot: panel.area.bottom,
                text: figure.name.to_string(),
                ink: figure.ink,
                prefers_left: false,
            };
            let inside = (low..=high).contains(&figure.value);
            let is_at_atom = self.atom.as_ref().is_some_and(|atom| atom.value == figure.value);
            (inside && !is_at_atom).then_some((marker, figure.printed.as_str()))
        });
        markers::merged(figures.collect())
    }

    fn bins(&self, picture: &mut Picture, panel: &Panel) {
        for (edges, share) in self.edges.windows(2).zip(self.shares()) {
            if share <= 0.0 {
                continue;
            }
            let [(from, low), (to, high)] = edges else { continue };
            let is_loss = *from < self.divide;
            let ink = if is_loss { Ink::Vermilion } else { Ink::Blue };
            let (left, top) = panel.at(*from, share);
            let (right, bottom) = panel.at(*to, 0.0);
            let share = percent(Quantity::exact(share));
            let tooltip = format!("{low} to {high}: {share} of paths");
            let paint = Paint::of(ink, BAR_PERCENT);
            let gap = if right - left > 4.0 { 0.5 } else { 0.0 };
            let (from, to) = ((left + gap, top), (right - gap, bottom));
            picture.rectangle(from, to, paint, Some(tooltip));
        }
    }

    fn atom(&self, picture: &mut Picture, panel: &Panel, centre: f64) {
        let Some(atom) = &self.atom else { return };
        let top = panel.at(self.x.scale.ends().0, atom.share).1;
        let bottom = panel.area.bottom;
        let (left, right) = (centre - ATOM_BAR / 2.0, centre + ATOM_BAR / 2.0);
        let paint = Paint::of(Ink::Vermilion, BAR_PERCENT);
        picture.rectangle((left, top), (right, bottom), paint, Some(atom.label.clone()));
        // the label of a tick may stand above the panel's top edge
        let set = Type::new(TICK_SIZE, Ink::Vermilion).semibold().down(VPos::Top);
        let wide = set.width(&atom.label) + ATOM_LABEL_GAP;
        let (from, x, across) = if atom.value > 0.0 {
            (left - wide, left - ATOM_LABEL_GAP, HPos::Right)
        } else {
            (right, right + ATOM_LABEL_GAP, HPos::Left)
        };
        picture.fade((from, top), (from + wide, top + TICK_SIZE + 3.0));
        picture.text(&atom.label, (x, top + 2.0), &set.across(across));
        let axis = Line::new(Ink::Axis, 1.0);
        picture.line([(left - 4.0, bottom), (right + 4.0, bottom)], axis);
        let set = Type::new(TICK_SIZE, Ink::Mute).across(HPos::Center).down(VPos::Top);
        picture.text(&atom.tick, (centre, bottom + 9.0), &set);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_stands_exactly_at_the_dividing_value() {
        let scales = [Scale::linear(0.0, 1e6), Scale::linear(2e5, 4e5), Scale::log(3e4, 1e7)];
        for scale in scales {
            let (edges, axis) = bins(&scale, 250_000.0, 60);
            let ends = (edges[0], edges[edges.len() - 1]);
            assert!(edges.contains(&250_000.0));
            assert!(edges.windows(2).all(|pair| pair[0] < pair[1]));
            assert_eq!(ends, axis.ends());
            assert!(ends.0 <= scale.ends().0 && ends.1 >= scale.ends().1 * (1.0 - 1e-9));
            assert!(scale.ends().0 > 0.0 || ends.0 == 0.0);
        }
    }

    #[test]
    fn no_range_and_no_dividing_value_makes_more_bins_than_are_drawn() {
        let ends = [0.0, 5e-324, 1e-300, 1e-9, 1.0, 1e4, 1e60];
        let lengths = [0.0, 5e-324, 1e-310, 1e-12, 1e-3, 1.0, 1e6, 1e60];
        let dividing = [0.0, 5e-324, 1e-10, 0.4, 1e5, 1e59];
        let lows_and_lengths = ends.iter().flat_map(|low| lengths.map(|length| (*low, length)));
        for (low, length) in lows_and_lengths {
            let [linear, log] = [Scale::linear, Scale::log].map(|scale| scale(low, low + length));
            let scales = [linear].into_iter().chain((low > 0.0).then_some(log));
            for (scale, divide) in scales.flat_map(|scale| dividing.map(|divide| (scale, divide))) {
                let (edges, _) = bins(&scale, divide, 60);
                assert!((2..200).contains(&edges.len()), "{scale:?} {divide}");
            }
        }
    }

    #[test]
    fn bins_are_equally_wide_on_their_axis() {
        let scale = Scale::log(3e4, 1e7);
        let (edges, _) = bins(&scale, 250_000.0, 60);
        let widths: Vec<f64> =
            edges.windows(2).map(|pair| scale.place(pair[1]) - scale.place(pair[0])).collect();
        let even = widths.iter().all(|width| (width / widths[0] - 1.0).abs() < 1e-9);
        assert!(even && (58..=62).contains(&widths.len()));
    }
}
