//! Events and what is done against them: what they mean, and that every kind reads its own defaults.

use super::support::{Text, faults, read_back, refused, valid, with_assets};
use crate::catalog::event_kinds;
use crate::event::Timing;

/// Scenario file with assets `a`, `b`, `c` and an event in line 17, whose further `keys` begin in line 20.
fn with_event(keys: &str) -> String {
    with_assets(&format!("[[event]]\nname = \"e\"\nkind = \"contract-exploit\"\n{keys}\n"))
}

#[test]
fn every_kind_of_event_reads_with_its_defaults_and_its_own_canonical_form() {
    for kind in event_kinds() {
        let struck = if kind.strikes == "owner" { "" } else { "asset = \"b\"\n" };
        let event = format!("[owner]\ncash = 1\n[[event]]\nname = \"e\"\nkind = \"{}\"\n{struck}", kind.id);
        let text = with_assets(&event);
        let [scenario, _] = read_back(&text);
        let event = scenario.events.iter().find(|event| event.name == "e").unwrap();
        assert!(event.can_strike() && event.is_random(), "{}", kind.id);
        let filled = scenario.filled_in.iter().filter(|filled| filled.path.starts_with("event.e."));
        // what nothing is done about needs no guess
        let used = kind.defaults.iter().filter(|entry| !entry.key.starts_with("if_"));
        assert_eq!(filled.count(), used.count(), "{}", kind.id);
    }
}

#[test]
fn nothing_of_a_deposit_is_kept_offline_and_several_keys_still_keep_those_of_the_account() {
    let text = with_event("asset = \"a\"\n[owner]\ncash = 5\ncustody = { above = 50_000 }")
        .replace("contract-exploit", "custody-loss")
        .replacen("micro-saas-fleet", "defi-yield-aggregator", 1);
    valid(&text);
    let offline = text.replace("50_000 }", "50_000, cold_storage = true, cold_share = 1 }");
    assert_eq!(faults(&offline), ["custody 23:11"]);
    refused(&offline).has("`a` cannot be kept offline");
}

#[test]
fn a_month_replaces_the_rate_and_shared_keys_name_their_assets() {
    let text = with_assets(
        "protocol = \"p\"\n[[event]]\nname = \"e\"\nkind = \"contract-exploit\"\nprotocol = \"p\"\nat = \"2028-07\"\n",
    )
    .replace("name = \"b\"", "name = \"b\"\nprotocol = \"p\"");
    let scenario = valid(&text);
    let event = scenario.events.iter().find(|event| event.name == "e").unwrap();
    assert_eq!(event.timing(&scenario), Timing::At(19));
    assert_eq!(event.assets, [1, 2]);
    assert!(scenario.filled_in.iter().all(|filled| filled.path != "event.e.rate"));
}

#[test]
fn a_price_of_selling_in_need_is_said_where_a_claim_may_make_one_sell() {
    let text = with_assets(
        "[owner]\ncash = 1_000\n[[event]]\nname = \"claim\"\nkind = \"infringement-claim\"\nasset = \"b\"\n",
    );
    let of = |haircut: &str| {
        valid(&text.replacen("name = \"b\"", &format!("name = \"b\"\nexit_haircut = {haircut}"), 1))
    };
    assert_ne!(of("0.5").model_digest(), of("0.6").model_digest());
    let owner = "residence = \"estonia\"\ntax_rate = \"20 %\"\ncompliance_cost = \"9/year\"\n";
    let estonia = with_assets(&format!("[owner]\ncash = 1_000\n{owner}"));
    assert_ne!(valid(&estonia).identity(), valid(&estonia.replace("estonia", "portugal")).identity());
}

#[test]
fn a_cover_reads_back_whatever_it_pays_by() {
    let cover = "[owner]\ncash = 5\n\n[[owner.cover]]\nasset = \"a\"\ncause = \"e\"\nlimit = 40";
    let trigger = "pays_when = { yield_below = \"5 %/year\" }";
    for keys in ["", "cover = 0.5\ndeductible = 5", trigger, "premium = 0.02"] {
        read_back(&with_event(&format!("asset = \"a\"\n{cover}\n{keys}")));
    }
}
