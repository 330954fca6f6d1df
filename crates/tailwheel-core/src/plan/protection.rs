//! Protection against loss events: custody and insurance of a plan's owner.
//!
//! In: a scenario, the accounts of its assets. Out: rows that events read, stages, receivables from
//! insurers. Not here: when custody applies, when an insurance pays (`policy`).

use super::owner::{Held, OwnerPlan};
use super::premium;
use crate::asset::PerUnit;
use crate::book::Account;
use crate::event::Guard;
use crate::policy::{self, Cover, CoverTally, Pays, Trigger};
use crate::random::ObjectKind;
use crate::scenario::{self, EventEntry, Per, Scenario};
use crate::stage::{Build, Draw, Row};

/// Rows and accounts of the owner's custody and insurances.
pub(super) struct Protection<'a> {
    scenario: &'a Scenario,
    guarded: Vec<Guarded>,
    covers: Vec<(&'a scenario::Cover, Row)>,
    tally: Option<CoverTally>,
}

/// An asset that custody may protect.
struct Guarded {
    asset: usize,
    flag: Row,
    /// Fraction of the asset's value that an event can reach while custody protects it.
    within_reach: f64,
}

impl<'a> Protection<'a> {
    /// Creates the rows that the owner's custody and insurances need; none without custody and insurance.
    pub fn open(scenario: &'a Scenario, prices: Row, build: &mut Build) -> Self {
        let covers = scenario.covers();
        let tally = (!covers.is_empty()).then(|| {
            build.object(ObjectKind::Policy, "cover");
            CoverTally::of(prices, build)
        });
        Self {
            scenario,
            guarded: guarded(scenario, build),
            covers: covers.iter().map(|cover| (cover, build.row())).collect(),
            tally,
        }
    }

    /// True if one of the insurances of `asset` pays when the yield is low; `None` if the asset has no insurance.
    pub fn covers_of(&self, asset: &str) -> Option<bool> {
        let own = self.covers.iter().filter(|(cover, _)| *cover.asset == asset);
        own.map(|(cover, _)| cover.pays_when.is_some()).reduce(|any, one| any || one)
    }

    /// Rows that sum the month's losses for each insurance to which the loss of `asset` from `event` counts.
    pub fn watchers(&self, event: &EventEntry, asset: &str) -> Vec<Row> {
        let watches = |cover: &scenario::Cover| *cover.asset == asset && cover.is_of(&event.name, event.kind);
        self.covers.iter().filter(|(cover, _)| watches(cover)).map(|(_, seen)| *seen).collect()
    }

    /// Custody that protects asset number `asset` from `event`; `None` if custody does not apply.
    pub fn guard(&self, event: &EventEntry, asset: usize) -> Option<Guard> {
        let custody = self.scenario.owner.as_ref()?.custody.as_ref()?;
        let if_guarded = event.guarded()?;
        let guarded = self.guarded.iter().find(|guarded| guarded.asset == asset)?;
        Some(Guard {
            flag: guarded.flag,
            exposure: if custody.multisig { if_guarded } else { 1.0 },
            within_reach: guarded.within_reach,
        })
    }

    /// Totals over all insurances per path, such as payouts; `None` without insurance.
    pub fn tally(&self) -> Option<CoverTally> {
        self.tally.clone()
    }

    /// Adds the stages of custody and insurance; returns the accounts of receivables from insurers.
    pub fn build(
        &self,
        held: &[Held<'_>],
        plan: &OwnerPlan,
        crisis: Option<Draw>,
        build: &mut Build,
    ) -> Vec<Account> {
        self.build_custody(held, build);
        let (Some(purse), Some(tally)) = (&plan.purse, &self.tally) else {
            return Vec::new();
        };
        let mut receivables = Vec::new();
        for (entry, loss) in &self.covers {
            let insured = held.iter().find(|held| held.entry.name == *entry.asset);
            let insured = insured.expect("reading has found the asset");
            build.object(ObjectKind::Policy, &entry.name());
            let cover = Cover {
                start: insured.start,
                loss: *loss,
                limit: entry.limit.get(),
                attachment: entry.attachment.get(),
                waiting: entry.waiting_months(),
                premium: entry.premium(|| premium::fair(self.scenario, entry)),
                default: entry.insurer_default.get(),
                crisis,
                tally: tally.clone(),
            };
            let pays = self.pays(entry, insured.unit);
            receivables.push(cover.build(pays, &plan.owner, purse, build));
        }
        receivables
    }

    fn pays(&self, entry: &scenario::Cover, unit: Option<PerUnit>) -> Pays {
        match entry.pays_when.as_ref().zip(unit) {
            Some((when, unit)) => Pays::Yield(Trigger {
                threshold: when.yield_below.get(),
                window: when.window_months(),
                horizon: self.scenario.months,
                unit,
            }),
            None => Pays::Loss { cover: entry.cover.get(), deductible: entry.deductible.get() },
        }
    }

    fn build_custody(&self, held: &[Held<'_>], build: &mut Build) {
        let owner = self.scenario.owner.as_ref();
        let Some(custody) = owner.and_then(|owner| owner.custody.as_ref()) else {
            return;
        };
        for one in &self.guarded {
            let counted: Vec<&Held<'_>> = match custody.per {
                Per::Asset => vec![&held[one.asset]],
                Per::All => self.guarded.iter().map(|one| &held[one.asset]).collect(),
            };
            build.object(ObjectKind::Asset, &held[one.asset].entry.name);
            let opening = counted.iter().map(|held| held.entry.opening()).sum();
            let counted = counted.iter().map(|held| held.value).collect();
            policy::guard(custody.above.get(), counted, opening, one.flag, build);
        }
    }
}

/// Assets that custody protects from at least one event, with their rows; empty without custody.
fn guarded(scenario: &Scenario, build: &mut Build) -> Vec<Guarded> {
    let custody = scenario.owner.as_ref().and_then(|owner| owner.custody.as_ref());
    let Some(custody) = custody else {
        return Vec::new();
    };
    let can_guard = |asset: &usize| {
        scenario.events.iter().any(|event| event.guarded().is_some() && event.assets.contains(asset))
    };
    (0..scenario.assets.len())
        .filter(can_guard)
        .map(|asset| Guarded {
            asset,
            flag: build.row(),
            // A deposit lies in the contract, so that key custody does not protect it.
            within_reach: if scenario.assets[asset].is_deposit() {
                1.0
            } else {
                1.0 - custody.out_of_reach()
            },
        })
        .collect()
}
