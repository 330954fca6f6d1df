//! Checks of elementary functions and distribution functions against the C library and statrs.
//!
//! In: nothing. Out: checks. Not here: exact bits of the results, which tests of `math` check.
#![allow(clippy::disallowed_methods, reason = "the C library is what is compared with")]

use super::check::Check;
use super::tables::cdf;
use crate::math::elementary::{exp, expm1, ln, ln_1p, sin_cos_quarter};
use crate::math::{beta, binomial::Binomial, gamma, normal, student};
use statrs::distribution::{self as law, ContinuousCDF, DiscreteCDF};

/// Number of checks of mathematical functions.
pub(super) const COUNT: usize = 13;

const POINTS: i32 = 2_000;

/// Returns points from `from` to `to` in equal steps, without the ends.
fn grid(from: f64, to: f64) -> impl Iterator<Item = f64> {
    (1..POINTS).map(move |k| from + (to - from) * f64::from(k) / f64::from(POINTS))
}

/// Checks the largest relative distance between the functions `ours` and `theirs` on a grid of arguments.
fn compare(
    figure: &str,
    [from, to]: [f64; 2],
    tolerance: f64,
    ours: impl Fn(f64) -> f64,
    theirs: impl Fn(f64) -> f64,
) -> Check {
    let distances = grid(from, to).map(|x| {
        let exact = theirs(x);
        ((ours(x) - exact) / exact.abs().max(1e-300)).abs()
    });
    // a NaN distance must not vanish in the maximum
    let worst = distances.fold(0.0, |worst: f64, one| if one <= worst { worst } else { one });
    Check::exact("functions", figure, 0.0, worst, tolerance)
}

/// Compares every mathematical function with an independent implementation.
pub(super) fn check(take: &mut dyn FnMut(Check)) {
    take(compare("exponential", [-700.0, 700.0], 1e-15, exp, f64::exp));
    take(compare("exponential less 1", [-5.0, 5.0], 1e-15, expm1, f64::exp_m1));
    take(compare("logarithm", [0.0, 100.0], 1e-15, ln, f64::ln));
    take(compare("logarithm of 1 more", [-0.9, 5.0], 1e-15, ln_1p, f64::ln_1p));
    let quarter = std::f64::consts::FRAC_PI_2;
    let within = [-0.5, 0.5];
    take(compare("sine", within, 1e-15, |t| sin_cos_quarter(t).0, |t| (quarter * t).sin()));
    take(compare("cosine", within, 1e-15, |t| sin_cos_quarter(t).1, |t| (quarter * t).cos()));
    take(compare("normal distribution", [-8.0, 8.0], 1e-9, normal::cdf, cdf(law::Normal::new(0.0, 1.0))));
    let inverse = |p| law::Normal::standard().inverse_cdf(p);
    take(compare("normal quantile, lower half", [0.0, 0.5], 1e-12, normal::quantile, inverse));
    take(compare("normal quantile, upper half", [0.5, 1.0], 1e-12, normal::quantile, inverse));
    let ours = |x| gamma::cdf(2.5, x);
    take(compare("gamma distribution", [0.0, 20.0], 1e-9, ours, cdf(law::Gamma::new(2.5, 1.0))));
    let beta = beta::Beta::new(2.0, 3.5);
    let ours = |x| beta.map_or(f64::NAN, |law| law.probability_and_density(x).0);
    take(compare("beta distribution", [0.0, 1.0], 1e-9, ours, cdf(law::Beta::new(2.0, 3.5))));
    let ours = |events| Binomial::new(60, 0.3).at_most(events as u64);
    let binomial = law::Binomial::new(0.3, 60).ok();
    let theirs = |events| binomial.map_or(f64::NAN, |law| law.cdf(events as u64));
    take(compare("binomial distribution", [0.0, 40.0], 1e-9, ours, theirs));
    let score = student::NormalScore::new(4);
    let ours = |t| normal::cdf(score.eval(t));
    take(compare(
        "normal score of Student's t",
        [-9.0, -0.1],
        1e-7,
        ours,
        cdf(law::StudentsT::new(0.0, 1.0, 4.0)),
    ));
}
