//! How long the documentation is: words that somebody typed, on every page that a user or a contributor reads.
//!
//! In: pages. Out: a number of words. Not here: how long their sentences are (`language`).

use super::{page, pages};

/// Words of all pages at most.
const MOST_WORDS: usize = 35_000;

/// Pages that the program writes, a list of changes, and measurements.
const NOT_COUNTED: [&str; 7] = [
    "CHANGELOG.md", "benches/", "docs/coverage.md", "docs/json.md", "docs/scenario.md", "docs/validation.md",
    "output/",
];

/// A page with generated tables whose last cells are typed: what a figure is, its source, and how it compares.
const TYPED_CELLS: &str = "docs/plausibility.md";

/// Words of `text` outside of blocks of code and of what is generated.
fn typed_words(text: &str, counts_cells: bool) -> usize {
    let (mut n_words, mut until) = (0, None);
    for line in text.lines() {
        let begins = line.trim_start();
        match until {
            Some(end) => {
                n_words += if counts_cells { typed_cells(line) } else { 0 };
                until = Some(end).filter(|end| !begins.starts_with(*end));
            }
            None if begins.starts_with("```") => until = Some("```"),
            None if begins.starts_with("<!-- generated") => until = Some("<!-- end -->"),
            None => n_words += line.split_whitespace().count(),
        }
    }
    n_words
}

/// Words of the typed cells of a row; cells that refer to an earlier row repeat nothing.
fn typed_cells(line: &str) -> usize {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [_, _, _, _, _, what, source, _, reason, _] = cells.as_slice() else {
        return 0;
    };
    let refers = |cell: &&str| *cell == "same" || cell.starts_with("as for ");
    let typed = [what, source, reason].into_iter().filter(|cell| !refers(cell));
    typed.map(|cell| cell.split_whitespace().count()).sum()
}

#[test]
fn the_documentation_is_not_longer_than_a_short_book_and_the_readme_than_900_words() {
    let n_words = page("README.md").split_whitespace().count();
    assert!(n_words <= 900, "{n_words}");
    let counted = pages().into_iter().filter(|name| !NOT_COUNTED.iter().any(|start| name.starts_with(start)));
    let lengths = counted.map(|name| (typed_words(&page(&name), name == TYPED_CELLS), name));
    let mut lengths: Vec<(usize, String)> = lengths.collect();
    lengths.sort();
    let n_words: usize = lengths.iter().map(|(n_words, _)| n_words).sum();
    assert!(lengths.len() > 50, "{lengths:?}");
    assert!(n_words <= MOST_WORDS, "{n_words} words: {lengths:#?}");
}

#[test]
fn blocks_of_code_and_generated_tables_are_not_counted() {
    let text = "Two words\n\n```sh\ntailwheel run\n```\n<!-- generated: x -->\n| a | b |\n```text\nc d\n```\n\
                <!-- end -->\nand three more\n";
    assert_eq!(typed_words(text, false), 5);
    let row = "| file | figure | 1 | 1 to 2 | falls of bitcoin | daily closes | agrees | same |";
    assert_eq!(typed_cells(row), 5);
    let rows = format!("A page\n<!-- generated: results -->\n{row}\n<!-- end -->\n");
    assert_eq!(typed_words(&rows, true), 7);
}
