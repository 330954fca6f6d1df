//! Meaning of the columns of a run: the money that turns them into losses, and the names of their objects.
//!
//! In: the money invested and names. Out: [`Basis`]. Not here: the columns (`data`).

use crate::math::ROUNDING;
use crate::record::{Scope, causes};

/// Returns the loss if `returned` is left of `money_in` invested, both real; exactly 0 within rounding.
#[inline(always)]
pub(super) fn loss(money_in: f64, returned: f64) -> f64 {
    let loss = money_in - returned;
    if loss.abs() <= ROUNDING * money_in { 0.0 } else { loss }
}

/// What an event can change on a path on which it happens by chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Nothing: it happens at a fixed date or never, or finds nothing to take.
    Nothing,
    /// The assets with these numbers and the whole portfolio, but no other asset.
    Assets(Vec<u16>),
    Everything,
}

/// Money invested, from which losses are computed, and names of the assets, events, states and residences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Basis {
    /// Money invested on day one: opening values of the assets and opening cash.
    pub money_in: f64,
    /// Names of the assets, in the order in which results list them.
    pub asset_names: Vec<String>,
    pub event_names: Vec<String>,
    /// What each event can change by chance.
    pub reaches: Vec<Reach>,
    /// Names of the quantities (states) that the earnings models of assets report, such as site visits.
    pub state_names: Vec<String>,
    /// Names of the places of residence that require a minimum income.
    pub place_names: Vec<String>,
    /// True if something can happen on only a few paths: jumps, crises, agents' sales, failed launches, or
    /// the random counts of an earnings model.
    pub has_events: bool,
    /// True if money leaves an asset for other accounts, so that the losses of all assets are not the whole loss.
    pub is_shared: bool,
    /// True if the owner can face a bill that hardly any path meets: damages or a tax.
    pub has_rare_bills: bool,
}

impl Basis {
    /// Returns number and name of each object, such as an asset, that has its own measures of this `scope`;
    /// `(None, "")` for the portfolio.
    pub(crate) fn objects(&self, scope: Scope) -> Vec<(Option<u16>, &str)> {
        fn words(names: &[String]) -> Vec<&str> {
            names.iter().map(String::as_str).collect()
        }
        let names = match scope {
            Scope::Portfolio => return vec![(None, "")],
            Scope::EachAsset => words(&self.asset_names),
            Scope::EachEvent => words(&self.event_names),
            Scope::EachCause => causes().collect(),
            Scope::EachState => words(&self.state_names),
            Scope::EachMove => words(&self.place_names),
        };
        (self.first(scope)..).map(Some).zip(names).collect()
    }

    /// Returns the number of the first object (asset, event, …) of `scope`; all objects share one numbering.
    pub(super) fn first(&self, scope: Scope) -> u16 {
        scope.first(self.asset_names.len(), self.event_names.len(), self.state_names.len())
    }
}
