//! A table of any number of columns: words at the left, figures at the right.
//!
//! In: columns, cells. Out: [`Table`]. Not here: how wide anything is (`terminal`).

use super::Text;

/// Rows under columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub heading: String,
    /// Stands at the right, and is never cut.
    pub is_figure: bool,
}

/// What is said of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub cells: Vec<Text>,
    /// What a row says of all of it, below.
    pub below: Vec<Text>,
}

impl Table {
    /// An empty table; a heading that begins with `>` is of a column of figures.
    pub fn new(headings: &[&str]) -> Self {
        let column = |heading: &&str| Column {
            heading: heading.trim_start_matches('>').to_owned(),
            is_figure: heading.starts_with('>'),
        };
        Self { columns: headings.iter().map(column).collect(), rows: Vec::new() }
    }

    /// A row with a cell for each column.
    pub fn row(&mut self, cells: impl IntoIterator<Item: Into<Text>>) {
        self.row_with(cells, Vec::new());
    }

    /// The same with what is to be said of it.
    pub fn row_with(&mut self, cells: impl IntoIterator<Item: Into<Text>>, below: Vec<Text>) {
        let cells: Vec<Text> = cells.into_iter().map(Into::into).collect();
        debug_assert_eq!(cells.len(), self.columns.len(), "a cell for each column");
        self.rows.push(Row { cells, below });
    }

    /// A table of rows with a cell for each heading.
    pub fn of<const N: usize>(
        headings: [&str; N],
        rows: impl IntoIterator<Item = [Text; N]>,
    ) -> Self {
        let mut table = Self::new(&headings);
        rows.into_iter().for_each(|row| table.row(row));
        table
    }

    /// Leaves out columns in which nothing stands.
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
