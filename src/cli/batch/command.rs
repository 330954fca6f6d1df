//! `batch`: every scenario of a folder, its gates, a baseline, one report.

use super::intake::{Content, Entry, read_all};
use super::select::matches;
use super::simulated::Work;
use super::{Budget, Policy, Progress, Runner, Why, compared, outputs, schedule};
use crate::cli::cache::{self, Cache};
use crate::cli::simulate::{self, Simulator};
use crate::cli::{Exit, args, discover, files, terminal};
use crate::report::VALUE_VERSION;
use crate::report::batch::{BATCH_SCHEMA, Baseline, BatchReport, CasePart, State};
use std::sync::Arc;
use std::time::Instant;

/// Runs what was asked for and writes its report.
pub(in crate::cli) fn run(arguments: &args::Batch) -> Exit {
    let done = match arguments.merge.is_empty() {
        true => answer(arguments),
        false => outputs::merge(arguments),
    };
    match done {
        Ok(exit) | Err(exit) => exit,
    }
}

/// Says a message that ends the command.
fn fail(message: &str) -> Exit {
    terminal::fail(message)
}

fn answer(arguments: &args::Batch) -> Result<Exit, Exit> {
    let begun = Instant::now();
    let files = discover::scenario_files(&arguments.scenarios).map_err(|why| fail(&why))?;
    let all = read_all(&files, &arguments.edits.all());
    let ids: Vec<String> = all.iter().map(|entry| entry.id.clone()).collect();
    let entries = chosen(all, arguments)?;
    if arguments.list {
        let lines = entries.iter().map(|entry| entry.id.clone() + "\n");
        return Ok(terminal::print(&lines.collect::<String>()));
    }
    let baseline = compared::read(arguments).map_err(|why| fail(&why))?;
    files::probe(&arguments.out).map_err(|why| fail(&why))?;
    let (cases, n_cached) = simulate_all(&entries, baseline.as_ref(), arguments)?;
    let report = BatchReport {
        schema: BATCH_SCHEMA.to_owned(),
        value_version: VALUE_VERSION,
        shard: arguments.shard.map(|shard| [shard.number, shard.of]),
        n_files: files.len(),
        n_scenarios: ids.len(),
        baseline: arguments.baseline.as_deref().map(crate::cli::load::shown),
        inconclusive_passes: arguments.inconclusive == args::Inconclusive::Pass,
        is_version_strict: arguments.strict_version,
        missing: compared::missing(baseline.as_ref(), &ids, &arguments.filter),
        cases,
    };
    outputs::write(&report, &arguments.out).map_err(|why| fail(&why))?;
    let pace = outputs::Pace {
        n_cached,
        seconds: begun.elapsed().as_secs_f64(),
    };
    outputs::show(&report, Some(&pace), arguments)?;
    match &baseline {
        Some(baseline) if arguments.update_baseline => {
            compared::update(&report, &entries, baseline, arguments)
        }
        _ => Ok(outputs::exit_of(&report)),
    }
}

/// Those that filter and shard ask for.
fn chosen(all: Vec<Entry>, arguments: &args::Batch) -> Result<Vec<Entry>, Exit> {
    let filters = &arguments.filter;
    let is_meant = |entry: &Entry| {
        let is_case = matches!(entry.content, Content::Case { .. });
        filters.is_empty()
            || filters.iter().any(|filter| {
                // of a file that cannot be read nobody knows which cases it has
                let begins = format!("{}/", entry.id);
                matches(filter, &entry.id) || (!is_case && filter.starts_with(&begins))
            })
    };
    let mut entries = all;
    entries.retain(is_meant);
    if entries.is_empty() {
        return Err(fail(&format!(
            "no scenario is like {}; --list shows all ids",
            filters.join(" or ")
        )));
    }
    if let Some(shard) = arguments.shard {
        let mut index = 0..;
        entries.retain(|_| index.next().is_some_and(|index| shard.holds(index)));
    }
    Ok(entries)
}

/// What became of every entry, and how many answers were kept from before.
fn simulate_all(
    entries: &[Entry],
    baseline: Option<&Baseline>,
    arguments: &args::Batch,
) -> Result<(Vec<CasePart>, usize), Exit> {
    let simulator = Simulator::new(simulate::level()?, arguments.threads)?;
    let n_paths = entries
        .iter()
        .filter_map(|entry| Some(entry.case()?.1.scenario.paths));
    let progress = Arc::new(Progress::new(entries.len(), n_paths.sum()));
    let cache = open_cache(arguments, &progress)?;
    let budget = Budget::new(simulate::allowed_memory());
    let runner = Runner {
        simulator: &simulator,
        cache: &cache,
        budget: &budget,
        progress: &progress,
    };
    let policy = Policy {
        // one more than threads: while it is written, the others have something to compute
        n_jobs: arguments.jobs.map_or(simulator.n_threads + 1, usize::from),
        // a time beyond all clocks is none
        until: arguments
            .max_time
            .and_then(|time| Instant::now().checked_add(time)),
        stop: simulator.stop(),
    };
    let work = Work {
        runner: &runner,
        baseline,
        arguments,
    };
    let is_last = |done: &(CasePart, bool)| arguments.fail_fast && work.fails(&done.0);
    let results = schedule(
        entries.len(),
        &policy,
        |index| work.answer(&entries[index]),
        is_last,
    );
    progress.finish();
    if simulator.is_stopped() {
        terminal::say("interrupted; what was done is kept and not done again\n");
        return Err(Exit::Interrupted);
    }
    let n_cached = results.iter().flatten().filter(|(_, is_cached)| *is_cached);
    let n_cached = n_cached.count();
    let cases = results.into_iter().zip(entries);
    let cases = cases.map(|(result, entry)| match result {
        Ok((case, _)) => case,
        Err(why) => not_run(entry, why),
    });
    Ok((cases.collect(), n_cached))
}

fn not_run(entry: &Entry, why: Why) -> CasePart {
    super::simulated::empty(
        entry,
        State::NotRun {
            why: why.to_string(),
        },
    )
}

fn open_cache(arguments: &args::Batch, progress: &Arc<Progress>) -> Result<Cache, Exit> {
    let asked = &arguments.cache;
    if asked.no_cache {
        return Ok(Cache::none());
    }
    let folder = match &asked.cache {
        Some(folder) => folder.clone(),
        None => arguments.out.join(cache::FOLDER),
    };
    let most = asked.cache_size.unwrap_or(cache::SIZE);
    let progress = Arc::clone(progress);
    Cache::open(&folder, most, move |text| progress.say(text)).map_err(|why| fail(&why))
}
