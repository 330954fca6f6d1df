use super::*;

const POINTS: u32 = 1_000_000;

/// Distance of a result from a truth given as an unevaluated sum, in units of the last place.
fn ulps(result: f64, (upper, lower): (f64, f64)) -> f64 {
    if result == upper && lower == 0.0 {
        return 0.0;
    }
    let unit = f64::from_bits(upper.abs().to_bits() + 1) - upper.abs();
    ((result - upper) - lower).abs() / unit
}

/// Largest error of `ours` against `truth`, in units of the last place, at evenly spaced points of an interval.
fn worst((low, high): (f64, f64), ours: impl Fn(f64) -> f64, truth: impl Fn(f64) -> (f64, f64)) -> f64 {
    let step = (high - low) / f64::from(POINTS);
    (0..=POINTS).map(|i| low + step * f64::from(i)).map(|x| ulps(ours(x), truth(x))).fold(0.0, f64::max)
}

/// Takes a function of the crate `libm`, itself at most one unit wrong, as the truth: its value, plus 0.
fn rounded(function: impl Fn(f64) -> f64) -> impl Fn(f64) -> (f64, f64) {
    move |x| (function(x), 0.0)
}

/// Returns x ↦ function(eˣ), so that evenly spaced x test it at logarithmically spaced points.
fn of_exp(function: impl Fn(f64) -> f64) -> impl Fn(f64) -> f64 {
    move |x| function(libm::exp(x))
}

/// Returns π/2·t as an unevaluated sum of two doubles.
fn quarter_turns(t: f64) -> (f64, f64) {
    let upper = std::f64::consts::FRAC_PI_2 * t;
    let rounding = std::f64::consts::FRAC_PI_2.mul_add(t, -upper);
    (upper, 6.123233995736766e-17f64.mul_add(t, rounding))
}

#[test]
fn exp_is_within_one_unit_of_libm() {
    for range in [(-708.0, 709.7), (-1.0, 1.0), (-1e-8, 1e-8), (-746.0, -708.0)] {
        assert!(worst(range, exp, rounded(libm::exp)) <= 1.0, "{range:?}");
    }
}

#[test]
fn exp_for_moderate_arguments_has_the_bits_of_exp() {
    for i in -POINTS.cast_signed()..=POINTS.cast_signed() {
        let x = f64::from(i) * 708e-6;
        assert_eq!(exp_moderate(x).to_bits(), exp(x).to_bits(), "{x}");
    }
}

#[test]
fn exp_reaches_its_limits() {
    assert_eq!([f64::NEG_INFINITY, -745.14, -745.13, 0.0].map(exp), [0.0, 0.0, f64::from_bits(1), 1.0]);
    assert_eq!([709.79, f64::INFINITY].map(exp), [f64::INFINITY; 2]);
    assert!(exp(709.78).is_finite());
    assert!(exp(f64::NAN).is_nan() && exp_moderate(f64::NAN).is_nan());
}

#[test]
fn expm1_is_within_two_units_of_libm() {
    for range in [(-50.0, 709.7), (-2.0, 2.0), (-1e-8, 1e-8)] {
        assert!(worst(range, expm1, rounded(libm::expm1)) <= 2.0, "{range:?}");
    }
    assert_eq!([f64::NEG_INFINITY, f64::INFINITY].map(expm1), [-1.0, f64::INFINITY]);
    assert!(expm1(f64::NAN).is_nan());
}

#[test]
fn ln_is_within_one_unit_of_libm() {
    for range in [(1e-9, 3.0), (0.99, 1.01)] {
        assert!(worst(range, ln, rounded(libm::log)) <= 1.0, "{range:?}");
    }
    assert!(worst((-745.0, 709.0), of_exp(ln), rounded(of_exp(libm::log))) <= 1.0);
}

#[test]
fn ln_of_normal_numbers_is_ln() {
    for i in -700_000..709_000 {
        let x = libm::exp(f64::from(i) * 1e-3);
        assert_eq!((-neg_ln_open(x)).to_bits(), ln(x).to_bits() ^ ((x == 1.0) as u64) << 63);
    }
}

#[test]
fn ln_1p_of_positive_numbers_is_within_three_units_of_libm() {
    for range in [(0.0, 1e-8), (0.0, 3.0), (0.414_213, 0.414_215), (0.0, 1e6)] {
        assert!(worst(range, ln_1p_positive, rounded(libm::log1p)) <= 3.0, "{range:?}");
    }
    assert!(worst((-700.0, 700.0), of_exp(ln_1p_positive), rounded(of_exp(libm::log1p))) <= 3.0);
}

#[test]
fn neg_ln_of_a_uniform_is_within_one_unit_of_libm() {
    let negative = |u: f64| -libm::log(u);
    for range in [(1e-16, 1.0 - 2e-16), (0.999, 1.0 - 2e-16)] {
        assert!(worst(range, neg_ln_open, rounded(negative)) <= 1.0, "{range:?}");
    }
    assert!(worst((-707.0, -1e-3), of_exp(neg_ln_open), rounded(of_exp(negative))) <= 1.0);
    assert_eq!(neg_ln_open(1.0 - f64::EPSILON / 2.0), f64::EPSILON / 2.0);
}

#[test]
fn ln_1p_is_within_one_unit_of_libm() {
    for range in [(-0.999_999, 3.0), (-1e-3, 1e-3), (-0.5, 1e6)] {
        assert!(worst(range, ln_1p, rounded(libm::log1p)) <= 1.0, "{range:?}");
    }
    assert!(worst((-700.0, 709.0), of_exp(ln_1p), rounded(of_exp(libm::log1p))) <= 1.0);
}

#[test]
fn logarithms_reach_their_limits() {
    assert_eq!(
        [0.0, -0.0, 1.0, f64::INFINITY].map(ln),
        [f64::NEG_INFINITY, f64::NEG_INFINITY, 0.0, f64::INFINITY]
    );
    assert!([-1.0, f64::NEG_INFINITY, f64::NAN].map(ln).iter().all(|x| x.is_nan()));
    assert_eq!([-1.0, f64::INFINITY].map(ln_1p), [f64::NEG_INFINITY, f64::INFINITY]);
    assert!(ln_1p(-1.1).is_nan() && ln_1p(f64::NAN).is_nan());
}

#[test]
fn sine_and_cosine_of_quarter_turns_are_within_two_units_of_libm() {
    let both = |t| {
        let (upper, lower) = quarter_turns(t);
        let (sine, cosine) = (libm::sin(upper), libm::cos(upper));
        ((sine, lower * cosine), (cosine, -lower * sine))
    };
    let sines = worst((-0.5, 0.5), |t| sin_cos_quarter(t).0, |t| both(t).0);
    let cosines = worst((-0.5, 0.5), |t| sin_cos_quarter(t).1, |t| both(t).1);
    assert!(sines <= 1.8 && cosines <= 1.8, "{sines} {cosines}");
}
