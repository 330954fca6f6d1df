//! Each notation means what people mean by it, for each kind of key.
//!
//! In: keys with wrong values. Out: the values that are proposed. Not here: whole files (`corpus`).

use super::apply::{faults, messages, only};
use crate::common::rows;

/// Each section with what it needs beside any key of it.
const SECTIONS: [(&str, &str); 8] = [
    ("", "start = \"2027-01\"\nhorizon = \"10 years\"\ncurrency = \"USD\"\n"),
    ("run", "[run]\nseed = 1\n"),
    ("asset", "[[asset]]\nname = \"a\"\nclass = \"micro-saas-fleet\"\nvalue = 1000\n"),
    ("owner", "[owner]\n"),
    ("economy", "[economy]\n"),
    ("crisis", "[crisis]\n"),
    ("crash", "[crash]\nmodels = { x = 0.6, y = 0.4 }\n"),
    ("shock", "[[shock]]\nmarket = \"a\"\nat = \"2027-05\"\nloss = 0.1\n"),
];

/// A file in which `key` stands once, with `value`.
fn file(key: &str, value: &str) -> String {
    let (own, key) = key.split_once('.').unwrap_or(("", key));
    let mut text = String::new();
    for (section, needed) in SECTIONS {
        if section == own {
            let others = needed.lines().filter(|line| !line.starts_with(&format!("{key} =")));
            text.extend(others.map(|line| format!("{line}\n")));
            text += &format!("{key} = {value}\n");
        } else if ["", "run", "asset"].contains(&section) {
            text += needed;
        }
    }
    text
}

/// What is proposed for the value of `key`.
fn proposed(key: &str, value: &str) -> Vec<String> {
    let found = only(&file(key, value));
    for (replacement, patched) in &found.proposals {
        assert_eq!(messages(patched), [""; 0], "{key} = {value}: {replacement}");
    }
    found.proposals.into_iter().map(|(replacement, _)| replacement).collect()
}

#[test]
fn what_is_meant_is_proposed_in_the_unit_of_its_key_and_nothing_where_nothing_is_meant() {
    for [key, value, expected] in rows(include_str!("meaning.tsv")) {
        assert_eq!(proposed(key, value).join(" | "), expected, "{key} = {value}");
    }
}

#[test]
fn an_example_is_shown_and_never_proposed() {
    for key in ["horizon", "asset.volatility", "run.paths", "crisis.begins", "crisis.lasts", "asset.value"] {
        for value in ["nan", "inf", "true", "\"lots\""] {
            let found = only(&file(key, value));
            assert!(found.proposals.is_empty(), "{key} = {value}");
            assert!(found.note("such as").is_some(), "{key} = {value}");
        }
    }
}

#[test]
fn what_was_typed_is_quoted_as_it_was_typed() {
    for (key, value, said) in [
        ("economy.inflation", "\"18 % p.q.\"", "`inflation` cannot be read from \"18 % p.q.\""),
        ("asset.jumps", "{ rate = true, mean = -0.1, sd = 0.1 }", "`rate` is a number of events per year"),
    ] {
        assert_eq!(messages(&file(key, value))[0], said);
    }
}

#[test]
fn values_inside_a_table_are_replaced_where_they_stand() {
    let found = faults(&file("crash.models", "{ a = 45, b = 0.55 }"));
    let (replacement, patched) = &found[0].proposals[0];
    assert_eq!(replacement, "\"45 %\"");
    assert!(patched.contains("models = { a = \"45 %\", b = 0.55 }"), "{patched}");
    assert!(faults(patched).is_empty());
}
