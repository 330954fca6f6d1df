use super::*;
use crate::cli::cache::{Cache, SIZE};
use crate::cli::simulate::Simulator;
use crate::report::Report;
use crate::scenario::{self, Scenario};
use crate::stage::Level;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// Two markets and agents: a sample of months that is not kept with the blocks.
const FLAGSHIP: &str = include_str!("../../../scenarios/passive-income-2027.toml");

fn scenario(edits: &[&str]) -> Scenario {
    let loader = |_: &str| Ok(FLAGSHIP.as_bytes().to_vec());
    let edits: Vec<String> = edits.iter().map(|edit| (*edit).to_owned()).collect();
    match scenario::read("flagship.toml", &edits, &loader) {
        Ok(scenario) => scenario,
        Err(refusal) => panic!("{}", refusal.render(crate::form::Colour::Plain)),
    }
}

fn with_paths(paths: u64) -> Scenario {
    scenario(&[&format!("run.paths={paths}"), "horizon=\"2 years\""])
}

/// A batch on two threads, with a folder for its cache.
struct Fixture {
    simulator: Simulator,
    folder: TempDir,
    notes: Arc<Mutex<String>>,
}

/// What came of a run.
struct Answer {
    ran: Result<Ran, Fault>,
    /// Paths that were simulated for it.
    n_simulated: u64,
}

impl Answer {
    fn report(&self) -> &[u8] {
        &self.finished().report
    }

    fn finished(&self) -> &Finished {
        match &self.ran {
            Ok(ran) => &ran.finished,
            Err(fault) => panic!("{fault:?}"),
        }
    }

    fn is_from_cache(&self) -> bool {
        self.ran.as_ref().is_ok_and(|ran| ran.is_from_cache)
    }
}

impl Fixture {
    fn new() -> Self {
        let stop = Box::leak(Box::new(std::sync::atomic::AtomicBool::new(false)));
        let simulator = Simulator::until(stop, Level::detect(), Some(2));
        Self {
            simulator: simulator.expect("threads can be had"),
            folder: tempfile::tempdir().unwrap(),
            notes: Arc::default(),
        }
    }

    fn cache(&self) -> Cache {
        let notes = Arc::clone(&self.notes);
        let note = move |text: &str| notes.lock().unwrap().push_str(text);
        Cache::open(self.folder.path(), SIZE, note).unwrap()
    }

    fn entry(&self, kind: &str) -> PathBuf {
        let mut entries = fs::read_dir(self.folder.path().join(kind)).unwrap();
        let entry = entries.next().unwrap().unwrap().path();
        assert!(entries.next().is_none(), "more than one entry");
        entry
    }

    fn run(&self, scenario: &Scenario) -> Answer {
        self.answer(&self.cache(), scenario, &[], None, &|_| true)
    }

    /// Without a cache.
    fn run_alone(&self, scenario: &Scenario) -> Answer {
        self.answer(&Cache::none(), scenario, &[], None, &|_| true)
    }

    fn answer(
        &self,
        cache: &Cache,
        scenario: &Scenario,
        depends: &[String],
        decide: Option<u64>,
        is_decided: &(dyn Fn(&Simulated<'_>) -> bool + Sync),
    ) -> Answer {
        self.finished_by(&finish, cache, scenario, depends, decide, is_decided)
    }

    fn finished_by(
        &self,
        finish: &(dyn Fn(&Simulated<'_>) -> Result<Finished, Fault> + Sync),
        cache: &Cache,
        scenario: &Scenario,
        depends: &[String],
        decide: Option<u64>,
        is_decided: &(dyn Fn(&Simulated<'_>) -> bool + Sync),
    ) -> Answer {
        let progress = Progress::new(1, scenario.paths);
        let budget = Budget::new(None);
        let runner = Runner {
            simulator: &self.simulator,
            cache,
            budget: &budget,
            progress: &progress,
        };
        let case = Case {
            scenario,
            depends,
            decide,
            n_outcomes: 1,
        };
        Answer {
            ran: runner.run(&case, is_decided, finish),
            n_simulated: progress.n_paths(),
        }
    }
}

/// Everything in an outcome, in short; a report takes longer and says less.
fn finish(simulated: &Simulated<'_>) -> Result<Finished, Fault> {
    let outcome = format!("{:?}", simulated.outcome);
    Ok(Finished {
        report: blake3::hash(outcome.as_bytes())
            .to_hex()
            .as_bytes()
            .to_vec(),
        line: format!(
            "{}: {} paths",
            simulated.scenario.title, simulated.outcome.n_paths
        )
        .into_bytes(),
    })
}

fn report(simulated: &Simulated<'_>) -> Result<Finished, Fault> {
    let report = Report::new(simulated.scenario, simulated.outcome, None);
    Ok(Finished {
        report: report.to_json().into_bytes(),
        line: Vec::new(),
    })
}

#[test]
fn a_report_from_the_cache_is_the_one_that_was_computed() {
    let fixture = Fixture::new();
    let scenario = with_paths(700);
    let run = |cache: Cache| fixture.finished_by(&report, &cache, &scenario, &[], None, &|_| true);
    let alone = run(Cache::none());
    let first = run(fixture.cache());
    let second = run(fixture.cache());
    assert!(!alone.is_from_cache() && !first.is_from_cache() && second.is_from_cache());
    assert_eq!((first.n_simulated, second.n_simulated), (700, 0));
    assert!(alone.finished() == first.finished() && first.finished() == second.finished());
    assert_eq!(*fixture.notes.lock().unwrap(), "");
}

#[test]
fn whatever_a_report_says_is_in_its_key() {
    let fixture = Fixture::new();
    let first = "horizon=\"2 years\"";
    let edits: [&[&str]; 6] = [
        &[first],
        &[first, "title=\"Another\""],
        &[first, "run.paths=601"],
        &[first, "run.seed=8"],
        &[first, "asset.defi.value=1"],
        // as the catalog says, but written
        &[first, "economy.inflation=\"2 %\""],
    ];
    for edits in edits {
        let edits: Vec<&str> = ["run.paths=600"]
            .into_iter()
            .chain(edits.iter().copied())
            .collect();
        let scenario = scenario(&edits);
        let from_cache = fixture.run(&scenario);
        assert!(!from_cache.is_from_cache(), "{edits:?}");
        assert!(from_cache.finished() == fixture.run_alone(&scenario).finished());
    }
    let scenario = scenario(&["run.paths=600", first]);
    let other = ["above = 1".to_owned()];
    let answer = fixture.answer(&fixture.cache(), &scenario, &other, None, &|_| true);
    assert!(!answer.is_from_cache());
}

#[test]
fn more_paths_continue_what_fewer_began_and_fewer_begin_anew() {
    let fixture = Fixture::new();
    fixture.run(&with_paths(700));
    for (paths, simulated) in [
        (1_500, 1_500 - 512),
        (600, 600),
        (1_280, 0),
        (1_600, 1_600 - 1_280),
    ] {
        let scenario = with_paths(paths);
        let answer = fixture.run(&scenario);
        assert_eq!(answer.n_simulated, simulated, "{paths} paths");
        assert!(answer.finished() == fixture.run_alone(&scenario).finished());
    }
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
    assert!(second.finished() == first.finished());
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
    let asked = Mutex::new(Vec::new());
    let decided_from = |enough: u64, most: u64| {
        asked.lock().unwrap().clear();
        let answer = fixture.answer(&Cache::none(), &scenario, &[], Some(most), &|simulated| {
            let n_paths = simulated.outcome.n_paths as u64;
            asked.lock().unwrap().push((n_paths, simulated.look));
            n_paths >= enough
        });
        (answer, std::mem::take(&mut *asked.lock().unwrap()))
    };
    // of the first 300, 256 are a whole block
    let (answer, asked_at) = decided_from(1_000, 100_000);
    assert_eq!(asked_at, [(300, 0), (768, 1), (1_536, 2)]);
    assert_eq!(answer.n_simulated, 300 + (768 - 256) + (1_536 - 768));
    assert_eq!(
        answer.report(),
        fixture.run_alone(&with_paths(1_536)).report()
    );
    let (answer, asked_at) = decided_from(1, 100_000);
    assert_eq!(asked_at, [(300, 0)]);
    assert_eq!(answer.report(), fixture.run_alone(&scenario).report());
    let (answer, asked_at) = decided_from(u64::MAX, 1_000);
    assert_eq!(asked_at, [(300, 0), (768, 1)]);
    assert_eq!(
        answer.report(),
        fixture.run_alone(&with_paths(1_000)).report()
    );
    // fewer than it has anyway
    let (answer, asked_at) = decided_from(u64::MAX, 10);
    assert_eq!(asked_at, [(0, 0); 0]);
    assert_eq!(answer.report(), fixture.run_alone(&scenario).report());
}

#[test]
fn a_stopped_scenario_leaves_nothing() {
    let fixture = Fixture::new();
    fixture.simulator.stop().store(true, Ordering::Relaxed);
    let answer = fixture.run(&with_paths(700));
    assert_eq!(answer.ran.err(), Some(Fault::Interrupted));
    fixture.simulator.stop().store(false, Ordering::Relaxed);
    assert_eq!(fixture.run(&with_paths(700)).n_simulated, 700);
}

#[test]
fn a_scenario_that_can_never_fit_says_what_does() {
    let fixture = Fixture::new();
    let progress = Progress::new(1, 1);
    let runner = |budget| {
        Runner {
            simulator: &fixture.simulator,
            cache: &fixture.cache(),
            budget,
            progress: &progress,
        }
        .run(
            &Case {
                scenario: &with_paths(1_000_000),
                depends: &[],
                decide: None,
                n_outcomes: 1,
            },
            &|_| true,
            &|_| panic!("it was not refused"),
        )
    };
    let budget = Budget::new(Some(100_000_000));
    match runner(&budget) {
        Err(Fault::Failed(why)) => {
            assert!(why.contains("--paths") && why.ends_with("fits"), "{why}")
        }
        _ => panic!("it was not refused"),
    }
}

#[test]
fn many_scenarios_in_flight_give_what_each_gives_alone() {
    let fixture = Fixture::new();
    let scenarios: Vec<Scenario> = (0..6)
        .map(|seed| {
            scenario(&[
                "run.paths=600",
                "horizon=\"1 year\"",
                &format!("run.seed={seed}"),
            ])
        })
        .collect();
    let cache = fixture.cache();
    let (budget, progress) = (Budget::new(Some(60_000_000)), Progress::new(6, 3_600));
    let runner = Runner {
        simulator: &fixture.simulator,
        cache: &cache,
        budget: &budget,
        progress: &progress,
    };
    let policy = Policy {
        n_jobs: 3,
        until: None,
        stop: fixture.simulator.stop(),
    };
    let n_begun = AtomicUsize::new(0);
    let work = |task: usize| {
        n_begun.fetch_add(1, Ordering::Relaxed);
        let case = Case {
            scenario: &scenarios[task],
            depends: &[],
            decide: None,
            n_outcomes: 1,
        };
        match runner.run(&case, &|_| true, &finish) {
            Ok(ran) => Ok(ran.finished),
            Err(fault) => panic!("{fault:?}"),
        }
    };
    let results = schedule(6, &policy, work, |_| false);
    assert_eq!(n_begun.into_inner(), 6);
    for (result, scenario) in results.into_iter().zip(&scenarios) {
        assert!(result.as_ref() == Ok(fixture.run_alone(scenario).finished()));
    }
}
