use super::super::evaluate;
use super::super::tests::{basis, outcome};
use super::*;
use crate::record::{ASSET_VALUE, UNIT_VALUE};

/// A run in which one asset is all there is and nobody sells.
fn of_a_lone_asset() -> Outcome {
    let mut outcome = outcome(2_000, 1.0);
    let wealth = outcome.columns[0].values.clone();
    for column in &mut outcome.columns {
        match column.id {
            id if id == ASSET_VALUE.of_object(0) || id == WEALTH.without_feedback() => {
                column.values.clone_from(&wealth);
            }
            UNIT_VALUE => column.values = wealth.iter().map(|value| value / 100.0).collect(),
            _ => {}
        }
    }
    outcome
}

#[test]
fn columns_that_are_the_same_are_sorted_once_and_shared() {
    for data in [Data::new, Data::with_paths].map(|of| of(&of_a_lone_asset(), basis(100.0))) {
        let data = data.expect("usable");
        let at = |id| data.column(id).expect("kept").values().as_ptr();
        for id in [ASSET_VALUE.of_object(0), WEALTH.without_feedback()] {
            assert_eq!(at(id), at(WEALTH), "{id:?}");
        }
        // power: another column has samples of its own
        assert_ne!(at(ASSET_VALUE.of_object(1)), at(WEALTH));
    }
}

#[test]
fn what_is_derived_from_another_column_has_the_bits_of_its_own() {
    let (outcome, basis) = (of_a_lone_asset(), basis(100.0));
    let data = Data::new(&outcome, basis.clone()).expect("usable");
    let own = Sample::of(outcome.column(UNIT_VALUE).expect("kept")).expect("finite");
    assert_eq!(data.column(UNIT_VALUE), Ok(&own));
    // a run that remembers its paths derives nothing
    let by_path = Data::with_paths(&outcome, basis).expect("usable");
    for (derived, sorted) in evaluate(&data).iter().zip(evaluate(&by_path)) {
        assert_eq!(derived.result, sorted.result, "{}", derived.id);
    }
}

/// A run with these columns of two events and of both together, and of what stayed unpaid.
fn of_events(n: usize, seed: u64, has_rare_bills: bool) -> Data {
    use super::super::tests::in_order_drawn;
    let mut run = outcome(n, 1.0);
    let chances: Vec<f64> = in_order_drawn(rand_distr::StandardUniform, 2 * n, seed);
    let sizes: Vec<f64> = in_order_drawn(rand_distr::Exp1, 2 * n, seed + 1_000);
    let small = |path: usize| {
        if chances[path] < 0.7 {
            500.0 * sizes[path]
        } else {
            0.0
        }
    };
    let large = |path: usize| match chances[n + path] < 0.1 {
        true => 1e5 * (1.0 + sizes[n + path]),
        false => 0.0,
    };
    let both = |path: usize| small(path) + large(path);
    let column = |id, of: &dyn Fn(usize) -> f64| Column {
        id,
        values: (0..n).map(of).collect(),
    };
    run.columns.retain(|column| column.id != EVENTS_LOSS);
    let unpaid = CAUSE_GIVEN.of_object(4 + cause_number(Cause::Unpaid.id()));
    run.columns.extend([
        column(EVENT_LOSS.of_object(2), &small),
        column(EVENT_LOSS.of_object(3), &large),
        column(EVENTS_LOSS, &both),
        column(unpaid, &small),
    ]);
    let names = ["small", "large"].map(str::to_owned);
    let basis = Basis {
        event_names: names.to_vec(),
        has_rare_bills,
        ..basis(100.0)
    };
    Data::new(&run, basis).expect("usable")
}

#[test]
fn a_sum_of_events_has_an_interval_where_each_of_them_has_one_and_it_holds() {
    const RUNS: u64 = 300;
    let truth = 0.7 * 500.0 + 0.1 * 2e5;
    let mut held = 0;
    for seed in 0..RUNS {
        let data = of_events(2_000, seed, false);
        let interval = |id: &str| {
            let found = super::super::estimate_at(&data, id, 0.95).expect("a measure");
            found.expect("kept").interval
        };
        assert!(interval("event.large.loss.mean").is_some());
        let (low, high) = interval("events.loss.mean").expect("its summands have one");
        held += u32::from(low <= truth && truth <= high);
    }
    assert!(
        (0.93..0.985).contains(&(f64::from(held) / RUNS as f64)),
        "{held}"
    );
    // too few paths meet the large event
    let few = of_events(500, 1, false);
    let found = super::super::estimate_at(&few, "events.loss.mean", 0.95);
    let found = found.expect("a measure").expect("kept");
    assert!(found.interval.is_none() && found.note.is_some());
}

#[test]
fn a_mean_that_rare_bills_may_decide_has_no_interval() {
    let found = |has_rare_bills, id: &str| {
        let data = of_events(2_000, 1, has_rare_bills);
        let found = super::super::estimate_at(&data, id, 0.95).expect("a measure");
        found.expect("kept")
    };
    for id in ["cause.unpaid.mean", "cause.unpaid.worst5"] {
        let bills = found(true, id);
        assert_eq!((bills.interval, bills.note), (None, Some(Note::RareBills)));
        assert!(found(false, id).interval.is_some(), "{id}");
    }
}

#[test]
fn measures_of_one_column_look_at_the_same_samples() {
    let data = Data::new(&outcome(500, 1.0), basis(100.0)).expect("usable");
    let kept = data.column(WEALTH).expect("kept").values().as_ptr();
    for id in ["wealth.terminal.p50", "wealth.terminal.mean"] {
        let source = super::super::look_up(id).expect("a measure").source;
        let sample = source.sample(&data, None).expect("kept");
        assert_eq!(sample.values().as_ptr(), kept, "{id}");
    }
}
