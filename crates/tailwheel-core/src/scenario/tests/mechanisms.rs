//! Mechanisms and what they are told by: keys that belong together, an income in place of a value and a yield.

use super::meaning::{canonical, filled};
use super::support::{mechanism, read_back, valid};
use crate::asset::Removable;

#[test]
fn an_income_is_a_value_and_a_yield_by_the_multiple_that_is_written_or_filled_in() {
    let asset = |keys: &str| mechanism("micro-saas-fleet", keys);
    let told = asset("income = \"1000/month\"\nmultiple = 4");
    assert_eq!(canonical(&told), canonical(&asset("value = 48_000\nroi = 0.25")));
    let told = valid(&asset("income = \"1400/month\""));
    let of = |key: &str| filled(&told, &format!("asset.a.{key}")).unwrap();
    assert_eq!((of("multiple"), of("value")), ("3.4", "57120.0"));
    assert!(of("roi").starts_with("\"29.41"), "{}", of("roi"));
    assert_eq!(filled(&valid(&asset("value = 1")), "asset.a.multiple"), None);
}

#[test]
fn a_heavier_law_of_works_takes_the_place_of_the_class_s() {
    let of = |line: &str| catalogue(&format!("value = 1\n{line}"));
    let has_variance = |line: &str| valid(&of(line)).assets[0].kind.facts().has_variance;
    assert!(has_variance("works_tail = 1.6\n"), "nothing is released");
    assert!(!has_variance("works_tail = 1.6\nreleases = \"12/year\"\n"));
    assert!(has_variance("works_tail = 2.6\nreleases = \"12/year\"\n"));
    assert!(has_variance("releases = \"12/year\"\n"));
    let [pareto, _] = read_back(&of("works_tail = 1.6\n"));
    assert_eq!(filled(&pareto, "asset.a.works_log_sd"), None);
    assert!(!pareto.canonical_document().contains("works_log_sd"));
}

#[test]
fn a_share_of_a_whole_is_the_value_that_it_makes() {
    let asset = |keys: &str| canonical(&mechanism("tokenized-real-estate", keys));
    assert_eq!(asset("whole = 2_400_000\nshare = \"0.5 %\""), asset("value = 12_000"));
}

#[test]
fn a_pool_without_its_debt_or_its_second_coin_is_one_that_never_had_it() {
    let kind = |lines: &str| {
        let pool = mechanism("defi-yield-aggregator", &format!("value = 1\nroi = 0.1\n{lines}"));
        valid(&pool).assets.remove(0).kind
    };
    for (lines, part) in [("leverage = 3", Removable::Debt), ("liquidity = true", Removable::SecondCoin)] {
        assert_eq!(kind(lines).without(part).expect(lines).written(), kind("").written());
        assert!(kind("").without(part).is_none());
    }
}

#[test]
fn a_volatility_of_appraisals_is_written_as_that_of_the_market() {
    let of = |line: &str| {
        let keys = "value = 1\nroi = 0.1\nmarking = \"appraisal\"\nsmoothing = 0.6";
        canonical(&mechanism("tokenized-real-estate", &format!("{keys}\n{line}")))
    };
    assert_eq!(of("appraised_volatility = 0.05"), of("volatility = 0.1"));
}

fn catalogue(keys: &str) -> String {
    mechanism("synthetic-media-royalties", keys)
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
        let [found, _] = read_back(&catalogue(keys));
        let value = found.assets[0].keys.value.get();
        assert!((value / (12.0 * 3.2 * income) - 1.0).abs() < 1e-12, "{keys}: {value}");
        assert!((found.assets[0].kind.claimed() - 1.0 / 3.2).abs() < 1e-12);
    }
    let told = valid(&catalogue("downloads = 900"));
    assert_eq!(filled(&told, "asset.a.per_download"), Some("1.22"));
    assert_eq!(filled(&told, "asset.a.per_stream"), None);
    let own = valid(&catalogue("downloads = 900\nper_download = 2\nmultiple = 4"));
    assert_eq!(filled(&own, "asset.a.per_download"), None);
    assert_eq!(own.assets[0].keys.value.get(), 12.0 * 4.0 * 1_800.0);
    let built = "downloads = 900\nvalue = 0\nlaunch = { cost = 1, time = \"2 months\" }\n[owner]\ncash = 1\n";
    assert_eq!(valid(&catalogue(built)).assets[0].opening(), 0.0);
}
