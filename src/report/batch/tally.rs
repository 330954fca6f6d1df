//! What came of a batch, counted.
//!
//! In: a [`BatchReport`]. Out: [`Tally`]. Not here: what each comes to (`conclusion`), words
//! (`wording`).

use super::{AgainstPart, BatchReport, CasePart, FaultPart, GateVerdict, State};

/// How many of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub cases: usize,
    pub gates: usize,
    pub passed: usize,
    pub failed: usize,
    pub inconclusive: usize,
    /// Gates on a figure that the run has not.
    pub absent: usize,
    /// Cases with a figure that moved.
    pub changed: usize,
    /// Cases with a gate that asks less than in the baseline.
    pub loosened: usize,
    /// Cases that the baseline has not.
    pub new: usize,
    /// Cases held against figures of another value version.
    pub other_version: usize,
    /// Cases that could not be read.
    pub invalid: usize,
    /// Cases that could be read and not be simulated.
    pub broken: usize,
    /// Cases that the batch did not come to.
    pub not_run: usize,
    /// Cases of the baseline that are not in the batch.
    pub missing: usize,
}

impl BatchReport {
    pub fn tally(&self) -> Tally {
        let mut tally = Tally {
            cases: self.cases.len(),
            missing: self.missing.len(),
            ..Tally::default()
        };
        for case in &self.cases {
            tally.gates += case.gates.len();
            for gate in &case.gates {
                *match gate.verdict {
                    GateVerdict::Pass => &mut tally.passed,
                    GateVerdict::Fail => &mut tally.failed,
                    GateVerdict::Inconclusive => &mut tally.inconclusive,
                    GateVerdict::Absent => &mut tally.absent,
                } += 1;
            }
            match case.state {
                State::Simulated { .. } => {}
                State::Invalid { .. } => tally.invalid += 1,
                State::Failed { .. } => tally.broken += 1,
                State::NotRun { .. } => tally.not_run += 1,
            }
            tally.changed += usize::from(is_changed(case));
            tally.loosened += usize::from(case.is_loosened());
            tally.new += usize::from(case.against == Some(AgainstPart::New));
            tally.other_version += usize::from(is_of_other_version(case));
        }
        tally
    }

    /// Faults of files, the same one of several files once: the first case that has it, and how many
    /// have it.
    pub(super) fn distinct_faults(&self) -> Vec<(&FaultPart, &CasePart, usize)> {
        let mut seen: Vec<(&FaultPart, &CasePart, usize)> = Vec::new();
        for case in &self.cases {
            let State::Invalid { faults } = &case.state else {
                continue;
            };
            for fault in faults {
                match seen.iter_mut().find(|(known, _, _)| *known == fault) {
                    Some((_, _, n)) => *n += 1,
                    None => seen.push((fault, case, 1)),
                }
            }
        }
        seen
    }
}

/// Whether a figure of `case` moved; against another value version it may move.
pub fn is_changed(case: &CasePart) -> bool {
    case.against.as_ref().is_some_and(AgainstPart::is_changed)
}

/// Whether `case` was held against figures of another value version.
pub fn is_of_other_version(case: &CasePart) -> bool {
    let against = case.against.as_ref();
    against.is_some_and(AgainstPart::is_of_other_version)
}
