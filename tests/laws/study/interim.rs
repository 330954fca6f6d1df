//! Interim analyses of a sensitivity, and what a lab reports of its tasks.

use super::*;

/// Three assets and an owner: more than twenty assumptions, fewer than twenty of which move a figure.
const FEW_MOVE: &str = include_str!("../few-move.toml");

#[test]
fn what_moved_nothing_on_the_first_paths_is_judged_on_all_while_places_are_free() {
    let found = sensitivity(&case(FEW_MOVE, &[]));
    assert_eq!(found.interim_paths, Some(1024));
    let is_last = |moved: &&Moved| moved.paths == found.paths;
    let n_moved = found.moved.iter().filter(is_last).count();
    assert!(n_moved == found.moved.len() && n_moved < 20, "{n_moved}");
    let unmoved = found.not_moved.iter().filter_map(|left| left.paths);
    let n_unmoved = unmoved.filter(|paths| *paths == found.paths).count();
    assert!(n_unmoved > 0, "{:?}", found.not_moved);
    assert!(n_moved + n_unmoved <= 20);
}

#[test]
fn an_interim_analysis_is_of_the_first_paths_and_the_last_one_of_all() {
    let edits = ["run.paths=1500", "horizon=\"1 year\""];
    let case = case(FLAGSHIP, &edits);
    let of = |n_threads: usize| lab(n_threads).sensitivity(&case, |_| {}).expect("it runs");
    let found = of(1);
    let same = |found: &Sensitivity| serde_json::to_string(found).expect("it is JSON");
    assert_eq!(same(&found), same(&of(3)));
    assert_eq!((found.paths, found.interim_paths), (1500, Some(1024)));
    let (last, interim): (Vec<&Moved>, Vec<&Moved>) =
        found.moved.iter().partition(|moved| moved.paths == 1500);
    assert_eq!(last.len(), 20);
    assert!(!interim.is_empty() && interim.iter().all(|moved| moved.paths == 1024));
    assert_eq!(found.moved[0].paths, 1500, "those of all paths come first");
    for moved in [last[0], last[7], interim[0], interim[interim.len() - 1]] {
        let n = |end: &End| end.effects.values().all(|effect| effect.n as u64 == moved.paths);
        assert!(moved.ends().into_iter().all(n), "{moved:?}");
        if !moved.assumption.path.starts_with("correlation.") {
            assert_made_by_hand(FLAGSHIP, &edits, &case.scenario, moved);
        }
    }
}

/// None that was left out can do more on the first paths than all that were taken.
#[test]
fn the_assumptions_of_the_last_analysis_are_the_first_of_two_rankings() {
    let edits = ["run.paths=1025", "horizon=\"3 years\""];
    let case = case(FLAGSHIP, &edits);
    let found = sensitivity(&case);
    let taken = found.moved.iter().filter(|moved| moved.paths == 1025);
    let left = || found.moved.iter().filter(|moved| moved.paths == 1024);
    // one path more changes no figure by much
    let reach = |moved: &Moved, id: &str| {
        let ends = moved.ends().into_iter().filter_map(|end| end.effects.get(id));
        ends.filter_map(|effect| effect.interval).flatten().fold(0.0, |most, end| end.abs().max(most))
    };
    let least = |id: &str, nth: usize| {
        let mut taken: Vec<f64> = taken.clone().map(|moved| reach(moved, id)).collect();
        taken.sort_by(|a, b| b.total_cmp(a));
        taken[nth - 1]
    };
    for id in [MOVING[0], MOVING[3]] {
        let most = left().map(|moved| reach(moved, id)).fold(0.0, f64::max);
        let tenth = least(id, 10);
        assert!(1.05 * tenth >= most, "{id}: {tenth} is taken, {most} is left");
    }
}

/// What a lab reports: each task with what is done of it and its total.
#[derive(Clone, Default)]
struct Recorded(Arc<Mutex<Vec<(String, u64, u64)>>>);

impl Recorded {
    /// A lab that reports to it.
    fn lab(&self) -> Lab {
        let lab = lab(2);
        let (tasks, done, planned) = (self.clone(), self.clone(), self.clone());
        let change = |recorded: &Self, change: &dyn Fn(&mut (String, u64, u64))| {
            let mut all = recorded.0.lock().unwrap();
            let last = all.last_mut().expect("a task has begun");
            change(last);
            assert!(last.1 <= last.2, "{last:?}");
        };
        Lab {
            progress: Progress {
                task: Box::new(move |task| {
                    let task = task.map(|task| (task.label.clone(), 0, task.total.get()));
                    tasks.0.lock().unwrap().extend(task);
                }),
                done: Box::new(move |n| change(&done, &|last| last.1 += n)),
                planned: Box::new(move |n| {
                    change(&planned, &|last| last.2 = last.2.strict_add_signed(n));
                }),
            },
            ..lab
        }
    }

    /// What was reported, which is done to its end.
    #[track_caller]
    fn labels(&self) -> Vec<String> {
        let all = std::mem::take(&mut *self.0.lock().unwrap());
        for (label, done, total) in &all {
            assert!(done == total && *total > 0, "{label}: {done} of {total}");
        }
        all.into_iter().map(|(label, ..)| label).collect()
    }
}

#[test]
fn every_task_that_is_reported_has_a_total_and_ends_with_all_of_it_done() {
    let recorded = Recorded::default();
    let lab = recorded.lab();
    let case = case(QUIT, &["run.paths=600"]);
    let scenario = &case.scenario;
    let run = lab.alone("simulating", &Job::of(scenario)).expect("it runs");
    let run = lab.exposed(run).expect("nobody stops it");
    lab.bridge(&run).expect("it runs").expect("something is put in");
    assert_eq!(recorded.labels(), ["simulating", "from claim to outcome"]);
    // a bridge that is asked of one path has nothing to do
    let one = read(QUIT, &["run.paths=1"]);
    let run = lab.alone("one", &Job::of(&one)).expect("it runs");
    assert!(lab.bridge(&run).expect("it runs").is_err());
    assert_eq!(recorded.labels(), ["one"]);
    lab.follow(scenario, None).expect("it runs");
    assert_eq!(recorded.labels(), ["simulating"]);
    let solved = lab.solve(&case, &spending("ruin.probability", 0.10, [500.0, 3_000.0])).expect("it runs");
    let numbers = (1..=solved.tried.len()).map(|n| format!("value {n}"));
    assert_eq!(recorded.labels(), numbers.collect::<Vec<_>>());
    lab.base("base", scenario).expect("it runs");
    lab.paired("other", &one, scenario).expect("it runs");
    assert_eq!(recorded.labels(), ["base", "other"]);
}

#[test]
fn both_analyses_are_counted_in_runs() {
    let recorded = Recorded::default();
    let lab = recorded.lab();
    let of = |paths: &str| {
        let case = case(FLAGSHIP, &[paths, "horizon=\"1 year\""]);
        let workload = Mutex::new(None);
        let found = lab.sensitivity(&case, |work| *workload.lock().unwrap() = Some(*work)).expect("it runs");
        let workload = workload.into_inner().unwrap().expect("it is reported");
        assert_eq!(workload.interim.map(|runs| runs.paths), found.interim_paths);
        recorded.labels()
    };
    let base = "the scenario as it is";
    assert_eq!(of("run.paths=1100"), [base, "interim analysis", "last analysis"]);
    assert_eq!(of("run.paths=300"), [base, "last analysis"]);
}
