//! Keys that a file has better for the owner than the catalog.

use super::support::{mechanism, valid, with_head};
use crate::catalog::{Better, CatalogValue, class};

/// Keys of a website that `lines` set more favorably than the catalog: `[key, value, catalog value]`.
fn better(lines: &str) -> Vec<[String; 3]> {
    let site = valid(&mechanism("niche-content", &format!("visits = 20_000\n{lines}")));
    site.better.into_iter().map(|one| [one.key, one.written, one.catalog]).collect()
}

#[test]
fn a_key_is_better_in_its_direction_by_more_than_a_twentieth() {
    let is_better = |lines: &str| !better(lines).is_empty();
    // higher is better, and the catalog has 14
    let rpms = ["14.0", "14.6", "14.8", "9"].map(|rpm| is_better(&format!("rpm = {rpm}")));
    assert_eq!(rpms, [false, false, true, false]);
    // lower is better, and the catalog has 1,440 a year
    let tools = ["120/month", "1380/year", "1360/year", "40/month", "200/month"]
        .map(|tools| is_better(&format!("tools = \"{tools}\"")));
    assert_eq!(tools, [false, false, true, true, false]);
    // a range counts by its median: 14 is that of 4 to 49, and 20 of 10 to 40
    assert!(!is_better("rpm = [4, 49]") && is_better("rpm = [10, 40]"));
    assert!(!is_better("rpm = [10, 14, 40]") && is_better("rpm = [4, 20, 40]"));
    // the unit at the end of a range is that of both ends: 24 months are two years
    assert!(!is_better("page_half_life = \"1-3 years\"") && is_better("page_half_life = \"3-5 years\""));
    // neither direction is better for every owner
    assert!(!is_better(""));
}

#[test]
fn a_claimed_return_equal_to_the_median_of_the_catalogs_law_is_not_better() {
    let is_better = |class: &str, keys: &str| {
        let asset = format!("[[asset]]\nname = \"a\"\nclass = \"{class}\"\nvalue = 1000\n{keys}\n");
        !valid(&with_head(&asset)).better.is_empty()
    };
    // the catalog has "6-12 %": percentiles of a growth factor with the median 1.0896
    let rois = ["9 %", "9.0 %", "9.4 %", "9.5 %", "5-13 %", "6-14 %"]
        .map(|roi| is_better("index-fund", &format!("roi = \"{roi}\"")));
    assert_eq!(rois, [false, false, false, true, false, true]);
    // "0-18 %" has the median 8.6 % as percentiles, 9 % as a uniform law, and that of its mode as PERT
    let laws = ["", "roi_law = \"uniform\"", "roi_law = \"pert\"\nroi_mode = \"12 %\""]
        .map(|law| is_better("index-fund", &format!("roi = \"0-18 %\"\n{law}")));
    assert_eq!(laws, [false, false, true]);
    // the catalog has "15-45 %" as a PERT law with the mode 30 %
    let rois =
        ["30 %", "31.4 %", "31.6 %"].map(|roi| is_better("niche-content", &format!("roi = \"{roi}\"")));
    assert_eq!(rois, [false, false, true]);
}

#[test]
fn both_values_stand_beside_the_key() {
    let mut found = better("renewed = 0.8\nlink_clicks = \"5 %\"\nai_answers = \"10 %/year\"");
    found.sort();
    assert_eq!(found, [["asset.a.link_clicks", "\"5 %\"", "0.03"], ["asset.a.renewed", "0.8", "0.5"]]);
}

/// A key with a favorable direction warns at the favorable end of its range, and not at the catalog's value.
#[test]
fn taking_the_catalogs_value_silences_it() {
    let content = class("niche-content").expect("a class");
    let mut n = 0;
    for entry in &content.defaults {
        let (Some(direction), Some([low, high])) = (entry.better, &entry.range) else {
            continue;
        };
        // claims about the return and the value are said by visits here
        let key = entry.key.as_str();
        let of_others = ["decay", "volatility", "trade_cost", "fixed_costs"];
        let end = if direction == Better::Higher { high } else { low };
        if key.starts_with("roi") || key.contains('.') || of_others.contains(&key) || *end == entry.value {
            continue;
        }
        let of = |value: &CatalogValue| better(&format!("{key} = {}", value.as_toml()));
        assert_eq!(of(&entry.value), [] as [[String; 3]; 0], "{key}");
        let found = of(end);
        assert_eq!(found.len(), 1, "{key}: {found:?}");
        assert_eq!(found[0][0], format!("asset.a.{key}"));
        n += 1;
    }
    assert!(n >= 10, "{n}");
}

#[test]
fn a_launch_that_fails_more_rarely_than_the_catalog_s_is_better() {
    let found = |fails: &str| {
        let found = better(&format!("launch = {{ cost = 400{fails} }}\n[owner]\ncash = 9_000"));
        found.into_iter().filter(|[key, ..]| key == "asset.a.launch.fails").collect::<Vec<_>>()
    };
    for (fails, expected) in [
        ("", None),
        (", fails = \"54 %\"", None),
        (", fails = \"52 %\"", None),
        (", fails = \"70 %\"", None),
        (", fails = [\"54 %\", \"90 %\"]", None),
        (", fails = 0", Some("0")),
        (", fails = \"20-40 %\"", Some("\"20-40 %\"")),
    ] {
        let expected = expected.map(|typed| ["asset.a.launch.fails", typed, "\"54 %\""]);
        assert_eq!(found(fails), Vec::from_iter(expected), "{fails}");
    }
}
