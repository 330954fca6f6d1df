//! Correlations below the diagonal of the matrix, each with its origin.
//!
//! In: pairs, a matrix, a default, the catalog. Out: [`Entries`]. Not here: whether the matrix is positive
//! semidefinite (`correlation`).

use super::defaults::from_entry;
use super::matrix_keys::{MatrixRows, Names, Pairs};
use super::membership::Members;
use super::names::Spelled;
use super::not_semidefinite::{Cell, Origin};
use super::{FilledIn, MarketEntry};
use crate::catalog::{self, Class};
use crate::form::{At, Diagnostic, Faults, Place, fault, one_of, parse_value, shortened};
use crate::math::correlation::Matrix;
use crate::units::{CorrelationCoefficient, plain};

/// Correlations below the diagonal of a matrix of markets, row by row; `None` where still unknown.
pub struct Entries<'a> {
    pub members: &'a Members<'a>,
    cells: Vec<Option<Cell>>,
}

impl<'a> Entries<'a> {
    /// Returns the correlations that `pairs`, or `order` and `matrix`, state; all others are unknown.
    pub fn of(
        members: &'a Members<'a>,
        pairs: Option<&Pairs>,
        order: Option<&At<Names>>,
        matrix: Option<&At<MatrixRows>>,
        faults: &mut Faults,
    ) -> Self {
        let order_of_matrix = members.list.len();
        let mut entries =
            Self { members, cells: vec![None; order_of_matrix * order_of_matrix.saturating_sub(1) / 2] };
        if let Some(pairs) = pairs {
            entries.write_pairs(pairs, faults);
        }
        if let (Some(order), Some(matrix)) = (order, matrix) {
            entries.write_matrix(order, matrix, faults);
        }
        entries
    }

    fn index(row: usize, column: usize) -> usize {
        let (row, column) = (row.max(column), row.min(column));
        row * (row - 1) / 2 + column
    }

    pub fn is_full(&self) -> bool {
        self.cells.iter().all(Option::is_some)
    }

    /// Matrix row of the market called `name`; `None` if there is none, which is a fault if all names could be read.
    fn row(&self, name: &Spelled, faults: &mut Faults) -> Option<usize> {
        let found = self.members.list.binary_search_by(|market| market.name.as_str().cmp(&name.text));
        if found.is_err() && self.members.is_complete {
            faults.push(self.unknown(name));
        }
        found.ok()
    }

    fn unknown(&self, name: &Spelled) -> Diagnostic {
        let shown = shortened(&name.text);
        if let Some(market) = self.members.elsewhere(&name.text) {
            return fault!("unknown-market", "`{shown}` is an asset of market `{market}`, but a pair names markets";
                name.place => "this asset is in market `{market}`")
                .replace(name.place, format!("\"{market}\""))
                .note("known", one_of(self.members.names()))
                .rule("`market_correlation` sets the correlation of assets in one market");
        }
        let noun = self.members.noun();
        let message = format!("no {noun} is named `{shown}`");
        let code = if noun == "asset" { "unknown-asset" } else { "unknown-market" };
        let label = format!("no such {noun}");
        Diagnostic::new(code, message).unknown(&name.text, name.place, "\"", self.members.names(), label)
    }

    fn write_pairs(&mut self, pairs: &Pairs, faults: &mut Faults) {
        for pair in &pairs.0 {
            if faults.is_full() {
                return;
            }
            let rows = [&pair.first, &pair.second].map(|name| self.row(name, faults));
            let [Some(first), Some(second)] = rows else { continue };
            if first == second {
                let noun = self.members.noun();
                fault!(faults, "correlation", "a pair needs two different {noun}s"; pair.second.place => "the same {noun} again";
                    pair.first.place => "");
                continue;
            }
            let cell = &mut self.cells[Self::index(first, second)];
            if let Some(earlier) = cell {
                let (a, b) = (&pair.first.text, &pair.second.text);
                fault!(faults, "duplicate", "the pair {a} / {b} is listed twice"; pair.place => "again";
                    earlier.place() => "first listed here");
                continue;
            }
            *cell =
                Some(Cell { value: pair.correlation.get(), origin: Origin::Written(pair.correlation.place) });
        }
    }

    fn write_matrix(&mut self, order: &At<Names>, rows: &At<MatrixRows>, faults: &mut Faults) {
        let before = faults.len();
        let members: Vec<Option<usize>> = order.0.iter().map(|name| self.row(name, faults)).collect();
        self.check_order(order, &members, faults);
        rows.check(order, faults);
        if faults.len() > before {
            return;
        }
        for (row, first) in members.iter().enumerate() {
            for (column, second) in members.iter().enumerate().take(row) {
                let (Some(first), Some(second)) = (first, second) else { continue };
                let number = &rows.0[row][column];
                self.cells[Self::index(*first, *second)] =
                    Some(Cell { value: number.get(), origin: Origin::Written(number.place) });
            }
        }
    }

    /// Refuses an `order` that does not name every market exactly once.
    fn check_order(&self, order: &At<Names>, rows: &[Option<usize>], faults: &mut Faults) {
        let mut first: Vec<Option<Place>> = vec![None; self.members.list.len()];
        let mut named = vec![false; self.members.list.len()];
        for (name, row) in order.0.iter().zip(rows) {
            let Some(row) = *row else { continue };
            if named[row] {
                fault!(faults, "duplicate", "`order` names `{}` twice", name.text; name.place => "again";
                    first[row] => "first named here");
            }
            named[row] = true;
            first[row] = first[row].or(name.place);
        }
        for (market, _) in self.members.list.iter().zip(&named).filter(|(_, named)| !**named) {
            let noun = self.members.noun();
            fault!(faults, "correlation", "`order` does not name `{}`", market.name.as_str();
                order.place => "`{}` is missing", market.name.as_str(); market.name.place => "this {noun}";
                rule: "`order` names every {noun} once; its row and column go into `matrix`");
        }
    }

    /// Sets correlations still unknown to `default`, else to those of the catalog, which are added to `filled_in`.
    pub fn fill(&mut self, default: Option<CorrelationCoefficient>, filled_in: &mut Vec<FilledIn>) {
        let mut catalog = FromCatalog::default();
        // Columns first: `filled_in` is sorted by path.
        for column in 0..self.members.list.len() {
            for row in column + 1..self.members.list.len() {
                let cell = &mut self.cells[Self::index(row, column)];
                if cell.is_some() {
                    continue;
                }
                *cell = match default {
                    Some(default) => Some(Cell { value: default.get(), origin: Origin::Default }),
                    None => catalog.cell(&self.members.list[column], &self.members.list[row], filled_in),
                };
            }
        }
    }

    /// Sets the correlations still unknown to those of the normal regime, `calm`.
    pub fn fill_calm(&mut self, calm: &Matrix) {
        for row in 0..self.members.list.len() {
            for column in 0..row {
                self.cells[Self::index(row, column)]
                    .get_or_insert_with(|| Cell { value: calm.get(row, column), origin: Origin::Calm });
            }
        }
    }

    /// True if the file states every pair, so that its length limits the size of the matrix.
    pub fn is_written(&self) -> bool {
        let is_written = |cell: &Option<Cell>| {
            let origin = cell.as_ref().map(|cell| &cell.origin);
            matches!(origin, Some(Origin::Written(_)))
        };
        self.cells.iter().all(is_written)
    }

    /// Returns the correlation in a row and a column, with its origin; zero if it is still unknown.
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        self.cells[Self::index(row, column)].clone().unwrap_or(Cell { value: 0.0, origin: Origin::Default })
    }

    pub fn matrix(&self) -> Matrix {
        Matrix::from_fn(self.members.list.len(), |row, column| {
            if row == column {
                return 1.0;
            }
            self.cells[Self::index(row, column)].as_ref().map_or(0.0, |cell| cell.value)
        })
    }
}

/// Cache of the catalog's correlations by pair of classes: there are many markets but few classes.
#[derive(Default)]
struct FromCatalog {
    met: Vec<([*const Class; 2], Option<OfCatalog>)>,
}

/// Correlation from the catalog.
struct OfCatalog {
    value: f64,
    /// The correlation as TOML.
    written: String,
    entry: &'static catalog::Entry,
}

impl FromCatalog {
    fn cell(
        &mut self,
        first: &MarketEntry,
        second: &MarketEntry,
        filled_in: &mut Vec<FilledIn>,
    ) -> Option<Cell> {
        let OfCatalog { value, written, entry } = self.of(first.class()?, second.class()?).as_ref()?;
        let path = format!("correlation.{}.{}", first.name.as_str(), second.name.as_str());
        filled_in.push(from_entry(path, written.clone(), entry));
        Some(Cell { value: *value, origin: Origin::Catalog })
    }

    fn of(&mut self, first: &'static Class, second: &'static Class) -> &Option<OfCatalog> {
        let classes = [first, second].map(std::ptr::from_ref);
        let place = self.met.iter().position(|(known, _)| *known == classes).unwrap_or_else(|| {
            self.met.push((classes, correlated(first, second)));
            self.met.len() - 1
        });
        &self.met[place].1
    }
}

/// Returns the correlation of two classes; `None` if the catalog has none.
fn correlated(first: &Class, second: &Class) -> Option<OfCatalog> {
    let entry = catalog::correlation(&first.id, &second.id)?;
    let value = parse_value(&entry.value.as_toml())?.as_number()?;
    Some(OfCatalog { value, written: plain(value), entry })
}
