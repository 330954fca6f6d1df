//! Search of a goal seek: bracket, false position, jumps, error of the value.
//!
//! In: a case, a question. Out: an [`Outcome`]. Not here: advice if both ends are on one side (`bound`).
//!
//! ```text
//! f(x) = measure at x − target, on the draws of the first value
//! ```
//!
//! If both ends miss the target, values between them are tried. f is bracketed, and its zero is found by false
//! position (Illinois rule, Dowell & Jarratt 1971). The search ends if |f| is a tenth of its standard error s, or x is
//! known to five digits. The error of x is s divided by the slope of f between two values at twice that error on either
//! side.
//!
//! The result is rounded to the digits that its error supports, on the side that meets the target: the value as
//! printed was simulated.
//!
//! A key of whole numbers is searched until two neighbors lie on either side of the target, by bisection where false
//! position does not get there. The result is the neighbor that meets it, or the nearer one if the measure has no better side.
//!
//! f jumps if two values that differ only in their fifth digit lie on either side of the target, and the
//! nearer one misses it clearly. Clearly means by more than 1 % of the value moves f on average.

use super::super::run::paired_for;
use super::super::simulate;
use super::{Demand, GoalSeek, Outcome, Solved, Tried};
use crate::engine::RunError;
use crate::form::{Value as Written, parse_value};
use crate::math::digits::{place_of_error, rounded, unit};
use crate::scenario::{Case, Scenario};
use crate::stats::{Data, Estimate, HALF_WIDTH, LEVEL, Note, Unit, Value, estimate_at, look_up};
use crate::study::{Fault, Lab, Task};

/// Maximum number of values tried by false position.
const MOST_TRIED: usize = 40;

/// Fraction of the standard error within which the target counts as met.
const NEAR: f64 = 0.1;

/// Number by which the length of the search range is divided for the first guess of the error.
const PARTS: f64 = 100.0;

/// Maximum number of slopes tried for the error of the value.
const MOST_SLOPES: usize = 6;

/// At a jump, the measure misses the target by more than it changes on average if the value moves by this fraction.
const JUMPED: f64 = 0.01;

/// Part of the searched range up to which two values on both sides of zero are adjacent, far below any wanted answer.
const AT_ZERO: f64 = 1e-9;

/// Maximum number of rounded values tried until one meets the target.
const MOST_ROUNDED: usize = 4;

/// Largest ratio between an error and the distance over which its slope was taken, at which the search ends.
const ALIKE: f64 = 1.5;

/// A value that was simulated, with the full estimate of the measure there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Try {
    pub(super) value: f64,
    pub(super) found: Estimate,
}

/// State of a goal seek: the question and all values tried so far.
pub(super) struct Search<'a> {
    lab: &'a Lab,
    case: &'a Case,
    pub(super) asked: &'a GoalSeek,
    /// Scenario with the first value that was tried, whose draws the others reuse; `None` before.
    base: Option<Scenario>,
    /// Two values between which the measure crosses its target; the ends of the range unless it turns round inside.
    pub(super) within: [f64; 2],
    /// True if the key only takes whole numbers.
    is_count: bool,
    tried: Vec<Try>,
}

impl<'a> Search<'a> {
    pub(super) fn new(lab: &'a Lab, case: &'a Case, asked: &'a GoalSeek) -> Self {
        Self { lab, case, asked, base: None, within: asked.between, is_count: false, tried: Vec::new() }
    }

    /// Runs the search. Returns the outcome with every value tried, including the scenario's own.
    pub(super) fn solved(mut self) -> Result<Solved, Fault> {
        let outcome = self.run()?;
        let in_file = value_in_file(self.case, self.asked);
        if let Some(Err(Fault::Run(error))) = in_file.map(|value| self.of(value)) {
            return Err(Fault::Run(error));
        }
        let mut tried: Vec<Tried> = self.tried.iter().map(|one| self.figure(*one)).collect();
        tried.sort_by(|a, b| a.value.total_cmp(&b.value));
        Ok(Solved { outcome, is_count: self.is_count, in_file, tried })
    }

    /// Converts a tried value to a figure with unit.
    pub(super) fn figure(&self, tried: Try) -> Tried {
        let unit = look_up(&self.asked.measure).map_or(Unit::PerYear, |measure| measure.unit);
        Tried { value: tried.value, found: Value::new(unit, &tried.found) }
    }

    fn run(&mut self) -> Result<Outcome, Fault> {
        let [first, second] = self.asked.between;
        // a key that refuses a fraction between two whole numbers is a count; half a year would be accepted
        // as months
        let is_whole = first.fract() == 0.0 && second.fract() == 0.0;
        let neighbor = first + 0.37 * (second - first).signum();
        self.is_count = is_whole && self.read(first).is_ok() && self.read(neighbor).is_err();
        let mut ends = [self.of(first)?, self.of(second)?];
        let mut gaps = ends.map(|end| self.gap(end));
        // a measure that stays at the target, such as no ruin at all, meets it everywhere and crosses it
        // nowhere
        let range = look_up(&self.asked.measure).map(|measure| measure.range);
        let is_last = range.is_some_and(|(least, most)| [least, most].contains(&self.asked.target));
        let is_flat =
            |end: &Try| self.gap(*end) == 0.0 && (is_last || end.found.std_error.unwrap_or(0.0) == 0.0);
        let is_flat = ends.iter().any(is_flat);
        if is_last && ends.iter().filter(|end| self.misses(**end)).count() == 1 {
            let [at, beyond] = self.asked.between.map(|end| self.asked.written(end));
            return Err(Fault::Refused(format!(
                "`{}` is {} on all paths at one of {at} and {beyond}, not at the other: where it begins to differ depends \
                 on the number of paths; ask for a target that paths can show, such as 1 % more or less",
                self.asked.measure, self.asked.target
            )));
        }
        let is_met = self.asked.is_met_by(ends[0].found.value);
        // a target that no path may pass begins somewhere that depends on the number of paths
        if gaps[0] * gaps[1] > 0.0 && !is_flat && !is_met && !is_last {
            ends = self.inside(ends)?;
            gaps = ends.map(|end| self.gap(end));
        }
        if gaps[0] * gaps[1] > 0.0 || is_flat {
            return self.one_side(ends, is_flat);
        }
        self.false_position(&mut ends, &mut gaps)?;
        self.bisect_to_neighbors(&mut ends)?;
        let jump = self.jump(&mut ends)?;
        let best = self.better(ends[0], ends[1], self.is_count || jump.is_some());
        let std_error = self.error_of(best)?;
        let best = if jump.is_some() { best } else { self.as_printed(best, std_error)? };
        Ok(Outcome::Found {
            value: best.value,
            std_error,
            found: self.figure(best).found,
            jump: jump.map(|ends| ends.map(|end| self.figure(end))),
        })
    }

    /// Narrows the bracket `ends` until an end is near enough to the target, or for at most [`MOST_TRIED`] values. The
    /// next value is the zero of the chord; the gap of an end that stays twice is halved (Illinois rule).
    fn false_position(&mut self, ends: &mut [Try; 2], gaps: &mut [f64; 2]) -> Result<(), Fault> {
        let mut kept = None;
        for _ in 0..MOST_TRIED {
            let best = if gaps[0].abs() < gaps[1].abs() { 0 } else { 1 };
            // where a count meets the target exactly, its neighbor may do so too
            let near = if self.is_count { 0.0 } else { NEAR * ends[best].found.std_error.unwrap_or(0.0) };
            let is_met = self.gap(ends[best]).abs() <= near;
            let [a, b] = ends.map(|end| end.value);
            let mut next = self.typed((a * gaps[1] - b * gaps[0]) / (gaps[1] - gaps[0]));
            if self.is_count && (a - b).abs() > 1.0 {
                // if the chord hits an end, take its neighbor
                next = next.clamp(a.min(b) + 1.0, a.max(b) - 1.0);
            }
            let is_at_zero = self.are_at_zero(a, b) || next != 0.0 && self.are_at_zero(0.0, next);
            if is_met || next == a || next == b || !next.is_finite() || is_at_zero {
                break;
            }
            let found = self.of(next)?;
            let side = usize::from(self.is_beyond(found) == self.is_beyond(ends[1]));
            (ends[side], gaps[side]) = (found, self.gap(found));
            if kept == Some(1 - side) {
                gaps[1 - side] *= 0.5;
            }
            kept = Some(1 - side);
        }
        Ok(())
    }

    /// Halves the bracket of a count until its ends are neighbors; does nothing for another key, or if both ends lie on
    /// one side of the target.
    fn bisect_to_neighbors(&mut self, ends: &mut [Try; 2]) -> Result<(), Fault> {
        while self.is_count
            && (ends[0].value - ends[1].value).abs() > 1.0
            && self.is_beyond(ends[0]) != self.is_beyond(ends[1])
        {
            let found = self.of(f64::midpoint(ends[0].value, ends[1].value).floor())?;
            let side = usize::from(self.is_beyond(found) == self.is_beyond(ends[1]));
            ends[side] = found;
        }
        Ok(())
    }

    /// True if the measure misses its target, or exceeds it if it has no better side.
    fn is_beyond(&self, tried: Try) -> bool {
        match self.asked.demand() {
            Demand::Equal => self.gap(tried) > 0.0,
            _ => self.misses(tried),
        }
    }

    /// Returns the tried value whose measure is nearer to the target. If it `must_meet` the target, one that does
    /// comes first.
    fn better(&self, one: Try, other: Try, must_meet: bool) -> Try {
        let misses = |end: Try| must_meet && self.misses(end);
        let by_gap = self.gap(one).abs().total_cmp(&self.gap(other).abs());
        if misses(one).cmp(&misses(other)).then(by_gap).is_le() { one } else { other }
    }

    /// Rounds `best` to the digits that its error supports. Goes on to the next rounded value toward the end of the range
    /// that meets the target until one meets it. Returns `best` if none does, or nothing is to be rounded.
    fn as_printed(&mut self, best: Try, std_error: Option<f64>) -> Result<Try, Fault> {
        let half = HALF_WIDTH * std_error.unwrap_or(0.0);
        if self.is_count || !half.is_normal() || self.asked.demand() == Demand::Equal {
            return Ok(best);
        }
        let [first, second] = self.within;
        let met = if self.of(first).is_ok_and(|end| self.misses(end)) { second } else { first };
        let place = place_of_error(half);
        let step = unit(place).copysign(met - best.value);
        let mut value = rounded(best.value, place);
        for _ in 0..MOST_ROUNDED {
            if (met - value) * step < 0.0 {
                break;
            }
            let found = self.of(value)?;
            if !self.misses(found) {
                return Ok(found);
            }
            value = rounded(value + step, place);
        }
        Ok(best)
    }

    /// Bisects until two adjacent values enclose the target, and returns them as a jump. `None` if the digits
    /// of the value explain the distance from the target.
    fn jump(&mut self, ends: &mut [Try; 2]) -> Result<Option<[Try; 2]>, Fault> {
        let [first, second] = self.within;
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
            if middle == a || middle == b || self.are_at_zero(a, b) {
                ends.sort_by(|one, other| one.value.total_cmp(&other.value));
                return Ok(Some(*ends));
            }
            let found = self.of(middle)?;
            let side = usize::from(self.gap(found) * self.gap(ends[1]) > 0.0);
            ends[side] = found;
        }
    }

    /// True if two values on both sides of zero, or one there, are adjacent: toward zero the digits never run out.
    fn are_at_zero(&self, a: f64, b: f64) -> bool {
        let [first, second] = self.within;
        a * b <= 0.0 && (a - b).abs() <= AT_ZERO * (second - first).abs()
    }

    /// Rounds to the nearest value that is tried: a whole number for a count, else five digits.
    pub(super) fn typed(&self, value: f64) -> f64 {
        if self.is_count { value.round() } else { five_digits(value) }
    }

    pub(super) fn gap(&self, tried: Try) -> f64 {
        tried.found.value - self.asked.target
    }

    /// True if the measure is on the wrong side of its target; always false if it has no better side.
    fn misses(&self, tried: Try) -> bool {
        self.asked.demand() != Demand::Equal && !self.asked.is_met_by(tried.found.value)
    }

    /// Returns the standard error of the value `best`, from that of its measure. `None` if it is unknown or
    /// the measure is flat; 0 if nothing is random. For whole numbers the slope spans at least two values.
    ///
    /// The slope is taken over twice the error on either side, and again while it yields another error,
    /// because far away a measure may be flat.
    fn error_of(&mut self, best: Try) -> Result<Option<f64>, Fault> {
        // a single path has no distribution
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
        let [a, b] = self.within;
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

    /// Returns the scenario with this value of the varied key; refuses a value that gives no valid scenario.
    fn read(&self, value: f64) -> Result<Scenario, Fault> {
        let written = self.asked.written(value);
        let document = self.case.document.assigned(&[&self.asked.key], &written);
        document.and_then(|document| document.read(&self.case.id)).map_err(|refusal| {
            let why = refusal.faults.first().map_or_else(String::new, |fault| fault.message.clone());
            Fault::Refused(format!("{} = {written}: {why}", self.asked.key))
        })
    }

    pub(super) fn of(&mut self, value: f64) -> Result<Try, Fault> {
        if let Some(known) = self.tried.iter().find(|tried| tried.value == value) {
            return Ok(*known);
        }
        let scenario = self.read(value)?;
        let data = self.data(scenario)?;
        let absent = |why: &str| Fault::Refused(format!("`{}` {why}", self.asked.measure));
        let found = estimate_at(&data, &self.asked.measure, LEVEL)
            .ok_or_else(|| absent("is no measure of this scenario"))?
            .map_err(|why| absent(&format!("is not there: {why}")))?;
        let tried = Try { value, found };
        self.tried.push(tried);
        Ok(tried)
    }

    /// Simulates `scenario`, as a task of its own: the number of values is not known in advance.
    fn data(&mut self, scenario: Scenario) -> Result<Data, RunError> {
        let paths = self.base.as_ref().unwrap_or(&scenario).paths;
        let task = Task::new(format!("value {}", self.tried.len() + 1), paths, "paths");
        (self.lab.progress.task)(task.as_ref());
        if let Some(base) = &self.base {
            return Ok(paired_for(Some(&[&self.asked.measure]), &scenario, base, &self.lab.control())?.data());
        }
        let data = simulate(&scenario, &self.lab.control())?.data();
        self.base = Some(scenario);
        Ok(data)
    }
}

/// Rounds to five significant digits.
pub(super) fn five_digits(value: f64) -> f64 {
    format!("{value:.4e}").parse().unwrap_or(f64::NAN)
}

/// Returns the key's value in the unit of the question; `None` for a list, a choice, another unit, or a value that each path
/// draws, of which no single one gives the result of the file.
fn value_in_file(case: &Case, asked: &GoalSeek) -> Option<f64> {
    let written = case.document.value(&asked.key).or_else(|| {
        let filled_in =
            case.scenario.filled_in.iter().find(|value| value.path == asked.key && !value.is_drawn)?;
        parse_value(&filled_in.value)
    })?;
    if written.as_list().is_some() {
        return None;
    }
    let (one, unit) = number(&parse_value(&asked.written(1.0))?)?;
    let (own, own_unit) = number(&written)?;
    let value = format!("{:.9e}", own / one).parse().ok()?;
    (unit == own_unit && one != 0.0).then_some(value)
}

/// Returns a single number and its unit; `None` for a range.
fn number(value: &Written) -> Option<(f64, String)> {
    let ([low, high], unit) = value.ends()?;
    (low == high).then_some((low, unit))
}
