//! Borrowed money: what it earns by hand, when the lender sells by closed form, and that nobody owes more than he has.

use crate::common::{Ran, asset, bits, close, head, scenario};
use crate::estimate::{holds, mean, share};
use crate::verification::texts::hack;
use crate::verification::{INFLATED, in_the_mean, is_replayed_and_conserved};
use tailwheel::record::{ASSET_VALUE, STATE, TrackId, WEALTH};

/// Opening value.
const VALUE: f64 = 100.0;

/// A position whose income goes to its owner, and what follows it in the file.
fn pools(months: u32, paths: u32, keys: &str, rest: &str) -> String {
    let keys = format!("model = \"mechanism\"\nroi_law = \"point\"\nincome_log_sd = 0\n{keys}");
    head(&format!("{months} months"), paths)
        + &asset("one", "defi-yield-aggregator", VALUE, &keys)
        + INFLATED
        + rest
}

/// A position that neither earns nor pays interest.
fn bare(leverage: f64, threshold: f64, penalty: f64, keys: &str) -> String {
    format!(
        "roi = 0\nbase_yield = 0\nborrow_rate = 0\nleverage = {leverage:?}\nliquidation_threshold = {threshold:?}\n\
         liquidation_penalty = {penalty:?}\n{keys}"
    )
}

/// 1 on paths on which nobody has sold.
fn standing(text: &str) -> TrackId {
    STATE.of_object(scenario(text).state_number())
}

#[test]
fn leverage_multiplies_the_yield_and_pays_interest_on_what_is_borrowed() {
    for (leverage, interest) in [(1.0, 0.07), (2.0, 0.07), (3.0, 0.01), (3.0, 0.4)] {
        let keys = format!(
            "roi = \"23 %\"\nvolatility = 0\nleverage = {leverage:?}\nborrow_rate = {interest:?}\n\
             rebalance = \"1 months\"\nspread = 0\nbridge_cost = 0.002"
        );
        let (mut value, mut paid) = (VALUE, 0.0);
        let incentive = 0.23 + 12.0 * 0.002 - 0.05;
        for month in 0..30 {
            let rate = 0.05 + incentive * 0.5_f64.powf(f64::from(month) / 12.0);
            let net = (leverage * rate - (leverage - 1.0) * interest) / 12.0;
            paid += value * net.max(0.0);
            value *= (1.0 - leverage * 0.002) * (1.0 - (-net).max(0.0));
        }
        let text = pools(30, 256, &keys, "");
        let run = Ran::of(&text);
        run.is_on_every_path(ASSET_VALUE.of_object(0), value, 1e-12);
        run.is_on_every_path(WEALTH, value + paid, 1e-12);
        close("expected", VALUE * in_the_mean(&text, 30).0, value, 1e-12);
    }
}

#[test]
fn a_leverage_of_one_is_none_to_the_last_bit() {
    let keys = "roi = \"18-28 %\"\nroi_law = \"p05-p95\"\nrebalance = \"1 week\"";
    let text = |keys: &str| pools(24, 256, keys, "").replace("roi_law = \"point\"\n", "");
    let [none, one] = ["", "\nleverage = 1"].map(|more| text(&format!("{keys}{more}")));
    assert!(scenario(&none).model_digest() == scenario(&one).model_digest());
    assert_eq!(bits(&Ran::of(&none).outcome), bits(&Ran::of(&one).outcome));
}

/// Chance that the price has stood at `limit` (its logarithm) within a month of volatility `sd` and mean 1.
fn touched(limit: f64, sd: f64) -> f64 {
    let cdf = |x: f64| 0.5 * libm::erfc(-x / std::f64::consts::SQRT_2);
    let half = 0.5 * sd * sd;
    cdf((limit + half) / sd) + (-limit).exp() * cdf((limit - half) / sd)
}

#[test]
fn the_lender_sells_as_often_as_a_price_that_moves_all_the_time_touches_the_limit() {
    for (volatility, leverage, threshold) in [(0.9, 2.0, 0.83), (0.65, 3.0, 0.83), (1.2, 1.5, 0.6)] {
        let of = |leverage: f64| {
            let keys = bare(leverage, threshold, 0.05, &format!("volatility = {volatility:?}"));
            let text = pools(1, 200_000, &keys, "");
            share(Ran::of(&text).column(standing(&text)), |standing| standing == 0.0)
        };
        let limit = f64::ln((leverage - 1.0) / (leverage * threshold));
        let exact = touched(limit, volatility / 12.0_f64.sqrt());
        holds("sold", exact, of(leverage), of(0.95 * leverage));
    }
}

#[test]
fn what_is_sold_is_sold_at_the_limit_and_the_rest_follows_the_price() {
    let (leverage, threshold, penalty) = (2.0, 0.8, 0.05);
    let keys = bare(leverage, threshold, penalty, "volatility = 1.2");
    let text = pools(1, 4096, &keys, "");
    let levered = Ran::of(&text);
    let price = Ran::of(&text.replace("leverage = 2.0", "leverage = 1.0"));
    let mut n_sold = 0;
    for (path, standing) in levered.column(standing(&text)).iter().enumerate() {
        let price = price.column(ASSET_VALUE.of_object(0))[path] / VALUE;
        let exact = match *standing == 1.0 {
            true => 1.0 + leverage * (price - 1.0),
            false => leverage * (1.0 - threshold * (1.0 + penalty)) * price,
        };
        n_sold += u32::from(*standing == 0.0);
        let found = levered.column(ASSET_VALUE.of_object(0))[path];
        close("value", found, VALUE * exact, 1e-11);
    }
    assert!((500..2000).contains(&n_sold), "{n_sold}");
}

/// A fair price stays fair: only the penalty is lost on average, whatever is borrowed.
#[test]
fn borrowing_free_of_interest_loses_the_penalty_and_nothing_else_on_average() {
    let of = |penalty: f64| {
        let keys = bare(2.0, 0.6, penalty, "volatility = 1");
        mean(Ran::of(&pools(1, 400_000, &keys, "")).column(WEALTH))
    };
    let sold = touched(f64::ln(0.5 / 0.6), 1.0 / 12.0_f64.sqrt());
    holds("mean", VALUE * (1.0 - 0.5 * sold), of(0.5), of(0.475));
}

#[test]
fn a_price_that_jumps_over_the_limit_is_sold_where_it_lands_and_never_below_nothing() {
    for (fall, leverage, left) in [
        (0.30, 2.0, 0.40),
        (0.45, 2.0, 0.05), // 1.1 of position, 1 owed, 0.05 of penalty
        (0.48, 2.0, 0.0),
        (0.60, 2.0, 0.0),
        (0.25, 3.0, 0.15),
    ] {
        let keys = bare(leverage, 0.83, 0.05, "volatility = 0");
        let shock =
            |at: &str, fall: f64| format!("[[shock]]\nat = \"{at}\"\nmarket = \"one\"\nloss = {fall:?}\n");
        let once = pools(2, 256, &keys, &shock("2027-01", fall));
        Ran::of(&once).is_on_every_path(WEALTH, VALUE * left, 1e-11);
        // who was sold once has no debt left, who was not has as much as at the start
        let times = if fall < 0.4 && leverage < 3.0 { leverage } else { 1.0 };
        let again = shock("2027-01", fall) + &shock("2027-02", 0.1);
        let twice = pools(2, 256, &keys, &again);
        Ran::of(&twice).is_on_every_path(WEALTH, VALUE * left * (1.0 - 0.1 * times), 1e-10);
    }
}

#[test]
fn what_strikes_strikes_the_position_and_not_what_is_owed() {
    for (severity, left) in [(0.1, 0.7), (0.25, 0.15), (0.5, 0.0)] {
        let keys = bare(3.0, 0.83, 0.05, "volatility = 0");
        let strike = hack("one", &format!("at = \"2027-02\"\nseverity = {severity:?}\ntotal = 0"));
        Ran::of(&pools(3, 256, &keys, &strike)).is_on_every_path(WEALTH, VALUE * left, 1e-11);
    }
}

/// Agents who all sell in the first month, at a fall of `fall`, and nobody else.
fn crash(fall: f64, permanent: f64) -> String {
    let impact = 1.0 - (-fall / 0.5 * 0.1_f64).exp();
    format!(
        "[[shock]]\nat = \"2027-01\"\nmarket = \"one\"\nloss = 0.01\n[[market]]\nname = \"one\"\nagent_share = 0.5\n\
         impact_of_10_percent = {impact:?}\npermanent = {permanent:?}\n\
         recovery_half_life = [{{ weight = 1, half_life = \"1 months\" }}]\n[[crash.cluster]]\nname = \"all\"\n\
         capital_share = 1\nfirst_trigger = 0.001\ndispersion = 0.001\nsell_fraction = 1\n"
    )
}

#[test]
fn forced_sales_of_others_move_the_position_and_may_end_it_at_the_trough() {
    let keys = |leverage: f64| bare(leverage, 0.83, 0.05, "volatility = 0\nmarket_beta = 1");
    for (fall, permanent) in [(0.2, 1.0), (0.2, 0.3)] {
        let [one, two] =
            [1.0, 2.0].map(|leverage| Ran::of(&pools(1, 256, &keys(leverage), &crash(fall, permanent))));
        let [of_one, of_two] = [&one, &two].map(|run| run.column(WEALTH)[0] / VALUE);
        close("value", of_two, 1.0 + 2.0 * (of_one - 1.0), 1e-10);
        let trough = 0.99 * (-fall).exp();
        close("drawdown", two.measure("drawdown.max.mean"), 1.0 - (2.0 * trough - 1.0), 1e-10);
    }
    // at the trough 2·0.99·e^-0.5 = 1.2009 less 1 is left, less the penalty; what is left recovers
    let (fall, permanent) = (0.5_f64, 0.0);
    let trough = 0.99 * (-fall).exp();
    let text = pools(1, 256, &keys(2.0), &crash(fall, permanent));
    let back = (fall * (1.0 - 0.5_f64.powf(0.5))).exp();
    let left = (2.0 * trough - 1.0 - 0.05) * back;
    let run = Ran::of(&text);
    assert!(trough < 0.5 / 0.83);
    run.is_on_every_path(WEALTH, VALUE * left, 1e-9);
    run.is_on_every_path(standing(&text), 0.0, 0.0);
}

#[test]
fn nobody_owes_more_than_he_has_whatever_happens() {
    let rest = "[crisis]\nvolatility = 3\n[crash]\nmodels = { a = 0.7, b = 0.3 }\n\
        [[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"one\"\nrate = \"0.5/year\"\n";
    let keys = "roi = \"23 %\"\nvolatility = 1.5\nleverage = 3\nrebalance = \"1 week\"\nborrow_rate = \"100 %\"\n\
        jumps = { rate = \"2/year\", mean = -0.2, sd = 0.3 }";
    let text = pools(60, 1024, keys, rest);
    let run = Ran::of(&text);
    for id in [ASSET_VALUE.of_object(0), WEALTH] {
        assert!(run.column(id).iter().all(|value| *value >= 0.0));
    }
    assert!(run.measure("state.one.levered.mean") < 0.1);
    is_replayed_and_conserved(&text);
}

#[test]
fn a_sale_by_the_lender_that_leaves_nothing_leaves_nothing() {
    // 0.4·V − 0.2·2·V is zero, but not in the arithmetic of a machine
    let text = pools(2, 256, &(bare(3.0, 0.8, 0.2, "") + "volatility = 0"), "");
    let fall = "[[shock]]\nat = \"2027-01\"\nmarket = \"one\"\nloss = \"20 %\"\n";
    let run = Ran::of(&(text + fall));
    run.is_on_every_path(ASSET_VALUE.of_object(0), 0.0, 0.0);
}
