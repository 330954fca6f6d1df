//! A baseline that is written and read, and what is found of one that was damaged; patches.

use super::super::super::samples::{self, asked, sealed};
use super::*;
use serde_json::json;

fn entry_of(file: &str, keys: Value) -> BaselineLine {
    let gate = asked("loss.probability", None, Some(0.1 + 0.2));
    let figures = [("loss.probability", 0.1 + 0.2, Some(0.004583)), ("wealth.terminal.mean", -1.5e300, None)];
    BaselineLine {
        file: file.to_owned(),
        gates: BTreeMap::from([("no-loss".to_owned(), gate)]),
        keys,
        ..samples::entry(&figures)
    }
}

fn matrix() -> Baseline {
    let common = json!({ "start": "2027-01", "owner": { "cash": 5 } });
    let case = |place: &str| {
        let mut keys = common.clone();
        keys["owner"]["residence"] = json!(place);
        (format!("matrix/residence={place}"), entry_of("matrix.toml", keys))
    };
    let mut baseline = Baseline { entries: BTreeMap::from([case("estonia"), case("germany")]) };
    for (id, start) in [("alone", "2027-01"), ("matrix-2", "2028-01")] {
        let entry = entry_of(&format!("{id}.toml"), json!({ "start": start }));
        baseline.entries.insert(id.to_owned(), entry);
    }
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
    assert_eq!(lines.len(), 5);
    assert!(
        lines[0].starts_with(r#"{"schema":"tailwheel-baseline/2","program":"tailwheel "#)
            && lines[0].contains(r#","n_scenarios":4,"check":""#)
    );
    assert!(lines[1].starts_with(r#"{"id":"alone","file":"alone.toml","digest":"#));
    assert!(lines[3].contains(r#","keys":{"#), "{}", lines[3]);
    assert!(lines[4].contains(r#","set":{"owner":{"residence":"germany"}},"check":""#), "{}", lines[4]);
    assert!(lines[4].contains(r#""loss.probability":[0.30000000000000004,0.004583]"#));
}

#[test]
fn a_file_that_is_no_baseline_is_told_from_one_that_is_broken() {
    let fault = |text: &str| Baseline::from_lines(&sealed(text)).expect_err("no baseline").to_string();
    let good = matrix().to_lines();
    for (text, expected) in [
        (String::new(), "line 1: it is empty"),
        ("[run]\nseed = 1\n".to_owned(), "line 1: it is not a baseline: not JSON"),
        ("<html></html>".to_owned(), "line 1: it is not a baseline: not JSON"),
        ("{\n \"schema\": \"tailwheel-report/2\"\n}".to_owned(), "line 1: it is not a baseline: not JSON"),
        ("{}\n".to_owned(), "line 1: it is not a baseline"),
        ("[1]\n".to_owned(), "line 1: it is not a baseline"),
        (
            "{\"schema\":\"tailwheel-batch/2\"}\n".to_owned(),
            "it is tailwheel-batch/2, and a baseline is tailwheel-baseline/2",
        ),
        (good.replace("/2\"", "/1\""), "it is tailwheel-baseline/1, which this version cannot read"),
        (good.replace("\"paths\":10000,", ""), "line 2: missing field `paths`"),
        (
            good.replacen("\"paths\":10000", "\"paths\":-1", 1),
            "line 2: invalid value: integer `-1`, expected u64",
        ),
        (
            good.replacen("{\"id\"", "<<<<<<< HEAD\n{\"id\"", 1),
            "line 2: a conflict of a merge was left in it",
        ),
        (good.replace("matrix/residence=germany", "alone"), "line 5: a second line for the scenario alone"),
        (
            good.lines().filter(|line| !line.contains("residence=estonia")).collect::<Vec<_>>().join("\n"),
            "line 4: it has neither `keys` nor a `set` for those of the first line of matrix.toml",
        ),
        (format!("{good}{{\"id\":\"x\""), "line 6: the line is cut off"),
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
    let fault = |text: &str| Baseline::from_lines(text).expect_err("refused").to_string();
    assert_eq!(
        fault(&lines[..4].join("\n")),
        format!(
            "line 1: 4 scenarios should follow, and 3 do: a line was lost, or \
             two versions were merged; {REMEDY}"
        )
    );
    let earlier = sealed(&text.replacen(",\"n_scenarios\":4", "", 1));
    let said = fault(&earlier);
    assert!(said.starts_with("line 1: it does not say how many"), "{said}");
    assert!(said.ends_with(REMEDY), "{said}");
}

#[test]
fn keys_of_later_versions_are_ignored() {
    let text = matrix().to_lines().replace("\"seed\"", "\"later\":[1],\"seed\"");
    assert_eq!(Baseline::from_lines(&sealed(&text)), Ok(matrix()));
}

#[test]
fn no_byte_can_be_another_and_no_line_be_without_its_checksum() {
    let text = matrix().to_lines();
    samples::assert_every_bit_counts(&text, |text| Baseline::from_lines(text).is_ok());
    let edited = text.replace("10000", "20000");
    let fault = Baseline::from_lines(&edited).expect_err("its checksum is another");
    assert_eq!(
        fault.to_string(),
        format!("line 2: it is damaged or was edited by hand: its checksum is that of other bytes; {REMEDY}")
    );
}

fn base() -> Value {
    json!({
        "start": "2027-01",
        "owner": { "cash": 1000, "surplus": "keep" },
        "asset": [{ "name": "saas", "value": 1 }, { "name": "defi", "value": 2, "roi": "5 %" }],
        "correlation": { "pairs": [["saas", "defi", 0.2]] },
    })
}

#[test]
fn a_patch_holds_only_what_differs_and_makes_the_document_again() {
    let mut new = base();
    new["owner"]["residence"] = json!("estonia");
    new["owner"].as_object_mut().expect("a table").remove("surplus");
    new["asset"][1]["value"] = json!(0);
    let patch = between(&base(), &new);
    let expected = json!({
        "owner": { "residence": "estonia", "surplus": null },
        "asset": new["asset"],
    });
    assert_eq!(patch, expected);
    assert_eq!(patched(&base(), &patch), new);
    assert_eq!(between(&base(), &base()), json!({}));
    // what was no table, and what is none
    let new = json!({ "start": { "a": { "b": 1 } }, "owner": 3 });
    assert_eq!(patched(&base(), &between(&base(), &new)), new);
}

#[test]
fn an_integer_is_not_the_float_of_its_value() {
    let patch = between(&json!({ "value": 1 }), &json!({ "value": 1.0 }));
    assert_eq!(patch, json!({ "value": 1.0 }));
}
