//! Default correlations between the shocks of two classes in the normal regime.
//!
//! In: `correlations.toml`, and the pairs in the files of classes. Out: the entry of a pair. Not here: the
//! matrix of a scenario's assets (`scenario`), checks for positive definiteness (`math::correlation`).

use super::entry::Entry;
use super::store::read;
use serde::Deserialize;
use std::sync::OnceLock;

/// Contents of `correlations.toml`, to whose list the pairs in the files of classes are added.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    same_class: Entry,
    roi: Entry,
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    between: [String; 2],
    #[serde(flatten)]
    entry: Entry,
}

/// Correlation of the shocks of an asset of class `a` with those of an asset of class `b`, in the normal
/// regime.
///
/// The order of `a` and `b` does not matter. Two assets of one class without its own entry get
/// [`correlation_of_same_class`]. `None` if a class does not exist.
pub fn correlation(a: &str, b: &str) -> Option<&'static Entry> {
    let joins = |pair: &[String; 2]| (pair[0] == a && pair[1] == b) || (pair[0] == b && pair[1] == a);
    let found = pairs().find(|(pair, _)| joins(pair));
    let is_known = a == b && super::class(a).is_some();
    let itself = || is_known.then(correlation_of_same_class);
    found.map(|(_, entry)| entry).or_else(itself)
}

/// Default correlation of two assets of one class, for classes that have no value of their own.
///
/// The matrix of any number of assets is positive definite exactly if the matrix between classes is, with
/// the correlations inside each class on its diagonal. That holds if this default is above 0.733.
pub fn correlation_of_same_class() -> &'static Entry {
    &table().same_class
}

/// Correlation between the true returns of different claims (`correlation.roi`).
pub fn correlation_of_claims() -> &'static Entry {
    &table().roi
}

/// All pairs of classes: those of `correlations.toml` (pairs of a class with itself come last), then those in
/// the files of classes.
pub fn pairs() -> impl Iterator<Item = (&'static [String; 2], &'static Entry)> {
    table().pair.iter().map(|pair| (&pair.between, &pair.entry))
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: Table = read(include_str!("correlations.toml"));
        for class in super::classes() {
            let own = class.pairs.iter().cloned();
            table
                .pair
                .extend(own.map(|own| Pair { between: [class.id.clone(), own.with], entry: own.entry }));
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{classes, magnitudes};

    /// Tests also a crisis that moves every correlation by the default share towards one.
    #[test]
    fn two_three_and_ten_assets_of_every_class_make_a_positive_definite_matrix_calm_and_moved_towards_one() {
        for n_of_class in [1, 2, 3, 10] {
            let calm = matrix(n_of_class, inside);
            let crisis: Vec<Vec<f64>> =
                calm.iter().map(|row| row.iter().map(|r| 0.7 * r + 0.3).collect()).collect();
            for matrix in [calm, crisis] {
                assert!(smallest_eigenvalue(matrix) > 0.005, "{n_of_class}");
            }
        }
        let one_for_all = matrix(2, |_| value_of(correlation_of_same_class()));
        assert!(!is_positive_definite(&one_for_all), "no class needs its own");
    }

    /// With C the matrix between classes, s the correlations inside them and D = diag(1 − s), the matrix of n assets of
    /// each class acts as n·(C − D) + D on sums within a class, and as D on differences. So it is definite for every
    /// n if C − D, which is C with s on its diagonal, is. Fewer assets of a class give a principal part of that matrix.
    #[test]
    fn any_number_of_assets_of_every_class_makes_a_positive_definite_matrix_and_no_less_would_do() {
        let limit = |same: f64| {
            let mut limit = matrix(1, inside);
            let with = |id: &str| match inside(id) {
                own if own == value_of(correlation_of_same_class()) => same,
                own => own,
            };
            (0..limit.len()).for_each(|i| limit[i][i] = with(&classes()[i].id));
            limit
        };
        let same = value_of(correlation_of_same_class());
        assert!(is_positive_definite(&limit(same)));
        assert!(is_positive_definite(&limit(0.7335)), "the texts say 0.733");
        assert!(!is_positive_definite(&limit(0.7325)), "the texts say 0.733");
        assert!(is_positive_definite(&matrix(40, inside)));
    }

    /// Correlation of the shocks of two assets of the class `id`.
    fn inside(id: &str) -> f64 {
        value_of(correlation(id, id).expect("every class has one"))
    }

    fn value_of(entry: &Entry) -> f64 {
        magnitudes(&entry.value).expect("a correlation is a number").0
    }

    /// Returns the correlation matrix of `per_class` assets of each class; `inside(id)` is the correlation of two
    /// assets of one class.
    fn matrix(per_class: usize, inside: impl Fn(&str) -> f64) -> Vec<Vec<f64>> {
        let n = classes().len() * per_class;
        let cell = |i: usize, j: usize| {
            let (a, b) = (i / per_class, j / per_class);
            match (i == j, a == b) {
                (true, _) => 1.0,
                (_, true) => inside(&classes()[a].id),
                _ => value_of(correlation(&classes()[a].id, &classes()[b].id).expect("a pair")),
            }
        };
        (0..n).map(|i| (0..n).map(|j| cell(i, j)).collect()).collect()
    }

    /// True if a Cholesky factorization succeeds; the factor is not kept.
    fn is_positive_definite(matrix: &[Vec<f64>]) -> bool {
        let n = matrix.len();
        let mut lower = vec![vec![0.0; n]; n];
        for i in 0..n {
            for j in 0..=i {
                let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
                let rest = matrix[i][j] - known;
                if i == j && rest <= 1e-12 {
                    return false;
                }
                lower[i][j] = if i == j { rest.sqrt() } else { rest / lower[j][j] };
            }
        }
        true
    }

    /// Finds the smallest eigenvalue by bisection on the definiteness of `matrix − x·1`, to 1e-9.
    fn smallest_eigenvalue(matrix: Vec<Vec<f64>>) -> f64 {
        let shifted = |x: f64| {
            let mut shifted = matrix.clone();
            (0..shifted.len()).for_each(|i| shifted[i][i] -= x);
            shifted
        };
        let (mut below, mut above) = (0.0, 1.0);
        assert!(is_positive_definite(&shifted(below)) && !is_positive_definite(&shifted(above)));
        while above - below > 1e-9 {
            let middle = f64::midpoint(below, above);
            if is_positive_definite(&shifted(middle)) { below = middle } else { above = middle }
        }
        below
    }

    #[test]
    fn the_bisection_finds_a_known_eigenvalue() {
        let known = vec![vec![1.0, 0.4, 0.0], vec![0.4, 1.0, 0.0], vec![0.0, 0.0, 1.0]];
        assert!((smallest_eigenvalue(known) - 0.6).abs() < 1e-8);
    }
}
