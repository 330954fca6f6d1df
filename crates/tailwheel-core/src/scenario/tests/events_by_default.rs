//! What strikes a class without being asked for, and how one says that it does not.

use super::meaning::filled;
use super::support::{faults, read_back, read_files, valid, valid_files, with_head};
use crate::scenario::Scenario;

fn asset(name: &str, class: &str, keys: &str) -> String {
    format!("[[asset]]\nname = \"{name}\"\nclass = \"{class}\"\nvalue = 1000\n{keys}\n")
}

fn vault(name: &str, keys: &str) -> String {
    asset(name, "defi-yield-aggregator", keys)
}

fn events(text: &str) -> Vec<String> {
    names(&valid(&with_head(text)))
}

fn names(scenario: &Scenario) -> Vec<String> {
    scenario.events.iter().filter(|event| event.can_strike()).map(|event| event.name.clone()).collect()
}

#[test]
fn a_class_brings_what_usually_strikes_it() {
    let works = asset("works", "synthetic-media-royalties", "");
    for (text, expected) in [
        (vault("a", ""), &["contract-exploit-a"][..]),
        (vault("a", "verified = true"), &["contract-exploit-a"]),
        (vault("a", "verified = false"), &["contract-exploit-a", "rug-pull-a"]),
        (vault("a", "denomination = \"stable\""), &["contract-exploit-a", "depeg-a"]),
        (vault("a", "denomination = \"token\""), &["contract-exploit-a"]),
        (vault("a", "roi_basis = \"net\""), &[]),
        (asset("site", "niche-content", ""), &["algorithm-update-site"]),
        // who would pay?
        (works.clone(), &[]),
        (format!("{works}[owner]\ncash = 1"), &["infringement-claim-works"]),
        (asset("a", "micro-saas-fleet", "agent_model = \"m\""), &["model-collapse-m"]),
        (asset("a", "tokenized-real-estate", "protocol = \"p\""), &["issuer-failure-a"]),
    ] {
        assert_eq!(events(&text), expected, "{text}");
    }
    // amounts of the catalog are in dollars
    let euros = with_head(&format!("{works}[owner]\ncash = 1")).replace("USD", "EUR");
    assert_eq!(faults(&euros), ["event 6:8"]);
    assert!(valid(&format!("class_events = false\nclass_ranges = false\n{euros}")).events.is_empty());
}

#[test]
fn a_stable_coin_has_the_volatility_of_one() {
    let of = |keys: &str| {
        let scenario = valid(&with_head(&vault("a", keys)));
        (scenario.assets[0].keys.volatility.get(), filled(&scenario, "asset.a.volatility").is_some())
    };
    assert_eq!(of("denomination = \"token\""), (0.65, true));
    assert_eq!(of("denomination = \"stable\""), (0.05, true));
    assert_eq!(of("denomination = \"stable\"\nvolatility = 0.1"), (0.1, false));
    let fleet = asset("a", "micro-saas-fleet", "denomination = \"stable\"");
    assert_eq!(faults(&with_head(&fleet)), ["denomination 9:16"]);
}

#[test]
fn assets_that_share_what_is_struck_are_struck_together_and_a_protocol_may_have_the_name_of_an_asset() {
    let struck = |vaults: &[(&str, &str)]| -> Vec<(String, Vec<usize>)> {
        let text: String = vaults.iter().map(|(name, keys)| vault(name, keys)).collect();
        valid(&with_head(&text)).events.into_iter().map(|event| (event.name, event.assets)).collect()
    };
    let shared = "protocol = \"p\"";
    let found = struck(&[("b", shared), ("a", shared), ("c", "")]);
    assert_eq!(
        found,
        [("contract-exploit-c".to_owned(), vec![2]), ("contract-exploit-p".to_owned(), vec![0, 1])]
    );
    let found = struck(&[("aave", ""), ("pool", "protocol = \"aave\"")]);
    assert!(found.into_iter().map(|(_, assets)| assets).eq([vec![1], vec![0]]));
}

#[test]
fn an_event_of_the_same_kind_takes_its_place_for_the_assets_that_it_strikes() {
    let two = vault("a", "protocol = \"p\"") + &vault("b", "protocol = \"p\"");
    let event = |keys: &str| {
        let kind = "kind = \"contract-exploit\"";
        events(&format!("{two}[[event]]\nname = \"hack\"\n{kind}\n{keys}\n"))
    };
    assert_eq!(event("protocol = \"p\""), ["hack"]);
    assert_eq!(event("asset = [\"a\", \"b\"]\nrate = 0"), [""; 0]);
    assert_eq!(event("asset = \"a\""), ["contract-exploit-p", "hack"]);
    let other = "[[event]]\nname = \"contract-exploit-p\"\nkind = \"protocol-exploit\"\nasset = \"a\"\n";
    // not the name of another: draws belong to names
    assert_eq!(events(&(two + other)), ["contract-exploit-p", "contract-exploit-p-2"]);
}

#[test]
fn they_can_be_switched_off_and_assigned_to_like_others() {
    let text = with_head(&vault("a", ""));
    let set = |set: &[&str]| valid_files(&[("mine.toml", &text)], set);
    for assigned in ["class_events = false", "event.contract-exploit-a.rate = 0"] {
        assert_eq!(names(&set(&[assigned])), [""; 0]);
    }
    // what is implied after an assignment is implied by what it made
    let implied = set(&["asset.a.protocol = \"p\"", "event.contract-exploit-p.severity = \"10 %\""]);
    assert_eq!(names(&implied), ["contract-exploit-p"]);
    assert!(read_files(&[("mine.toml", &text)], &["event.contract-exploit-b.rate = 0"]).is_err());
    let scenario = set(&["event.contract-exploit-a.rate = \"0.2/year\""]);
    assert_eq!(names(&scenario), ["contract-exploit-a"]);
    assert_eq!(filled(&scenario, "event.contract-exploit-a.rate"), None);
}

#[test]
fn the_canonical_form_says_what_strikes_and_that_nothing_else_does() {
    for keys in ["", "class_events = false\nclass_ranges = false\n"] {
        let [scenario, again] = read_back(&format!("{keys}{}", with_head(&vault("a", ""))));
        assert_eq!(names(&again), names(&scenario));
        assert_eq!(again.canonical_document().contains("class_events = false"), !keys.is_empty());
    }
}

#[test]
fn unverified_code_is_sold_at_a_haircut_of_its_own() {
    let of = |keys: &str| {
        let text = with_head(&vault("a", keys)) + "[owner]\ncash = 1\nspending = \"9/month\"\n";
        let scenario = valid(&text);
        (scenario.assets[0].keys.exit_haircut.get(), filled(&scenario, "asset.a.exit_haircut").is_some())
    };
    assert_eq!(of(""), (0.003, true));
    assert_eq!(of("verified = true"), (0.003, true));
    assert_eq!(of("verified = false"), (0.03, true));
    assert_eq!(of("verified = false\nexit_haircut = 0.01"), (0.01, false));
}
