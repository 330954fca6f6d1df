//! Whether what an owner does against events has something to act on.

use super::super::holding::Read;
use super::super::owner::{Insurable, Owner};
use super::read::Draft;
use crate::event::Takes;
use crate::form::{Diagnostic, Faults, Table};

/// Faults for covers, custody and a compliance service against which there is no event.
pub fn check_protection(
    owner: &Owner,
    assets: &[Read],
    events: &[Draft],
    document: &Table,
    faults: &mut Faults,
) {
    let takes_value = |event: &&Draft| event.effect.takes() == Takes::Value;
    let of = |event: &'_ Draft| -> Vec<String> { event.assets.clone() };
    let struck: Vec<Vec<String>> = events.iter().filter(takes_value).map(of).collect();
    let events_of_value = events.iter().filter(takes_value).zip(&struck);
    let insurable = Insurable {
        assets: assets.iter().map(|asset| asset.name.as_str()).collect(),
        events: events_of_value
            .map(|(event, assets)| {
                let assets = assets.iter().map(String::as_str).collect();
                (event.name.as_str(), event.kind.id.as_str(), assets)
            })
            .collect(),
    };
    insurable.check(&owner.covers, faults);
    let place = |key: &str| {
        let table = document.get("owner")?.value.as_table()?;
        table.get(key)?.value.place
    };
    let guards = |event: &Draft| event.mitigated.if_guarded.is_some();
    if owner.custody.is_some() && !events.iter().any(guards) {
        faults.push(
            Diagnostic::new("custody", "there is nothing to guard against")
                .at(place("custody"), "no event has `if_guarded`")
                .note(
                    "such as",
                    "[[event]]\nname = \"key\"\nkind = \"custody-loss\"\nasset = \"defi\"",
                ),
        );
    }
    let watches = |event: &Draft| event.mitigated.if_compliant.is_some();
    if owner.compliance_service.get() > 0.0 && !events.iter().any(watches) {
        faults.push(
            Diagnostic::new(
                "compliance",
                "there is nothing that this service could prevent",
            )
            .at(place("compliance_service"), "no event has `if_compliant`")
            .note(
                "such as",
                "[[event]]\nname = \"claim\"\nkind = \"infringement-claim\"\nasset = \"media\"",
            ),
        );
    }
}
