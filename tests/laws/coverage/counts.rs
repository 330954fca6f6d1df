//! How often intervals hold the truth, and gates at it pass.

use crate::coverage::scenarios::simulated;
use crate::coverage::truth::Truth;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use tailwheel::report::gate::{Asked, GatePart, GateVerdict};
use tailwheel::scenario::Scenario;
use tailwheel::stats::{Data, Estimate, Note, estimate_at, evaluate};
use tailwheel::study::data_of;

/// Confidence of the gates.
pub const CONFIDENCE: f64 = 0.99;

/// What the seeds made of one figure.
#[derive(Clone, Default)]
pub struct Figure {
    /// Seeds whose run has the figure at all.
    pub found: u32,
    /// Those that print an interval.
    pub printed: u32,
    /// Those of them that hold the truth, give or take two of its own errors.
    pub held: u32,
    /// Intervals wholly above and wholly below the truth.
    pub above: u32,
    pub below: u32,
    /// Of reported errors.
    pub sum_of_errors: f64,
    /// Verdicts of gates whose limit is the truth.
    pub pass_above: u32,
    pub pass_below: u32,
    /// Why no interval is printed, with how often.
    pub notes: BTreeMap<String, u32>,
}

impl Figure {
    /// Share of the intervals that hold.
    pub fn share_held(&self) -> f64 {
        f64::from(self.held) / f64::from(self.printed.max(1))
    }

    /// That share in words, and why there is no interval.
    pub fn words(&self) -> (String, String) {
        let held = match self.printed {
            0 => "–".to_owned(),
            _ => format!("{:.1} %", 100.0 * self.share_held()),
        };
        let notes: Vec<String> = self.notes.iter().map(|(note, n)| format!("{note} ({n})")).collect();
        (held, notes.join("; "))
    }

    /// Mean of the reported errors.
    pub fn mean_error(&self) -> f64 {
        self.sum_of_errors / f64::from(self.printed.max(1))
    }

    fn take(&mut self, one: &One) {
        self.found += 1;
        if let Some(note) = &one.note {
            *self.notes.entry(note.clone()).or_default() += 1;
        }
        self.pass_above += u32::from(one.passes[0]);
        self.pass_below += u32::from(one.passes[1]);
        if let Some(side) = &one.side {
            self.printed += 1;
            self.sum_of_errors += one.error;
            match side {
                Side::Holds => self.held += 1,
                Side::Above => self.above += 1,
                Side::Below => self.below += 1,
            }
        }
    }
}

/// Figures by id.
#[derive(Clone, Default)]
pub struct Counts {
    pub paths: u64,
    pub seeds: u64,
    pub figures: BTreeMap<String, Figure>,
}

enum Side {
    Holds,
    Above,
    Below,
}

/// One figure of one seed.
struct One {
    id: String,
    side: Option<Side>,
    error: f64,
    note: Option<String>,
    passes: [bool; 2],
}

/// Counts over `seeds` of `paths` paths each.
pub fn count(scenario: &Scenario, truth: &Truth, paths: u64, seeds: RangeInclusive<u64>) -> Counts {
    let of = |seed: u64| of_seed(scenario, truth, paths, seed);
    let n = seeds.clone().count() as u64;
    let all: Vec<Vec<One>> = seeds.into_par_iter().map(of).collect();
    let mut figures: BTreeMap<String, Figure> = BTreeMap::new();
    for one in all.iter().flatten() {
        figures.entry(one.id.clone()).or_default().take(one);
    }
    Counts { paths, seeds: n, figures }
}

fn of_seed(scenario: &Scenario, truth: &Truth, paths: u64, seed: u64) -> Vec<One> {
    let data = data_of(scenario, &simulated(scenario, paths, seed));
    let found = evaluate(&data).into_iter();
    let one = |found: tailwheel::stats::MeasureResult| {
        let estimate = found.result.ok()?;
        let (value, error) = *truth.0.get(&found.id)?;
        let passes =
            [is_passed(&data, &found.id, Some(value), None), is_passed(&data, &found.id, None, Some(value))];
        Some(One {
            side: estimate.interval.map(|interval| side(interval, value, 2.0 * error)),
            error: estimate.std_error.unwrap_or(0.0),
            note: note_of(&estimate),
            passes,
            id: found.id,
        })
    };
    found.filter_map(one).collect()
}

fn note_of(estimate: &Estimate) -> Option<String> {
    match (estimate.interval, estimate.note) {
        (None, Some(note)) => {
            // numbers in a note differ from seed to seed
            if let Note::Atom { .. } = note {
                return Some("many paths have exactly this value".to_owned());
            }
            Some(note.to_string().split(" (").next().unwrap_or_default().to_owned())
        }
        (None, None) => Some("no reason given".to_owned()),
        _ => None,
    }
}

fn side((low, high): (f64, f64), value: f64, slack: f64) -> Side {
    // what rounds differently in a mean of runs is not beside it
    let slack = slack + 1e-12 * value.abs();
    if low > value + slack {
        Side::Above
    } else if high < value - slack {
        Side::Below
    } else {
        Side::Holds
    }
}

fn is_passed(data: &Data, id: &str, above: Option<f64>, below: Option<f64>) -> bool {
    let asked = Asked { measure: id.to_owned(), above, below, confidence: CONFIDENCE, tolerance: 0.01 };
    let found = estimate_at(data, id, CONFIDENCE).expect("a measure");
    GatePart::judged("gate", &asked, None, found).verdict == GateVerdict::Pass
}
