//! Subscriptions of which a quantity is a range: what keeps its mean, and what follows the draw of a path.

use crate::common::{Ran, asset, close, head, scenario};
use crate::estimate::{holds, mean};
use crate::verification::subscription::{expected_in_all, in_all};
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL};

const VALUE: f64 = 100.0;
const FIRST: f64 = VALUE * 4.8 / 12.0;

/// A product with so many subscribers that chance is small, told by `lines` beside what all have.
fn product(months: u32, paths: u32, lines: &str) -> String {
    let keys = format!(
        "model = \"subscription\"\nroi = \"480 %\"\nroi_law = \"point\"\nvolatility = 0\nsubscribers = 1_000_000\n\
         gross_margin = 0.5\nrepricing = 0\nrepricing_size = 5\nrepricing_spread = 1\n\
         repricing_half_life = \"12 months\"\ncloses_after = \"2 months\"\n{lines}"
    );
    head(&format!("{months} months"), paths)
        + &asset("one", "micro-saas-fleet", VALUE, &keys)
        + "[owner]\ncash = 0\nsurplus = \"keep\"\n[economy]\ncash_rate = 0\ninflation = 0\n"
}

/// The mean of what `of` makes of a range, by the trapezoid over its normal: the middle of the scale is that of `ln x`.
fn mean_over([low, median, high]: [f64; 3], of: impl Fn(f64) -> f64) -> f64 {
    let step = 0.001;
    let at = |node: i32| {
        let z = step * f64::from(node);
        let end: f64 = if z < 0.0 { median / low } else { high / median };
        let x = median * (end.ln() * z / 1.644_853_627).exp();
        step * (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt() * of(x)
    };
    (-8_000..=8_000).map(at).sum()
}

#[test]
fn a_range_of_churn_keeps_the_mean_of_subscribers_over_the_run() {
    let all = |churn: [&str; 3]| {
        let [low, median, high] = churn;
        let keys = format!(
            "churn = [\"{low} %/month\", \"{median} %/month\", \"{high} %/month\"]\narrivals = \"40_000/month\"\n\
             arrivals_half_life = \"never\"\nacquisition_payback = \"0 months\""
        );
        mean(&in_all(&Ran::of(&product(60, 40_000, &keys))))
    };
    for [range, off] in
        [[["2", "5", "12"], ["2.1", "5.25", "12.6"]], [["4.5", "5", "30"], ["4.7", "5.25", "31"]]]
    {
        holds(&format!("{range:?}"), expected_in_all(), all(range), all(off));
    }
}

#[test]
fn a_share_of_newcomers_and_its_half_life_are_drawn_and_do_not_follow_the_churn() {
    let part = |share: &str, half_life: &str| {
        let keys = format!(
            "churn = \"10 %/month\"\nchurn_spread = 0\narrivals_share = {share}\narrivals_half_life = {half_life}\n\
             acquisition_payback = \"0 months\""
        );
        let run = Ran::of(&product(24, 40_000, &keys));
        mean(&run.column(ASSET_VALUE.of_object(0)).iter().map(|value| value / VALUE).collect::<Vec<_>>())
    };
    let left = 0.9_f64.powi(24);
    let fading = |half_life: f64| -> f64 {
        let of_month = |t: i32| 0.5_f64.powf(f64::from(t) / half_life) * 0.9_f64.powi(23 - t);
        (0..24).map(of_month).sum()
    };
    let of_half_life = mean_over([6.0, 12.0, 48.0], |half_life| left + 0.05 * fading(half_life));
    let [found, off] =
        ["[\"6 months\", \"12 months\", \"48 months\"]", "[\"7 months\", \"13 months\", \"48 months\"]"]
            .map(|half_life| part("\"5 %/month\"", half_life));
    holds("half-life", of_half_life, found, off);
    // even on the scale of log-odds, so the mean of the share is that of 1/(1 + odds)
    let odds = [0.02, 0.05, 0.12].map(|share: f64| share / (1.0 - share));
    let share = mean_over(odds, |odds| odds / (1.0 + odds));
    let of_ever = (1.0 - left) / 0.1;
    let [found, off] = ["2", "3"]
        .map(|low| part(&format!("[\"{low} %/month\", \"5 %/month\", \"12 %/month\"]"), "\"never\""));
    holds("share", left + share * of_ever, found, off);
}

#[test]
fn what_winning_subscribers_costs_is_that_of_the_path_and_what_they_pay_is_not() {
    let keys = |cost: &str| {
        format!(
            "churn = \"5 %/month\"\nchurn_spread = 0\narrivals = \"50_000/month\"\narrivals_half_life = \"never\"\n{cost}"
        )
    };
    let income = |cost: &str| mean(Ran::of(&product(1, 40_000, &keys(cost))).column(INCOME_TERMINAL));
    let payback =
        |high: u32| format!("acquisition_payback = [\"2 months\", \"6 months\", \"{high} months\"]");
    // 1/(1 − 0.3) comes in, and what is left of it after n months of a margin for each of 5 of 100
    let left = |months: f64| FIRST * (1.0 - 0.05 * months) / 0.7;
    let exact = mean_over([2.0, 6.0, 12.0], |months| left(months).max(0.0));
    holds("months", exact, income(&payback(12)), income(&payback(14)));
    // in money the same: six months of a margin are 6/(0.7·10⁶) of a month's income
    let of_month = FIRST / 0.7 / 1e6;
    let [low, median, high] = [2.0, 6.0, 12.0].map(|months| months * of_month);
    let in_money = format!("acquisition_cost = [{low:?}, {median:?}, {high:?}]");
    holds("money", exact, income(&in_money), income(&payback(14)));
    // at the medians it is what the file states
    let [ranged, point] = [&*payback(12), "acquisition_payback = \"6 months\""]
        .map(|cost| scenario(&product(12, 256, &keys(cost))).assets[0].kind.expected(12));
    for (one, other) in ranged.iter().zip(point) {
        close("expected", one.income, other.income, 1e-12);
    }
}
