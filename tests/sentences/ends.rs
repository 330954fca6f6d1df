//! How futures end: the second sentence of the screen.

use crate::read::{Printed, amount, between, count, share};
use crate::told::{Columns, all, named};

/// Whether the sentence is true; why it is not.
fn is_true(text: &str, columns: &Columns) -> Result<(), String> {
    let said = between(text, " after it. ", ". ").ok_or("no sentence")?;
    let n = columns.n_paths;
    let within = |x: Printed| -> usize {
        let ends = columns.wealth.iter();
        ends.filter(|end| x.is(**end)).count()
    };
    let from = |at: f64| columns.wealth.iter().filter(|end| **end >= at).count();
    let up_to = |at: f64| columns.wealth.iter().filter(|end| **end <= at).count();
    let money = |part: &str| amount(part, &columns.currency).ok_or(format!("no amount in {part}"));
    let check = |is_true: bool, what: &str| match is_true {
        true => Ok(()),
        false => Err(format!("{what}: {said}")),
    };
    let is_from = |x: Printed, k: usize| from(x.high()) <= k && k <= from(x.low());
    let is_up_to = |x: Printed, k: usize| up_to(x.low()) <= k && k <= up_to(x.high());
    let ways = ways(&columns.wealth);
    if said.starts_with("Only one future") {
        check(n == 1 && within(money(said)?) == 1, "not the one future")
    } else if said.starts_with("All ") {
        let x = money(said)?;
        check(count(said) == Some(n) && within(x) == n, "not all")
    } else if said.starts_with("Nine in ten") {
        check(10 * within(money(said)?) >= 9 * n, "fewer than nine in ten")
    } else if said.contains(" futures end at ") {
        let mut sum = 0.0;
        for part in said.split(", ") {
            let found = within(money(part)?);
            let is_so = match share(part) {
                Some(share) => share.is(found as f64 / n as f64) && has_error(part, found, n),
                None => count(part) == Some(found),
            };
            check(is_so, "not the share of that end")?;
            sum += found as f64;
        }
        check(sum == n as f64, "not all ends")
    } else if let Some((first, rest)) = said.split_once(" of futures end with ") {
        let x = money(rest)?;
        let is_it = share(first).is_some_and(|share| share.is(within(x) as f64 / n as f64));
        check(
            is_it && has_error(first, within(x), n) && n >= 100,
            "not the share of that end",
        )?;
        for part in rest.split(", ").skip(1) {
            let share = share(part);
            let is_so = match part {
                part if part.ends_with(" less") && !part.contains(" or ") => {
                    share.is_some_and(|share| share.is((n - from(x.low())) as f64 / n as f64))
                }
                part if part.ends_with(" more") => {
                    share.is_some_and(|share| share.is((n - up_to(x.high())) as f64 / n as f64))
                }
                part => lower_is_true(part, columns)?,
            };
            check(is_so, "not that share")?;
        }
        Ok(())
    } else if said.starts_with("Half of all futures") {
        check(n >= 100, "few futures")?;
        check(ways.is_none(), "it is few ends")?;
        let middle = sorted(&columns.wealth)[n.div_ceil(2) - 1];
        let (first, lower) = said.split_once(", ").ok_or("no second part")?;
        let x = money(first)?;
        check(x.is(middle), "not the median")?;
        let n_there = columns.wealth.iter().filter(|end| **end == middle).count();
        let is_end = 100 * n_there >= n && n_there >= 10;
        check(!is_end, "the median is an end of many")?;
        check(lower_is_true(lower, columns)?, "not the lower part")
    } else if said.contains(" futures end with ") {
        check(n < 100 && ways.is_none(), "many futures or few ends")?;
        let (first, lower) = said.split_once(", ").ok_or("no second part")?;
        let mut numbers = first.split(" of ");
        let k = numbers.next().and_then(count).ok_or("no count")?;
        check(
            numbers.next().and_then(count) == Some(n),
            "another number of futures",
        )?;
        check(is_from(money(first)?, k), "not so many from there")?;
        check(2 * k >= n, "not half of them")?;
        let j = count(lower).ok_or("no count")?;
        check(is_up_to(money(lower)?, j), "not so many up to there")
    } else {
        Err(format!("not known: {said}"))
    }
}

/// Whether behind a chance of `k` in `n` stands half of its interval, rounded up.
fn has_error(part: &str, k: usize, n: usize) -> bool {
    let half = part
        .split_once(" ± ")
        .and_then(|(_, rest)| rest.split(' ').next());
    let Some(half) = half.and_then(|half| half.parse::<f64>().ok()) else {
        return false;
    };
    let chance = k as f64 / n as f64;
    let error = 196.0 * (chance * (1.0 - chance) / n as f64).sqrt();
    // an exact interval is wider, by about one path
    half >= error && half <= 1.5 * error + 100.0 / n as f64
}

/// `one in twenty with $62k or less`, `7.1 % with $62k or less`
fn lower_is_true(part: &str, columns: &Columns) -> Result<bool, String> {
    let n = columns.n_paths;
    let x = amount(part, &columns.currency).ok_or(format!("no amount in {part}"))?;
    let low = sorted(&columns.wealth)[n.div_ceil(20) - 1];
    let up_to = columns
        .wealth
        .iter()
        .filter(|end| **end <= low * (1.0 + 1e-9))
        .count();
    let share = share(part);
    Ok(x.is(low)
        && match share {
            Some(share) => share.is(up_to as f64 / n as f64),
            // at most one in a hundred more
            None => part.starts_with("one in twenty") && 100 * up_to <= 6 * n + 100,
        })
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

/// The different ends, if they are at most four and each is of two futures or more.
fn ways(wealth: &[f64]) -> Option<usize> {
    let sorted = sorted(wealth);
    let runs: Vec<&[f64]> = sorted.chunk_by(|a, b| b - a <= 1e-9 * b.abs()).collect();
    let is_few = runs.len() <= 4 && runs.iter().all(|run| run.len() > 1);
    is_few.then_some(runs.len())
}

#[test]
fn how_futures_end_is_so() {
    for told in all().iter().filter(|told| told.columns.money_in > 0.0) {
        if let Err(why) = is_true(&told.text, &told.columns) {
            panic!("{}: {why}\n{}", told.name, told.screen);
        }
    }
}

#[test]
fn two_ends_have_their_chances_and_no_quantiles() {
    let told = named("oct-2025-altcoins");
    let said = "45 % ± 7 of futures end at $62.7k, 55 % ± 7 at $84.8k.";
    assert!(told.text.contains(said), "{}", told.screen);
}

/// Sentences with an error that each reader must find.
#[test]
fn another_number_or_word_makes_it_false() {
    for (name, said, planted) in [
        ("oct-2025-altcoins", "45 % ±", "46 % ±"),
        ("oct-2025-altcoins", "% ± 7 of futures", "% of futures"),
        ("oct-2025-altcoins", "± 7 at $84.8k", "± 7 at $80.0k"),
        (
            "oct-2025-altcoins",
            "45 % ± 7 of futures end at $62.7k, 55 % ± 7 at $84.8k",
            "Half of all futures end with $84.8k or more, one in twenty with $62.7k or less",
        ),
        ("plain", "one in twenty", "7.0 %"),
        (
            "plain",
            "Half of all futures end",
            "Nine in ten futures end",
        ),
        (
            "one path",
            "Only one future was simulated; it ends",
            "All 2 futures end",
        ),
        ("ten paths", " of 10 futures", " of 11 futures"),
        ("ten paths", ", 1 with", ", 2 with"),
        ("certain", "All 300", "All 301"),
    ] {
        let told = named(name);
        let planted = told.text.replacen(said, planted, 1);
        assert_ne!(planted, told.text, "{name}: {said}\n{}", told.screen);
        assert!(is_true(&planted, &told.columns).is_err(), "{name}: {said}");
    }
}
