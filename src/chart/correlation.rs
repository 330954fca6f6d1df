//! Correlation between holdings, or between the markets that they share, as a heat map.
//!
//! In: [`Correlation`]. Out: a chart. Not here: estimation, repair of impossible matrices.
//!
//! A name stands on the diagonal and reads into the empty half: it heads the column below it and
//! ends the row before it, so thirty names need neither a margin nor turned letters.

use super::canvas::{Canvas, HPos, Paint, Pixel, Type, VPos};
use super::frame::{Area, EDGE, WIDTH};
use super::number::correlation as printed;
use super::theme::Ink;
use super::{Chart, Kind};

mod finding;
mod lists;

pub const KIND: Kind = Kind {
    id: "correlation",
    title: "Correlation between holdings",
    doc: "Correlation of each pair, blue below zero, vermilion above; the subtitle says of what. \
          Holdings that share a market stand there under its name. The cell of two is where the \
          column below the one meets the row of the other.",
};

/// Width and height of the largest cell, in pixels.
const LARGEST_CELL: (f64, f64) = (108.0, 54.0);

/// Height of the smallest cell that holds a number, in pixels.
const SMALLEST_WITH_NUMBER: f64 = 20.0;

/// Room for the name of the last holding, most room for any, free pixels before it.
const NAME_ROOM: f64 = 130.0;
const LONGEST_NAME: f64 = 260.0;
const NAME_GAP: f64 = 4.0;

/// Two maps stand side by side up to so many holdings.
const SIDE_BY_SIDE: usize = 12;

/// One matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// When it holds, as in "in calm months".
    pub name: String,
    /// Row major, as many rows as names.
    pub values: Vec<f64>,
    /// Standard error of the mean over all pairs; 0 for a matrix that was stated.
    pub mean_std_error: f64,
    /// Largest standard error of one pair; 0 for a matrix that was stated.
    pub pair_std_error: f64,
}

/// Data of the chart: two holdings or more, one matrix or two of the same holdings.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// What is drawn, as in "as stated in the scenario".
    pub basis: String,
    pub names: Vec<String>,
    pub base: Heat,
    pub other: Option<Heat>,
}

impl Correlation {
    fn n(&self) -> usize {
        self.names.len()
    }

    fn at(&self, heat: &Heat, row: usize, column: usize) -> f64 {
        let value = heat.values.get(row * self.n() + column);
        value.copied().unwrap_or(0.0)
    }

    /// Pairs (row, column) of the lower triangle.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.n()).flat_map(|row| (0..row).map(move |column| (row, column)))
    }

    fn columns(&self) -> usize {
        usize::from(self.other.is_some() && self.n() <= SIDE_BY_SIDE) + 1
    }

    fn map_width(&self) -> f64 {
        (WIDTH - 2.0 * EDGE) / self.columns() as f64
    }

    /// Width and height of a cell in pixels: square when there are many, broad when few.
    fn cell(&self) -> (f64, f64) {
        let side = (self.map_width() - NAME_ROOM) / self.n().max(1) as f64;
        let (width, height) = LARGEST_CELL;
        (side.min(width).floor(), side.min(height).floor())
    }

    fn map_height(&self) -> f64 {
        let heading = if self.other.is_some() { 34.0 } else { 0.0 };
        heading + self.cell().1 * self.n() as f64 + 12.0
    }

    fn name_type(&self) -> Type {
        let size = (self.cell().1 * 0.4).clamp(8.0, 12.5);
        Type::new(size, Ink::Text).down(VPos::Center)
    }

    /// Where the name of a holding starts, right of `left`, and the room that it has.
    fn name_span(&self, index: usize) -> (f64, f64) {
        let from = index as f64 * self.cell().0;
        let room = self.map_width() - from - 10.0;
        (from + NAME_GAP, room.min(LONGEST_NAME))
    }

    fn draw_map(&self, canvas: &mut Canvas, heat: &Heat, corner: Pixel) {
        let set = self.name_type();
        let (width, height) = self.cell();
        for (index, name) in self.names.iter().enumerate() {
            let (from, room) = self.name_span(index);
            let y = corner.1 + (index as f64 + 0.5) * height;
            canvas.name(name, (corner.0 + from, y), &set, room);
        }
        for (row, column) in self.pairs() {
            let (x, y) = (
                corner.0 + column as f64 * width,
                corner.1 + row as f64 * height,
            );
            self.draw_cell(canvas, heat, (row, column), (x, y));
        }
    }

    fn draw_cell(&self, canvas: &mut Canvas, heat: &Heat, pair: (usize, usize), corner: Pixel) {
        let (x, y) = corner;
        let (width, height) = self.cell();
        let value = self.at(heat, pair.0, pair.1);
        let ink = Ink::heat(value);
        let (a, b) = (&self.names[pair.1], &self.names[pair.0]);
        let tooltip = format!("{a} and {b}: {}", printed(value));
        let gap = if height > 30.0 { 1.0 } else { 0.5 };
        let (from, to) = ((x + gap, y + gap), (x + width - gap, y + height - gap));
        canvas.rectangle(from, to, Paint::solid(ink), Some(tooltip));
        if height >= SMALLEST_WITH_NUMBER {
            let set = Type::new((height * 0.36).clamp(8.0, 13.0), ink.for_text_on());
            let set = set.across(HPos::Center).down(VPos::Center);
            let middle = (x + width / 2.0, y + height / 2.0);
            canvas.text(&printed(value), middle, &set);
        }
    }
}

impl Chart for Correlation {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn finding(&self) -> String {
        match &self.other {
            None => self.finding_of_one(),
            Some(other) => self.finding_of_two(other),
        }
    }

    fn reading(&self) -> String {
        format!(
            "Correlation {}; a pair's cell is where the column below one name meets the row of \
             the other",
            self.basis
        )
    }

    fn body_height(&self) -> f64 {
        let rows = if self.other.is_some() && self.columns() == 1 {
            2.0
        } else {
            1.0
        };
        rows * self.map_height()
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let Some(other) = &self.other else {
            self.draw_map(canvas, &self.base, (EDGE, body.top));
            self.draw_lists(canvas, body.top);
            return;
        };
        for (index, heat) in [&self.base, other].into_iter().enumerate() {
            let (across, down) = if self.columns() == 2 {
                (index as f64, 0.0)
            } else {
                (0.0, index as f64)
            };
            let left = EDGE + across * self.map_width();
            let top = body.top + 8.0 + down * self.map_height();
            let set = Type::new(13.0, Ink::Text).semibold().down(VPos::Top);
            canvas.text(&heat.name, (left, top), &set);
            self.draw_map(canvas, heat, (left, top + 26.0));
        }
    }
}
