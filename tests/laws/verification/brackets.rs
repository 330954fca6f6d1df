//! Tax by brackets: against the same rules by hand, sums of an independent program, and a rate that is the same.

use crate::common::{Ran, asset, head, scenario};
use tailwheel::record::{INCOME_TERMINAL, RUIN_MONTH, WEALTH};

/// An asset that keeps its worth of 1,200,000 and pays `yearly` in equal months.
fn payer(yearly: f64) -> String {
    let roi = ((1.0 + yearly / 14_400_000.0).powi(12) - 1.0) * 100.0;
    let keys = format!(
        "roi = \"{roi} %\"\nroi_law = \"point\"\nincome_share = 1\nvolatility = 0\ndecay = 0\nexit_haircut = 0"
    );
    asset("pays", "micro-saas-fleet", 1_200_000.0, &keys)
}

/// Of an owner with an empty account; prices rise and cash earns by so much a month.
fn taxed((months, yearly): (u32, f64), (inflation, cash): (f64, f64), keys: &str) -> String {
    let [inflation, cash] = [inflation, cash].map(|monthly: f64| ((1.0 + monthly).powi(12) - 1.0) * 100.0);
    head(&format!("{months} months"), 256)
        + &payer(yearly)
        + &format!(
            "[owner]\nsurplus = \"keep\"\n{keys}\n[economy]\ninflation.fixed = \"{inflation} %\"\ncash_rate = \"{cash} %\"\n"
        )
}

const TWO: &str = "tax_rate = [{ above = 6_000, rate = \"10 %\" }, { above = 24_000, rate = 0.4 }]";

/// What [`TWO`] takes of a year's income at a price level.
fn two(income: f64, level: f64) -> f64 {
    0.1 * (income - 6_000.0 * level).max(0.0) + 0.3 * (income - 24_000.0 * level).max(0.0)
}

/// The account at the end, by the rules of docs/model.md; income stops after month `stops` and comes back with a half-life
/// of six months.
fn by_hand(
    (months, stops): (u32, u32),
    (yearly, cost): (f64, f64),
    (inflation, rate): (f64, f64),
    puts_aside: bool,
) -> f64 {
    let (mut cash, mut aside, mut earned, mut spent, mut begun) = (0.0, 0.0, 0.0, 0.0, 0);
    for month in 1..=months {
        cash *= 1.0 + rate;
        let gone = (0.5_f64).powf((f64::from(month) - f64::from(stops) - 1.0) / 6.0);
        let income = yearly / 12.0 * if month <= stops { 1.0 } else { 1.0 - gone };
        cash += income;
        earned += income;
        let part = f64::from(month - begun) / 12.0;
        let level = (1.0_f64 + inflation).powi(i32::try_from(begun).unwrap());
        let of = |income: f64| two(income, level * part);
        if puts_aside {
            let more = (of(earned) - aside).max(0.0);
            aside += more;
            cash -= more;
        }
        let charge = cost * (1.0_f64 + inflation).powi(i32::try_from(month).unwrap());
        cash -= charge;
        spent += charge;
        if month % 12 == 0 || month == months {
            cash += aside - of(earned - spent);
            (aside, earned, spent, begun) = (0.0, 0.0, 0.0, month);
        }
    }
    cash
}

#[test]
fn a_year_is_taxed_by_its_brackets_whenever_the_tax_is_taken() {
    for (tax, puts_aside) in [("real-time", true), ("annual", false)] {
        for (months, stops) in [(12, 12), (12, 5), (30, 30), (31, 17)] {
            let keys = format!("{TWO}\ntax = \"{tax}\"\ncompliance_cost = \"600/month\"");
            let prices = (0.004, 0.01);
            let mut text = taxed((months, 36_000.0), prices, &keys);
            if stops < months {
                text += &format!(
                    "[[event]]\nname = \"end\"\nkind = \"algorithm-update\"\nasset = \"pays\"\nseverity = \"100 %\"\n\
                     recovery = \"6 months\"\nat = \"{}-{:02}\"\n",
                    2027 + stops / 12,
                    stops % 12 + 1
                );
            }
            let left = by_hand((months, stops), (36_000.0, 600.0), prices, puts_aside);
            Ran::of(&text).is_on_every_path(WEALTH, 1_200_000.0 + left, 1e-9);
            // power: interest of what is put aside is seen, and so is a price level of a year later
            let other = by_hand((months, stops), (36_000.0, 600.0), prices, !puts_aside);
            assert!((left - other).abs() > 1.0, "{left} {other}");
        }
    }
}

#[test]
fn schedules_of_the_catalog_take_what_an_independent_program_has_worked_out() {
    // python, from the table of brackets in dollars, of 50, 100, 200 and 500 thousand a year
    for (place, taxes) in [
        ("singapore", [1_756.25, 7_211.25, 25_011.25, 91_091.25]),
        ("united-states", [3_871.5, 13_449.0, 37_067.0, 139_034.75]),
        ("portugal", [13_017.45, 35_618.93, 86_118.93, 242_931.43]),
        ("estonia", [8_874.8, 19_874.8, 41_874.8, 107_874.8]),
    ] {
        let keys = format!("residence = \"{place}\"\ntax_rate = \"schedule\"\ncompliance_cost = 0");
        for (income, tax) in [50_000.0, 100_000.0, 200_000.0, 500_000.0].into_iter().zip(taxes) {
            for when in ["real-time", "annual"] {
                let text = taxed((12, income), (0.0, 0.0), &format!("{keys}\ntax = \"{when}\""));
                let run = Ran::of(&text);
                let left = 1_200_000.0 + income - tax;
                assert!((run.column(WEALTH)[0] - left).abs() < 0.006, "{place} {income}");
                let net = run.measure("income.terminal.mean");
                assert!((12.0 * net - (income - tax)).abs() < 0.006, "{place}: {net}");
            }
        }
    }
}

#[test]
fn one_bracket_from_nothing_on_is_a_rate_to_the_last_bit() {
    let bits = |rate: &str| {
        let keys = format!("tax_rate = {rate}\ntax = \"real-time\"\ncompliance_cost = \"90/year\"");
        let run = Ran::of(&taxed((30, 50_000.0), (0.002, 0.01), &keys));
        run.column(WEALTH).iter().map(|x| x.to_bits()).collect::<Vec<_>>()
    };
    let rate = bits("\"20 %\"");
    assert_eq!(bits("[{ above = 0, rate = 0.2 }]"), rate);
    // power
    assert_ne!(bits("[{ above = 1, rate = 0.2 }]"), rate);
    // and a gain is taxed as income where nothing else is said
    let digest = |keys: &str| scenario(&taxed((12, 1.0), (0.0, 0.0), keys)).model_digest();
    assert_ne!(digest("tax_rate = 0.2"), digest("tax_rate = 0.2\ngains_tax_rate = 0.2"));
}

/// A house that is bought for and sold to pay: its gain stands on top of the year's income, or has its own rate.
#[test]
fn gains_are_taxed_on_top_of_income_or_at_a_rate_of_their_own() {
    let growth = 2.0_f64.powf(1.0 / 12.0);
    let rises =
        "roi = \"100 %\"\nroi_law = \"point\"\nincome_share = 0\nvolatility = 0\ndecay = 0\nexit_haircut = 0";
    let sale = "flows = [{ name = \"boat\", amount = -40_000, at = \"2027-03\", grows = \"0 %\" }]";
    // three months are earned; what lacks is sold of the house, which has the least haircut by its name
    let need = 40_000.0 - 3_000.0;
    let value = 100_000.0 * growth.powi(3);
    let gain = need - need / value * 100_000.0;
    assert!(gain > 5_000.0);
    let flat = "tax_rate = 0.2";
    for (rate, of_gain, tax) in [
        (TWO, "", two(12_000.0 + gain, 1.0)),
        (TWO, "gains_tax_rate = \"28 %\"", two(12_000.0, 1.0) + 0.28 * gain),
        (TWO, "gains_tax_rate = 0", two(12_000.0, 1.0)),
        (flat, "", 0.2 * (12_000.0 + gain)),
        (flat, "gains_tax_rate = 0.05", 0.2 * 12_000.0 + 0.05 * gain),
    ] {
        let text = taxed((12, 12_000.0), (0.0, 0.0), &format!("{rate}\n{of_gain}\n{sale}"))
            + &asset("house", "tokenized-real-estate", 100_000.0, rises);
        let left = 1_200_000.0 + (value - need) * growth.powi(9) + 9_000.0 - tax;
        Ran::of(&text).is_on_every_path(WEALTH, left, 1e-9);
    }
}

#[test]
fn who_moves_is_taxed_by_the_brackets_of_each_place_for_the_months_there() {
    for tax in ["annual", "real-time"] {
        let keys = format!(
            "tax = \"{tax}\"\nresidence = [{{ in = \"portugal\", compliance_cost = 0 }}, \
             {{ in = \"singapore\", {TWO}, from = \"2027-08\", compliance_cost = 0 }}]"
        );
        let text = taxed((12, 36_000.0), (0.0, 0.0), &keys);
        // seven months of what Portugal takes of 36,000 dollars a year, python
        let left = 36_000.0 - 7.0 / 12.0 * 7_957.038 - 5.0 / 12.0 * two(36_000.0, 1.0);
        let found = Ran::of(&text).column(WEALTH)[0] - 1_200_000.0;
        assert!((found - left).abs() < 0.006, "{found} {left}");
    }
}

#[test]
fn a_ruined_owner_has_no_net_income_whatever_the_brackets() {
    let ban = "[[event]]\nname = \"ban\"\nkind = \"platform-ban\"\nasset = \"pays\"\nat = \"2027-03\"\nseverity = 1\n";
    for collection in ["annual", "real-time"] {
        for rate in ["0.2", "[{ above = 600_000, rate = 0.2 }]"] {
            // all of the net incomes to the horizon: those of the two months before the ruin, and of its own
            let earned = |months: u32| {
                let keys = format!(
                    "tax_rate = {rate}\ncash = 0\nspending = \"90000/month\"\ntax = \"{collection}\""
                );
                let run = Ran::of(&(taxed((months, 720_000.0), (0.0, 0.0), &keys) + ban));
                assert_eq!(run.column(RUIN_MONTH)[0], 3.0);
                run.column(INCOME_TERMINAL)[0] * f64::from(months)
            };
            let (short, long) = (earned(3), earned(11));
            assert!(short > 120_000.0 && (short - long).abs() < 1e-6, "{collection}, {rate}: {short} {long}");
        }
    }
}
