//! A document as plain text: wrapped sentences, aligned columns.
//!
//! In: a [`Page`], a width. Out: text of at most that width, unless one word is longer. Not here: the
//! content, screens (`template`).

use super::filters::wrapped;
use super::{Block, Page, Table, Text};
use unicode_width::UnicodeWidthStr;

const GAP: usize = 2;

impl Page {
    /// Renders the document as text of `width` columns. Pictures, folds and the glossary are left out.
    pub fn to_text(&self, width: usize) -> String {
        let mut text = String::new();
        let mut add = |said: &str, first: &str, rest: &str| {
            text.push_str(&wrapped(said, width, first, rest));
            text.push('\n');
        };
        if !self.title.is_empty() {
            add(&self.title.words(), "", "");
        }
        for block in &self.blocks {
            match block {
                Block::Gap => add("", "", ""),
                Block::Heading(word, meaning) | Block::Subheading(word, meaning) => {
                    let heading = format!("{}  {}", word.words().to_uppercase(), meaning.ticked());
                    add(&heading, "", "  ");
                }
                Block::Sentence(said) => add(&said.ticked(), "  ", "  "),
                Block::Warning(said) => add(&said.ticked(), "  ! ", "    "),
                Block::Fine(said) => add(&said.ticked(), "", ""),
                Block::List(items) | Block::Summary(items) => {
                    items.iter().for_each(|item| add(&item.ticked(), "  ", "    "))
                }
                Block::Table(table) => {
                    let lines = lines_of(table, width);
                    lines.iter().for_each(|line| add("", line, ""));
                }
                Block::Picture(_) | Block::Fold { .. } | Block::Glossary => {}
            }
        }
        text
    }
}

/// Lays out a table as lines of text. Cells beyond `width` columns continue on the next line, indented.
fn lines_of(table: &Table, width: usize) -> Vec<String> {
    let headings = table.columns.iter().map(|column| column.heading.clone());
    let head = table.has_headings().then(|| (headings.collect(), [].as_slice()));
    let rows =
        table.rows.iter().map(|row| (row.cells.iter().map(Text::words).collect(), row.below.as_slice()));
    let rows: Vec<(Vec<String>, &[Text])> = head.into_iter().chain(rows).collect();
    let width_of = |at: usize| rows.iter().map(|(row, _)| row[at].width()).max();
    let widths: Vec<usize> = (0..table.columns.len()).filter_map(width_of).collect();
    let mut lines = Vec::new();
    for (row, below) in &rows {
        lines.extend(laid(table, row, &widths, width));
        lines.extend(below.iter().map(|said| wrapped(&said.ticked(), width, "      ", "      ")));
    }
    lines
}

fn laid(table: &Table, row: &[String], widths: &[usize], width: usize) -> Vec<String> {
    let mut lines = vec![String::from("  ")];
    for ((cell, own), column) in row.iter().zip(widths).zip(&table.columns) {
        let line = lines.last().expect("there is a first line");
        let is_begun = line.width() > 2;
        if is_begun && 4 + cell.width() > width {
            // the cell is longer than a whole line
            let broken = wrapped(cell, width, "    ", "    ");
            lines.extend(broken.lines().map(str::to_owned));
            continue;
        }
        if is_begun && !cell.is_empty() && line.width() + cell.width() > width {
            lines.push("    ".to_owned());
        }
        let line = lines.last_mut().expect("there is a first line");
        let room = " ".repeat(own.saturating_sub(cell.width()));
        let set = if column.is_figure { room + cell } else { cell.clone() + &room };
        line.push_str(&set);
        line.push_str(&" ".repeat(GAP));
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Text;
    use super::*;

    #[test]
    fn sentences_wrap_and_columns_stand_below_each_other() {
        let mut page = Page::new("A title");
        page.sentence(Text::message("Run `tailwheel explain loop`, and read what it says of it all."));
        let mut table = Table::new(&["name", ">value"]);
        table.row(["a", "1"]);
        table.row(["longer", "1,000"]);
        page.table(table);
        let text = page.to_text(40);
        assert!(text.lines().all(|line| line.width() <= 40), "{text}");
        let rows: Vec<&str> = text.lines().rev().take(3).collect();
        assert_eq!(rows, ["  longer  1,000", "  a           1", "  name    value"]);
    }
}
