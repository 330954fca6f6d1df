//! Runs to comparison: differences, headline, verdicts.
//!
//! In: a base and what is beside it, each with its data. Out: [`Comparison`]. Not here: what an edit
//! does (`why`).

use super::super::digest::model_digest;
use super::super::edit::EditPart;
use super::super::measure::Measure;
use super::crossover::CrossoverPart;
use super::document::{
    ALPHA, COMPARE_SCHEMA, CasePart, ChangePart, Comparison, DifferencePart, HeadlinePart,
    NotJudged, SidePart, StepPart, WhyPart,
};
use super::found::{Apart, Left, Named};
use crate::engine::VALUE_VERSION;
use crate::form::SourceMap;
use crate::scenario::Scenario;
use crate::stats::{
    Data, Difference, Incomparable, Measure as Measured, Note, Unit, Value, Verdict, holm, look_up,
};
use crate::study::{Attribution, Remark};
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

impl<'a> Side<'a> {
    fn named(&self) -> Named<'a> {
        Named {
            id: self.id,
            name: self.name,
            scenario: self.scenario,
        }
    }

    fn left(&self) -> Left {
        Left::of(self.scenario, self.data)
    }
}

impl SidePart {
    fn new(of: &Named<'_>, left: &Left) -> Self {
        Self {
            id: of.id.to_owned(),
            name: of.name.to_owned(),
            title: of.scenario.title.clone(),
            model_digest: model_digest(of.scenario),
            money_in: left.money_in,
            inflation: of.scenario.economy.inflation.mean().get(),
            incomes: left.incomes.clone(),
        }
    }
}

impl DifferencePart {
    /// A difference that has no verdict yet.
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

    /// More money from a larger investment is neither better nor worse.
    fn of_other_investment(&mut self) {
        if matches!(self.unit, Unit::Money | Unit::MoneyPerMonth) {
            self.withhold(NotJudged::OtherInvestment);
        }
    }

    /// Withdrawals count as received, so losses do not compare where other amounts are withdrawn.
    fn of_other_payments(&mut self, id: &str) {
        if look_up(id).is_some_and(Measured::is_of_loss) {
            self.withhold(NotJudged::OtherPayments);
        }
    }

    fn withhold(&mut self, why: NotJudged) {
        self.p_value = None;
        self.not_judged.get_or_insert(why);
    }

    fn judged(&self, is_significant: bool) -> Verdict {
        let difference = self.change.difference.unwrap_or(f64::NAN);
        match Verdict::of(self.better, difference, self.p_value, is_significant) {
            Verdict::NoneSeen if self.change.is_same => Verdict::Same,
            found => found,
        }
    }
}

/// A comparison being made: cases are added one by one, then judged together.
pub struct Comparing(Comparison);

impl Comparing {
    /// Begins with a base; `title` is what all is about.
    pub fn new(title: &str, base: &Side<'_>) -> Self {
        Self::of(title, &base.named(), &base.left())
    }

    /// The same with a base that left this.
    pub fn of(title: &str, base: &Named<'_>, left: &Left) -> Self {
        let scenario = base.scenario;
        Self(Comparison {
            schema: COMPARE_SCHEMA.to_owned(),
            value_version: VALUE_VERSION,
            title: title.to_owned(),
            currency: scenario.currency.clone(),
            start: scenario.start.to_string(),
            months: scenario.months,
            paths: scenario.paths,
            seeds: scenario.seeds,
            alpha: ALPHA,
            n_in_headline: 0,
            n_in_all: 0,
            base: SidePart::new(base, left),
            headline: Vec::new(),
            cases: Vec::new(),
        })
    }

    /// Adds what was run beside the base, on its seed and paths.
    pub fn add(
        &mut self,
        base: &Side<'_>,
        new: &Side<'_>,
        edits: Vec<EditPart>,
        remarks: Vec<Remark>,
    ) -> Result<(), Incomparable> {
        let found = Apart::of((&base.left(), base.data), (new.scenario, new.data))?;
        self.add_found([&base.named(), &new.named()], &found, edits, remarks);
        Ok(())
    }

    /// Adds what was found of `new` beside `base`.
    pub fn add_found(
        &mut self,
        [base, new]: [&Named<'_>; 2],
        found: &Apart,
        edits: Vec<EditPart>,
        mut remarks: Vec<Remark>,
    ) {
        let differences = found.differences.iter();
        let unjudged = differences.map(|found| (found.id.clone(), DifferencePart::new(found)));
        let mut measures: BTreeMap<String, DifferencePart> = unjudged.collect();
        let side = SidePart::new(new, &found.left);
        if !self.0.base.is_of_one_stake(&side) {
            measures
                .values_mut()
                .for_each(DifferencePart::of_other_investment);
            remarks.push(Remark::OtherInvestment);
        }
        if !base.scenario.pays_like(new.scenario) {
            let parts = measures.iter_mut();
            parts.for_each(|(id, part)| part.of_other_payments(id));
            remarks.push(Remark::OtherPayments);
        }
        let incomes = [&self.0.base.incomes, &side.incomes];
        let crossover = found.crossing.as_ref().and_then(|crossing| {
            let found = CrossoverPart::new(crossing, base.scenario, incomes);
            found.map_err(|why| remarks.push(why)).ok()
        });
        self.0.cases.push(CasePart {
            side,
            edits,
            headline: BTreeMap::new(),
            measures,
            crossover,
            why: None,
            remarks,
        });
    }

    /// Chooses the headline and gives every difference its verdict.
    pub fn judged(self) -> Comparison {
        let mut comparison = self.0;
        comparison.headline = headline(&comparison.cases, comparison.paths == 1);
        let headline = comparison.headline.iter();
        let headline: Vec<&str> = headline.map(|part| part.measure.as_str()).collect();
        let cases = &comparison.cases;
        let (of_headline, n_in_headline) = verdicts(cases, |id| headline.contains(&id));
        let (of_all, n_in_all) = verdicts(cases, |_| true);
        (comparison.n_in_headline, comparison.n_in_all) = (n_in_headline, n_in_all);
        let found = of_headline.into_iter().zip(of_all);
        for (case, (headline, all)) in comparison.cases.iter_mut().zip(found) {
            case.headline = headline;
            for (part, verdict) in case.measures.values_mut().zip(all.into_values()) {
                part.verdict = verdict;
            }
        }
        comparison
    }
}

type Verdicts = BTreeMap<String, Verdict>;

/// Verdicts on the differences of measures that are `meant`, which allow for all of them in all cases; and
/// how many these are.
fn verdicts(cases: &[CasePart], meant: impl Fn(&str) -> bool) -> (Vec<Verdicts>, usize) {
    let of_case = |case: &'_ CasePart| -> Vec<String> {
        let ids = case.measures.keys().filter(|id| meant(id));
        ids.cloned().collect()
    };
    let ids: Vec<Vec<String>> = cases.iter().map(of_case).collect();
    let all = || cases.iter().zip(&ids);
    let p_values = all().flat_map(|(case, ids)| ids.iter().map(|id| case.measures[id].p_value));
    let p_values: Vec<Option<f64>> = p_values.collect();
    let mut is_significant = holm(&p_values, ALPHA).into_iter();
    let mut verdicts = |(case, ids): (&CasePart, &Vec<String>)| -> Verdicts {
        let verdict = |id: &String| {
            let is_significant = is_significant.next().unwrap_or(false);
            (id.clone(), case.measures[id].judged(is_significant))
        };
        ids.iter().map(verdict).collect()
    };
    let found = all().map(&mut verdicts).collect();
    (found, p_values.iter().flatten().count())
}

/// Most measures of the screen: each more makes the verdicts on the others weaker.
const MOST: usize = 8;

/// Fewest paths of which a verdict can come whatever else is judged: of `n` the least p-value is 2·2^−n, with one run
/// ahead on all of them, and Holm's first step holds it to [`ALPHA`] shared by all measures of all cases.
pub fn fewest_paths(n_cases: usize) -> u32 {
    // hours may stand below them
    let least = 2.0 * ((MOST + 1) * n_cases) as f64 / ALPHA;
    (least.ceil() as u64).next_power_of_two().trailing_zeros()
}

/// A measure that may lead, and its label: over all paths, and of a single one, which has no quantiles.
struct Candidate {
    id: &'static str,
    label: &'static str,
    of_one: Option<&'static str>,
}

const fn candidate(
    id: &'static str,
    label: &'static str,
    of_one: Option<&'static str>,
) -> Candidate {
    Candidate { id, label, of_one }
}

/// Candidates in the order in which they are chosen.
const CANDIDATES: [Candidate; 10] = [
    candidate("ruin.probability", "Probability of ruin", Some("Ruin")),
    candidate("loss.probability", "Probability of loss", Some("Loss")),
    candidate(
        "wealth.terminal.real.p05",
        "Final wealth, 5th percentile",
        None,
    ),
    candidate(
        "wealth.terminal.real.p50",
        "Median final wealth",
        Some("Final wealth"),
    ),
    candidate(
        "wealth.terminal.real.p95",
        "Final wealth, 95th percentile",
        None,
    ),
    candidate("wealth.terminal.real.mean", "Mean final wealth", None),
    candidate("expected_shortfall.95", "Expected shortfall 95 %", None),
    candidate(
        "drawdown.max.p50",
        "Median maximum drawdown",
        Some("Maximum drawdown"),
    ),
    candidate(
        "income.terminal.real.p50",
        "Median net income a month",
        Some("Net income a month"),
    ),
    candidate(
        "cagr.real.p50",
        "Median return a year, time-weighted",
        Some("Return a year, time-weighted"),
    ),
];

/// The tail of agents that sell, ahead of all where it differs: means over all paths hide it.
const CASCADE: Candidate = candidate(
    "loop.full_cascade.probability",
    "90 % of agents sell in a month",
    None,
);

const HOURS: Candidate = candidate("hours.week.mean", "Mean hours a week", None);

/// Every measure that may come to stand in the headline.
pub fn may_lead() -> impl Iterator<Item = &'static str> {
    CANDIDATES
        .iter()
        .chain([&CASCADE, &HOURS])
        .map(|one| one.id)
}

/// The first candidates that some case has and that can differ; of one path one figure of each quantity.
pub(super) fn headline(cases: &[CasePart], is_of_one: bool) -> Vec<HeadlinePart> {
    let label = |one: &Candidate| {
        if is_of_one {
            one.of_one
        } else {
            Some(one.label)
        }
    };
    let is_there = |one: &Candidate| {
        let mut all = cases.iter().filter_map(|case| case.measures.get(one.id));
        label(one).is_some() && all.any(|part| part.can_differ)
    };
    let differs = |one: &Candidate| {
        let mut all = cases.iter().filter_map(|case| case.measures.get(one.id));
        all.any(|part| part.change.difference.is_some_and(|change| change != 0.0))
    };
    let tail = (!is_of_one && differs(&CASCADE)).then_some(&CASCADE);
    let chosen = CANDIDATES.iter().filter(|one| is_there(one));
    let chosen = tail.into_iter().chain(chosen).take(MOST);
    // hours are nobody's wealth: they stand below it, and only where they are not the same
    let part = |one: &Candidate| HeadlinePart {
        measure: one.id.to_owned(),
        label: label(one).unwrap_or(one.label).to_owned(),
    };
    chosen
        .chain(differs(&HOURS).then_some(&HOURS))
        .map(part)
        .collect()
}

impl Comparison {
    /// The first measure of the screen in which case number `place` differs.
    pub fn first_difference(&self, place: usize) -> Option<&str> {
        let verdicts = &self.cases[place].headline;
        let differs = |id: &str| verdicts.get(id).is_some_and(|found| found.is_difference());
        let mut headline = self.headline.iter().map(|part| part.measure.as_str());
        headline.find(|id| differs(id))
    }

    /// Adds the attribution of case number `place` to its edits, whose places are in `sources`.
    pub fn explain(&mut self, place: usize, found: &Attribution, sources: &SourceMap) {
        let total = &found.total;
        let mut headline = self.headline.iter();
        let label = headline.find(|part| part.measure == total.id);
        let steps = found.steps.iter().map(|(step, change)| StepPart {
            edits: EditPart::all(&step.edits, sources),
            table: step.table.clone(),
            change: ChangePart::of(change.as_ref()),
        });
        self.cases[place].why = Some(WhyPart {
            measure: total.id.clone(),
            label: label
                .map_or(&total.measure.title, |part| &part.label)
                .clone(),
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
        let interval = interval.filter(|(low, high)| (high - low).is_finite());
        Self {
            difference: difference.map(|difference| difference.value),
            std_error: difference.and_then(|difference| difference.std_error),
            interval: interval.map(|(low, high)| [low, high]),
            is_same: found.is_some_and(|found| found.is_same),
            error: found.map(|found| Value::new(found.measure.unit, &found.difference).error),
        }
    }
}
