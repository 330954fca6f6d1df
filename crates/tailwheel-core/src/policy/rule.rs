//! A trading rule with its own keys in `[owner]`.
//!
//! In: the keys, through `form::Reader`, then the account and the holdings. Out: stages. Not here: the list of
//! rules (`policy`).

use super::{Holding, Owner};
use crate::form::Keys;
use crate::stage::Build;
use std::fmt;

/// A monthly trading rule of the owner, switched on by its own keys.
pub trait Rule: Keys + fmt::Debug + Send + Sync {
    /// Adds the stages of the rule to the plan. It may buy and sell `holdings`.
    fn build(&self, owner: &Owner, holdings: &[Holding], build: &mut Build);
}
