//! States of assets at the horizon: units, customers, a loan, whether they were launched.
//!
//! In: an outcome. Out: [`StatePart`]s. Not here: quantiles (`stats`), series (`facts::series`).

use super::document::StatePart;
use crate::engine::{Outcome, Series};
use crate::record::STATE;
use crate::scenario::Scenario;

/// Returns the states of all assets at the horizon, as far as the run recorded them.
pub(super) fn states(scenario: &Scenario, outcome: &Outcome) -> Vec<StatePart> {
    let states = scenario.assets.iter().flat_map(|asset| asset.states().map(move |state| (asset, state)));
    let parts = (scenario.state_number()..).zip(states).filter_map(|(number, (asset, state))| {
        let id = STATE.of_object(number);
        let all = outcome.values(id)?;
        let n_there = all.count(|one| one > 0.0);
        let ended = outcome.series(id).and_then(median_end);
        Some(StatePart {
            asset: asset.name.clone(),
            state: state.id.to_owned(),
            label: state.title.to_owned(),
            whole: state.whole.to_owned(),
            is_alive: state.is_alive,
            share_above_zero: n_there as f64 / all.n() as f64,
            median_ends: ended.map(|month| scenario.date_of(month)),
        })
    });
    parts.collect()
}

/// Returns the first month from which the median of an asset's state, such as its share of healthy units, is zero until
/// the horizon. `None` if it is not zero at the horizon, or if it is zero from the start on.
fn median_end(series: &Series) -> Option<u32> {
    let is_zero = |date: &usize| series.quantiles(*date, &[0.5])[0] <= 0.0;
    let n = series.months.len();
    let n_zero = (0..n).rev().take_while(is_zero).count();
    let first = n - n_zero;
    (0 < first && first < n).then(|| series.months[first].max(1))
}
