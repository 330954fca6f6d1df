//! Titles of pictures: what they claim is counted again in the columns.
//!
//! In: texts of SVGs. Out: tests. Not here: how a claim is read (`claim`).

use crate::claim::Claim;
use crate::law::Law;
use crate::told::{Told, all};
use std::sync::atomic::AtomicBool;
use tailwheel::chart::Theme;
use tailwheel::report::{SinglePaths, pictures};

/// Kind and title of every picture of a run.
fn titles(told: &Told) -> impl Iterator<Item = (String, String)> {
    let drawn = told.drawings.iter();
    drawn.map(|drawing| (drawing.id.clone(), drawing.title.clone()))
}

/// What the picture `kind` counts, and the money put in where it is compared with that.
fn law_of(told: &Told, kind: &str) -> Option<Law> {
    let columns = &told.columns;
    let put_in = columns.money_in;
    let values = match kind {
        "wealth_fan" | "terminal_wealth" => columns.wealth.clone(),
        "deepest_fall" => columns.deepest_fall.clone(),
        _ => return None,
    };
    Some(Law::new(values, put_in))
}

#[test]
fn every_title_is_true_of_its_columns_and_false_of_others() {
    let (mut n_checked, mut faults) = (0, Vec::new());
    for told in all() {
        for (kind, title) in titles(told) {
            let Some(law) = law_of(told, &kind) else {
                continue;
            };
            let claims = Claim::read(&title);
            let found = claims.iter().filter_map(|claim| claim.check(&law).err());
            let found: Vec<String> = found.collect();
            let moved = law.moved();
            let is_false = claims.iter().any(|claim| claim.check(&moved).is_err());
            if !found.is_empty() || !is_false {
                faults.push(format!(
                    "{}: {kind}: {title} {found:?} {claims:?}",
                    told.name
                ));
            }
            n_checked += claims.len();
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n_checked > 300, "{n_checked}");
}

#[test]
fn what_the_loop_does_to_medians_is_what_the_columns_say() {
    let (mut n_checked, mut faults) = (0, Vec::new());
    for told in all() {
        let [with, without] = [&told.columns.wealth, &told.columns.wealth_alone]
            .map(|values| Law::new(values.clone(), 0.0));
        for (kind, title) in titles(told) {
            if kind != "loop_fan" {
                continue;
            }
            let found = crate::medians::of_medians(&title, &with, &without);
            let planted = crate::medians::of_medians(&title, &with.moved(), &without);
            if found.is_err() || planted.is_ok() {
                faults.push(format!("{}: {title} {found:?}", told.name));
            }
            n_checked += 1;
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n_checked >= 10, "{n_checked}");
}

#[test]
fn titles_are_sentences_without_slips() {
    for told in all() {
        for (kind, title) in titles(told) {
            let begins = title
                .chars()
                .next()
                .is_some_and(|letter| !letter.is_lowercase());
            assert!(begins, "{}: {kind}: {title}", told.name);
            for slip in [
                "1 paths",
                "None of 1 ",
                "NaN",
                "inf",
                "typical",
                "  ",
                " 0% of ",
                "−0",
            ] {
                let said = title.replace("inflation", "");
                assert!(!said.contains(slip), "{}: {kind}: {title}", told.name);
            }
        }
    }
}

#[test]
fn ticks_of_an_axis_differ() {
    for told in all() {
        for drawing in &told.drawings {
            if !["wealth_fan", "terminal_wealth", "loop_fan"].contains(&drawing.id.as_str()) {
                continue;
            }
            // labels of one axis share their place across or down, their size and where they end
            let mut labels: Vec<String> = Vec::new();
            for text in drawing.texts().filter(|text| text.size == 115) {
                let is_amount = text.text.contains(|letter: char| letter.is_ascii_digit());
                if is_amount && !text.text.contains(' ') && !text.text.contains('%') {
                    labels.push(format!("{:?} {}", text.anchor, text.text));
                }
            }
            let n = labels.len();
            labels.sort();
            labels.dedup();
            assert_eq!(labels.len(), n, "{}: {}: {labels:?}", told.name, drawing.id);
        }
    }
}

/// Files of every kind of picture, for a scenario of each sort.
#[test]
fn every_picture_of_an_extreme_scenario_can_be_painted() {
    let names = [
        "one path",
        "one month",
        "fifty years",
        "a millionth",
        "trillions",
        "nothing",
        "all cash",
        "wild, 1500 paths",
        "altcoins, ten paths",
        "flagship, one path",
    ];
    for name in names {
        let told = crate::told::named(name);
        let stop = AtomicBool::new(false);
        let (scenario, outcome, report) = (&told.scenario, &told.outcome, &told.report);
        let painted = pictures(
            scenario,
            outcome,
            report,
            SinglePaths::default(),
            Theme::Light,
            &stop,
        );
        for picture in painted.expect("nobody stops it") {
            assert!(
                picture.png.starts_with(b"\x89PNG"),
                "{name}: {}",
                picture.name
            );
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(
            pictures(
                scenario,
                outcome,
                report,
                SinglePaths::default(),
                Theme::Light,
                &stop
            )
            .is_none()
        );
    }
}
