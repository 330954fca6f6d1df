//! The picture of a crash: its title, the labels of its markets and of those who sold.
//!
//! In: pictures, replays as they are written. Out: tests. Not here: the text of a replay (`replays`).

use crate::law::Printed;
use crate::outputs;
use crate::planted::fault;
use crate::told::{Told, all};
use serde_json::Value;
use tailwheel::record::DEEPEST_SALE;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

pub fn check(is_true: bool, why: &str) -> Result<(), String> {
    is_true.then_some(()).ok_or(why.to_owned())
}

pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// `Mar 2031` for `2031-03`.
pub fn spoken(date: &Value) -> String {
    let (year, month) = date
        .as_str()
        .and_then(|date| date.split_once('-'))
        .unwrap_or_default();
    let month = month.parse::<usize>().unwrap_or(1);
    format!("{} {year}", MONTHS[month - 1])
}

/// Share of a price that a log-loss takes.
pub fn lost(log_loss: f64) -> f64 {
    -(-log_loss).exp_m1()
}

/// A crash, with what its single sales add up to.
pub struct Crash {
    pub json: Value,
    pub path: u64,
    /// Shares of the agents' money by why they sold, counted sale by sale: a signal, the loss, sales.
    pub sold: [f64; 3],
    /// Loss of all agents, by their money, before and after.
    pub losses: [f64; 2],
}

impl Crash {
    /// That of a replay, if it tells one.
    pub fn of(replay: &Value) -> Option<Self> {
        let json = replay["crash"].as_object()?;
        let json = Value::Object(json.clone());
        let clusters = list(&json["clusters"]);
        let share = |cluster: &Value| number(&cluster["capital_share"]);
        let by_why = |why: &str| {
            let sold = list(&json["firings"])
                .iter()
                .filter(|firing| firing["why"] == why);
            let of_all = |firing: &Value| {
                let cluster = clusters
                    .iter()
                    .find(|cluster| cluster["name"] == firing["cluster"]);
                cluster.map_or(f64::NAN, |cluster| {
                    share(cluster) / number(&cluster["blocks"])
                })
            };
            sold.map(of_all).sum()
        };
        let whole: f64 = clusters.iter().map(share).sum();
        let loss = |key: &str| {
            let seen = clusters
                .iter()
                .map(|cluster| share(cluster) * number(&cluster[key]));
            seen.sum::<f64>() / whole
        };
        Some(Self {
            path: replay["path"].as_u64()?,
            sold: ["signal", "loss", "sales"].map(by_why),
            losses: ["loss_before", "loss_after"].map(loss),
            json: json.clone(),
        })
    }

    pub fn all_sold(&self) -> f64 {
        self.sold.iter().sum()
    }
}

/// A share in percent: what is not nothing or all never reads so.
fn share_is(text: &str, share: f64) -> Result<(), String> {
    let is_so = match text {
        "100%" => share >= 1.0 - 1e-9,
        "0%" => share <= 1e-12,
        "over 99.9%" => (0.9995..1.0).contains(&share),
        "under 0.1%" => share > 0.0 && share < 0.0005,
        text => Printed::read(text).is_some_and(|shown| (shown.value - share).abs() <= 0.000_501),
    };
    check(is_so, &format!("{text} is {share}"))
}

fn is_true(title: &str, crash: &Crash, told: &Told) -> Result<(), String> {
    let taken = told.outcome.column(DEEPEST_SALE).ok_or("no column")?;
    let deepest = taken.iter().copied().fold(0.0, f64::max);
    let rest = title.strip_prefix("Path ").ok_or("not read")?;
    let (place, rest) = rest.split_once(": ").ok_or("no path")?;
    let (path, date) = place.split_once(", ").ok_or("no date")?;
    let path = path
        .replace(',', "")
        .parse::<usize>()
        .map_err(|_| "no number")?;
    check(
        path as u64 == crash.path && taken[path] == deepest,
        "another path",
    )?;
    check(date == spoken(&crash.json["date"]), "another month")?;
    let (cause, rest) = rest.split_once(" set off sales by ").ok_or("no cause")?;
    let (sold, taken) = rest
        .split_once(" of the agents; what they hold, as they measure it, was at ")
        .ok_or("no sales")?;
    share_is(sold, crash.all_sold())?;
    let [obeyed, alone, _] = crash.sold;
    let words = match (obeyed > 0.0, alone > 0.0) {
        (true, true) => "what agents saw and a false signal",
        (true, false) => "a false signal",
        _ => "what agents saw",
    };
    check(cause == words, "another cause")?;
    let (before, after) = taken.split_once(" before and at ").ok_or("no ends")?;
    let after = after.strip_suffix(" after").ok_or("no end")?;
    for (said, loss) in [before, after].into_iter().zip(crash.losses) {
        let is_down = said.starts_with('−');
        check(is_down == (loss > 1e-9), "the other way")?;
        share_is(said.trim_start_matches('−'), lost(loss).abs())?;
    }
    Ok(())
}

/// `defi 71, then 88`: the price at the trough and a year later, nothing else happening.
fn market_is_true(label: &str, crash: &Crash) -> Result<(), String> {
    let (before, end) = label.split_once(", then ").ok_or("no end")?;
    let (name, trough) = before.rsplit_once(' ').ok_or("no trough")?;
    let mut markets = list(&crash.json["markets"]).iter();
    let starts = |market: &&Value| {
        let full = market["name"].as_str().unwrap_or_default();
        full.starts_with(name.trim_end_matches('…'))
    };
    let market = markets.find(starts).ok_or("no such market")?;
    let (loss, fall) = (number(&market["loss"]), number(&market["fall"]));
    let missing = list(&market["missing"]).last().map_or(f64::NAN, number);
    let price = |log_loss: f64| 100.0 * (-log_loss).exp();
    let is = |text: &str, value: f64| {
        let shown = text.parse::<f64>().map_err(|_| "no price")?;
        check(
            (shown - value).abs() <= 0.501,
            &format!("{text} is {value}"),
        )
    };
    is(trough, price(loss + fall)).and_then(|()| is(end, price(loss + fall * missing)))
}

#[test]
fn what_set_off_a_crash_and_what_it_took_is_so() {
    let (mut n_checked, mut n_labels, mut faults) = (0, 0, Vec::new());
    for told in all() {
        let drawn = told
            .drawings
            .iter()
            .find(|drawing| drawing.id == "crash_anatomy");
        let replay = outputs::json(&told.worst.to_json());
        let Some((drawing, crash)) = drawn.zip(Crash::of(&replay)) else {
            assert!(drawn.is_none(), "{}", told.name);
            continue;
        };
        let mut add = |found: Option<String>| {
            faults.extend(found.map(|why| format!("{}: {why}", told.name)));
        };
        let words = [
            ("a false signal", "what agents saw"),
            (
                ": what agents saw set",
                ": what agents saw and a false signal set",
            ),
            ("was at −", "was at "),
            ("Jan ", "Feb "),
            ("Dec ", "Nov "),
        ];
        add(fault(&drawing.title, &words, |title| {
            is_true(title, &crash, told)
        }));
        for text in drawing.texts() {
            if text.text.contains(", then ") {
                add(fault(&text.text, &[], |label| {
                    market_is_true(label, &crash)
                }));
                n_labels += 1;
            }
        }
        n_checked += 1;
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n_checked > 25 && n_labels > 50, "{n_checked} {n_labels}");
}
