//! The premium of a cover that says none: worked out once, when a plan is built, and shared by all copies of the scenario.
//!
//! In: a rate. Out: the same for who asks again. Not here: how it is worked out (`plan`).

use std::sync::{Arc, OnceLock};

/// A rate of the limit per year that may not be worked out yet.
#[derive(Clone, Debug, Default)]
pub struct FairPremium(Arc<OnceLock<f64>>);

impl FairPremium {
    /// The rate; `price` is asked for it the first time.
    pub fn get_or(&self, price: impl FnOnce() -> f64) -> f64 {
        *self.0.get_or_init(price)
    }

    /// The rate, if it is known.
    pub fn get(&self) -> Option<f64> {
        self.0.get().copied()
    }
}

impl PartialEq for FairPremium {
    /// It follows from the scenario, so covers are as equal as their keys are.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
