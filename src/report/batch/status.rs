//! Status of every scenario, and exit code of a batch.
//!
//! In: a [`BatchReport`]. Out: [`Status`]. Not here: the findings (`findings`), words (`templates`).

use super::{AgainstPart, BatchReport, CasePart, How};
use schemars::JsonSchema;
use serde::Serialize;

/// Status of a scenario: the worst of its findings. The order of the variants is from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    #[serde(rename = "pass")]
    Passed,
    /// The scenario's line in the baseline is out of date, and the batch is set to fail on that.
    Stale,
    /// The baseline is of another results version, and the batch is set to fail on that.
    OtherVersion,
    /// A figure changed against the baseline.
    Changed,
    /// A gate of the baseline was removed or loosened.
    Loosened,
    /// A gate is inconclusive.
    Inconclusive,
    /// A gate failed, or the run does not have its figure.
    #[serde(rename = "fail")]
    Failed,
    /// The batch ended before the scenario was simulated.
    NotRun,
    /// The scenario could not be simulated, or its report could not be written.
    #[serde(rename = "failed")]
    NotSimulated,
    /// The file could not be read.
    Invalid,
}

impl Status {
    /// Exit code of a batch whose worst scenario has this status: 0 passed, 1 failed, 2 without a result.
    const fn code(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::NotRun | Self::NotSimulated | Self::Invalid => 2,
            _ => 1,
        }
    }
}

impl AgainstPart {
    /// True if a figure moved by more than its error and its tolerance, appeared or disappeared, or cannot be
    /// compared. Against another results version, figures may move.
    pub fn is_changed(&self) -> bool {
        match self.how {
            How::Apart => true,
            How::OtherVersion => false,
            _ => !self.changes.is_empty(),
        }
    }
}

impl CasePart {
    /// Way in which the scenario was compared with the baseline; `None` if it was not.
    pub fn how(&self) -> Option<How> {
        self.against.as_ref().map(|against| against.how)
    }
}

impl BatchReport {
    /// Returns the status of `case`: the worst of its findings.
    pub fn status(&self, case: &CasePart) -> Status {
        let found = self.findings(case).into_iter();
        // a scenario left after a failure was not run, although that does not count
        let found = found.filter(|finding| finding.is_counted || finding.status == Status::NotRun);
        found.map(|finding| finding.status).max().unwrap_or(Status::Passed)
    }

    /// Returns the exit code: 0 if every gate passes and nothing changed, 1 if not, 2 without a result.
    ///
    /// A scenario that could not be read or simulated in time leaves the batch without a result, whatever the
    /// others give. So does a missing shard. Scenarios left because an earlier one failed do not: a batch
    /// that stops at the first failure has its result.
    pub fn code(&self) -> u8 {
        let found = self.cases.iter().flat_map(|case| self.findings(case));
        let worst = found.filter(|finding| finding.is_counted).map(|finding| finding.status.code()).max();
        let of_missing = u8::from(!self.missing.is_empty());
        let of_shards = if self.missing_shards.is_empty() { 0 } else { 2 };
        worst.unwrap_or(0).max(of_missing).max(of_shards)
    }
}

#[cfg(test)]
mod tests;
