//! Mechanisms that a claim ignores, in the order in which the waterfall switches them on.
//!
//! In: a scenario. Out: the scenario without some of its [`MECHANISMS`]. Not here: the runs (`bridge`).

use crate::asset::Asset;
use crate::market::Chosen;
use crate::scenario::{CashRate, EventEntry, Owner, Scenario, Spending, Stay};
use std::sync::Arc;

/// A mechanism that a claimed return ignores, such as volatility or tax.
#[derive(Debug)]
pub struct Mechanism {
    pub id: &'static str,
    pub title: &'static str,
    /// True if the scenario has the mechanism.
    pub is_in: fn(&Scenario) -> bool,
    /// Removes the mechanism from the scenario.
    pub take_out: fn(&mut Scenario),
}

/// All mechanisms, in the order in which the waterfall switches them on.
pub const MECHANISMS: &[Mechanism] = &[
    // it cannot be removed: income always goes somewhere
    Mechanism { id: "income", title: "Cash drag and reinvestment", is_in: |_| true, take_out: |_| {} },
    Mechanism {
        id: "volatility",
        title: "Volatility",
        is_in: |scenario| {
            let mut assets = scenario.assets.iter();
            assets.any(|asset| asset.volatility.get() > 0.0)
        },
        take_out: |scenario| {
            for asset in &mut scenario.assets {
                asset.volatility = Default::default();
                asset.process = Chosen::default().process;
            }
        },
    },
    Mechanism {
        id: "exchange",
        title: "Exchange rates",
        is_in: |scenario| scenario.assets.iter().any(|asset| asset.exchange.is_some()),
        take_out: |scenario| {
            for asset in &mut scenario.assets {
                asset.exchange = None;
            }
        },
    },
    Mechanism {
        id: "mechanism",
        title: "Actual earnings (closures, aging)",
        is_in: |scenario| has(scenario, |kind| kind.at_its_word()),
        take_out: |scenario| take_from_kinds(scenario, |kind| kind.at_its_word()),
    },
    Mechanism {
        id: "leverage",
        title: "Leverage",
        is_in: |scenario| has(scenario, |kind| kind.without_debt()),
        take_out: |scenario| take_from_kinds(scenario, |kind| kind.without_debt()),
    },
    Mechanism {
        id: "liquidity",
        title: "Liquidity pools",
        is_in: |scenario| has(scenario, |kind| kind.without_pair()),
        take_out: |scenario| take_from_kinds(scenario, |kind| kind.without_pair()),
    },
    // in earlier steps the business earns from day one
    Mechanism {
        id: "launch",
        title: "Time to launch",
        is_in: |scenario| scenario.assets.iter().any(|asset| asset.launch.is_some()),
        take_out: |scenario| {
            for asset in &mut scenario.assets {
                asset.launch = None;
            }
        },
    },
    Mechanism {
        id: "decay",
        title: "Decay (closures, aging)",
        is_in: |scenario| has(scenario, |kind| kind.without_decay()),
        take_out: |scenario| take_from_kinds(scenario, |kind| kind.without_decay()),
    },
    Mechanism {
        id: "payment-lag",
        title: "Payment lag",
        is_in: |scenario| {
            let mut assets = scenario.assets.iter();
            assets.any(|asset| asset.payment_lag_months() > 0)
        },
        take_out: |scenario| {
            for asset in &mut scenario.assets {
                asset.payment_lag = Default::default();
            }
        },
    },
    Mechanism {
        id: "crises",
        title: "Crisis regime",
        is_in: |scenario| scenario.crisis.is_some(),
        take_out: |scenario| scenario.crisis = None,
    },
    Mechanism {
        id: "rates",
        title: "Moving interest rates",
        is_in: |scenario| scenario.economy.cash_rate.process().is_some(),
        take_out: |scenario| {
            let mean = scenario.economy.cash_rate.mean();
            scenario.economy.cash_rate = CashRate::Constant(mean);
        },
    },
    Mechanism {
        id: "prescribed-falls",
        title: "Prescribed falls",
        is_in: |scenario| !scenario.shocks.is_empty(),
        take_out: |scenario| scenario.shocks.clear(),
    },
    Mechanism {
        id: "events",
        title: "Loss events",
        is_in: |scenario| {
            let mut events = scenario.events.iter();
            events.any(|event| event.can_strike() && !event.changes_tax())
        },
        take_out: |scenario| scenario.events.retain(EventEntry::changes_tax),
    },
    Mechanism {
        id: "agents",
        title: "Agent selling",
        is_in: |scenario| scenario.crash.is_some(),
        take_out: |scenario| {
            scenario.crash = None;
            for asset in &mut scenario.assets {
                asset.market.managed_by = None;
            }
        },
    },
    Mechanism {
        id: "insurance",
        title: "Insurance: payouts less premiums",
        is_in: |scenario| of_owner(scenario, |owner| !owner.covers.is_empty()),
        take_out: |scenario| {
            if let Some(owner) = &mut scenario.owner {
                owner.covers.clear();
            }
        },
    },
    Mechanism {
        id: "custody",
        title: "Custody",
        is_in: |scenario| of_owner(scenario, |owner| owner.custody.is_some()),
        take_out: |scenario| {
            if let Some(owner) = &mut scenario.owner {
                owner.custody = None;
            }
        },
    },
    Mechanism {
        id: "compliance-service",
        title: "Compliance service",
        is_in: |scenario| of_owner(scenario, |owner| owner.compliance_service.get() > 0.0),
        take_out: |scenario| {
            if let Some(owner) = &mut scenario.owner {
                owner.compliance_service = Default::default();
            }
        },
    },
    Mechanism {
        id: "compliance",
        title: "Compliance",
        is_in: |scenario| of_owner(scenario, Owner::is_charged),
        take_out: |scenario| {
            for stay in stays(scenario) {
                stay.compliance_cost = Default::default();
                stay.cost = Default::default();
            }
        },
    },
    Mechanism {
        id: "hours",
        title: "Working hours",
        is_in: |scenario| of_owner(scenario, |owner| owner.price_of_hour() > 0.0),
        take_out: |scenario| {
            if let Some(owner) = &mut scenario.owner {
                owner.hour_value = None;
            }
        },
    },
    Mechanism {
        id: "tax",
        title: "Tax",
        is_in: |scenario| scenario.is_taxed(),
        take_out: |scenario| {
            scenario.events.retain(|event| !event.changes_tax());
            for stay in stays(scenario) {
                stay.tax_rate = Default::default();
                stay.gains_tax_rate = None;
                stay.exit_tax = Default::default();
            }
        },
    },
    // withdrawals are not part of the return, but forced sales cost money and ruin ends the return
    Mechanism {
        id: "spending",
        title: "Withdrawals (forced sales)",
        is_in: |scenario| of_owner(scenario, |owner| owner.spends() || !owner.flows.is_empty()),
        take_out: |scenario| {
            if let Some(owner) = &mut scenario.owner {
                owner.spending = Spending::default();
                owner.flows.clear();
            }
            for stay in stays(scenario) {
                stay.spending = None;
            }
        },
    },
];

/// Mechanisms that a scenario has, each with its index in [`MECHANISMS`].
pub(super) fn mechanisms_of(scenario: &Scenario) -> impl Iterator<Item = (usize, &'static Mechanism)> {
    let all = MECHANISMS.iter().enumerate();
    all.filter(|(_, mechanism)| (mechanism.is_in)(scenario))
}

/// Returns the asset kind without one of its mechanisms; `None` if the kind does not have it.
type Without = fn(&dyn Asset) -> Option<Arc<dyn Asset>>;

fn has(scenario: &Scenario, without: Without) -> bool {
    let mut assets = scenario.assets.iter();
    assets.any(|asset| without(&*asset.kind).is_some())
}

fn take_from_kinds(scenario: &mut Scenario, without: Without) {
    for asset in &mut scenario.assets {
        if let Some(kind) = without(&*asset.kind) {
            asset.kind = kind;
        }
    }
}

fn stays(scenario: &mut Scenario) -> impl Iterator<Item = &mut Stay> {
    scenario.owner.iter_mut().flat_map(|owner| &mut owner.stays)
}

fn of_owner(scenario: &Scenario, is: impl Fn(&Owner) -> bool) -> bool {
    scenario.owner.as_ref().is_some_and(is)
}

/// Returns `scenario` with the mechanisms up to index `last` only.
pub(super) fn up_to(scenario: &Scenario, last: usize) -> Scenario {
    let mut left = scenario.clone();
    for mechanism in &MECHANISMS[last + 1..] {
        (mechanism.take_out)(&mut left);
    }
    left
}
