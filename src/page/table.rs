//! A table of any number of columns: words at the left, figures at the right.
//!
//! In: columns, cells. Out: [`Table`]. Not here: how wide anything is (`terminal`).

use super::Text;
use crate::figure::rule::Shown;

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
    pub cells: Vec<Cell>,
    /// What a row says of all of it, below.
    pub below: Vec<Text>,
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(Text),
    /// A figure with its error.
    Shown(Shown),
    /// A verdict.
    Word(String, Tone),
}

/// How a verdict is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    Bad,
    /// It cannot be told.
    Open,
    /// Something is not as it was.
    Changed,
    Quiet,
}

impl Table {
    /// An empty table; a heading that begins with `>` is of a column of figures.
    pub fn new(headings: &[&str]) -> Self {
        let column = |heading: &&str| Column {
            heading: heading.trim_start_matches('>').to_owned(),
            is_figure: heading.starts_with('>'),
        };
        Self {
            columns: headings.iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// A row of texts.
    pub fn texts(&mut self, cells: Vec<String>) {
        self.row(cells.into_iter().map(Cell::from).collect());
    }

    /// A row with a cell for each column.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.row_with(cells, Vec::new());
    }

    /// The same with what is to be said of it.
    pub fn row_with(&mut self, cells: Vec<Cell>, below: Vec<Text>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a cell for each column");
        self.rows.push(Row { cells, below });
    }

    /// Leaves out columns in which nothing stands.
    pub fn without_empty(self) -> Self {
        let is_empty = |at: usize| self.rows.iter().all(|row| row.cells[at].words().is_empty());
        let kept = (0..self.columns.len()).map(|at| !is_empty(at)).collect();
        self.with_columns(kept)
    }

    fn with_columns(mut self, kept: Vec<bool>) -> Self {
        let mut of_column = kept.iter();
        self.columns.retain(|_| *of_column.next().unwrap_or(&true));
        for row in &mut self.rows {
            let mut of_cell = kept.iter();
            row.cells.retain(|_| *of_cell.next().unwrap_or(&true));
        }
        self
    }

    pub(super) fn has_headings(&self) -> bool {
        self.columns.iter().any(|column| !column.heading.is_empty())
    }
}

impl Cell {
    /// Code: an id, a key, a place in a file.
    pub fn code(text: impl Into<String>) -> Self {
        Self::Text(Text::code(text))
    }

    /// The words alone.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text(text) => text.words(),
            Self::Shown(shown) => shown.whole(),
            Self::Word(word, _) => word.clone(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Text> for Cell {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<Shown> for Cell {
    fn from(shown: Shown) -> Self {
        Self::Shown(shown)
    }
}

impl From<Option<Shown>> for Cell {
    fn from(shown: Option<Shown>) -> Self {
        shown.map_or_else(|| "–".into(), Self::Shown)
    }
}
