//! One path alone is the path of the run: to the bit, with every posting and every firing.

use crate::common::{asset, column, control, head, scenario, scenario_of_file};
use tailwheel::book::Cause;
use tailwheel::engine::{Replay, WorldMonth, replay, run};
use tailwheel::plan::Plan;
use tailwheel::record::{DEEPEST_SALE, LARGEST_SALE, REAL_WEALTH, SELLING_MONTHS, WEALTH};
use tailwheel::stage::Level;
use tailwheel::study::worst_crash;

/// Three holdings with jumps, crises, a loop with false signals, prescribed falls, trades.
fn everything(paths: u32) -> String {
    let defi = "roi = \"18-28 %\"\njumps = { rate = \"2/year\", mean = -0.1, sd = 0.1 }";
    format!(
        "{}{}{}{}{}",
        head("4 years", paths),
        asset("defi", "defi-yield-aggregator", 60_000.0, defi),
        asset("royalties", "synthetic-media-royalties", 60_000.0, "roi = \"15-50 %\""),
        asset("warehouse", "tokenized-real-estate", 120_000.0, "roi = \"7-12 %\""),
        include_str!("worlds/replayed.toml")
    )
}

fn plan(text: &str) -> Plan {
    Plan::compile(&scenario(text))
}

fn replayed(plan: &Plan, path: u64) -> Replay {
    replay(plan, Level::detect(), path).expect("a finite path")
}

/// Wealth in money of the start.
fn real(plan: &Plan, month: &WorldMonth) -> f64 {
    month.wealth / month.rows.get(plan.record.prices.level)
}

#[test]
fn a_replayed_path_is_the_path_of_the_run_to_the_bit() {
    let plan = plan(&everything(900));
    let run = run(&plan, &control(Level::detect())).expect("a finite run");
    for path in [0, 7, 255, 256, 511, 700, 899] {
        let alone = replayed(&plan, path);
        assert_eq!(alone.columns.len(), run.columns.len());
        for (id, value) in &alone.columns {
            assert_eq!(value.to_bits(), column(&run, *id)[path as usize].to_bits(), "{id:?} of path {path}");
        }
        let last = alone.months.last().expect("months");
        let of_run = |id| column(&run, id)[path as usize];
        assert_eq!(last.worlds[0].wealth, of_run(WEALTH));
        assert_eq!(real(&plan, &last.worlds[0]), of_run(REAL_WEALTH));
        assert_eq!(real(&plan, &last.worlds[1]), of_run(REAL_WEALTH.without_feedback()));
        let selling = alone.months.iter().filter(|month| month.worlds[0].sold > 0.0);
        assert_eq!(selling.count() as f64, of_run(SELLING_MONTHS));
        let sold = alone.months.iter().map(|month| month.worlds[0].sold);
        assert_eq!(sold.fold(0.0, f64::max), of_run(LARGEST_SALE));
        let worst = alone.worst_sale().map_or(0.0, |month| alone.taken(month));
        assert_eq!(worst, of_run(DEEPEST_SALE));
    }
}

/// Shipped scenarios with agents, the last of which has one asset.
const WITH_AGENTS: [&str; 4] =
    ["passive-income-2027-mechanisms", "flash-crash", "alike-or-different", "recipe-luna-2022"];

#[test]
fn what_sales_take_from_the_assets_adds_up_to_what_they_take_from_wealth() {
    let mut n_months = 0;
    for name in WITH_AGENTS {
        let plan = Plan::compile(&scenario_of_file(&format!("scenarios/{name}.toml"), &[]));
        for path in 0..40 {
            let alone = replayed(&plan, path);
            for month in alone.months.iter().map(|month| &month.worlds[0]).filter(|month| month.taken > 0.0) {
                let lost = alone.legend.lost_at_low.iter().map(|(_, row)| month.rows.get(*row));
                let (lost, size) = lost.fold((0.0, 0.0), |(sum, size), lost| (sum + lost, size + lost.abs()));
                assert!(
                    (lost - month.taken).abs() <= 1e-9 * size,
                    "{name}, path {path}: {lost} {}",
                    month.taken
                );
                n_months += 1;
            }
        }
    }
    assert!(n_months > 1_000, "{n_months}");
}

/// Parts of wealth that sales take in the first two months of a file, and the larger log-falls of its market.
fn taken_twice(more: &str) -> [(f64, f64); 2] {
    let plan = plan(&format!(include_str!("worlds/one-holding.toml"), more = more));
    let fall = plan.record.sales.expect("agents").fall.0;
    let alone = replayed(&plan, 0);
    [1, 2].map(|month| (alone.taken(month), alone.months[month as usize].worlds[0].rows.get(fall)))
}

#[test]
fn a_crash_costs_what_its_own_sales_take_of_the_holding_whatever_came_back_or_is_due() {
    for (taken, fall) in taken_twice("") {
        assert!(fall > 0.1, "{fall}");
        assert!((taken - (1.0 - (-fall).exp())).abs() < 1e-12, "{taken} {fall}");
    }
    // damages are due after the sales
    let owner = "[owner]\ncash = 0\n";
    let suit = "[[event]]\nname = \"suit\"\nkind = \"infringement-claim\"\nasset = \"a\"\nat = \"2027-02\"\n\
                amount = 20_000\nspread = 0\nat_most = 20_000\n";
    assert_eq!(taken_twice(owner), taken_twice(&format!("{owner}{suit}")));
}

#[test]
fn sample_paths_are_replayed_month_by_month() {
    let plan = plan(&everything(300));
    let run = run(&plan, &control(Level::detect())).expect("a finite run");
    for (path, sample) in (0..).zip(&run.sample_paths) {
        let alone = replayed(&plan, path);
        let wealth = alone.months.iter().map(|month| real(&plan, &month.worlds[0]));
        assert!(wealth.eq(sample.iter().copied()), "path {path}");
    }
}

#[test]
fn every_simd_level_replays_the_same_bits() {
    let plan = plan(&everything(300));
    let reference = replay(&plan, Level::BASELINE, 41).expect("a finite path");
    for level in Level::supported() {
        let other = replay(&plan, level, 41).expect("a finite path");
        for (a, b) in reference.months.iter().zip(&other.months) {
            assert_eq!(a.worlds, b.worlds, "{}", level.name());
            assert_eq!(a.draws, b.draws, "{}", level.name());
        }
    }
}

#[test]
fn what_is_posted_in_a_month_sums_to_zero_and_explains_the_change_of_wealth() {
    let plan = plan(&everything(600));
    for path in [3, 300, 555] {
        let alone = replayed(&plan, path);
        let imbalance = alone.largest_imbalance();
        assert!(imbalance < 1e-9, "{imbalance:e}");
        for month in 1..=alone.n_months() {
            for world in 0..2 {
                let posted = |account: usize| alone.posted(world, month, account);
                let all = 0..plan.accounts.len();
                let net: f64 = all.clone().map(posted).sum();
                let gross: f64 = all.clone().map(|account| posted(account).abs()).sum();
                assert!(net.abs() <= 1e-9 * gross, "month {month}: {net}");
                let is_border = |account: &usize| {
                    let label = &plan.accounts[*account];
                    label.cause.is_some() && label.is_owned()
                };
                let from_world: f64 = all.filter(is_border).map(posted).sum();
                let wealth = |month: u32| alone.months[month as usize].worlds[world].wealth;
                let change = wealth(month) - wealth(month - 1);
                assert!((change + from_world).abs() <= 1e-9 * gross, "month {month}");
            }
        }
    }
}

#[test]
fn the_postings_of_a_month_lead_from_its_first_balances_to_its_last() {
    let text = everything(600).replace(
        "cash = 24_000",
        "cash = 24_000\nspending = \"900/month\"\ntax_rate = \"20 %\"\ntax = \"annual\"",
    );
    let plan = plan(&text);
    let alone = replayed(&plan, 300);
    let months = alone.months.iter();
    for (month, (before, now)) in months.clone().zip(months.skip(1)).enumerate() {
        for (before, now) in before.worlds.iter().zip(&now.worlds) {
            assert!(now.postings.len() > 10);
            let mut balances = before.balances.clone();
            let mut gross = 0.0;
            for posting in &now.postings {
                assert!(posting.amount > 0.0 && posting.from != posting.to);
                balances[posting.from.index()] -= posting.amount;
                balances[posting.to.index()] += posting.amount;
                gross += posting.amount;
            }
            let away = |(found, exact): (&f64, &f64)| (found - exact).abs();
            let worst = balances.iter().zip(&now.balances).map(away).fold(0.0, f64::max);
            assert!(worst <= 1e-9 * gross, "month {}: {worst:e}", month + 1);
        }
    }
    let opened = alone.months[0].worlds[0].postings.iter();
    let of_owner = opened.filter(|posting| plan.accounts[posting.to.index()].is_owned());
    let opened: f64 = of_owner.map(|posting| posting.amount).sum();
    assert_eq!(opened, 264_000.0);
}

#[test]
fn the_twin_has_no_posting_by_the_loop() {
    let plan = plan(&everything(256));
    let alone = replayed(&plan, 9);
    let of_the_loop =
        (0..plan.accounts.len()).filter(|account| plan.accounts[*account].cause == Some(Cause::Loop));
    let mut has_moved = false;
    for account in of_the_loop {
        for month in 1..=alone.n_months() {
            assert_eq!(alone.posted(1, month, account), 0.0);
            has_moved |= alone.posted(0, month, account) != 0.0;
        }
    }
    assert!(has_moved, "in the other world the loop does something");
}

#[test]
fn the_anatomy_of_every_month_ends_with_what_the_run_did() {
    let plan = plan(&everything(600));
    let probe = plan.legend.crash.as_ref().expect("there is a loop");
    let (mut n_cascades, mut n_signals, mut n_thinned) = (0, 0, 0);
    for path in (0..600).step_by(23) {
        let alone = replayed(&plan, path);
        for month in 1..=alone.n_months() {
            let [before, now] = [month - 1, month].map(|month| &alone.months[month as usize]);
            let (before_rows, now_rows) = (&before.worlds[0].rows, &now.worlds[0].rows);
            let met = probe.read(path, month, before_rows, now_rows, &now.draws);
            let anatomy = probe.anatomy(&met);
            let counts = anatomy.counts.iter();
            let fired: Vec<f64> =
                counts.map(|counts| f64::from(counts.fired) / f64::from(counts.blocks)).collect();
            let shares: Vec<f64> = met.clusters.iter().map(|cluster| cluster.fired).collect();
            assert_eq!(fired, shares, "path {path}, month {month}");
            if !anatomy.firings.is_empty() {
                let last = anatomy.falls_after(anatomy.firings.len());
                let falls: Vec<f64> = met.markets.iter().map(|market| market.fall).collect();
                assert_eq!(last, falls, "path {path}, month {month}");
                n_cascades += 1;
                n_signals += usize::from(met.clusters.iter().any(|cluster| cluster.obeying > 0));
                n_thinned += usize::from(met.thinning > 1.0);
            }
        }
    }
    assert!(n_cascades > 100 && n_signals > 10 && n_thinned > 10);
}

#[test]
fn money_that_appears_from_nowhere_is_noticed() {
    let plan = plan(&everything(256));
    let mut alone = replayed(&plan, 9);
    assert!(alone.largest_imbalance() < 1e-9);
    alone.months[30].worlds[1].balances[2] += 1.0;
    assert!(alone.largest_imbalance() > 1e-6);
}

#[test]
fn the_worst_path_is_the_first_of_the_deepest_and_there_is_none_without_a_fall() {
    let plan = plan(&everything(300));
    let mut outcome = run(&plan, &control(Level::detect())).expect("a finite run");
    let falls = column(&outcome, DEEPEST_SALE).to_vec();
    let deepest = falls.iter().copied().fold(0.0, f64::max);
    assert_eq!(worst_crash(&outcome), falls.iter().position(|fall| *fall == deepest).map(|path| path as u64));
    let of_sales = |column: &&mut tailwheel::engine::Column| column.id == DEEPEST_SALE;
    let n_paths = falls.len();
    let set = |outcome: &mut tailwheel::engine::Outcome, paths: &[usize]| {
        let mut falls = vec![0.0; n_paths];
        paths.iter().for_each(|path| falls[*path] = 0.5);
        outcome.columns.iter_mut().find(of_sales).expect("kept").values = falls.into();
    };
    set(&mut outcome, &[17, 170]);
    assert_eq!(worst_crash(&outcome), Some(17));
    set(&mut outcome, &[]);
    assert_eq!(worst_crash(&outcome), None);
}
