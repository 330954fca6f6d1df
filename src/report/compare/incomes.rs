//! Mean monthly income of a scenario, with regular contributions.
//!
//! In: a scenario and the data of its paths. Out: [`ComesIn`]. Not here: the crossover of two incomes
//! (`crossover`).

use crate::market::fixed_levels;
use crate::scenario::{Flow, Owner, Scenario};
use crate::stats::{Data, Incomes, MeanIncome, exact, mean_at};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Mean monthly income of a scenario: net income if the run records it, else payments of the assets minus the
/// price of their hours. Regular contributions are included.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ComesIn {
    /// Mean monthly income at each recorded date, real.
    pub means: Vec<MeanIncome>,
    pub(in crate::report) is_net: bool,
    pub(in crate::report) pays_hours: bool,
    pub(in crate::report) has_flows: bool,
    /// Mean monthly contributions in the last year of the horizon, real.
    #[serde(with = "exact")]
    #[schemars(with = "exact::ExactNumber")]
    pub(in crate::report) flows_at_end: f64,
}

impl ComesIn {
    /// True if both incomes have the same dates, and both or neither are net income.
    pub(in crate::report) fn is_like(&self, other: &Self) -> bool {
        let dates = |one: &Self| one.means.iter().map(|one| one.month).collect::<Vec<_>>();
        self.is_net == other.is_net && dates(self) == dates(other)
    }

    pub(super) fn of(scenario: &Scenario, data: &Data) -> Self {
        let Incomes { paid, net, hours } = data.mean_incomes();
        let is_net = !net.is_empty();
        let owner = scenario.owner.as_ref();
        let price = if is_net { 0.0 } else { owner.map_or(0.0, Owner::price_of_hour) };
        let flows = || {
            let flows = owner.iter().flat_map(|owner| &owner.flows);
            flows.filter(|flow| {
                let [first, last] = flow.months(scenario.calendar());
                flow.amount.get() > 0.0 && first < last
            })
        };
        // flows that do not follow prices are deflated by median inflation
        let levels = fixed_levels(scenario.settings.economy.inflation.mean().get(), scenario.months);
        let worth = |flow: &Flow, month: u32| {
            let level = if flow.follows_prices() { 1.0 } else { levels[month as usize] };
            flow.in_month(month, 0.0, scenario.calendar()) / level
        };
        let elsewhere = |month| flows().map(|flow| worth(flow, month)).sum::<f64>();
        let means = if is_net { net } else { paid };
        let added = |one: &MeanIncome| {
            let spent = mean_at(hours, one.month);
            let [spent, error] = spent.map_or([0.0; 2], |hours| [hours.mean, hours.std_error]);
            MeanIncome {
                mean: one.mean - price * spent + elsewhere(one.month),
                std_error: price.mul_add(error, one.std_error),
                ..*one
            }
        };
        let last = scenario.months.saturating_sub(12) + 1..=scenario.months;
        Self {
            means: means.iter().map(added).collect(),
            is_net,
            pays_hours: price > 0.0 && !hours.is_empty(),
            has_flows: flows().next().is_some(),
            flows_at_end: last.clone().map(elsewhere).sum::<f64>() / last.count() as f64,
        }
    }
}
