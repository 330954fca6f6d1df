//! What the owner does with the holdings: interest on cash, rebalancing, reinvestment.
//!
//! In: the owner's account and the holdings. Out: stages. Not here: how a holding earns (`asset`).

mod interest;
mod rebalance;
mod surplus;

pub use interest::Interest;
pub use rebalance::Rebalance;
pub use surplus::Surplus;

use crate::book::Account;
use crate::stage::Build;

/// Something the owner, or a contract for him, does every month.
pub trait Policy: Send + Sync {
    /// Leaves its stages in the plan.
    fn build(&self, owner: &Owner, holdings: &[Holding], build: &mut Build);
}

/// The owner's account.
#[derive(Clone, Copy, Debug)]
pub struct Owner {
    /// Cash at hand.
    pub cash: Account,
    /// Cash that is kept before anything counts as surplus.
    pub buffer: f64,
}

/// A holding that a policy may buy and sell.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// What it is worth.
    pub value: Account,
    /// Its share of the opening value of all movable holdings.
    pub weight: f64,
    /// Cost of buying or selling, a fraction of the amount.
    pub trade_cost: f64,
}
