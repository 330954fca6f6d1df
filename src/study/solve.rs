//! The value of a key at which a measure meets a target: what one can live on, what it takes to begin with.
//!
//! In: a case, a key with two values, a measure with a target. Out: [`Solved`], or why there is none. Not here: how
//! it is shown (`cli`).
//!
//! ```text
//! f(x) = measure at x − target, on the draws of the first value
//! ```
//!
//! f is bracketed and its zero found by false position [the Illinois rule of Dowell & Jarratt 1971] until f is a
//! tenth of its standard error s, or x is known to five digits. The error of x is s over the slope of f between two
//! further values at twice that error on either side. A key that only takes whole numbers is looked for among those, until
//! two neighbours are on either side of the target: found is the one that meets it, by which way the measure improves, or
//! the nearer one of a measure that does not. Where two values that differ in their fifth digit alone are on either side of the
//! target, and the nearer one misses it by more than a hundredth of the value moves f on average, f jumps there.

use super::run::beside_for;
use super::{Fault, Lab, Point, Task, simulate};
use crate::engine::{Control, RunError};
use crate::scenario::{Case, Scenario};
use crate::stats::{Better, Data, Estimate, LEVEL, Note, estimate_at, look_up};

/// Most values that are tried.
const MOST_TRIED: usize = 40;

/// Part of a standard error within which a target is met.
const NEAR: f64 = 0.1;

/// Of how many parts of the bracket one is the first guess of an error.
const PARTS: f64 = 100.0;

/// Slopes that are tried.
const MOST_SLOPES: usize = 6;

/// Part of the value that moves the measure by less, on average, than what a jump misses.
const JUMPED: f64 = 0.01;

/// Factor by which an error and the one that its slope was taken with may differ.
const ALIKE: f64 = 1.5;

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `owner.spending`
    pub key: String,
    /// `ruin.probability`
    pub measure: String,
    pub target: f64,
    /// Two values of the key between which it is looked for, and what stands behind them: `/month`.
    pub between: [f64; 2],
    pub unit: String,
}

/// A value that was tried, and the measure there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tried {
    pub value: f64,
    pub found: Estimate,
}

/// The value at which the target is met.
#[derive(Clone, Debug)]
pub struct Solved {
    pub value: f64,
    /// Of the value, from that of the measure there; none if that has none.
    pub std_error: Option<f64>,
    /// Whether the key only takes whole numbers.
    pub is_count: bool,
    /// Two values that differ in their last digit, between which the measure jumps over the target.
    pub jump: Option<[Tried; 2]>,
    /// In the order in which they were tried; the last one is that which was found.
    pub tried: Vec<Tried>,
}

/// Why no value was found.
#[derive(Clone, Debug)]
pub enum Unsolved {
    /// Both ends are on one side of the target.
    OneSide(Box<[Tried; 2]>),
    /// There is no such scenario, or no such figure of it.
    Refused(String),
}

impl Asked {
    /// `value` as a file would have it.
    pub fn written(&self, value: f64) -> String {
        match self.unit.as_str() {
            "" => format!("{value}"),
            unit => format!("\"{value}{unit}\""),
        }
    }
}

impl Lab {
    /// Solves for `asked`, while nothing else is run.
    ///
    /// Errors as a run does, and if there is not enough memory.
    pub fn solve(&self, case: &Case, asked: &Asked) -> Result<Result<Solved, Unsolved>, Fault> {
        self.check(&Point::of(&case.scenario))?;
        // how many values are tried is not known before
        let begins = |number: usize, paths: u64| {
            let task = Task::new(format!("value {number}"), paths, "paths");
            (self.progress.task)(task.as_ref());
        };
        let found = self.work(None, |control| solve_watched(case, asked, control, &begins));
        (self.progress.task)(None);
        Ok(found?)
    }
}

/// The search, with what it has tried.
struct Search<'a> {
    case: &'a Case,
    asked: &'a Asked,
    control: &'a Control<'a>,
    /// The run of a value begins: its number and its paths.
    begins: &'a (dyn Fn(usize, u64) + Sync),
    /// The first scenario, whose draws all others have.
    base: Option<Scenario>,
    /// Whether the key only takes whole numbers.
    is_count: bool,
    tried: Vec<Tried>,
}

/// Why a search ends before its end.
enum Stopped {
    By(RunError),
    For(String),
}

/// Solves for `asked`, in the current thread pool.
///
/// Errors if it is stopped, or if a number on a path ends beyond what can be computed with.
pub fn solve(
    case: &Case,
    asked: &Asked,
    control: &Control<'_>,
) -> Result<Result<Solved, Unsolved>, RunError> {
    solve_watched(case, asked, control, &|_, _| {})
}

fn solve_watched(
    case: &Case,
    asked: &Asked,
    control: &Control<'_>,
    begins: &(dyn Fn(usize, u64) + Sync),
) -> Result<Result<Solved, Unsolved>, RunError> {
    let mut search = Search {
        case,
        asked,
        control,
        begins,
        base: None,
        is_count: false,
        tried: Vec::new(),
    };
    match search.run() {
        Ok(found) => Ok(found),
        Err(Stopped::For(why)) => Ok(Err(Unsolved::Refused(why))),
        Err(Stopped::By(error)) => Err(error),
    }
}

impl Search<'_> {
    fn run(&mut self) -> Result<Result<Solved, Unsolved>, Stopped> {
        let [first, second] = self.asked.between;
        // what is wrong between two whole numbers is that it is none; half a year is months
        let is_whole = first.fract() == 0.0 && second.fract() == 0.0;
        let beside = first + 0.37 * (second - first).signum();
        self.is_count = is_whole && self.read(first).is_ok() && self.read(beside).is_err();
        let mut ends = [self.of(first)?, self.of(second)?];
        let mut gaps = ends.map(|end| self.gap(end));
        // an atom at the target, such as no ruin at all, is met all along and passed nowhere
        let range = look_up(&self.asked.measure).map(|measure| measure.range);
        let is_last = range.is_some_and(|(least, most)| [least, most].contains(&self.asked.target));
        let is_flat = |end: &Tried| {
            self.gap(*end) == 0.0 && (is_last || end.found.std_error.unwrap_or(0.0) == 0.0)
        };
        if gaps[0] * gaps[1] > 0.0 || ends.iter().any(is_flat) {
            return Ok(Err(Unsolved::OneSide(Box::new(ends))));
        }
        // the zero of the chord; an end that stays twice counts half
        let mut kept = None;
        for _ in 0..MOST_TRIED {
            let best = if gaps[0].abs() < gaps[1].abs() { 0 } else { 1 };
            let near = NEAR * ends[best].found.std_error.unwrap_or(0.0);
            let is_met = !self.is_count && self.gap(ends[best]).abs() <= near;
            let [a, b] = ends.map(|end| end.value);
            let mut next = self.typed((a * gaps[1] - b * gaps[0]) / (gaps[1] - gaps[0]));
            if self.is_count && (a - b).abs() > 1.0 {
                // its neighbour where it is an end
                next = next.clamp(a.min(b) + 1.0, a.max(b) - 1.0);
            }
            if is_met || next == a || next == b || !next.is_finite() {
                break;
            }
            let found = self.of(next)?;
            let gap = self.gap(found);
            let side = usize::from(gap * gaps[1] > 0.0);
            (ends[side], gaps[side]) = (found, gap);
            if kept == Some(1 - side) {
                gaps[1 - side] *= 0.5;
            }
            kept = Some(1 - side);
        }
        let jump = self.jump(&mut ends)?;
        // of whole numbers what misses the target comes last
        let best = *ends
            .iter()
            .min_by(|a, b| {
                let misses = |one: &Tried| self.is_count && self.misses(*one);
                let by_gap = self.gap(**a).abs().total_cmp(&self.gap(**b).abs());
                misses(a).cmp(&misses(b)).then(by_gap)
            })
            .expect("two");
        let std_error = self.error_of(best)?;
        self.tried.retain(|tried| tried.value != best.value);
        self.tried.push(best);
        Ok(Ok(Solved {
            value: best.value,
            std_error,
            is_count: self.is_count,
            jump,
            tried: std::mem::take(&mut self.tried),
        }))
    }

    /// Halves what is between the ends until nothing is, if the target is missed by more than the digits of the value explain.
    fn jump(&mut self, ends: &mut [Tried; 2]) -> Result<Option<[Tried; 2]>, Stopped> {
        let [first, second] = self.asked.between;
        let [low, high] = [self.of(first)?, self.of(second)?];
        let slope = ((high.found.value - low.found.value) / (second - first)).abs();
        loop {
            let is_explained = ends.iter().any(|end| {
                let near = NEAR * end.found.std_error.unwrap_or(0.0);
                self.gap(*end).abs() <= near.max(JUMPED * slope * end.value.abs())
            });
            if is_explained || self.is_count {
                return Ok(None);
            }
            let [a, b] = ends.map(|end| end.value);
            let middle = self.typed(f64::midpoint(a, b));
            if middle == a || middle == b {
                ends.sort_by(|one, other| one.value.total_cmp(&other.value));
                return Ok(Some(*ends));
            }
            let found = self.of(middle)?;
            let side = usize::from(self.gap(found) * self.gap(ends[1]) > 0.0);
            ends[side] = found;
        }
    }

    /// The nearest number that the key takes.
    fn typed(&self, value: f64) -> f64 {
        match self.is_count {
            true => value.round(),
            false => five_digits(value),
        }
    }

    fn gap(&self, tried: Tried) -> f64 {
        tried.found.value - self.asked.target
    }

    /// Whether the measure is worse there than its target.
    fn misses(&self, tried: Tried) -> bool {
        match look_up(&self.asked.measure).map(|measure| measure.better) {
            Some(Better::Higher) => self.gap(tried) < 0.0,
            Some(Better::Lower) => self.gap(tried) > 0.0,
            Some(Better::Neither) | None => false,
        }
    }

    /// Standard error of the value, from that of the measure there; none if that is not known or nothing moves, 0 where
    /// nothing is left to chance. That of a whole number is taken over two at least.
    ///
    /// The slope is taken over twice the error on either side, and anew while it says that the error is another one:
    /// far away a measure may be flat.
    fn error_of(&mut self, best: Tried) -> Result<Option<f64>, Stopped> {
        // a single path has no law
        let is_told = |error: &f64| *error > 0.0 && best.found.n > 1;
        let Some(error) = best.found.std_error.filter(is_told) else {
            let is_point = best.found.interval.is_none_or(|(low, high)| low == high);
            let is_alike = match best.found.note {
                None => true,
                Some(Note::Atom { probability }) => probability == 1.0,
                Some(_) => false,
            };
            return Ok((is_point && is_alike).then_some(0.0));
        };
        let [a, b] = self.asked.between;
        let (low, high) = (a.min(b), a.max(b));
        let least = if self.is_count { 0.5 } else { 0.0 };
        let mut reach = ((high - low) / PARTS).max(least);
        for _ in 0..MOST_SLOPES {
            let ends = [best.value - 2.0 * reach, best.value + 2.0 * reach];
            let [left, right] = ends.map(|value| self.typed(value.clamp(low, high)));
            let rise = self.of(right)?.found.value - self.of(left)?.found.value;
            let found = error * (right - left) / rise.abs();
            if !found.is_finite() {
                reach *= 4.0;
                continue;
            }
            let is_least = reach == least && found < least;
            if is_least || found < ALIKE * reach && reach < ALIKE * found {
                return Ok(Some(found));
            }
            reach = found.min(high - low).max(least);
        }
        Ok(None)
    }

    /// The scenario with this value of the key.
    fn read(&self, value: f64) -> Result<Scenario, Stopped> {
        let written = self.asked.written(value);
        let document = self.case.document.assigned(&[&self.asked.key], &written);
        let scenario = document.and_then(|document| document.read(&self.case.id));
        scenario.map_err(|refusal| {
            let fault = refusal.faults.first();
            let why = fault.map_or_else(String::new, |fault| fault.message.clone());
            Stopped::For(format!("{} = {written}: {why}", self.asked.key))
        })
    }

    fn of(&mut self, value: f64) -> Result<Tried, Stopped> {
        if let Some(known) = self.tried.iter().find(|tried| tried.value == value) {
            return Ok(*known);
        }
        let scenario = self.read(value)?;
        let data = self.data(scenario).map_err(Stopped::By)?;
        let absent = |why: &str| Stopped::For(format!("`{}` {why}", self.asked.measure));
        let found = estimate_at(&data, &self.asked.measure, LEVEL);
        let found = found.ok_or_else(|| absent("is no measure of this scenario"))?;
        let found = found.map_err(|why| absent(&format!("is not there: {why}")))?;
        let tried = Tried { value, found };
        self.tried.push(tried);
        Ok(tried)
    }

    fn data(&mut self, scenario: Scenario) -> Result<Data, RunError> {
        let paths = self.base.as_ref().unwrap_or(&scenario).paths;
        (self.begins)(self.tried.len() + 1, paths);
        if let Some(base) = &self.base {
            return Ok(beside_for(&[&self.asked.measure], &scenario, base, self.control)?.data());
        }
        let data = simulate(&scenario, self.control)?.data();
        self.base = Some(scenario);
        Ok(data)
    }
}

/// A number with five digits that count.
fn five_digits(value: f64) -> f64 {
    format!("{value:.4e}").parse().unwrap_or(f64::NAN)
}
