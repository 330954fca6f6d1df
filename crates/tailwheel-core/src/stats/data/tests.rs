use super::super::tests::{basis, counts, holds, in_order_drawn, outcome};
use super::super::{Estimate, evaluate};
use super::*;
use crate::engine::outcome::Column;
use crate::record::{ASSET_VALUE, UNIT_VALUE, WEALTH};

/// A run whose whole portfolio is one asset and in which no agent sells.
fn of_a_lone_asset() -> Outcome {
    let mut outcome = outcome(2_000, 1.0);
    let wealth = outcome.columns[0].values.clone();
    for column in &mut outcome.columns {
        match column.id {
            id if id == ASSET_VALUE.of_object(0) || id == WEALTH.without_feedback() => {
                column.values = wealth.to_vec().into();
            }
            UNIT_VALUE => {
                column.values = wealth.all().iter().map(|value| value / 100.0).collect::<Vec<_>>().into();
            }
            _ => {}
        }
    }
    outcome
}

#[test]
fn columns_that_are_the_same_are_sorted_once_and_shared() {
    for data in [Data::new, Data::staying].map(|of| of(&of_a_lone_asset(), basis(100.0))) {
        let data = data.expect("usable");
        let of = |id| data.column(id).expect("kept");
        let wealth = of(WEALTH);
        for id in [ASSET_VALUE.of_object(0), WEALTH.without_feedback()] {
            assert!(Arc::ptr_eq(&of(id), &wealth), "{id:?}");
        }
        // power: another column has samples of its own
        assert!(!Arc::ptr_eq(&of(ASSET_VALUE.of_object(1)), &wealth));
    }
}

#[test]
fn what_is_derived_from_another_column_has_the_bits_of_its_own() {
    let (outcome, basis) = (of_a_lone_asset(), basis(100.0));
    let data = Data::new(&outcome, basis.clone()).expect("usable");
    let own = Sample::of(outcome.values(UNIT_VALUE).expect("kept").clone());
    assert_eq!(data.column(UNIT_VALUE).expect("kept").values(), own.values());
}

#[test]
fn measures_of_one_column_look_at_the_same_samples_which_are_forgotten_once_nobody_looks_at_them() {
    let data = Data::new(&outcome(500, 1.0), basis(100.0)).expect("usable");
    let kept = data.column(WEALTH).expect("kept");
    for id in ["wealth.terminal.p50", "wealth.terminal.mean"] {
        let sample = super::super::look_up(id).expect("a measure").source.sample(&data, None).expect("kept");
        assert!(Arc::ptr_eq(&sample, &kept), "{id}");
    }
    let held = Arc::downgrade(&kept);
    drop(kept);
    assert!(held.upgrade().is_none());
    let staying = Data::staying(&outcome(500, 1.0), basis(100.0)).expect("usable");
    let held = Arc::downgrade(&staying.column(WEALTH).expect("kept"));
    assert!(held.upgrade().is_some());
}

/// A copy of the outcome whose columns are streamed instead of held in memory.
fn filed_of(outcome: &Outcome) -> Outcome {
    let mut filed = outcome.clone();
    for column in &mut filed.columns {
        column.values = crate::math::values::tests::filed(&column.values.all());
    }
    filed
}

#[test]
fn every_figure_in_passes_is_that_in_memory_to_the_last_bit() {
    for n_paths in [40, 3_000] {
        let outcome = outcome(n_paths, 1.0);
        let held = Data::new(&outcome, basis(100.0)).expect("usable");
        let filed = Data::new(&filed_of(&outcome), basis(100.0)).expect("usable");
        assert!(filed.is_streamed() && !held.is_streamed());
        let found = evaluate(&filed);
        for (held, filed) in evaluate(&held).iter().zip(&found) {
            let [held_as, filed_as] = [held, filed].map(|found| format!("{:?}", found.result));
            assert_eq!(held_as, filed_as, "{} of {n_paths}", held.id);
        }
        assert!(found.iter().filter(|found| found.result.is_ok()).count() > 100);
    }
}

#[test]
fn errors_of_very_many_paths_are_those_of_the_first_scaled() {
    let outcome = outcome(12_000, 1.0);
    let all = Data::new(&outcome, basis(100.0)).expect("usable");
    let of_first =
        |outcome: &Outcome| Data::of(outcome, basis(100.0), InUse::while_held(), 3_000).expect("usable");
    let held = of_first(&outcome);
    let filed = of_first(&filed_of(&outcome));
    let results =
        |data| format!("{:?}", evaluate(data).iter().map(|found| &found.result).collect::<Vec<_>>());
    assert_eq!(results(&held), results(&filed));
    let (mut near, mut far, mut exact) = (0, 0, 0);
    for (of_first, of_all) in evaluate(&held).iter().zip(evaluate(&all)) {
        let (Ok(of_first), Ok(of_all)) = (&of_first.result, of_all.result) else {
            continue;
        };
        let scale = of_all.value.abs().max(1e-9);
        assert!((of_first.value - of_all.value).abs() <= 1e-12 * scale);
        match (of_first.std_error, of_all.std_error) {
            (Some(first), Some(all)) if first == all => exact += 1,
            (Some(first), Some(all)) if (first / all - 1.0).abs() < 0.2 => near += 1,
            // of what the worst paths decide
            (Some(_), Some(_)) => far += 1,
            _ => {}
        }
    }
    // a quarter of the paths knows the error of all but for a few parts in a hundred
    assert!(near > 40 && exact > 20 && 10 * far < near, "{near} {far} {exact}");
}

/// A run with columns of the losses by two events and by both together, and of unpaid spending.
fn of_events(n: usize, seed: u64, has_rare_bills: bool) -> Data {
    let mut run = outcome(n, 1.0);
    let chances: Vec<f64> = in_order_drawn(rand_distr::StandardUniform, 2 * n, seed);
    let sizes: Vec<f64> = in_order_drawn(rand_distr::Exp1, 2 * n, seed + 1_000);
    let small = |path: usize| if chances[path] < 0.7 { 500.0 * sizes[path] } else { 0.0 };
    let large = |path: usize| if chances[n + path] < 0.1 { 1e5 * (1.0 + sizes[n + path]) } else { 0.0 };
    let both = |path: usize| small(path) + large(path);
    let column =
        |id, of: &dyn Fn(usize) -> f64| Column { id, values: (0..n).map(of).collect::<Vec<f64>>().into() };
    run.columns.retain(|column| column.id != EVENTS_LOSS);
    let unpaid = CAUSE_GIVEN.of_object(4 + cause_number(Cause::Unpaid.id()));
    run.columns.extend([
        column(EVENT_LOSS.of_object(2), &small),
        column(EVENT_LOSS.of_object(3), &large),
        column(EVENTS_LOSS, &both),
        column(unpaid, &small),
    ]);
    let names = ["small", "large"].map(str::to_owned);
    let basis = Basis { event_names: names.to_vec(), has_rare_bills, ..basis(100.0) };
    Data::new(&run, basis).expect("usable")
}

#[test]
fn a_sum_of_events_has_an_interval_where_each_of_them_has_one_and_it_holds() {
    const RUNS: u64 = 300;
    let truth = 0.7 * 500.0 + 0.1 * 2e5;
    let [of_large, of_all, held] = counts(RUNS, |seed| {
        let data = of_events(2_000, seed, false);
        let [large, all] = ["event.large.loss.mean", "events.loss.mean"].map(|id| found(&data, id).interval);
        [large.is_some(), all.is_some(), holds(all, truth)]
    });
    assert_eq!((of_large, of_all), (RUNS as f64, RUNS as f64));
    assert!((0.93..0.985).contains(&(held / RUNS as f64)), "{held}");
    // too few paths meet the large event
    let found = found(&of_events(500, 1, false), "events.loss.mean");
    assert!(found.interval.is_none() && found.note.is_some());
}

fn found(data: &Data, id: &str) -> Estimate {
    super::super::estimate_at(data, id, 0.95).expect("a measure").expect("kept")
}

#[test]
fn what_an_event_that_struck_no_path_can_move_has_no_interval() {
    let found = |reach: Reach, id: &str| {
        let mut run = outcome(2_000, 1.0);
        let losses = [vec![0.0; 2_000], (0..2_000).map(|path| f64::from(path % 9)).collect()];
        let columns = losses.into_iter().zip(2..);
        let columns =
            columns.map(|(lost, number)| Column { id: EVENT_LOSS.of_object(number), values: lost.into() });
        run.columns.extend(columns);
        let names = ["never", "often"].map(str::to_owned).to_vec();
        let basis = Basis { event_names: names, reaches: vec![reach, Reach::Everything], ..basis(100.0) };
        found(&Data::new(&run, basis).expect("usable"), id)
    };
    for id in ["wealth.terminal.mean", "expected_shortfall.95", "asset.saas.terminal.mean"] {
        let unseen = found(Reach::Everything, id);
        assert_eq!(
            (unseen.interval, unseen.std_error, unseen.note),
            (None, None, Some(Note::EventUnseen)),
            "{id}"
        );
        // power: an event that cannot happen or finds nothing hides nothing
        assert!(found(Reach::Nothing, id).interval.is_some(), "{id}");
    }
    // ranks and counts bound what unseen paths do, and another event shows its own losses
    for id in ["wealth.terminal.p05", "loss.probability", "event.often.loss.mean"] {
        assert!(found(Reach::Everything, id).interval.is_some(), "{id}");
    }
    // the losses of one asset are in the portfolio, not in another asset
    let notes = ["wealth.terminal.mean", "asset.media.terminal.mean", "asset.saas.terminal.mean"]
        .map(|id| found(Reach::Assets(vec![0]), id).note);
    assert_eq!(notes, [Some(Note::EventUnseen), Some(Note::EventUnseen), None]);
}

#[test]
fn a_mean_that_rare_bills_may_decide_has_no_interval() {
    let found = |has_rare_bills, id: &str| found(&of_events(2_000, 1, has_rare_bills), id);
    for id in ["cause.unpaid.mean", "cause.unpaid.worst5"] {
        let bills = found(true, id);
        assert_eq!((bills.interval, bills.note), (None, Some(Note::RareBills)));
        assert!(found(false, id).interval.is_some(), "{id}");
    }
}
