//! Files that people want to write: each reads as it stands.

use super::support::{read_back, studied_files, valid_files};
use crate::event::Timing;

const FLAGSHIP: &str = include_str!("../../../../../scenarios/passive-income-2027.toml");
const TABLE: &str = include_str!("../../../../../scenarios/_table-2027.toml");

/// The scenario file `text` with the files that it may extend, as (path, text).
fn beside(text: &str) -> [(&str, &str); 3] {
    [("mine.toml", text), ("passive-income-2027.toml", FLAGSHIP), ("_table-2027.toml", TABLE)]
}

/// Scenario file that extends the flagship by a certain total loss, in variants with and without insurance.
const ONE_HACK: &str = include_str!("writable/one-hack.toml");

#[test]
fn one_hack_covered_and_bare() {
    let study = studied_files(&beside(ONE_HACK), &[]);
    let [covered, bare] = study.cases.as_slice() else { panic!("two variants") };
    for case in [covered, bare] {
        let mut events = case.scenario.events.iter();
        let hack = events.find(|event| event.name == "hack").unwrap();
        assert_eq!(hack.timing(&case.scenario), Timing::At(19));
        // what is certain is not also left to chance
        let mut events = case.scenario.events.iter();
        assert!(events.all(|event| event.kind.id != "contract-exploit" || event.name == "hack"));
    }
    let n_covers = |case: &crate::scenario::Case| case.scenario.owner.as_ref().unwrap().cover.len();
    assert_eq!([covered, bare].map(n_covers), [1, 0]);
}

/// Scenario file with axes of residence, spending, lockstep of agents and insurance, and with gates.
const MATRIX: &str = include_str!("writable/matrix.toml");

#[test]
fn two_hundred_lives_from_one_file() {
    let study = studied_files(&beside(MATRIX), &[]);
    assert_eq!(study.cases.len(), 200);
    let mut expected: Vec<usize> = study.cases.iter().map(|case| case.expectations.len()).collect();
    expected.sort_unstable();
    assert_eq!(expected[200 - 10] - expected[200 - 11], 1, "one gate more for ten of them");
}

#[test]
fn the_flagship_is_the_table_lived_on() {
    let flagship = valid_files(&beside(FLAGSHIP), &[]);
    let table = valid_files(&beside(TABLE), &[]);
    assert!(table.events.is_empty() && !flagship.events.is_empty());
    assert_eq!(flagship.assets.len(), table.assets.len());
    assert!(flagship.has_obligations() && !table.has_obligations());
}

/// Scenario file with three software products, a DeFi pool, a salary that ends, and a large expense.
const CAN_I_QUIT: &str = include_str!("writable/can-i-quit.toml");

#[test]
fn can_i_quit_with_three_products_told_by_what_they_earn() {
    let scenario = valid_files(&[("mine.toml", CAN_I_QUIT)], &[]);
    let mut assets = scenario.assets.iter();
    let value = |name: &str| assets.find(|asset| asset.name == name).unwrap().keys.value.get();
    // canonical order is that of the names
    let found = ["captions", "invoices", "soil"].map(value);
    let told = [600.0 * 2.8, 1400.0 * 3.4, 250.0 * 3.4].map(|yearly: f64| 12.0 * yearly);
    assert!(found.into_iter().zip(told).all(|(found, told)| is_near(found, told)), "{found:?}");
}

fn is_near(found: f64, told: f64) -> bool {
    (found - told).abs() < 1e-9 * told
}

/// Scenario file with two websites and a course that sells to their visitors, none of which exists at the start.
pub(super) const FLYWHEEL: &str = include_str!("writable/flywheel.toml");

#[test]
fn a_flywheel_from_nothing_with_its_sites_its_course_and_what_they_cost() {
    let scenario = valid_files(&[("mine.toml", FLYWHEEL)], &[]);
    let [blog, other, course] = scenario.assets.as_slice() else { panic!("three assets") };
    // nothing of it is there on day one
    assert!(scenario.assets.iter().all(|asset| asset.opening() == 0.0));
    assert!(scenario.has_obligations());
    // 84 of advertisements and 6.48 of links less 40 of tools, worth 2.9 years of it
    let income = 6_000.0 * (0.014 + 0.03 * 0.01 * 60.0 * 0.06) - 40.0;
    assert!(is_near(blog.keys.value.get(), 12.0 * income * 2.9));
    assert_eq!(other.visits.map(|visits| visits.get()), Some(2_000.0));
    let income = 2.0 * 8_000.0 * 0.005 * 50.0 * 0.9;
    assert!(is_near(course.keys.value.get(), 12.0 * income * 2.5));
    let audience: Vec<&str> = course.audience.iter().map(|site| site.text.as_str()).collect();
    assert_eq!(audience, ["blog-a", "blog-b"]);
    let launched = course.keys.launch.as_ref().expect("it is built").of(course.keys.value);
    assert_eq!((launched.begun, launched.stands(), launched.cost.get()), (7, 8, 400.0));
}

#[test]
fn a_canonical_document_keeps_who_visits_and_who_pays() {
    let paid = FLYWHEEL.replace("after = \"3 months\", fails", "from = \"course\", share = 0.3, fails");
    for (text, payer) in [(FLYWHEEL, None), (&paid, Some(("course", 0.3)))] {
        let [_, again] = read_back(text);
        assert!(again.assets[2].audience.iter().map(|one| one.text.as_str()).eq(["blog-a", "blog-b"]));
        assert_eq!(again.assets[1].paid_from(), payer);
    }
}
