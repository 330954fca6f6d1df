//! Portfolios with every number anywhere up to the limits of its unit.

mod written;

use super::agents::{Agents, Part, agents, part};
use super::events::{Events, events};
use super::mechanisms::{Mechanism, mechanism};
use proptest::prelude::*;

pub use written::{text, text_in};

pub const CLASSES: [&str; 7] = [
    "micro-saas-fleet", "synthetic-media-royalties", "tokenized-real-estate", "defi-yield-aggregator",
    "niche-content", "digital-product-flywheel", "ai-managed-portfolio",
];

/// One asset; every number anywhere up to the limits of its unit.
#[derive(Clone, Debug)]
pub struct Asset {
    pub class: usize,
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Where the most likely return of a `pert` stands between the ends.
    pub mode: f64,
    pub law: usize,
    pub income_share: f64,
    pub decay: f64,
    pub volatility: f64,
    /// Mean, deviation, and how much of the largest rate is used.
    pub jumps: Option<(f64, f64, f64)>,
    /// Deviation and half-life in months of the income.
    pub noise: Option<(f64, f64)>,
    pub movable: bool,
    pub trade_cost: f64,
    /// Months until an income is paid.
    pub lag: u32,
    pub part: Part,
    /// How it earns; as it is claimed if none.
    pub mechanism: Option<Mechanism>,
}

#[derive(Clone, Debug)]
pub struct Owner {
    pub cash: f64,
    pub surplus: usize,
    pub share: f64,
    pub rebalance: Option<u32>,
    /// Per month.
    pub spending: f64,
    /// Amounts of both signs with the first and last of their months.
    pub flows: Vec<(f64, u32, u32)>,
    /// Ends of a rate, and whether it is taken at once.
    pub tax: Option<(f64, f64, bool)>,
    /// Per year.
    pub compliance: f64,
    /// Places where the owner lives, one after the other; none, nowhere in particular.
    pub stays: Vec<Stay>,
}

/// A rate and two ends of a cost; a month, a sum and a part of the gains if it is a move.
#[derive(Clone, Debug)]
pub struct Stay {
    pub place: usize,
    pub rate: f64,
    pub costs: (f64, f64),
    pub multiple: f64,
    pub month: u32,
    pub cost: f64,
    pub exit_tax: f64,
}

const PLACES: [&str; 5] = ["estonia", "portugal", "singapore", "uae", "usa"];

prop_compose! {
    fn stay()(
        place in 0..PLACES.len(),
        rate in rate(),
        costs in (0.0..9_000.0_f64, 0.0..9_000.0_f64),
        multiple in rate(),
        month in 2_u32..99,
        cost in 0.0..30_000.0_f64,
        exit_tax in rate(),
    ) -> Stay {
        Stay { place, rate, costs, multiple, month, cost, exit_tax }
    }
}

impl Stay {
    fn text(&self, month: Option<u32>, scale: f64) -> String {
        let (low, high) = (self.costs.0.min(self.costs.1) * scale, self.costs.0.max(self.costs.1) * scale);
        let middle = low + 0.25 * (high - low);
        let place = PLACES[self.place];
        // every other place taxes by brackets
        let rate = match self.place % 2 {
            0 => format!("{:?}", self.rate),
            _ => {
                let above = (self.cost + 1.0) * scale;
                let brackets = format!("{{ above = {above:?}, rate = {:?} }}", self.rate);
                let next = format!("{{ above = {:?}, rate = {:?} }}", 3.0 * above, self.multiple);
                format!("[{brackets}, {next}], gains_tax_rate = {:?}", self.exit_tax)
            }
        };
        let there = format!(
            "in = \"{place}\", tax_rate = {rate}, compliance_cost = [\"{low}/year\", \"{middle}/year\", \
             \"{high}/year\"], claim_rate_multiple = {:?}",
            self.multiple
        );
        let moved = month.map(|month| {
            let (cost, exit_tax) = (self.cost * scale, self.exit_tax);
            format!(", from = \"{}\", cost = {cost:?}, exit_tax = {exit_tax:?}", date(month - 1))
        });
        format!("{{ {there}{} }}", moved.unwrap_or_default())
    }
}

/// Months since the start as a date.
pub fn date(month: u32) -> String {
    format!("{}-{:02}", 2027 + month / 12, month % 12 + 1)
}

#[derive(Clone, Debug)]
pub struct Portfolio {
    pub assets: Vec<Asset>,
    pub months: u32,
    pub paths: u32,
    pub dof: Option<u32>,
    pub correlation: f64,
    pub claims: f64,
    pub inflation: f64,
    pub cash_rate: f64,
    pub owner: Option<Owner>,
    pub agents: Agents,
    /// Whether the agents are there at all.
    pub has_agents: bool,
    pub events: Events,
    pub seed: u32,
}

/// Nothing, something, or as much as an amount may be.
fn money() -> impl Strategy<Value = f64> {
    prop_oneof![1 => Just(0.0), 6 => 1.0..500_000.0_f64, 1 => 0.01..1e13_f64, 1 => Just(1e13)]
}

/// Of a tax.
fn rate() -> impl Strategy<Value = f64> {
    between(0.0, 0.1..0.4, 1.0)
}

/// None, some or all of it.
pub fn share() -> impl Strategy<Value = f64> {
    between(0.0, 0.1..0.9, 1.0)
}

/// From `low` to `high`, mostly in the usual range, sometimes anywhere, sometimes at an end.
pub fn between(low: f64, usual: std::ops::Range<f64>, high: f64) -> impl Strategy<Value = f64> {
    prop_oneof![5 => usual, 2 => low..high, 1 => Just(low), 1 => Just(high)]
}

prop_compose! {
    fn asset()(
        (class, value) in (0..CLASSES.len(), money()),
        (one, other) in (between(-0.999_999, -0.3..0.6, 5.0), between(-0.999_999, -0.3..1.0, 5.0)),
        (mode, law) in (share(), 0_usize..4),
        (income_share, decay) in (share(), between(0.0, 0.0..0.6, 5.0)),
        volatility in between(0.0, 0.1..1.0, 5.0),
        jumps in prop::option::of((between(-5.0, -0.3..0.1, 5.0), between(0.0, 0.05..0.3, 5.0), 0.0..1.0_f64)),
        noise in prop::option::of((between(0.0, 0.1..1.0, 5.0), between(0.0, 0.5..6.0, 1_200.0))),
        (movable, trade_cost) in (any::<bool>(), between(0.0, 0.0..0.05, 0.5)),
        lag in prop_oneof![2 => Just(0_u32), 1 => 1..13_u32, 1 => 13..=60_u32],
        part in part(),
        mechanism in prop::option::weighted(0.4, mechanism()),
    ) -> Asset {
        let (low, high) = (one.min(other), one.max(other));
        Asset {
            class, value, low, high, mode, law, income_share, decay, volatility, jumps, noise, movable, trade_cost,
            lag, part, mechanism,
        }
    }
}

prop_compose! {
    fn owner()(
        cash in money(),
        surplus in 0_usize..3,
        share in 0.0..=1.0_f64,
        rebalance in prop::option::of(1_u32..7),
        spending in prop_oneof![2 => Just(0.0), 3 => 1.0..9_000.0_f64, 1 => money()],
        flows in prop::collection::vec((-50_000.0..9_000.0_f64, 0..999_u32, 0..999_u32), 0..3),
        tax in prop::option::of((rate(), rate(), any::<bool>())),
        compliance in prop_oneof![Just(0.0), 100.0..9_000.0_f64],
        stays in prop::collection::vec(stay(), 0..4),
    ) -> Owner {
        Owner { cash, surplus, share, rebalance, spending, flows, tax, compliance, stays }
    }
}

/// More than a price may fall in a year, to six times as much.
fn growth() -> impl Strategy<Value = f64> {
    between(-0.999_999, -0.02..0.1, 5.0)
}

prop_compose! {
    /// A portfolio of as many `assets` over as many `months`.
    fn portfolio_of(assets: impl Strategy<Value = usize>, months: impl Strategy<Value = u32>)(
        assets in assets.prop_flat_map(|n| prop::collection::vec(asset(), n)),
        months in months,
        paths in prop_oneof![1 => Just(1_u32), 4 => 2_u32..256, 4 => 256_u32..400],
        dof in prop::option::of(3_u32..=30),
        (correlation, claims) in (share(), share()),
        (inflation, cash_rate) in (growth(), growth()),
        owner in prop::option::of(owner()),
        (agents, has_agents) in (agents(), any::<bool>()),
        events in events(),
        seed in any::<u32>(),
    ) -> Portfolio {
        Portfolio {
            assets, months, paths, dof, correlation, claims, inflation, cash_rate, owner, agents, has_agents, events,
            seed,
        }
    }
}

/// Usual ones, some with many assets, some over a lifetime.
pub fn portfolio() -> impl Strategy<Value = Portfolio> {
    prop_oneof![
        6 => portfolio_of(1_usize..6, 1_u32..30),
        1 => portfolio_of(6_usize..40, 1_u32..13),
        2 => portfolio_of(1_usize..4, prop_oneof![30_u32..=1_200, Just(1_200)]),
    ]
}

/// What fits the baseline, where a fused multiply-add may be a hundred instructions.
pub fn small() -> impl Strategy<Value = Portfolio> {
    portfolio_of(1_usize..4, 1_u32..3)
}
