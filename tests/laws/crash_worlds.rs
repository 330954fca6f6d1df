//! The loop in a whole run: two worlds on the same draws, and what a crash leaves behind.
use crate::common::{bits, column, is_conserved, outcome};
use std::collections::BTreeMap;
use tailwheel::engine::Outcome;
use tailwheel::record::{
    ASSET_VALUE, LARGEST_SALE, MAX_DRAWDOWN, REAL_WEALTH, SELLING_MONTHS, TrackId, UNIT_VALUE, WEALTH,
};

/// Three holdings, a crisis and a loop.
pub fn portfolio(crash: &str, paths: u32) -> String {
    format!(include_str!("worlds/portfolio.toml"), paths = paths, crash = crash)
}

pub const LOOP: &str = r#"
    [crash]
    models = { frontier-a = 0.45, frontier-b = 0.30, open-c = 0.25 }
    hallucination = { rate = "0.5/year", reach = 0.3 }
"#;

#[test]
fn agents_that_never_sell_leave_both_worlds_equal_to_the_bit() {
    let out_of_reach = r#"
        [[crash.cluster]]
        name = "only"
        capital_share = 1.0
        first_trigger = 1.9
        dispersion = 0.1
        sell_fraction = 0.45
        blocks = 200
    "#;
    let run = outcome(&portfolio(out_of_reach, 1_000));
    for (on, off) in [
        (REAL_WEALTH, REAL_WEALTH.without_feedback()),
        (UNIT_VALUE, UNIT_VALUE.without_feedback()),
        (MAX_DRAWDOWN, MAX_DRAWDOWN.without_feedback()),
    ] {
        assert_eq!(column(&run, on), column(&run, off), "{on:?}");
    }
    assert!(column(&run, SELLING_MONTHS).iter().all(|n| *n == 0.0));
}

#[test]
fn the_twin_without_the_loop_is_the_run_without_crash() {
    let with = outcome(&portfolio(LOOP, 1_000));
    let without = outcome(&portfolio("", 1_000));
    assert_eq!(column(&with, REAL_WEALTH.without_feedback()), column(&without, REAL_WEALTH));
    assert_eq!(column(&with, MAX_DRAWDOWN.without_feedback()), column(&without, MAX_DRAWDOWN));
    assert_ne!(column(&with, WEALTH), column(&without, WEALTH));
}

#[test]
fn agents_that_hold_nothing_are_no_loop() {
    let nothing = format!(
        "{LOOP}{}",
        ["defi", "royalties", "warehouse"]
            .map(|name| format!("[[market]]\nname = \"{name}\"\nagent_share = 0\n"))
            .concat()
    );
    let run = outcome(&portfolio(&nothing, 500));
    assert!(run.column(REAL_WEALTH.without_feedback()).is_none());
    let without = outcome(&portfolio("", 500));
    assert_eq!(column(&run, WEALTH), column(&without, WEALTH));
}

/// The columns of `run` and its twin that are not, to the bit, those of the run `without` a loop.
fn differing(run: &Outcome, without: &Outcome) -> Vec<TrackId> {
    let without: BTreeMap<_, _> = bits(without).into_iter().collect();
    let found = bits(run);
    for id in without.keys() {
        assert!(found.iter().any(|(kept, _)| kept == id), "{id:?} is missing");
    }
    let other = |(id, values): &(TrackId, Vec<u64>)| {
        let same = without.get(&id.in_world(0))?;
        (same != values).then_some(*id)
    };
    found.iter().filter_map(other).collect()
}

/// What each of the named markets says, after a loop.
fn markets(names: &[&str], says: &str) -> String {
    let table = |name: &&str| format!("[[market]]\nname = \"{name}\"\n{says}\n");
    names.iter().map(table).collect()
}

/// The assets' values are their own, because the owner moves no money between them.
fn untouched(text: &str) -> String {
    let rules = "surplus = \"reinvest\"\nrebalance = \"3 months\"";
    assert!(text.contains(rules), "the portfolio's owner");
    text.replace(rules, "surplus = \"keep\"")
}

#[test]
fn sales_of_nothing_or_that_move_nothing_change_no_bit() {
    let all = ["defi", "royalties", "warehouse"];
    let without = outcome(&portfolio("", 500));
    for nothing in [
        markets(&all, "agent_share = 0"),
        markets(&all, "impact_of_10_percent = 0"),
        "sell_fraction = 0\n".to_owned(),
    ] {
        let run = outcome(&portfolio(&format!("{LOOP}{nothing}"), 500));
        assert_eq!(differing(&run, &without), [], "{nothing}");
    }
    // power: a thousandth of each is enough to be seen
    for little in [
        markets(&all, "agent_share = 0.001"),
        markets(&all, "impact_of_10_percent = 0.001"),
        "sell_fraction = 0.001\n".to_owned(),
    ] {
        let run = outcome(&portfolio(&format!("{LOOP}{little}"), 500));
        let found = differing(&run, &without);
        for id in [WEALTH, UNIT_VALUE, ASSET_VALUE.of_object(2)] {
            assert!(found.contains(&id), "{little}: {id:?}");
        }
        assert_eq!(found.iter().filter(|id| id.world() == 1).count(), 0, "{little}: {found:?}");
    }
}

#[test]
fn a_market_that_sales_do_not_move_keeps_its_bits_while_others_fall() {
    let without = outcome(&untouched(&portfolio("", 500)));
    for (still, name) in ["defi", "royalties", "warehouse"].into_iter().enumerate() {
        let market = markets(&[name], "impact_of_10_percent = 0");
        let run = outcome(&untouched(&portfolio(&format!("{LOOP}{market}"), 500)));
        let found = differing(&run, &without);
        for asset in 0..3 {
            let differs = found.contains(&ASSET_VALUE.of_object(asset));
            assert_eq!(differs, usize::from(asset) != still, "{name}: asset {asset}");
        }
        assert_eq!(found.iter().filter(|id| id.world() == 1).count(), 0, "{name}: {found:?}");
    }
}

#[test]
fn an_agent_of_the_owners_changes_its_own_holding_alone_where_no_price_moves() {
    let still = markets(&["defi", "royalties", "warehouse"], "impact_of_10_percent = 0");
    let at_large_losses = r#"
        [[crash.cluster]]
        name = "only"
        capital_share = 1.0
        first_trigger = 0.2
        dispersion = 0.1
        sell_fraction = 0.45
        blocks = 200
    "#;
    let text = untouched(&portfolio(&format!("{at_large_losses}{still}"), 500));
    let class = "class = \"defi-yield-aggregator\"\n";
    let managed = format!("{class}movable = true\nmanaged_by = \"only\"\n");
    let run = outcome(&text.replace(class, &managed));
    let without = outcome(&untouched(&portfolio("", 500)));
    let found = differing(&run, &without);
    assert!(found.contains(&ASSET_VALUE.of_object(0)), "{found:?}");
    for same in [ASSET_VALUE.of_object(1), ASSET_VALUE.of_object(2)] {
        assert!(!found.contains(&same), "{found:?}");
    }
    assert!(found.iter().all(|id| id.world() == 0), "{found:?}");
    // on a path on which nobody sells, that holding and all that it is worth keep their bits too
    let [quiet, sold] = [true, false].map(|is_quiet| {
        let months = column(&run, SELLING_MONTHS).iter().enumerate();
        months.filter(|(_, months)| (**months == 0.0) == is_quiet).map(|(path, _)| path).collect::<Vec<_>>()
    });
    assert!(quiet.len() > 10, "{} of 500 paths", quiet.len());
    let same = |id: TrackId, path: &usize| {
        column(&run, id)[*path].to_bits() == column(&without, id)[*path].to_bits()
    };
    for id in [ASSET_VALUE.of_object(0), WEALTH, UNIT_VALUE] {
        assert!(quiet.iter().all(|path| same(id, path)), "{id:?}");
        assert!(sold.iter().any(|path| !same(id, path)), "{id:?}");
    }
}

#[test]
fn money_is_conserved_in_both_worlds() {
    is_conserved(&portfolio(LOOP, 256), 2, 60);
}

/// One asset without noise, a fall of 30 % in month 6, and one cluster that sells at 10 %.
fn prescribed(beta: f64, permanent: f64, half_life: &str) -> String {
    format!(include_str!("worlds/prescribed.toml"), beta = beta, permanent = permanent, half_life = half_life)
}

#[test]
fn a_prescribed_fall_that_everybody_answers_has_its_closed_form() {
    for (beta, permanent, half_life, h) in
        [(1.0, 0.0, "3 months", 3.0_f64), (0.5, 0.2, "3 months", 3.0), (1.0, 1.0, "1 month", 1.0)]
    {
        let run = outcome(&prescribed(beta, permanent, half_life));
        // the loss of .357 is past the last trigger: all sell .4 of the .5 that they hold
        let fall = -(0.9_f64.ln()) / 0.1 * 0.5 * 0.4;
        let transient = (1.0 - permanent) * fall * 0.5_f64.powf(0.5 / h);
        let left = permanent * fall + transient * 0.5_f64.powf(6.0 / h);
        let exact = 1_000.0 * 0.7 * (-beta * left).exp();
        for wealth in column(&run, WEALTH) {
            assert!((wealth / exact - 1.0).abs() < 1e-12, "{wealth} {exact}");
        }
        for real in column(&run, REAL_WEALTH.without_feedback()) {
            let wealth = real * 1.025;
            assert!((wealth / 700.0 - 1.0).abs() < 1e-12, "{wealth}");
        }
        let deepest = 1.0 - 0.7 * (-beta * fall).exp();
        for drawdown in column(&run, MAX_DRAWDOWN) {
            assert!((drawdown - deepest).abs() < 1e-12, "{drawdown} {deepest}");
        }
        assert!(column(&run, SELLING_MONTHS).iter().all(|n| *n == 1.0));
        assert!(column(&run, LARGEST_SALE).iter().all(|s| *s == 1.0));
    }
}

/// How often agents with more than 90 % of the money sell in one month of five years, and its
/// variance. Their sales hardly move the price.
fn nearly_all_sell(near: (f64, u32), far: (f64, u32)) -> (f64, f64) {
    let run = outcome(&format!(include_str!("worlds/two-clusters.toml"), near.0, near.1, far.0, far.1));
    let largest = column(&run, LARGEST_SALE);
    let n = largest.len() as f64;
    let share = largest.iter().filter(|share| **share > 0.9).count() as f64 / n;
    (share, share * (1.0 - share) / n)
}

#[test]
fn how_many_blocks_a_cluster_has_does_not_change_how_often_nearly_all_sell() {
    let errors_apart = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() / (a.1 + b.1).sqrt();
    let few = nearly_all_sell((0.6, 200), (0.4, 200));
    assert!(few.0 > 0.02 && few.0 < 0.5, "{few:?}");
    for (near, far) in [(1_600, 200), (200, 1_600)] {
        let many = nearly_all_sell((0.6, near), (0.4, far));
        assert!(errors_apart(few, many) < 4.0, "{few:?} {many:?}");
    }
    // what counting by blocks would make of the first of these: money in the ratio of the blocks
    let by_blocks = nearly_all_sell((8.0 / 9.0, 200), (1.0 / 9.0, 200));
    assert!(errors_apart(few, by_blocks) > 4.0, "{few:?} {by_blocks:?}");
}

#[test]
fn a_crisis_keeps_the_total_volatility() {
    let text = |crisis: &str| format!(include_str!("worlds/crisis.toml"), crisis = crisis);
    let crisis = "[crisis]\nbegins = \"3 %/month\"\nlasts = \"5 months\"\nvolatility = 2\ntoward_one = 0.3\n";
    let sample = outcome(&text(crisis));
    let wealth = column(&sample, WEALTH);
    let n = wealth.len() as f64;
    // expected growth is that of the claim whatever the regime
    let mean = wealth.iter().sum::<f64>() / n;
    let spread = (wealth.iter().map(|w| (w - mean).powi(2)).sum::<f64>() / (n * n)).sqrt();
    assert!((mean - 1.05_f64.powi(20)).abs() < 4.0 * spread, "{mean} ± {spread}");
    // the variance of the log is σ²T, though each month's depends on its regime
    let logs: Vec<f64> = wealth.iter().map(|w| w.ln()).collect();
    let centre = logs.iter().sum::<f64>() / n;
    let squares: Vec<f64> = logs.iter().map(|x| (x - centre).powi(2)).collect();
    let variance = squares.iter().sum::<f64>() / n;
    let error = (squares.iter().map(|s| (s - variance).powi(2)).sum::<f64>() / (n * n)).sqrt();
    // its compensation varies with the regime too, which adds a little: Var(Σ half variances)
    assert!((variance / 0.8 - 1.0).abs() < 4.0 * error / 0.8 + 0.01, "{variance} ± {error}");
}
