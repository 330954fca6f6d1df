use super::super::samples::{self, case, failed, gate, invalid, not_run};
use super::super::{GateVerdict, State};
use super::*;

fn exit(cases: Vec<CasePart>) -> u8 {
    samples::batch(cases).code()
}

fn with_gate(verdict: GateVerdict) -> CasePart {
    let mut found = case("a");
    found.gates.push(gate("g", verdict));
    found
}

fn against(part: AgainstPart) -> CasePart {
    let mut found = case("a");
    found.against = Some(part);
    found
}

fn compared(how: How, n_changes: usize) -> AgainstPart {
    AgainstPart {
        changes: vec![samples::change("loss.probability", 0.1, 0.2, 0.01); n_changes],
        ..AgainstPart::of(how)
    }
}

#[test]
fn a_gate_that_does_not_pass_ends_with_one() {
    assert_eq!(exit(vec![]), 0);
    assert_eq!(exit(vec![case("a"), with_gate(GateVerdict::Pass)]), 0);
    for verdict in [GateVerdict::Fail, GateVerdict::Absent, GateVerdict::Inconclusive] {
        assert_eq!(exit(vec![case("b"), with_gate(verdict)]), 1, "{verdict:?}");
    }
}

#[test]
fn an_undecided_gate_is_let_through_only_if_asked_for() {
    let mut batch = samples::batch(vec![with_gate(GateVerdict::Inconclusive)]);
    batch.inconclusive_passes = true;
    assert_eq!(batch.code(), 0);
    batch.cases.push(with_gate(GateVerdict::Absent));
    assert_eq!(batch.code(), 1);
}

#[test]
fn what_could_not_be_read_or_simulated_ends_with_two_whatever_the_others_say() {
    assert_eq!(exit(vec![invalid("a")]), 2);
    assert_eq!(exit(vec![failed("a"), with_gate(GateVerdict::Fail)]), 2);
}

#[test]
fn what_was_left_after_a_failure_leaves_a_no_a_no_and_what_was_late_is_unanswered() {
    assert_eq!(exit(vec![case("a"), not_run("b")]), 2);
    assert_eq!(exit(vec![with_gate(GateVerdict::Fail), not_run("b")]), 2);
    let mut left = not_run("b");
    if let State::NotRun { is_after_failure, .. } = &mut left.state {
        *is_after_failure = true;
    }
    assert_eq!(exit(vec![with_gate(GateVerdict::Fail), left]), 1);
}

#[test]
fn a_change_against_the_baseline_ends_with_one_and_a_new_scenario_does_not() {
    assert_eq!(exit(vec![against(compared(How::New, 0))]), 0);
    assert_eq!(exit(vec![against(compared(How::Same, 0))]), 0);
    assert_eq!(exit(vec![against(compared(How::Unpaired, 0))]), 0);
    assert_eq!(exit(vec![against(compared(How::Unpaired, 1))]), 1);
    let mut batch = samples::batch(vec![case("a")]);
    batch.missing.push("b".to_owned());
    assert_eq!(batch.code(), 1);
}

#[test]
fn a_baseline_of_another_version_fails_only_if_versions_are_strict() {
    for n_changes in [0, 3] {
        let mut batch = samples::batch(vec![against(compared(How::OtherVersion, n_changes))]);
        assert_eq!(batch.code(), 0);
        batch.is_version_strict = true;
        assert_eq!(batch.code(), 1);
    }
}

#[test]
fn the_worst_of_a_scenario_is_its_status() {
    let mut both = with_gate(GateVerdict::Inconclusive);
    both.against = Some(compared(How::Unpaired, 1));
    let batch = samples::batch(vec![both]);
    assert_eq!(batch.status(&batch.cases[0]), Status::Inconclusive);
}

#[test]
fn a_line_that_would_be_written_anew_fails_only_where_the_baseline_must_be_fresh() {
    let mut batch = samples::batch(vec![case("a")]);
    batch.cases[0].is_stale = true;
    assert_eq!(batch.code(), 0);
    batch.must_be_fresh = true;
    assert_eq!(batch.code(), 1);
}

#[test]
fn a_shard_that_is_missing_leaves_the_batch_unanswered() {
    let mut batch = samples::batch(vec![case("a")]);
    batch.missing_shards = vec![2];
    assert_eq!(batch.code(), 2);
}

#[test]
fn what_was_accepted_into_the_baseline_does_not_count_and_gates_still_do() {
    let mut changed = against(compared(How::Unpaired, 2));
    changed.gate_edits.push(samples::gate_edit("g", 0.1, samples::place("a.toml", 3, 1)));
    let mut batch = samples::batch(vec![changed]);
    assert_eq!(batch.status(&batch.cases[0]), Status::Loosened);
    batch.cases[0].is_accepted = true;
    assert_eq!(batch.code(), 0);
    batch.cases[0].gates.push(gate("g", GateVerdict::Fail));
    assert_eq!(batch.status(&batch.cases[0]), Status::Failed);
}
