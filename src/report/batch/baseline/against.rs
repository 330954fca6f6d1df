//! A scenario beside its line in the baseline.
//!
//! In: the line, what was simulated now, the line simulated again on the same random numbers. Out:
//! [`AgainstPart`]. Not here: simulating (`cli`), paired differences (`stats`).

use super::super::HEADLINE;
use super::super::gate::events;
use super::super::gate_edits::tolerance;
use super::super::{AgainstPart, Answer, Asked, ChangePart};
use super::sides::{Now, Rerun, apart};
use super::{Entry, Kept};
use crate::math::counts::exact_score;
use crate::math::ln;
use crate::math::normal::from_ln_upper_tail;
use crate::math::quantile::interval_ranks;
use crate::report::VALUE_VERSION;
use crate::stats::{LEVEL, Sampling, look_up, unpaired};
use statrs::distribution::{ContinuousCDF, StudentsT};
use std::collections::BTreeMap;

/// A figure whose difference is within so much of it has not changed, unless its gate says otherwise.
pub const TOLERANCE: f64 = 0.01;

/// Standard errors that a difference must exceed, however few figures are compared.
const LEAST_SCORE: f64 = 4.0;

/// Probability of a false alarm in a whole batch whose models did not change.
const FALSE_ALARM: f64 = 0.01;

/// Standard errors beyond which one of `n_figures` figures counts as changed.
///
/// ```text
/// max(4, Φ⁻¹(1 − 0.01/(2n)))
/// ```
///
/// Four errors are passed by chance once in 16,000 figures; from 158 figures on that is more than
/// one batch in a hundred, so the bar rises with their number (4.5 at 1,800). Source: Boole's
/// inequality (Bonferroni).
pub fn critical_score(n_figures: usize) -> f64 {
    let one_sided = 0.5 * FALSE_ALARM / n_figures.max(1) as f64;
    let of_batch = from_ln_upper_tail(ln(one_sided));
    if of_batch > LEAST_SCORE {
        of_batch
    } else {
        LEAST_SCORE
    }
}

/// Holds what was simulated `now` against `entry`, the line of the baseline with the same id.
///
/// Another currency, start or horizon leaves nothing to compare: amounts and dates mean something
/// else. The same model, value version, paths and seed must give the same figures to the last bit. Another
/// model is compared with what the baseline's keys give now (`rerun`), path by path. The seed is part
/// of a model: under another seed, or with other paths, the rerun is no proof of the figures that
/// stand in the baseline, so these are compared with the rerun's too, by their errors, and what
/// differs is a change. What cannot be simulated again, was of another value version, or of the same
/// model with other paths, is compared with the figures as they stand, by their errors.
///
/// A figure changed if its difference is more than `critical` standard errors ([`critical_score`])
/// and more than the tolerance: the smaller of that of the baseline's gates and that of the gates of
/// now. Where the error is not known, a difference on the same random numbers
/// counts by the tolerance alone, since nothing but the edit can have made it; one between
/// independent runs does not count.
pub fn against(
    entry: Option<&Entry>,
    now: &Now,
    critical: f64,
    rerun: impl FnOnce(&Entry) -> Result<Rerun, String>,
) -> AgainstPart {
    let Some(entry) = entry else {
        return AgainstPart::New;
    };
    let bar = Bar {
        now,
        gates: &entry.gates,
        critical,
    };
    if let Some(why) = apart(entry, now) {
        let edits = now.edits.clone();
        return AgainstPart::Apart { why, edits };
    }
    if entry.value_version != VALUE_VERSION {
        let why = format!(
            "the baseline is of value version {}, this program of {VALUE_VERSION}",
            entry.value_version
        );
        return bar.unpaired(entry, why, true);
    }
    let is_same_run = entry.paths == now.paths && entry.seeds == now.seeds;
    if entry.model_digest == now.model_digest {
        return match is_same_run {
            true => bar.same_run(entry),
            false => bar.unpaired(entry, other_run(entry, now), false),
        };
    }
    match rerun(entry) {
        Err(why) => bar.unpaired(entry, why, false),
        Ok(rerun) if is_same_run => {
            let is_as_kept = |(id, kept): (&String, &Kept)| {
                let again = rerun.figures.get(id);
                again.is_none_or(|again| is_same(again, kept))
            };
            match entry.figures.iter().all(is_as_kept) {
                true => bar.paired(entry, &rerun, rerun.is_beside),
                false => {
                    let why = "the baseline's own keys no longer give its figures".to_owned();
                    bar.unpaired(entry, why, false)
                }
            }
        }
        // figures of another seed or number of paths cannot be the same to the last bit, and yet
        // must be of the same law
        Ok(rerun) => match bar.outdated(entry, &rerun) {
            outdated if outdated.is_empty() => bar.paired(entry, &rerun, true),
            outdated => bar.of_both(entry, &rerun, outdated),
        },
    }
}

fn other_run(entry: &Entry, now: &Now) -> String {
    match (entry.seeds == now.seeds, entry.paths == now.paths) {
        (true, _) => format!("the baseline has {} paths", entry.paths),
        (_, true) => format!("the baseline has {}", entry.seeds),
        _ => format!("the baseline has {} and {} paths", entry.seeds, entry.paths),
    }
}

fn is_same(answer: &Answer, kept: &Kept) -> bool {
    answer.value.to_bits() == kept.value.to_bits()
}

/// What a difference must exceed.
struct Bar<'n> {
    now: &'n Now,
    /// Of the baseline.
    gates: &'n BTreeMap<String, Asked>,
    critical: f64,
}

impl Bar<'_> {
    fn same_run(&self, entry: &Entry) -> AgainstPart {
        let moved = self
            .in_both(entry)
            .filter(|(_, kept, new)| !is_same(new, kept));
        let mut changes: Vec<ChangePart> = moved
            .map(|(id, kept, new)| change(id, new, kept.value, new.value - kept.value, Some(0.0)))
            .collect();
        changes.extend(self.in_one(entry));
        match changes.is_empty() {
            true => AgainstPart::Equal,
            false => AgainstPart::Drifted { changes },
        }
    }

    /// Figures of the baseline that its own keys do not give under the seed and paths of now, which
    /// are another sample.
    fn outdated(&self, entry: &Entry, rerun: &Rerun) -> Vec<ChangePart> {
        let both = entry.figures.iter();
        let both = both.filter_map(|(id, kept)| Some((id, kept, rerun.figures.get(id)?)));
        both.filter_map(|(id, kept, again)| self.independent(id, kept, entry.paths, again))
            .collect()
    }

    /// Figures of which the baseline's own are `outdated`, and then those that the edits changed.
    fn of_both(&self, entry: &Entry, rerun: &Rerun, outdated: Vec<ChangePart>) -> AgainstPart {
        let names: Vec<&str> = outdated.iter().map(|change| &*change.measure).collect();
        let why = format!(
            "{}: under those of now its own keys give another {}: its line is outdated, or the \
             program changed without a new value version",
            other_run(entry, self.now),
            names.join(", "),
        );
        let edited = match self.paired(entry, rerun, true) {
            AgainstPart::Paired { changes, .. } => changes,
            _ => Vec::new(),
        };
        let of_edits = edited
            .into_iter()
            .filter(|change| !outdated.iter().any(|other| other.measure == change.measure));
        let of_edits: Vec<ChangePart> = of_edits.collect();
        AgainstPart::Unpaired {
            why,
            is_other_version: false,
            changes: outdated.into_iter().chain(of_edits).collect(),
            edits: self.now.edits.clone(),
        }
    }

    fn paired(&self, entry: &Entry, rerun: &Rerun, is_again: bool) -> AgainstPart {
        let changes = self.in_both(entry).filter_map(|(id, _, new)| {
            let found = rerun.differences.iter().find(|found| found.measure == *id);
            let Some(found) = found else {
                let base = rerun.figures.get(id)?;
                return self.independent(id, &Kept::from(base), base.n, new);
            };
            let score = found.p_value.map(score_of);
            let is_changed = self.exceeds(
                id,
                found.difference,
                found.base,
                score.unwrap_or(f64::INFINITY),
            );
            let error = found.std_error;
            is_changed.then(|| change(id, new, found.base, found.difference, error))
        });
        AgainstPart::Paired {
            is_again,
            changes: changes.chain(self.in_one(entry)).collect(),
            edits: self.now.edits.clone(),
        }
    }

    fn unpaired(&self, entry: &Entry, why: String, is_other_version: bool) -> AgainstPart {
        let changes = self
            .in_both(entry)
            .filter_map(|(id, kept, new)| self.independent(id, kept, entry.paths, new));
        AgainstPart::Unpaired {
            why,
            is_other_version,
            changes: changes.chain(self.in_one(entry)).collect(),
            edits: self.now.edits.clone(),
        }
    }

    /// Headline figures that either the baseline or the run of now has; those of gates come and go
    /// with them.
    fn in_one<'e>(&'e self, entry: &'e Entry) -> impl Iterator<Item = ChangePart> {
        HEADLINE.into_iter().filter_map(|id| {
            let base = entry.figures.get(id).map(|kept| kept.value);
            let new = self.now.figures.get(id).map(|answer| answer.value);
            let unit = look_up(id).map_or("", |measure| measure.unit.word());
            (base.is_some() != new.is_some()).then(|| ChangePart {
                measure: id.to_owned(),
                unit: unit.to_owned(),
                base,
                new,
                difference: None,
                std_error: None,
            })
        })
    }

    /// Figures of the baseline that the run of now has too.
    fn in_both<'e>(
        &'e self,
        entry: &'e Entry,
    ) -> impl Iterator<Item = (&'e String, &'e Kept, &'e Answer)> {
        let figures = entry.figures.iter();
        figures.filter_map(|(id, kept)| Some((id, kept, self.now.figures.get(id)?)))
    }

    /// Between runs that have nothing in common; none if it did not change.
    fn independent(&self, id: &str, base: &Kept, n_base: u64, new: &Answer) -> Option<ChangePart> {
        let found = unpaired((base.value, base.std_error), (new.value, new.std_error));
        let score = independent_score(id, base, n_base, new)?;
        self.exceeds(id, found.difference, base.value, score)
            .then(|| change(id, new, base.value, found.difference, found.std_error))
    }

    fn exceeds(&self, id: &str, difference: f64, base: f64, score: f64) -> bool {
        let now = self.now.tolerances.get(id).unwrap_or(&TOLERANCE);
        // whoever edits a scenario must not say at once how far it may move
        let tolerance = tolerance(self.gates, id).min(*now);
        score.abs() > self.critical && difference.abs() > tolerance * base.abs()
    }
}

fn change(
    id: &str,
    new: &Answer,
    base: f64,
    difference: f64,
    std_error: Option<f64>,
) -> ChangePart {
    ChangePart {
        measure: id.to_owned(),
        unit: new.unit.clone(),
        base: Some(base),
        new: Some(new.value),
        difference: Some(difference),
        std_error,
    }
}

/// The standard normal that is passed as often as `p_value` says, two-sided.
fn score_of(p_value: f64) -> f64 {
    match p_value > 0.0 {
        true => from_ln_upper_tail(ln(0.5 * p_value)),
        false => f64::INFINITY,
    }
}

/// How far two independent figures are from one truth, as a standard normal; none where an error is
/// not known.
///
/// Shares of the paths are compared by their counts, exactly: a normal law has no room for the one
/// path in a thousand. Means of the worst paths and quantiles are compared with Student's law, with
/// the degrees of freedom of Welch (1947).
fn independent_score(id: &str, base: &Kept, n_base: u64, new: &Answer) -> Option<f64> {
    let z = unpaired((base.value, base.std_error), (new.value, new.std_error)).z()?;
    let n = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let measure = look_up(id);
    let sampling = |of| measure.map_or(Sampling::Normal, |measure| measure.sampling(n(of)));
    match (sampling(n_base), sampling(new.n)) {
        (Sampling::Share, _) => Some(exact_score(
            (events(base.value, n(n_base)), n_base),
            (events(new.value, n(new.n)), new.n),
        )),
        (
            Sampling::Shortfall {
                degrees_of_freedom: first,
                ..
            },
            Sampling::Shortfall {
                degrees_of_freedom: second,
                ..
            },
        ) => {
            let (a, b) = (base.std_error?, new.std_error?);
            Some(student_score(z, welch((a, first), (b, second))))
        }
        (Sampling::Quantile { probability }, _) => {
            let (a, b) = (base.std_error?, new.std_error?);
            let degrees = |n| degrees_of_quantile(n, probability);
            let (first, second) = (degrees(n(n_base))?, degrees(n(new.n))?);
            Some(student_score(z, welch((a, first), (b, second))))
        }
        _ => Some(z),
    }
}

/// Degrees of freedom of the error of a quantile; none where it has no interval.
///
/// ```text
/// ν = (k − j)/2
/// ```
///
/// The error is the width of the interval between the ranks j and k, a sum of k − j gaps between
/// neighbours, each about exponential: its relative variance is 1/(k − j), that of an error with ν
/// degrees of freedom 1/(2ν). Source: H. A. David & H. N. Nagaraja, *Order Statistics*, 3rd ed., §2.5.
fn degrees_of_quantile(n: usize, probability: f64) -> Option<f64> {
    let (low, high) = interval_ranks(n, probability, LEVEL)?;
    Some(0.5 * (high - low) as f64)
}

/// Degrees of freedom of the sum of two squared errors, each with its own. Source: B. L. Welch, *The
/// generalization of "Student's" problem*, Biometrika 34 (1947) 28–35.
fn welch((a, first): (f64, f64), (b, second): (f64, f64)) -> f64 {
    let (a, b) = (a * a, b * b);
    (a + b) * (a + b) / (a * a / first + b * b / second)
}

/// Standard normal with the tail that Student's law has beyond `z`.
fn student_score(z: f64, degrees_of_freedom: f64) -> f64 {
    let law = StudentsT::new(0.0, 1.0, degrees_of_freedom);
    // both errors are zero: the figures are certain
    let Some(law) = law.ok().filter(|_| degrees_of_freedom.is_finite()) else {
        return z;
    };
    let tail = law.sf(z.abs());
    match tail > 0.0 {
        true => from_ln_upper_tail(ln(tail)),
        false => z.abs(),
    }
}

#[cfg(test)]
mod alarms;
#[cfg(test)]
mod tests;
