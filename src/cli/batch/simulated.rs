//! One entry of a batch, from the cache or simulated, with its report written.
//!
//! In: an [`Entry`], a baseline. Out: its [`CasePart`], and `report.json` in a folder of its own. Not
//! here: when it is its turn (`schedule`).

use super::intake::{Content, Entry};
use super::{Case, Fault, Finished, Runner, Simulated, Why, compared, outputs};
use crate::cli::args;
use crate::report::batch::{
    Baseline, BatchReport, CasePart, Conclusion, State, are_decided, headline, judge_all,
};
use crate::report::{Report, data_by_path, data_of};
use crate::scenario::{self, Document, Study};
use crate::units::spelled_out;

/// Folder of the reports of all scenarios, in that of the batch.
pub(super) const REPORTS: &str = "reports";

/// What is done with every entry.
pub(super) struct Work<'a> {
    pub runner: &'a Runner<'a>,
    pub baseline: Option<&'a Baseline>,
    pub arguments: &'a args::Batch,
}

/// An entry that says nothing but what became of it.
pub(super) fn empty(entry: &Entry, state: State) -> CasePart {
    CasePart {
        id: entry.id.clone(),
        file: entry.file.clone(),
        choices: entry
            .case()
            .map_or_else(Vec::new, |(_, case)| case.choices.clone()),
        state,
        gates: Vec::new(),
        against: None,
        gate_edits: Vec::new(),
    }
}

impl Work<'_> {
    /// What became of `entry`, and whether it was known before.
    pub fn answer(&self, entry: &Entry) -> Result<(CasePart, bool), Why> {
        let Some((study, case)) = entry.case() else {
            return Ok((self.unread(entry), false));
        };
        let failed = |why: String| Ok((empty(entry, State::Failed { why }), false));
        let to_run = Case {
            scenario: &case.scenario,
            depends: &self.depends(study, case, entry),
            // without a gate there is nothing to decide
            decide: self
                .arguments
                .decide
                .filter(|_| !case.expectations.is_empty()),
            // what the baseline was made of may be simulated beside it and alone
            n_outcomes: if self.baseline.is_some() { 3 } else { 1 },
        };
        let is_decided = |simulated: &Simulated<'_>| {
            let data = data_of(simulated.scenario, simulated.outcome);
            are_decided(&judge_all(
                &case.expectations,
                &study.sources,
                &data,
                simulated.look,
            ))
        };
        let finish = |simulated: &Simulated<'_>| self.finish(entry, study, case, simulated);
        let ran = match self.runner.run(&to_run, &is_decided, &finish) {
            Ok(ran) => ran,
            Err(Fault::Interrupted) => return Err(Why::Interrupted),
            Err(Fault::Failed(why)) => return failed(why),
        };
        let part: CasePart = match serde_json::from_slice(&ran.finished.line) {
            Ok(part) => part,
            Err(error) => {
                let why = spelled_out(&error.to_string());
                return failed(format!("its result cannot be read again: {why}"));
            }
        };
        let report = report_path(&entry.id);
        // at once, so that whatever happens later it is there
        match outputs::write_report(&self.arguments.out, &report, &ran.finished.report) {
            Ok(()) => Ok((part, ran.is_from_cache)),
            Err(why) => failed(why),
        }
    }

    /// Everything that the line of a case depends on, besides its scenario.
    fn depends(&self, study: &Study, case: &scenario::Case, entry: &Entry) -> Vec<String> {
        let gates = case.expectations.iter().map(|expected| {
            let place = expected.place.map(|place| {
                let at = study.sources.line_and_column(place);
                (study.sources.name(place.text), at)
            });
            format!("{expected:?} {place:?}")
        });
        let mut depends: Vec<String> = vec![entry.file.clone(), format!("{:?}", case.choices)];
        depends.extend(gates);
        let Some(baseline) = self.baseline else {
            return depends;
        };
        let line = baseline.entries.get(&case.id);
        depends.push(format!("{line:?} {}", baseline.n_figures()));
        let before = line.and_then(|line| Document::from_json(&line.keys).ok());
        let edits = before.map(|before| before.edits_to(&case.document));
        // where they stand is said, and any line before them may move them
        for place in edits.iter().flatten().filter_map(|edit| edit.place) {
            let at = study.sources.line_and_column(place);
            depends.push(format!("{} {at:?}", study.sources.name(place.text)));
        }
        depends
    }

    /// Whether the batch would end with a failure because of `case` alone.
    pub fn fails(&self, case: &CasePart) -> bool {
        let alone = BatchReport {
            inconclusive_passes: self.arguments.inconclusive == args::Inconclusive::Pass,
            is_version_strict: self.arguments.strict_version,
            cases: vec![case.clone()],
            ..BatchReport::default()
        };
        alone.conclusion() != Conclusion::Yes
    }

    fn unread(&self, entry: &Entry) -> CasePart {
        let faults = match &entry.content {
            Content::Invalid(faults) => faults.clone(),
            Content::Case { .. } => Vec::new(),
        };
        self.runner.progress.case();
        empty(entry, State::Invalid { faults })
    }

    fn finish(
        &self,
        entry: &Entry,
        study: &Study,
        case: &scenario::Case,
        simulated: &Simulated<'_>,
    ) -> Result<Finished, Fault> {
        let (scenario, outcome) = (simulated.scenario, simulated.outcome);
        let data = match self.baseline {
            Some(_) => data_by_path(scenario, outcome),
            None => data_of(scenario, outcome),
        };
        let gates = judge_all(&case.expectations, &study.sources, &data, simulated.look);
        let exposure = self
            .runner
            .simulator
            .exposure(scenario)
            .map_err(Fault::from)?;
        let report = Report::of(scenario, outcome, &data, exposure.as_ref())
            .with_limits(&case.expectations)
            .with_gates(&gates);
        let json = report.to_json().into_bytes();
        let mut part = CasePart {
            state: State::Simulated {
                title: report.scenario.title.clone(),
                model_digest: report.scenario.model_digest.clone(),
                currency: report.scenario.currency.clone(),
                paths: report.run.paths,
                seeds: report.run.seeds,
                figures: headline(&report),
                report: report_path(&entry.id),
                report_digest: blake3::hash(&json).to_hex().to_string(),
            },
            gates,
            ..empty(entry, State::Invalid { faults: Vec::new() })
        };
        if let Some(baseline) = self.baseline {
            let found = (&report, &data);
            let against = compared::against(self.runner, baseline, (study, case), &part, found)?;
            part.against = Some(against);
            part.gate_edits = compared::gate_edits(baseline, case, &part.gates);
        }
        let line = serde_json::to_vec(&part);
        let line = line.map_err(|error| Fault::Failed(error.to_string()))?;
        Ok(Finished { report: json, line })
    }
}

/// The report of `id`, seen from the folder of the batch; in a folder of its own, so that no id is
/// taken for another file of the batch.
pub(super) fn report_path(id: &str) -> String {
    let path = id.split('/').map(folder_of).collect::<Vec<_>>().join("/");
    format!("{REPORTS}/{path}/report.json")
}

/// A name of a folder for a part of an id: short enough for every file system.
fn folder_of(part: &str) -> String {
    const LONGEST: usize = 120;
    match part {
        "" | "." | ".." => "_".to_owned(),
        // a folder of this name would stand where a report does
        "report.json" => "_report.json".to_owned(),
        part if part.len() <= LONGEST => part.to_owned(),
        part => {
            let digest = blake3::hash(part.as_bytes()).to_hex();
            let begins: String = part.chars().take(40).collect();
            format!("{begins}-{}", &digest.as_str()[..16])
        }
    }
}
