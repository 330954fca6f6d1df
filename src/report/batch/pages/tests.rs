//! What is said of a batch, on every output alike.

use super::super::samples::{self, case, change, edit, failed, gate, invalid, not_run, place};
use super::super::{AgainstPart, GateVerdict, How, State};
use super::*;

mod alike;

/// Every line fits, and nothing ends with a space.
fn text_of(batch: &BatchReport) -> String {
    for width in [40, 60, 72, 80, 200] {
        let text = batch.screen(false).to_text(width);
        for line in text.lines() {
            assert!(
                line.chars().count() <= width.clamp(60, 80),
                "{width}: {line}"
            );
            assert_eq!(line, line.trim_end());
        }
    }
    batch.screen(false).to_text(80)
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn with_gate(id: &str, verdict: GateVerdict) -> CasePart {
    let mut found = case(id);
    found.gates.push(gate("no-ruin", verdict));
    found
}

fn changed(id: &str, edits: Vec<super::super::EditPart>) -> CasePart {
    let mut found = case(id);
    found.against = Some(AgainstPart {
        changes: vec![change("loss.probability", 0.0812, 0.0941, 0.0014)],
        edits,
        ..AgainstPart::of(How::Paired)
    });
    found
}

#[test]
fn a_batch_in_which_all_is_well_has_a_short_screen() {
    let mut batch = samples::batch(vec![with_gate("a", GateVerdict::Pass), case("b")]);
    batch.n_files = 2;
    assert_eq!(
        text_of(&batch),
        "Passes: 2 pass.\n2 scenarios of 2 files · 1 gate · baseline ci/baseline.jsonl · value version 1,\nas \
         in the baseline\n\n"
    );
}

#[test]
fn alike_failures_stand_together_and_the_rest_says_what_they_share() {
    let id = |n: usize| format!("matrix/residence=germany,spend={},lockstep=1", 1000 + n);
    let mut cases: Vec<CasePart> = (0..200)
        .map(|n| with_gate(&id(n), GateVerdict::Fail))
        .collect();
    cases.push(with_gate(
        "matrix/residence=estonia,spend=1000,lockstep=1",
        GateVerdict::Pass,
    ));
    let mut batch = samples::batch(cases);
    batch.n_files = 1;
    let text = text_of(&batch);
    for expected in [
        "Fails: 200 FAIL, 1 pass.\n201 scenarios of 1 file · 201 gates · ",
        "FAIL\n  `no-ruin`: `loss.probability < 15 %` at `a.toml:40:9`\n",
        "  matrix/residence=germany,spend=1000,lockstep=1     17.1 %   [16.2 %, 18.1 %]\n",
        "  198 more, all with residence=germany, lockstep=1\n",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn what_the_rest_share_is_said_too() {
    let ids = [
        "m/x=1,y=1",
        "m/x=1,y=2",
        "m/x=2,y=1",
        "m/x=2,y=2",
        "m/x=2,y=3",
    ];
    let cases = ids.map(|id| with_gate(id, GateVerdict::Fail)).to_vec();
    let text = text_of(&samples::batch(cases));
    assert!(text.contains("  3 more, all with x=2\n"), "{text}");
}

#[test]
fn an_undecided_gate_says_how_many_paths_decide_it() {
    let mut batch = samples::batch(vec![with_gate("a", GateVerdict::Inconclusive)]);
    let text = text_of(&batch);
    let expected = "\
INCONCLUSIVE  counts as a failure; `--inconclusive pass` lets it through
  `no-ruin`: `loss.probability < 15 %` at `a.toml:40:9`
  scenario   estimate      99 % interval
  a            14.9 %   [13.9 %, 15.8 %]
      40,000 to 840,000 paths probably decide it: run.paths or --paths 840000;
      `--decide 2100000` judges several times, which costs confidence, and needs
      62,000 to 2,100,000
";
    assert!(text.contains(expected), "{text}");
    batch.inconclusive_passes = true;
    assert!(text_of(&batch).contains(": 1 pass.\n"));
    assert!(text_of(&batch).contains("INCONCLUSIVE  let through, as was asked\n"));
}

#[test]
fn a_gate_without_a_figure_says_why() {
    let text = text_of(&samples::batch(vec![with_gate("a", GateVerdict::Absent)]));
    assert!(
        text.contains("no such figure\n      nothing was put in\n"),
        "{text}"
    );
}

#[test]
fn a_change_is_told_with_its_edit_and_where_it_stands() {
    let here = edit(
        "crash.lockstep",
        "0.7",
        "0.8",
        place("flash-crash.toml", 31, 12),
    );
    let base = edit(
        "crisis.volatility_factor",
        "2",
        "3",
        place("_market.toml", 9, 1),
    );
    let cases = vec![
        changed("flash-crash", vec![here]),
        changed("m/x=1", vec![base.clone()]),
        changed("m/x=2", vec![base.clone()]),
        changed("m/x=3", vec![base]),
    ];
    let text = text_of(&samples::batch(cases));
    for expected in [
        "  `flash-crash`\n  figure             baseline      now   paired difference\n",
        "  loss.probability     8.12 %   9.41 %     +1.29 ± 0.28 pt   worse\n",
        "  the one edit: `crash.lockstep` 0.7 → 0.8 at `flash-crash.toml:31:12`\n",
        "  also `m/x=2`, `m/x=3`, same edit in their base\n",
        "`_market.toml:9:1`\n",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn the_file_that_holds_the_edit_is_shown_first_and_the_rest_is_named() {
    let line = || edit("crash.lockstep", "0.7", "0.8", place("main.toml", 31, 1));
    let own = edit("title", "a", "b", place("child-9.toml", 2, 1));
    let mut cases: Vec<CasePart> = (0..10)
        .map(|n| changed(&format!("child-{n}"), vec![line()]))
        .collect();
    if let Some(against) = &mut cases[9].against {
        against.edits.insert(0, own);
    }
    cases.push(changed("main", vec![line()]));
    let batch = samples::batch(cases);
    for text in [text_of(&batch), batch.to_summary()] {
        let (_, topic) = text.split_once("CHANGED").expect("a topic");
        let named: Vec<&str> = topic.split('`').skip(1).step_by(2).collect();
        let first = named.iter().find(|name| !name.starts_with("--"));
        assert_eq!(first, Some(&"main"), "{text}");
        assert_eq!(topic.matches("main.toml:31:1").count(), 1, "{topic}");
        assert_eq!(topic.matches("child-9.toml:2:1").count(), 1, "{topic}");
        assert!(
            in_one_line(topic).contains("also `child-0`, `child-1`"),
            "{topic}"
        );
    }
    // whoever edited a file looks for it first
    let summary = batch.to_summary();
    let rows: Vec<&str> = summary
        .lines()
        .filter(|line| line.contains("**changed**"))
        .collect();
    let holders = ["| child-9 |", "| main |"];
    assert!(
        holders
            .iter()
            .zip(&rows)
            .all(|(holder, row)| row.starts_with(holder)),
        "{rows:?}"
    );
}

#[test]
fn without_the_file_of_the_edit_the_largest_change_is_shown() {
    let line = || edit("crash.lockstep", "0.7", "0.8", place("_market.toml", 9, 1));
    let mut cases = ["a", "b", "c"].map(|id| changed(id, vec![line()]));
    if let Some(against) = &mut cases[1].against {
        against
            .changes
            .push(change("ruin.probability", 0.1, 0.9, 0.001));
    }
    let batch = samples::batch(cases.to_vec());
    let text = text_of(&batch);
    assert!(text.contains("`--accept`\n  `b`\n"), "{text}");
    assert!(
        text.contains("  also `a`, `c`, same edit in their base\n"),
        "{text}"
    );
    let rows = batch.to_summary();
    assert!(
        rows.lines()
            .find(|line| line.contains("**changed**"))
            .is_some_and(|row| row.starts_with("| b |"))
    );
}

#[test]
fn losses_are_not_judged_where_what_is_paid_out_was_edited() {
    let spends = edit("owner.spending", "1500", "1800", place("a.toml", 40, 1));
    let mut found = changed("a", vec![spends]);
    if let Some(against) = &mut found.against {
        against.changes = vec![
            change("loss.probability", 0.3, 0.2, 0.01),
            change("ruin.probability", 0.1, 0.4, 0.01),
        ];
        against.pays_otherwise = true;
    }
    let why = "Losses are not judged where spending or flows were edited: money paid out counts as returned.";
    let batch = samples::batch(vec![found]);
    for text in [text_of(&batch), batch.to_summary(), batch.to_page()] {
        let text = in_one_line(&text);
        assert_eq!(text.matches(why).count(), 1, "{text}");
        assert!(
            text.contains("not judged") && !text.contains("better"),
            "{text}"
        );
        assert!(text.contains("worse"), "{text}");
    }
    // power: without that edit it is
    let judged = samples::batch(vec![changed("a", Vec::new())]);
    assert!(text_of(&judged).contains("worse") && !in_one_line(&text_of(&judged)).contains(why));
}

#[test]
fn every_column_of_the_scenarios_has_a_name_of_its_own() {
    let cases = vec![changed("a", Vec::new()), with_gate("b", GateVerdict::Fail)];
    let summary = samples::batch(cases).to_summary();
    let mut lines = summary.lines();
    let heading = lines.find(|line| line.starts_with("| scenario |"));
    let names = heading.expect("a table").split('|').map(str::trim);
    let mut names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    assert!(
        names.contains(&"in baseline") && names.contains(&"against baseline"),
        "{names:?}"
    );
    names.sort_unstable();
    assert!(names.windows(2).all(|two| two[0] != two[1]), "{names:?}");
}

#[test]
fn another_value_version_is_told_apart_from_a_change() {
    let mut of_version = case("a");
    of_version.against = Some(AgainstPart {
        why: Some("the baseline is of value version 1, this program of 2".to_owned()),
        changes: vec![change("loss.probability", 0.0812, 0.0941, 0.0014)],
        ..AgainstPart::of(How::OtherVersion)
    });
    let mut batch = samples::batch(vec![of_version]);
    let text = text_of(&batch);
    assert!(
        text.contains("OTHER VERSION") && !text.contains("CHANGED"),
        "{text}"
    );
    assert!(
        in_one_line(&text).contains("without `--strict-version`"),
        "{text}"
    );
    assert_eq!(batch.version(), "value version 1, not that of the baseline");
    batch.is_version_strict = true;
    assert!(text_of(&batch).contains(": 1 other version, 0 pass.\n"));
}

#[test]
fn what_was_compared_by_its_errors_alone_is_said_to_be() {
    let mut other_seed = case("a");
    other_seed.against = Some(AgainstPart {
        why: Some("the baseline has seed 7".to_owned()),
        ..AgainstPart::of(How::Unpaired)
    });
    let text = text_of(&samples::batch(vec![other_seed]));
    assert!(text.contains(": 1 pass.\n"), "{text}");
    assert!(
        text.contains("UNPAIRED") && text.contains("  `a`: the baseline has seed 7\n"),
        "{text}"
    );
}

#[test]
fn everything_that_went_wrong_is_named_and_counted() {
    let mut batch = samples::batch(vec![
        with_gate("a", GateVerdict::Fail),
        invalid("b"),
        failed("c"),
        not_run("d"),
        not_run("e"),
    ]);
    batch.missing = (0..9).map(|n| format!("gone-{n}")).collect();
    let text = text_of(&batch);
    for expected in [
        "Not answered: 1 invalid, 1 not simulated, 2 not run, 1 FAIL, 0 pass, 9 missing.\n",
        "INVALID\n  `b.toml:18:9`: unknown key `revinue`: did you mean `revenue`?",
        "NOT SIMULATED\n  `c`: path 7 leaves the range of numbers in month 3\n",
        "NOT RUN\n  `d`: the time was up (1 more)\n",
        "`gone-5` and 3 more\n",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn a_fault_of_a_base_is_told_once_for_all_that_extend_it() {
    let fault_of_base = |id: &str| {
        let mut found = invalid(id);
        if let State::Invalid { faults } = &mut found.state {
            faults[0].place = Some(place("_base.toml", 2, 1));
        }
        found
    };
    let text = text_of(&samples::batch(vec![
        fault_of_base("a"),
        fault_of_base("b"),
        fault_of_base("c"),
    ]));
    assert_eq!(text.matches("revinue").count(), 1);
    assert!(in_one_line(&text).contains("(2 more)"), "{text}");
}
