//! Rows over one shared axis: a name at the left, bars and dots, columns of figures at the right.
//!
//! In: [`Rows`]. Out: marks. Not here: what a row is of.

use super::canvas::{Finish, HPos, Line, Paint, Picture, Pixel, Type, VPos};
use super::frame::{Area, is_narrow};
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

/// What a narrow picture has more for each row, and free pixels before its columns.
const NAME_LINE: f64 = 14.0;
const COLUMN_GAP: f64 = 8.0;

/// Length and half of the height of an arrow, in pixels.
const ARROW: (f64, f64) = (10.0, 6.0);

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
    /// An arrow at the edge of the panel: a value beyond its higher or its lower end.
    Beyond {
        is_above: bool,
        ink: Ink,
    },
    /// The row stands apart, with a bold name and a hairline across the picture above or below.
    Apart {
        is_above: bool,
    },
    /// A line down to the next row, from the lower edge of a bar of this thickness.
    Drop(f64, f64),
}

impl Rows {
    fn head(&self) -> f64 {
        let has_heading = self.columns.iter().any(|column| !column.1.is_empty());
        if has_heading { HEAD } else { 0.0 }
    }

    /// Height of everything, in a picture so many pixels wide.
    pub fn height(&self, width: f64) -> f64 {
        self.head() + self.rows.len() as f64 * self.pitch(width) + BASE
    }

    /// Height of a row: in a narrow picture its name and figures stand above its marks.
    fn pitch(&self, width: f64) -> f64 {
        self.pitch + if is_narrow(width) { NAME_LINE } else { 0.0 }
    }

    /// Widths of the columns: in a narrow picture no more than they need.
    fn columns(&self, width: f64) -> Vec<f64> {
        let needed = |index: usize| {
            let (_, heading, ink) = self.columns[index];
            let heading = Type::new(TICK_SIZE, ink).semibold().width(heading);
            let figures = self.rows.iter().filter_map(|row| row.figures.get(index));
            let widths = figures.map(|(text, ink)| Type::figure(*ink).width(text));
            widths.fold(heading, f64::max) + COLUMN_GAP
        };
        let given = self.columns.iter().enumerate();
        let widths = given.map(|(index, column)| match is_narrow(width) {
            true => needed(index),
            false => column.0,
        });
        widths.collect()
    }

    /// Draws into `body`.
    pub fn draw(&self, picture: &mut Picture, body: Area) {
        let (edge, pitch) = (picture.edge(), self.pitch(picture.width()));
        let widths = self.columns(picture.width());
        let first = picture.width() - edge - widths.iter().sum::<f64>();
        let top = body.top + self.head();
        let (left, right) = match picture.is_narrow() {
            true => (edge, picture.width() - edge),
            false => (edge + self.names, first),
        };
        let area = Area { left, top, right, bottom: top + self.rows.len() as f64 * pitch };
        let panel = Panel::new(area, self.x.scale, super::Scale::linear(0.0, 1.0));
        for (tick, _) in &self.x.ticks {
            self.upright(picture, &panel, *tick, Ink::Grid);
        }
        self.draw_level(picture, &panel);
        let mut right = first;
        for ((_, heading, ink), width) in self.columns.iter().zip(&widths) {
            right += width;
            let set = Type::new(TICK_SIZE, *ink).semibold().across(HPos::Right);
            picture.text(heading, (right, top - 8.0), &set);
        }
        for (index, row) in self.rows.iter().enumerate() {
            let top = area.top + index as f64 * pitch;
            let middle = top + pitch - self.pitch / 2.0;
            for mark in &row.marks {
                self.draw_mark(picture, &panel, mark, middle);
            }
            let y = if picture.is_narrow() { top + NAME_LINE - 4.0 } else { middle };
            self.write_row(picture, row, (first, y), &widths);
        }
        let (low, high) = self.x.scale.ends();
        if low <= 0.0 && high >= 0.0 {
            self.upright(picture, &panel, 0.0, Ink::Axis);
        }
        panel.base(picture, &self.x.ticks, TICK_SIZE);
    }

    /// A line at a value; in a narrow picture it leaves out the names.
    fn upright(&self, picture: &mut Picture, panel: &Panel, value: f64, ink: Ink) {
        let (x, line) = (panel.at(value, 0.0).0, Line::new(ink, 1.0));
        if !picture.is_narrow() {
            return panel.upright(picture, x, line);
        }
        for row in 1..=self.rows.len() {
            let foot = panel.area.top + row as f64 * self.pitch(picture.width());
            picture.line([(x, foot - self.pitch + 2.0), (x, foot)], line);
        }
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

    /// The name at the left edge and the figures from `first` on.
    fn write_row(&self, picture: &mut Picture, row: &Row, (first, y): Pixel, widths: &[f64]) {
        let set = Type::new(NAME_SIZE, Ink::Text).down(VPos::Center);
        let is_apart = row.marks.iter().any(|mark| matches!(mark, RowMark::Apart { .. }));
        let set = if is_apart { set.semibold() } else { set };
        let edge = picture.edge();
        let room = if picture.is_narrow() { first - edge } else { self.names };
        picture.name(&row.name, (edge, y), &set, room - NAME_GAP);
        let mut end = first;
        for (width, (text, ink)) in widths.iter().zip(&row.figures) {
            end += width;
            picture.name(text, (end, y), &Type::figure(*ink), width - NAME_GAP);
        }
    }

    fn draw_mark(&self, picture: &mut Picture, panel: &Panel, mark: &RowMark, y: f64) {
        let Area { left, right, .. } = panel.area;
        let x = |value: f64| panel.at(value, 0.0).0.clamp(left, right);
        match mark {
            RowMark::Bar { between: [a, b], below, thickness, paint, tooltip } => {
                let (middle, half) = (y + below, thickness / 2.0);
                let (from, to) = ((x(*a), middle - half), (x(*b), middle + half));
                picture.rectangle(from, to, *paint, tooltip.clone());
            }
            RowMark::Span(ends, line) => picture.line(ends.map(|end| (x(end), y)), *line),
            RowMark::Dot(at, radius, ink) => {
                picture.dot((x(*at), y), radius + 1.0, Paint::solid(Ink::Ground), None);
                picture.dot((x(*at), y), *radius, Paint::solid(*ink), None);
            }
            RowMark::Beyond { is_above, ink } => {
                let (tip, way) = if *is_above { (right, -1.0) } else { (left, 1.0) };
                let (foot, half) = (tip + way * ARROW.0, ARROW.1);
                let corners = [(tip, y), (foot, y - half), (foot, y + half)];
                picture.path(corners, Finish::Fill(Paint::solid(*ink)), None);
            }
            RowMark::Apart { is_above } => {
                let foot = y + self.pitch / 2.0;
                let y = if *is_above { foot - self.pitch(picture.width()) } else { foot };
                let ends = [(picture.edge(), y), (picture.width() - picture.edge(), y)];
                picture.line(ends, Line::new(Ink::Axis, 1.0));
            }
            // it would cross the name of the next row
            RowMark::Drop(..) if picture.is_narrow() => {}
            RowMark::Drop(at, thickness) => {
                let (above, below) = (y + thickness / 2.0, y + self.pitch - thickness / 2.0);
                let ends = [(x(*at), above), (x(*at), below)];
                picture.line(ends, Line::new(Ink::Axis, 1.0));
            }
        }
    }
}
