//! A baseline as JSON lines: one for each scenario, sorted, so that a change of one is a change of a
//! line.
//!
//! In: [`Baseline`]. Out: text, and the baseline of a text or what is wrong with it. Not here: files
//! (`cli`).

use super::super::lines::{LineFault, Lines, Sealed, line};
use super::patch;
use super::{Baseline, Entry};
use crate::page::PROGRAM;
use crate::units::Paths;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Version of the format.
pub const BASELINE_SCHEMA: &str = "tailwheel-baseline/1";

/// A baseline that cannot be read is not written over: what it has of other scenarios would be lost.
const REMEDY: &str = "take the file from version control, or remove it and write it anew with \
                      `tailwheel batch --update-baseline`";

/// The first line.
#[derive(Serialize, JsonSchema)]
struct Head {
    #[schemars(extend("const" = BASELINE_SCHEMA))]
    schema: &'static str,
    program: &'static str,
    /// Lines with an id that follow: one that was lost is found out.
    n_scenarios: usize,
}

/// The line of a file with many cases.
#[derive(Serialize, Deserialize, JsonSchema)]
struct CommonLine {
    file: String,
    keys: Value,
}

/// The line of a scenario, with what it was written as, or beyond the line of its file only what it sets.
#[derive(Serialize, Deserialize, JsonSchema)]
struct EntryLine {
    id: String,
    #[serde(flatten)]
    entry: Entry,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    set: Option<Value>,
}

/// The schema of a line of a baseline.
pub fn baseline_lines(generator: &mut SchemaGenerator) -> Schema {
    let head = generator.subschema_for::<Sealed<Head>>();
    let common = generator.subschema_for::<Sealed<CommonLine>>();
    json_schema!({ "oneOf": [head, common, generator.subschema_for::<Sealed<EntryLine>>()] })
}

impl Baseline {
    /// The same bytes for the same baseline.
    pub fn to_lines(&self) -> String {
        let mut text = line(&Head {
            schema: BASELINE_SCHEMA,
            program: PROGRAM,
            n_scenarios: self.entries.len(),
        });
        let mut written = BTreeSet::new();
        for (id, entry) in &self.entries {
            let common = self.commons.get(&entry.file);
            if let Some(keys) = common.filter(|_| written.insert(&entry.file)) {
                let (file, keys) = (entry.file.clone(), keys.clone());
                text.push_str(&line(&CommonLine { file, keys }));
            }
            text.push_str(&line(&entry_line(id, entry, common)));
        }
        text
    }

    /// What was written by [`Baseline::to_lines`]; keys that this version does not know are ignored.
    pub fn from_lines(text: &str) -> Result<Self, LineFault> {
        let name = ["baseline", "batch --update-baseline", REMEDY];
        let mut lines = Lines::new(text, BASELINE_SCHEMA, name)?;
        let mut baseline = Self::default();
        while let Some((number, value)) = lines.next()? {
            let fault = |message: String| LineFault {
                line: number,
                message,
            };
            if value.get("id").is_none() {
                let common: CommonLine = read(value).map_err(fault)?;
                if baseline.commons.contains_key(&common.file) {
                    return Err(fault(format!("a second line for the file {}", common.file)));
                }
                baseline.commons.insert(common.file, common.keys);
                continue;
            }
            let line: EntryLine = read(value).map_err(fault)?;
            let id = line.id.clone();
            let entry = entry(line, &baseline.commons).map_err(fault)?;
            if baseline.entries.insert(id.clone(), entry).is_some() {
                return Err(fault(format!("a second line for the scenario {id}")));
            }
        }
        match number_fault(&lines.head, baseline.entries.len()) {
            Some(message) => Err(LineFault { line: 1, message }),
            None => Ok(baseline),
        }
    }
}

/// What is wrong with the number of scenarios that the first line says, if there are `n`.
fn number_fault(head: &Value, n: usize) -> Option<String> {
    match head.get("n_scenarios").and_then(Value::as_u64) {
        None => Some(format!(
            "it does not say how many scenarios follow, so that none could be missed: an earlier \
             version wrote it; {REMEDY}"
        )),
        Some(said) if said != n as u64 => Some(format!(
            "{said} scenarios should follow, and {n} do: a line was lost, or two versions were \
             merged; {REMEDY}"
        )),
        Some(_) => None,
    }
}

fn read<T: for<'d> Deserialize<'d>>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}

fn entry_line(id: &str, entry: &Entry, common: Option<&Value>) -> EntryLine {
    let set = common.and_then(|common| patch::between(common, &entry.keys));
    let keys = match set {
        Some(_) => Value::Null,
        None => entry.keys.clone(),
    };
    EntryLine {
        id: id.to_owned(),
        entry: Entry {
            keys,
            ..entry.clone()
        },
        set,
    }
}

fn entry(line: EntryLine, commons: &BTreeMap<String, Value>) -> Result<Entry, String> {
    let EntryLine { mut entry, set, .. } = line;
    match (entry.keys.is_null(), set) {
        (false, None) => {}
        (true, Some(set)) => {
            let file = &entry.file;
            let common = commons.get(file);
            let common = common.ok_or_else(|| {
                format!("{file} has no line of its own before those of its cases")
            })?;
            entry.keys = patch::apply(common, &set)
                .ok_or_else(|| format!("`set` names what the line of {file} does not have"))?;
        }
        _ => return Err("a scenario has either `keys` or `set`".to_owned()),
    }
    // exact comparisons of counts take the longer the more there are
    if !i64::try_from(entry.paths).is_ok_and(|paths| Paths::new(paths).is_ok()) {
        return Err(format!("{} is no number of paths", entry.paths));
    }
    Ok(entry)
}

#[cfg(test)]
mod tests {
    use super::super::super::Asked;
    use super::super::super::lines::sealed;
    use super::super::Kept;
    use super::*;
    use crate::random::Seeds;
    use serde_json::json;

    fn entry_of(file: &str, keys: Value) -> Entry {
        let kept = |value, std_error| Kept { value, std_error };
        let asked = Asked {
            measure: "loss.probability".to_owned(),
            above: None,
            below: Some(0.1 + 0.2),
            confidence: 0.99,
            tolerance: 0.01,
        };
        Entry {
            file: file.to_owned(),
            model_digest: "c0ffee".to_owned(),
            value_version: 1,
            paths: 10_000,
            seeds: Seeds::one(2027),
            currency: "USD".to_owned(),
            gates: BTreeMap::from([("no-loss".to_owned(), asked)]),
            figures: BTreeMap::from([
                (
                    "loss.probability".to_owned(),
                    kept(0.1 + 0.2, Some(0.004583)),
                ),
                ("wealth.terminal.mean".to_owned(), kept(-1.5e300, None)),
            ]),
            keys,
        }
    }

    fn matrix() -> Baseline {
        let common = json!({ "start": "2027-01", "owner": { "cash": 5 } });
        let case = |place: &str| {
            let mut keys = common.clone();
            keys["owner"]["residence"] = json!(place);
            (
                format!("matrix/residence={place}"),
                entry_of("matrix.toml", keys),
            )
        };
        let mut baseline = Baseline {
            commons: BTreeMap::from([("matrix.toml".to_owned(), common.clone())]),
            entries: BTreeMap::from([case("estonia"), case("germany")]),
        };
        let alone = entry_of("alone.toml", json!({ "start": "2027-01" }));
        baseline.entries.insert("alone".to_owned(), alone);
        let between = entry_of("matrix-2.toml", json!({ "start": "2028-01" }));
        baseline.entries.insert("matrix-2".to_owned(), between);
        baseline
    }

    #[test]
    fn what_is_written_is_read_again_to_the_last_bit() {
        let baseline = matrix();
        let text = baseline.to_lines();
        assert_eq!(Baseline::from_lines(&text), Ok(baseline));
        // whatever an editor does to the ends of lines
        let dos = text.replace('\n', "\r\n");
        assert_eq!(Baseline::from_lines(&dos), Ok(matrix()));
    }

    #[test]
    fn a_case_holds_only_what_it_sets() {
        let text = matrix().to_lines();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 6);
        assert!(
            lines[0].starts_with(r#"{"schema":"tailwheel-baseline/1","program":"tailwheel "#)
                && lines[0].contains(r#","n_scenarios":4,"check":""#)
        );
        assert!(lines[1].starts_with(r#"{"id":"alone","file":"alone.toml","digest":"#));
        assert!(lines[3].starts_with(r#"{"file":"matrix.toml","keys":{"#));
        assert!(
            lines[4].contains(r#","set":{"owner":{"residence":"estonia"}},"check":""#),
            "{}",
            lines[4]
        );
        assert!(lines[4].contains(r#""loss.probability":[0.30000000000000004,0.004583]"#));
    }

    #[test]
    fn a_file_that_is_no_baseline_is_told_from_one_that_is_broken() {
        let fault = |text: &str| {
            let fault = Baseline::from_lines(&sealed(text)).expect_err("no baseline");
            fault.to_string()
        };
        let good = matrix().to_lines();
        for (text, expected) in [
            (String::new(), "line 1: it is empty"),
            (
                "[run]\nseed = 1\n".to_owned(),
                "line 1: it is not a baseline: not JSON",
            ),
            (
                "<html></html>".to_owned(),
                "line 1: it is not a baseline: not JSON",
            ),
            (
                "{\n \"schema\": \"tailwheel-report/1\"\n}".to_owned(),
                "line 1: it is not a baseline: not JSON",
            ),
            ("{}\n".to_owned(), "line 1: it is not a baseline"),
            ("[1]\n".to_owned(), "line 1: it is not a baseline"),
            (
                "{\"schema\":\"tailwheel-batch/1\"}\n".to_owned(),
                "it is tailwheel-batch/1, and a baseline is tailwheel-baseline/1",
            ),
            (
                good.replace("/1\"", "/2\""),
                "it is tailwheel-baseline/2, which this version cannot read",
            ),
            (
                good.replace("\"paths\":10000,", ""),
                "line 2: missing field `paths`",
            ),
            (
                good.replacen("\"paths\":10000", "\"paths\":-1", 1),
                "line 2: invalid value: integer `-1`, expected u64",
            ),
            (
                good.replacen("\"paths\":10000", "\"paths\":9007199254740992", 1),
                "9007199254740992 is no number of paths",
            ),
            (
                good.replacen("{\"id\"", "<<<<<<< HEAD\n{\"id\"", 1),
                "line 2: a conflict of a merge was left in it",
            ),
            (
                good.replace("matrix/residence=germany", "alone"),
                "line 6: a second line for the scenario alone",
            ),
            (
                good.lines()
                    .filter(|line| !line.contains(":{\"owner\":{\"cash\""))
                    .collect::<Vec<_>>()
                    .join("\n"),
                "line 4: matrix.toml has no line of its own before those of its cases",
            ),
            (
                format!("{good}{{\"id\":\"x\""),
                "line 7: the line is cut off",
            ),
        ] {
            let said = fault(&text);
            assert!(said.contains(expected), "{said}\n{expected}");
        }
    }

    #[test]
    fn a_line_that_was_lost_is_missed() {
        let text = matrix().to_lines();
        let lines: Vec<&str> = text.lines().collect();
        for lost in 1..lines.len() {
            let mut left = lines.clone();
            left.remove(lost);
            assert!(Baseline::from_lines(&left.join("\n")).is_err(), "{lost}");
        }
        let fault = |text: &str| {
            let fault = Baseline::from_lines(text).expect_err("refused");
            fault.to_string()
        };
        assert_eq!(
            fault(&lines[..5].join("\n")),
            format!(
                "line 1: 4 scenarios should follow, and 3 do: a line was lost, or \
                 two versions were merged; {REMEDY}"
            )
        );
        let earlier = sealed(&text.replacen(",\"n_scenarios\":4", "", 1));
        let said = fault(&earlier);
        assert!(
            said.starts_with("line 1: it does not say how many"),
            "{said}"
        );
        assert!(said.ends_with(REMEDY), "{said}");
    }

    #[test]
    fn keys_of_later_versions_are_ignored() {
        let text = matrix()
            .to_lines()
            .replace("\"seed\"", "\"later\":[1],\"seed\"");
        assert_eq!(Baseline::from_lines(&sealed(&text)), Ok(matrix()));
    }

    #[test]
    fn no_byte_can_be_another_and_no_line_be_without_its_checksum() {
        let text = matrix().to_lines();
        let read = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).map_err(|_| ())?;
            Baseline::from_lines(&text).map_err(|_| ())
        };
        assert_eq!(read(text.clone().into_bytes()), Ok(matrix()));
        for index in 0..text.len() {
            for bit in 0..8 {
                let mut bytes = text.clone().into_bytes();
                bytes[index] ^= 1 << bit;
                assert_eq!(read(bytes), Err(()), "bit {bit} of byte {index}");
            }
        }
        let edited = text.replace("10000", "20000");
        let fault = Baseline::from_lines(&edited).expect_err("its checksum is another");
        assert_eq!(
            fault.to_string(),
            format!(
                "line 2: it is damaged or was edited by hand: its checksum is that of other bytes; {REMEDY}"
            )
        );
    }
}
