//! Realised correlation in months without a crash, in crash months without the loop, and in crash months.
//!
//! In: [`CrashCorrelation`]. Out: a chart. Not here: estimation.
//!
//! A map is the lower triangle of a matrix. The name of a market stands on the diagonal and reads into the empty half: it
//! heads the column below it and ends the row before it, so thirty names need neither a margin nor turned letters.
//!
//! The middle map is what makes the other two comparable: it holds the very months of the right
//! one, picked the same way, without the sales.

use super::{Chart, Kind, boxed};
use crate::chart::{Area, Canvas, EDGE, HPos, Ink, Paint, Pixel, Type, VPos, WIDTH};
use crate::figure::{Quantity, correlation_of_chart as printed, grouped};
use crate::report::{Measure, PairsPart, Report};

pub const KIND: Kind = Kind {
    id: "crash_correlation",
    title: "Correlation in and outside crash months",
    doc: "Realized correlation of each pair of markets in three samples: months without a crash, crash months \
          without agent selling, and the same crash months with it. The choice of bad months alone changes a \
          correlation. The difference between the second and the third map is the effect of agent selling.",
    of: |source| boxed(CrashCorrelation::of(source.report)),
};

/// Maps stand side by side up to so many markets.
const SIDE_BY_SIDE: usize = 8;

/// Room for the name of the last market, and width and height of the largest cell: side by side, and below each other.
const BROAD: (f64, (f64, f64)) = (92.0, (108.0, 54.0));
const STACKED: (f64, (f64, f64)) = (130.0, (48.0, 24.0));

/// Height of the smallest cell that holds a number, in pixels.
const SMALLEST_WITH_NUMBER: f64 = 20.0;

/// Most room for a name, free pixels before it and at the end of its map.
const LONGEST_NAME: f64 = 260.0;
const NAME_GAPS: (f64, f64) = (4.0, 10.0);

/// Pixels above a map for its heading, and below it.
const HEADING: f64 = 50.0;
const BELOW: f64 = 14.0;

/// Data of the chart: two markets or more.
#[derive(Clone, Debug, PartialEq)]
pub struct CrashCorrelation {
    pub names: Vec<String>,
    /// Paths that were looked at, the first of the run; none said if all were.
    pub first_paths: Option<u64>,
    /// Months without a crash, as they happened.
    pub other: Map,
    /// Mean over the pairs in the same months of the twin without the loop.
    pub other_without_loop: Quantity,
    /// Crash months in the twin without the loop.
    pub without_loop: Map,
    /// Crash months as they happened.
    pub crash: Map,
    /// Mean over the pairs of what the loop adds in crash months, with the paired error; none if the
    /// paths are too few for errors that support a claim.
    pub added: Option<Quantity>,
}

/// One matrix and its mean over the pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// Row major, as many rows as names; not a number where a pair has no figure.
    pub values: Vec<f64>,
    pub mean: Quantity,
}

fn quantity(measure: &Measure) -> Quantity {
    Quantity {
        value: measure.value,
        std_error: measure.std_error.unwrap_or(f64::INFINITY),
    }
}

impl CrashCorrelation {
    /// Nothing without enough crashes.
    fn of(report: &Report) -> Option<Self> {
        let found = report.correlations.as_ref()?;
        if !found.has_enough_crashes() {
            return None;
        }
        let measured = |id: &str| report.measures.get(id).map(quantity);
        let map = |pairs: &PairsPart, id: &str| {
            Some(Map {
                values: (pairs.matrix.iter().flatten())
                    .map(|value| value.unwrap_or(f64::NAN))
                    .collect(),
                mean: measured(id)?,
            })
        };
        let added = report
            .measures
            .get("amplification.correlation.realised.crash.mean");
        let paths = found.paths as u64;
        let (calm, crash) = (found.calm.as_ref()?, found.crash.as_ref()?);
        Some(Self {
            names: found.markets.clone(),
            first_paths: (paths < report.run.paths).then_some(paths),
            other: map(&calm.run, "correlation.realised.calm.mean")?,
            other_without_loop: measured("without_feedback.correlation.realised.calm.mean")?,
            without_loop: map(
                crash.without_feedback.as_ref()?,
                "without_feedback.correlation.realised.crash.mean",
            )?,
            crash: map(&crash.run, "correlation.realised.crash.mean")?,
            // an error without an interval supports no claim
            added: added.filter(|added| added.interval.is_some()).map(quantity),
        })
    }

    fn is_side_by_side(&self) -> bool {
        self.names.len() <= SIDE_BY_SIDE
    }

    /// Pixels from the left edge of a map to that of the next.
    fn width(&self) -> f64 {
        let room = WIDTH - 2.0 * EDGE;
        if self.is_side_by_side() {
            room / 3.0
        } else {
            room
        }
    }

    /// Width and height of a cell in pixels: square when there are many, broad when few.
    fn cell(&self) -> (f64, f64) {
        let (name_room, largest) = match self.is_side_by_side() {
            true => BROAD,
            false => STACKED,
        };
        let side = (self.width() - name_room) / self.names.len().max(1) as f64;
        (side.min(largest.0).floor(), side.min(largest.1).floor())
    }

    fn panel_height(&self) -> f64 {
        HEADING + self.cell().1 * self.names.len() as f64 + BELOW
    }

    fn draw_map(&self, canvas: &mut Canvas, map: &Map, corner: Pixel) {
        let (width, height) = self.cell();
        let set = Type::new((height * 0.4).clamp(8.0, 12.5), Ink::Text).down(VPos::Center);
        for (index, name) in self.names.iter().enumerate() {
            let from = index as f64 * width;
            let room = (self.width() - from - NAME_GAPS.1).min(LONGEST_NAME);
            let y = corner.1 + (index as f64 + 0.5) * height;
            canvas.name(name, (corner.0 + from + NAME_GAPS.0, y), &set, room);
        }
        for row in 0..self.names.len() {
            for column in 0..row {
                let (right, down) = (column as f64 * width, row as f64 * height);
                self.draw_cell(
                    canvas,
                    map,
                    (row, column),
                    (corner.0 + right, corner.1 + down),
                );
            }
        }
    }

    /// One pair; without a figure it is empty.
    fn draw_cell(&self, canvas: &mut Canvas, map: &Map, (row, column): (usize, usize), at: Pixel) {
        let ((x, y), (width, height)) = (at, self.cell());
        let value = map.values.get(row * self.names.len() + column);
        let (ink, text) = match value.copied().unwrap_or(0.0) {
            value if value.is_nan() => (Ink::Grid, "–".to_string()),
            value => (Ink::heat(value), printed(Quantity::exact(value))),
        };
        let tooltip = format!("{} and {}: {text}", self.names[column], self.names[row]);
        let gap = if height > 30.0 { 1.0 } else { 0.5 };
        let (from, to) = ((x + gap, y + gap), (x + width - gap, y + height - gap));
        canvas.rectangle(from, to, Paint::solid(ink), Some(tooltip));
        if height >= SMALLEST_WITH_NUMBER {
            let set = Type::new((height * 0.36).clamp(8.0, 13.0), ink.for_text_on());
            let set = set.across(HPos::Center).down(VPos::Center);
            canvas.text(&text, (x + width / 2.0, y + height / 2.0), &set);
        }
    }

    /// What picking the months does where there are no sales, in words.
    fn by_choice(&self) -> String {
        let [other, crash] = [self.other_without_loop, self.without_loop.mean].map(printed);
        format!("it is {other} in other months and {crash} in these")
    }
}

impl Chart for CrashCorrelation {
    fn finding(&self) -> String {
        let pair = match self.names.as_slice() {
            [_, _] => "the two markets",
            _ => "the average pair",
        };
        let [other, without, crash] =
            [&self.other, &self.without_loop, &self.crash].map(|map| printed(map.mean));
        let seen = match self.added {
            Some(added) if !added.differs_from_zero() => ", no difference beyond sampling error",
            _ => "",
        };
        format!(
            "In crashes the correlation of {pair} is {crash} with the loop, {without} without it{seen}; other months \
             have {other}"
        )
    }

    fn reading(&self) -> String {
        let sample = match self.first_paths {
            Some(n) => format!(" on the first {} paths", grouped(n)),
            None => String::new(),
        };
        format!(
            "Realised correlation of the markets' monthly log-returns{sample}. Crash months: agents' \
             sales push some market down by about 5% or more. Picking such months changes a \
             correlation by itself: without the loop {}. From the middle to the right map nothing \
             changes but the sales",
            self.by_choice()
        )
    }

    fn body_height(&self) -> f64 {
        let rows = if self.is_side_by_side() { 1.0 } else { 3.0 };
        rows * self.panel_height()
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let panels = [
            ("Months without a crash", &self.other),
            ("Crash months without the loop", &self.without_loop),
            ("Crash months", &self.crash),
        ];
        for (index, (heading, panel)) in panels.into_iter().enumerate() {
            let (across, down) = match self.is_side_by_side() {
                true => (index as f64, 0.0),
                false => (0.0, index as f64),
            };
            let left = EDGE + across * self.width();
            let top = body.top + down * self.panel_height();
            let set = Type::new(13.0, Ink::Text).semibold().down(VPos::Top);
            canvas.text(heading, (left, top + 4.0), &set);
            if self.names.len() > 2 {
                let set = Type::new(12.0, Ink::Mute).down(VPos::Top);
                let mean = format!("average pair {}", printed(panel.mean));
                canvas.text(&mean, (left, top + 22.0), &set);
            }
            self.draw_map(canvas, panel, (left, top + HEADING));
        }
    }
}
