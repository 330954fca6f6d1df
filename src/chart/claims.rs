//! What a title may say of a distribution: outcomes with their chances, shares in words.
//!
//! In: a [`Distribution`]. Out: phrases, each true of the paths that were counted. Not here: what
//! the numbers are (the charts), how a number is written (`number`).
//!
//! A quantile alone says little of a law with atoms: if two paths in five end at one amount, it
//! is not one in twenty that ends "below" it. So a share is called by a round fraction only where
//! it is that, and a law of few outcomes is told by all of them.

use super::distribution::Distribution;
use crate::figure::{Quantity, capital, grouped, money_apart, of_chart as percent};

/// With fewer paths a title speaks of these paths alone, not of chances.
const FEW_PATHS: u64 = 40;

/// Outcomes that a title lists with their chances.
const MOST_OUTCOMES: usize = 4;

/// A share is called by a round fraction if it is within this of it, beside one path.
const NEAR: f64 = 0.01;

/// What is told of every path, without chances.
pub enum Told {
    /// All outcomes.
    Outcomes(String),
    /// Where the few paths end.
    Range(String),
}

/// `12% of paths end`, `3 of 10 paths end`: `hits` of `n` with the verb for one and for many.
pub fn hits(hits: u64, n: u64, (ends, end): (&str, &str)) -> String {
    match n < FEW_PATHS {
        true => {
            let verb = if hits == 1 { ends } else { end };
            format!("{hits} of {n} paths {verb}")
        }
        false => format!("{} of paths {end}", percent(share_of(hits, n))),
    }
}

/// A share of the paths with its sampling error.
fn share(value: f64, n: u64) -> Quantity {
    let value = value.clamp(0.0, 1.0);
    let std_error = (value * (1.0 - value) / n.max(1) as f64).sqrt();
    Quantity { value, std_error }
}

/// The share of the paths that have exactly `value`.
pub fn share_at(law: &Distribution, value: f64) -> Quantity {
    share_of(law.count_at(value), law.n())
}

/// How outcomes are written: all of them at once, so that different ones can read differently.
pub type Written<'a> = &'a dyn Fn(&[f64]) -> Vec<String>;

/// Amounts, to as many digits as tell them apart.
pub fn amounts(currency: &str) -> impl Fn(&[f64]) -> Vec<String> + '_ {
    move |values| {
        let texts = money_apart(currency, values).into_iter().zip(values);
        let text = |(text, value): (String, &f64)| match *value {
            0.0 => "nothing".to_string(),
            _ => text,
        };
        texts.map(text).collect()
    }
}

/// Every outcome with its chance if there are few, the range if there are few paths; `ends` and `end`
/// are the verb for one path and for many, with what stands before the amount.
pub fn told(law: &Distribution, ends: &str, end: &str, written: Written<'_>) -> Option<Told> {
    let n = law.n();
    if let Some(outcomes) = law.outcomes(MOST_OUTCOMES) {
        let values: Vec<f64> = outcomes.iter().map(|outcome| outcome.0).collect();
        let texts = written(&values);
        if let [only] = texts.as_slice() {
            let who = if n == 1 { "The one path" } else { "Every path" };
            return Some(Told::Outcomes(format!("{who} {ends} {only}")));
        }
        if outcomes.len() as u64 * 2 <= n {
            let counts = outcomes.iter().map(|outcome| outcome.1);
            return Some(Told::Outcomes(listed(counts, n, &texts, (ends, end))));
        }
    }
    let (low, high) = law.ends().filter(|_| n < FEW_PATHS)?;
    let range = written(&[low, high]);
    let paths = grouped(n);
    Some(Told::Range(format!(
        "The {paths} paths {end} {} to {}",
        range[0], range[1]
    )))
}

fn listed(
    counts: impl Iterator<Item = u64>,
    n: u64,
    texts: &[String],
    verb: (&str, &str),
) -> String {
    let parts = counts.zip(texts).enumerate();
    let part = |(index, (found, text)): (usize, (u64, &String))| {
        let rest = match verb.1.split_once(' ') {
            Some((_, preposition)) => format!("{preposition} {text}"),
            None => text.clone(),
        };
        match (index, n < FEW_PATHS) {
            (0, _) => format!("{} {text}", hits(found, n, verb)),
            (_, true) => format!("{found} {rest}"),
            (_, false) => format!("{} {rest}", percent(share_of(found, n))),
        }
    };
    parts.map(part).collect::<Vec<_>>().join(", ")
}

pub fn share_of(hits: u64, n: u64) -> Quantity {
    share(hits as f64 / n.max(1) as f64, n)
}

/// Whether a share may be called by the round fraction `round`.
fn is_near(share: f64, round: f64, n: u64) -> bool {
    let one_path = if n < FEW_PATHS { 0.0 } else { 1.0 / n as f64 };
    (share - round).abs() <= NEAR + one_path
}

/// `one in twenty ends below $3k`, or how many end with that or less where many end with just that.
pub fn one_in_twenty_below(law: &Distribution, value: f64, text: &str) -> String {
    let shares = [law.share_below(value), law.share_up_to(value)];
    beyond(
        law,
        shares,
        0.05,
        ("one in twenty ends below", "less"),
        text,
    )
}

/// `half end above $3k`, likewise; `name` is what the fraction `round` is called, with its verb.
pub fn above(law: &Distribution, value: f64, round: f64, name: &str, text: &str) -> String {
    let shares = [1.0 - law.share_up_to(value), 1.0 - law.share_below(value)];
    beyond(law, shares, round, (&format!("{name} above"), "more"), text)
}

/// Of the shares beyond a value without and with it.
fn beyond(
    law: &Distribution,
    shares: [f64; 2],
    round: f64,
    (name, or): (&str, &str),
    text: &str,
) -> String {
    match shares
        .into_iter()
        .all(|share| is_near(share, round, law.n()))
    {
        true => format!("{name} {text}"),
        false => format!(
            "{} end with {text} or {or}",
            percent(share(shares[1], law.n()))
        ),
    }
}

/// `Half of all paths end` if half of the paths lie from `low` to `high`, else how many.
pub fn half_within(law: &Distribution, (low, high): (f64, f64)) -> String {
    let inside = law.share_up_to(high) - law.share_below(low);
    match named(inside, 0.5, law.n(), "Half of all paths") {
        who if inside >= 1.0 => format!("{} ends", capital(&who)),
        who => format!("{who} end"),
    }
}

/// `name` if `inside` is `round`, else how many of the paths it is.
pub fn named(inside: f64, round: f64, n: u64, name: &str) -> String {
    match is_near(inside, round, n) {
        true => name.to_string(),
        false if inside >= 1.0 => "every path".to_string(),
        false => format!("{} of paths", percent(share(inside, n))),
    }
}

/// `half of all paths fall 30 % or more`: how many have `value` or more, by name where it is `round`.
pub fn or_more(law: &Distribution, value: f64, round: f64, name: &str) -> String {
    named(1.0 - law.share_below(value), round, law.n(), name)
}
