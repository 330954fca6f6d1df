//! What the screen and the page of a single path say, and what they do not.

use crate::read::{amount, share};
use crate::told::{Told, all, named};

/// What stands behind `label` on its line.
fn cell(screen: &str, label: &str) -> Option<String> {
    let mut lines = screen.lines().map(str::trim);
    let rest = lines.find_map(|line| line.strip_prefix(label))?;
    Some(rest.trim().to_owned())
}

fn rows_are_true(screen: &str, told: &Told) -> Result<(), String> {
    let columns = &told.columns;
    let (wealth, fall) = (columns.wealth[0], columns.deepest_fall[0]);
    let is_so = |label: &str, is: &dyn Fn(&str) -> bool| match cell(screen, label) {
        Some(said) if is(&said) => Ok(()),
        said => Err(format!("{label}: {said:?}")),
    };
    is_so("wealth at the end", &|said| {
        amount(said, &columns.currency).is_some_and(|shown| shown.is(wealth))
    })?;
    if columns.money_in > 0.0 {
        is_so("maximum drawdown", &|said| {
            share(said).is_some_and(|shown| shown.is(fall))
        })?;
        let lost = wealth < columns.money_in * (1.0 - 1e-12);
        let word = if lost { "yes" } else { "no" };
        is_so("you got back less than you put in", &|said| said == word)?;
    }
    Ok(())
}

#[test]
fn one_path_is_told_as_it_happened() {
    let ones = all().iter().filter(|told| told.columns.n_paths == 1);
    let mut n = 0;
    for told in ones {
        if let Err(why) = rows_are_true(&told.screen, told) {
            panic!("{}: {why}\n{}", told.name, told.screen);
        }
        n += 1;
    }
    assert!(n >= 8, "{n}");
    // power
    let told = named("one path");
    for (said, other) in [(" yes", " no"), ("$7,474", "$8,474"), ("95.6 %", "95.9 %")] {
        let planted = told.screen.replacen(said, other, 1);
        assert_ne!(planted, told.screen, "{said}\n{}", told.screen);
        assert!(rows_are_true(&planted, told).is_err(), "{said}");
    }
}

#[test]
fn of_one_path_there_is_no_chance_no_quantile_and_no_error() {
    let quantiles = ["5th", "95th", "median", "the worst", "Median", "futures"];
    for told in all().iter().filter(|told| told.columns.n_paths == 1) {
        for word in [
            "±",
            "1 in 20",
            "hance ",
            "middle",
            "0 of 1",
            "1 of 1",
            "FROM THE CLAIM",
        ] {
            assert!(!told.text.contains(word), "{}: {word}", told.name);
        }
        for word in quantiles {
            assert!(!told.screen.contains(word), "{}: {word}", told.name);
            for drawing in &told.drawings {
                let mut texts = drawing.texts();
                let has = texts.any(|text| text.text.contains(word));
                assert!(!has, "{}: {}: {word}", told.name, drawing.id);
            }
        }
        let kinds = ["terminal_wealth", "deepest_fall", "bridge", "loss_by_cause"];
        let mut drawn = told.drawings.iter();
        assert!(!drawn.any(|drawing| kinds.contains(&drawing.id.as_str())));
    }
    // power
    assert!(named("flagship").text.contains("5th pct"));
}
