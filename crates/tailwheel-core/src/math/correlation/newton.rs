//! Semismooth Newton method for the dual of the nearest-correlation problem.
//!
//! In: a symmetric matrix and the required diagonal. Out: the nearest positive semidefinite matrix with that
//! diagonal. Not here: the eigenvalue floor, the report (`nearest`).

use super::Matrix;
use super::cholesky::dot;
use super::eigen::{Eigen, eigen};

/// Limit for the number of Newton steps; six are usual.
const MAX_STEPS: u32 = 100;
/// Misfit at which the search ends: Euclidean norm of the difference between actual and required diagonal.
const TOLERANCE: f64 = 1e-12;
/// Largest misfit of the diagonal with which a stalled search still counts as converged: only rounding stops it.
const ACCEPTABLE: f64 = 1e-9;
/// Limit for the number of inner conjugate-gradient steps.
const MAX_INNER: usize = 200;
/// Armijo's fraction of the predicted decrease that a step must achieve.
const SUFFICIENT_DECREASE: f64 = 1e-4;

/// Dual problem of the matrix nearest to G with diagonal entries d: minimizes over the multipliers `y`
///
/// ```text
/// θ(y) = ½‖(G + diag y)₊‖² − d·Σ y_i,   ∇θ(y)_i = [(G + diag y)₊]_ii − d
/// ```
///
/// where ₊ keeps the positive eigenvalues; the solution is X = (G + diag y)₊.
pub(super) struct Dual {
    given: Matrix,
    diagonal: f64,
}

/// Positive semidefinite matrix nearest to the given one with the required diagonal, and the Newton steps used.
pub(super) struct Solution {
    pub primal: Matrix,
    pub iterations: u32,
}

/// Value and gradient of the dual function at one set of multipliers, with the eigenvalues of G + diag y.
struct DualPoint {
    multipliers: Vec<f64>,
    eigen: Eigen,
    value: f64,
    gradient: Vec<f64>,
}

impl Dual {
    pub fn new(given: Matrix, diagonal: f64) -> Self {
        Self { given, diagonal }
    }

    /// Finds the nearest matrix with the required diagonal by Newton's method; `None` if the search stalls.
    pub fn solve(&self) -> Option<Solution> {
        let mut point = self.at(vec![0.0; self.given.order()]);
        let mut iterations = 0;
        while norm(&point.gradient) > TOLERANCE && iterations < MAX_STEPS {
            iterations += 1;
            let direction = Jacobian::new(&point.eigen).newton_direction(&point.gradient);
            match self.line_search(&point, &direction) {
                Some(better) => point = better,
                None => break,
            }
        }
        let is_solved = norm(&point.gradient) <= ACCEPTABLE;
        is_solved.then(|| Solution { primal: positive_part(&point.eigen), iterations })
    }

    fn at(&self, multipliers: Vec<f64>) -> DualPoint {
        let mut shifted = self.given.clone();
        for (row, multiplier) in multipliers.iter().enumerate() {
            shifted.set(row, row, shifted.get(row, row) + multiplier);
        }
        let eigen = eigen(&shifted);
        let mut value = 0.0;
        let mut gradient = vec![-self.diagonal; multipliers.len()];
        for (k, eigenvalue) in eigen.values.iter().enumerate() {
            if *eigenvalue > 0.0 {
                value += 0.5 * eigenvalue * eigenvalue;
                for (slope, entry) in gradient.iter_mut().zip(eigen.vector(k)) {
                    *slope += eigenvalue * entry * entry;
                }
            }
        }
        for multiplier in &multipliers {
            value -= self.diagonal * multiplier;
        }
        DualPoint { multipliers, eigen, value, gradient }
    }

    /// Halves the step until the dual function θ, or the norm of its gradient, falls enough. Close to the
    /// solution the fall of θ is smaller than its rounding error. Returns `None` if no step suffices.
    fn line_search(&self, from: &DualPoint, direction: &[f64]) -> Option<DualPoint> {
        let slope = dot(&from.gradient, direction);
        let mut length = 1.0;
        for _ in 0..40 {
            let step = |(y, d): (&f64, &f64)| y + length * d;
            let multipliers = from.multipliers.iter().zip(direction).map(step).collect();
            let point = self.at(multipliers);
            let falls = point.value <= from.value + SUFFICIENT_DECREASE * length * slope;
            let fits = norm(&point.gradient) <= 0.5 * norm(&from.gradient);
            if falls && point.value < from.value || fits {
                return Some(point);
            }
            length *= 0.5;
        }
        None
    }
}

/// Generalized Jacobian V of the dual gradient: `V h = diag(P (W ∘ (Pᵀ diag(h) P)) Pᵀ)`, P: eigenvectors.
struct Jacobian {
    order: usize,
    /// Index of the first positive eigenvalue in rising order.
    split: usize,
    /// Eigenvectors, transposed: row `i` holds component `i` of each eigenvector.
    components: Vec<f64>,
    /// Weights W, one row per positive eigenvalue λ_k: 1 for a positive λ_l, else 2λ_k/(λ_k − λ_l). The
    /// factor 2 stands for the mirrored block, which is not stored.
    weights: Vec<f64>,
    /// Diagonal of the generalized Jacobian V, used as the preconditioner.
    scale: Vec<f64>,
}

impl Jacobian {
    fn new(eigen: &Eigen) -> Self {
        let order = eigen.values.len();
        let split = eigen.values.partition_point(|value| *value <= 0.0);
        let mut components = vec![0.0; order * order];
        for k in 0..order {
            for (row, entry) in eigen.vector(k).iter().enumerate() {
                components[row * order + k] = *entry;
            }
        }
        let mut weights = Vec::with_capacity((order - split) * order);
        for positive in &eigen.values[split..] {
            let others = &eigen.values[..split];
            weights.extend(others.iter().map(|other| 2.0 * positive / (positive - other)));
            weights.resize(weights.len() + order - split, 1.0);
        }
        let mut jacobian = Self { order, split, components, weights, scale: Vec::new() };
        jacobian.scale = jacobian.preconditioner();
        jacobian
    }

    fn preconditioner(&self) -> Vec<f64> {
        let squares: Vec<f64> = self.components.iter().map(|entry| entry * entry).collect();
        self.contract(&squares, &self.weights).into_iter().map(|entry| entry.max(1e-8)).collect()
    }

    /// Returns `Σ_k Σ_l c_ik · m_kl · c_il` for each row i of `rows` (c); `middle` (m) has a row for each positive
    /// eigenvalue, over which k runs.
    fn contract(&self, rows: &[f64], middle: &[f64]) -> Vec<f64> {
        let mut contracted = Vec::with_capacity(self.order);
        let mut mixed = vec![0.0; self.order];
        for row in rows.chunks_exact(self.order) {
            mixed.fill(0.0);
            for (factor, entries) in row[self.split..].iter().zip(middle.chunks_exact(self.order)) {
                add_scaled(&mut mixed, *factor, entries);
            }
            contracted.push(dot(&mixed, row));
        }
        contracted
    }

    fn times(&self, vector: &[f64]) -> Vec<f64> {
        let mut middle = vec![0.0; self.weights.len()];
        for (factor, row) in vector.iter().zip(self.components.chunks_exact(self.order)) {
            let targets = middle.chunks_exact_mut(self.order);
            for (component, target) in row[self.split..].iter().zip(targets) {
                add_scaled(target, factor * component, row);
            }
        }
        for (entry, weight) in middle.iter_mut().zip(&self.weights) {
            *entry *= weight;
        }
        self.contract(&self.components, &middle)
    }

    /// Solves `(V + εI) d = −gradient`, V the generalized Jacobian, by preconditioned conjugate gradients, only as
    /// exactly as the outer iteration needs.
    fn newton_direction(&self, gradient: &[f64]) -> Vec<f64> {
        let size = norm(gradient);
        let enough = size * size.min(0.05);
        let regularisation = (1e-3 * size).min(1e-8);
        let mut direction = vec![0.0; self.order];
        let mut residual: Vec<f64> = gradient.iter().map(|slope| -slope).collect();
        let mut search = self.preconditioned(&residual);
        let mut energy = dot(&residual, &search);
        for _ in 0..MAX_INNER {
            let mut image = self.times(&search);
            add_scaled(&mut image, regularisation, &search);
            let length = energy / dot(&search, &image);
            add_scaled(&mut direction, length, &search);
            add_scaled(&mut residual, -length, &image);
            if norm(&residual) <= enough {
                break;
            }
            let next = self.preconditioned(&residual);
            let next_energy = dot(&residual, &next);
            let ratio = next_energy / energy;
            energy = next_energy;
            for (old, new) in search.iter_mut().zip(next) {
                *old = new + ratio * *old;
            }
        }
        direction
    }

    fn preconditioned(&self, residual: &[f64]) -> Vec<f64> {
        let quotient = |(entry, scale): (&f64, &f64)| entry / scale;
        residual.iter().zip(&self.scale).map(quotient).collect()
    }
}

/// Positive part of a matrix with these eigenvalues λ and eigenvectors v: Σ λ_k v_k v_kᵀ over positive λ_k.
fn positive_part(eigen: &Eigen) -> Matrix {
    let order = eigen.values.len();
    Matrix::from_fn(order, |row, column| {
        let mut sum = 0.0;
        for (k, value) in eigen.values.iter().enumerate() {
            if *value > 0.0 {
                let vector = eigen.vector(k);
                sum += value * vector[row] * vector[column];
            }
        }
        sum
    })
}

fn norm(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}

fn add_scaled(target: &mut [f64], factor: f64, vector: &[f64]) {
    for (target, entry) in target.iter_mut().zip(vector) {
        *target += factor * entry;
    }
}
