//! The story of a month in `replay`: what agents saw, who sold and why.
//!
//! In: the text of `replay`, the sales one by one. Out: tests. Not here: the path (`replays`).

use crate::anatomy::{Crash, check, list, lost, number};
use crate::planted::fault;
use crate::read::{Printed, share};
use crate::replays::{Path, paths};
use crate::told::{Told, all};
use serde_json::Value;

/// A share that never reads as nothing or all if it is neither.
fn is_part(said: &str, part: f64) -> Result<(), String> {
    let why = format!("{said} is {part}");
    if said.contains("<1 %") {
        return check(part > 0.0 && part <= 0.005 + 1e-9, &why);
    }
    if said.contains(">99 %") {
        return check((0.995 - 1e-9..1.0).contains(&part), &why);
    }
    let shown = share(said).ok_or("no share")?;
    let is_end = shown.value == 1.0 && part < 1.0 - 1e-9 || shown.value == 0.0 && part > 0.0;
    check((shown.value - part).abs() <= 0.005_01 && !is_end, &why)
}

/// One decimal of a percentage.
fn is_loss(said: &str, loss: f64) -> Result<(), String> {
    let is_so = share(said).is_some_and(|shown: Printed| (shown.value - loss).abs() <= 0.000_501);
    check(is_so, &format!("{said} is {loss}"))
}

/// What a log-loss has moved, with its sign.
fn is_moved(said: &str, loss: f64) -> Result<(), String> {
    let is_zero = lost(loss).abs() < 0.000_501;
    let (is_up, is_down) = (said.starts_with('+'), said.starts_with('−'));
    check(
        is_zero || (is_up == (loss < 0.0) && is_down == (loss > 0.0)),
        "the other way",
    )?;
    is_loss(said.trim_start_matches(['+', '−']), lost(loss).abs())
}

fn sentence_is_true(said: &str, crash: &Crash, told: &Told) -> Result<(), String> {
    let [obeyed, alone, pushed] = crash.sold;
    let [before, after] = crash.losses;
    let sold = crash.all_sold();
    let is_crisis = crash.json["regime"] == "crisis";
    let clusters = list(&crash.json["clusters"]);
    let room =
        |cluster: &&Value| number(&cluster["first_trigger"]) - number(&cluster["loss_before"]);
    let first = clusters
        .iter()
        .min_by(|a, b| room(a).total_cmp(&room(b)))
        .ok_or("no agents")?;
    if let Some(rest) = said.strip_prefix("It is a month of crisis: sales move prices ") {
        let depth = told
            .scenario
            .crisis
            .as_ref()
            .map_or(1.0, |crisis| crisis.depth);
        let times: f64 = rest
            .split(' ')
            .next()
            .and_then(|times| times.parse().ok())
            .ok_or("no times")?;
        check(
            is_crisis && (times - 1.0 / depth).abs() <= 0.0501,
            "not so far",
        )
    } else if said == "It is a calm month" {
        check(crash.json["regime"] == "calm", "not calm")
    } else if let Some(rest) =
        said.strip_prefix("Before anybody sold, what agents hold had moved by ")
    {
        is_moved(rest, before)
    } else if let Some(rest) = said.strip_prefix("Nobody sold: the first limit is that of ") {
        check(sold == 0.0 && room(&first) > 0.0, "they did, or could not")?;
        let (name, limit) = rest
            .split_once(", at a measured loss of ")
            .ok_or("no limit")?;
        check(first["name"] == name, "another first")?;
        is_loss(limit, lost(number(&first["first_trigger"])))
    } else if said == "Nobody sold: those whose limits it passes were still out from earlier sales"
    {
        let is_out = number(&first["active"]) < number(&first["blocks"]);
        check(
            sold == 0.0 && room(&first) <= 0.0 && is_out,
            "nobody was out",
        )
    } else if let Some(rest) = said.strip_prefix("Their sales pushed another ") {
        let (another, of_them) = rest.split_once(" over the limit: ").ok_or("no share")?;
        check(pushed > 0.0, "nobody was pushed")?;
        is_part(another, pushed)?;
        is_part(of_them, pushed / sold)
    } else if said == "Their sales pushed nobody else over the limit" {
        check(pushed == 0.0 && sold > 0.0, "somebody was pushed")
    } else if let Some(rest) = said.strip_prefix("In the end ") {
        let (all, how) = rest
            .split_once(" of all agents, counted by their money, had sold, and what they hold had moved by ")
            .ok_or("no end")?;
        is_part(all, sold)?;
        is_moved(how, after)
    } else if said.contains(" of the agents obeyed a false signal") || said.contains("alone made ")
    {
        check(
            said.contains("obeyed a false signal") == (obeyed > 0.0),
            "a signal",
        )?;
        check(said.contains("alone made ") == (alone > 0.0), "the loss")?;
        if let Some((_, rest)) = said.split_once("alone made ") {
            is_part(rest, alone)?;
        }
        match said.split_once(" of the agents obeyed") {
            Some((share, _)) => is_part(share, obeyed),
            None => Ok(()),
        }
    } else {
        Err("not read".to_owned())
    }
}

/// The sentences between the heading of the month and the table of markets.
fn story(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(", MONTH ")?;
    let (_, rest) = rest.split_once(" OF ")?;
    let (_, rest) = rest.split_once(' ')?;
    rest.split_once(". market by itself")
        .map(|(story, _)| story)
}

/// A sale of the list: its number, whose, why, limit, loss seen, shares that have sold.
fn sale_is_true(line: &str, crash: &Crash) -> Result<(), String> {
    let line = line.replace(" %", "%");
    let words: Vec<&str> = line.split_whitespace().collect();
    let [number_of, .., why, limit, saw, of_them, of_all, _] = words[..] else {
        return Err("no row".to_owned());
    };
    let index = number_of
        .replace(',', "")
        .parse::<usize>()
        .map_err(|_| "no number")?;
    let sale = list(&crash.json["firings"])
        .get(index.wrapping_sub(1))
        .ok_or("no such sale")?;
    check(sale["why"] == why, "another cause")?;
    check(sale["threshold"].is_null() == (limit == "–"), "a limit")?;
    let is = |text: &str, value: f64, half: f64| {
        let shown = text.trim_end_matches('%').replace('−', "-").parse::<f64>();
        let is_so = shown.is_ok_and(|shown| (shown - value).abs() <= half);
        check(is_so, &format!("{text} is {value}"))
    };
    if limit != "–" {
        is(limit, number(&sale["threshold"]), 5.01e-5)?;
    }
    is(saw, number(&sale["load"]), 5.01e-5)?;
    is(of_them, 100.0 * number(&sale["cluster_share"]), 0.0501)?;
    let before = list(&crash.json["firings"]).iter().take(index);
    let share = |cluster: &Value| number(&cluster["capital_share"]) / number(&cluster["blocks"]);
    let money = before.filter_map(|sale| {
        let clusters = list(&crash.json["clusters"]).iter();
        clusters
            .filter(|cluster| cluster["name"] == sale["cluster"])
            .map(share)
            .next()
    });
    is(of_all, 100.0 * money.sum::<f64>(), 0.0501)
}

#[test]
fn who_sold_and_why_is_what_the_sales_add_up_to() {
    let (mut n_sentences, mut n_sales, mut faults) = (0, 0, Vec::new());
    for told in all() {
        for Path { screen, text, json } in paths(told) {
            let Some((crash, story)) = Crash::of(&json).zip(story(&text)) else {
                assert!(json["crash"].is_null(), "{}\n{screen}", told.name);
                continue;
            };
            let mut add = |found: Option<String>| {
                faults.extend(found.map(|why| format!("{}: {why}", told.name)));
            };
            let n_fired = list(&crash.json["firings"]).len();
            for said in story.split(". ").flat_map(|said| said.split(".! ")) {
                let words = [
                    ("moved by −", "moved by +"),
                    ("moved by +", "moved by −"),
                    ("pushed nobody else", "pushed another"),
                    ("a calm month", "a month"),
                    ("obeyed a false signal", "saw a false signal"),
                    ("alone made", "alone let"),
                ];
                add(fault(said, &words, |said| {
                    sentence_is_true(said, &crash, told)
                }));
                n_sentences += 1;
            }
            let heading = format!(
                "SALE BY SALE, {} in all",
                tailwheel::report::grouped(n_fired as u64)
            );
            let mut lines = screen.lines().skip_while(|line| *line != heading);
            if n_fired > 0 {
                assert!(lines.next().is_some(), "{}: {heading}\n{screen}", told.name);
                for line in lines.skip(2).take_while(|line| !line.starts_with("  Why:")) {
                    add(sale_is_true(line, &crash)
                        .err()
                        .map(|why| format!("{line}: {why}")));
                    n_sales += 1;
                }
            }
        }
    }
    faults.truncate(20);
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(
        n_sentences > 150 && n_sales > 300,
        "{n_sentences} {n_sales}"
    );
}
