//! What takes a claim apart, in the order in which it is switched on.
//!
//! In: a scenario. Out: the same with mechanisms taken out. Not here: what they do ([`bridge`](super::bridge())).

use crate::form::Parameter;
use crate::scenario::Scenario;

/// Something that a scenario may have and a claim does not speak of.
#[derive(Debug)]
pub struct Mechanism {
    pub id: &'static str,
    pub title: &'static str,
    /// Whether a scenario has it.
    pub is_in: fn(&Scenario) -> bool,
    /// Leaves it out.
    pub take_out: fn(&mut Scenario),
}

/// All of them, in order.
pub const MECHANISMS: &[Mechanism] = &[
    // nothing can be left out of it: income has to go somewhere
    Mechanism {
        id: "income",
        title: "where income goes",
        is_in: |_| true,
        take_out: |_| {},
    },
    Mechanism {
        id: "volatility",
        title: "volatility",
        is_in: |scenario| {
            let mut assets = scenario.assets.iter();
            assets.any(|asset| asset.volatility.get() > 0.0)
        },
        take_out: |scenario| {
            for asset in &mut scenario.assets {
                (asset.volatility, asset.jumps) = (Parameter::placeholder(), None);
            }
        },
    },
    Mechanism {
        id: "decay",
        title: "decay",
        is_in: |scenario| {
            let mut assets = scenario.assets.iter();
            assets.any(|asset| asset.kind.without_decay().is_some())
        },
        take_out: |scenario| {
            for asset in &mut scenario.assets {
                if let Some(kind) = asset.kind.without_decay() {
                    asset.kind = kind;
                }
            }
        },
    },
    Mechanism {
        id: "crises",
        title: "crises",
        is_in: |scenario| scenario.crisis.is_some(),
        take_out: |scenario| scenario.crisis = None,
    },
    Mechanism {
        id: "prescribed-falls",
        title: "prescribed falls",
        is_in: |scenario| !scenario.shocks.is_empty(),
        take_out: |scenario| scenario.shocks.clear(),
    },
    Mechanism {
        id: "agents",
        title: "agents",
        is_in: |scenario| scenario.crash.is_some(),
        take_out: |scenario| {
            scenario.crash = None;
            for asset in &mut scenario.assets {
                asset.market.managed_by = None;
            }
        },
    },
];

/// `scenario` with the mechanisms up to number `last` alone.
pub(super) fn up_to(scenario: &Scenario, last: usize) -> Scenario {
    let mut left = scenario.clone();
    for mechanism in &MECHANISMS[last + 1..] {
        (mechanism.take_out)(&mut left);
    }
    left
}
