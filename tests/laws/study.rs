//! The bridge and the sensitivity are what runs made by hand say.

mod interim;
mod solve;

use std::sync::{Arc, Mutex};
use tailwheel::report::batch::read_study;
use tailwheel::scenario::{Case, Scenario};
use tailwheel::stage::Level;
use tailwheel::stats::{Absent, Value, difference};
use tailwheel::study::{
    self, Bound, Bridge, End, GoalSeek, Job, Lab, MOST_PATHS, MOVING, Moved, NotMovedWhy, Outcome, Progress,
    Sensitivity, Solved, bridge,
};
use tailwheel::{Control, Report, simulate};

const QUIT: &str = include_str!("../../scenarios/can-i-quit.toml");
const FLAGSHIP: &str = include_str!("../../scenarios/_table-2027.toml");
const ALONE: &str = include_str!("../../scenarios/defi-alone.toml");

fn case(text: &str, edits: &[&str]) -> Case {
    let loader = |_: &str| Ok(text.as_bytes().to_vec());
    let edits: Vec<String> = edits.iter().map(|edit| (*edit).to_owned()).collect();
    read_study("test.toml", &edits, &loader).unwrap_or_else(|refusal| panic!("{refusal}")).as_written
}

fn read(text: &str, edits: &[&str]) -> Scenario {
    case(text, edits).scenario
}

fn lab(n_threads: usize) -> Lab {
    Lab::new(Level::detect(), n_threads, Box::leak(Box::default())).expect("threads")
}

fn sensitivity(case: &Case) -> Sensitivity {
    lab(1).sensitivity(case, |_| {}).expect("it runs")
}

/// The spending at which `measure` is `target`.
fn spending(measure: &str, target: f64, between: [f64; 2]) -> GoalSeek {
    let [key, measure, unit] = ["owner.spending", measure, "/month"].map(str::to_owned);
    GoalSeek { key, measure, target, between, unit }
}

fn solve(case: &Case, asked: &GoalSeek) -> Solved {
    lab(1).solve(case, asked).expect("it runs")
}

/// `text` without the tables from `from` up to `to`.
fn without(text: &str, from: &str, to: &str) -> String {
    let (begin, rest) = text.split_once(from).expect("it is there");
    let (_, end) = rest.split_once(to).expect("it is there");
    format!("{begin}{to}{end}")
}

/// The median return of a run that ends with step `id` of a bridge: before inflation, which is the last one.
fn median_of(id: &str, scenario: &Scenario) -> f64 {
    let run = simulate(scenario, &Control::default()).expect("it is finite");
    let measure = match id {
        "inflation" => "cagr.real.p50",
        _ => "cagr.p50",
    };
    Report::from(&run).measures[measure].value
}

fn bridge_of(scenario: &Scenario) -> Result<Bridge, Absent> {
    let control = Control::default();
    let run = simulate(scenario, &control).expect("it is finite");
    bridge(&run, &control).expect("nobody stops it")
}

#[test]
fn the_bridge_of_the_flagship_is_made_of_runs_with_its_mechanisms_written_out() {
    let few = "run.paths=3000";
    let found = bridge_of(&read(FLAGSHIP, &[few])).expect("something is put in");
    let no_crash = without(FLAGSHIP, "[crash]", "[owner]");
    let no_crisis = without(FLAGSHIP, "[crisis]", "[owner]");
    let no_decay = [few, "asset.saas.decay=0", "asset.royalties.decay=0"];
    let still = ["saas", "royalties", "warehouse", "defi"].map(|name| format!("asset.{name}.volatility=0"));
    let still: Vec<&str> = still.iter().map(String::as_str).collect();
    let by_hand = [
        ("income", read(&no_crisis, &[&no_decay[..], &still].concat())),
        ("volatility", read(&no_crisis, &no_decay)),
        ("decay", read(&no_crisis, &[few])),
        ("crises", read(&no_crash, &[few])),
        ("agents", read(FLAGSHIP, &[few])),
        ("inflation", read(FLAGSHIP, &[few])),
    ];
    assert_eq!(found.steps.len(), by_hand.len());
    let mut before = found.claim;
    for (step, (id, scenario)) in found.steps.iter().zip(by_hand) {
        assert_eq!(step.id, id);
        assert_eq!(step.median.value, median_of(id, &scenario), "{id}");
        let change = step.median.value - before;
        assert!((step.change.value - change).abs() < 1e-15, "{id}");
        assert!(step.change.std_error.is_some_and(|error| error > 0.0), "{id}");
        before = step.median.value;
    }
    // what decay takes differs less between paths than what they are left with, so it is known better
    let decay = &found.steps[2];
    assert!(decay.change.std_error < decay.median.std_error);
}

#[test]
fn what_an_owner_pays_is_taken_off_last_compliance_then_tax_then_spending_then_inflation() {
    let few = "run.paths=3000";
    let (spending, flows) = ("owner.spending=0", "owner.flows=[]");
    let (tax, compliance) = ("owner.tax_rate=0", "owner.compliance_cost=0");
    let found = bridge_of(&read(QUIT, &[few])).expect("something is put in");
    let ids: Vec<&str> = found.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids[ids.len() - 5..], ["events", "compliance", "tax", "spending", "inflation"]);
    let text = without(QUIT, "[goal]", "[[expect]]");
    for (id, edits) in [
        ("events", &[few, spending, flows, tax, compliance][..]),
        ("compliance", &[few, spending, flows, tax]),
        ("tax", &[few, spending, flows]),
        ("spending", &[few]),
        ("inflation", &[few]),
    ] {
        let step = found.steps.iter().find(|step| step.id == id).expect("a step");
        let by_hand = median_of(id, &read(&text, edits));
        assert_eq!(step.median.value, by_hand, "{id}");
    }
}

#[test]
fn the_claim_is_that_of_all_that_is_held_and_of_the_cash() {
    let scenario = read(FLAGSHIP, &["run.paths=300"]);
    let cash = scenario.settings.economy.cash_rate.mean().get();
    // medians of the laws of the four claims, from another computation
    let claims = [(80.0, 0.2834), (60.0, 0.3134), (120.0, 0.0947), (60.0, 0.2290), (24.0, cash)];
    let sum: f64 = claims.iter().map(|(value, claim)| value * claim).sum();
    let found = bridge_of(&scenario).expect("something is put in");
    assert!((found.claim - sum / 344.0).abs() < 5e-5, "{}", found.claim);
}

#[test]
fn of_a_longer_run_the_bridge_is_that_of_its_first_paths_and_ends_at_the_return_of_all() {
    let edits = ["run.paths=20300", "horizon=\"1 year\""];
    let still = "economy.inflation.fixed=0";
    for (edits, last) in [(&edits[..], "inflation"), (&[edits[0], edits[1], still], "sampling")] {
        let found = bridge_of(&read(ALONE, edits)).expect("something is put in");
        assert_eq!(found.paths, MOST_PATHS);
        let ids: Vec<&str> = found.steps.iter().map(|step| step.id.as_str()).collect();
        assert_eq!(ids, ["income", "volatility", last]);
        let shorter = [&["run.paths=20000"], &edits[1..]].concat();
        let [first, all] = [&shorter[..], edits].map(|edits| read(ALONE, edits));
        let medians = found.steps[1..].iter().map(|step| step.median.value);
        let by_hand = [median_of("volatility", &first), median_of(last, &all)];
        assert!(medians.eq(by_hand), "{:?} {by_hand:?}", found.steps);
        assert_ne!(by_hand[0], by_hand[1], "{last}");
    }
}

#[test]
fn a_step_after_one_without_chance_has_the_error_of_its_median() {
    let certain = ["run.paths=2000", "asset.defi.roi=0.2", "asset.defi.income_share=0"];
    let found = bridge_of(&read(ALONE, &certain)).expect("something is put in");
    let [before, after] = [&found.steps[0], &found.steps[1]];
    assert_eq!((before.median.std_error, after.id.as_str()), (None, "volatility"));
    assert!(after.change.std_error.is_some_and(|error| error > 0.0));
    assert_eq!(after.change.std_error, after.median.std_error);
    let width = |ends: Option<[f64; 2]>| ends.map(|[low, high]| high - low).expect("ends");
    let (of_change, of_median) = (width(after.change.interval), width(after.median.interval));
    assert!((of_change - of_median).abs() < 1e-12);
}

#[test]
fn a_claim_that_nothing_touches_is_the_return_and_without_money_there_is_none() {
    // what is paid out varies
    let still = [
        "run.paths=300", "asset.defi.volatility=0", "asset.defi.roi=0.2", "asset.defi.income_share=0",
        "economy.inflation.fixed=0",
    ];
    let found = bridge_of(&read(ALONE, &still)).expect("something is put in");
    assert_eq!((found.steps.len(), found.steps[0].id.as_str()), (1, "income"));
    assert!(found.steps[0].change.value.abs() < 1e-12, "{found:?}");
    let nothing = read(ALONE, &["run.paths=300", "asset.defi.value=0"]);
    assert_eq!(bridge_of(&nothing), Err(Absent::NothingPutIn));
}

#[test]
fn a_range_of_the_file_is_moved_to_its_percentiles_and_what_was_paid_stays() {
    let pictures = include_str!("../../scenarios/thousand-pictures.toml");
    // no other range is drawn beside it
    let edits = ["run.paths=2_000", "asset.textures.downloads=[30, 90, 300]", "class_ranges=false"];
    let found = sensitivity(&case(pictures, &edits));
    let mut moved = found.moved.iter();
    let of_range =
        moved.find(|moved| moved.assumption.path == "asset.textures.downloads").expect("it is moved");
    assert_eq!(of_range.assumption.value, "[30, 90, 300]");
    assert_eq!(of_range.assumption.grade, None);
    assert_eq!(of_range.ends().map(|end| end.value.as_str()), ["30", "300"]);
    let loss = of_range.ends().map(|end| end.effects["loss.probability"].value);
    assert!(loss[0] > 0.3 && loss[1] < -0.1, "{loss:?}");
}

#[test]
fn the_sensitivity_of_the_flagship_is_made_of_runs_with_its_values_set() {
    let edits = ["run.paths=600", "horizon=\"2 years\""];
    let case = case(FLAGSHIP, &edits);
    let found = sensitivity(&case);
    let moved = found.moved.iter().map(|moved| &moved.assumption);
    let left = found.not_moved.iter().map(|left| &left.assumption);
    let n_values: usize = moved.chain(left).map(|one| one.keys.len()).sum();
    assert_eq!(n_values, case.scenario.filled_in.len());
    assert!(found.moved.len() > 20, "{}", found.moved.len());
    assert!(found.interim_paths.is_none(), "of so few paths all are run");
    assert!(found.moved.iter().all(|moved| moved.paths == 600));
    // a pair is no key of an assignment
    let is_key = |moved: &&Moved| !moved.assumption.path.starts_with("correlation.");
    let mut pairs = found.moved.iter().filter(|moved| !is_key(moved));
    assert!(pairs.any(|pair| pair.farthest(MOVING[0], |change| change) > 0.0));
    let sizes = found.moved.iter();
    let sizes: Vec<f64> = sizes.map(|moved| moved.farthest(MOVING[0], |change| change)).collect();
    assert!(sizes.is_sorted_by(|more, less| more >= less) && sizes[0] > 0.0);
    for moved in found.moved.iter().filter(is_key).take(5) {
        assert_made_by_hand(FLAGSHIP, &edits, &case.scenario, moved);
    }
}

/// Compares the effects of an assumption with runs of the file in which its values are written.
fn assert_made_by_hand(text: &str, edits: &[&str], scenario: &Scenario, moved: &Moved) {
    let control = Control::default();
    let base = Scenario { paths: moved.paths, ..scenario.clone() };
    let data = simulate(&base, &control).expect("it is finite").data_by_path();
    for end in moved.ends() {
        if end.refused.is_some() {
            continue;
        }
        let keys = moved.assumption.keys.iter();
        let sets: Vec<String> = keys.map(|key| format!("{key}={}", end.value)).collect();
        let sets = sets.iter().map(String::as_str);
        let edits: Vec<&str> = edits.iter().copied().chain(sets).collect();
        let new = study::paired(&read(text, &edits), &base, &control).expect("it is finite");
        for id in MOVING {
            let by_hand = difference(&data, &new.data_by_path(), id);
            let by_hand = by_hand.map(|found| Value::new(found.measure.unit, &found.difference));
            assert_eq!(by_hand.as_ref(), end.effects.get(id), "{edits:?}: {id}");
        }
    }
}

/// `n` positions of one class, and `rest`.
fn positions(n: usize, rest: &str) -> String {
    let head =
        "start = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\nrun = { seed = 1, paths = 200 }\n";
    let one = |number| {
        format!("[[asset]]\nname = \"p{number:02}\"\nclass = \"defi-yield-aggregator\"\nvalue = 1000\n")
    };
    head.to_owned() + &(0..n).map(one).collect::<String>() + rest
}

#[test]
fn as_many_runs_are_made_of_ten_positions_as_of_three() {
    let runs = |n: usize| {
        let n_runs = Arc::new(Mutex::new(0));
        let counted = n_runs.clone();
        let mut lab = lab(1);
        lab.progress.done = Box::new(move |more| *counted.lock().unwrap() += more);
        let case = case(&positions(n, ""), &[]);
        let found = lab.sensitivity(&case, |_| {}).expect("it runs");
        // the paths of the base are counted too
        let n_runs = *n_runs.lock().unwrap();
        (n_runs - 200, found)
    };
    let (few, of_three) = runs(3);
    let (many, of_ten) = runs(10);
    assert_eq!(few, many);
    let keys = |found: &Sensitivity, key: &str| {
        let mut moved = found.moved.iter().map(|moved| &moved.assumption);
        moved.find(|one| one.keys.iter().any(|one| one == key)).map_or(0, |one| one.keys.len())
    };
    for (key, three, ten) in
        [("correlation.p00.p01", 3, 45), ("asset.p00.volatility", 3, 10), ("economy.inflation", 1, 1)]
    {
        assert_eq!(keys(&of_three, key), three, "{key}");
        assert_eq!(keys(&of_ten, key), ten, "{key}");
    }
}

#[test]
fn values_of_one_entry_move_together_and_what_the_file_says_stays() {
    let own = "[[asset]]\nname = \"own\"\nclass = \"defi-yield-aggregator\"\nvalue = 1000\nvolatility = 0.3\n\
               [correlation]\npairs = [[\"own\", \"p00\", 0.7]]\n";
    let text = positions(2, own);
    let case = case(&text, &[]);
    let found = sensitivity(&case);
    let of = |key: &str| {
        let mut moved = found.moved.iter();
        moved.find(|moved| moved.assumption.keys[0] == key).expect(key)
    };
    let volatility = of("asset.p00.volatility");
    let keys = ["asset.p00.volatility", "asset.p01.volatility"];
    assert_eq!(volatility.assumption.keys, keys);
    assert_made_by_hand(&text, &[], &case.scenario, volatility);
    let pairs = of("correlation.own.p01");
    let keys = ["correlation.own.p01", "correlation.p00.p01"];
    assert_eq!(pairs.assumption.keys, keys);
    // written as pairs, both with the same number
    for end in pairs.ends() {
        let written = format!(
            "pairs = [[\"own\", \"p00\", 0.7], [\"own\", \"p01\", {0}], [\"p00\", \"p01\", {0}]]",
            end.value
        );
        let text = text.replace("pairs = [[\"own\", \"p00\", 0.7]]", &written);
        let control = Control::default();
        let base = simulate(&case.scenario, &control).expect("it is finite");
        let new = study::paired(&read(&text, &[]), &case.scenario, &control).expect("finite");
        let by_hand = difference(&base.data_by_path(), &new.data_by_path(), MOVING[1]).expect("a chance");
        let effect = &end.effects[MOVING[1]];
        assert_eq!(effect.value, by_hand.difference.value, "{}", end.value);
    }
}

#[test]
fn what_one_asset_cannot_feel_has_no_rank() {
    let few = ["run.paths=200", "horizon=\"2 years\""];
    let alone = sensitivity(&case(ALONE, &few));
    let is_none = |why| [NotMovedWhy::OneAsset, NotMovedWhy::NoEffect].contains(why);
    let mut left = alone.not_moved.iter().filter(|left| is_none(&left.why));
    assert!(left.any(|left| left.assumption.path == "correlation.roi"), "{:?}", alone.not_moved);
    for moved in &alone.moved {
        let mut ends = moved.ends().into_iter();
        let acts =
            ends.any(|end| end.refused.is_some() || end.effects.values().any(|effect| effect.value != 0.0));
        assert!(acts, "{}", moved.assumption.label);
    }
    // of two assets it is moved
    let several = sensitivity(&case(FLAGSHIP, &few));
    assert!(several.moved.iter().any(|moved| moved.assumption.path == "correlation.roi"));
}
