//! Normal score of Student's t: the map Φ⁻¹(F_ν(t)) that a t copula with normal margins applies to shocks.
//!
//! In: degrees of freedom, once; then t. Out: the normal score with the same probability. Not here: the
//! mixing variable that makes t.

use super::ln_tail;
use crate::math::elementary::{ln_1p_positive, sin_cos_quarter};
use crate::math::normal::from_ln_upper_tail;
use crate::math::{LANES, Lanes};

const DEGREE: usize = 24;
const TERMS: usize = DEGREE + 1;
/// Constant of v/(v + 10), which maps v = ln(1 + t²/ν) ≥ 0 to [0, 1), and v = 10 to the middle.
const FOLD: f64 = 10.0;
/// Largest v = ln(1 + t²/ν) that the polynomial covers: |t| = 1.4e12·√ν.
const V_MAX: f64 = 56.0;

/// Normal score h(t) = Φ⁻¹(F_ν(t)) of Student's t, as one branch-free approximation.
///
/// With v = ln(1 + t²/ν) the score is h = sign(t)·√(νv)·q, where q is smooth in v and near 1 at infinity. It
/// is a polynomial in v/(v + 10), interpolated when the score is created. No probability is computed, so
/// tails beyond the smallest double are as accurate as the center.
///
/// Error ≤ 1e-11 in h for ν = 3 … 30 and |t| ≤ 1e12 (asserted); exactly odd; monotone. Beyond |t| = 1.4e12·√ν
/// the score is constant. NaN and ±∞ give NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalScore {
    dof: f64,
    inverse_dof: f64,
    /// Coefficients of the polynomial in u, lowest power first, where u in [−1, 1] grows linearly with v/(v + 10).
    coefficients: [f64; TERMS],
}

/// Constant of u = (`SLOPE`·v − `FOLD`)/(v + `FOLD`), which maps v from 0 to `V_MAX` to u from −1 to 1.
const SLOPE: f64 = 2.0 * (V_MAX + FOLD) / V_MAX - 1.0;

impl NormalScore {
    /// Creates the score for `dof` degrees of freedom (at least 1; the stated error holds for 3 … 30).
    pub fn new(dof: u32) -> Self {
        let dof = dof.max(1);
        let degrees = f64::from(dof);
        let values: [f64; TERMS] = std::array::from_fn(|j| {
            let u = cosine(node(j));
            let v = FOLD * (u + 1.0) / (SLOPE - u);
            from_ln_upper_tail(ln_tail(v, dof)) / (degrees * v).sqrt()
        });
        Self { dof: degrees, inverse_dof: 1.0 / degrees, coefficients: monomials(&chebyshev(&values)) }
    }

    /// Returns the normal score Φ⁻¹(F_ν(t)) of Student's t.
    #[inline(always)]
    pub fn eval(&self, t: f64) -> f64 {
        let (place, root) = self.place(t);
        self.at(place, root, t)
    }

    /// Returns u in [−1, 1], the argument of the polynomial, and √(νv) with v = ln(1 + t²/ν), for this t.
    #[inline(always)]
    fn place(&self, t: f64) -> (f64, f64) {
        let square = t * t * self.inverse_dof;
        let square = if square > SQUARE_MAX { SQUARE_MAX } else { square };
        let v = ln_1p_positive(square);
        (v.mul_add(SLOPE, -FOLD) / (v + FOLD), (self.dof * v).sqrt())
    }

    #[inline(always)]
    fn at(&self, place: f64, root: f64, t: f64) -> f64 {
        // 0·t is 0, or NaN if t is not finite
        let magnitude = root.mul_add(self.polynomial(place), 0.0 * t);
        magnitude.copysign(t)
    }

    /// Replaces the number x of each path in each of `rows` by `after · h(x · before)`, h the normal score, with the
    /// bits of `eval`; `after` has a number for each row.
    #[inline(always)]
    pub fn apply_between(&self, rows: &mut [Lanes], before: &Lanes, after: &[f64]) {
        // a local copy stays in registers while the rows are written; two loops, because there are not enough
        // registers for the coefficients and everything else together
        let score = *self;
        let (mut places, mut roots) = (Lanes::ZERO, Lanes::ZERO);
        for (index, row) in rows.iter_mut().enumerate() {
            let after = after[index];
            for lane in 0..LANES {
                row[lane] *= before[lane];
                (places[lane], roots[lane]) = score.place(row[lane]);
            }
            for lane in 0..LANES {
                row[lane] = after * score.at(places[lane], roots[lane], row[lane]);
            }
        }
    }

    /// Evaluates the polynomial at u, even and odd powers apart: two short chains of additions, not a long one.
    #[inline(always)]
    fn polynomial(&self, u: f64) -> f64 {
        let c = &self.coefficients;
        let square = u * u;
        let (mut even, mut odd) = (c[DEGREE], c[DEGREE - 1]);
        for k in 1..DEGREE / 2 {
            even = even.mul_add(square, c[DEGREE - 2 * k]);
            odd = odd.mul_add(square, c[DEGREE - 1 - 2 * k]);
        }
        even = even.mul_add(square, c[0]);
        odd.mul_add(u, even)
    }
}

/// e^`V_MAX` − 1, rounded: the largest t²/ν that the polynomial covers.
const SQUARE_MAX: f64 = 2.091659496012996e24;

/// Returns the angle of Chebyshev node `j` in quarter turns, in (0, 2).
fn node(j: usize) -> f64 {
    (2 * j + 1) as f64 / TERMS as f64
}

/// cos(πt/2) for any t ≥ 0, with t in quarter turns.
fn cosine(t: f64) -> f64 {
    let nearest = (t + 0.5).floor();
    let (sine, cosine) = sin_cos_quarter(t - nearest);
    match nearest as u64 % 4 {
        0 => cosine,
        1 => -sine,
        2 => -cosine,
        _ => sine,
    }
}

/// Returns the Chebyshev coefficients of the polynomial with `values` at the nodes.
fn chebyshev(values: &[f64; TERMS]) -> [f64; TERMS] {
    std::array::from_fn(|k| {
        let sum: f64 = values.iter().enumerate().map(|(j, value)| value * cosine(k as f64 * node(j))).sum();
        let weight = if k == 0 { 1.0 } else { 2.0 };
        weight * sum / TERMS as f64
    })
}

/// Converts Chebyshev coefficients to powers of u: T₀ = 1, T₁ = u, Tₖ₊₁ = 2uTₖ − Tₖ₋₁. The conversion loses
/// no accuracy, because the coefficients fall faster than (1 + √2)⁻ᵏ.
fn monomials(chebyshev: &[f64; TERMS]) -> [f64; TERMS] {
    let mut result = [0.0; TERMS];
    let (mut previous, mut current) = ([0.0; TERMS], [0.0; TERMS]);
    current[0] = 1.0;
    for (k, coefficient) in chebyshev.iter().enumerate() {
        for (sum, power) in result.iter_mut().zip(&current) {
            *sum += coefficient * power;
        }
        let factor = if k == 0 { 1.0 } else { 2.0 };
        let mut next = previous.map(|power: f64| -power);
        for i in 1..TERMS {
            next[i] += factor * current[i - 1];
        }
        (previous, current) = (current, next);
    }
    result
}
