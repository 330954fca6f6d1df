//! A panel with lines and bands that are labeled at their right ends.
//!
//! In: a [`Plot`]. Out: marks. Not here: pixel positions on an axis (`panel`).

use super::canvas::{Finish, HPos, Line, Paint, Picture, Pixel, Type, VPos};
use super::frame::Area;
use super::labels::{self, End, label_ends, room, shorten};
use super::markers::{self, Marker};
use super::panel::{Panel, labelled, left_of_labels};
use super::scale::Scale;
use super::theme::Ink;

/// Free space in pixels above a panel; `BELOW` and `NAME` are for axis and axis name.
const ABOVE: f64 = 6.0;
const BELOW: f64 = 40.0;
const NAME: f64 = 12.0;
const PANEL_HEIGHT: f64 = 388.0;
/// Distance in pixels of a label from its dot, and multiples of it that are tried below and above the dot.
const LABEL_APART: f64 = 12.0;
const LABEL_FAR: [f64; 4] = [1.0, 2.0, 4.0, 7.0];

/// Distance in pixels of two points of a line that are tested against labels.
const TRACE: f64 = 4.0;
/// Largest width in pixels of the name of a vertical line.
const WIDEST_MARK: f64 = 460.0;

/// A scale with its labeled ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    pub scale: Scale,
    pub ticks: Vec<(f64, String)>,
    /// Name of the axis, printed below its ticks; empty if there is none.
    pub name: String,
}

impl Axis {
    /// Creates an axis with at most `at_most` ticks, whose labels `label` makes from their values.
    pub fn new(scale: Scale, at_most: usize, label: impl Fn(f64) -> String) -> Self {
        let ticks = labelled(scale.ticks(at_most), label);
        Self { scale, ticks, name: String::new() }
    }

    /// Names the axis; the name says as well if the axis is logarithmic.
    pub fn named(self, name: &str) -> Self {
        let scale = if self.scale.is_logarithmic() { ", log scale" } else { "" };
        Self { name: format!("{name}{scale}"), ..self }
    }

    /// Returns the pixels that the name needs below the ticks.
    pub fn name_height(&self) -> f64 {
        if self.name.is_empty() { 0.0 } else { NAME }
    }
}

/// A shape or text to draw in a panel, in data coordinates.
#[derive(Clone, Debug, PartialEq)]
pub enum Layer {
    /// Filled polygon with these corners.
    Surface(Vec<(f64, f64)>, Paint),
    Line(Vec<(f64, f64)>, Line),
    /// Dot: its position, its radius in pixels and its paint.
    Dot((f64, f64), f64, Paint),
    /// Text beside a dot if there is room. Preferred side: right (1) or left (−1), below (1) or above (−1).
    Label((f64, f64), String, Ink, [f64; 2]),
}

impl Layer {
    /// Creates the filled surface between the curves `low` and `high` over the same `x`.
    pub fn between(x: &[f64], low: &[f64], high: &[f64], paint: Paint) -> Self {
        let corners = x.iter().zip(low).chain(x.iter().zip(high).rev());
        Self::Surface(corners.map(|(x, y)| (*x, *y)).collect(), paint)
    }

    /// Creates a dot and its label on the preferred `side`.
    pub fn labelled_dot(at: (f64, f64), text: String, ink: Ink, side: [f64; 2]) -> [Self; 2] {
        [Self::Dot(at, 4.5, Paint::solid(ink)), Self::Label(at, text, ink, side)]
    }
}

/// A vertical line over a panel: its position on the horizontal axis, and the name printed above.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedLine {
    pub x: f64,
    pub name: String,
    pub ink: Ink,
}

/// A panel with its axes, marks and labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    pub x: Axis,
    pub y: Axis,
    /// Marks in drawing order, the lowest first.
    pub layers: Vec<Layer>,
    /// Labels at the right end of the lines.
    pub ends: Vec<End>,
    pub marks: Vec<NamedLine>,
}

impl Plot {
    /// Returns the panel height in pixels times the factor `lower`, but high enough for the labels at the right.
    fn lowered(&self, lower: f64, width: f64) -> f64 {
        (lower * PANEL_HEIGHT).max(labels::height(&self.ends, width))
    }

    /// Computes the height in pixels with axis, that of the panel scaled by the factor `lower`, in a picture `width` pixels
    /// wide.
    pub fn height(&self, lower: f64, width: f64) -> f64 {
        ABOVE + self.lowered(lower, width) + BELOW + self.x.name_height()
    }

    /// Draws the names of the vertical lines at the top of `area`; returns the area left for the panel.
    fn draw_marks(&self, picture: &mut Picture, area: Area) -> Area {
        let panel = Panel::new(area, self.x.scale, self.y.scale);
        let mark = |mark: &NamedLine| Marker {
            x: panel.at(mark.x, self.y.scale.low).0,
            foot: area.bottom,
            text: shorten(&mark.name, &markers::set(mark.ink), WIDEST_MARK),
            ink: mark.ink,
            prefers_left: false,
        };
        let marks: Vec<Marker> = self.marks.iter().map(mark).collect();
        markers::draw(picture, &marks, area.top);
        let top = area.top + markers::n_rows(&marks, picture.width()) as f64 * markers::PITCH;
        Area { top, ..area }
    }

    /// Returns pixels of all lines in the panel, a few pixels apart, which labels should not cover.
    fn traced(&self, panel: &Panel) -> Vec<Pixel> {
        let [low, high] = [self.y.scale.low, self.y.scale.high];
        let marks = self.marks.iter().map(|mark| vec![(mark.x, low), (mark.x, high)]);
        let lines = self.layers.iter().filter_map(|layer| match layer {
            Layer::Line(points, _) => Some(points.clone()),
            _ => None,
        });
        let mut traced = Vec::new();
        for line in lines.chain(marks) {
            for ends in line.windows(2) {
                let [a, b] = [ends[0], ends[1]].map(|(x, y)| panel.at(x, y));
                let n = ((b.0 - a.0).abs().max((b.1 - a.1).abs()) / TRACE).clamp(1.0, WIDEST_MARK) as u32;
                let parts = (0..n).map(|part| f64::from(part) / f64::from(n));
                traced.extend(parts.map(|part| (a.0 + part * (b.0 - a.0), a.1 + part * (b.1 - a.1))));
            }
        }
        traced
    }

    /// Draws the panel at the top of `body`; `lower` is the factor on its height.
    pub fn draw(&self, picture: &mut Picture, body: Area, lower: f64) {
        let left = left_of_labels(picture.edge(), &self.y.ticks);
        let right = body.right - picture.edge() - room(&self.ends, picture.width());
        let top = body.top + ABOVE;
        let bottom = top + self.lowered(lower, picture.width());
        let area = self.draw_marks(picture, Area { left, top, right, bottom });
        let panel = Panel::new(area, self.x.scale, self.y.scale);
        panel.levels(picture, &self.y.ticks);
        let at = |(x, y): &(f64, f64)| panel.at(*x, *y);
        let clip = Some(panel.clip);
        let mut drawn: Option<Vec<Pixel>> = None;
        for layer in &self.layers {
            match layer {
                Layer::Surface(corners, paint) => {
                    picture.path(corners.iter().map(at), Finish::Fill(*paint), clip);
                }
                Layer::Line(points, line) => {
                    picture.path(points.iter().map(at), Finish::Stroke(*line), clip);
                }
                Layer::Dot(point, radius, paint) => picture.dot(at(point), *radius, *paint, None),
                Layer::Label(point, text, ink, side) => {
                    let drawn = drawn.get_or_insert_with(|| self.traced(&panel));
                    label(picture, panel.area, at(point), text, *ink, *side, drawn);
                }
            }
        }
        panel.base(picture, &self.x.ticks, &self.x.name);
        label_ends(picture, &panel, &self.ends);
    }
}

/// Draws a text beside a dot at `(x, y)`, where it covers few of the pixels `drawn` of lines and is near the dot, and adds
/// its own pixels to them; omits it without room.
fn label(
    picture: &mut Picture,
    area: Area,
    (x, y): Pixel,
    text: &str,
    ink: Ink,
    [right, below]: [f64; 2],
    drawn: &mut Vec<Pixel>,
) {
    let set = Type::new(12.0, ink).semibold().down(VPos::Center);
    let width = set.width(text);
    let place = |right: f64, below: f64| {
        let (near, y) = (x + right * LABEL_APART, y + below * LABEL_APART);
        let far = near + right * width;
        (Area { left: near.min(far), right: near.max(far), top: y - 8.0, bottom: y + 8.0 }, near)
    };
    let fits = |(at, _): &(Area, f64)| {
        at.left > area.left && at.right < area.right && at.top > area.top && at.bottom < area.bottom
    };
    let covered = |(at, _): &(Area, f64)| {
        let is_on = |(x, y): &&Pixel| *x > at.left && *x < at.right && *y > at.top && *y < at.bottom;
        drawn.iter().filter(is_on).count()
    };
    let sides = [(right, below), (-right, -below), (right, -below), (-right, below)];
    // a label beside its dot moves up
    let lower = |far: f64, below: f64| if below == 0.0 { 1.0 - far } else { far * below };
    let places =
        LABEL_FAR.into_iter().flat_map(|far| sides.map(|(right, below)| place(right, lower(far, below))));
    let cost = |at: &(Area, f64)| covered(at) as f64 + (at.0.top + 8.0 - y).abs() / LABEL_APART;
    if let Some((at, near)) = places.filter(fits).min_by(|a, b| cost(a).total_cmp(&cost(b))) {
        let across = if near == at.left { HPos::Left } else { HPos::Right };
        if covered(&(at, near)) > 0 {
            picture.fade((at.left - 2.0, at.top), (at.right + 2.0, at.bottom));
        }
        picture.text(text, (near, at.top + 8.0), &set.across(across));
        let columns = (0..=(width / TRACE) as u32).map(|column| at.left + f64::from(column) * TRACE);
        drawn.extend(columns.flat_map(|x| [1.0, 4.0, 8.0, 12.0, 15.0].map(|row| (x, at.top + row))));
    }
}
