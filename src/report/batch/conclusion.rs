//! What a batch comes to.
//!
//! In: a [`BatchReport`]. Out: the standing of every scenario, the exit code. Not here: words.

use super::{AgainstPart, BatchReport, CasePart, GatePart, GateVerdict, State};

/// What becomes of one scenario, the worst that can be said of it; in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Pass,
    /// The baseline is of another value version, which was not to be.
    OtherVersion,
    /// A figure is not that of the baseline.
    Changed,
    /// A gate of the baseline is gone, or lets more through.
    Loosened,
    /// A gate cannot be decided on these paths.
    Inconclusive,
    /// A gate failed, or asks for a figure that the run has not.
    Fail,
    /// The batch ended before its turn.
    NotRun,
    /// It could not be simulated, or its report not written.
    Failed,
    /// It could not be read.
    Invalid,
}

/// How a batch ends; the numbers are those of the program's exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// Every gate passes and nothing changed.
    Yes = 0,
    /// A gate failed, could not be decided or was loosened, a figure changed, or a scenario of the
    /// baseline is gone.
    No = 1,
    /// A scenario could not be read or simulated, so there is no answer.
    Unanswered = 2,
}

impl Standing {
    /// Its word in `results.jsonl`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::OtherVersion => "other-version",
            Self::Changed => "changed",
            Self::Loosened => "loosened",
            Self::Inconclusive => "inconclusive",
            Self::Fail => "fail",
            Self::NotRun => "not-run",
            Self::Failed => "failed",
            Self::Invalid => "invalid",
        }
    }
}

impl GateVerdict {
    /// Whether the scenario passes with it.
    pub fn is_let_through(self, inconclusive_passes: bool) -> bool {
        match self {
            Self::Pass => true,
            Self::Inconclusive => inconclusive_passes,
            Self::Fail | Self::Absent => false,
        }
    }
}

impl AgainstPart {
    /// Whether it counts as changed: some figure moved by more than its error and its tolerance, is
    /// gone or new, or none can be compared. Against another value version figures may move.
    pub fn is_changed(&self) -> bool {
        match self {
            Self::New | Self::Equal => false,
            Self::Apart { .. } => true,
            Self::Paired { changes, .. } | Self::Drifted { changes } => !changes.is_empty(),
            Self::Unpaired {
                is_other_version,
                changes,
                ..
            } => !is_other_version && !changes.is_empty(),
        }
    }

    /// Whether it was held against figures of another value version.
    pub fn is_of_other_version(&self) -> bool {
        matches!(
            self,
            Self::Unpaired {
                is_other_version: true,
                ..
            }
        )
    }
}

impl CasePart {
    /// Whether a baseline has figures of it.
    pub(super) fn is_held_against(&self) -> bool {
        !matches!(self.against, None | Some(AgainstPart::New))
    }
}

impl BatchReport {
    /// The worst that can be said of `case`.
    pub fn standing(&self, case: &CasePart) -> Standing {
        match &case.state {
            State::Invalid { .. } => return Standing::Invalid,
            State::Failed { .. } => return Standing::Failed,
            State::NotRun { .. } => return Standing::NotRun,
            State::Simulated { .. } => {}
        }
        let verdict = |gate: &GatePart| match gate.verdict {
            verdict if verdict.is_let_through(self.inconclusive_passes) => Standing::Pass,
            GateVerdict::Inconclusive => Standing::Inconclusive,
            _ => Standing::Fail,
        };
        let gates = case.gates.iter().map(verdict).max();
        let asked = match case.is_loosened() {
            true => Standing::Loosened,
            false => Standing::Pass,
        };
        let against = match &case.against {
            Some(part) if part.is_changed() => Standing::Changed,
            Some(part) if self.is_version_strict && part.is_of_other_version() => {
                Standing::OtherVersion
            }
            _ => Standing::Pass,
        };
        gates.unwrap_or(Standing::Pass).max(asked).max(against)
    }

    /// What the whole comes to.
    ///
    /// A scenario that could not be read or simulated, or whose turn did not come in time, leaves the
    /// batch unanswered, whatever the others say. Those left because one before them failed do not: a
    /// batch that stops at the first failure has its answer.
    pub fn conclusion(&self) -> Conclusion {
        let standings = || self.cases.iter().map(|case| self.standing(case));
        let has = |wanted: &[Standing]| standings().any(|found| wanted.contains(&found));
        let is_late = |case: &CasePart| {
            matches!(
                case.state,
                State::NotRun {
                    is_after_failure: false,
                    ..
                }
            )
        };
        if has(&[Standing::Invalid, Standing::Failed]) || self.cases.iter().any(is_late) {
            return Conclusion::Unanswered;
        }
        let no = [
            Standing::OtherVersion,
            Standing::Changed,
            Standing::Loosened,
            Standing::Inconclusive,
            Standing::Fail,
        ];
        if has(&no) || !self.missing.is_empty() {
            return Conclusion::No;
        }
        Conclusion::Yes
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, case, failed, gate, invalid, not_run};
    use super::*;

    fn exit(cases: Vec<CasePart>) -> i32 {
        samples::batch(cases).conclusion() as i32
    }

    fn with_gate(verdict: GateVerdict) -> CasePart {
        let mut found = case("a");
        found.gates.push(gate("g", verdict));
        found
    }

    fn against(part: AgainstPart) -> CasePart {
        let mut found = case("a");
        found.against = Some(part);
        found
    }

    fn unpaired(is_other_version: bool, n_changes: usize) -> AgainstPart {
        AgainstPart::Unpaired {
            why: "w".to_owned(),
            is_other_version,
            changes: vec![samples::change("loss.probability", 0.1, 0.2, 0.01); n_changes],
            edits: Vec::new(),
        }
    }

    #[test]
    fn a_gate_that_does_not_pass_ends_with_one() {
        assert_eq!(exit(vec![]), 0);
        assert_eq!(exit(vec![case("a"), with_gate(GateVerdict::Pass)]), 0);
        for verdict in [
            GateVerdict::Fail,
            GateVerdict::Absent,
            GateVerdict::Inconclusive,
        ] {
            assert_eq!(exit(vec![case("b"), with_gate(verdict)]), 1, "{verdict:?}");
        }
    }

    #[test]
    fn an_undecided_gate_is_let_through_only_if_asked_for() {
        let mut batch = samples::batch(vec![with_gate(GateVerdict::Inconclusive)]);
        batch.inconclusive_passes = true;
        assert_eq!(batch.conclusion(), Conclusion::Yes);
        batch.cases.push(with_gate(GateVerdict::Absent));
        assert_eq!(batch.conclusion(), Conclusion::No);
    }

    #[test]
    fn what_could_not_be_read_or_simulated_ends_with_two_whatever_the_others_say() {
        assert_eq!(exit(vec![invalid("a")]), 2);
        assert_eq!(exit(vec![failed("a"), with_gate(GateVerdict::Fail)]), 2);
    }

    #[test]
    fn what_was_left_after_a_failure_leaves_a_no_a_no_and_what_was_late_is_unanswered() {
        assert_eq!(exit(vec![case("a"), not_run("b")]), 2);
        assert_eq!(exit(vec![with_gate(GateVerdict::Fail), not_run("b")]), 2);
        let mut left = not_run("b");
        if let State::NotRun {
            is_after_failure, ..
        } = &mut left.state
        {
            *is_after_failure = true;
        }
        assert_eq!(exit(vec![with_gate(GateVerdict::Fail), left]), 1);
    }

    #[test]
    fn a_change_against_the_baseline_ends_with_one_and_a_new_scenario_does_not() {
        assert_eq!(exit(vec![against(AgainstPart::New)]), 0);
        assert_eq!(exit(vec![against(AgainstPart::Equal)]), 0);
        assert_eq!(exit(vec![against(unpaired(false, 0))]), 0);
        assert_eq!(exit(vec![against(unpaired(false, 1))]), 1);
        let mut batch = samples::batch(vec![case("a")]);
        batch.missing.push("b".to_owned());
        assert_eq!(batch.conclusion(), Conclusion::No);
    }

    #[test]
    fn a_baseline_of_another_version_fails_only_if_versions_are_strict() {
        for n_changes in [0, 3] {
            let mut batch = samples::batch(vec![against(unpaired(true, n_changes))]);
            assert_eq!(batch.conclusion(), Conclusion::Yes);
            batch.is_version_strict = true;
            assert_eq!(batch.conclusion(), Conclusion::No);
        }
    }

    #[test]
    fn the_worst_of_a_scenario_is_its_standing() {
        let mut both = with_gate(GateVerdict::Inconclusive);
        both.against = Some(unpaired(false, 1));
        let batch = samples::batch(vec![both]);
        assert_eq!(batch.standing(&batch.cases[0]), Standing::Inconclusive);
    }
}
