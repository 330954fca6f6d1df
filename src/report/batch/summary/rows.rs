//! Rows of the tables of a summary.
//!
//! In: gates, faults. Out: cells that are Markdown. Not here: which rows there are (`summary`).

use super::super::markdown::{code, figure, message, plain};
use super::super::wording::{counted, currency, estimate, later_look, level, level_of, limits};
use super::super::{CasePart, FaultPart, GatePart};

/// At which look it was judged, and what else is to be said of its figure.
pub(super) fn note(gate: &GatePart) -> Option<String> {
    let parts = [later_look(gate), gate.note.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

pub(super) fn gate_row(
    case: &CasePart,
    gate: &GatePart,
    is_mixed: bool,
    has_notes: bool,
) -> Vec<String> {
    let currency = currency(case);
    let (value, interval) = match estimate(gate, currency) {
        Some((value, Some(interval))) => {
            let level = match is_mixed {
                true => format!(" at {}", level(level_of(gate))),
                false => String::new(),
            };
            (figure(&value), format!("{}{level}", figure(&interval)))
        }
        Some((value, None)) => (figure(&value), "not known".to_owned()),
        None => ("no such figure".to_owned(), "–".to_owned()),
    };
    let mut cells = vec![
        code(&case.id),
        code(&gate.id),
        code(&format!("{} {}", gate.measure, limits(gate, currency))),
        value,
        interval,
    ];
    if has_notes {
        cells.push(note(gate).map_or_else(String::new, |note| plain(&note)));
    }
    let place = gate.place.as_ref();
    cells.push(place.map_or_else(String::new, |place| code(&place.shown())));
    cells
}

pub(super) fn fault_row(fault: &FaultPart, case: &CasePart, n: usize) -> Vec<String> {
    let place = match &fault.place {
        Some(place) => code(&place.shown()),
        None => code(&case.file),
    };
    let times = match n {
        1 => String::new(),
        n => format!(" (in {})", counted(n, "scenario")),
    };
    let label = match fault.label.as_str() {
        "" => String::new(),
        label => format!("; {}", message(label)),
    };
    let write = fault.notes.iter().find(|note| note.name == "write");
    vec![
        place,
        format!("{}{label}{times}", message(&fault.message)),
        write.map_or_else(String::new, |note| code(&note.text)),
    ]
}
