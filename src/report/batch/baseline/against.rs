//! A scenario beside its line in the baseline.
//!
//! In: the line, what was simulated now, the line simulated again on the same random numbers. Out:
//! [`AgainstPart`]. Not here: simulating (`cli`), paired differences (`stats`).

use super::super::HEADLINE;
use super::super::gate_edits::tolerance;
use super::super::{AgainstPart, Answer, Asked, ChangePart, EditPart, How};
use super::score::{independent_score, score_of};
use super::sides::{Now, Rerun, apart};
use super::{Entry, Kept};
use crate::math::ln;
use crate::math::normal::from_ln_upper_tail;
use crate::report::VALUE_VERSION;
use crate::stats::{look_up, unpaired};
use std::collections::BTreeMap;

/// What is compared with where the figures of the baseline are not those of its file.
const AGAIN: &str = "the baseline's scenario, simulated again on these paths";
/// What is to be known of figures in money where other money is put in.
const OTHER_STAKE: &str =
    "the baseline's scenario does not put in the same, so amounts are not of one stake";
/// Why figures of one model may differ.
const DRIFTED: &str = "the same model, paths and seed gave other figures here: the program changed \
                       without a new value version, or the line was edited";

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
        return AgainstPart::of(How::New);
    };
    let bar = Bar {
        now,
        gates: &entry.gates,
        critical,
    };
    if let Some(why) = apart(entry, now) {
        return AgainstPart {
            why: Some(why),
            edits: now.edits.clone(),
            ..AgainstPart::of(How::Apart)
        };
    }
    if entry.value_version != VALUE_VERSION {
        let why = format!(
            "the baseline is of value version {}, this program of {VALUE_VERSION}",
            entry.value_version
        );
        return bar.by_errors(entry, How::OtherVersion, why);
    }
    let is_same_run = entry.paths == now.paths && entry.seeds == now.seeds;
    if entry.model_digest == now.model_digest {
        return match is_same_run {
            true => bar.same_run(entry),
            false => bar.by_errors(entry, How::Unpaired, other_run(entry, now)),
        };
    }
    match rerun(entry) {
        Err(why) => bar.by_errors(entry, How::Unpaired, why),
        Ok(rerun) => match bar.outdated(entry, &rerun, is_same_run) {
            outdated if outdated.is_empty() => {
                bar.paired(entry, &rerun, rerun.is_beside || !is_same_run)
            }
            outdated => bar.of_both(entry, &rerun, outdated),
        },
    }
}

fn held(how: How, why: Option<String>, moved: Sorted, edits: &[EditPart]) -> AgainstPart {
    AgainstPart {
        how,
        why,
        changes: moved.beyond,
        within: moved.within,
        edits: edits.to_vec(),
    }
}

/// Figures that moved by more than their error.
struct Sorted {
    /// And by more than the tolerance.
    beyond: Vec<ChangePart>,
    within: Vec<ChangePart>,
}

impl Sorted {
    fn of(moved: impl Iterator<Item = (ChangePart, bool)>) -> Self {
        let (beyond, within): (Vec<_>, Vec<_>) = moved.partition(|(_, is_beyond)| *is_beyond);
        let alone = |all: Vec<(ChangePart, bool)>| all.into_iter().map(|(one, _)| one).collect();
        Self {
            beyond: alone(beyond),
            within: alone(within),
        }
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
        let changes = moved.map(drifted);
        let beyond: Vec<ChangePart> = changes.chain(self.in_one(entry)).collect();
        let why = (!beyond.is_empty()).then(|| DRIFTED.to_owned());
        let within = Vec::new();
        held(How::Same, why, Sorted { beyond, within }, &[])
    }

    /// Figures of the baseline that its own keys do not give: of the same run not to the last bit, under another
    /// seed or number of paths not by the same law.
    fn outdated(&self, entry: &Entry, rerun: &Rerun, is_same_run: bool) -> Vec<ChangePart> {
        let both = entry.figures.iter();
        let both = both.filter_map(|(id, kept)| Some((id, kept, rerun.figures.get(id)?)));
        if is_same_run {
            let moved = both.filter(|(_, kept, again)| !is_same(again, kept));
            return moved.map(drifted).collect();
        }
        let moved =
            both.filter_map(|(id, kept, again)| self.independent(id, kept, entry.paths, again));
        Sorted::of(moved).beyond
    }

    /// Figures of which the baseline's own are `outdated`, and then those that the edits changed.
    fn of_both(&self, entry: &Entry, rerun: &Rerun, outdated: Vec<ChangePart>) -> AgainstPart {
        let names: Vec<&str> = outdated.iter().map(|change| &*change.measure).collect();
        let of = match (entry.paths, &entry.seeds) == (self.now.paths, &self.now.seeds) {
            true => String::new(),
            false => format!("{}: under those of now ", other_run(entry, self.now)),
        };
        let mut why = format!(
            "{of}its own keys give another {}: its line is outdated, or the program changed without a \
             new value version",
            names.join(", "),
        );
        if !rerun.is_of_one_stake {
            why = format!("{why}; {OTHER_STAKE}");
        }
        let mut found = self.paired(entry, rerun, true);
        let is_new = |change: &ChangePart| {
            let mut known = outdated.iter();
            known.all(|known| known.measure != change.measure)
        };
        found.changes.retain(is_new);
        AgainstPart {
            how: How::Unpaired,
            why: Some(why),
            changes: outdated.into_iter().chain(found.changes).collect(),
            ..found
        }
    }

    fn paired(&self, entry: &Entry, rerun: &Rerun, is_again: bool) -> AgainstPart {
        let moved = self.in_both(entry).filter_map(|(id, _, new)| {
            let found = rerun.differences.iter().find(|found| found.measure == *id);
            let Some(found) = found else {
                let base = rerun.figures.get(id)?;
                return self.independent(id, &Kept::from(base), base.n, new);
            };
            let score = found.p_value.map_or(f64::INFINITY, score_of);
            let moved = change(id, new, found.base, found.difference, found.std_error);
            self.sorted(moved, score)
        });
        let mut moved = Sorted::of(moved);
        moved.beyond.extend(self.in_one(entry));
        let again = (is_again && !moved.beyond.is_empty()).then_some(AGAIN);
        let said = [again, (!rerun.is_of_one_stake).then_some(OTHER_STAKE)];
        let said: Vec<&str> = said.into_iter().flatten().collect();
        let why = (!said.is_empty()).then(|| said.join("; "));
        held(How::Paired, why, moved, &self.now.edits)
    }

    fn by_errors(&self, entry: &Entry, how: How, why: String) -> AgainstPart {
        let moved = self
            .in_both(entry)
            .filter_map(|(id, kept, new)| self.independent(id, kept, entry.paths, new));
        let mut moved = Sorted::of(moved);
        moved.beyond.extend(self.in_one(entry));
        held(how, Some(why), moved, &self.now.edits)
    }

    /// Headline figures that either the baseline or the run of now has; those of gates come and go
    /// with them.
    fn in_one<'e>(&'e self, entry: &'e Entry) -> impl Iterator<Item = ChangePart> {
        HEADLINE.into_iter().filter_map(|id| {
            let base = entry.figures.get(id).map(|kept| kept.value);
            let new = self.now.figures.get(id).map(|answer| answer.value);
            let unit = look_up(id).map_or("", |measure| measure.unit.word());
            let mut asked = self.gates.values().map(|asked| &*asked.measure);
            let is_of_gate = match base {
                Some(_) => asked.any(|measure| measure == id),
                None => self.now.tolerances.contains_key(id),
            };
            let is_in_one = base.is_some() != new.is_some() && !is_of_gate;
            is_in_one.then(|| ChangePart {
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

    /// Between runs that have nothing in common; none if it did not move.
    fn independent(
        &self,
        id: &str,
        base: &Kept,
        n_base: u64,
        new: &Answer,
    ) -> Option<(ChangePart, bool)> {
        let found = unpaired((base.value, base.std_error), (new.value, new.std_error));
        let score = independent_score(id, base, n_base, new)?;
        let moved = change(id, new, base.value, found.difference, found.std_error);
        self.sorted(moved, score)
    }

    /// Whether `moved`, so many standard errors, is beyond the tolerance; none if it is within its error
    /// or nothing.
    fn sorted(&self, moved: ChangePart, score: f64) -> Option<(ChangePart, bool)> {
        let id = &moved.measure;
        let now = self.now.tolerances.get(id).unwrap_or(&TOLERANCE);
        // whoever edits a scenario must not say at once how far it may move
        let tolerance = tolerance(self.gates, id).min(*now);
        let difference = moved.difference?.abs();
        let is_beyond = difference > tolerance * moved.base?.abs();
        let is_moved = score.abs() > self.critical && difference > 0.0;
        is_moved.then_some((moved, is_beyond))
    }
}

/// A figure that is not what it was though nothing was edited.
fn drifted((id, kept, new): (&String, &Kept, &Answer)) -> ChangePart {
    change(id, new, kept.value, new.value - kept.value, Some(0.0))
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

#[cfg(test)]
mod alarms;
#[cfg(test)]
mod tests;
