//! Findings about a scenario, each reported once, as data; the status that they give it, and the exit code.
//!
//! In: a [`BatchReport`]. Out: [`Finding`]s, [`Status`]. Not here: their words (`templates/findings.j2`), which output
//! shows them.

use super::{
    AgainstPart, BatchReport, CasePart, FaultPart, GateEdit, GatePart, GateVerdict, How, PlacePart, State,
};
use schemars::JsonSchema;
use serde::Serialize;

/// Name of the test that a scenario without gates gets: that it can be simulated.
pub(super) const SIMULATES: &str = "simulates";
/// Name of the test that compares a scenario with the baseline.
pub(super) const BASELINE: &str = "against the baseline";
/// Name of the test that no gate was removed or loosened since the baseline.
pub(super) const GATES: &str = "gates of the baseline";

/// Kind of a finding about a comparison in which no figure changed.
pub(super) const UNCHANGED: &str = "unchanged";

/// One finding about a scenario or a file, as all outputs of a batch report it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding<'r> {
    /// Scenario id; empty if a file was only checked.
    pub id: &'r str,
    pub file: &'r str,
    pub choices: &'r [(String, String)],
    pub currency: &'r str,
    /// Status that the finding gives its scenario, provided that it is counted.
    pub status: Status,
    /// False if the finding cannot fail the batch: it is tolerated, or accepted into the baseline.
    pub is_counted: bool,
    pub is_accepted: bool,
    /// Stable id of the kind of finding: the code of a fault, `gate-fails`, `changed`.
    pub kind: &'r str,
    /// Id of the gate concerned; empty if no gate is.
    pub gate: &'r str,
    /// Name of the test that the finding belongs to: a gate id, or `SIMULATES`, `BASELINE` or `GATES`.
    pub test: &'r str,
    /// Place of the fault or gate in the file; `None` for other findings.
    pub place: Option<&'r PlacePart>,
    pub about: About<'r>,
}

/// Subject of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum About<'r> {
    Fault(&'r FaultPart),
    /// Reason why the scenario was not simulated.
    Why(&'r str),
    Gate(&'r GatePart),
    Looser(&'r GateEdit),
    Against(&'r AgainstPart),
    Stale,
}

impl<'r> Finding<'r> {
    fn of_file(file: &'r str, status: Status, kind: &'r str, about: About<'r>) -> Self {
        Self {
            id: "",
            file,
            choices: &[],
            currency: "",
            status,
            is_counted: true,
            is_accepted: false,
            kind,
            gate: "",
            test: SIMULATES,
            place: match about {
                About::Fault(fault) => fault.place.as_ref(),
                _ => None,
            },
            about,
        }
    }

    pub(super) fn of_fault(file: &'r str, fault: &'r FaultPart) -> Self {
        Self::of_file(file, Status::Invalid, &fault.code, About::Fault(fault))
    }

    pub(super) fn fault(&self) -> Option<&'r FaultPart> {
        match self.about {
            About::Fault(fault) => Some(fault),
            _ => None,
        }
    }
}

impl CasePart {
    /// Way in which the scenario was compared with the baseline; `None` if it was not.
    pub fn how(&self) -> Option<How> {
        self.against.as_ref().map(|against| against.how)
    }

    /// Returns the currency of the scenario; empty if it was not simulated.
    pub(super) fn currency(&self) -> &str {
        match &self.state {
            State::Simulated { currency, .. } => currency,
            _ => "",
        }
    }

    pub(super) fn finding<'r>(&'r self, status: Status, kind: &'r str, about: About<'r>) -> Finding<'r> {
        Finding {
            id: &self.id,
            choices: &self.choices,
            currency: self.currency(),
            is_accepted: self.is_accepted,
            ..Finding::of_file(&self.file, status, kind, about)
        }
    }
}

impl BatchReport {
    /// Returns all findings about `case`.
    pub fn findings<'r>(&self, case: &'r CasePart) -> Vec<Finding<'r>> {
        match &case.state {
            State::Invalid { faults } => {
                let of =
                    |fault: &'r FaultPart| case.finding(Status::Invalid, &fault.code, About::Fault(fault));
                faults.iter().map(of).collect()
            }
            State::Failed { why } => {
                vec![case.finding(Status::NotSimulated, "failed", About::Why(why))]
            }
            State::NotRun { why, is_after_failure } => vec![Finding {
                // a batch stopped by a failure has its result
                is_counted: !is_after_failure,
                ..case.finding(Status::NotRun, "not-run", About::Why(why))
            }],
            State::Simulated { .. } => {
                let gates = case.gates.iter().filter_map(|gate| self.of_gate(case, gate));
                let looser = case.gate_edits.iter().map(|edit| Finding {
                    is_counted: !case.is_accepted,
                    gate: &edit.id,
                    test: GATES,
                    place: edit.place.as_ref(),
                    ..case.finding(Status::Loosened, "gate-loosened", About::Looser(edit))
                });
                let against = case.against.as_ref().and_then(|against| self.against(case, against));
                let is_stale = self.must_be_fresh && case.is_stale && !case.is_accepted;
                let stale = is_stale.then(|| Finding {
                    test: BASELINE,
                    ..case.finding(Status::Stale, "stale", About::Stale)
                });
                gates.chain(looser).chain(against).chain(stale).collect()
            }
        }
    }

    /// Returns the status of `case`: the worst of its findings.
    pub fn status(&self, case: &CasePart) -> Status {
        let found = self.findings(case).into_iter();
        // a scenario left after a failure was not run, although that does not count
        let found = found.filter(|finding| finding.is_counted || finding.status == Status::NotRun);
        found.map(|finding| finding.status).max().unwrap_or(Status::Passed)
    }

    /// Returns the exit code: 0 if every gate passes and nothing changed, 1 if not, 2 if there is no result.
    ///
    /// A scenario that could not be read or simulated in time leaves the batch without a result, whatever the results
    /// of the others. So does a missing shard. Scenarios left because an earlier one failed do not: a batch that stops
    /// at the first failure has its result.
    pub fn code(&self) -> u8 {
        let found = self.cases.iter().flat_map(|case| self.findings(case));
        let worst = found.filter(|finding| finding.is_counted).map(|finding| finding.status.code()).max();
        let of_missing = u8::from(!self.missing.is_empty());
        let of_shards = if self.missing_shards.is_empty() { 0 } else { 2 };
        worst.unwrap_or(0).max(of_missing).max(of_shards)
    }

    fn of_gate<'r>(&self, case: &'r CasePart, gate: &'r GatePart) -> Option<Finding<'r>> {
        let (status, kind) = match gate.verdict {
            GateVerdict::Pass => return None,
            GateVerdict::Fail => (Status::Failed, "gate-fails"),
            GateVerdict::Absent => (Status::Failed, "gate-absent"),
            GateVerdict::Inconclusive => (Status::Inconclusive, "gate-inconclusive"),
        };
        Some(Finding {
            is_counted: status == Status::Failed || !self.inconclusive_passes,
            gate: &gate.id,
            test: &gate.id,
            place: gate.place.as_ref(),
            ..case.finding(status, kind, About::Gate(gate))
        })
    }

    /// Returns the finding about the comparison of `case` with the baseline; `None` if nothing is to report.
    fn against<'r>(&self, case: &'r CasePart, against: &'r AgainstPart) -> Option<Finding<'r>> {
        let (status, kind) = match against.how {
            _ if against.is_changed() => (Status::Changed, "changed"),
            How::OtherVersion if self.is_version_strict => (Status::OtherVersion, "version"),
            How::OtherVersion => (Status::Passed, "version"),
            _ => (Status::Passed, UNCHANGED),
        };
        let is_silent = status == Status::Passed
            && against.how != How::New
            && against.why.is_empty()
            && against.changes.is_empty()
            && against.edits.is_empty();
        (!is_silent).then(|| Finding {
            is_counted: status != Status::Passed && !case.is_accepted,
            test: BASELINE,
            ..case.finding(status, kind, About::Against(against))
        })
    }
}

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
    /// The scenario file has faults and was not simulated.
    Invalid,
}

impl Status {
    /// Exit code of a batch whose worst scenario has this status: 0 passed, 1 failed, 2 no result.
    const fn code(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::NotRun | Self::NotSimulated | Self::Invalid => 2,
            _ => 1,
        }
    }
}

impl AgainstPart {
    /// True if a figure moved by more than its standard error allows plus the tolerance, if one appeared or
    /// disappeared, or if nothing could be compared. False if the baseline is of another results version of the
    /// program, as figures may move between those.
    pub fn is_changed(&self) -> bool {
        match self.how {
            How::Apart => true,
            How::OtherVersion => false,
            _ => !self.changes.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests;
