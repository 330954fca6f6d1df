//! Every fault by its code and place; the wording of the important ones is pinned elsewhere.

use super::support::{faults, valid, with_asset, with_assets, with_head};

/// Faults of one line of an asset, which is line 9.
fn of_asset(line: &str) -> Vec<String> {
    faults(&with_asset(&format!("{line}\n")))
}

/// Faults of a `[correlation]` of three assets; its keys begin in line 18.
fn of_correlation(keys: &str) -> Vec<String> {
    faults(&with_assets(&format!("[correlation]\n{keys}\n")))
}

fn assert_faults(found: &[(&str, Vec<String>)], expected: &[&[&str]]) {
    for ((text, found), expected) in found.iter().zip(expected) {
        assert_eq!(found, expected, "{text}");
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn numbers_and_units_of_an_asset_are_checked() {
    for (line, expected) in [
        ("roi = 22", "percent 9:7"),
        ("roi = [0.22, 35]", "percent 9:14"),
        ("roi = [0.22, 1.35]", "percent 9:14"),
        ("roi = 1", "percent 9:7"),
        ("roi = \"22\"", "percent 9:7"),
        ("roi = \"22-35\"", "percent 9:7"),
        ("roi = \"0.22\"", "percent 9:7"),
        ("roi = [0.35, 0.22]", "range 9:7"),
        ("roi = [0.1, 0.2, 0.3]", "range 9:7"),
        ("roi = []", "range 9:7"),
        ("roi = \"-100 %\"", "range 9:7"),
        ("roi = \"600 %\"", "range 9:7"),
        ("roi = -1", "range 9:7"),
        ("roi = nan", "number 9:7"),
        ("roi = [0.1, inf]", "number 9:13"),
        ("roi = true", "type 9:7"),
        ("roi = \"a lot\"", "unit 9:7"),
        ("roi = \"22-35 %/month\"", "unit 9:7"),
        ("roi = \"22 parrots\"", "unit 9:7"),
        ("volatility = 22", "percent 9:14"),
        ("volatility = -0.1", "range 9:14"),
        ("volatility = \"22 %/month\"", "unit 9:14"),
        ("income_share = 90", "percent 9:16"),
        ("income_share = 1.5", "percent 9:16"),
        ("income_share = \"101 %\"", "range 9:16"),
        ("decay = -0.1", "range 9:9"),
        ("movable = \"true\"", "type 9:11"),
        ("movable = 1", "type 9:11"),
        ("income_log_sd = 0.4", "income 9:17"),
        ("income_half_life = \"6 weeks\"", "income 9:20"),
        ("income_half_life = 6", "unit 9:20"),
        ("income_half_life = \"-6 weeks\"", "range 9:20"),
        ("payment_lag = \"61 months\"", "range 9:15"),
        ("payment_lag = 9", "unit 9:15"),
        ("trade_cost = 1e400", "number 9:14"),
        ("trade_cost = 99999999999999999999", "number 9:14"),
        ("model = \"unit\"", "choice 9:9"),
        ("units = 50", "model 9:9"),
        ("audit = \"7.5 h/week\"", "model 9:9"),
    ] {
        assert_eq!(of_asset(line), [expected], "{line}");
    }
}

#[test]
fn a_business_is_neither_movable_nor_traded_at_a_cost() {
    let text = |line: &str| {
        with_head(&format!(
            "[[asset]]\nname = \"b\"\nclass = \"niche-content\"\nvalue = 9\nroi = 0.3\n{line}"
        ))
    };
    for line in ["movable = true\n", "trade_cost = 0.01\n"] {
        let model = "model = \"mechanism\"\n";
        // a claim may be both
        valid(&text(line));
        assert!(
            matches!(&faults(&text(&format!("{line}{model}")))[..], [one] if one.starts_with("model ")),
            "{line}"
        );
    }
}

#[test]
fn the_law_of_a_claim_fits_its_range() {
    for (lines, expected) in [
        ("roi_law = \"pert\"", "law 9:11"),
        ("roi_law = \"pert\"\nroi_mode = 0.5", "law 10:12"),
        ("roi_law = \"uniform\"\nroi_mode = 0.3", "law 10:12"),
        ("roi_law = \"point\"", "law 7:1"),
        ("roi_law = \"point\"\nroi = [0.2, 0.3]", "law 10:7"),
        ("roi_law = \"triangle\"", "choice 9:11"),
        ("roi_basis = \"net\"\ndecay = 0.1", "basis 10:9"),
    ] {
        let found = of_asset(lines);
        let expected = expected.replace("7:1", "5:1");
        assert_eq!(found, [expected], "{lines}");
    }
}

#[test]
fn jumps_are_a_whole_table() {
    for (line, expected) in [
        ("jumps = 0.5", vec!["type 9:9"]),
        ("jumps = {}", vec!["missing 9:9"; 3]),
        ("jumps = { rate = \"0.5/year\", mean = -0.1, sd = 0.1, x = 1 }", vec!["unknown-key 9:53"]),
        ("jumps = { rate = \"-1/year\", mean = 9, sd = -1 }", vec!["range 9:18", "range 9:36", "range 9:44"]),
        ("jumps = { rate = \"0.5/day\", mean = 0, sd = 0 }", vec!["unit 9:18"]),
        ("volatility = 0.1\njumps = { rate = \"1/year\", mean = 0, sd = 0.2 }", vec!["process 10:9"]),
    ] {
        assert_eq!(of_asset(line), expected, "{line}");
    }
}

#[test]
fn names_and_classes_are_checked() {
    let asset = |keys: &str| faults(&with_head(&format!("[[asset]]\n{keys}\nvalue = 1\n")));
    for (keys, expected) in [
        ("name = \"a\"\nclass = \"micro-sass-fleet\"", vec!["unknown-class 7:9"]),
        ("name = \"a b\"\nclass = \"niche-content\"", vec!["name 6:8"]),
        ("name = \"\"\nclass = \"niche-content\"", vec!["name 6:8"]),
        ("name = 1\nclass = \"niche-content\"", vec!["type 6:8"]),
        ("class = \"niche-content\"", vec!["missing 5:1"]),
        ("name = \"a\"", vec!["missing 5:1"]),
        ("name = \"a\"\nclass = \"ai-managed-portfolio\"", vec!["missing 5:1"]),
        ("name = \"a\"\nclass = 3", vec!["type 7:9"]),
    ] {
        assert_eq!(asset(keys), expected, "{keys}");
    }
}

#[test]
fn prices_do_not_fall_to_nothing() {
    let text = |inflation: &str, years: u32| {
        with_asset(&format!("[economy]\ninflation = \"{inflation} %\"\n"))
            .replace("horizon = \"10 years\"", &format!("horizon = \"{years} years\""))
    };
    valid(&text("-12.9", 100));
    valid(&text("-74", 10));
    for (inflation, years) in [("-13", 100), ("-75", 10), ("-99.99", 10)] {
        assert_eq!(faults(&text(inflation, years)), ["range 10:13"]);
    }
}

#[test]
fn the_head_and_the_sections_are_checked() {
    let changed = |from: &str, to: &str| faults(&with_asset("").replace(from, to));
    for (from, to, expected) in [
        ("\"2027-01\"", "\"2027-13\"", "range 1:9"),
        ("\"2027-01\"", "\"1492-10\"", "range 1:9"),
        ("\"2027-01\"", "\"2027\"", "unit 1:9"),
        ("\"2027-01\"", "\"2027-01-15\"", "unit 1:9"),
        ("\"2027-01\"", "2027-01-15", "type 1:9"),
        ("\"2027-01\"", "2027", "type 1:9"),
        ("\"10 years\"", "\"101 years\"", "range 2:11"),
        ("\"10 years\"", "\"0 months\"", "range 2:11"),
        ("\"10 years\"", "\"10\"", "unit 2:11"),
        ("\"10 years\"", "\"6 weeks\"", "unit 2:11"),
        ("\"10 years\"", "\"1.3 years\"", "unit 2:11"),
        ("\"10 years\"", "\"-1 years\"", "unit 2:11"),
        ("\"10 years\"", "\"ten years\"", "unit 2:11"),
        ("\"10 years\"", "\"99999999999999999999 years\"", "range 2:11"),
        ("\"USD\"", "\"usd\"", "currency 3:12"),
        ("\"USD\"", "\"dollars\"", "currency 3:12"),
        ("run.seed = 1", "run.seed = -1", "range 4:12"),
        ("run.seed = 1", "run.seed = \"1\"", "type 4:12"),
        ("run.seed = 1", "run.seed = 1.0", "type 4:12"),
        ("run.seed = 1", "run.seed = 1e-1", "type 4:12"),
        ("run.seed = 1", "run.seed = 1.0e2", "type 4:12"),
        ("run.seed = 1", "run = 1", "type 4:7"),
        ("run.seed = 1", "run = { seed = 1, paths = 0 }", "range 4:27"),
        ("run.seed = 1", "run = { seed = 1, paths = 10_000_000_001 }", "range 4:27"),
        ("run.seed = 1", "run = { seed = 1, paths = \"100_000\" }", "type 4:27"),
        ("run.seed = 1", "run = { paths = 1 }", "missing 4:7"),
        ("run.seed = 1", "run.seed = 1\nowner.cash = -1", "range 5:14"),
        ("run.seed = 1", "run.seed = 1\nowner.surplus = \"reinvst\"", "choice 5:17"),
        ("run.seed = 1", "run.seed = 1\nowner.surplus = 50", "percent 5:17"),
        ("run.seed = 1", "run.seed = 1\nowner.rebalance = 3", "unit 5:19"),
        ("run.seed = 1", "run.seed = 1\nowner.audit = 3", "not-in-version 5:7"),
        ("run.seed = 1", "run.seed = 1\neconomy.inflation = 2.5", "percent 5:21"),
        ("run.seed = 1", "run.seed = 1\neconomy.inflation = \"0.2 %/month\"", "unit 5:21"),
        ("run.seed = 1", "run.seed = 1\ncrises = 1", "unknown-key 5:1"),
        ("run.seed = 1", "run.seed = 1\nowner.spending = 1_750", "unit 5:18"),
        ("run.seed = 1", "run.seed = 1\ncrisis = 1", "type 5:10"),
        ("run.seed = 1", "run.seed = 1\ncrash = [1]", "type 5:9"),
        ("run.seed = 1", "run.seed = 1\nmarket = 1", "type 5:10"),
        ("run.seed = 1", "run.seed = 1\nshock = [1]", "type 5:10"),
        ("run.seed = 1", "run.seed = 1\ndrop = [\"asset.a\"]", "drop 5:1"),
        ("[[asset]]", "[asset]", "type 5:1"),
        ("[[asset]]", "[[asset]]\nname = \"x\"\n", "missing"),
    ] {
        let found = changed(from, to);
        if expected == "missing" {
            assert!(!found.is_empty());
        } else {
            assert_eq!(found, [expected], "{to}");
        }
    }
}

#[test]
fn pairs_are_checked() {
    for (keys, expected) in [
        ("pairs = [[\"a\", \"x\", 0.1]]", "unknown-asset 18:16"),
        ("pairs = [[\"a\", \"a\", 0.1]]", "correlation 18:16"),
        ("pairs = [[\"a\", \"b\", 0.1], [\"b\", \"a\", 0.1]]", "duplicate 18:27"),
        ("pairs = [[\"a\", \"b\", 1.1]]", "range 18:21"),
        ("pairs = [[\"a\", \"b\", nan]]", "number 18:21"),
        ("pairs = [[\"a\", \"b\", \"20 %\"]]", "type 18:21"),
        ("pairs = [[\"a\", \"b\"]]", "type 18:10"),
        ("pairs = [[\"a\", 1, 0.5]]", "type 18:10"),
        ("pairs = [3]", "type 18:10"),
        ("pairs = 3", "type 18:9"),
        ("repair = \"near\"", "choice 18:10"),
        ("default = 2", "range 18:11"),
        ("default = -0.9", "correlation 18:11"),
        ("roi = 50", "percent 18:7"),
        ("copula = \"t\"", "copula 18:10"),
        ("copula = \"clayton\"", "choice 18:10"),
        ("copula = 3", "type 18:10"),
        ("copula = { kind = \"t\" }", "copula 18:10"),
        ("copula = { kind = \"t\", dof = 2 }", "range 18:30"),
        ("copula = { kind = \"t\", dof = 31 }", "range 18:30"),
        ("copula = { kind = \"t\", dof = 4.5 }", "type 18:30"),
        ("copula = { kind = \"gaussian\", dof = 4 }", "copula 18:37"),
        ("copula = { dof = 4 }", "missing 18:10"),
    ] {
        assert_eq!(of_correlation(keys), [expected], "{keys}");
    }
}

#[test]
fn a_matrix_is_checked() {
    let order = "order = [\"a\", \"b\", \"c\"]\n";
    for (keys, expected) in [
        ("matrix = [[1, 0, 0], [0, 1, 0]]", vec!["correlation 19:10"]),
        ("matrix = [[1, 0, 0], [0, 1], [0, 0, 1]]", vec!["correlation 19:22"]),
        ("matrix = [[1, 0, 0], [0, 0.9, 0], [0, 0, 1]]", vec!["correlation 19:26"]),
        ("matrix = [[1, 0.1, 0], [0, 1, 0], [0, 0, 1]]", vec!["correlation 19:25"]),
        ("matrix = [[1, 2, 0], [2, 1, 0], [0, 0, 1]]", vec!["range 19:15", "range 19:23"]),
        ("matrix = [[1, \"x\", 0], 3]", vec!["type 19:15", "type 19:24"]),
        ("matrix = 3", vec!["type 19:10"]),
        ("", vec!["correlation 18:9"]),
        ("matrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]\npairs = []", vec!["correlation 20:9"]),
        ("matrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]\ndefault = 0", vec!["correlation 20:11"]),
        ("matrix = [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]", vec!["correlation 19:28"]),
    ] {
        assert_eq!(of_correlation(&format!("{order}{keys}")), expected, "{keys}");
    }
    let found: Vec<(&str, Vec<String>)> = [
        "matrix = [[1]]",
        "order = [\"a\", \"b\"]\nmatrix = [[1, 0], [0, 1]]",
        "order = [\"a\", \"b\", \"b\"]\nmatrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]",
        "order = [\"a\", \"b\", 3]\nmatrix = [[1]]",
    ]
    .map(|keys| (keys, of_correlation(keys)))
    .into();
    assert_faults(
        &found,
        &[
            &["correlation 18:10"],
            &["correlation 18:9"],
            &["correlation 18:9", "duplicate 18:20"],
            &["type 18:20"],
        ],
    );
}
