//! Takes the result of one entry from the cache or simulates it, and writes its report.
//!
//! In: an [`Intake`], a baseline. Out: its [`CasePart`], and `report.json` in a folder of its own. Not here:
//! the order of entries (`schedule`).

use super::arguments::Inconclusive;
use super::intake::Intake;
use super::outputs::report_path;
use super::{Batch, NotRun, compared, outputs};
use crate::cli::{Stop, load};
use crate::engine::{Outcome, RunError};
use crate::page::PROGRAM;
use crate::report::batch::{BATCH_SCHEMA, Baseline, BatchReport, CasePart, State, headline};
use crate::report::{VALUE_VERSION, are_decided, judge_all, judged, to_json};
use crate::scenario::{self, Document, Study};
use crate::study::{Fault, Job, Lab, Run, data_of, kept};

/// Inputs of the simulation that all entries of a batch share.
pub(super) struct BatchInputs<'a> {
    pub lab: &'a Lab,
    pub baseline: Option<&'a Baseline>,
    pub arguments: &'a Batch,
    /// Report of the batch without cases: its baseline, its shard and the options that decide its exit code.
    pub asked: BatchReport,
}

/// Creates the result of `entry` with this `state`, without gates and without a comparison with the baseline.
pub(super) fn empty(entry: &Intake, state: State) -> CasePart {
    CasePart {
        id: entry.id.clone(),
        file: entry.file.clone(),
        choices: entry.case().map_or_else(Vec::new, |(_, case)| case.choices.clone()),
        state,
        gates: Vec::new(),
        against: None,
        gate_edits: Vec::new(),
        is_stale: false,
        is_accepted: false,
    }
}

impl BatchInputs<'_> {
    /// Returns the result of `entry`, and true if it came from the cache; writes the report of the entry.
    ///
    /// Errors if the run is interrupted; any other fault is part of the result.
    pub fn answer(&self, entry: &Intake) -> Result<(CasePart, bool), NotRun> {
        let Some((study, case)) = entry.case() else {
            return Ok((unread(entry), false));
        };
        let failed = |stop: Stop| Ok((empty(entry, State::Failed { why: stop.to_string() }), false));
        // without a gate, `--decide` has nothing to decide
        let asked = !case.expectations.is_empty();
        let decide = self.arguments.decide.filter(|_| asked);
        let job = Job { most: decide.unwrap_or(0).max(case.scenario.paths), ..Job::of(&case.scenario) };
        let is_decided = |outcome: &Outcome, look| {
            let data = data_of(&case.scenario, outcome);
            are_decided(&judge_all(&case.expectations, &study.sources, &data, look))
        };
        let answered = kept(
            self.lab.store.as_deref(),
            || self.depends(study, case, entry, job.most),
            || {
                let run = self.lab.run(&job, &is_decided)?;
                let run = self.lab.exposed(run)?;
                let made = self.lab.pool.install(|| self.finish(entry, study, case, &run));
                // not cached if memory ended the run early: with more memory it would have gone on
                Ok((made, !run.is_limited))
            },
        );
        let ((json, part), is_kept) = match answered {
            Ok(answered) => answered,
            Err(Fault::Run(RunError::Interrupted)) => return Err(NotRun::Interrupted),
            Err(fault) => return failed(fault.into()),
        };
        if is_kept {
            (self.lab.progress.planned)(-(case.scenario.paths as i64));
        }
        // written at once, so that a later fault cannot lose it
        match outputs::write_report(&self.arguments.out, &report_path(&entry.id), json.as_bytes()) {
            Ok(()) => Ok((part, is_kept)),
            Err(stop) => failed(stop),
        }
    }

    /// Texts on which the result and report of a case depend, as cache key. `most`: largest number of paths.
    fn depends(&self, study: &Study, case: &scenario::Case, entry: &Intake, most: u64) -> Vec<String> {
        let spot = |place| {
            let at = study.sources.line_and_column(place);
            (study.sources.name(place.text), at)
        };
        let gates: Vec<_> = case.expectations.iter().map(|gate| (gate, gate.place.map(spot))).collect();
        let mut depends = vec![
            case.scenario.identity(),
            serde_json::json!([entry.id, entry.file, case.choices, most, gates]).to_string(),
        ];
        let Some(baseline) = self.baseline else {
            return depends;
        };
        let line = baseline.entries.get(&case.id);
        let n_figures = baseline.n_figures();
        let before = line.and_then(|line| Document::from_json(&line.keys).ok());
        let edits = before.map(|before| before.edits_to(&case.document));
        // the report prints the line of each edit, and earlier lines may move it
        let places: Vec<_> = edits.iter().flatten().filter_map(|edit| edit.place).map(spot).collect();
        let written = case.document.to_json();
        depends.push(serde_json::json!([line, n_figures, written, places]).to_string());
        depends
    }

    /// Returns the JSON report of the `run` of a case, and its result for the batch.
    fn finish(
        &self,
        entry: &Intake,
        study: &Study,
        case: &scenario::Case,
        run: &Run<'_>,
    ) -> (String, CasePart) {
        let data = run.data();
        let (report, gates) = judged(&case.expectations, &study.sources, run, &data);
        let json = to_json(&report);
        let state = State::Simulated {
            title: report.scenario.title.clone(),
            model_digest: report.scenario.model_digest.clone(),
            currency: report.scenario.currency.clone(),
            paths: report.run.paths,
            seeds: report.run.seeds,
            figures: headline(&report),
            report: report_path(&entry.id),
            report_digest: blake3::hash(json.as_bytes()).to_hex().to_string(),
        };
        let mut part = CasePart { gates, ..empty(entry, state) };
        if let Some(baseline) = self.baseline {
            compared::compare(baseline, study, case, &mut part);
        }
        (json, part)
    }
}

/// Result of an entry whose file or folder cannot be read, with its faults.
pub(super) fn unread(entry: &Intake) -> CasePart {
    let faults = entry.content.as_ref().err().cloned().unwrap_or_default();
    empty(entry, State::Invalid { faults })
}

/// Creates the report of a batch without any results, with those `arguments` that the report repeats.
pub(super) fn report_of(arguments: &Batch) -> BatchReport {
    BatchReport {
        schema: BATCH_SCHEMA.to_owned(),
        program: PROGRAM.to_owned(),
        value_version: VALUE_VERSION,
        shard: arguments.shard.map(|shard| [shard.number, shard.of]),
        baseline: arguments.baseline.as_deref().map(load::shown),
        inconclusive_passes: arguments.inconclusive == Inconclusive::Pass,
        is_version_strict: arguments.strict_version,
        must_be_fresh: arguments.strict_baseline,
        ..BatchReport::default()
    }
}
