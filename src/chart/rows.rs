//! Rows over one shared axis: a name at the left, bars and dots, columns of figures at the right.
//!
//! In: [`Rows`]. Out: marks. Not here: what a row is of.

use super::canvas::{HPos, Line, Paint, Picture, Type, VPos};
use super::frame::{Area, EDGE, WIDTH};
use super::panel::{Panel, TICK_SIZE};
use super::plot::Axis;
use super::theme::Ink;

/// Height of the axis below the rows, and of what stands above them, in pixels.
const BASE: f64 = 44.0;
const HEAD: f64 = 20.0;

/// Ticks of the shared axis, at most.
pub const TICKS_OF_ROWS: usize = 7;

/// Least free pixels between the name of a row and its panel, and between columns.
const NAME_GAP: f64 = 8.0;

/// Size of the names, in pixels.
const NAME_SIZE: f64 = 12.5;

/// Rows that share a horizontal axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    pub x: Axis,
    /// Height of a row, in pixels.
    pub pitch: f64,
    /// Width of the names.
    pub names: f64,
    /// The columns at the right: width, heading, ink of the heading.
    pub columns: Vec<(f64, &'static str, Ink)>,
    /// A value with a dashed line and its name above.
    pub level: Option<(f64, String)>,
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub name: String,
    /// The lowest first.
    pub marks: Vec<RowMark>,
    /// One for each column.
    pub figures: Vec<(String, Ink)>,
}

/// A mark in a row, between values of the axis; what leaves the panel is cut.
#[derive(Clone, Debug, PartialEq)]
pub enum RowMark {
    Bar {
        between: [f64; 2],
        /// Pixels, from the middle of the row down to that of the bar.
        below: f64,
        thickness: f64,
        paint: Paint,
        tooltip: Option<String>,
    },
    Span([f64; 2], Line),
    /// A dot with its radius in pixels.
    Dot(f64, f64, Ink),
    /// A line down to the next row, from the lower edge of a bar of this thickness.
    Drop(f64, f64),
}

impl Rows {
    fn head(&self) -> f64 {
        let has_heading = self.columns.iter().any(|column| !column.1.is_empty());
        if has_heading { HEAD } else { 0.0 }
    }

    /// Height of everything.
    pub fn height(&self) -> f64 {
        self.head() + self.rows.len() as f64 * self.pitch + BASE
    }

    /// Draws into `body`.
    pub fn draw(&self, picture: &mut Picture, body: Area) {
        let columns: f64 = self.columns.iter().map(|column| column.0).sum();
        let top = body.top + self.head();
        let area = Area {
            left: EDGE + self.names,
            top,
            right: WIDTH - EDGE - columns,
            bottom: top + self.rows.len() as f64 * self.pitch,
        };
        let panel = Panel::new(area, self.x.scale, super::Scale::linear(0.0, 1.0));
        for (tick, _) in &self.x.ticks {
            panel.upright(picture, panel.at(*tick, 1.0).0, Line::new(Ink::Grid, 1.0));
        }
        self.draw_level(picture, &panel);
        let mut right = WIDTH - EDGE - columns;
        for (width, heading, ink) in &self.columns {
            right += width;
            let set = Type::new(TICK_SIZE, *ink).semibold().across(HPos::Right);
            picture.text(heading, (right, top - 8.0), &set);
        }
        for (index, row) in self.rows.iter().enumerate() {
            let middle = area.top + (index as f64 + 0.5) * self.pitch;
            self.draw_row(picture, &panel, row, middle);
        }
        let (low, high) = self.x.scale.ends();
        if low <= 0.0 && high >= 0.0 {
            panel.upright(picture, panel.at(0.0, 0.0).0, Line::new(Ink::Axis, 1.0));
        }
        panel.base(picture, &self.x.ticks, TICK_SIZE);
    }

    fn draw_level(&self, picture: &mut Picture, panel: &Panel) {
        let Some((value, name)) = &self.level else {
            return;
        };
        let (x, area) = (panel.at(*value, 0.0).0, panel.area);
        panel.upright(picture, x, Line::new(Ink::Text, 1.0).dashed(4, 3));
        let set = Type::new(TICK_SIZE, Ink::Mute).across(HPos::Center);
        let half = set.width(name) / 2.0;
        let x = x.clamp(area.left + half, (area.right - half).max(area.left + half));
        picture.text(name, (x, area.top - 8.0), &set);
    }

    fn draw_row(&self, picture: &mut Picture, panel: &Panel, row: &Row, y: f64) {
        let area = panel.area;
        let set = Type::new(NAME_SIZE, Ink::Text).down(VPos::Center);
        picture.name(&row.name, (EDGE, y), &set, self.names - NAME_GAP);
        for mark in &row.marks {
            self.draw_mark(picture, panel, mark, y);
        }
        let mut end = area.right;
        for ((width, ..), (text, ink)) in self.columns.iter().zip(&row.figures) {
            end += width;
            picture.name(text, (end, y), &Type::figure(*ink), width - NAME_GAP);
        }
    }

    fn draw_mark(&self, picture: &mut Picture, panel: &Panel, mark: &RowMark, y: f64) {
        let Area { left, right, .. } = panel.area;
        let x = |value: f64| panel.at(value, 0.0).0.clamp(left, right);
        match mark {
            RowMark::Bar {
                between: [a, b],
                below,
                thickness,
                paint,
                tooltip,
            } => {
                let (middle, half) = (y + below, thickness / 2.0);
                let (from, to) = ((x(*a), middle - half), (x(*b), middle + half));
                picture.rectangle(from, to, *paint, tooltip.clone());
            }
            RowMark::Span(ends, line) => picture.line(ends.map(|end| (x(end), y)), *line),
            RowMark::Dot(at, radius, ink) => {
                picture.dot((x(*at), y), radius + 1.0, Paint::solid(Ink::Ground), None);
                picture.dot((x(*at), y), *radius, Paint::solid(*ink), None);
            }
            RowMark::Drop(at, thickness) => {
                let (above, below) = (y + thickness / 2.0, y + self.pitch - thickness / 2.0);
                let ends = [(x(*at), above), (x(*at), below)];
                picture.line(ends, Line::new(Ink::Axis, 1.0));
            }
        }
    }
}
