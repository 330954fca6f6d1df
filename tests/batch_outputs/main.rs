//! What a batch leaves for CI servers and readers: every format holds whatever a file may say.
//!
//! In: batches in memory. Out: their outputs, also as files for other programs to read
//! (`.ci/consumers`). Not here: which figures are right.

mod sample;

use sample::{NASTY, all_well, everything};
use std::fs;
use std::path::Path;
use tailwheel::report::OUTPUTS;
use tailwheel::report::batch::{
    BatchReport, CheckReport, Checked, CheckedFile, Conclusion, FaultPart, State, github_commands,
    gitlab_report,
};

/// What `check` would say of the invalid files of the batch.
fn checked(batch: &BatchReport) -> CheckReport {
    let files = batch.cases.iter().filter(|case| !case.id.contains('='));
    let file = |file: &str, faults: &[FaultPart]| CheckedFile {
        file: file.to_owned(),
        result: match faults {
            [] => Checked::Valid {
                title: NASTY.to_owned(),
                assets: 1,
                months: 24,
                paths: 512,
                filled_in: 3,
                cases: 0,
                expectations: 0,
                warnings: Vec::new(),
            },
            faults => Checked::Invalid {
                faults: faults.to_vec(),
            },
        },
    };
    let files = files.map(|case| match &case.state {
        State::Invalid { faults } => file(&case.file, faults),
        _ => file(&case.file, &[]),
    });
    CheckReport::new(files.collect())
}

/// Writes every output below the target folder, for programs that are not ours.
#[test]
fn outputs_are_written_for_other_programs_to_read() {
    for (name, batch) in [("everything", everything()), ("all-well", all_well())] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("batch-outputs")
            .join(name);
        fs::create_dir_all(&folder).unwrap();
        let check = checked(&batch);
        for (file, text) in [
            (
                "batch.json",
                serde_json::json!({ "cases": batch.cases }).to_string(),
            ),
            ("results.jsonl", batch.to_lines()),
            ("junit.xml", batch.to_junit()),
            ("summary.md", batch.to_summary()),
            ("index.html", batch.to_page()),
            ("github.txt", github_commands(&batch.annotations())),
            (
                "gl-code-quality-report.json",
                gitlab_report(&batch.annotations()),
            ),
            ("check.json", check.to_json()),
            ("check.sarif", check.to_sarif()),
        ] {
            fs::write(folder.join(file), text).unwrap();
        }
        for output in &OUTPUTS {
            let file = format!("{}.schema.json", output.id);
            fs::write(folder.join(file), output.schema()).unwrap();
        }
    }
}

#[test]
fn the_worst_that_happened_decides_how_a_batch_ends() {
    let ends = |change: fn(&mut BatchReport)| {
        let mut batch = everything();
        // a scenario that is gone is a no by itself
        batch.missing.clear();
        change(&mut batch);
        batch.conclusion()
    };
    assert_eq!(all_well().conclusion(), Conclusion::Yes);
    assert_eq!(everything().conclusion(), Conclusion::Unanswered);
    let only =
        |batch: &mut BatchReport, wanted: &str| batch.cases.retain(|case| case.id.contains(wanted));
    assert_eq!(
        ends(|batch| batch.cases.retain(|case| case.id.contains("matrix"))),
        Conclusion::No
    );
    assert_eq!(
        ends(|batch| batch.cases.retain(|case| case.id == "flash-crash")),
        Conclusion::No
    );
    assert_eq!(
        ends(|batch| batch.cases.retain(|case| case.id == "luna")),
        Conclusion::Yes
    );
    assert_eq!(
        ends(|batch| batch.cases.retain(|case| case.id == "late")),
        Conclusion::Unanswered
    );
    let missing = BatchReport {
        missing: vec!["gone".to_owned()],
        ..all_well()
    };
    assert_eq!(missing.conclusion(), Conclusion::No);
    let mut strict = everything();
    strict.missing.clear();
    only(&mut strict, "luna");
    assert_eq!(strict.conclusion(), Conclusion::Yes);
    strict.is_version_strict = true;
    assert_eq!(strict.conclusion(), Conclusion::No);
    let mut edge = everything();
    edge.missing.clear();
    edge.cases
        .retain(|case| case.gates.iter().any(|gate| gate.paths_to_decide.is_some()));
    assert_eq!(edge.conclusion(), Conclusion::No);
    edge.inconclusive_passes = true;
    edge.missing.clear();
    assert_eq!(edge.conclusion(), Conclusion::Yes);
}

#[test]
fn an_inconclusive_gate_that_is_let_through_passes_and_says_so() {
    let mut batch = everything();
    let failing = batch.to_junit();
    assert!(failing.contains("type=\"gate-inconclusive\""));
    batch.inconclusive_passes = true;
    let passing = batch.to_junit();
    assert!(!passing.contains("type=\"gate-inconclusive\""));
    assert!(passing.contains("let through, as was asked\n"));
    let are_errors = |batch: &BatchReport| -> Vec<bool> {
        let of_gate = |one: &tailwheel::report::batch::Annotation| one.kind == "gate-inconclusive";
        batch
            .annotations()
            .into_iter()
            .filter(of_gate)
            .map(|one| one.is_error)
            .collect()
    };
    assert_eq!(are_errors(&batch), [false]);
    batch.inconclusive_passes = false;
    assert_eq!(are_errors(&batch), [true]);
}

#[test]
fn the_summary_begins_with_the_verdict_and_is_short() {
    let summary = everything().to_summary();
    let first = summary.lines().next().unwrap();
    assert!(
        first.starts_with("### **Not answered**: 2 invalid, 1 not simulated, 1 not run, "),
        "{first}"
    );
    assert!(
        all_well()
            .to_summary()
            .starts_with("### **Passes**: 1 pass.")
    );
    assert!(summary.len() < 20_000, "{}", summary.len());
    for table in summary.split("\n\n") {
        assert!(
            table.lines().filter(|line| line.starts_with('|')).count() <= 22,
            "{table}"
        );
    }
    assert!(summary.contains("scenarios/matrix.toml:31:12"));
    assert!(summary.contains("40,000 to 840,000 paths probably decide it"));
    assert!(
        summary.contains("| 16.0 % | [15.1 %, 16.9 %] |")
            || summary.contains("| 16.0 % | [15.1 %, 16.9 %]<br>"),
        "no digit beyond the error"
    );
    assert!(summary.contains("`crash.lockstep` 0.7 → 0.8 at `scenarios/flash-crash.toml:31:12`"));
}

#[test]
fn what_stands_at_one_place_is_one_annotation() {
    let annotations = everything().annotations();
    let of = |kind: &str| annotations.iter().filter(|one| one.kind == kind).count();
    assert_eq!((of("gate-fails"), of("gate-inconclusive")), (1, 1));
    assert_eq!((of("unknown-key"), of("changed"), of("failed")), (1, 3, 1));
    assert_eq!(of("missing"), 1);
    let commands = github_commands(&annotations);
    assert_eq!(commands.lines().count(), annotations.len());
    for line in commands.lines() {
        assert!(
            line.starts_with("::error file=") && line.matches("::").count() >= 2,
            "{line}"
        );
    }
    assert!(
        commands
            .contains("line=31,col=12,endLine=31,endColumn=15,title=changed against the baseline")
    );
}

#[test]
fn a_finding_keeps_its_fingerprint_when_it_moves_and_its_figure_changes() {
    let fingerprints = |batch: &BatchReport| -> Vec<String> {
        let report: serde_json::Value =
            serde_json::from_str(&gitlab_report(&batch.annotations())).unwrap();
        let entries = report.as_array().unwrap();
        entries
            .iter()
            .map(|entry| entry["fingerprint"].as_str().unwrap().to_owned())
            .collect()
    };
    let batch = everything();
    let mut moved = everything();
    for case in &mut moved.cases {
        for gate in &mut case.gates {
            let place = gate.place.as_mut().unwrap();
            (place.line, place.end_line) = (place.line + 5, place.end_line + 5);
            if let Some(answer) = &mut gate.answer {
                answer.value *= 1.01;
            }
        }
    }
    assert_eq!(fingerprints(&batch), fingerprints(&moved));
    let mut unique = fingerprints(&batch);
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), fingerprints(&batch).len());
}

#[test]
fn the_page_needs_no_network_and_no_script() {
    let page = everything().to_page();
    for forbidden in [
        "<script", "http://", "https://", "//cdn", "@import", "<link",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(!page.contains("<i>d</i>"), "markup of a file is text");
    assert!(page.contains("prefers-color-scheme:dark"));
    assert!(
        page.contains("href=\"matrix/residence=estonia,spend=1000,lockstep=0.25/report.json\"")
    );
    assert!(page.contains("href=\"fresh%20a%7Cb"), "links are encoded");
}

#[test]
fn the_same_batch_gives_the_same_bytes() {
    let (one, other) = (everything(), everything());
    assert_eq!(one.to_page(), other.to_page());
    assert_eq!(one.to_junit(), other.to_junit());
    assert_eq!(one.to_summary(), other.to_summary());
}
