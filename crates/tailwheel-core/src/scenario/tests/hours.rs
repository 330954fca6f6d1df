//! Hours: what assets ask for, whether there are so many, and that nobody who counts none sees any of it.

use super::meaning::filled;
use super::support::{Text, read_back, refused, valid, with_asset};
use crate::units::Delay;

fn with(keys: &str, owner: &str) -> String {
    with_asset(&format!("{keys}\n[owner]\ncash = 5\n{owner}\n"))
}

const FLEET: &str = "model = \"mechanism\"\naudit = \"9 h/week\"\n";

#[test]
fn the_level_of_a_class_says_how_many_hours_unless_they_are_typed() {
    let hours = |keys: &str| {
        let scenario = valid(&with(keys, "hours = \"10 h/week\""));
        (scenario.assets[0].hours.get(), filled(&scenario, "asset.a.hours").is_some())
    };
    assert_eq!(hours(""), (0.65, true));
    assert_eq!(hours("autonomy = \"medium\""), (1.3, true));
    assert_eq!(hours("autonomy = \"very-high\""), (0.33, true));
    assert_eq!(hours("autonomy = \"autonomous\""), (0.15, true));
    assert_eq!(hours("hours = \"2 h/month\""), (2.0, false));
    // audits stand in place of the level, and typed hours on top
    assert_eq!(hours(FLEET), (0.0, false));
    let both = format!("{FLEET}hours = \"0.01 h/month\"\n");
    assert_eq!(hours(&both), (0.01, false));
}

#[test]
fn a_file_that_counts_no_hours_is_what_it_was() {
    let [plain, typed, autonomous] =
        ["", "hours = \"7 h/month\"", "autonomy = \"high\""].map(|keys| valid(&with(keys, "")));
    assert_eq!(plain.model_digest(), typed.model_digest());
    // and says that what is typed does nothing
    assert!(typed.uncounted == ["a"] && autonomous.uncounted == ["a"] && plain.uncounted.is_empty());
    let counted = valid(&with("", "hours = \"10 h/week\""));
    assert_ne!(plain.model_digest(), counted.model_digest());
    assert_eq!(counted.filled_in.len(), plain.filled_in.len() + 2);
}

#[test]
fn what_is_said_of_the_owner_without_effect_is_known() {
    let idle = |owner: &str| valid(&with("", owner)).idle;
    assert_eq!(idle("compliance_hours = \"2 h/month\""), ["compliance_hours"]);
    assert_eq!(idle("claim_rate_multiple = 0.7"), ["claim_rate_multiple"]);
    let event = "[[event]]\nname = \"suit\"\nkind = \"infringement-claim\"\nasset = \"a\"";
    for owner in [
        "",
        "compliance_hours = \"2 h/month\"\nhour_value = 45",
        &format!("claim_rate_multiple = 0.7\n{event}"),
    ] {
        assert_eq!(idle(owner), [""; 0]);
    }
}

#[test]
fn what_is_counted_is_read_back() {
    for keys in ["", FLEET, "hours = \"2 h/month\""] {
        let [_, again] = read_back(&with(keys, "hours = \"10 h/week\"\nhour_value = 45"));
        assert!(again.filled_in.is_empty(), "{:?}", again.filled_in);
    }
}

#[test]
fn more_hours_than_there_are_is_a_fault_with_a_figure_that_fits() {
    let on_top = format!("{FLEET}hours = \"0.1 h/month\"");
    let many = format!("{FLEET}hours = \"20 h/month\"\nunits = 100");
    for (keys, owner, remedy) in [
        (FLEET, "hours = \"8 h/week\"", "hours = \"9 h/week\""),
        (&on_top, "hours = \"9 h/week\"", "hours = \"10.15 h/week\""),
        ("hours = \"40 h/month\"", "hours = \"9 h/week\"", "hours = \"9.2 h/week\""),
        (&many, "hours = \"100 h/week\"", "fewer units, fewer hours"),
        ("model = \"mechanism\"", "hours = \"7 h/week\"", "hours = \"7.5 h/week\""),
        ("", "hours = 0", "hours = \"0.15 h/week\""),
    ] {
        let told = refused(&with(keys, owner)).has("available hours");
        if remedy.starts_with("hours") {
            told.has(format!("write: {remedy}\n"));
            valid(&with(keys, remedy));
        } else {
            told.has(remedy).lacks("write:");
        }
    }
    // what is there to the last minute is enough
    valid(&with(FLEET, "hours = \"9 h/week\""));
    let exact = format!("hours = \"{} h/week\"", 0.65 / Delay::WEEKS_PER_MONTH);
    valid(&with("", &exact));
}
