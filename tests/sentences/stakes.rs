//! What stands below the rows of a comparison: stakes, what is not judged, what shared paths are
//! worth, what ± means.

use crate::beside::{Pair, pairs};
use crate::read::{amount, between, count};
use crate::rows::{Row, error, paired_error, rows};
use crate::told::in_one_line;

/// `base puts in $50k and a $60k: amounts are not of the same stake, so they are not judged.`
fn stakes_are_true(text: &str, pair: &Pair) -> Result<(), String> {
    let base = &pair.base.columns;
    for (name, new) in ["a", "b", "c"].iter().zip(&pair.new) {
        let is_other = (base.money_in - new.money_in).abs() > 1e-9 * base.money_in.abs();
        let said = text.split("! ").find(|said| {
            let names = between(
                said,
                "and ",
                ": amounts are not of the same stake, so they are not judged",
            );
            names.is_some_and(|names| names.split([' ', ',']).any(|word| word == *name))
        });
        let Some(said) = said else {
            if is_other {
                return Err(format!("{name} puts in {}", new.money_in));
            }
            continue;
        };
        let (before, after) = said.split_once(" and ").ok_or("no stakes")?;
        let [before, after] = [before, after].map(|text| amount(text, &base.currency));
        let is_so = before.is_some_and(|read| read.is(base.money_in))
            && after.is_some_and(|read| read.is(new.money_in));
        if !is_other || !is_so {
            return Err(said.to_owned());
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

/// The error of a median is known to a quarter or so, its square to half; three of them, by another
/// method, agree within this.
const FACTOR: f64 = 4.0;

/// Variance of the median in samples of the paths drawn again.
fn variance_of_median(of: impl Fn(&[usize]) -> f64, n: usize) -> f64 {
    let mut state = 7_u64;
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % n
    };
    let found: Vec<f64> = (0..300)
        .map(|_| of(&(0..n).map(|_| draw()).collect::<Vec<_>>()))
        .collect();
    let center = found.iter().sum::<f64>() / found.len() as f64;
    found
        .iter()
        .map(|value| (value - center).powi(2))
        .sum::<f64>()
        / found.len() as f64
}

fn median(values: &[f64], paths: &[usize]) -> f64 {
    let mut drawn: Vec<f64> = paths.iter().map(|path| values[*path]).collect();
    let middle = (drawn.len() - 1) / 2;
    *drawn.select_nth_unstable_by(middle, f64::total_cmp).1
}

/// `Without shared paths it would take 63 times the paths to see wealth differ as sharply.`, of the
/// medians of a single case.
fn sharpness_is_true(text: &str, pair: &Pair) -> Result<bool, String> {
    let (base, new) = (&pair.base.columns.wealth, &pair.new[0].wealth);
    let n = base.len();
    let said = between(
        text,
        "Without shared paths it would take ",
        " times the paths to see wealth",
    );
    let Some(said) = said.filter(|_| pair.new.len() == 1 && n >= 1000) else {
        return Ok(false);
    };
    let alone = variance_of_median(|paths| median(base, paths), n)
        + variance_of_median(|paths| median(new, paths), n);
    let times = alone / variance_of_median(|paths| median(new, paths) - median(base, paths), n);
    let is_so = match said {
        "more than 1,000" => times > 1_000.0 / FACTOR,
        said => {
            let said = said.strip_prefix("about ").ok_or("about")?.replace(',', "");
            let said: f64 = said.parse().map_err(|_| said.clone())?;
            (said / times).ln().abs() < FACTOR.ln()
        }
    };
    is_so
        .then_some(true)
        .ok_or(format!("{said} times for {times}"))
}

fn is_true(text: &str, pair: &Pair) -> Result<bool, String> {
    stakes_are_true(text, pair)?;
    not_judged_is_true(text, pair)?;
    caveat_is_true(text, pair)?;
    sharpness_is_true(text, pair)
}

#[test]
fn what_stands_below_is_so_on_screen_and_in_markdown() {
    let mut n_sharp = 0;
    for pair in pairs() {
        let markdown = in_one_line(&pair.markdown.replace('\\', "").replace("> ", "! "));
        for text in [&pair.text, &markdown] {
            match is_true(text, pair) {
                Ok(is_sharp) => n_sharp += usize::from(is_sharp),
                Err(why) => panic!("{}: {why}\n{}", pair.name, pair.screen),
            }
        }
    }
    assert!(n_sharp >= 20, "{n_sharp}");
}

#[test]
fn another_number_or_word_makes_it_false() {
    let mut n_planted = [0; 4];
    for pair in pairs() {
        let text = &pair.text;
        let paths = format!(
            "from sampling {}",
            if pair.base.columns.n_paths == 1 {
                "2"
            } else {
                "1"
            }
        );
        let below = text.find("± is 95 %").expect("a caveat");
        let planted = [
            text.replace("from sampling ", &paths),
            text.replace("amounts are not of the same stake", ""),
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
        if sharpness_is_true(text, pair) == Ok(true) {
            let planted = text.replace("it would take about ", "it would take about 99");
            let is_said = planted != *text && !text.contains("more than 1,000");
            assert!(!is_said || is_true(&planted, pair).is_err(), "{planted}");
        }
    }
    assert!(n_planted.iter().all(|n| *n > 2), "{n_planted:?}");
}
