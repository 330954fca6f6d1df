//! What correlations that cannot hold together are told.
//!
//! In: a matrix with a negative eigenvalue and where its entries stand. Out: a [`Diagnostic`] that names
//! the entry to change, the interval it may have, and how far the nearest matrix is. Not here: finding that matrix
//! (`math::correlation`).

use crate::form::{Diagnostic, Place};
use crate::math::correlation::{Matrix, eigen, feasible_interval, worst_triple};

/// Where a correlation is from.
#[derive(Clone, Debug)]
pub enum Origin {
    Written(Option<Place>),
    Catalog,
    /// The key `default`.
    Default,
    /// A pair that a crisis leaves as it is in calm months.
    Calm,
}

/// A correlation of two assets.
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

/// An entry of the matrix under suspicion.
struct Suspect {
    row: usize,
    column: usize,
    cell: Cell,
    /// Where it could lie if the others stay as they are.
    low: f64,
    high: f64,
}

impl Suspect {
    /// How far the entry lies outside.
    fn breach(&self) -> f64 {
        (self.low - self.cell.value).max(self.cell.value - self.high)
    }
}

/// The fault. `cell` gives the entry of a row and a column, `place` is the section's.
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
    let mut fault = Diagnostic::new("correlation", message);
    if let Some((worst, others)) = suspects.split_first() {
        let verdict = if others.is_empty() {
            format!("{} in the nearest possible matrix", two(worst.low))
        } else {
            format!(
                "must lie between {} and {} given the other two",
                up(worst.low),
                down(worst.high)
            )
        };
        fault = fault.at(worst.cell.place().or(place), verdict);
        for other in others {
            fault = fault.and(other.cell.place(), "");
        }
        for suspect in &suspects {
            fault = with_origin(fault, suspect, names);
        }
        let smallest = eigen(matrix).smallest();
        fault =
            fault.note("", format!("smallest eigenvalue {} (must be at least 0)", two(smallest)));
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

/// The worst triple with the entry furthest outside first, those that were written before the others;
/// without such a triple the entry that the nearest matrix changes most.
fn suspects(
    matrix: &Matrix,
    cell: &dyn Fn(usize, usize) -> Cell,
    repaired: Option<&Matrix>,
) -> Vec<Suspect> {
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

/// An entry that stands nowhere in the file is named with where it is from.
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
    let inward = if value < low {
        format!("{} or more", up(low))
    } else {
        format!("{} or less", down(high))
    };
    let [first, second] = others else {
        return inward;
    };
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
    fault.note(
        "or",
        format!("repair = \"nearest\" changes none by more than {most}; the report will say so"),
    )
}

/// How far an entry moves.
fn change(matrix: &Matrix, repaired: &Matrix, (row, column): (usize, usize)) -> f64 {
    (matrix.get(row, column) - repaired.get(row, column)).abs()
}

/// Rounding that a bound written with two decimals survives.
const HAIR: f64 = 1e-6;

/// The least number with two decimals that is not below.
fn up(number: f64) -> String {
    two((number * 100.0 - HAIR).ceil() / 100.0)
}

/// The greatest number with two decimals that is not above.
fn down(number: f64) -> String {
    two((number * 100.0 + HAIR).floor() / 100.0)
}

/// Two decimals, never a negative zero.
fn two(number: f64) -> String {
    let text = format!("{number:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}
