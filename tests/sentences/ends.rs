//! How futures end: the second sentence of the screen.

use crate::read::{amount, between};
use crate::told::{Columns, many, named};

/// Whether the sentence is true, and by no smaller amount; why it is not.
fn is_true(text: &str, columns: &Columns) -> Result<(), String> {
    let said = between(text, " after it. ", ". ").ok_or("no sentence")?;
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
        return check(x.is(at(5)) && x.is(at(50)) && x.is(at(95)), "not that many");
    }
    let rest = said.strip_prefix("At least half end with ");
    let (half, few) = rest
        .and_then(|rest| rest.split_once(", at least 1 in 20 with "))
        .ok_or("not known")?;
    let (middle, end) = match (half.strip_suffix(" or more"), few.strip_suffix(" or less")) {
        (Some(middle), Some(low)) => (middle, (low, 5)),
        _ => {
            let middle = half.strip_suffix(" or less").ok_or("not known")?;
            let high = few.strip_suffix(" or more").ok_or("not known")?;
            (middle, (high, 95))
        }
    };
    check(money(middle)?.is(at(50)), "not the median")?;
    check(money(end.0)?.is(at(end.1)), "not the other end")
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
        ("ten paths", "1 in 20 with $", "1 in 20 with $2"),
        ("certain", "about $", "about $1"),
    ] {
        let told = named(name);
        let planted = told.text.replacen(said, planted, 1);
        assert_ne!(planted, told.text, "{name}: {said}\n{}", told.screen);
        assert!(is_true(&planted, &told.columns).is_err(), "{name}: {said}");
    }
}
