//! Labels of pictures: the text that the screen has for the same figure.
//!
//! In: texts of SVGs, screens. Out: tests. Not here: titles (`titles`), the values themselves (`figures`).

use crate::read::{between, without_intervals};
use crate::told::{Told, all, named};
use tailwheel::record::ASSET_VALUE;

/// Quantiles as the screen has them, the 5th percentile first; none where they stand on other lines.
fn row(screen: &str, label: &str) -> Option<[String; 3]> {
    let mut lines = screen.lines();
    let rest = lines.find_map(|line| line.trim_start().strip_prefix(label))?;
    let rest = without_intervals(rest);
    let cells = rest.split("  ").map(str::trim);
    let cells: Vec<String> = cells
        .filter(|cell| !cell.is_empty())
        .map(|cell| cell.split(" ± ").next().unwrap_or(cell).replace(" %", "%"))
        .collect();
    cells.try_into().ok()
}

/// What each label of a picture says for one of the quantiles of `row`; how many there are.
fn are_those_of(
    row: &[String; 3],
    labels: &[(&str, usize)],
    texts: &[String],
) -> Result<usize, String> {
    let mut n = 0;
    for text in texts {
        for (name, index) in labels {
            let Some(said) = text
                .strip_prefix(name)
                .and_then(|rest| rest.strip_prefix(' '))
            else {
                continue;
            };
            // another name that begins alike
            if !said.contains(|letter: char| letter.is_ascii_digit())
                || said.starts_with("percentile")
                || said.starts_with("to ")
                || said.starts_with("mean of ")
            {
                continue;
            }
            // what is not certain never reads 100 % in a picture
            if said != row[*index] && !said.starts_with("over 99") {
                return Err(format!("{text}: the screen has {}", row[*index]));
            }
            n += 1;
        }
    }
    Ok(n)
}

const RISING: [(&str, usize); 8] = [
    ("median", 1),
    ("median, both", 1),
    ("5th percentile", 0),
    ("95th percentile", 2),
    ("5th", 0),
    ("95th", 2),
    ("5th, both", 0),
    ("95th, both", 2),
];
/// The deepest falls are the worst ones.
const FALLING: [(&str, usize); 2] = [("median", 1), ("95th percentile", 0)];

fn is_true(screen: &str, told: &Told) -> Result<usize, String> {
    let mut n = 0;
    for drawing in &told.drawings {
        let (label, names) = match drawing.id.as_str() {
            "wealth_fan" | "terminal_wealth" | "loop_fan" => ("wealth at the end", &RISING[..]),
            "deepest_fall" => ("maximum drawdown", &FALLING[..]),
            _ => continue,
        };
        let texts = drawing.texts().map(|text| text.text.clone());
        // changes by the loop have signs
        let texts = texts.filter(|text| !(drawing.id == "loop_fan" && text.ends_with('%')));
        let texts: Vec<String> = texts.collect();
        if let Some(row) = row(screen, label) {
            n += are_those_of(&row, names, &texts)
                .map_err(|why| format!("{}: {why}", drawing.id))?;
        }
    }
    Ok(n)
}

#[test]
fn labels_have_the_figures_of_the_screen() {
    let (mut n, mut faults) = (0, Vec::new());
    for told in all() {
        match is_true(&told.screen, told) {
            Ok(found) => n += found,
            Err(why) => faults.push(format!("{}: {why}", told.name)),
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n > 300, "{n}");
}

#[test]
fn another_figure_on_the_screen_is_found() {
    for (name, label) in [
        ("plain", "wealth at the end"),
        ("ten paths", "wealth at the end"),
        ("flagship", "maximum drawdown"),
    ] {
        let told = named(name);
        let row = row(&told.screen, label).expect("a row");
        let middle = row[1].replace('%', " %");
        let (before, after) = told.screen.split_once(label).expect("a label");
        let planted = after.replacen(
            &middle,
            &middle.replacen(|c: char| c.is_ascii_digit(), "", 1),
            1,
        );
        let planted = format!("{before}{label}{planted}");
        assert_ne!(planted, told.screen, "{row:?}");
        assert!(is_true(&planted, told).is_err(), "{name}: {row:?}");
    }
}

#[test]
fn no_two_labels_of_wealth_say_the_same() {
    for told in all() {
        for drawing in &told.drawings {
            if !["wealth_fan", "loop_fan"].contains(&drawing.id.as_str()) {
                continue;
            }
            // a quantile and what it is: labels of one quantile differ
            let labels = drawing.texts().map(|text| text.text.as_str());
            let labels: Vec<&str> = labels
                .filter_map(|text| text.strip_prefix("median"))
                .filter(|text| !text.ends_with('%'))
                .map(|text| text.rsplit(' ').next().unwrap_or(text))
                .collect();
            let mut apart = labels.clone();
            apart.dedup();
            assert_eq!(labels, apart, "{}: {}", told.name, drawing.id);
        }
    }
}

/// What the screen says of values that were filled in.
fn filled_in_is_true(text: &str, told: &Told) -> Result<(), String> {
    let of = &told.report.scenario.filled_in;
    let Some((before, after)) = text.split_once(" filled in from the catalog, ") else {
        return of.is_empty().then_some(()).ok_or("not said".to_owned());
    };
    let n: usize = before
        .trim_end_matches(" values are")
        .trim_end_matches(" value is")
        .rsplit(' ')
        .next()
        .and_then(|n| n.replace(',', "").parse().ok())
        .ok_or("no number")?;
    let guesses = of
        .iter()
        .filter(|value| value.grade.to_string() == "G")
        .count();
    let said = between(after, "", " (grade G)").ok_or("no guesses")?;
    let said = match said {
        "all guesses" | "a guess" => n,
        "none of them a guess" => 0,
        said => said
            .split(' ')
            .next()
            .and_then(|n| n.parse().ok())
            .ok_or("no number")?,
    };
    if said == n && of.len() > 1 && !after.starts_with("all guesses") {
        return Err("all of them are guesses".to_owned());
    }
    if (n, said) != (of.len(), guesses) {
        return Err(format!("{n}, {said} for {}, {guesses}", of.len()));
    }
    if of.iter().any(|value| value.source.is_empty()) {
        return Err("one has no source".to_owned());
    }
    let page = between(after, "`tailwheel explain ", "`").ok_or("no page")?;
    let all_of_it = told.scenario.assets.iter().all(|asset| asset.class == page);
    (page == "CLASS" || all_of_it)
        .then_some(())
        .ok_or(format!("not all are {page}"))
}

#[test]
fn what_was_filled_in_is_counted_and_explained() {
    let mut n_all = 0;
    for told in all() {
        if let Err(why) = filled_in_is_true(&told.text, told) {
            panic!("{}: {why}\n{}", told.name, told.screen);
        }
        n_all += usize::from(told.text.contains(", all guesses (grade G)"));
    }
    assert!(n_all > 0);
    let told = named("flagship");
    for (said, other) in [
        ("explain CLASS", "explain defi-yield-aggregator"),
        (" of them guesses", "1 of them guesses"),
    ] {
        let planted = told.text.replacen(said, other, 1);
        assert_ne!(planted, told.text, "{}", told.screen);
        assert!(filled_in_is_true(&planted, told).is_err(), "{planted}");
    }
}

/// What is left out makes wealth too high and losses too low.
fn ends_are_named(text: &str) -> Result<(), String> {
    let read = between(text, "are not simulated in this version", ". ").ok_or("not said")?;
    let is_so =
        read.ends_with("read wealth and income as an upper end, losses and falls as a lower one");
    is_so.then_some(()).ok_or(read.to_owned())
}

#[test]
fn what_is_not_simulated_bounds_wealth_above_and_losses_below() {
    for told in all() {
        assert_eq!(
            ends_are_named(&format!("{} ", told.text)),
            Ok(()),
            "{}",
            told.name
        );
    }
    assert!(
        ends_are_named("x are not simulated in this version: read the figures as an upper end. ")
            .is_err()
    );
}

/// What the subtitle of a picture promises, beside the values at the end of what it draws.
fn bands_are_drawn(said: &str, all: &[Vec<f64>]) -> Result<(), String> {
    let sorted = all.iter().map(|values| {
        let mut values = values.clone();
        values.sort_by(f64::total_cmp);
        values
    });
    let all: Vec<Vec<f64>> = sorted.collect();
    let n = all[0].len();
    if said.contains("of the one path") != (n == 1) {
        return Err(format!("{n} paths: {said}"));
    }
    let at = |values: &[f64], p: usize| values[(p * n).div_ceil(100) - 1];
    let highest = all.iter().map(|values| at(values, 95)).fold(0.0, f64::max);
    let width = |values: &Vec<f64>| at(values, 95) - at(values, 5);
    let has_band = said.contains("90% band") && !said.contains("90% bands are too narrow");
    // all paths of such a scenario stay together, or end wide apart
    let is_so = match () {
        () if all.iter().all(|values| values[0] == values[n - 1]) => !has_band,
        () if n > 1 && all.iter().any(|values| width(values) > 0.1 * highest) => has_band,
        () => true,
    };
    is_so
        .then_some(())
        .ok_or(format!("up to {highest}: {said}"))
}

/// Values at the end of what the picture `kind` draws in bands.
fn banded(kind: &str, told: &Told) -> Vec<Vec<f64>> {
    let columns = &told.columns;
    match kind {
        "wealth_fan" => vec![columns.wealth.clone()],
        "loop_fan" => vec![columns.wealth.clone(), columns.wealth_alone.clone()],
        "holdings" => (0_u16..)
            .map_while(|index| told.outcome.column(ASSET_VALUE.of_object(index)))
            .zip(&told.scenario.assets)
            .filter(|(_, asset)| asset.value.get() > 0.0)
            .map(|(values, asset)| {
                let values = values.iter().zip(&columns.levels);
                values
                    .map(|(value, level)| value / (asset.value.get() * level))
                    .collect()
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn pictures_promise_bands_only_where_there_are_some() {
    let (mut n, mut faults) = (std::collections::BTreeMap::new(), Vec::new());
    for told in all() {
        for drawing in &told.drawings {
            let values = banded(&drawing.id, told);
            if values.is_empty() {
                continue;
            }
            let found = bands_are_drawn(&drawing.description, &values).err();
            faults.extend(found.map(|why| format!("{}: {}: {why}", told.name, drawing.id)));
            *n.entry(drawing.id.as_str()).or_insert(0) += 1;
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(
        n["wealth_fan"] > 40 && n["holdings"] > 10 && n["loop_fan"] > 10,
        "{n:?}"
    );
}
