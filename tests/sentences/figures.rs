//! Figures on the screen: the values they are of, enough digits, an error that is not understated.

use crate::read::{Printed, amount, share, without_intervals};
use crate::told::{Told, all, many, named};

/// Amounts and errors of the row of wealth at the end, which stand below each other if they are wide.
fn wealth_row(screen: &str, currency: &str) -> Option<Vec<(Printed, Option<f64>)>> {
    let lines: Vec<&str> = screen.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.starts_with("  wealth at the end"))?;
    let sign = ["$", "€", "£", "¥"]
        .into_iter()
        .find(|sign| lines[at].contains(sign));
    let sign = sign.unwrap_or(currency);
    let line = without_intervals(lines[at]);
    let cells = line
        .split(sign)
        .skip(1)
        .map(|cell| format!("{sign}{}", cell.trim()));
    let cells: Vec<String> = cells.collect();
    let error = |text: &str, beside: &str| {
        // in the unit of its amount, unless it has one of its own
        let text = text.trim();
        let suffix: String = beside
            .chars()
            .rev()
            .take_while(|c| c.is_alphabetic())
            .collect();
        let power = beside.find('e').map_or("", |at| &beside[at..]);
        let text = match text.ends_with(|c: char| c.is_ascii_digit()) && !text.contains('e') {
            true => format!("{text}{}", if power.is_empty() { &suffix } else { power }),
            false => text.to_owned(),
        };
        amount(&format!("${text}"), "USD").map(|error| error.value)
    };
    let below = lines.get(at + 1).filter(|line| line.starts_with("  ±"));
    let below = below.map(|line| line.split_whitespace().skip(1).collect::<Vec<_>>());
    let below = below.filter(|errors| errors.len() == cells.len());
    let found = cells.iter().enumerate().map(|(index, cell)| {
        let (value, beside) = cell.split_once(" ± ").unwrap_or((cell, ""));
        let text = below.as_ref().map_or(beside, |below| below[index]);
        let error = error(text, value).filter(|_| !text.is_empty());
        Some((amount(value, currency)?, error))
    });
    found.collect()
}

fn is_true(screen: &str, told: &Told) -> Result<usize, String> {
    let columns = &told.columns;
    let mut wealth = columns.wealth.clone();
    wealth.sort_by(f64::total_cmp);
    let n = wealth.len();
    let row = wealth_row(screen, &columns.currency).ok_or("no row")?;
    let levels = [("p05", 5), ("p50", 50), ("p95", 95)];
    let mut n_errors = 0;
    for ((level, p), (shown, error)) in levels.into_iter().zip(row) {
        let value = wealth[(p * n).div_ceil(100) - 1];
        if !shown.is(value) {
            return Err(format!("{level}: {} for {value}", shown.value));
        }
        // an idle zero at the end of a whole number may be a digit
        // nor is a part of a cent told
        if value.abs() > 0.005 && shown.n_digits() < 2 && (shown.value / value - 1.0).abs() > 0.05 {
            return Err(format!(
                "{level}: {} has no two digits of {value}",
                shown.value
            ));
        }
        let measure = &told.report.measures[&format!("wealth.terminal.real.{level}")];
        if let (Some(error), Some([low, high])) = (error, measure.interval) {
            // to the farther end, so that value ± error covers the interval
            let half = (high - value).max(value - low);
            if error < half * (1.0 - 1e-6) || error > (1.6 * half).max(half + 0.01) {
                return Err(format!("{level}: ± {error} for {half}"));
            }
            n_errors += 1;
        }
        let n_equal = wealth.iter().filter(|end| **end == value).count();
        if n_equal > 1 && error.is_some() {
            return Err(format!(
                "{level}: {n_equal} futures end there, and it has ± {error:?}"
            ));
        }
    }
    Ok(n_errors)
}

#[test]
fn figures_are_quantiles_with_two_digits_and_errors_are_not_understated() {
    let mut n_errors = 0;
    for told in many().filter(|told| told.columns.money_in > 0.0) {
        match is_true(&told.screen, told) {
            Ok(n) => n_errors += n,
            Err(why) => panic!("{}: {why}\n{}", told.name, told.screen),
        }
    }
    assert!(n_errors > 60, "{n_errors}");
}

#[test]
fn a_destroyed_figure_and_an_error_rounded_down_are_found() {
    let told = named("ten paths");
    let row = wealth_row(&told.screen, "USD").expect("a row");
    let planted = told.screen.replacen("$21k", "$0k", 2);
    assert_ne!(planted, told.screen, "{}", told.screen);
    assert!(is_true(&planted, told).is_err(), "{row:?}");
    let told = named("plain");
    let line = told
        .screen
        .lines()
        .find(|line| line.contains("wealth at the end"))
        .expect("a row");
    let error = line.split("± ").nth(1).expect("an error");
    let leading = error.chars().next().and_then(|digit| digit.to_digit(10));
    let less = leading.expect("a digit") - 1;
    let rest: String = error.chars().skip(1).collect();
    let planted = line.replacen(&format!("± {error}"), &format!("± {less}{rest}"), 1);
    let planted = told.screen.replacen(line, &planted, 1);
    assert!(is_true(&planted, told).is_err(), "{line:?}");
}

#[test]
fn a_currency_has_one_sign_and_small_units_have_digits() {
    let screen = &named("yen").screen;
    assert!(screen.contains('¥') && !screen.contains("JPY"), "{screen}");
    for name in ["half a bitcoin", "a millionth"] {
        let told = named(name);
        assert!(told.text.contains("± 0."), "{name}\n{}", told.screen);
    }
}

#[test]
fn no_sentence_counts_one_as_many_or_says_never() {
    let wrong = [
        " 1 paths",
        "of 1 months",
        " 1 futures",
        "typical",
        "Typical",
        "calm ",
        "never",
        "$0k",
        " 0.00 %",
        "± 0 ",
        "every future",
    ];
    for told in all() {
        for words in wrong {
            assert!(
                !told.text.contains(words),
                "{}: {words}\n{}",
                told.name,
                told.screen
            );
        }
    }
}

/// Every `3,000 ($0 to $43k)` of `text`: the figure and both ends, fractions or amounts.
fn intervals(text: &str, currency: &str) -> Vec<[Printed; 3]> {
    let read = |text: &str| match text.contains('%') {
        true => share(text),
        false => amount(text, currency),
    };
    let parts: Vec<&str> = text.split(" (").collect();
    let pairs = parts.windows(2).filter_map(|pair| {
        let (ends, _) = pair[1].split_once(')')?;
        let (low, high) = ends.split_once(" to ")?;
        let is_alone = [low, high]
            .iter()
            .all(|end| !end.contains(", ") && end.split(' ').count() <= 2);
        let words: Vec<&str> = pair[0].split(' ').collect();
        let n_words = if pair[0].ends_with('%') { 2 } else { 1 };
        let figure = words[words.len().saturating_sub(n_words)..].join(" ");
        is_alone.then(|| Some([read(&figure)?, read(low)?, read(high)?]))?
    });
    pairs.collect()
}

/// Whether a figure of the report, or of the loss as a part of what was put in, is this one with these ends.
fn is_of_report(told: &Told, [figure, low, high]: [Printed; 3]) -> bool {
    let mut measures = told.report.measures.values();
    measures.any(|measure| {
        let scales = [1.0, 1.0 / told.columns.money_in.max(1e-300)];
        let is_it = |[from, to]: [f64; 2]| {
            scales.iter().any(|scale| {
                figure.is(measure.value * scale) && low.is(from * scale) && high.is(to * scale)
            })
        };
        measure.interval.is_some_and(is_it)
    })
}

#[test]
fn both_ends_of_an_interval_are_those_of_its_figure() {
    let (mut n, mut n_found) = (0, 0);
    for told in all() {
        // on a screen an interval may stand below its figure
        let page = told.report.whole(&[], "").to_markdown().replace('\\', "");
        for found in intervals(&page, &told.columns.currency) {
            n += 1;
            assert!(
                is_of_report(told, found),
                "{}: {found:?}\n{}",
                told.name,
                told.screen
            );
            // power: another end is found
            let [figure, low, high] = found;
            let other = Printed {
                value: 1.5 * high.value + 4.0 * high.half_digit,
                ..high
            };
            n_found += usize::from(!is_of_report(told, [figure, low, other]));
        }
    }
    assert!(n >= 5 && 10 * n_found >= 9 * n, "{n} {n_found}");
}
