use super::super::samples::{self, case, change, failed, invalid, not_run, with_gate};
use super::super::{GateVerdict, State};
use super::*;
use GateVerdict::{Absent, Fail, Inconclusive, Pass};

type Edit = fn(&mut BatchReport);

fn changed(how: How, n_changes: usize) -> CasePart {
    samples::changed("a", how, vec![change("loss.probability", 0.1, 0.2, 0.01); n_changes], Vec::new())
}

/// What could not be read or simulated ends with 2, whatever the others say; what was left after a failure leaves its
/// "no" a "no".
#[test]
fn a_batch_ends_with_the_worst_of_its_scenarios() {
    let mut left = not_run("b");
    if let State::NotRun { is_after_failure, .. } = &mut left.state {
        *is_after_failure = true;
    }
    for (cases, code) in [
        (vec![], 0),
        (vec![case("a"), with_gate("b", Pass)], 0),
        (vec![case("b"), with_gate("a", Fail)], 1),
        (vec![case("b"), with_gate("a", Absent)], 1),
        (vec![case("b"), with_gate("a", Inconclusive)], 1),
        (vec![invalid("a")], 2),
        (vec![failed("a"), with_gate("b", Fail)], 2),
        (vec![case("a"), not_run("b")], 2),
        (vec![with_gate("a", Fail), not_run("b")], 2),
        (vec![with_gate("a", Fail), left], 1),
        (vec![changed(How::New, 0)], 0),
        (vec![changed(How::Same, 0)], 0),
        (vec![changed(How::Unpaired, 0)], 0),
        (vec![changed(How::Unpaired, 1)], 1),
    ] {
        let batch = samples::batch(cases);
        assert_eq!(batch.code(), code, "{:?}", batch.cases);
    }
}

#[test]
fn what_is_asked_of_a_batch_changes_how_it_ends() {
    let stale = CasePart { is_stale: true, ..case("a") };
    let edits: [(CasePart, Edit, [u8; 2]); 6] = [
        (with_gate("a", Inconclusive), |batch| batch.inconclusive_passes = true, [1, 0]),
        (with_gate("a", Absent), |batch| batch.inconclusive_passes = true, [1, 1]),
        (case("a"), |batch| batch.missing.push("b".to_owned()), [0, 1]),
        (changed(How::OtherVersion, 3), |batch| batch.is_version_strict = true, [0, 1]),
        (stale, |batch| batch.must_be_fresh = true, [0, 1]),
        (case("a"), |batch| batch.missing_shards = vec![2], [0, 2]),
    ];
    for (case, edit, [before, after]) in edits {
        let mut batch = samples::batch(vec![case]);
        assert_eq!(batch.code(), before, "{batch:?}");
        edit(&mut batch);
        assert_eq!(batch.code(), after, "{batch:?}");
    }
    let mut same = samples::batch(vec![changed(How::OtherVersion, 0)]);
    same.is_version_strict = true;
    assert_eq!(same.code(), 1);
}

#[test]
fn the_worst_of_a_scenario_is_its_status() {
    let gates = with_gate("a", Inconclusive).gates;
    let batch = samples::batch(vec![CasePart { gates, ..changed(How::Unpaired, 1) }]);
    assert_eq!(batch.status(&batch.cases[0]), Status::Inconclusive);
}

#[test]
fn what_was_accepted_into_the_baseline_does_not_count_and_gates_still_do() {
    let gate_edits = vec![samples::gate_edit("g", 0.1, samples::place("a.toml", 3, 1))];
    let mut batch = samples::batch(vec![CasePart { gate_edits, ..changed(How::Unpaired, 2) }]);
    assert_eq!(batch.status(&batch.cases[0]), Status::Loosened);
    batch.cases[0].is_accepted = true;
    assert_eq!(batch.code(), 0);
    batch.cases[0].gates = with_gate("a", Fail).gates;
    assert_eq!(batch.status(&batch.cases[0]), Status::Failed);
}
