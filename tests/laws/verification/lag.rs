//! Income that is paid late: what is owed, what is paid, who loses it.

use crate::common::{Ran, asset, close, head};
use crate::verification::{INFLATED, balance, replayed};
use tailwheel::engine::Replay;
use tailwheel::record::{INCOME_TERMINAL, WEALTH};

/// A catalogue that earns 1,000 in month one and half of it 18 months later, paid `lag` months late.
fn catalogue(months: u32, lag: u32, half_life: f64, owner: &str) -> String {
    let roi = 1.3_f64;
    let value = 1_000.0 / (roi.powf(1.0 / 12.0) - 1.0);
    let decay = 12.0 * std::f64::consts::LN_2 / half_life;
    let keys = format!(
        "roi = {:?}\nroi_law = \"point\"\nvolatility = 0\nincome_share = 1\ndecay = {decay:?}\n\
         payment_lag = \"{lag} months\"",
        roi - 1.0
    );
    let works = asset("works", "synthetic-media-royalties", value, &keys);
    head(&format!("{months} months"), 1) + &works + owner
}

fn path(text: &str) -> Replay {
    replayed(text, 0)
}

#[test]
fn b13_a_lag_leaves_the_last_months_owed_and_takes_nothing() {
    for (id, months, object, exact, digits) in [
        ("B13a cash", 60, "owner", 22_757.532, 5e-4),
        ("B13b receivable", 60, "owed to works", 1_087.860_4, 5e-5),
        ("B13c lifetime total", 1_200, "owner", 26_471.72, 5e-3),
    ] {
        let found = |lag, half_life| {
            let path = path(&catalogue(months, lag, half_life, INFLATED));
            balance(&path, months, object)
        };
        let away = |lag, half_life| f64::abs(found(lag, half_life) - exact);
        assert!(away(9, 18.0) <= digits, "{id}: {}", found(9, 18.0));
        assert!(away(9, 18.9) > digits, "{id} has no power");
        let is_total = months > 60;
        assert!(is_total || away(8, 18.0) > digits, "{id} does not see the lag");
    }
}

#[test]
fn what_is_owed_is_wealth_and_no_income_until_it_is_paid() {
    let text = |lag| catalogue(30, lag, 18.0, INFLATED);
    let (late, at_once) = (path(&text(9)), path(&text(0)));
    for month in 1..=30 {
        let [late, at_once] = [&late, &at_once].map(|path| &path.months[month].worlds[0]);
        close("wealth", late.wealth, at_once.wealth, 1e-12);
    }
    for month in 1..=30_usize {
        let due = month.checked_sub(9).filter(|month| *month > 0);
        let exact = due.map_or(0.0, |month| at_once.months[month].worlds[0].income);
        close("income", late.months[month].worlds[0].income, exact, 1e-12);
    }
    // as long as the horizon or longer: nothing is ever paid, and all is owed
    for lag in [30, 31, 60] {
        let run = Ran::of(&text(lag));
        run.is_on_every_path(INCOME_TERMINAL, 0.0, 0.0);
        run.is_on_every_path(WEALTH, at_once.months[30].worlds[0].wealth, 1e-12);
    }
}

#[test]
fn the_ledger_of_a_late_payer_and_a_tax_is_that_done_by_hand() {
    // MODEL's golden ledger G01 by exact arithmetic; 0.4 % of the services a month as a cost is added up beside it
    let owner = "[owner]\ncash = 10_000\nsurplus = \"keep\"\nspending = \"900/month\"\ntax_rate = \"20 %\"\n\
                 tax = \"real-time\"\n\
                 flows = [{ name = \"books\", amount = \"-150/month\", grows = \"0 %/year\" }]\n\
                 [economy]\ninflation.fixed = \"2.5 %\"\ncash_rate = 0\n";
    let of = |roi: &str, more: &str| {
        format!("roi = \"{roi}\"\nroi_law = \"point\"\nvolatility = 0\ndecay = 0\n{more}")
    };
    let services = of("28.4 %", "income_share = 0.9");
    let media = of("31.34 %", "income_share = 1\npayment_lag = \"6 months\"");
    // the run is longer than the ledger: in its last month what is owed is taxed
    let text = head("13 months", 1)
        + &asset("saas", "micro-saas-fleet", 25_000.0, &services)
        + &asset("media", "synthetic-media-royalties", 10_000.0, &media)
        + owner;
    let path = path(&text);
    let escrow = path.accounts.iter().position(|label| label.object == "escrow").expect("an escrow");
    // in money rounded to cents month by month: cash, services, what is put aside, what is owed
    for (month, by_hand) in [
        (1, [9_226.84, 25_052.63, 94.73, 229.78]),
        (2, [8_452.41, 25_105.37, 189.66, 459.56]),
        (7, [4_744.91, 25_370.72, 713.27, 1_378.68]),
        (12, [1_740.51, 25_638.88, 0.0, 1_378.68]),
    ] {
        let cost: f64 = (1..=month).map(|month| 0.004 * balance(&path, month, "saas")).sum();
        let found = [
            balance(&path, month, "owner") - cost,
            balance(&path, month, "saas"),
            path.months[month as usize].worlds[0].balances[escrow],
            balance(&path, month, "owed to media"),
        ];
        let is_near = found.iter().zip(by_hand).all(|(found, by_hand)| (found - by_hand).abs() <= 0.10);
        assert!(is_near, "month {month}: {found:?}, by hand {by_hand:?}");
    }
}

/// A flat tax and brackets, put aside and owed.
const TAXES: [&str; 3] = [
    "tax_rate = \"25 %\"\ntax = \"annual\"",
    "tax_rate = \"25 %\"\ntax = \"real-time\"",
    "tax_rate = [{ above = 6_000, rate = \"10 %\" }, { above = 11_000, rate = \"40 %\" }]",
];

fn taxed(tax: &str, more: &str) -> String {
    let economy = "[economy]\ncash_rate = \"2 %\"\ninflation.fixed = 0\n";
    format!("[owner]\ncash = 0\nsurplus = \"keep\"\n{tax}\n{more}\n{economy}")
}

#[test]
fn with_a_tax_who_waits_longer_ends_with_less() {
    // costs, which a late payer cannot set against an income that he has not, are paid from cash
    let costs = "compliance_cost = \"600/year\"\nflows = [{ name = \"gift\", amount = \"100/month\" }]";
    for (tax, more) in TAXES.into_iter().flat_map(|tax| [(tax, ""), (tax, costs)]) {
        for half_life in [18.0, 1e9] {
            let wealth = |lag| {
                let text = catalogue(58, lag, half_life, &taxed(tax, more));
                path(&text).months[58].worlds[0].wealth
            };
            // the year in which the first money comes decides what costs can be set against
            for last in [56, 58] {
                let ends = [0, 9, 24, last].map(wealth);
                let falls = ends.windows(2).all(|pair| pair[1] < pair[0]);
                assert!(falls, "{tax}, {more}, {half_life}: {ends:?}");
            }
            // from the horizon on nothing is paid, whatever the lag
            close("never paid", wealth(60), wealth(58), 1e-12);
        }
    }
}

#[test]
fn what_is_owed_at_the_end_is_taxed_as_if_it_had_been_paid_at_once() {
    // 1,000 a month for ever: of 12,000 a year 10 % above 6,000 and 40 % above 11,000 is 900
    for (months, lag, taken) in [
        // the highest part of the last year: 40 % of 1,000, 10 % of 5,000, 0 % of the rest
        (24_u32, 1_u32, 400.0),
        (24, 6, 900.0),
        (24, 9, 900.0),
        // the highest part of the first year too: 40 % of 1,000, 10 % of 2,000
        (24, 15, 600.0 + 900.0),
        (24, 24, 2.0 * 900.0),
        (24, 60, 2.0 * 900.0),
        // half a year since the last settlement has half the brackets
        (30, 3, 450.0),
        (30, 9, 600.0 + 450.0),
    ] {
        let owed = 1_000.0 * f64::from(lag.min(months));
        let path = path(&catalogue(months, lag, 1e12, &taxed(TAXES[2], "")));
        let left = balance(&path, months, "owed to works");
        close("left", left, owed - taken, 1e-9);
        let before = balance(&path, months - 1, "owed to works");
        close("not taxed before", before, owed.min(1_000.0 * f64::from(months - 1)), 1e-9);
        assert!(path.largest_imbalance() < 1e-12);
    }
}

#[test]
fn costs_of_the_last_months_are_set_against_what_is_owed() {
    let owner = taxed("tax_rate = \"25 %\"", "compliance_cost = \"2_400/year\"");
    let owner = owner.replace("cash = 0", "cash = 10_000").replace("2 %", "0 %");
    for lag in [0, 12, 24] {
        let path = path(&catalogue(24, lag, 1e12, &owner));
        let found = path.months[24].worlds[0].wealth - path.months[0].worlds[0].wealth;
        close("gained", found, 24_000.0 - 4_800.0 - 0.25 * (24_000.0 - 4_800.0), 1e-9);
    }
}

#[test]
fn without_an_owner_it_goes_back_into_the_holding_when_it_is_paid() {
    let late = path(&catalogue(24, 3, 1e9, ""));
    let earned = |month: u32| {
        let value = balance(&late, month - 1, "works");
        value * (1.3_f64.powf(1.0 / 12.0) - 1.0)
    };
    for month in 1..=24 {
        let grown = balance(&late, month, "works") - balance(&late, month - 1, "works");
        let paid = if month > 3 { earned(month - 3) } else { 0.0 };
        // a half-life of a billion months is none
        assert!((grown - paid).abs() < 1e-3, "month {month}: {grown}, {paid}");
    }
}

#[test]
fn a_ruined_owner_loses_what_is_owed_and_gets_no_more() {
    let owner =
        "[owner]\ncash = 0\nspending = \"15_000/month\"\n[economy]\ncash_rate = 0\ninflation.fixed = 0\n";
    let path = path(&catalogue(24, 6, 18.0, owner));
    let ruin = (1..=24).find(|month| path.months[*month as usize].worlds[0].wealth == 0.0);
    let ruin = ruin.expect("15,000 a month is too much");
    assert!(balance(&path, ruin - 1, "owed to works") > 0.0, "{ruin}");
    for month in ruin..=24 {
        let state = &path.months[month as usize].worlds[0];
        assert_eq!([state.wealth, balance(&path, month, "owed to works")], [0.0; 2], "{month}");
        assert!(month == ruin || state.income == 0.0, "{month}");
    }
    assert!(path.largest_imbalance() < 1e-12);
}

/// Who is paid late sells songs to pay his rent, and no buyer pays for what is about to fade.
#[test]
fn being_paid_late_ruins_more_often() {
    let text = include_str!("../../../scenarios/royalty-lag.toml").replace("20_000", "40_000");
    let ruin = [0, 3, 9].map(|months| {
        let text = text.replacen("\"9 months\"", &format!("\"{months} months\""), 1);
        Ran::of(&text).with_error("ruin.probability")
    });
    for [(sooner, error), (later, other)] in [[ruin[0], ruin[1]], [ruin[1], ruin[2]]] {
        assert!(later - sooner > 2.0 * error.hypot(other), "{ruin:?}");
    }
}

#[test]
fn nothing_is_owed_once_all_is_paid() {
    // amounts whose sum and differences are rounded; what is left of them would be wealth for ever
    let text = catalogue(60, 9, 11.0, INFLATED)
        + "[[event]]\nname = \"ban\"\nkind = \"platform-ban\"\n\
        asset = \"works\"\nat = \"2028-07\"\nseverity = 1\n";
    let path = path(&text);
    assert!(balance(&path, 20, "owed to works") > 0.0);
    assert_eq!(balance(&path, 60, "owed to works"), 0.0);
}
