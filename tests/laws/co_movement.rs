//! How markets move together in a whole run: the months that are kept, and what diversity changes.
use crate::common::{asset, column, control, outcome, report, scenario};
use crate::crash_worlds::LOOP;
use tailwheel::engine::{Block, run};
use tailwheel::plan::Plan;
use tailwheel::record::CRASH_MONTHS;
use tailwheel::stage::Level;

/// Holdings whose months are nothing but their market's surprise: no claim, no income.
fn held(volatilities: &[(&str, f64)], paths: u32) -> String {
    let holding = |(name, volatility): &(&str, f64)| {
        let keys = format!(
            "roi = 0\nroi_law = \"point\"\nroi_basis = \"net\"\nincome_share = 0\nvolatility = {volatility:?}\nmarket_beta = 1"
        );
        asset(name, "defi-yield-aggregator", 1_000.0, &keys)
    };
    let head = "start = \"2027-01\"\nhorizon = \"3 years\"\ncurrency = \"USD\"\n[run]\nseed = 5\n";
    format!("{head}paths = {paths}\n{}", volatilities.iter().map(holding).collect::<String>())
}

/// Two of them.
fn bare(crash: &str, paths: u32) -> String {
    held(&[("a", 0.6), ("b", 0.4)], paths) + "[correlation]\npairs = [[\"a\", \"b\", 0.3]]\n" + crash
}

#[test]
fn the_months_that_are_kept_are_those_that_move_the_holdings() {
    const PATHS: u32 = 300;
    let text = bare(LOOP, PATHS);
    let kept = outcome(&text).co_movement.expect("two markets");
    assert_eq!((kept.n_paths(), kept.n_months()), (PATHS as usize, 36));
    assert_eq!(kept.markets(), ["a", "b"]);
    let plan = Plan::compile(&scenario(&text));
    let half_variance = [0.6_f64, 0.4].map(|volatility| volatility * volatility / 24.0);
    let mut block = Block::new(&plan);
    let (mut n_crashes, mut n_different) = (0, 0);
    for number in 0..2_usize {
        block.open(&plan, Level::detect(), number as u64);
        let mut before = [[[1_000.0_f64; 256]; 2]; 2];
        for month in 0..36 {
            block.advance(&plan, Level::detect());
            let mut deepest = [0.0_f64; 256];
            for (world, state) in block.worlds.iter().enumerate() {
                for (market, account) in plan.record.assets().enumerate() {
                    let value = state.book.value(account);
                    let returns = kept.returns(world, number, month, market);
                    for (lane, found) in returns.iter().enumerate() {
                        let was = &mut before[world][market][lane];
                        let exact = (value[lane] / *was).ln() + half_variance[market];
                        assert!((f64::from(*found) - exact).abs() < 1e-6, "{found} {exact}");
                        *was = value[lane];
                    }
                    let fall = plan.record.markets[market].feedback.expect("a loop").fall;
                    for (deepest, fall) in deepest.iter_mut().zip(block.worlds[0].rows.get(fall).iter()) {
                        *deepest = deepest.max(*fall);
                    }
                }
            }
            let is_different = kept.returns(0, number, month, 0) != kept.returns(1, number, month, 0);
            n_different += usize::from(is_different);
            for (is_crash, fall) in kept.crashes(number, month).iter().zip(deepest) {
                assert_eq!(*is_crash, fall >= 0.05);
                n_crashes += usize::from(*is_crash);
            }
        }
    }
    assert!(n_different > 0, "the loop moves prices");
    let run = outcome(&text);
    let counted: f64 = column(&run, CRASH_MONTHS).iter().sum();
    assert!(n_crashes > 0 && counted == n_crashes as f64, "{n_crashes} {counted}");
}

#[test]
fn more_paths_keep_the_months_of_the_first_ones() {
    // at most two million numbers of a world
    let long = bare(LOOP, 400).replace("3 years", "100 years");
    let more = long.replace("paths = 400", "paths = 3_000");
    let (few, many) = (outcome(&long), outcome(&more));
    let (few, many) = (few.co_movement.expect("kept"), many.co_movement.expect("kept"));
    assert_eq!(many.n_paths(), (1 << 21) / (1_200 * 2) / 256 * 256);
    for (month, market) in [(0, 0), (600, 1), (1_199, 0)] {
        assert_eq!(few.returns(0, 0, month, market), many.returns(0, 0, month, market));
    }
}

#[test]
fn one_market_alone_moves_together_with_nothing() {
    assert!(outcome(&(held(&[("a", 0.6)], 300) + LOOP)).co_movement.is_none());
    // without a loop and without crises no month is unlike another
    assert!(outcome(&bare("", 300)).co_movement.is_none());
    let crises = bare("[crisis]\n", 300);
    let without = outcome(&crises).co_movement.expect("two markets");
    assert_eq!((without.n_worlds(), without.crashes(0, 0).len()), (1, 0));
}

/// Two shipped cases: the same money, limits and shocks, sold by one model or by five.
#[test]
#[ignore = "slow: part of .ci/run"]
fn diversity_makes_full_cascades_rare_and_everyday_correlation_higher() {
    use tailwheel::report::Report;
    let report = |variant: &str| {
        let file = "scenarios/alike-or-different.toml";
        let scenario = crate::common::variant_of_file(file, variant, &["run.paths=8192"]);
        // each month by itself says how often everybody sells in one
        let mut n_full = 0.0;
        let plan = Plan::compile(&scenario);
        let mut block = Block::new(&plan);
        for number in 0..32 {
            block.open(&plan, Level::detect(), number);
            for _ in 0..plan.n_months {
                block.advance(&plan, Level::detect());
                let rows = &block.worlds[0].rows;
                let sold = rows.get(plan.record.sales.expect("agents").sold);
                n_full += sold.iter().filter(|sold| **sold > 0.9).count() as f64;
            }
        }
        let outcome = run(&plan, &control(Level::detect())).expect("a finite run");
        (n_full, report(&scenario, &outcome))
    };
    let ((one_full, one), (five_full, five)) = (report("one-model"), report("five-equal-mean"));
    let found = |report: &Report, id: &str| report.measures[id];
    let higher = |id: &str, a: &Report, b: &Report| {
        let (a, b) = (found(a, id), found(b, id));
        let error = a.std_error.expect("known").hypot(b.std_error.expect("known"));
        assert!(a.value - b.value > 4.0 * error, "{id}: {} {} ± {error}", a.value, b.value);
    };
    assert!(one_full > 2.0 * five_full, "{one_full} {five_full}");
    higher("loop.crash_months.per_year", &five, &one);
    let together = "tail_dependence.01.mean";
    higher(together, &one, &five);
    for (report, size) in [(&one, 0.54), (&five, 0.44)] {
        let found = found(report, together).value;
        assert!((found - size).abs() < 0.03, "{found} {size}");
    }
    for calm in ["correlation.realised.calm.mean", "amplification.correlation.realised.calm.mean"] {
        higher(calm, &five, &one);
    }
    // the tail of the owner's wealth hardly tells them apart
    let tail = |report: &Report| found(report, "wealth.terminal.real.p01").value;
    assert!((tail(&five) / tail(&one) - 1.0).abs() < 0.1, "{} {}", tail(&one), tail(&five));
}
