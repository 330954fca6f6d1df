//! Loss events of a plan and the assets that they hit.
//!
//! In: a scenario, the accounts of its assets. Out: stages, rows of losses. Not here: the effect of an
//! event (`event`).

use super::owner::{Held, OwnerPlan};
use super::protection::Protection;
use crate::asset::{Earning, IncomeCut};
use crate::crash::Sales;
use crate::event::{Strike, Takes, Tally, Target};
use crate::math::greater;
use crate::scenario::{EventEntry, Scenario};
use crate::stage::{Build, Row};

/// A loss event with its draws and rows, before its stages are built.
pub(super) struct EventPlan<'a> {
    entry: &'a EventEntry,
    strike: Strike,
    /// True if the owner pays for compliance, which lowers the rates of some events.
    is_compliant: bool,
    /// Fraction of income that the event cuts, per path, for each asset that it affects; empty unless it cuts income.
    cuts: Vec<Row>,
}

impl<'a> EventPlan<'a> {
    /// Creates the draws and rows of all events of a scenario.
    pub fn open(scenario: &'a Scenario, prices: Row, build: &mut Build) -> Vec<Self> {
        scenario
            .events
            .iter()
            .map(|entry| {
                build.event(&entry.name, &entry.kind.id);
                let cuts = match entry.effect.takes() {
                    Takes::Income => entry.assets.iter().map(|_| build.row()).collect(),
                    Takes::Value | Takes::Cash | Takes::Tax => Vec::new(),
                };
                Self {
                    entry,
                    is_compliant: scenario.is_compliant(),
                    strike: Strike::build(entry.timing(scenario), entry.spreads(), prices, build),
                    cuts,
                }
            })
            .collect()
    }

    /// Reduction of the income of asset number `asset` by this event; `earning` describes the asset's income. `None`
    /// if the event does not cut it.
    pub fn cut_of(&self, asset: usize, earning: &Earning) -> Option<IncomeCut> {
        if earning.units.is_some() && self.entry.effect.strikes_units() {
            return None;
        }
        let part = self.part_of(asset)?;
        let Tally { lost, prices, .. } = self.strike.tally;
        Some(IncomeCut { part, of_revenue: self.entry.kind.takes_revenue, lost: Some((lost, prices)) })
    }

    /// Row of the fraction by which the event cuts the income of asset number `asset`, as if that had no units; `None`
    /// if it does not cut it.
    pub fn part_of(&self, asset: usize) -> Option<Row> {
        let mut cuts = self.entry.assets.iter().zip(&self.cuts);
        cuts.find(|(index, _)| **index == asset).map(|(_, part)| *part)
    }

    /// True if the event may hit asset number `asset`.
    fn may_hit(&self, asset: usize) -> bool {
        self.entry.can_strike() && self.entry.assets.contains(&asset)
    }

    /// True if the event may stop sales of asset number `asset`.
    pub fn stops_sales_of(&self, asset: usize) -> bool {
        self.entry.effect.stops_sales() && self.may_hit(asset)
    }

    /// True if the event may end purchases of asset number `asset`, or stop its sales.
    pub fn ends_trades_of(&self, asset: usize) -> bool {
        let ends_trust = self.entry.effect.takes() == Takes::Value && !self.entry.kind.leaves_asset;
        self.stops_sales_of(asset) || ends_trust && self.may_hit(asset)
    }

    /// Rows of the event's count and total loss per path.
    pub fn tally(&self) -> Tally {
        self.strike.tally.clone()
    }

    /// Adds the monthly stages of the event: whether it happens, and its losses of the assets `held` or the owner.
    pub fn build(
        self,
        held: &[Held<'_>],
        owner: Option<&OwnerPlan>,
        protection: &Protection<'_>,
        sales: Option<&Sales>,
        taken: &[Row],
        build: &mut Build,
    ) {
        if !self.entry.can_strike() {
            return;
        }
        let exposure = |index: &usize| self.entry.exposure(held[*index].entry, self.is_compliant);
        let is_beyond = |index: &usize| self.entry.beyond.contains(index);
        let own = self.entry.assets.iter().filter(|index| !is_beyond(index));
        // An event spreads to further assets only as far as it hits the asset itself.
        let of_own = own.map(exposure).fold(0.0, greater);
        let target = |(at, index): (usize, &usize)| {
            let exposure = if is_beyond(index) {
                // Compliance is the owner's and already included in `of_own`.
                of_own * self.entry.exposure(held[*index].entry, false)
            } else {
                exposure(index)
            };
            let is_beyond = is_beyond(index);
            let held = &held[*index];
            Target {
                value: held.value,
                owed: held.debt.map(|debt| debt.owed),
                exposure,
                is_beyond,
                cut: self.cuts.get(at).copied(),
                is_launched: held.entry.keys.launch.is_some(),
                units: held.units.filter(|_| self.entry.effect.strikes_units()),
                guard: protection.guard(self.entry, *index),
                closed: held.closed.filter(|_| self.entry.effect.stops_sales()),
                untraded: held.untraded,
                leaves_asset: self.entry.kind.leaves_asset,
                below_close: sales.map(|sales| sales.below_close),
                taken: taken.get(*index).copied(),
                watchers: protection.watchers(self.entry, &held.entry.name),
            }
        };
        let cuts_income = self.entry.effect.takes() == Takes::Income;
        let is_affected = |(_, index): &(usize, &usize)| !cuts_income || held[**index].has_income;
        let targets = self.entry.assets.iter().enumerate().filter(is_affected).map(target).collect();
        let exposure = self.entry.owners_exposure(self.is_compliant);
        let payer = owner.and_then(|plan| plan.payer(self.entry.effect.takes(), exposure));
        build.event(&self.entry.name, &self.entry.kind.id);
        self.entry.effect.build(self.strike, targets, payer, build);
    }
}
