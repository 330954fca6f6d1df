//! Results of the runs of a comparison, serializable so that one machine can send them to another.
//!
//! In: data of runs on common random numbers. Out: [`Left`] of one run, [`Apart`] of two. Not here: verdicts
//! (`headline`).

use super::crossover::CrossoverPart;
use super::incomes::ComesIn;
use crate::scenario::Scenario;
use crate::stats::{Data, Difference, differences, exact};
use crate::study::Remark;
use serde::{Deserialize, Serialize};

/// Results of one run that a comparison needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    #[serde(with = "exact")]
    pub(super) money_in: f64,
    pub(super) incomes: ComesIn,
}

/// Results of a run compared with the base.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Apart {
    pub(super) left: Left,
    pub(super) differences: Vec<Difference>,
    /// Crossover of the incomes, or the reason why it is not reported; both `None` if they do not cross.
    pub(super) crossover: Option<CrossoverPart>,
    pub(super) no_crossover: Option<Remark>,
}

impl Left {
    /// Extracts the results of a run of `scenario`.
    pub fn of(scenario: &Scenario, data: &Data) -> Self {
        Self { money_in: data.basis().money_in, incomes: ComesIn::of(scenario, data) }
    }
}

impl Apart {
    /// Compares a run of `scenario` with the base. The data of both must be in the order of the paths.
    pub fn of(base: (&Left, &Data), (scenario, data): (&Scenario, &Data)) -> Self {
        let left = Left::of(scenario, data);
        let crossover =
            CrossoverPart::of(scenario.start, (&base.0.incomes, base.1), (&left.incomes, data)).transpose();
        Self {
            differences: differences(base.1, data),
            no_crossover: crossover.as_ref().err().cloned(),
            crossover: crossover.ok().flatten(),
            left,
        }
    }

    /// Returns the difference of the measure `id`; `None` if a run has no such figure.
    pub fn difference(&self, id: &str) -> Option<&Difference> {
        self.differences.iter().find(|found| found.id == id)
    }
}
