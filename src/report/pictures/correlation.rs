//! Correlation between holdings, or between the markets that they share, as a heat map.
//!
//! In: [`Correlation`]. Out: a chart: the average pair and, where one stands out, the highest. Not here:
//! repair of impossible matrices, the map itself (`heat_map`).

use super::{Chart, Kind, Source, boxed};
use crate::chart::{Area, Canvas, EDGE, HeatMap, LARGEST_CELL, WIDTH};
use crate::figure::{Quantity, correlation_of_chart};
use crate::report::basis::correlation_basis;

mod lists;

pub const KIND: Kind = Kind {
    id: "correlation",
    title: "Correlation between holdings",
    doc: "Correlation of each pair, blue below zero, vermilion above; the subtitle says of what. \
          Holdings that share a market stand there under its name. The cell of two is where the \
          column below the one meets the row of the other.",
    of: |source| boxed((source.scenario.markets.len() > 1).then(|| Correlation::of(source))),
};

/// Room for the name of the last holding.
const NAME_ROOM: f64 = 130.0;

/// Data of the chart: two holdings or more and their matrix as it was stated.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// What is drawn, as in "as stated in the scenario".
    pub basis: String,
    pub names: Vec<String>,
    /// Row major, as many rows as names.
    pub values: Vec<f64>,
}

/// Row and column of a pair.
type Pair = (usize, usize);

impl Correlation {
    fn of(source: &Source<'_>) -> Self {
        let markets = source.scenario.markets.iter();
        Correlation {
            basis: correlation_basis(source.scenario),
            names: markets.map(|market| market.name.clone()).collect(),
            values: source.scenario.correlation.matrix.entries().to_vec(),
        }
    }

    fn at(&self, (row, column): Pair) -> f64 {
        let value = self.values.get(row * self.names.len() + column);
        value.copied().unwrap_or(0.0)
    }

    fn printed_at(&self, pair: Pair) -> String {
        printed(self.at(pair))
    }

    /// Pairs from the highest correlation down.
    fn ranked(&self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = self.map().pairs().collect();
        pairs.sort_by(|a, b| self.at(*b).total_cmp(&self.at(*a)).then(a.cmp(b)));
        pairs
    }

    fn map(&self) -> HeatMap<'_> {
        HeatMap {
            names: &self.names,
            width: WIDTH - 2.0 * EDGE,
            name_room: NAME_ROOM,
            largest_cell: LARGEST_CELL,
        }
    }
}

fn printed(value: f64) -> String {
    correlation_of_chart(Quantity::exact(value))
}

impl Chart for Correlation {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn finding(&self) -> String {
        let ranked = self.ranked();
        let [first, .., last] = ranked[..] else {
            return match self.names.as_slice() {
                [a, b] => format!(
                    "The correlation of {a} and {b} is {}",
                    self.printed_at((1, 0))
                ),
                _ => "A single holding has no partner".to_string(),
            };
        };
        let sum: f64 = self.map().pairs().map(|pair| self.at(pair)).sum();
        let mean = printed(sum / ranked.len() as f64);
        let mean = format!("The average pair correlates at {mean}");
        let (low, high) = (self.printed_at(last), self.printed_at(first));
        if high != self.printed_at(ranked[1]) {
            let (a, b) = (&self.names[first.1], &self.names[first.0]);
            format!("{mean}; {a} and {b} most, at {high}")
        } else if high != low {
            format!("{mean}, the pairs from {low} to {high}")
        } else {
            format!("{mean}, all pairs alike to the digits shown")
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
        self.map().height() + 12.0
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        self.map().draw(canvas, &self.values, (EDGE, body.top));
        self.draw_lists(canvas, body.top);
    }
}
