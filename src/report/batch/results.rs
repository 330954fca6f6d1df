//! Results of a batch as JSON lines: a head, then one line for each scenario.
//!
//! In: a [`BatchReport`]. Out: its text; from a text, the report or a fault; one report merged from shards.
//! Not here: files (`cli`).

use super::lines::{FileKind, LineFault, Lines, Sealed, line};
use super::{BATCH_SCHEMA, BatchReport, CasePart, Status};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

const KIND: FileKind = FileKind {
    schema: BATCH_SCHEMA,
    name: "result of a batch",
    writer: "batch",
    remedy: "run the batch or its shard again",
};

/// First line of `results.jsonl`: the batch without its scenarios.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Head {
    #[serde(flatten)]
    report: BatchReport,
    /// Number of scenario lines that follow, so that a truncated file is detected.
    n_cases: usize,
}

/// Line of one scenario, with its status.
#[derive(Serialize, JsonSchema)]
struct CaseLine<'a> {
    #[serde(flatten)]
    case: &'a CasePart,
    /// Status of the scenario: the worst of its findings.
    verdict: Status,
}

/// Returns the JSON Schema of a line of `results.jsonl`.
pub fn results_lines(generator: &mut SchemaGenerator) -> Schema {
    let head = generator.subschema_for::<Sealed<Head>>();
    json_schema!({ "oneOf": [head, generator.subschema_for::<Sealed<CaseLine<'_>>>()] })
}

/// Reason why shards cannot be merged. Shards have the names that they were given with.
#[derive(Debug, PartialEq, Eq)]
pub enum NotMerged {
    Empty,
    /// A batch that was not divided.
    Whole(String),
    Twice {
        names: [String; 2],
        number: u32,
    },
    /// The first lines differ in `key`.
    Apart {
        names: [String; 2],
        key: String,
    },
    /// Both have the scenario `id`.
    Shared {
        names: [String; 2],
        id: String,
    },
}

impl fmt::Display for NotMerged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is nothing to merge"),
            Self::Whole(name) => write!(f, "{name} is a whole batch, not a shard of one"),
            Self::Twice { names: [a, b], number } => write!(f, "{a} and {b} are both shard {number}"),
            Self::Apart { names: [a, b], key } => {
                write!(f, "{a} and {b} are not of one batch: they differ in `{key}`")
            }
            Self::Shared { names: [a, b], id } => write!(f, "the scenario {id} is in {a} and in {b}"),
        }
    }
}

impl std::error::Error for NotMerged {}

impl BatchReport {
    /// Returns the text of `results.jsonl`.
    pub fn to_lines(&self) -> String {
        let mut text = line(&Head { report: self.without_cases(), n_cases: self.cases.len() });
        for case in &self.cases {
            let verdict = self.status(case);
            text.push_str(&line(&CaseLine { case, verdict }));
        }
        text
    }

    fn without_cases(&self) -> Self {
        let cases = Vec::new();
        Self { cases, ..self.clone() }
    }

    /// Parses lines that [`BatchReport::to_lines`] wrote; an error names the line.
    pub fn from_lines(text: &str) -> Result<Self, LineFault> {
        let mut lines = Lines::new(text, &KIND)?;
        let Head { mut report, n_cases } = lines.first()?;
        let mut last = 1;
        while let Some((number, case)) = lines.next_line()? {
            report.cases.push(case);
            last = number;
        }
        match report.cases.len() {
            n if n == n_cases => Ok(report),
            n => Err(LineFault::new(last, format_args!("it ends after {n} of {n_cases} scenarios"))),
        }
    }

    /// Merges shards, each given with its name for messages. Complete shards give exactly the report of the
    /// undivided batch. Otherwise, the report lists the missing shards.
    ///
    /// Fails unless they are different shards of one batch.
    pub fn merge(shards: &[(String, Self)]) -> Result<Self, NotMerged> {
        let Some((first_name, first)) = shards.first() else {
            return Err(NotMerged::Empty);
        };
        let mut names: BTreeMap<u32, &String> = BTreeMap::new();
        let mut n_shards = 0;
        for (name, shard) in shards {
            let Some([number, of]) = shard.shard else {
                return Err(NotMerged::Whole(name.clone()));
            };
            refuse_strangers(first_name, first, name, shard)?;
            n_shards = of;
            if let Some(other) = names.insert(number, name) {
                return Err(NotMerged::Twice { names: [other.clone(), name.clone()], number });
            }
        }
        let missing_shards = (1..=n_shards).filter(|number| !names.contains_key(number));
        let mut merged =
            Self { shard: None, missing_shards: missing_shards.collect(), ..first.without_cases() };
        let mut owners: BTreeMap<&str, &String> = BTreeMap::new();
        for (name, shard) in shards {
            for case in &shard.cases {
                if let Some(other) = owners.insert(&case.id, name) {
                    return Err(NotMerged::Shared {
                        names: [other.clone(), name.clone()],
                        id: case.id.clone(),
                    });
                }
                merged.cases.push(case.clone());
            }
        }
        merged.cases.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(merged)
    }
}

/// Refuses a shard of another batch: the first lines of both must be equal, except for the shard number.
fn refuse_strangers(
    first_name: &str,
    first: &BatchReport,
    name: &str,
    shard: &BatchReport,
) -> Result<(), NotMerged> {
    let head = |report: &BatchReport| {
        let of = report.shard.map(|[_, of]| [0, of]);
        let report = BatchReport { shard: of, ..report.without_cases() };
        serde_json::to_value(report).expect("a head has text keys and plain values")
    };
    let (before, here) = (head(first), head(shard));
    let mut keys = before.as_object().into_iter().chain(here.as_object()).flat_map(|object| object.keys());
    match keys.find(|key| before.get(key) != here.get(key)) {
        None => Ok(()),
        Some(key) => Err(NotMerged::Apart { names: [first_name, name].map(str::to_owned), key: key.clone() }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, case, failed, gate, invalid, not_run};
    use super::super::{GateVerdict, How};
    use super::*;

    type Named = Vec<(String, BatchReport)>;
    type Change = fn(&mut Named);

    fn whole() -> BatchReport {
        let mut batch =
            samples::batch(vec![case("a"), invalid("b"), failed("c"), not_run("d"), case("m/x=1,y=2")]);
        batch.cases[0].gates = vec![gate("g", GateVerdict::Pass), gate("h", GateVerdict::Absent)];
        let changes = vec![samples::change("loss.probability", 0.1 + 0.2, 0.2, 1e-3)];
        let edits = vec![samples::edit("crash.lockstep", "0.7", "0.8", samples::place("a.toml", 3, 1))];
        batch.cases[0].against = samples::changed("a", How::Unpaired, changes, edits).against;
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
        let read = BatchReport::from_lines(&text).expect("its own lines");
        assert_eq!(read, batch);
        assert_eq!(read.to_lines(), text);
    }

    #[test]
    fn lines_of_another_version_are_refused() {
        let text = whole().to_lines();
        let other = samples::sealed(&text.replace(BATCH_SCHEMA, "tailwheel-batch/2"));
        assert!(BatchReport::from_lines(&other).is_err());
    }

    #[test]
    fn a_file_that_was_cut_off_is_found_out() {
        let text = whole().to_lines();
        let fault = |text: &str| BatchReport::from_lines(text).expect_err("cut off").to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(fault(&lines[..4].join("\n")), "line 4: it ends after 3 of 5 scenarios");
        assert_eq!(fault(&text[..text.len() - 9]), "line 6: the line is cut off");
        assert!(
            fault("{\"schema\":\"tailwheel-baseline/2\"}\n")
                .contains("a result of a batch is tailwheel-batch/3")
        );
    }

    #[test]
    fn no_byte_can_be_another_and_no_line_be_without_its_checksum() {
        let text = whole().to_lines();
        samples::assert_every_bit_counts(&text, |text| BatchReport::from_lines(text).is_ok());
        let line = text.lines().nth(1).expect("a case");
        let (body, _) = line.rsplit_once(",\"check\"").expect("a checksum");
        let without = text.replace(line, &format!("{body}}}"));
        let fault = BatchReport::from_lines(&without).expect_err("no checksum");
        assert_eq!(
            fault.to_string(),
            "line 2: it has no checksum: an earlier version wrote it, or it was written by hand; run \
             the batch or its shard again"
        );
    }

    #[test]
    fn shards_that_do_not_belong_together_are_refused() {
        let apart = |shard: u32, key: &str| {
            format!("1.jsonl and {shard}.jsonl are not of one batch: they differ in `{key}`")
        };
        let changes: [(Change, String); 6] = [
            (|shards| shards[1].1.shard = Some([1, 3]), "1.jsonl and 2.jsonl are both shard 1".to_owned()),
            (|shards| shards[2].1.value_version = 9, apart(3, "value_version")),
            (|shards| shards[2].1.shard = Some([3, 4]), apart(3, "shard")),
            (|shards| shards[1].1.baseline = None, apart(2, "baseline")),
            (|shards| shards[0].1.shard = None, "1.jsonl is a whole batch, not a shard of one".to_owned()),
            (
                |shards| {
                    let case = shards[0].1.cases[0].clone();
                    shards[1].1.cases.push(case);
                },
                "the scenario a is in 1.jsonl and in 2.jsonl".to_owned(),
            ),
        ];
        for (change, said) in changes {
            let mut shards = shards(3);
            change(&mut shards);
            assert_eq!(BatchReport::merge(&shards).expect_err("refused").to_string(), said);
        }
        assert_eq!(BatchReport::merge(&[]), Err(NotMerged::Empty));
    }
}
