//! Quantiles and shares of plain lists of numbers.
//!
//! In: values of paths. Out: estimates with their errors. Not here: which chart needs which.

use crate::chart::Quantiles;
use crate::figure::Quantity;

pub fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

pub fn rank(sorted: &[f64], p: f64) -> f64 {
    let index = (p * sorted.len() as f64).ceil().max(1.0) as usize;
    sorted[index.min(sorted.len()) - 1]
}

/// Returns the `p`-quantile of sorted values. Its standard error is a quarter of the distance between the order
/// statistics that are two standard errors of rank above and below it.
pub fn measured_quantile(sorted: &[f64], p: f64) -> Quantity {
    let n = sorted.len() as f64;
    let step = 2.0 * (p * (1.0 - p) / n).sqrt();
    let (low, high) = (rank(sorted, (p - step).max(0.0)), rank(sorted, (p + step).min(1.0)));
    Quantity { value: rank(sorted, p), std_error: (high - low) / 4.0 }
}

pub fn quantiles(paths: &[Vec<f64>]) -> Quantiles {
    let n_dates = paths[0].len();
    let by_date: Vec<Vec<f64>> =
        (0..n_dates).map(|date| sorted(paths.iter().map(|path| path[date]).collect())).collect();
    let line = |p: f64| by_date.iter().map(|values| rank(values, p)).collect();
    Quantiles { of_first: None, levels: [0.05, 0.25, 0.5, 0.75, 0.95].map(line) }
}
