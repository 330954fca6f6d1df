//! Mean incomes of two scenarios, and the dates between which one passes the other.
//!
//! In: a scenario and the data of its paths. Out: [`ComesIn`] of one, [`CrossoverPart`] of two. Not here: the chart
//! (`pictures`).

use crate::figure::{Quantity, clearly_above};
use crate::market::fixed_levels;
use crate::record::{REAL_INCOME_TERMINAL, RUIN_MONTH};
use crate::scenario::{Flow, Owner, Scenario};
use crate::stats::probability::of_count;
use crate::stats::{Data, Incomes, LEVEL, MeanIncome, Unit, Value, exact, mean_at};
use crate::study::Remark;
use crate::units::YearMonth;
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

/// Dates between which the mean monthly income of one scenario passes that of the other for good. Income is
/// net income if both runs record it, else payments of the assets minus the price of hours. Both include
/// regular contributions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CrossoverPart {
    /// True if the case has the higher income after the crossing, false if the base has.
    pub new_passes: bool,
    /// Last date at which the overtaking scenario clearly has less income: `2028-07`.
    pub after: String,
    /// First date at which the overtaking scenario clearly has more income: `2028-12`.
    pub by: String,
    /// The dates `after` and `by` as simulated months, from 1.
    pub months: [u32; 2],
    /// Share of paths on which the overtaking scenario has the higher net income over the last year, with
    /// regular contributions.
    pub paths_above_at_end: f64,
    /// The share `paths_above_at_end` with its sampling error.
    pub above_at_end: Value,
    /// True if income is net income, false if it is payments of the assets.
    pub is_net: bool,
    /// True if the price of hours is subtracted from payments of the assets.
    pub less_hours: bool,
    /// True if regular contributions are included.
    pub with_flows: bool,
}

/// Largest share of ruined paths for which a crossover is reported. Ruin ends income, which must not count as
/// being overtaken.
const MOST_RUINED: f64 = 0.05;

fn ruined(data: &Data) -> f64 {
    let months = data.column(RUIN_MONTH);
    months.map_or(0.0, |months| months.n_above(0.0) as f64 / months.n() as f64)
}

impl CrossoverPart {
    /// Finds the only crossing of the mean incomes of two runs, `base` and `new`, beyond their errors; `None` unless
    /// there is exactly one.
    ///
    /// Returns a remark as error if more than 5 % of the paths of a run are ruined.
    pub(super) fn of(
        start: YearMonth,
        ours: &ComesIn,
        base: &Data,
        others: &ComesIn,
        new: &Data,
    ) -> Option<Result<Self, Remark>> {
        if !ours.is_like(others) {
            return None;
        }
        let (months, new_passes) = crossing(&ours.means, &others.means)?;
        let [base_ends, new_ends] =
            [base, new].map(|data| Some(data.column(REAL_INCOME_TERMINAL).ok()?.by_path().to_vec()));
        let pairs = base_ends?.into_iter().zip(new_ends?);
        let more = others.flows_at_end - ours.flows_at_end;
        let above =
            pairs.filter(|(base, new)| if new_passes { new + more > *base } else { *base > new + more });
        let above_at_end = of_count(above.count(), base.n_paths(), LEVEL);
        let [after, by] = months.map(|month| start.plus(month - 1).to_string());
        let found = Self {
            new_passes,
            after,
            by,
            months,
            paths_above_at_end: above_at_end.value,
            above_at_end: Value::new(Unit::Probability, &above_at_end),
            is_net: ours.is_net,
            less_hours: !ours.is_net && (ours.pays_hours || others.pays_hours),
            with_flows: ours.has_flows || others.has_flows,
        };
        Some(found.unless_ruined([base, new].map(ruined)))
    }

    /// Returns the crossover, or a remark as error if the share of ruined paths of a run exceeds 5 %.
    fn unless_ruined(self, ruined: [f64; 2]) -> Result<Self, Remark> {
        if ruined.iter().any(|share| *share > MOST_RUINED) {
            return Err(Remark::NoCrossover { ruined });
        }
        Ok(self)
    }
}

/// Returns the months before and after the only clear change of the scenario with the higher mean income, and true if
/// `new` is higher after it; `None` unless there is exactly one change.
fn crossing(base: &[MeanIncome], new: &[MeanIncome]) -> Option<([u32; 2], bool)> {
    let quantity = |one: &MeanIncome| Quantity { value: one.mean, std_error: one.std_error };
    let above = |a: &MeanIncome, b: &MeanIncome| clearly_above(quantity(a), quantity(b), base.len());
    let sides = base.iter().zip(new).filter_map(|(base, new)| {
        let is_new = above(new, base);
        (is_new || above(base, new)).then_some((base.month, is_new))
    });
    let sides: Vec<(u32, bool)> = sides.collect();
    let mut changes = sides.windows(2).filter(|pair| pair[0].1 != pair[1].1);
    let only = changes.next()?;
    changes.next().is_none().then(|| ([only[0].0, only[1].0], only[1].1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incomes_of(means: &[f64], std_error: f64) -> Vec<MeanIncome> {
        let dated = (1..).zip(means);
        let income = |(date, mean): (u32, &f64)| MeanIncome { month: 6 * date, mean: *mean, std_error };
        dated.map(income).collect()
    }

    #[test]
    fn a_crossing_is_one_that_the_errors_let_be_seen_and_that_stays() {
        let line = incomes_of(&[100.0; 6], 0.5);
        for (means, error, expected) in [
            ([70.0, 80.0, 90.0, 110.0, 120.0, 130.0], 0.5, Some(([18, 24], true))),
            // near the line nobody knows
            ([70.0, 80.0, 99.0, 101.0, 120.0, 130.0], 0.5, Some(([12, 30], true))),
            ([130.0, 120.0, 110.0, 90.0, 80.0, 70.0], 0.5, Some(([18, 24], false))),
            ([70.0, 80.0, 90.0, 110.0, 120.0, 130.0], 50.0, None),
            ([70.0, 130.0, 70.0, 130.0, 130.0, 130.0], 0.5, None),
            ([110.0, 120.0, 110.0, 120.0, 110.0, 130.0], 0.5, None),
        ] {
            assert_eq!(crossing(&line, &incomes_of(&means, error)), expected, "{means:?}");
        }
        let comes_in = |means: &[MeanIncome]| ComesIn { means: means.to_vec(), ..ComesIn::default() };
        assert!(comes_in(&line).is_like(&comes_in(&line)));
        assert!(!comes_in(&line[..5]).is_like(&comes_in(&line)));
    }

    #[test]
    fn where_many_are_ruined_a_remark_stands_in_place_of_a_crossover() {
        let part = CrossoverPart {
            new_passes: true,
            after: "2028-06".to_owned(),
            by: "2028-12".to_owned(),
            months: [18, 24],
            paths_above_at_end: 0.612,
            above_at_end: Value::certain(Unit::Probability, 0.612),
            is_net: false,
            less_hours: false,
            with_flows: false,
        };
        let ruined = [0.25, 0.01];
        assert_eq!(part.clone().unless_ruined(ruined), Err(Remark::NoCrossover { ruined }));
        assert!(part.unless_ruined([0.02, 0.05]).is_ok(), "few are ruined");
    }
}
