//! How the shocks of two classes hang together in calm months.
//!
//! In: `correlations.toml`, the pairs that a class brings along. Out: the entry of a pair. Not here: the matrix of a scenario's assets
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
/// Symmetric; two assets of one class get [`correlation_of_same_class`]. `None` if one of the
/// classes does not exist.
#[must_use]
pub fn correlation(a: &str, b: &str) -> Option<&'static Entry> {
    if a == b {
        return super::class(a).map(|_| correlation_of_same_class());
    }
    let joins =
        |pair: &[String; 2]| (pair[0] == a && pair[1] == b) || (pair[0] == b && pair[1] == a);
    table()
        .pairs
        .iter()
        .find(|(pair, _)| joins(pair))
        .map(|(_, entry)| entry)
}

/// Correlation of two assets of one class.
///
/// With λ the smallest eigenvalue of the matrix between classes, a matrix filled from the catalog
/// is positive definite for any number of assets exactly if this is above 1 − λ = 0.732.
#[must_use]
pub fn correlation_of_same_class() -> &'static Entry {
    &table().same_class
}

/// How strongly the true returns behind the claims move together (`correlation.roi`).
#[must_use]
pub fn correlation_of_claims() -> &'static Entry {
    &table().claims
}

/// All pairs of different classes, those of the file first.
pub fn pairs() -> impl Iterator<Item = (&'static [String; 2], &'static Entry)> {
    table().pairs.iter().map(|(pair, entry)| (pair, entry))
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let file: File = read(include_str!("correlations.toml"));
        let listed = file.pair.into_iter().map(|pair| (pair.between, pair.entry));
        let brought = super::classes().iter().flat_map(|class| {
            let pairs = class.pairs.iter().cloned();
            pairs.map(|pair| ([class.id.clone(), pair.with], pair.entry))
        });
        let pairs = listed.chain(brought).collect();
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
