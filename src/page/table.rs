//! A table of any number of columns: words aligned left, figures right.
//!
//! In: columns, cells. Out: [`Table`]. Not here: widths (`plain`, `html`).

use super::Text;

/// A table: columns, then rows with one cell per column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<TableRow>,
}

/// Heading and alignment of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub heading: String,
    /// True for a column of figures, which is aligned right.
    pub is_figure: bool,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    pub cells: Vec<Text>,
    /// Texts printed in full width under the cells of the row.
    pub below: Vec<Text>,
}

impl Table {
    /// Creates an empty table. A heading that begins with `>` marks a column of figures.
    pub fn new(headings: &[impl AsRef<str>]) -> Self {
        let column = |heading: &str| Column {
            heading: heading.trim_start_matches('>').to_owned(),
            is_figure: heading.starts_with('>'),
        };
        Self { columns: headings.iter().map(|heading| column(heading.as_ref())).collect(), rows: Vec::new() }
    }

    /// Appends a row with a cell for each column.
    pub fn row(&mut self, cells: impl IntoIterator<Item: Into<Text>>) {
        self.row_with(cells, Vec::new());
    }

    /// Appends a row with a cell for each column, and the texts `below` under its cells.
    pub fn row_with(&mut self, cells: impl IntoIterator<Item: Into<Text>>, below: Vec<Text>) {
        let cells: Vec<Text> = cells.into_iter().map(Into::into).collect();
        debug_assert_eq!(cells.len(), self.columns.len(), "a cell for each column");
        self.rows.push(TableRow { cells, below });
    }

    /// Creates a table from headings (as in [`Table::new`]) and rows with a cell for each heading.
    pub fn of<const N: usize>(
        headings: [impl AsRef<str>; N],
        rows: impl IntoIterator<Item = [Text; N]>,
    ) -> Self {
        let mut table = Self::new(&headings);
        rows.into_iter().for_each(|row| table.row(row));
        table
    }

    /// Removes the columns whose cells are all empty.
    pub fn without_empty(mut self) -> Self {
        for at in (0..self.columns.len()).rev() {
            if self.rows.iter().all(|row| row.cells[at].words().is_empty()) {
                self.columns.remove(at);
                self.rows.iter_mut().for_each(|row| drop(row.cells.remove(at)));
            }
        }
        self
    }

    pub(super) fn has_headings(&self) -> bool {
        self.columns.iter().any(|column| !column.heading.is_empty())
    }
}
