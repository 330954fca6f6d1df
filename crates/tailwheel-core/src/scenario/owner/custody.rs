//! `custody = { above = 50_000, multisig = true, cold_storage = true }`: safekeeping of the keys of holdings.

use crate::catalog::class;
use crate::form::Preset;
use crate::scenario::AssetEntry;
use crate::units::{Fraction, Money, MonthlyMoney};
use crate::{choices, parameters};

choices! {
    /// Base of the threshold for custody.
    pub enum Per: "way of counting" {
        /// Each holding is guarded by its own value.
        Asset = "asset",
        /// All holdings that can be guarded count together.
        All = "all",
    }
}

parameters! {
    /// Keys of the custody of holdings.
    pub struct Custody: "table of custody" = "{ above = 50_000, multisig = true }" {
        /// Value from which on holdings are guarded: reached at the end of a month, they are guarded in the
        /// next.
        above: Money = Preset::Is("50_000"),
        /// Base of `above`: the value of each holding, or of all that can be guarded together: "asset" or
        /// "all".
        per: Per = Preset::Is("\"asset\""),
        /// True if several keys are needed: a `custody-loss` then happens `if_guarded` times as often.
        multisig: bool = Preset::Is("true"),
        /// A part is kept offline, where a lost key does not reach it. A deposit (class
        /// `defi-yield-aggregator`) cannot be: for a part that is kept offline write a second asset without
        /// yield.
        cold_storage: bool = Preset::Is("false") => "true",
        /// Share that is kept offline. An assumption.
        cold_share: Fraction = Preset::Is("0.5"),
        /// Cost of custody, real, from the first month on.
        cost: Option<MonthlyMoney> = Preset::Absent => "\"600/year\"",
    }
}

impl Custody {
    /// True if `cold_share` is not the default although nothing is kept offline, so that it has no effect.
    pub fn has_idle_share(&self) -> bool {
        !self.cold_storage && self.cold_share.get() != 0.5
    }

    /// Fraction of a guarded holding that is kept offline, where the loss of a key does not affect it.
    /// Deposits are never offline.
    pub fn out_of_reach(&self) -> f64 {
        if self.cold_storage { self.cold_share.get() } else { 0.0 }
    }
}

impl AssetEntry {
    /// True if the asset is a deposit: a claim on a contract, of which no part can be kept offline.
    pub fn is_deposit(&self) -> bool {
        class(&self.class).is_some_and(|class| class.deposit)
    }
}
