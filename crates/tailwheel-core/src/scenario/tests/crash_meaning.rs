//! What the tables of the flash-crash loop mean, and what they have in common with each other.

use super::meaning::filled;
use super::support::{faults, valid, with_asset, with_assets, with_head};
use crate::crash::Hallucination;
use crate::scenario::{Crash, Recovery};
use crate::units::{Delay, PositiveShare};

fn crash_text(keys: &str) -> String {
    with_asset(&format!("[crash]\n{keys}\n"))
}

fn crash(keys: &str) -> Crash {
    valid(&crash_text(keys)).crash.expect("a loop")
}

#[test]
fn without_a_table_there_is_no_regime_no_loop_and_nothing_filled_in_for_it() {
    let scenario = valid(&with_assets("[[market]]\nname = \"a\"\nsize = 5\n"));
    assert!(scenario.crisis.is_none() && scenario.crash.is_none() && scenario.shocks.is_empty());
    assert_eq!(scenario.markets[0].size.get(), 5.0);
    let mut paths = scenario.filled_in.iter().map(|entry| entry.path.as_str());
    assert!(!paths.any(|path| path.contains("market") || path.starts_with("cr")));
    assert_eq!(scenario.canonical_document(), valid(&with_assets("")).canonical_document());
}

#[test]
fn an_empty_crisis_is_that_of_the_catalog() {
    let scenario = valid(&with_assets("[crisis]\n"));
    let crisis = scenario.crisis.as_ref().expect("a regime");
    let keys = &crisis.keys;
    let found = [keys.begins.get(), keys.lasts.months(), keys.volatility.get(), keys.depth.get()];
    assert_eq!(found, [0.03, 5.0, 2.0, 0.3]);
    let calm = scenario.correlation.matrix.get(0, 1);
    assert!((crisis.matrix.get(0, 1) - (0.7 * calm + 0.3)).abs() < 1e-15);
    assert_eq!(crisis.matrix.get(1, 1), 1.0);
    let listed = ["begins", "lasts", "volatility", "toward_one", "depth"]
        .map(|key| filled(&scenario, &format!("crisis.{key}")));
    assert_eq!(listed, ["\"3 %/month\"", "\"5 months\"", "2.0", "0.3", "0.3"].map(Some));
}

#[test]
fn correlations_of_a_crisis_are_blended_listed_or_typed() {
    let correlations = |keys: &str| {
        let text = format!(
            "[correlation]\ndefault = 0\npairs = [[\"a\", \"b\", 0.2], [\"a\", \"c\", 0.1], [\"b\", \"c\", 0.3]]\n[crisis]\n{keys}\n"
        );
        let scenario = valid(&with_assets(&text));
        assert_eq!(filled(&scenario, "crisis.toward_one").is_some(), keys.is_empty());
        let matrix = scenario.crisis.expect("a regime").matrix;
        [matrix.get(0, 1), matrix.get(0, 2), matrix.get(1, 2)]
    };
    for (keys, expected) in [
        ("", [0.44, 0.37, 0.51]),
        ("toward_one = 0.6", [0.68, 0.64, 0.72]),
        ("toward_one = 0", [0.2, 0.1, 0.3]),
        ("toward_one = 1", [1.0, 1.0, 1.0]),
        ("pairs = [[\"c\", \"a\", 0.9]]", [0.2, 0.9, 0.3]),
        (
            "order = [\"c\", \"a\", \"b\"]\nmatrix = [[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]]",
            [0.4, 0.5, 0.6],
        ),
    ] {
        for (found, expected) in correlations(keys).iter().zip(expected) {
            assert!((found - expected).abs() < 1e-15, "{keys}: {found}");
        }
    }
}

#[test]
fn a_crisis_matrix_is_repaired_if_that_is_asked_for() {
    let keys = "pairs = [[\"a\", \"b\", 0.9], [\"b\", \"c\", -0.9], [\"a\", \"c\", 0.9]]";
    let crisis = valid(&with_assets(&format!("[crisis]\nrepair = \"nearest\"\n{keys}\n"))).crisis;
    assert!(crisis.expect("a regime").repair.expect("a repair").largest_change > 0.1);
}

#[test]
fn models_become_bands_in_the_order_of_their_names_and_one_dispersed_cluster() {
    let found = crash("models = { frontier-b = 0.30, open-c = 0.25, frontier-a = 0.45 }");
    assert_eq!(found.clusters.len(), 4);
    for (cluster, (name, capital_share, first_trigger, dispersion)) in found.clusters.iter().zip([
        ("dispersed", 0.30, 0.06, 0.30),
        ("frontier-a", 0.315, 0.06 + 0.3 * 0.225 - 0.03, 0.06),
        ("frontier-b", 0.21, 0.06 + 0.3 * 0.60 - 0.03, 0.06),
        ("open-c", 0.175, 0.06 + 0.3 * 0.875 - 0.03, 0.06),
    ]) {
        let agents = cluster.agents();
        assert_eq!((cluster.name.as_str(), agents.dispersion), (name, dispersion));
        assert!((agents.capital_share - capital_share).abs() < 1e-15, "{name}");
        assert!((agents.first_trigger - first_trigger).abs() < 1e-15, "{name}");
        assert_eq!((agents.sell_fraction, agents.n_blocks), (0.45, 200));
        let signals = Hallucination { rate: 0.1, reach: 0.3 };
        assert_eq!(cluster.signals(), (name != "dispersed").then_some(signals));
    }
    assert_eq!(found.impact_exponent.get(), 1.0);
}

/// Mean log-loss at which agents sell, over all clusters, weighted by capital.
pub fn mean_trigger(crash: &Crash) -> f64 {
    let middle = |cluster: &crate::scenario::ClusterEntry| {
        let cluster = cluster.agents();
        cluster.capital_share * (cluster.first_trigger + 0.5 * cluster.dispersion)
    };
    crash.clusters.iter().map(middle).sum()
}

#[test]
fn the_mean_trigger_is_the_one_that_is_written_whatever_the_shares() {
    for models in ["a = 1", "a = 0.5, b = 0.5", "a = 0.1, b = 0.2, c = 0.7", "a = 0.7, b = 0.2, c = 0.1"] {
        for lockstep in [0.0, 0.3, 1.0] {
            let keys = format!("models = {{ {models} }}\ntrigger = 0.25\nlockstep = {lockstep:?}");
            let mean = mean_trigger(&crash(&keys));
            assert!((mean - 0.25).abs() < 1e-12, "{keys}: {mean}");
        }
    }
}

#[test]
fn clusters_without_capital_do_not_exist() {
    let names = |lockstep: &str| -> Vec<String> {
        let found = crash(&format!("models = {{ a = 0.5, b = 0.5 }}\nlockstep = {lockstep}"));
        found.clusters.into_iter().map(|cluster| cluster.name.as_str().to_owned()).collect()
    };
    assert_eq!(names("0"), ["dispersed"]);
    assert_eq!(names("1"), ["a", "b"]);
    assert_eq!(names("0.5"), ["a", "b", "dispersed"]);
}

#[test]
fn a_hallucination_at_rate_zero_is_none_and_half_a_table_is_filled_in() {
    let of = |keys: &str| {
        let scenario = valid(&crash_text(&format!("models = {{ m = 1 }}\n{keys}")));
        let crash = scenario.crash.as_ref().expect("a loop");
        let model = crash.clusters.iter().find(|cluster| cluster.name.as_str() == "m");
        let listed =
            ["rate", "reach"].map(|key| filled(&scenario, &format!("crash.hallucination.{key}")).is_some());
        (model.expect("the model").signals(), listed)
    };
    assert_eq!(of("hallucination = { rate = 0 }").0, None);
    assert_eq!(of("hallucination.rate = \"0/year\"").0, None);
    let signals = |rate| Some(Hallucination { rate, reach: 0.3 });
    assert_eq!(of(""), (signals(0.1), [true, true]));
    assert_eq!(of("hallucination = { rate = \"0.5/month\" }"), (signals(6.0), [false, true]));
}

#[test]
fn explicit_clusters_stand_for_themselves() {
    let text = with_asset(
        "[[crash.cluster]]\nname = \"b\"\ncapital_share = 0.25\nfirst_trigger = 0.1\ndispersion = 0.2\n\
         blocks = 7\nhallucination = { rate = \"1/year\" }\n\
         [[crash.cluster]]\nname = \"a\"\ncapital_share = 0.75\nfirst_trigger = 0.3\ndispersion = 0.1\n",
    );
    let scenario = valid(&text);
    let clusters = &scenario.crash.as_ref().expect("a loop").clusters;
    let names: Vec<&str> = clusters.iter().map(|cluster| cluster.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!((clusters[0].agents().n_blocks, clusters[1].agents().n_blocks), (200, 7));
    let signals = Hallucination { rate: 1.0, reach: 0.3 };
    assert_eq!([0, 1].map(|k: usize| clusters[k].signals()), [None, Some(signals)]);
    let paths = scenario.filled_in.iter().map(|entry| entry.path.as_str());
    let listed: Vec<&str> = paths.filter_map(|path| path.strip_prefix("crash.")).collect();
    let expected = [
        "cluster.a.blocks",
        "cluster.a.sell_fraction",
        "cluster.b.hallucination.reach",
        "cluster.b.sell_fraction",
        "impact_exponent",
    ];
    assert_eq!(listed, expected);
}

/// Second asset of the class of `c`.
const D: &str = "[[asset]]\nname = \"d\"\nclass = \"niche-content\"\nvalue = 1\n";

#[test]
fn assets_of_one_class_divide_the_size_of_their_market() {
    let scenario = valid(&with_assets(&format!("{D}[crash]\nmodels = {{ m = 1 }}\n")));
    let sizes: Vec<f64> = scenario.markets.iter().map(|market| market.size.get()).collect();
    assert_eq!(sizes, [17.0, 37.0, 5.0, 5.0]);
    assert_eq!(filled(&scenario, "market.d.size"), Some("5"));
    let betas: Vec<f64> = scenario.assets.iter().map(|asset| asset.keys.market_beta.get()).collect();
    assert_eq!(betas, [0.3, 0.5, 0.3, 0.3]);
}

#[test]
fn recoveries_are_one_half_life_or_several_the_fastest_first() {
    let of = |value: &str| {
        let text = with_asset(&format!("[[market]]\nname = \"a\"\nrecovery_half_life = {value}\n"));
        valid(&text).markets.remove(0).recovery_half_life.0
    };
    let way = |weight, months| Recovery {
        weight: PositiveShare::new(weight).unwrap(),
        half_life: Delay::from_months(months).unwrap(),
    };
    assert_eq!(of("\"3 months\""), [way(1.0, 3.0)]);
    let slow = "{ weight = \"40 %\", half_life = \"9 months\" }";
    let fast = "{ weight = 0.6, half_life = \"0.33 months\" }";
    for list in [format!("[{slow}, {fast}]"), format!("[{fast}, {slow}]")] {
        assert_eq!(of(&list), [way(0.6, 0.33), way(0.4, 9.0)]);
    }
}

#[test]
fn a_shock_by_class_is_one_by_each_of_its_markets() {
    let shock = |keys: &str| format!("[[shock]]\nat = \"2027-03\"\nloss = 0.3\n{keys}\n");
    let text = |shocks: &str| with_assets(&format!("{D}{shocks}"));
    let by_class = valid(&text(&shock("class = \"niche-content\"")));
    let by_market = [shock("market = \"d\""), shock("market = \"c\"")].concat();
    assert_eq!(by_class.shocks, valid(&text(&by_market)).shocks);
    assert_eq!((by_class.shocks[0].month, by_class.shocks[0].loss), (3, 0.3));
    assert_eq!(by_class.shocks[0].markets, [2, 3]);
    let twice = [shock("class = \"niche-content\""), shock("market = \"d\"")].concat();
    let twice = valid(&text(&twice)).shocks;
    assert!(twice.into_iter().map(|shock| shock.markets).eq([vec![2, 3], vec![3]]));
}

#[test]
fn an_asset_of_a_class_without_a_return_has_a_market_too() {
    let text = with_head(
        "[[asset]]\nname = \"a\"\nclass = \"ai-managed-portfolio\"\nvalue = 1\nroi = 0.2\n[crash]\nmodels = { m = 1 }\n",
    );
    let scenario = valid(&text);
    let (market, beta) = (&scenario.markets[0], scenario.assets[0].keys.market_beta.get());
    assert_eq!((market.size.get(), market.agent_share.get(), beta), (10.0, 0.15, 1.0));
    assert_eq!((market.impact_of_10_percent.get(), market.permanent.get()), (0.1, 0.0));
}

#[test]
fn sixteen_clusters_and_sixty_four_markets_are_the_most() {
    let models = |n: usize| {
        let share = 1.0 / n as f64;
        let models: Vec<String> = (0..n).map(|k| format!("m{k} = {share:?}")).collect();
        format!("models = {{ {} }}", models.join(", "))
    };
    valid(&crash_text(&models(15)));
    valid(&crash_text(&format!("{}\nlockstep = 1", models(16))));
    valid(&crash_text(&format!("{}\nlockstep = 0", models(40))));
    for too_many in [models(16), models(17) + "\nlockstep = 1"] {
        assert_eq!(faults(&crash_text(&too_many)), ["range 10:10"]);
    }
    let assets: String = (0..64).map(|n| D.replace("\"d\"", &format!("\"n{n}\""))).collect();
    let text = with_asset(&format!("{assets}[crash]\nmodels = {{ a = 1 }}\n"));
    assert_eq!(faults(&text), ["range 265:1"]);
}

#[test]
fn a_shock_strikes_in_the_first_month_or_the_last() {
    for (at, month) in [("2027-01", 1), ("2036-12", 120)] {
        let keys = format!("[[shock]]\nat = \"{at}\"\nmarket = \"a\"\nloss = 0.3\n");
        assert_eq!(valid(&with_assets(&keys)).shocks[0].month, month);
    }
}
