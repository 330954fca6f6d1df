//! Order in which the shocks of markets are joined, so that two scenarios share common random numbers.
//!
//! In: a scenario, perhaps one that it is compared with. Out: [`Order`] with its Cholesky factors. Not
//! here: the shocks (`market`).
//!
//! Row i of a Cholesky factor mixes the normals of the markets up to i, so the shock of a market depends on
//! those before it. In a comparison, the markets of the base come first and in its order. Markets that only
//! the base has stay as *ghosts*: no asset holds them, but their normals still enter the shocks of the
//! others. Where both scenarios correlate two common markets alike, their rows of the factor are the same
//! numbers.

use crate::math::correlation::{Lower, Matrix, cholesky};
use crate::scenario::Scenario;

/// Tolerance for correlations after factorization, which may change by rounding only.
const EXACT: f64 = 1e-9;

/// Pivots of a Cholesky factor below this limit count as zero.
const LEAST_PIVOT: f64 = 1e-6;

/// Markets in the order in which their shocks are joined, with their correlations factorized.
pub(super) struct Order<'s> {
    /// Names of the joined markets, including those that only the base scenario has (ghosts).
    pub names: Vec<&'s str>,
    /// Position in this order of every market of the scenario.
    pub places: Vec<usize>,
    /// Row-major lower Cholesky factor of the correlations in the normal regime.
    pub calm: Vec<f64>,
    /// Cholesky factor of the correlations in the crisis regime; `None` without regimes.
    pub crisis: Option<Vec<f64>>,
}

impl<'s> Order<'s> {
    /// Returns the order of the markets. Without `base` it is that of the scenario. With `base`, the markets of
    /// `base` come first. Markets that only `base` has are kept (as ghosts, for their random draws) if that leaves
    /// the scenario's own correlations unchanged.
    pub fn of(scenario: &'s Scenario, base: Option<&'s Scenario>) -> Self {
        base.and_then(|base| Self::paired(scenario, base)).unwrap_or_else(|| Self::alone(scenario))
    }

    /// Appends a market that does not enter the shock of any other. `correlations` are those with the
    /// scenario's markets, in both regimes. If they are impossible together, all are reduced in proportion.
    pub fn add(&mut self, name: &'s str, correlations: &[f64]) {
        let of = |place| Some(correlations[self.places.iter().position(|own| *own == place)?]);
        let known: Vec<Option<f64>> = (0..self.names.len()).map(of).collect();
        self.calm = bordered(&self.calm, &known);
        let crisis = self.crisis.as_deref();
        self.crisis = crisis.map(|factor| bordered(factor, &known));
        self.names.push(name);
    }

    fn alone(scenario: &'s Scenario) -> Self {
        const CHECKED: &str = "a scenario's correlations are positive semidefinite";
        let factor = |matrix: &Matrix| row_major(&cholesky(matrix).expect(CHECKED));
        let crisis = scenario.crisis.as_ref();
        Self {
            names: names(scenario).collect(),
            places: (0..scenario.markets.len()).collect(),
            calm: factor(&scenario.correlation.matrix),
            crisis: crisis.map(|crisis| factor(&crisis.matrix)),
        }
    }

    fn paired(scenario: &'s Scenario, base: &'s Scenario) -> Option<Self> {
        let place = |scenario: &Scenario, name: &str| names(scenario).position(|known| known == name);
        let member = |name: &'s str| Member { name, own: place(scenario, name), base: place(base, name) };
        let mut members: Vec<Member<'s>> = names(base).map(member).collect();
        // A ghost behind the last common market does not enter any other shock.
        let n_needed = members.iter().rposition(|member| member.own.is_some());
        members.truncate(n_needed.map_or(0, |last| last + 1));
        let rest = names(scenario).map(member);
        members.extend(rest.filter(|member| member.base.is_none()));
        Self::joined(scenario, base, &members).or_else(|| {
            members.retain(|member| member.own.is_some());
            Self::joined(scenario, base, &members)
        })
    }

    /// Factorizes the correlations of the markets `members`; `None` if that is impossible or changes the scenario's
    /// own correlations.
    fn joined(scenario: &'s Scenario, base: &Scenario, members: &[Member<'s>]) -> Option<Self> {
        let calm = factor(members, &scenario.correlation.matrix, Some(&base.correlation.matrix))?;
        let crisis = match &scenario.crisis {
            None => None,
            Some(crisis) => {
                let of_base = base.crisis.as_ref().map(|crisis| &*crisis.matrix);
                Some(factor(members, &crisis.matrix, of_base)?)
            }
        };
        let place = |own: usize| members.iter().position(|member| member.own == Some(own));
        Some(Self {
            names: members.iter().map(|member| member.name).collect(),
            places: (0..scenario.markets.len()).map(place).collect::<Option<_>>()?,
            calm,
            crisis,
        })
    }
}

/// A market of either scenario, with its row in each correlation matrix; `None` if that scenario lacks it.
#[derive(Clone, Copy)]
struct Member<'s> {
    name: &'s str,
    own: Option<usize>,
    base: Option<usize>,
}

fn names(scenario: &Scenario) -> impl Iterator<Item = &str> {
    scenario.markets.iter().map(|market| market.name.as_str())
}

/// Cholesky factor of the correlations of all `members`, row-major; `None` if there is none or if it changes
/// the scenario's `own` correlations.
fn factor(members: &[Member<'_>], own: &Matrix, base: Option<&Matrix>) -> Option<Vec<f64>> {
    let lower = cholesky(&union(members, own, base)?).ok()?;
    let product = lower.product();
    for (row, member) in members.iter().enumerate() {
        for (column, other) in members[..row].iter().enumerate() {
            if let (Some(a), Some(b)) = (member.own, other.own)
                && (product.get(row, column) - own.get(a, b)).abs() > EXACT
            {
                return None;
            }
        }
    }
    Some(row_major(&lower))
}

/// Correlations of all markets in `members`. Pairs of the scenario's markets have its own, pairs with a ghost (a
/// market that only the base has) those of the base, or zero without a base matrix. A ghost g and a market n that the
/// base does not have are correlated through the common markets:
///
/// ```text
/// r_gn = r_gc C⁻¹ r_cn           C: the scenario's own correlations of the common markets c
/// ```
///
/// This completion is possible whenever any is (R. Grone et al., *Positive definite completions of partial Hermitian
/// matrices*, Linear Algebra Appl. 58 (1984) 109–124).
fn union(members: &[Member<'_>], own: &Matrix, base: Option<&Matrix>) -> Option<Matrix> {
    let common: Vec<(usize, usize)> =
        members.iter().filter_map(|member| member.own.zip(member.base)).collect();
    let of_common = Matrix::from_fn(common.len(), |row, column| own.get(common[row].0, common[column].0));
    let of_common = cholesky(&of_common).ok()?;
    let weights: Vec<Option<Vec<f64>>> = members
        .iter()
        .map(|member| {
            let added = member.own.filter(|_| member.base.is_none())?;
            let correlations = common.iter().map(|(known, _)| own.get(added, *known));
            Some(solve(&of_common, correlations.collect()))
        })
        .collect();
    let between = |ghost: usize, weights: &[f64]| {
        let Some(base) = base else { return 0.0 };
        common.iter().zip(weights).map(|((_, known), weight)| weight * base.get(ghost, *known)).sum()
    };
    Some(Matrix::from_fn(members.len(), |row, column| {
        let (one, other) = (&members[row], &members[column]);
        if row == column {
            return 1.0;
        }
        match ((one.own, other.own), (one.base, other.base)) {
            ((Some(a), Some(b)), _) => own.get(a, b),
            (_, (Some(a), Some(b))) => base.map_or(0.0, |base| base.get(a, b)),
            // The base's markets come first, so the added market is the row.
            (_, (_, Some(ghost))) => between(ghost, weights[row].as_deref().unwrap_or_default()),
            _ => 0.0,
        }
    }))
}

/// Extends a Cholesky factor L by the row ℓ of a market with `correlations` r to earlier markets, `None` if unknown.
///
/// ```text
/// ℓ_k = (r_k − Σ_{j<k} ℓ_j L_kj) / L_kk      0 if r_k is unknown or the pivot L_kk is 0
/// ℓ ← ℓ/max(1, |ℓ|)                          ℓ_n = √(1 − |ℓ|²)
/// ```
fn bordered(factor: &[f64], correlations: &[Option<f64>]) -> Vec<f64> {
    let n = correlations.len();
    let mut last = vec![0.0; n + 1];
    let mut wider = Vec::with_capacity((n + 1) * (n + 1));
    for (k, correlation) in correlations.iter().enumerate() {
        let row = &factor[k * n..][..n];
        let known: f64 = (0..k).map(|j| row[j] * last[j]).sum();
        if let Some(r) = correlation.filter(|_| row[k] > LEAST_PIVOT) {
            last[k] = (r - known) / row[k];
        }
        wider.extend(row);
        wider.push(0.0);
    }
    let squares = |last: &[f64]| last.iter().map(|weight| weight * weight).sum::<f64>();
    let length = squares(&last).sqrt().max(1.0);
    last.iter_mut().for_each(|weight| *weight /= length);
    last[n] = (1.0 - squares(&last)).max(0.0).sqrt();
    wider.extend(last);
    wider
}

/// Solves L Lᵀ x = `values`, where L is `lower`; x is zero where a pivot is zero.
fn solve(lower: &Lower, mut values: Vec<f64>) -> Vec<f64> {
    let n = values.len();
    let divided = |value: f64, pivot: f64| if pivot > 0.0 { value / pivot } else { 0.0 };
    for row in 0..n {
        let known: f64 = (0..row).map(|k| lower.get(row, k) * values[k]).sum();
        values[row] = divided(values[row] - known, lower.get(row, row));
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|k| lower.get(k, row) * values[k]).sum();
        values[row] = divided(values[row] - known, lower.get(row, row));
    }
    values
}

/// Returns the Cholesky factor as a full row-major matrix, zero above the diagonal.
fn row_major(lower: &Lower) -> Vec<f64> {
    let order = lower.order();
    let entry = |k: usize| lower.get(k / order, k % order);
    (0..order * order).map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correlations(factor: &[f64], n: usize) -> Vec<f64> {
        let row = |k: usize| &factor[k * n..][..n];
        let with_last = |k| row(k).iter().zip(row(n - 1)).map(|(a, b)| a * b).sum();
        (0..n).map(with_last).collect()
    }

    fn is_near(found: &[f64], expected: &[f64]) -> bool {
        let mut pairs = found.iter().zip(expected);
        found.len() == expected.len() && pairs.all(|(a, b)| (a - b).abs() < 1e-12)
    }

    /// Cholesky factor of two markets with correlation 0.6, row-major.
    const TWO: [f64; 4] = [1.0, 0.0, 0.6, 0.8];

    #[test]
    fn one_market_more_has_the_correlations_that_are_asked_for() {
        let wider = bordered(&TWO, &[Some(0.3), Some(-0.2)]);
        assert!(is_near(&correlations(&wider, 3), &[0.3, -0.2, 1.0]));
        // the others keep theirs
        assert!(is_near(&wider[..6], &[1.0, 0.0, 0.0, 0.6, 0.8, 0.0]));
    }

    #[test]
    fn what_leaves_no_room_is_lessened_in_one_proportion() {
        let wider = bordered(&TWO, &[Some(0.98), Some(-0.49)]);
        let found = correlations(&wider, 3);
        assert!((found[2] - 1.0).abs() < 1e-12 && wider[8] < 1e-6, "{wider:?}");
        assert!((found[0] / found[1] + 2.0).abs() < 1e-9 && found[0] < 0.9, "{found:?}");
    }

    #[test]
    fn of_a_ghost_and_of_a_twin_nothing_is_asked() {
        let wider = bordered(&TWO, &[None, Some(0.4)]);
        assert!(is_near(&correlations(&wider, 3)[1..], &[0.4, 1.0]));
        // two markets that are one
        let wider = bordered(&[1.0, 0.0, 1.0, 1e-8], &[Some(0.5), Some(0.5)]);
        assert!((correlations(&wider, 3)[1] - 0.5).abs() < 1e-7);
    }
}
