//! What is put aside of incomes for assets that are built with it.
//!
//! In: the scenario, what each asset pays and where that goes. Out: accounts, stages. Not here: how it is put aside, when a
//! launch is begun (`asset`).

use super::owner::OwnerPlan;
use crate::asset::{Paid, Pot, Proceeds, put_aside};
use crate::book::Account;
use crate::policy::Saleable;
use crate::random::ObjectKind;
use crate::scenario::Scenario;
use crate::stage::{AverageCost, Build, Coefficient};

/// Pots of a plan, and who fills them.
pub(super) struct Expansions {
    /// In the order of the assets.
    pots: Vec<Filled>,
    /// What the assets pay that fill one.
    payers: Vec<(usize, Paid)>,
}

struct Filled {
    /// Number of the asset that is built with it.
    index: usize,
    /// That of the asset out of whose income it is filled, and the part of it.
    from: (usize, f64),
    pot: Pot,
    /// All of what is taken out of it in need is taxed, for nothing of it was.
    average_cost: Option<AverageCost>,
}

impl Expansions {
    /// One for each asset of `scenario` whose launch is paid by another.
    pub fn open(scenario: &Scenario, owner: Option<&OwnerPlan>, build: &mut Build) -> Self {
        let number = |name: &str| scenario.assets.iter().position(|asset| asset.name == name);
        let mut pots = Vec::new();
        for (index, entry) in scenario.assets.iter().enumerate() {
            let Some((payer, share)) = entry.paid_from() else {
                continue;
            };
            let from = number(payer).expect("a launch names an asset");
            build.asset(&entry.name, &entry.class);
            let launch = entry.launch.as_ref();
            let cost = launch
                .map_or(Coefficient::Same(0.0), |launch| build.drawn("launch.cost", &launch.cost));
            build.object(ObjectKind::Flow, &format!("put aside for {}", entry.name));
            let pot = Pot::of(cost, build);
            pots.push(Filled {
                index,
                from: (from, share),
                pot,
                average_cost: owner.and_then(|owner| owner.average_cost(0.0, build)),
            });
        }
        let payers = Vec::new();
        Self { pots, payers }
    }

    /// That of asset number `index`, if it is built with one.
    pub fn pot_of(&self, index: usize) -> Option<Pot> {
        let filled = self.pots.iter().find(|filled| filled.index == index);
        filled.map(|filled| filled.pot)
    }

    /// Asset number `index` pays so.
    pub fn earns(&mut self, index: usize, proceeds: &Proceeds) {
        if self.pots.iter().any(|filled| filled.from.0 == index) {
            let paid = Paid {
                own: proceeds.own.expect("who pays for another is not alone"),
                net_income: proceeds.net_income,
                to: proceeds.to,
            };
            self.payers.push((index, paid));
        }
    }

    /// Leaves the putting aside of a month, after all assets have paid.
    pub fn put_aside(&self, scenario: &Scenario, build: &mut Build) {
        for (index, paid) in &self.payers {
            let own = self.pots.iter().filter(|filled| filled.from.0 == *index);
            let own = own.map(|filled| (filled.pot, filled.from.1)).collect();
            let name = format!("put aside of {}", scenario.assets[*index].name);
            build.object(ObjectKind::Flow, &name);
            put_aside(*paid, own, build);
        }
    }

    /// Where it stands.
    pub fn accounts(&self) -> impl Iterator<Item = Account> {
        self.pots.iter().map(|filled| filled.pot.account)
    }

    /// The same as what goes first where something has to be sold.
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
