//! Hours that assets ask for and what they cost, by hand.

use crate::common::{Ran, asset, close, head};
use crate::estimate::{holds, mean};
use tailwheel::record::{HOURS, WEALTH};

/// Weeks of a month.
pub const WEEKS: f64 = 365.25 / 12.0 / 7.0;

/// An asset that pays 1,000 a month, keeps its worth of 100,000 and asks for 4 hours a month.
fn payer() -> String {
    let roi = 1.01_f64.powi(12) - 1.0;
    let own = format!(
        "roi = {roi:?}\nroi_law = \"point\"\nincome_share = 1\nvolatility = 0\ndecay = 0\n\
         hours = \"4 h/month\""
    );
    asset("pays", "micro-saas-fleet", 100_000.0, &own)
}

/// Nothing in the account on day one, which earns nothing.
fn owner(keys: &str) -> String {
    format!("[owner]\nsurplus = \"keep\"\n{keys}\n[economy]\ncash_rate = 0\n")
}

#[test]
fn hours_are_paid_every_month_set_against_income_and_off_net_income() {
    for tax in ["real-time", "annual"] {
        let keys = format!("hour_value = 25\ntax_rate = 0.2\ntax = \"{tax}\"");
        let run = Ran::of(&(head("24 months", 256) + &payer() + &owner(&keys) + "inflation.fixed = 0\n"));
        // 1,000 less 4 hours at 25, a fifth of which goes
        run.is_on_every_path(WEALTH, 100_000.0 + 24.0 * 900.0 * 0.8, 1e-12);
        close(tax, run.measure("income.terminal.mean"), 720.0, 1e-12);
        run.is_on_every_path(HOURS, 4.0 / WEEKS, 1e-12);
        close(tax, run.measure("asset.pays.hours.week.mean"), 4.0 / WEEKS, 1e-12);
    }
}

#[test]
fn their_price_grows_with_inflation_and_scales_with_all_other_money() {
    let text = head("24 months", 256) + &payer() + &owner("hour_value = 25") + "inflation.fixed = \"6 %\"\n";
    let paid: f64 = (1..=24).map(|month| 100.0 * 1.06_f64.powf(f64::from(month) / 12.0)).sum();
    Ran::of(&text).is_on_every_path(WEALTH, 124_000.0 - paid, 1e-12);
    let larger =
        text.replace("value = 25", "value = 25000").replace("value = 100000.0", "value = 100000000.0");
    Ran::of(&larger).is_on_every_path(WEALTH, 1000.0 * (124_000.0 - paid), 1e-12);
}

#[test]
fn hours_that_nobody_prices_cost_nothing_and_those_that_nobody_counts_are_not_there() {
    let run = |keys: &str| Ran::of(&(head("24 months", 256) + &payer() + &owner(keys)));
    let counted = run("hours = \"1 h/week\"");
    counted.is_on_every_path(WEALTH, 124_000.0, 1e-12);
    counted.is_on_every_path(HOURS, 4.0 / WEEKS, 1e-12);
    assert!(run("").outcome.column(HOURS).is_none());
}

/// A fleet of 50 units of which a part closes every year.
fn fleet(shutdown: f64, keys: &str) -> Vec<f64> {
    let own = format!(
        "model = \"mechanism\"\nroi = 0.1\nroi_law = \"point\"\nvolatility = 0\nunits = 50\n\
         algorithm_half_life = \"never\"\nunit_income_log_sd = 0\nunit_size_log_sd = 0\nshutdown = \"{} %/year\"\n\
         reseed_cost = \"0 months\"\n{keys}",
        100.0 * shutdown
    );
    let text = head("36 months", 4_096)
        + &asset("fleet", "micro-saas-fleet", 1_000.0, &own)
        + &owner("hours = \"168 h/week\"");
    Ran::of(&text).column(HOURS).to_vec()
}

#[test]
fn hours_of_a_fleet_follow_the_units_that_are_left() {
    // n_t of the start of month t: 50·e^(−δ(t−1)/12) on average; half an hour for each, or more hours of audits than all
    // units take: two for each of them
    let units = (0..36).map(|month| 50.0 * (-0.4 * f64::from(month) / 12.0).exp()).sum::<f64>() / 36.0;
    for (keys, hours) in
        [("audit = 0\nhours = \"0.5 h/month\"", 0.5), ("audit = \"100 h/week\"\nhours_per_audit = 2", 2.0)]
    {
        holds(keys, hours * units / WEEKS, mean(&fleet(0.4, keys)), mean(&fleet(0.42, keys)));
    }
    // fewer than all take while any are left: what was set aside, and on top what is typed
    let keys = "audit = \"1 h/week\"\nhours_per_audit = 2\nhours = \"0.5 h/month\"";
    for hours in fleet(0.0, keys) {
        close("both", hours, 1.0 + 25.0 / WEEKS, 1e-12);
    }
}

#[test]
fn hours_of_a_flywheel_follow_its_products() {
    let found = |closure: f64| {
        let own = format!(
            "model = \"mechanism\"\nroi = 0.1\nroi_law = \"point\"\nvolatility = 0\nproducts = 20\n\
             saturation = 1_000_000\nreinvested = 0\nclosure = \"{closure} %/month\""
        );
        let shop = asset("shop", "digital-product-flywheel", 1_000.0, &own);
        mean(Ran::of(&(head("24 months", 4_096) + &shop + &owner("hours = \"168 h/week\""))).column(HOURS))
    };
    // high autonomy: 0.65 hours a month for each
    let left: f64 = (0..24).map(|month| 20.0 * 0.95_f64.powi(month)).sum();
    holds("products", 0.65 * left / 24.0 / WEEKS, found(5.0), found(5.5));
}

#[test]
fn nobody_looks_after_what_is_sold_or_who_is_ruined() {
    // 1,000 and no income: 600 are sold in the first month, the rest in the second, in which that is too little
    let own =
        "roi = 0\nroi_law = \"point\"\nvolatility = 0\ndecay = 0\nexit_haircut = 0\nhours = \"4 h/month\"";
    let text = head("10 months", 256)
        + &asset("one", "micro-saas-fleet", 1_000.0, own)
        + &owner("hours = \"5 h/week\"\nspending = \"600/month\"")
        + "inflation.fixed = 0\n";
    Ran::of(&text).is_on_every_path(HOURS, 2.0 * 4.0 / 10.0 / WEEKS, 1e-12);
    // closed before the first month: a business whose last unit is gone asks for nothing
    let gone = fleet(5.0, "audit = \"100 h/week\"\nhours_per_audit = 2");
    assert!(gone.iter().all(|hours| *hours < 2.0 * 50.0 / WEEKS * 5.0 / 36.0));
}
