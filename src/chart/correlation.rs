//! Correlation between holdings, or between the markets that they share, as a heat map.
//!
//! In: [`Correlation`]. Out: a chart. Not here: estimation, repair of impossible matrices, the map
//! itself (`heat_map`).

use super::canvas::{Canvas, Type, VPos};
use super::frame::{Area, EDGE, WIDTH};
use super::heat_map::{HeatMap, LARGEST_CELL};
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

/// Room for the name of the last holding.
const NAME_ROOM: f64 = 130.0;

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

    fn columns(&self) -> usize {
        usize::from(self.other.is_some() && self.n() <= SIDE_BY_SIDE) + 1
    }

    fn map(&self) -> HeatMap<'_> {
        HeatMap {
            names: &self.names,
            width: (WIDTH - 2.0 * EDGE) / self.columns() as f64,
            name_room: NAME_ROOM,
            largest_cell: LARGEST_CELL,
        }
    }

    fn map_height(&self) -> f64 {
        let heading = if self.other.is_some() { 34.0 } else { 0.0 };
        heading + self.map().height() + 12.0
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
            self.map().draw(canvas, &self.base.values, (EDGE, body.top));
            self.draw_lists(canvas, body.top);
            return;
        };
        for (index, heat) in [&self.base, other].into_iter().enumerate() {
            let (across, down) = if self.columns() == 2 {
                (index as f64, 0.0)
            } else {
                (0.0, index as f64)
            };
            let left = EDGE + across * self.map().width;
            let top = body.top + 8.0 + down * self.map_height();
            let set = Type::new(13.0, Ink::Text).semibold().down(VPos::Top);
            canvas.text(&heat.name, (left, top), &set);
            self.map().draw(canvas, &heat.values, (left, top + 26.0));
        }
    }
}
