//! The loop in a whole run: two worlds on the same draws, and what a crash leaves behind.
use crate::common::{Ran, bits, column, outcome};
use crate::estimate::{Found, share};
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

/// A loop of agents who all sell at one limit.
fn all_at(first_trigger: f64) -> String {
    format!(
        "[[crash.cluster]]\nname = \"only\"\ncapital_share = 1.0\nfirst_trigger = {first_trigger:?}\ndispersion = 0.1\n\
         sell_fraction = 0.45\nblocks = 200\n"
    )
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
        LOOP.to_owned() + &markets(&all, "agent_share = 0"),
        LOOP.to_owned() + &markets(&all, "impact_of_10_percent = 0"),
        LOOP.to_owned() + "sell_fraction = 0\n",
        // out of reach
        all_at(1.9),
    ] {
        let run = outcome(&portfolio(&nothing, 500));
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
    let text = untouched(&portfolio(&(all_at(0.2) + &still), 500));
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

/// One asset without noise, a fall of 30 % in month 6, and one cluster that sells at 10 %.
fn prescribed(beta: f64, permanent: f64, half_life: &str) -> String {
    format!(include_str!("worlds/prescribed.toml"), beta = beta, permanent = permanent, half_life = half_life)
}

#[test]
fn a_prescribed_fall_that_everybody_answers_has_its_closed_form() {
    for (beta, permanent, half_life, h) in
        [(1.0, 0.0, "3 months", 3.0_f64), (0.5, 0.2, "3 months", 3.0), (1.0, 1.0, "1 month", 1.0)]
    {
        let run = Ran::of(&prescribed(beta, permanent, half_life));
        // the loss of .357 is past the last trigger: all sell .4 of the .5 that they hold
        let fall = -(0.9_f64.ln()) / 0.1 * 0.5 * 0.4;
        let transient = (1.0 - permanent) * fall * 0.5_f64.powf(0.5 / h);
        let left = permanent * fall + transient * 0.5_f64.powf(6.0 / h);
        let exact = 1_000.0 * 0.7 * (-beta * left).exp();
        run.is_on_every_path(WEALTH, exact, 1e-12);
        run.is_on_every_path(REAL_WEALTH.without_feedback(), 700.0 / 1.025, 1e-12);
        run.is_on_every_path(MAX_DRAWDOWN, 1.0 - 0.7 * (-beta * fall).exp(), 1e-12);
        run.is_on_every_path(SELLING_MONTHS, 1.0, 0.0);
        run.is_on_every_path(LARGEST_SALE, 1.0, 0.0);
    }
}

/// How often agents with more than 90 % of the money sell in one month of five years. Their sales hardly move the price.
fn nearly_all_sell(near: (f64, u32), far: (f64, u32)) -> Found {
    let run = outcome(&format!(include_str!("worlds/two-clusters.toml"), near.0, near.1, far.0, far.1));
    share(column(&run, LARGEST_SALE), |sold| sold > 0.9)
}

#[test]
fn how_many_blocks_a_cluster_has_does_not_change_how_often_nearly_all_sell() {
    let errors_apart = |a: Found, b: Found| (a.value - b.value).abs() / a.std_error.hypot(b.std_error);
    let few = nearly_all_sell((0.6, 200), (0.4, 200));
    assert!(few.value > 0.02 && few.value < 0.5, "{few:?}");
    for (near, far) in [(1_600, 200), (200, 1_600)] {
        let many = nearly_all_sell((0.6, near), (0.4, far));
        assert!(errors_apart(few, many) < 4.0, "{few:?} {many:?}");
    }
    // what counting by blocks would make of the first of these: money in the ratio of the blocks
    let by_blocks = nearly_all_sell((8.0 / 9.0, 200), (1.0 / 9.0, 200));
    assert!(errors_apart(few, by_blocks) > 4.0, "{few:?} {by_blocks:?}");
}
