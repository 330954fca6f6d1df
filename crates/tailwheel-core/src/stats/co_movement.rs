//! Effect of crashes on how markets move together, compared with the same months without agents.
//!
//! In: a sample of months with and without agents. Out: [`CoMoved`] and families of measures. Not here: the
//! estimators (`pearson`, `tail`), the sample (`engine`).
//!
//! Bad months are selected by size, and selection alone changes the correlations in them. Two independent
//! normal markets correlate at −0.467 in the half plane where their sum falls. So a correlation in crashes
//! means nothing by itself; compare it with that of the same months in the paired run without agents.

mod declared;
mod pairs;
mod pearson;
mod tail;

pub(super) use declared::DECLARED;
pub use pairs::Pairs;
pub use pearson::Months;

use super::absent::Absent;
use super::law::{Change, ChangeLaw};
use super::sample::Sample;
use crate::engine::CoMovement;
use pearson::{Margins, ReturnsView, correlations};
use rayon::prelude::*;
use tail::{MarketTail, coefficients, n_inside};

/// Least number of months from which a correlation of markets is computed.
const LEAST_MONTHS: usize = 50;

/// Least number of months in the tail of a market for a tail coefficient; fewer do not show its error.
const LEAST_IN_TAIL: usize = 100;

/// A figure computed for every pair of markets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    Correlation(Months),
    /// Tail coefficient at 1 %: fraction of the worst 1 % of the months of one market that are such for the other.
    TailCoefficient,
}

impl Question {
    /// All figures that are computed for pairs of markets.
    pub const ALL: [Self; 4] = [
        Self::Correlation(Months::All),
        Self::Correlation(Months::Calm),
        Self::Correlation(Months::Crash),
        Self::TailCoefficient,
    ];
}

/// Run that a figure is taken from: with agents or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum World {
    /// The run as it happens: with agents, if there are any.
    Run,
    /// The paired run without agents.
    WithoutAgents,
}

/// The run with agents and the paired run without, in the order of their index in the sample.
const WORLDS: [World; 2] = [World::Run, World::WithoutAgents];

/// One figure, such as a correlation, for all pairs of markets in one run.
#[derive(Clone, Debug)]
struct PairFigures {
    question: Question,
    world: World,
    pairs: Pairs,
}

/// Correlations and tail coefficients of the markets of a run.
#[derive(Clone, Debug)]
pub struct CoMoved {
    /// Names of the markets, in the order of the rows of all matrices.
    pub markets: Vec<String>,
    /// Number of paths whose months are in the sample.
    pub n_paths: usize,
    /// Number of months in the sample, over all its paths.
    pub n_months: usize,
    /// Number of crash months in the sample; `None` without agents.
    pub n_crashes: Option<usize>,
    /// Number of paths with at least one crash month.
    n_with_crash: usize,
    answers: Vec<PairFigures>,
}

impl CoMoved {
    /// Computes every correlation and tail coefficient for which the sample has enough months.
    pub fn of(sample: &CoMovement) -> Self {
        let has_loop = sample.n_worlds() > 1;
        let mut answers = correlations_of(sample);
        answers.extend(coefficients_of(sample));
        Self {
            markets: sample.markets().to_vec(),
            n_paths: sample.n_paths(),
            n_months: Months::All.count(sample),
            n_crashes: has_loop.then(|| Months::Crash.count(sample)),
            n_with_crash: if has_loop { n_with_crash(sample) } else { 0 },
            answers,
        }
    }

    /// Returns the matrix of the figure `question` in the run with or without agents, as `world` says; fails with
    /// [`Absent::NoLoop`] or [`Absent::TooFewMonths`].
    pub fn pairs(&self, question: Question, world: World) -> Result<&Pairs, Absent> {
        let needs_loop = world == World::WithoutAgents
            || matches!(question, Question::Correlation(Months::Calm | Months::Crash));
        if needs_loop && self.n_crashes.is_none() {
            return Err(Absent::NoLoop);
        }
        let found = self.answers.iter().find(|one| (one.question, one.world) == (question, world));
        found.map(|one| &one.pairs).ok_or(Absent::TooFewMonths)
    }

    /// Returns each path's contribution to the mean of a figure over all pairs of markets.
    pub(super) fn by_path(&self, question: Question, world: World) -> Result<Sample, Absent> {
        let pairs = self.pairs(question, world)?;
        let n_decisive = match question {
            Question::Correlation(Months::Crash) => self.n_with_crash,
            _ => self.n_paths,
        };
        contributions(&pairs.by_path, n_decisive)
    }

    /// Returns each path's contribution to the effect of agents (with minus without) on the mean of all
    /// pairs.
    pub(super) fn added(&self, question: Question) -> Result<Sample, Absent> {
        let off = self.pairs(question, World::WithoutAgents)?;
        let on = self.pairs(question, World::Run)?;
        contributions(&on.less(off), self.n_with_crash)
    }
}

/// Builds the sample of each path's contribution to a correlation or tail coefficient. `n_decisive` is the number
/// of paths that can decide it.
fn contributions(by_path: &[f64], n_decisive: usize) -> Result<Sample, Absent> {
    let sample = Sample::new(by_path.to_vec()).map_err(|_| Absent::NotKept)?;
    let value = sample.shape().mean;
    Ok(sample.contributing_to(Change { value, law: ChangeLaw::Months { n_decisive } }))
}

/// Counts the paths with at least one crash month.
fn n_with_crash(sample: &CoMovement) -> usize {
    let of_block = |block| {
        let mut has_crash = vec![false; sample.width()];
        for month in 0..sample.n_months() {
            for (has_crash, is_crash) in has_crash.iter_mut().zip(sample.crashes(block, month)) {
                *has_crash |= is_crash;
            }
        }
        has_crash.iter().filter(|has_crash| **has_crash).count()
    };
    (0..sample.n_blocks()).map(of_block).sum()
}

/// Computes correlations for each kind of months (all, calm, crash) with enough months, with and without agents.
/// All use one list of pairs: the markets that move in every selection of months.
fn correlations_of(sample: &CoMovement) -> Vec<PairFigures> {
    let kinds = [Months::All, Months::Calm, Months::Crash];
    let n_worlds = sample.n_worlds();
    let kinds = kinds[..if n_worlds > 1 { 3 } else { 1 }].iter();
    let views: Vec<ReturnsView<'_>> = kinds
        .filter(|months| months.count(sample) >= LEAST_MONTHS)
        .flat_map(|&months| (0..n_worlds).map(move |world| (world, months)))
        .map(|(world, months)| ReturnsView { sample, world, months })
        .collect();
    let margins: Vec<Margins> = views.par_iter().map(|view| view.margins()).collect();
    let moves = |market| margins.iter().all(|margins| margins.moves(market));
    let usable: Vec<bool> = (0..sample.markets().len()).map(moves).collect();
    if !has_pairs(&usable) {
        return Vec::new();
    }
    let answer = |(view, margins): (&ReturnsView<'_>, &Margins)| PairFigures {
        question: Question::Correlation(view.months),
        world: WORLDS[view.world],
        pairs: correlations(*view, margins, &usable),
    };
    views.par_iter().zip(&margins).map(answer).collect()
}

/// Computes tail coefficients with and without agents, for pairs of markets that have a tail in both runs.
fn coefficients_of(sample: &CoMovement) -> Vec<PairFigures> {
    if n_inside(Months::All.count(sample)) < LEAST_IN_TAIL {
        return Vec::new();
    }
    let n_markets = sample.markets().len();
    let tails_of = |world: usize| -> Vec<Option<MarketTail>> {
        let markets = (0..n_markets).into_par_iter();
        let tail = |market| MarketTail::of(sample, world, market);
        markets.map(tail).collect()
    };
    let tails: Vec<Vec<Option<MarketTail>>> = (0..sample.n_worlds()).map(tails_of).collect();
    let has_tail = |market: usize| tails.iter().all(|tails| tails[market].is_some());
    let usable: Vec<bool> = (0..n_markets).map(has_tail).collect();
    if !has_pairs(&usable) {
        return Vec::new();
    }
    let answer = |(world, tails): (World, &Vec<Option<MarketTail>>)| PairFigures {
        question: Question::TailCoefficient,
        world,
        pairs: coefficients(sample, tails, &usable),
    };
    WORLDS.into_iter().zip(&tails).map(answer).collect()
}

fn has_pairs(usable: &[bool]) -> bool {
    usable.iter().filter(|usable| **usable).count() > 1
}

#[cfg(test)]
mod tests;
