//! Every default of every class is a key, and both ends of its range are values.

use super::super::derived::{keys_of, priced};
use super::meaning::filled;
use super::support::{valid, with_head};
use crate::asset::{Asset, CountedBy, KINDS};
use crate::form::{Kind, Preset};

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
    let Some(kind) = KINDS.iter().find(|kind| has(kind)) else {
        return String::new();
    };
    if kind.id == KINDS[0].id {
        return String::new();
    }
    let kind = own.unwrap_or(kind);
    let is_needed = |line: &&str| {
        kind.fields.iter().any(|field| {
            let is_asked = matches!(field.preset, Preset::Required | Preset::Absent);
            is_asked && line.starts_with(&format!("{} =", field.key))
        })
    };
    let needed: Vec<&str> = kind.example.lines().filter(is_needed).collect();
    format!("model = \"{}\"\n{}\n", kind.id, needed.join("\n"))
}

fn is_of(by: CountedBy, key: &str) -> bool {
    keys_of(by).iter().any(|field| field.key == key)
}

#[test]
fn every_default_of_every_class_is_a_key_and_both_ends_of_its_range_are_values() {
    for class in crate::catalog::classes() {
        for entry in &class.defaults {
            let of_asset = |key: &str, said| (format!("asset.a.{key}"), key.to_owned(), said);
            let (path, written, said) = match entry.key.split_once('.') {
                Some(("stable", key)) => {
                    let model = model_with(class, key);
                    of_asset(key, format!("denomination = \"stable\"\n{model}"))
                }
                Some(("unverified", key)) => of_asset(key, "verified = false\n".to_owned()),
                Some(("mechanism", key)) => of_asset(key, "model = \"mechanism\"\n".to_owned()),
                Some((_, key)) => (format!("market.a.{key}"), entry.key.clone(), String::new()),
                None if entry.key == "multiple" => {
                    of_asset(&entry.key, "income = \"1/month\"\nmodel = \"mechanism\"\n".to_owned())
                }
                None if is_of(CountedBy::Visits, &entry.key) => {
                    of_asset(&entry.key, "visits = 100_000\nmodel = \"mechanism\"\n".to_owned())
                }
                None if is_of(CountedBy::Works, &entry.key) => {
                    let [count, _] = priced().find(|[_, price]| *price == entry.key).unwrap();
                    let line = format!("{count} = 100_000\nmodel = \"mechanism\"\n");
                    of_asset(&entry.key, line)
                }
                None if is_of(CountedBy::Audience, &entry.key) => {
                    of_asset(&entry.key, "audience = \"b\"\nmodel = \"mechanism\"\n".to_owned())
                }
                None if entry.key.starts_with("pair_") => {
                    of_asset(&entry.key, "liquidity = true\nmodel = \"mechanism\"\n".to_owned())
                }
                None if entry.key == "uplift_limit" => {
                    let tested = "uplift = 0.02\n";
                    of_asset(&entry.key, model_with(class, &entry.key) + tested)
                }
                None if entry.key == "churn_spread" => {
                    let point = "churn = \"5 %/month\"\n";
                    of_asset(&entry.key, model_with(class, &entry.key) + point)
                }
                None => of_asset(&entry.key, model_with(class, &entry.key)),
            };
            let said = said.as_str();
            let scenario = valid(&of_class(class, said));
            let is_used = entry.with.is_some() || filled(&scenario, &path).is_some();
            assert!(is_used, "{}: `{}` is never read", class.id, entry.key);
            if let Some([low, high]) = &entry.range {
                for end in [low, high] {
                    valid(&of_class(class, &format!("{said}{written} = {}", end.as_toml())));
                }
            }
        }
    }
}
