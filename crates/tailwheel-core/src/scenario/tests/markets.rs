//! Markets that several assets share: what they mean, and what is wrong with them.

use super::meaning::filled;
use super::support::{faults, places, read_back, valid, valid_files, with_head};
use crate::catalog::class;
use crate::scenario::Scenario;
use std::slice::from_ref;

const DEFI: &str = "defi-yield-aggregator";
const MANAGED: &str = "ai-managed-portfolio";

fn asset(name: &str, class: &str, keys: &str) -> String {
    format!("[[asset]]\nname = \"{name}\"\nclass = \"{class}\"\nvalue = 1000\nroi = 0.2\n{keys}")
}

/// Scenario file with assets `x` (line 5) and `y` (line 11) in one market and `z` (line 17) in its own, then
/// `rest` from line 22.
fn shared(rest: &str) -> String {
    let member = "market = \"tokens\"\n";
    let assets = [asset("x", DEFI, member), asset("y", DEFI, member), asset("z", "micro-saas-fleet", "")];
    with_head(&format!("{}{rest}", assets.concat()))
}

fn names(scenario: &Scenario) -> Vec<&str> {
    scenario.markets.iter().map(|market| market.name.as_str()).collect()
}

const LOOP: &str = "[crash]\nmodels = { m = 1 }\n";

#[test]
fn an_asset_is_alone_in_a_market_of_its_own_name_unless_it_names_one() {
    let scenario = valid(&shared(LOOP));
    assert_eq!(names(&scenario), ["tokens", "z"]);
    assert_eq!(scenario.markets[0].assets, [0, 1]);
    let correlations: Vec<f64> =
        scenario.assets.iter().map(|asset| asset.keys.market_correlation.get()).collect();
    assert_eq!(correlations, [0.8, 0.8, 1.0]);
    assert_eq!(filled(&scenario, "asset.x.market_correlation"), Some("0.8"));
    assert_eq!(filled(&scenario, "asset.z.market_correlation"), None);
    assert_eq!(scenario.correlation.matrix.order(), 2);
    let pair = scenario.correlation.matrix.get(0, 1);
    let alone = valid(&with_head(&[asset("x", DEFI, ""), asset("z", "micro-saas-fleet", "")].concat()));
    assert_eq!(pair, alone.correlation.matrix.get(0, 1));
}

#[test]
fn a_market_named_by_one_asset_alone_is_not_that_asset() {
    let of = |text: &str| {
        let scenario = valid(&with_head(text));
        let correlation = scenario.assets[0].keys.market_correlation.get();
        (scenario, correlation)
    };
    let (scenario, of_tokens) = of(&asset("x", DEFI, "market = \"tokens\"\n"));
    let (own, of_own) = of(&asset("x", DEFI, "market = \"x\"\n"));
    let (plain, _) = of(&asset("x", DEFI, ""));
    assert_eq!(own.canonical_document(), plain.canonical_document());
    assert_ne!(scenario.canonical_document(), plain.canonical_document());
    // an asset that another one joins shares its market from then on
    let (joined, of_joined) = of(&[asset("x", DEFI, ""), asset("y", DEFI, "market = \"x\"\n")].concat());
    assert_eq!(names(&joined), ["x"]);
    assert_eq!([of_tokens, of_own, of_joined], [0.8, 1.0, 0.8]);
    assert_eq!(of(&asset("x", DEFI, "market_correlation = 0.5\n")).1, 0.5);
}

#[test]
fn a_market_has_the_volatility_of_its_only_asset_or_of_its_class() {
    let loud = "volatility = 0.9\nmarket = \"tokens\"\n";
    let of = |assets: &[String], rest: &str| {
        let scenario = valid(&with_head(&format!("{}{LOOP}{rest}", assets.concat())));
        let said = filled(&scenario, "market.tokens.volatility").map(str::to_owned);
        (scenario.markets[0].volatility().get(), said)
    };
    let (one, two) = (asset("x", DEFI, loud), asset("y", DEFI, loud));
    assert_eq!(of(from_ref(&one), ""), (0.9, None));
    let entry = class(DEFI).and_then(|class| class.default("volatility"));
    let class = entry.expect("every class has one").value.to_string();
    let shared = of(&[one.clone(), two.clone()], "");
    assert_eq!(shared, (class.parse().unwrap(), Some(class)));
    let typed = "[[market]]\nname = \"tokens\"\nvolatility = 0.4\n";
    assert_eq!(of(from_ref(&one), typed), (0.4, None));
    assert_eq!(of(&[one, two], typed), (0.4, None));
}

#[test]
fn markets_of_one_class_divide_its_size_whoever_is_in_them() {
    let [x, y] = ["x", "y"].map(|name| asset(name, DEFI, "market = \"tokens\"\n"));
    let text = [asset("w", DEFI, ""), x, y, asset("z", MANAGED, "")].concat();
    let sizes = |text: &str| -> Vec<f64> {
        valid(&with_head(text)).markets.iter().map(|market| market.size.get()).collect()
    };
    assert_eq!(sizes(&text), [8.0, 8.0, 10.0]); // tokens, w, z
    let other = format!("{text}[[market]]\nname = \"z\"\nclass = \"{DEFI}\"\n");
    let third = 16.0 / 3.0;
    assert_eq!(sizes(&other), [third, third, third]);
    let written = format!("{text}[[market]]\nname = \"tokens\"\nsize = 3\n");
    assert_eq!(sizes(&written), [3.0, 8.0, 10.0]);
}

#[test]
fn a_market_of_several_classes_needs_one_of_its_own() {
    let mixed =
        [asset("x", DEFI, "market = \"tokens\"\n"), asset("y", MANAGED, "market = \"tokens\"\n")].concat();
    assert_eq!(faults(&with_head(&mixed)), ["class 16:10"]);
    let table = format!("{mixed}[[market]]\nname = \"tokens\"\n");
    assert_eq!(faults(&with_head(&table)), ["class 16:10"]);
    let [scenario, _] = read_back(&with_head(&format!("{table}class = \"{MANAGED}\"\n")));
    assert_eq!(scenario.markets[0].class_id(), MANAGED);
    assert_eq!(scenario.markets[0].size.get(), 10.0);
}

#[test]
fn pairs_orders_and_shocks_name_markets() {
    let pairs = |pair: &str| shared(&format!("[correlation]\npairs = [[{pair}, 0.3]]\n"));
    assert_eq!(valid(&pairs("\"tokens\", \"z\"")).correlation.matrix.get(1, 0), 0.3);
    assert_eq!(faults(&pairs("\"x\", \"z\"")), ["unknown-market 23:11"]);
    assert_eq!(faults(&pairs("\"q\", \"z\"")), ["unknown-market 23:11"]);
    assert_eq!(faults(&pairs("\"z\", \"z\"")), ["correlation 23:16"]);
    let order = shared("[correlation]\norder = [\"z\"]\nmatrix = [[1]]\n");
    assert_eq!(faults(&order), ["correlation 23:9"]);
    let shock = |keys: &str| shared(&format!("[[shock]]\nat = \"2028-01\"\nloss = 0.3\n{keys}\n"));
    let by_class = valid(&shock(&format!("class = \"{DEFI}\"")));
    assert_eq!(by_class.shocks, valid(&shock("market = \"tokens\"")).shocks);
    assert_eq!(by_class.shocks[0].markets, [0]);
    assert_eq!(faults(&shock("market = \"x\"")), ["unknown-market 25:10"]);
}

#[test]
fn a_market_is_written_where_somebody_is_in_it() {
    let market = |name: &str| shared(&format!("[[market]]\nname = \"{name}\"\nsize = 3\n"));
    for name in ["tokens", "z"] {
        assert!(valid(&market(name)).markets.iter().any(|market| market.size.get() == 3.0));
    }
    for name in ["x", "q"] {
        assert_eq!(faults(&market(name)), ["unknown-market 23:8"], "{name}");
    }
    let asset = asset("x", DEFI, "jumps = { rate = \"2/year\", mean = -0.2, sd = 0.1 }\n");
    let alone = |volatility: &str| {
        with_head(&format!("{asset}[[market]]\nname = \"x\"\nvolatility = {volatility}\n"))
    };
    assert_eq!(faults(&alone("0.3")), ["process 13:14"]);
    valid(&alone("0.4"));
    assert_eq!(faults(&shared("market_correlation = 1.1\n")), ["range 22:22"]);
    assert_eq!(faults(&shared("market = \"a b\"\n")), ["name 22:10"]);
}

#[test]
fn assignments_find_the_markets_of_the_moment() {
    let text = shared(LOOP);
    let of = |set: &[&str]| valid_files(&[("mine.toml", &text)], set);
    assert_eq!(of(&["market.tokens.size=3"]).markets[0].size.get(), 3.0);
    let moved = of(&["asset.z.market=\"tokens\"", "market.tokens.class=\"niche-content\""]);
    assert_eq!(names(&moved), ["tokens"]);
    assert_eq!(moved.markets[0].class_id(), "niche-content");
    let apart = of(&["asset.x.market=\"alone\"", "market.alone.agent_share=0"]);
    assert_eq!(names(&apart), ["alone", "tokens", "z"]);
    assert_eq!(apart.markets[0].agent_share.get(), 0.0);
    let gone = places(&[("mine.toml", &text)], &["market.x.size=3"]);
    assert_eq!(gone.len(), 1, "{gone:?}");
}

#[test]
fn the_canonical_document_has_the_part_of_each_asset_in_its_market() {
    let agents = "[[market]]\nname = \"tokens\"\nvolatility = 0.5\n";
    let keys = "income_beta = 0.3\n";
    let whole = shared(&format!("{keys}{LOOP}{agents}"));
    for text in [&shared(""), &shared(LOOP), &whole] {
        let both = read_back(text);
        assert!(both[1].filled_in.is_empty());
        let [once, again] = both.map(|scenario| format!("{:?} {:?}", scenario.assets, scenario.markets));
        assert_eq!(again, once);
    }
    let document = |text: &str| valid(text).canonical_document();
    for (from, to) in [
        ("0.5\n", "0.51\n"),
        ("income_beta = 0.3", "income_beta = 0.4"),
        ("income_beta = 0.3", "managed_by = \"m\"\nmovable = true"),
        ("market = \"tokens\"\n", "market = \"tokens\"\nmarket_correlation = 0.7\n"),
    ] {
        let other = whole.replacen(from, to, 1);
        assert_ne!(document(&whole), document(&other), "{to}");
    }
    // what only a loop looks at says nothing without one
    let quiet = shared(&format!("{keys}{agents}"));
    assert_eq!(document(&quiet), document(&shared("")));
}

#[test]
fn an_agent_belongs_to_a_cluster_that_there_is_and_sells_what_is_for_sale() {
    let managed =
        |class: &str, keys: &str, rest: &str| with_head(&format!("{}{rest}", asset("x", class, keys)));
    let by = "managed_by = \"frontier-a\"\n";
    let models = "[crash]\nmodels = { frontier-a = 0.6, open-b = 0.4 }\n";
    let scenario = valid(&managed(DEFI, by, models));
    let cluster = scenario.assets[0].market.managed_by.unwrap();
    assert_eq!(scenario.crash.unwrap().clusters[cluster].name.as_str(), "frontier-a");
    let fleet = "micro-saas-fleet";
    valid(&managed(fleet, &format!("{by}movable = true\n"), models));
    for (class, keys, models, expected) in [
        (DEFI, by, "", "crash 10:14"),
        (DEFI, "managed_by = \"fronter-a\"\n", models, "unknown-cluster 10:14"),
        (fleet, by, models, "crash 10:14"),
        // what is wrong with the agents is said once
        (DEFI, by, &models.replace("0.6", "0.7"), "shares 12:10"),
        (DEFI, "income_beta = -1\n", models, "range 10:15"),
    ] {
        assert_eq!(faults(&managed(class, keys, models)), [expected]);
    }
}
