//! Plausibility warnings: values that are valid but can hardly be meant.
//!
//! In: a scenario and its document. Out: [`Implausible`] values. Not here: values that no scenario can have
//! (`units`), gates (`report`).

mod covers;
mod document_values;
mod rules;

use super::owner::Flow;
use super::{AssetEntry, Scenario};
use crate::form::{Table, key};
use crate::math::greater;
use document_values::{DocumentValue, each};
use rules::{RULES, Rule, Test};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A key of a scenario file whose value is valid but implausible.
#[derive(Clone, Debug, PartialEq)]
pub struct Implausible {
    /// Full path of the key, such as `asset.fleet.units`.
    pub key: String,
    /// Message: key, value, effect on the result and advice.
    pub text: String,
}

impl Implausible {
    /// Returns the warning about `key`; `is` describes its value in words.
    pub(super) fn new(key: &str, is: &str, effect: &str, advice: &str) -> Self {
        Self { key: key.to_owned(), text: format!("`{key}` is {is}: {effect}. {advice}.") }
    }
}

/// Returns the implausible values of `document`, from which `scenario` was read.
pub fn implausible(scenario: &Scenario, document: &Table) -> Vec<Implausible> {
    let there = wealth(scenario);
    let mut found = Vec::new();
    each(document, &PATTERNS, "", &mut |written, rule: &Rule| {
        if rule.test.is_met(&written, scenario, there) {
            let (is, key) = (written.typed(), &written.key);
            found.push(Implausible::new(key, &is, &rule.effect, &rule.advice));
        }
    });
    found.extend(covers::doubts(scenario, document));
    found.extend(free_launches(scenario, &found));
    find_in_ranges(scenario, document, &mut found);
    for asset in &scenario.assets {
        for doubt in asset.kind.doubts() {
            let key = format!("asset.{}.{}", key(&asset.name), doubt.key);
            found.push(Implausible::new(&key, &doubt.is, doubt.effect, doubt.advice));
        }
    }
    found
}

/// Returns warnings about launches without cost, except for those with a warning in `found`.
fn free_launches(scenario: &Scenario, found: &[Implausible]) -> Vec<Implausible> {
    let is_rule =
        |(key, rule): &&(&str, &Rule)| *key == "asset.*.launch.cost" && matches!(rule.test, Test::Exactly(_));
    let (_, rule) = PATTERNS.iter().find(is_rule).expect("there is a rule for a free launch");
    let is_free =
        |asset: &&AssetEntry| asset.keys.launch.as_ref().is_some_and(|launch| launch.cost.get() == 0.0);
    let free = scenario.assets.iter().filter(is_free);
    let keys = free.map(|asset| format!("asset.{}.launch.cost", key(&asset.name)));
    let is_found = |key: &String| found.iter().any(|one| one.key == *key);
    let unsaid = keys.filter(|key| !is_found(key));
    unsaid.map(|key| Implausible::new(&key, "not written", &rule.effect, &rule.advice)).collect()
}

/// Adds warnings about implausible ranges of assets and events to `found`.
fn find_in_ranges(scenario: &Scenario, document: &Table, found: &mut Vec<Implausible>) {
    let (mut paths, mut patterns) = (BTreeSet::new(), BTreeSet::new());
    let assets = scenario.assets.iter().map(|asset| ("asset", &asset.name, &asset.ranges));
    let events = scenario.events.iter().map(|event| ("event", &event.name, &event.ranges));
    for (section, name, ranges) in assets.chain(events) {
        let own = format!("{section}.{name}.");
        let within = ranges.iter().filter_map(|range| range.path.strip_prefix(&own));
        for within in within {
            paths.insert(format!("{section}.{}.{within}", key(name)));
            patterns.insert(format!("{section}.*.{within}"));
        }
    }
    let patterns: Vec<(&str, ())> = patterns.iter().map(|key| (&**key, ())).collect();
    each(document, &patterns, "", &mut |written, ()| {
        let is_met = |rule: &&Rule| rule.test.is_met(&written, scenario, 0.0);
        let rule = RULES.of_ranges.iter().find(is_met);
        if let Some(rule) = rule.filter(|_| paths.contains(&written.key)) {
            let (is, key) = (written.typed(), &written.key);
            found.push(Implausible::new(key, &is, &rule.effect, &rule.advice));
        }
    });
}

/// Key patterns of the plausibility rules, each with its rule.
static PATTERNS: LazyLock<Vec<(&'static str, &'static Rule)>> = LazyLock::new(|| {
    let keys = RULES.rules.iter().flat_map(|rule| rule.keys.iter().map(move |key| (key.as_str(), rule)));
    keys.collect()
});

/// Wealth to compare amounts with: assets, with those still to be launched, cash, and a year's inflows.
fn wealth(scenario: &Scenario) -> f64 {
    let assets = scenario.assets.iter().map(|asset| asset.keys.value.get());
    let owner = scenario.owner.iter();
    let owned = owner.clone().map(|owner| owner.cash.get());
    let flows = owner.flat_map(|owner| &owner.flows);
    let in_a_year = |flow: &Flow| {
        let [first, last] = flow.months(scenario.calendar());
        f64::from((last - first + 1).min(12)) * greater(flow.amount.get(), 0.0)
    };
    assets.chain(owned).chain(flows.map(in_a_year)).sum()
}

impl Test {
    fn is_met(self, written: &DocumentValue<'_>, scenario: &Scenario, wealth: f64) -> bool {
        if matches!(self, Test::UnusedPair) {
            let mut assets = scenario.assets.iter();
            let pair = written.value.as_text().unwrap_or_default();
            let is_of = |currency: &str| pair.split('/').any(|side| side == currency);
            return !assets.any(|asset| {
                let exchange = asset.exchange.as_ref();
                exchange.is_some_and(|exchange| is_of(exchange.currency()))
            });
        }
        let Some([low, high]) = written.ends() else { return false };
        let inflation = scenario.settings.economy.inflation.mean().get();
        match self {
            Test::AtLeast(least) => low >= least,
            Test::AtMost(most) => high <= most,
            Test::ReachesDown(most) => low <= most,
            Test::Spans(times) => low > 0.0 && high >= times * low,
            Test::MedianAtEnd => {
                let median = written.median();
                low < high && median.is_some_and(|median| median == low || median == high)
            }
            Test::Exactly(value) => [low, high] == [value; 2],
            Test::BeyondTheRun => low > f64::from(scenario.months),
            Test::ToTheEnd => low > f64::from(scenario.months) - 1.0,
            Test::AboveInflation(most) => low - greater(inflation, 0.0) > most,
            Test::TimesWealth(times) => wealth > 0.0 && low.abs().min(high.abs()) > times * wealth,
            Test::UnusedPair => false,
        }
    }
}

#[cfg(test)]
mod tests;
