//! Rows over one shared axis: name at the left, bars and dots, columns of figures at the right.
//!
//! In: [`RowChart`]. Out: marks. Not here: the rows' meaning.

use super::canvas::{HPos, Line, Paint, Picture, Pixel, Type, VPos};
use super::frame::{Area, edge, is_narrow};
use super::labels::wrap;
use super::panel::{Panel, TICK_SIZE};
use super::plot::Axis;
use super::row_mark::{PITCH, RowMark, draw_mark};
use super::scale::Scale;
use super::theme::Ink;
use std::mem::replace;

/// Height in pixels of the axis below the rows.
const BASE: f64 = 44.0;
/// Height in pixels of the column headings above the rows.
const HEAD: f64 = 20.0;
/// Least distance in pixels between the name of a row and its marks, and between columns of figures.
const NAME_GAP: f64 = 8.0;
/// Height in pixels of a line of a row's name.
const NAME_LINE: f64 = 14.0;
/// Maximum number of lines of a row's name in a narrow picture.
const MOST_LINES: usize = 3;
/// Largest width in pixels of a row's name before it is wrapped.
const WIDEST_NAME: f64 = 380.0;
const COLUMN_GAP: f64 = 24.0;
const NARROW_GAP: f64 = 8.0;
const NAME_SIZE: f64 = 12.5;
/// Maximum number of ticks of the axis, so that each label has room.
const TICKS: usize = 7;

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

/// Widths in pixels of the row names and of each column of figures, and the height of a row, common to all charts in a
/// picture.
struct Layout {
    names: f64,
    columns: Vec<f64>,
    pitch: f64,
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

impl ChartRow {
    /// Creates a row with a bar from zero to `end`.
    pub fn bar(name: &str, end: f64, paint: Paint, figures: Vec<(String, Ink)>) -> Self {
        Self { name: name.to_owned(), marks: vec![RowMark::Bar([0.0, end], paint)], figures }
    }

    /// Gives each figure of a row the color of its column.
    pub fn inked<const N: usize>(figures: [String; N], columns: [(&str, Ink); N]) -> Vec<(String, Ink)> {
        figures.into_iter().zip(columns).map(|(figure, (_, ink))| (figure, ink)).collect()
    }

    /// Makes a waterfall of rows with bars: each bar begins where the last one ends, with a line down to the next row.
    /// Rows without a bar stay as they are.
    pub fn waterfall(rows: &mut [Self]) {
        let mut level = 0.0;
        for row in rows {
            let Some(RowMark::Bar([from, to], _)) = row.marks.first_mut() else { continue };
            *from = replace(&mut level, *to);
            row.marks.push(RowMark::Drop(level));
        }
    }

    fn set(&self) -> Type {
        let set = Type::new(NAME_SIZE, Ink::Text).down(VPos::Center);
        let is_apart = self.marks.iter().any(|mark| matches!(mark, RowMark::Divider { .. }));
        if is_apart { set.semibold() } else { set }
    }
}

impl RowChart {
    /// Creates rows whose bars begin at zero, with column headings for their figures.
    pub fn new(
        scale: Scale,
        tick: impl Fn(f64) -> String,
        columns: impl Into<Vec<(&'static str, Ink)>>,
        rows: Vec<ChartRow>,
    ) -> Self {
        let x = Axis::new(scale, TICKS, tick);
        Self { x, origin: (0.0, String::new()), columns: columns.into(), rows }
    }

    /// Lets bars begin at `value`, under its `label`.
    pub fn from(self, value: f64, label: String) -> Self {
        Self { origin: (value, label), ..self }
    }

    fn head(&self) -> f64 {
        let has_heading = self.columns.iter().any(|column| !column.0.is_empty());
        if has_heading || !self.origin.1.is_empty() { HEAD } else { 0.0 }
    }

    /// Returns the total height in pixels of several charts below each other, for a picture `width` pixels wide.
    pub fn height(blocks: &[Self], width: f64) -> f64 {
        let layout = Layout::of(blocks, width);
        blocks.iter().map(|block| block.height_in(&layout)).sum()
    }

    fn height_in(&self, layout: &Layout) -> f64 {
        self.head() + self.rows.len() as f64 * layout.pitch + BASE + self.x.name_height()
    }

    /// Returns the width in pixels of each column of figures.
    fn widths(&self, width: f64) -> Vec<f64> {
        let gap = if is_narrow(width) { NARROW_GAP } else { COLUMN_GAP };
        let needed = |(index, (heading, ink)): (usize, &(&str, Ink))| {
            let heading = Type::new(TICK_SIZE, *ink).semibold().width(heading);
            let figures = self.rows.iter().filter_map(|row| row.figures.get(index));
            let widths = figures.map(|(text, ink)| Type::figure(*ink).width(text));
            widths.fold(heading, f64::max) + gap
        };
        self.columns.iter().enumerate().map(needed).collect()
    }

    /// Draws several charts of rows below each other, with common columns.
    pub fn draw(blocks: &[Self], picture: &mut Picture, body: Area) {
        let layout = Layout::of(blocks, picture.width());
        let mut top = body.top;
        for block in blocks {
            block.draw_block(picture, Area { top, ..body }, &layout);
            top += block.height_in(&layout);
        }
    }

    /// Draws the rows, their axis and the columns from the top of `body` on.
    fn draw_block(&self, picture: &mut Picture, body: Area, layout: &Layout) {
        let (edge, pitch) = (picture.edge(), layout.pitch);
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
            self.upright(picture, &panel, *tick, pitch, Ink::Grid);
        }
        let (low, high) = self.x.scale.ends();
        if (low..=high).contains(&self.origin.0) {
            self.upright(picture, &panel, self.origin.0, pitch, Ink::Axis);
        }
        self.write_head(picture, &panel, first, layout);
        for (index, row) in self.rows.iter().enumerate() {
            let top = area.top + index as f64 * pitch;
            let middle = top + pitch - PITCH / 2.0;
            for mark in &row.marks {
                draw_mark(picture, &panel, mark, middle, pitch);
            }
            let y = if picture.is_narrow() { middle - PITCH / 2.0 - 4.0 } else { middle };
            write_row(picture, row, (first, y), layout);
        }
        panel.base(picture, &self.x.ticks, &self.x.name);
    }

    /// Writes the headings of the columns, and the label of the line at which bars begin.
    fn write_head(&self, picture: &mut Picture, panel: &Panel, first: f64, layout: &Layout) {
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
        let middle = x.min(room - half);
        if x <= room && middle - half >= picture.edge() {
            picture.text(label, (middle, y), &set.across(HPos::Center));
        }
    }

    /// Draws a vertical line at an axis value; in a narrow picture it does not cross the names of rows.
    fn upright(&self, picture: &mut Picture, panel: &Panel, value: f64, pitch: f64, ink: Ink) {
        let (x, line) = (panel.at(value, 0.0).0, Line::new(ink, 1.0));
        if !picture.is_narrow() {
            return picture.line([(x, panel.area.top), (x, panel.area.bottom)], line);
        }
        for row in 1..=self.rows.len() {
            let foot = panel.area.top + row as f64 * pitch;
            picture.line([(x, foot - PITCH + 2.0), (x, foot)], line);
        }
    }
}

impl Layout {
    /// Returns the layout of `blocks`; in a narrow picture names and figures stand above the marks of a row.
    fn of(blocks: &[RowChart], width: f64) -> Self {
        let mut columns: Vec<f64> = Vec::new();
        for widths in blocks.iter().map(|block| block.widths(width)) {
            columns.resize(columns.len().max(widths.len()), 0.0);
            columns.iter_mut().zip(widths).for_each(|(column, width)| *column = column.max(width));
        }
        let rows = || blocks.iter().flat_map(|block| &block.rows);
        let names = rows().map(|row| row.set().width(&row.name)).fold(0.0, f64::max).min(WIDEST_NAME);
        let room = width - 2.0 * edge(width) - columns.iter().sum::<f64>() - NAME_GAP;
        let lines = rows().map(|row| wrap(&row.name, &row.set(), room, MOST_LINES).len()).max();
        let above = if is_narrow(width) { lines.unwrap_or(1) as f64 * NAME_LINE } else { 0.0 };
        Self { names, columns, pitch: PITCH + above }
    }
}

/// Writes a row's name at the left edge, in two or, in a narrow picture, three lines if needed, and its figures in columns
/// from `first` on. `y`: middle of the figures.
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
