//! Refuses catalog amounts, which are in dollars, in scenarios with another currency.
//!
//! In: kinds of events, the currency of a file. Out: faults. Not here: amounts in the file (`read`).

use super::targets::EventInputs;
use crate::catalog::{CURRENCY, EventKind, event_kind};
use crate::form::{Diagnostic, Table, fault};

/// True if an event of `kind` has a default amount, but not in `currency`; false if `currency` is empty.
pub fn lacks_amount(kind: &EventKind, currency: &str) -> bool {
    !["", CURRENCY].contains(&currency) && kind.default("amount").is_some()
}

/// Returns the fault that an event of `kind` has no default amount of loss in `currency`.
pub fn unknown_amount(kind: &EventKind, currency: &str) -> Diagnostic {
    fault!("event", "the loss of `{}` has a default in {CURRENCY} only", kind.id;
        rule: "every amount of this scenario is in {currency}")
}

/// Fault that the `implied` event has no default loss in the file's currency; `None` if it has one.
pub fn unknown_by_default(implied: &Table, inputs: &EventInputs<'_>) -> Option<Diagnostic> {
    let kind = event_kind(implied.text("kind")?)?;
    if !lacks_amount(kind, inputs.currency) {
        return None;
    }
    let name = implied.list("asset")?.first()?.as_text()?;
    let place = inputs.assets.iter().find(|asset| asset.name == name)?.place;
    let written =
        format!("[[event]]\nname = \"claim\"\nkind = \"{}\"\nasset = \"{name}\"\namount = 5_000", kind.id);
    Some(
        unknown_amount(kind, inputs.currency)
            .at(place, "this event can hit it")
            .note("such as", written)
            .note("or", "class_events = false   at the top of the file"),
    )
}
