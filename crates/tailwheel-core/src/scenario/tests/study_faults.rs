//! Everything that can be wrong with variants, axes, exclusions and expectations, and where it is shown.

use super::support::{Text, faults, places, refused, with_asset};

const AXIS: &str = "[[axis]]\nname = \"p\"\nkey = \"asset.a.value\"\nvalues = [1, 2]\n";
const VARIANT: &str = "[[variant]]\nname = \"v\"\n";

/// Faults of what begins in line 9.
#[track_caller]
fn refuse(rest: &str, expected: &[&str]) {
    assert_eq!(faults(&with_asset(rest)), expected, "{rest}");
}

#[test]
fn sections_are_arrays_of_tables_with_known_keys() {
    refuse("[variant]\nname = \"v\"\n", &["type 9:1"]);
    refuse("[[variant]]\nname = \"v\"\nsett = {}\n", &["unknown-key 11:1"]);
    refuse("[[axsi]]\nname = \"v\"\n", &["unknown-key 9:3"]);
    refuse("[expect]\nid = \"v\"\n", &["type 9:1"]);
    refuse(
        "[variant]\nname = \"v\"\n[[expect]]\nid = \"e\"\nmeasure = \"m\"\nbelow = 1\nwhere = { variant = \"v\" }\n",
        &["type 9:1"],
    );
    assert!(refused(&with_asset("[[axsi]]\nname = \"v\"\n")).contains("did you mean `axis`?"));
}

#[test]
fn a_variant_has_a_name_of_its_own_and_sets_keys() {
    refuse("[[variant]]\nset = { \"owner.cash\" = 1 }\n", &["missing 9:1"]);
    refuse("[[variant]]\nname = \"a b\"\n", &["name 10:8"]);
    refuse(&format!("{VARIANT}{VARIANT}"), &["duplicate 12:8"]);
    for (set, expected) in [
        ("3", "type 11:7"),
        ("{}", "type 11:7"),
        ("{ \"owner..cash\" = 1 }", "set 11:9"),
        ("{ \"owner cash\" = 1 }", "set 11:9"),
        ("{ \"asset.b.value\" = 1 }", "set 11:16"),
        ("{ \"asset.a\" = 1 }", "set 11:16"),
        ("{ \"asset.a.valeu\" = 1 }", "unknown-key 11:18"),
        ("{ \"ownr.cash\" = 1 }", "unknown-key 11:10"),
        ("{ \"asset.a.value\" = -1 }", "range 11:27"),
        ("{ \"expect.e.below\" = 1 }", "set 11:10"),
        ("{ extends = \"x.toml\" }", "set 11:9"),
        ("{ axis = 3 }", "set 11:9"),
        ("{ \"owner.cash\" = 1, owner = { cash = 2 } }", "set 11:37"),
        ("{ owner = { cash = 1 }, \"owner\" = 2 }", "syntax 11:31"),
    ] {
        refuse(&format!("{VARIANT}set = {set}\n"), &[expected]);
    }
}

#[test]
fn twins_are_found_in_a_file_that_extends_another_too() {
    let base = with_asset("");
    let mine = format!("extends = \"base.toml\"\n{VARIANT}{VARIANT}");
    let files = [("mine.toml", mine.as_str()), ("base.toml", &base)];
    assert_eq!(places(&files, &[]), ["duplicate mine.toml:5:8"]);
    let asset = "[[asset]]\nname = \"n\"\nclass = \"niche-content\"\nvalue = 1\n";
    let mine = format!("extends = \"base.toml\"\n{asset}{asset}");
    let files = [("mine.toml", mine.as_str()), ("base.toml", &base)];
    assert_eq!(places(&files, &[]), ["duplicate mine.toml:7:8"]);
}

#[test]
fn an_axis_has_a_name_a_key_and_values() {
    refuse("[[axis]]\nname = \"p\"\nvalues = [1]\n", &["missing 9:1"]);
    refuse("[[axis]]\nname = \"p\"\nkey = \"owner.cash\"\n", &["missing 9:1"]);
    refuse("[[axis]]\nkey = \"owner.cash\"\nvalues = [1]\n", &["missing 9:1"]);
    for (name, key, values, expected) in [
        ("p", "owner.cash", "[]", "axis 12:10"),
        ("p", "owner.cash", "3", "type 12:10"),
        ("p", "", "[1]", "set 11:7"),
        ("p", "owner=cash", "[1]", "set 11:7"),
        ("p", "axis.p.values", "[1]", "set 11:8"),
        ("p", "asset.b.value", "[1]", "set 11:14"),
        ("variant", "owner.cash", "[1]", "name 10:8"),
        ("p", "owner.cash", "[1, 1]", "duplicate 12:14"),
        ("p", "owner.cash", "[1, 1.0]", "duplicate 12:14"),
        ("p", "title", "[\"a b\", \"a/b\"]", "duplicate 12:18"),
        ("p", "title", "[\"\"]", "axis 12:11"),
        ("p", "asset.a.roi", "[[0.1, 0.2]]", "axis 12:11"),
        ("p", "asset.a.jumps", "[{ rate = \"0.1/year\", mean = 0.0, sd = 0.1 }]", "axis 12:11"),
    ] {
        refuse(&format!("[[axis]]\nname = \"{name}\"\nkey = \"{key}\"\nvalues = {values}\n"), &[expected]);
    }
    refuse(&format!("{AXIS}{AXIS}"), &["duplicate 14:8", "axis 15:7"]);
}

#[test]
fn labels_are_as_many_as_values_and_can_stand_in_a_name() {
    for (labels, expected) in [
        ("[\"one\"]", "axis 13:10"),
        ("[\"one\", \"one\"]", "duplicate 13:18"),
        ("[\"one\", \"a/b\"]", "name 13:18"),
        ("[\"one\", \"\"]", "name 13:18"),
        ("[\"one\", 2]", "type 13:18"),
        ("\"one\"", "type 13:10"),
        ("[]", "type 13:10"),
    ] {
        refuse(&format!("{AXIS}labels = {labels}\n"), &[expected]);
    }
}

#[test]
fn an_axis_and_a_variant_do_not_undo_each_other() {
    refuse(&format!("{AXIS}{VARIANT}set = {{ \"asset.a.value\" = 3 }}\n"), &["variant 15:9"]);
    refuse(
        &format!("{AXIS}{VARIANT}set = {{ asset = {{ a = {{ value = 3, decay = 0.1 }} }} }}\n"),
        &["variant 15:25"],
    );
    let tables = "[[axis]]\nname = \"q\"\nkey = \"asset.a\"\n\
                  values = [{ decay = 0.1 }, { value = 3 }]\nlabels = [\"x\", \"y\"]\n";
    refuse(&format!("{AXIS}{tables}"), &["axis 16:30"]);
}

#[test]
fn an_exclusion_names_axes_and_values_and_cuts_some_cases() {
    let axis = AXIS.replace("[1, 2]", "[100, 200]");
    for (keys, expected) in [
        ("", "missing 13:1"),
        ("q = 100", "unknown-axis 14:1"),
        ("variant = \"v\"", "unknown-axis 14:1"),
        ("p = 101", "unknown-value 14:5"),
        ("p = \"x\"", "unknown-value 14:5"),
        ("p = []", "type 14:5"),
        ("p = [100, 300]", "unknown-value 14:11"),
        ("p = [100, 200]", "exclude 13:1"),
    ] {
        refuse(&format!("{axis}[[exclude]]\n{keys}\n"), &[expected]);
    }
    refuse("[[exclude]]\np = 1\n", &["unknown-axis 10:1"]);
    let two = format!("{axis}{}", axis.replace("\"p\"", "\"q\"").replace("asset.a.value", "run.seed"));
    refuse(&format!("{two}[[exclude]]\np = 100\n[[exclude]]\np = 200\n"), &["exclude 19:1"]);
}

#[test]
fn an_expectation_has_an_id_a_measure_and_a_limit_and_is_about_a_case() {
    let expect = |keys: &str| format!("{AXIS}[[expect]]\nid = \"e\"\nmeasure = \"m\"\n{keys}\n");
    for (keys, expected) in [
        ("", "missing 13:1"),
        ("above = 2\nbelow = 2", "range 16:9"),
        ("above = 3\nbelow = 2", "range 16:9"),
        ("below = nan", "number 16:9"),
        ("below = \"2 years\"", "unit 16:9"),
        ("below = \"2\"", "percent 16:9"),
        ("below = 1\nconfidence = 0.5", "range 17:14"),
        ("below = 1\nconfidence = 1", "range 17:14"),
        ("below = 1\nconfidence = 99", "percent 17:14"),
        ("below = 1\ntolerance = -0.1", "range 17:13"),
        ("below = 1\ntolerance = 1", "percent 17:13"),
        ("below = 1\nwhere = { q = 1 }", "unknown-axis 17:11"),
        ("below = 1\nwhere = { p = 3 }", "unknown-value 17:15"),
        ("below = 1\nwhere = { p = [] }", "type 17:15"),
        ("below = 1\nwhere = {}", "type 17:9"),
        ("below = 1\nwhere = 3", "type 17:9"),
        ("below = 1\nlevel = 3", "unknown-key 17:1"),
        ("below = 1\nwhere = { p = 1 }\n[[exclude]]\np = 1", "expect 17:9"),
    ] {
        refuse(&expect(keys), &[expected]);
    }
    refuse("[[expect]]\nid = \"e\"\nbelow = 1\n", &["missing 9:1"]);
    refuse("[[expect]]\nmeasure = \"e\"\nbelow = 1\n", &["missing 9:1"]);
    let two = "[[expect]]\nid = \"e\"\nmeasure = \"m\"\nbelow = 1\n".repeat(2);
    refuse(&two, &["duplicate 14:6"]);
}

#[test]
fn faults_of_all_sections_and_all_cases_arrive_in_one_run() {
    let text = "[[variant]]\nname = \"one\"\nset = { \"asset.b.value\" = 1 }\n\
                [[variant]]\nname = \"two\"\nset = { \"owner.cash\" = -1 }\n\
                [[axis]]\nname = \"p\"\nkey = \"asset.a.decay\"\nvalues = [0.1, 9, 0.3]\n\
                [[axis]]\nname = \"q\"\nvalues = []\n\
                [[exclude]]\nr = 1\n\
                [[expect]]\nid = \"e\"\nmeasure = \"m\"\n";
    refuse(
        text,
        &[
            "set 11:16",
            "range 14:24",
            "percent 18:16",
            "missing 19:1",
            "axis 21:10",
            "unknown-axis 23:1",
            "missing 24:1",
        ],
    );
}

#[test]
fn a_fault_that_many_cases_share_is_said_once_with_the_first_of_them() {
    let values: Vec<String> = (1..=200).map(|n| n.to_string()).collect();
    let text = with_asset(&format!(
        "[[variant]]\nname = \"v\"\nset = {{ \"owner.cash\" = -1 }}\n\
         [[axis]]\nname = \"p\"\nkey = \"asset.a.value\"\nvalues = [{}]\n",
        values.join(", ")
    ));
    let seen = refused(&text).has("= in case: mine/v,p=1\n");
    assert!(seen.ends_with("1 error in mine.toml; nothing was simulated"));
}

#[test]
fn a_fault_of_the_file_itself_is_not_blamed_on_a_case() {
    let text = with_asset(&format!("{AXIS}[owner]\ncash = -1\n"));
    refused(&text).lacks("in case");
    assert_eq!(faults(&text), ["range 14:8"]);
}
