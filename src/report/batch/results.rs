//! A batch as JSON lines: one that says what it is, then one for each scenario.
//!
//! In: a [`BatchReport`]. Out: text, and the report of a text or what is wrong with it; one report of
//! all its shards. Not here: files (`cli`).

use super::lines::{LineFault, Lines, line};
use super::{BATCH_SCHEMA, BatchReport, CasePart};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The first line: everything but the cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Head {
    schema: String,
    value_version: u32,
    shard: Option<[u32; 2]>,
    n_files: usize,
    suite: String,
    #[serde(default)]
    n_scenarios: usize,
    baseline: Option<String>,
    inconclusive_passes: bool,
    is_version_strict: bool,
    missing: Vec<String>,
    /// Lines that follow: a file that was cut off is found out.
    n_cases: usize,
}

/// A scenario, and what it comes to.
#[derive(Serialize)]
struct CaseLine<'a> {
    #[serde(flatten)]
    case: &'a CasePart,
    verdict: &'static str,
}

impl Head {
    fn of(report: &BatchReport) -> Self {
        Self {
            schema: report.schema.clone(),
            value_version: report.value_version,
            shard: report.shard,
            n_files: report.n_files,
            suite: report.suite.clone(),
            n_scenarios: report.n_scenarios,
            baseline: report.baseline.clone(),
            inconclusive_passes: report.inconclusive_passes,
            is_version_strict: report.is_version_strict,
            missing: report.missing.clone(),
            n_cases: report.cases.len(),
        }
    }
}

impl BatchReport {
    /// The bytes of `results.jsonl`.
    pub fn to_lines(&self) -> String {
        let mut text = line(&Head::of(self));
        for case in &self.cases {
            let verdict = self.standing(case).id();
            text.push_str(&line(&CaseLine { case, verdict }));
        }
        text
    }

    /// What was written by [`BatchReport::to_lines`] to the file `name`; errors name file and line.
    pub fn from_lines(text: &str, name: &str) -> Result<Self, String> {
        Self::read(text).map_err(|fault| format!("{name}: {fault}"))
    }

    fn read(text: &str) -> Result<Self, LineFault> {
        let name = [
            "result of a batch",
            "batch",
            "run the batch or its shard again",
        ];
        let mut lines = Lines::new(text, BATCH_SCHEMA, name)?;
        let head = lines.head.clone();
        let head: Head = serde_json::from_value(head).map_err(|error| fault(1, error))?;
        let mut cases: Vec<CasePart> = Vec::with_capacity(head.n_cases.min(1 << 16));
        let mut last = 1;
        while let Some((number, value)) = lines.next()? {
            cases.push(serde_json::from_value(value).map_err(|error| fault(number, error))?);
            last = number;
        }
        if cases.len() != head.n_cases {
            let message = format!(
                "it ends after {} of {} scenarios",
                cases.len(),
                head.n_cases
            );
            return Err(LineFault {
                line: last,
                message,
            });
        }
        Ok(Self {
            schema: head.schema,
            value_version: head.value_version,
            shard: head.shard,
            n_files: head.n_files,
            suite: head.suite,
            n_scenarios: head.n_scenarios,
            baseline: head.baseline,
            inconclusive_passes: head.inconclusive_passes,
            is_version_strict: head.is_version_strict,
            cases,
            missing: head.missing,
        })
    }

    /// One report of all shards of a batch, each with the name it is told by: the very report of the
    /// batch that was not divided.
    ///
    /// Errors if they are not all shards of one batch, each of them once.
    pub fn merge(shards: &[(String, Self)]) -> Result<Self, String> {
        let Some((first_name, first)) = shards.first() else {
            return Err("there is nothing to merge".to_owned());
        };
        let Some([_, n_shards]) = first.shard else {
            return Err(format!("{first_name} is a whole batch, not a shard of one"));
        };
        let mut names: BTreeMap<u32, &String> = BTreeMap::new();
        for (name, shard) in shards {
            let number = number_of(name, shard, first_name, first)?;
            if let Some(other) = names.insert(number, name) {
                return Err(format!("{other} and {name} are both shard {number}"));
            }
        }
        let missing: Vec<String> = (1..=n_shards)
            .filter(|number| !names.contains_key(number))
            .map(|number| number.to_string())
            .collect();
        if !missing.is_empty() {
            let s = if missing.len() == 1 { "" } else { "s" };
            return Err(format!(
                "shard{s} {} of {n_shards} missing",
                missing.join(", ")
            ));
        }
        let mut merged = Self {
            shard: None,
            cases: Vec::new(),
            ..first.clone()
        };
        let mut owners: BTreeMap<&str, &String> = BTreeMap::new();
        for (name, shard) in shards {
            for case in &shard.cases {
                if let Some(other) = owners.insert(&case.id, name) {
                    return Err(format!(
                        "the scenario {} is in {other} and in {name}",
                        case.id
                    ));
                }
                merged.cases.push(case.clone());
            }
        }
        merged.cases.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(merged)
    }
}

/// Enough of a digest to tell it from another.
fn short(digest: &str) -> String {
    digest.chars().take(8).collect()
}

/// The number of a shard that is of the same batch as the first.
fn number_of(
    name: &str,
    shard: &BatchReport,
    first_name: &str,
    first: &BatchReport,
) -> Result<u32, String> {
    let differs = |what: &str, here: &str, there: &str| {
        Err(format!(
            "{first_name} and {name} are not of one batch: {what} {there} and {here}"
        ))
    };
    let name_of = |baseline: &Option<String>| baseline.clone().unwrap_or("none".to_owned());
    let Some([number, of]) = shard.shard else {
        return Err(format!("{name} is a whole batch, not a shard of one"));
    };
    let pairs = [
        (
            "value version",
            first.value_version.to_string(),
            shard.value_version.to_string(),
        ),
        (
            "shards",
            first.shard.map_or(0, |[_, of]| of).to_string(),
            of.to_string(),
        ),
        (
            "files",
            first.n_files.to_string(),
            shard.n_files.to_string(),
        ),
        ("scenarios", short(&first.suite), short(&shard.suite)),
        (
            "scenarios",
            first.n_scenarios.to_string(),
            shard.n_scenarios.to_string(),
        ),
        (
            "baseline",
            name_of(&first.baseline),
            name_of(&shard.baseline),
        ),
        (
            "--inconclusive pass",
            first.inconclusive_passes.to_string(),
            shard.inconclusive_passes.to_string(),
        ),
        (
            "--strict-version",
            first.is_version_strict.to_string(),
            shard.is_version_strict.to_string(),
        ),
        (
            "missing scenarios",
            first.missing.join(", "),
            shard.missing.join(", "),
        ),
    ];
    for (what, there, here) in &pairs {
        if there != here {
            return differs(what, here, there);
        }
    }
    Ok(number)
}

fn fault(line: usize, error: serde_json::Error) -> LineFault {
    LineFault {
        line,
        message: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, case, failed, gate, invalid, not_run};
    use super::super::{AgainstPart, GateVerdict};
    use super::*;

    type Named = Vec<(String, BatchReport)>;

    fn whole() -> BatchReport {
        let mut batch = samples::batch(vec![
            case("a"),
            invalid("b"),
            failed("c"),
            not_run("d"),
            case("m/x=1,y=2"),
        ]);
        batch.cases[0].gates = vec![gate("g", GateVerdict::Pass), gate("h", GateVerdict::Absent)];
        batch.cases[0].against = Some(AgainstPart::Paired {
            is_again: false,
            changes: vec![samples::change("loss.probability", 0.1 + 0.2, 0.2, 1e-3)],
            edits: vec![samples::edit(
                "crash.lockstep",
                "0.7",
                "0.8",
                samples::place("a.toml", 3, 1),
            )],
        });
        batch.missing = vec!["gone".to_owned()];
        batch
    }

    fn shards(n: u32) -> Vec<(String, BatchReport)> {
        let whole = whole();
        let shard = |number: u32| {
            let mut shard = whole.clone();
            shard.shard = Some([number, n]);
            let mut index = 0;
            shard.cases.retain(|_| {
                index += 1;
                index % n == number % n
            });
            (format!("{number}.jsonl"), shard)
        };
        (1..=n).map(shard).collect()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let batch = whole();
        let text = batch.to_lines();
        assert_eq!(text.lines().count(), 6);
        let read = BatchReport::read(&text).expect("its own lines");
        assert_eq!(read, batch);
        assert_eq!(read.to_lines(), text);
    }

    #[test]
    fn merged_shards_are_the_batch_that_was_not_divided_to_the_byte() {
        for n in 1..=3 {
            let mut shards: Vec<_> = shards(n)
                .into_iter()
                .map(|(name, shard)| {
                    (
                        name,
                        BatchReport::from_lines(&shard.to_lines(), "s").expect("lines"),
                    )
                })
                .collect();
            shards.reverse();
            let merged = BatchReport::merge(&shards).expect("all of them");
            assert_eq!(merged.to_lines(), whole().to_lines());
        }
    }

    #[test]
    fn a_file_that_was_cut_off_is_found_out() {
        let text = whole().to_lines();
        let fault = |text: &str| BatchReport::read(text).expect_err("cut off").to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            fault(&lines[..4].join("\n")),
            "line 4: it ends after 3 of 5 scenarios"
        );
        assert_eq!(
            fault(&text[..text.len() - 9]),
            "line 6: the line is cut off"
        );
        assert!(
            fault("{\"schema\":\"tailwheel-baseline/1\"}\n")
                .contains("a result of a batch is tailwheel-batch/1")
        );
    }

    #[test]
    fn no_byte_can_be_another_and_no_line_be_without_its_checksum() {
        let text = whole().to_lines();
        let is_refused = |bytes: Vec<u8>| match String::from_utf8(bytes) {
            Ok(text) => BatchReport::read(&text).is_err(),
            Err(_) => true,
        };
        assert!(!is_refused(text.clone().into_bytes()));
        for index in 0..text.len() {
            for bit in 0..8 {
                let mut bytes = text.clone().into_bytes();
                bytes[index] ^= 1 << bit;
                assert!(is_refused(bytes), "bit {bit} of byte {index}");
            }
        }
        let line = text.lines().nth(1).expect("a case");
        let (body, _) = line.rsplit_once(",\"check\"").expect("a checksum");
        let without = text.replace(line, &format!("{body}}}"));
        let fault = BatchReport::read(&without).expect_err("no checksum");
        assert_eq!(
            fault.to_string(),
            "line 2: it has no checksum: an earlier version wrote it, or it was written by hand; run \
             the batch or its shard again"
        );
    }

    #[test]
    fn shards_that_do_not_belong_together_are_refused() {
        let refused = |change: &dyn Fn(&mut Named)| {
            let mut shards = shards(3);
            change(&mut shards);
            BatchReport::merge(&shards).expect_err("refused")
        };
        let said = refused(&|shards| drop(shards.remove(1)));
        assert_eq!(said, "shard 2 of 3 missing");
        let said = refused(&|shards| shards[1].1.shard = Some([1, 3]));
        assert_eq!(said, "1.jsonl and 2.jsonl are both shard 1");
        let said = refused(&|shards| shards[2].1.value_version = 9);
        assert_eq!(
            said,
            "1.jsonl and 3.jsonl are not of one batch: value version 1 and 9"
        );
        let said = refused(&|shards| shards[2].1.shard = Some([3, 4]));
        assert_eq!(
            said,
            "1.jsonl and 3.jsonl are not of one batch: shards 3 and 4"
        );
        let said = refused(&|shards| shards[1].1.baseline = None);
        assert!(
            said.ends_with("baseline ci/baseline.jsonl and none"),
            "{said}"
        );
        let said = refused(&|shards| shards[0].1.shard = None);
        assert_eq!(said, "1.jsonl is a whole batch, not a shard of one");
        let said = refused(&|shards| {
            let case = shards[0].1.cases[0].clone();
            shards[1].1.cases.push(case);
        });
        assert_eq!(said, "the scenario a is in 1.jsonl and in 2.jsonl");
        assert_eq!(
            BatchReport::merge(&[]),
            Err("there is nothing to merge".to_owned())
        );
    }
}
