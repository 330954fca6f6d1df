//! What strikes one protocol and then several: exact chances, and what is told apart from it.

use crate::common::{Ran, asset, head, scenario};
use crate::estimate::mean;
use tailwheel::record::{ASSET_VALUE, EVENT_STRIKES};

/// Three vaults in two protocols and one in none, which are struck by `keys`.
fn vaults(paths: u32, of_a: &str, keys: &str) -> String {
    let still =
        "roi = 0\nroi_law = \"point\"\nvolatility = 0\ndecay = 0\nincome_share = 0\nroi_basis = \"net\"\n";
    let vault =
        |name: &str, keys: &str| asset(name, "defi-yield-aggregator", 1_000.0, &format!("{still}{keys}"));
    head("60 months", paths)
        + &vault("a", &format!("protocol = \"p\"\n{of_a}"))
        + &vault("b", "protocol = \"q\"")
        + &vault("c", "protocol = \"p\"")
        + &vault("d", "")
        + &format!(
            "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nprotocol = \"p\"\nseverity = \"10 %\"\n\
             total = 0\nreturn_chance = 0\n{keys}\n"
        )
}

/// Strikes that an asset has seen, from what is left of it.
fn seen(run: &Ran, asset: u16) -> Vec<f64> {
    let left = run.column(ASSET_VALUE.of_object(asset)).iter();
    left.map(|value| ((value / 1_000.0).ln() / 0.9_f64.ln()).round()).collect()
}

#[test]
fn so_many_strikes_at_one_protocol_strike_the_others_as_hard() {
    let chance = |rate: f64| 60.0 * (1.0 - (-rate / 12.0_f64).exp());
    for (keys, times, at_d) in [
        ("spreads = 0.1", 0.1, false),
        ("spreads = 0.6", 0.6, false),
        ("spreads = 1", 1.0, false),
        ("spreads = 0.3\nspreads_to = [\"b\", \"d\"]", 0.3, true),
    ] {
        let run = Ran::of(&vaults(20_000, "", &format!("rate = \"1.2/year\"\n{keys}")));
        let [a, b, c, d] = [0, 1, 2, 3].map(|asset| seen(&run, asset));
        assert_eq!(a, c, "one protocol");
        assert_eq!(d == b, at_d, "{keys}");
        assert!(a.iter().zip(&b).all(|(a, b)| b <= a), "others alone");
        let (found, exact) = (mean(&b), times * chance(1.2));
        assert!(found.agrees_with(exact), "{keys}: {found:?} {exact}");
        assert!(!found.agrees_with(1.1 * exact), "power: {keys}");
        let strikes = run.column(EVENT_STRIKES.of_object(4));
        assert_eq!(strikes, a, "one event, however many it strikes");
    }
}

#[test]
fn what_verified_code_is_spared_spreads_no_further() {
    let of = |keys: &str| {
        let own = vaults(20_000, "verified = true", "rate = \"1.2/year\"\nspreads = 1\nif_verified = 0.25");
        // both of the protocol are verified
        let own = own.replace("protocol = \"p\"\n[[asset]]", "protocol = \"p\"\nverified = true\n[[asset]]");
        let run = Ran::of(&own.replace("protocol = \"q\"", &format!("protocol = \"q\"\n{keys}")));
        [0, 1].map(|asset| mean(&seen(&run, asset)))
    };
    let [a, b] = of("");
    assert!(b.agrees_with(a.value), "{a:?} {b:?}");
    // and verified code is spared by what comes from elsewhere
    let [_, spared] = of("verified = true");
    assert!((spared.value - b.value / 4.0).abs() <= 5.0 * spared.std_error, "{spared:?} {b:?}");
}

#[test]
fn a_service_of_the_owner_is_counted_once_wherever_it_spreads() {
    let event = "rate = \"1.2/year\"\nspreads = 1\nif_compliant = 0.25\n";
    let owner = "[owner]\ncash = 1_000_000\ncompliance_service = \"1/month\"\nsurplus = \"keep\"\n";
    let run = Ran::of(&(vaults(20_000, "", event) + owner));
    let chance = 60.0 * (1.0 - (-0.25 * 1.2 / 12.0_f64).exp());
    for asset in [0, 1] {
        let found = mean(&seen(&run, asset));
        assert!(found.agrees_with(chance), "{asset}: {found:?}");
        // power: counted twice
        assert!((found.value - chance / 4.0).abs() > 20.0 * found.std_error, "{asset}");
    }
}

#[test]
fn without_it_no_bit_is_another_and_a_canonical_document_says_it() {
    let values = |keys: &str| {
        let run = Ran::of(&vaults(256, "", &format!("rate = \"1.2/year\"\n{keys}")));
        let of = |asset: u16| run.column(ASSET_VALUE.of_object(asset)).to_vec();
        [0, 1, 2, 3].map(of)
    };
    let none = values("");
    assert_eq!(values("spreads = 0"), none);
    let some = values("spreads = 0.5");
    assert_eq!((&some[0], &some[2], &some[3]), (&none[0], &none[2], &none[3]));
    // power
    assert_ne!(some[1], none[1]);
    let read = scenario(&vaults(256, "", "spreads = 0.5"));
    assert_eq!(scenario(&read.canonical_document()).model_digest(), read.model_digest());
    assert_ne!(scenario(&vaults(256, "", "")).model_digest(), read.model_digest());
}
