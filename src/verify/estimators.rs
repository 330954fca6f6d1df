//! Checks of estimates, intervals and repaired matrices against order statistics and published values.
//!
//! In: the number of samples. Out: checks. Not here: the coverage of intervals (counted in
//! `docs/coverage.md`).

use super::check::{Check, Sampled, Scope};
use crate::math::correlation::{Matrix, nearest};
use crate::math::counts::exact_interval;
use crate::math::quantile::interval_ranks;
use crate::random::{Address, LANES, Lanes, ObjectKind, Purpose, Stream};
use crate::stats::{LEVEL, Sample, probability, quantile, tail};

/// Number of checks of the statistical estimators.
pub(super) const COUNT: usize = 16;
const SUBJECT: &str = "estimators";

/// Checks the estimators of the statistics and their errors on samples with known results.
pub(super) fn check(scope: Scope, take: &mut dyn FnMut(Check)) {
    normal_sample(scope, take);
    ranks(take);
    intervals(take);
    matrices(take);
}

/// Checks a quantile, an expected shortfall and a probability of standard normals, and the theoretical
/// standard error of each.
fn normal_sample(scope: Scope, take: &mut dyn FnMut(Check)) {
    let n = scope.pick(1 << 16, 1 << 20);
    // the error of a quantile uses the spacing of a few hundred order statistics; the other two are moments
    let (of_quantile, of_moment) = match scope {
        Scope::Quick => (0.25, 0.05),
        Scope::Full => (0.12, 0.02),
    };
    let address = Address::new(20_270_101, Purpose::Experiment, ObjectKind::World, "sample");
    let mut stream = Stream::open(&address, 0);
    let mut row = Lanes::ZERO;
    let rows = (0..n / LANES).flat_map(|_| {
        stream.normals(&mut row);
        row.0
    });
    let Ok(sample) = Sample::new(rows.collect()) else {
        return;
    };
    let root = (n as f64).sqrt();
    // √(p(1 − p))/φ at the 5 % quantile; √(Var(L | L > q) + p(ES − q)²)/√(1 − p) for the shortfall; √(p(1 −
    // p))
    let cases = [
        (
            "5th percentile",
            -1.644_853_626_951_472_7,
            (2.113_187_510_969, of_quantile),
            quantile::quantile(&sample, 0.05, LEVEL),
        ),
        (
            "expected shortfall 95 %",
            2.062_712_807_507_43,
            (2.465_572_941_808, of_moment),
            tail::expected_shortfall(&sample, 0.95, LEVEL),
        ),
        (
            "probability above 1",
            0.158_655_253_931_457_05,
            (0.365_354_299_730, of_moment),
            probability::of_count(sample.n_above(1.0), sample.n(), LEVEL),
        ),
    ];
    for (figure, exact, (error, tolerance), estimate) in cases {
        take(Check::sampled(
            SUBJECT,
            figure,
            exact,
            Sampled { value: estimate.value, std_error: error / root },
        ));
        let stated = estimate.std_error.unwrap_or(f64::NAN) * root;
        take(Check::exact(SUBJECT, &format!("{figure}: √n × standard error"), error, stated, tolerance));
    }
}

/// Checks the ranks of order statistics that bracket a quantile with 95 % confidence.
fn ranks(take: &mut dyn FnMut(Check)) {
    for (n, p, low, high) in [(1_000, 0.05, 37, 65), (100_000, 0.01, 939, 1063)] {
        let ranks = interval_ranks(n, p, 0.95).unwrap_or_default();
        let figure = |end: &str| format!("{end} rank of an interval, n = {n}, p = {p}");
        take(exact(&figure("lower"), f64::from(low), ranks.0 as f64, 1e-12));
        take(exact(&figure("upper"), f64::from(high), ranks.1 as f64, 1e-12));
    }
}

/// Checks the Clopper–Pearson interval of 3 events in 10,000, from beta quantiles of another program.
fn intervals(take: &mut dyn FnMut(Check)) {
    let (low, high) = exact_interval(3, 10_000, 0.95);
    take(exact("lower end of 3 in 10,000", 0.000_061_871_485_748_387_13, low, 1e-9));
    take(exact("upper end of 3 in 10,000", 0.000_876_474_522_514_000_7, high, 1e-9));
}

/// Checks the nearest correlation matrix of N. J. Higham, *Computing the nearest correlation matrix* (2002),
/// and that of three contradicting correlations.
fn matrices(take: &mut dyn FnMut(Check)) {
    let of = |r: [f64; 3]| {
        let repaired = nearest(&Matrix::from_fn(3, |row, column| match row + column {
            _ if row == column => 1.0,
            1 => r[0],
            2 => r[1],
            _ => r[2],
        }));
        repaired.map_or([f64::NAN; 2], |found| [found.matrix.get(0, 1), found.matrix.get(0, 2)])
    };
    let [side, corner] = of([1.0, 0.0, 1.0]);
    take(exact("Higham's matrix, beside the diagonal", 0.760_689_85, side, 1e-7));
    take(exact("Higham's matrix, corner", 0.157_298_11, corner, 1e-7));
    let [side, corner] = of([0.9, 0.7, 0.3]);
    take(exact("contradicting correlations, first", 0.894_575_29, side, 1e-7));
    take(exact("contradicting correlations, second", 0.696_620_77, corner, 1e-7));
}

fn exact(figure: &str, expected: f64, found: f64, tolerance: f64) -> Check {
    Check::exact(SUBJECT, figure, expected, found, tolerance)
}
