//! Losses, chances and gains: the second sentence and the list of risks.

use crate::read::{Printed, between, count, exact_bound, share, without_intervals};
use crate::told::{Columns, many, named};

fn n_lost(columns: &Columns) -> usize {
    let put_in = columns.money_in;
    let lost = columns.wealth.iter();
    lost.filter(|wealth| **wealth < put_in * (1.0 - 1e-12))
        .count()
}

/// `In 23 of 100 you end with less than you put in, after inflation.`
fn sentence_is_true(text: &str, columns: &Columns) -> Result<(), String> {
    let (before, _) = text
        .split_once("less than you put in, after inflation")
        .ok_or("no sentence")?;
    let said = before.rsplit_once(". ").map_or(before, |(_, said)| said);
    let (lost, n) = (n_lost(columns), columns.n_paths);
    let per_hundred = 100.0 * lost as f64 / n as f64;
    let numbers = || {
        let mut parts = said.split(" of ");
        Some((count(parts.next()?)?, count(parts.next()?)?))
    };
    let is_so = match said {
        said if said.starts_with("In none of") => lost == 0 && count(said) == Some(n),
        said if said.starts_with("In all ") => lost == n && count(said) == Some(n),
        said if said.starts_with("In fewer than 1 ") => lost > 0 && per_hundred <= 0.5,
        said if said.starts_with("In more than 99 ") => lost < n && per_hundred >= 99.5,
        said if said.contains("futures") => numbers() == Some((lost, n)) && n < 100,
        _ => numbers().is_some_and(|(k, of)| {
            of == 100 && (k as f64 - per_hundred).abs() <= 0.501 && (1..100).contains(&k)
        }),
    };
    is_so.then_some(()).ok_or(format!("{lost} of {n}: {said}"))
}

/// Mean of the worst `1 − p`, with a part of the last one.
fn shortfall(wealth: &[f64], put_in: f64, p: f64) -> f64 {
    let mut losses: Vec<f64> = wealth.iter().map(|wealth| 1.0 - wealth / put_in).collect();
    losses.sort_by(|a, b| b.total_cmp(a));
    let tail = (1.0 - p) * losses.len() as f64;
    let whole = tail.floor() as usize;
    let sum: f64 = losses[..whole].iter().sum();
    (sum + (tail - whole as f64) * losses.get(whole).unwrap_or(&0.0)) / tail
}

/// Figure and half of its interval of the line that begins with `label`.
fn row(screen: &str, label: &str) -> Option<(Printed, Option<f64>, String)> {
    let line = screen
        .lines()
        .find(|line| line.trim_start().starts_with(label))?;
    let rest = line.trim_start().strip_prefix(label)?;
    let value = without_intervals(rest);
    let shown = share(&value)?;
    // half the length of `(35 % to 93 %)`
    let ends = rest
        .split_once('(')
        .and_then(|(_, ends)| ends.split_once(" to "));
    let end = |text: &str| text.trim_end_matches([' ', '%', ')']).parse::<f64>().ok();
    let half = ends.and_then(|(low, high)| Some((end(high)? - end(low)?) / 2.0));
    let error = rest
        .split_once("± ")
        .and_then(|(_, error)| error.parse::<f64>().ok());
    let error = error.or(half);
    Some((
        shown,
        error.map(|error| error / 100.0),
        rest.trim().to_owned(),
    ))
}

/// Rows about money lost, each as a loss or as a gain.
fn rows_are_true(screen: &str, columns: &Columns) -> Result<usize, String> {
    let put_in = columns.money_in;
    let loss = "Expected shortfall 95 %, of money of day one";
    let gain = "Expected shortfall 95 %: none, a gain of";
    let rows = [(loss, gain, shortfall(&columns.wealth, put_in, 0.95))];
    let mut n_true = 0;
    for (loss, gain, value) in rows {
        if let Some((shown, _, text)) = row(screen, loss) {
            if !shown.is(value) || value < -1e-12 || shown.value < 0.0 {
                return Err(format!("{loss} {text}, and it is {value}"));
            }
            n_true += 1;
        }
        if let Some((shown, _, text)) = row(screen, gain) {
            if !shown.is(-value) || value > 0.0 {
                return Err(format!("{gain} {text}, and it is {}", -value));
            }
            n_true += 1;
        }
    }
    Ok(n_true)
}

fn chance_is_true(screen: &str, columns: &Columns) -> Result<(), String> {
    let (lost, n) = (n_lost(columns), columns.n_paths);
    let label = "Probability of loss";
    let (shown, error, text) = row(screen, label).ok_or("no row")?;
    let bound = exact_bound(n);
    let p = lost as f64 / n as f64;
    // certain is what every path has to the bit, without a sale
    let are_one = columns.wealth.iter().all(|end| *end == columns.wealth[0])
        && columns.selling_months.iter().all(|months| *months == 0.0);
    let is_so = match (text.starts_with("under"), text.starts_with("over")) {
        _ if text == "0 %" => are_one && lost == 0,
        _ if text == "100 %" => are_one && lost == n,
        (true, _) => lost == 0 && bound <= shown.value && shown.value <= 1.1 * bound + 1e-4,
        (_, true) => lost == n && 1.0 - bound >= shown.value && error.is_none(),
        _ => {
            // Wilson's half width, the narrowest there is
            let (z, n) = (1.96, n as f64);
            let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
            0 < lost && lost < columns.n_paths && shown.is(p) && error >= Some(0.999 * half)
        }
    };
    is_so.then_some(()).ok_or(format!("{lost} of {n}: {text}"))
}

#[test]
fn how_often_money_is_lost_is_so() {
    for told in many().filter(|told| told.columns.money_in > 0.0) {
        let found = sentence_is_true(&told.text, &told.columns)
            .and_then(|()| chance_is_true(&told.screen, &told.columns));
        if let Err(why) = found {
            panic!("{}: {why}\n{}", told.name, told.screen);
        }
    }
}

#[test]
fn losses_are_losses_and_gains_are_gains() {
    for told in many().filter(|told| told.columns.money_in > 0.0) {
        match rows_are_true(&told.screen, &told.columns) {
            Ok(n) => assert!(n == 1, "{}: {n}\n{}", told.name, told.screen),
            Err(why) => panic!("{}: {why}\n{}", told.name, told.screen),
        }
    }
}

#[test]
fn another_number_or_word_makes_it_false() {
    let sentence = [
        ("plain", "In 55 of 100", "In 57 of 100"),
        ("plain", "In 55 of 100", "In none of 2,000 futures"),
        ("ten paths", "of 10 futures you", "of 20 futures you"),
        (
            "a sure gain, 1500 paths",
            "In none of 1,500",
            "In all 1,500",
        ),
    ];
    for (name, said, planted) in sentence {
        let told = named(name);
        let planted = told.text.replacen(said, planted, 1);
        assert_ne!(planted, told.text, "{name}: {said}\n{}", told.screen);
        assert!(
            sentence_is_true(&planted, &told.columns).is_err(),
            "{name}: {said}"
        );
    }
    let told = named("a sure gain, 1500 paths");
    let gain = "Expected shortfall 95 %: none, a gain of";
    let (_, _, text) = row(&told.screen, gain).expect("a gain");
    for (said, planted) in [
        (gain, "Expected shortfall 95 %, of money of day one"),
        (text.as_str(), &format!("9{text}")),
    ] {
        let planted = told.screen.replacen(said, planted, 1);
        assert_ne!(planted, told.screen, "{said}\n{}", told.screen);
        assert!(rows_are_true(&planted, &told.columns).is_err(), "{said}");
    }
    let unseen = told.screen.replacen("under", "over", 1);
    assert!(chance_is_true(&unseen, &told.columns).is_err());
    let certain = told.screen.replacen("under 0.2", "under 0.1", 1);
    assert!(chance_is_true(&certain, &told.columns).is_err());
    assert!(
        between(&told.text, "Probability of loss under", "%").is_some(),
        "{}",
        told.screen
    );
}
