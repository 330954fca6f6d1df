//! Premium of a cover that states none: computed once, when a plan is built, and shared by all copies of the
//! scenario.
//!
//! In: a function that computes a rate. Out: the rate, computed once. Not here: the computation (`plan`).

use std::sync::{Arc, OnceLock};

/// Computed premium per year, as a fraction of the limit; empty until it is computed. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct FairPremium(Arc<OnceLock<f64>>);

impl FairPremium {
    /// Returns the yearly premium, a fraction of the limit; the first call computes it with `price`.
    pub fn get_or(&self, price: impl FnOnce() -> f64) -> f64 {
        *self.0.get_or_init(price)
    }

    /// Returns the yearly premium, a fraction of the limit; `None` if it has not been computed.
    pub fn get(&self) -> Option<f64> {
        self.0.get().copied()
    }
}

impl PartialEq for FairPremium {
    /// Always equal: the premium follows from the scenario, so only the keys of covers need comparing.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
