mod covers;

use super::*;
use crate::scenario::tests::support::studied_files;
use crate::scenario::{Case, Study};

const BASE: &str = include_str!("tests/plausible.toml");

/// Rows of a test table: a key, an assignment with an implausible value, and one with a plausible value.
fn both() -> impl Iterator<Item = [&'static str; 3]> {
    let rows = include_str!("tests/both.tsv").lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>());
    rows.map(|cells| cells.try_into().expect("three cells"))
}

fn study(text: &str, set: &[&str]) -> Study {
    studied_files(&[("base.toml", text)], set)
}

/// Warnings about implausible values after the assignments in `set`, which `&` separates.
fn found(set: &str) -> Vec<Implausible> {
    let set: Vec<&str> = set.split(" & ").collect();
    study(BASE, &set).as_written.scenario.implausible
}

/// Keys of the warnings after the assignments in `set`, which `&` separates.
fn warned(set: &str) -> Vec<String> {
    let key = |value: Implausible| {
        assert!(value.text.starts_with(&format!("`{}` is ", value.key)));
        assert!(value.text.ends_with('.') && value.text.contains(". "), "{}", value.text);
        value.key
    };
    found(set).into_iter().map(key).collect()
}

#[test]
fn what_cannot_be_meant_is_warned_of_with_its_key_and_its_plausible_neighbor_is_not() {
    assert_eq!(warned("run.seed=2"), [""; 0]);
    for [key, doubtful, plausible] in both() {
        assert_eq!(warned(doubtful), [key.replace("EUR/USD", "\"EUR/USD\"")], "{doubtful}");
        assert_eq!(warned(plausible), [""; 0], "{plausible}");
    }
}

#[test]
fn every_rule_is_met_by_one_of_these_values() {
    let rules = RULES.rules.iter().chain(&RULES.of_ranges);
    let mut unmet: Vec<&str> = rules.map(|rule| rule.effect.as_str()).collect();
    for [_, doubtful, _] in both() {
        let found = found(doubtful);
        unmet.retain(|effect| !found.iter().any(|value| value.text.contains(effect)));
    }
    assert_eq!(unmet, [""; 0]);
}

#[test]
fn a_place_of_several_is_warned_of_by_its_name() {
    let keys = |rate: &str| {
        let one = format!("residence = [{{ in = \"estonia\", tax_rate = {rate} }}]\nhour_value = 45");
        let gone = ["tax_rate", "gains_tax_rate", "compliance_cost"];
        let kept = BASE.lines().filter(|line| !gone.iter().any(|key| line.starts_with(key)));
        let text = kept.collect::<Vec<_>>().join("\n").replace("hour_value = 45", &one);
        let found = study(&text, &[]).as_written.scenario.implausible;
        found.into_iter().map(|value| value.key).collect::<Vec<_>>()
    };
    assert_eq!(keys("\"100 %\""), ["owner.residence.estonia.tax_rate"]);
    assert_eq!(keys("\"20 %\""), [""; 0]);
}

#[test]
fn a_variant_that_sets_what_the_file_says_is_warned_of_and_one_that_sets_more_is_not() {
    // the number of warnings of the file as written, and the keys of those of each case
    let keys = |variants: &str| {
        let study = study(&format!("{BASE}\n{variants}"), &[]);
        let keys = |case: &Case| case.scenario.implausible.iter().map(|value| value.key.clone()).collect();
        let cases = study.cases.iter().map(keys);
        (study.as_written.scenario.implausible.len(), cases.collect::<Vec<Vec<String>>>())
    };
    let same = "[[variant]]\nname = \"bare\"\n[[variant]]\nname = \"same\"\n\
                set = { \"owner.tax_rate\" = 0.2, \"owner.cash\" = 24_000 }\n";
    let (none, warned) = (Vec::new, || vec!["variant.same.set".to_owned()]);
    assert_eq!(keys(same), (1, vec![none(), warned()]));
    assert_eq!(keys(&same.replace("24_000", "25_000")), (0, vec![none(), none()]));
    // where an axis varies something else, the variant still adds nothing
    let axis = "[[axis]]\nname = \"seed\"\nkey = \"owner.hour_value\"\nvalues = [40, 50]\n";
    let (written, cases) = keys(&format!("{same}{axis}"));
    let n_warned = cases.iter().filter(|keys| !keys.is_empty()).count();
    assert_eq!((written, n_warned, cases.len()), (1, 2, 4));
}
