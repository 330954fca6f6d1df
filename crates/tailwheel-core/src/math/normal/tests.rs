use super::*;
use statrs::distribution::{ContinuousCDF, Normal};
use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

/// (x, Φ(x)) of the standard normal law to twenty digits, computed with 50-digit arithmetic.
#[expect(clippy::excessive_precision, reason = "all digits of the source")]
const TO_TWENTY_DIGITS: [(f64, f64); 10] = [
    (-0.5, 0.30853753872598689636),
    (-1.0, 0.15865525393145705141),
    (-2.0, 0.0227501319481792072),
    (-5.0, 2.8665157187919391167e-7),
    (-8.25, 7.919726314642477341e-17),
    (-15.0, 3.6709661993127508858e-51),
    (-30.0, 4.9067139271481870595e-198),
    (-37.5, 4.6053530095819548438e-308),
    (1.25, 0.89435022633314474231),
    (3.0, 0.99865010196836990547),
];

#[test]
fn probabilities_match_values_of_high_precision() {
    for (x, p) in TO_TWENTY_DIGITS {
        assert!((cdf(x) / p - 1.0).abs() <= 2e-15, "{x}: {:e}", cdf(x) / p - 1.0);
    }
}

#[test]
fn probabilities_match_libm_over_both_tails() {
    // φ(x)/Φ(x): relative change of Φ per unit of x
    let slope = |x: f64| if x < 0.0 { 1.0 / mills_ratio(-x) } else { pdf(x) / cdf(x) };
    for i in 0..=1_000_000 {
        let x = -37.0 + 45.0e-6 * f64::from(i);
        let argument = -x * FRAC_1_SQRT_2;
        let rounding = (-x).mul_add(FRAC_1_SQRT_2, -argument) + x * ROUNDING_OF_INVERSE_ROOT_TWO;
        let change = -rounding * SQRT_2 * slope(x);
        let truth = 0.5 * libm::erfc(argument) * (1.0 + change);
        assert!((cdf(x) / truth - 1.0).abs() <= 3e-15, "{x}");
    }
}

/// Rounding error of the double `FRAC_1_SQRT_2`: its value minus 1/√2.
const ROUNDING_OF_INVERSE_ROOT_TWO: f64 = 4.833646656726457e-17;

#[test]
fn probabilities_and_quantiles_match_statrs() {
    let theirs = Normal::standard();
    for i in 1..100_000 {
        let p = f64::from(i) * 1e-5;
        assert!((quantile(p) - theirs.inverse_cdf(p)).abs() <= 1e-9, "{p}");
        let x = -6.0 + 12.0 * p;
        assert!((cdf(x) / theirs.cdf(x) - 1.0).abs() <= 1e-9, "{x}");
    }
}

#[test]
fn limits_of_probability_and_density() {
    assert_eq!(cdf(f64::NEG_INFINITY), 0.0);
    assert_eq!(cdf(f64::INFINITY), 1.0);
    assert!((cdf(0.0) - 0.5).abs() <= 2e-16);
    assert!(cdf(-38.4) > 0.0);
    assert_eq!(pdf(f64::INFINITY), 0.0);
    assert!(cdf(f64::NAN).is_nan() && pdf(f64::NAN).is_nan());
}

#[test]
fn quantiles_are_the_published_ones_and_reach_their_limits() {
    // AS 241 lists the first three for checking
    for (p, x) in [
        (0.25, -0.6744897501960817),
        (0.001, -3.090232306167814),
        (1e-20, -9.262340089798408),
        (0.975, 1.959963984540054),
        (1e-300, -37.0470962993612),
    ] {
        assert!((quantile(p) / x - 1.0).abs() <= 1e-15, "{p}: {}", quantile(p));
    }
    assert_eq!(quantile(0.0), f64::NEG_INFINITY);
    assert_eq!(quantile(1.0), f64::INFINITY);
    assert!(quantile(-0.1).is_nan() && quantile(1.1).is_nan() && quantile(f64::NAN).is_nan());
}

#[test]
fn quantile_and_probability_undo_each_other_far_into_the_tail() {
    for exponent in 1..=300 {
        let p: f64 = format!("1e-{exponent}").parse().unwrap();
        let back = cdf(quantile(p));
        // an error of one ULP in x is x² ULP in p
        let tolerance = 1e-15 * (3.0 + quantile(p) * quantile(p));
        assert!((back / p - 1.0).abs() <= tolerance, "{p}: {:e}", back / p - 1.0);
    }
}

#[test]
fn the_logarithm_of_the_tail_is_inverted_beyond_the_smallest_double() {
    for x in [0.01, 0.5, 1.0, 5.0, 30.0, 40.0, 100.0] {
        let back = from_ln_upper_tail(ln_upper_tail(x));
        assert!((back - x).abs() <= 1e-15 * (1.0 + x), "{x}: {back}");
    }
}
