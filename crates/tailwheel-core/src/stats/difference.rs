//! Differences between two runs on common random numbers, path by path.
//!
//! In: data of two runs with as many paths. Out: a [`Difference`] for every measure that both have. Not here:
//! which of two runs is better (`verdict`).
//!
//! Path k of one run and path k of the other use the same random draws, so what they have in common cancels.
//! With influence functions (`influence`) the difference of any figure is nearly the mean of
//!
//! ```text
//! z_k = θ_new − θ_base + IF_new(y_k) − IF_base(x_k),      error √(Σ(z − z̄)²/(n(n − 1)))
//! ```
//!
//! Figures that are not computed from one number per path are left out: correlations and tail coefficients
//! use all months of the first paths at once.

mod paired;
mod share;

pub(super) use share::{DiscordantPaths, tango};

use super::LEVEL;
use super::change::BothRuns;
use super::data::Data;
use super::estimate::{Estimate, Note};
use super::exact;
use super::measure::{Measure, Sampled};
use super::reference::{families, look_up};
use crate::math::normal;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Difference of one measure between two runs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Difference {
    pub id: String,
    pub measure: &'static Measure,
    pub base: Estimate,
    pub new: Estimate,
    /// New minus base, with the paired error; without an error, the note gives the reason.
    pub difference: Estimate,
    /// True if no path differs by more than rounding.
    pub is_same: bool,
    /// Two-sided p-value of no difference; `None` if the error is unknown. It is 1 if no path differs. It is
    /// 0 if the difference is equal on every path or both runs are deterministic.
    #[serde(with = "exact")]
    pub p_value: Option<f64>,
    /// Variance of the difference of two independent runs divided by that of this paired difference: the
    /// factor in paths that common random numbers save. `None` if the error is unknown or zero.
    #[serde(with = "exact")]
    pub sharpness: Option<f64>,
}

/// A difference with its p-value and the factor in paths that it saves over independent runs.
struct Paired {
    difference: Estimate,
    p_value: Option<f64>,
    sharpness: Option<f64>,
}

/// Returns the two-sided p-value of no difference for a normal error; 0 if a nonzero difference has no error.
fn p_value(difference: f64, std_error: f64) -> f64 {
    if difference == 0.0 {
        1.0
    } else if std_error == 0.0 {
        0.0
    } else {
        2.0 * normal::cdf(-(difference / std_error).abs())
    }
}

impl Difference {
    /// Compares `measure` of object `name` in two runs; `are_certain` is true if both are deterministic.
    fn of(
        measure: &'static Measure,
        name: &str,
        pair: &BothRuns<'_>,
        base: Estimate,
        new: Estimate,
        are_certain: bool,
    ) -> Self {
        let is_by_definition = [base, new].map(|one| one.note == Some(Note::NoObligations));
        let value = new.value - base.value;
        let unseen = [Note::RareBills, Note::EventUnseen];
        let unseen = unseen.into_iter().find(|note| [base, new].iter().any(|one| one.note == Some(*note)));
        let paired = match (is_by_definition, unseen) {
            ([true, true], _) => Paired::unknown(0.0, pair.n(), Note::NoObligations),
            (_, Some(note)) => Paired::unknown(value, pair.n(), note),
            _ if are_certain && pair.is_even() => Paired::certain(pair, value),
            _ => Paired::of(measure.statistic, pair, value),
        };
        Self {
            id: measure.id_of(name),
            measure,
            base,
            new,
            difference: paired.difference,
            is_same: pair.n_differ() == 0,
            p_value: paired.p_value,
            sharpness: paired.sharpness,
        }
    }
}

/// Returns the differences of all measures that both runs have, in the order of [`MEASURES`](super::MEASURES)
/// and of the assets of `new`. It uses all threads, which does not change the result.
///
/// Panics if the runs have different numbers of paths.
pub fn differences(base: &Data, new: &Data) -> Vec<Difference> {
    families().into_par_iter().flat_map_iter(|family| of_family(family, base, new)).collect()
}

/// Returns the difference of the measure `id`. `None` if a run has no such figure, or if the figure is not
/// computed from one number per path.
///
/// Panics if the runs have different numbers of paths.
pub fn difference(base: &Data, new: &Data, id: &str) -> Option<Difference> {
    let found = of_family(std::slice::from_ref(look_up(id)?), base, new);
    found.into_iter().find(|difference| difference.id == id)
}

/// True if the measure `id` is computed from one number per path, so that it has paired differences.
pub fn is_paired(id: &str) -> bool {
    look_up(id).is_some_and(|measure| measure.source.is_of_single_paths())
}

/// Returns the differences of the measures of one `family`, which use the same samples, for each object.
fn of_family(family: &'static [Measure], base: &Data, new: &Data) -> Vec<Difference> {
    assert_eq!(base.n_paths(), new.n_paths(), "only equal numbers of paths can be paired");
    let source = family[0].source;
    if !source.is_of_single_paths() {
        return Vec::new();
    }
    let scope = family[0].scope;
    let before = base.basis().objects(scope);
    let mut found = Vec::new();
    for (object, name) in new.basis().objects(scope) {
        let Some((was, _)) = before.iter().find(|(_, known)| *known == name) else {
            continue;
        };
        let sampled = |data, object| Sampled::of(&source, data, object);
        if let (Ok(was), Ok(is)) = (sampled(base, *was), sampled(new, object)) {
            let [x, y] = [&was, &is].map(|sampled| sampled.all.by_path());
            let pair = BothRuns::new(&was.all, &is.all, x, y);
            let of = |measure: &'static Measure| {
                let [was_certain, is_certain] = [base, new].map(|data| measure.is_certain(data));
                let (was, is) = (measure.estimate(&was, LEVEL, base), measure.estimate(&is, LEVEL, new));
                Difference::of(measure, name, &pair, was, is, was_certain && is_certain)
            };
            found.extend(family.iter().map(of));
        }
    }
    found
}

#[cfg(test)]
mod tests;
