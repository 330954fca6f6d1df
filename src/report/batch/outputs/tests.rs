//! What is true of a batch stands in every output.

use super::super::samples::{
    self, case, change, edit, failed, gate_edit, invalid, not_run, place, with_gate,
};
use super::super::{AgainstPart, CasePart, GateVerdict, How};
use super::*;

fn closing() -> Closing<'static> {
    Closing { pace: None, update: None, folder: "out", files: Vec::new(), exit: 1 }
}

fn text(rendered: Rendered) -> String {
    String::from_utf8(rendered.into_bytes()).expect("text")
}

/// Returns the screen. Asserts that it fits in every layout: no line is too wide, and the lines are not too many.
fn screen(batch: &BatchReport) -> String {
    for width in [80, 100] {
        for unicode in [true, false] {
            let form = Form { unicode, ..Form::of_width(width) };
            let screen = text(batch.screen(&closing(), form));
            for line in screen.lines() {
                assert!(line.chars().count() <= width, "{width}: {line}");
                assert_eq!(line, line.trim_end());
            }
            assert!(screen.lines().count() <= MOST_LINES, "{screen}");
            assert!(!screen.contains("\n\n\n"), "{screen}");
        }
    }
    text(batch.screen(&closing(), Form::default()))
}

fn outputs(batch: &BatchReport) -> [(&'static str, String); 4] {
    [
        ("screen", screen(batch)),
        ("summary", text(batch.to_summary())),
        ("page", batch.to_page()),
        ("junit", text(batch.to_junit())),
    ]
}

fn changed(id: &str, how: How) -> CasePart {
    let change = change("loss.probability", 0.0812, 0.0941, 0.0014);
    let edit = edit("crash.lockstep", "0.7", "0.8", place(&format!("{id}.toml"), 31, 12));
    samples::changed(id, how, vec![change], vec![edit])
}

/// Returns a batch with a scenario for each of ten outcomes, from a passed gate to a scenario that was not run.
fn mixed() -> BatchReport {
    let gate_edits = vec![gate_edit("x", 0.1, place("g.toml", 44, 9))];
    let loosened = CasePart { gate_edits, ..case("g") };
    samples::batch(vec![
        with_gate("a", GateVerdict::Pass),
        with_gate("b", GateVerdict::Fail),
        with_gate("c", GateVerdict::Absent),
        with_gate("d", GateVerdict::Inconclusive),
        changed("e", How::Unpaired),
        changed("f", How::OtherVersion),
        loosened,
        invalid("h"),
        failed("i"),
        not_run("j"),
    ])
}

#[test]
fn every_output_names_each_scenario_with_its_status() {
    let batch = mixed();
    let statuses: Vec<Status> = batch.cases.iter().map(|case| batch.status(case)).collect();
    use Status::{Changed, Failed, Inconclusive, Invalid, Loosened, NotRun, NotSimulated, Passed};
    let of_gates = [Passed, Failed, Failed, Inconclusive];
    let others = [Changed, Passed, Loosened, Invalid, NotSimulated, NotRun];
    assert_eq!(statuses, [&of_gates[..], &others].concat());
    let summary = text(batch.to_summary());
    for (case, status) in batch.cases.iter().zip(statuses) {
        let row = summary.lines().find(|line| line.starts_with(&format!("| `{}` |", case.id)));
        let row = row.expect("a row of every scenario");
        assert!(row.contains(&status_word(case, status)), "{row}");
    }
    assert_eq!(batch.to_lines().matches("\"verdict\":\"fail\",").count(), 2 + 1, "two cases, one gate");
    let junit = text(batch.to_junit());
    let gates = ["gate-fails", "gate-absent", "gate-inconclusive", "gate-loosened"];
    for kind in gates.into_iter().chain(["changed", "invalid", "failed"]) {
        assert_eq!(junit.matches(&format!("type=\"{kind}\"")).count(), 1, "{kind}");
    }
    assert_eq!(junit.matches("<skipped ").count(), 1);
    let errors = batch.annotations().iter().filter(|one| one.is_error).count();
    assert_eq!(errors, 8, "all but what passes and what another version may change");
}

#[test]
fn figures_and_limits_stand_where_a_scenario_passes_too() {
    let batch = samples::batch(vec![with_gate("a", GateVerdict::Pass)]);
    for (output, text) in &outputs(&batch)[1..3] {
        assert!(text.contains("13.0 %") && text.contains("15 %"), "{output}: {text}");
        assert!(text.contains("1 of 1"), "{output}");
    }
}

#[test]
fn a_change_that_another_version_lets_through_is_still_shown() {
    for (output, text) in outputs(&samples::batch(vec![changed("a", How::OtherVersion)])) {
        assert!(text.contains("9.4 %") && text.contains("8.1 %"), "{output}: {text}");
    }
}

#[test]
fn what_was_accepted_fails_no_output() {
    let mut batch = samples::batch(vec![changed("a", How::Unpaired)]);
    batch.removed = vec!["gone".to_owned()];
    batch.cases[0].is_accepted = true;
    assert_eq!(batch.code(), 0);
    assert!(!text(batch.to_junit()).contains("<failure"));
    assert!(batch.annotations().iter().all(|one| !one.is_error));
    for (output, text) in &outputs(&batch)[..3] {
        assert!(text.contains("accepted") || text.contains("ACCEPTED"), "{output}: {text}");
        assert!(!text.contains("--update-baseline"), "{output}: {text}");
    }
    assert!(text(batch.to_summary()).starts_with("### **Passes**"));
}

#[test]
fn what_is_accepted_within_its_error_or_as_new_is_listed() {
    let accepted =
        |id: &str, how| CasePart { against: Some(AgainstPart::of(how)), is_accepted: true, ..case(id) };
    let batch = samples::batch(vec![accepted("little", How::Unpaired), accepted("fresh", How::New)]);
    let screen = screen(&batch);
    assert!(screen.contains("accepted 2"), "{screen}");
    for (word, id) in [("within their errors", "little"), ("new, and now", "fresh")] {
        let (_, below) = screen.split_once(word).expect("a list");
        assert_eq!(below.lines().nth(1).map(str::trim), Some(id), "{screen}");
    }
}

#[test]
fn figures_that_are_left_out_are_counted_above_the_edits() {
    let names = ["loss.probability", "cagr.p50", "ruin.probability", "wealth.terminal.real.p50"];
    let mut changes = names.map(|name| change(name, 0.0812, 0.0941, 0.0014)).to_vec();
    changes.push(change("irr.p50", 0.08, 0.09, 0.001));
    let edit = edit("crash.lockstep", "0.7", "0.8", place("a.toml", 31, 12));
    let moved = samples::changed("a", How::Unpaired, changes, vec![edit]);
    let screen = screen(&samples::batch(vec![moved]));
    let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text}: {screen}"));
    assert!(at("1 more figure") < at("crash.lockstep"), "{screen}");
}

#[test]
fn a_scenario_without_gates_has_not_passed_any() {
    let bare = || CasePart { against: None, ..case("a") };
    let batch = samples::batch(vec![bare(), with_gate("b", GateVerdict::Pass)]);
    for (output, text) in &outputs(&batch)[..2] {
        let is_told = text.contains("passed 1") && text.contains("no gate 1");
        assert!(is_told, "{output}: {text}");
    }
    assert!(!screen(&samples::batch(vec![bare()])).contains("passed"));
    let words = batch.cases.iter().map(|case| status_word(case, Status::Passed));
    assert_eq!(words.collect::<Vec<_>>(), ["no gate", "passed"]);
}

#[test]
fn a_summary_has_its_options_as_code() {
    let batch = samples::batch(vec![with_gate("a", GateVerdict::Inconclusive), changed("b", How::Unpaired)]);
    let summary = text(batch.to_summary());
    for option in ["--update-baseline", "--accept", "--inconclusive", "--paths"] {
        let [n, n_code] = [option, &format!("`{option}`")].map(|text| summary.matches(text).count());
        assert!(n > 0 && n == n_code, "{option}: {summary}");
    }
}

#[test]
fn a_file_that_was_not_named_is_not_to_be_dropped_from_the_baseline() {
    let mut batch = samples::batch(vec![case("a")]);
    batch.missing = vec!["b".to_owned()];
    assert!(screen(&batch).contains("--update-baseline"));
    batch.not_named = batch.missing.clone();
    for (output, text) in outputs(&batch) {
        assert!(!text.contains("--update-baseline"), "{output}: {text}");
    }
    assert_eq!(batch.code(), 1);
}

#[test]
fn alike_failures_stand_together_and_the_rest_has_what_they_share() {
    let id = |n: usize| format!("matrix/residence=germany,spend={},lockstep=1", 1000 + n);
    let mut cases: Vec<CasePart> = (0..200).map(|n| with_gate(&id(n), GateVerdict::Fail)).collect();
    cases.push(with_gate("matrix/residence=estonia,spend=1000,lockstep=1", GateVerdict::Pass));
    let mut batch = samples::batch(cases);
    batch.n_files = 1;
    let text = screen(&batch);
    assert!(text.contains("198 more, all with residence=germany, lockstep=1"), "{text}");
}

#[test]
fn the_advice_has_the_paths_of_the_fact() {
    let text = screen(&samples::batch(vec![with_gate("a", GateVerdict::Inconclusive)]));
    assert!(text.contains("--paths 840000"), "{text}");
    assert!(text.contains("--decide 2100000"), "{text}");
}

#[test]
fn a_long_name_does_not_push_its_figures_off_the_screen() {
    let long = format!("matrix/{}", ["axis=value"; 5].join(","));
    assert!(screen(&samples::batch(vec![with_gate(&long, GateVerdict::Fail)])).contains("17.1 %"));
}

#[test]
fn a_full_screen_has_fewer_groups_and_not_more_lines() {
    let gates = |n: usize, verdict| {
        let mut found = with_gate(&format!("s{n}"), verdict);
        found.gates[0].id = format!("gate-{n}");
        found
    };
    let failing = (0..20).map(|n| gates(n, GateVerdict::Fail));
    let open = (20..40).map(|n| gates(n, GateVerdict::Inconclusive));
    let moved = (40..60).map(|n| changed(&format!("s{n}"), How::Unpaired));
    screen(&samples::batch(failing.chain(open).chain(moved).collect()));
}

#[test]
fn a_byte_that_is_not_allowed_in_a_path_is_encoded() {
    assert_eq!(reference("a b/ö#?%.toml"), "a%20b/%C3%B6%23%3F%25.toml");
    assert_eq!(reference("javascript:x/a=1,b=2"), "javascript%3Ax/a=1,b=2");
}
