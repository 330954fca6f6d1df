//! Gates on figures that no run of their case has.
//!
//! In: a case. Out: a fault for each, with what would have the figure. Not here: which figures a run has (`study`).

use crate::form::Diagnostic;
use crate::scenario::{Case, Expectation, Scenario};
use crate::stats::{Absent, look_up};
use crate::study::never_there as absent_of;

/// What every run has.
const ALWAYS: [&str; 3] = ["wealth.terminal.", "loss.probability", "ruin.probability"];

/// A fault for each gate on a figure that no run of its case has: it could only fail.
pub(super) fn never_there(case: &Case) -> Vec<Diagnostic> {
    let ids = case.expectations.iter();
    let ids = ids.map(|expected| expected.measure.as_str());
    // a plan is not made for what is always there, nor for what is no figure at all
    let is_asked = |id: &&str| !ALWAYS.iter().any(|of| id.starts_with(of)) && look_up(id).is_some();
    let ids = ids.filter(is_asked);
    let absent = absent_of(&case.scenario, ids);
    let asked = case.expectations.iter().filter_map(|expected| {
        let found = absent.iter().find(|(id, _)| *id == expected.measure)?;
        Some((expected, found.1))
    });
    let fault = |(expected, why): (&Expectation, Absent)| {
        let (message, lack) = lacking(&expected.measure, why, &case.scenario);
        let fault =
            Diagnostic::new("goal", message).at(expected.place, "no report has this figure");
        let fault = match lack {
            Some(lack) => fault.note("such as", lack),
            None => fault.note(
                "help",
                "another measure: docs/output.md says when each is there",
            ),
        };
        match case.choices.is_empty() {
            true => fault,
            false => fault.note("or", format!("a `where` that leaves out {}", case.id)),
        }
    };
    asked.map(fault).collect()
}

/// Why `scenario` has no figure `id`, and what would have it.
fn lacking(id: &str, why: Absent, scenario: &Scenario) -> (String, Option<&'static str>) {
    let (spends, has_loop) = (!scenario.spending().is_empty(), scenario.crash.is_some());
    let is_kept = why != Absent::NotKept;
    let nothing = "nothing has to be paid and nothing comes in";
    let lacks: [(&[&str], bool, &str, &str); 10] = [
        (
            &["autonomy.by_goal."],
            spends,
            "no month is said by which income should cover spending",
            "[goal]\nautonomy = { by = \"2030-01\" }",
        ),
        (
            &["autonomy.", "spending."],
            true,
            "nothing is spent that income could cover",
            SPENDING,
        ),
        (&["shortfall."], true, "nothing has to be paid", SPENDING),
        (
            &["goal.wealth."],
            true,
            "no wealth is said that should be reached",
            "[goal]\nwealth = { amount = 500_000, by = \"2032-01\" }",
        ),
        (
            &["goal.income."],
            true,
            "no income is said that should be reached",
            "[goal]\nincome = { amount = \"3000/month\", by = \"2032-01\" }",
        ),
        (
            &["goal.beat."],
            true,
            "no class is said whose return should be beaten",
            "[goal]\nbeat = \"savings\"",
        ),
        (
            &["hours."],
            true,
            "nobody counts hours",
            "[owner]\nhours = \"10 h/week\"",
        ),
        (
            &["worst_year.income.", "income.drawdown."],
            !is_kept,
            nothing,
            SPENDING,
        ),
        (&OF_LOOP, !has_loop, NO_LOOP, LOOP),
        (
            &["irr."],
            !is_kept,
            "no money comes in or is paid out: it would be the return per year",
            "measure = \"cagr.p50\"",
        ),
    ];
    let is_of = |of: &&str| id.starts_with(of) || (*of == "hours." && id.contains(".hours."));
    let mut lacks = lacks.into_iter();
    match lacks.find(|(of, is_it, ..)| *is_it && of.iter().any(is_of)) {
        Some((_, _, message, lack)) => (message.to_owned(), Some(lack)),
        None if !is_kept => (
            format!("`{id}` is about something that this scenario does not have"),
            None,
        ),
        None => {
            let year = "horizon = \"1 year\"";
            let is_short = why == Absent::HorizonTooShort;
            (
                format!("`{id}` is not there: {why}"),
                is_short.then_some(year),
            )
        }
    }
}

const OF_LOOP: [&str; 5] = [
    "loop.",
    "amplification.",
    "without_feedback.",
    "correlation.realised.crash.",
    "correlation.realised.calm.",
];
pub(super) const NO_LOOP: &str = "no agents sell together, so there is no loop";
const LOOP: &str = "[crash]\nmodels = { frontier-a = 0.6, open-b = 0.4 }";
const SPENDING: &str = "[owner]\nspending = \"1750/month\"";
