//! What assets show of themselves at the horizon: units, customers, a loan, whether they were launched.
//!
//! In: an outcome. Out: [`StatePart`]s. Not here: the quantiles (`stats`), their series (`build`).

use super::document::StatePart;
use crate::asset::State;
use crate::engine::Outcome;
use crate::record::{STATE, TrackId};
use crate::scenario::{AssetEntry, Scenario};

/// A state of an asset at the horizon.
pub(super) struct AtHorizon<'s> {
    pub asset: &'s AssetEntry,
    pub state: &'static State,
    id: TrackId,
    /// Share of the paths on which it is above zero.
    pub share: f64,
}

/// Every state of every asset.
pub(super) fn at_horizon<'s>(scenario: &'s Scenario, outcome: &Outcome) -> Vec<AtHorizon<'s>> {
    let states = scenario
        .assets
        .iter()
        .flat_map(|asset| asset.states().map(move |state| (asset, state)));
    (scenario.state_number()..)
        .zip(states)
        .filter_map(|(number, (asset, state))| {
            let id = STATE.of_object(number);
            let all = outcome.values(id)?;
            Some(AtHorizon {
                asset,
                state,
                id,
                share: all.count(|one| one > 0.0) as f64 / all.n() as f64,
            })
        })
        .collect()
}

/// The states as facts.
pub(super) fn states(scenario: &Scenario, outcome: &Outcome) -> Vec<StatePart> {
    let all = at_horizon(scenario, outcome).into_iter();
    all.map(|one| StatePart {
        asset: one.asset.name.clone(),
        state: one.state.id.to_owned(),
        label: one.state.title.to_owned(),
        whole: one.state.whole.to_owned(),
        is_alive: one.state.is_alive,
        share_above_zero: one.share,
        median_ends: median_ends(scenario, outcome, one.id),
    })
    .collect()
}

/// The first date at which the state is zero in the median and stays so.
fn median_ends(scenario: &Scenario, outcome: &Outcome, id: TrackId) -> Option<String> {
    let series = outcome.series(id)?;
    let is_zero = |date: &usize| series.quantiles(*date, &[0.5])[0] <= 0.0;
    let n = series.months.len();
    let n_zero = (0..n).rev().take_while(is_zero).count();
    // what is zero from the start on has not ended
    let first = n
        .checked_sub(n_zero)
        .filter(|first| *first > 0 && *first < n)?;
    let month = series.months[first].max(1);
    Some(scenario.start.plus(month - 1).to_string())
}
