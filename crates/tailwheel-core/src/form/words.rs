//! Everyday words for keys: of other tools, of plain speech, and of earlier or later versions of the program.
//!
//! In: a word that is no key. Out: the key that it means, or the fault that it is not in this version,
//! removed or not modeled.
//! Not here: typing errors (`suggest`).

use super::text::shortened;
use super::{Diagnostic, fault};

/// Returns the key of `known` that people mean by `word`; `None` if there is none.
pub(super) fn meant<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let word = word.to_lowercase().replace([' ', '-'], "_");
    let mut keys = lines(COMMON).filter(|(_, words)| has(words, &word));
    keys.find_map(|(key, _)| known.iter().find(|known| **known == key).copied())
}

/// True if `word` is one of `words`, which are separated by spaces.
fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|one| one == word)
}

/// Words that people write for a key, one key per line: `key: words`. They are not accepted, but the error for an
/// unknown key proposes the key that they mean.
const COMMON: &str = "
    trade_cost: commission slippage spread trading_cost
    roi: return returns yield apy apr growth expected_return mu
    volatility: vol sigma risk stdev std_dev sd
    value: amount balance worth principal capital price invested
    class: type kind category
    name: label id
    id: name label
    horizon: duration years months length period time_horizon term
    start: begin begins date start_date from
    currency: unit money denominated_in
    title: name label
    paths: simulations trials iterations runs samples n_paths scenarios
    seed: random_seed rng random_state
    inflation: cpi price_growth
    cash_rate: interest interest_rate risk_free risk_free_rate
    cash: buffer savings account liquidity reserve
    rebalance: rebalancing rebalance_every
    spending: spend expenses withdrawal withdrawals living living_costs
    flows: flow contribution contributions salary pension income_flows
    goal: goals target targets
    autonomy: independence freedom fire self_sustaining
    tax_rate: taxes taxation income_tax tax_brackets brackets
    hour_value: hourly_rate hourly_wage wage
    compliance_cost: compliance accounting bookkeeping
    residence: jurisdiction country domicile tax_residence relocation
    income_at_least: visa visa_income minimum_income income_requirement
    exit_haircut: haircut fire_sale exit_cost
    decay: attrition depreciation shrinkage
    payment_lag: lag delay payment_delay paid_after
    equity: equities stock stocks shares
    crypto: token tokens coins cryptocurrency
    property: real_estate housing
    trigger: threshold limit stop_loss
    loss: fall drop drawdown size severity
    at: date month when start
    below: max maximum at_most upper less_than
    above: min minimum at_least lower greater_than
    expect: gate gates test tests assert expectation";

/// Splits each line of `table`, but the empty first one, at its first colon.
fn lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().skip(1).map(|line| line.trim_start().split_once(": ").expect("a colon in each line"))
}

/// Returns the fault that `word` is no key of this version in tables called `section`: it is planned,
/// removed, or not modeled. `None` for any other word.
pub fn planned(section: &str, word: &str) -> Option<Diagnostic> {
    let lower = word.to_lowercase();
    let is_it = |one: &Planned| ["", section].contains(&one.section) && has(one.words, &lower);
    if has(DEBT, &lower) {
        return Some(debt(word));
    }
    removed(word).or_else(|| {
        let instead = not_yet().find(is_it)?.instead;
        Some(fault!("not-in-version", "`{}` is not in this version", shortened(word); help: "{instead}"))
    })
}

/// Returns the fault that `word` is a key or kind of an earlier version; `None` for any other word.
pub fn removed(word: &str) -> Option<Diagnostic> {
    let lower = word.to_lowercase();
    let (_, instead) = lines(REMOVED).find(|(words, _)| has(words, &lower))?;
    Some(fault!("removed", "`{}` was removed from this version", shortened(word); help: "{instead}"))
}

/// Planned words, one group per line: section (empty for any), words, and what to write instead.
const PLANNED: &str = "
    asset: fee fees cost costs running_cost running_costs management_fee expense_ratio: leave it out and subtract the running \
        costs from `roi`
    owner: audit audits: write `audit` below the [[asset]] whose units are audited
    market: kind: leave it out: prices move by `volatility` and `jumps`
    run: keep: leave it out: every path is kept
    : escrow: leave it out: `tax = \"real-time\"` sets the tax aside
    : bridge hack hacks exploit exploits depeg insurance: leave it out and write an [[event]] with a `kind` such as \
        \"contract-exploit\"
    : users affiliate revenue advertising: leave it out: an asset earns what its `roi` states
    : expansion: write it below the asset that is built: `launch = { cost = 900, from = \"course\", share = \"30 %\" }`
    : history bootstrap garch: leave it out: prices move by `volatility` and `jumps`";

/// Keys and kinds of earlier versions, and what to write instead.
const REMOVED: &str = "
    bridge-hack: write `kind = \"protocol-exploit\"` with `rate = \"0.01-0.15/year\"` and `severity = \"50-100 %\"`
    exit_haircut_multiple: leave it out, and write a lower `exit_haircut` for the assets
    governance-attack: write `kind = \"protocol-exploit\"` with `rate = \"0.005/year\"` and `return_chance = 0`
    law_change_multiple: leave it out, and write a lower `rate` for the event that changes the tax
    part_volatility part_return part_correlation: write `volatility` and `mix_return` of the whole mix in place of `mix`";

/// Words for debt on a holding, which is not modeled, except as leverage.
const DEBT: &str = "mortgage mortgages mortgage_rate loan loans debt debts";

fn debt(word: &str) -> Diagnostic {
    let word = shortened(word);
    fault!("not-modeled", "`{word}` is not modeled: no holding can carry debt, except one of `defi-yield` with `leverage`";
        such_as: "[owner]\nflows = [{{ name = \"mortgage\", amount = \"-900/month\", grows = \"0 %/year\" }}]";
        help: "the nearest is the full price as `value` and the payments as a flow, with `until` as the last month; wealth then \
               counts the full price and no debt")
}

/// A group of words for keys that this version does not have, and what to write instead.
struct Planned {
    /// Table in which the words have this meaning; empty for any.
    section: &'static str,
    words: &'static str,
    instead: &'static str,
}

fn not_yet() -> impl Iterator<Item = Planned> {
    lines(PLANNED).map(|(section, rest)| {
        // Every line must have all three parts, or its words would have no message.
        let (words, instead) = rest.split_once(": ").expect("a section, words and what holds");
        Planned { section, words, instead }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_the_first_key_that_is_known_there() {
        assert_eq!(meant("slippage", &["value", "trade_cost"]), Some("trade_cost"));
        assert_eq!(meant("Name", &["title", "start"]), Some("title"));
        assert_eq!(meant("slippage", &["value"]), None);
    }

    #[test]
    fn no_word_is_planned_and_common_and_none_is_listed_twice() {
        let mut seen: Vec<&str> = Vec::new();
        for Planned { words, .. } in not_yet().filter(|one| one.section.is_empty()) {
            for word in words.split(' ') {
                assert!(!seen.contains(&word), "{word}");
                let is_free = lines(COMMON).all(|(key, words)| key != word && !has(words, word));
                assert!(is_free && lines(REMOVED).all(|(words, _)| !has(words, word)), "{word}");
                seen.push(word);
            }
        }
    }
}
