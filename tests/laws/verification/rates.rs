//! A short rate that moves: what cash, pools and property make of it.

use crate::common::{Ran, asset, close, head};
use crate::estimate::{Found, by_batches, central_moment, holds, mean};
use crate::verification::INFLATED;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

const PATHS: u32 = 100_000;

/// Volatility per year, half-life in months; the mean is where it starts.
#[derive(Clone, Copy)]
struct Rate {
    mean: f64,
    volatility: f64,
    half_life: f64,
    links: &'static str,
}

impl Rate {
    fn written(&self) -> String {
        let Self { mean, volatility, half_life, links } = self;
        format!(
            "[economy]\ninflation.fixed = 0\ncash_rate = {{ mean = \"{} %/year\", volatility = {volatility:?}, \
             half_life = \"{half_life} months\"{links} }}\n",
            100.0 * mean
        )
    }

    /// Covariance of the rates of months `1 + i` and `1 + j`, before zero is the least.
    fn covariance(&self, i: u32, j: u32) -> f64 {
        let pull = std::f64::consts::LN_2 / self.half_life;
        let (early, late) = (f64::from(i.min(j)), f64::from(i.max(j)));
        let settled = self.volatility.powi(2) / 12.0 / (2.0 * pull);
        settled * (-pull * (late - early)).exp() * (1.0 - (-2.0 * pull * early).exp())
    }
}

/// A rate so far above zero that it never gets there.
const HIGH: Rate = Rate { mean: 0.10, volatility: 0.01, half_life: 42.0, links: "" };

fn deviation(sample: &[f64]) -> Found {
    by_batches(sample, |part| central_moment(part, 2).value.sqrt())
}

/// `owner` with an asset that does nothing.
fn cash(months: u32, rate: Rate) -> Ran {
    cash_by(months, PATHS, &rate.written())
}

fn cash_by(months: u32, paths: u32, economy: &str) -> Ran {
    let nothing = asset("nothing", "micro-saas-fleet", 0.0, "roi = \"0 %\"");
    let owner = "[owner]\ncash = 1_000\nsurplus = \"keep\"\n";
    Ran::of(&(head(&format!("{months} months"), paths) + &nothing + owner + economy))
}

/// Sum of the covariances of all pairs of months from `first` up to `end`.
fn variance(first: u32, end: u32) -> f64 {
    let pairs = (first..end).flat_map(|i| (first..end).map(move |j| (i, j)));
    pairs.map(|(i, j)| HIGH.covariance(i, j)).sum()
}

#[test]
fn cash_earns_the_rate_of_every_month_whose_sum_has_the_spread_of_its_process() {
    const MONTHS: u32 = 60;
    // ln(1 + r)/12 is straight within a point of r = 10 % but for a part in a thousand
    let logs = |rate: Rate| -> Vec<f64> {
        let run = cash(MONTHS, rate);
        let wealth = run.column(WEALTH).iter();
        wealth.map(|wealth| (wealth / 1_000.0).ln()).collect()
    };
    let exact = variance(0, MONTHS).sqrt() / 12.0 / 1.1;
    let as_it_is = logs(HIGH);
    let bend = (0..MONTHS).map(|i| HIGH.covariance(i, i)).sum::<f64>() / 12.0 / 2.0 / 1.21;
    let middle = f64::from(MONTHS) / 12.0 * 1.1_f64.ln() - bend;
    holds("mean", middle, mean(&as_it_is), mean(&logs(Rate { mean: 0.105, ..HIGH })));
    for off in [Rate { volatility: 0.0105, ..HIGH }, Rate { half_life: 42.0 / 1.25, ..HIGH }] {
        holds("spread", exact, deviation(&as_it_is), deviation(&logs(off)));
    }
}

#[test]
fn a_rate_that_does_not_move_is_a_constant_one_and_below_zero_is_zero() {
    let still = Rate { volatility: 0.0, mean: 0.05, ..HIGH };
    cash(24, still).is_on_every_path(WEALTH, 1_000.0 * 1.05_f64.powi(2), 1e-12);
    let below = Rate { mean: -0.5, ..HIGH };
    cash(24, below).is_on_every_path(WEALTH, 1_000.0, 0.0);
    // from 2 % to where half of the way to 6 % is gone after a year
    let text = "[economy]\ninflation.fixed = 0\ncash_rate = { mean = 0.06, starts = 0.02, volatility = 0, half_life = \"12 months\" }\n";
    let months = (0..36).map(|month| 0.06 - 0.04 * 0.5_f64.powf(f64::from(month) / 12.0));
    let exact: f64 = months.map(|rate| (1.0 + rate).powf(1.0 / 12.0)).product();
    cash_by(36, 256, text).is_on_every_path(WEALTH, 1_000.0 * exact, 1e-12);
}

#[test]
fn prices_of_property_follow_what_the_rate_changes() {
    const MONTHS: u32 = 37;
    let keys = "model = \"mechanism\"\nroi = 0\nroi_law = \"point\"\nvolatility = 0\nmaintenance = 0\ninsurance = 0\n\
                manager_fee = 0\nappreciation = 0\ndepreciation = 0\nvacancy = 0\ndisputes = 0";
    let logs = |links: &'static str| -> Vec<f64> {
        let text = head(&format!("{MONTHS} months"), PATHS)
            + &asset("one", "tokenized-real-estate", 100.0, keys)
            + &Rate { links, ..HIGH }.written();
        let run = Ran::of(&text);
        let value = run.column(ASSET_VALUE.of_object(0)).iter();
        value.map(|value| (value / 100.0).ln()).collect()
    };
    let as_it_is = logs(", property = -3");
    let off = logs(", property = -3.15");
    // the last month's rate less the first
    let exact = 3.0 * HIGH.covariance(MONTHS - 1, MONTHS - 1).sqrt();
    holds("spread", exact, deviation(&as_it_is), deviation(&off));
    let centre = mean(&as_it_is);
    assert!(centre.value.abs() < 4.0 * centre.std_error, "{centre:?}");
    assert!(logs(", property = 0").iter().all(|log| *log == 0.0));
}

#[test]
fn the_base_of_pools_follows_the_rate_and_what_moving_finds_does_not() {
    let keys = "model = \"mechanism\"\nroi = 0.12\nroi_law = \"point\"\nvolatility = 0\nbase_yield = 0.12\n\
                incentive_half_life = \"1 month\"\nincome_log_sd = 0\nincome_half_life = \"1 month\"";
    let last = |links: &'static str, rate: Rate| -> Vec<f64> {
        let text = head("13 months", PATHS)
            + &asset("pool", "defi-yield-aggregator", 100.0, keys)
            + "[owner]\ncash = 0\nsurplus = \"keep\"\n"
            + &Rate { links, ..rate }.written();
        let run = Ran::of(&text);
        let income = run.column(INCOME_TERMINAL).iter();
        income.map(|income| 12.0 * income / 100.0).collect()
    };
    // income of the last twelve months of thirteen: a mean of twelve rates less the first
    let exact = 0.5 * variance(1, 13).sqrt() / 12.0;
    let as_it_is = last(", base_yields = 0.5", HIGH);
    let off = last(", base_yields = 0.525", HIGH);
    holds("spread", exact, deviation(&as_it_is), deviation(&off));
    let more = last(", base_yields = 0.5", Rate { mean: 0.2, ..HIGH });
    // where the mean is, is no change
    close("mean", mean(&more).value, mean(&as_it_is).value, 1e-4);
    let rising = last(", base_yields = 0.5, starts = \"8 %/year\"", HIGH);
    holds("mean", 0.12, mean(&as_it_is), mean(&rising));
}

/// `asset` in euros, the file in dollars.
fn in_euros(months: u32, asset: &str, volatility: f64, owner: &str) -> Ran {
    let fx = format!("currency = \"EUR\"\n[[fx]]\npair = \"EUR/USD\"\nvolatility = {volatility:?}\n");
    Ran::of(&(head(&format!("{months} months"), PATHS) + asset + &fx + owner))
}

#[test]
fn what_is_priced_in_another_currency_moves_with_its_rate_and_keeps_its_mean() {
    let keys = "roi = \"10 %\"\nroi_law = \"point\"\nroi_basis = \"net\"\nvolatility = 0";
    let claim = asset("one", "tokenized-real-estate", 100.0, keys);
    let logs = |volatility: f64| -> Vec<f64> {
        let run = in_euros(24, &claim, volatility, "");
        run.column(WEALTH).iter().map(|wealth| (wealth / 121.0).ln()).collect()
    };
    let (as_it_is, off) = (logs(0.3), logs(0.315));
    let exact = 0.3 * 2.0_f64.sqrt();
    holds("spread", exact, deviation(&as_it_is), deviation(&off));
    holds("mean", -0.5 * exact * exact, mean(&as_it_is), mean(&off));
}

#[test]
fn a_business_in_another_currency_earns_at_the_rate_of_the_start_of_the_month() {
    let shop = asset(
        "shop",
        "digital-product-flywheel",
        1_200.0,
        "model = \"mechanism\"\nroi = \"10 %\"\nroi_law = \"point\"\nvolatility = 0\nproducts = 5\nreinvested = 0\n\
         closure = 0\nsaturation = 1_000_000",
    );
    let run = in_euros(1, &shop, 0.3, INFLATED);
    run.is_on_every_path(INCOME_TERMINAL, 10.0, 1e-12);
    let run = in_euros(2, &shop, 0.3, INFLATED);
    let second: Vec<f64> = run.column(INCOME_TERMINAL).iter().map(|mean| 2.0 * mean / 10.0 - 1.0).collect();
    let value = run.column(ASSET_VALUE.of_object(0)).iter();
    // of the second month's own move nothing is left in what it earns
    let own: Vec<f64> = value.zip(&second).map(|(value, second)| (value / 1_200.0 / second).ln()).collect();
    let logs: Vec<f64> = second.iter().map(|rate| rate.ln()).collect();
    let exact = 0.3 / 12.0_f64.sqrt();
    for logs in [&logs, &own] {
        let found = deviation(logs);
        assert!((found.value - exact).abs() < 4.0 * found.std_error);
        assert!((found.value - 1.05 * exact).abs() > 4.0 * found.std_error);
    }
    let products: Vec<f64> = logs.iter().zip(&own).map(|(a, b)| a * b).collect();
    let centred = mean(&products).value - mean(&logs).value * mean(&own).value;
    assert!(centred.abs() < 4.0 * mean(&products).std_error);
}
