//! Loss events of a scenario, each with a label of its own.
//!
//! In: a scenario. Out: [`EventPart`]s. Not here: what events cost (`event_losses`), those of a certain date
//! (`happenings`).

use crate::scenario::{EventEntry, Scenario, label_of_name};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A loss event that can happen in the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventPart {
    pub name: String,
    pub kind: String,
    /// Label of the event for readers.
    pub label: String,
    /// Names of the assets that the event hits; empty if it hits only the owner.
    pub assets: Vec<String>,
    /// Month in which the event is certain to happen; null if it happens by chance.
    pub at: Option<String>,
}

/// Lists the events of a scenario. A label names the kind and the assets it hits, or the event itself if another event has
/// the same.
pub(in crate::report) fn event_parts(scenario: &Scenario) -> Vec<EventPart> {
    let name = |index: &usize| scenario.assets[*index].name.clone();
    let events = scenario.events.iter();
    let labels: Vec<String> = events.clone().map(|event| event_label(event, scenario)).collect();
    let own: Vec<String> = events.clone().map(|event| label_of_name(&event.name)).collect();
    let n_of = |label: &String| labels.iter().chain(&own).filter(|other| *other == label).count();
    let is_alone = |label: &String| labels.iter().filter(|other| *other == label).count() == 1;
    events
        .zip(labels.iter().zip(&own))
        .map(|(event, (label, own))| EventPart {
            name: event.name.clone(),
            kind: event.kind.id.clone(),
            label: match own {
                _ if is_alone(label) => label.clone(),
                own if n_of(own) == 1 => own.clone(),
                _ => format!("{} ({})", event.kind.title, event.name),
            },
            assets: event.assets.iter().map(name).collect(),
            at: event.keys.at.map(|date| date.to_string()),
        })
        .collect()
}

/// Returns the title of the event's kind with the assets it hits: `Contract exploit (DeFi)`.
fn event_label(event: &EventEntry, scenario: &Scenario) -> String {
    let title = &event.kind.title;
    match event.assets.as_slice() {
        [] => title.clone(),
        [one] => format!("{title} ({})", label_of_name(&scenario.assets[*one].name)),
        several => format!("{title} ({} assets)", several.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_events_have_the_same_label() {
        let file = include_str!("../../../scenarios/shared-code.toml");
        let names = ["hack-harbour", "hack-lantern", "hack_harbour"];
        let labels = |file: &str| -> Vec<String> {
            let parts = event_parts(&file.parse().expect("a valid scenario")).into_iter();
            parts.filter(|part| names.contains(&part.name.as_str())).map(|part| part.label).collect()
        };
        assert_eq!(labels(file), ["Hack harbour", "Hack lantern"]);
        let alike = labels(&file.replace("hack-lantern", "hack_harbour"));
        assert_eq!(alike, ["Smart-contract hack (hack-harbour)", "Smart-contract hack (hack_harbour)"]);
    }
}
