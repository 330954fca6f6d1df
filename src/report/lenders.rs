//! On how many paths a lender has sold, in sentences.
//!
//! In: an outcome. Out: texts. Not here: when lenders sell (`stage::debt`).

use super::ends::share_of_futures;
use crate::asset::LEVERED;
use crate::engine::Outcome;
use crate::record::STATE;
use crate::scenario::Scenario;

/// Share of the futures from which on it is worth a line.
const WORTH_SAYING: f64 = 0.005;

/// `In 23 of 100 the lender of defi has sold.`, for each asset that borrows.
pub(super) fn sentences(scenario: &Scenario, outcome: &Outcome) -> Vec<String> {
    let assets = scenario.assets.iter();
    let states =
        assets.flat_map(|asset| asset.kind.states().iter().map(move |state| (asset, state)));
    let said = (scenario.state_number()..)
        .zip(states)
        .filter_map(|(number, (asset, state))| {
            let standing = outcome
                .column(STATE.of_object(number))
                .filter(|_| state.id == LEVERED)?;
            let n_sold = standing.iter().filter(|standing| **standing == 0.0).count();
            let share = n_sold as f64 / standing.len() as f64;
            let futures = match standing.len() {
                1 => "In the one future".to_owned(),
                n => share_of_futures(share, n as u64),
            };
            (share >= WORTH_SAYING)
                .then(|| format!("{futures} the lender of {} has sold.", asset.name))
        });
    said.collect()
}

#[cfg(test)]
mod tests;
