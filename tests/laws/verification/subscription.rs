//! Subscriptions: who comes and leaves, what it is worth, what a provider can do to it.

use crate::common::{Ran, asset, close, head, scenario};
use crate::estimate::{Found, by_batches, central_moment, holds, mean, share};
use crate::verification::{KEEPER, in_the_mean};
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

/// Opening value of the one asset of these tests: its value is then the number of its subscribers.
const VALUE: f64 = 100.0;
/// What it pays in the first month: so much that no buyer pays less than the multiple of the start.
const FIRST: f64 = VALUE * 4.8 / 12.0;

/// Months of a product of 100 subscribers whose income is paid out.
#[derive(Clone, Copy)]
struct Product {
    months: u32,
    paths: u32,
    subscribers: u32,
    churn: f64,
    spread: f64,
    arrivals: f64,
    /// Months after which half as many come; infinite, as many for ever.
    half_life: f64,
    /// Months of a subscriber's margin that winning him costs.
    payback: f64,
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
    half_life: f64::INFINITY,
    payback: 0.0,
    repricing: 0.0,
    size: 5.0,
    size_spread: 1.0,
    margin: 0.5,
};

impl Product {
    fn text(&self, value: f64) -> String {
        let Self {
            months,
            paths,
            subscribers,
            spread,
            arrivals,
            payback,
            repricing,
            size,
            size_spread,
            margin,
            ..
        } = self;
        let half_life = match self.half_life.is_finite() {
            true => format!("{} months", self.half_life),
            false => "never".to_owned(),
        };
        let keys = format!(
            "model = \"subscription\"\narrivals_half_life = \"{half_life}\"\nacquisition_payback = \"{payback} months\"\nroi = \"480 %\"\nroi_law = \"point\"\nvolatility = 0\n\
             subscribers = {subscribers}\nchurn = \"{} %/month\"\nchurn_spread = {spread:?}\narrivals = \"{arrivals}/month\"\n\
             gross_margin = {margin:?}\nrepricing = \"{repricing}/year\"\nrepricing_size = {size:?}\n\
             repricing_spread = {size_spread:?}\nrepricing_half_life = \"1200 months\"\ncloses_after = \"2 months\"",
            100.0 * self.churn,
        );
        head(&format!("{months} months"), *paths) + &asset("one", "micro-saas-fleet", value, &keys) + KEEPER
    }

    fn ran(&self) -> Ran {
        Ran::of(&self.text(VALUE))
    }

    /// Subscribers at the end.
    fn counts(&self) -> Vec<f64> {
        let scale = f64::from(self.subscribers) / VALUE;
        self.ran().column(ASSET_VALUE.of_object(0)).iter().map(|value| value * scale).collect()
    }
}

/// Subscribers of all months on each path, in those of the start: all that is paid tells those of all months but the last one,
/// and the value those of that.
pub fn in_all(ran: &Ran) -> Vec<f64> {
    let values = ran.column(ASSET_VALUE.of_object(0)).iter();
    let of_path = |(wealth, value): (&f64, &f64)| (wealth - value) / FIRST - 1.0 + value / VALUE;
    ran.column(WEALTH).iter().zip(values).map(of_path).collect()
}

/// The mean of that in five years if 5 % of them leave in a month and as many as 4 % of those of the start come.
pub fn expected_in_all() -> f64 {
    let months = std::iter::successors(Some(0.99), |subscribers| Some(subscribers * 0.95 + 0.04));
    months.take(60).sum()
}

fn variance(sample: &[f64]) -> Found {
    by_batches(sample, |part| central_moment(part, 2).value)
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn b15_subscribers_have_the_law_of_thinned_starts_and_arrivals() {
    let left = 0.95_f64.powi(24);
    let exact_mean = 100.0 * left + 12.0 * (1.0 - left) / 0.05;
    let exact_variance = 100.0 * left * (1.0 - left) + 12.0 * (1.0 - left) / 0.05;
    close("B15a", exact_mean, 199.121_54, 1e-7);
    close("B15b", exact_variance, 190.595_78, 1e-7);
    let found = PRODUCT.counts();
    assert!(found.iter().all(|count| (count - count.round()).abs() < 1e-9));
    let faster = Product { churn: 0.0525, ..PRODUCT };
    let more = Product { arrivals: 12.6, ..PRODUCT };
    for off in [faster.counts(), more.counts()] {
        holds("B15a", exact_mean, mean(&found), mean(&off));
        holds("B15b", exact_variance, variance(&found), variance(&off));
    }
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn b15_in_the_long_run_the_count_is_poisson_and_a_subscriber_pays_for_one_over_churn_months() {
    let product = |churn, arrivals| Product { months: 180, churn, arrivals, ..PRODUCT };
    let found = product(0.05, 12.0).counts();
    let off = product(0.0525, 12.0).counts();
    holds("B15c, mean", 240.0, mean(&found), mean(&off));
    holds("B15c, variance", 240.0, variance(&found), variance(&off));
    // B15d: without arrivals all that is ever earned is income of one month over churn
    let paid = |churn| {
        let product = Product { months: 600, paths: 20_000, ..product(churn, 0.0) };
        product.ran().column(WEALTH).to_vec()
    };
    holds("B15d", FIRST / 0.05, mean(&paid(0.05)), mean(&paid(0.0525)));
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn a_share_of_the_subscribers_of_the_start_comes_whatever_leaves_and_half_as_many_after_the_half_life() {
    let still = Product { paths: 40_000, churn: 0.1, ..PRODUCT };
    let counts = |text: &str| Ran::of(text).column(ASSET_VALUE.of_object(0)).to_vec();
    let share = |churn| {
        let text = Product { churn, ..still }.text(VALUE);
        mean(&counts(&text.replace("arrivals = \"12/month\"\n", "arrivals_share = \"5 %/month\"\n")))
    };
    let left = 0.9_f64.powi(24);
    holds("of the start", 100.0 * left + 5.0 * (1.0 - left) / 0.1, share(0.1), share(0.105));
    let fading = |half_life| counts(&Product { half_life, ..still }.text(VALUE));
    let come = (0..24).map(|t| 12.0 * 0.5_f64.powf(f64::from(t) / 12.0) * 0.9_f64.powi(23 - t));
    let exact = 100.0 * left + come.sum::<f64>();
    holds("fading arrivals", exact, mean(&fading(12.0)), mean(&fading(11.4)));
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn churn_that_differs_between_products_is_drawn_once_a_path_and_keeps_the_mean_of_subscribers() {
    let many = Product { subscribers: 1_000_000, ..PRODUCT };
    let product = |spread, churn, arrivals, months| Product { months, arrivals, spread, churn, ..many };
    // with so many subscribers what is left after a year tells the churn of the path
    let churn = |spread| -> Vec<f64> {
        let counts = product(spread, 0.05, 0.0, 12).counts();
        let of_path = |count: &f64| (1.0 - (count / 1e6).powf(1.0 / 12.0)).ln();
        counts.iter().map(of_path).collect()
    };
    holds("spread", 0.25, variance(&churn(0.5)), variance(&churn(0.525)));
    let all =
        |spread, churn| in_all(&Product { paths: 40_000, ..product(spread, churn, 40_000.0, 60) }.ran());
    for spread in [0.5, 1.0] {
        let (found, off) = (all(spread, 0.05), all(spread, 0.0525));
        holds("subscribers in all", expected_in_all(), mean(&found), mean(&off));
    }
}

#[test]
fn winning_subscribers_costs_what_it_is_said_to_and_the_first_month_pays_for_it() {
    let product = |payback| Product { payback, half_life: 12.0, paths: 40_000, ..PRODUCT };
    let total = |payback: f64| mean(product(payback).ran().column(WEALTH));
    // a margin of a whole month is 1/(1 - 0.36) of its income where three months of 12 of 100 are spent
    let share = 3.0 * 12.0 / 100.0;
    let fade = |t: i32| 0.5_f64.powf(f64::from(t) / 12.0);
    let net = |part: f64, t: i32| (part - share * fade(t)) / (1.0 - share);
    let (mut part, mut paid) = (1.0, 0.0);
    for t in 0..24 {
        paid += FIRST * net(part, t);
        part = part * 0.95 + 0.12 * fade(t);
    }
    let exact = paid + VALUE * net(part, 24);
    holds("two years", exact, total(3.0), total(3.3));
    let (value, income) = in_the_mean(&product(3.0).text(VALUE), 24);
    close("in the mean", VALUE * (value + income), exact, 1e-9);
    // in money the same: 24/(0.64·100) of a year's income a month, three months of it
    let money = 3.0 * FIRST / 0.64 / 100.0;
    let text = product(3.0).text(VALUE);
    let in_money =
        text.replace("acquisition_payback = \"3 months\"", &format!("acquisition_cost = {money:?}"));
    assert_ne!(text, in_money);
    let [one, other] = [text, in_money].map(|text| Ran::of(&text).column(WEALTH).to_vec());
    for (one, other) in one.iter().zip(other) {
        close("in money", other, *one, 1e-9);
    }
}

#[test]
fn more_churn_makes_poorer_whether_arrivals_are_written_or_not() {
    let ran = |churn, arrivals: &str| {
        let fades = Product { spread: 0.5, half_life: 36.0, payback: 6.0, ..PRODUCT };
        let product = Product { months: 60, paths: 4_000, churn, ..fades };
        let text = product.text(10_000.0).replace("arrivals = \"12/month\"\n", arrivals);
        let ran = Ran::of(&text.replace("cash = 0\n", "cash = 0\nspending = \"150/month\"\n"));
        [ran.measure("wealth.terminal.p50"), ran.measure("ruin.probability")]
    };
    for arrivals in ["", "arrivals = \"4.5/month\"\n"] {
        let found = [0.03, 0.05, 0.1].map(|churn| ran(churn, arrivals));
        for pair in found.windows(2) {
            assert!(pair[1][0] < pair[0][0], "{arrivals}: {found:?}");
            assert!(pair[1][1] > pair[0][1], "{arrivals}: {found:?}");
        }
    }
}

#[test]
fn a_provider_who_asks_for_more_takes_a_part_of_the_revenue() {
    let product = |margin| Product { months: 1, paths: 256, margin, ..PRODUCT };
    for margin in [0.5, 0.8, 1.0] {
        let event = |kind: &str, of: &str| {
            let event = format!(
                "[[event]]\nname = \"dearer\"\nkind = \"{kind}\"\n{of}\nat = \"2027-01\"\nseverity = \"10 %\"\n"
            );
            let shared = "name = \"one\"\nplatform = \"p\"\nprovider = \"m\"";
            Ran::of(&(product(margin).text(VALUE).replace("name = \"one\"", shared) + &event))
        };
        let asked = event("provider-repricing", "provider = \"m\"");
        asked.is_on_every_path(INCOME_TERMINAL, FIRST * (1.0 - 0.1 / margin), 1e-9);
        // what is not sold costs nothing either
        event("algorithm-update", "platform = \"p\"").is_on_every_path(INCOME_TERMINAL, 0.9 * FIRST, 1e-9);
    }
}

#[test]
fn arrivals_for_ever_and_subscribers_who_never_pay_back_are_doubted() {
    let doubted = |product: &Product| {
        scenario(&product.text(VALUE)).implausible.into_iter().map(|one| one.key).collect::<Vec<_>>()
    };
    let usual = Product { half_life: 36.0, payback: 6.0, arrivals: 5.0, ..PRODUCT };
    assert!(doubted(&usual).is_empty());
    let for_ever = Product { half_life: f64::INFINITY, ..usual };
    assert_eq!(doubted(&for_ever), ["asset.one.arrivals_half_life"]);
    // at 20 % a month a subscriber stays for five months
    let brief = Product { churn: 0.2, ..usual };
    assert_eq!(doubted(&brief), ["asset.one.acquisition_payback"]);
    // 16 months of 5 of 100 are four fifths of the margin, and 20 months of it are brought
    let dear = Product { payback: 16.0, ..usual };
    assert_eq!(doubted(&dear), ["asset.one.acquisition_payback"]);
    assert!(doubted(&Product { payback: 14.0, ..usual }).is_empty());
    let nobody = Product { arrivals: 0.0, churn: 0.2, half_life: f64::INFINITY, ..usual };
    assert!(doubted(&nobody).is_empty());
}

#[test]
fn a_provider_reprices_as_often_and_as_far_as_he_is_said_to() {
    let still = Product { churn: 0.0, arrivals: 0.0, size_spread: 0.0, ..PRODUCT };
    let product = |repricing, size, margin| Product { months: 6, repricing, size, margin, ..still };
    // at a margin of a half a price that doubles takes all of the profit
    let stays = |rate| share(&product(rate, 2.0, 0.5).counts(), |count| count > 99.9);
    holds("how often", (-0.4_f64 * 0.5).exp(), stays(0.4), stays(0.42));
    // and one that rises by half takes half of it
    let left: Vec<f64> = product(0.4, 1.5, 0.5).counts();
    let once = left.iter().filter(|count| (**count - 50.0).abs() < 0.2).count();
    assert!((25_000..40_000).contains(&once), "{once}");
}

#[test]
fn a_product_that_loses_takes_from_its_owner_and_is_closed_when_he_has_had_enough() {
    let still = Product { churn: 0.0, arrivals: 0.0, size_spread: 0.0, ..PRODUCT };
    // five times as dear at a margin of a half is more than twice what comes in: (1 - 2)/0.5 = -2 months of income a month, for two months
    let ran = Product { months: 36, paths: 20_000, repricing: 0.05, size: 5.0, ..still }.ran();
    let values = ran.column(ASSET_VALUE.of_object(0));
    let income = ran.column(INCOME_TERMINAL);
    let closed: Vec<usize> = (0..values.len()).filter(|path| values[*path] == 0.0).collect();
    assert!((1_500..3_500).contains(&closed.len()), "{}", closed.len());
    let over: Vec<usize> = closed.iter().copied().filter(|path| income[*path] == 0.0).collect();
    assert!(over.len() > closed.len() / 2, "{} of {}", over.len(), closed.len());
    for path in over {
        // whole months of income, less two months at twice of it
        let months = ran.column(WEALTH)[path] / FIRST + 4.0;
        assert!((months - months.round()).abs() < 0.02, "{months}");
    }
}

#[test]
fn the_first_month_earns_a_twelfth_of_the_yield_whatever_churns() {
    let product = Product { months: 1, paths: 512, repricing: 4.0, spread: 1.0, ..PRODUCT };
    product.ran().is_on_every_path(INCOME_TERMINAL, FIRST, 1e-12);
}
