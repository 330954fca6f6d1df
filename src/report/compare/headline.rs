//! Headline of a comparison: the measures on its screen, and verdicts corrected for their number.
//!
//! In: cases with their differences. Out: [`HeadlinePart`]s, verdicts. Not here: labels of the measures
//! (`labels.toml`).

use super::document::{ALPHA, CasePart, Comparison, DifferencePart, HeadlinePart};
use crate::record::id;
use crate::report::labels;
use crate::stats::{Verdict, holm, unit_of};
use std::collections::BTreeMap;

/// Largest number of measures that a comparison shows: each further measure weakens the verdicts on the others.
const MOST: usize = 8;

/// Id of the probability of a month in which more than 90 % of the agents' money sells. Means over all paths
/// hide it, so it is shown whenever it differs.
const CASCADE: &str = id::FULL_CASCADE;
/// Id of the mean hours of work. They are not wealth: they are shown last, and only if they differ.
const HOURS: &str = id::HOURS_MEAN;

/// Ids of risk measures, whose differences are attributed to edits before those of other measures.
const ATTRIBUTED_FIRST: [&str; 4] = [CASCADE, id::RUIN, id::LOSS_PROBABILITY, id::REAL_WEALTH_P05];

/// Fewest paths with which a comparison of `n_cases` cases can reach a verdict. If one run is ahead on all
/// `n` paths, the p-value is 2·2^−n. Holm's first step compares it with [`ALPHA`] divided by the number of
/// measures of all cases.
pub fn fewest_paths(n_cases: usize) -> u32 {
    // one more for hours
    let least = 2.0 * ((MOST + 1) * n_cases) as f64 / ALPHA;
    (least.ceil() as u64).next_power_of_two().trailing_zeros()
}

/// Returns the id of every measure that a comparison may show on its screen.
pub fn may_lead() -> impl Iterator<Item = &'static str> {
    labels::headline().iter().map(|one| one.measure.as_str())
}

/// Chooses the measures of the screen: the first of `labels.toml` that some case has and that can differ.
pub(super) fn headline(cases: &[CasePart]) -> Vec<HeadlinePart> {
    let is_any = |id: &str, is: fn(&DifferencePart) -> bool| {
        cases.iter().filter_map(|case| case.measures.get(id)).any(is)
    };
    let differs = |id: &str| is_any(id, |part| part.change.difference.is_some_and(|change| change != 0.0));
    let all = labels::headline().iter().map(|one| HeadlinePart {
        measure: one.measure.clone(),
        label: one.label.clone(),
        unit: unit_of(&one.measure),
    });
    let is_rare = |part: &HeadlinePart| [CASCADE, HOURS].contains(&part.measure.as_str());
    let (mut rare, mut chosen): (Vec<_>, Vec<_>) = all.partition(is_rare);
    rare.retain(|part| differs(&part.measure));
    chosen.retain(|part| is_any(&part.measure, |part| part.can_differ));
    let has_cascade = rare.iter().any(|part| part.measure == CASCADE);
    chosen.truncate(MOST - usize::from(has_cascade));
    chosen.extend(rare);
    chosen
}

impl Comparison {
    /// Chooses the measures of the screen and sets the verdict of every difference.
    pub(super) fn judged(mut self) -> Self {
        self.headline = headline(&self.cases);
        let leads = |id: &str| self.headline.iter().any(|part| part.measure == id);
        let (of_headline, n_in_headline) = verdicts(&self.cases, leads);
        let (of_all, n_in_all) = verdicts(&self.cases, |_| true);
        (self.n_in_headline, self.n_in_all) = (n_in_headline, n_in_all);
        let found = of_headline.into_iter().zip(of_all);
        for (case, (headline, all)) in self.cases.iter_mut().zip(found) {
            case.headline = headline;
            for (part, verdict) in case.measures.values_mut().zip(all.into_values()) {
                part.verdict = verdict;
            }
        }
        self
    }

    /// Returns the id of the measure to attribute by default: the first one of case number `place`, from 0, that
    /// clearly differs, risk measures first. `None` if none does.
    pub fn first_difference(&self, place: usize) -> Option<&str> {
        let verdicts = &self.cases[place].headline;
        let headline = self.headline.iter().map(|part| part.measure.as_str());
        let mut ids = ATTRIBUTED_FIRST.into_iter().chain(headline);
        ids.find(|id| verdicts.get(*id).is_some_and(|found| found.is_clear()))
    }
}

/// Returns the verdicts by case on the measures that `meant` selects by id, corrected for the returned number of
/// p-values.
fn verdicts(cases: &[CasePart], meant: impl Fn(&str) -> bool) -> (Vec<BTreeMap<String, Verdict>>, usize) {
    let of_cases = cases.iter().map(|case| case.measures.iter().filter(|(id, _)| meant(id)).collect());
    let all: Vec<Vec<(&String, &DifferencePart)>> = of_cases.collect();
    let p_values: Vec<Option<f64>> = all.iter().flatten().map(|(_, part)| part.p_value).collect();
    let mut is_significant = holm(&p_values, ALPHA).into_iter();
    let judged = |parts: Vec<(&String, &DifferencePart)>| {
        let of_part = parts.into_iter().zip(is_significant.by_ref());
        of_part.map(|((id, part), is_significant)| (id.clone(), part.judged(is_significant))).collect()
    };
    let found = all.into_iter().map(judged).collect();
    (found, p_values.iter().flatten().count())
}
