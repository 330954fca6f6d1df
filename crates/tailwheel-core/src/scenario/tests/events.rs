//! Events and what is done against them: what is refused, where, and that every kind reads its own defaults.

use super::support::{Text, faults, refused, valid, with_assets};
use crate::catalog::event_kinds;
use crate::event::Timing;

/// A head, assets `a`, `b`, `c`, then an event from line 17 on, whose keys begin in line 20.
fn with_event(keys: &str) -> String {
    with_assets(&format!("[[event]]\nname = \"e\"\nkind = \"contract-exploit\"\n{keys}\n"))
}

#[test]
fn every_kind_of_event_reads_with_its_defaults_and_its_own_canonical_form() {
    for kind in event_kinds() {
        let text = with_assets(&format!(
            "[owner]\ncash = 1\n[[event]]\nname = \"e\"\nkind = \"{}\"\n{}",
            kind.id,
            match kind.strikes.as_str() {
                "owner" => "",
                _ => "asset = \"b\"\n",
            }
        ));
        let scenario = valid(&text);
        let event = scenario.events.iter().find(|event| event.name == "e").unwrap();
        assert!(event.can_strike() && event.is_random(), "{}", kind.id);
        let filled = scenario.filled_in.iter().filter(|filled| filled.path.starts_with("event.e."));
        // what nothing is done about needs no guess
        let used = kind.defaults.iter().filter(|entry| !entry.key.starts_with("if_"));
        assert_eq!(filled.count(), used.count(), "{}", kind.id);
        let canonical = scenario.canonical_document();
        assert_eq!(valid(&canonical).canonical_document(), canonical, "{}", kind.id);
    }
}

#[test]
fn what_is_wrong_with_an_event_is_said_where_it_stands() {
    for (keys, expected) in [
        ("", &["missing 17:1"][..]),
        ("asset = \"d\"", &["unknown-asset 20:9"]),
        ("asset = [\"a\", \"d\"]", &["unknown-asset 20:15"]),
        ("asset = []", &["type 20:9"]),
        ("asset = 3", &["type 20:9"]),
        ("protocol = \"p\"", &["unknown-key 20:12"]),
        ("asset = \"a\"\nprotocol = \"p\"", &["event 21:12"]),
        ("asset = \"a\"\nrate = 0.02", &["unit 21:8"]),
        ("asset = \"a\"\nrate = \"2 %\"", &["unit 21:8"]),
        ("asset = \"a\"\nrate = \"0.09-0.003/year\"", &["range 21:8"]),
        ("asset = \"a\"\nrate = \"0-0.1/year\"", &["range 21:8"]),
        ("asset = \"a\"\nrate = \"0.1/year\"\nat = \"2028-07\"", &["event 21:8"]),
        ("asset = \"a\"\nat = \"2047-07\"", &["range 21:6"]),
        ("asset = \"a\"\nseverity = 50", &["percent 21:12"]),
        ("asset = \"a\"\nseverity = \"50-150 %\"", &["range 21:12"]),
        ("asset = \"a\"\nseverity = { alpha = 2 }", &["missing 21:12"]),
        ("asset = \"a\"\nseverity = { alpha = 0.01, beta = 1 }", &["range 21:22"]),
        ("asset = \"a\"\nrecovery = \"6 months\"", &["unknown-key 21:1"]),
        ("asset = \"a\"\nif_verified = 2", &["percent 21:15"]),
    ] {
        assert_eq!(faults(&with_event(keys)), expected, "{keys}");
    }
    let kind = with_event("asset = \"a\"").replace("contract-exploit", "contract-exploits");
    assert_eq!(faults(&kind), ["unknown-kind 19:8"]);
    let twice = with_event("asset = \"a\"\n[[event]]\nname = \"e\"\nkind = \"rug-pull\"\nasset = \"b\"");
    assert_eq!(faults(&twice), ["duplicate 22:8"]);
    let claim = with_event("asset = \"a\"").replace("contract-exploit", "infringement-claim");
    assert_eq!(faults(&claim), ["event 19:8"]);
}

#[test]
fn what_is_done_against_events_must_have_something_to_act_on() {
    let owner = |keys: &str| with_event("asset = \"a\"") + &format!("[owner]\ncash = 5\n{keys}\n");
    let cover = |keys: &str| owner(&format!("[[owner.cover]]\n{keys}\nlimit = 40_000"));
    for (text, expected) in [
        (owner("custody = { above = 50_000, per = \"each\" }"), &["choice 23:35"][..]),
        // keys stop no hack of a contract
        (owner("custody = { above = 50_000 }"), &["custody 23:11"]),
        (owner("compliance_service = \"600/year\""), &["compliance 23:22"]),
        (cover("asset = \"b\"\ncause = \"e\""), &["cover 25:9"]),
        (cover("asset = \"d\"\ncause = \"e\""), &["cover 24:9"]),
        (cover("asset = \"a\"\ncause = \"rug-pull\""), &["cover 25:9"]),
        (cover("asset = \"a\"\ncause = \"e\"\npremium = 4"), &["percent 26:11"]),
        (cover("asset = \"a\"\ncause = \"e\"\npays_when = { yield = 1 }"), &["unknown-key 26:15"]),
    ] {
        assert_eq!(faults(&text), expected, "{text}");
    }
    let of_key = |keys: &str| owner(keys).replace("contract-exploit", "custody-loss");
    for text in [
        of_key("custody = { above = 50_000 }"),
        of_key("custody = { above = 50_000, cold_storage = true }"),
        cover("asset = \"a\"\ncause = \"contract-exploit\""),
        cover("asset = \"a\"\ncause = \"e\""),
    ] {
        valid(&text);
    }
    // nothing of a deposit is kept offline, and several keys still keep those of the account
    let deposit = |keys: &str| of_key(keys).replacen("micro-saas-fleet", "defi-yield-aggregator", 1);
    valid(&deposit("custody = { above = 50_000 }"));
    let offline = deposit("custody = { above = 50_000, cold_storage = true, cold_share = 1 }");
    assert_eq!(faults(&offline), ["custody 23:11"]);
    assert!(refused(&offline).contains("`a` cannot be kept offline"));
    for (keys, expected) in
        [("multisig = false", &["custody 23:11"][..]), ("multisig = false, cold_storage = true", &[])]
    {
        let text = of_key(&format!("custody = {{ above = 50_000, {keys} }}"));
        if expected.is_empty() { drop(valid(&text)) } else { assert_eq!(faults(&text), expected, "{keys}") }
    }
    // each says what is missing
    let certain =
        of_key("custody = { above = 50_000 }").replace("asset = \"a\"", "asset = \"a\"\nat = \"2028-03\"");
    for (text, missing, remedy) in [
        (
            owner("custody = { above = 50_000 }"),
            "an event of kind `custody-loss` is missing",
            "kind = \"custody-loss\"",
        ),
        (
            of_key("custody = { above = 50_000, multisig = false }"),
            "`multisig` or `cold_storage` is missing",
            "multisig = true",
        ),
        (certain, "`cold_storage` is missing", "cold_storage = true"),
    ] {
        refused(&text).has(missing).has(remedy);
    }
    let never = of_key("custody = { above = 50_000 }").replace("asset = \"a\"", "asset = \"a\"\nrate = 0");
    valid(&never);
    let guarded = with_event("asset = \"a\"\nif_guarded = 0.5");
    assert_eq!(faults(&guarded), ["event 21:14"]);
    valid(&guarded.replace("contract-exploit", "custody-loss"));
    let twice =
        cover("asset = \"a\"\ncause = \"e\"") + "\n[[owner.cover]]\nasset = \"a\"\ncause = \"e\"\nlimit = 1";
    assert_eq!(faults(&twice), ["cover 30:9"]);
    // nobody insures what is said to be unverified; where nothing is said nobody knows
    let says = |verified: bool| {
        let said = format!("name = \"a\"\nverified = {verified}");
        cover("asset = \"a\"\ncause = \"e\"").replacen("name = \"a\"", &said, 1)
    };
    assert_eq!(faults(&says(false)), ["cover 25:9"]);
    valid(&says(true));
    // by its kind and by its name it is one event
    let twice = twice.replacen("cause = \"e\"", "cause = \"contract-exploit\"", 1);
    assert_eq!(faults(&twice), ["cover 30:9"]);
    for (text, expected) in [
        (with_event("asset = \"a\"").replace("kind = \"contract-exploit\"\n", ""), "missing 17:1"),
        (with_event("asset = \"a\"").replace("name = \"e\"", "name = \"rug-pull\""), "name 18:8"),
        (cover("asset = \"a\"\ncause = \"e\"\npremium = -0.1"), "range 26:11"),
        (
            owner("")
                .replace("contract-exploit", "infringement-claim\"\namount = 9_000\nat_most = \"x")
                .replace("\"x\"", "8_000"),
            "event 21:11",
        ),
    ] {
        assert_eq!(faults(&text), [expected], "{text}");
    }
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
    let of = |haircut: &str| {
        let text = with_assets(
            "[owner]\ncash = 1_000\n[[event]]\nname = \"claim\"\nkind = \"infringement-claim\"\nasset = \"b\"\n",
        );
        let said = format!("name = \"b\"\nexit_haircut = {haircut}");
        valid(&text.replacen("name = \"b\"", &said, 1)).model_digest()
    };
    assert_ne!(of("0.5"), of("0.6"));
    let living_in = |place: &str| {
        let text = with_assets(&format!(
            "[owner]\ncash = 1_000\nresidence = \"{place}\"\ntax_rate = \"20 %\"\ncompliance_cost = \"9/year\"\n"
        ));
        valid(&text).identity()
    };
    assert_ne!(living_in("estonia"), living_in("portugal"));
}

#[test]
fn what_spreads_and_what_the_law_strikes_is_read_and_refused() {
    let said = |keys: &str| {
        super::support::refused(&with_assets(&format!(
            "protocol = \"p\"\n[owner]\ncash = 1\n[[event]]\nname = \"e\"\n{keys}\n"
        )))
    };
    let hack = "kind = \"contract-exploit\"\nprotocol = \"p\"\n";
    for (keys, expected) in [
        (format!("{hack}spreads = 0.1"), "no other asset to spread to"),
        (format!("{hack}spreads_to = \"a\""), "spreads = 0.1"),
        (format!("{hack}spreads = 0.1\nspreads_to = \"z\""), "no asset is named `z`"),
        (
            "kind = \"infringement-claim\"\nasset = \"b\"\nspreads = 0.1\nspreads_to = \"a\"".into(),
            "an event of the owner cannot spread",
        ),
        ("kind = \"tax-change\"\nasset = \"a\"".into(), "leave `asset` out"),
        (
            "kind = \"tax-change\"\nif_verified = 0.5".into(),
            "an event of kind `tax-change` has no `if_verified`",
        ),
    ] {
        let seen = said(&keys);
        assert!(seen.contains(expected), "{keys}: {seen}");
    }
    let alone = with_assets("[[event]]\nname = \"e\"\nkind = \"tax-change\"\n");
    let seen = super::support::refused(&alone);
    assert!(seen.contains("there is no [owner]"), "{seen}");
}

#[test]
fn a_cover_that_pays_by_a_yield_looks_at_no_loss() {
    let cover = |keys: &str| {
        let text = with_event("asset = \"a\"");
        format!(
            "{text}[owner]\ncash = 5\n\n[[owner.cover]]\nasset = \"a\"\ncause = \"e\"\nlimit = 40\n{keys}\n"
        )
    };
    let trigger = "pays_when = { yield_below = \"5 %/year\" }";
    for (keys, expected) in [
        ("cover = 0.5", "cover 28:9"),
        ("deductible = 5", "cover 28:14"),
        ("pays_when = { yield_below = 0 }", "range 28:29"),
    ] {
        let text = if keys.starts_with("pays") { cover(keys) } else { cover(&format!("{keys}\n{trigger}")) };
        assert_eq!(faults(&text), [expected], "{keys}");
    }
    for keys in ["", "cover = 0.5\ndeductible = 5", trigger, "premium = 0.02"] {
        let one = valid(&cover(keys));
        let again = valid(&one.canonical_document());
        assert_eq!(again.model_digest(), one.model_digest(), "{keys}");
    }
}
