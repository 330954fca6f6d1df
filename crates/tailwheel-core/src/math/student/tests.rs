use super::*;
use crate::math::normal;

/// Distribution function F_ν(t) of Student's t; the upper tail is F_ν(−t). `dof` is ν ≥ 1.
fn cdf(t: f64, dof: u32) -> f64 {
    let degrees = f64::from(dof);
    let radius = t.mul_add(t, degrees).sqrt();
    let x = degrees / (radius * radius);
    let y = 0.5 * x / (1.0 + t.abs() / radius);
    let power = libm::pow(0.5 * degrees.sqrt() / radius, degrees);
    let tail = normaliser(dof) * power * series(dof, y);
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// (t, ν, F_ν(t)) for Student's t to twenty digits, from the incomplete beta function in 50-digit arithmetic.
#[expect(clippy::excessive_precision, reason = "all digits of the source")]
const TO_TWENTY_DIGITS: [(f64, u32, f64); 12] = [
    (-1.0, 3, 0.19550110947788532096),
    (-1.0e12, 3, 1.102657790843584099e-36),
    (-2.5, 4, 0.033383272405994072519),
    (-0.1, 5, 0.46211507057733018723),
    (-12.0, 7, 3.1791551890925501353e-6),
    (-3.0, 10, 0.0066718275112847886034),
    (-50.0, 15, 2.1058473123089528797e-18),
    (-4.0, 29, 0.00020003197282624570978),
    (-8.0, 30, 3.1329112378503794717e-9),
    (-1000.0, 30, 1.0360017415558665384e-69),
    (2.0, 3, 0.93033701572057841158),
    (0.5, 30, 0.68963849755743635702),
];

#[test]
fn probabilities_match_values_of_high_precision() {
    for (t, dof, p) in TO_TWENTY_DIGITS {
        let error = cdf(t, dof) / p - 1.0;
        assert!(error.abs() <= 1e-14, "{t} {dof}: {error:e}");
    }
}

#[test]
fn the_tail_with_four_degrees_is_its_closed_form() {
    for i in 1..100_000 {
        let t = f64::from(i) * 1e-3;
        let r = (4.0 + t * t).sqrt();
        let d = 4.0 / (r * (r + t));
        let tail = d * d * (3.0 - d) / 4.0;
        assert!((cdf(-t, 4) / tail - 1.0).abs() <= 1e-14, "{t}");
    }
}

/// Returns `n + 1` values of t from 1e-9 to 1e12, evenly spaced in the logarithm.
fn magnitudes(n: u32) -> impl Iterator<Item = f64> {
    (0..=n).map(move |i| exp(ln(1e-9) + (ln(1e12) - ln(1e-9)) * f64::from(i) / f64::from(n)))
}

/// Normal score of Student's t without approximation. Close to 0, where the logarithm of a tail near ½ says
/// little, its series: h = ct + c(c² − 1 − 1/ν)t³/6 with c the ratio of t to normal density at 0.
fn exact(t: f64, dof: u32) -> f64 {
    let degrees = f64::from(dof);
    if t < 1e-3 {
        let density = libm::tgamma(0.5 * degrees + 0.5)
            / libm::tgamma(0.5 * degrees)
            / (std::f64::consts::PI * degrees).sqrt();
        let slope = density / normal::pdf(0.0);
        let cubic = slope * (slope * slope - 1.0 - 1.0 / degrees) / 6.0;
        return t * (slope + cubic * t * t);
    }
    let v = super::super::elementary::ln_1p(t * t / degrees);
    normal::from_ln_upper_tail(ln_tail(v, dof))
}

#[test]
fn the_normal_score_is_exact_to_eleven_digits_and_more() {
    for dof in 3..=30 {
        let score = NormalScore::new(dof);
        for t in magnitudes(5_000) {
            let error = score.eval(t) - exact(t, dof);
            assert!(error.abs() <= 4e-12, "{t:e} {dof}: {error:e}");
            assert!(error.abs() <= 1e-9 * t, "{t:e} {dof}: {error:e}");
        }
    }
    // power: a neighbouring number of degrees of freedom is told apart
    assert!((NormalScore::new(4).eval(3.0) - exact(3.0, 5)).abs() > 0.05);
}

#[test]
fn the_exact_score_has_the_probability_of_t() {
    for dof in 3..=30 {
        for t in magnitudes(1_000).filter(|t| (1e-3..1e3).contains(t)) {
            let (left, right) = (normal::cdf(-exact(t, dof)), cdf(-t, dof));
            assert!((left / right - 1.0).abs() <= 1e-12, "{t} {dof}");
        }
    }
}

#[test]
fn the_normal_score_is_odd_and_monotone() {
    for dof in [3, 4, 7, 12, 30] {
        let score = NormalScore::new(dof);
        let mut last = 0.0;
        for t in magnitudes(300_000) {
            let h = score.eval(t);
            assert!(h > last, "{t:e} {dof}");
            assert_eq!(score.eval(-t), -h);
            last = h;
        }
        assert_eq!(score.eval(0.0), 0.0);
    }
}

#[test]
fn the_normal_score_of_what_is_no_number_is_no_number() {
    let score = NormalScore::new(5);
    assert!([f64::NAN, f64::INFINITY, f64::NEG_INFINITY].iter().all(|t| score.eval(*t).is_nan()));
    let plateau = score.eval(1e14);
    assert!(score.eval(1e150) == plateau && plateau > score.eval(1e12));
}
