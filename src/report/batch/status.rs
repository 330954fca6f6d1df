//! The status of every scenario and the exit code of a batch.
//!
//! In: a [`BatchReport`]. Out: [`Status`]. Not here: what is found (`findings`), words (`templates`).

use super::{AgainstPart, BatchReport, CasePart, How};
use schemars::JsonSchema;
use serde::Serialize;

/// The worst that is true of one scenario, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    #[serde(rename = "pass")]
    Passed,
    /// Its line in the baseline would be written anew, which was not to be.
    Stale,
    /// The baseline is of another results version, which was not to be.
    OtherVersion,
    /// A figure is not that of the baseline.
    Changed,
    /// A gate of the baseline is gone or lets more through.
    Loosened,
    /// A gate cannot be decided on these paths.
    Inconclusive,
    /// A gate failed or asks for a figure that the run does not have.
    #[serde(rename = "fail")]
    Failed,
    /// The batch ended before its turn.
    NotRun,
    /// It could not be simulated, or its report could not be written.
    #[serde(rename = "failed")]
    NotSimulated,
    /// It could not be read.
    Invalid,
}

impl Status {
    /// The exit code of a batch with such a scenario: 1 is a no, 2 leaves it without an answer.
    const fn code(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::NotRun | Self::NotSimulated | Self::Invalid => 2,
            _ => 1,
        }
    }
}

impl AgainstPart {
    /// True if a figure moved by more than its error and its tolerance, is gone or new, or none can be compared. Against
    /// another results version figures may move.
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
}

impl BatchReport {
    /// The worst that is true of `case`.
    pub fn status(&self, case: &CasePart) -> Status {
        let found = self.findings(case).into_iter();
        // what was left after a failure was not run either
        let found = found.filter(|finding| finding.is_counted || finding.status == Status::NotRun);
        let statuses = found.map(|finding| finding.status);
        statuses.max().unwrap_or(Status::Passed)
    }

    /// The exit code of the program: 0 if every gate passes and nothing changed, 1 if not, 2 if there is no answer.
    ///
    /// A scenario that could not be read or simulated, or whose turn did not come in time, leaves the batch without an
    /// answer, whatever the others say, and so does a shard that is missing. Those left because one before them failed do
    /// not: a batch that stops at the first failure has its answer.
    pub fn code(&self) -> u8 {
        let found = self.cases.iter().flat_map(|case| self.findings(case));
        let counted = found.filter(|finding| finding.is_counted);
        let worst = counted.map(|finding| finding.status.code()).max();
        let of_missing = u8::from(!self.missing.is_empty());
        let of_shards = if self.missing_shards.is_empty() { 0 } else { 2 };
        worst.unwrap_or(0).max(of_missing).max(of_shards)
    }
}

#[cfg(test)]
mod tests;
