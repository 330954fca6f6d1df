//! Runs to comparison: differences, headline, verdicts.
//!
//! In: a base and what is beside it, each with its data. Out: [`Comparison`]. Not here: what an edit
//! does (`why`).

use super::super::build::model_digest;
use super::super::edit::EditPart;
use super::super::measure::Measure;
use super::crossover::CrossoverPart;
use super::document::{
    ALPHA, COMPARE_SCHEMA, CasePart, ChangePart, Comparison, DifferencePart, HeadlinePart,
    SidePart, StepPart, WhyPart,
};
use super::found::{Apart, Left, Named};
use crate::engine::VALUE_VERSION;
use crate::figure::money;
use crate::form::SourceMap;
use crate::scenario::Scenario;
use crate::stats::{
    Data, Difference, Incomparable, Measure as Measured, Note, Unit, Verdict, holm, look_up,
};
use crate::study::Attribution;
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

/// Why amounts have no verdict where the money put in differs.
pub(super) const ANOTHER_STAKE: &str = "another stake";
/// Why losses have no verdict where spending or flows differ.
pub(super) const OTHER_PAYMENTS: &str = "other payments";

impl DifferencePart {
    /// A difference that has no verdict yet.
    fn new(found: &Difference) -> Self {
        let unit = found.measure.unit;
        let difference = &found.difference;
        Self {
            unit,
            base: found.base.value,
            base_std_error: found.base.std_error,
            new: found.new.value,
            new_std_error: found.new.std_error,
            runs: [&found.base, &found.new].map(|estimate| Measure::new(unit, estimate)),
            better: found.measure.better,
            can_differ: difference.note != Some(Note::NoObligations),
            change: ChangePart::of(Some(found)),
            p_value: found.p_value,
            verdict: Verdict::NotJudged,
            sharpness: found.sharpness,
            note: difference.note.map(|note| note.to_string()),
        }
    }

    /// More money from more money is neither better nor worse.
    fn with_another_stake(&mut self) {
        if matches!(self.unit, Unit::Money | Unit::MoneyPerMonth) {
            self.p_value = None;
            self.note.get_or_insert_with(|| ANOTHER_STAKE.to_owned());
        }
    }

    /// Money paid out counts as returned: a loss says nothing where more or less is paid out.
    fn with_other_payments(&mut self, id: &str) {
        if look_up(id).is_some_and(Measured::is_of_loss) {
            self.p_value = None;
            self.note.get_or_insert_with(|| OTHER_PAYMENTS.to_owned());
        }
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
            schema: COMPARE_SCHEMA,
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
        remarks: Vec<String>,
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
        mut remarks: Vec<String>,
    ) {
        let differences = found.differences.iter();
        let unjudged = differences.map(|found| (found.id.clone(), DifferencePart::new(found)));
        let mut measures: BTreeMap<String, DifferencePart> = unjudged.collect();
        let side = SidePart::new(new, &found.left);
        if !self.0.base.is_of_one_stake(&side) {
            let parts = measures.values_mut();
            parts.for_each(DifferencePart::with_another_stake);
            remarks.push(format!(
                "{}: the money put in is not the {} of {}, so amounts are not judged.",
                side.name,
                money(&self.0.currency, self.0.base.money_in),
                self.0.base.name
            ));
        }
        if !base.scenario.pays_like(new.scenario) {
            let parts = measures.iter_mut();
            parts.for_each(|(id, part)| part.with_other_payments(id));
            remarks.push(format!(
                "{}: the spending or the flows are not those of {}, and money paid out counts as returned: losses are not judged.",
                side.name, self.0.base.name
            ));
        }
        let incomes = [&self.0.base.incomes, &side.incomes];
        let crossover = found.crossing.as_ref().and_then(|crossing| {
            let found = CrossoverPart::new(crossing, (base, incomes[0]), (new, incomes[1]));
            let crossover = found.map_err(|why| remarks.push(why));
            crossover.ok()
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

/// Candidates in the order of the screen.
const CANDIDATES: [(&str, &str); 10] = [
    ("ruin.probability", "ruin"),
    ("loss.probability", "loss probability"),
    ("wealth.terminal.real.p05", "wealth, 1 in 20 worse"),
    ("wealth.terminal.real.p50", "wealth, middle"),
    ("wealth.terminal.real.p95", "wealth, 1 in 20 better"),
    ("wealth.terminal.real.mean", "wealth, mean"),
    ("expected_shortfall.95", "expected shortfall 95 %"),
    ("drawdown.max.p50", "maximum drawdown, middle"),
    ("income.terminal.real.p50", "income a month, middle"),
    ("cagr.real.p50", "return a year, time-weighted, middle"),
];

/// The tail of agents that sell, ahead of all where it differs: means over all paths hide it.
const CASCADE: (&str, &str) = (
    "loop.full_cascade.probability",
    "nine in ten agents sell in one month",
);

const HOURS: (&str, &str) = ("hours.week.mean", "hours a week, mean");

/// Every measure that may come to stand in the headline.
pub fn may_lead() -> impl Iterator<Item = &'static str> {
    let rest = [CASCADE, HOURS];
    CANDIDATES.into_iter().chain(rest).map(|(id, _)| id)
}

/// The first candidates that some case has and that can differ; of one path one figure of each quantity.
pub(super) fn headline(cases: &[CasePart], is_of_one: bool) -> Vec<HeadlinePart> {
    let exists = |id: &str| {
        let mut parts = cases.iter().filter_map(|case| case.measures.get(id));
        parts.any(|part| part.can_differ)
    };
    let is_told = |id: &str| !is_of_one || id.ends_with(".p50") || id.ends_with(".probability");
    let found = CANDIDATES
        .iter()
        .filter(|(id, _)| is_told(id) && exists(id));
    // hours are nobody's wealth: they stand below it, and only where they are not the same
    let differs = |id: &str| {
        let mut parts = cases.iter().filter_map(|case| case.measures.get(id));
        parts.any(|part| part.change.difference.is_some_and(|change| change != 0.0))
    };
    let tail = (!is_of_one && differs(CASCADE.0)).then_some(&CASCADE);
    let found = tail.into_iter().chain(found).take(MOST);
    let found = found.chain(differs(HOURS.0).then_some(&HOURS));
    let part = |&(measure, label): &(&str, &str)| HeadlinePart {
        measure: measure.to_owned(),
        label: match (is_of_one, label.split_once(',')) {
            (false, _) => label,
            (true, Some((of_one, _))) => of_one,
            (true, None) => label.trim_end_matches(" probability"),
        }
        .to_owned(),
    };
    found.map(part).collect()
}

impl Comparison {
    /// The first measure of the screen in which case number `place` differs.
    pub fn first_difference(&self, place: usize) -> Option<&str> {
        let verdicts = &self.cases[place].headline;
        let differs = |id: &str| verdicts.get(id).is_some_and(|found| found.is_difference());
        let mut headline = self.headline.iter().map(|part| part.measure.as_str());
        headline.find(|id| differs(id))
    }

    /// Adds what was found of the edits of case number `place`, whose places are in `sources`.
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
        Self {
            difference: difference.map(|difference| difference.value),
            std_error: difference.and_then(|difference| difference.std_error),
            interval: interval.map(|(low, high)| [low, high]),
            is_same: found.is_some_and(|found| found.is_same),
        }
    }
}
