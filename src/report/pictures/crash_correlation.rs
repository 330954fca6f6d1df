//! Realised correlation in months without a crash, in crash months without the loop, and in crash months.
//!
//! In: [`CrashCorrelation`]. Out: a chart. Not here: estimation.
//!
//! The middle map is what makes the other two comparable: it holds the very months of the right
//! one, picked the same way, without the sales.

use super::{Chart, Kind, boxed};
use crate::chart::{Area, Canvas, EDGE, HeatMap, Ink, LARGEST_CELL, Type, VPos, WIDTH};
use crate::figure::{Quantity, correlation_of_chart as printed, grouped};
use crate::report::{Measure, PairsPart, Report};

pub const KIND: Kind = Kind {
    id: "crash_correlation",
    title: "Correlation inside and outside crashes",
    doc: "Realised correlation of each pair of markets in three kinds of months: those without a crash, crash \
          months without the agents' sales, and the same crash months with them. Picking bad months \
          changes a correlation by itself; the step from the second map to the third does not \
          depend on the choice and is what the sales do.",
    of: |source| boxed(CrashCorrelation::of(source.report)),
};

/// Room for the name of the last market: side by side, and below each other.
const NAME_ROOM: (f64, f64) = (92.0, 130.0);

/// Maps stand side by side up to so many markets.
const SIDE_BY_SIDE: usize = 8;

/// Width and height of the largest cell of maps below each other.
const STACKED_CELL: (f64, f64) = (48.0, 24.0);

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
        if !report.has_enough_crashes() {
            return None;
        }
        let measured = |id: &str| report.measures.get(id).map(quantity);
        let map = |pairs: &PairsPart, id: &str| {
            Some(Map {
                values: pairs.matrix.concat(),
                mean: measured(id)?,
            })
        };
        let added = report
            .measures
            .get("amplification.correlation.realised.crash.mean");
        let found = report.correlations.as_ref()?;
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

    fn map(&self) -> HeatMap<'_> {
        let room = WIDTH - 2.0 * EDGE;
        let (columns, name_room, largest_cell) = match self.is_side_by_side() {
            true => (3.0, NAME_ROOM.0, LARGEST_CELL),
            false => (1.0, NAME_ROOM.1, STACKED_CELL),
        };
        HeatMap {
            names: &self.names,
            width: room / columns,
            name_room,
            largest_cell,
        }
    }

    fn panel_height(&self) -> f64 {
        HEADING + self.map().height() + BELOW
    }

    /// What picking the months does where there are no sales, in words.
    fn by_choice(&self) -> String {
        let (other, crash) = (self.other_without_loop, self.without_loop.mean);
        let squares = other.std_error * other.std_error + crash.std_error * crash.std_error;
        let change = Quantity {
            value: crash.value - other.value,
            std_error: squares.sqrt(),
        };
        let (from, to) = (printed(other), printed(crash));
        let is_seen = self.added.is_none() || change.differs_from_zero();
        let both = format!("it is {from} in other months and {to} in these");
        match from == to {
            _ if !is_seen => format!("{both}: no difference beyond error"),
            true => format!("it is {to} in these as in others, to the digits shown"),
            false => both,
        }
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
        let with = format!("In crashes the correlation of {pair} is {crash} with the loop");
        let rest = format!("; other months have {other}");
        match self.added {
            Some(added) if !added.differs_from_zero() => {
                format!("{with}, {without} without it, no difference beyond sampling error{rest}")
            }
            _ if without == crash => format!("{with} and without, to the digits shown{rest}"),
            None => format!("{with}, {without} without it{rest}"),
            Some(added) => {
                let verb = if added.value > 0.0 { "lifts" } else { "lowers" };
                format!(
                    "In crashes the loop {verb} the correlation of {pair} from {without} to {crash}{rest}"
                )
            }
        }
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
        let map = self.map();
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
            let left = EDGE + across * map.width;
            let top = body.top + down * self.panel_height();
            let set = Type::new(13.0, Ink::Text).semibold().down(VPos::Top);
            canvas.text(heading, (left, top + 4.0), &set);
            if self.names.len() > 2 {
                let set = Type::new(12.0, Ink::Mute).down(VPos::Top);
                let mean = format!("average pair {}", printed(panel.mean));
                canvas.text(&mean, (left, top + 22.0), &set);
            }
            map.draw(canvas, &panel.values, (left, top + HEADING));
        }
    }
}
