//! A base that was run, and others beside it on its random numbers.
//!
//! In: a base, others, the steps between them. Out: what their figures are taken of, and what each step does
//! to one of them. Not here: verdicts on differences (`stats`), which scenarios are compared (`sides`).

use super::{EditStep, Fault, Lab, Later, Point, beside};
use crate::scenario::Scenario;
use crate::stats::{Data, Difference, difference};

/// Bytes per path and column that comparing takes beside an outcome: sorted columns of the base, of
/// the new run and of a step between them, each with its paths, and what a few measures make of
/// them.
const BYTES_PER_VALUE: u64 = 3 * (8 + 8 + 4 + 16);

/// A base with what its paths left.
pub struct Base<'a> {
    lab: &'a Lab,
    scenario: &'a Scenario,
    pub data: Data,
}

/// What each step does to a measure, and all of them together.
pub struct Attribution {
    pub total: Difference,
    /// None where the run before or after a step has no such figure.
    pub steps: Vec<(EditStep, Option<Difference>)>,
}

impl<'a> Base<'a> {
    /// A scenario with all that comparing it takes, `bytes` whatever its paths.
    pub fn point(scenario: &Scenario, bytes: u64) -> Point<'_> {
        Point {
            later: Later {
                bytes_per_value: BYTES_PER_VALUE,
                bytes,
                ..Later::default()
            },
            ..Point::of(scenario)
        }
    }

    /// Simulates the base.
    ///
    /// Errors as [`Lab::alone`] does.
    pub fn run(lab: &'a Lab, scenario: &'a Scenario) -> Result<Self, Fault> {
        let run = lab.alone(&Self::point(scenario, 0))?;
        let data = lab.pool.install(|| run.data_by_path());
        Ok(Self {
            lab,
            scenario,
            data,
        })
    }

    /// Simulates another one beside it, with its seed and paths: as it was run, and what it left.
    ///
    /// Errors as [`beside`] does.
    pub fn beside(&self, other: &Scenario) -> Result<(Scenario, Data), Fault> {
        let run = self.lab.work(self.scenario.paths, |control| {
            let run = beside(other, self.scenario, control)?;
            let data = run.data_by_path();
            Ok::<_, Fault>((run.scenario.into_owned(), data))
        })?;
        Ok(run)
    }

    /// What `steps` do to `measure`, one after the other; the last one leads to `new`. None if it or the base
    /// has no such figure.
    ///
    /// Errors as [`beside`] does.
    pub fn attribution(
        &self,
        steps: Vec<EditStep>,
        new: &Data,
        measure: &str,
    ) -> Result<Option<Attribution>, Fault> {
        let differ = |from: &Data, to: &Data| -> Result<Option<Difference>, Fault> {
            let found = || difference(from, to, measure);
            Ok(self.lab.pool.install(found)?)
        };
        let Some(total) = differ(&self.data, new)? else {
            return Ok(None);
        };
        let mut found = Vec::with_capacity(steps.len());
        let mut before: Option<Data> = None;
        for step in steps {
            let scenario = step.scenario.as_ref();
            let after = scenario.map(|scenario| self.beside(scenario)).transpose()?;
            let after = after.map(|(_, data)| data);
            let from = before.as_ref().unwrap_or(&self.data);
            let change = differ(from, after.as_ref().unwrap_or(new))?;
            found.push((step, change));
            before = after;
        }
        Ok(Some(Attribution {
            total,
            steps: found,
        }))
    }
}
