//! Lines, wrapped sentences and aligned columns of plain text.
//!
//! In: sentences and cells. Out: text of at most the given width, where its longest word allows.
//! Not here: what is said (`text`), digits (`figure`).

use super::figure::Shown;
use crate::units::is_acting;

/// Narrowest and widest screen that is laid out; a narrower terminal wraps by itself.
const WIDTHS: (usize, usize) = (60, 80);
/// What stands before figures whose label has a line of its own.
const LONE_LABEL: usize = 4;
/// Room that a heading of a column needs on one line.
const LONG_HEADING: usize = 16;

/// A screen being written.
pub(super) struct Page {
    text: String,
    width: usize,
    has_unknown_error: bool,
}

impl Page {
    /// An empty page for a terminal of `width` columns.
    pub fn new(width: usize) -> Self {
        Self {
            text: String::new(),
            width: width.clamp(WIDTHS.0, WIDTHS.1),
            has_unknown_error: false,
        }
    }

    /// Columns that are laid out.
    pub fn width(&self) -> usize {
        self.width
    }

    /// What was written.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Whether some figure was shown with an error that is not known.
    pub fn has_unknown_error(&self) -> bool {
        self.has_unknown_error
    }

    /// Remembers that a sentence had such a figure.
    pub fn note_unknown_error(&mut self) {
        self.has_unknown_error = true;
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A sentence at the left edge.
    pub fn flush(&mut self, sentence: &str) {
        self.indented(sentence, "", "");
    }

    /// A sentence of the body.
    pub fn wrapped(&mut self, sentence: &str) {
        self.indented(sentence, "  ", "  ");
    }

    /// A sentence whose later lines stand further in.
    pub fn hanging(&mut self, sentence: &str) {
        self.indented(sentence, "  ", "    ");
    }

    /// A sentence `columns` further in than the left edge.
    pub fn indented_by(&mut self, columns: usize, sentence: &str) {
        let indent = " ".repeat(columns);
        self.indented(sentence, &indent, &indent);
    }

    /// A line that is laid out already.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Breaks `sentence` at spaces.
    fn indented(&mut self, sentence: &str, first: &str, other: &str) {
        let mut current = first.to_owned();
        let mut is_empty = true;
        // a title may hold anything; nothing in it may command the terminal
        let sentence: String = sentence
            .chars()
            .map(|c| if is_acting(c) { ' ' } else { c })
            .collect();
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let mut n_held = 0_usize;
        for (index, word) in words.iter().enumerate() {
            // a figure and its sign stay together, and a command that may be copied
            let sign = words.get(index + 1).filter(|next| next.starts_with('%'));
            let mut needed = length(word) + sign.map_or(0, |sign| 1 + length(sign));
            let is_held = word.starts_with('%') || n_held > 0;
            n_held = n_held.saturating_sub(1);
            if let Some((n_words, whole)) = command(&words[index..]) {
                (n_held, needed) = (n_words - 1, whole);
            }
            if !is_empty && !is_held && length(&current) + 1 + needed > self.width {
                self.line(&current);
                other.clone_into(&mut current);
                is_empty = true;
            }
            if !is_empty {
                current.push(' ');
            }
            current.push_str(word);
            is_empty = false;
        }
        self.line(&current);
    }

    /// Figures under three headings of two parts each; a row without a figure is left out.
    ///
    /// Where figures and errors do not fit side by side, errors get a line of their own.
    pub fn table(&mut self, headings: [(&str, &str); 3], rows: &[(String, [Option<Shown>; 3])]) {
        let rows: Vec<_> = rows
            .iter()
            .filter(|(_, cells)| cells.iter().any(Option::is_some))
            .collect();
        let widest_label = rows.iter().map(|(label, _)| length(label)).max();
        let column = |label_width| (self.width - 1).saturating_sub(label_width) / 3;
        let cells = || rows.iter().flat_map(|(_, cells)| cells.iter().flatten());
        let widest_value = cells().map(|shown| length(&shown.value())).max();
        let mut label_width = widest_label.unwrap_or(0) + 2;
        // labels on lines of their own where figures would not fit beside them
        let is_tight = widest_value.unwrap_or(0) >= column(label_width);
        if is_tight {
            label_width = LONE_LABEL;
        }
        let column = column(label_width);
        self.headings(headings, label_width, column);
        for (label, cells) in rows {
            let label = match is_tight {
                true => {
                    self.line(&format!("  {label}"));
                    ""
                }
                false => label,
            };
            let whole = cells.each_ref().map(|cell| text_of(cell, Shown::whole));
            if whole.iter().all(|cell| length(cell) < column) {
                self.cells(label, label_width, column, &whole);
            } else {
                let values = cells.each_ref().map(|cell| text_of(cell, Shown::value));
                self.cells(label, label_width, column, &values);
                let errors = cells.each_ref().map(|cell| text_of(cell, Shown::error));
                if errors.iter().any(|error| !error.is_empty()) {
                    self.cells("  ±", label_width, column, &errors);
                }
            }
            let shown = cells.iter().flatten();
            self.has_unknown_error |= shown.into_iter().any(Shown::is_unknown);
        }
    }

    fn headings(&mut self, headings: [(&str, &str); 3], label_width: usize, column: usize) {
        if column >= LONG_HEADING {
            let one_line =
                headings.map(|(first, second)| format!("{first} {second}").trim().to_owned());
            self.cells("", label_width, column, &one_line);
        } else {
            self.cells(
                "",
                label_width,
                column,
                &headings.map(|(first, _)| first.to_owned()),
            );
            self.cells(
                "",
                label_width,
                column,
                &headings.map(|(_, second)| second.to_owned()),
            );
        }
    }

    fn cells(&mut self, label: &str, label_width: usize, column: usize, cells: &[String; 3]) {
        let mut line = format!("  {label}");
        let pad = label_width.saturating_sub(length(&line));
        line.push_str(&" ".repeat(pad));
        for cell in cells {
            line.push_str(&" ".repeat(column.saturating_sub(length(cell)).max(1)));
            line.push_str(cell);
        }
        self.line(&line);
    }

    /// Figures one below the other, aligned before their errors.
    pub fn list(&mut self, rows: &[(&str, Shown)]) {
        let taken = |(label, shown): &(&str, Shown)| 2 + length(label) + 2 + length(&shown.value());
        let errors = rows.iter().map(|(_, shown)| length(&shown.error())).max();
        let room = self
            .width
            .saturating_sub(2 + errors.unwrap_or(0) + " ± ".len());
        // under the middle column of a table, or as far left as the labels allow
        let end = rows.iter().map(taken).max().unwrap_or(0).max(room.min(62));
        for (label, shown) in rows {
            let value = shown.value();
            let space = end
                .saturating_sub(2 + length(label) + length(&value))
                .max(1);
            let error = match shown.error() {
                error if error.is_empty() => String::new(),
                error => format!(" ± {error}"),
            };
            self.line(&format!("  {label}{:space$}{value}{error}", ""));
            self.has_unknown_error |= shown.is_unknown();
        }
    }
}

fn text_of(cell: &Option<Shown>, part: fn(&Shown) -> String) -> String {
    cell.as_ref().map_or_else(|| "–".to_owned(), part)
}

/// Words and length of the command in backticks that `words` begin with, if it fits on any line.
fn command(words: &[&str]) -> Option<(usize, usize)> {
    const LONGEST: usize = 50;
    let is_begun = |word: &&str| word.starts_with('`') && word.matches('`').count() == 1;
    words.first().filter(|word| is_begun(word))?;
    let n_words = 2 + words[1..].iter().position(|word| word.contains('`'))?;
    let whole = n_words - 1
        + words[..n_words]
            .iter()
            .map(|word| length(word))
            .sum::<usize>();
    (whole <= LONGEST).then_some((n_words, whole))
}

/// Columns that a text takes; every letter is taken to be one column wide.
fn length(text: &str) -> usize {
    text.chars().count()
}
