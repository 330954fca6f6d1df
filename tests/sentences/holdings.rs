//! The title of the holdings: which spreads widest, which ends where.

use crate::law::{Law, Printed};
use crate::planted::fault;
use crate::told::{Told, all};
use tailwheel::record::ASSET_VALUE;

/// A holding with its values at the end over that of the start.
struct Holding {
    name: String,
    law: Law,
}

impl Holding {
    fn ends(&self) -> [f64; 2] {
        [0.05, 0.95].map(|p| self.law.quantile(p))
    }

    fn is_still(&self) -> bool {
        let greatest = self.law.quantile(1.0);
        greatest - self.law.values[0] <= 1e-9 * greatest.abs()
    }

    /// Distance of the ends, as logs where `is_log`; what is too small to be printed counts as the
    /// least that is.
    fn width(&self, is_log: bool) -> f64 {
        self.width_of(self.ends(), is_log)
    }

    fn width_of(&self, [low, high]: [f64; 2], is_log: bool) -> f64 {
        match is_log {
            true => high.max(0.001).ln() - low.max(0.001).ln(),
            false => high - low,
        }
    }

    /// The narrowest and the widest that the ends may lie apart, at five standard errors of a count.
    fn widths(&self, is_log: bool) -> Option<[f64; 2]> {
        let n = self.law.n();
        let reach = 5.0 * (0.05 * 0.95 / n).sqrt();
        if n < 300.0 {
            return None;
        }
        let at = |p: f64| self.law.quantile(p.clamp(1e-9, 1.0));
        let narrow = [at(0.05 + reach), at(0.95 - reach)];
        let wide = [at(0.05 - reach), at(0.95 + reach)];
        Some([narrow, wide].map(|ends| self.width_of(ends, is_log)))
    }
}

fn holdings(told: &Told) -> Vec<Holding> {
    let assets = (0_u16..).zip(&told.scenario.assets);
    let held = assets.filter(|(_, asset)| asset.value.get() > 0.0);
    held.map(|(index, asset)| {
        let values = told.outcome.column(ASSET_VALUE.of_asset(index));
        let unit = asset.value.get() * told.columns.price_level;
        let relative = values.unwrap_or_default().iter().map(|value| value / unit);
        Holding {
            name: asset.name.clone(),
            law: Law::new(relative.collect(), 0.0),
        }
    })
    .collect()
}

const WORDS: [&str; 6] = ["", "one", "two", "three", "four", "five"];

/// A group at one end of the order by width: by name with its span, two by name, or their number.
fn group_is_true(said: &str, ranked: &[&Holding]) -> Result<(), String> {
    if let Some(alike) = said.strip_suffix(", not told apart") {
        if let Some((a, b)) = alike.split_once(" and ") {
            let mut first: Vec<&str> = ranked.iter().take(2).map(|one| one.name.as_str()).collect();
            let mut named = [a, b];
            first.sort_unstable();
            named.sort_unstable();
            return (first == named)
                .then_some(())
                .ok_or(format!("it is {first:?}"));
        }
        let word = alike.strip_suffix(" holdings").unwrap_or_default();
        let count = WORDS.iter().position(|known| *known == word);
        let count = count.or(word.parse().ok());
        let is_so = count.is_some_and(|count| (3..ranked.len()).contains(&count));
        return is_so.then_some(()).ok_or(format!("{count:?} holdings"));
    }
    let (name, span) = said.split_once(", ").ok_or("no span")?;
    let first = ranked.first().ok_or("no holding")?;
    (first.name == name)
        .then_some(())
        .ok_or(format!("it is {}", first.name))?;
    let (low, high) = span.split_once(" to ").unwrap_or((span, span));
    let shown = [low, high].map(Printed::read);
    let is_so = |(shown, end): (Option<Printed>, f64)| shown.is_some_and(|shown| shown.holds(end));
    let are_so = shown.into_iter().zip(first.ends()).all(is_so);
    are_so.then_some(()).ok_or(format!("{:?}", first.ends()))
}

fn is_true(title: &str, is_log: bool, told: &Told) -> Result<(), String> {
    let held = holdings(told);
    let mut ranked: Vec<&Holding> = held.iter().collect();
    ranked.sort_by(|a, b| b.width(is_log).total_cmp(&a.width(is_log)));
    let one_path = told.columns.n_paths == 1;
    let end = |name: &str| {
        let found = held.iter().find(|one| one.name == name);
        found
            .map(|one| one.law.values[0])
            .ok_or(format!("no {name}"))
    };
    let holds = |text: &str, value: f64| match Printed::read(text) {
        Some(shown) if shown.holds(value) => Ok(()),
        _ => Err(format!("{text} is {value}")),
    };
    let check = |is_true: bool, why: &str| is_true.then_some(()).ok_or(why.to_owned());
    if let Some(rest) = title.strip_prefix("On the one path ") {
        check(one_path, "more paths")?;
        if let Some(said) = rest.strip_prefix("every holding ends at ") {
            check(held.len() > 1, "one holding")?;
            let said = said.trim_end_matches(" of its start");
            return held
                .iter()
                .try_for_each(|one| holds(said, one.law.values[0]));
        }
        let (first, second) = match rest.split_once(", the most, and ") {
            Some((first, rest)) => (first, Some(rest.trim_end_matches(", the least"))),
            None => (rest, None),
        };
        let said = |part: &str| -> Result<f64, String> {
            let (name, at) = part.split_once(" ends at ").ok_or("no end")?;
            let at = at.split_once(" of ").map_or(at, |(at, _)| at);
            let value = end(name)?;
            holds(at, value).map(|()| value)
        };
        let most = said(first)?;
        let Some(second) = second else {
            return check(held.len() == 1, "there are others");
        };
        let least = said(second)?;
        let ends = || held.iter().map(|one| one.law.values[0]);
        check(
            ends().all(|end| least <= end && end <= most),
            "not the ends",
        )?;
        return check(most > least * (1.0 + 1e-9), "it is the same");
    }
    check(!one_path, "one path")?;
    if title == "Every holding ends at one value on all paths" {
        check(
            held.len() > 1 && held.iter().all(Holding::is_still),
            "one spreads",
        )
    } else if title == "No holding spreads clearly wider than another" {
        check(held.len() > 1, "one holding")?;
        check(!held.iter().all(Holding::is_still), "all are still")?;
        let Some(widths) = ranked
            .iter()
            .map(|one| one.widths(is_log))
            .collect::<Option<Vec<_>>>()
        else {
            return Ok(()); // too few paths to be clear
        };
        let narrowest = widths
            .iter()
            .map(|[_, wide]| *wide)
            .fold(f64::INFINITY, f64::min);
        check(
            widths.iter().all(|[narrow, _]| *narrow <= narrowest + 1e-9),
            "one does",
        )
    } else if let Some((widest, narrowest)) = title.split_once("; narrowest: ") {
        let head = match is_log {
            true => "Widest by ratio to the start: ",
            false => "Widest in multiples of the start: ",
        };
        let widest = widest.strip_prefix(head).ok_or("not the widest")?;
        group_is_true(widest, &ranked)?;
        ranked.reverse();
        group_is_true(narrowest, &ranked)
    } else {
        Err("not read".to_owned())
    }
}

#[test]
fn which_holding_spreads_widest_is_so() {
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
        if title.starts_with("The value of ") {
            continue; // counted with the other claims about one law
        }
        let is_log = drawing.description.contains("log scale");
        let words = [
            ("by ratio to", "in multiples of"),
            ("in multiples of", "by ratio to"),
            ("three holdings", "two holdings"),
            ("On the one path", "On each path"),
            ("Every holding", "No holding"),
            (" a ends", " b ends"),
        ];
        let check = |title: &str| is_true(title, is_log, told);
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
            "four markets, 400 paths",
            "No holding spreads clearly wider than another",
        ),
        (
            "two markets apart, 400 paths",
            "No holding spreads clearly wider than another",
        ),
        (
            "two markets apart, 400 paths",
            "Every holding ends at one value on all paths",
        ),
        (
            "still markets, 400 paths",
            "No holding spreads clearly wider than another",
        ),
    ] {
        let told = crate::told::named(name);
        assert!(is_true(title, true, told).is_err(), "{name}: {title}");
    }
}
