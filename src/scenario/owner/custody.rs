//! `custody = { above = 50_000, multisig = true, cold_storage = true }`: who keeps the keys.

use crate::form::Preset;
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
    /// How holdings are kept that an event with `if_guarded` strikes.
    pub struct Custody: "table of custody" = "{ above = 50_000, multisig = true, cold_storage = true }" {
        /// What is worth at least this at the end of a month is guarded in the next one.
        above: Money = Preset::Is("50_000"),
        /// Whether each holding must be worth so much, or all that can be guarded together: "asset" or "all".
        per: Per = Preset::Is("\"asset\""),
        /// Several keys: events strike what is guarded `if_guarded` times as often.
        multisig: bool = Preset::Is("true"),
        /// A part is kept offline: events against which keys help do not reach it, and it earns a tenth less. An
        /// assumption.
        cold_storage: bool = Preset::Is("false") => "true",
        /// The part that is kept offline. An assumption.
        cold_share: Fraction = Preset::Is("0.5"),
        /// What keeping costs, in money of the start, from the first month on.
        cost: Option<MonthlyMoney> = Preset::Absent => "\"600/year\"",
    }
}

/// What earning offline costs, of the income of that part.
const COLD_COSTS: f64 = 0.1;

impl Custody {
    /// Part of a guarded holding that events against which keys help do not reach.
    pub fn out_of_reach(&self) -> f64 {
        if self.cold_storage {
            self.cold_share.get()
        } else {
            0.0
        }
    }

    /// Part of a guarded holding's income that cold storage costs.
    pub fn idle(&self) -> f64 {
        COLD_COSTS * self.out_of_reach()
    }
}
