//! Error message about correlations that are not positive semidefinite.
//!
//! In: a matrix with a negative eigenvalue and the origins of its entries. Out: a [`Diagnostic`] with the
//! entry to change, its feasible interval and the distance to the nearest matrix. Not here: finding that
//! matrix (`math::correlation`).

use crate::form::{Diagnostic, Place, fault};
use crate::math::correlation::{Matrix, eigen, feasible_interval, worst_triple};

/// Origin of a correlation.
#[derive(Clone, Debug)]
pub enum Origin {
    Written(Option<Place>),
    Catalog,
    /// The correlation is that of the key `default`.
    Default,
    /// The correlation is that of the normal regime, because `[crisis]` states no other.
    Calm,
}

/// Correlation of two markets with its origin.
#[derive(Clone, Debug)]
pub struct Cell {
    pub value: f64,
    pub origin: Origin,
}

impl Cell {
    pub fn place(&self) -> Option<Place> {
        match self.origin {
            Origin::Written(place) => place,
            Origin::Catalog | Origin::Default | Origin::Calm => None,
        }
    }
}

/// A correlation that may be the wrong one in an impossible matrix.
struct Suspect {
    row: usize,
    column: usize,
    cell: Cell,
    /// Lower end of the interval of values that are possible if all other correlations stay as they are.
    low: f64,
    high: f64,
}

impl Suspect {
    /// Distance of the correlation from its interval of possible values; negative inside.
    fn breach(&self) -> f64 {
        (self.low - self.cell.value).max(self.cell.value - self.high)
    }
}

/// Returns the fault that `matrix` is not positive semidefinite. `cell` gives an entry by row and column,
/// `repaired` is the nearest valid matrix if known, and `place` is the position of the section.
pub fn impossible(
    names: &[&str],
    matrix: &Matrix,
    cell: &dyn Fn(usize, usize) -> Cell,
    repaired: Option<&Matrix>,
    place: Option<Place>,
) -> Diagnostic {
    let suspects = suspects(matrix, cell, repaired);
    let message = match suspects.len() {
        3 => "these three correlations cannot hold together",
        _ => "these correlations cannot hold together",
    };
    let mut fault = fault!("correlation", "{message}");
    if let Some((worst, others)) = suspects.split_first() {
        let verdict = if others.is_empty() {
            format!("{} in the nearest possible matrix", two(worst.low))
        } else {
            format!("must lie between {} and {} given the other two", up(worst.low), down(worst.high))
        };
        fault = fault.at(worst.cell.place().or(place), verdict);
        for other in others {
            fault = fault.and(other.cell.place(), "");
        }
        for suspect in &suspects {
            fault = with_origin(fault, suspect, names);
        }
        let smallest = eigen(matrix).smallest();
        fault = fault.note("", format!("smallest eigenvalue {} (must be at least 0)", significant(smallest)));
        if !others.is_empty() {
            fault = fault.note("help", proposal(worst, others));
        }
    } else {
        fault = fault.at(place, "no correlation matrix");
    }
    match repaired {
        Some(repaired) => with_repair(fault, matrix, repaired),
        None => fault,
    }
}

/// Returns the correlations to report: those of the worst triple of markets that is impossible by itself, first those
/// that the file states, then by distance from their possible values. Without such a triple: the one that the repair
/// changes most.
fn suspects(matrix: &Matrix, cell: &dyn Fn(usize, usize) -> Cell, repaired: Option<&Matrix>) -> Vec<Suspect> {
    let Some(triple) = worst_triple(matrix) else {
        return most_changed(matrix, cell, repaired).into_iter().collect();
    };
    let [i, j, k] = triple.rows;
    let mut suspects = [(j, i, k), (k, i, j), (k, j, i)].map(|(row, column, third)| {
        let (low, high) = feasible_interval(matrix.get(row, third), matrix.get(column, third));
        Suspect { row, column, cell: cell(row, column), low, high }
    });
    suspects.sort_by(|a, b| {
        let written = |suspect: &Suspect| suspect.cell.place().is_some();
        written(b)
            .cmp(&written(a))
            .then(b.breach().total_cmp(&a.breach()))
            .then(a.cell.place().cmp(&b.cell.place()))
    });
    suspects.into()
}

fn most_changed(
    matrix: &Matrix,
    cell: &dyn Fn(usize, usize) -> Cell,
    repaired: Option<&Matrix>,
) -> Option<Suspect> {
    let repaired = repaired?;
    let change = |pair: &(usize, usize)| change(matrix, repaired, *pair);
    let (row, column) = matrix.pairs().max_by(|a, b| change(a).total_cmp(&change(b)))?;
    let found = repaired.get(row, column);
    Some(Suspect { row, column, cell: cell(row, column), low: found, high: found })
}

/// Adds a note with the origin of the suspected correlation if the file does not state it.
fn with_origin(fault: Diagnostic, suspect: &Suspect, names: &[&str]) -> Diagnostic {
    let from = match suspect.cell.origin {
        Origin::Written(_) => return fault,
        Origin::Catalog => "from the catalog",
        Origin::Default => "by `default`",
        Origin::Calm => "as in normal months",
    };
    let (first, second) = (names[suspect.column], names[suspect.row]);
    fault.note("", format!("{first} / {second} is {} {from}", two(suspect.cell.value)))
}

fn proposal(worst: &Suspect, others: &[Suspect]) -> String {
    let (value, low, high) = (worst.cell.value, worst.low, worst.high);
    let inward = if value < low { format!("{} or more", up(low)) } else { format!("{} or less", down(high)) };
    let [first, second] = others else { return inward };
    let (a, b) = (two(first.cell.value), two(second.cell.value));
    if a == b {
        format!("{inward}, or change one of the {a}")
    } else {
        format!("{inward}, or change {a} or {b}")
    }
}

fn with_repair(fault: Diagnostic, matrix: &Matrix, repaired: &Matrix) -> Diagnostic {
    let changes = matrix.pairs().map(|pair| change(matrix, repaired, pair));
    let most = up(changes.fold(0.0, f64::max));
    fault.note("or", format!("repair = \"nearest\" changes none by more than {most}; the report will say so"))
}

fn change(matrix: &Matrix, repaired: &Matrix, (row, column): (usize, usize)) -> f64 {
    (matrix.get(row, column) - repaired.get(row, column)).abs()
}

/// Tolerance, in hundredths, for rounding a bound to two decimals.
const HAIR: f64 = 1e-6;

/// Formats the smallest number with two decimals that is at least `number`.
fn up(number: f64) -> String {
    two((number * 100.0 - HAIR).ceil() / 100.0)
}

/// Formats the largest number with two decimals that is at most `number`.
fn down(number: f64) -> String {
    two((number * 100.0 + HAIR).floor() / 100.0)
}

/// Formats with two significant digits and at least two decimals, so that a small number below 0 is not printed as 0.
fn significant(number: f64) -> String {
    const MOST: usize = 12;
    let (mut decimals, mut scaled) = (2, 100.0 * number.abs());
    while scaled < 9.5 && decimals < MOST {
        scaled *= 10.0;
        decimals += 1;
    }
    format!("{number:.decimals$}")
}

/// Formats with two decimals and never as negative zero.
fn two(number: f64) -> String {
    let text = format!("{number:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}
