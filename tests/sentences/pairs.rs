//! Titles and subtitles of correlations: stated ones, and realised ones inside and outside crashes.

use crate::planted::fault;
use crate::told::{Told, all};
use tailwheel::report::PairsPart;

/// A correlation as it is printed, and half a unit of its last digit.
fn shown(text: &str) -> Option<(f64, f64)> {
    let (minus, text) = match text.strip_prefix('−') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let decimals = text.split_once('.').map_or(2, |(_, digits)| digits.len());
    let value: f64 = match text.strip_prefix('.') {
        Some(digits) => format!("0.{digits}").parse().ok()?,
        None => text.parse().ok()?,
    };
    Some((minus * value, 0.5 * 10_f64.powi(-(decimals as i32))))
}

fn holds(text: &str, value: f64) -> Result<(), String> {
    let (said, half) = shown(text).ok_or(format!("no correlation: {text}"))?;
    let is_so = (said - value).abs() <= half * 1.0001;
    is_so.then_some(()).ok_or(format!("{text} is {value}"))
}

fn check(is_true: bool, why: &str) -> Result<(), String> {
    is_true.then_some(()).ok_or(why.to_owned())
}

/// Rows below the diagonal, each pair once with its names.
fn pairs(told: &Told) -> Vec<(String, String, f64)> {
    let names: Vec<&String> = told
        .scenario
        .markets
        .iter()
        .map(|market| &market.name)
        .collect();
    let n = names.len();
    let entries = told.scenario.correlation.matrix.entries();
    let pair = |row: usize, column: usize| {
        (
            names[column].clone(),
            names[row].clone(),
            entries[row * n + column],
        )
    };
    (0..n)
        .flat_map(|row| {
            (0..row)
                .map(move |column| pair(row, column))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn stated_is_true(title: &str, told: &Told) -> Result<(), String> {
    let pairs = pairs(told);
    let find = |names: &str| {
        let (a, b) = names.split_once(" and ")?;
        let is_it = |pair: &&(String, String, f64)| {
            [(a, b), (b, a)].contains(&(pair.0.as_str(), pair.1.as_str()))
        };
        pairs.iter().find(is_it).map(|pair| pair.2)
    };
    if let Some(rest) = title.strip_prefix("The correlation of ") {
        check(pairs.len() == 1, "more pairs")?;
        let (names, value) = rest.split_once(" is ").ok_or("no value")?;
        return holds(value, find(names).ok_or("no such pair")?);
    }
    let rest = title
        .strip_prefix("The average pair correlates at ")
        .ok_or("not read")?;
    check(pairs.len() > 1, "one pair")?;
    let (mean, rest) = rest.split_once([',', ';']).ok_or("no second part")?;
    let values = || pairs.iter().map(|pair| pair.2);
    holds(mean, values().sum::<f64>() / pairs.len() as f64)?;
    let (low, high) = (values().fold(1.0, f64::min), values().fold(-1.0, f64::max));
    if rest == " all pairs alike to the digits shown" {
        return check(high - low <= 0.01, "they differ");
    }
    if let Some(rest) = rest.strip_prefix(" the pairs from ") {
        let (from, to) = rest.split_once(" to ").ok_or("no end")?;
        check(from != to, "the same")?;
        return holds(from, low).and_then(|()| holds(to, high));
    }
    let (names, value) = rest.trim().split_once(" most, at ").ok_or("not read")?;
    let found = find(names).ok_or("no such pair")?;
    let n_there = values().filter(|value| *value > found - 0.005).count();
    check(found == high && n_there == 1, "another is as high")?;
    holds(value, found)
}

/// Mean over the pairs, each once.
fn mean(part: &PairsPart) -> f64 {
    let n = part.matrix.len();
    let cells = (0..n).flat_map(|row| (0..row).map(move |column| part.matrix[row][column]));
    let cells: Vec<f64> = cells.collect();
    cells.iter().sum::<f64>() / cells.len() as f64
}

/// Means in months without a crash and in crash months, with the loop and without.
pub struct Realised {
    pub other: [f64; 2],
    pub crash: [f64; 2],
    /// 95 % interval of what the loop adds in crash months, if the paths are enough for one.
    pub added: Option<[f64; 2]>,
    pub n_markets: usize,
}

impl Realised {
    pub fn of(told: &Told) -> Option<Self> {
        let found = told.report.correlations.as_ref()?;
        let both = |part: &Option<tailwheel::report::WorldsPart>| {
            let part = part.as_ref()?;
            Some([mean(&part.run), mean(part.without_feedback.as_ref()?)])
        };
        Some(Self {
            other: both(&found.calm)?,
            crash: both(&found.crash)?,
            added: told
                .report
                .measures
                .get("amplification.correlation.realised.crash.mean")?
                .interval,
            n_markets: found.markets.len(),
        })
    }
}

fn realised_is_true(title: &str, of: &Realised) -> Result<(), String> {
    let rest = title.strip_prefix("In crashes the ").ok_or("not read")?;
    let (rest, other) = rest
        .split_once("; other months have ")
        .ok_or("no other months")?;
    holds(other, of.other[0])?;
    let [with, without] = of.crash;
    let is_pair = rest.contains("the two markets") == (of.n_markets == 2);
    check(
        is_pair && rest.contains("the average pair") == (of.n_markets != 2),
        "others",
    )?;
    let is_seen = of.added.is_some_and(|[low, high]| low > 0.0 || high < 0.0);
    if let Some((verb, rest)) = rest
        .strip_prefix("loop ")
        .and_then(|rest| rest.split_once(' '))
    {
        let (from, to) = rest
            .split_once(" from ")
            .and_then(|(_, ends)| ends.split_once(" to "))
            .ok_or("no ends")?;
        holds(from, without)?;
        holds(to, with)?;
        let is_so = match verb {
            "lifts" => with > without,
            "lowers" => with < without,
            _ => false,
        };
        return check(is_so && is_seen && from != to, "not so moved");
    }
    let (_, said) = rest.split_once(" is ").ok_or("not read")?;
    if let Some(both) = said.strip_suffix(", no difference beyond sampling error") {
        let (on, off) = both.split_once(" with the loop, ").ok_or("not read")?;
        check(!is_seen && of.added.is_some(), "it is seen")?;
        let off = off.strip_suffix(" without it").ok_or("not read")?;
        return holds(on, with).and_then(|()| holds(off, without));
    }
    if let Some((on, off)) = said.split_once(" with the loop, ") {
        let off = off.trim_end_matches(" without it");
        check(of.added.is_none() && on != off, "the error is known")?;
        return holds(on, with).and_then(|()| holds(off, without));
    }
    let (value, how) = said
        .split_once(" with the loop and without, ")
        .ok_or("not read")?;
    holds(value, with)?;
    match how {
        "to the digits shown" => check(is_seen || of.added.is_none(), "it is not seen")
            .and_then(|()| holds(value, without)),
        _ => Err("not read".to_owned()),
    }
}

/// What picking the months does, as the subtitle says.
fn choice_is_true(said: &str, of: &Realised) -> Result<(), String> {
    let (other, crash) = (of.other[1], of.crash[1]);
    if let Some((from, to)) = said.split_once(" in other months and ") {
        if let Some(to) = to.strip_suffix(" in these: no difference beyond error") {
            check((other - crash).abs() < 0.3, "far from each other")?;
            return holds(from, other).and_then(|()| holds(to, crash));
        }
        let to = to.trim_end_matches(" in these");
        check(from != to, "the same")?;
        return holds(from, other).and_then(|()| holds(to, crash));
    }
    let (value, how) = said
        .split_once(" in these as in others, ")
        .ok_or("not read")?;
    holds(value, crash)?;
    match how {
        "to the digits shown" => holds(value, other),
        _ => Err("not read".to_owned()),
    }
}

#[test]
fn stated_correlations_are_those_of_the_title() {
    let (mut n_checked, mut faults) = (0, Vec::new());
    for told in all() {
        for drawing in told
            .drawings
            .iter()
            .filter(|drawing| drawing.id == "correlation")
        {
            let words = [
                (
                    "all pairs alike to the digits shown",
                    "the pairs from .01 to .99",
                ),
                ("average pair", "worst pair"),
                ("The correlation of", "The average pair of"),
            ];
            let check = |title: &str| stated_is_true(title, told);
            let found = fault(&drawing.title, &words, check);
            faults.extend(found.map(|why| format!("{}: {why}", told.name)));
            let n_pairs = pairs(told).len();
            if let Some((_, rest)) = drawing
                .description
                .split_once(" pairs filled in")
                .and(drawing.description.split_once(" of "))
            {
                let is_all = rest.starts_with(&format!("{n_pairs} pairs"));
                assert!(is_all, "{}: {}", told.name, drawing.description);
            }
            n_checked += 1;
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n_checked > 30, "{n_checked}");
}

#[test]
fn what_crashes_do_to_correlations_is_what_the_months_have() {
    let (mut n_checked, mut faults) = (0, Vec::new());
    for told in all() {
        let drawn = told
            .drawings
            .iter()
            .find(|drawing| drawing.id == "crash_correlation");
        let Some((drawing, of)) = drawn.zip(Realised::of(told)) else {
            assert!(drawn.is_none(), "{}", told.name);
            continue;
        };
        let words = [
            ("lifts", "lowers"),
            ("lowers", "lifts"),
            (", no difference beyond sampling error", ""),
            ("the two markets", "the average pair"),
            ("the average pair", "the two markets"),
        ];
        let found = fault(&drawing.title, &words, |title| realised_is_true(title, &of));
        faults.extend(found.map(|why| format!("{}: {why}", told.name)));
        let said = drawing.description.split_once("without the loop it is ");
        let said = said.and_then(|(_, rest)| rest.split_once(". From the middle"));
        let said = said.map(|(said, _)| said).unwrap_or_default();
        let found = fault(said, &[], |said| choice_is_true(said, &of));
        faults.extend(found.map(|why| format!("{}: {why}", told.name)));
        let means = [of.other[0], of.crash[1], of.crash[0]];
        let texts = drawing
            .texts()
            .filter_map(|text| text.text.strip_prefix("average pair "));
        let n_found = texts
            .zip(means)
            .map(|(text, mean)| holds(text, mean))
            .filter(Result::is_ok);
        let expected = if of.n_markets > 2 { 3 } else { 0 };
        assert_eq!(n_found.count(), expected, "{}: {means:?}", told.name);
        n_checked += 1;
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n_checked > 10, "{n_checked}");
}
