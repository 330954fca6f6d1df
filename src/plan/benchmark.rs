//! The class that `[goal]` wants beaten: one unit of it beside the holdings, of which nobody takes note.
//!
//! In: a scenario. Out: its market, the account of the unit. Not here: the comparison (`record`).

use crate::asset::{MOST_STATES, Slot, revalue};
use crate::book::Account;
use crate::catalog;
use crate::market::MarketSlot;
use crate::random::ObjectKind;
use crate::scenario::{AssetEntry, Scenario};
use crate::stage::{Build, Draw};

/// No name of a file has a dot.
pub(super) const NAME: &str = "goal.beat";

/// A unit of a class with everything that is filled in for it, all return kept in the price.
pub(super) struct Benchmark {
    pub entry: AssetEntry,
    /// Its part in the markets' surprises.
    pub market: MarketSlot,
}

impl Benchmark {
    /// What the catalog says of its class and those of the scenario's markets, in their order.
    pub fn correlations(entry: &AssetEntry, scenario: &Scenario) -> Vec<f64> {
        let with =
            |class: &str| catalog::magnitudes(&catalog::correlation(&entry.class, class)?.value);
        let markets = scenario.markets.iter();
        markets
            .map(|market| with(&market.class).map_or(0.0, |(value, _)| value))
            .collect()
    }

    /// Leaves the months of the unit, of which a claim correlates with others through `common`.
    pub fn hold(&self, common: Draw, claim_correlation: f64, build: &mut Build) -> Account {
        build.object(ObjectKind::Benchmark, NAME);
        let value = build.account(1.0);
        // a class to beat is held as a claim, which keeps no states
        let start = build.row();
        let slot = Slot {
            is_built: false,
            value,
            opening: 1.0,
            start,
            states: [start; MOST_STATES],
            audience: None,
            stated: None,
            since: None,
            has_buyers: false,
            n_months: 0,
            volatility: 0.0,
            cash_rate: 0.0,
            ruined: None,
            common,
            claim_correlation,
            rate: None,
            inflation: None,
            exchange: None,
        };
        let growth = self.entry.kind.build(&slot, build).growth;
        revalue(value, &self.market, growth, None, build);
        value
    }
}
