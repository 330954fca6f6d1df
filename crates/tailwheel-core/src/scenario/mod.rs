//! Validated scenario: names, annual rates, money and dates, as the user wrote them. Invalid values cannot be
//! built.
//!
//! In: a file and the files it extends (through a [`Loader`]), assignments, the catalog.
//! Out: [`Scenario`], or a [`Refusal`] with every fault found. Not here: indices and monthly numbers
//! (`plan`), file access (`cli`).

mod advantage;
mod amount;
mod asset_entry;
mod audience;
mod calendar;
mod canonical;
mod class_asset;
mod completed;
mod conditional;
mod copula;
mod correlation;
mod crash;
mod crisis;
mod declaration;
mod defaults;
mod derived;
mod document;
mod economy;
mod entries;
mod event;
mod fx;
mod goal;
mod holding;
mod holdings;
mod hours;
mod identity;
mod implausible;
mod implied;
mod inherit;
mod inline_tables;
mod labels;
mod launch;
mod launches;
mod market;
mod matrix_keys;
mod membership;
mod model;
mod names;
mod not_semidefinite;
mod owner;
mod read;
mod recovery;
mod sections;
mod selection;
mod setting;
mod shared_parts;
mod shares;
mod shock;
mod study;
mod supervision;
mod tables;
mod thousands;

use crate::catalog::{CatalogValue, Entry};
use crate::crash::{Depth, System};
use crate::event::Takes;
use crate::form::Range;
use crate::math::correlation::Matrix;
use crate::random::Seeds;
use crate::record::causes;
use crate::stage::Pin;
use crate::units::{MonthlyMoney, YearMonth};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

pub use crate::market::{Copula, Inflation};
pub use advantage::Advantage;
pub use amount::{Amount, AmountUnit};
pub use asset_entry::{AssetEntry, Membership};
pub use calendar::Calendar;
pub use class_asset::{benchmark_of, mechanism_of};
pub use correlation::pair_at;
pub use crash::{ClusterEntry, Crash, Hallucination};
pub use crisis::Crisis;
pub use declaration::{SETTINGS, Settings, is_list, schema, sections};
pub use derived::Formula;
pub use document::{Document, Edit};
pub use economy::{CashRate, Economy};
pub use event::{EventEntry, SharedKeys};
pub use fx::Exchange;
pub use goal::Goal;
pub use implausible::Implausible;
pub use inherit::{LoadError, Loader, above};
pub use labels::{LabelParts, label_of_key, label_of_name, table_of_key, word_of_key};
pub use launch::Launch;
pub use market::MarketEntry;
pub use owner::{Cover, Custody, Flow, Owner, Per, Residence, Spending, Surplus};
pub use read::{Refusal, stem};
pub use recovery::Recovery;
pub use sections::Letterhead;
pub use setting::Registered;
pub use shared_parts::FilledList;
pub use shock::PrescribedShock;
pub use study::{Case, Expectation, MAX_CASES, Study, read, read_as_written, read_study};
pub use thousands::Decimal;

/// Largest number of assets of one scenario; its correlation matrix has at most as many rows.
pub const MAX_ASSETS: usize = 500;

/// A simulation model in which every name, range and cross-reference of a scenario file has been checked.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Title in the file, else the name of the file.
    pub title: String,
    /// First simulated month.
    pub start: YearMonth,
    /// Length of the simulation, in months.
    pub months: u32,
    /// Symbol of the currency of every amount.
    pub currency: String,
    /// Seeds of the paths and of the parameters drawn once per path.
    pub seeds: Seeds,
    pub paths: u64,
    /// Assets, sorted by the bytes of their names, whatever the order in the file.
    pub assets: Vec<AssetEntry>,
    /// Markets whose shocks move asset prices; sorted by the bytes of the names.
    pub markets: Vec<MarketEntry>,
    pub correlation: Correlation,
    /// Letterhead, economy, goals and all other sections that refer to no asset.
    pub settings: Settings,
    pub owner: Option<Owner>,
    /// Crisis regime; `None` if there is only the normal regime.
    pub crisis: Option<Crisis>,
    /// Agents that sell together; `None` if no agent sells.
    pub crash: Option<Crash>,
    /// Price falls that happen on every path, sorted by month, loss and market.
    pub shocks: Vec<PrescribedShock>,
    /// Loss events, sorted by the bytes of the names.
    pub events: Vec<EventEntry>,
    /// Full paths of keys that the file sets to one number for all paths, although the catalog has a range.
    pub fixed: Vec<String>,
    /// Keys of assets that are better for the owner in the file than in the catalog.
    pub better: Vec<Advantage>,
    /// Range that an experiment fixes at one of its percentiles on all paths; `None` in an ordinary run.
    pub pin: Option<Pin>,
    /// All values from the catalog, sorted by `path`.
    pub filled_in: FilledList,
    /// Amounts with three decimals, whose point may have been meant as a thousands separator.
    pub decimals: Vec<Decimal>,
    /// Values that are valid but implausible, each with its warning.
    pub implausible: Vec<Implausible>,
    /// Names of assets that state working hours, although the owner counts none.
    pub uncounted: Vec<String>,
    /// Keys of the owner or a residence that are written but change nothing.
    pub idle: Vec<&'static str>,
}

impl Scenario {
    /// Number of the simulated month with this date, counted from 1; `None` if it is not simulated.
    pub fn month(&self, date: YearMonth) -> Option<u32> {
        self.calendar().month(date)
    }

    /// First month and number of the simulated months.
    pub fn calendar(&self) -> Calendar {
        Calendar { start: self.start, months: self.months }
    }

    /// Returns the date of a simulated month, from 1: `2031-03`.
    pub fn date_of(&self, month: u32) -> String {
        self.start.plus(month - 1).to_string()
    }

    /// True if the owner of `other` has equal payments (spending, flows). No owner equals one who pays nothing.
    pub fn pays_like(&self, other: &Self) -> bool {
        match (&self.owner, &other.owner) {
            (Some(own), Some(owner)) => own.payments(self.calendar()) == owner.payments(other.calendar()),
            (None, None) => true,
            (Some(owner), None) | (None, Some(owner)) => !owner.spends() && owner.flows.is_empty(),
        }
    }

    /// Model of agent selling and its price impact, without the state of a month; `None` without `[crash]`.
    pub fn agent_system(&self) -> Option<System> {
        let crash = self.crash.as_ref()?;
        let depth = |market: &MarketEntry| Depth {
            size: market.size.get(),
            agent_share: market.agent_share.get(),
            impact_of_tenth: market.impact_of_10_percent.get(),
        };
        Some(System::new(
            self.markets.iter().map(depth).collect(),
            crash.clusters.iter().map(ClusterEntry::agents).collect(),
            crash.impact_exponent.get(),
        ))
    }

    /// True if at least one asset is a business.
    pub fn has_business(&self) -> bool {
        self.assets.iter().any(|asset| asset.kind.facts().is_business)
    }

    /// True if money leaves an asset: for the owner, for a business's cash, or for receivables.
    pub fn is_shared(&self) -> bool {
        let pays =
            |entry: &AssetEntry| entry.kind.facts().is_business || entry.keys.payment_lag.months() > 0.0;
        self.owner.is_some() || self.assets.iter().any(pays)
    }

    /// Names of the quantities that assets report, such as `fleet.healthy`, in canonical order.
    pub fn state_names(&self) -> Vec<String> {
        let assets = self.assets.iter();
        let of = |asset: &AssetEntry| {
            asset.states().map(|state| format!("{}.{}", asset.name, state.id)).collect::<Vec<_>>()
        };
        assets.flat_map(of).collect()
    }

    /// Index in [`Scenario::object_names`] of the first of [`Scenario::state_names`].
    pub fn state_number(&self) -> u16 {
        let first = self.assets.len() + self.events.len() + causes().count();
        u16::try_from(first).expect("a scenario has few assets")
    }

    /// Names of all objects that measures refer to, in canonical order: assets, events, causes, asset states,
    /// then residences with an income requirement.
    pub fn object_names(&self) -> Vec<String> {
        let assets = self.assets.iter().map(|asset| &asset.name);
        let events = self.events.iter().map(|event| &event.name);
        let causes = causes().map(str::to_owned);
        let named = assets.chain(events).cloned().chain(causes).chain(self.state_names());
        named.chain(self.asking_places()).collect()
    }

    /// Ranges in the file, those of assets first, then those of events; every path draws one value from each.
    pub fn ranges(&self) -> impl Iterator<Item = &Range> {
        let assets = self.assets.iter().flat_map(|asset| &asset.ranges);
        assets.chain(self.events.iter().flat_map(|event| &event.ranges))
    }

    /// Monthly costs of the owner that are not zero, real, each with its name.
    pub fn costs(&self) -> impl Iterator<Item = (&'static str, MonthlyMoney)> {
        self.owner.iter().flat_map(Owner::costs).filter(|(_, cost)| cost.get() > 0.0)
    }

    /// Insurance covers of the owner; empty without an owner.
    pub fn covers(&self) -> &[Cover] {
        self.owner.as_ref().map_or(&[], |owner| &owner.cover)
    }

    /// True if the owner pays for a compliance service, which watches rights and rules.
    pub fn is_compliant(&self) -> bool {
        let owner = self.owner.as_ref();
        owner.is_some_and(|owner| owner.compliance_service.is_some())
    }

    /// True if the owner states available hours or the price of an hour, so that working hours are simulated.
    pub fn counts_hours(&self) -> bool {
        let owner = self.owner.as_ref();
        owner.is_some_and(|owner| owner.hours.is_some() || owner.hour_value.is_some())
    }

    /// True if the owner has payments that must be made, so that assets may have to be sold.
    pub fn has_obligations(&self) -> bool {
        let is_owed = |owner: &Owner| {
            owner.has_obligations()
                || self.costs().next().is_some()
                || self.has_claims()
                || self.changes_tax()
                || (0..self.assets.len()).any(|index| self.may_lose(index))
                || self.assets.iter().any(|asset| asset.keys.launch.as_deref().is_some_and(Launch::has_cost))
        };
        self.owner.as_ref().is_some_and(is_owed)
    }

    /// True if customers of other assets are visitors of the asset called `name`.
    pub fn has_buyers(&self, name: &str) -> bool {
        self.assets.iter().any(|asset| asset.audience.iter().any(|site| site.text == name))
    }

    /// True if the asset at `index` can have months whose costs exceed its income.
    pub fn may_lose(&self, index: usize) -> bool {
        let asset = &self.assets[index];
        let cuts = |event: &EventEntry| {
            event.effect.takes() == Takes::Income && event.can_strike() && event.assets.contains(&index)
        };
        let is_strained = self.crash.is_some() && asset.keys.income_beta.get() > 0.0;
        let is_cut = || is_strained || self.events.iter().any(cuts);
        let facts = asset.kind.facts();
        facts.may_lose || (facts.spends && is_cut())
    }

    /// Spending of the owner per month, real, in months 1 … horizon, if all planned moves take place. Empty
    /// if it is zero in every residence.
    pub fn spending(&self) -> Vec<f64> {
        self.spending_by(|owner, date| owner.spends_on(date, owner.position_on(date)))
    }

    /// Spending per month, real, in months 1 … horizon, if the residence is always that at `position`.
    pub fn spending_at(&self, position: usize) -> Vec<f64> {
        self.spending_by(|owner, date| owner.spends_on(date, position))
    }

    fn spending_by(&self, of: impl Fn(&Owner, YearMonth) -> f64) -> Vec<f64> {
        let Some(owner) = self.owner.as_ref().filter(|owner| owner.spends()) else { return Vec::new() };
        (1..=self.months).map(|month| of(owner, self.calendar().date(month))).collect()
    }

    /// Names of residences that require an income before moving there, in the order of the first moves.
    pub fn asking_places(&self) -> Vec<String> {
        let residences = self.owner.iter().flat_map(|owner| &owner.residence);
        let asking = residences.filter(|residence| residence.asks());
        let mut places: Vec<String> = Vec::new();
        for place in asking.filter_map(Residence::place) {
            if !places.contains(&place.id) {
                places.push(place.id.clone());
            }
        }
        places
    }

    /// True if no market price moves at random: only prescribed price falls and forced sales change prices.
    pub fn has_still_markets(&self) -> bool {
        let mut markets = self.markets.iter();
        let mut assets = self.assets.iter();
        markets.all(|market| market.volatility().get() == 0.0) && assets.all(|asset| !asset.process.is_rare())
    }
}

/// Correlations between the shocks of markets, and the copula that joins the shocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// Parameter matrix of the copula, in the order of [`Scenario::markets`]; positive
    /// semidefinite.
    pub matrix: Arc<Matrix>,
    pub copula: Copula,
    /// Correlation of the true returns behind the claims of different assets.
    pub roi: f64,
    /// Size of the change that made `matrix` valid; `None` if no repair was requested or needed.
    pub repair: Option<Repair>,
}

/// Size of the change that made given correlations a positive semidefinite matrix.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Repair {
    /// Frobenius norm of the change, both triangles counted.
    #[serde(rename = "frobenius_distance")]
    pub distance: f64,
    /// Largest absolute change of an entry.
    pub largest_change: f64,
}

/// A value that the catalog supplied because the scenario does not state it.
#[derive(Clone, Debug, PartialEq)]
pub struct FilledIn {
    /// Full path of the key: `asset.saas.volatility`, `correlation.saas.defi`, `economy.inflation`.
    pub path: String,
    /// Value as it could be written in the file.
    pub value: String,
    /// True if each path draws its own value from a range; `value` is the median then.
    pub is_drawn: bool,
    /// Catalog entry of the value, with its evidence. Values of one entry count as one assumption.
    pub entry: &'static Entry,
}

impl FilledIn {
    /// Returns both ends of the catalog's range as TOML; `None` if the entry has no range.
    pub fn range(&self) -> Option<[String; 2]> {
        self.entry.range.as_ref().map(|ends| ends.each_ref().map(CatalogValue::as_toml))
    }
}

#[cfg(test)]
mod tests;
