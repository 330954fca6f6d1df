//! Scenarios compiled to be compared: which shocks they share, that their law stays their own, and
//! what sharing is worth.
use crate::common::{bits, control, scenario};
use crate::estimate::{Found, mean};
use tailwheel::engine::{Block, run};
use tailwheel::plan::Plan;
use tailwheel::scenario::Scenario;
use tailwheel::stage::Level;
use tailwheel::stats::{Difference, differences};
use tailwheel::study::data_by_path;

const MONTHS: u32 = 24;

fn asset(name: &str, value: f64) -> String {
    format!(
        "[[asset]]\nname = \"{name}\"\nclass = \"defi-yield-aggregator\"\nvalue = {value:?}\n\
         volatility = 0.3\n"
    )
}

/// Assets with markets of their own, and what holds them together.
fn text(assets: &[&str], correlation: &str) -> String {
    let head = format!(
        "start = \"2027-01\"\nhorizon = \"{MONTHS} months\"\ncurrency = \"USD\"\n\
         [run]\nseed = 5\npaths = 4096\n"
    );
    let assets: String = assets.iter().map(|name| asset(name, 1_000.0)).collect();
    head + &assets + "[correlation]\n" + correlation
}

fn of(assets: &[&str], correlation: &str) -> Scenario {
    scenario(&text(assets, correlation))
}

/// The month's shocks of every market by name, of `blocks` blocks: unit variance.
fn shocks(plan: &Plan, blocks: u64) -> Vec<(String, Vec<f64>)> {
    let level = Level::detect();
    let mut block = Block::new(plan);
    let markets = &plan.record.markets;
    let mut found: Vec<(String, Vec<f64>)> =
        markets.iter().map(|market| (market.name.clone(), Vec::new())).collect();
    for number in 0..blocks {
        block.open(plan, level, number);
        for _ in 0..MONTHS {
            block.advance(plan, level);
            for (market, (_, values)) in markets.iter().zip(&mut found) {
                values.extend(block.draws().row(market.shock).iter());
            }
        }
    }
    found
}

/// Markets of `new`, compiled by `compile`, whose shocks are those of the same market in `base`.
fn shared(base: &Scenario, new: &Plan) -> Vec<String> {
    let (base, new) = (shocks(&Plan::compile(base), 2), shocks(new, 2));
    let same = |(name, values): &(String, Vec<f64>)| {
        let known = base.iter().find(|(known, _)| known == name);
        known.is_some_and(|(_, known)| known.iter().zip(values).all(|(a, b)| a.to_bits() == b.to_bits()))
    };
    new.iter().filter(|market| same(market)).map(|(name, _)| name.clone()).collect()
}

const EVEN: &str = "default = 0.6\n";
const T_IN_CRISES: &str = "default = 0.6\ncopula = { kind = \"t\", dof = 4 }\n\
                           [crisis]\nbegins = \"3 %/month\"\nvolatility = 2\ntoward_one = 0.4\n";

#[test]
fn with_the_same_markets_it_is_the_plan_itself() {
    for correlation in [EVEN, T_IN_CRISES, "pairs = [[\"a\", \"b\", 1.0]]\ndefault = 0.2\n"] {
        let new = of(&["a", "b", "c"], correlation);
        let base = of(&["c", "a", "b"], "default = 0.1\n");
        let [alone, beside] = [Plan::compile(&new), Plan::compile_paired(&new, &base)]
            .map(|plan| (plan.draws.clone(), run(&plan, &control(Level::detect())).expect("finite")));
        assert_eq!(alone.0, beside.0);
        assert_eq!(bits(&alone.1), bits(&beside.1));
    }
}

#[test]
fn an_added_or_removed_market_leaves_the_shocks_of_all_others() {
    let all = ["a", "b", "c", "d", "e", "f"];
    for correlation in [EVEN, T_IN_CRISES] {
        for (before, after, common) in [
            (vec!["a", "c"], vec!["a", "b", "c"], vec!["a", "c"]),
            (vec!["a", "b", "c"], vec!["a", "c"], vec!["a", "c"]),
            (vec!["a", "b", "d", "f"], vec!["b", "c", "e", "f"], vec!["b", "f"]),
            (all.to_vec(), all[4..].to_vec(), all[4..].to_vec()),
            (all[4..].to_vec(), all.to_vec(), all[4..].to_vec()),
        ] {
            let (base, new) = (of(&before, correlation), of(&after, correlation));
            let beside = Plan::compile_paired(&new, &base);
            assert_eq!(shared(&base, &beside), common, "{before:?} {after:?}");
            // power: by itself it has other shocks behind the market that came or went
            assert_ne!(shared(&base, &Plan::compile(&new)), common, "{before:?} {after:?}");
        }
    }
}

#[test]
fn nothing_in_common_is_nothing_shared() {
    let (base, new) = (of(&["a", "b"], EVEN), of(&["c", "d"], EVEN));
    assert!(shared(&base, &Plan::compile_paired(&new, &base)).is_empty());
}

/// Correlation of two markets and its error under a joint normal law.
fn correlation(shocks: &[(String, Vec<f64>)], pair: [&str; 2]) -> Found {
    let [x, y] = pair.map(|name| {
        let (_, values) = shocks.iter().find(|(known, _)| known == name).expect("known");
        let deviation = mean(&values.iter().map(|x| x * x).collect::<Vec<f64>>()).value.sqrt();
        values.iter().map(|x| x / deviation).collect::<Vec<f64>>()
    });
    let r = mean(&x.iter().zip(&y).map(|(a, b)| a * b).collect::<Vec<f64>>()).value;
    let influences = x.iter().zip(&y).map(|(a, b)| a * b - 0.5 * r * (a * a + b * b));
    Found { value: r, ..mean(&influences.collect::<Vec<f64>>()) }
}

#[test]
fn its_law_is_its_own_whatever_it_is_compared_with() {
    let new = |r: f64| {
        let pairs = format!("pairs = [[\"b\", \"c\", {r}], [\"b\", \"e\", 0.5]]\ndefault = 0.3\n");
        of(&["b", "c", "e"], &pairs)
    };
    let bases = [
        of(&["a", "b", "d", "e"], EVEN),
        // a ghost that agrees with the base's other markets and not with this scenario's: left out
        of(&["a", "b", "c"], "pairs = [[\"a\", \"b\", 0.95], [\"a\", \"c\", -0.95]]\ndefault = -0.9\n"),
        of(&["x"], ""),
    ];
    for base in &bases {
        let sample = |r: f64| shocks(&Plan::compile_paired(&new(r), base), 32);
        let found = sample(0.4);
        for (pair, exact) in [(["b", "c"], 0.4), (["b", "e"], 0.5), (["c", "e"], 0.3)] {
            let r = correlation(&found, pair);
            assert!(r.agrees_with(exact), "{pair:?} {r:?}");
        }
        let off = correlation(&sample(0.42), ["b", "c"]);
        assert!(!off.agrees_with(0.4), "no power: {off:?}");
    }
}

#[test]
fn correlations_of_a_crisis_are_its_own_as_well() {
    let crisis = |toward_one: f64| {
        format!(
            "default = 0.2\n[crisis]\nbegins = \"30 %/month\"\nlasts = \"30 months\"\nvolatility = 1\n\
             toward_one = {toward_one}\n"
        )
    };

    let of_months = |toward_one: f64, base: &Scenario| {
        let new = of(&["b", "c"], &crisis(toward_one));
        correlation(&shocks(&Plan::compile_paired(&new, base), 32), ["b", "c"])
    };
    let in_crisis = 0.3 / (0.3 + 1.0 / 30.0);
    let exact = |toward_one: f64| 0.2 + in_crisis * toward_one * 0.8;
    let bases = [of(&["a", "c"], EVEN), of(&["a", "b"], &crisis(0.9)), of(&["a", "b", "c"], &crisis(0.5))];
    for base in &bases {
        let found = of_months(0.5, base);
        assert!(found.agrees_with(exact(0.5)), "{found:?} {}", exact(0.5));
        assert!(!of_months(0.55, base).agrees_with(exact(0.5)), "no power");
    }
}

fn compared(base: &Scenario, new: &Scenario, plan: &Plan) -> Vec<Difference> {
    let data = |scenario: &Scenario, plan: &Plan| {
        let outcome = run(plan, &control(Level::detect())).expect("finite");
        data_by_path(scenario, &outcome)
    };
    differences(&data(base, &Plan::compile(base)), &data(new, plan))
}

#[test]
fn sharing_makes_the_comparison_as_sharp_as_many_times_the_paths() {
    let base = scenario(&text(&["b", "c", "d", "e"], EVEN));
    let new = scenario(&(text(&["b", "c", "d", "e"], EVEN) + &asset("a", 100.0)));
    let sharpness = |plan: &Plan, id: &str| {
        let found = compared(&base, &new, plan);
        let difference = found.iter().find(|difference| difference.id == id);
        difference.and_then(|difference| difference.sharpness).expect("an error")
    };
    let (beside, alone) = (Plan::compile_paired(&new, &base), Plan::compile(&new));
    for id in ["wealth.terminal.mean", "wealth.terminal.p50", "loss.probability", "drawdown.max.p50"] {
        let (together, apart) = (sharpness(&beside, id), sharpness(&alone, id));
        assert!(together > 3.0 && together > 2.0 * apart, "{id} {together} {apart}");
    }
    // what depends on the common markets alone is the same on every path
    let found = compared(&base, &new, &beside);
    let is_alone = |id: &str| id.starts_with("asset.") && !id.contains(".contribution.");
    let same = found.iter().filter(|found| is_alone(&found.id));
    assert_eq!(same.clone().count(), 16);
    for difference in same {
        assert_eq!(difference.p_value, Some(1.0), "{}", difference.id);
        assert_eq!(difference.difference.value, 0.0, "{}", difference.id);
    }
}
