//! Which holding contributes how much to the volatility of the whole.
//!
//! In: weights, volatilities, correlations. Out: Euler contributions, which add up. Not here:
//! contributions to simulated losses.

use crate::math::correlation::Matrix;

/// Volatility of a portfolio, split among its holdings.
#[derive(Clone, Debug, PartialEq)]
pub struct Contributions {
    /// Volatility of the whole, in the unit of the volatilities given.
    pub volatility: f64,
    /// One per holding; their sum is `volatility`.
    pub each: Vec<f64>,
    /// Weighted mean of the volatilities over `volatility`: 1 if nothing diversifies.
    pub diversification_ratio: f64,
}

/// Euler contributions to volatility.
///
/// ```text
/// σ_p² = Σ_ij w_i w_j σ_i σ_j r_ij,   c_i = w_i σ_i Σ_j r_ij w_j σ_j / σ_p,   Σ c_i = σ_p
/// ```
///
/// Zero contributions if the whole has no volatility. Panics if the lengths differ. Source: D.
/// Tasche, *Capital allocation to business units and sub-portfolios: the Euler principle* (2008).
pub fn volatility(weights: &[f64], volatilities: &[f64], correlation: &Matrix) -> Contributions {
    assert_eq!(
        weights.len(),
        volatilities.len(),
        "one volatility per weight"
    );
    assert_eq!(weights.len(), correlation.order(), "one row per weight");
    let exposures: Vec<f64> = weights
        .iter()
        .zip(volatilities)
        .map(|(w, s)| w * s)
        .collect();
    let shares: Vec<f64> = (0..exposures.len())
        .map(|row| {
            let pairs = correlation.row(row).iter().zip(&exposures);
            exposures[row] * pairs.map(|(r, exposure)| r * exposure).sum::<f64>()
        })
        .collect();
    let volatility = shares.iter().sum::<f64>().max(0.0).sqrt();
    let divide = |value: f64| {
        if volatility > 0.0 {
            value / volatility
        } else {
            0.0
        }
    };
    Contributions {
        volatility,
        each: shares.into_iter().map(divide).collect(),
        diversification_ratio: divide(exposures.iter().sum()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(first_weight: f64) -> Contributions {
        let correlation = Matrix::from_fn(4, |row, column| if row == column { 1.0 } else { 0.3 });
        volatility(
            &[first_weight, 0.2, 0.3, 0.2],
            &[0.25, 0.45, 0.10, 0.70],
            &correlation,
        )
    }

    #[test]
    fn contributions_are_those_of_the_worked_case_and_add_up() {
        let found = case(0.3);
        assert!((found.volatility - 0.24005208).abs() < 5e-9);
        let expected = [0.04780213, 0.06129920, 0.01518421, 0.11576655];
        for (found, expected) in found.each.iter().zip(expected) {
            assert!((found - expected).abs() < 5e-9, "{found} {expected}");
        }
        assert!((found.diversification_ratio - 1.39553052).abs() < 5e-9);
        let sum: f64 = found.each.iter().sum();
        assert!((sum - found.volatility).abs() < 1e-16);
        // power: a weight off by 5 % moves everything
        assert!((case(0.315).volatility - 0.24005208).abs() > 5e-9);
    }

    #[test]
    fn what_is_perfectly_correlated_does_not_diversify() {
        let all_one = Matrix::from_fn(3, |_, _| 1.0);
        let found = volatility(&[0.2, 0.3, 0.5], &[0.1, 0.2, 0.3], &all_one);
        assert!((found.diversification_ratio - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_hedged_portfolio_has_no_volatility_to_share() {
        let mut opposed = Matrix::identity(2);
        opposed.set(1, 0, -1.0);
        let found = volatility(&[0.5, 0.5], &[0.2, 0.2], &opposed);
        assert_eq!((found.volatility, found.each), (0.0, vec![0.0, 0.0]));
    }
}
