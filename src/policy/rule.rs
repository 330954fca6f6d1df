//! A rule that an owner may follow, by keys of its own in `[owner]`.
//!
//! In: the keys, through `form::Reader`, then the account and what is held ([`Around`]). Out: stages. Not here: which
//! rules there are (`policy`).

use super::{Holding, Owner};
use crate::form::Keys;
use crate::stage::Build;
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
    /// What may be bought and sold.
    pub holdings: &'a [Holding],
}
