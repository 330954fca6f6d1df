//! Texts that mean the same are the same scenario; what is not written is filled in and listed.

use super::flagship::FLAGSHIP;
use super::support::*;
use crate::scenario::Scenario;

pub(super) fn canonical(text: &str) -> String {
    valid(text).canonical_document()
}

pub(super) fn filled<'s>(scenario: &'s Scenario, path: &str) -> Option<&'s str> {
    Some(&scenario.filled_in.iter().find(|entry| entry.path == path)?.value)
}

#[test]
fn spellings_of_one_value_mean_the_same() {
    for (one, other) in [
        ("roi = \"22-35 %\"", "roi = [0.22, 0.35]"),
        ("roi = \"22–35%/year\"", "roi = [\"22 %\", 0.35]"),
        ("roi = \"22 % to 35 % a year\"", "roi = \"22-35 %\""),
        ("roi = 0.3", "roi = \"30 %\""),
        ("roi = 0.3", "roi = [0.3, 0.3]"),
        ("roi = \"50-120 %\"", "roi = [0.5, \"120 %\"]"),
        ("volatility = \"30 %\"", "volatility = 0.3"),
        ("volatility = \"30 % per year\"", "volatility = 0.30"),
        (
            "jumps = { rate = \"0.5/year\", mean = 0, sd = 0.1 }",
            "jumps.rate = \"0.5 per year\"\njumps.mean = 0.0\njumps.sd = 0.1",
        ),
        (
            "jumps = { rate = \"1/month\", mean = 0, sd = 0.01 }",
            "jumps = { rate = \"12/year\", mean = 0, sd = 0.01 }",
        ),
        ("model = \"claim\"", ""),
        ("roi_law = \"p05-p95\"", ""),
        ("roi_basis = \"net\"", "roi_basis = \"net\"\ndecay = 0"),
    ] {
        let asset = |line: &str| with_asset(&format!("{line}\n"));
        assert_eq!(canonical(&asset(one)), canonical(&asset(other)), "{one} against {other}");
    }
}

#[test]
fn different_values_do_not_mean_the_same() {
    let base = canonical(&with_asset(""));
    for line in ["roi = \"22-36 %\"", "volatility = 0.2201", "movable = true", "roi_basis = \"net\""] {
        assert_ne!(canonical(&with_asset(&format!("{line}\n"))), base, "{line}");
    }
    assert_ne!(canonical(&with_asset("").replace("seed = 1", "seed = 2")), base);
}

#[test]
fn title_and_number_of_paths_are_not_part_of_the_meaning() {
    let text = with_asset("").replace("run.seed = 1", "title = \"x\"\nrun = { seed = 1, paths = 7 }");
    assert_eq!(canonical(&text), canonical(&with_asset("")));
    assert_eq!(valid(&text).paths, 7);
    assert_eq!(valid(&with_asset("")).title, "mine");
}

#[test]
fn the_order_of_the_file_changes_nothing() {
    let (head, tail) = FLAGSHIP.split_at(FLAGSHIP.find("[[asset]]").unwrap());
    let (assets, tail) = tail.split_at(tail.find("[correlation]").unwrap());
    let assets: Vec<String> =
        assets.split("[[asset]]").skip(1).map(|asset| format!("[[asset]]{asset}")).collect();
    let expected = valid(FLAGSHIP);
    for shift in 0..assets.len() {
        let mut turned = assets.clone();
        turned.rotate_left(shift);
        turned.reverse();
        for text in [format!("{head}{}{tail}", turned.concat()), format!("{head}{tail}{}", turned.concat())] {
            let scenario = valid(&text);
            assert_eq!(format!("{scenario:?}"), format!("{expected:?}"));
        }
    }
}

#[test]
fn the_canonical_document_reads_back_as_the_same_scenario() {
    for text in [
        FLAGSHIP,
        &with_asset("roi_basis = \"net\"\n"),
        &with_asset("roi = \"50-233.3 %\"\nvolatility = \"207 %\"\n"),
        &with_assets("owner = {}\n").replace("owner = {}\n", "[owner]\nsurplus = 0.25\n"),
    ] {
        let [scenario, again] = read_back(text);
        assert!(again.filled_in.is_empty());
        assert_eq!(
            format!("{:?}", without_words(&again.assets)),
            format!("{:?}", without_words(&scenario.assets))
        );
        assert_eq!(again.correlation, scenario.correlation);
        assert_eq!((again.settings.economy, again.owner), (scenario.settings.economy, scenario.owner));
    }
}

#[test]
fn what_is_not_written_is_filled_in_from_the_catalog_and_listed() {
    let scenario = valid(&with_assets(""));
    assert_eq!(filled(&scenario, "asset.a.volatility"), Some("0.22"));
    assert_eq!(filled(&scenario, "asset.a.roi"), Some("\"22-35 %\""));
    assert_eq!(filled(&scenario, "asset.c.roi_law"), Some("\"pert\""));
    assert_eq!(filled(&scenario, "correlation.a.b"), Some("0.1"));
    // how often it is simulated is no assumption
    assert_eq!(filled(&scenario, "run.paths"), None);
    assert!(scenario.filled_in.iter().all(|filled| !filled.entry.source.is_empty()));
    assert!(scenario.filled_in.iter().is_sorted_by(|a, b| a.path < b.path));
    let written = valid(&with_assets("[correlation]\npairs = [[\"b\", \"a\", 0.1]]\n"));
    assert_eq!(filled(&written, "correlation.a.b"), None);
    assert_eq!(written.correlation.matrix, scenario.correlation.matrix);
    let of_one_class = with_asset("[[asset]]\nname = \"b\"\nclass = \"micro-saas-fleet\"\nvalue = 1\n");
    assert_eq!(valid(&of_one_class).correlation.matrix.get(0, 1), 0.75);
}

#[test]
fn a_class_default_that_needs_another_goes_when_that_is_written() {
    let text = with_head("[[asset]]\nname = \"a\"\nclass = \"niche-content\"\nvalue = 1\nroi = 0.2\n");
    let kind = valid(&text).assets[0].kind.written();
    assert!(kind.get("roi_mode").is_none());
    assert_eq!(kind.get("roi_law").unwrap().value.as_text(), Some("p05-p95"));
}

#[test]
fn the_rate_on_cash_follows_inflation() {
    let of = |keys: &str| valid(&with_asset(&format!("[economy]\n{keys}\n"))).settings.economy;
    let rates = |keys: &str| (of(keys).inflation.mean().get(), of(keys).cash_rate.mean().get());
    assert_eq!(rates(""), (0.025, 0.025));
    assert_eq!(rates("inflation = \"4 %/year\""), (0.04, 0.04));
    assert_eq!(rates("inflation = 0.04\ncash_rate = 0.01"), (0.04, 0.01));
    // a constant one, whatever a path makes of its mean
    let known = "[\"1 %/year\", \"3 %/year\", \"4 %/year\"]";
    for keys in [
        format!("inflation = {known}"),
        format!("inflation = {{ mean = {known}, starts = 0.1 }}"),
        "inflation.fixed = 0.03".to_owned(),
        "inflation = { mean = \"3 %/year\", volatility = 0 }".to_owned(),
    ] {
        assert_eq!(rates(&keys), (0.03, 0.03), "{keys}");
    }
    // of two ends too, which leave the median to the law
    for keys in ["\"2-8 %/year\"", "\"2-8 %\"", "{ mean = \"2-8 %\" }", "[0.02, 0.08]"] {
        let (mean, cash) = rates(&format!("inflation = {keys}"));
        assert!((mean - 0.04).abs() < 1e-12 && cash == mean, "{keys}: {cash}");
    }
}

#[test]
fn a_rate_on_cash_is_a_number_or_a_process() {
    let of = |rate: &str| {
        let text = with_asset(&format!("[economy]\ncash_rate = {rate}\n"));
        valid(&text).settings.economy.cash_rate
    };
    assert_eq!(of("0.03").process(), None);
    let table = "mean = \"3 %/year\", volatility = \"1.6 %/year\", half_life = \"42 months\"";
    let process = of(&format!("{{ {table} }}")).process().unwrap();
    assert_eq!((process.mean.get(), process.starts), (0.03, None));
    assert_eq!((process.volatility.get(), process.half_life.months()), (0.016, 42.0));
    assert_eq!((process.base_yields.get(), process.property.get()), (0.5, 0.69));
    let endless = table.replace("\"42 months\"", "\"never\"");
    let process = of(&format!("{{ {endless}, starts = \"1 %/year\" }}")).process().unwrap();
    let starts = process.starts.map(|rate| rate.get());
    assert_eq!((starts, process.half_life.months()), (Some(0.01), f64::INFINITY));
}

#[test]
fn a_default_of_correlations_replaces_the_catalog_and_a_matrix_is_read_in_the_order_it_names() {
    let order = "order = [\"c\", \"a\", \"b\"]\nmatrix = [[1, 0.1, 0.2], [0.1, 1, 0.3], [0.2, 0.3, 1]]";
    for (keys, expected) in
        [("default = 0\npairs = [[\"a\", \"b\", 0.5]]", [0.5, 0.0, 0.0]), (order, [0.3, 0.1, 0.2])]
    {
        let scenario = valid(&with_assets(&format!("[correlation]\n{keys}\n")));
        let matrix = &scenario.correlation.matrix;
        assert_eq!([matrix.get(0, 1), matrix.get(0, 2), matrix.get(1, 2)], expected);
        assert!(!scenario.filled_in.iter().any(|entry| entry.path.starts_with("correlation.a")));
    }
}

#[test]
fn correlations_at_their_limits_are_possible() {
    for keys in [
        "default = 0\npairs = [[\"a\", \"b\", 1]]",
        "default = 0\npairs = [[\"a\", \"b\", -1]]",
        "pairs = [[\"a\", \"b\", 0.9], [\"b\", \"c\", 0.9], [\"a\", \"c\", 0.62]]",
    ] {
        assert_eq!(valid(&with_assets(&format!("[correlation]\n{keys}\n"))).correlation.repair, None);
    }
}

#[test]
fn a_repair_is_made_only_if_needed_and_is_kept() {
    let of = |last: f64| {
        let text = format!(
            "[correlation]\nrepair = \"nearest\"\npairs = [[\"a\", \"b\", 0.9], [\"b\", \"c\", 0.9], [\"a\", \"c\", {last}]]\n"
        );
        valid(&with_assets(&text)).correlation
    };
    assert_eq!(of(0.7).repair, None);
    let repaired = of(0.2);
    let repair = repaired.repair.unwrap();
    assert!((repair.distance - 0.2287).abs() < 1e-3, "{repair:?}");
    assert!((repair.largest_change - 0.1040).abs() < 2e-3, "{repair:?}");
    assert!((repaired.matrix.get(0, 1) - 0.796).abs() < 2e-3);
}

#[test]
fn a_file_lies_over_the_one_it_extends() {
    let base = with_assets("[correlation]\npairs = [[\"a\", \"b\", 0.5]]\n");
    let mine = "extends = \"sub/base.toml\"\ntitle = \"mine\"\ndrop = [\"asset.c\"]\nrun.paths = 5\n\
        [[asset]]\nname = \"b\"\nvalue = 7\n[[asset]]\nname = \"d\"\nclass = \"niche-content\"\nvalue = 1\n";
    let scenario = valid_files(&[("x/mine.toml", mine), ("x/sub/base.toml", &base)], &[]);
    let values: Vec<(&str, f64)> =
        scenario.assets.iter().map(|asset| (asset.name.as_str(), asset.keys.value.get())).collect();
    assert_eq!(values, [("a", 1000.0), ("b", 7.0), ("d", 1.0)]);
    assert_eq!((scenario.seeds.world, scenario.paths), (1, 5));
    assert_eq!(scenario.correlation.matrix.get(0, 1), 0.5);
}

#[test]
fn a_dropped_table_is_gone_and_what_is_no_table_is_replaced() {
    let base =
        with_assets("[correlation]\npairs = [[\"a\", \"b\", 0.5]]\ncopula = { kind = \"t\", dof = 4 }\n");
    let of = |mine: &str| extended(&base, mine).as_written.scenario.correlation;
    assert_eq!(of("drop = [\"correlation\"]\n"), valid(&with_assets("")).correlation);
    let replaced = of("[correlation]\npairs = [[\"a\", \"c\", 0.4]]\ncopula.dof = 9\n");
    assert_eq!(replaced.matrix.get(0, 1), 0.1);
    assert_eq!(replaced.matrix.get(0, 2), 0.4);
    assert_eq!(replaced.copula, crate::scenario::Copula::StudentT { dof: 9 });
    let dropped = of("drop = [\"correlation.pairs\", \"correlation.copula.dof\", \"correlation.copula\"]\n");
    assert_eq!(dropped.copula, crate::scenario::Copula::Gaussian);
}

#[test]
fn assignments_change_the_document_before_it_is_read() {
    let text = with_assets("[correlation]\npairs = [[\"a\", \"b\", 0.5]]\n");
    let of = |set: &[&str]| valid_files(&[("mine.toml", &text)], set);
    let scenario = of(&[
        "asset.b.value=0",
        "asset.a.jumps={ rate = \"0.1/year\", mean = -0.1, sd = 0.1 }",
        "run.seed=9",
        "run.seed=10",
        "owner.surplus=\"reinvest\"",
        "correlation.copula={ kind = \"t\", dof = 5 }",
    ]);
    assert_eq!(scenario.assets[1].keys.value.get(), 0.0);
    assert!(scenario.assets[0].process.is_rare());
    assert_eq!(scenario.seeds.world, 10);
    assert_eq!(scenario.owner.unwrap().surplus, crate::scenario::Surplus::Reinvest);
    assert_eq!(scenario.correlation.copula, crate::scenario::Copula::StudentT { dof: 5 });
    // an assignment means what the same line in the file means
    let assigned = valid_files(&[("mine.toml", &with_asset(""))], &["asset.a.decay=\"5 %/year\""]);
    let written = valid(&with_asset("decay = \"5 %/year\"\n"));
    assert_eq!(format!("{assigned:?}"), format!("{written:?}"));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_fault() {
    let text = format!("\u{feff}{}", FLAGSHIP.replace('\n', "\r\n"));
    assert_eq!(canonical(&text), canonical(FLAGSHIP));
}

#[test]
fn every_general_default_is_a_key_that_takes_it() {
    for entry in crate::catalog::general() {
        let (section, key) = entry.key.split_once('.').unwrap();
        let line = format!("{key} = {}\n", entry.value.as_toml());
        let text = match section {
            "asset" if key.starts_with("launch.") => with_asset(&format!(
                "[[asset]]\nname = \"b\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nincome = \"9/month\"\n{line}"
            )),
            "asset" => with_asset(&line),
            "run" => with_asset("").replace("run.seed = 1", &format!("run.seed = 1\nrun.{line}")),
            "crash" => with_asset(&format!("[crash]\nmodels = {{ m = 1 }}\n{line}")),
            _ => with_asset(&format!("[{section}]\n{line}")),
        };
        valid(&text);
    }
}
