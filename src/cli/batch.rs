//! The `batch` command: runs many scenarios, a few at a time, and compares them with a baseline.
//!
//! In: arguments, scenarios. Out: one result for each scenario, in their order; the files of the batch. Not
//! here: the judgment of gates and the formats of outputs (`report`).

mod arguments;
mod compared;
mod intake;
mod outputs;
mod schedule;
mod simulated;

pub(super) use arguments::Batch;
pub(super) use outputs::{is_result, merge};

use super::cache::{self, Cache};
use super::progress::Bar;
use super::{Exit, Stop, discover, files, interrupt, load, simulate, stop, terminal};
use crate::report::batch::{
    Baseline, BatchReport, CasePart, Pace, State, Status, asked_of, critical_score, status_word,
};
use crate::report::edit::PlacePart;
use crate::study::{Lab, Store};
use intake::{Intake, keep_shard, read_all};
use schedule::{Deadline, NotRun, schedule};
use simulated::{BatchInputs, empty, report_of, unread};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Runs the batch and writes its report. With `--list`, it only prints the ids.
pub(super) fn run(arguments: &Batch) -> Result<Exit, Stop> {
    let begun = Instant::now();
    let is_there = |path: &PathBuf| files::is_there(&load::named(path));
    if !arguments.scenarios.iter().any(is_there) {
        let shown = load::shown(&arguments.scenarios[0]);
        return Err(stop!("{shown}: there is no such file or folder"));
    }
    let found = discover::scenario_files(&arguments.scenarios);
    let read = compared::read(arguments)?;
    let baseline = read.as_ref();
    let all = read_all(&found, &arguments.edits.all())?;
    let known = compared::KnownIds::of(&all);
    let missing = baseline.map_or_else(Vec::new, |baseline| known.missing(baseline));
    let accepted = compared::accepted(arguments, baseline, &all, &missing)?;
    let not_named = baseline.map_or_else(Vec::new, |baseline| compared::not_named(baseline, &all, &missing));
    let n_scenarios = all.len();
    let mut entries = chosen(all, arguments)?;
    let suite = suite(&entries, baseline, arguments);
    if let Some(shard) = arguments.shard {
        keep_shard(&mut entries, shard);
    }
    if arguments.list {
        return list(&entries);
    }
    let last = outputs::reports_of_last(&arguments.out);
    outputs::begin(&arguments.out)?;
    let (cases, n_cached) = simulate_all(&entries, baseline, arguments)?;
    let mut report = BatchReport {
        n_files: found.files.len(),
        n_scenarios,
        suite,
        not_named,
        missing,
        critical_score: baseline.map(|baseline| critical_score(baseline.n_figures())),
        cases,
        ..report_of(arguments)
    };
    // the baseline is written first, so that the files of the batch describe its new lines
    let update = compared::update(&mut report, &entries, baseline, &accepted, arguments)?;
    let report = outputs::write(&report, &arguments.out)?;
    // with a filter, the reports of the other scenarios stay valid and are kept
    let ids = if arguments.filter.is_empty() {
        entries.iter().map(|entry| entry.id.clone()).collect()
    } else {
        known.ids
    };
    outputs::sweep(&last, &ids, &arguments.out);
    let is_simulated = |case: &&CasePart| matches!(case.state, State::Simulated { .. });
    let pace = Pace {
        n_simulated: report.cases.iter().filter(is_simulated).count() - n_cached,
        n_cached,
        seconds: begun.elapsed().as_secs_f64(),
    };
    outputs::show(&report, &arguments.out, arguments.annotate, Some(pace), update)?;
    Ok(outputs::exit_of(&report))
}

/// Digest of all scenarios of the batch, their gates, `--decide` and the baseline. Only shards with the same digest can
/// be merged.
fn suite(entries: &[Intake], baseline: Option<&Baseline>, arguments: &Batch) -> String {
    let mut digest = blake3::Hasher::new();
    for entry in entries {
        let asked = entry.case().map(|(_, case)| {
            let scenario = &case.scenario;
            let gates = asked_of(&case.expectations);
            (scenario.canonical_document(), scenario.paths, gates)
        });
        digest.update(serde_json::json!([entry.id, asked]).to_string().as_bytes());
    }
    let decide = arguments.decide.map_or_else(String::new, |paths| paths.to_string());
    digest.update(decide.as_bytes());
    // shards must also compare with the same baseline
    digest.update(baseline.map(Baseline::to_lines).unwrap_or_default().as_bytes());
    digest.finalize().to_hex().to_string()
}

/// Prints the ids of all readable scenarios, and the faults of files that cannot be read.
fn list(entries: &[Intake]) -> Result<Exit, Stop> {
    let (read, unread): (Vec<&Intake>, Vec<&Intake>) =
        entries.iter().partition(|entry| entry.case().is_some());
    for entry in &unread {
        for fault in entry.content.as_ref().err().into_iter().flatten() {
            let place = fault.place.as_ref().map_or_else(|| entry.file.clone(), PlacePart::shown);
            terminal::error(&format!("{place}: {}", fault.whole_text()));
        }
    }
    let lines: String = read.iter().map(|entry| entry.id.clone() + "\n").collect();
    terminal::print(&lines)?;
    Ok(if unread.is_empty() { Exit::Done } else { Exit::Failed })
}

/// True if `id` matches `filter`: it contains the pieces of `filter` between the `*` signs, in this order.
fn is_like(id: &str, filter: &str) -> bool {
    // the leftmost match leaves the most text for the pieces that follow
    filter.split('*').try_fold(id, |left, piece| Some(left.split_once(piece)?.1)).is_some()
}

/// Returns the scenarios that match a `--filter`, or all without filters. Errors if none matches.
fn chosen(all: Vec<Intake>, arguments: &Batch) -> Result<Vec<Intake>, Stop> {
    let filters = &arguments.filter;
    let is_meant = |entry: &Intake| {
        filters.is_empty()
            || filters.iter().any(|filter| {
                // the cases of an unreadable file, or files of an unreadable folder, are unknown and may
                // match
                let begins = format!("{}/", entry.id);
                let first = filter.split('*').next().unwrap_or_default();
                let may_be =
                    || entry.stem.is_empty() || entry.id.contains(first) || first.starts_with(&begins);
                is_like(&entry.id, filter) || (entry.case().is_none() && may_be())
            })
    };
    let mut entries = all;
    entries.retain(is_meant);
    if entries.is_empty() {
        let filters = filters.join(" or ");
        return Err(stop!("no scenario is like {filters}; --list shows all ids"));
    }
    Ok(entries)
}

/// Simulates the scenarios `entries`. Returns their results in this order, and how many came from the cache.
fn simulate_all(
    entries: &[Intake],
    baseline: Option<&Baseline>,
    arguments: &Batch,
) -> Result<(Vec<CasePart>, usize), Stop> {
    let deadline = Deadline::after(arguments.max_time);
    let n_paths = entries.iter().filter_map(|entry| Some(entry.case()?.1.scenario.paths));
    let bar = Arc::new(Bar::of_many(n_paths.sum()));
    let lab = simulate::lab(deadline.stop, arguments.threads, &bar)?;
    let lab = Lab { store: open_store(arguments, &bar)?, ..lab };
    terminal::leaves(if lab.store.is_some() {
        "what was done is kept and not done again"
    } else {
        "with --no-cache nothing is kept"
    });
    // one more than threads: while one scenario writes its report, the others keep all threads busy
    let n_jobs = arguments.jobs.map_or(lab.pool.current_num_threads() + 1, usize::from);
    let work = BatchInputs { lab: &lab, baseline, arguments, asked: report_of(arguments) };
    let log = Log::new(&bar, entries.len());
    let is_last =
        |done: &(CasePart, bool)| arguments.fail_fast && work.asked.status(&done.0) != Status::Passed;
    let answer = |index: usize| {
        let answer = work.answer(&entries[index]);
        log.done(
            index,
            answer.as_ref().ok().map(|done| Line {
                text: format!("{}: {}", done.0.id, status_word(&done.0, work.asked.status(&done.0))),
                is_last: is_last(done),
            }),
        );
        answer
    };
    let results = schedule(entries.len(), n_jobs, &deadline, answer, is_last);
    bar.finish();
    if interrupt::is_asked() {
        return Err(Stop::Interrupted);
    }
    let n_cached = results.iter().flatten().filter(|(_, is_cached)| *is_cached).count();
    let cases = results.into_iter().zip(entries).map(|(result, entry)| match result {
        Ok((case, _)) => case,
        // an unreadable file is reported as invalid even if its task did not run
        Err(_) if entry.case().is_none() => unread(entry),
        // the user did not stop it, so the deadline did
        Err(NotRun::Interrupted) => not_run(entry, NotRun::MaxTime),
        Err(why) => not_run(entry, why),
    });
    Ok((cases.collect(), n_cached))
}

fn not_run(entry: &Intake, why: NotRun) -> CasePart {
    empty(entry, State::NotRun { why: why.to_string(), is_after_failure: why == NotRun::FailFast })
}

/// Prints one line per finished scenario, in the order of the batch, whichever finishes first.
struct Log<'a> {
    bar: &'a Bar,
    n: usize,
    n_done: AtomicUsize,
    /// Index of the next scenario to print, and lines of later ones that have finished; `None` for a scenario that did
    /// not run.
    waiting: Mutex<(usize, BTreeMap<usize, Option<Line>>)>,
}

/// Line about one finished scenario.
struct Line {
    text: String,
    /// True if this result ends the batch, so that no later line is printed.
    is_last: bool,
}

impl<'a> Log<'a> {
    fn new(bar: &'a Bar, n: usize) -> Self {
        let log = Self { bar, n, n_done: AtomicUsize::new(0), waiting: Mutex::default() };
        log.tell(0);
        log
    }

    fn tell(&self, n_done: usize) {
        // a shard may have no scenarios
        if self.n > 0 {
            self.bar.tell(format!("{n_done} of {} scenarios", self.n));
        }
    }

    /// Counts the finished scenario `index` and logs its line, if it was run, once all lines before it are logged.
    fn done(&self, index: usize, line: Option<Line>) {
        self.tell(self.n_done.fetch_add(1, Ordering::Relaxed) + 1);
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (next, lines) = &mut *waiting;
        lines.insert(index, line);
        while let Some(line) = lines.remove(next) {
            *next += 1;
            if let Some(Line { text, is_last }) = line {
                self.bar.log(&format!("{next}/{} {text}\n", self.n));
                *next = if is_last { self.n } else { *next };
            }
        }
    }
}

fn open_store(arguments: &Batch, bar: &Arc<Bar>) -> Result<Option<Box<dyn Store>>, Stop> {
    if arguments.no_cache {
        return Ok(None);
    }
    let folder = arguments.cache.clone().unwrap_or_else(|| arguments.out.join(cache::FOLDER));
    let most = arguments.cache_size.unwrap_or(cache::SIZE);
    let bar = Arc::clone(bar);
    let cache = Cache::open(&folder, most, move |text| bar.say(text))?;
    Ok(Some(Box::new(cache)))
}

#[cfg(test)]
mod tests;
