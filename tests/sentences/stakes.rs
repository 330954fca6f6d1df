//! What stands below the rows of a comparison: stakes, what is not judged, what ± means.

use crate::beside::{Pair, pairs};
use crate::read::{amount, between, count};
use crate::rows::{Row, error, paired_error, rows};
use crate::told::in_one_line;

/// `a: the money put in is not the $50k of base, so amounts are not judged.`, of those alone that put in something else.
fn stakes_are_true(text: &str, pair: &Pair) -> Result<(), String> {
    let base = &pair.base.columns;
    for (name, new) in ["a", "b", "c"].iter().zip(&pair.new) {
        let is_other = (base.money_in - new.money_in).abs() > 1e-9 * base.money_in.abs();
        let said = text.split("! ").find_map(|said| {
            let (names, rest) = said.split_once(": the money put in is not the ")?;
            let (amount, _) = rest.split_once(" of base, so amounts are not judged.")?;
            let mut names = names.split([' ', ',']);
            names.any(|word| word == *name).then_some(amount)
        });
        let is_put_in =
            |said: &str| amount(said, &base.currency).is_some_and(|read| read.is(base.money_in));
        if said.is_some() != is_other || said.is_some_and(|said| !is_put_in(said)) {
            return Err(format!("{name} puts in {}: {said:?}", new.money_in));
        }
    }
    Ok(())
}

/// `Not judged: wealth, mean: …`, where and only where a row is not, but for amounts of another
/// stake whose error is known.
fn not_judged_is_true(text: &str, pair: &Pair) -> Result<(), String> {
    let cases = rows(&pair.markdown);
    let base = pair.base.columns.money_in;
    let of_cases = || {
        cases.iter().zip(&pair.new).flat_map(|(rows, new)| {
            let is_other = (base - new.money_in).abs() > 1e-9 * base.abs();
            rows.iter().map(move |row| (row, is_other))
        })
    };
    for (row, _) in of_cases() {
        let is_said = text.contains(&format!("Not judged: {}", row.label));
        let mut of_label = of_cases().filter(|(other, _)| other.label == row.label);
        let is_meant = |row: &Row, is_other: bool| {
            let is_told = is_other && !row.difference.ends_with(" pt");
            row.verdict == "not judged" && (!is_told || row.difference.contains("± ?"))
        };
        if is_said != of_label.any(|(row, is_other)| is_meant(row, is_other)) {
            return Err(format!("{}: {is_said}", row.label));
        }
    }
    Ok(())
}

/// `± is 95 % from sampling 2,000 paths … Verdicts allow for 8 measures at once (Holm, 5 %).`
fn caveat_is_true(text: &str, pair: &Pair) -> Result<(), String> {
    let base = &pair.base.columns;
    let paths = between(text, "± is 95 % from sampling ", " of the difference alone");
    if paths.and_then(count) != Some(base.n_paths) {
        return Err(format!("{paths:?} of {}", base.n_paths));
    }
    let tables = rows(&pair.markdown);
    let judged = tables
        .iter()
        .flatten()
        .filter(|row| row.verdict != "not judged");
    let (n, said) = (
        judged.count(),
        between(text, "Verdicts allow for ", " at once").ok_or("no verdicts")?,
    );
    if count(said).unwrap_or(usize::MAX) != n {
        return Err(format!("{said} for {n}"));
    }
    if !text.contains("each scenario by itself is known less well") {
        return Ok(());
    }
    for new in &pair.new {
        let alone = [&base.wealth, &new.wealth].map(|wealth| error(wealth));
        let paired = paired_error(&base.wealth, &new.wealth);
        let is_judged = tables
            .iter()
            .flatten()
            .any(|row| row.label == "wealth, mean" && row.verdict != "not judged");
        if is_judged && alone.iter().any(|alone| *alone < 0.98 * paired) {
            return Err(format!("known less well: {alone:?} beside {paired}"));
        }
    }
    Ok(())
}

fn is_true(text: &str, pair: &Pair) -> Result<(), String> {
    stakes_are_true(text, pair)?;
    not_judged_is_true(text, pair)?;
    caveat_is_true(text, pair)
}

#[test]
fn what_stands_below_is_so_on_screen_and_in_markdown() {
    for pair in pairs() {
        let markdown = in_one_line(&pair.markdown.replace('\\', "").replace("> ", "! "));
        for text in [&pair.text, &markdown] {
            if let Err(why) = is_true(text, pair) {
                panic!("{}: {why}\n{}", pair.name, pair.screen);
            }
        }
    }
}

#[test]
fn another_number_or_word_makes_it_false() {
    let mut n_planted = [0; 4];
    for pair in pairs() {
        let text = &pair.text;
        let below = text.find("± is 95 %").expect("a caveat");
        let planted = [
            text.replace("from sampling ", "from sampling 1"),
            text.replace("so amounts are not judged", ""),
            text.replace("Not judged: ", ""),
            format!(
                "{}{}",
                &text[..below],
                text[below..].replace("allow for ", "allow for 1")
            ),
        ];
        for (planted, n) in planted.iter().zip(&mut n_planted) {
            if planted != text {
                *n += 1;
                assert!(is_true(planted, pair).is_err(), "{planted}");
            }
        }
    }
    assert!(n_planted.iter().all(|n| *n > 2), "{n_planted:?}");
}
