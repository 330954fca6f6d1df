//! Mechanisms that a claim ignores, in the order in which the waterfall switches them on.
//!
//! In: a scenario. Out: the scenario without some of its [`MECHANISMS`]. Not here: the runs (`bridge`), the steps
//! of single sections (`scenario::Setting`).

use crate::asset::{Asset, Removable};
use crate::market::ChosenProcess;
use crate::scenario::{AssetEntry, CashRate, EventEntry, Owner, Registered, SETTINGS, Scenario, Spending};
use std::sync::{Arc, LazyLock};

/// A mechanism that a claimed return ignores, such as volatility or tax.
#[derive(Clone, Copy, Debug)]
pub struct Mechanism {
    pub id: &'static str,
    pub title: &'static str,
    part: Part,
}

/// Part of a scenario in which a mechanism is found: a test whether it is there, and its removal.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// Every scenario has the mechanism, and keeps it: income always goes somewhere.
    Always,
    Scenario(fn(&Scenario) -> bool, fn(&mut Scenario)),
    Asset(fn(&AssetEntry) -> bool, fn(&mut AssetEntry)),
    /// Returns the asset kind without the mechanism; `None` if the kind does not have it.
    Kind(fn(&dyn Asset) -> Option<Arc<dyn Asset>>),
    Owner(fn(&Owner) -> bool, fn(&mut Owner)),
    Setting(&'static Registered),
}

const fn mechanism(id: &'static str, title: &'static str, part: Part) -> Mechanism {
    Mechanism { id, title, part }
}

/// All mechanisms, in the order in which the waterfall switches them on: settings with a step come last.
pub static MECHANISMS: LazyLock<Vec<Mechanism>> = LazyLock::new(|| {
    let step = |setting: &'static Registered| {
        let [id, title] = setting.step?;
        Some(mechanism(id, title, Part::Setting(setting)))
    };
    OWN.iter().copied().chain(SETTINGS.iter().filter_map(step)).collect()
});

/// Id of the mechanism that replaces claimed returns by simulated earnings.
pub(super) const EARNINGS: &str = "mechanism";

/// Mechanisms that are not one section of a scenario file, but concern several sections or one key.
const OWN: &[Mechanism] = &[
    mechanism("income", "Idle cash and reinvestment", Part::Always),
    mechanism(
        "volatility",
        "Volatility",
        Part::Asset(
            |asset| asset.keys.volatility.get() > 0.0,
            |asset| {
                asset.keys.volatility = Default::default();
                asset.process = ChosenProcess::default().process;
            },
        ),
    ),
    mechanism(
        "exchange",
        "Exchange rates",
        Part::Asset(|asset| asset.exchange.is_some(), |asset| asset.exchange = None),
    ),
    mechanism(EARNINGS, "Earnings versus claim", Part::Kind(|kind| kind.at_its_word())),
    mechanism("leverage", "Leverage", Part::Kind(|kind| kind.without(Removable::Debt))),
    mechanism("liquidity", "Liquidity pools", Part::Kind(|kind| kind.without(Removable::SecondCoin))),
    // in earlier steps the business is bought at its value and earns from day one
    mechanism(
        "launch",
        "Assets built, not bought",
        Part::Asset(|asset| asset.keys.launch.is_some(), |asset| asset.keys.launch = None),
    ),
    mechanism("decay", "Decay (closures, aging)", Part::Kind(|kind| kind.without(Removable::Decay))),
    mechanism(
        "payment-lag",
        "Payment lag",
        Part::Asset(
            |asset| asset.payment_lag_months() > 0,
            |asset| asset.keys.payment_lag = Default::default(),
        ),
    ),
    mechanism(
        "crises",
        "Crisis regime",
        Part::Scenario(|scenario| scenario.crisis.is_some(), |scenario| scenario.crisis = None),
    ),
    mechanism(
        "rates",
        "Moving interest rates",
        Part::Scenario(
            |scenario| scenario.settings.economy.cash_rate.process().is_some(),
            |scenario| {
                let rate = &mut scenario.settings.economy.cash_rate;
                *rate = CashRate::Constant(rate.mean());
            },
        ),
    ),
    mechanism(
        "prescribed-falls",
        "Prescribed falls",
        Part::Scenario(|scenario| !scenario.shocks.is_empty(), |scenario| scenario.shocks.clear()),
    ),
    mechanism(
        "events",
        "Loss events",
        Part::Scenario(
            |scenario| scenario.events.iter().any(|event| event.can_strike() && !event.changes_tax()),
            |scenario| scenario.events.retain(EventEntry::changes_tax),
        ),
    ),
    mechanism(
        "agents",
        "Agent selling",
        Part::Scenario(
            |scenario| scenario.crash.is_some(),
            |scenario| {
                scenario.crash = None;
                scenario.assets.iter_mut().for_each(|asset| asset.market.managed_by = None);
            },
        ),
    ),
    mechanism(
        "insurance",
        "Insurance: payouts less premiums",
        Part::Owner(|owner| !owner.cover.is_empty(), |owner| owner.cover.clear()),
    ),
    mechanism(
        "custody",
        "Custody",
        Part::Owner(|owner| owner.custody.is_some(), |owner| owner.custody = None),
    ),
    mechanism(
        "compliance-service",
        "Compliance service",
        Part::Owner(|owner| owner.compliance_service.is_some(), |owner| owner.compliance_service = None),
    ),
    mechanism(
        "compliance",
        "Compliance",
        Part::Owner(Owner::is_charged, |owner| {
            for residence in &mut owner.residence {
                residence.compliance_cost = Some(Default::default());
                residence.cost = Some(Default::default());
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
            for residence in scenario.owner.iter_mut().flat_map(|owner| &mut owner.residence) {
                residence.tax_rate = Default::default();
                residence.gains_tax_rate = None;
                residence.exit_tax = Some(Default::default());
            }
        }),
    ),
    // neither is part of the return, but forced sales cost money, ruin ends the return, and idle money earns less
    mechanism(
        "spending",
        "Spending and contributions",
        Part::Owner(
            |owner| owner.spends() || !owner.flows.is_empty(),
            |owner| {
                owner.spending = Spending::default();
                owner.flows.clear();
                owner.residence.iter_mut().for_each(|residence| residence.spending = None);
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
            Part::Setting(setting) => (setting.table)(&scenario.settings).is_some(),
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
            Part::Setting(setting) => (setting.switch_off)(&mut scenario.settings),
        }
    }
}

/// Mechanisms that a scenario has, each with its index in [`MECHANISMS`].
pub(super) fn mechanisms_of(scenario: &Scenario) -> impl Iterator<Item = (usize, &'static Mechanism)> {
    MECHANISMS.iter().enumerate().filter(|(_, mechanism)| mechanism.is_in(scenario))
}

/// Returns `scenario` without the mechanisms after index `last` of [`MECHANISMS`].
pub(super) fn up_to(scenario: &Scenario, last: usize) -> Scenario {
    let mut left = scenario.clone();
    for mechanism in &MECHANISMS[last + 1..] {
        mechanism.take_out(&mut left);
    }
    left
}
