//! Texts that are refused, by code and place of every fault and by what is said of it: the tables of `refused.tsv`.

use super::support::{places_of, read_files, with_asset, with_assets, with_head};
use super::writable::FLYWHEEL;
use crate::form::Colour;
use rayon::prelude::*;

/// Scenario file described by `of_table`, whose first word may name a prepared beginning, such as `HEAD`.
fn file(of_table: &str) -> String {
    let (word, rest) = of_table.split_once(' ').unwrap_or((of_table, ""));
    match word {
        "HEAD" => with_head(rest),
        "ASSET" => with_asset(rest),
        "ASSETS" => with_assets(rest),
        "FLYWHEEL" => FLYWHEEL.to_owned(),
        _ => of_table.to_owned(),
    }
}

/// Difference between the faults of `file`, changed by the first cell of `row`, and the expected ones in the
/// other cells; `None` if there is none. `how` is the way of changing: `keys`, `set` or an edit.
fn wrong(file: &str, how: &str, row: &[String]) -> Option<String> {
    let [typed, expected, said @ ..] = row else {
        panic!("a row has two cells: {row:?}");
    };
    let (text, set) = match how {
        "keys" => (file.replace("KEYS", typed), vec![]),
        "set" => (file.to_owned(), vec![typed.as_str()]),
        _ => {
            let (from, to) = typed.split_once(" ⇒ ").expect("an edit");
            assert!(file.contains(from), "{from}");
            (file.replace(from, to), vec![])
        }
    };
    let (found, seen) = match read_files(&[("mine.toml", &text)], &set) {
        Ok(_) => ("valid".to_owned(), String::new()),
        Err(refusal) => (places_of(&refusal).join(", "), refusal.render(Colour::Plain)),
    };
    let (found, seen) =
        (found.replace("mine.toml:", ""), seen.split_whitespace().collect::<Vec<_>>().join(" "));
    let is_as_told = |part: &String| match part.strip_prefix('!') {
        Some(part) => !seen.contains(part),
        None => seen.contains(part),
    };
    let is_right = found == *expected && said.iter().all(is_as_told);
    (!is_right).then(|| format!("{typed}: {found}, not {expected} {said:?}\n{seen}"))
}

#[test]
fn every_text_of_the_tables_has_its_faults_and_is_told_of_them() {
    let cells =
        |line: &str| -> Vec<String> { line.split('\t').map(|cell| cell.replace("\\n", "\n")).collect() };
    let tables: Vec<&str> = include_str!("refused.tsv").split("\n== ").skip(1).collect();
    assert!(tables.len() >= 70);
    tables.par_iter().for_each(|table| {
        let mut rows = table.lines().filter(|line| !line.is_empty()).map(cells);
        let [name, how, of_table] = &rows.next().expect("a head")[..] else {
            panic!("no head of a table: {table}");
        };
        let file = file(of_table);
        let wrong: Vec<String> = rows.filter_map(|row| wrong(&file, how, &row)).collect();
        assert!(wrong.is_empty(), "{name}\n{}", wrong.join("\n"));
    });
}
