//! When a figure agrees with a closed form, and a sample with a whole law.
//!
//! In: figures, samples, laws. Out: a failing test, or nothing. Not here: sample statistics
//! (`estimate`).

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Two-sided probability beyond four standard deviations of a normal.
const BEYOND_FOUR: f64 = 6.334e-5;
/// Firings a cell must expect before it counts by itself.
const FULL_CELL: f64 = 10.0;

/// A closed form given with 16 digits: 1e-9 relative; what a parameter off by 5 % gives must not
/// agree.
pub fn exactly(id: &str, exact: f64, found: f64, with_power: f64) {
    to_digits(id, exact, found, with_power, 1e-9);
}

/// A closed form known to `relative`.
pub fn to_digits(id: &str, exact: f64, found: f64, with_power: f64, relative: f64) {
    let agrees = |value: f64| (value - exact).abs() <= relative * exact.abs();
    assert!(agrees(found), "{id}: {found:?}, exact {exact:?}");
    assert!(!agrees(with_power), "{id} has no power: {with_power:?} still agrees with {exact:?}");
}

/// P-value of Pearson's χ²; neighbouring cells are merged until each expects enough.
pub fn p_value(sample: &[usize], law: &[f64]) -> f64 {
    let mut counts = vec![0.0; law.len()];
    for value in sample {
        counts[*value] += 1.0;
    }
    let n = sample.len() as f64;
    let mut cells: Vec<(f64, f64)> = Vec::new();
    let mut open = (0.0, 0.0);
    for (count, probability) in counts.iter().zip(law) {
        open = (open.0 + count, open.1 + n * probability);
        if open.1 >= FULL_CELL {
            cells.push(open);
            open = (0.0, 0.0);
        }
    }
    if let Some(last) = cells.last_mut() {
        *last = (last.0 + open.0, last.1 + open.1);
    }
    assert!(cells.len() > 2, "too few cells to say anything");
    let square = |(count, expected): &(f64, f64)| (count - expected).powi(2) / expected;
    let statistic: f64 = cells.iter().map(square).sum();
    ChiSquared::new((cells.len() - 1) as f64).expect("some degrees of freedom").sf(statistic)
}

/// `sample` follows `law`, and the sample of a parameter that is off does not.
pub fn follows(id: &str, law: &[f64], sample: &[usize], with_power: &[usize]) {
    let total: f64 = law.iter().sum();
    assert!((total - 1.0).abs() < 1e-9, "{id}: masses add up to {total}");
    let p = p_value(sample, law);
    assert!(p > BEYOND_FOUR, "{id}: p-value {p:e}");
    let off = p_value(with_power, law);
    assert!(off < BEYOND_FOUR, "{id} has no power: p-value {off}");
}
