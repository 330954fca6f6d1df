//! Each notation means what people mean by it, for each kind of key.
//!
//! In: keys with wrong values. Out: the values that are proposed. Not here: whole files (`corpus`).

use super::apply::faults;

const HEAD: &str = "start = \"2027-01\"\nhorizon = \"10 years\"\ncurrency = \"USD\"\n";

/// A file in which `key` stands once, with `value`.
fn file(key: &str, value: &str) -> String {
    let line = format!("{key} = {value}\n");
    let (section, key) = key.split_once('.').unwrap_or(("", key));
    let head: String = HEAD
        .lines()
        .filter(|held| !held.starts_with(key) || !section.is_empty())
        .map(|held| format!("{held}\n"))
        .collect();
    let run = "[run]\nseed = 1\n"
        .replace("seed = 1\n", if section == "run" && key == "seed" { "" } else { "seed = 1\n" });
    let asset = "[[asset]]\nname = \"a\"\nclass = \"micro-saas-fleet\"\n";
    let crash = "[crash]\nmodels = { x = 0.6, y = 0.4 }\n";
    let shock = "[[shock]]\nmarket = \"a\"\n";
    let line = match section {
        "" => line,
        _ => format!("{key} = {value}\n"),
    };
    let own = |named: &str, rest: &str| {
        if section == named { format!("{rest}{line}") } else { String::new() }
    };
    let value_of = if key == "value" { "" } else { "value = 1000\n" };
    format!(
        "{}{head}{run}{}{asset}{value_of}{}{}{}{}{}{}",
        if section.is_empty() { line.as_str() } else { "" },
        if section == "run" { line.as_str() } else { "" },
        own("asset", ""),
        own("owner", "[owner]\n"),
        own("economy", "[economy]\n"),
        own("crisis", "[crisis]\n"),
        own("crash", if key == "models" { "[crash]\n" } else { crash }),
        own(
            "shock",
            &if key == "at" { format!("{shock}loss = 0.1\n") } else { format!("{shock}at = \"2027-05\"\n") }
        ),
    )
}

/// What is proposed for the value of `key`.
fn proposed(key: &str, value: &str) -> Vec<String> {
    let found = faults(&file(key, value));
    assert_eq!(
        found.len(),
        1,
        "{key} = {value}: {:?}",
        found.iter().map(|fault| &fault.message).collect::<Vec<_>>()
    );
    for (replacement, patched) in &found[0].proposals {
        let again: Vec<String> = faults(patched).into_iter().map(|fault| fault.message).collect();
        assert!(again.is_empty(), "{key} = {value}: {replacement}: {again:?}");
    }
    found[0].proposals.iter().map(|(replacement, _)| replacement.clone()).collect()
}

#[test]
fn a_typed_number_is_proposed_in_the_unit_of_its_key() {
    for (key, value, expected) in [
        ("economy.inflation", "\"3,7 %/year\"", &["\"3.7 %/year\""][..]),
        ("economy.inflation", "2.5", &["\"2.5 %\""]),
        ("economy.inflation", "-18", &["\"-18 %\""]),
        ("asset.roi", "\"0.22-0.35\"", &["\"22-35 %\""]),
        ("asset.roi", "[22, 35]", &["\"22-35 %\""]),
        ("asset.roi", "[0.5, 1.2]", &["\"50-120 %\""]),
        ("asset.roi", "[28]", &["\"28 %\""]),
        ("asset.roi", "\"0.28\"", &["\"28 %\""]),
        ("asset.roi", "\"1,5 %\"", &["\"1.5 %\""]),
        ("asset.roi", "\"−5,0 %\"", &["\"-5 %\""]),
        ("owner.cash", "\"1 500,5\"", &["1500.5"]),
        ("asset.value", "\"80,000\"", &["80_000"]),
        ("asset.value", "\"$50,000\"", &["50_000"]),
        ("asset.value", "\"50k\"", &["50_000"]),
        ("asset.value", "\"1.234.567 €\"", &["1_234_567"]),
        ("asset.value", "[80_000]", &["80_000"]),
        ("owner.cash", "\"24 000\"", &["24_000"]),
        ("run.paths", "\"100k\"", &["100_000"]),
        ("run.paths", "1.000", &["1000"]),
        ("run.paths", "\"1.000\"", &["1000"]),
        ("run.paths", "100.0", &["100"]),
        ("asset.value", "[50.000]", &["50_000"]),
        ("asset.market_correlation", "45", &["0.45"]),
        ("run.seed", "\"2,027\"", &["2027"]),
        ("start", "2031-03-15", &["\"2031-03\""]),
        ("start", "2031", &["\"2031-01\""]),
        ("horizon", "10", &["\"10 years\"", "\"10 months\""]),
        ("horizon", "1", &["\"1 year\"", "\"1 month\""]),
        ("horizon", "2.5", &["\"2.5 years\""]),
        ("owner.surplus", "45", &["\"45 %\""]),
        ("crisis.begins", "0.03", &["\"3 %/month\""]),
        ("crisis.begins", "3", &["\"3 %/month\""]),
        ("crisis.volatility", "\"200 %\"", &["2"]),
        ("crash.trigger", "\"0,21\"", &["0.21"]),
        ("shock.loss", "30", &["\"30 %\""]),
        ("currency", "\"usd\"", &["\"USD\""]),
    ] {
        assert_eq!(proposed(key, value), expected, "{key} = {value}");
    }
}

#[test]
fn nothing_is_proposed_where_nothing_is_meant() {
    for (key, value) in [
        ("shock.loss", "1.0"),
        ("economy.inflation", "1"),
        ("asset.volatility", "\"10 %/month\""),
        ("crisis.begins", "\"30 % p.a.\""),
        ("asset.roi", "\"20 % APY\""),
        ("start", "\"03/2031\""),
        ("owner.rebalance", "\"monthly\""),
        ("crisis.lasts", "28"),
        ("asset.movable", "\"yes\""),
        ("asset.market", "2027"),
        ("asset.market", "\"sit\\u0435s\""),
        ("title", "2027"),
        ("asset.roi", "[0.35, 22]"),
        ("crisis.lasts", "0.35"),
        ("horizon", "0"),
        ("horizon", "-1"),
        ("horizon", "\"0 months\""),
        ("horizon", "\"-3 months\""),
        ("horizon", "\"200 years\""),
        ("run.paths", "-0.0"),
        ("run.paths", "2.5"),
        ("asset.market_correlation", "1.5"),
        ("asset.market_correlation", "\"-1.5\""),
        ("asset.roi", "\"\""),
        ("asset.value", "\"fifty thousand\""),
        ("crash.lockstep", "-0.5"),
        ("asset.volatility", "\"20-30 %\""),
        ("asset.value", "\"5 %\""),
        ("asset.value", "\"1750/month\""),
        ("asset.value", "-5"),
        ("start", "\"2031-13\""),
        ("crash.trigger", "\"21 %\""),
        ("asset.market", "\"日本\""),
        // 1500 % or 1.5 %: the key takes one of them, which was not said
        ("asset.roi", "\"1,500 %\""),
        ("asset.volatility", "\"1,500 %\""),
        ("economy.inflation", "\"1,500 %/year\""),
        ("asset.roi", "\"0,5-1,500 %\""),
        ("asset.roi", "\"12x\""),
        ("asset.roi", "\"2-3x\""),
        ("asset.roi", "\"twice\""),
        ("asset.roi", "\"5 events\""),
        ("asset.volatility", "\"5 years\""),
        ("asset.volatility", "\"1 month\""),
        ("asset.roi", "\"1-2 months\""),
        ("crisis.begins", "\"2x\""),
        ("horizon", "\"2x\""),
        ("horizon", "\"twice\""),
        ("crisis.lasts", "\"1,500 months\""),
        ("owner.cash", "\"12x\""),
        ("owner.cash", "\"1.500 000\""),
        ("owner.cash", "\"1'5\""),
        ("owner.cash", "\"1,5000\""),
        ("asset.roi", "\"12:1\""),
        ("asset.roi", "\"1/12\""),
        ("asset.roi", "\"½\""),
        ("asset.roi", "\"2½ %\""),
        ("asset.roi", "\"5‰\""),
        ("asset.roi", "\"50 bps\""),
    ] {
        assert_eq!(proposed(key, value), [] as [&str; 0], "{key} = {value}");
    }
}

#[test]
fn an_example_is_shown_and_never_proposed() {
    for key in ["horizon", "asset.volatility", "run.paths", "crisis.begins", "crisis.lasts", "asset.value"] {
        for value in ["nan", "inf", "true", "\"lots\""] {
            assert_eq!(proposed(key, value), [] as [&str; 0], "{key} = {value}");
            let found = faults(&file(key, value));
            assert!(found[0].notes.iter().any(|(name, _)| *name == "such as"), "{key} = {value}");
        }
    }
}

#[test]
fn what_was_typed_is_quoted_as_it_was_typed() {
    let found = faults(&file("economy.inflation", "\"18 % p.q.\""));
    assert_eq!(found[0].message, "`inflation` cannot be read from \"18 % p.q.\"");
    let found = faults(&file("asset.jumps", "{ rate = true, mean = -0.1, sd = 0.1 }"));
    assert_eq!(found[0].message, "`rate` is a number of events per year");
}

#[test]
fn values_inside_a_table_are_replaced_where_they_stand() {
    let text = file("crash.models", "{ a = 45, b = 0.55 }");
    let found = faults(&text);
    let (replacement, patched) = &found[0].proposals[0];
    assert_eq!(replacement, "\"45 %\"");
    assert!(patched.contains("models = { a = \"45 %\", b = 0.55 }"), "{patched}");
    assert!(faults(patched).is_empty());
}
