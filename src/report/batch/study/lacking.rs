//! Faults of gates on figures that no run of their case has.
//!
//! In: a case. Out: a fault for each such gate, with keys that would provide the figure. Not here: which
//! figures a run has (`study`).

use crate::form::Diagnostic;
use crate::record::Needs;
use crate::scenario::{Case, Expectation};
use crate::stats::{Absent, look_up};
use crate::study::never_there as absent_of;

/// Returns the thing that a measure needs, and keys that provide it; `None` if no key is proposed.
const fn lacking(needs: Needs) -> Option<(&'static str, &'static str)> {
    Some(match needs {
        Needs::Nothing | Needs::ItsQuantity => return None,
        Needs::Spending => ("spending", SPENDING),
        Needs::SpendingAndDate => ("spending and a date", SPENDING_BY_DATE),
        Needs::SpendingOrIncome => ("spending or income", SPENDING),
        Needs::Flows => ("money that is paid in or out", "measure = \"cagr.p50\""),
        Needs::GoalOfWealth => ("a wealth to reach", GOAL_OF_WEALTH),
        Needs::GoalOfIncome => ("an income to reach", GOAL_OF_INCOME),
        Needs::ClassToBeat => ("a class to beat", "[goal]\nbeat = \"savings\""),
        Needs::Investment => ("money that is invested", INVESTED),
        Needs::InvestmentAndInterest => ("money invested and interest", INVESTED),
        Needs::Hours => ("hours that are counted", "[owner]\nhours = \"10 h/week\""),
        Needs::Agents => ("agents that sell together", AGENTS),
    })
}

const ELSE: &str = "another measure: docs/output.md says when each is there";
const AGENTS: &str = "[crash]\nmodels = { frontier-a = 0.6, open-b = 0.4 }";
const SPENDING: &str = "[owner]\nspending = \"1750/month\"";
const SPENDING_BY_DATE: &str = "[owner]\nspending = \"1750/month\"\n[goal]\nautonomy = { by = \"2030-01\" }";
const GOAL_OF_WEALTH: &str = "[goal]\nwealth = { amount = 500_000, by = \"2032-01\" }";
const GOAL_OF_INCOME: &str = "[goal]\nincome = { amount = \"3000/month\", by = \"2032-01\" }";
const INVESTED: &str = "[economy]\ncash_rate = \"2 %/year\"\n[owner]\ncash = 10_000";

/// Returns a fault for each gate on a figure that no run of its case has: it could only fail.
pub(super) fn never_there(case: &Case) -> Vec<Diagnostic> {
    let ids = case.expectations.iter().map(|expected| expected.measure.as_str());
    // no plan is needed for figures that always exist, nor for unknown measures
    let is_asked = |id: &&str| look_up(id).is_some_and(|of| of.needs != Needs::Nothing);
    let absent = absent_of(&case.scenario, ids.filter(is_asked));
    let faults = case.expectations.iter().filter_map(|expected| {
        let (_, why) = absent.iter().find(|(id, _)| *id == expected.measure)?;
        let fault = fault(expected, *why);
        if case.choices.is_empty() {
            return Some(fault);
        }
        Some(fault.note("or", format!("a `where` that leaves out {}", case.id)))
    });
    faults.collect()
}

/// Builds the fault of a gate on a figure that no run has: the reason, and keys that would provide it.
fn fault(expected: &Expectation, why: Absent) -> Diagnostic {
    let id = &expected.measure;
    let need = look_up(id).and_then(|of| lacking(of.needs));
    let need = need.filter(|_| matches!(why, Absent::NotKept | Absent::NoLoop));
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
