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
struct CorrelationFile {
    same_class: Entry,
    roi: Entry,
    pair: Vec<PairDefault>,
}

#[derive(Deserialize)]
struct PairDefault {
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

fn table() -> &'static CorrelationFile {
    static TABLE: OnceLock<CorrelationFile> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: CorrelationFile = read(include_str!("correlations.toml"));
        for class in super::classes() {
            let own = class.pairs.iter().cloned();
            table.pair.extend(
                own.map(|own| PairDefault { between: [class.id.clone(), own.with], entry: own.entry }),
            );
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{classes, magnitudes};
    use crate::math::correlation::{Matrix, cholesky, eigen};

    /// Tests also a crisis that moves every correlation by the default share towards one.
    #[test]
    fn two_three_and_ten_assets_of_every_class_make_a_positive_definite_matrix_calm_and_moved_towards_one() {
        for n_of_class in [1, 2, 3, 10] {
            let calm = matrix(n_of_class, inside);
            let crisis = Matrix::from_fn(calm.order(), |i, j| 0.7 * calm.get(i, j) + 0.3);
            for matrix in [calm, crisis] {
                assert!(eigen(&matrix).smallest() > 0.005, "{n_of_class}");
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
            let with = |id: &str| match inside(id) {
                own if own == value_of(correlation_of_same_class()) => same,
                own => own,
            };
            let mut limit = matrix(1, inside);
            (0..limit.order()).for_each(|i| limit.set(i, i, with(&classes()[i].id)));
            limit
        };
        let same = value_of(correlation_of_same_class());
        assert!(is_positive_definite(&limit(same)));
        assert!(is_positive_definite(&limit(0.7335)), "the texts say 0.733");
        assert!(!is_positive_definite(&limit(0.7325)), "the texts say 0.733");
        assert!(is_positive_definite(&matrix(40, inside)));
    }

    fn inside(id: &str) -> f64 {
        value_of(correlation(id, id).expect("every class has one"))
    }

    fn value_of(entry: &Entry) -> f64 {
        magnitudes(&entry.value).expect("a correlation is a number").0
    }

    /// Returns the correlation matrix of `per_class` assets of each class; `inside(id)` is the correlation of two
    /// assets of one class.
    fn matrix(per_class: usize, inside: impl Fn(&str) -> f64) -> Matrix {
        Matrix::from_fn(classes().len() * per_class, |i, j| {
            let [a, b] = [i, j].map(|of| classes()[of / per_class].id.as_str());
            match (i == j, a == b) {
                (true, _) => 1.0,
                (_, true) => inside(a),
                _ => value_of(correlation(a, b).expect("a pair")),
            }
        })
    }

    fn is_positive_definite(matrix: &Matrix) -> bool {
        cholesky(matrix).is_ok_and(|lower| (0..matrix.order()).all(|row| lower.get(row, row) > 1e-6))
    }
}
