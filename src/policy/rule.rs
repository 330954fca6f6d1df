//! A rule that an owner may follow, by keys of its own in `[owner]`.
//!
//! In: the keys, through `form::Reader`, then the account and what is held ([`Around`]). Out: stages. Not here: which
//! rules there are (`policy`).

use super::{Holding, Owner, Purse};
use crate::book::Account;
use crate::form::Keys;
use crate::stage::{Build, Row};
use std::fmt;

/// What an owner does, or has to pay, every month by keys of its own; without them nothing.
pub trait Rule: Keys + fmt::Debug + Send + Sync {
    /// Whether it can take more than there is, so that assets are sold for it and the owner may be ruined.
    fn has_to_be_paid(&self) -> bool {
        false
    }

    /// Leaves its stages in the plan.
    fn build(&self, around: &Around<'_>, build: &mut Build);
}

/// What a rule may look at and move.
pub struct Around<'a> {
    pub owner: &'a Owner,
    /// Where what is paid is noted; there if anything has to be paid.
    pub purse: Option<Purse>,
    /// What each asset is worth, in their order.
    pub assets: &'a [Account],
    /// What may be bought and sold.
    pub holdings: &'a [Holding],
    /// Net income of the month.
    pub net_income: Row,
    /// Costs since the last settlement that are set against income, if it is taxed.
    pub deductible: Option<Row>,
    /// Price levels of months 1 … horizon.
    pub price_levels: &'a [f64],
}
