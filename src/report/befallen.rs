//! On how many paths a lender has sold, and on how many an income has paid for a launch, in sentences.
//!
//! In: an outcome. Out: texts. Not here: when lenders sell (`stage::debt`), when a launch begins (`asset::pot`).

use super::ends::share_of_futures;
use crate::asset::{LAUNCHED, LEVERED, State};
use crate::engine::Outcome;
use crate::record::STATE;
use crate::scenario::{AssetEntry, Scenario};

/// Share of the futures from which on it is worth a line.
const WORTH_SAYING: f64 = 0.005;

/// What every asset shows of itself, with the share of the futures in which it is not nothing at the end.
pub(super) fn states<'s>(
    scenario: &'s Scenario,
    outcome: &Outcome,
) -> Vec<(&'s AssetEntry, &'static State, f64)> {
    let assets = scenario.assets.iter();
    let states = assets.flat_map(|asset| asset.states().map(move |state| (asset, state)));
    let found = (scenario.state_number()..).zip(states);
    let found = found.filter_map(|(number, (asset, state))| {
        let all = outcome.values(STATE.of_object(number))?;
        let n_there = all.count(|one| one > 0.0);
        Some((asset, state, n_there as f64 / all.n() as f64))
    });
    found.collect()
}

/// `In 23 of 100 the lender of defi has sold.`, for each asset that borrows; `In 54 of 100 blog-b stands, paid for by course.`, for each
/// that is built out of an income.
pub(super) fn sentences(scenario: &Scenario, outcome: &Outcome) -> Vec<String> {
    let futures = |share: f64| share_of_futures(share, outcome.n_paths as u64);
    let states = states(scenario, outcome).into_iter();
    let said = states.filter_map(|(asset, state, is_there)| {
        let name = &asset.name;
        if state.id == LEVERED {
            let sold = 1.0 - is_there;
            let said = || format!("{} the lender of {name} has sold.", futures(sold));
            return (sold >= WORTH_SAYING).then(said);
        }
        let (payer, _) = asset.paid_from().filter(|_| state.id == LAUNCHED.id)?;
        let futures = futures(is_there);
        Some(format!("{futures} {name} stands, paid for by {payer}."))
    });
    said.collect()
}

#[cfg(test)]
mod tests;
