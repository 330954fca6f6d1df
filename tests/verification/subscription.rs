//! Subscriptions: who comes and leaves, what it is worth, what a provider can do to it.

use crate::common::{Ran, asset, close, head, scenario};
use crate::estimate::{Found, by_batches, central_moment, holds, mean, share};
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

/// Opening value of the one asset of these tests: its value is then the number of its subscribers.
const VALUE: f64 = 100.0;
const START_YIELD: f64 = 0.24;

/// Months of a product of 100 subscribers whose income is paid out.
#[derive(Clone, Copy)]
struct Product {
    months: u32,
    paths: u32,
    subscribers: u32,
    churn: f64,
    spread: f64,
    arrivals: f64,
    repricing: f64,
    size: f64,
    size_spread: f64,
    margin: f64,
}

/// The product of B15, certain of its churn, with a provider who never moves.
const PRODUCT: Product = Product {
    months: 24,
    paths: 200_000,
    subscribers: 100,
    churn: 0.05,
    spread: 0.0,
    arrivals: 12.0,
    repricing: 0.0,
    size: 5.0,
    size_spread: 1.0,
    margin: 0.5,
};

impl Product {
    fn text(&self, value: f64) -> String {
        let keys = format!(
            "model = \"subscription\"\nroi = {START_YIELD}\nroi_law = \"point\"\nvolatility = 0\n\
             subscribers = {}\nchurn = \"{} %/month\"\nchurn_spread = {:?}\narrivals = \"{}/month\"\n\
             gross_margin = {:?}\nrepricing = \"{}/year\"\nrepricing_size = {:?}\n\
             repricing_spread = {:?}\nrepricing_half_life = \"1200 months\"\ncloses_after = \"2 months\"",
            self.subscribers,
            100.0 * self.churn,
            self.spread,
            self.arrivals,
            self.margin,
            self.repricing,
            self.size,
            self.size_spread,
        );
        head(&format!("{} months", self.months), self.paths)
            + &asset("one", "micro-saas-fleet", value, &keys)
            + "[owner]\ncash = 0\nsurplus = \"keep\"\n[economy]\ncash_rate = 0\ninflation.fixed = 0\n"
    }

    fn ran(&self) -> Ran {
        Ran::of(&self.text(VALUE))
    }

    /// Subscribers at the end.
    fn counts(&self) -> Vec<f64> {
        let scale = f64::from(self.subscribers) / VALUE;
        let values = self.ran();
        let values = values.column(ASSET_VALUE.of_object(0)).iter();
        values.map(|value| value * scale).collect()
    }
}

fn variance(sample: &[f64]) -> Found {
    by_batches(sample, |part| central_moment(part, 2).value)
}

#[test]
fn b15_subscribers_have_the_law_of_thinned_starts_and_arrivals() {
    let left = 0.95_f64.powi(24);
    let exact_mean = 100.0 * left + 12.0 * (1.0 - left) / 0.05;
    let exact_variance = 100.0 * left * (1.0 - left) + 12.0 * (1.0 - left) / 0.05;
    close("B15a", exact_mean, 199.121_54, 1e-7);
    close("B15b", exact_variance, 190.595_78, 1e-7);
    let found = PRODUCT.counts();
    assert!(
        found
            .iter()
            .all(|count| (count - count.round()).abs() < 1e-9)
    );
    let faster = Product {
        churn: 0.0525,
        ..PRODUCT
    };
    let more = Product {
        arrivals: 12.6,
        ..PRODUCT
    };
    for off in [faster.counts(), more.counts()] {
        holds("B15a", exact_mean, mean(&found), mean(&off));
        holds("B15b", exact_variance, variance(&found), variance(&off));
    }
}

#[test]
fn b15_in_the_long_run_the_count_is_poisson_and_a_subscriber_pays_for_one_over_churn_months() {
    let product = |churn, arrivals| Product {
        months: 180,
        churn,
        arrivals,
        ..PRODUCT
    };
    let found = product(0.05, 12.0).counts();
    let off = product(0.0525, 12.0).counts();
    holds("B15c, mean", 240.0, mean(&found), mean(&off));
    holds("B15c, variance", 240.0, variance(&found), variance(&off));
    // B15d: without arrivals all that is ever earned is income of one month over churn
    let paid = |churn| {
        let product = Product {
            months: 600,
            paths: 20_000,
            ..product(churn, 0.0)
        };
        let ran = product.ran();
        ran.column(WEALTH).to_vec()
    };
    let exact = VALUE * START_YIELD / 12.0 / 0.05;
    holds("B15d", exact, mean(&paid(0.05)), mean(&paid(0.0525)));
}

#[test]
fn without_a_word_on_arrivals_as_many_come_as_leave_and_growth_multiplies_them() {
    let still = Product {
        paths: 40_000,
        ..PRODUCT
    };
    let text = still.text(VALUE);
    let counts = |text: &str| Ran::of(text).column(ASSET_VALUE.of_object(0)).to_vec();
    let default = counts(&text.replace("arrivals = \"12/month\"\n", ""));
    holds(
        "standing still",
        100.0,
        mean(&default),
        mean(&counts(&text.replace("12/month", "5.25/month"))),
    );
    let growing = |rate: &str| {
        counts(&text.replace(
            "gross_margin",
            &format!("arrivals_growth = \"{rate} %\"\ngross_margin"),
        ))
    };
    let come = (0..24).map(|t| 12.0 * 1.5_f64.powf(f64::from(t) / 12.0) * 0.95_f64.powi(23 - t));
    let exact = 100.0 * 0.95_f64.powi(24) + come.sum::<f64>();
    holds(
        "growth of arrivals",
        exact,
        mean(&growing("50")),
        mean(&growing("52.5")),
    );
}

#[test]
fn churn_that_differs_between_products_is_drawn_once_a_path_and_keeps_its_middle() {
    let product = |spread, churn| Product {
        months: 12,
        subscribers: 1_000_000,
        arrivals: 0.0,
        spread,
        churn,
        ..PRODUCT
    };
    // with so many subscribers what is left after a year tells the churn of the path
    let churn = |spread, churn| -> Vec<f64> {
        let counts = product(spread, churn).counts();
        let of_path = |count: &f64| (1.0 - (count / 1e6).powf(1.0 / 12.0)).ln();
        counts.iter().map(of_path).collect()
    };
    let found = churn(0.5, 0.05);
    holds(
        "middle",
        0.05_f64.ln(),
        mean(&found),
        mean(&churn(0.5, 0.0525)),
    );
    holds(
        "spread",
        0.25,
        variance(&found),
        variance(&churn(0.525, 0.05)),
    );
}

#[test]
fn a_provider_reprices_as_often_and_as_far_as_he_is_said_to() {
    let product = |repricing, size, margin| Product {
        months: 6,
        churn: 0.0,
        arrivals: 0.0,
        repricing,
        size,
        size_spread: 0.0,
        margin,
        ..PRODUCT
    };
    // at a margin of a half a price that doubles takes all of the profit
    let stays = |rate| share(&product(rate, 2.0, 0.5).counts(), |count| count > 99.9);
    holds("how often", (-0.4_f64 * 0.5).exp(), stays(0.4), stays(0.42));
    // and one that rises by half takes half of it
    let left: Vec<f64> = product(0.4, 1.5, 0.5).counts();
    let once = left
        .iter()
        .filter(|count| (**count - 50.0).abs() < 0.2)
        .count();
    assert!((25_000..40_000).contains(&once), "{once}");
}

#[test]
fn a_product_that_loses_takes_from_its_owner_and_is_closed_when_he_has_had_enough() {
    let product = |months| Product {
        months,
        paths: 20_000,
        churn: 0.0,
        arrivals: 0.0,
        repricing: 0.05,
        size: 5.0,
        size_spread: 0.0,
        ..PRODUCT
    };
    // five times as dear at a margin of a half: (1 - 0.5*5)/0.5 = -3 months of income a month, for two months
    let ran = product(36).ran();
    let values = ran.column(ASSET_VALUE.of_object(0));
    let income = ran.column(INCOME_TERMINAL);
    let closed: Vec<usize> = (0..values.len())
        .filter(|path| values[*path] == 0.0)
        .collect();
    assert!((1_500..3_500).contains(&closed.len()), "{}", closed.len());
    let over = closed.iter().filter(|path| income[**path] == 0.0).count();
    assert!(over > closed.len() / 2, "{over} of {}", closed.len());
    let earned = |path: usize| ran.column(WEALTH)[path] / (VALUE * START_YIELD / 12.0);
    for path in closed.iter().filter(|path| income[**path] == 0.0) {
        // whole months of income, less two months at three times of it, minus what the fading price spares him
        let months = earned(*path) + 6.0;
        assert!((months - months.round()).abs() < 0.02, "{months}");
    }
}

#[test]
fn money_scales_and_months_do_not_hang_on_the_horizon() {
    let product = Product {
        paths: 2_000,
        repricing: 0.3,
        spread: 0.5,
        ..PRODUCT
    };
    let wealth = |text: &str| Ran::of(text).column(WEALTH).to_vec();
    let ten = wealth(&product.text(10.0 * VALUE));
    for (ten, one) in ten.iter().zip(wealth(&product.text(VALUE))) {
        close("ten times the value", *ten, 10.0 * one, 1e-12);
    }
    crate::is_replayed_and_conserved(&product.text(VALUE));
    let kind = &scenario(&product.text(VALUE)).assets[0].kind;
    assert_eq!(kind.expected(12)[..], kind.expected(24)[..12]);
}

#[test]
fn the_first_month_earns_a_twelfth_of_the_yield_whatever_churns() {
    let product = Product {
        months: 1,
        paths: 512,
        repricing: 4.0,
        spread: 1.0,
        ..PRODUCT
    };
    let ran = product.ran();
    ran.is_on_every_path(INCOME_TERMINAL, VALUE * START_YIELD / 12.0, 1e-12);
}
