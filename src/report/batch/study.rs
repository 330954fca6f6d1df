//! Reading a file with all its cases and checking its gates; the headline figures of a batch.
//!
//! In: a file and the files it extends, assignments; a report. Out: a [`Study`], or every fault of the file
//! or of its gates; headline figures. Not here: parsing (`scenario`), which does not know the measures.

use super::super::Report;
use super::Measure;
use crate::form::{Diagnostic, Faults, Place, one_of};
use crate::record::{Needs, id};
use crate::report::measure::kept;
use crate::scenario::{self, AssetEntry, Case, Expectation, Loader, Owner, Refusal, Scenario, Study};
use crate::stats::{Absent, Error, MEASURES, Meant, Scope, Unit, look_up, meant};
use crate::study::{self, measure_ids};
use crate::units::{per_cent, plain};

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Reads the scenario file at `path` with all its cases (variants), after applying the assignments of `--set`. Every
/// gate of the result is on a figure that reports of its case can have, and can both pass and fail.
///
/// `path` has `/` between folders and is shown in messages.
pub fn read_study(path: &str, set: &[String], loader: &dyn Loader) -> Result<Study, Box<Refusal>> {
    let study = scenario::read_study(path, set, loader)?;
    let undecidable = undecidable(&study);
    sound(path, study, undecidable)
}

/// Reads the scenario file without its cases (variants), after applying the assignments of `--set`. Gates whose limits
/// are impossible here are accepted, as they may be meant for other cases.
pub fn read_as_written(path: &str, set: &[String], loader: &dyn Loader) -> Result<Study, Box<Refusal>> {
    sound(path, scenario::read_as_written(path, set, loader)?, Vec::new())
}

/// Returns `study` if its gates have no faults and `undecidable` is empty, else a refusal with all these faults. A gate
/// shared by many cases is reported once.
fn sound(path: &str, study: Study, undecidable: Vec<Diagnostic>) -> Result<Study, Box<Refusal>> {
    let unknown = study.cases.iter().chain([&study.as_written]).flat_map(|case| {
        let asked =
            case.expectations.iter().map(|expected| (expected.measure.as_str(), expected.measure_place));
        check_measures(asked, &case.scenario).into_iter().chain(never_there(case))
    });
    let mut faults = BTreeMap::new();
    for fault in unknown.chain(undecidable) {
        faults.entry(fault.place()).or_insert(fault);
    }
    if faults.is_empty() {
        return Ok(study);
    }
    let faults = faults.into_values().collect();
    Err(Box::new(Refusal { name: path.to_owned(), faults, sources: study.sources }))
}

/// Returns a fault for each gate whose limits are wrong in every case (variant) of the file: a gate may be meant for
/// some of them. At most one fault is kept for a gate, because a file can have millions of pairs of gates and cases.
fn undecidable(study: &Study) -> Vec<Diagnostic> {
    let mut gates: BTreeMap<&str, Option<Diagnostic>> = BTreeMap::new();
    for case in study.cases.iter().chain([&study.as_written]) {
        for expected in &case.expectations {
            let found = || check_limits(expected, &case.scenario);
            match gates.entry(&expected.id) {
                Entry::Vacant(gate) => {
                    gate.insert(found());
                }
                Entry::Occupied(mut gate) => {
                    if gate.get().is_some() && found().is_none() {
                        gate.insert(None);
                    }
                }
            }
        }
    }
    gates.into_values().flatten().collect()
}

/// Returns a fault if the measure can lie on one side of a limit only, or if the unit of the limit is wrong.
fn check_limits(expected: &Expectation, scenario: &Scenario) -> Option<Diagnostic> {
    check_range(expected, scenario).or_else(|| check_unit(expected))
}

fn check_range(expected: &Expectation, scenario: &Scenario) -> Option<Diagnostic> {
    let (lowest, highest) = range_of(&expected.measure, scenario)?;
    let what = |asks_nothing: bool, never_passes: bool| {
        if asks_nothing { Some("asks nothing") } else { never_passes.then_some("can never pass") }
    };
    let above = expected.above.and_then(|at| Some(("above", at, what(at < lowest, at >= highest)?)));
    let below = expected.below.and_then(|at| Some(("below", at, what(at > highest, at <= lowest)?)));
    let (key, limit, what) = above.or(below)?;
    let fault = Diagnostic::new("limit", format!("this gate {what}"))
        .at(
            expected.place,
            match (lowest.is_finite(), highest.is_finite()) {
                (true, true) => format!("{} lies between {lowest} and {highest}", expected.measure),
                (false, _) => {
                    format!("{} is never above {}, all that was put in", expected.measure, plain(highest))
                }
                _ => format!("{} is never below {lowest}", expected.measure),
            },
        )
        .rule("a limit lies where the figure can be on either side of it");
    // 100 % is not proposed, as it would be refused again
    Some(if highest == 1.0 && limit > 1.0 && limit < 100.0 {
        fault.write(format!("{key} = \"{} %\"", plain(limit)))
    } else {
        fault
    })
}

/// Returns a fault if a limit is in percent and its measure is not, or if it seems to lack its percent sign.
fn check_unit(expected: &Expectation) -> Option<Diagnostic> {
    let measure = look_up(&expected.measure)?;
    let (id, word) = (&expected.measure, measure.unit.word());
    let limits = [("above", expected.above), ("below", expected.below)];
    limits.into_iter().zip(expected.in_per_cent).find_map(|((key, limit), in_per_cent)| {
        let limit = limit?;
        Some(match measure.unit {
            Unit::FractionPerYear | Unit::Fraction if !in_per_cent && limit.abs() >= 1.0 => {
                let message = format!("a limit of {} would be {}", plain(limit), per_cent(limit));
                Diagnostic::new("percent", message)
                    .at(expected.place, format!("`{id}` is a fraction"))
                    .write(format!("{key} = \"{} %\"", plain(limit)))
                    .note("or", format!("{key} = \"{}\" if that is meant", per_cent(limit)))
                    .rule("a limit of 100 % or more is written with the sign, because a missing sign is likelier")
            }
            Unit::Fraction | Unit::FractionPerYear | Unit::Probability | Unit::Correlation => return None,
            _ if in_per_cent => Diagnostic::new("unit", format!("`{id}` is not in percent"))
                .at(expected.place, format!("its unit is {word}"))
                .note("such as", format!("{key} = {}", example(measure.unit)))
                .rule("a limit has the unit of its measure"),
            _ => return None,
        })
    })
}

/// Returns a limit that shows the unit of a measure, which is not in percent.
const fn example(unit: Unit) -> &'static str {
    match unit {
        Unit::Money | Unit::MoneyPerMonth => "1000",
        Unit::Months => "12",
        Unit::HoursPerWeek => "10",
        _ => "0.5",
    }
}

/// Returns the least and greatest value that a measure can have in `scenario`; `None` if unknown.
fn range_of(id: &str, scenario: &Scenario) -> Option<(f64, f64)> {
    let measure = look_up(id)?;
    let owner = scenario.owner.as_ref();
    let comes_in = owner.is_some_and(|owner| owner.flows.iter().any(|flow| flow.amount.get() > 0.0));
    if measure.is_loss() {
        // at most everything is lost: obligations beyond that stay unpaid
        return (!comes_in).then(|| (f64::NEG_INFINITY, money_in(scenario)));
    }
    // income can be negative only if something is charged
    let is_charged = scenario.settings.economy.cash_rate.can_cost()
        || owner.is_some_and(Owner::has_costs)
        || scenario.costs().next().is_some()
        || (0..scenario.assets.len()).any(|index| scenario.may_lose(index))
        || scenario.assets.iter().any(|asset| asset.keys.launch.is_some());
    if measure.unit == Unit::MoneyPerMonth && is_charged {
        return None;
    }
    let (low, high) = measure.range;
    (low.is_finite() || high.is_finite()).then_some((low, high))
}

/// Initial investment: opening values of the holdings plus cash of the owner.
fn money_in(scenario: &Scenario) -> f64 {
    let values = scenario.assets.iter().map(AssetEntry::opening);
    values.sum::<f64>() + scenario.owner.as_ref().map_or(0.0, |owner| owner.cash.get())
}

/// Returns a fault for every measure id that no report of `scenario` can have, at the place of the id.
///
/// A known measure that no run of `scenario` records is a different fault, reported elsewhere.
pub fn check_measures<'e>(
    measures: impl IntoIterator<Item = (&'e str, Option<Place>)>,
    scenario: &Scenario,
) -> Vec<Diagnostic> {
    let mut measures = measures.into_iter().peekable();
    if measures.peek().is_none() {
        return Vec::new();
    }
    let known = measure_ids(scenario);
    let ids: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    let unknown = measures.filter(|(id, _)| !ids.contains(id));
    let of_portfolio = MEASURES.iter().filter(|one| one.scope == Scope::Portfolio);
    let few: Vec<String> = of_portfolio.map(|one| one.id.clone()).collect();
    // faults beyond this number are not kept
    let candidates = |n: usize| if n < MOST_COMPARED { &known } else { &few };
    let unknown = unknown.take(Faults::MAX).enumerate();
    unknown.map(|(n, (id, place))| fault(id, place, candidates(n), scenario)).collect()
}

/// Number of unknown measures for which similar ones of single assets and events are searched; these may be thousands.
const MOST_COMPARED: usize = 20;

/// Returns the part of a measure id before its first dot, by which messages group ids.
fn head(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

fn fault(id: &str, place: Option<Place>, known: &[String], scenario: &Scenario) -> Diagnostic {
    let words = || known.iter().map(String::as_str);
    let fault = Diagnostic::new("unknown-measure", format!("unknown measure `{id}`"));
    let assets: Vec<&str> = scenario.assets.iter().map(|asset| &*asset.name).collect();
    let events: Vec<&str> = scenario.events.iter().map(|event| &*event.name).collect();
    for (one, many, names) in [("asset", "assets", &assets), ("event", "events", &events)] {
        let rest = id.strip_prefix(one).and_then(|rest| rest.strip_prefix('.'));
        let name = rest.and_then(|rest| rest.split('.').next());
        if let Some(name) = name.filter(|name| !names.contains(name)) {
            let fault = fault.at(place, format!("there is no {one} `{name}`"));
            return if names.is_empty() { fault } else { fault.note(many, one_of(names.iter().copied())) };
        }
    }
    let fault = match meant(id, words()) {
        // the limit is on another line, so replacing the id alone would change the meaning
        Some(Meant { id: near, is_opposite: true }) => fault
            .at(place, format!("success is 100 % minus `{near}`"))
            .note("such as", format!("measure = \"{near}\"\nbelow = \"10 %\""))
            .rule("the limit turns around: success above 90 % is ruin below 10 %"),
        Some(Meant { id: near, .. }) => {
            fault.at(place, format!("did you mean `{near}`?")).replace(place, format!("\"{near}\""))
        }
        None => fault.at(place, "no report has this measure"),
    };
    let alike: Vec<&str> = words().filter(|word| head(word) == head(id)).collect();
    let fault = if alike.is_empty() {
        let mut known = BTreeSet::new();
        let heads: Vec<&str> = words().map(head).filter(|head| known.insert(*head)).collect();
        fault.note("they begin with", one_of(heads))
    } else {
        fault.note("there are", one_of(alike))
    };
    fault.note("all", "`tailwheel explain measures` lists them, `tailwheel explain ID` explains one")
}

/// Returns what a measure needs, such as spending, and example keys that provide it; `None` if no keys are proposed.
const fn lacking(needs: Needs) -> Option<(&'static str, &'static str)> {
    Some(match needs {
        Needs::Nothing | Needs::ItsQuantity => return None,
        Needs::Spending => ("spending", SPENDING),
        Needs::SpendingAndDate => (
            "spending and a date",
            "[owner]\nspending = \"1750/month\"\n[goal]\nautonomy = { by = \"2030-01\" }",
        ),
        Needs::SpendingOrIncome => ("spending or income", SPENDING),
        Needs::Flows => ("money that is paid in or out", SPENDING),
        Needs::GoalOfWealth => {
            ("a wealth to reach", "[goal]\nwealth = { amount = 500_000, by = \"2032-01\" }")
        }
        Needs::GoalOfIncome => {
            ("an income to reach", "[goal]\nincome = { amount = \"3000/month\", by = \"2032-01\" }")
        }
        Needs::ClassToBeat => ("a class to beat", "[goal]\nbeat = \"savings\""),
        Needs::Investment => ("money that is invested", INVESTED),
        Needs::InvestmentAndInterest => ("money invested and interest", INVESTED),
        Needs::Hours => ("hours that are counted", "[owner]\nhours = \"10 h/week\""),
        Needs::Agents => {
            ("agents that sell together", "[crash]\nmodels = { frontier-a = 0.6, open-b = 0.4 }")
        }
    })
}

const ELSE: &str = "another measure: docs/output.md says when each is there";
const SPENDING: &str = "[owner]\nspending = \"1750/month\"";
const INVESTED: &str = "[economy]\ncash_rate = \"2 %/year\"\n[owner]\ncash = 10_000";

/// Returns a fault for each gate on a measure that no run of its scenario has, so that it could only fail.
fn never_there(case: &Case) -> Vec<Diagnostic> {
    let ids = case.expectations.iter().map(|expected| expected.measure.as_str());
    // no plan is needed for figures that always exist, nor for unknown measures
    let is_asked = |id: &&str| look_up(id).is_some_and(|of| of.needs != Needs::Nothing);
    let absent = study::never_there(&case.scenario, ids.filter(is_asked));
    let faults = case.expectations.iter().filter_map(|expected| {
        let (_, why) = absent.iter().find(|(id, _)| *id == expected.measure)?;
        let fault = lack(expected, *why);
        if case.choices.is_empty() {
            return Some(fault);
        }
        Some(fault.note("or", format!("a `where` that leaves out {}", case.id)))
    });
    faults.collect()
}

/// Builds the fault of a gate on a measure that no run has: the reason, and keys that would provide it.
fn lack(expected: &Expectation, why: Absent) -> Diagnostic {
    let id = &expected.measure;
    let is_lacking = matches!(why, Absent::NotKept | Absent::NoLoop);
    let need = look_up(id).filter(|_| is_lacking).and_then(|of| lacking(of.needs));
    let not_there = || format!("`{id}` is not there: {why}");
    let of_nothing = || format!("`{id}` is about something that this scenario does not have");
    let (message, note, text) = match (need, why) {
        (Some((need, text)), _) => (format!("`{id}` needs {need}"), "such as", text),
        (None, Absent::HorizonTooShort) => (not_there(), "such as", "horizon = \"1 year\""),
        (None, Absent::NotKept) => (of_nothing(), "help", ELSE),
        (None, _) => (not_there(), "help", ELSE),
    };
    Diagnostic::new("goal", message).at(expected.place, "no report has this figure").note(note, text)
}

/// Measures that a batch keeps for every scenario, besides those of its gates. They are few, so that the
/// lines of two hundred scenarios stay readable.
pub const HEADLINE: [&str; 8] = [
    id::REAL_WEALTH_P05,
    id::REAL_WEALTH_P50,
    id::REAL_WEALTH_P95,
    id::REAL_RETURN_P50,
    id::LOSS_PROBABILITY,
    id::EXPECTED_SHORTFALL_95,
    id::DRAWDOWN_P50,
    id::RUIN,
];

/// Returns the [`HEADLINE`] figures of a report by measure id, without figures that are certain.
pub fn headline(report: &Report) -> BTreeMap<String, Measure> {
    let figure = |id: &str| {
        let measure = report.measures.get(id).filter(|measure| measure.error != Error::Certain)?;
        Some((id.to_owned(), kept(measure)?))
    };
    HEADLINE.into_iter().filter_map(figure).collect()
}

#[cfg(test)]
mod tests;
