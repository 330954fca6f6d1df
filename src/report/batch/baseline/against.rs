//! A scenario beside its line in the baseline.
//!
//! In: the line, that of now, the line simulated again on the same random numbers. Out:
//! [`AgainstPart`]. Not here: simulating (`cli`), paired differences (`stats`).

use super::super::gate_edits::{size, tolerance};
use super::super::{AgainstPart, ChangePart, EditPart, HEADLINE, How, Turn, Why};
use super::{Entry, Kept};
use crate::math::ln;
use crate::math::normal::from_ln_upper_tail;
use crate::report::VALUE_VERSION;
use crate::stats::{Better, Difference, Measure, look_up, unit_of};
use crate::study::Terms;
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

/// What was simulated now.
#[derive(Clone, Debug)]
pub struct Now {
    /// As a baseline would keep it.
    pub line: Entry,
    pub terms: Terms,
    /// Of what the baseline was made of, if it can be read.
    pub terms_before: Option<Terms>,
    /// Keys that are not what they are in the baseline.
    pub edits: Vec<EditPart>,
    /// Whether spending or flows are among them.
    pub pays_otherwise: bool,
}

/// A scenario of the baseline simulated again.
#[derive(Clone, Debug)]
pub struct Rerun {
    /// On its own seeds and paths: to the last bit those of its line, unless that is outdated.
    pub own: BTreeMap<String, Kept>,
    /// On the random numbers, paths and seeds of now.
    pub figures: BTreeMap<String, Kept>,
    /// Whether the differences are from a run beside the markets of now, which is not the one of the
    /// figures.
    pub is_beside: bool,
    /// Whether the same money is put in then and now.
    pub is_of_one_stake: bool,
    /// Now less then; a figure that has none is compared as if the runs were independent.
    pub differences: Vec<Difference>,
}

impl Now {
    /// Why no figure of it means what it meant in the baseline.
    fn apart(&self, entry: &Entry) -> Vec<Why> {
        let before = Terms {
            currency: entry.currency.clone(),
            ..self.terms_before.as_ref().unwrap_or(&self.terms).clone()
        };
        let unlike = before.unlike(&self.terms).into_iter();
        let unlike = unlike.map(|unlike| {
            let [was, is] = unlike.values;
            (unlike.key.to_owned(), was, is)
        });
        // what it was made of cannot be read, and still says what was written
        let edits = self.edits.iter();
        let edits = edits.filter(|edit| {
            self.terms_before.is_none() && ["start", "horizon"].contains(&&*edit.key)
        });
        let written = |value: &Option<String>| value.clone().unwrap_or_default();
        let edits = edits.map(|edit| (edit.key.clone(), written(&edit.from), written(&edit.to)));
        let all = unlike.chain(edits);
        all.map(|(key, was, is)| Why::Unlike { key, was, is })
            .collect()
    }

    /// Whether `entry` is of another model or run whose figures compare: then it has to be simulated again.
    pub fn needs_rerun(&self, entry: &Entry) -> bool {
        let is_same_run = (entry.seeds, entry.paths) == (self.line.seeds, self.line.paths);
        let is_same = is_same_run && entry.model_digest == self.line.model_digest;
        entry.value_version == VALUE_VERSION && !is_same && self.apart(entry).is_empty()
    }
}

/// Holds what was simulated `now` against `entry`, the line of the baseline with the same id.
///
/// Another currency, start or horizon leaves nothing to compare: amounts and dates mean something
/// else. The same model, value version, paths and seed must give the same figures to the last bit. Another
/// model, seed or number of paths is compared with what the baseline's keys give now (`rerun`), path by path; on their own
/// seed and paths these must give the figures that stand in the baseline, to the last bit, and what differs is a change.
/// What cannot be simulated again, or was of another value version, is compared with the figures as they stand, by their
/// errors.
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
    rerun: Option<Result<Rerun, Why>>,
) -> AgainstPart {
    let Some(entry) = entry else {
        return AgainstPart::of(How::New);
    };
    let bar = Bar {
        now,
        entry,
        critical,
    };
    let apart = now.apart(entry);
    let (how, why, mut changes) = match rerun {
        _ if !apart.is_empty() => (How::Apart, apart, Vec::new()),
        _ if entry.value_version != VALUE_VERSION => {
            let why = Why::OtherVersion {
                baseline: entry.value_version,
                program: VALUE_VERSION,
            };
            (How::OtherVersion, vec![why], bar.by_errors())
        }
        Some(Ok(rerun)) => bar.paired(&rerun),
        Some(Err(why)) => (How::Unpaired, vec![why], bar.by_errors()),
        None => {
            let same = bar.drifted(&now.line.figures);
            let changes: Vec<ChangePart> = same.into_iter().chain(bar.in_one()).collect();
            let drifted = (!changes.is_empty()).then_some(Why::Drifted);
            (How::Same, Vec::from_iter(drifted), changes)
        }
    };
    changes.sort_by(|a, b| {
        let by_size = size(b).total_cmp(&size(a));
        by_size.then_with(|| a.measure.cmp(&b.measure))
    });
    AgainstPart {
        how,
        why,
        changes,
        edits: match how {
            How::Same => Vec::new(),
            _ => now.edits.clone(),
        },
        pays_otherwise: now.pays_otherwise,
    }
}

/// What a difference must exceed.
struct Bar<'n> {
    now: &'n Now,
    /// Of the baseline.
    entry: &'n Entry,
    critical: f64,
}

impl Bar<'_> {
    /// In what the run of the baseline is another than that of now, if in anything.
    fn other_run(&self) -> Option<Why> {
        let (entry, now) = (self.entry, &self.now.line);
        let seeds = (entry.seeds != now.seeds).then_some(entry.seeds);
        let paths = (entry.paths != now.paths).then_some(entry.paths);
        let is_other = seeds.is_some() || paths.is_some();
        is_other.then_some(Why::OtherRun { seeds, paths })
    }

    /// Figures of the baseline that `figures` of the same model, seed and paths do not have to the last bit.
    fn drifted(&self, figures: &BTreeMap<String, Kept>) -> Vec<ChangePart> {
        let both = self.in_both(figures);
        let moved = both.filter(|(_, kept, new)| new.value.to_bits() != kept.value.to_bits());
        let change = |(id, kept, new): (&String, &Kept, &Kept)| {
            self.change(id, new, kept.value, (new.value - kept.value, Some(0.0)))
        };
        moved.map(change).collect()
    }

    /// Figures that the edits changed, and those of which the line of the baseline is outdated.
    fn paired(&self, rerun: &Rerun) -> (How, Vec<Why>, Vec<ChangePart>) {
        let mut changes = self.drifted(&rerun.own);
        let measures: Vec<String> = changes.iter().map(|one| one.measure.clone()).collect();
        let others = self.in_both(&self.now.line.figures);
        let others = others.filter(|(id, ..)| !measures.contains(id));
        let moved = others.filter_map(|(id, _, new)| {
            let found = rerun.differences.iter().find(|found| found.id == *id);
            let Some(found) = found else {
                return self.independent(id, rerun.figures.get(id)?, new);
            };
            let score = found.p_value.map_or(f64::INFINITY, score_of);
            let difference = (found.difference.value, found.difference.std_error);
            self.moved(self.change(id, new, found.base.value, difference), score)
        });
        changes.extend(moved.chain(self.in_one()));
        let other_run = self.other_run();
        let is_again = (rerun.is_beside || other_run.is_some()) && !changes.is_empty();
        let why = match measures.is_empty() {
            true => is_again.then_some(Why::Again),
            false => Some(Why::Outdated { measures }),
        };
        let other_stake = (!rerun.is_of_one_stake).then_some(Why::OtherStake);
        let why = other_run.into_iter().chain(why).chain(other_stake);
        (How::Paired, why.collect(), changes)
    }

    fn by_errors(&self) -> Vec<ChangePart> {
        let moved = self.in_both(&self.now.line.figures);
        let moved = moved.filter_map(|(id, kept, new)| self.independent(id, kept, new));
        moved.chain(self.in_one()).collect()
    }

    /// Headline figures that either the baseline or the run of now has; those of gates come and go
    /// with them.
    fn in_one(&self) -> impl Iterator<Item = ChangePart> {
        HEADLINE.into_iter().filter_map(|id| {
            let value = |of: &Entry| of.figures.get(id).map(|kept| kept.value);
            let (base, new) = (value(self.entry), value(&self.now.line));
            let of = match base {
                Some(_) => self.entry,
                None => &self.now.line,
            };
            let is_of_gate = of.gates.values().any(|asked| asked.measure == id);
            let is_in_one = base.is_some() != new.is_some() && !is_of_gate;
            is_in_one.then(|| ChangePart {
                measure: id.to_owned(),
                unit: unit_of(id),
                base,
                new,
                difference: None,
                std_error: None,
                turn: self.turn(id, 0.0),
            })
        })
    }

    /// Figures of the baseline that are among `figures` too.
    fn in_both<'e>(
        &'e self,
        figures: &'e BTreeMap<String, Kept>,
    ) -> impl Iterator<Item = (&'e String, &'e Kept, &'e Kept)> {
        let kept = self.entry.figures.iter();
        kept.filter_map(|(id, kept)| Some((id, kept, figures.get(id)?)))
    }

    /// Between runs that have nothing in common; none if it did not move, or if an error is not known.
    fn independent(&self, id: &str, base: &Kept, new: &Kept) -> Option<ChangePart> {
        let difference = new.value - base.value;
        let (a, b) = (base.std_error?, new.std_error?);
        let std_error = (a * a + b * b).sqrt();
        let change = self.change(id, new, base.value, (difference, Some(std_error)));
        self.moved(change, difference / std_error)
    }

    /// What `moved` by so many standard errors, if that is beyond its error and its tolerance.
    fn moved(&self, moved: ChangePart, score: f64) -> Option<ChangePart> {
        // whoever edits a scenario must not say at once how far it may move
        let tolerance = |of: &Entry| tolerance(&of.gates, &moved.measure);
        let tolerance = tolerance(self.entry).min(tolerance(&self.now.line));
        let difference = moved.difference?.abs();
        let is_beyond = difference > tolerance * moved.base?.abs();
        let is_moved = score.abs() > self.critical && difference > 0.0;
        (is_moved && is_beyond).then_some(moved)
    }

    fn change(
        &self,
        id: &str,
        new: &Kept,
        base: f64,
        (difference, std_error): (f64, Option<f64>),
    ) -> ChangePart {
        ChangePart {
            measure: id.to_owned(),
            unit: unit_of(id),
            base: Some(base),
            new: Some(new.value),
            difference: Some(difference),
            std_error,
            turn: self.turn(id, difference),
        }
    }

    fn turn(&self, id: &str, difference: f64) -> Turn {
        let measure = look_up(id);
        let better = measure.map_or(Better::Neither, |measure| measure.better);
        match better {
            _ if self.now.pays_otherwise && measure.is_some_and(Measure::is_of_loss) => {
                Turn::NotJudged
            }
            Better::Neither => Turn::Neither,
            _ if difference == 0.0 => Turn::Neither,
            better if (better == Better::Higher) == (difference > 0.0) => Turn::Better,
            _ => Turn::Worse,
        }
    }
}

/// The standard normal that is passed as often as `p_value` says, two-sided.
fn score_of(p_value: f64) -> f64 {
    match p_value > 0.0 {
        true => from_ln_upper_tail(ln(0.5 * p_value)),
        false => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests;
