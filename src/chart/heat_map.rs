//! Lower triangle of a matrix between holdings, cell by cell, names on the diagonal.
//!
//! In: names, a matrix, the room that a map has. Out: marks. Not here: what the matrix says (the
//! charts that use it).
//!
//! A name stands on the diagonal and reads into the empty half: it heads the column below it and
//! ends the row before it, so thirty names need neither a margin nor turned letters.

use super::canvas::{Canvas, HPos, Paint, Pixel, Type, VPos};
use super::theme::Ink;
use crate::figure::{Quantity, correlation_of_chart as printed};

/// Width and height of the largest cell where there is room, in pixels.
pub const LARGEST_CELL: (f64, f64) = (108.0, 54.0);

/// Height of the smallest cell that holds a number, in pixels.
const SMALLEST_WITH_NUMBER: f64 = 20.0;

/// Most room for a name, free pixels before it.
const LONGEST_NAME: f64 = 260.0;
const NAME_GAP: f64 = 4.0;

/// Where maps of the same holdings are drawn.
#[derive(Clone, Copy)]
pub struct HeatMap<'a> {
    pub names: &'a [String],
    /// Pixels from the left edge of a map to that of the next.
    pub width: f64,
    /// Those of them that are for the name of the last holding.
    pub name_room: f64,
    /// Width and height of the largest cell.
    pub largest_cell: (f64, f64),
}

impl HeatMap<'_> {
    fn n(&self) -> usize {
        self.names.len()
    }

    /// Pairs (row, column) of the lower triangle.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.n()).flat_map(|row| (0..row).map(move |column| (row, column)))
    }

    /// Width and height of a cell in pixels: square when there are many, broad when few.
    fn cell(&self) -> (f64, f64) {
        let side = (self.width - self.name_room) / self.n().max(1) as f64;
        let (width, height) = self.largest_cell;
        (side.min(width).floor(), side.min(height).floor())
    }

    pub fn height(&self) -> f64 {
        self.cell().1 * self.n() as f64
    }

    fn name_type(&self) -> Type {
        let size = (self.cell().1 * 0.4).clamp(8.0, 12.5);
        Type::new(size, Ink::Text).down(VPos::Center)
    }

    /// Where the name of a holding starts, right of the map's left edge, and the room that it has.
    fn name_span(&self, index: usize) -> (f64, f64) {
        let from = index as f64 * self.cell().0;
        let room = self.width - from - 10.0;
        (from + NAME_GAP, room.min(LONGEST_NAME))
    }

    /// Draws `values`, row major; what is not a number is an empty cell.
    pub fn draw(&self, canvas: &mut Canvas, values: &[f64], corner: Pixel) {
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
            let value = values.get(row * self.n() + column).copied();
            self.draw_cell(canvas, value.unwrap_or(0.0), (row, column), (x, y));
        }
    }

    fn draw_cell(&self, canvas: &mut Canvas, value: f64, pair: (usize, usize), corner: Pixel) {
        let (x, y) = corner;
        let (width, height) = self.cell();
        let (ink, text) = match value.is_nan() {
            true => (Ink::Grid, "–".to_string()),
            false => (Ink::heat(value), printed(Quantity::exact(value))),
        };
        let (a, b) = (&self.names[pair.1], &self.names[pair.0]);
        let tooltip = format!("{a} and {b}: {text}");
        let gap = if height > 30.0 { 1.0 } else { 0.5 };
        let (from, to) = ((x + gap, y + gap), (x + width - gap, y + height - gap));
        canvas.rectangle(from, to, Paint::solid(ink), Some(tooltip));
        if height >= SMALLEST_WITH_NUMBER {
            let set = Type::new((height * 0.36).clamp(8.0, 13.0), ink.for_text_on());
            let set = set.across(HPos::Center).down(VPos::Center);
            let middle = (x + width / 2.0, y + height / 2.0);
            canvas.text(&text, middle, &set);
        }
    }
}
