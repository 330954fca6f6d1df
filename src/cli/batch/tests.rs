use super::is_like;
use super::schedule::{Deadline, schedule};
use crate::cli::cache::{Cache, SIZE};
use crate::cli::progress::Bar;
use crate::engine::{Outcome, RunError};
use crate::report::{Report, to_json};
use crate::scenario::{self, Scenario};
use crate::stage::Level;
use crate::study::{Fault, Job, Lab, Memory, Run, Store, kept};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// A scenario with two markets and agents, whose runs also keep a sample of months for correlations.
const FLAGSHIP: &str = include_str!("../../../scenarios/_table-2027.toml");

fn scenario(edits: &[&str]) -> Scenario {
    let loader = |_: &str| Ok(FLAGSHIP.as_bytes().to_vec());
    let edits: Vec<String> = edits.iter().map(|edit| (*edit).to_owned()).collect();
    scenario::read("flagship.toml", &edits, &loader).unwrap_or_else(|refusal| panic!("{:?}", refusal.faults))
}

fn with_paths(paths: u64) -> Scenario {
    scenario(&[&format!("run.paths={paths}"), "horizon=\"2 years\""])
}

/// A stop flag, a folder for a cache, and the messages of that cache.
struct Fixture {
    stop: &'static AtomicBool,
    folder: TempDir,
    notes: Arc<Mutex<String>>,
}

/// Result of one request: text and whether to cache it (or a fault), and the work it took.
struct Answer {
    made: Result<(String, bool), Fault>,
    /// Number of paths that had to be simulated.
    n_simulated: u64,
}

impl Answer {
    fn text(&self) -> &str {
        match &self.made {
            Ok((text, _)) => text,
            Err(fault) => panic!("{fault:?}"),
        }
    }

    fn is_from_cache(&self) -> bool {
        self.made.as_ref().is_ok_and(|(_, is_kept)| *is_kept)
    }
}

/// Digest of the whole outcome of a run, with title and number of paths; cheaper and stricter than a report.
fn digest(run: &Run<'_>) -> String {
    let digest = blake3::hash(format!("{:?}", run.outcome).as_bytes()).to_hex();
    format!("{}: {} paths, {digest}", run.scenario.title, run.outcome.n_paths)
}

fn report(run: &Run<'_>) -> String {
    to_json(&Report::from(run))
}

fn lab(stop: &'static AtomicBool, store: Option<Box<dyn Store>>) -> (Lab, Arc<Bar>) {
    let bar = Arc::new(Bar::of_many(0));
    let lab = Lab::new(Level::detect(), 2, stop).expect("threads can be had");
    let progress = Bar::progress(&bar);
    (Lab { store, progress, ..lab }, bar)
}

impl Fixture {
    fn new() -> Self {
        Self { stop: Box::leak(Box::default()), folder: tempfile::tempdir().unwrap(), notes: Arc::default() }
    }

    fn cache(&self) -> Option<Box<dyn Store>> {
        let notes = Arc::clone(&self.notes);
        let note = move |text: &str| notes.lock().unwrap().push_str(text);
        Some(Box::new(Cache::open(self.folder.path(), SIZE, note).unwrap().keeping_all()))
    }

    fn entry(&self, kind: &str) -> PathBuf {
        let mut entries = fs::read_dir(self.folder.path().join(kind)).unwrap();
        let entry = entries.next().unwrap().unwrap().path();
        assert!(entries.next().is_none(), "more than one entry");
        entry
    }

    fn run(&self, scenario: &Scenario) -> Answer {
        self.answer(self.cache(), &Job::of(scenario), &|_, _| true, digest)
    }

    /// Digest of the scenario's run without a cache.
    fn run_alone(&self, scenario: &Scenario) -> String {
        self.answer(None, &Job::of(scenario), &|_, _| true, digest).text().to_owned()
    }

    fn answer(
        &self,
        store: Option<Box<dyn Store>>,
        job: &Job<'_>,
        is_decided: &(dyn Fn(&Outcome, u32) -> bool + Sync),
        made_of: fn(&Run<'_>) -> String,
    ) -> Answer {
        let (lab, bar) = lab(self.stop, store);
        let made = kept(
            lab.store.as_deref(),
            || vec![job.scenario.identity()],
            || Ok((made_of(&lab.run(job, is_decided)?), true)),
        );
        Answer { made, n_simulated: bar.paths()[0] }
    }
}

#[test]
fn an_edit_that_changes_a_report_changes_the_identity_it_is_kept_under() {
    // everything that can be written in the flagship, some of it in two ways that mean the same
    let edits: Vec<&str> = include_str!("tests/edits.txt").lines().collect();
    let fixture = Fixture::new();
    let first = ["run.paths=300", "horizon=\"2 years\""];
    let of = |edit: Option<&str>| {
        let scenario = scenario(&first.into_iter().chain(edit).collect::<Vec<_>>());
        let answer = fixture.answer(None, &Job::of(&scenario), &|_, _| true, report);
        (scenario.identity(), answer.text().to_owned())
    };
    let mut all: Vec<(&str, (String, String))> = vec![("", of(None))];
    let mut n_changed = 0;
    for edit in &edits {
        let found = of(Some(edit));
        n_changed += usize::from(found.1 != all[0].1.1);
        for (other, known) in &all {
            let are_one = known.0 == found.0;
            assert!(!are_one || known.1 == found.1, "`{edit}` and `{other}`");
        }
        all.push((edit, found));
    }
    assert!(n_changed >= edits.len() - 2, "only {n_changed} edits matter");
}

#[test]
fn more_paths_continue_what_fewer_began_and_fewer_begin_anew() {
    let fixture = Fixture::new();
    fixture.run(&with_paths(700));
    for (paths, simulated) in [(1_500, 1_500 - 512), (600, 600), (1_280, 0), (1_600, 1_600 - 1_280)] {
        let scenario = with_paths(paths);
        let answer = fixture.run(&scenario);
        assert_eq!(answer.n_simulated, simulated, "{paths} paths");
        assert_eq!(answer.text(), fixture.run_alone(&scenario));
    }
}

#[test]
fn what_is_simulated_in_seconds_leaves_a_small_report_and_no_part() {
    let fixture = Fixture::new();
    // the case of docs/ci.md: 10,000 paths of twenty years with agents
    let scenario = scenario(&["run.paths=10_000"]);
    let cache = || {
        let cache = Cache::open(fixture.folder.path(), SIZE, |_: &str| ()).unwrap();
        Some(Box::new(cache) as Box<dyn Store>)
    };
    let run = || fixture.answer(cache(), &Job::of(&scenario), &|_, _| true, report);
    let (first, second) = (run(), run());
    assert!(!first.is_from_cache() && second.is_from_cache());
    assert!(first.text() == second.text());
    let bytes = |fixture: &Fixture, kind: &str| {
        let entries = fs::read_dir(fixture.folder.path().join(kind)).unwrap();
        entries.map(|entry| entry.unwrap().metadata().unwrap().len()).sum::<u64>()
    };
    assert_eq!(bytes(&fixture, "parts"), 0);
    let found = bytes(&fixture, "results");
    assert!((5_000..60_000).contains(&found), "{found} bytes");
    // power: its part would take hundreds of times as much
    let all = Fixture::new();
    all.run(&scenario);
    let found = bytes(&all, "parts");
    assert!(found > 20_000_000, "{found} bytes");
}

#[test]
fn a_damaged_entry_is_computed_again_to_the_same_bytes() {
    let fixture = Fixture::new();
    let scenario = with_paths(700);
    let first = fixture.run(&scenario);
    for kind in ["results", "parts"] {
        let entry = fixture.entry(kind);
        let mut bytes = fs::read(&entry).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&entry, bytes).unwrap();
    }
    let second = fixture.run(&scenario);
    assert!(!second.is_from_cache());
    assert!(second.text() == first.text());
    let notes = std::mem::take(&mut *fixture.notes.lock().unwrap());
    assert_eq!(notes.matches("is damaged").count(), 2, "{notes}");
    assert!(fixture.run(&scenario).is_from_cache());
    fs::remove_file(fixture.entry("results")).unwrap();
    assert_eq!(fixture.run(&scenario).n_simulated, 700 - 512);
    assert_eq!(*fixture.notes.lock().unwrap(), "");
}

#[test]
fn paths_double_in_whole_blocks_until_it_is_decided() {
    let fixture = Fixture::new();
    let scenario = with_paths(300);
    // of the first 300, 256 are a whole block; 10 are fewer than it has anyway
    for (enough, most, looks, n_paths) in [
        (1_000, 100_000, &[(300, 0), (768, 1), (1_536, 2)][..], 1_536),
        (1, 100_000, &[(300, 0)], 300),
        (u64::MAX, 1_000, &[(300, 0), (768, 1)], 1_000),
        (u64::MAX, 10, &[], 300),
    ] {
        let asked = Mutex::new(Vec::new());
        let is_decided = |outcome: &Outcome, look| {
            asked.lock().unwrap().push((outcome.n_paths as u64, look));
            outcome.n_paths as u64 >= enough
        };
        let job = Job { most, ..Job::of(&scenario) };
        let answer = fixture.answer(None, &job, &is_decided, digest);
        assert_eq!(*asked.lock().unwrap(), looks);
        assert_eq!(answer.text(), fixture.run_alone(&with_paths(n_paths)));
        if n_paths == 1_536 {
            assert_eq!(answer.n_simulated, 300 + (768 - 256) + (1_536 - 768));
        }
    }
}

#[test]
fn a_stopped_scenario_leaves_nothing() {
    let fixture = Fixture::new();
    fixture.stop.store(true, Ordering::Relaxed);
    let answer = fixture.run(&with_paths(700));
    let stopped = Fault::Run(RunError::Interrupted);
    assert_eq!(answer.made.err(), Some(stopped));
    fixture.stop.store(false, Ordering::Relaxed);
    assert_eq!(fixture.run(&with_paths(700)).n_simulated, 700);
}

#[test]
fn a_scenario_that_can_never_fit_says_what_does() {
    let fixture = Fixture::new();
    let (lab, _) = lab(fixture.stop, None);
    let lab = Lab { memory: Memory::new(Some(100_000_000)), ..lab };
    let scenario = with_paths(1_000_000);
    match lab.run(&Job::of(&scenario), &|_, _| true).map(drop) {
        Err(Fault::TooLarge(found)) => {
            assert!((1..1_000_000).contains(&found.fits), "{found:?}");
            let fits = with_paths(found.fits);
            assert_eq!(lab.check(&Job::of(&fits)), Ok(()));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn many_scenarios_in_flight_give_what_each_gives_alone() {
    let fixture = Fixture::new();
    let scenarios: Vec<Scenario> = (0..6)
        .map(|seed| scenario(&["run.paths=600", "horizon=\"1 year\"", &format!("run.seed={seed}")]))
        .collect();
    let (lab, _) = lab(fixture.stop, fixture.cache());
    let lab = Lab { memory: Memory::new(Some(60_000_000)), ..lab };
    let limit = Deadline { until: None, stop: fixture.stop };
    let n_begun = AtomicUsize::new(0);
    let work = |task: usize| {
        n_begun.fetch_add(1, Ordering::Relaxed);
        match lab.run(&Job::of(&scenarios[task]), &|_, _| true) {
            Ok(run) => Ok(digest(&run)),
            Err(fault) => panic!("{fault:?}"),
        }
    };
    let results = schedule(6, 3, &limit, work, |_| false);
    assert_eq!(n_begun.into_inner(), 6);
    for (result, scenario) in results.into_iter().zip(&scenarios) {
        assert_eq!(result, Ok(fixture.run_alone(scenario)));
    }
}

#[test]
fn a_filter_is_found_piece_after_piece() {
    let id = "matrix/residence=germany,spend=1000";
    for filter in ["matrix", "spend=1000", "matrix/*", "m*x/*germany*1000", "*", ""] {
        assert!(is_like(id, filter), "{filter}");
    }
    for filter in ["Matrix", "germany*matrix", "spend=100,", "1000*1000"] {
        assert!(!is_like(id, filter), "{filter}");
    }
}
