//! Faults of the tables of the flash-crash loop by code and place.

use super::support::{faults, valid, with_asset, with_assets};

/// An asset and a `[crash]` whose keys begin in line 10.
fn crash(keys: &str) -> String {
    with_asset(&format!("[crash]\n{keys}\n"))
}

fn of_crash(keys: &str) -> Vec<String> {
    faults(&crash(keys))
}

/// Faults of a `[crash]` whose keys begin in line 11, behind valid models.
fn of_models(keys: &str) -> Vec<String> {
    of_crash(&format!("models = {{ a = 0.5, b = 0.5 }}\n{keys}"))
}

/// Faults of a `[crisis]` of three assets; its keys begin in line 18.
fn of_crisis(keys: &str) -> Vec<String> {
    faults(&with_assets(&format!("[crisis]\n{keys}\n")))
}

/// Faults of the market of asset `a`; its keys begin in line 11.
fn of_market(keys: &str) -> Vec<String> {
    faults(&with_asset(&format!("[[market]]\nname = \"a\"\n{keys}\n")))
}

/// Faults of a shock; its keys begin in line 18.
fn of_shock(keys: &str) -> Vec<String> {
    faults(&with_assets(&format!("[[shock]]\n{keys}\n")))
}

/// Clusters from line 9, the second of them from line 14.
fn of_clusters(second: &str) -> Vec<String> {
    let first = "name = \"a\"\ncapital_share = 0.5\nfirst_trigger = 0.1\ndispersion = 0.1\n";
    faults(&with_asset(&format!("[[crash.cluster]]\n{first}[[crash.cluster]]\n{second}\n")))
}

#[test]
fn a_crisis_is_checked() {
    for (keys, expected) in [
        ("begins = 0.03", "unit 18:10"),
        ("begins = \"3 %\"", "unit 18:10"),
        ("begins = \"30 %/year\"", "unit 18:10"),
        ("begins = \"101 %/month\"", "range 18:10"),
        ("begins = true", "type 18:10"),
        ("begins = nan", "type 18:10"),
        ("lasts = 5", "unit 18:9"),
        ("lasts = \"3 weeks\"", "range 18:9"),
        ("lasts = \"101 years\"", "range 18:9"),
        ("volatility = 0.5", "range 18:14"),
        ("volatility = 101", "range 18:14"),
        ("volatility = \"200 %\"", "type 18:14"),
        ("toward_one = 30", "percent 18:14"),
        ("toward_one = -0.1", "range 18:14"),
        ("depth = 0", "range 18:9"),
        ("depth = 30", "percent 18:9"),
        ("towards_one = 0.3", "unknown-key 18:1"),
        ("pairs = [[\"a\", \"x\", 0.1]]", "unknown-asset 18:16"),
        ("pairs = [[\"a\", \"b\", 0.5]]\ntoward_one = 0.3", "correlation 18:9"),
        ("order = [\"a\", \"b\", \"c\"]", "correlation 18:9"),
        (
            "order = [\"a\", \"b\", \"c\"]\nmatrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]\ntoward_one = 0",
            "correlation 20:14",
        ),
        ("order = [\"a\", \"b\", \"c\"]\nmatrix = [[1, 0, 0], [0, 1, 0]]", "correlation 19:10"),
        (
            "order = [\"a\", \"b\", \"c\"]\nmatrix = [[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]]",
            "correlation 19:27",
        ),
        ("pairs = [[\"a\", \"b\", 0.9], [\"b\", \"c\", -0.9], [\"a\", \"c\", 0.9]]", "correlation 18:21"),
    ] {
        assert_eq!(of_crisis(keys), [expected], "{keys}");
    }
}

#[test]
fn models_and_what_goes_with_them_are_checked() {
    for (keys, expected) in [
        ("", "missing 9:1"),
        ("models = 3", "type 10:10"),
        ("models = {}", "type 10:10"),
        ("models = { a = 0.5, b = 0.4 }", "shares 10:10"),
        ("models = { a = 0.5, b = 0.500000003 }", "shares 10:10"),
        ("models = { a = 1, b = 0 }", "range 10:23"),
        ("models = { a = 2 }", "percent 10:16"),
        ("models = { a = \"x\" }", "unit 10:16"),
        ("models = { dispersed = 1 }", "name 10:12"),
        ("models = { \"a b\" = 1 }", "name 10:12"),
    ] {
        assert_eq!(of_crash(keys), [expected], "{keys}");
    }
    for (keys, expected) in [
        ("trigger = 0", "range 11:11"),
        ("trigger = \"21 %\"", "type 11:11"),
        ("trigger = 0.15", "crash 11:11"),
        ("lockstep = 1\ntrigger = 0.1", "crash 12:11"),
        ("lockstep = 1\nspread = 0.9", "crash 12:10"),
        ("lockstep = 1\nband = 0.5", "crash 12:8"),
        ("lockstep = 0\nspread = 0.42", "crash 12:10"),
        ("spread = -1", "range 11:10"),
        ("band = 0", "range 11:8"),
        ("lockstep = 70", "percent 11:12"),
        ("sell_fraction = 1.5", "percent 11:17"),
        ("blocks = 0", "range 11:10"),
        ("blocks = 4097", "range 11:10"),
        ("blocks = 2.5", "type 11:10"),
        ("impact_exponent = 0.4", "range 11:19"),
        ("impact_exponent = 1.1", "range 11:19"),
        ("hallucination = 0.1", "type 11:17"),
        ("hallucination = { rate = 0.1 }", "unit 11:26"),
        ("hallucination = { reach = 30 }", "percent 11:27"),
        ("hallucination = { rat = 0 }", "unknown-key 11:19"),
        ("trigers = 1", "unknown-key 11:1"),
        ("cluster = 3", "type 11:11"),
        ("cluster = []", "type 11:11"),
    ] {
        let found = of_models(keys);
        assert_eq!(found.last().map(String::as_str), Some(expected), "{keys}");
    }
    for keys in ["trigger = 0.16", "trigger = 0.13\nlockstep = 1", "lockstep = 0\nband = 2"] {
        valid(&crash(&format!("models = {{ a = 0.5, b = 0.5 }}\n{keys}")));
    }
}

#[test]
fn clusters_are_checked_one_by_one_and_together() {
    let second = |keys: &str| format!("name = \"b\"\n{keys}");
    let rest = "first_trigger = 0.1\ndispersion = 0.1";
    for (keys, expected) in [
        (format!("capital_share = 0.4\n{rest}"), "shares 16:17"),
        (format!("capital_share = 0\n{rest}"), "range 16:17"),
        (format!("capital_share = -1\n{rest}"), "range 16:17"),
        (rest.to_owned(), "missing 14:1"),
        ("capital_share = 0.5\nfirst_trigger = 0\ndispersion = 0.1".to_owned(), "range 17:17"),
        ("capital_share = 0.5\nfirst_trigger = 0.1\ndispersion = 0".to_owned(), "range 18:14"),
        (format!("capital_share = 0.5\n{rest}\ntrigger = 0.2"), "unknown-key 19:1"),
        (format!("capital_share = 0.5\n{rest}\nblocks = 5000"), "range 19:10"),
    ] {
        assert_eq!(of_clusters(&second(&keys)), [expected], "{keys}");
    }
    let twin = format!("name = \"a\"\ncapital_share = 0.5\n{rest}");
    assert_eq!(of_clusters(&twin), ["duplicate 15:8"]);
}

#[test]
fn models_and_clusters_at_once_are_refused_at_each_key() {
    let cluster = "[[crash.cluster]]\nname = \"a\"\ncapital_share = 1\nfirst_trigger = 0.1\ndispersion = 0.1";
    for key in [
        "models = { a = 1 }",
        "trigger = 0.21",
        "spread = 0.3",
        "band = 0.06",
        "lockstep = 0.7",
        "sell_fraction = 0.45",
        "blocks = 200",
        "hallucination = {}",
    ] {
        let column = key.find('=').unwrap() + 3;
        let found = of_crash(&format!("{key}\n{cluster}"));
        assert_eq!(found, [format!("crash 10:{column}")], "{key}");
    }
    valid(&crash(&format!("impact_exponent = 0.5\n{cluster}")));
}

#[test]
fn sixteen_clusters_and_sixty_four_markets_are_the_most() {
    let models = |n: usize| {
        let share = 1.0 / n as f64;
        let models: Vec<String> = (0..n).map(|k| format!("m{k} = {share:?}")).collect();
        format!("models = {{ {} }}", models.join(", "))
    };
    valid(&crash(&models(15)));
    valid(&crash(&format!("{}\nlockstep = 1", models(16))));
    valid(&crash(&format!("{}\nlockstep = 0", models(40))));
    assert_eq!(of_crash(&models(16)), ["range 10:10"]);
    let all = format!("{}\nlockstep = 1", models(17));
    assert_eq!(of_crash(&all), ["range 10:10"]);
    let assets: String = (0..64)
        .map(|n| format!("[[asset]]\nname = \"n{n}\"\nclass = \"niche-content\"\nvalue = 1\n"))
        .collect();
    let text = with_asset(&format!("{assets}[crash]\nmodels = {{ a = 1 }}\n"));
    assert_eq!(faults(&text), ["range 265:1"]);
}

#[test]
fn markets_are_checked() {
    for (keys, expected) in [
        ("size = 0", "range 11:8"),
        ("size = -1", "range 11:8"),
        ("size = nan", "number 11:8"),
        ("agent_share = 35", "percent 11:15"),
        ("impact_of_10_percent = 1", "percent 11:24"),
        ("impact_of_10_percent = \"100 %\"", "range 11:24"),
        ("permanent = -0.1", "range 11:13"),
        ("recovery_half_life = 3", "unit 11:22"),
        ("recovery_half_life = \"0 months\"", "range 11:22"),
        ("recovery_half_life = []", "range 11:22"),
        ("recovery_half_life = [3]", "type 11:23"),
        ("recovery_half_life = [{ weight = 0.5, half_life = \"1 month\" }]", "shares 11:22"),
        ("recovery_half_life = [{ weight = 1, half_life = \"0 days\" }]", "range 11:49"),
        ("recovery_half_life = [{ weight = 1 }]", "missing 11:23"),
        ("volatility = -0.3", "range 11:14"),
        ("volatility = 30", "percent 11:14"),
        ("class = \"defi\"", "unknown-class 11:9"),
        ("class = 3", "type 11:9"),
        ("kind = \"x\"", "not-in-version 11:1"),
        ("[[market]]\nname = \"a\"", "duplicate 12:8"),
        ("[[market]]\nname = \"b\"", "unknown-market 12:8"),
        ("[[market]]\nsize = 1", "missing 11:1"),
        ("[[market]]\nname = \"b b\"", "name 12:8"),
    ] {
        let found = of_market(keys);
        assert!(found.contains(&expected.to_owned()), "{keys}: {found:?}");
        assert!(found.len() <= 2, "{keys}: {found:?}");
    }
    assert_eq!(faults(&with_asset("market_beta = 11\n")), ["range 9:15"]);
}

#[test]
fn shocks_are_checked() {
    for (keys, expected) in [
        ("market = \"a\"\nloss = 0.3", "missing 17:1"),
        ("at = \"2028-07\"\nmarket = \"a\"", "missing 17:1"),
        ("at = \"2028-07\"\nloss = 0.3", "missing 17:1"),
        ("at = \"2026-12\"\nmarket = \"a\"\nloss = 0.3", "range 18:6"),
        ("at = \"2037-01\"\nmarket = \"a\"\nloss = 0.3", "range 18:6"),
        ("at = 2028\nmarket = \"a\"\nloss = 0.3", "type 18:6"),
        ("at = \"2028-07\"\nmarket = \"x\"\nloss = 0.3", "unknown-market 19:10"),
        ("at = \"2028-07\"\nclass = \"defi-yield-aggregator\"\nloss = 0.3", "unknown-market 19:9"),
        ("at = \"2028-07\"\nclass = \"defi\"\nloss = 0.3", "unknown-class 19:9"),
        ("at = \"2028-07\"\nclass = \"niche-content\"\nmarket = \"a\"\nloss = 0.3", "shock 20:10"),
        ("at = \"2028-07\"\nmarket = \"a\"\nloss = 30", "percent 20:8"),
        ("at = \"2028-07\"\nmarket = \"a\"\nloss = \"100 %\"", "range 20:8"),
        ("at = \"2028-07\"\nmarket = \"a\"\nloss = -0.1", "range 20:8"),
    ] {
        assert_eq!(of_shock(keys), [expected], "{keys}");
    }
    for (at, month) in [("2027-01", 1), ("2036-12", 120)] {
        let keys = format!("[[shock]]\nat = \"{at}\"\nmarket = \"a\"\nloss = 0.3\n");
        assert_eq!(valid(&with_assets(&keys)).shocks[0].month, month);
    }
}

#[test]
fn faults_of_all_tables_arrive_in_one_run() {
    let text = with_assets(
        "[correlation]\npairs = [[\"a\", \"b\", 2]]\n\
         [crisis]\nlasts = 5\n[crash]\nmodels = { a = 0.5 }\n\
         [[market]]\nname = \"x\"\nsize = 0\n[[shock]]\nat = \"2028-07\"\nloss = 2\n",
    );
    assert_eq!(
        faults(&text),
        [
            "range 18:21",
            "unit 20:9",
            "shares 22:10",
            "unknown-market 24:8",
            "range 25:8",
            "missing 26:1",
            "percent 28:8",
        ]
    );
}
