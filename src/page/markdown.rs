//! A document as GitHub-flavoured Markdown, fit for a pull request.
//!
//! In: a [`Document`]. Out: text in which nothing that somebody wrote is markup, and nobody is called.
//! Not here: pictures.

use super::text::one_line;
use super::{Block, Cell, Document, Row, Span, Table, Text, Tone};

impl Document {
    /// The document, its title in the first line.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("### {}\n", inline(&self.title));
        blocks(&self.blocks, &mut text);
        text
    }
}

fn blocks(all: &[Block], out: &mut String) {
    for block in all {
        match block {
            Block::Heading(word, meaning) if meaning.is_empty() => {
                out.push_str(&format!("\n#### {}\n", inline(word)));
            }
            Block::Heading(word, meaning) => {
                out.push_str(&format!("\n#### {}\n\n{}\n", inline(word), inline(meaning)));
            }
            Block::Sentence(text) | Block::Fine(text) => {
                out.push_str(&format!("\n{}\n", inline(text)));
            }
            Block::Warning(text) => out.push_str(&format!("\n> {}\n", inline(text))),
            Block::List(items) => {
                out.push('\n');
                for item in items {
                    out.push_str(&format!("- {}\n", inline(item)));
                }
            }
            Block::Table(found) => table(found, out),
            Block::Fold(title, inner) => {
                let title = inline(title);
                out.push_str(&format!("\n<details><summary>{title}</summary>\n"));
                blocks(inner, out);
                out.push_str("\n</details>\n");
            }
            Block::Picture(_) | Block::Gap => {}
        }
    }
}

fn table(table: &Table, out: &mut String) {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let columns = table.columns.iter();
    let rules = columns.clone().map(|column| match column.is_figure {
        true => "--:".to_owned(),
        false => ":--".to_owned(),
    });
    out.push('\n');
    out.push_str(&line(
        columns.map(|column| plain(&column.heading)).collect(),
    ));
    out.push_str(&line(rules.collect()));
    for Row { cells, below } in &table.rows {
        let mut cells: Vec<String> = cells.iter().map(cell).collect();
        if let Some(last) = cells.last_mut() {
            for text in below {
                let gap = if last.is_empty() { "" } else { "<br>" };
                last.push_str(&format!("{gap}{}", inline(text)));
            }
        }
        out.push_str(&line(cells));
    }
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => inline(text),
        Cell::Shown(shown) => plain(&shown.whole()),
        Cell::Word(word, Tone::Quiet) => plain(word),
        Cell::Word(word, _) => format!("**{}**", plain(word)),
    }
}

fn inline(text: &Text) -> String {
    let spans = text.0.iter();
    spans
        .map(|span| match span {
            Span::Plain(text) | Span::Link(_, text) => plain(text),
            Span::Code(text) => code(text),
            Span::Strong(text) => format!("**{}**", plain(text)),
        })
        .collect()
}

/// `text` as code, exactly as it is; also in the cell of a table.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text).replace('|', "\\|");
    if text.is_empty() {
        return String::new();
    }
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    let pad = match text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() {
        true => " ",
        false => "",
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// `text` with nothing in it that Markdown or HTML would take for a sign, or GitHub for a name.
pub(super) fn plain(text: &str) -> String {
    let text = one_line(text);
    // an interval in brackets is no link
    if let Some(inner) = text
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'))
    {
        return format!("[{}]", plain(inner));
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
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
        assert_eq!(inline(&Text::message("unknown `a|b`")), "unknown `a\\|b`");
        assert_eq!(inline(&Text::message("one ` alone")), "one \\` alone");
        assert_eq!(plain("[$1, $2]"), "[\\$1, \\$2]");
        assert_eq!(plain("[x](//e) 5"), "\\[x\\](//e) 5");
    }
}
