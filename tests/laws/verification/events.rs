//! What strikes, and what is done against it: by hand, against closed forms, in both directions.

mod guards;

use crate::common::{Ran, asset, bits, close, head, scenario};
use crate::estimate::{holds, mean, share};
use crate::verification::{agrees, beside};
use tailwheel::record::{
    ASSET_VALUE, CAUSE_GIVEN, EVENT_LOSS, EVENT_STRIKES, REAL_WEALTH, RUIN_MONTH, TrackId, WEALTH,
};
use tailwheel::study::data_of;

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
    event(
        "hack",
        "contract-exploit",
        &format!("asset = \"x\"\n{when}\nseverity = {share}\ntotal = 0\nreturn_chance = 0"),
    )
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
fn a_certain_exploit_takes_its_share_of_the_value_of_that_month() {
    let text = head("3 years", 256)
        + &vault(0.12, 1_000.0)
        + &exploit("at = \"2028-07\"", "\"40 %\"")
        + NO_INFLATION;
    let run = Ran::of(&text);
    // month 19 of 36
    let grown = |months: i32| 1_000.0 * 1.12_f64.powf(f64::from(months) / 12.0);
    run.is_on_every_path(WEALTH, 0.6 * grown(36), 1e-12);
    run.is_on_every_path(EVENT_LOSS.of_object(1), 0.4 * grown(19), 1e-12);
    run.is_on_every_path(EVENT_STRIKES.of_object(1), 1.0, 0.0);
    assert_eq!(run.measure("event.hack.probability"), 1.0);
    // in money of the start, half of it back: 1.03^(19/12)
    let text = text
        .replace("inflation.fixed = 0", "inflation.fixed = \"3 %\"")
        .replace("return_chance = 0", "return_chance = 1\nreturned = \"50 %\"");
    let real = 0.2 * grown(19) / 1.03_f64.powf(19.0 / 12.0);
    Ran::of(&text).is_on_every_path(EVENT_LOSS.of_object(1), real, 1e-12);
    // a total loss is one
    let run = Ran::of(&text.replace("total = 0", "total = 1").replace("\"50 %\"", "\"0 %\""));
    run.is_on_every_path(WEALTH, 0.0, 0.0);
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
    let text = |keys: &str| {
        head("2 years", 1)
            + &asset("x", "niche-content", 1_200.0, &paying(0.2))
            + &event(
                "first",
                "algorithm-update",
                &format!("asset = \"x\"\nat = \"2027-05\"\nseverity = 0.5\n{keys}"),
            )
            + &event(
                "second",
                "algorithm-update",
                &format!("asset = \"x\"\nat = \"2027-11\"\nseverity = 0.3\n{keys}"),
            )
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
fn strikes_by_chance_have_the_law_of_rate_and_severity() {
    // case C06: at most one strike a month, λ = .08, Beta(2, 3), ten years
    let text = |rate: f64, beta: f64| {
        head("10 years", 200_000)
            + &vault(0.0, 1.0)
            + &exploit(&format!("rate = \"{rate}/year\""), &format!("{{ alpha = 2, beta = {beta} }}"))
            + NO_INFLATION
    };
    let (run, often, hard) =
        (Ran::of(&text(0.08, 3.0)), Ran::of(&text(0.084, 3.0)), Ran::of(&text(0.08, 2.85)));
    let squared = |run: &Ran| mean(&run.column(WEALTH).iter().map(|w| w * w).collect::<Vec<_>>());
    let strikes = EVENT_STRIKES.of_object(1);
    let spared = |run: &Ran| share(run.column(strikes), |count| count == 0.0);
    holds("mean", 0.726_613_713_8, mean(run.column(WEALTH)), mean(often.column(WEALTH)));
    holds("mean, harder", 0.726_613_713_8, mean(run.column(WEALTH)), mean(hard.column(WEALTH)));
    holds("second moment", 0.619_179_715_5, squared(&run), squared(&often));
    holds("never", 0.449_328_96, spared(&run), spared(&often));
}

#[test]
fn a_range_of_rates_is_lognormal_and_one_draw_per_path() {
    let text = |high: f64| {
        head("10 years", 200_000)
            + &vault(0.0, 1.0)
            + &exploit(&format!("rate = \"0.003-{high}/year\""), "\"100 %\"")
            + NO_INFLATION
    };
    // E exp(−10 λ), ln λ normal with 5th and 95th percentiles ln .003 and ln .094, by the trapezoidal rule
    let (low, high) = (0.003_f64.ln(), 0.094_f64.ln());
    let (location, scale) = ((low + high) / 2.0, (high - low) / (2.0 * 1.644_853_626_951));
    let step = 1e-3;
    let density = |z: f64| (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let spared: f64 = (-8_000..=8_000)
        .map(|k| f64::from(k) * step)
        .map(|z| step * density(z) * (-10.0 * scale.mul_add(z, location).exp()).exp())
        .sum();
    let found =
        |high: f64| share(Ran::of(&text(high)).column(EVENT_STRIKES.of_object(1)), |count| count == 0.0);
    holds("never", spared, found(0.094), found(0.103));
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
    let never = event("hack", "contract-exploit", "asset = \"defi\"\nrate = 0");
    let custody = "custody = { above = 50_000, multisig = true }\n\
                   cover = [{ asset = \"defi\", cause = \"hack\", limit = 40_000, premium = 0 }]\n[owner]";
    let plain = bits(&Ran::of(&file).outcome);
    let is_same = |other: &str| {
        let other = bits(&Ran::of(other).outcome);
        let of = |id| other.iter().find(|(other, _)| *other == id);
        // causes are numbered behind events
        let is_cause = |id: TrackId| id.quantity() == CAUSE_GIVEN.quantity();
        let mut others = plain.iter().filter(|(id, _)| !is_cause(*id));
        others.all(|(id, column)| of(*id).is_some_and(|(_, other)| other == column))
    };
    assert!(is_same(&(file.clone() + &never)));
    let (head, tail) = file.split_once("[owner]").expect("it has one");
    let keys = custody.split_once("[owner]").expect("it ends so").0;
    let key = event("key", "custody-loss", "asset = \"defi\"\nrate = 0");
    let guarded = format!("{head}[owner]\n{keys}{tail}{never}{key}");
    let guarded = bits(&Ran::of(&guarded).outcome);
    for id in [REAL_WEALTH, REAL_WEALTH.without_feedback()] {
        let of = |columns: &[(_, Vec<u64>)]| {
            columns.iter().find(|(other, _)| *other == id).expect("it is kept").1.clone()
        };
        assert!(of(&guarded) == of(&plain), "{id:?}");
    }
    // power, and what is not struck keeps its bits
    let strikes = never.replace("rate = 0", "rate = \"0.05/year\"");
    assert!(!is_same(&(file.clone() + &strikes)));
    let struck = Ran::of(
        &(file
            .replace("surplus   = \"reinvest\"", "surplus = \"keep\"")
            .replace("rebalance = \"3 months\"", "")
            + &strikes),
    );
    let other = Ran::of(
        &file
            .replace("surplus   = \"reinvest\"", "surplus = \"keep\"")
            .replace("rebalance = \"3 months\"", ""),
    );
    for asset in [1, 2, 3] {
        let id = ASSET_VALUE.of_object(asset);
        assert_eq!(struck.column(id), other.column(id), "{asset}");
    }
    assert_ne!(struck.column(ASSET_VALUE.of_object(0)), other.column(ASSET_VALUE.of_object(0)));
}

#[test]
fn damages_are_owed_whatever_the_work_is_worth() {
    let text = |cash: f64, keys: &str| {
        head("12 months", 100_000)
            + &asset("x", "synthetic-media-royalties", 1_000.0, &still(0.0))
            + &event("claim", "infringement-claim", &format!("asset = \"x\"\nat = \"2027-06\"\n{keys}"))
            + &format!("[owner]\ncash = {cash}\nsurplus = \"keep\"\n")
            + NO_INFLATION
    };
    // E min(5,000·e^(1.2 Z), 150,000)
    let (spread, log_most) = (1.2_f64, 30.0_f64.ln());
    let normal = statrs::distribution::Normal::standard();
    let below = |z: f64| statrs::distribution::ContinuousCDF::cdf(&normal, z);
    let expected = 5_000.0 * (0.5 * spread * spread).exp() * below(log_most / spread - spread)
        + 150_000.0 * below(-log_most / spread);
    let loss =
        |keys: &str| crate::verification::measured(&Ran::of(&text(1e6, keys)), "event.claim.loss.mean");
    holds("damages", expected, loss(""), loss("amount = 5_250"));
    // who has 1,000 and an asset worth 900 when it is sold is ruined by more
    let ruined = share(Ran::of(&text(1_000.0, "")).column(RUIN_MONTH), |month| month == 6.0);
    let chance = below((5_000.0_f64 / 1_900.0).ln() / spread);
    holds(
        "ruin",
        chance,
        ruined,
        share(Ran::of(&text(1_000.0, "amount = 5_250")).column(RUIN_MONTH), |month| month == 6.0),
    );
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
    let run = |cash: f64, stop: &str| {
        let house = format!("{}\nexit_haircut = 0", still(0.0));
        let text = head("10 months", 256)
            + &asset("x", "tokenized-real-estate", 1_200.0, &house)
            + &issuer_fails(stop)
            + &format!("[owner]\ncash = {cash}\nspending = \"100/month\"\n")
            + NO_INFLATION;
        let run = Ran::of(&text);
        (run.measure("ruin.probability"), run.column(WEALTH)[0])
    };
    // closed from March to June: the cash lasts until then, or it does not
    assert_eq!(run(600.0, "4 months"), (0.0, 200.0));
    assert_eq!(run(500.0, "3 months"), (0.0, 100.0));
    assert_eq!(run(500.0, "4 months"), (1.0, 0.0));
    assert_eq!(run(0.0, "1 month"), (1.0, 0.0));
    let open =
        issuer_fails("4 months").replace("redemption_stop = \"4 months\"", "redemption_stop = \"0 months\"");
    let text = head("6 months", 256)
        + &asset("x", "tokenized-real-estate", 1_200.0, &format!("{}\nexit_haircut = 0", still(0.0)))
        + &open
        + "[owner]\ncash = 0\nspending = \"100/month\"\n"
        + NO_INFLATION;
    assert_eq!(Ran::of(&text).column(WEALTH)[0], 100.0);
}

#[test]
fn what_cannot_be_redeemed_is_neither_bought_nor_sold_until_it_can() {
    let values = |months: u32, rules: &str| {
        let still = format!("{}\ntrade_cost = 0", still(0.0));
        let paying = format!("{}\ntrade_cost = 0", paying(0.12));
        let text = head(&format!("{months} months"), 256)
            + &asset("x", "tokenized-real-estate", 1_000.0, &still)
            + &asset("z", "tokenized-real-estate", 1_000.0, &paying)
            + &issuer_fails("12 months")
            + &format!("[owner]\ncash = 0\n{rules}\n")
            + NO_INFLATION;
        let run = Ran::of(&text);
        [0, 1].map(|index| run.column(ASSET_VALUE.of_object(index))[0])
    };
    let rebalanced = "surplus = \"keep\"\nrebalance = \"1 month\"";
    assert_eq!(values(14, rebalanced), [500.0, 1_000.0]);
    assert_eq!(values(15, rebalanced), [750.0, 750.0]);
    // income of two months goes to both, that of the next ones to what is open
    let [x, z] = values(4, "surplus = \"reinvest\"");
    let rate = 1.12_f64.powf(1.0 / 12.0) - 1.0;
    let first = 1_000.0 * (1.0 + rate / 2.0);
    let (of_x, of_z) = (first + first * rate / 2.0, first * (1.0 + rate / 2.0));
    close("x", x, of_x / 2.0, 1e-12);
    let open = of_z * (1.0 + rate) * (1.0 + rate);
    close("z", z, open, 1e-12);
}
