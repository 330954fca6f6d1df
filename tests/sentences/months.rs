//! Months of a path: rows, causes, the owner's money and the sums of the books, counted from the postings.
//!
//! In: printed rows, the replay as it is written. Out: whether they are so. Not here: tests
//! (`replays`).

use crate::anatomy::{check, list, number, spoken};
use crate::read::{amount, share};
use serde_json::Value;

/// What was posted from the world for one of `causes` in a month, seen from the owner.
fn caused(json: &Value, month: usize, causes: &[&str]) -> f64 {
    let accounts = list(&json["accounts"]).iter();
    let of_cause = accounts.filter(|account| {
        account["cause"]
            .as_str()
            .is_some_and(|cause| causes.contains(&cause))
    });
    of_cause
        .map(|account| -number(&account["posted"]["path"][month - 1]))
        .sum()
}

fn wealth(json: &Value, month: usize, world: &str) -> f64 {
    match month {
        0 => number(&json["opening"][world]),
        month => number(&json["months"][month - 1]["worlds"][world]["wealth"]),
    }
}

const CAUSES: [(&str, &[&str]); 10] = [
    ("markets", &["drift", "shock"]),
    ("jumps", &["jump"]),
    ("falls", &["jump"]),
    ("imp. loss", &["impermanent-loss"]),
    ("agents", &["loop"]),
    ("events", &["event"]),
    ("decay", &["decay"]),
    ("launches", &["launch"]),
    ("income", &["income"]),
    ("trade costs", &["haircut"]),
];

/// `+2.1`: hundredths of wealth.
fn points_are(said: &str, share: f64) -> Result<(), String> {
    let shown: f64 = said
        .replace('−', "-")
        .replace('+', "")
        .parse()
        .map_err(|_| format!("no points: {said}"))?;
    let is_signed =
        said.starts_with('+') == (shown > 0.0) && said.starts_with('−') == (shown < 0.0);
    let is_so = (shown - 100.0 * share).abs() <= 0.0501 + 1e-9 * shown.abs();
    check(is_so && is_signed, &format!("{said} is {share}"))
}

/// Headings with the columns in which they end, two blanks apart, of one line or more; a heading of several words may
/// stand on all of them.
fn headings(lines: &[&str]) -> Vec<(String, usize)> {
    let mut all: Vec<(String, usize)> = Vec::new();
    for line in lines.iter().rev() {
        let mut at = 0;
        for gap in line.split("  ") {
            let end = at + gap.trim_end().chars().count();
            if !gap.trim().is_empty() {
                match all.iter_mut().find(|(_, known)| *known == end) {
                    Some((below, _)) => *below = format!("{} {below}", gap.trim()),
                    None => all.push((gap.trim().to_owned(), end)),
                }
            }
            at += gap.chars().count() + 2;
        }
    }
    all.sort_by_key(|(_, end)| *end);
    all
}

/// The cells of a row, by the ends of the headings above them.
fn cells(heading: &[&str], line: &str) -> Vec<(String, String)> {
    let mut from = 0;
    let cell = |(heading, end): (String, usize)| {
        let cell: String = line.chars().skip(from).take(end - from).collect();
        from = end;
        (heading, cell.trim().to_owned())
    };
    headings(heading).into_iter().map(cell).collect()
}

/// Rows of months on one line each: of more columns than a screen is wide, the month stands on a line of its own above
/// its figures, and the last figure below them, as the last heading does.
pub fn beside_its_month(lines: &[&str]) -> Vec<String> {
    let is_month = |line: &str| line.trim().len() == 7 && line.trim().starts_with("20");
    let whole = |line: &&str| (*line).to_owned();
    let Some(first) = lines.iter().position(|line| is_month(line)) else {
        return lines.iter().map(whole).collect();
    };
    let is_below = |line: &str| line.starts_with("    ") && !line.contains("struck: ");
    let (headings, rows) = lines.split_at(first);
    let [above @ .., main, last] = headings else {
        panic!("{headings:?}");
    };
    assert!(main.trim().starts_with("month") && is_below(last) && !last.trim().contains(' '));
    let (width, of_last) = (main.chars().count(), last.trim().len() + 2);
    let mut all: Vec<String> = above.iter().map(whole).collect();
    all.push(format!("{main}  {}", last.trim()));
    let mut rows = rows.iter().peekable();
    while let Some(row) = rows.next() {
        if !is_month(row) {
            all.push(whole(row));
            continue;
        }
        let figures = rows.next().map_or(String::new(), whole);
        let figures: String = figures.chars().skip(row.chars().count()).collect();
        let row = format!("{row}{figures}");
        let below = rows.next_if(|line| is_below(line)).map(|line| line.trim());
        all.push(match below {
            Some(below) => format!("{row:<width$}{below:>of_last$}"),
            None => row,
        });
    }
    all
}

pub fn month_is_true(
    heading: &[&str],
    line: &str,
    month: usize,
    json: &Value,
    currency: &str,
) -> Result<(), String> {
    let of_month = &json["months"][month - 1];
    let (before, now) = (wealth(json, month - 1, "path"), wealth(json, month, "path"));
    let date = of_month["date"].as_str().unwrap_or_default();
    let rest = line
        .trim_start()
        .strip_prefix(date)
        .ok_or("another month")?;
    check(
        rest.trim_start().starts_with('!') == (of_month["regime"] == "crisis"),
        "no crisis",
    )?;
    for (heading, cell) in cells(heading, line).into_iter().skip(1) {
        let causes = CAUSES.iter().find(|(name, _)| *name == heading);
        match (heading.as_str(), causes) {
            ("wealth", _) => {
                let shown = amount(&cell, currency).ok_or("no amount")?;
                check(
                    shown.is(now) || now.abs() < 1e-12 && shown.value == 0.0,
                    &format!("{cell} is {now}"),
                )?;
            }
            ("sold", _) => {
                let sold = number(&of_month["loop"]["sold"]);
                let shown = share(&cell).map_or(0.0, |shown| shown.value);
                check(
                    (shown - sold).abs() <= 0.00501,
                    &format!("{cell} is {sold}"),
                )?;
            }
            (_, _) if cell == "–" => check(before <= 0.0, "there was something")?,
            ("change", _) => points_are(&cell, now / before - 1.0)?,
            (_, Some((_, causes))) => {
                let moved = caused(json, month, causes);
                match cell.as_str() {
                    "" => check(moved == 0.0, "something moved")?,
                    cell => points_are(cell, moved / before)?,
                }
            }
            _ => return Err(format!("no column {heading}")),
        }
    }
    Ok(())
}

/// What struck in the month, by name, where it struck at all.
pub fn struck_is_true(line: Option<&str>, month: usize, json: &Value) -> Result<(), String> {
    let names = list(&json["months"][month - 1]["struck"]).iter();
    let names: Vec<&str> = names.filter_map(Value::as_str).collect();
    let said = line.map(|line| line.trim_start().trim_start_matches("struck: "));
    let is_so = said.unwrap_or_default() == names.join(", ");
    check(
        is_so && said.is_some() != names.is_empty(),
        "another struck",
    )
}

/// Months in which something struck; each event is named in as many as it may have struck in, by its count on the path.
pub fn strikes_are_counted(json: &Value) -> Result<usize, String> {
    let months = list(&json["months"]).iter();
    let named: Vec<&str> = months
        .flat_map(|month| list(&month["struck"]))
        .filter_map(Value::as_str)
        .collect();
    for (column, count) in json["columns"].as_object().into_iter().flatten() {
        if let Some(event) = column.strip_prefix("event_strikes.") {
            let n = named.iter().filter(|name| **name == event).count();
            let is_so = n as f64 <= number(count) && (n > 0) == (number(count) > 0.0);
            check(is_so, &format!("{event} in {n} months, {count} times"))?;
        }
    }
    Ok(named.len())
}

/// The books are counted again; the screen speaks of them if they do not balance.
pub fn books_are_true(text: &str, json: &Value) -> Result<(), String> {
    let said = number(&json["largest_imbalance"]);
    let accounts = list(&json["accounts"]);
    let mut most: f64 = 0.0;
    for world in list(&json["scenario"]["worlds"])
        .iter()
        .filter_map(Value::as_str)
    {
        for month in 0..=list(&json["months"]).len() {
            let (mut net, mut gross, mut held) = (0.0, 0.0, 0.0);
            for account in accounts {
                let balances = &account["balances"][world];
                let now = number(&balances[month]);
                let gained = match month {
                    0 => now,
                    month => now - number(&balances[month - 1]),
                };
                net += gained;
                gross += f64::abs(gained);
                held += now.abs();
            }
            let moved = gross.max(1e-6 * held);
            most = most.max(if moved > 0.0 {
                f64::abs(net) / moved
            } else {
                0.0
            });
        }
    }
    check(
        (said - most).abs() <= 1e-15 + 0.5 * most,
        &format!("it is {most:e}"),
    )?;
    check(
        text.contains("do not balance") == (most > 1e-9),
        "nothing or too much is said",
    )
}

/// The owner's money around the month that is told.
pub fn money_is_true(line: &str, json: &Value, currency: &str) -> Result<(), String> {
    let dated = |label: &str| {
        let months = list(&json["months"]).iter();
        let found = months
            .map(|month| spoken(&month["date"]))
            .position(|date| label.contains(&date));
        found.map(|index| index + 1)
    };
    let values = match line.trim_start() {
        label if label.starts_with("start of ") => {
            check(dated(label) == Some(1), "another start")?;
            ["path", "without_feedback"].map(|world| Some(wealth(json, 0, world)))
        }
        label if label.starts_with("end of ") => {
            let month = dated(label).ok_or("no month")?;
            ["path", "without_feedback"].map(|world| Some(wealth(json, month, world)))
        }
        _ => {
            let month = json["crash"]["month"].as_u64().ok_or("no month")? as usize;
            [
                Some(number(
                    &json["months"][month - 1]["worlds"]["path"]["trough"],
                )),
                None,
            ]
        }
    };
    let mut rest = line.trim_end();
    for value in values.into_iter().rev() {
        // amounts stand at the right, two blanks apart
        let (before, cell) = rest.rsplit_once("  ").ok_or("no cell")?;
        let shown = amount(cell, currency);
        let is_so = match value {
            Some(value) => shown.is_some_and(|shown| shown.is(value)),
            None => cell.trim() == "–",
        };
        check(is_so, &format!("{cell} is {value:?}"))?;
        rest = before.trim_end();
    }
    Ok(())
}
