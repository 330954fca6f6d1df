//! On how many paths a lender has sold, and on how many an income has paid for a launch, in sentences.
//!
//! In: an outcome. Out: texts. Not here: when lenders sell (`stage::debt`), when a launch begins (`asset::pot`).

use super::ends::share_of_futures;
use crate::asset::{LAUNCHED, LEVERED};
use crate::engine::Outcome;
use crate::record::STATE;
use crate::scenario::Scenario;

/// Share of the futures from which on it is worth a line.
const WORTH_SAYING: f64 = 0.005;

/// `In 23 of 100 the lender of defi has sold.`, for each asset that borrows; `In 54 of 100 blog-b stands, paid for by course.`, for each
/// that is built out of an income.
pub(super) fn sentences(scenario: &Scenario, outcome: &Outcome) -> Vec<String> {
    let assets = scenario.assets.iter();
    let states = assets.flat_map(|asset| asset.states().map(move |state| (asset, state)));
    let said = (scenario.state_number()..)
        .zip(states)
        .filter_map(|(number, (asset, state))| {
            let all = outcome.column(STATE.of_object(number))?;
            let futures = |is_there: bool| {
                let n_found = all.iter().filter(|one| (**one > 0.0) == is_there).count();
                let share = n_found as f64 / all.len() as f64;
                let futures = match all.len() {
                    1 => "In the one future".to_owned(),
                    n => share_of_futures(share, n as u64),
                };
                (share, futures)
            };
            if state.id == LEVERED {
                let (share, futures) = futures(false);
                return (share >= WORTH_SAYING)
                    .then(|| format!("{futures} the lender of {} has sold.", asset.name));
            }
            let (payer, _) = asset.paid_from().filter(|_| state.id == LAUNCHED.id)?;
            let (_, futures) = futures(true);
            Some(format!(
                "{futures} {} stands, paid for by {payer}.",
                asset.name
            ))
        });
    said.collect()
}

#[cfg(test)]
mod tests;
