//! Every output of a batch says the same of each scenario.
//!
//! In: a batch with everything that can become of a scenario. Out: tests. Not here: how an output says
//! it.

use super::samples::{self, case, change, edit, failed, gate, gate_edit, invalid, not_run, place};
use super::{AgainstPart, BatchReport, CasePart, GateVerdict, How, Standing};
use std::collections::BTreeMap;

/// One letter each, so that an output can be searched for it.
fn mixed() -> BatchReport {
    let of = |id: &str, verdicts: &[GateVerdict], against: AgainstPart| {
        let mut made = case(id);
        for (number, verdict) in verdicts.iter().enumerate() {
            let mut asked = gate(&format!("{id}-gate-{number}"), *verdict);
            asked.place = Some(place(&made.file, 40 + number, 9));
            made.gates.push(asked);
        }
        made.against = Some(against);
        made
    };
    let changes = || vec![change("loss.probability", 0.1, 0.2, 0.01)];
    let held = |how: How, changes: Vec<_>| AgainstPart {
        why: Some("the baseline is of another kind".to_owned()),
        changes,
        ..AgainstPart::of(how)
    };
    let paired = |id: &str, changes: Vec<_>| AgainstPart {
        changes,
        edits: vec![edit("crash.lockstep", "0.7", "0.8", place(id, 3, 1))],
        ..AgainstPart::of(How::Paired)
    };
    let equal = || AgainstPart::of(How::Same);
    let loosened = |mut made: CasePart, below: f64| {
        let at = place(&made.file, 44, 9);
        made.gate_edits.push(gate_edit("x", below, at));
        made
    };
    let (pass, fail) = (GateVerdict::Pass, GateVerdict::Fail);
    let open = GateVerdict::Inconclusive;
    samples::batch(vec![
        of("ca", &[pass], equal()),
        of("cb", &[pass, fail, open], equal()),
        of("cc", &[GateVerdict::Absent], AgainstPart::of(How::New)),
        of("cd", &[open], equal()),
        of("ce", &[open, pass], paired("ce.toml", changes())),
        of("cf", &[pass], paired("cf.toml", Vec::new())),
        of("cg", &[], held(How::Same, changes())),
        of("ch", &[pass], held(How::Apart, Vec::new())),
        of("ci", &[pass], held(How::OtherVersion, changes())),
        of("cj", &[pass], held(How::OtherVersion, Vec::new())),
        of("ck", &[pass], held(How::Unpaired, changes())),
        of("cl", &[pass], held(How::Unpaired, Vec::new())),
        loosened(of("cm", &[pass], equal()), 0.1),
        loosened(of("cn", &[pass], paired("cn.toml", changes())), 0.1),
        loosened(of("co", &[fail], equal()), 0.1),
        of("cp", &[pass], equal()),
        of("cq", &[], AgainstPart::of(How::New)),
        invalid("cr"),
        failed("cs"),
        not_run("ct"),
        of("cu", &[fail], held(How::OtherVersion, changes())),
    ])
}

type Verdicts = BTreeMap<String, Standing>;

/// The worst that `found` says of each case.
fn worst(batch: &BatchReport, found: impl IntoIterator<Item = (String, Standing)>) -> Verdicts {
    let ids = batch.cases.iter().map(|case| case.id.clone());
    let mut verdicts: Verdicts = ids.map(|id| (id, Standing::Pass)).collect();
    for (id, standing) in found {
        let known = verdicts.get_mut(&id).expect("a scenario of the batch");
        *known = standing.max(*known);
    }
    verdicts
}

fn of_results(batch: &BatchReport) -> Verdicts {
    let all = Standing::ALL;
    let text = batch.to_lines();
    let lines = text.lines().skip(1).map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let is_meant = |one: &Standing| serde_json::json!(one) == value["verdict"];
        let standing = all.into_iter().find(is_meant);
        let id = value["id"].as_str().expect("an id");
        (id.to_owned(), standing.expect("a known word"))
    });
    worst(batch, lines)
}

fn of_page(batch: &BatchReport) -> Verdicts {
    let page = batch.to_page();
    let (_, rest) = page.split_once("<h2>Scenarios</h2>").expect("a table");
    let (table, _) = rest.split_once("<h2>").unwrap_or((rest, ""));
    let rows = table
        .split("<tr>")
        .skip(1)
        .filter(|row| row.contains("<wbr>"));
    let rows = rows.map(|row| {
        let (id, rest) = row.split_once("<wbr>").expect("an id");
        let id = id.rsplit('>').next().expect("an id").to_owned();
        let (_, rest) = rest.split_once("<span class=").expect("a word");
        let word = rest.split(['>', '<']).nth(1).expect("a word");
        let standing = match word {
            "pass" | "no gate" => Standing::Pass,
            "other version" => Standing::OtherVersion,
            "changed" => Standing::Changed,
            "loosened" => Standing::Loosened,
            "inconclusive" => Standing::Inconclusive,
            "FAIL" => Standing::Fail,
            "not run" => Standing::NotRun,
            "not simulated" => Standing::Failed,
            "invalid" => Standing::Invalid,
            other => panic!("{other}"),
        };
        (id, standing)
    });
    worst(batch, rows)
}

fn of_junit(batch: &BatchReport) -> Verdicts {
    let text = batch.to_junit();
    let tests = text.split("<testcase ").skip(1).map(|test| {
        let after = |mark: &str| test.split_once(mark).map(|(_, rest)| rest);
        let id = after("classname=\"").expect("a class");
        let id = id.split('"').next().expect("an id").to_owned();
        let kind = after("<failure ").or_else(|| after("<error "));
        let kind = kind.and_then(|rest| rest.split_once(" type=\""));
        let standing = match kind.map(|(_, rest)| rest.split('"').next().expect("a word")) {
            None if test.contains("<skipped ") => Standing::NotRun,
            None => Standing::Pass,
            Some("gate-fails" | "gate-absent") => Standing::Fail,
            Some("gate-inconclusive") => Standing::Inconclusive,
            Some("changed") => Standing::Changed,
            Some("gate-loosened") => Standing::Loosened,
            Some("version") => Standing::OtherVersion,
            Some("invalid") => Standing::Invalid,
            Some("failed") => Standing::Failed,
            Some(other) => panic!("{other}"),
        };
        (id, standing)
    });
    worst(batch, tests)
}

fn of_annotations(batch: &BatchReport) -> Verdicts {
    let found = batch.annotations().into_iter().map(|annotation| {
        let standing = match annotation.kind.as_str() {
            "not-run" => Standing::NotRun,
            _ if !annotation.is_error => Standing::Pass,
            "gate-fails" | "gate-absent" => Standing::Fail,
            "gate-inconclusive" => Standing::Inconclusive,
            "gate-loosened" => Standing::Loosened,
            "changed" => Standing::Changed,
            "version" => Standing::OtherVersion,
            "failed" => Standing::Failed,
            _ => Standing::Invalid,
        };
        let id = annotation.file.strip_suffix(".toml").expect("a scenario");
        (id.to_owned(), standing)
    });
    worst(batch, found)
}

fn of_summary(batch: &BatchReport) -> Verdicts {
    let text = batch.to_summary();
    let mut found = Vec::new();
    for section in text.split("\n#### ").skip(1) {
        let (heading, rest) = section.split_once('\n').expect("a topic");
        if heading == "SCENARIOS" {
            continue;
        }
        let rest = rest.split("<details>").next().unwrap_or(rest);
        let is_let_through = rest.contains("let through");
        for case in &batch.cases {
            let is_named = rest.contains(&format!("`{}`", case.id));
            if !is_named && !rest.contains(&format!("`{}:", case.file)) {
                continue;
            }
            let standing = match heading {
                "INVALID" => Standing::Invalid,
                "NOT SIMULATED" => Standing::Failed,
                "NOT RUN" => Standing::NotRun,
                "FAIL" => Standing::Fail,
                _ if is_let_through => Standing::Pass,
                "INCONCLUSIVE" => Standing::Inconclusive,
                "CHANGED" => Standing::Changed,
                "LOOSENED" => Standing::Loosened,
                "OTHER VERSION" => Standing::OtherVersion,
                "EDITED" | "UNPAIRED" | "NEW" | "MISSING" => Standing::Pass,
                other => panic!("{other}"),
            };
            found.push((case.id.clone(), standing));
        }
    }
    worst(batch, found)
}

/// How many scenarios the first sentence of the screen counts under a word.
fn on_the_screen(batch: &BatchReport, word: &str) -> usize {
    let text = batch.screen(false).to_text(80).replace('\n', " ");
    let (_, counts) = text.split_once(": ").expect("an ending");
    let (counts, _) = counts.split_once('.').expect("a sentence");
    let mut found = counts.split(',').filter_map(|part| {
        let (n, of) = part.trim().split_once(' ')?;
        (of.trim() == word).then(|| n.parse().expect("a number"))
    });
    found.next().unwrap_or(0)
}

#[test]
fn one_verdict_of_each_scenario_stands_in_all_outputs() {
    for (inconclusive_passes, is_version_strict) in
        [(false, false), (true, false), (false, true), (true, true)]
    {
        let batch = BatchReport {
            inconclusive_passes,
            is_version_strict,
            ..mixed()
        };
        let cases = batch.cases.iter();
        let expected: Verdicts = cases
            .map(|case| (case.id.clone(), batch.standing(case)))
            .collect();
        assert_eq!(of_results(&batch), expected, "results.jsonl");
        assert_eq!(of_page(&batch), expected, "index.html");
        assert_eq!(of_junit(&batch), expected, "junit.xml");
        assert_eq!(of_annotations(&batch), expected, "annotations");
        assert_eq!(of_summary(&batch), expected, "summary.md");
        for standing in Standing::ALL {
            let n = expected.values().filter(|found| **found == standing);
            let word = standing.word();
            assert_eq!(on_the_screen(&batch, word), n.count(), "{word}");
        }
    }
}

#[test]
fn what_moved_under_another_value_version_is_never_said_not_to_have_changed() {
    let moved = |id: &str| {
        let mut made = case(id);
        made.against = Some(AgainstPart {
            why: Some("the baseline is of value version 1".to_owned()),
            changes: vec![change("loss.probability", 0.1, 0.2, 0.01)],
            ..AgainstPart::of(How::OtherVersion)
        });
        made
    };
    let batch = samples::batch(vec![moved("a")]);
    for (output, text) in [
        ("page", batch.to_page()),
        ("summary", batch.to_summary()),
        ("screen", batch.screen(false).to_text(80)),
        ("junit", batch.to_junit()),
    ] {
        assert!(text.contains("loss.") && text.contains("20.0"), "{output}");
        assert!(!text.contains("No figure changed."), "{output}: {text}");
        assert!(!text.contains("nothing changed"), "{output}: {text}");
    }
}
