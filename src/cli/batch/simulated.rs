//! One entry of a batch, from the cache or simulated, with its report written.
//!
//! In: an [`Entry`], a baseline. Out: its [`CasePart`], and `report.json` in a folder of its own. Not
//! here: when it is its turn (`schedule`).

use super::intake::{Content, Entry};
use super::{Case, Fault, Finished, Runner, Simulated, Why, compared};
use crate::cli::args;
use crate::cli::files::Batch;
use crate::report::batch::{
    Baseline, BatchReport, CasePart, Conclusion, State, are_decided, headline, judge_all,
};
use crate::report::{Report, data_by_path, data_of};
use crate::scenario::{self, Study};
use std::path::PathBuf;

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
        choices: entry.case().map_or_else(Vec::new, |(_, case)| case.choices.clone()),
        state,
        gates: Vec::new(),
        against: None,
    }
}

impl Work<'_> {
    /// What became of `entry`, and whether it was known before.
    pub fn answer(&self, entry: &Entry) -> Result<(CasePart, bool), Why> {
        let Some((study, case)) = entry.case() else {
            return Ok((self.unread(entry), false));
        };
        let failed = |why: String| Ok((empty(entry, State::Failed { why }), false));
        let line = self.baseline.and_then(|baseline| baseline.line(&entry.id));
        let to_run = Case {
            scenario: &case.scenario,
            depends: &[
                entry.id.clone(),
                entry.file.clone(),
                format!("{:?}", case.expectations),
                format!("{:?}", case.document),
                format!("{:?}", case.choices),
                format!("{line:?}"),
                self.baseline.is_some().to_string(),
                places_of(study, case),
            ],
            decide: self.arguments.decide,
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
            Err(error) => return failed(format!("its result cannot be read again: {error}")),
        };
        match self.write(&entry.id, &ran.finished.report) {
            Ok(()) => Ok((part, ran.is_from_cache)),
            Err(why) => failed(why),
        }
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
    ) -> Result<Finished, String> {
        let (scenario, outcome) = (simulated.scenario, simulated.outcome);
        let data = match self.baseline {
            Some(_) => data_by_path(scenario, outcome),
            None => data_of(scenario, outcome),
        };
        let gates = judge_all(
            &case.expectations,
            &study.sources,
            &data,
            simulated.look,
        );
        let report = Report::of(scenario, outcome, &data).with_gates(&gates);
        let against = self.baseline.map(|baseline| {
            compared::against(self.runner, baseline, (study, case), &report, &data)
        });
        let part = CasePart {
            id: entry.id.clone(),
            file: entry.file.clone(),
            choices: case.choices.clone(),
            state: State::Simulated {
                title: report.scenario.title.clone(),
                model_digest: report.scenario.model_digest.clone(),
                currency: report.scenario.currency.clone(),
                paths: report.run.paths,
                seed: report.run.seed,
                figures: headline(&report),
                report: report_path(&entry.id),
            },
            gates,
            against: against.transpose()?,
        };
        let line = serde_json::to_vec(&part).map_err(|error| error.to_string())?;
        Ok(Finished {
            report: report.to_json().into_bytes(),
            line,
        })
    }

    /// Writes the report of `id` at once, so that whatever happens later it is there.
    fn write(&self, id: &str, bytes: &[u8]) -> Result<(), String> {
        let path = self.arguments.out.join(report_path(id));
        let folder: PathBuf = path.parent().map(PathBuf::from).unwrap_or_default();
        let mut batch = Batch::open(&folder)?;
        batch.add("report.json", bytes)?;
        batch.commit(&[])
    }
}

/// Where the gates and keys of a case stand: what is said of them names lines.
fn places_of(study: &Study, case: &scenario::Case) -> String {
    let gates = case.expectations.iter().filter_map(|expected| expected.place);
    let places = gates.map(|place| {
        let (line, column) = study.sources.line_and_column(place);
        format!("{}:{line}:{column}", study.sources.name(place.text))
    });
    places.collect::<Vec<_>>().join(" ")
}

/// The report of `id`, seen from the folder of the batch.
fn report_path(id: &str) -> String {
    let safe = id.split('/').map(|part| match part {
        "." | ".." | "" => "_",
        part => part,
    });
    format!("{}/report.json", safe.collect::<Vec<_>>().join("/"))
}
