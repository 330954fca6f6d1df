//! What a reader must know before trusting the figures.
//!
//! In: a scenario, its loop, its outcome, its estimates. Out: [`Warning`]s in words. Not here: faults of
//! a file, which stop it from running (`form`).

mod better;
mod gates;
mod kinds;
mod overpaid;
mod owner;

use kinds::{
    CORRELATION_REPAIRED, DECIMAL_AMOUNT, FEEDS_ITSELF, FIXED_RANGE, GOAL_CERTAIN, HEAVY_TAIL,
    HIGH_INFLATION, HOURS_BEYOND, IMPLAUSIBLE_VALUE, LONE_MARKET, NEVER_LAUNCHED, NO_VARIANCE,
    NOT_SIMULATED, NOTHING_MOVABLE, POINTLESS_GATE, SERIES_CLIPPED, UNCOUNTED_HOURS,
    WITHOUT_EFFECT,
};
pub use kinds::{WARNINGS, WarningKind};

use super::document::{CrashPart, QUANTILES, ScenarioPart, Warning};
use crate::asset::LAUNCHED;
use crate::engine::Outcome;
use crate::figure::{capital, listed, money};
use crate::math::ln;
use crate::record::INCOME;
use crate::scenario::{AssetEntry, Decimal, Expectation, Scenario, Study, Surplus};
use crate::stats::{Estimate, Found, Note, Scope};
use crate::units::per_cent;
use std::collections::BTreeSet;

/// What a warning is called beside others.
pub(super) fn title_of(id: &str) -> Option<&'static str> {
    let kind = WARNINGS.iter().find(|kind| kind.id == id)?;
    Some(kind.title)
}

impl WarningKind {
    fn says(&self, text: String) -> Warning {
        Warning {
            id: self.id,
            about: self.about,
            text,
        }
    }
}

/// What this version leaves out, and what this scenario does; a mechanism's yield is net of what it costs to run.
fn not_simulated(scenario: &Scenario) -> Option<String> {
    let is_taxed = scenario.is_taxed();
    let left_out: Vec<&str> = [
        (!scenario.events.is_empty(), "no [[event]]"),
        (is_taxed, "no tax"),
        (scenario.crash.is_some(), "no [crash] table"),
    ]
    .into_iter()
    .filter_map(|(is_there, lack)| (!is_there).then_some(lack))
    .collect();
    let left_out =
        (!left_out.is_empty()).then(|| format!("this scenario has {}", listed(&left_out)));
    let is_claimed = |asset: &&AssetEntry| asset.kind.at_its_word().is_none();
    let costs = match scenario.assets.iter().filter(is_claimed).count() {
        0 => None,
        all if all == scenario.assets.len() => {
            Some("costs of running are not simulated in this version".to_owned())
        }
        _ => Some("costs of running are simulated of assets with a mechanism alone".to_owned()),
    };
    let said: Vec<String> = costs.into_iter().chain(left_out).collect();
    (!said.is_empty()).then(|| {
        format!(
            "{}: read wealth and income as an upper end, losses and falls as a lower one.",
            capital(&said.join(", and "))
        )
    })
}

/// The warnings of a run, those about the scenario first.
pub(super) fn warnings(
    scenario: &Scenario,
    part: &ScenarioPart,
    outcome: &Outcome,
    found: &[Found],
) -> Vec<Warning> {
    let not_simulated = not_simulated(scenario).map(|text| NOT_SIMULATED.says(text));
    let mut warnings = Vec::from_iter(not_simulated);
    warnings.extend(owner::currency_risk(scenario));
    warnings.extend(owner::tax_incomplete(scenario));
    warnings.extend(doubtful(scenario));
    warnings.extend(nothing_movable(scenario));
    warnings.extend(without_variance(scenario));
    warnings.extend(goals_certain(scenario, outcome));
    let beyond = super::hours::beyond(scenario, outcome);
    warnings.extend(beyond.map(|text| HOURS_BEYOND.says(text)));
    warnings.extend(never_launched(scenario, outcome));
    warnings.extend(overpaid::overpaid(scenario, found));
    if let Some(repair) = &scenario.correlation.repair {
        warnings.push(CORRELATION_REPAIRED.says(format!(
            "The correlations could not hold together and were repaired as asked: the largest \
                 change is {:.3}.",
            repair.largest_change
        )));
    }
    if let Some(text) = part.crash.as_ref().and_then(CrashPart::feeds_itself) {
        warnings.push(FEEDS_ITSELF.says(text));
    }
    if let Some(text) = heavy_tails(found) {
        warnings.push(HEAVY_TAIL.says(text));
    }
    let levels = QUANTILES.map(|(_, level)| level);
    let mut series = outcome.series.iter();
    if series.any(|series| series.is_clipped(&levels)) {
        let text = "Quantiles over time above 1.8e19 are more than a series holds: they are missing in `series`, and \
                    charts that need them are not drawn. Figures at the end are exact.";
        warnings.push(SERIES_CLIPPED.says(text.to_owned()));
    }
    warnings
}

/// Warnings of what a scenario says and perhaps does not mean, which takes no run.
fn doubtful(scenario: &Scenario) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = lone_markets(scenario).collect();
    warnings.extend(high_inflation(scenario));
    warnings.extend(decimals(&scenario.decimals, &[]));
    let implausible = scenario.implausible.iter();
    warnings.extend(implausible.map(|value| IMPLAUSIBLE_VALUE.says(value.text.clone())));
    if let Some(first) = scenario.uncounted.first() {
        let others = match scenario.uncounted.len() {
            1 => "says".to_owned(),
            n => format!("and {} more say", n - 1),
        };
        warnings.push(UNCOUNTED_HOURS.says(format!(
            "\"{first}\" {others} what care it takes, and nobody counts hours: `hours` or `hour_value` below [owner] would."
        )));
    }
    if let Some(first) = scenario.fixed.first() {
        let all = scenario.fixed.iter().map(|key| format!("`{key}`"));
        let all: Vec<String> = all.collect();
        let (says, them) = match scenario.fixed.len() {
            1 => ("is one number", "it"),
            _ => ("are one number each", "them"),
        };
        let key = first.rsplit('.').next().unwrap_or(first);
        warnings.push(FIXED_RANGE.says(format!(
            "{} {says}, and the catalog has a range for {them}: losses look rarer than they are. Leave {them} out, or write \
             a range (`tailwheel explain {key}`).",
            listed(&all)
        )));
    }
    warnings.extend(better::than_catalog(scenario));
    warnings.extend(scenario.idle.iter().map(|key| {
        let why = match *key {
            "compliance_hours" => {
                "nobody counts hours: `hours` or `hour_value` below [owner] would"
            }
            "law_change_multiple" => "no event changes the tax",
            "custody.cold_share" => "nothing is kept offline: `cold_storage = true` would",
            _ => "no event is paid for out of the owner's account",
        };
        WITHOUT_EFFECT.says(format!("`{key}` of the owner changes nothing: {why}."))
    }));
    warnings.extend(owner::deposits_online(scenario));
    warnings
}

/// The same of gates.
pub(super) fn doubtful_gates(expectations: &[Expectation]) -> impl Iterator<Item = Warning> {
    let pointless = gates::pointless(expectations).into_iter();
    decimals(&[], expectations).chain(pointless.map(|text| POINTLESS_GATE.says(text)))
}

/// Texts of both for all cases of a file, each once.
pub fn doubts_of_study(study: &Study) -> Vec<String> {
    let mut said = BTreeSet::new();
    let mut texts = Vec::new();
    for case in [&study.as_written].into_iter().chain(&study.cases) {
        let gates = doubtful_gates(&case.expectations);
        for warning in doubtful(&case.scenario).into_iter().chain(gates) {
            if said.insert(warning.text.clone()) {
                texts.push(warning.text);
            }
        }
    }
    texts
}

/// Markets that one asset names and no other is in.
fn lone_markets(scenario: &Scenario) -> impl Iterator<Item = Warning> {
    scenario.markets.iter().filter_map(|market| {
        let &[only] = market.assets.as_slice() else {
            return None;
        };
        let asset = &scenario.assets[only].name;
        (*asset != market.name).then(|| {
            LONE_MARKET.says(format!(
                "\"{asset}\" is alone in the market \"{}\": is the name misspelt? A market of its \
                 own needs no `market`.",
                market.name
            ))
        })
    })
}

/// What the owner asks for and no holding allows.
fn nothing_movable(scenario: &Scenario) -> Option<Warning> {
    let owner = scenario.owner.as_ref()?;
    let n = scenario.assets.iter().filter(|asset| asset.movable).count();
    let is_filled_in = scenario
        .filled_in
        .iter()
        .any(|filled| filled.path == "owner.surplus");
    let reinvests = owner.surplus != Surplus::Keep && !is_filled_in;
    let text = match (owner.rules.has("rebalance"), reinvests) {
        (_, true) if n == 0 => {
            "No holding is movable: `surplus` is kept, nothing can be bought of it."
        }
        (true, _) if n < 2 => "Fewer than two holdings are movable: `rebalance` does nothing.",
        _ => return None,
    };
    Some(NOTHING_MOVABLE.says(text.to_owned()))
}

/// Holdings whose means settle slowly, or never.
fn without_variance(scenario: &Scenario) -> impl Iterator<Item = Warning> {
    let assets = scenario.assets.iter();
    assets
        .filter(|asset| !asset.kind.has_variance())
        .map(|asset| {
            let text = "has no variance: no ± holds, trust the quantiles.";
            NO_VARIANCE.says(format!("What new works of \"{}\" earn {text}", asset.name))
        })
}

/// Amounts that are there before anything happens, or that nothing can pay.
fn goals_certain(scenario: &Scenario, outcome: &Outcome) -> impl Iterator<Item = Warning> {
    let (wealth, income) = (scenario.goal.wealth, scenario.goal.income);
    let is_there = wealth.is_some_and(|target| outcome.money_in >= target.amount);
    let is_never = income.is_some() && outcome.series(INCOME).is_none();
    let texts = [
        (
            is_there,
            "The wealth that is a goal is there on day one: is a higher one meant?",
        ),
        (is_never, "An income is a goal, and no holding pays any."),
    ];
    let texts = texts.into_iter().filter(|(is_so, _)| *is_so);
    texts.map(|(_, text)| GOAL_CERTAIN.says(text.to_owned()))
}

/// Chance below which nobody believes that all of those that were begun have failed.
const INCREDIBLE: f64 = 1e-6;

/// What is paid out of an income, and stands on no path.
fn never_launched(scenario: &Scenario, outcome: &Outcome) -> impl Iterator<Item = Warning> {
    let all = super::befallen::states(scenario, outcome);
    all.into_iter().filter_map(|(asset, state, is_there)| {
        let (payer, _) = asset.paid_from().filter(|_| state.id == LAUNCHED.id)?;
        let launch = asset.launch.as_ref()?;
        // a launch that fails was paid for all the same
        let luck = ln(launch.failure()) * outcome.n_paths as f64;
        let is_told = is_there == 0.0 && luck < ln(INCREDIBLE);
        let cost = money(&scenario.currency, launch.cost.get());
        let ruin = match scenario.has_obligations() {
            true => ", or the money runs out before",
            false => "",
        };
        is_told.then(|| {
            NEVER_LAUNCHED.says(format!(
                "\"{}\" never stands: what \"{payer}\" pays does not come to its {cost} in time{ruin}.",
                asset.name
            ))
        })
    })
}

/// Inflation above this a year is told, as a fraction.
const HIGH: f64 = 0.5;

fn high_inflation(scenario: &Scenario) -> Option<Warning> {
    let inflation = scenario.economy.inflation.high();
    let is = match scenario.economy.inflation.mean().get() < inflation {
        true => "reaches",
        false => "is",
    };
    (inflation > HIGH).then(|| {
        HIGH_INFLATION.says(format!(
            "Inflation {is} {} a year: is that meant? A few such years part money of the start from \
             money of the end.",
            per_cent(inflation)
        ))
    })
}

/// Amounts of a scenario, or of gates, whose point may have been meant to part thousands.
fn decimals(
    scenario: &[Decimal],
    expectations: &[Expectation],
) -> impl Iterator<Item = Warning> + use<> {
    let texts = super::thousands::decimals(scenario, expectations);
    texts.into_iter().map(|text| DECIMAL_AMOUNT.says(text))
}

/// Names of things that a warning lists before it only counts them.
const MOST_NAMED: usize = 2;

/// Says of which things the mean hangs on a few paths, if there are any.
fn heavy_tails(found: &[Found]) -> Option<String> {
    let mut things: Vec<String> = Vec::new();
    for found in found {
        let is_heavy = |estimate: &Estimate| matches!(estimate.note, Some(Note::HeavyTail { .. }));
        // what a cause gave is part of what is named
        let is_mean =
            found.measure.id.ends_with(".mean") && found.measure.scope != Scope::EachCause;
        // few paths are ruined, and fewer for long: that is told where ruin is
        let is_of_ruin = found.measure.id.starts_with("shortfall.");
        if is_mean && !is_of_ruin && found.result.as_ref().is_ok_and(is_heavy) {
            let thing = thing_measured(found);
            if !things.contains(&thing) {
                things.push(thing);
            }
        }
    }
    let (named, others) = things.split_at(things.len().min(MOST_NAMED));
    let mut list: Vec<String> = named.to_vec();
    if !others.is_empty() {
        list.push(format!("{} more", others.len()));
    }
    (!list.is_empty()).then(|| {
        let list = listed(&list);
        format!(
            "These paths do not bound the tail of {list}: no ± would hold; trust the quantiles."
        )
    })
}

/// What a measure is taken of, without the statistic: `value of "defi" at the end`.
fn thing_measured(found: &Found) -> String {
    let title = found.measure.title.as_str();
    let thing = title.rsplit_once(", ").map_or(title, |(thing, _)| thing);
    let thing = thing.trim_end_matches(" in money of the start");
    let mut parts = found.id.split('.');
    match (parts.next(), parts.next()) {
        (Some("asset"), Some(name)) => {
            format!("the {}", thing.replace("the asset", &format!("\"{name}\"")))
        }
        (Some("event"), Some(name)) => thing.replace("the event", &format!("\"{name}\"")),
        _ => thing.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(id: &str, of: &str, note: Option<Note>) -> Found {
        Found {
            id: id.to_owned(),
            measure: crate::stats::look_up(of).expect("a measure"),
            result: Ok(Estimate::bare(1.0, 10, note)),
        }
    }

    #[test]
    fn a_warning_of_a_heavy_tail_names_each_thing_once_in_plain_words() {
        let heavy = Some(Note::HeavyTail {
            skewness: 400.0,
            paths: 160_000,
        });
        let wealth = found("wealth.terminal.mean", "wealth.terminal.mean", heavy);
        let real = found(
            "wealth.terminal.real.mean",
            "wealth.terminal.real.mean",
            heavy,
        );
        let asset = found(
            "asset.defi.terminal.mean",
            "asset.<name>.terminal.mean",
            heavy,
        );
        let quiet = found("volatility.mean", "volatility.mean", None);
        assert_eq!(
            heavy_tails(&[wealth, real, asset, quiet.clone()]).as_deref(),
            Some(
                "These paths do not bound the tail of wealth at the end and the value of \"defi\" at the end: \
                 no ± would hold; trust the quantiles."
            )
        );
        assert_eq!(heavy_tails(&[quiet]), None);
    }
}
