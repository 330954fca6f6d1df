//! Mechanisms and what they are told by: keys that belong together, an income in place of a value and a yield.

use super::meaning::canonical;
use super::support::{faults, valid, with_asset, with_head};
use crate::asset::Part;

fn filled(text: &str, path: &str) -> Option<String> {
    let scenario = valid(text);
    let mut found = scenario.filled_in.iter();
    let found = found.find(|entry| entry.path == path)?;
    Some(found.value.clone())
}

#[test]
fn an_income_is_a_value_and_a_yield_by_the_multiple_that_is_written_or_filled_in() {
    let asset = |keys: &str| {
        with_head(&format!(
            "[[asset]]\nname = \"a\"\nclass = \"micro-saas-fleet\"\nmodel = \"mechanism\"\n{keys}\n"
        ))
    };
    assert_eq!(
        valid(&asset("income = \"1000/month\"\nmultiple = 4")).canonical_document(),
        valid(&asset("value = 48_000\nroi = 0.25")).canonical_document()
    );
    let told = asset("income = \"1400/month\"");
    for (key, value) in [("multiple", "3.4"), ("value", "57120.0")] {
        let found = filled(&told, &format!("asset.a.{key}"));
        assert_eq!(found.as_deref(), Some(value));
    }
    let roi = filled(&told, "asset.a.roi").unwrap();
    assert!(roi.starts_with("\"29.41"), "{roi}");
    assert_eq!(filled(&asset("value = 1"), "asset.a.multiple"), None);
}

#[test]
fn an_income_is_said_once_and_whole() {
    for (class, lines, expected) in [
        ("micro-saas-fleet", "value = 1\nincome = \"1/month\"", "income 9:10"),
        ("micro-saas-fleet", "income = \"1/month\"\nroi = 0.2", "income 8:10"),
        ("micro-saas-fleet", "value = 1\nmultiple = 3", "income 9:12"),
        ("micro-saas-fleet", "income = 1000", "unit 8:10"),
        ("micro-saas-fleet", "income = \"1/month\"\nmultiple = -1", "range 9:12"),
        ("tokenized-real-estate", "income = \"1/month\"", "income 8:10"),
        ("micro-saas-fleet", "decay = 0", "missing 5:1"),
    ] {
        let text = format!("[[asset]]\nname = \"a\"\nclass = \"{class}\"\n{lines}\n");
        assert_eq!(faults(&with_head(&text)), [expected], "{lines}");
    }
}

#[test]
fn a_mechanism_says_what_it_needs_and_has_no_key_of_another_model() {
    let of = |class: &str, lines: &str| {
        let head = format!("[[asset]]\nname = \"a\"\nclass = \"{class}\"\nvalue = 1\nroi = 0.2\n");
        faults(&with_head(&format!("{head}{lines}\n")))
    };
    for (lines, expected) in [
        ("churn = \"5 %/month\"", "model 10:9"),
        ("model = \"subscription\"", "missing 5:1"),
        ("model = \"subscription\"\nsubscribers = 0", "range 11:15"),
        ("model = \"subscription\"\nsubscribers = 9\nchurn = \"5 %\"", "unit 12:9"),
        ("model = \"subscription\"\nsubscribers = 9\ndecay = 0", "model 12:9"),
        (
            "model = \"subscription\"\nsubscribers = 9\narrivals = \"1/month\"\narrivals_share = \"5 %/month\"",
            "subscription 12:12",
        ),
        (
            "model = \"subscription\"\nsubscribers = 9\nacquisition_cost = 9\nacquisition_payback = \"1 month\"",
            "subscription 12:20",
        ),
        // two a month at six months of a margin are more than nine bring
        ("model = \"subscription\"\nsubscribers = 9\narrivals = \"2/month\"", "subscription 12:12"),
    ] {
        assert_eq!(of("micro-saas-fleet", lines), [expected], "{lines}");
    }
    for (lines, expected) in [
        ("products = 3", "model 10:12"),
        ("model = \"mechanism\"\nproducts = 100", "flywheel 11:12"),
        ("model = \"mechanism\"\nproducts = 3\nbuild_cost = \"40 months\"", "flywheel 12:14"),
        ("model = \"mechanism\"\nproducts = 3\nbuild_cost = 40", "unit 12:14"),
    ] {
        assert_eq!(of("digital-product-flywheel", lines), [expected], "{lines}");
    }
    let linear = "model = \"mechanism\"\nproducts = 3\nreinvested = 0\nbuild_cost = \"40 months\"";
    valid(&with_head(&format!(
        "[[asset]]\nname = \"a\"\nclass = \"digital-product-flywheel\"\nvalue = 1\nroi = 0.2\n{linear}\n"
    )));
}

#[test]
fn a_part_of_a_whole_is_said_once_and_whole() {
    for (lines, expected) in [
        ("value = 1\nwhole = 100\nshare = 0.01", "duplicate 8:9"),
        ("whole = 100", "missing 8:9"),
        ("share = \"1 %\"", "missing 8:9"),
        ("whole = 100\nshare = 0", "range 9:9"),
        ("whole = 100\nshare = 50", "percent 9:9"),
        ("whole = -1\nshare = 0.5", "range 8:9"),
        ("whole = 100\nshare = 0.5\nincome = \"1/month\"", "income 10:10"),
    ] {
        let head = "[[asset]]\nname = \"a\"\nclass = \"micro-saas-fleet\"\n";
        let text = with_head(&format!("{head}{lines}\n"));
        assert_eq!(faults(&text), [expected], "{lines}");
    }
}

#[test]
fn a_catalogue_of_works_has_one_law_with_a_mean() {
    let of = |model: &str, lines: &str| {
        let asset = "[[asset]]\nname = \"a\"\nclass = \"synthetic-media-royalties\"\nvalue = 1000\n";
        faults(&with_head(&format!("{asset}model = \"{model}\"\n{lines}\n")))
    };
    for (lines, expected) in [
        ("works = 0", "range 10:9"),
        ("works_tail = 0", "range 10:14"),
        ("works_tail = 1", "law 10:14"),
        ("works_tail = 2.5\nworks_log_sd = 1", "law 11:16"),
        ("half_life = \"0 months\"", "range 10:13"),
        ("gap_half_life = \"0 days\"", "range 10:17"),
        ("brand_deals = { rate = \"30/year\", size = 0.5 }", "range 10:15"),
        ("brand_deals = { rate = \"3/year\" }", "missing 10:15"),
        ("decay = 0.2", "model 10:9"),
    ] {
        assert_eq!(of("mechanism", lines), [expected], "{lines}");
    }
    assert_eq!(of("claim", "works = 30"), ["model 10:9"]);
}

#[test]
fn the_keys_of_a_fleet_are_checked() {
    for (line, expected) in [
        ("units = 0", "range 10:9"),
        ("units = 2.5", "type 10:9"),
        ("algorithm_half_life = 12", "unit 10:23"),
        ("algorithm_half_life = \"0 months\"", "range 10:23"),
        ("audit = 7.5", "unit 10:9"),
        ("audit = \"7.5 h\"", "unit 10:9"),
        ("hours_per_audit = 0", "range 10:19"),
        ("reseed_time = \"6 weeks\"", "unit 10:15"),
        ("found = \"sunset\"\nreseed_cost = \"1 month\"", "choice 11:15"),
        ("decay = \"23 %/year\"", "model 10:9"),
        ("income_share = 0.5", "model 10:16"),
    ] {
        let found = faults(&with_asset(&format!("model = \"mechanism\"\n{line}\n")));
        assert_eq!(found, [expected], "{line}");
    }
}

#[test]
fn a_heavier_law_of_works_takes_the_place_of_the_class_s() {
    let of = |line: &str| {
        valid(&with_head(&format!(
            "[[asset]]\nname = \"a\"\nclass = \"synthetic-media-royalties\"\nvalue = 1\nmodel = \"mechanism\"\n{line}"
        )))
    };
    let has_variance = |line: &str| of(line).assets[0].kind.facts().has_variance;
    assert!(has_variance("works_tail = 1.6\n"), "nothing is released");
    assert!(!has_variance("works_tail = 1.6\nreleases = \"12/year\"\n"));
    assert!(has_variance("works_tail = 2.6\nreleases = \"12/year\"\n"));
    assert!(has_variance("releases = \"12/year\"\n"));
    let pareto = of("works_tail = 1.6\n");
    let is_law = |path: &str| path == "asset.a.works_log_sd";
    assert!(!pareto.filled_in.iter().any(|entry| is_law(&entry.path)));
    assert!(!pareto.canonical_document().contains("works_log_sd"));
    let document = pareto.canonical_document();
    assert_eq!(canonical(&document), document);
}

#[test]
fn a_share_of_a_whole_is_the_value_that_it_makes() {
    let asset = |keys: &str| {
        canonical(&with_head(&format!(
            "[[asset]]\nname = \"a\"\nclass = \"tokenized-real-estate\"\n{keys}\n"
        )))
    };
    assert_eq!(asset("whole = 2_400_000\nshare = \"0.5 %\""), asset("value = 12_000"));
}

#[test]
fn debt_targets_and_appraisals_say_what_they_need_and_nothing_that_has_no_effect() {
    let text = |class: &str, lines: &str| {
        let head = format!("[[asset]]\nname = \"a\"\nclass = \"{class}\"\nvalue = 1\n");
        with_head(&format!("{head}model = \"mechanism\"\nroi = 0.1\n{lines}\n"))
    };
    let of = |class: &str, lines: &str| faults(&text(class, lines));
    for lines in [
        "leverage = 3",
        "leverage = 1\nborrow_rate = 0.07",
        "leverage = 2\nliquidation_threshold = 0.51",
        "liquidity = true\nleverage = 1\npair_volatility = 0.6\npair_correlation = 0.7",
    ] {
        valid(&text("defi-yield-aggregator", lines));
    }
    let kind = |lines: &str| valid(&text("defi-yield-aggregator", lines)).assets.remove(0).kind;
    let alone = kind("leverage = 3").without(Part::Debt).expect("it borrows");
    assert_eq!(alone.written(), kind("").written());
    assert!(kind("").without(Part::Debt).is_none());
    let alone = kind("liquidity = true").without(Part::SecondCoin);
    assert_eq!(alone.expect("two coins").written(), kind("").written());
    assert!(kind("").without(Part::SecondCoin).is_none());
    for (lines, expected) in [
        ("borrow_rate = 0.07", ["income 11:15"]),
        ("leverage = 3.5", ["range 11:12"]),
        ("pair_volatility = 0.6", ["income 11:19"]),
        ("liquidity = true\nleverage = 2", ["income 12:12"]),
        ("leverage = 2\nliquidation_threshold = 0.5", ["income 11:12"]),
        ("leverage = 2\nliquidation_threshold = 0.96\nliquidation_penalty = 0.05", ["income 12:25"]),
    ] {
        assert_eq!(of("defi-yield-aggregator", lines), expected, "{lines}");
    }
    for (lines, expected) in [
        ("volatility_target = 0", ["range 11:21"]),
        ("volatility_half_life = \"3 months\"", ["income 11:24"]),
    ] {
        assert_eq!(of("ai-managed-portfolio", lines), expected, "{lines}");
    }
    for (lines, expected) in [
        ("smoothing = 0.5", ["income 11:13"]),
        ("marking = \"appraisal\"\nsmoothing = 1", ["income 12:13"]),
        ("marking = \"appraisal\"\nappraised_volatility = 0.04\nvolatility = 0.1", ["duplicate 12:24"]),
    ] {
        assert_eq!(of("tokenized-real-estate", lines), expected, "{lines}");
    }
}

#[test]
fn no_agent_minds_what_a_rule_minds() {
    let lines = "[[asset]]\nname = \"a\"\nclass = \"defi-yield-aggregator\"\nvalue = 1\nmodel = \"mechanism\"\nroi = 0.1\n\
        leverage = 2\nmanaged_by = \"m\"\n[crash]\nmodels = { m = 1 }\n";
    assert_eq!(faults(&with_head(lines)), ["crash 12:14"]);
}

#[test]
fn a_volatility_of_appraisals_is_written_as_that_of_the_market() {
    let of = |lines: &str| {
        with_head(&format!(
            "[[asset]]\nname = \"a\"\nclass = \"tokenized-real-estate\"\nvalue = 1\nmodel = \"mechanism\"\nroi = 0.1\n\
             marking = \"appraisal\"\nsmoothing = 0.6\n{lines}\n"
        ))
    };
    let [said, undone] = ["appraised_volatility = 0.05", "volatility = 0.1"]
        .map(|lines| valid(&of(lines)).canonical_document());
    assert_eq!(said, undone);
}

/// A catalogue of works with `keys`.
fn catalogue(keys: &str) -> String {
    with_head(&format!(
        "[[asset]]\nname = \"a\"\nclass = \"synthetic-media-royalties\"\nmodel = \"mechanism\"\n{keys}\n"
    ))
}

#[test]
fn a_catalogue_earns_what_is_counted_of_it_times_what_that_pays() {
    for (keys, income) in [
        ("downloads = 900", 900.0 * 1.22),
        ("downloads = 900\nper_download = 2", 1_800.0),
        ("streams = 250_000", 1_000.0),
        ("licences = 12", 120.0),
        (
            "downloads = 900\nstreams = 250_000\nlicences = 12\nper_licence = 20",
            900.0 * 1.22 + 1_000.0 + 240.0,
        ),
    ] {
        let found = valid(&catalogue(keys));
        let value = found.assets[0].keys.value.get();
        assert!((value / (12.0 * 3.2 * income) - 1.0).abs() < 1e-12, "{keys}: {value}");
        assert!((found.assets[0].kind.claimed() - 1.0 / 3.2).abs() < 1e-12);
        let document = found.canonical_document();
        assert_eq!(canonical(&document), document);
    }
    let told = catalogue("downloads = 900");
    assert_eq!(filled(&told, "asset.a.per_download").as_deref(), Some("1.22"));
    assert_eq!(filled(&told, "asset.a.per_stream"), None);
    let own = catalogue("downloads = 900\nper_download = 2\nmultiple = 4");
    assert_eq!(filled(&own, "asset.a.per_download"), None);
    assert_eq!(valid(&own).assets[0].keys.value.get(), 12.0 * 4.0 * 1_800.0);
    let built = "downloads = 900\nvalue = 0\nlaunch = { cost = 1, time = \"2 months\" }\n[owner]\ncash = 1\n";
    assert_eq!(valid(&catalogue(built)).assets[0].opening(), 0.0);
}

#[test]
fn what_is_counted_says_an_income_once_and_of_works() {
    for (keys, expected) in [
        ("downloads = 900\nroi = 0.2", "traffic 9:13"),
        ("value = 1\ndownloads = 900", "traffic 10:13"),
        ("income = \"1/month\"\nstreams = 900", "traffic 10:11"),
        ("downloads = 900\nper_stream = 1", "traffic 10:14"),
        ("value = 1\nper_download = 1", "traffic 10:16"),
        ("downloads = 0", "range 9:13"),
        ("downloads = 1.5", "type 9:13"),
        ("downloads = 9\nper_download = 0", "traffic 9:13"),
        ("downloads = 9\nper_download = -1", "range 10:16"),
    ] {
        assert_eq!(faults(&catalogue(keys)), [expected], "{keys}");
    }
    let of = |class: &str, lines: &str| {
        let asset = format!("[[asset]]\nname = \"a\"\nclass = \"{class}\"\n{lines}\n");
        faults(&with_head(&asset))
    };
    let site = "model = \"mechanism\"\nincome = \"9/month\"\ndownloads = 900";
    assert_eq!(of("niche-content", site), ["traffic 10:13"]);
    let claim = "value = 1\ndownloads = 900";
    assert_eq!(of("synthetic-media-royalties", claim), ["traffic 9:13"]);
}

#[test]
fn ages_of_works_say_nothing_where_nothing_lasts() {
    for (keys, expected) in
        [("age = \"8 years\"", "income 10:7"), ("lasting_half_life = \"162 months\"", "income 10:21")]
    {
        let text = catalogue(&format!("value = 1\n{keys}"));
        assert_eq!(faults(&text), [expected], "{keys}");
        // what it is told to write
        valid(&catalogue(&format!("value = 1\n{keys}\nlasting = 0.2")));
    }
    assert_eq!(faults(&catalogue("value = 1\nlasting = 2")), ["percent 10:11"]);
    let faster = "value = 1\nlasting = 0.2\nhalf_life = \"200 months\"";
    assert_eq!(faults(&catalogue(faster)), ["range 10:11"]);
}
