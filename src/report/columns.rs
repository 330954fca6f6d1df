//! A table of any number of columns, in plain text.
//!
//! In: headings, cells. Out: lines; the first columns to the left, the others to the right. Not
//! here: what the cells say.

use crate::units::is_acting;

/// Letters of a word and space between columns, the widest manner first.
const MANNERS: [(usize, &str); 4] = [(32, "  "), (24, "  "), (16, "  "), (16, " ")];

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

    /// The lines, indented as the body of a screen is, in the widest manner that fits `width`: names
    /// in full, then cut, then columns closer together. Figures are never cut.
    pub fn lines(&self, width: usize) -> Vec<String> {
        let manners = MANNERS.iter();
        let mut laid = manners.map(|(longest, gap)| self.laid(*longest, gap));
        let fits = |lines: &Vec<String>| lines.iter().all(|line| line.chars().count() <= width);
        let found = laid.find(fits);
        let (longest, gap) = MANNERS[MANNERS.len() - 1];
        found.unwrap_or_else(|| self.laid(longest, gap))
    }

    /// The lines with words of at most `longest` letters and `gap` between columns.
    fn laid(&self, longest: usize, gap: &str) -> Vec<String> {
        let rows: Vec<Vec<String>> = std::iter::once(&self.headings)
            .chain(&self.rows)
            .map(|cells| self.shown(cells, longest))
            .collect();
        let width = |column: usize| {
            rows.iter()
                .map(move |row| row[column].chars().count())
                .max()
        };
        let widths: Vec<usize> = (0..self.headings.len())
            .map(|column| width(column).unwrap_or(0))
            .collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).enumerate();
            let text: Vec<String> = cells
                .map(|(column, (cell, width))| match column < self.n_left {
                    true => format!("{cell:<width$}"),
                    false => format!("{cell:>width$}"),
                })
                .collect();
            format!("  {}", text.join(gap))
        };
        rows.iter().map(line).collect()
    }

    fn shown(&self, cells: &[String], longest: usize) -> Vec<String> {
        let cells = cells.iter().enumerate();
        cells
            .map(|(column, cell)| match column < self.n_left {
                true => cut(cell, longest),
                false => cell.clone(),
            })
            .collect()
    }
}

/// At most `longest` letters, and nothing that could command a terminal.
fn cut(text: &str, longest: usize) -> String {
    let plain = text.chars().map(|c| if is_acting(c) { ' ' } else { c });
    let letters: Vec<char> = plain.collect();
    if letters.len() <= longest {
        return letters.into_iter().collect();
    }
    let kept: String = letters[..longest.saturating_sub(1)].iter().collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_as_wide_as_there_is_room_and_never_cuts_a_figure() {
        let mut table = Columns::new(&["market", "fall", "a year"], 1);
        table.row(vec![
            "a-market-with-a-rather-long-name".to_owned(),
            "12.5 %".to_owned(),
            "100 %".to_owned(),
        ]);
        assert!(table.lines(80)[1].starts_with("  a-market-with-a-rather-long-name  12.5 %"));
        for width in [50, 40, 30, 20] {
            let lines = table.lines(width);
            assert!(lines[1].contains("12.5 %") && lines[1].ends_with("100 %"));
            assert!(width < 33 || lines[1].chars().count() <= width, "{lines:?}");
        }
        assert!(table.lines(40)[1].contains('…'));
    }
}
