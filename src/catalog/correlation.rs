//! How the shocks of two classes hang together in calm months.
//!
//! In: `correlations.toml`. Out: the entry of a pair. Not here: the matrix of a scenario's assets
//! (`scenario`), whether a matrix is possible (`math::correlation`).

use std::sync::OnceLock;

use serde::Deserialize;

use super::entry::Entry;
use super::store::read;

struct Table {
    same_class: Entry,
    claims: Entry,
    pairs: Vec<([String; 2], Entry)>,
}

/// Correlation of the shocks of an asset of class `a` with another of class `b`, in calm months.
///
/// Symmetric; two assets of one class that has no entry with itself get [`correlation_of_same_class`].
/// `None` if one of the classes does not exist.
#[must_use]
pub fn correlation(a: &str, b: &str) -> Option<&'static Entry> {
    let joins =
        |pair: &[String; 2]| (pair[0] == a && pair[1] == b) || (pair[0] == b && pair[1] == a);
    let found = pairs().find(|(pair, _)| joins(pair));
    let is_known = a == b && super::class(a).is_some();
    let itself = || is_known.then(correlation_of_same_class);
    found.map(|(_, entry)| entry).or_else(itself)
}

/// Correlation of two assets of a class that has none of its own.
///
/// A matrix filled from the catalog is positive definite for any number of assets exactly if the matrix between
/// classes is, with the correlations inside each class on its diagonal: if this is above 0.733.
#[must_use]
pub fn correlation_of_same_class() -> &'static Entry {
    &table().same_class
}

/// How strongly the true returns behind the claims move together (`correlation.roi`).
#[must_use]
pub fn correlation_of_claims() -> &'static Entry {
    &table().claims
}

/// All pairs of classes, in the order of the file; the last are classes with themselves.
pub fn pairs() -> impl Iterator<Item = (&'static [String; 2], &'static Entry)> {
    table().pairs.iter().map(|(pair, entry)| (pair, entry))
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let file: File = read(include_str!("correlations.toml"));
        let pairs = file
            .pair
            .into_iter()
            .map(|pair| (pair.between, pair.entry))
            .collect();
        Table {
            same_class: file.same_class,
            claims: file.roi,
            pairs,
        }
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    same_class: Entry,
    roi: Entry,
    pair: Vec<PairTable>,
}

#[derive(Deserialize)]
struct PairTable {
    between: [String; 2],
    #[serde(flatten)]
    entry: Entry,
}
