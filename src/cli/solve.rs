//! `solve`: the value of a key at which a measure meets a target.

use super::compare::measure_of;
use super::{Exit, args, load, simulate, terminal};
use crate::form::leading_number;
use crate::report::{one_side, solved};
use crate::study::{Asked, Unsolved};
use crate::units::plain;

/// Looks for it between two values.
pub(super) fn run(arguments: &args::Solve) -> Result<Exit, Exit> {
    if let Some(shard) = &arguments.shard {
        return Err(format!(
            "--shard {shard}: `solve` is sequential, since each value that it tries depends on those before; leave \
             --shard out, or write values as variants and give `compare` the --shard"
        )
        .into());
    }
    let loaded = load::one(&arguments.scenario, &arguments.edits)?;
    let asked = asked(arguments)?;
    let lab = simulate::lab_of_one(arguments.threads)?;
    let case = &loaded.study.as_written;
    let scenario = &case.scenario;
    let found = lab.solve(case, &asked)?;
    let width = terminal::width();
    Ok(match found {
        Ok(found) => terminal::print(&solved(scenario, &asked, &found).to_text(width)),
        Err(Unsolved::Refused(why)) => return Err(format!("{why}\nnothing was solved").into()),
        Err(Unsolved::OneSide(ends)) => {
            terminal::print(&one_side(scenario, &asked, *ends).to_text(width)).done()?;
            Exit::No
        }
    })
}

/// What the arguments ask for.
fn asked(arguments: &args::Solve) -> Result<Asked, String> {
    let numbers = [&arguments.from, &arguments.to].map(|text| leading_number(text));
    let [Some((low, unit)), Some((high, other))] = numbers else {
        return Err(
            "--from and --to are a number with the unit of the key, as in 500/month".into(),
        );
    };
    // "1 year" to "10 years"
    if unit.trim_end_matches('s') != other.trim_end_matches('s') {
        return Err(format!(
            "--from has the unit \"{}\", --to \"{}\": both need one and the same",
            unit.trim(),
            other.trim()
        ));
    }
    let unit = if unit.len() > other.len() {
        unit
    } else {
        other
    };
    if low == high {
        return Err("--from and --to are the same value: there is nothing between them".into());
    }
    if arguments.key.starts_with("run.") {
        return Err(format!(
            "`{}` says how to simulate: all values are tried on the same paths and the same draws",
            arguments.key
        ));
    }
    let target = leading_number(&arguments.target);
    let target = target.and_then(|(target, unit)| match unit.trim() {
        "" => Some(target),
        "%" => format!("{target}e-2").parse().ok(),
        _ => None,
    });
    let Some(target) = target else {
        return Err("--target is a number, or one in per cent, as in 0.05 or \"5 %\"".into());
    };
    let id = &arguments.measure;
    let (least, most) = measure_of(id)?.range;
    if least.is_finite() && most.is_finite() && !(least..=most).contains(&target) {
        let asked = &arguments.target;
        let remedy = match most == 1.0 && (1.0..=100.0).contains(&target) && !asked.contains('%') {
            true => format!("in per cent that is --target \"{} %\"", plain(target)),
            false => "--target takes one of these".to_owned(),
        };
        return Err(format!(
            "no value of the key gives {asked}: `{id}` lies between {least} and {most}; {remedy}"
        ));
    }
    Ok(Asked {
        key: arguments.key.clone(),
        measure: arguments.measure.clone(),
        target,
        between: [low, high],
        unit: unit.to_owned(),
    })
}
