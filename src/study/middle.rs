//! The path in the middle of all by what it earns: what each of its assets pays, month by month.
//!
//! In: a run. Out: [`MiddlePath`], as a report has it. Not here: how it is drawn (`report`).

use super::{Fault, Lab, Run};
use crate::engine::{Outcome, RunError, replay};
use crate::math::ordered::{Ordered, Rising};
use crate::plan::{Followed, Plan};
use crate::record::REAL_INCOME_TERMINAL;
use crate::stage::Level;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The path whose income of the last 12 months is the median of all paths.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MiddlePath {
    /// Its number, from 0.
    pub path: u64,
    /// Months at which it is given, the last one among them.
    pub months: Vec<u32>,
    /// By asset, what it pays in each of these months, real.
    pub paid: BTreeMap<String, Vec<f64>>,
}

impl MiddlePath {
    /// Most months that are told.
    const MOST: usize = 120;

    /// Of `outcome`, if it keeps what its paths earn and several assets pay: it costs one block.
    ///
    /// Errors as [`replay`] does.
    pub fn of(plan: &Plan, outcome: &Outcome, level: Level) -> Result<Option<Self>, RunError> {
        let followed = plan.record.series.iter();
        let paid = followed.filter_map(|series| match series.of {
            Followed::Paid(row) => {
                let asset = &plan.objects[usize::from(series.id.object()?)];
                Some((asset.clone(), row))
            }
            _ => None,
        });
        let paid: Vec<_> = paid.collect();
        let Some(path) = middle_income(outcome).filter(|_| paid.len() > 1) else {
            return Ok(None);
        };
        let alone = replay(plan, level, path)?;
        let step = (plan.n_months as usize).div_ceil(Self::MOST);
        let mut months: Vec<u32> = (1..=plan.n_months).rev().step_by(step).collect();
        months.reverse();
        let of = |row| {
            let at = |month: &u32| {
                let rows = &alone.months[*month as usize].worlds[0].rows;
                rows.get(row) / rows.get(plan.record.prices.level)
            };
            months.iter().map(at).collect()
        };
        let paid = paid.into_iter().map(|(asset, row)| (asset, of(row)));
        let paid = paid.collect();
        Ok(Some(Self { path, months, paid }))
    }
}

/// The lower one of two in the middle; of equal ones that with the lower number counts as lower.
fn middle_income(outcome: &Outcome) -> Option<u64> {
    let earned = outcome.values_or_like(REAL_INCOME_TERMINAL)?;
    let order = Ordered::of(earned);
    let rank = order.n().checked_sub(1)? / 2;
    let middle = order.at(rank);
    // by its bits, as ranks are: a zero may have either sign
    let is_middle = |value: f64| value.to_bits() == middle.to_bits();
    let is_before = |value: f64| value.total_cmp(&middle).is_lt();
    let mut left = rank - earned.count(is_before);
    let mut found = None;
    earned.for_each(|from, piece| {
        for (path, value) in (from as u64..).zip(piece) {
            if found.is_none() && is_middle(*value) {
                match left {
                    0 => found = Some(path),
                    _ => left -= 1,
                }
            }
        }
    });
    found
}

impl Lab {
    /// The middle path of `run` by what it earns.
    ///
    /// Errors as [`MiddlePath::of`] does.
    pub fn middle_path(&self, run: &Run<'_>) -> Result<Option<MiddlePath>, Fault> {
        Ok(MiddlePath::of(&run.plan, &run.outcome, self.level)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Control;
    use crate::scenario::Scenario;
    use crate::study::simulate;

    #[test]
    fn the_middle_path_is_the_lower_median_and_pays_what_it_earns() {
        let asset = |name: &str, class: &str| {
            format!("[[asset]]\nname = \"{name}\"\nclass = \"{class}\"\nvalue = 1000\n")
        };
        let text = "start = \"2027-01\"\ncurrency = \"USD\"\nhorizon = \"10 years\"\nclass_events = false\nclass_ranges = false\n".to_owned()
            + &asset("fleet", "micro-saas-fleet")
            + &asset("pools", "defi-yield-aggregator")
            + "[owner]\ncash = 1000\nspending = \"1/month\"\nsurplus = \"keep\"\n[run]\nseed = 5\n";
        let mut scenario: Scenario = text.parse().expect("a scenario");
        for paths in [1, 2, 255, 600] {
            scenario.paths = paths;
            let run = simulate(&scenario, &Control::default()).expect("a finite run");
            let level = Control::default().level;
            let found = MiddlePath::of(&run.plan, &run.outcome, level).expect("a finite path");
            let found = found.expect("several assets pay");
            let earned = run
                .outcome
                .column_or_like(REAL_INCOME_TERMINAL)
                .expect("an income");
            let own = earned[found.path as usize];
            let below = earned.iter().filter(|earned| **earned < own).count();
            assert_eq!(below, (earned.len() - 1) / 2);
            assert_eq!(found.months.last(), Some(&run.outcome.n_months));
            assert!(found.months.len() <= MiddlePath::MOST && found.paid.len() > 1);
            if found.months.len() == run.outcome.n_months as usize {
                let last_year = |paid: &Vec<f64>| -> f64 { paid.iter().rev().take(12).sum() };
                let paid: f64 = found.paid.values().map(last_year).sum();
                assert!((paid / 12.0 / own - 1.0).abs() < 1e-9, "{paid} {own}");
            }
        }
    }
}
