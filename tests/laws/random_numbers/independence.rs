//! Draws of different addresses, and neighbouring draws of one, are uncorrelated: the values and
//! their squares.

use super::{TOLERANCE, normals, stream};
use tailwheel::random::{Address, LANES, ObjectKind, Purpose, Rare, Stream};

const N: usize = 1_048_576;

/// Deviations of the correlations (values, squares, value with square) in standard errors.
fn deviations(a: &[f64], b: &[f64]) -> [f64; 4] {
    let n = a.len().min(b.len());
    // variances of z and z² under the standard normal law: 1 and 2
    let (mut plain, mut squares, mut left, mut right) = (0.0, 0.0, 0.0, 0.0);
    for (x, y) in a[..n].iter().zip(&b[..n]) {
        let (p, q) = (x * x - 1.0, y * y - 1.0);
        plain += x * y;
        squares += p * q / 2.0;
        left += p * y / std::f64::consts::SQRT_2;
        right += x * q / std::f64::consts::SQRT_2;
    }
    [plain, squares, left, right].map(|sum| sum / (n as f64).sqrt())
}

fn assert_independent(what: &str, a: &[f64], b: &[f64]) {
    let z = deviations(a, b);
    assert!(z.iter().all(|z| z.abs() <= TOLERANCE), "{what}: {z:?}");
}

fn of(seed: u64, purpose: Purpose, name: &str, block: u64) -> Vec<f64> {
    normals(Stream::open(&Address::new(seed, purpose, ObjectKind::World, name), block), N)
}

#[test]
fn streams_of_neighbouring_addresses_are_uncorrelated() {
    let base = of(1, Purpose::Shock, "asset-1", 0);
    let others = [
        ("seed", of(2, Purpose::Shock, "asset-1", 0)),
        ("purpose", of(1, Purpose::Mixing, "asset-1", 0)),
        ("name", of(1, Purpose::Shock, "asset-2", 0)),
        ("block", of(1, Purpose::Shock, "asset-1", 1)),
        ("far block", of(1, Purpose::Shock, "asset-1", 1 << 32)),
        ("seed and block", of(0, Purpose::Shock, "asset-1", 1)),
    ];
    for (what, other) in &others {
        assert_independent(what, &base, other);
    }
    for (i, (what, a)) in others.iter().enumerate() {
        for (_, b) in &others[i + 1..] {
            assert_independent(what, a, b);
        }
    }
}

#[test]
fn months_of_a_path_are_uncorrelated() {
    let values = normals(stream("months", 0), N);
    for months in [1, 2, 3, 6, 12, 60] {
        let lag = months * LANES;
        assert_independent("months", &values[lag..], &values[..N - lag]);
    }
}

#[test]
fn lanes_of_a_block_are_uncorrelated() {
    let values = normals(stream("lanes", 0), N);
    let column = |lane: usize| -> Vec<f64> { values.iter().skip(lane).step_by(LANES).copied().collect() };
    // the next path, the next step of the same generator, the partner of the same pair of words
    for (a, b) in [(0, 1), (7, 8), (0, 16), (3, 35), (0, 128), (100, 228), (5, 250)] {
        assert_independent("lanes", &column(a), &column(b));
    }
    for lag in [1, 15, 16, 17, 32, 127, 128, 129] {
        assert_independent("lag", &values[lag..], &values[..N - lag]);
    }
}

#[test]
fn rare_draws_of_neighbouring_counters_are_uncorrelated() {
    let rare = |name| Rare::new(&Address::new(3, Purpose::Experiment, ObjectKind::World, name));
    let (one, other) = (rare("one"), rare("other"));
    let draw = |rare: Rare, path: u64, month, index| -> Vec<f64> {
        (0..N as u64 / 4).flat_map(|k| rare.normal2(path + k, month, index)).collect()
    };
    let base = draw(one, 0, 1, 0);
    assert_independent("path", &base, &draw(one, 1, 1, 0));
    assert_independent("month", &base, &draw(one, 0, 2, 0));
    assert_independent("index", &base, &draw(one, 0, 1, 1));
    assert_independent("name", &base, &draw(other, 0, 1, 0));
    let (first, second): (Vec<f64>, Vec<f64>) = base.chunks(2).map(|p| (p[0], p[1])).unzip();
    assert_independent("pair", &first, &second);
}

#[test]
fn a_dependence_of_five_per_cent_is_found() {
    let (a, b) = (of(1, Purpose::Shock, "a", 0), of(1, Purpose::Shock, "b", 0));
    let linear: Vec<f64> = a.iter().zip(&b).map(|(a, b)| b + 0.05 * a).collect();
    assert!(deviations(&a, &linear)[0] > TOLERANCE);
    let scaled: Vec<f64> = a.iter().zip(&b).map(|(a, b)| b * (1.0 + 0.05 * a.abs())).collect();
    assert!(deviations(&a, &scaled)[1] > TOLERANCE);
    let shifted: Vec<f64> = a.iter().zip(&b).map(|(a, b)| b + 0.05 * a * a).collect();
    assert!(deviations(&a, &shifted)[2] > TOLERANCE);
}
