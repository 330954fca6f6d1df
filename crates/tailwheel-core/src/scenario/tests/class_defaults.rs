//! Every default of every class is a key, and both ends of its range are values.

use super::meaning::filled;
use super::support::{valid, with_head};
use crate::asset::{Asset, COUNTED, KINDS};
use crate::form::{Field, Kind, Preset};

/// Beginnings of lines that set the value of an asset without the key `value`.
const TOLD_BY: [&str; 6] = ["income =", "visits =", "audience =", "downloads =", "streams =", "licences ="];

/// Scenario file with an asset of `class` and agents. `line` is a key of the asset, or of its market if it begins
/// with `market.`.
fn of_class(class: &crate::catalog::Class, line: &str) -> String {
    let worth = match class.default("roi") {
        _ if TOLD_BY.iter().any(|said| line.starts_with(said)) => "",
        None if !line.starts_with("roi =") => "value = 1\nroi = 0.2\n",
        _ => "value = 1\n",
    };
    let (asset, market) = match line.strip_prefix("market.") {
        Some(line) => ("", line),
        None => (line, ""),
    };
    let site = if line.starts_with("audience =") {
        "[[asset]]\nname = \"b\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nvisits = 100_000\n"
    } else {
        ""
    };
    with_head(&format!(
        "[[asset]]\nname = \"a\"\nclass = \"{}\"\n{worth}{asset}\n{site}\
         [[market]]\nname = \"a\"\n{market}\n[crash]\nmodels = {{ m = 1 }}\n\
         [owner]\nspending = \"1/month\"\nhour_value = 1\n",
        class.id
    ))
}

/// Lines that give an asset an earnings model with the key `key`, preferably that of the class, and the model's
/// required keys; empty if the key belongs to claimed returns or to no model.
fn model_with(class: &crate::catalog::Class, key: &str) -> String {
    let has = |kind: &&Kind<dyn Asset>| kind.fields.iter().any(|field| field.key == key);
    let is_own = |kind: &&Kind<dyn Asset>| class.mechanism.as_deref() == Some(kind.id);
    let own = KINDS.iter().find(|kind| is_own(kind) && has(kind));
    let Some(kind) = KINDS.iter().find(|kind| has(kind)).filter(|kind| kind.id != KINDS[0].id) else {
        return String::new();
    };
    let kind = own.unwrap_or(kind);
    let is_asked = |field: &&Field| matches!(field.preset, Preset::Required | Preset::Absent);
    let asked: Vec<String> =
        kind.fields.iter().filter(is_asked).map(|field| format!("{} =", field.key)).collect();
    let is_needed = |line: &&str| asked.iter().any(|key| line.starts_with(key));
    let needed: Vec<&str> = kind.example.lines().filter(is_needed).collect();
    format!("model = \"{}\"\n{}\n", kind.id, needed.join("\n"))
}

/// Lines of an asset of `class` that reads the key `key`.
fn reading(class: &crate::catalog::Class, key: &str) -> String {
    let count = |key: &&str| format!("{key} = {}\n", if *key == "audience" { "\"b\"" } else { "100_000" });
    let told = match key {
        "multiple" => "income = \"1/month\"".to_owned(),
        "uplift_limit" => return model_with(class, key) + "uplift = 0.02\n",
        "churn_spread" => return model_with(class, key) + "churn = \"5 %/month\"\n",
        _ if key.starts_with("pair_") => "liquidity = true".to_owned(),
        _ => match COUNTED.iter().find(|counted| counted.fields.iter().any(|field| field.key == key)) {
            Some(counted) => counted.counts.iter().map(count).collect(),
            None => return model_with(class, key),
        },
    };
    format!("{told}\nmodel = \"mechanism\"\n")
}

#[test]
fn every_default_of_every_class_is_a_key_and_both_ends_of_its_range_are_values() {
    for class in crate::catalog::classes() {
        for entry in &class.defaults {
            let of_asset = |key: &str, said| (format!("asset.a.{key}"), key.to_owned(), said);
            let (path, written, said) = match entry.key.split_once('.') {
                Some(("stable", key)) => {
                    of_asset(key, format!("denomination = \"stable\"\n{}", model_with(class, key)))
                }
                Some(("unverified", key)) => of_asset(key, "verified = false\n".to_owned()),
                Some(("mechanism", key)) => of_asset(key, "model = \"mechanism\"\n".to_owned()),
                Some((_, key)) => (format!("market.a.{key}"), entry.key.clone(), String::new()),
                None => of_asset(&entry.key, reading(class, &entry.key)),
            };
            let scenario = valid(&of_class(class, &said));
            let is_used = entry.with.is_some() || filled(&scenario, &path).is_some();
            assert!(is_used, "{}: `{}` is never read", class.id, entry.key);
            for end in entry.range.iter().flatten() {
                valid(&of_class(class, &format!("{said}{written} = {}", end.as_toml())));
            }
        }
    }
}
