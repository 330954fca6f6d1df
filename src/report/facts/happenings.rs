//! Launches, events, falls, late payments, moves and flows at a known date. A move may need an income.
//!
//! In: a scenario. Out: [`HappeningPart`]s. Not here: the effects of events and moves (`event`, `policy`).

use super::events::event_parts;
use crate::figure::{listed, money, per_cent};
use crate::scenario::{Flow, Scenario, label_of_name};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A launch, event, fall or payment that the scenario has in a known month, or a move that may need an income.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HappeningPart {
    /// Simulated month, from 1.
    pub month: u32,
    /// Text for a chart: launch of assets, name of the event, fall of a market, first late payment of an asset, move to a
    /// place, or flow of the owner.
    pub label: String,
    /// True for a contribution or payment of the owner.
    #[serde(default)]
    pub is_flow: bool,
    /// True for a launch of assets, which are worth nothing before.
    #[serde(default)]
    pub is_launch: bool,
}

impl HappeningPart {
    /// Creates what is neither a flow nor a launch.
    pub(in crate::report) const fn new(month: u32, label: String) -> Self {
        Self { month, label, is_flow: false, is_launch: false }
    }

    /// Returns the date as a chart of wealth marks it: what is not launched is worth nothing.
    pub(in crate::report) fn of_wealth(&self) -> Self {
        let before = if self.is_launch { " (worth nothing before)" } else { "" };
        Self { label: format!("{}{before}", self.label), ..self.clone() }
    }
}

/// Lists dated launches that cannot fail, certain events, prescribed falls, first late payments, moves and the owner's dated
/// flows, sorted by month.
pub(in crate::report) fn happenings(scenario: &Scenario) -> Vec<HappeningPart> {
    let mut launched: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for asset in &scenario.assets {
        let launch = asset.keys.launch.as_ref();
        if let Some(launch) = launch.filter(|launch| launch.from.is_none() && launch.failure() == 0.0) {
            let month = launch.of(asset.keys.value).stands();
            launched.entry(month).or_default().push(label_of_name(&asset.name));
        }
    }
    let launches = launched.into_iter().map(|(month, names)| HappeningPart {
        is_launch: true,
        ..HappeningPart::new(month, format!("{} launched", listed(&names)))
    });
    let possible = scenario.events.iter().zip(event_parts(scenario)).filter(|(event, _)| event.can_strike());
    let events = possible
        .filter_map(|(event, of)| Some(HappeningPart::new(scenario.month(event.keys.at?)?, of.label)));
    let falls = scenario.shocks.iter().map(|shock| {
        let market = match shock.markets.as_slice() {
            [only] => label_of_name(scenario.markets[*only].name.as_str()),
            _ => "markets".to_owned(),
        };
        let loss = per_cent(-shock.loss, 0);
        HappeningPart::new(shock.month, format!("{market} {loss}"))
    });
    let residences = scenario.owner.iter().flat_map(|owner| &owner.residence);
    let moves = residences.filter_map(|residence| {
        let place = residence.place().map_or("another place", |place| &place.title);
        let condition = if residence.asks() { ", if admitted" } else { "" };
        Some(HappeningPart::new(scenario.month(*residence.from?)?, format!("move to {place}{condition}")))
    });
    let late = scenario.assets.iter().filter(|asset| asset.keys.launch.is_none()).filter_map(|asset| {
        let month = asset.payment_lag_months() + 1;
        let label = format!("{}: first payments", label_of_name(&asset.name));
        (1 < month && month <= scenario.months).then(|| HappeningPart::new(month, label))
    });
    let flows = scenario.owner.iter().flat_map(|owner| &owner.flows).flat_map(|flow| turns(flow, scenario));
    let certain = launches.chain(events).chain(falls).chain(late);
    let mut all: Vec<HappeningPart> = certain.chain(moves).chain(flows).collect();
    all.sort_by_key(|one| one.month);
    all
}

/// Lists the single payment of a flow, or start and end of its monthly payments if inside the horizon.
fn turns(flow: &Flow, scenario: &Scenario) -> Vec<HappeningPart> {
    let [first, last] = flow.months(scenario.calendar());
    let part = |month, what: &str| {
        let label = format!("{} {what}", label_of_name(flow.name.as_str()));
        HappeningPart { is_flow: true, ..HappeningPart::new(month, label) }
    };
    if first == last {
        let nominal = if flow.follows_prices() { "" } else { " (nominal)" };
        return vec![part(first, &format!("{}{nominal}", money(&scenario.currency, flow.amount.get())))];
    }
    let begin = (first > 1).then(|| part(first, "begins"));
    let end = (last < scenario.months).then(|| part(last + 1, "ends"));
    begin.into_iter().chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_launch_with_a_date_is_listed_in_the_month_in_which_the_business_stands() {
        let file = include_str!("../../../scenarios/thousand-pictures.toml");
        let of = |file: &str| happenings(&file.parse().expect("a valid scenario"));
        assert!(of(&file.replace("fails = 0 }", "fails = 0.5 }")).is_empty(), "not on every path");
        let listed = of(file);
        let listed: Vec<(u32, &str)> = listed.iter().map(|one| (one.month, one.label.as_str())).collect();
        assert_eq!(listed, [(3, "Soundtracks and Textures launched")]);
    }

    #[test]
    fn first_late_payments_and_a_move_that_needs_an_income_are_listed() {
        let of = |file: &str, month: u32| {
            let all = happenings(&file.parse().expect("a valid scenario"));
            all.into_iter().filter(|one| one.month == month).map(|one| one.label).collect::<Vec<_>>()
        };
        let late = include_str!("../../../scenarios/royalty-lag.toml");
        assert_eq!(of(late, 10), ["Songs: first payments"]);
        let moved = include_str!("../../../scenarios/relocation.toml");
        assert_eq!(of(moved, 25), ["move to United Arab Emirates, if admitted"]);
        let flows = |more: &str| {
            format!(
                "start = \"2027-01\"\nhorizon = \"3 years\"\ncurrency = \"USD\"\nrun.seed = 1\n\
                 [[asset]]\nname = \"x\"\nclass = \"index-fund\"\nvalue = 9_000\n\
                 [owner]\nflows = [{{ name = \"balloon\", amount = -3_000, at = \"2028-01\"{more} }}]\n"
            )
        };
        assert_eq!(of(&flows(""), 13), ["Balloon −$3,000"]);
        assert_eq!(of(&flows(", grows = \"0 %/year\""), 13), ["Balloon −$3,000 (nominal)"]);
    }
}
