//! A table of any number of columns, in plain text.
//!
//! In: headings, cells. Out: lines; the first columns to the left, the others to the right. Not
//! here: what the cells say.

/// A table being filled.
pub(super) struct Columns {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Columns whose text stands at the left.
    n_left: usize,
}

impl Columns {
    /// An empty table whose first `n_left` columns hold words.
    pub fn new(headings: &[&str], n_left: usize) -> Self {
        Self {
            headings: headings.iter().map(|text| (*text).to_owned()).collect(),
            rows: Vec::new(),
            n_left,
        }
    }

    pub fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.headings.len(), "a cell for each heading");
        self.rows.push(cells);
    }

    /// The lines, indented as the body of a screen is, closer together if they would not fit `width`;
    /// a word that is longer than `longest` letters is cut, a figure never.
    pub fn lines(&self, longest: usize, width: usize) -> Vec<String> {
        let shown = |cells: &[String]| -> Vec<String> {
            let cells = cells.iter().enumerate();
            cells
                .map(|(column, cell)| match column < self.n_left {
                    true => cut(cell, longest),
                    false => cell.clone(),
                })
                .collect()
        };
        let rows: Vec<Vec<String>> = std::iter::once(&self.headings)
            .chain(&self.rows)
            .map(|cells| shown(cells))
            .collect();
        let widths: Vec<usize> = (0..self.headings.len())
            .map(|column| {
                let lengths = rows.iter().map(|row| row[column].chars().count());
                lengths.max().unwrap_or(0)
            })
            .collect();
        let whole = 2 + widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        let gap = if whole <= width { "  " } else { " " };
        rows.iter()
            .map(|row| {
                let cells = row.iter().zip(&widths).enumerate();
                let text: Vec<String> = cells
                    .map(|(column, (cell, width))| match column < self.n_left {
                        true => format!("{cell:<width$}"),
                        false => format!("{cell:>width$}"),
                    })
                    .collect();
                format!("  {}", text.join(gap))
            })
            .collect()
    }
}

/// At most `longest` letters, and nothing that could command a terminal.
fn cut(text: &str, longest: usize) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let letters: Vec<char> = plain.collect();
    if letters.len() <= longest {
        return letters.into_iter().collect();
    }
    let kept: String = letters[..longest.saturating_sub(1)].iter().collect();
    format!("{}…", kept.trim_end())
}
