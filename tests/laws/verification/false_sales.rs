//! What sales that begin with a false signal cost: against the fall that they are, by rate, and without any.

use crate::common::{Ran, asset, close, head, scenario_of_file};
use tailwheel::record::{FALSE_SALES, MAX_DRAWDOWN};
use tailwheel::scenario::Scenario;

/// One market that does not move, one model, a signal in nearly every month.
fn still(horizon: &str, rate: &str) -> String {
    let own = "roi = \"0 %\"\nroi_law = \"point\"\nroi_basis = \"net\"\nvolatility = 0\nmarket_beta = 0.8\nmarket = \"m\"";
    head(horizon, 256)
        + &asset("a", "defi-yield-aggregator", 1_000.0, own)
        + &format!(
            "[[market]]\nname = \"m\"\nagent_share = 0.3\nimpact_of_10_percent = 0.1\n[crash]\nmodels = {{ x = 1.0 }}\n\
             hallucination = {{ rate = \"{rate}/year\", reach = 0.5 }}\n"
        )
}

/// In one month with a signal the cost is the whole fall, β·y, of a wealth that is all in the market.
#[test]
fn a_signal_in_a_still_market_costs_the_fall_of_its_sales() {
    let run = Ran::of(&still("1 month", "1000"));
    let fallen = run.column(MAX_DRAWDOWN)[0];
    assert!(fallen > 0.02, "{fallen}");
    run.is_on_every_path(FALSE_SALES, -(1.0 - fallen).ln(), 1e-9);
    close("mean", run.measure("loop.false_sales.mean"), -(1.0 - fallen).ln(), 1e-9);
}

#[test]
fn nothing_is_false_without_signals_or_where_nobody_obeys() {
    for text in [still("1 year", "0"), still("1 year", "1000").replace("reach = 0.5", "reach = 0")] {
        Ran::of(&text).is_on_every_path(FALSE_SALES, 0.0, 0.0);
    }
}

/// More false signals cost more, while nine in ten sell less often in one month: who has sold is out.
#[test]
#[ignore = "slow: part of .ci/run"]
fn the_cost_grows_with_the_rate_while_full_cascades_fall() {
    let of = |rate: &str| {
        let set = format!("crash.hallucination.rate=\"{rate}/year\"");
        let file = scenario_of_file("scenarios/_table-2027.toml", &[&set]);
        let run = Ran::of_scenario(&Scenario { paths: 8_192, ..file });
        let cost = "loop.false_sales.mean";
        let error = if rate == "0" { 0.0 } else { run.with_error(cost).1 };
        (run.measure(cost), error, run.measure("loop.full_cascade.probability"))
    };
    let found = ["0", "0.1", "0.5", "1", "2", "5"].map(of);
    assert_eq!(found[0].0, 0.0);
    for pair in found.windows(2) {
        let [(less, one, _), (more, other, _)] = [pair[0], pair[1]];
        assert!(more - less > 4.0 * one.hypot(other), "{less} {more}");
    }
    let (rare, often) = (found[1].2, found[5].2);
    assert!((0.60..0.67).contains(&rare) && (0.15..0.22).contains(&often), "{rare} {often}");
}
