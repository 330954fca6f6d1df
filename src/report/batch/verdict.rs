//! What a batch comes to.
//!
//! In: a [`BatchReport`]. Out: the standing of every scenario, the exit code. Not here:
//! what is said (`findings`).

use super::{AgainstPart, BatchReport, CasePart, How, State};
use schemars::JsonSchema;
use serde::Serialize;

/// What becomes of one scenario, the worst that can be said of it; in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Pass,
    /// Its line in the baseline would be written anew, which was not to be.
    Stale,
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
    /// A scenario could not be read or simulated, or a shard is missing, so there is no answer.
    Unanswered = 2,
}

impl Standing {
    /// All of them, the worst first.
    pub(super) const ALL: [Self; 10] = [
        Self::Invalid,
        Self::Failed,
        Self::NotRun,
        Self::Fail,
        Self::Inconclusive,
        Self::Loosened,
        Self::Changed,
        Self::OtherVersion,
        Self::Stale,
        Self::Pass,
    ];

    /// Its word for a reader.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Stale => "stale",
            Self::OtherVersion => "other version",
            Self::Changed => "changed",
            Self::Loosened => "loosened",
            Self::Inconclusive => "inconclusive",
            Self::Fail => "FAIL",
            Self::NotRun => "not run",
            Self::Failed => "not simulated",
            Self::Invalid => "invalid",
        }
    }
}

impl AgainstPart {
    /// Whether it counts as changed: some figure moved by more than its error and its tolerance, is
    /// gone or new, or none can be compared. Against another value version figures may move.
    pub fn is_changed(&self) -> bool {
        match self.how {
            How::Apart => true,
            How::OtherVersion => false,
            _ => !self.changes.is_empty(),
        }
    }
}

impl CasePart {
    /// How it was held against the baseline.
    pub fn how(&self) -> Option<How> {
        self.against.as_ref().map(|against| against.how)
    }

    /// Whether a figure of it moved; against another value version it may move.
    pub fn is_changed(&self) -> bool {
        self.against.as_ref().is_some_and(AgainstPart::is_changed)
    }
}

impl BatchReport {
    /// The worst that can be said of `case`.
    pub fn standing(&self, case: &CasePart) -> Standing {
        if let State::NotRun { .. } = case.state {
            return Standing::NotRun;
        }
        self.worst([case])
    }

    fn worst<'c>(&self, cases: impl IntoIterator<Item = &'c CasePart>) -> Standing {
        let findings = cases.into_iter().flat_map(|case| self.findings(case));
        let counted = findings.filter(|finding| finding.is_counted);
        let worst = counted.map(|finding| finding.standing).max();
        worst.unwrap_or(Standing::Pass)
    }

    /// What the whole comes to.
    ///
    /// A scenario that could not be read or simulated, or whose turn did not come in time, leaves the
    /// batch unanswered, whatever the others say, and so does a shard that is missing. Those left because
    /// one before them failed do not: a batch that stops at the first failure has its answer.
    pub fn conclusion(&self) -> Conclusion {
        match self.worst(&self.cases) {
            _ if !self.missing_shards.is_empty() => Conclusion::Unanswered,
            worst if worst >= Standing::NotRun => Conclusion::Unanswered,
            Standing::Pass if self.missing.is_empty() => Conclusion::Yes,
            _ => Conclusion::No,
        }
    }
}

#[cfg(test)]
mod tests;
