//! A scenario beside its line in the baseline.
//!
//! In: the line, that of now, the line simulated again on the same random numbers. Out:
//! [`AgainstPart`]. Not here: simulating (`cli`), paired differences (`stats`).

use super::super::HEADLINE;
use super::super::gate_edits::tolerance;
use super::super::{AgainstPart, ChangePart, EditPart, How};
use super::score::{independent_score, score_of};
use super::{Entry, Kept};
use crate::math::ln;
use crate::math::normal::from_ln_upper_tail;
use crate::report::VALUE_VERSION;
use crate::report::measure::unit_of;
use crate::stats::{Difference, unpaired};
use crate::study::Terms;
use std::collections::BTreeMap;

/// The comparison where the figures of the baseline are not those of its file.
const AGAIN: &str = "compared with the baseline's scenario, simulated again on these paths";
/// Figures in money where other money is put in.
const OTHER_STAKE: &str =
    "the money invested is not that of the baseline, so amounts do not compare directly";
/// Figures of one model that differ.
const DRIFTED: &str = "model, paths and seed are those of the baseline and the figures are not: the program changed \
                       without a new results version, or the line was edited";

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
}

/// A scenario of the baseline simulated again, on the random numbers, paths and seed of now.
#[derive(Clone, Debug)]
pub struct Rerun {
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
    fn apart(&self, entry: &Entry) -> Option<String> {
        let before = Terms {
            currency: entry.currency.clone(),
            ..self.terms_before.as_ref().unwrap_or(&self.terms).clone()
        };
        let unlike = before.unlike(&self.terms).into_iter();
        let unlike = unlike.map(|unlike| {
            let [was, is] = unlike.values;
            format!(
                "the baseline has the {} {was}, this scenario {is}",
                unlike.key
            )
        });
        // what it was made of cannot be read, and still says what was written
        let edits = self.edits.iter();
        let of_terms = |key: &str| ["start", "horizon"].contains(&key);
        let edits = edits.filter(|edit| self.terms_before.is_none() && of_terms(&edit.key));
        let edits = edits.map(|edit| format!("{} {}", edit.key, edit.what()));
        let said: Vec<String> = unlike.chain(edits).collect();
        (!said.is_empty()).then(|| format!("{}: such figures do not compare", said.join("; ")))
    }

    /// Whether `entry` is of another model whose figures compare: then it has to be simulated again.
    pub fn needs_rerun(&self, entry: &Entry) -> bool {
        entry.value_version == VALUE_VERSION
            && entry.model_digest != self.line.model_digest
            && self.apart(entry).is_none()
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
    rerun: Option<Result<Rerun, String>>,
) -> AgainstPart {
    let Some(entry) = entry else {
        return AgainstPart::of(How::New);
    };
    let bar = Bar {
        now,
        entry,
        critical,
    };
    if let Some(why) = now.apart(entry) {
        return AgainstPart {
            why: Some(why),
            edits: now.edits.clone(),
            ..AgainstPart::of(How::Apart)
        };
    }
    if entry.value_version != VALUE_VERSION {
        let why = format!(
            "the baseline has results version {}, this program {VALUE_VERSION}",
            entry.value_version
        );
        return bar.by_errors(How::OtherVersion, why);
    }
    let is_same_run = (entry.paths, entry.seeds) == (now.line.paths, now.line.seeds);
    match rerun {
        None if is_same_run => bar.same_run(),
        None => bar.by_errors(How::Unpaired, bar.other_run()),
        Some(Err(why)) => bar.by_errors(How::Unpaired, why),
        Some(Ok(rerun)) => match bar.outdated(&rerun, is_same_run) {
            outdated if outdated.is_empty() => bar.paired(&rerun, rerun.is_beside || !is_same_run),
            outdated => bar.of_both(&rerun, outdated),
        },
    }
}

fn held(
    how: How,
    why: Option<String>,
    changes: Vec<ChangePart>,
    edits: &[EditPart],
) -> AgainstPart {
    AgainstPart {
        why,
        changes,
        edits: edits.to_vec(),
        ..AgainstPart::of(how)
    }
}

fn is_same(one: &Kept, other: &Kept) -> bool {
    one.value.to_bits() == other.value.to_bits()
}

/// What a difference must exceed.
struct Bar<'n> {
    now: &'n Now,
    /// Of the baseline.
    entry: &'n Entry,
    critical: f64,
}

impl Bar<'_> {
    fn other_run(&self) -> String {
        let (entry, now) = (self.entry, &self.now.line);
        match (entry.seeds == now.seeds, entry.paths == now.paths) {
            (true, _) => format!("the baseline has {} paths", entry.paths),
            (_, true) => format!("the baseline has {}", entry.seeds),
            _ => format!("the baseline has {} and {} paths", entry.seeds, entry.paths),
        }
    }

    fn same_run(&self) -> AgainstPart {
        let moved = self.in_both(&self.now.line.figures);
        let moved = moved.filter(|(_, kept, new)| !is_same(new, kept));
        let changes: Vec<ChangePart> = moved.map(drifted).chain(self.in_one()).collect();
        let why = (!changes.is_empty()).then(|| DRIFTED.to_owned());
        held(How::Same, why, changes, &[])
    }

    /// Figures of the baseline that its own keys do not give: of the same run not to the last bit, under another
    /// seed or number of paths not by the same law.
    fn outdated(&self, rerun: &Rerun, is_same_run: bool) -> Vec<ChangePart> {
        let both = self.in_both(&rerun.figures);
        if is_same_run {
            let moved = both.filter(|(_, kept, again)| !is_same(again, kept));
            return moved.map(drifted).collect();
        }
        let base = self.entry.paths;
        let moved = both.filter_map(|(id, kept, again)| self.independent(id, (kept, base), again));
        moved.collect()
    }

    /// Figures of which the baseline's own are `outdated`, and then those that the edits changed.
    fn of_both(&self, rerun: &Rerun, outdated: Vec<ChangePart>) -> AgainstPart {
        let names: Vec<&str> = outdated.iter().map(|change| &*change.measure).collect();
        let (entry, now) = (self.entry, &self.now.line);
        let of = match (entry.paths, entry.seeds) == (now.paths, now.seeds) {
            true => String::new(),
            false => format!("{}: under those of now ", self.other_run()),
        };
        let mut why = format!(
            "{of}its own keys give another {}: its line is outdated, or the program changed without a \
             new results version",
            names.join(", "),
        );
        if !rerun.is_of_one_stake {
            why = format!("{why}; {OTHER_STAKE}");
        }
        let mut found = self.paired(rerun, true);
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

    fn paired(&self, rerun: &Rerun, is_again: bool) -> AgainstPart {
        let moved = self.in_both(&self.now.line.figures);
        let moved = moved.filter_map(|(id, _, new)| {
            let found = rerun.differences.iter().find(|found| found.id == *id);
            let Some(found) = found else {
                // as a line has it
                let base = <(f64, Option<f64>)>::from(*rerun.figures.get(id)?).into();
                return self.independent(id, (&base, self.now.line.paths), new);
            };
            let score = found.p_value.map_or(f64::INFINITY, score_of);
            let difference = (found.difference.value, found.difference.std_error);
            self.moved(change(id, new, found.base.value, difference), score)
        });
        let changes: Vec<ChangePart> = moved.chain(self.in_one()).collect();
        let again = (is_again && !changes.is_empty()).then_some(AGAIN);
        let said = [again, (!rerun.is_of_one_stake).then_some(OTHER_STAKE)];
        let said: Vec<&str> = said.into_iter().flatten().collect();
        let why = (!said.is_empty()).then(|| said.join("; "));
        held(How::Paired, why, changes, &self.now.edits)
    }

    fn by_errors(&self, how: How, why: String) -> AgainstPart {
        let (base, moved) = (self.entry.paths, self.in_both(&self.now.line.figures));
        let moved = moved.filter_map(|(id, kept, new)| self.independent(id, (kept, base), new));
        let changes = moved.chain(self.in_one()).collect();
        held(how, Some(why), changes, &self.now.edits)
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

    /// Between runs that have nothing in common; none if it did not move.
    fn independent(
        &self,
        id: &str,
        (base, n_base): (&Kept, u64),
        new: &Kept,
    ) -> Option<ChangePart> {
        let found = unpaired((base.value, base.std_error), (new.value, new.std_error));
        let score = independent_score(id, (base, n_base), (new, self.now.line.paths))?;
        let difference = (found.difference, found.std_error);
        self.moved(change(id, new, base.value, difference), score)
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
}

/// A figure that is not what it was though nothing was edited.
fn drifted((id, kept, new): (&String, &Kept, &Kept)) -> ChangePart {
    change(id, new, kept.value, (new.value - kept.value, Some(0.0)))
}

fn change(
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
    }
}

#[cfg(test)]
mod alarms;
#[cfg(test)]
mod tests;
