//! What a batch leaves for CI servers and readers: every format holds whatever a file may say.
//!
//! In: batches in memory. Out: their outputs, also as files for other programs to read
//! (`.ci/consumers`). Not here: which figures are right.

mod sample;

use self::sample::{NASTY, all_well, everything};
use std::fs;
use std::path::Path;
use tailwheel::page::Rendered;
use tailwheel::report::batch::{
    Annotation, BatchReport, CHECK_SCHEMA, CasePart, CheckReport, Checked, CheckedFile, State,
    github_commands,
};
use tailwheel::report::{OUTPUTS, to_json};

/// What the annotation is about.
fn kind<'r>(annotation: &Annotation<'r>) -> &'r str {
    annotation.found.first().map_or("missing", |one| one.kind)
}

/// What `check` would say of the invalid files of the batch.
fn checked(batch: &BatchReport) -> CheckReport {
    let valid = || Checked::Valid {
        title: NASTY.to_owned(),
        assets: 1,
        months: 24,
        paths: 512,
        filled_in: 3,
        cases: 0,
        expectations: 0,
        warnings: Vec::new(),
    };
    let files = batch.cases.iter().filter(|case| !case.id.contains('='));
    let file = |case: &CasePart| {
        let result = match &case.state {
            State::Invalid { faults } => Checked::Invalid { faults: faults.clone() },
            _ => valid(),
        };
        CheckedFile { file: case.file.clone(), result }
    };
    CheckReport { schema: CHECK_SCHEMA, files: files.map(file).collect() }
}

/// Writes every output below the target folder, for programs that are not ours.
#[test]
fn outputs_are_written_for_other_programs_to_read() {
    for (name, batch) in [("everything", everything()), ("all-well", all_well())] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch-outputs").join(name);
        fs::create_dir_all(&folder).unwrap();
        let check = checked(&batch);
        let cases = serde_json::json!({ "cases": batch.cases });
        let commands = github_commands(&batch.annotations());
        for (file, text) in [
            ("batch.json", cases.to_string().into_bytes()),
            ("results.jsonl", batch.to_lines().into_bytes()),
            ("junit.xml", batch.to_junit().into_bytes()),
            ("summary.md", batch.to_summary().into_bytes()),
            ("index.html", batch.to_page().into_bytes()),
            ("github.txt", commands.into_bytes()),
            ("check.json", to_json(&check).into_bytes()),
        ] {
            fs::write(folder.join(file), text).unwrap();
        }
        for output in &OUTPUTS {
            let file = format!("{}.schema.json", output.id);
            fs::write(folder.join(file), output.schema()).unwrap();
        }
    }
}

fn text(rendered: Rendered) -> String {
    String::from_utf8(rendered.into_bytes()).unwrap()
}

#[test]
fn an_inconclusive_gate_that_is_let_through_fails_no_test() {
    for passes in [false, true] {
        let batch = BatchReport { inconclusive_passes: passes, ..everything() };
        assert_eq!(text(batch.to_junit()).contains("type=\"gate-inconclusive\""), !passes);
        let annotations = batch.annotations().into_iter();
        let are_errors = annotations.filter(|one| kind(one) == "gate-inconclusive").map(|one| one.is_error);
        assert_eq!(are_errors.collect::<Vec<_>>(), [!passes]);
    }
}

#[test]
fn the_summary_begins_with_the_verdict_and_is_short() {
    let summary = text(everything().to_summary());
    assert!(summary.starts_with("### **Not answered**"), "{summary}");
    assert!(text(all_well().to_summary()).starts_with("### **Passes**"));
    assert!(summary.len() < 20_000, "{}", summary.len());
    for table in summary.split("\n\n") {
        assert!(table.lines().filter(|line| line.starts_with('|')).count() <= 22, "{table}");
    }
    for figure in ["scenarios/matrix.toml:31:12", "`--paths` 840000", "16.0 %", "15.1 % to 16.9 %"] {
        assert!(summary.contains(figure), "{figure}");
    }
}

#[test]
fn what_stands_at_one_place_is_one_annotation() {
    let batch = everything();
    let annotations = batch.annotations();
    let of = |of: &str| annotations.iter().filter(|one| kind(one) == of).count();
    let kinds = ["gate-fails", "gate-inconclusive", "unknown-key", "changed", "failed", "missing"];
    assert_eq!(kinds.map(of), [1, 1, 1, 3, 1, 1]);
    let commands = text(github_commands(&annotations));
    assert_eq!(commands.lines().count(), annotations.len());
    for line in commands.lines() {
        assert!(line.starts_with("::error file=") && line.matches("::").count() >= 2, "{line}");
    }
    assert!(commands.contains("line=31,col=12,endLine=31,endColumn=15,title=changed"));
}

#[test]
fn the_page_needs_no_network_and_no_script() {
    let page = everything().to_page();
    for forbidden in ["<script", "http://", "https://", "//cdn", "@import", "<link"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(!page.contains("<i>d</i>"), "markup of a file is text");
    assert!(page.contains("prefers-color-scheme:dark"));
    assert!(page.contains("href=\"matrix/residence=estonia,spend=1000,lockstep=0.25/report.json\""));
    assert!(page.contains("href=\"fresh%20a%7Cb"), "links are encoded");
}
