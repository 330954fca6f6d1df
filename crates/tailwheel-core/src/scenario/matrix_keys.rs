//! Lists of `[correlation]` and `[crisis]` as written: pairs, names of rows, rows of numbers.
//!
//! In: values with places. Out: lists checked for shape and range, with places, because a rule about several
//! entries must point to each. Not here: which assets exist (`correlation`).

use super::names::Spelled;
use crate::form::{
    At, Diagnostic, Faults, Field, Parameter, Shape, Unit, Value, fault, illustrated, shortened, written,
};
use crate::units::{CorrelationCoefficient, plain};

/// A correlation of two markets as the file states it, such as `["saas", "defi", 0.2]`.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedPair {
    pub first: Spelled,
    pub second: Spelled,
    pub correlation: At<CorrelationCoefficient>,
}

/// Correlations of pairs of markets; pairs that could not be read are left out.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Pairs(pub Vec<At<StatedPair>>);

/// Names of markets in the order of the rows of a matrix.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Names(pub Vec<Spelled>);

/// Rows of a correlation matrix as the file states them.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct MatrixRows(pub Vec<At<Vec<At<CorrelationCoefficient>>>>);

const CORRELATION: Shape = <CorrelationCoefficient as Parameter>::UNIT.shape;
const NAME: Shape = Shape::Text("");

fn items<'v>(value: &'v Value, field: &Field, faults: &mut Faults) -> Option<&'v [Value]> {
    let items = value.as_list();
    if items.is_none() {
        let fault = Diagnostic::of_sort(format!("`{}` is a {}", field.key, field.unit.name), value);
        faults.push(illustrated(fault, field));
    }
    items
}

impl Parameter for Pairs {
    const UNIT: Unit = Unit {
        name: "list of pairs",
        examples: &["[[\"saas\", \"royalties\", 0.15]]"],
        shape: Shape::List(&Shape::Row(&[NAME, NAME, CORRELATION]), 0, 1_000_000),
    };

    /// Reads every pair. Faulty pairs are reported and left out, so that the others can still be checked.
    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let items = items(value, field, faults)?;
        if pair(value, field, &mut Faults::default()).is_some() {
            let fault = fault!("type", "`{}` is a list of pairs", field.key; value.place => "this is one pair";
                rule: "each pair has brackets, and so has the list");
            return faults.refuse(fault.replace(value.place, format!("[{}]", written(value))));
        }
        Some(Self(items.iter().filter_map(|item| pair(item, field, faults)).collect()))
    }
}

fn pair(item: &Value, field: &Field, faults: &mut Faults) -> Option<At<StatedPair>> {
    if let Some([first, second, value]) = item.as_list()
        && let (Some(first), Some(second)) = (Spelled::of(first), Spelled::of(second))
    {
        let correlation = At::read(value, field, faults)?;
        return Some(At { value: StatedPair { first, second, correlation }, place: item.place });
    }
    let label = match item.as_list() {
        Some(items) => format!("this list has {}", counted(items.len())),
        None => format!("this is {}", item.sort()),
    };
    fault!(faults, "type", "a pair is two names and their correlation"; item.place => "{label}";
        such_as: "[\"saas\", \"royalties\", 0.15]");
    None
}

fn counted(count: usize) -> String {
    let plural = if count == 1 { "y" } else { "ies" };
    format!("{count} entr{plural}")
}

impl Parameter for Names {
    const UNIT: Unit = Unit {
        name: "list of names",
        examples: &["[\"saas\", \"defi\"]"],
        shape: Shape::List(&NAME, 0, 1_000_000),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let before = faults.len();
        let mut list = Vec::new();
        for item in items(value, field, faults)? {
            match Spelled::of(item) {
                Some(name) => list.push(name),
                None => faults.push(Diagnostic::of_sort(format!("`{}` is a list of names", field.key), item)),
            }
        }
        (faults.len() == before).then_some(Self(list))
    }
}

impl Parameter for MatrixRows {
    const UNIT: Unit = Unit {
        name: "list of rows",
        examples: &["[[1, 0.2], [0.2, 1]]"],
        shape: Shape::List(&Shape::List(&CORRELATION, 0, 1_000_000), 0, 1_000_000),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let before = faults.len();
        let mut list = Vec::new();
        for row in items(value, field, faults)? {
            let Some(cells) = row.as_list() else {
                faults.push(Diagnostic::of_sort("a row of a matrix is a list of numbers", row));
                continue;
            };
            let cells = cells.iter().filter_map(|cell| At::read(cell, field, faults));
            list.push(At { value: cells.collect(), place: row.place });
        }
        (faults.len() == before).then_some(Self(list))
    }
}

/// Largest difference between mirrored entries of a matrix; allows for rounding in the last printed digit.
const SYMMETRY: f64 = 1e-12;

impl At<MatrixRows> {
    /// Refuses a matrix that has not as many rows and columns as `order`, ones on the diagonal, and symmetry.
    pub fn check(&self, order: &At<Names>, faults: &mut Faults) {
        let expected = order.0.len();
        if self.0.len() != expected {
            fault!(faults, "correlation", "a matrix of {expected} assets has {expected} rows";
                self.place => "it has {}", self.0.len(); order.place => "{}", counted(expected));
            return;
        }
        for (index, row) in self.0.iter().enumerate().filter(|(_, row)| row.len() != expected) {
            fault!(faults, "correlation", "row {} of a matrix of {expected} has {expected} entries", index + 1;
                row.place => "it has {}", counted(row.len()));
        }
        if self.0.iter().all(|row| row.len() == expected) {
            self.check_entries(order, faults);
        }
    }

    fn check_entries(&self, order: &Names, faults: &mut Faults) {
        for (index, row) in self.0.iter().enumerate() {
            let name = shortened(&order.0[index].text);
            let diagonal = &row[index];
            if (diagonal.get() - 1.0).abs() > SYMMETRY {
                let fault = fault!("correlation", "the correlation of {name} with itself is not 1";
                    diagonal.place => "a diagonal entry must be 1");
                faults.push(fault.replace(diagonal.place, "1"));
            }
            for (column, cell) in row.iter().enumerate().take(index) {
                let mirror = &self.0[column][index];
                if (cell.get() - mirror.get()).abs() > SYMMETRY {
                    let other = shortened(&order.0[column].text);
                    fault!(faults, "correlation", "the matrix is not symmetric at {name} / {other}";
                        cell.place => "{} here", plain(cell.get());
                        mirror.place => "{} here", plain(mirror.get());
                        help: "write the same number twice, or each pair once in `pairs`");
                }
            }
        }
    }
}
