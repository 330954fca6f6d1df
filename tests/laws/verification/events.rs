//! What strikes, and what is done against it: by hand, against closed forms, in both directions.

mod guards;

use crate::common::{Ran, asset, bits, close, head};
use crate::estimate::{holds, share};
use crate::verification::{agrees, beside};
use tailwheel::record::{
    ASSET_VALUE, CAUSE_GIVEN, EVENT_LOSS, EVENT_STRIKES, REAL_WEALTH, RUIN_MONTH, TrackId, WEALTH,
};

/// Keys of an asset of which nothing is left to chance: it grows by `roi` and pays nothing.
fn still(roi: f64) -> String {
    format!("roi = {roi}\nroi_law = \"point\"\nvolatility = 0\ndecay = 0\nincome_share = 0\n")
}

/// Keys of an asset whose return is all income.
fn paying(roi: f64) -> String {
    still(roi).replace("income_share = 0", "income_share = 1")
}

fn event(name: &str, kind: &str, keys: &str) -> String {
    format!("[[event]]\nname = \"{name}\"\nkind = \"{kind}\"\n{keys}\n")
}

/// An exploit of which everything is known: `share` of the value, nothing comes back.
fn exploit(when: &str, share: &str) -> String {
    let keys = format!("asset = \"x\"\n{when}\nseverity = {share}\ntotal = 0\nreturn_chance = 0");
    event("hack", "contract-exploit", &keys)
}

/// A lost key of which everything is known.
fn lost_key(when: &str, share: &str) -> String {
    event("key", "custody-loss", &format!("asset = \"x\"\n{when}\nseverity = {share}"))
}

const NO_INFLATION: &str = "[economy]\ninflation.fixed = 0\ncash_rate = 0\n";

fn vault(roi: f64, value: f64) -> String {
    asset("x", "defi-yield-aggregator", value, &still(roi))
}

#[test]
fn a_strike_that_takes_nothing_until_the_horizon_has_no_probability() {
    let cut = |keys: &str, at: &str| {
        let severity = format!("asset = \"x\"\nat = \"{at}\"\nseverity = 0.4\nrecovery = \"6 months\"");
        head("2 years", 256)
            + &asset("x", "niche-content", 1_200.0, keys)
            + &event("cut", "algorithm-update", &severity)
            + NO_INFLATION
    };
    let loses = still(-0.1).replace("income_share = 0", "income_share = 0.8");
    let late = format!("{}payment_lag = \"6 months\"\n", paying(0.2));
    for (keys, at, probability) in [
        (&loses, "2027-05", 0.0),
        (&still(0.2), "2027-05", 0.0),
        (&paying(0.2), "2027-05", 1.0),
        (&late, "2027-05", 1.0),
        (&paying(0.2), "2028-12", 1.0),
    ] {
        let run = Ran::of(&cut(keys, at));
        assert_eq!(run.measure("event.cut.probability"), probability, "{keys}{at}");
        assert_eq!(run.measure("event.cut.loss.mean") > 0.0, probability > 0.0, "{keys}{at}");
    }
    // announced in the last tax year, which is over before the rate rises
    let reform = |at: &str| {
        let keys = format!("at = \"{at}\"\npoints = \"5 %\"\nspread = 0");
        head("2 years", 256)
            + &asset("x", "micro-saas-fleet", 1_200.0, &paying(0.2))
            + "[owner]\ncash = 0\nsurplus = \"keep\"\ntax_rate = 0.1\n"
            + &event("reform", "tax-change", &keys)
            + NO_INFLATION
    };
    for (at, probability) in [("2027-05", 1.0), ("2028-05", 0.0)] {
        assert_eq!(Ran::of(&reform(at)).measure("event.reform.probability"), probability, "{at}");
    }
}

#[test]
fn a_cut_income_comes_back_by_halves_and_cuts_upon_cuts_multiply() {
    let cut = |name: &str, cut: &str, keys: &str| {
        event(name, "algorithm-update", &format!("asset = \"x\"\n{cut}\n{keys}"))
    };
    let text = |keys: &str| {
        head("2 years", 1)
            + &asset("x", "niche-content", 1_200.0, &paying(0.2))
            + &cut("first", "at = \"2027-05\"\nseverity = 0.5", keys)
            + &cut("second", "at = \"2027-11\"\nseverity = 0.3", keys)
            + "[owner]\ncash = 0\nsurplus = \"keep\"\n"
            + NO_INFLATION
    };
    let full = 1_200.0 * (1.2_f64.powf(1.0 / 12.0) - 1.0);
    for (keys, half_life) in
        [("", 6.0), ("recovery = \"0 months\"", 0.0), ("recovery = \"45 days\"", 45.0 / 365.25 * 12.0)]
    {
        let left = |months: i32, share: f64| match months {
            ..0 => 0.0,
            0 => share,
            _ if half_life == 0.0 => 0.0,
            later => share * 0.5_f64.powf(f64::from(later) / half_life),
        };
        let (mut paid, mut lost) = (0.0, [0.0, 0.0]);
        for month in 1..=24 {
            let mut income = full;
            for (lost, cut) in lost.iter_mut().zip([left(month - 5, 0.5), left(month - 11, 0.3)]) {
                *lost += income * cut;
                income *= 1.0 - cut;
            }
            paid += income;
        }
        let run = Ran::of(&text(keys));
        run.is_on_every_path(WEALTH, 1_200.0 + paid, 1e-12);
        for (number, lost) in (1..).zip(lost) {
            run.is_on_every_path(EVENT_LOSS.of_object(number), lost, 1e-11);
        }
    }
}

#[test]
fn what_shares_a_protocol_is_struck_together_and_what_does_not_is_left_alone() {
    let of = |name: &str, protocol: &str| {
        asset(name, "defi-yield-aggregator", 1_000.0, &format!("{}protocol = \"{protocol}\"", still(0.0)))
    };
    let text = head("10 years", 4_096)
        + &of("a", "p")
        + &of("b", "p")
        + &of("c", "q")
        + &event("hack", "contract-exploit", "protocol = \"p\"\nrate = \"0.1/year\"")
        + NO_INFLATION;
    let run = Ran::of(&text);
    let value = |number| run.column(ASSET_VALUE.of_object(number));
    assert_eq!(value(0), value(1));
    assert!(value(0).iter().any(|value| *value < 1_000.0 && *value > 0.0));
    assert!(value(2).iter().all(|value| *value == 1_000.0));
}

/// Nothing of the world changes because something may strike.
#[test]
fn an_event_that_never_strikes_and_what_costs_nothing_change_no_bit() {
    let file = include_str!("../../../scenarios/_table-2027.toml").replace("100_000", "2_048");
    let plain = bits(&Ran::of(&file).outcome);
    let is_same = |text: &str, is_meant: &dyn Fn(TrackId) -> bool| {
        let other = bits(&Ran::of(text).outcome);
        plain.iter().filter(|(id, _)| is_meant(*id)).all(|column| other.contains(column))
    };
    let never = event("hack", "contract-exploit", "asset = \"defi\"\nrate = 0");
    // causes are numbered behind events
    let is_no_cause = |id: TrackId| id.quantity() != CAUSE_GIVEN.quantity();
    assert!(is_same(&(file.clone() + &never), &is_no_cause));
    let guards = "[owner]\ncustody = { above = 50_000, multisig = true }\n\
                  cover = [{ asset = \"defi\", cause = \"hack\", limit = 40_000, premium = 0 }]\n";
    let key = event("key", "custody-loss", "asset = \"defi\"\nrate = 0");
    let guarded = file.replacen("[owner]", guards, 1) + &never + &key;
    assert!(is_same(&guarded, &|id| [REAL_WEALTH, REAL_WEALTH.without_feedback()].contains(&id)));
    // power, and what is not struck keeps its bits
    let strikes = never.replace("rate = 0", "rate = \"0.05/year\"");
    assert!(!is_same(&(file.clone() + &strikes), &is_no_cause));
    let file = file
        .replace("surplus   = \"reinvest\"", "surplus = \"keep\"")
        .replace("rebalance = \"3 months\"", "");
    let [struck, other] = [file.clone() + &strikes, file].map(|text| Ran::of(&text));
    for asset in 0..4 {
        let id = ASSET_VALUE.of_object(asset);
        assert_eq!(struck.column(id) == other.column(id), asset != 0, "{asset}");
    }
}

#[test]
fn damages_are_owed_whatever_the_work_is_worth() {
    // who has 1,000 and an asset worth 900 when it is sold is ruined by more than 1,900 of 5,000·e^(1.2 Z)
    let ruined = |keys: &str| {
        let text = head("12 months", 100_000)
            + &asset("x", "synthetic-media-royalties", 1_000.0, &still(0.0))
            + &event("claim", "infringement-claim", &format!("asset = \"x\"\nat = \"2027-06\"\n{keys}"))
            + "[owner]\ncash = 1_000\nsurplus = \"keep\"\n"
            + NO_INFLATION;
        share(Ran::of(&text).column(RUIN_MONTH), |month| month == 6.0)
    };
    let chance = 0.5 * libm::erfc(-(5_000.0_f64 / 1_900.0).ln() / 1.2 / std::f64::consts::SQRT_2);
    holds("ruin", chance, ruined(""), ruined("amount = 5_250"));
}

#[test]
fn an_independent_program_finds_the_same_strikes_losses_payouts_and_ruin() {
    // numpy, 1,600,000 paths, written from docs/model.md: value and standard error
    const FOUND: [(&str, f64, f64); 14] = [
        ("event.hack.probability", 0.865_344, 0.000_27),
        ("event.hack.loss.mean", 36_497.8, 21.4),
        ("event.hack.loss.p99", 99_577.5, 101.3),
        ("event.key.probability", 0.721_682, 0.000_36),
        ("event.key.loss.mean", 11_974.4, 10.6),
        ("event.certain.loss.mean", 16_827.7, 10.6),
        ("cause.premium.mean", -6_118.33, 2.30),
        ("cover.payouts.mean", 11_790.6, 6.6),
        ("cover.payouts.p95", 26_461.8, 23.4),
        ("wealth.terminal.mean", 34_205.3, 20.3),
        ("wealth.terminal.p95", 78_608.6, 95.5),
        ("value_at_risk.95", 68_749.7, 20.9),
        ("expected_shortfall.95", 72_356.7, 15.4),
        ("ruin.probability", 0.015_022, 0.000_10),
    ];
    let file = include_str!("struck.toml");
    let run = Ran::of(file);
    agrees(&run, &FOUND);
    // power: with insurers that default less often it does not agree
    let (id, exact, error) = FOUND[7];
    let other = Ran::of(&file.replace("insurer_default = 0.25", "insurer_default = 0.2"));
    assert!(!beside(&other, id, error).agrees_with(exact));
}

/// Failures of an issuer in March 2027, half of the value, for so long nothing redeemed.
fn issuer_fails(stop: &str) -> String {
    let keys = "asset = \"x\"\nat = \"2027-03\"\nseverity = \"50 %\"";
    event("issuer", "issuer-failure", &format!("{keys}\nredemption_stop = \"{stop}\""))
}

#[test]
fn what_cannot_be_redeemed_pays_no_bill_and_is_lost_in_ruin() {
    let run = |months: u32, cash: f64, stop: &str| {
        let house = format!("{}\nexit_haircut = 0", still(0.0));
        let text = head(&format!("{months} months"), 256)
            + &asset("x", "tokenized-real-estate", 1_200.0, &house)
            + &issuer_fails(stop)
            + &format!("[owner]\ncash = {cash}\nspending = \"100/month\"\n")
            + NO_INFLATION;
        let run = Ran::of(&text);
        (run.measure("ruin.probability"), run.column(WEALTH)[0])
    };
    // closed from March to June: the cash lasts until then, or it does not
    assert_eq!(run(10, 600.0, "4 months"), (0.0, 200.0));
    assert_eq!(run(10, 500.0, "3 months"), (0.0, 100.0));
    assert_eq!(run(10, 500.0, "4 months"), (1.0, 0.0));
    assert_eq!(run(10, 0.0, "1 month"), (1.0, 0.0));
    assert_eq!(run(6, 0.0, "0 months"), (0.0, 100.0));
}

/// Values at the end of x, which stands still and is hit by `event`, and of z, which pays 12 % a year, without any cost of
/// trades or sales.
fn values_of(classes: [&str; 2], event: &str, months: u32, rules: &str) -> [f64; 2] {
    let free = |keys: String| format!("{keys}\ntrade_cost = 0\nexit_haircut = 0");
    let text = head(&format!("{months} months"), 256)
        + &asset("x", classes[0], 1_000.0, &free(still(0.0)))
        + &asset("z", classes[1], 1_000.0, &free(paying(0.12)))
        + event
        + &format!("[owner]\ncash = 0\n{rules}\n")
        + NO_INFLATION;
    let run = Ran::of(&text);
    [0, 1].map(|index| run.column(ASSET_VALUE.of_object(index))[0])
}

#[test]
fn what_cannot_be_redeemed_is_neither_bought_nor_sold_until_it_can() {
    let values = |months: u32, rules: &str| {
        let failure = issuer_fails("12 months").replace("50 %", "40 %");
        values_of(["tokenized-real-estate"; 2], &failure, months, rules)
    };
    let rebalanced = "surplus = \"keep\"\nrebalance = \"1 month\"";
    assert_eq!(values(14, rebalanced), [600.0, 1_000.0]);
    assert_eq!(values(15, rebalanced), [800.0, 800.0]);
    // income of two months goes to both, that of the next ones to what is open
    let [x, z] = values(4, "surplus = \"reinvest\"");
    let rate = 1.12_f64.powf(1.0 / 12.0) - 1.0;
    let first = 1_000.0 * (1.0 + rate / 2.0);
    let (of_x, of_z) = (first + first * rate / 2.0, first * (1.0 + rate / 2.0));
    close("x", x, 0.6 * of_x, 1e-12);
    close("z", z, of_z * (1.0 + rate).powi(2), 1e-12);
}

#[test]
fn what_lost_half_in_one_event_is_sold_but_never_bought_again() {
    let values = |event: &str, months: u32, rules: &str| {
        values_of(["defi-yield-aggregator", "index-fund"], event, months, rules)
    };
    let rebalanced = "surplus = \"keep\"\nrebalance = \"1 month\"";
    let hack = |share: &str| exploit("at = \"2027-03\"", share);
    assert_eq!(values(&hack("0.5"), 60, rebalanced), [500.0, 1_000.0]);
    assert_eq!(values(&hack("0.48"), 60, rebalanced), [760.0, 760.0]);
    // a lost key leaves the asset what it was
    assert_eq!(values(&lost_key("at = \"2027-03\"", "0.5"), 60, rebalanced), [750.0, 750.0]);
    // income of two months goes to both, later income to the other one
    let [x, z] = values(&hack("1"), 4, "surplus = \"reinvest\"");
    let rate = 1.12_f64.powf(1.0 / 12.0) - 1.0;
    close("z", z, 1_000.0 * (1.0 + rate / 2.0).powi(2) * (1.0 + rate).powi(2), 1e-12);
    assert_eq!(x, 0.0);
    // a bill sells what is left of it
    let spent = "surplus = \"keep\"\nspending = \"300/month\"";
    let [x, z] = values(&hack("0.5"), 7, spent);
    assert!(x == 0.0 && z < 1_000.0, "{x} {z}");
}
