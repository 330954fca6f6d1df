//! Titles and subtitles of realised correlations inside and outside crashes.

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
    let is_unseen = of
        .added
        .is_some_and(|[low, high]| low <= 0.0 && high >= 0.0);
    let (_, said) = rest.split_once(" is ").ok_or("not read")?;
    let (said, is_said) = match said.strip_suffix(", no difference beyond sampling error") {
        Some(both) => (both, true),
        None => (said, false),
    };
    check(is_said == is_unseen, "whether it is seen")?;
    let (on, off) = said.split_once(" with the loop, ").ok_or("not read")?;
    let off = off.strip_suffix(" without it").ok_or("not read")?;
    holds(on, with).and_then(|()| holds(off, without))
}

/// What picking the months does, as the subtitle says.
fn choice_is_true(said: &str, of: &Realised) -> Result<(), String> {
    let (other, crash) = (of.other[1], of.crash[1]);
    let (from, to) = said.split_once(" in other months and ").ok_or("not read")?;
    let to = to.strip_suffix(" in these").ok_or("not read")?;
    holds(from, other).and_then(|()| holds(to, crash))
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
