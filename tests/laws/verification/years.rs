//! The worst year, months that income does not cover, what is missing after ruin, the internal rate of return: against
//! the path itself and against sums by hand.

use crate::common::{Ran, asset, close, head};
use crate::verification::replayed;
use crate::verification::texts::{cash, keeps};
use tailwheel::record::{MAX_DRAWDOWN, RUIN_MONTH, TrackId, UNIT_VALUE};

const IRR: TrackId = TrackId::of("irr");
const WORST_RETURN: TrackId = TrackId::of("worst_year_return");
const WORST_INCOME: TrackId = TrackId::of("worst_year_income");
const INCOME_DRAWDOWN: TrackId = TrackId::of("income_drawdown");
const UNCOVERED: TrackId = TrackId::of("uncovered_months");
const SHORTFALL: TrackId = TrackId::of("shortfall");
const SHORTFALL_MONTHS: TrackId = TrackId::of("shortfall_months");

/// A holding of 100 that keeps its value and pays a point return, all of it, to an owner.
fn pays(horizon: &str, keys: &str, inflation: &str) -> String {
    let claim = "roi = \"22 %\"\nroi_law = \"point\"\nroi_basis = \"net\"\nincome_share = 1\nvolatility = 0";
    head(horizon, 256)
        + &asset("pays", "micro-saas-fleet", 100.0, claim)
        + &format!("[owner]\ncash = 1_000\nsurplus = \"keep\"\n{keys}\n")
        + &format!("[economy]\ninflation.fixed = \"{inflation}\"\ncash_rate = 0\n")
}

/// What it pays in a month.
fn paid() -> f64 {
    100.0 * (1.22_f64.powf(1.0 / 12.0) - 1.0)
}

#[test]
fn the_worst_year_is_the_least_return_of_a_year_counted_from_the_start() {
    let text = head("53 months", 300)
        + &asset("x", "micro-saas-fleet", 100.0, "roi = \"10-25 %\"")
        + &asset("y", "defi-yield-aggregator", 100.0, "roi = \"10-25 %\"")
        // sample paths are in money of the start
        + "[economy]\ninflation.fixed = 0\n";
    let run = Ran::of(&text);
    let found = run.column(WORST_RETURN);
    let mut n_rolling = 0;
    for (path, found) in run.outcome.sample_paths.iter().zip(found) {
        let years = [12, 24, 36, 48].map(|end| path[end] / path[end - 12] - 1.0);
        let least = years.into_iter().fold(f64::INFINITY, f64::min);
        close("year", *found, least, 1e-12);
        // power: the worst of all twelve months in a row is another
        let rolling = (12..54).map(|end| path[end] / path[end - 12] - 1.0);
        n_rolling += u32::from(rolling.fold(f64::INFINITY, f64::min) < least - 1e-9);
    }
    assert!(n_rolling as usize > run.outcome.sample_paths.len() / 2);
}

#[test]
fn below_a_year_there_is_no_worst_one() {
    let of = |horizon: &str| {
        let text = pays(horizon, "spending = \"1/month\"", "3 %");
        let run = Ran::of(&text);
        ["worst_year.return.p50", "worst_year.income.p50"].map(|id| run.has(id))
    };
    assert_eq!(of("11 months"), [false, false]);
    assert_eq!(of("12 months"), [true, true]);
}

#[test]
fn an_income_that_prices_outgrow_falls_by_what_they_rise() {
    let run = Ran::of(&pays("47 months", "spending = \"1/month\"", "3 %"));
    let year = |k: i32| -> f64 {
        let months = (12 * k - 11)..=(12 * k);
        months.map(|month| paid() / 1.03_f64.powf(f64::from(month) / 12.0)).sum()
    };
    run.is_on_every_path(WORST_INCOME, year(3) / 12.0, 1e-12);
    run.is_on_every_path(INCOME_DRAWDOWN, 1.0 - 1.03_f64.powi(-2), 1e-11);
    // costs above income: all of it is gone and no more than that
    let dear = "compliance_cost = \"5/month\"\nspending = \"1/month\"";
    let run = Ran::of(&pays("3 years", dear, "0 %"));
    run.is_on_every_path(WORST_INCOME, paid() - 5.0, 1e-12);
    run.is_on_every_path(INCOME_DRAWDOWN, 0.0, 0.0);
}

#[test]
fn months_are_uncovered_from_the_one_in_which_spending_outgrows_income_and_after_ruin() {
    for (spending, inflation) in [(1.5, 0.03), (1.2, 0.06), (1.7, 0.03), (1.0, 0.0)] {
        let keys = format!("spending = \"{spending}/month\"");
        let text = pays("10 years", &keys, &format!("{} %", 100.0 * inflation));
        let need = |month: i32| spending * (1.0_f64 + inflation).powf(f64::from(month) / 12.0);
        let n = (1..=120).filter(|month| need(*month) > paid() * (1.0 + 1e-9));
        Ran::of(&text).is_on_every_path(UNCOVERED, n.count() as f64, 0.0);
    }
    // cash is no income, and nothing is after ruin
    Ran::of(&cash("15 years", "spending = \"2000/month\"", "0 %")).is_on_every_path(UNCOVERED, 180.0, 0.0);
    // where nothing is spent nobody asks
    assert!(!Ran::of(&pays("2 years", "", "0 %")).has("spending.uncovered.months.mean"));
}

#[test]
fn who_is_ruined_goes_without_what_was_missing_and_what_would_have_been_spent() {
    for inflation in [0.0, 0.02] {
        let keys = "spending = \"2000/month\"";
        let run = Ran::of(&cash("15 years", keys, &format!("{} %", 100.0 * inflation)));
        let level = |month: i32| (1.0_f64 + inflation).powf(f64::from(month) / 12.0);
        let (mut left, mut month) = (100_000.0, 0);
        while left >= 0.0 {
            month += 1;
            left = left * 1.005 - 2_000.0 * level(month);
        }
        let later = f64::from(180 - month);
        run.is_on_every_path(SHORTFALL_MONTHS, later + 1.0, 0.0);
        run.is_on_every_path(SHORTFALL, -left / level(month) + 2_000.0 * later, 1e-11);
        close("mean", run.measure("shortfall.months.mean"), later + 1.0, 0.0);
    }
    // nobody is short while the money lasts, and who owes nothing has no such figure
    let run = Ran::of(&cash("57 months", "spending = \"2000/month\"", "0 %"));
    for id in [SHORTFALL, SHORTFALL_MONTHS] {
        run.is_on_every_path(id, 0.0, 0.0);
    }
    assert!(!Ran::of(&cash("2 years", "", "0 %")).has("shortfall.amount.mean"));
}

#[test]
fn cash_returns_its_interest_whatever_comes_and_goes_until_it_is_gone() {
    let exact = 1.005_f64.powi(12) - 1.0;
    for keys in [
        "spending = \"300/month\"",
        "spending = \"2000/month\"",
        "flows = [{ name = \"salary\", amount = \"2000/month\", grows = \"3 %/year\" }]",
        "spending = \"2000/month\"\nflows = [{ name = \"salary\", amount = \"2300/month\" }, \
         { name = \"car\", amount = -12_000, at = \"2029-05\" }]",
    ] {
        for months in [30, 180] {
            let run = Ran::of(&cash(&format!("{months} months"), keys, "2 %"));
            run.is_on_every_path(IRR, exact, 1e-9);
            // what crosses the border is no return of a unit either
            let is_gone = keys == "spending = \"2000/month\"" && months == 180;
            assert_eq!(run.measure("ruin.probability"), f64::from(u8::from(is_gone)));
            if !is_gone {
                run.is_on_every_path(UNIT_VALUE, 1.005_f64.powi(months), 1e-12);
                run.is_on_every_path(MAX_DRAWDOWN, 0.0, 0.0);
            }
            assert_eq!(run.measure("irr.defined.probability"), 1.0);
            close("irr", run.measure("irr.p50"), exact, 1e-9);
            let real = (1.0 + exact) / 1.02 - 1.0;
            close("real irr", run.measure("irr.real.p50"), real, 1e-9);
        }
    }
    // power: a hundredth less interest is seen
    let text = cash("15 years", "spending = \"2000/month\"", "2 %");
    let less = text.replace("cash_rate = \"6.1", "cash_rate = \"6.0");
    assert_ne!(text, less);
    assert!(Ran::of(&less).measure("irr.p50") < exact - 5e-4);
}

/// Spending goes without first; a cost that stays unpaid is no flow, but it took the money that spending had.
#[test]
fn what_is_paid_out_in_the_month_of_ruin_is_spending_less_what_stayed_unpaid() {
    let owner = |more: &str| {
        head("6 months", 1)
            + &asset("x", "micro-saas-fleet", 0.0, "roi = 0.1")
            + &keeps(&format!("cash = 1_000\n{more}"))
    };
    for (more, flows) in [
        // 100 are there for 300
        ("spending = \"300/month\"", &[300.0, 300.0, 300.0, 100.0][..]),
        // 300 are there for 350
        ("spending = \"300/month\"\ncompliance_cost = \"600/year\"", &[300.0, 300.0, 250.0]),
        // 200 are there for 400, of which spending is 100: all of it goes without, what else is missing is no flow
        ("spending = \"100/month\"\ncompliance_cost = \"3600/year\"", &[100.0, 100.0, 0.0]),
    ] {
        let run = Ran::of(&owner(more));
        let left = |growth: f64| flows.iter().fold(1_000.0, |left, flow| left * growth - flow);
        let (mut low, mut high) = (0.0, 2.0);
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            let is_high = left(middle) >= 0.0;
            (low, high) = if is_high { (low, middle) } else { (middle, high) };
        }
        run.is_on_every_path(IRR, high.powi(12) - 1.0, 1e-9);
        run.is_on_every_path(RUIN_MONTH, flows.len() as f64, 0.0);
    }
}

#[test]
fn at_its_rate_the_flows_of_a_path_leave_what_the_path_has_left() {
    let lives = |spending: f64| {
        let text = head("8 years", 300)
            + &asset("x", "micro-saas-fleet", 60_000.0, "roi = \"10-25 %\"")
            + "[owner]\ncash = 5_000\nsurplus = \"keep\"\n[economy]\ninflation.fixed = 0\n";
        let spending = format!("spending = \"{spending}/month\"\nsurplus");
        Ran::of(&text.replace("surplus", &spending))
    };
    let spending = 300.0;
    let run = lives(spending);
    let (rates, ruined) = (run.column(IRR), run.column(RUIN_MONTH));
    let paths = run.outcome.sample_paths.iter().zip(rates).zip(ruined);
    let mut n_seen = 0;
    for ((path, rate), _) in paths.filter(|(_, ruined)| **ruined == 0.0) {
        let growth = (1.0 + rate).powf(1.0 / 12.0);
        let left = (1..path.len()).fold(65_000.0, |held, _| held * growth - spending);
        let last = path[path.len() - 1];
        assert!((left - last).abs() < 1e-6 * 65_000.0, "{left} {last}");
        n_seen += 1;
    }
    assert!(n_seen > 5);
    // whoever is ruined has lost a part, not all: what he lived on came back
    let run = lives(2_000.0);
    let (rates, ruined) = (run.column(IRR), run.column(RUIN_MONTH));
    let of_ruined = rates.iter().zip(ruined).filter(|(_, month)| **month > 0.0);
    let all: Vec<f64> = of_ruined.map(|(rate, _)| *rate).collect();
    assert!(!all.is_empty() && all.iter().all(|rate| *rate > -1.0 && *rate < 0.3));
}

#[test]
fn a_replay_knows_a_path_s_years_and_rate_as_far_as_it_has_come() {
    // no month of any path has a figure that is no number, and the last has that of the run
    for horizon in ["5 months", "30 months"] {
        let text = pays(horizon, "spending = \"1.5/month\"", "3 %");
        let run = Ran::of(&text);
        for (id, value) in &replayed(&text, 7).columns {
            assert_eq!(value.to_bits(), run.column(*id)[7].to_bits(), "{id:?}");
        }
    }
}
