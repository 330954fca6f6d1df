//! What runs of a comparison found, as numbers that one machine hands to another.
//!
//! In: data of runs on the same random numbers. Out: [`Left`] of one, [`Apart`] of two. Not here: verdicts and sentences
//! (`build`).

use super::crossover::Crossing;
use super::incomes::ComesIn;
use crate::scenario::Scenario;
use crate::stats::{Data, Difference, Incomparable, differences, exact};
use serde::{Deserialize, Serialize};

/// A scenario as it was run.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub scenario: &'a Scenario,
}

/// What a comparison says of one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    #[serde(with = "exact")]
    pub(super) money_in: f64,
    pub(super) incomes: ComesIn,
}

/// What a comparison says of a run beside its base.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Apart {
    pub(super) left: Left,
    pub(super) differences: Vec<Difference>,
    pub(super) crossing: Option<Crossing>,
}

impl Left {
    /// Of a run of `scenario`.
    pub fn of(scenario: &Scenario, data: &Data) -> Self {
        Self {
            money_in: data.basis().flows.money_in,
            incomes: ComesIn::of(scenario, data),
        }
    }
}

impl Apart {
    /// Of a run of `scenario` beside a base that left this; both with the order of the paths.
    pub fn of(
        base: (&Left, &Data),
        (scenario, data): (&Scenario, &Data),
    ) -> Result<Self, Incomparable> {
        let left = Left::of(scenario, data);
        Ok(Self {
            differences: differences(base.1, data)?,
            crossing: Crossing::of(base, (&left, data)),
            left,
        })
    }

    /// The difference of the measure `id`; none if a run has no such figure.
    pub fn difference(&self, id: &str) -> Option<&Difference> {
        self.differences.iter().find(|found| found.id == id)
    }
}
