//! How futures end: the second sentence of the screen.

use crate::read::{Printed, amount, between, share};
use crate::told::{Columns, many, named};

/// `14.5 % of paths`, `more than 99.9 % of paths`, `all paths`: whether so many end with exactly `x`.
fn share_is(said: &str, wealth: &[f64], x: &Printed) -> bool {
    let ends = wealth.iter().filter(|end| x.is(**end));
    // paths that end alike are the most of those that read the same
    let most = ends
        .clone()
        .map(|end| wealth.iter().filter(|other| *other == end).count());
    let of_all = most.max().unwrap_or(0) as f64 / wealth.len() as f64;
    match said.to_lowercase().trim_end_matches(" of paths") {
        "all paths" => of_all == 1.0,
        "more than 99.9 %" => of_all < 1.0 && of_all > 0.999,
        said => share(said).is_some_and(|shown| shown.is(of_all) && of_all < 1.0),
    }
}

/// Whether the sentence is true, and by no smaller amount; why it is not.
fn is_true(text: &str, columns: &Columns) -> Result<(), String> {
    let said = between(text, " after it, time-weighted. ", ". ").ok_or("no sentence")?;
    let wealth = sorted(&columns.wealth);
    let n = wealth.len();
    let money = |part: &str| amount(part, &columns.currency).ok_or(format!("no amount in {part}"));
    let at = |hundredths: usize| wealth[(hundredths * n).div_ceil(100) - 1];
    let check = |is_true: bool, what: &str| match is_true {
        true => Ok(()),
        false => Err(format!("{what}: {said}")),
    };
    if let Some(rest) = said.strip_prefix("At least nine in ten futures end with about ") {
        let x = money(rest)?;
        let is_alike = share_is("all paths", &wealth, &x);
        return check(
            x.is(at(5)) && x.is(at(50)) && x.is(at(95)) && !is_alike,
            "not that many",
        );
    }
    let (half, few) = match said.split_once(", ") {
        Some((half, few)) => (half, few),
        None => {
            let (who, x) = said.split_once(" end with ").ok_or("not known")?;
            let x = money(x)?;
            return check(
                share_is(who, &wealth, &x) && x.is(at(5)) && x.is(at(95)),
                "not so many alike",
            );
        }
    };
    let (who, middle) = half.split_once(" end with ").ok_or("not known")?;
    let (others, end) = few.split_once(" with ").ok_or("not known")?;
    let bounded = |x: &str| {
        let word = [" or more", " or less"]
            .into_iter()
            .find(|word| x.ends_with(word))?;
        Some((x.strip_suffix(word)?.to_owned(), word))
    };
    let (x, is_upper) = match (who, bounded(middle)) {
        ("At least half", Some((x, word))) => (money(&x)?, word == " or more"),
        (who, None) => {
            let x = money(middle)?;
            check(share_is(who, &wealth, &x), "not so many alike")?;
            (x, false)
        }
        _ => return Err("not known".to_owned()),
    };
    check(x.is(at(50)), "not the median")?;
    let hundredths = if is_upper { 5 } else { 95 };
    match (others, bounded(end)) {
        ("at least 1 in 20", Some((x, word))) => {
            let x = money(&x)?;
            let n_alike = wealth.iter().filter(|end| **end == at(hundredths)).count();
            check((word == " or less") == is_upper, "the other side")?;
            check(
                n_alike == 1 || n_alike * 20 < n,
                "as many end alike as are promised",
            )?;
            check(x.is(at(hundredths)), "not the other end")
        }
        (who, None) => {
            let x = money(end)?;
            check(x.is(at(hundredths)), "not the other end")?;
            check(share_is(who, &wealth, &x), "not so many alike")
        }
        _ => Err("not known".to_owned()),
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

#[test]
fn how_futures_end_is_so() {
    for told in many().filter(|told| told.columns.money_in > 0.0) {
        if let Err(why) = is_true(&told.text, &told.columns) {
            panic!("{}: {why}\n{}", told.name, told.screen);
        }
    }
}

/// Sentences with an error that each reader must find.
#[test]
fn another_number_or_word_makes_it_false() {
    for (name, said, planted) in [
        ("plain", "At least half end", "At least nine in ten end"),
        ("plain", " or more, at", " or less, at"),
        ("ten paths", "with $", "with $1"),
        ("certain", "All paths end with $", "All paths end with $1"),
        ("certain", "All paths", "99.1 % of paths"),
    ] {
        let told = named(name);
        let planted = told.text.replacen(said, planted, 1);
        assert_ne!(planted, told.text, "{name}: {said}\n{}", told.screen);
        assert!(is_true(&planted, &told.columns).is_err(), "{name}: {said}");
    }
}
