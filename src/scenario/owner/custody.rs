//! `custody = { above = 50_000, multisig = true, cold_storage = true }`: who keeps the keys.

use crate::catalog::class;
use crate::form::Preset;
use crate::scenario::AssetEntry;
use crate::units::{Fraction, Money, MonthlyMoney};
use crate::{choices, parameters};

choices! {
    /// What has to be worth so much.
    pub enum Per: "way of counting" {
        /// Each holding by itself.
        Asset = "asset",
        /// All holdings that can be guarded together.
        All = "all",
    }
}

parameters! {
    /// How the keys of holdings are kept.
    pub struct Custody: "table of custody" = "{ above = 50_000, multisig = true }" {
        /// What is worth at least this at the end of a month is guarded in the next one.
        above: Money = Preset::Is("50_000"),
        /// Whether each holding must be worth so much, or all that can be guarded together: "asset" or "all".
        per: Per = Preset::Is("\"asset\""),
        /// Several keys: they are lost `if_guarded` times as often.
        multisig: bool = Preset::Is("true"),
        /// A part is kept offline, where a lost key does not reach it. A deposit (class `defi-yield-aggregator`) cannot be: for a part
        /// that is kept offline write a second asset without yield.
        cold_storage: bool = Preset::Is("false") => "true",
        /// The part that is kept offline. An assumption.
        cold_share: Fraction = Preset::Is("0.5"),
        /// Cost of custody, real, from the first month on.
        cost: Option<MonthlyMoney> = Preset::Absent => "\"600/year\"",
    }
}

impl Custody {
    /// True if a part to keep offline is written, other than the one that is filled in, and nothing is kept so.
    pub fn has_idle_share(&self) -> bool {
        !self.cold_storage && self.cold_share.get() != 0.5
    }

    /// Part of a guarded holding that a lost key does not reach, unless it is a deposit.
    pub fn out_of_reach(&self) -> f64 {
        if self.cold_storage { self.cold_share.get() } else { 0.0 }
    }
}

impl AssetEntry {
    /// True if what the owner has is a claim on a contract, of which no part can be kept offline.
    pub fn is_deposit(&self) -> bool {
        class(&self.class).is_some_and(|class| class.deposit)
    }
}
