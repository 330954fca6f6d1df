//! A mix that returns what it does, and an edge over it that is smaller than in past data and fades.

use crate::common::{Ran, asset, close, head, scenario};
use crate::estimate::{central_moment, holds, mean};
use crate::verification::is_replayed_and_conserved;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, STATE, WEALTH};

/// Opening value.
const VALUE: f64 = 100.0;

/// A portfolio that keeps what it earns.
fn portfolio(months: u32, paths: u32, keys: &str) -> String {
    let keys = format!("model = \"mechanism\"\nvolatility = 0\n{keys}");
    head(&format!("{months} months"), paths) + &asset("one", "ai-managed-portfolio", VALUE, &keys)
}

#[test]
fn a_known_promise_follows_its_closed_form_whatever_part_is_paid_out() {
    for (roi, share, half_life) in [(0.18, 0.0, 36.0), (0.02, 0.8, 6.0), (0.30, 1.0, 60.0)] {
        let keys = format!(
            "roi = {roi:?}\nroi_law = \"point\"\nincome_share = {share:?}\nedge_half_life = \"{half_life} months\""
        );
        let base = 0.06 - 0.0075;
        // what past data promise below the mix neither shrinks nor fades
        let left = |t: u32| if roi < base { 1.0 } else { 0.74 * 0.5_f64.powf(f64::from(t) / half_life) };
        let month = |t: u32| (base + left(t) * (roi - base)) / 12.0;
        for months in [1, 12, 120] {
            let grown: f64 = (0..months).map(|t| 1.0 + month(t)).product();
            Ran::of(&portfolio(months, 256, &keys)).is_on_every_path(WEALTH, VALUE * grown, 1e-11);
            let left = Ran::of(&(portfolio(months, 256, &keys) + "[owner]\nsurplus = \"keep\"\n"));
            let price: f64 = (0..months).map(|t| 1.0 + (1.0 - share) * month(t)).product();
            left.is_on_every_path(ASSET_VALUE.of_object(0), VALUE * price, 1e-11);
        }
        Ran::of(&portfolio(1, 256, &keys)).is_on_every_path(INCOME_TERMINAL, VALUE * share * month(0), 1e-11);
    }
}

#[test]
fn an_edge_that_is_kept_and_does_not_fade_returns_what_past_data_promise() {
    let of = |keys: &str| {
        let text = portfolio(24, 1, &format!("roi = 0.18\nroi_law = \"point\"\n{keys}"));
        scenario(&text).assets[0].kind.clone()
    };
    let whole = of("edge_kept = 1\nedge_half_life = \"1200 months\"");
    for month in &whole.expected(2) {
        assert!((12.0 * (month.growth + month.income - 1.0) - 0.18).abs() < 1e-3);
    }
    assert!(of("").noiseless(24) < whole.noiseless(24));
}

/// A mix of which all return stays in it, that falls in months 1, 2, … by what `falls` say.
fn falling(falls: &[f64], keys: &str) -> String {
    let keys = format!("roi = 0.16\nroi_law = \"point\"\nincome_share = 0\n{keys}");
    let shock = |(month, loss): (usize, &f64)| {
        format!("[[shock]]\nat = \"2027-{:02}\"\nmarket = \"one\"\nloss = {loss:?}\n", month + 1)
    };
    let shocks: String = falls.iter().enumerate().map(shock).collect();
    portfolio(falls.len() as u32, 256, &keys) + "[economy]\ncash_rate = \"3 %/year\"\n" + &shocks
}

#[test]
fn a_target_leaves_in_the_market_what_the_falls_of_the_months_before_allow() {
    let falls = [0.0, 0.12, 0.03, 0.2, 0.0, 0.0, 0.05, 0.0];
    let (target, half_life, cash) = (0.15_f64, 2.0, 1.03_f64.powf(1.0 / 12.0) - 1.0);
    let keys = format!("volatility_target = {target:?}\nvolatility_half_life = \"{half_life} months\"");
    let text = falling(&falls, &keys);
    let (fee, base) = (0.0075 / 12.0, (0.06 - 0.0075) / 12.0);
    let kept = 0.5_f64.powf(1.0 / half_life);
    let (mut value, mut variance, mut invested) = (VALUE, 0.0, 1.0);
    for (month, fall) in (0..).zip(falls) {
        let edge = 0.74 * (0.16 / 12.0 - base) * 0.5_f64.powf(f64::from(month) / 36.0);
        let returned = invested * (base + fee + edge) + (1.0 - invested) * cash - fee;
        value *= (1.0 + returned) * (1.0 - invested * fall);
        variance = kept * variance + (1.0 - kept) * 12.0 * fall * fall;
        invested = (target / variance.sqrt()).min(1.0);
    }
    let run = Ran::of(&text);
    run.is_on_every_path(ASSET_VALUE.of_object(0), value, 1e-12);
    let state = STATE.of_object(scenario(&text).state_number());
    run.is_on_every_path(state, invested, 1e-12);
    assert!(invested < 0.9, "{invested}");
}

#[test]
fn in_its_first_month_it_has_what_the_known_volatility_allows() {
    let of = |keys: &str| {
        let keys = format!("roi = 0\nroi_law = \"point\"\nmix_return = 0\nmanager_fee = 0\n{keys}");
        let text = portfolio(1, 4096, &keys).replace("volatility = 0\n", "volatility = 0.4\n");
        Ran::of(&(text + "[economy]\ncash_rate = 0\n"))
    };
    let whole = of("");
    // a target that nothing reaches changes nothing
    for (target, invested) in [("0.1", 0.25), ("\"400 %\"", 1.0)] {
        let part = of(&format!("volatility_target = {target}"));
        for (part, whole) in part.column(WEALTH).iter().zip(whole.column(WEALTH)) {
            close("wealth", *part, (1.0 - invested) * VALUE + invested * whole, 1e-12);
        }
    }
}

#[test]
fn what_lies_aside_is_no_part_of_forced_sales_and_all_money_is_there() {
    let keys = "roi = 0.16\nroi_law = \"point\"\nincome_share = 0.5\nvolatility_target = 0.1";
    let rest = "[crisis]\n[crash]\nmodels = { a = 0.7, b = 0.3 }\n[owner]\nsurplus = \"reinvest\"\n";
    let text = portfolio(36, 1024, keys).replace("volatility = 0\n", "volatility = 0.9\n") + rest;
    assert!(Ran::of(&text).column(WEALTH).iter().all(|wealth| *wealth > 0.0));
    is_replayed_and_conserved(&text);
}

/// Parts of a mix.
const PARTS: &str = "mix = { equity = 0.6, crypto = 0.3, collectibles = 0.1 }\n";
/// What they return a year, in this order; their volatilities and correlations.
const RETURNS: [f64; 3] = [0.09, 0.0, 0.0];
const VOLATILITIES: [f64; 3] = [0.165, 0.66, 1.2];
const CORRELATIONS: [[f64; 3]; 3] = [[1.0, 0.3, 0.15], [0.3, 1.0, 0.5], [0.15, 0.5, 1.0]];

const SHARES: [f64; 3] = [0.6, 0.3, 0.1];

/// Covariance of a month's factors of two parts.
fn covariance(i: usize, j: usize) -> f64 {
    (CORRELATIONS[i][j] * VOLATILITIES[i] * VOLATILITIES[j] / 12.0_f64).exp() - 1.0
}

/// Variance of a month's factor of parts put together anew, whose mean is 1.
fn variance_of_parts() -> f64 {
    let pairs = (0..9).map(|pair| (pair / 3, pair % 3));
    pairs.map(|(i, j)| SHARES[i] * SHARES[j] * covariance(i, j)).sum()
}

/// A mix of `parts` that promises nothing above what they return.
fn of_parts(months: u32, paths: u32, parts: &str) -> String {
    let keys = format!(
        "model = \"mechanism\"\nroi = \"100 %\"\nroi_law = \"point\"\nedge_kept = 0\nmanager_fee = 0\nincome_share = 0\n{parts}"
    );
    head(&format!("{months} months"), paths) + &asset("one", "ai-managed-portfolio", VALUE, &keys)
}

#[test]
fn a_mix_returns_and_swings_as_its_parts_put_together_anew_every_month() {
    let grown = |months: u32, parts: &str| -> Vec<f64> {
        let run = Ran::of(&of_parts(months, 400_000, parts));
        run.column(WEALTH).iter().map(|wealth| wealth / VALUE).collect()
    };
    let returned = 0.6 * RETURNS[0];
    let more = "mix = { equity = 0.58, crypto = 0.32, collectibles = 0.1 }\n";
    let month = 1.0 + returned / 12.0;
    let [found, other] = [PARTS, more].map(|parts| central_moment(&grown(1, parts), 2));
    holds("variance of a month", month * month * variance_of_parts(), found, other);
    // parts that are bought and sold so that each keeps its share: independent months
    let dearer = "mix = { equity = 0.7, crypto = 0.2, collectibles = 0.1 }\n";
    let [found, other] = [PARTS, dearer].map(|parts| mean(&grown(12, parts)));
    holds("mean of a year", month.powi(12), found, other);
}

#[test]
fn the_sum_of_the_parts_is_nearly_the_lognormal_it_is_taken_for() {
    // mean of a month's logarithm, to the third moment of the sum itself: E ln(1 + X) = −V/2 + E X³/3 − E X⁴/4
    let v = variance_of_parts();
    // E (Y_i − 1)(Y_j − 1)(Y_k − 1) of lognormal factors
    let joint = |[a, b, c]: [f64; 3]| (1.0 + a) * (1.0 + b) * (1.0 + c) - 1.0 - a - b - c;
    let triples = (0..27).map(|triple| (triple / 9, triple / 3 % 3, triple % 3));
    let third: f64 = triples
        .map(|(i, j, k)| {
            SHARES[i] * SHARES[j] * SHARES[k] * joint([covariance(i, j), covariance(i, k), covariance(j, k)])
        })
        .sum();
    let lognormal = 3.0 * v * v + v.powi(3);
    let in_ten_years = 120.0 * (third - lognormal) / 3.0;
    assert!(in_ten_years.abs() < 0.01, "{in_ten_years}");
}

#[test]
fn a_mix_of_one_part_is_that_part() {
    let one = "mix = { equity = 1 }\n";
    let told = "volatility = 0.165\nmix_return = 0.09\n";
    let [one, told] = [one, told].map(|keys| scenario(&of_parts(12, 1, keys)));
    close("volatility", one.assets[0].keys.volatility.get(), told.assets[0].keys.volatility.get(), 1e-14);
    assert_eq!(one.assets[0].kind.noiseless(12), told.assets[0].kind.noiseless(12));
    // what follows from the parts is what a canonical document says
    let document = one.canonical_document();
    assert!(!document.contains("mix ="), "{document}");
    assert_eq!(scenario(&document).canonical_document(), document);
}

#[test]
fn community_tokens_are_a_part_like_the_others_and_none_of_them_changes_no_bit() {
    let told = |keys: &str| {
        let asset = scenario(&of_parts(12, 1, keys)).assets[0].clone();
        (asset.keys.volatility.get(), asset.kind.noiseless(12))
    };
    let none = PARTS.replace(" }", ", community_tokens = 0 }");
    assert_eq!(told(&none), told(PARTS));
    let (volatility, grown) = told("mix = { crypto = 0.75, community_tokens = 0.25 }");
    let part = |share: f64, swing: f64| share * share * ((swing * swing / 12.0).exp() - 1.0);
    let together = 2.0 * 0.75 * 0.25 * ((0.55 * 0.66 * 1.5_f64 / 12.0).exp() - 1.0);
    let variance = part(0.75, 0.66) + part(0.25, 1.5) + together;
    close("volatility", volatility, (12.0 * variance.ln_1p()).sqrt(), 1e-14);
    let returned = 0.25 * -0.375;
    close("a year", grown, (1.0_f64 + returned / 12.0).powi(12), 1e-14);
}
