//! What the state takes: against annuities, the same rules by hand, and an independent program.

use crate::common::{Ran, asset, close, head};
use crate::verification::texts::{Figure, keeps, of_other_programs, payer, still};
use crate::verification::{agrees, beside};
use tailwheel::record::WEALTH;

/// Nothing in the account on day one; cash earns `rate` a month.
fn taxed(months: u32, rate: f64, keys: &str) -> Ran {
    let rate = ((1.0 + rate).powi(12) - 1.0) * 100.0;
    let owner = keeps(keys).replace("cash_rate = 0", &format!("cash_rate = \"{rate} %\""));
    Ran::of(&(head(&format!("{months} months"), 256) + &payer() + &owner))
}

#[test]
fn tax_with_every_payment_earns_no_interest_and_tax_once_a_year_does() {
    // 12 payments of 1,000 at 1 % a month
    let annuity = (1.01_f64.powi(12) - 1.0) / 0.01;
    for (tax, cash) in
        [("real-time", 0.8 * 1_000.0 * annuity), ("annual", 1_000.0 * annuity - 0.2 * 12_000.0)]
    {
        let run = taxed(12, 0.01, &format!("tax_rate = \"20 %\"\ntax = \"{tax}\""));
        run.is_on_every_path(WEALTH, 100_000.0 + cash, 1e-12);
        close(tax, run.measure("income.terminal.mean"), 800.0, 1e-12);
    }
    // where cash earns nothing both ways come to the same in every month
    for months in 1..=30 {
        let both = ["real-time", "annual"].map(|tax| {
            let keys = format!("tax_rate = \"20 %\"\ntax = \"{tax}\"\ncompliance_cost = \"1200/year\"");
            taxed(months, 0.0, &keys).column(WEALTH)[0]
        });
        close("both", both[0], both[1], 1e-12);
    }
}

#[test]
fn costs_are_set_against_income_once_a_year() {
    for tax in ["real-time", "annual"] {
        let keys = format!("tax_rate = 0.2\ntax = \"{tax}\"\ncompliance_cost = \"1200/year\"");
        let run = taxed(24, 0.0, &keys);
        // 24 months of 1,000 less 100, a fifth of which goes
        run.is_on_every_path(WEALTH, 100_000.0 + 24.0 * 900.0 * 0.8, 1e-12);
        close(tax, run.measure("income.terminal.mean"), 720.0, 1e-12);
        // the last month settles, whatever the year
        taxed(18, 0.0, &keys).is_on_every_path(WEALTH, 100_000.0 + 18.0 * 900.0 * 0.8, 1e-12);
    }
}

/// Income that is less than the costs of some months: what the year's tax is, its net incomes are without.
#[test]
fn the_net_incomes_of_a_year_are_without_its_tax() {
    // costs of 1,500 a month are more than is earned until prices have fallen by a third
    let keys = "cash = 90_000\ntax_rate = \"40 %\"\ncompliance_cost = \"18_000/year\"";
    for (inflation, months) in [(-75.0_f64, 12), (-90.0, 36)] {
        close("loss", taxed(months, 0.0, keys).measure("income.terminal.mean"), -500.0, 1e-12);
        let owner =
            keeps(keys).replace("inflation.fixed = 0", &format!("inflation.fixed = \"{inflation} %\""));
        let text = head(&format!("{months} months"), 256) + &payer() + &owner;
        let found = Ran::of(&text).measure("income.terminal.mean");
        let left = 1.0 + inflation / 100.0;
        let earned = |month: u32| 1_000.0 - 1_500.0 * left.powf(f64::from(month) / 12.0);
        let year: f64 = (months - 11..=months).map(earned).sum();
        assert!(year > 0.0);
        close("mixed", found, 0.6 * year / 12.0, 1e-9);
    }
}

#[test]
fn income_that_is_the_spending_to_the_last_digit_covers_it() {
    for (tax, rate, cost) in [("real-time", 0.2, 1_200.0), ("annual", 0.273, 1_234.0), ("annual", 0.191, 0.0)]
    {
        let need = (1_000.0 - cost / 12.0) * (1.0 - rate);
        for (times, chance) in [(1.0, 1.0), (1.000_001, 0.0)] {
            let keys = format!(
                "cash = 9_000\ntax_rate = {rate}\ntax = \"{tax}\"\ncompliance_cost = \"{cost}/year\"\nspending = \"{}/month\"",
                need * times
            );
            assert_eq!(taxed(36, 0.0, &keys).measure("autonomy.end.probability"), chance, "{keys}");
        }
    }
}

#[test]
fn a_rate_of_nothing_changes_no_bit() {
    let bits = |run: Ran| run.column(WEALTH).iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    let none = bits(taxed(30, 0.01, ""));
    for keys in ["tax_rate = 0", "tax_rate = \"0 %\"\ntax = \"real-time\"", "compliance_cost = 0"] {
        assert_eq!(bits(taxed(30, 0.01, keys)), none, "{keys}");
    }
    // power
    assert_ne!(bits(taxed(30, 0.01, "tax_rate = \"0.001 %\"")), none);
}

/// Gains of forced sales, year by year, with what is lost carried on.
#[test]
fn gains_of_sales_are_taxed_at_the_end_of_the_year_less_losses_before_them() {
    let text = |months: u32| {
        // it falls by 40 % in the second month and then doubles every year
        let keys = still(2.0_f64.powf(1.0 / 12.0) - 1.0, 0) + "exit_haircut = 0";
        head(&format!("{months} months"), 1)
            + &asset("x", "tokenized-real-estate", 100_000.0, &keys)
            + "[[shock]]\nat = \"2027-02\"\nmarket = \"x\"\nloss = 0.4\n"
            + &keeps("cash = 0\nspending = \"1000/month\"\ntax_rate = \"25 %\"")
    };
    let growth = 2.0_f64.powf(1.0 / 12.0);
    let (mut value, mut cost, mut gains, mut carried) = (100_000.0_f64, 100_000.0, 0.0, 0.0);
    let (mut n_taxed, mut n_carried) = (0, 0);
    for month in 1..=48 {
        value *= growth;
        if month == 2 {
            value *= 0.6;
        }
        let mut need = 1_000.0;
        if month % 12 == 0 {
            let net: f64 = gains + carried;
            need += 0.25 * net.max(0.0);
            n_taxed += i32::from(net > 0.0);
            n_carried += i32::from(net < 0.0);
            carried = net.min(0.0);
            gains = 0.0;
        }
        let part = need / value;
        gains += need - part * cost;
        cost -= part * cost;
        value -= need;
        if month % 12 == 0 {
            Ran::of(&text(month)).is_on_every_path(WEALTH, value, 1e-9);
        }
    }
    assert!(n_taxed > 1 && n_carried > 0);
}

#[test]
fn an_independent_program_finds_the_same_with_both_ways_to_take_a_tax() {
    // numpy, 500,000 paths, written from the order of operations of docs/model.md
    const FOUND: [(&str, [Figure; 4]); 2] = [
        (
            "real-time",
            [
                ("ruin.probability", 0.246642, 0.00061),
                ("loss.probability", 0.531784, 0.00071),
                ("wealth.terminal.mean", 121_647.1, 309.0),
                ("income.terminal.mean", 193.74, 0.67),
            ],
        ),
        (
            "annual",
            [
                ("ruin.probability", 0.247504, 0.00061),
                ("loss.probability", 0.531706, 0.00071),
                ("wealth.terminal.mean", 122_299.3, 311.0),
                ("income.terminal.mean", 196.17, 0.68),
            ],
        ),
    ];
    let run = |tax: &str, rate: &str| {
        let owner = format!(
            "spending = \"500/month\"\ntax_rate = \"{rate}\"\ntax = \"{tax}\"\ncompliance_cost = \"1400/year\""
        );
        Ran::of(&of_other_programs(0.05, &owner))
    };
    for (tax, figures) in FOUND {
        let ran = run(tax, "15-37 %");
        agrees(&ran, &figures);
        // power: at twice the rate it does not agree
        let (id, exact, error) = figures[3];
        let other = beside(&run(tax, "30-74 %"), id, error);
        assert!(!other.agrees_with(exact), "{tax}: {other:?}");
    }
}
