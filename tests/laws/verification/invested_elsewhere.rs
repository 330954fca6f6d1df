//! The index fund and the savings account with the flows of the portfolio: closed forms, and that nothing else moves.

use crate::common::{Ran, asset, bits, close, column, control, head, outcome, scenario};
use crate::estimate::{Found, holds, mean};
use tailwheel::engine::run;
use tailwheel::plan::Plan;
use tailwheel::record::{INDEX_FUND, REAL_WEALTH, SAVINGS, TrackId, WEALTH};
use tailwheel::stage::Level;

const YEARS: u32 = 5;
const PUT_IN: f64 = 1_000.0;

/// A holding and cash, prices that rise by 2 % and an account at 5 % a year, with more of the owner.
fn text(paths: u32, owner: &str) -> String {
    head(&format!("{YEARS} years"), paths)
        + &asset("own", "bonds", 600.0, "")
        + "[economy]\ninflation = { fixed = \"2 %/year\" }\ncash_rate = \"5 %/year\"\n"
        + &format!("[owner]\ncash = 400\n{owner}\n")
}

/// B_T = V·g^T − Σ s·P_k·g^(T−k), in money of the start divided by P_T.
fn account(spent: f64, growth: f64, price: f64) -> f64 {
    let mut left = PUT_IN;
    let mut level = 1.0;
    for _ in 0..12 * YEARS {
        level *= price;
        left = (left * growth - spent * level).max(0.0);
    }
    left / level
}

#[test]
fn the_savings_account_follows_its_closed_form() {
    let (growth, price) = (1.05_f64.powf(1.0 / 12.0), 1.02_f64.powf(1.0 / 12.0));
    let alone = (1.05_f64 / 1.02).powi(5) * PUT_IN;
    close("recursion", account(0.0, growth, price), alone, 1e-12);
    for (owner, spent) in [
        ("", 0.0),
        ("spending = \"5/month\"", 5.0),
        ("spending = \"100/month\"", 100.0),
        ("flows = [{ name = \"salary\", amount = \"7/month\" }]", -7.0),
    ] {
        Ran::of(&text(300, owner)).is_on_every_path(SAVINGS, account(spent, growth, price), 1e-11);
    }
}

/// E[B_T] = V·exp(T·μ + ½·T²·s²)/P_T: ln(1 + m) ~ N(μ, s²), by the ends of the catalog's range.
#[test]
fn the_index_fund_grows_by_the_mean_of_the_catalog() {
    let (low, high) = (1.06_f64.ln(), 1.12_f64.ln());
    let (center, spread) = (0.5 * (low + high), (high - low) / (2.0 * 1.644_853_626_951_472_2));
    let years = f64::from(YEARS);
    let grown = (years * center + 0.5 * (years * spread).powi(2)).exp();
    let exact = PUT_IN * grown / 1.02_f64.powi(5);
    let found = mean(column(&outcome(&text(60_000, "")), INDEX_FUND));
    let off = Found { value: found.value * (0.05 * center).mul_add(years, 1.0), ..found };
    holds("index fund", exact, found, off);
}

#[test]
fn spending_lowers_both_on_every_path_and_never_below_nothing() {
    let [none, some, all] = ["0", "8", "60"].map(|spent| {
        let run = outcome(&text(2_000, &format!("spending = \"{spent}/month\"")));
        [column(&run, INDEX_FUND), column(&run, SAVINGS)].concat()
    });
    for ((none, some), all) in none.iter().zip(&some).zip(&all) {
        assert!(some < none && all < some && *all >= 0.0, "{none} {some} {all}");
    }
    assert!(all.contains(&0.0));
}

#[test]
fn the_share_of_paths_above_them_is_that_of_the_columns() {
    let run = Ran::of(&text(2_000, "spending = \"8/month\""));
    let wealth = run.column(REAL_WEALTH);
    for (id, name) in [(INDEX_FUND, "index_fund"), (SAVINGS, "savings")] {
        let mut other = run.column(id).to_vec();
        let above = wealth.iter().zip(&other).filter(|(own, other)| own > other);
        let share = above.count() as f64 / wealth.len() as f64;
        assert!(share > 0.0 && share < 1.0, "{name}: {share}");
        let found = run.measure(&format!("benchmark.{name}.beaten.probability"));
        close(name, found, share, 1e-12);
        other.sort_by(f64::total_cmp);
        let median = run.measure(&format!("benchmark.{name}.terminal.real.p50"));
        assert_eq!(median, other[other.len() / 2 - 1], "{name}");
    }
}

/// Cash alone is the savings account: nothing is above itself.
#[test]
fn cash_alone_is_the_savings_account() {
    let owner = "[economy]\ncash_rate = \"5 %/year\"\n[owner]\ncash = 1000\nspending = \"10/month\"\n";
    let run = Ran::of(&(head("5 years", 500) + &asset("own", "bonds", 0.0, "") + owner));
    assert_eq!(run.column(SAVINGS), run.column(REAL_WEALTH));
    assert_eq!(run.measure("benchmark.savings.beaten.probability"), 0.0);
}

#[test]
fn there_is_none_with_nothing_put_in_and_no_account_without_interest() {
    let owner = "[owner]\nspending = \"10/month\"\nflows = [{ name = \"pay\", amount = \"50/month\" }]\n";
    let nothing = outcome(&(head("2 years", 300) + &asset("own", "bonds", 0.0, "") + owner));
    assert!(nothing.column(INDEX_FUND).is_none() && nothing.column(SAVINGS).is_none());
    let no_rate = outcome(&text(300, "").replace("5 %/year", "0 %/year"));
    assert!(no_rate.column(INDEX_FUND).is_some() && no_rate.column(SAVINGS).is_none());
}

/// What is left out changes no bit of what is kept.
#[test]
fn the_rest_of_a_run_is_the_same_without_them() {
    let text = head("5 years", 3_000)
        + &asset("a", "micro-saas-fleet", 900.0, "")
        + &asset("b", "defi-yield-aggregator", 500.0, "")
        + &asset("c", "index-fund", 800.0, "")
        + "[correlation]\ncopula = { kind = \"t\", dof = 4 }\n\
           [crisis]\nbegins = \"5 %/month\"\n[owner]\ncash = 100\nspending = \"25/month\"\n";
    let it = scenario(&text);
    let whole = bits(&outcome(&text));
    assert!(whole.iter().any(|(id, _)| *id == INDEX_FUND));
    let kept = [WEALTH, REAL_WEALTH].map(TrackId::quantity);
    let plan = Plan::compile_keeping(&it, &it, &kept);
    assert!(plan.draws.len() < Plan::compile(&it).draws.len());
    let alone = bits(&run(&plan, &control(Level::detect())).expect("finite"));
    assert_eq!(alone.len(), 2);
    assert!(alone.iter().all(|column| whole.contains(column)));
}
