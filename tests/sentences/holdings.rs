//! The title of the holdings: between which medians they end.

use crate::law::{Law, Printed};
use crate::planted::fault;
use crate::told::{Told, all};
use tailwheel::record::ASSET_VALUE;

/// Medians of a picture are read from bins of this width: nearer ones may change places.
const BIN: f64 = 1.004;

/// A holding with its values at the end over that of the start.
struct Holding {
    name: String,
    law: Law,
}

impl Holding {
    fn median(&self) -> f64 {
        self.law.quantile(0.5)
    }

    /// The least and the most that the median may be, at five standard errors of a count.
    fn medians(&self) -> [f64; 2] {
        let reach = 2.5 / self.law.n().sqrt();
        [0.5 - reach, 0.5 + reach].map(|p| self.law.quantile(p.clamp(1e-9, 1.0)))
    }
}

fn holdings(told: &Told) -> Vec<Holding> {
    let assets = (0_u16..).zip(&told.scenario.assets);
    let held = assets.filter(|(_, asset)| asset.value.get() > 0.0);
    held.map(|(index, asset)| {
        let values = told.outcome.column(ASSET_VALUE.of_object(index));
        let unit = asset.value.get();
        let values = values.unwrap_or_default();
        let values = values.iter().zip(&told.columns.levels);
        let relative = values.map(|(value, level)| value / (unit * level));
        Holding {
            name: asset.name.clone(),
            law: Law::new(relative.collect(), 0.0),
        }
    })
    .collect()
}

fn is_true(title: &str, told: &Told) -> Result<(), String> {
    let held = holdings(told);
    let check = |is_true: bool, why: &str| is_true.then_some(()).ok_or(why.to_owned());
    let holds = |text: &str, value: f64| match Printed::read(text) {
        Some(shown) if shown.holds(value) => Ok(()),
        _ => Err(format!("{text} is {value}")),
    };
    let is_one_path = told.columns.n_paths == 1;
    let rest = match title.strip_prefix("On the one path ") {
        Some(rest) => check(is_one_path, "more paths").map(|()| rest)?,
        None => {
            check(!is_one_path, "one path")?;
            title.strip_prefix("In the middle ").ok_or("not read")?
        }
    };
    if rest == "no holding ends clearly above another" {
        check(held.len() > 1 && !is_one_path, "one alone")?;
        if told.columns.n_paths < 300 {
            return Ok(()); // too few paths to be clear
        }
        let highest = held.iter().map(|one| one.medians()[0]).fold(0.0, f64::max);
        let lowest = held.iter().map(|one| one.medians()[1]);
        let lowest = lowest.fold(f64::INFINITY, f64::min);
        return check(highest <= lowest * (1.0 + 1e-9), "one does");
    }
    if let Some(rest) = rest.strip_prefix("every holding ends at ") {
        let said = rest.strip_suffix(" of its start, to the digits shown");
        let said = said.ok_or("not read")?;
        check(held.len() > 1, "one alone")?;
        return held.iter().try_for_each(|one| holds(said, one.median()));
    }
    if let Some(rest) = rest.strip_prefix("holdings end from ") {
        let (low, rest) = rest.split_once(" of their start (").ok_or("no low end")?;
        let (least, rest) = rest.split_once(") to ").ok_or("no least")?;
        let (high, most) = rest.split_once(" (").ok_or("no high end")?;
        let most = most.strip_suffix(')').ok_or("no most")?;
        let end = |name: &str| {
            let found = held.iter().find(|one| one.name == name);
            found.map(Holding::median).ok_or(format!("no {name}"))
        };
        let (from, to) = (end(least)?, end(most)?);
        holds(low, from)?;
        holds(high, to)?;
        let ends = || held.iter().map(Holding::median);
        return check(
            ends().all(|end| from <= BIN * end && end <= BIN * to),
            "not the ends",
        );
    }
    let (name, said) = rest.split_once(" ends at ").ok_or("not read")?;
    check(held.len() == 1 && held[0].name == name, "another")?;
    let said = said.strip_suffix(" of its start").ok_or("not read")?;
    holds(said, held[0].median())
}

#[test]
fn between_which_medians_holdings_end_is_so() {
    let (mut n_checked, mut faults) = (0, Vec::new());
    for told in all() {
        let Some(drawing) = told
            .drawings
            .iter()
            .find(|drawing| drawing.id == "holdings")
        else {
            continue;
        };
        let title = &drawing.title;
        let words = [
            ("On the one path", "In the middle"),
            ("In the middle", "On the one path"),
            (" of their start (", " of their start (another"),
        ];
        let check = |title: &str| is_true(title, told);
        faults.extend(fault(title, &words, check).map(|why| format!("{}: {why}", told.name)));
        n_checked += 1;
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n_checked > 60, "{n_checked}");
}

#[test]
fn a_title_of_other_holdings_is_found() {
    for (name, title) in [
        (
            "two markets apart, 400 paths",
            "In the middle no holding ends clearly above another",
        ),
        (
            "still markets, 400 paths",
            "In the middle every holding ends at ×7 of its start, to the digits shown",
        ),
    ] {
        let told = crate::told::named(name);
        assert!(is_true(title, told).is_err(), "{name}: {title}");
    }
}
