//! Savings from the income of assets that pay for the launch of other assets.
//!
//! In: the scenario, the income of each asset and the account that receives it. Out: accounts, stages. Not
//! here: the saving itself, the start of a launch (`asset`).

use super::owner::OwnerPlan;
use crate::asset::{Pot, Proceeds, put_aside};
use crate::book::Account;
use crate::policy::Saleable;
use crate::random::ObjectKind;
use crate::scenario::Scenario;
use crate::stage::{AverageCost, Build, Coefficient};

/// Savings accounts for launches that other assets pay, and the assets that fill them.
pub(super) struct Expansions {
    /// Savings accounts, in the order of the assets whose launch they pay.
    pots: Vec<Filled>,
    /// Index and income of each asset that saves for the launch of another one.
    payers: Vec<(usize, Proceeds)>,
}

struct Filled {
    /// Number of the asset whose launch is paid.
    index: usize,
    /// Number of the asset that saves, and the fraction of its income that it saves.
    from: (usize, f64),
    pot: Pot,
    /// Cost basis of the savings, for the tax if they are spent in a shortfall: 0, so all is taxed; `None` without
    /// that tax.
    average_cost: Option<AverageCost>,
}

impl Expansions {
    /// Creates a savings account for each asset of `scenario` whose launch is paid by another asset.
    pub fn open(scenario: &Scenario, owner: Option<&OwnerPlan>, build: &mut Build) -> Self {
        let number = |name: &str| scenario.assets.iter().position(|asset| asset.name == name);
        let mut pots = Vec::new();
        for (index, entry) in scenario.assets.iter().enumerate() {
            let Some((payer, share)) = entry.paid_from() else {
                continue;
            };
            let from = number(payer).expect("a launch names an asset");
            build.asset(&entry.name, &entry.class);
            let launch = entry.keys.launch.as_ref();
            let cost =
                launch.map_or(Coefficient::Same(0.0), |launch| build.drawn("launch.cost", &launch.cost));
            build.object(ObjectKind::Flow, &format!("put aside for {}", entry.name));
            let pot = Pot::of(cost, build);
            pots.push(Filled {
                index,
                from: (from, share),
                pot,
                average_cost: owner.and_then(|owner| owner.average_cost(0.0, build)),
            });
        }
        Self { pots, payers: Vec::new() }
    }

    /// Savings for the launch of asset number `index`; `None` if no other asset pays for it.
    pub fn pot_of(&self, index: usize) -> Option<Pot> {
        let filled = self.pots.iter().find(|filled| filled.index == index);
        filled.map(|filled| filled.pot)
    }

    /// Stores which rows and accounts receive the income of asset number `index`, if it saves for another asset.
    pub fn earns(&mut self, index: usize, proceeds: &Proceeds) {
        if self.pots.iter().any(|filled| filled.from.0 == index) {
            self.payers.push((index, proceeds.clone()));
        }
    }

    /// Adds the stages that move income into savings, after all assets have paid.
    pub fn put_aside(&self, scenario: &Scenario, build: &mut Build) {
        for (index, proceeds) in &self.payers {
            let own = self.pots.iter().filter(|filled| filled.from.0 == *index);
            let own = own.map(|filled| (filled.pot, filled.from.1)).collect();
            let name = format!("put aside of {}", scenario.assets[*index].name);
            build.object(ObjectKind::Flow, &name);
            put_aside(proceeds, own, build);
        }
    }

    /// Savings accounts for launches, in the order of the assets to be launched.
    pub fn accounts(&self) -> impl Iterator<Item = Account> {
        self.pots.iter().map(|filled| filled.pot.account)
    }

    /// Savings accounts as holdings that are sold first in a shortfall, at no cost.
    pub fn saleable(&self) -> Vec<Saleable> {
        let saleable = |filled: &Filled| Saleable {
            value: filled.pot.account,
            haircut: Coefficient::Same(0.0),
            average_cost: filled.average_cost,
            closed: None,
        };
        self.pots.iter().map(saleable).collect()
    }
}
