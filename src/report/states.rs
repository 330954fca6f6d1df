//! What assets show of themselves at the horizon: units, customers, a loan, whether they were launched.
//!
//! In: an outcome. Out: [`StatePart`]s. Not here: the quantiles (`stats`), their series (`build`).

use super::document::StatePart;
use crate::asset::State;
use crate::engine::Outcome;
use crate::record::STATE;
use crate::scenario::{AssetEntry, Scenario};

/// Every state of every asset, with the share of the paths on which it is above zero at the horizon.
pub(super) fn at_horizon<'s>(
    scenario: &'s Scenario,
    outcome: &Outcome,
) -> Vec<(&'s AssetEntry, &'static State, f64)> {
    let states = scenario
        .assets
        .iter()
        .flat_map(|asset| asset.states().map(move |state| (asset, state)));
    (scenario.state_number()..)
        .zip(states)
        .filter_map(|(number, (asset, state))| {
            let all = outcome.values(STATE.of_object(number))?;
            let n_there = all.count(|one| one > 0.0);
            Some((asset, state, n_there as f64 / all.n() as f64))
        })
        .collect()
}

/// The states as facts.
pub(super) fn states(scenario: &Scenario, outcome: &Outcome) -> Vec<StatePart> {
    at_horizon(scenario, outcome)
        .into_iter()
        .map(|(asset, state, share)| StatePart {
            asset: asset.name.clone(),
            state: state.id.to_owned(),
            label: state.title.to_owned(),
            whole: state.whole.to_owned(),
            is_alive: state.is_alive,
            share_above_zero: share,
            median_ends: median_ends(scenario, outcome, asset, state),
        })
        .collect()
}

/// The first date at which the state is zero in the median and stays so.
fn median_ends(
    scenario: &Scenario,
    outcome: &Outcome,
    asset: &AssetEntry,
    state: &State,
) -> Option<String> {
    let states = scenario
        .assets
        .iter()
        .flat_map(|asset| asset.states().map(move |state| (asset, state)));
    let (number, _) = (scenario.state_number()..)
        .zip(states)
        .find(|(_, (other, own))| other.name == asset.name && own.id == state.id)?;
    let series = outcome.series(STATE.of_object(number))?;
    let is_zero = |date: &usize| series.quantiles(*date, &[0.5])[0] <= 0.0;
    let n = series.months.len();
    let n_zero = (0..n).rev().take_while(is_zero).count();
    // what is zero from the start on has not ended
    let first = n
        .checked_sub(n_zero)
        .filter(|first| *first > 0 && *first < n)?;
    Some(
        scenario
            .start
            .plus(series.months[first].max(1) - 1)
            .to_string(),
    )
}
