//! Rows over one shared axis: name at the left, bars and dots, columns of figures at the right.
//!
//! In: [`RowChart`]. Out: marks. Not here: the rows' meaning.

use super::canvas::{Finish, HPos, Line, Paint, Picture, Pixel, Type, VPos};
use super::frame::{Area, edge, is_narrow};
use super::labels::wrap;
use super::panel::{Panel, TICK_SIZE};
use super::plot::Axis;
use super::theme::Ink;
use std::mem::replace;

/// Height in pixels of the axis below the rows.
const BASE: f64 = 44.0;
/// Height in pixels of the column headings above the rows.
const HEAD: f64 = 20.0;

/// Least distance in pixels between the name of a row and its marks, and between columns of figures.
const NAME_GAP: f64 = 8.0;

/// Height in pixels of a row.
const PITCH: f64 = 34.0;
/// Height in pixels of a line of a row's name.
const NAME_LINE: f64 = 14.0;

const HAIR: f64 = 1.5;

const LABEL_GAP: f64 = 4.0;

const THICKNESS: f64 = 18.0;

/// Maximum number of lines of a row's name in a narrow picture.
const MOST_LINES: usize = 3;

/// Largest width in pixels of a row's name before it is wrapped.
const WIDEST_NAME: f64 = 280.0;
const COLUMN_GAP: f64 = 24.0;
const NARROW_GAP: f64 = 8.0;

/// Length and half height in pixels of the arrow that marks a value below the axis.
const ARROW: (f64, f64) = (10.0, 6.0);

const NAME_SIZE: f64 = 12.5;

/// Inks of a value without agents and of that with them.
pub const PAIRED: [Ink; 2] = [Ink::Mute, Ink::Blue];

/// A chart of named rows, each with bars or dots, over one horizontal axis.
#[derive(Clone, Debug, PartialEq)]
pub struct RowChart {
    pub x: Axis,
    /// Value at which bars begin: a vertical line, with its label above; the label is empty for zero.
    pub origin: (f64, String),
    /// Headings of the columns at the right, each with its color.
    pub columns: Vec<(&'static str, Ink)>,
    pub rows: Vec<ChartRow>,
}

/// Widths in pixels of the row names and of each column of figures, common to all charts in a picture.
struct Layout {
    names: f64,
    columns: Vec<f64>,
}

/// One row: its name, marks and figures.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartRow {
    pub name: String,
    /// Marks in drawing order, the lowest first.
    pub marks: Vec<RowMark>,
    /// Printed figures with their colors, one for each column.
    pub figures: Vec<(String, Ink)>,
}

/// A mark in a row, in values of the axis; it is cut at the edge of the panel.
#[derive(Clone, Debug, PartialEq)]
pub enum RowMark {
    /// Bar between two values.
    Bar([f64; 2], Paint),
    Span([f64; 2], Line),
    /// Dot: its value, its radius in pixels and its color.
    Dot(f64, f64, Ink),
    /// Arrow at the left edge of the panel for a value below the lower end of the axis.
    Below(Ink),
    /// Sets the row apart: bold name, and a hairline across the picture above or below.
    Divider {
        is_above: bool,
    },
    /// Vertical line at this value, from a bar down to the next row.
    Drop(f64),
    /// Text beside the value `end`, to its right or to its left.
    Label {
        end: f64,
        is_right: bool,
        text: String,
    },
}

impl ChartRow {
    /// Creates a row with a dot for a value without agents and one for that with them, joined by a line. `figure`
    /// formats a value; an unknown one has no dot.
    pub fn paired(name: &str, values: [Option<f64>; 2], figure: impl Fn(f64) -> String) -> Self {
        let between = values[0].zip(values[1]).map(|(from, to)| [from, to]);
        let line = between.map(|between| RowMark::Span(between, Line::new(PAIRED[1], 2.0).percent(55)));
        let dots = values.into_iter().zip(PAIRED).filter_map(|(at, ink)| Some(RowMark::Dot(at?, 4.5, ink)));
        let figures = values.map(|value| value.map_or("–".to_owned(), &figure));
        Self {
            name: name.to_owned(),
            marks: line.into_iter().chain(dots).collect(),
            figures: figures.into_iter().zip(PAIRED).collect(),
        }
    }

    /// Creates a row with a bar from zero to `end`.
    pub fn bar(name: &str, end: f64, paint: Paint, figures: Vec<(String, Ink)>) -> Self {
        Self { name: name.to_owned(), marks: vec![RowMark::Bar([0.0, end], paint)], figures }
    }

    /// Makes a waterfall of rows with bars: each bar begins where the last one ends, with a line down to the next row
    /// if the end is above `lowest`.
    pub fn waterfall(rows: &mut [Self], lowest: f64) {
        let mut level = 0.0;
        for row in rows {
            let Some(RowMark::Bar([from, to], _)) = row.marks.first_mut() else { continue };
            *from = replace(&mut level, *to);
            row.marks.extend((level > lowest).then_some(RowMark::Drop(level)));
        }
    }

    fn set(&self) -> Type {
        let set = Type::new(NAME_SIZE, Ink::Text).down(VPos::Center);
        let is_apart = self.marks.iter().any(|mark| matches!(mark, RowMark::Divider { .. }));
        if is_apart { set.semibold() } else { set }
    }
}

impl RowChart {
    fn head(&self) -> f64 {
        let has_heading = self.columns.iter().any(|column| !column.0.is_empty());
        if has_heading || !self.origin.1.is_empty() { HEAD } else { 0.0 }
    }

    /// Returns the total height of the chart in pixels, for a picture `width` pixels wide.
    pub fn height(&self, width: f64) -> f64 {
        self.head() + self.rows.len() as f64 * self.pitch(width) + BASE
    }

    /// Returns the height of a row in pixels; in a narrow picture its name and figures stand above its marks.
    fn pitch(&self, width: f64) -> f64 {
        PITCH + if is_narrow(width) { self.name_lines(width) as f64 * NAME_LINE } else { 0.0 }
    }

    /// Returns the largest number of lines that a row's name needs beside its figures in a narrow picture.
    fn name_lines(&self, width: f64) -> usize {
        let room = width - 2.0 * edge(width) - self.layout(width).columns.iter().sum::<f64>() - NAME_GAP;
        let lines = self.rows.iter().map(|row| wrap(&row.name, &row.set(), room, MOST_LINES).len());
        lines.max().unwrap_or(1)
    }

    fn layout(&self, width: f64) -> Layout {
        let gap = if is_narrow(width) { NARROW_GAP } else { COLUMN_GAP };
        let needed = |(index, (heading, ink)): (usize, &(&str, Ink))| {
            let heading = Type::new(TICK_SIZE, *ink).semibold().width(heading);
            let figures = self.rows.iter().filter_map(|row| row.figures.get(index));
            let widths = figures.map(|(text, ink)| Type::figure(*ink).width(text));
            widths.fold(heading, f64::max) + gap
        };
        let names = self.rows.iter().map(|row| row.set().width(&row.name));
        Layout {
            names: names.fold(0.0, f64::max).min(WIDEST_NAME),
            columns: self.columns.iter().enumerate().map(needed).collect(),
        }
    }

    /// Draws several charts of rows below each other, with common columns.
    pub fn draw(blocks: &[Self], picture: &mut Picture, body: Area) {
        let layouts = blocks.iter().map(|block| block.layout(picture.width()));
        let common = layouts.reduce(|a, b| Layout {
            names: a.names.max(b.names),
            columns: a.columns.iter().zip(&b.columns).map(|(a, b)| a.max(*b)).collect(),
        });
        let Some(layout) = common else { return };
        let mut top = body.top;
        for block in blocks {
            block.draw_block(picture, Area { top, ..body }, &layout);
            top += block.height(picture.width());
        }
    }

    /// Draws the rows, their axis and the columns from the top of `body` on.
    fn draw_block(&self, picture: &mut Picture, body: Area, layout: &Layout) {
        let (edge, pitch) = (picture.edge(), self.pitch(picture.width()));
        let first = picture.width() - edge - layout.columns.iter().sum::<f64>();
        let top = body.top + self.head();
        let (left, right) = if picture.is_narrow() {
            (edge, picture.width() - edge)
        } else {
            (edge + layout.names + 2.0 * NAME_GAP, first)
        };
        let area = Area { left, top, right, bottom: top + self.rows.len() as f64 * pitch };
        let panel = Panel::new(area, self.x.scale, super::Scale::linear(0.0, 1.0));
        for (tick, _) in &self.x.ticks {
            self.upright(picture, &panel, *tick, Ink::Grid);
        }
        let (low, high) = self.x.scale.ends();
        if (low..=high).contains(&self.origin.0) {
            self.upright(picture, &panel, self.origin.0, Ink::Axis);
        }
        self.write_head(picture, &panel, (first, layout));
        for (index, row) in self.rows.iter().enumerate() {
            let top = area.top + index as f64 * pitch;
            let middle = top + pitch - PITCH / 2.0;
            for mark in &row.marks {
                self.draw_mark(picture, &panel, mark, middle);
            }
            let y = if picture.is_narrow() { middle - PITCH / 2.0 - 4.0 } else { middle };
            write_row(picture, row, (first, y), layout);
        }
        panel.base(picture, &self.x.ticks, "");
    }

    /// Writes the headings of the columns, and the label of the line at which bars begin.
    fn write_head(&self, picture: &mut Picture, panel: &Panel, (first, layout): (f64, &Layout)) {
        let y = panel.area.top - 8.0;
        let mut right = first;
        for ((heading, ink), width) in self.columns.iter().zip(&layout.columns) {
            right += width;
            let set = Type::new(TICK_SIZE, *ink).semibold().across(HPos::Right);
            picture.text(heading, (right, y), &set);
        }
        let (value, label) = &self.origin;
        let set = Type::new(TICK_SIZE, Ink::Mute).semibold();
        let (x, half) = (panel.at(*value, 0.0).0, set.width(label) / 2.0);
        let room = if picture.is_narrow() { first } else { panel.area.right };
        if x + half <= room && x - half >= picture.edge() {
            picture.text(label, (x, y), &set.across(HPos::Center));
        }
    }

    /// Draws a vertical line at an axis value; in a narrow picture it does not cross the names of rows.
    fn upright(&self, picture: &mut Picture, panel: &Panel, value: f64, ink: Ink) {
        let (x, line) = (panel.at(value, 0.0).0, Line::new(ink, 1.0));
        if !picture.is_narrow() {
            return picture.line([(x, panel.area.top), (x, panel.area.bottom)], line);
        }
        for row in 1..=self.rows.len() {
            let foot = panel.area.top + row as f64 * self.pitch(picture.width());
            picture.line([(x, foot - PITCH + 2.0), (x, foot)], line);
        }
    }

    fn draw_mark(&self, picture: &mut Picture, panel: &Panel, mark: &RowMark, y: f64) {
        let Area { left, right, .. } = panel.area;
        let x = |value: f64| panel.at(value, 0.0).0.clamp(left, right);
        match mark {
            RowMark::Bar([a, b], paint) => {
                let half = THICKNESS / 2.0;
                // a bar that is not zero must be visible
                let least = if a == b { 0.0 } else { (b - a).signum() * HAIR };
                let end = if (x(*b) - x(*a)).abs() < HAIR { x(*a) + least } else { x(*b) };
                picture.rectangle((x(*a), y - half), (end, y + half), *paint, None);
            }
            RowMark::Span(ends, line) => {
                let ends = ends.map(|end| (x(end), y));
                // a light border shows a thin line on a dark bar
                if line.width < 2.0 {
                    picture.line(ends, Line::new(Ink::Ground, line.width + 2.0));
                }
                picture.line(ends, *line);
            }
            RowMark::Dot(at, radius, ink) => {
                picture.dot((x(*at), y), radius + 1.0, Paint::solid(Ink::Ground), None);
                picture.dot((x(*at), y), *radius, Paint::solid(*ink), None);
            }
            RowMark::Below(ink) => {
                let (foot, half) = (left + ARROW.0, ARROW.1);
                // the end of a bar that reaches the edge becomes the arrow
                let (from, to) = ((left, y - 2.0 * half), (foot, y + 2.0 * half));
                picture.rectangle(from, to, Paint::solid(Ink::Ground), None);
                let corners = [(left, y), (foot, y - half), (foot, y + half)];
                picture.path(corners, Finish::Fill(Paint::solid(*ink)), None);
            }
            RowMark::Divider { is_above } => {
                let foot = y + PITCH / 2.0;
                let y = if *is_above { foot - self.pitch(picture.width()) } else { foot };
                let ends = [(picture.edge(), y), (picture.width() - picture.edge(), y)];
                picture.line(ends, Line::new(Ink::Axis, 1.0));
            }
            RowMark::Label { end, is_right, text } => {
                let set = Type::new(TICK_SIZE, Ink::Text).down(VPos::Center);
                let (wide, end) = (set.width(text), x(*end));
                let wished = if *is_right { end + LABEL_GAP } else { end - LABEL_GAP - wide };
                let from = wished.min(right - wide).max(left);
                if from != wished {
                    picture.fade((from - 2.0, y - 8.0), (from + wide + 2.0, y + 8.0));
                }
                picture.text(text, (from, y), &set);
            }
            // the line would cross the name of the next row
            RowMark::Drop(..) if picture.is_narrow() => {}
            RowMark::Drop(at) => {
                let (above, below) = (y + THICKNESS / 2.0, y + PITCH - THICKNESS / 2.0);
                let ends = [(x(*at), above), (x(*at), below)];
                picture.line(ends, Line::new(Ink::Axis, 1.0));
            }
        }
    }
}

/// Writes a row's name at the left edge, in two lines if needed, and its figures in columns from `first` on. `y`: middle
/// of the figures.
fn write_row(picture: &mut Picture, row: &ChartRow, (first, y): Pixel, layout: &Layout) {
    let (set, edge) = (row.set(), picture.edge());
    // in a narrow picture the last line stands beside the figures
    let (room, most, part) =
        if picture.is_narrow() { (first - edge - NAME_GAP, MOST_LINES, 1.0) } else { (layout.names, 2, 0.5) };
    let lines = wrap(&row.name, &set, room, most);
    let above = (lines.len() as f64 - 1.0) * part * NAME_LINE;
    for (line, place) in lines.iter().zip(0..) {
        let y = y - above + f64::from(place) * NAME_LINE;
        picture.name(line, (edge, y), &set, room);
    }
    let mut end = first;
    for (width, (text, ink)) in layout.columns.iter().zip(&row.figures) {
        end += width;
        picture.name(text, (end, y), &Type::figure(*ink), width - NARROW_GAP / 2.0);
    }
}
