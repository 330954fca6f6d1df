//! The `solve` command: finds the value of a key at which a measure meets a target.

use super::args::RunArguments;
use super::compare::measure_of;
use super::load::{How, Loaded, Texts};
use super::output_folder::OutputFolder;
use super::{Exit, Stop, load, simulate, stop, terminal};
use crate::figure::of_key;
use crate::form::leading_number;
use crate::record::id;
use crate::report::{SolveReport, to_json};
use crate::scenario::pair_at;
use crate::study::{Fault, GoalSeek};
use crate::units::{YearMonth, plain};
use clap::Args;
use std::path::PathBuf;

/// Find the input value at which a measure meets a target
#[derive(Debug, Args)]
#[command(
    override_usage = "tailwheel solve [OPTIONS] <SCENARIO> <KEY> --target <NUMBER> --from <VALUE> --to <VALUE>\n       \
    e.g. tailwheel solve mine.toml owner.spending --target \"lasts 90 %\" --from 500/month --to 3000/month"
)]
pub(super) struct Solve {
    /// Scenario file
    pub scenario: PathBuf,
    /// The key to solve for, e.g. owner.spending or asset.defi.value
    pub key: String,
    /// The measure that has to meet the target
    #[arg(long, value_name = "MEASURE", default_value = id::RUIN)]
    pub measure: String,
    /// Its target: 0.05, "5 %", or "lasts 90 %" for a probability of ruin of 10 %
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub target: String,
    /// One bound of the key's value, with its unit, e.g. 500/month
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub from: String,
    /// The other bound
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub to: String,
    /// Print solve.json instead of the screen
    #[arg(long)]
    pub json: bool,
    /// Write no charts
    #[arg(long)]
    pub no_charts: bool,
    #[command(flatten)]
    pub work: RunArguments,
    /// Refused: each value that is tried depends on those before
    #[arg(long, value_name = "I/N", hide = true)]
    pub shard: Option<String>,
}

/// Searches for the value of the key that meets the target. Returns [`Exit::No`] if there is none.
pub(super) fn run(arguments: &Solve) -> Result<Exit, Stop> {
    if let Some(shard) = &arguments.shard {
        return Err(stop!(
            "--shard {shard}: `solve` is sequential, since each value that it tries depends on those before; leave \
             --shard out, or write values as variants and give `compare` the --shard"
        ));
    }
    let work = &arguments.work;
    let loaded = load::one(&arguments.scenario, &work.edits)?;
    let asked = asked(arguments)?;
    refuse_bounds(&asked, arguments, &loaded)?;
    let target = OutputFolder::of(work, loaded.folder(&work.out)?.join("solve"), arguments.no_charts);
    target.probe()?;
    let lab = simulate::lab_of_one(work.threads)?;
    let case = &loaded.study.as_written;
    let in_file = case.document.value(&asked.key);
    let n_replaced = in_file.map_or(0, |value| {
        value.as_list().map_or(0, |list| list.iter().filter(|one| one.as_table().is_some()).count())
    });
    let found = lab.solve(case, &asked).map_err(|fault| match fault {
        Fault::Refused(why) => stop!("{why}\nnothing was solved"),
        fault => fault.into(),
    })?;
    let (file, edits) = (load::shown(&loaded.file), work.edits.all());
    let report = SolveReport::new(&case.scenario, &asked, n_replaced, file, edits, found);
    let (json, screen) = (to_json(&report), |form| report.screen(form));
    target.show(&lab, "solve", &json, || report.sketch(), screen, arguments.json)?;
    Ok(if report.is_found() { Exit::Done } else { Exit::No })
}

/// Refuses a bound that the key does not take, with the faults that it has as an assignment. A correlation of two
/// markets cannot be assigned.
fn refuse_bounds(asked: &GoalSeek, arguments: &Solve, loaded: &Loaded) -> Result<(), Stop> {
    let kept: Texts = loaded.texts.iter().map(|text| (text.name.clone(), text.text.clone())).collect();
    let typed = [("from", &arguments.from), ("to", &arguments.to)];
    let is_pair = pair_at(&asked.key).is_some();
    for ((option, typed), value) in typed.into_iter().zip(asked.between).filter(|_| !is_pair) {
        let mut edits = arguments.work.edits.clone();
        edits.assignments.push(format!("{}={}", asked.key, asked.written(value)));
        let file = std::slice::from_ref(&arguments.scenario);
        if let Err(faults) = load::load(file, &edits, How::AsWritten, Some(&kept)) {
            terminal::say(&faults.to_string());
            let key = &asked.key;
            return Err(stop!("--{option} {typed} was read as --set {key}={typed}\nnothing was solved"));
        }
    }
    Ok(())
}

/// Parses the arguments into a request. Errors if units, key, measure or target do not fit together.
fn asked(arguments: &Solve) -> Result<GoalSeek, Stop> {
    let numbers = [&arguments.from, &arguments.to].map(|text| leading_number(text));
    let [Some((low, unit)), Some((high, other))] = numbers else {
        return Err(stop!("--from and --to are a number with the unit of the key, as in 500/month"));
    };
    if let Some(date) =
        [&arguments.from, &arguments.to].into_iter().find(|text| text.parse::<YearMonth>().is_ok())
    {
        return Err(stop!(
            "`solve` tries numbers, and {date} is a date; compare two dates with `tailwheel compare`"
        ));
    }
    // singular and plural are one unit, as in "1 year" and "10 years"
    if unit.trim_end_matches('s') != other.trim_end_matches('s') {
        return Err(stop!(
            "--from has the unit \"{}\", --to \"{}\": both need one and the same",
            unit.trim(),
            other.trim()
        ));
    }
    let unit = if unit.len() > other.len() { unit } else { other };
    if low == high {
        return Err(stop!("--from and --to are the same value: there is nothing between them"));
    }
    if arguments.key.starts_with("run.") {
        return Err(stop!(
            "`{}` says how to simulate: all values are tried on the same paths and the same draws",
            arguments.key
        ));
    }
    let id = &arguments.measure;
    let Some(target) = target(&arguments.target, id)? else {
        return Err(stop!(
            "--target is a number, a percentage or a probability that the money lasts: 0.05, \"5 %\", \"lasts 90 %\""
        ));
    };
    let (least, most) = measure_of(id)?.range;
    if least.is_finite() && most.is_finite() && !(least..=most).contains(&target) {
        let asked = &arguments.target;
        let remedy = if most == 1.0 && (1.0..=100.0).contains(&target) && !asked.contains('%') {
            let lasts = if is_upside_down(id, target) { "lasts " } else { "" };
            format!("in percent that is --target \"{lasts}{} %\"", plain(target))
        } else {
            "--target takes one of these".to_owned()
        };
        return Err(stop!(
            "no value of the key gives {asked}: `{id}` lies between {least} and {most}; {remedy}"
        ));
    }
    Ok(GoalSeek {
        key: arguments.key.clone(),
        measure: arguments.measure.clone(),
        target,
        between: [low, high],
        unit: unit.to_owned(),
    })
}

/// True if so many percent are a probability of ruin that nobody aims at: more likely, the money should last.
fn is_upside_down(measure: &str, percent: f64) -> bool {
    measure == id::RUIN && percent > 50.0 && percent <= 100.0
}

/// Parses the target; `None` if it is not a number. `lasts 90 %` is a probability of ruin of 10 %.
///
/// Errors if `lasts` is used with another measure.
fn target(typed: &str, measure: &str) -> Result<Option<f64>, Stop> {
    let lasts = typed.trim().strip_prefix("lasts");
    let Some((number, unit)) = leading_number(lasts.unwrap_or(typed)) else {
        return Ok(None);
    };
    let is_percent = unit.trim() == "%";
    if !is_percent && !unit.trim().is_empty() {
        return Ok(None);
    }
    if lasts.is_some() && !is_percent && number > 1.0 && number <= 100.0 {
        return Err(stop!(
            "--target \"{typed}\" has no percent sign; write --target \"lasts {} %\"",
            plain(number)
        ));
    }
    if lasts.is_none() && is_percent && is_upside_down(measure, number) {
        return Err(stop!(
            "--target \"{typed}\" would be a probability of ruin of {} %; write --target \"lasts {0} %\" for money that \
             lasts on so many paths, or --target {} for ruin on them",
            plain(number),
            plain(number / 100.0)
        ));
    }
    // parsed from decimal text, because a floating-point product would add a rounding error
    let share = |number: f64, power: i32| format!("{number:.12}e{power}").parse::<f64>().ok();
    let target = match (lasts, is_percent) {
        (None, false) => Some(number),
        (None, true) => format!("{number}e-2").parse().ok(),
        (Some(_), false) => share(1.0 - number, 0),
        (Some(_), true) => share(100.0 - number, -2),
    };
    match (lasts, target) {
        (Some(_), Some(target)) if measure != id::RUIN => Err(stop!(
            "--target \"{typed}\" is a probability of ruin of {}, and --measure is `{measure}`; leave --measure out, or \
             write a number for `{measure}`",
            of_key(target, "fraction", "")
        )),
        _ => Ok(target),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_that_lasts_is_no_ruin() {
        for (typed, expected) in
            [("lasts 90 %", 0.1), ("lasts 99.9%", 0.001), ("lasts 0.95", 0.05), ("5 %", 0.05), ("0.05", 0.05)]
        {
            assert_eq!(target(typed, id::RUIN), Ok(Some(expected)), "{typed}");
        }
        assert_eq!(target("much", id::RUIN), Ok(None));
        assert_eq!(target("lasts long", id::RUIN), Ok(None));
        assert!(target("lasts 90 %", "loss.probability").is_err());
        // what is probably meant is proposed
        for (typed, remedy) in
            [("lasts 90", "\"lasts 90 %\""), ("90 %", "\"lasts 90 %\""), ("90 %", "--target 0.9 ")]
        {
            assert!(target(typed, id::RUIN).is_err_and(|why| why.to_string().contains(remedy)), "{typed}");
        }
        assert_eq!(target("90 %", "drawdown.max.p50"), Ok(Some(0.9)));
        assert_eq!(target("0.9", id::RUIN), Ok(Some(0.9)));
    }
}
