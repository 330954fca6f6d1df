//! Properties of test cases: figures for programs that read JUnit XML.
//!
//! In: a case, a gate. Out: names with values. Not here: which test cases there are (`junit`).

use super::super::{CasePart, GatePart, State};

/// How a scenario was simulated; nothing if it was not.
pub(super) fn properties_of_case(case: &CasePart) -> Vec<(String, String)> {
    match &case.state {
        State::Simulated {
            paths,
            seeds,
            model_digest,
            ..
        } => vec![
            ("paths".to_owned(), paths.to_string()),
            ("seed".to_owned(), seeds.world.to_string()),
            ("parameter_seed".to_owned(), seeds.parameters.to_string()),
            ("model_digest".to_owned(), model_digest.clone()),
        ],
        _ => Vec::new(),
    }
}

/// What a gate asks and what it found.
pub(super) fn properties_of_gate(case: &CasePart, gate: &GatePart) -> Vec<(String, String)> {
    let mut properties = vec![("measure".to_owned(), gate.measure.clone())];
    let mut add = |name: &str, value: Option<String>| {
        properties.extend(value.map(|value| (name.to_owned(), value)));
    };
    add("above", gate.above.map(|limit| limit.to_string()));
    add("below", gate.below.map(|limit| limit.to_string()));
    add("confidence", Some(gate.confidence.to_string()));
    if let Some(answer) = &gate.answer {
        add("estimate", Some(answer.value.to_string()));
        add("std_error", answer.std_error.map(|error| error.to_string()));
        add(
            "interval_low",
            answer.interval.map(|[low, _]| low.to_string()),
        );
        add(
            "interval_high",
            answer.interval.map(|[_, high]| high.to_string()),
        );
        add("level", answer.interval.map(|_| answer.level.to_string()));
        add("unit", Some(answer.unit.clone()));
        add("paths", Some(answer.n.to_string()));
    }
    add(
        "paths_to_decide",
        gate.paths_to_decide.map(|paths| paths.to_string()),
    );
    properties.extend(
        case.choices
            .iter()
            .map(|(axis, value)| (format!("choice.{axis}"), value.clone())),
    );
    properties
}
