//! Whether an outcome turns round between the two values of a row: the middle value is compared with both.

use super::judge::{Verdict, judge};
use super::levels::{self, Level};
use super::row::{Row, lines};
use super::world::World;
use rayon::prelude::*;

/// Ratio of two values from which on their middle is the geometric one.
const FAR: f64 = 4.0;

/// A value as number and unit; `None` of lists and names.
fn parts(value: &str) -> Option<(f64, &str)> {
    let is_unit = |letter: char| !(letter.is_ascii_digit() || "._-".contains(letter));
    let (number, unit) = value.split_at(value.find(is_unit).unwrap_or(value.len()));
    Some((number.replace('_', "").parse().ok()?, unit))
}

/// The value in the middle of two, whole between whole ones that are far enough apart; `None` if they have no numbers of
/// one unit.
fn middle([low, high]: [&str; 2]) -> Option<String> {
    let ((from, unit), (to, units)) = (parts(low)?, parts(high)?);
    if unit.trim_end_matches('s') != units.trim_end_matches('s') {
        return None;
    }
    let middle = if from > 0.0 && to > FAR * from { (from * to).sqrt() } else { f64::midpoint(from, to) };
    let is_whole = ![low, high].iter().any(|value| value.contains('.')) && to - from > 2.0;
    let middle = if is_whole { middle.round() } else { (middle * 1e4).round() / 1e4 };
    (middle != from && middle != to).then(|| format!("{middle}{units}"))
}

/// Figures and worlds of the half of `row` in which an outcome turns round, or the reason why it cannot be run.
fn turned(row: &Row, level: &Level) -> Option<String> {
    let middle = middle(row.values)?;
    [[row.values[0], &middle], [&middle, row.values[1]]].into_iter().find_map(|values| {
        let worlds = values.map(|value| World::of(row, value));
        match judge(row, &worlds, level) {
            Ok(judged) => (judged.verdict == Verdict::Wrong).then(|| judged.told(&worlds)),
            Err(why) => Some(format!("cannot be run: {why}")),
        }
    })
}

#[test]
fn the_middle_of_two_values_has_their_unit() {
    let middles = [
        (["2 months", "30 months"], "8 months"),
        (["1 month", "12 months"], "3 months"),
        (["1 %/month", "6 %/month"], "2 %/month"),
        (["0.05", "0.5"], "0.1581"),
        (["0", "0.5"], "0.25"),
        (["10000", "80000"], "28284"),
        (["1", "2"], "1.5"),
    ];
    for (values, expected) in middles {
        assert_eq!(middle(values).as_deref(), Some(expected));
    }
    for values in [["10 days", "9 months"], ["[[1]]", "[[2]]"], ["low", "high"]] {
        assert_eq!(middle(values), None);
    }
}

/// `turns.tsv` has the rows that turn round, with the reason; a row of it that no longer does has to leave it.
#[test]
#[ignore = "runs 2,000 scenarios"]
fn no_key_turns_round_between_its_values() {
    let (allowed, kept) = (Vec::from_iter(lines::<2>("turns.tsv")), levels::kept());
    let rows = super::rows();
    let is_all = std::env::var_os("TAILWHEEL_ONLY").is_none();
    for [title, _] in allowed.iter().filter(|_| is_all) {
        assert!(rows.iter().any(|row| row.title() == *title), "turns.tsv: no row {title}");
    }
    for row in &rows {
        assert!(kept.contains_key(&row.title()), "{}: no level", row.title());
    }
    let found: Vec<(String, Option<String>)> = rows
        .par_iter()
        .map(|row| {
            let title = row.title();
            let told = turned(row, &kept[&title]);
            (title, told)
        })
        .collect();
    let is_allowed = |title: &String| allowed.iter().any(|[of, _]| of == title);
    // rows of one title are figures of one change, of which one may turn round and another not
    let turns = |title: &str| found.iter().any(|(of, told)| of == title && told.is_some());
    let told = found.iter().filter(|(title, _)| !is_allowed(title));
    let told = told.filter_map(|(title, told)| Some(format!("{title}: {}", told.as_ref()?)));
    let kept = allowed.iter().filter(|[title, _]| is_all && !turns(title));
    let faults: Vec<String> =
        told.chain(kept.map(|[title, _]| format!("{title}: it does not turn round"))).collect();
    assert!(faults.is_empty(), "{} rows:\n{}", faults.len(), faults.join("\n"));
}
