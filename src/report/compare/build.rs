//! Builds a comparison from runs: differences, before any verdict (`headline`).
//!
//! In: the scenarios, data of their runs. Out: [`RunResults`] of one run and [`RunDifferences`] of two, which one
//! machine can send to another; [`Comparison`]. Not here: the effect of single edits (`cli::compare`).

use super::super::edit::EditPart;
use super::super::measure::Measure;
use super::crossover::{ComesIn, CrossoverPart};
use super::document::{
    ALPHA, COMPARE_SCHEMA, CasePart, ChangePart, Comparison, DifferencePart, NotJudged, SidePart, StepPart,
    WhyPart,
};
use crate::engine::VALUE_VERSION;
use crate::scenario::Scenario;
use crate::stats::{Data, Difference, Note, Value, Verdict, differences, exact, look_up};
use crate::study::{Candidate, EditStep, Remark, Sides, with_draws_of};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Results of one run that a comparison needs besides its differences from the base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunResults {
    #[serde(with = "exact")]
    money_in: f64,
    incomes: ComesIn,
}

/// Differences of one run from the base, with the run's own results.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RunDifferences {
    left: RunResults,
    differences: Vec<Difference>,
    /// Crossover of the incomes; `None` if they do not cross exactly once, or if `no_crossover` says why not.
    crossover: Option<CrossoverPart>,
    no_crossover: Option<Remark>,
}

impl RunResults {
    /// Extracts from `data` what a comparison needs of a run of `scenario`.
    pub fn of(scenario: &Scenario, data: &Data) -> Self {
        Self { money_in: data.basis().money_in, incomes: ComesIn::of(scenario, data) }
    }
}

impl RunDifferences {
    /// Compares a run of `scenario` with the base. The data of both must be in the same order of paths.
    pub fn of(base: &RunResults, base_data: &Data, scenario: &Scenario, data: &Data) -> Self {
        let left = RunResults::of(scenario, data);
        let crossover =
            CrossoverPart::of(scenario.start, &base.incomes, base_data, &left.incomes, data).transpose();
        Self {
            differences: differences(base_data, data),
            no_crossover: crossover.as_ref().err().cloned(),
            crossover: crossover.ok().flatten(),
            left,
        }
    }

    /// Returns the difference of the measure `id`; `None` if a run has no such figure.
    pub fn difference(&self, id: &str) -> Option<&Difference> {
        self.differences.iter().find(|found| found.id == id)
    }
}

/// Returns the letter of the scenario at `place`, from 0: `A` … `Z`, `AA` …
fn letter(place: usize) -> String {
    let last = char::from(b'A' + (place % 26) as u8);
    match (place / 26).checked_sub(1) {
        Some(before) => format!("{}{last}", letter(before)),
        None => last.to_string(),
    }
}

impl SidePart {
    /// Describes the scenario at `place` (0 is the base); `scenario` is that scenario as it was run.
    fn new(place: usize, of: &Candidate<'_>, scenario: &Scenario, left: &RunResults) -> Self {
        Self {
            letter: letter(place),
            id: of.case.id.clone(),
            name: of.name.clone(),
            title: scenario.title.clone(),
            model_digest: scenario.model_digest().to_string(),
            money_in: left.money_in,
            inflation: scenario.settings.economy.inflation.mean().get(),
            incomes: left.incomes.clone(),
        }
    }
}

impl DifferencePart {
    /// Converts a difference between two runs to plain values, without a verdict.
    fn new(found: &Difference) -> Self {
        let unit = found.measure.unit;
        let finite = |number: f64| number.is_finite().then_some(number);
        Self {
            unit,
            base: finite(found.base.value),
            base_std_error: found.base.std_error,
            new: finite(found.new.value),
            new_std_error: found.new.std_error,
            runs: [&found.base, &found.new].map(|estimate| Measure::new(unit, estimate)),
            better: found.measure.better,
            can_differ: found.difference.note != Some(Note::NoObligations),
            change: ChangePart::of(Some(found)),
            p_value: found.p_value,
            verdict: Verdict::NotJudged,
            sharpness: found.sharpness,
            not_judged: None,
        }
    }

    fn withhold(&mut self, why: NotJudged) {
        self.p_value = None;
        self.not_judged.get_or_insert(why);
    }

    /// Returns the verdict on this difference. `is_significant` accounts for all differences that are judged.
    pub(super) fn judged(&self, is_significant: bool) -> Verdict {
        let difference = self.change.difference.unwrap_or(f64::NAN);
        match Verdict::of(self.better, difference, self.p_value, is_significant) {
            Verdict::NoneSeen if self.change.is_same => Verdict::Same,
            found => found,
        }
    }
}

impl CasePart {
    /// Builds case number `place` (from 1) from its differences to the base, without verdicts.
    fn new(sides: &Sides<'_>, place: usize, base: &RunResults, found: &RunDifferences) -> Self {
        let (of, new) = (sides.base.case, &sides.new[place - 1]);
        let scenario = with_draws_of(&of.scenario, &new.case.scenario);
        let [ours, theirs] = [base.money_in, found.left.money_in];
        // more than rounding apart
        let is_other_investment = (ours - theirs).abs() > 1e-9 * ours.abs().max(theirs.abs());
        let is_other_payments = !of.scenario.pays_like(&scenario);
        let measures = found.differences.iter().map(|found| {
            let mut part = DifferencePart::new(found);
            // more money from a larger investment is neither better nor worse
            if is_other_investment && part.unit.is_money() {
                part.withhold(NotJudged::OtherInvestment);
            }
            if let Some(measure) = look_up(&found.id).filter(|_| is_other_payments) {
                match measure.better_at_other_payments() {
                    Some(better) => part.better = better,
                    None => part.withhold(NotJudged::OtherPayments),
                }
            }
            (found.id.clone(), part)
        });
        let mut remarks = sides.remarks(new);
        remarks.extend(is_other_investment.then_some(Remark::OtherInvestment));
        remarks.extend(is_other_payments.then_some(Remark::OtherPayments));
        remarks.extend(found.no_crossover.clone());
        Self {
            side: SidePart::new(place, new, &scenario, &found.left),
            edits: of.document.edits_to(&new.case.document).iter().map(EditPart::from).collect(),
            headline: BTreeMap::new(),
            measures: measures.collect(),
            crossover: found.crossover.clone(),
            why: None,
            remarks,
        }
    }
}

impl Comparison {
    /// Builds the comparison of all new scenarios with the base, with verdicts.
    pub fn of(sides: &Sides<'_>, base: &RunResults, found: &[RunDifferences]) -> Self {
        let scenario = &sides.base.case.scenario;
        let found = (1..).zip(found);
        let case = |(place, found)| CasePart::new(sides, place, base, found);
        let comparison = Self {
            schema: COMPARE_SCHEMA.to_owned(),
            value_version: VALUE_VERSION,
            title: sides.title.clone(),
            edits: Vec::new(),
            currency: scenario.currency.clone(),
            start: scenario.start.to_string(),
            months: scenario.months,
            paths: scenario.paths,
            seeds: scenario.seeds,
            alpha: ALPHA,
            n_in_headline: 0,
            n_in_all: 0,
            base: SidePart::new(0, &sides.base, scenario, base),
            headline: Vec::new(),
            cases: found.map(case).collect(),
        };
        comparison.judged()
    }

    /// Attributes the difference `total` of case number `place`, from 0, to its edits. `changes` has the change by each
    /// step (edits applied together), or `None` if the measure is missing before or after it.
    pub fn explain(
        &mut self,
        place: usize,
        total: &Difference,
        steps: &[EditStep],
        changes: &[Option<Difference>],
    ) {
        let label = self.headline.iter().find(|part| part.measure == total.id);
        let steps = steps.iter().zip(changes).map(|(step, change)| StepPart {
            edits: step.edits.iter().map(EditPart::from).collect(),
            table: step.table.clone(),
            change: ChangePart::of(change.as_ref()),
        });
        self.cases[place].why = Some(WhyPart {
            measure: total.id.clone(),
            label: label.map_or(&total.measure.title, |part| &part.label).clone(),
            unit: total.measure.unit,
            steps: steps.collect(),
            total: ChangePart::of(Some(total)),
        });
    }
}

impl ChangePart {
    fn of(found: Option<&Difference>) -> Self {
        let difference = found.map(|found| &found.difference);
        let interval = difference.and_then(|difference| difference.interval);
        let is_known = |(low, high): &(f64, f64)| (high - low).is_finite();
        Self {
            difference: difference.map(|difference| difference.value),
            std_error: difference.and_then(|difference| difference.std_error),
            interval: interval.filter(is_known).map(|(low, high)| [low, high]),
            is_same: found.is_some_and(|found| found.is_same),
            error: found.map(|found| Value::new(found.measure.unit, &found.difference).error),
        }
    }
}
