//! What the owner has to pay: against an annuity, the same rules by hand, and an independent program.

use crate::common::{Ran, asset, close, head};
use crate::verification::texts::{cash, cash_at, keeps, of_other_programs, still};
use crate::verification::{agrees, beside};
use tailwheel::record::{
    ASSET_VALUE, AUTONOMY_BEGINS, DEEPEST_SALE, MAX_DRAWDOWN, RETURNED, RUIN_MONTH, UNIT_VALUE, VOLATILITY,
    WEALTH,
};

#[test]
fn money_that_is_lived_on_runs_out_in_the_month_of_the_annuity() {
    for (spending, first_short) in [(2_000.0, 58), (2_100.0, 55), (1_000.0, 139)] {
        // −ln(1 − V r/W)/ln(1 + r) months last; the next one is short
        let months = -(1.0_f64 - 100_000.0 * 0.005 / spending).ln() / 1.005_f64.ln();
        assert_eq!(months.ceil() as u32, first_short);
        let keys = format!("spending = \"{spending}/month\"");
        let run = Ran::of(&cash("15 years", &keys, "0 %"));
        run.is_on_every_path(RUIN_MONTH, f64::from(first_short), 0.0);
        run.is_on_every_path(WEALTH, 0.0, 0.0);
        run.is_on_every_path(UNIT_VALUE, 0.0, 0.0);
        run.is_on_every_path(MAX_DRAWDOWN, 1.0, 0.0);
        assert_eq!(run.measure("ruin.probability"), 1.0);
        assert_eq!(run.measure("cagr.p50"), -1.0);
        // the month before, everybody is solvent
        let solvent = Ran::of(&cash(&format!("{} months", first_short - 1), &keys, "0 %"));
        assert_eq!(solvent.measure("ruin.probability"), 0.0);
        assert!(solvent.measure("wealth.terminal.p50") > 0.0);
    }
}

#[test]
fn a_loss_counts_what_was_paid_out_and_put_in_each_in_money_of_its_month() {
    // cash keeps its worth, so nothing is lost whatever is spent, while the money lasts
    let keys = "spending = \"700/month\"\nflows = [{ name = \"aunt\", amount = 9_000, at = \"2028-02\" }]";
    let run = Ran::of(&cash_at(3.0, "5 years", keys, "3 %"));
    for id in ["value_at_risk.95", "expected_shortfall.95", "value_at_risk.year1.995"] {
        close(id, run.measure(id), 0.0, 1e-6);
    }
    assert_eq!(run.measure("loss.probability"), 0.0);
    // power: a cash rate a hundredth lower loses something
    let run = Ran::of(&cash_at(2.97, "5 years", keys, "3 %"));
    assert!(run.measure("value_at_risk.95") > 10.0);
    assert_eq!(run.measure("loss.probability"), 1.0);
}

/// Value of each asset, cash, what was lost in sales; three assets without noise that pay nothing.
#[test]
fn in_need_assets_are_sold_from_the_least_haircut_on() {
    let held = |name: &str, haircut: f64| {
        let keys = format!("{}exit_haircut = {haircut}", still(0.0, 0));
        asset(name, "tokenized-real-estate", 1_000.0, &keys)
    };
    let text = |months: u32| {
        head(&format!("{months} months"), 1)
            + &[("a", 0.2), ("b", 0.05), ("c", 0.05)].map(|(name, haircut)| held(name, haircut)).concat()
            + &keeps("cash = 500\nspending = \"600/month\"")
    };
    // 500 of cash, then b, c, a: each 1,000 brings 950, 950, 800
    let mut cash = 500.0_f64;
    let mut left = [(1_000.0_f64, 0.05), (1_000.0, 0.05), (1_000.0, 0.2)];
    for month in 1..=5 {
        cash -= 600.0;
        for (value, haircut) in &mut left {
            let sold = value.min(-cash.min(0.0) / (1.0 - *haircut));
            *value -= sold;
            cash += sold * (1.0 - *haircut);
        }
        let wealth: f64 = cash + left.iter().map(|(value, _)| value).sum::<f64>();
        let run = Ran::of(&text(month));
        run.is_on_every_path(WEALTH, wealth, 1e-12);
        run.is_on_every_path(RUIN_MONTH, 0.0, 0.0);
    }
    // 500 + 2,700 pay for five months and a third
    Ran::of(&text(6)).is_on_every_path(RUIN_MONTH, 6.0, 0.0);
}

/// A value of 1,000 that pays nothing, in one month with 2,600 of salary, 3,000 to live on and a cost.
fn one_month(cost: u32) -> Ran {
    let keys = format!(
        "spending = \"3000/month\"\ncompliance_cost = \"{cost}/month\"\n\
         flows = [{{ name = \"salary\", amount = \"2600/month\" }}]"
    );
    let still = still(0.0, 0) + "exit_haircut = 0";
    Ran::of(&(head("1 month", 256) + &asset("a", "tokenized-real-estate", 1_000.0, &still) + &keeps(&keys)))
}

#[test]
fn what_stays_unpaid_was_not_lived_on_whatever_came_in() {
    // of 8,000 that are due 3,600 are there: nothing is left to live on, and the salary is gone
    let run = one_month(5_000);
    run.is_on_every_path(RUIN_MONTH, 1.0, 0.0);
    run.is_on_every_path(RETURNED, -2_600.0, 1e-12);
    close("lost", run.measure("value_at_risk.95"), 3_600.0, 1e-12);
    // 500 stay unpaid of 3,000: the rest was lived on
    let run = one_month(1_100);
    run.is_on_every_path(RUIN_MONTH, 1.0, 0.0);
    run.is_on_every_path(RETURNED, 2_500.0 - 2_600.0, 1e-12);
}

#[test]
fn rounding_of_large_sums_that_come_and_go_is_no_ruin() {
    // all income is taxed away, and what was there on day one is spent in the fifth month
    let text = |value: f64| {
        let keys = "roi = \"12.7 %\"\nroi_law = \"point\"\nvolatility = 0\ndecay = 0\nincome_share = 1\nexit_haircut = 1";
        head("6 months", 1)
            + &asset("a", "micro-saas-fleet", value, keys)
            + &keeps(
                "cash = 1\ntax_rate = 1\ntax = \"real-time\"\n\
                 flows = [{ name = \"one\", amount = -1, at = \"2027-05\", grows = \"0 %\" }]",
            )
    };
    for value in 0..40 {
        Ran::of(&text(1e10 + 7.3e8 * f64::from(value))).is_on_every_path(RUIN_MONTH, 0.0, 0.0);
    }
    // power: a missing hundredth is none of it
    Ran::of(&text(1e6).replace("cash = 1\n", "cash = 0.99\n")).is_on_every_path(RUIN_MONTH, 5.0, 0.0);
}

/// Falls, returns and what agents' sales took are those of somebody who spends nothing, in the limit.
#[test]
fn who_spends_next_to_nothing_has_the_falls_of_who_spends_nothing() {
    let file = include_str!("../../../scenarios/_table-2027.toml");
    let file = file.replace("paths = 100_000", "paths = 1_024");
    let spends = |cents: f64| {
        let surplus = "surplus   = \"reinvest\"";
        assert!(file.contains(surplus));
        let spending = format!("spending = \"{cents}/month\"\n{surplus}");
        Ran::of(&file.replace(surplus, &spending))
    };
    let differ = |one: &Ran, other: &Ran, id| {
        let pairs = one.column(id).iter().zip(other.column(id));
        let relative = |(a, b): (&f64, &f64)| (a - b).abs() / a.abs().max(0.01);
        pairs.map(relative).fold(0.0, f64::max)
    };
    let (nothing, cent, hundreds) = (spends(0.0), spends(0.01), spends(600.0));
    for id in [WEALTH, UNIT_VALUE, MAX_DRAWDOWN, VOLATILITY, DEEPEST_SALE] {
        let found = differ(&nothing, &cent, id);
        assert!(found < 1e-3, "{id:?}: {found}");
        // power
        assert!(differ(&nothing, &hundreds, id) > 1e-3, "{id:?}");
    }
}

/// A run without payments and one with a payment of next to nothing are computed by different code.
#[test]
fn volatility_of_a_total_loss_counts_the_months_until_it_with_or_without_payments() {
    let text = |owner: &str| {
        let held = asset("a", "tokenized-real-estate", 50_000.0, "roi = \"7-12 %\"\nincome_share = 0");
        let event = "[[event]]\nname = \"x\"\nkind = \"issuer-failure\"\nasset = \"a\"\nrate = \"0.5/year\"\nseverity = \"100 %\"\n";
        Ran::of(&(head("3 years", 512) + &held + event + &format!("[owner]\ncash = 0\n{owner}")))
    };
    let alone = text("");
    let paid = text("flows = [{ name = \"coin\", amount = 0.000001, at = \"2029-12\" }]");
    let lost = alone.column(WEALTH).iter().filter(|wealth| **wealth == 0.0).count();
    assert!(lost > 200, "{lost}");
    for (a, b) in alone.column(VOLATILITY).iter().zip(paid.column(VOLATILITY)) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }
    // −100 % in the first month is the only return of the path
    let most = alone.column(VOLATILITY).iter().copied().fold(0.0, f64::max);
    close("a total loss at once", most, 12.0_f64.sqrt(), 1e-12);
}

#[test]
fn an_independent_program_finds_the_same_ruin_wealth_and_losses() {
    // numpy, 600,000 paths, written from the order of operations of docs/model.md: value and standard error
    const FOUND: [(&str, f64, f64); 8] = [
        ("ruin.probability", 0.5497, 0.00064),
        ("loss.probability", 0.46964, 0.00064),
        ("wealth.terminal.p75", 74_732.2, 326.0),
        ("wealth.terminal.p95", 395_591.8, 1_350.0),
        ("wealth.terminal.mean", 79_110.5, 262.0),
        ("value_at_risk.95", 51_737.1, 51.0),
        ("expected_shortfall.95", 57_946.1, 44.0),
        ("drawdown.max.mean", 0.76867, 0.00035),
    ];
    let run = |haircut: f64| {
        Ran::of(&of_other_programs(
            haircut,
            "spending = \"1000/month\"\n\
             flows = [{ name = \"salary\", amount = \"300/month\", from = \"2028-03\", until = \"2031-12\", \
             grows = \"3 %/year\" }, { name = \"car\", amount = -12_000, at = \"2031-06\" }]",
        ))
    };
    agrees(&run(0.05), &FOUND);
    // power: with a haircut of 15 % it does not agree
    let (id, exact, error) = FOUND[0];
    let other = beside(&run(0.15), id, error);
    assert!(!other.agrees_with(exact), "{other:?}");
}

#[test]
fn phases_of_spending_are_one_amount_and_what_comes_on_top_from_a_month_on() {
    let phased = "spending = [{ amount = \"700/month\", from = \"2025-06\" }, { amount = \"1100/month\", \
                  from = \"2028-04\" }, { amount = \"400/month\", from = \"2030-01\" }]";
    let by_hand = "spending = \"700/month\"\nflows = [\
        { name = \"more\", amount = \"-400/month\", from = \"2028-04\", until = \"2029-12\" }, \
        { name = \"less\", amount = \"300/month\", from = \"2030-01\" }]";
    let run = |keys: &str| Ran::of(&cash("5 years", keys, "3 %"));
    let exact = run(by_hand).column(WEALTH)[0];
    run(phased).is_on_every_path(WEALTH, exact, 1e-12);
    // power: a month earlier is another wealth
    let earlier = run(&phased.replace("2028-04", "2028-03"));
    assert!((earlier.column(WEALTH)[0] - exact).abs() > 100.0);
}

/// A holding that pays 600 a month for ever, and phases.
fn paid(months: u32, keys: &str) -> Ran {
    let text = head(&format!("{months} months"), 256)
        + &asset("shop", "micro-saas-fleet", 60_000.0, &(still(0.01, 1) + "movable = false"))
        + &asset("fund", "tokenized-real-estate", 1.0, &(still(0.0, 0) + "trade_cost = 0\nmovable = true"))
        + &format!(
            "[owner]\n{keys}\n[economy]\ninflation.fixed = 0\ncash_rate = 0\n\
             [goal]\nautonomy = {{ hold = \"6 months\" }}\n"
        );
    Ran::of(&text)
}

#[test]
fn autonomy_follows_the_phases() {
    let of = |[first, second, third]: [u32; 3]| {
        let keys = format!(
            "cash = 90_000\nsurplus = \"keep\"\nspending = [{{ amount = \"{first}/month\", from = \"2027-01\" }}, \
             {{ amount = \"{second}/month\", from = \"2028-01\" }}, {{ amount = \"{third}/month\", from = \"2029-01\" }}]"
        );
        let run = paid(36, &keys);
        let chances = ["ever", "end", "lost"].map(|of| run.measure(&format!("autonomy.{of}.probability")));
        (run.column(AUTONOMY_BEGINS)[0], chances)
    };
    assert_eq!(of([700, 500, 500]), (13.0, [1.0, 1.0, 0.0]));
    assert_eq!(of([500, 700, 700]), (1.0, [1.0, 0.0, 1.0]));
    assert_eq!(of([500, 700, 500]), (1.0, [1.0, 1.0, 1.0]));
    assert_eq!(of([700, 700, 601]), (0.0, [0.0, 0.0, 0.0]));
    assert_eq!(of([700, 0, 700]), (13.0, [1.0, 0.0, 1.0]));
}

#[test]
fn the_buffer_is_three_months_of_the_phase() {
    let phases = [(1, "100/month", "2027-01"), (13, "500/month", "2028-01"), (25, "200/month", "2029-01")];
    // all that is not in the fund after so many months, but the shop
    for (months, buffer) in [(12, 300.0), (15, 600.0), (24, 1_500.0), (25, 600.0)] {
        let begun = phases.iter().filter(|(first, ..)| *first <= months);
        let begun =
            begun.map(|(_, amount, from)| format!("{{ amount = \"{amount}\", from = \"{from}\" }}, "));
        let run =
            paid(months, &format!("surplus = \"reinvest\"\nspending = [{}]", begun.collect::<String>()));
        let [fund, shop] = [0, 1].map(|asset| run.column(ASSET_VALUE.of_object(asset))[0]);
        // of 600 that come in, 100 a month fill it up after it has risen
        let cash = run.column(WEALTH)[0] - fund - shop;
        close(&format!("month {months}"), cash, buffer, 1e-9);
    }
}
