//! Plausibility warnings about covers: no payout within the run, or a limit far above the possible loss.
//!
//! In: a scenario and its document. Out: [`Implausible`] values. Not here: keys that are implausible by
//! themselves (`rules`).

use super::super::Scenario;
use super::super::owner::{Cover, PaysWhen};
use super::super::tables::written_tables;
use super::Implausible;
use crate::form::{Group, Preset, Table, key, written};

/// Multiple of an asset's value above which the limit of a cover is implausible; a chosen number.
const TIMES_INSURED: f64 = 10.0;

/// Warning about a cover.
struct CoverDoubt {
    /// Inline table of the cover that has the key; `None` if the key is its own.
    table: Option<&'static str>,
    key: &'static str,
    effect: String,
    advice: &'static str,
}

/// Returns warnings about implausible values of all insurance covers.
pub fn doubts(scenario: &Scenario, document: &Table) -> Vec<Implausible> {
    let mut found = Vec::new();
    for cover in scenario.covers() {
        for doubt in [late(scenario, cover), large(scenario, cover)].into_iter().flatten() {
            let label = key(cover.name.as_ref().map_or(cover.asset.as_str(), |name| name.as_str()));
            let path = match doubt.table {
                None => format!("owner.cover.{label}.{}", doubt.key),
                Some(table) => format!("owner.cover.{label}.{table}.{}", doubt.key),
            };
            let is = typed(cover, document, doubt.table, doubt.key);
            found.push(Implausible::new(&path, &is, &doubt.effect, doubt.advice));
        }
    }
    found
}

/// Returns the warning that a cover pays nothing before the run ends, or too late to be spent.
fn late(scenario: &Scenario, cover: &Cover) -> Option<CoverDoubt> {
    const CASHLESS: &str = "no payout reaches cash within the run. Final wealth counts open payouts in full, so it is too \
                            optimistic";
    let months = scenario.months;
    let first = scenario
        .events
        .iter()
        .filter(|event| event.can_strike() && cover.is_of(&event.name, event.kind))
        .map(|event| event.keys.at.and_then(|date| scenario.month(date)).unwrap_or(1))
        .min()?;
    let when = cover.pays_when.as_ref();
    if when.is_some() && first >= months {
        return Some(CoverDoubt {
            table: Some("pays_when"),
            key: "window",
            effect: "the run ends before any window is complete, so all premiums are lost".to_owned(),
            advice: "Write a longer `horizon`, or leave the cover out",
        });
    }
    let window = when.map_or(0, |when| when.window_months());
    let paid = |window: u32| first + window + cover.waiting_months();
    if paid(window) <= months {
        return None;
    }
    let is_waiting = when.is_none() || paid(1) > months;
    let advice = "Write a shorter time, or a longer `horizon`";
    Some(if is_waiting {
        CoverDoubt { table: None, key: "waiting", effect: CASHLESS.to_owned(), advice }
    } else {
        let effect = format!("together with `waiting`, {CASHLESS}");
        CoverDoubt { table: Some("pays_when"), key: "window", effect, advice }
    })
}

/// Returns the warning that the limit is many times the asset's value. Its text depends on whether a payout
/// is the loss or the whole limit, and on whether the file states the premium.
fn large(scenario: &Scenario, cover: &Cover) -> Option<CoverDoubt> {
    let value = scenario.assets.iter().find(|asset| asset.name == *cover.asset)?.keys.value.get();
    if value <= 0.0 || cover.limit.get() <= TIMES_INSURED * value {
        return None;
    }
    let is_priced = cover.premium.is_some();
    let effect = match (cover.pays_when.is_some(), is_priced) {
        (false, true) => "the premiums insure far more than can be lost, so the result is too pessimistic",
        (false, false) => {
            "no loss is so large, so the limit changes neither payouts nor the computed premium"
        }
        (true, true) => {
            "a payout is many times the loss. Paths with a payout are too optimistic, and all others are too pessimistic. The mean is \
             too optimistic if payouts exceed premiums"
        }
        (true, false) => {
            "a payout is many times the loss. Paths with a payout are too optimistic. All others, and the mean, are too \
             pessimistic, because premiums exceed payouts"
        }
    };
    let advice = "Write a limit near the `value` of the asset";
    Some(CoverDoubt { table: None, key: "limit", effect: effect.to_owned(), advice })
}

/// Text of the cover's key `key`, which is in the inline table `inner` if there is one; as written, else the default.
fn typed(cover: &Cover, document: &Table, inner: Option<&str>, key: &str) -> String {
    let value = |table: &Table| -> Option<String> {
        let found = match inner {
            None => table.get(key)?,
            Some(inner) => table.table(inner)?.get(key)?,
        };
        Some(written(&found.value))
    };
    let is_it = |table: &&Table| {
        [("asset", &cover.asset), ("cause", &cover.cause)]
            .iter()
            .all(|(key, own)| table.text(key) == Some(own.as_str()))
    };
    let owner = document.table("owner");
    let said = owner.and_then(|owner| written_tables(owner, "cover").find(is_it)).and_then(value);
    said.unwrap_or_else(|| {
        let fields = if inner.is_some() { PaysWhen::FIELDS } else { Cover::FIELDS };
        let preset = fields.iter().find(|field| field.key == key);
        match preset.map(|field| field.preset) {
            Some(Preset::Is(text)) => format!("{text} (default)"),
            _ => String::new(),
        }
    })
}
