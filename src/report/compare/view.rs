//! What a screen shows of a comparison, and in which order.
//!
//! In: a comparison as its file has it. Out: [`View`], numbers and enums. Not here: words (the templates).

use super::document::{CasePart, ChangePart, Comparison, DifferencePart, SidePart, WhyPart};
use super::notes::{Remarked, Unjudged, remarks, unjudged};
use super::plain::{Plain, plain};
use crate::random::Seeds;
use crate::report::edit::{EditPart, PlacePart};
use crate::report::measure::{Measure, is_gain};
use crate::stats::probability::of_count;
use crate::stats::{LEVEL, Unit, Value, Verdict};
use serde::Serialize;

/// Measures in the order of the screen; others follow.
const ORDER: [&str; 10] = [
    "wealth.terminal.real.p50",
    "wealth.terminal.real.p05",
    "wealth.terminal.real.p95",
    "wealth.terminal.real.mean",
    "loss.probability",
    "ruin.probability",
    "expected_shortfall.95",
    "drawdown.max.p50",
    "income.terminal.real.p50",
    "cagr.real.p50",
];

/// Lines of a screen, and those of it that no table has.
const LINES: usize = 48;
const OTHER_LINES: usize = 12;

/// Cases that a screen of one line for each shows at most.
const MOST_CASES: usize = 30;

#[derive(Serialize)]
pub(super) struct View<'a> {
    title: &'a str,
    currency: &'a str,
    start: &'a str,
    paths: u64,
    #[serde(flatten)]
    seeds: Seeds,
    alpha: f64,
    n_in_headline: usize,
    /// True if all scenarios have the same title, so that their names stand in its place.
    is_of_one_title: bool,
    /// True if a table for every case would be longer than a screen.
    is_long: bool,
    n_more: usize,
    base: Side<'a>,
    cases: Vec<Case<'a>>,
    unjudged: Vec<Unjudged<'a>>,
    remarks: Vec<Remarked<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    letter: String,
    label: &'a str,
    name: &'a str,
    money_in: f64,
}

#[derive(Serialize)]
struct Case<'a> {
    #[serde(flatten)]
    side: Side<'a>,
    rows: Vec<Row<'a>>,
    /// The two that stand for all where a case has one line.
    brief: Vec<Row<'a>>,
    counts: Counts,
    /// Rows that the answer names.
    leading: Vec<Row<'a>>,
    crossover: Option<Crossover<'a>>,
    why: Option<Why<'a>>,
}

/// Verdicts of the headline.
#[derive(Default, Serialize)]
struct Counts {
    n: usize,
    better: usize,
    worse: usize,
    changed: usize,
    same: usize,
    not_judged: usize,
}

#[derive(Clone, Serialize)]
struct Row<'a> {
    label: &'a str,
    unit: Unit,
    base: Cell,
    new: Cell,
    difference: Option<Value>,
    /// The difference as a part of a positive amount of the base.
    relative: Option<f64>,
    verdict: Verdict,
}

/// A figure of one scenario.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
enum Cell {
    Figure {
        figure: Value,
    },
    /// A loss below zero.
    Gain {
        figure: Value,
    },
    /// What has happened on a single path or not.
    Happened {
        has: bool,
    },
}

#[derive(Serialize)]
struct Crossover<'a> {
    new_passes: bool,
    after: &'a str,
    by: &'a str,
    above_at_end: Value,
    is_net: bool,
    less_hours: bool,
    with_flows: bool,
}

#[derive(Serialize)]
struct Why<'a> {
    label: &'a str,
    is_share: bool,
    steps: Vec<Step<'a>>,
    total: Option<Value>,
    /// The largest step: a full bar.
    full: f64,
}

#[derive(Serialize)]
struct Step<'a> {
    /// The key of a single edit, else the table that the edits are in.
    key: Option<&'a str>,
    n_edits: usize,
    from: Option<Plain>,
    to: Option<Plain>,
    place: Option<&'a PlacePart>,
    change: Option<Value>,
    /// True if the interval holds zero.
    is_open: bool,
}

/// `A` … `Z`, `AA` …
pub(super) fn letter(place: usize) -> String {
    let last = char::from(b'A' + (place % 26) as u8);
    match (place / 26).checked_sub(1) {
        Some(before) => format!("{}{last}", letter(before)),
        None => last.to_string(),
    }
}

impl<'a> View<'a> {
    pub(super) fn of(all: &'a Comparison) -> Self {
        let sides = || std::iter::once(&all.base).chain(all.cases.iter().map(|case| &case.side));
        let is_of_one_title = sides().skip(1).any(|side| {
            let alike = sides().filter(|other| other.title == side.title);
            alike.count() > 1
        });
        let side = |place: usize, side: &'a SidePart| Side {
            letter: letter(place),
            label: if is_of_one_title {
                &side.name
            } else {
                &side.title
            },
            name: &side.name,
            money_in: side.money_in,
        };
        let n_rows = all.headline.len();
        let n_lines = OTHER_LINES + all.cases.len() * (n_rows + 4);
        let n_more = all.cases.len().saturating_sub(MOST_CASES);
        let cases = (1..).zip(&all.cases);
        Self {
            title: &all.title,
            currency: &all.currency,
            start: &all.start,
            paths: all.paths,
            seeds: all.seeds,
            alpha: all.alpha,
            n_in_headline: all.n_in_headline,
            is_of_one_title,
            is_long: all.cases.len() > 1 && n_lines > LINES,
            n_more,
            base: side(0, &all.base),
            cases: cases
                .map(|(place, case)| Case::of(all, case, side(place, &case.side)))
                .collect(),
            unjudged: unjudged(all),
            remarks: remarks(all),
        }
    }
}

impl<'a> Case<'a> {
    fn of(all: &'a Comparison, case: &'a CasePart, side: Side<'a>) -> Self {
        let rows = rows(all, case);
        let counts = Counts::of(&rows);
        let crossover = case.crossover.as_ref().map(|found| {
            let n = all.paths as usize;
            let n_above = (found.paths_above_at_end * n as f64).round() as usize;
            Crossover {
                new_passes: found.new_passes,
                after: &found.after,
                by: &found.by,
                above_at_end: Value::new(Unit::Probability, &of_count(n_above, n, LEVEL)),
                is_net: found.is_net,
                less_hours: found.less_hours,
                with_flows: found.with_flows,
            }
        });
        Self {
            side,
            leading: leading(&rows),
            brief: brief(&rows),
            counts,
            rows,
            crossover,
            why: case.why.as_ref().map(|why| Why::of(why, all.paths)),
        }
    }
}

impl Counts {
    fn of(rows: &[Row<'_>]) -> Self {
        let mut counts = Self {
            n: rows.len(),
            ..Self::default()
        };
        for row in rows {
            match row.verdict {
                Verdict::Better => counts.better += 1,
                Verdict::Worse => counts.worse += 1,
                Verdict::Changed => counts.changed += 1,
                Verdict::Same => counts.same += 1,
                Verdict::NotJudged => counts.not_judged += 1,
                Verdict::NoneSeen => {}
            }
        }
        counts
    }
}

/// The headline of a case in the order of the screen.
fn rows<'a>(all: &'a Comparison, case: &'a CasePart) -> Vec<Row<'a>> {
    let mut found: Vec<(usize, Row<'a>)> = all
        .headline
        .iter()
        .filter_map(|headline| {
            let part = case.measures.get(&headline.measure)?;
            let verdict = *case.headline.get(&headline.measure)?;
            let place = ORDER.iter().position(|id| *id == headline.measure);
            let row = Row::of(&headline.measure, &headline.label, part, verdict);
            Some((place.unwrap_or(ORDER.len()), row))
        })
        .collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, row)| row).collect()
}

/// The first row and the first probability, else the first two.
fn brief<'a>(rows: &[Row<'a>]) -> Vec<Row<'a>> {
    let is_probability = |row: &&Row<'_>| row.unit == Unit::Probability;
    let second = rows.iter().skip(1).find(is_probability).or(rows.get(1));
    rows.first().into_iter().chain(second).cloned().collect()
}

/// The first row that is better and the first that is worse, else the first two that differ.
fn leading<'a>(rows: &[Row<'a>]) -> Vec<Row<'a>> {
    let first = |verdict| rows.iter().find(|row| row.verdict == verdict);
    match (first(Verdict::Better), first(Verdict::Worse)) {
        (Some(better), Some(worse)) => vec![better.clone(), worse.clone()],
        _ => {
            let differing = rows.iter().filter(|row| row.verdict.is_difference());
            differing.take(2).cloned().collect()
        }
    }
}

impl<'a> Row<'a> {
    fn of(id: &str, label: &'a str, part: &DifferencePart, verdict: Verdict) -> Self {
        let has_happened = part.runs[0].n == 1 && part.unit == Unit::Probability;
        let cell = |run: &Measure| match is_gain(id, run.value) {
            _ if has_happened => Cell::Happened {
                has: run.value > 0.0,
            },
            true => Cell::Gain {
                figure: run.negative(),
            },
            false => Cell::Figure { figure: *run },
        };
        let [base, new] = part.runs.each_ref().map(cell);
        let base_of_ratio = part
            .base
            .filter(|base| part.unit == Unit::Money && *base > 0.0);
        Self {
            label,
            unit: part.unit,
            base,
            new,
            difference: part
                .change
                .value(part.unit, part.runs[0].n)
                .filter(|_| !has_happened),
            relative: base_of_ratio
                .zip(part.change.difference)
                .map(|(base, difference)| difference / base),
            verdict,
        }
    }
}

impl ChangePart {
    /// The difference with its error. One path differs as it does, and so do runs of which no path differs.
    pub(super) fn value(&self, unit: Unit, n: usize) -> Option<Value> {
        let plain = Value {
            n,
            ..Value::certain(unit, self.difference?)
        };
        let error = self.error.filter(|_| n > 1 && !self.is_same);
        Some(error.map_or(plain, |error| Value {
            std_error: self.std_error,
            interval: self.interval,
            error,
            ..plain
        }))
    }
}

impl<'a> Why<'a> {
    fn of(why: &'a WhyPart, paths: u64) -> Self {
        let value = |change: &ChangePart| change.value(why.unit, paths as usize);
        let steps = why.steps.iter().map(|step| {
            let single = match (&step.table, step.edits.as_slice()) {
                (None, [edit]) => Some(edit),
                _ => None,
            };
            let change = value(&step.change);
            let side = |of: fn(&EditPart) -> &Option<String>| {
                single.and_then(|edit| of(edit).as_deref()).map(plain)
            };
            let interval = change.as_ref().and_then(|change| change.interval);
            Step {
                key: single.map_or(step.table.as_deref(), |edit| Some(&edit.key)),
                n_edits: step.edits.len(),
                from: side(|edit| &edit.from),
                to: side(|edit| &edit.to),
                place: single.and_then(|edit| edit.place.as_ref()),
                is_open: interval.is_some_and(|[low, high]| low < 0.0 && high > 0.0),
                change,
            }
        });
        let sizes = why.steps.iter().filter_map(|step| step.change.difference);
        Self {
            label: &why.label,
            is_share: matches!(
                why.unit,
                Unit::Fraction | Unit::FractionPerYear | Unit::Probability
            ),
            steps: steps.collect(),
            total: value(&why.total),
            full: sizes.map(f64::abs).fold(0.0, f64::max),
        }
    }
}
