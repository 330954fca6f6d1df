//! Which part of the spread of the loss belongs to what: a covariance over a deviation, with the influence of each path.
//!
//! In: what a part lost and what is lost, path by path. Out: [`WithLoss`]. Not here: which parts there are (`worst`).

use super::estimate::Note;
use super::guard::Tails;
use crate::math::sum::Sum;
use std::sync::OnceLock;

/// What a part has of the spread of the whole.
///
/// ```text
/// θ = C/s        C = Σ (x_k − x̄)(L_k − L̄)/(n − 1),   s² = Σ (L_k − L̄)²/(n − 1)
/// z_k = θ + ((x_k − x̄)(L_k − L̄) − C)/s − θ((L_k − L̄)² − s²)/2s²,   error s_z/√n
/// ```
///
/// Over parts that make up L the θ add up to s. Sources: D. Tasche (1999); the influence of a path is that of a
/// covariance over a deviation (Huber & Ronchetti, *Robust Statistics*, 2nd ed., §3.2).
pub struct WithLoss {
    pub value: f64,
    pub contributions: Vec<f64>,
    /// Why its error would not hold: no product has heavier tails than the squares of both of its factors.
    pub heavy: Option<Note>,
}

impl WithLoss {
    /// Of a part with these `values`, one of `parts`.
    pub fn of<'a>(values: &[f64], losses: &Losses, parts: impl Iterator<Item = &'a [f64]>) -> Self {
        let (x, l, variance) = (mean(values), losses.mean, losses.variance);
        let pairs = || values.iter().zip(&losses.values);
        let products = pairs().map(|(value, loss)| (value - x) * (loss - l));
        let covariance = Sum::of_many(products).value() / (values.len() as f64 - 1.0);
        let deviation = variance.sqrt();
        if deviation == 0.0 {
            let contributions = vec![0.0; values.len()];
            return Self {
                value: 0.0,
                contributions,
                heavy: None,
            };
        }
        let value = covariance / deviation;
        let of_path = |(own, loss): (&f64, &f64)| {
            let (own, loss) = (own - x, loss - l);
            let of_whole = 0.5 * value * (loss * loss / variance - 1.0);
            value + (own * loss - covariance) / deviation - of_whole
        };
        let contributions = pairs().map(of_path).collect();
        let heavy = objection(values, x).or_else(|| losses.heavy(parts));
        Self {
            value,
            contributions,
            heavy,
        }
    }
}

/// What is lost on each path, with what all parts of it need.
#[derive(Clone, Debug)]
pub struct Losses {
    values: Vec<f64>,
    mean: f64,
    variance: f64,
    /// Why the squares of it or of one of its parts have no interval, once somebody has asked.
    heavy: OnceLock<Option<Note>>,
}

impl Losses {
    pub fn of(values: Vec<f64>) -> Self {
        let mean = mean(&values);
        let squares = values.iter().map(|loss| (loss - mean) * (loss - mean));
        let variance = Sum::of_many(squares).value() / (values.len() as f64 - 1.0);
        Self {
            values,
            mean,
            variance,
            heavy: OnceLock::new(),
        }
    }

    /// A sum has the tail of its heaviest part, which a sample of the sum may hide.
    fn heavy<'a>(&self, mut parts: impl Iterator<Item = &'a [f64]>) -> Option<Note> {
        let found = self.heavy.get_or_init(|| {
            let of_sum = objection(&self.values, self.mean);
            of_sum.or_else(|| parts.find_map(|part| objection(part, mean(part))))
        });
        *found
    }
}

fn mean(of: &[f64]) -> f64 {
    Sum::of_many(of.iter().copied()).value() / of.len() as f64
}

/// Why the squares of the distances from `mean` have a mean without an interval.
fn objection(values: &[f64], mean: f64) -> Option<Note> {
    let squares = values.iter().map(|value| (value - mean) * (value - mean));
    let squares: Vec<f64> = squares.collect();
    Tails::in_any_order(&squares).objection()
}
