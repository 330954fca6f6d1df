//! Share of a part in the standard deviation of the loss, with the influence of each path.
//!
//! In: the loss of a part and the whole loss, path by path. Out: [`WithLoss`]. Not here: which parts there
//! are (`causes`).

use super::estimate::Note;
use super::guard::Tails;
use crate::math::values::Values;
use std::sync::OnceLock;

/// Share θ of a part x in the standard deviation s of the whole loss L, with the contribution z_k of path k.
///
/// ```text
/// θ = C/s        C = Σ (x_k − x̄)(L_k − L̄)/(n − 1),   s² = Σ (L_k − L̄)²/(n − 1)
/// z_k = θ + ((x_k − x̄)(L_k − L̄) − C)/s − θ((L_k − L̄)² − s²)/2s²,   error s_z/√n
/// ```
///
/// Over parts that sum to L, the values of θ sum to s. Sources: D. Tasche (1999); z_k is the influence on a
/// covariance over a deviation (Huber & Ronchetti, *Robust Statistics*, 2nd ed., §3.2).
pub struct WithLoss {
    pub value: f64,
    pub contributions: Values,
    /// Reason why the standard error would be invalid, or `None`. It is sought in squares: a product has no heavier
    /// tail than its factors squared.
    pub heavy: Option<Note>,
}

impl WithLoss {
    /// Computes the share of a part of the loss, with these `values` on each path, in the standard deviation of the
    /// loss. Heavy tails of any of `parts` rule out its error.
    pub fn of<'a>(values: &Values, losses: &Losses, parts: impl Iterator<Item = &'a Values>) -> Self {
        let (x, l, variance) = (mean(values), losses.mean, losses.variance);
        let covariance = losses.covariance(values, x);
        let deviation = variance.sqrt();
        if deviation == 0.0 {
            return Self { value: 0.0, contributions: values.clone().map(|_| 0.0), heavy: None };
        }
        let value = covariance / deviation;
        let of_path = move |own: f64, loss: f64| {
            let (own, loss) = (own - x, loss - l);
            let of_whole = 0.5 * value * (loss * loss / variance - 1.0);
            value + (own * loss - covariance) / deviation - of_whole
        };
        let contributions = values.zip(&losses.values, of_path).settled();
        let heavy = objection(values, x).or_else(|| losses.heavy(parts));
        Self { value, contributions, heavy }
    }
}

/// Loss of each path, with its mean and variance.
#[derive(Clone, Debug)]
pub struct Losses {
    values: Values,
    mean: f64,
    variance: f64,
    /// Heavy tail found in the loss or any part of it, `None` without one; computed at the first request.
    heavy: OnceLock<Option<Note>>,
}

impl Losses {
    pub fn of(values: Values) -> Self {
        let mean = mean(&values);
        let squares = values.sum(|loss| (loss - mean) * (loss - mean));
        let variance = squares / (values.n() as f64 - 1.0);
        Self { values, mean, variance, heavy: OnceLock::new() }
    }

    /// Returns the share of a part of the loss, `values` on each path, in its standard deviation; 0 if that is 0.
    pub fn part_of(&self, values: &Values) -> f64 {
        let deviation = self.variance.sqrt();
        if deviation == 0.0 { 0.0 } else { self.covariance(values, mean(values)) / deviation }
    }

    fn covariance(&self, values: &Values, x: f64) -> f64 {
        let l = self.mean;
        values.zip(&self.values, move |value, loss| (value - x) * (loss - l)).sum(|product| product)
            / (values.n() as f64 - 1.0)
    }

    /// Returns the note on heavy tails of the loss or of any part; else `None`. A sum has the tail of its
    /// heaviest part, which a sample of the sum may hide.
    fn heavy<'a>(&self, mut parts: impl Iterator<Item = &'a Values>) -> Option<Note> {
        let found = self.heavy.get_or_init(|| {
            let of_sum = objection(&self.values, self.mean);
            of_sum.or_else(|| parts.find_map(|part| objection(part, mean(part))))
        });
        *found
    }
}

fn mean(of: &Values) -> f64 {
    of.sum(|value| value) / of.n() as f64
}

/// Returns the reason why the mean of squared distances from `mean` has no interval; else `None`.
fn objection(values: &Values, mean: f64) -> Option<Note> {
    let square = move |value: f64| (value - mean) * (value - mean);
    Tails::in_any_order(&values.clone().map(square)).objection()
}
