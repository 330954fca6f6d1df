//! What runs of a comparison found, as numbers that one machine hands to another.
//!
//! In: data of runs on the same random numbers. Out: [`Left`] of one, [`Apart`] of two. Not here: verdicts (`headline`).

use super::crossover::CrossoverPart;
use super::incomes::ComesIn;
use crate::scenario::Scenario;
use crate::stats::{Data, Difference, Incomparable, differences, exact};
use crate::study::Remark;
use serde::{Deserialize, Serialize};

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
    /// Where the incomes cross, or why nothing is said of it.
    pub(super) crossover: Option<CrossoverPart>,
    pub(super) no_crossover: Option<Remark>,
}

impl Left {
    /// Of a run of `scenario`.
    pub fn of(scenario: &Scenario, data: &Data) -> Self {
        Self { money_in: data.basis().flows.money_in, incomes: ComesIn::of(scenario, data) }
    }
}

impl Apart {
    /// Of a run of `scenario` beside a base that left this; both with the order of the paths.
    pub fn of(
        base: (&Left, &Data),
        (scenario, data): (&Scenario, &Data),
    ) -> Result<Self, Incomparable> {
        let left = Left::of(scenario, data);
        let crossover = CrossoverPart::of(scenario.start, base, (&left, data)).transpose();
        Ok(Self {
            differences: differences(base.1, data)?,
            no_crossover: crossover.as_ref().err().cloned(),
            crossover: crossover.ok().flatten(),
            left,
        })
    }

    /// The difference of the measure `id`; none if a run has no such figure.
    pub fn difference(&self, id: &str) -> Option<&Difference> {
        self.differences.iter().find(|found| found.id == id)
    }
}
