//! Each notation means what people mean by it, for each kind of key.
//!
//! In: keys with wrong values. Out: the values that are proposed. Not here: whole files (`corpus`).

use super::apply::faults;
use crate::common::rows;

const HEAD: &str = "start = \"2027-01\"\nhorizon = \"10 years\"\ncurrency = \"USD\"\n";

/// A file in which `key` stands once, with `value`.
fn file(key: &str, value: &str) -> String {
    let line = format!("{key} = {value}\n");
    let (section, key) = key.split_once('.').unwrap_or(("", key));
    let head: String = HEAD
        .lines()
        .filter(|held| !held.starts_with(key) || !section.is_empty())
        .map(|held| format!("{held}\n"))
        .collect();
    let run = "[run]\nseed = 1\n"
        .replace("seed = 1\n", if section == "run" && key == "seed" { "" } else { "seed = 1\n" });
    let asset = "[[asset]]\nname = \"a\"\nclass = \"micro-saas-fleet\"\n";
    let crash = "[crash]\nmodels = { x = 0.6, y = 0.4 }\n";
    let shock = "[[shock]]\nmarket = \"a\"\n";
    let line = match section {
        "" => line,
        _ => format!("{key} = {value}\n"),
    };
    let own = |named: &str, rest: &str| {
        if section == named { format!("{rest}{line}") } else { String::new() }
    };
    let value_of = if key == "value" { "" } else { "value = 1000\n" };
    format!(
        "{}{head}{run}{}{asset}{value_of}{}{}{}{}{}{}",
        if section.is_empty() { line.as_str() } else { "" },
        if section == "run" { line.as_str() } else { "" },
        own("asset", ""),
        own("owner", "[owner]\n"),
        own("economy", "[economy]\n"),
        own("crisis", "[crisis]\n"),
        own("crash", if key == "models" { "[crash]\n" } else { crash }),
        own(
            "shock",
            &if key == "at" { format!("{shock}loss = 0.1\n") } else { format!("{shock}at = \"2027-05\"\n") }
        ),
    )
}

/// What is proposed for the value of `key`.
fn proposed(key: &str, value: &str) -> Vec<String> {
    let found = faults(&file(key, value));
    assert_eq!(
        found.len(),
        1,
        "{key} = {value}: {:?}",
        found.iter().map(|fault| &fault.message).collect::<Vec<_>>()
    );
    for (replacement, patched) in &found[0].proposals {
        let again: Vec<String> = faults(patched).into_iter().map(|fault| fault.message).collect();
        assert!(again.is_empty(), "{key} = {value}: {replacement}: {again:?}");
    }
    found[0].proposals.iter().map(|(replacement, _)| replacement.clone()).collect()
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
            assert_eq!(proposed(key, value), [] as [&str; 0], "{key} = {value}");
            let found = faults(&file(key, value));
            assert!(found[0].notes.iter().any(|(name, _)| *name == "such as"), "{key} = {value}");
        }
    }
}

#[test]
fn what_was_typed_is_quoted_as_it_was_typed() {
    let found = faults(&file("economy.inflation", "\"18 % p.q.\""));
    assert_eq!(found[0].message, "`inflation` cannot be read from \"18 % p.q.\"");
    let found = faults(&file("asset.jumps", "{ rate = true, mean = -0.1, sd = 0.1 }"));
    assert_eq!(found[0].message, "`rate` is a number of events per year");
}

#[test]
fn values_inside_a_table_are_replaced_where_they_stand() {
    let text = file("crash.models", "{ a = 45, b = 0.55 }");
    let found = faults(&text);
    let (replacement, patched) = &found[0].proposals[0];
    assert_eq!(replacement, "\"45 %\"");
    assert!(patched.contains("models = { a = \"45 %\", b = 0.55 }"), "{patched}");
    assert!(faults(patched).is_empty());
}
