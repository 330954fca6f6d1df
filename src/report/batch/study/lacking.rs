//! Gates on figures that no run of their case has.
//!
//! In: a case. Out: a fault for each, with what would have the figure. Not here: which figures a run has (`study`).

use crate::form::Diagnostic;
use crate::scenario::{Case, Expectation};
use crate::stats::{Absent, look_up};
use crate::study::never_there as absent_of;

/// What every run has.
const ALWAYS: [&str; 3] = ["wealth.terminal.", "loss.probability", "ruin.probability"];

/// Beginnings of measures, what these need, and what to write for it.
const NEEDS: [(&str, &str, &str); 17] = [
    ("autonomy.by_goal.", "spending and a date", BY),
    ("autonomy.", "spending", SPENDING),
    ("spending.", "spending", SPENDING),
    ("shortfall.", "spending", SPENDING),
    ("worst_year.income.", "spending or income", SPENDING),
    ("income.drawdown.", "spending or income", SPENDING),
    ("irr.", "money that is paid in or out", CAGR),
    ("goal.wealth.", "a wealth to reach", WEALTH),
    ("goal.income.", "an income to reach", INCOME),
    ("goal.beat.", "a class to beat", BEAT),
    ("benchmark.index_fund.", "money that is invested", INVESTED),
    ("benchmark.savings.", "money invested and interest", INVESTED),
    ("hours.", "hours that are counted", HOURS),
    ("loop.", AGENTS, LOOP),
    ("amplification.", AGENTS, LOOP),
    ("without_feedback.", AGENTS, LOOP),
    ("correlation.realised.", AGENTS, LOOP),
];

const ELSE: &str = "another measure: docs/output.md says when each is there";
pub(super) const AGENTS: &str = "agents that sell together";
const LOOP: &str = "[crash]\nmodels = { frontier-a = 0.6, open-b = 0.4 }";
const SPENDING: &str = "[owner]\nspending = \"1750/month\"";
const BY: &str = "[owner]\nspending = \"1750/month\"\n[goal]\nautonomy = { by = \"2030-01\" }";
const WEALTH: &str = "[goal]\nwealth = { amount = 500_000, by = \"2032-01\" }";
const BEAT: &str = "[goal]\nbeat = \"savings\"";
const INVESTED: &str = "[economy]\ncash_rate = \"2 %/year\"\n[owner]\ncash = 10_000";
const HOURS: &str = "[owner]\nhours = \"10 h/week\"";
const CAGR: &str = "measure = \"cagr.p50\"";
const INCOME: &str = "[goal]\nincome = { amount = \"3000/month\", by = \"2032-01\" }";

/// A fault for each gate on a figure that no run of its case has: it could only fail.
pub(super) fn never_there(case: &Case) -> Vec<Diagnostic> {
    let ids = case.expectations.iter();
    let ids = ids.map(|expected| expected.measure.as_str());
    // a plan is not made for what is always there, nor for what is no figure at all
    let is_asked = |id: &&str| !ALWAYS.iter().any(|of| id.starts_with(of)) && look_up(id).is_some();
    let absent = absent_of(&case.scenario, ids.filter(is_asked));
    let asked = case.expectations.iter().filter_map(|expected| {
        let (_, why) = absent.iter().find(|(id, _)| *id == expected.measure)?;
        Some(fault(expected, *why))
    });
    asked
        .map(|fault| match case.choices.is_empty() {
            true => fault,
            false => fault.note("or", format!("a `where` that leaves out {}", case.id)),
        })
        .collect()
}

/// Why no run has the figure, and what would have it.
fn fault(expected: &Expectation, why: Absent) -> Diagnostic {
    let id = &expected.measure;
    let is_of = |of: &str| id.starts_with(of) || (of == "hours." && id.contains(".hours."));
    let need = NEEDS.iter().find(|(of, ..)| is_of(of));
    let need = need.filter(|_| matches!(why, Absent::NotKept | Absent::NoLoop));
    let not_there = || format!("`{id}` is not there: {why}");
    let of_nothing = || format!("`{id}` is about something that this scenario does not have");
    let (message, note, text) = match (need, why) {
        (Some((_, need, text)), _) => (format!("`{id}` needs {need}"), "such as", *text),
        (None, Absent::HorizonTooShort) => (not_there(), "such as", "horizon = \"1 year\""),
        (None, Absent::NotKept) => (of_nothing(), "help", ELSE),
        (None, _) => (not_there(), "help", ELSE),
    };
    let fault = Diagnostic::new("goal", message);
    fault.at(expected.place, "no report has this figure").note(note, text)
}
