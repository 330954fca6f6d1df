//! Pieces of GitHub-flavoured Markdown that any text can stand in.
//!
//! In: texts that may hold anything. Out: spans, tables. Not here: what is said (`summary`).

use crate::units::is_acting;

/// Rows of a table; a pull request is no place for more.
pub(super) const MOST_ROWS: usize = 20;

/// A table being filled; rows beyond [`MOST_ROWS`] are only counted.
pub(super) struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    is_figure: Vec<bool>,
    n_rows: usize,
}

impl Table {
    /// An empty table; a heading that begins with `>` is of a column of figures.
    pub fn new(headings: &[&str]) -> Self {
        Self {
            headings: headings
                .iter()
                .map(|heading| plain(heading.trim_start_matches('>')))
                .collect(),
            is_figure: headings
                .iter()
                .map(|heading| heading.starts_with('>'))
                .collect(),
            rows: Vec::new(),
            n_rows: 0,
        }
    }

    /// Adds cells that are Markdown already.
    pub fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.headings.len(), "a cell for each heading");
        self.n_rows += 1;
        if self.rows.len() < MOST_ROWS {
            self.rows.push(cells);
        }
    }

    /// Rows that were left out.
    pub fn n_more(&self) -> usize {
        self.n_rows - self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.n_rows == 0
    }

    pub fn into_text(self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let rules = self.is_figure.iter().map(|is_figure| match is_figure {
            true => "--:".to_owned(),
            false => "---".to_owned(),
        });
        let mut text = line(&self.headings);
        text.push_str(&line(&rules.collect::<Vec<_>>()));
        for row in &self.rows {
            text.push_str(&line(row));
        }
        text
    }
}

/// `text` as code, exactly as it is; also in the cell of a table.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text).replace('|', "\\|");
    if text.is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = match text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() {
        true => " ",
        false => "",
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// `text` with nothing in it that Markdown or HTML would take for a sign, or GitHub for a name.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // names and numbers of other places are not called
            '@' | '#' => {
                out.push(c);
                out.push_str("<!-- -->");
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A figure, or an interval in brackets: its currency may be what somebody wrote into a file of results.
pub(super) fn figure(text: &str) -> String {
    let inner = text.strip_prefix('[');
    match inner.and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => format!("[{}]", plain(inner)),
        None => plain(text),
    }
}

/// A message of the program, in which backticks stand around code.
pub(super) fn message(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return plain(text);
    }
    let parts = parts.iter().enumerate();
    parts
        .map(|(index, part)| match index % 2 {
            0 => plain(part),
            _ => code(part),
        })
        .collect()
}

/// Line breaks and control characters as spaces.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if is_acting(c) { ' ' } else { c })
        .collect()
}

fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_fenced_by_more_backticks_than_it_holds() {
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`a\nb`"), "`` `a b` ``");
        assert_eq!(code(""), "");
    }

    #[test]
    fn plain_text_is_no_markup_and_calls_nobody() {
        assert_eq!(plain("<b>|*x*"), "&lt;b&gt;\\|\\*x\\*");
        assert_eq!(plain("@owner #12"), "@<!-- -->owner #<!-- -->12");
        assert_eq!(message("unknown `a|b`"), "unknown `a\\|b`");
        assert_eq!(message("one ` alone"), "one \\` alone");
        assert_eq!(figure("[$1, $2]"), "[\\$1, \\$2]");
        assert_eq!(figure("[x](//e) 5"), "\\[x\\](//e) 5");
    }

    #[test]
    fn a_long_table_is_cut_and_says_by_how_much() {
        let mut table = Table::new(&["a", ">b"]);
        for n in 0..33 {
            table.row(vec![n.to_string(), String::new()]);
        }
        assert_eq!(table.n_more(), 13);
        let text = table.into_text();
        assert_eq!(text.lines().count(), 2 + MOST_ROWS);
        assert!(text.contains("| --- | --: |"));
    }
}
