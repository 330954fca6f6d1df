//! Runs to comparison: differences, headline, verdicts.
//!
//! In: a base and what is beside it, each with its data. Out: [`Comparison`]. Not here: what an edit
//! does (`why`), runs of which only reports are left (`reports`).

use super::super::batch::EditPart;
use super::super::build::{measure, model_digest};
use super::document::{
    ALPHA, COMPARE_SCHEMA, CasePart, Comparison, DifferencePart, Pairing, SidePart, VerdictPart,
};
use super::headline::headline;
use crate::engine::VALUE_VERSION;
use crate::figure::is_money;
use crate::scenario::Scenario;
use crate::stats::{Better, Data, Difference, Incomparable, Note, Verdict, differences, holm};
use std::collections::BTreeMap;

/// A scenario as it was run.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub scenario: &'a Scenario,
    /// With the order of the paths.
    pub data: &'a Data,
}

impl Side<'_> {
    fn part(&self) -> SidePart {
        SidePart {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            title: self.scenario.title.clone(),
            model_digest: model_digest(self.scenario),
            money_in: self.data.basis().flows.money_in,
            inflation: self.scenario.economy.inflation.get(),
        }
    }
}

/// Why amounts have no verdict where the money put in differs.
pub(super) const ANOTHER_STAKE: &str = "another stake";

/// A difference that has no verdict yet.
pub(super) struct Unjudged {
    pub id: String,
    pub better: Better,
    /// Whether it can be anything but zero.
    pub can_differ: bool,
    pub part: DifferencePart,
}

impl Unjudged {
    fn new(found: &Difference) -> Self {
        let unit = found.measure.unit;
        let difference = &found.difference;
        Self {
            id: found.id.clone(),
            better: found.measure.better,
            can_differ: difference.note != Some(Note::NoObligations),
            part: DifferencePart {
                unit: unit.word(),
                base: found.base.value,
                base_std_error: found.base.std_error,
                new: found.new.value,
                new_std_error: found.new.std_error,
                runs: [&found.base, &found.new].map(|estimate| measure(unit, estimate)),
                difference: difference.value,
                std_error: difference.std_error,
                interval: difference.interval.map(|(low, high)| [low, high]),
                p_value: found.p_value,
                verdict: VerdictPart::NotJudged,
                sharpness: found.sharpness,
                note: difference.note.map(|note| note.to_string()),
            },
        }
    }

    /// More money from more money is neither better nor worse.
    fn with_another_stake(&mut self) {
        let part = &mut self.part;
        if is_money(part.unit) {
            part.p_value = None;
            part.note.get_or_insert_with(|| ANOTHER_STAKE.to_owned());
        }
    }

    fn verdict(&self, is_significant: bool) -> VerdictPart {
        let part = &self.part;
        match Verdict::of(self.better, part.difference, part.p_value, is_significant) {
            Verdict::Better => VerdictPart::Better,
            Verdict::Worse => VerdictPart::Worse,
            Verdict::Changed => VerdictPart::Changed,
            Verdict::NotJudged => VerdictPart::NotJudged,
            Verdict::NoneSeen if part.std_error == Some(0.0) => VerdictPart::Same,
            Verdict::NoneSeen => VerdictPart::NoneSeen,
        }
    }
}

/// A comparison being made: cases are added one by one, then judged together.
pub struct Comparing {
    comparison: Comparison,
    /// Of every case.
    differences: Vec<Vec<Unjudged>>,
}

impl Comparing {
    /// Begins with a base; `title` is what all is about.
    pub fn new(title: &str, base: &Side<'_>) -> Self {
        let scenario = base.scenario;
        Self::begun(Comparison {
            schema: COMPARE_SCHEMA,
            value_version: VALUE_VERSION,
            pairing: Pairing::SharedPaths,
            title: title.to_owned(),
            currency: scenario.currency.clone(),
            start: scenario.start.to_string(),
            months: scenario.months,
            paths: scenario.paths,
            seeds: scenario.seeds,
            alpha: ALPHA,
            n_in_headline: 0,
            n_in_all: 0,
            base: base.part(),
            headline: Vec::new(),
            cases: Vec::new(),
        })
    }

    /// Begins with what is known of the base.
    pub(super) fn begun(comparison: Comparison) -> Self {
        Self {
            comparison,
            differences: Vec::new(),
        }
    }

    /// Adds what was run beside the base, on its seed and paths.
    pub fn add(
        &mut self,
        base: &Side<'_>,
        new: &Side<'_>,
        edits: Vec<EditPart>,
        remarks: Vec<String>,
    ) -> Result<(), Incomparable> {
        let found = differences(base.data, new.data)?;
        let unjudged = found.iter().map(Unjudged::new).collect();
        self.add_unjudged(new.part(), edits, remarks, unjudged);
        Ok(())
    }

    pub(super) fn add_unjudged(
        &mut self,
        side: SidePart,
        edits: Vec<EditPart>,
        remarks: Vec<String>,
        mut found: Vec<Unjudged>,
    ) {
        if !self.comparison.base.is_of_one_stake(&side) {
            found.iter_mut().for_each(Unjudged::with_another_stake);
        }
        self.differences.push(found);
        self.comparison.cases.push(CasePart {
            side,
            edits,
            headline: BTreeMap::new(),
            measures: BTreeMap::new(),
            why: None,
            remarks,
        });
    }

    /// Chooses the headline and gives every difference its verdict.
    pub fn judged(self) -> Comparison {
        let Self {
            mut comparison,
            differences,
        } = self;
        comparison.headline = headline(&differences);
        let in_headline = |found: &Unjudged| {
            let mut headline = comparison.headline.iter();
            headline.any(|part| part.measure == found.id)
        };
        let (of_headline, n_in_headline) = verdicts(&differences, in_headline);
        let (of_all, n_in_all) = verdicts(&differences, |_| true);
        (comparison.n_in_headline, comparison.n_in_all) = (n_in_headline, n_in_all);
        let cases = comparison.cases.iter_mut().zip(differences);
        for ((case, found), (headline, all)) in cases.zip(of_headline.into_iter().zip(of_all)) {
            case.headline = headline;
            let parts = found.into_iter().map(|found| {
                let verdict = all[&found.id];
                (
                    found.id,
                    DifferencePart {
                        verdict,
                        ..found.part
                    },
                )
            });
            case.measures = parts.collect();
        }
        comparison
    }
}

type Verdicts = BTreeMap<String, VerdictPart>;

/// Verdicts on the differences that are `meant`, which allow for all of them in all cases; and how
/// many these are.
fn verdicts(
    differences: &[Vec<Unjudged>],
    meant: impl Fn(&Unjudged) -> bool,
) -> (Vec<Verdicts>, usize) {
    let of_case = |case: &'_ Vec<Unjudged>| -> Vec<usize> {
        (0..case.len())
            .filter(|place| meant(&case[*place]))
            .collect()
    };
    let places: Vec<Vec<usize>> = differences.iter().map(of_case).collect();
    let p_values: Vec<Option<f64>> = differences
        .iter()
        .zip(&places)
        .flat_map(|(case, places)| places.iter().map(|place| case[*place].part.p_value))
        .collect();
    let mut is_significant = holm(&p_values, ALPHA).into_iter();
    let mut verdict = |found: &Unjudged| {
        let is_significant = is_significant.next().unwrap_or(false);
        (found.id.clone(), found.verdict(is_significant))
    };
    let mut found = Vec::with_capacity(differences.len());
    for (case, places) in differences.iter().zip(&places) {
        found.push(places.iter().map(|place| verdict(&case[*place])).collect());
    }
    (found, p_values.iter().flatten().count())
}
