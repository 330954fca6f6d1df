//! Mechanisms that a claim ignores, in the order in which the waterfall switches them on.
//!
//! In: a scenario. Out: the scenario without some of its [`MECHANISMS`]. Not here: the runs (`bridge`).

use crate::asset::{Asset, Part};
use crate::market::Chosen;
use crate::scenario::{AssetEntry, CashRate, EventEntry, Owner, Scenario, Spending};
use std::sync::Arc;

/// A mechanism that a claimed return ignores, such as volatility or tax.
#[derive(Debug)]
pub struct Mechanism {
    pub id: &'static str,
    pub title: &'static str,
    part: Part,
}

/// Part of a scenario that has a mechanism: a test for it there, and its removal.
#[derive(Debug)]
enum Part {
    /// Every scenario has the mechanism, and keeps it: income always goes somewhere.
    Always,
    Scenario(fn(&Scenario) -> bool, fn(&mut Scenario)),
    Asset(fn(&AssetEntry) -> bool, fn(&mut AssetEntry)),
    /// Returns the asset kind without the mechanism; `None` if the kind does not have it.
    Kind(fn(&dyn Asset) -> Option<Arc<dyn Asset>>),
    Owner(fn(&Owner) -> bool, fn(&mut Owner)),
}

const fn mechanism(id: &'static str, title: &'static str, part: Part) -> Mechanism {
    Mechanism { id, title, part }
}

/// All mechanisms, in the order in which the waterfall switches them on.
pub const MECHANISMS: &[Mechanism] = &[
    mechanism("income", "Cash drag and reinvestment", Part::Always),
    mechanism(
        "volatility",
        "Volatility",
        Part::Asset(
            |asset| asset.volatility.get() > 0.0,
            |asset| {
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
        is_in: |scenario| has(scenario, |kind| kind.without(Part::Debt)),
        take_out: |scenario| take_from_kinds(scenario, |kind| kind.without(Part::Debt)),
    },
    Mechanism {
        id: "liquidity",
        title: "Liquidity pools",
        is_in: |scenario| has(scenario, |kind| kind.without(Part::SecondCoin)),
        take_out: |scenario| take_from_kinds(scenario, |kind| kind.without(Part::SecondCoin)),
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
        is_in: |scenario| has(scenario, |kind| kind.without(Part::Decay)),
        take_out: |scenario| take_from_kinds(scenario, |kind| kind.without(Part::Decay)),
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
        }),
    ),
    mechanism(
        "hours",
        "Working hours",
        Part::Owner(|owner| owner.price_of_hour() > 0.0, |owner| owner.hour_value = None),
    ),
    mechanism(
        "tax",
        "Tax",
        Part::Scenario(Scenario::is_taxed, |scenario| {
            scenario.events.retain(|event| !event.changes_tax());
            for stay in scenario.owner.iter_mut().flat_map(|owner| &mut owner.stays) {
                stay.tax_rate = Default::default();
                stay.gains_tax_rate = None;
                stay.exit_tax = Default::default();
            }
        }),
    ),
    // withdrawals are not part of the return, but forced sales cost money and ruin ends the return
    mechanism(
        "spending",
        "Withdrawals (forced sales)",
        Part::Owner(
            |owner| owner.spends() || !owner.flows.is_empty(),
            |owner| {
                owner.spending = Spending::default();
                owner.flows.clear();
                owner.stays.iter_mut().for_each(|stay| stay.spending = None);
            },
        ),
    ),
];

impl Mechanism {
    /// True if `scenario` has the mechanism.
    pub(super) fn is_in(&self, scenario: &Scenario) -> bool {
        match self.part {
            Part::Always => true,
            Part::Scenario(is_in, _) => is_in(scenario),
            Part::Asset(is_in, _) => scenario.assets.iter().any(is_in),
            Part::Kind(without) => scenario.assets.iter().any(|asset| without(&*asset.kind).is_some()),
            Part::Owner(is_in, _) => scenario.owner.as_ref().is_some_and(is_in),
        }
    }

    fn take_out(&self, scenario: &mut Scenario) {
        match self.part {
            Part::Always => {}
            Part::Scenario(_, take_out) => take_out(scenario),
            Part::Asset(_, take_out) => scenario.assets.iter_mut().for_each(take_out),
            Part::Kind(without) => scenario.assets.iter_mut().for_each(|asset| {
                if let Some(kind) = without(&*asset.kind) {
                    asset.kind = kind;
                }
            }),
            Part::Owner(_, take_out) => scenario.owner.iter_mut().for_each(take_out),
        }
    }
}

/// Mechanisms that a scenario has, each with its index in [`MECHANISMS`].
pub(super) fn mechanisms_of(scenario: &Scenario) -> impl Iterator<Item = (usize, &'static Mechanism)> {
    MECHANISMS.iter().enumerate().filter(|(_, mechanism)| mechanism.is_in(scenario))
}

/// Returns `scenario` with the mechanisms up to index `last` only.
pub(super) fn up_to(scenario: &Scenario, last: usize) -> Scenario {
    let mut left = scenario.clone();
    for mechanism in &MECHANISMS[last + 1..] {
        mechanism.take_out(&mut left);
    }
    left
}
