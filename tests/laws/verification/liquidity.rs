//! A pool of two coins: its value against the constant product, its mean in closed form, its parts by hand; and the interest
//! of borrowed money, which moves as the base yield does.

use crate::common::{Ran, asset, close, head};
use crate::estimate::{holds, mean};
use crate::verification::is_replayed_and_conserved;
use tailwheel::record::{ASSET_VALUE, WEALTH};

/// Opening value.
const VALUE: f64 = 100.0;

/// A position that earns nothing, and what follows it in the file.
fn pool(months: u32, paths: u32, keys: &str, rest: &str) -> String {
    let keys = format!("model = \"mechanism\"\nroi = 0\nroi_law = \"point\"\nbase_yield = 0\n{keys}");
    head(&format!("{months} months"), paths)
        + &asset("one", "defi-yield-aggregator", VALUE, &keys)
        + "[owner]\ncash = 1_000\nsurplus = \"keep\"\nspending = \"1/month\"\n\
           [economy]\ncash_rate = 0\ninflation.fixed = 0\n"
        + rest
}

/// Two coins that move so.
fn coins(volatility: f64, pair_volatility: f64, correlation: f64) -> String {
    format!(
        "liquidity = true\nvolatility = {volatility:?}\npair_volatility = {pair_volatility:?}\n\
         pair_correlation = {correlation:?}"
    )
}

#[test]
fn the_mean_of_the_constant_product_is_that_of_its_lognormal_law() {
    for (months, own, other, correlation) in [(1, 0.8, 0.6, 0.3), (12, 0.65, 0.05, 0.0), (36, 0.5, 0.9, -0.4)]
    {
        let of = |other: f64, correlation: f64| {
            let text = pool(months, 200_000, &coins(own, other, correlation), "");
            mean(Ran::of(&text).column(ASSET_VALUE.of_object(0)))
        };
        let variance = own * own + other * other - 2.0 * correlation * own * other;
        let exact = VALUE * (-variance * f64::from(months) / 96.0).exp();
        holds("mean", exact, of(other, correlation), of(other + 0.2, correlation));
        if other > 0.1 {
            let off = of(other, correlation + 0.3);
            holds("mean of another correlation", exact, of(other, correlation), off);
        }
    }
}

#[test]
fn crises_leave_the_mean_of_the_other_side_where_it_is() {
    // two coins that move as one lose nothing, in whatever regime
    let crises = "[crisis]\nbegins = \"10 %/month\"\nlasts = \"4 months\"\nvolatility = 3\n";
    let text = pool(24, 20_000, &coins(0.4, 0.4, 1.0), crises);
    let run = Ran::of(&text);
    assert!(run.measure("cause.impermanent-loss.mean").abs() < 1e-9);
    let (value, error) = run.with_error("cause.shock.mean");
    assert!(value.abs() < 4.0 * error, "{value} {error}");
}

#[test]
fn a_ratio_of_two_costs_5_72_per_cent_and_one_of_four_a_fifth_of_what_is_held() {
    for (fall, lost) in [(0.5_f64, -0.0572), (0.75, -0.2)] {
        let shock = format!("[[shock]]\nat = \"2027-02\"\nmarket = \"one\"\nloss = {fall:?}\n");
        let text = pool(3, 256, &coins(0.0, 0.0, 0.0), &shock);
        let run = Ran::of(&text);
        let (whole, r) = (VALUE * (1.0 - fall).sqrt(), 1.0 / (1.0 - fall));
        run.is_on_every_path(ASSET_VALUE.of_object(0), whole, 1e-12);
        let held = VALUE * (1.0 - 0.5 * fall);
        let of_held = 2.0 * f64::sqrt(r) / (1.0 + r) - 1.0;
        assert!((of_held - lost).abs() < 0.5e-4, "{of_held}");
        close("of what is held", whole / held - 1.0, of_held, 1e-12);
        close("jump", run.measure("cause.jump.mean"), held - VALUE, 1e-9);
        let cause = run.measure("cause.impermanent-loss.mean");
        close("impermanent loss", cause, whole - held, 1e-9);
        is_replayed_and_conserved(&text);
    }
}

#[test]
fn forced_sales_of_its_market_move_it_by_their_root() {
    let crash = "[[market]]\nname = \"one\"\nagent_share = 0.5\n[crash]\ncluster = [{ name = \"a\", \
                 capital_share = 1, first_trigger = 0.05, dispersion = 0.01, sell_fraction = 1 }]\n\
                 [[shock]]\nat = \"2027-02\"\nmarket = \"one\"\nloss = 0.2\n";
    let last = |keys: &str| {
        let text = pool(2, 256, keys, crash);
        Ran::of(&text).column(ASSET_VALUE.of_object(0))[0] / VALUE
    };
    let (alone, pair) = (last("volatility = 0"), last(&coins(0.0, 0.0, 0.0)));
    assert!(alone < 0.8, "nobody sold: {alone}");
    close("pool", pair, alone.sqrt(), 1e-12);
}

#[test]
fn interest_moves_as_the_base_yield_does() {
    // where the base alone pays and what is borrowed costs as much, borrowed money neither brings nor takes anything
    let text = |leverage: f64, rest: &str| {
        let keys = format!(
            "model = \"mechanism\"\nroi = 0.05\nroi_law = \"point\"\nbase_yield = 0.05\nvolatility = 0\n\
             borrow_rate = 0.05\nleverage = {leverage:?}"
        );
        head("36 months", 2_048)
            + &asset("one", "defi-yield-aggregator", VALUE, &keys)
            + "[owner]\ncash = 0\nsurplus = \"keep\"\n"
            + rest
    };
    let moving = "[economy]\ncash_rate = { mean = 0.03, volatility = 0.01, half_life = \"3 years\", base_yields = 0.8 }\n";
    for rest in ["[economy]\ncash_rate = 0\n", moving] {
        let (own, levered) = (Ran::of(&text(1.0, rest)), Ran::of(&text(3.0, rest)));
        let (own, levered) = (own.column(WEALTH), levered.column(WEALTH));
        assert!(own[0] != own[1]);
        for (own, levered) in own.iter().zip(levered) {
            close("wealth", *levered, *own, 1e-12);
        }
    }
}
