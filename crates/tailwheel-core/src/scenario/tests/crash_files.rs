//! The flash-crash loop in whole files: order, canonical form, assignments, bases, what is shipped.

use super::crash_meaning::mean_trigger;
use super::support::{extended, read_back, studied_files, valid, valid_files, with_asset, with_assets};
use crate::scenario::Scenario;

const WHOLE: &str = "[crisis]\n\
    [crash]\nmodels = { frontier-b = 0.30, frontier-a = 0.45, open-c = 0.25 }\n\
    [[market]]\nname = \"c\"\nagent_share = \"40 %\"\nrecovery_half_life = \"3 months\"\n\
    [[market]]\nname = \"a\"\nsize = 5\n\
    [[shock]]\nat = \"2028-07\"\nmarket = \"b\"\nloss = \"30 %\"\n\
    [[shock]]\nat = \"2027-07\"\nclass = \"niche-content\"\nloss = 0.2\n";

#[test]
fn the_order_of_tables_and_models_means_nothing() {
    let expected = valid(&with_assets(WHOLE));
    let models = "models = { open-c = 0.25, frontier-b = 0.30, frontier-a = 0.45 }";
    let turned = WHOLE.replace("models = { frontier-b = 0.30, frontier-a = 0.45, open-c = 0.25 }", models);
    let (tables, of_arrays) = turned.split_at(turned.find("[[market]]").unwrap());
    let arrays: String =
        of_arrays.rsplit("[[").filter(|array| !array.is_empty()).map(|array| format!("[[{array}")).collect();
    let scenario = valid(&with_assets(&(arrays + tables)));
    assert_eq!(format!("{scenario:?}"), format!("{expected:?}"));
}

#[test]
fn the_canonical_document_decides_all_of_it_and_reads_back_the_same() {
    for rest in [
        WHOLE,
        "[crash]\nmodels = { m = 1 }\nimpact_exponent = 0.5\nhallucination.rate = 0\n",
        "[crisis]\nbegins = 0\nlasts = \"7 weeks\"\n",
        "[crash]\nlockstep = 0.3\nmodels = { a = 0.1, b = 0.2, c = 0.3, d = 0.4 }\n",
    ] {
        let [scenario, again] = read_back(&with_assets(rest));
        assert!(again.filled_in.is_empty());
        let of_loop = |of: &Scenario| (of.crisis.clone(), of.crash.clone(), of.shocks.clone());
        assert_eq!(of_loop(&again), of_loop(&scenario));
        assert_eq!(format!("{:?}", again.assets), format!("{:?}", scenario.assets));
        assert!(scenario.crash.is_none() || again.markets == scenario.markets);
    }
    let whole = with_assets(WHOLE);
    let document = |text: &str| valid(text).canonical_document();
    for (from, to) in [
        ("[crisis]\n", "[crisis]\nbegins = \"4 %/month\"\n"),
        ("[crisis]\n", "[crisis]\nlasts = \"6 months\"\n"),
        ("[crisis]\n", "[crisis]\nvolatility = 2.1\n"),
        ("[crisis]\n", "[crisis]\ntoward_one = 0.31\n"),
        ("[crisis]\n", "[crisis]\ndepth = 0.31\n"),
        ("[crash]\n", "[crash]\ntrigger = 0.22\n"),
        ("[crash]\n", "[crash]\nhallucination.reach = 0.4\n"),
        ("[crash]\n", "[crash]\nimpact_exponent = 0.9\n"),
        ("frontier-a", "frontier-x"),
        ("size = 5\n", "size = 6\n"),
        ("size = 5\n", "size = 5\npermanent = 0.1\n"),
        ("\"3 months\"", "\"4 months\""),
        ("\"2028-07\"", "\"2028-08\""),
        ("loss = 0.2", "loss = 0.21"),
    ] {
        assert_ne!(document(&whole), document(&whole.replace(from, to)), "{to}");
    }
}

#[test]
fn models_and_the_clusters_that_follow_from_them_mean_the_same() {
    let by_model = with_asset("[crash]\nmodels = { m = 1 }\nlockstep = 0.75\n");
    let by_cluster = with_asset(
        "[[crash.cluster]]\nname = \"m\"\ncapital_share = 0.75\nfirst_trigger = 0.18\ndispersion = 0.06\n\
         hallucination = {}\n\
         [[crash.cluster]]\nname = \"dispersed\"\ncapital_share = 0.25\nfirst_trigger = 0.06\ndispersion = 0.3\n",
    );
    let (by_model, by_cluster) = (valid(&by_model), valid(&by_cluster));
    assert_eq!(by_model.canonical_document(), by_cluster.canonical_document());
}

#[test]
fn assignments_reach_into_the_loop() {
    let text = with_assets(WHOLE);
    let of = |set: &[&str]| valid_files(&[("mine.toml", &text)], set);
    let shares = |scenario: Scenario| -> Vec<f64> {
        let clusters = scenario.crash.unwrap().clusters;
        clusters.iter().map(|cluster| cluster.capital_share.get()).collect()
    };
    assert_eq!((shares(of(&[])).len(), shares(of(&["crash.lockstep=1"])).len()), (4, 3));
    let shifted = of(&["crash.models.frontier-a=0.5", "crash.models.open-c=\"20 %\""]);
    assert_eq!(shares(shifted)[1..], [0.7 * 0.5, 0.7 * 0.3, 0.7 * 0.2]);
    assert_eq!(of(&["market.c.agent_share=0"]).markets[2].agent_share.get(), 0.0);
    assert_eq!(of(&["asset.a.market_beta=1"]).assets[0].keys.market_beta.get(), 1.0);
    assert_eq!(of(&["crisis.depth=1"]).crisis.unwrap().keys.depth.get(), 1.0);
    let unsaid =
        valid_files(&[("mine.toml", &with_assets(""))], &["market.b.agent_share=0", "crash.models.m=1"]);
    assert!(unsaid.markets.iter().map(|market| market.agent_share.get()).eq([0.1, 0.0, 0.15]));
    let clusters = with_asset(
        "[[crash.cluster]]\nname = \"m\"\ncapital_share = 1\nfirst_trigger = 0.18\ndispersion = 0.06\n",
    );
    let fewer = valid_files(&[("mine.toml", &clusters)], &["crash.cluster.m.blocks=50"]);
    assert_eq!(fewer.crash.unwrap().clusters[0].agents().n_blocks, 50);
}

#[test]
fn tables_of_the_loop_are_laid_over_and_dropped() {
    let base = with_assets(WHOLE);
    let of = |mine: &str| extended(&base, mine).as_written.scenario;
    let quiet = of("drop = [\"crash\", \"crisis\", \"shock\"]\n");
    assert_eq!(quiet.canonical_document(), valid(&with_assets("")).canonical_document());
    let one = of("drop = [\"crash.models\"]\ncrash = { models = { m = 1 }, lockstep = 1 }\n");
    let clusters = one.crash.unwrap().clusters;
    assert_eq!((clusters.len(), clusters[0].name.as_str()), (1, "m"));
    let market = of("drop = [\"market.a\"]\n[[market]]\nname = \"c\"\nsize = 2\n");
    assert_eq!(market.markets[0].size.get(), 17.0);
    let kept = &market.markets[2];
    assert_eq!((kept.size.get(), kept.agent_share.get()), (2.0, 0.4));
}

#[test]
fn the_shipped_cases_of_one_and_of_five_models_differ_in_the_spread_of_limits_only() {
    let base = include_str!("../../../../../scenarios/_table-2027.toml");
    let shipped = include_str!("../../../../../scenarios/alike-or-different.toml");
    let files = [("mine.toml", shipped), ("_table-2027.toml", base)];
    let mut cases = studied_files(&files, &[]).cases.into_iter().map(|case| {
        let mut scenario = case.scenario;
        let crash = scenario.crash.take().expect("a loop");
        scenario.title.clear();
        (crash, scenario.canonical_document())
    });
    let ((one, rest), (five, other)) = (cases.next().unwrap(), cases.next().unwrap());
    assert_eq!(rest, other);
    assert_eq!((one.clusters.len(), five.clusters.len()), (1, 5));
    assert!((mean_trigger(&one) - mean_trigger(&five)).abs() < 1e-12);
    for pair in five.clusters.windows(2) {
        let gap = pair[0].agents().last_trigger() - pair[1].first_trigger.get();
        assert!(gap.abs() < 1e-12, "{}", pair[1].name.as_str());
    }
    let flash = include_str!("../../../../../scenarios/flash-crash.toml");
    let flash = valid_files(&[("mine.toml", flash), ("_table-2027.toml", base)], &[]);
    assert_eq!(flash.crash.expect("a loop").clusters.len(), 4);
}
