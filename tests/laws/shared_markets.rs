//! Assets that share a market: their laws, what agents see of it, and what stays as it was.
use crate::common::{self, column, outcome, report, scenario};
use crate::determinism::leaves_the_others;
use crate::estimate::{Found, holds, mean, share};
use tailwheel::engine::Block;
use tailwheel::plan::Plan;
use tailwheel::record::{ASSET_VALUE, SELLING_MONTHS};
use tailwheel::stage::Level;

const MONTHS: u32 = 60;
const BLOCKS: u64 = 40;
/// So small that the compensation of a month, which depends on the regime, does not count.
const VOLATILITY: f64 = 0.01;

fn head(months: u32, paths: u32) -> String {
    common::head(&format!("{months} months"), paths)
}

/// An asset whose price moves by its market alone.
fn asset(name: &str, volatility: f64, keys: &str) -> String {
    let still =
        format!("roi = 0\nroi_law = \"point\"\nincome_share = 0\nvolatility = {volatility:?}\n{keys}");
    common::asset(name, "defi-yield-aggregator", 1_000.0, &still)
}

/// A part of a market.
fn member(name: &str, market: &str, correlation: f64, volatility: f64) -> String {
    let keys = format!("market = \"{market}\"\nmarket_correlation = {correlation:?}");
    asset(name, volatility, &keys)
}

/// Log-returns of the assets of `text` in units of `VOLATILITY`, one row of all paths and months each.
fn shocks(text: &str) -> Vec<Vec<f64>> {
    let plan = Plan::compile(&scenario(text));
    let level = Level::detect();
    let mut block = Block::new(&plan);
    let mut found = vec![Vec::new(); plan.record.assets().count()];
    let step = VOLATILITY / 12.0_f64.sqrt();
    for number in 0..BLOCKS {
        block.open(&plan, level, number);
        let mut before = vec![[1_000.0; 256]; found.len()];
        for _ in 0..MONTHS {
            block.advance(&plan, level);
            for (asset, account) in plan.record.assets().enumerate() {
                let value = block.worlds[0].book.value(account);
                for (was, is) in before[asset].iter_mut().zip(value.iter()) {
                    found[asset].push(((is / *was).ln() + 0.5 * step * step) / step);
                    *was = *is;
                }
            }
        }
    }
    found
}

fn products(one: &[f64], other: &[f64]) -> Found {
    let products: Vec<f64> = one.iter().zip(other).map(|(a, b)| a * b).collect();
    mean(&products)
}

const CRISIS: &str = "[crisis]\nbegins = \"3 %/month\"\nvolatility = 2\ntoward_one = 0\n";

#[test]
fn assets_of_one_market_correlate_at_the_product_of_their_correlations_with_it() {
    let of = |first: f64, rest: &str| {
        let text = head(MONTHS, 256)
            + &member("a", "one", first, VOLATILITY)
            + &member("b", "one", 0.9, VOLATILITY)
            + &member("c", "two", 0.5, VOLATILITY)
            + &member("d", "three", 1.0, VOLATILITY)
            + "[correlation]\ndefault = 0.6\n"
            + rest;
        shocks(&text)
    };
    for (name, rest) in [
        ("gaussian", String::new()),
        ("gaussian in and out of crises", CRISIS.to_owned()),
        ("t", "copula = { kind = \"t\", dof = 4 }\n".to_owned()),
        ("t in crises", format!("copula = {{ kind = \"t\", dof = 4 }}\n{CRISIS}")),
    ] {
        let (sample, other) = (of(0.7, &rest), of(0.735, &rest));
        holds(name, 0.7 * 0.9, products(&sample[0], &sample[1]), products(&other[0], &other[1]));
        if rest.contains("dof") {
            continue; // normal margins of a t copula correlate at less than its parameter
        }
        for (pair, exact) in [((0, 2), 0.7 * 0.5 * 0.6), ((0, 3), 0.7 * 0.6)] {
            let found = |sample: &[Vec<f64>]| products(&sample[pair.0], &sample[pair.1]);
            holds(name, exact, found(&sample), found(&other));
        }
    }
}

#[test]
fn the_margin_of_a_part_of_a_market_is_exactly_its_own() {
    let of = |volatility: f64, copula: &str| {
        let text = head(MONTHS, 256)
            + &member("a", "one", 0.6, volatility)
            + &member("b", "one", 0.9, 3.0 * VOLATILITY)
            + &format!("[correlation]\ncopula = {copula}\n");
        shocks(&text).swap_remove(0)
    };
    for copula in ["\"gaussian\"", "{ kind = \"t\", dof = 3 }"] {
        let (sample, other) = (of(VOLATILITY, copula), of(1.05 * VOLATILITY, copula));
        let squares = |sample: &[f64]| products(sample, sample);
        holds(copula, 1.0, squares(&sample), squares(&other));
        // quantiles of the standard normal at 1 and at 0.1 %
        for (quantile, p) in [(-2.326_347_874_040_841, 0.01), (3.090_232_306_167_813_5, 0.999)] {
            let below = |sample: &[f64]| share(sample, |x| x < quantile);
            holds(copula, p, below(&sample), below(&other));
        }
    }
}

#[test]
fn a_crisis_keeps_the_volatility_of_a_part_of_a_market() {
    let of = |volatility: f64| {
        let text = head(MONTHS, 256)
            + &member("a", "one", 0.6, volatility)
            + &member("b", "one", 0.9, VOLATILITY)
            + CRISIS;
        shocks(&text).swap_remove(0)
    };
    let monthly = |sample: &[f64]| {
        // months of one path share their regime: a path is one observation
        let blocks = sample.chunks_exact(256 * MONTHS as usize);
        let of_paths: Vec<f64> = blocks
            .flat_map(|block| {
                let squares = |path: usize| block.iter().skip(path).step_by(256).map(|x| x * x);
                (0..256).map(move |path| squares(path).sum::<f64>() / f64::from(MONTHS))
            })
            .collect();
        mean(&of_paths)
    };
    holds("σ", 1.0, monthly(&of(VOLATILITY)), monthly(&of(1.05 * VOLATILITY)));
}

/// Two assets with jumps and a regime in a loop.
fn separate(first: &str, second: &str) -> String {
    let jumps = "jumps = { rate = \"2/year\", mean = -0.1, sd = 0.1 }\n";
    head(36, 1_000)
        + &asset("a", 0.6, &format!("{jumps}{first}"))
        + &asset("b", 0.4, second)
        + "[correlation]\ncopula = { kind = \"t\", dof = 4 }\n[crisis]\n[crash]\nmodels = { m = 1 }\n\
           trigger = 0.2\nspread = 0.2\n[[shock]]\nat = \"2028-02\"\nmarket = \"b\"\nloss = 0.2\n"
}

#[test]
fn an_asset_that_names_the_market_it_has_anyway_changes_nothing() {
    let plain = separate("", "");
    let named = separate("market = \"a\"", "market = \"b\"\nmarket_correlation = 1");
    let (plain, named) = (scenario(&plain), scenario(&named));
    assert_eq!(plain.canonical_document(), named.canonical_document());
    let shapes = [&plain, &named].map(Plan::compile);
    let [one, other] = shapes.map(|plan| (plan.n_rows, plan.draws, plan.month_stages.len()));
    assert_eq!(one, other);
    // wholly correlated with a market of another name: other draws, the same stages
    let renamed = scenario(&separate("market = \"c\"\nmarket_correlation = 1", ""));
    let renamed = Plan::compile(&renamed);
    assert_eq!(renamed.draws.len(), one.1.len());
    let names: Vec<&str> = renamed.record.markets.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["b", "c"]);
}

#[test]
fn an_asset_added_to_a_shared_market_changes_no_other_path() {
    let text = |added: &str| {
        head(36, 700)
            + &member("b", "one", 0.7, 0.6)
            + &member("d", "one", 0.9, 0.3)
            + &asset("f", 0.5, "")
            + added
            + "[correlation]\ncopula = { kind = \"t\", dof = 5 }\n\
               [crisis]\n[crash]\nmodels = { m = 1 }\ntrigger = 0.2\nspread = 0.2\n"
    };
    let before = text("");
    let run = outcome(&before);
    let sold = column(&run, SELLING_MONTHS);
    assert!(sold.iter().any(|months| *months > 0.0));
    for name in ["a", "c", "e", "z"] {
        for correlation in [-0.3, 0.0, 0.8, 1.0] {
            let with = text(&member(name, "one", correlation, 0.8));
            let after = leaves_the_others(&before, &run, &with);
            assert_eq!(sold, column(&after, SELLING_MONTHS));
        }
    }
}

/// Share of the paths on which agents of one cluster, who all sell at the loss of `trigger`, sell in
/// the only month; `assets` are all in one market.
fn selling(assets: &str, rest: &str, trigger: f64) -> Found {
    let text = head(1, 60_000)
        + assets
        + &format!(
            "[[crash.cluster]]\nname = \"all\"\ncapital_share = 1\nfirst_trigger = {trigger}\n\
             dispersion = 1e-9\n{rest}"
        );
    let sold = outcome(&text);
    share(column(&sold, SELLING_MONTHS), |months| months > 0.0)
}

/// P(−σ√(1/12)·ε ≥ trigger)
fn normal_tail(trigger: f64, volatility: f64) -> f64 {
    tailwheel::math::normal::cdf(-trigger / (volatility / 12.0_f64.sqrt()))
}

#[test]
fn agents_see_the_volatility_of_the_market_and_not_of_its_assets() {
    let two = member("a", "m", 0.8, 0.1) + &member("b", "m", 0.8, 1.9);
    let alone = |volatility: f64| member("a", "m", 0.3, volatility);
    let only = asset("m", 0.1, "");
    let none = String::new();
    for (id, volatility, found, off) in [
        ("of the class", 0.65, (&two, &none), (&two, &typed(0.65 * 1.05))),
        ("as written", 0.4, (&two, &typed(0.4)), (&two, &typed(0.42))),
        ("of the only asset", 0.4, (&alone(0.4), &none), (&alone(0.42), &none)),
        ("written for the only asset", 0.65, (&only, &typed(0.65)), (&only, &typed(0.65 * 1.05))),
    ] {
        let [found, off] = [found, off].map(|(assets, rest)| selling(assets, rest, 0.2));
        holds(id, normal_tail(0.2, volatility), found, off);
    }
}

/// The market of the assets with a volatility of its own.
fn typed(volatility: f64) -> String {
    format!("[[market]]\nname = \"m\"\nvolatility = {volatility}\n")
}

#[test]
fn jumps_are_seen_by_agents_only_of_an_asset_that_is_alone() {
    // a jump is a fall of .5, and the diffusion next to nothing: whoever jumps is sold
    let jumping = |rate: f64, keys: &str| {
        let volatility = (rate * 0.25 + 1e-4_f64).sqrt();
        let jumps = format!("jumps = {{ rate = \"{rate}/year\", mean = -0.5, sd = 0 }}\n{keys}");
        asset("a", volatility, &jumps)
    };
    let exact = 1.0 - (-3.0_f64 / 12.0).exp();
    for keys in ["", "market = \"m\"", "market = \"m\"\nmarket_correlation = 0.2"] {
        holds(keys, exact, selling(&jumping(3.0, keys), "", 0.3), selling(&jumping(3.15, keys), "", 0.3));
    }
    let both = jumping(3.0, "market = \"m\"") + &member("b", "m", 0.8, 0.5);
    let [found, off] = ["", &*typed(0.65 * 1.05)].map(|rest| selling(&both, rest, 0.3));
    holds("shared", normal_tail(0.3, 0.65), found, off);
}

#[test]
fn a_fall_that_is_prescribed_to_a_market_takes_it_from_every_asset_in_it() {
    let text = |shock: &str| {
        head(6, 300)
            + &member("a", "one", 0.5, 0.6)
            + &member("b", "one", 0.9, 0.3)
            + "jumps = { rate = \"1/year\", mean = 0.05, sd = 0.1 }\n"
            + &asset("c", 0.5, "")
            + shock
    };
    let fall = "[[shock]]\nat = \"2027-03\"\nmarket = \"one\"\nloss = 0.3\n";
    let (without, with) = (outcome(&text("")), outcome(&text(fall)));
    for (asset, factor) in [(0, 0.7), (1, 0.7), (2, 1.0)] {
        let was = column(&without, ASSET_VALUE.of_object(asset));
        let is = column(&with, ASSET_VALUE.of_object(asset));
        for (was, is) in was.iter().zip(is) {
            assert!((is / was / factor - 1.0).abs() < 1e-12, "{asset}: {was} {is}");
        }
    }
    // and the agents see it
    let both = member("a", "m", 0.8, 0.0) + &member("b", "m", 0.8, 0.0);
    let quiet = "[[market]]\nname = \"m\"\nvolatility = 0\n";
    let shock = "[[shock]]\nat = \"2027-01\"\nmarket = \"m\"\nloss = 0.3\n";
    assert_eq!(selling(&both, quiet, 0.3).value, 0.0);
    assert_eq!(selling(&both, &format!("{quiet}{shock}"), 0.3).value, 1.0);
    assert_eq!(selling(&both, &format!("{quiet}{shock}"), 0.36).value, 0.0);
}

#[test]
fn the_report_lists_markets() {
    let text =
        head(1, 256) + &member("a", "one", 0.5, 0.6) + &member("b", "one", 0.9, 0.3) + &asset("c", 0.5, "");
    let scenario = scenario(&text);
    let run = outcome(&text);
    let part = report(&scenario, &run).scenario;
    assert_eq!(part.correlation.markets, ["c", "one"]);
    assert_eq!(part.correlation.matrix.len(), 2);
    let markets: Vec<&str> = part.assets.iter().map(|asset| asset.market.as_str()).collect();
    assert_eq!(markets, ["one", "one", "c"]);
}
