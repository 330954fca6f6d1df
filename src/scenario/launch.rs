//! `launch = { cost = 400, time = "1 month" }`: a business that is built and not bought.
//!
//! In: a table of the file. Out: [`Launch`]. Not here: what it does to a path (`asset`).

use super::holding::{Holding, Read};
use crate::asset::{Asset, Launching};
use crate::form::{Diagnostic, Faults, Parameter, Preset, Reader};
use crate::units::{Delay, Fraction, Money, Span};
use crate::{inline_table, parameters};

parameters! {
    /// How a business comes to be.
    #[derive(Copy)]
    pub struct Launch {
        /// What building it costs, in money of its day: paid from the owner's account in the month in which it is begun, off
        /// net income and set against the income that is taxed.
        cost: Money = Preset::Is("0") => "400",
        /// How long it takes to build: from the month after that it earns, and its value is there at its end.
        time: Span = Preset::Is("\"1 month\""),
        /// Time from the start until it is begun, in whole months upwards.
        after: Delay = Preset::Is("\"0 months\"") => "\"6 months\"",
        /// Chance that it never earns anything, one draw for each path. Of products that are launched 54 % have no income
        /// (D, from what makers say of theirs; 54 to 90 %).
        fails: Fraction = Preset::Is("0") => "\"54 %\"",
    }
}

inline_table!(
    Launch,
    "launch of a business",
    "{ cost = 400, time = \"1 month\" }",
    Launch {
        cost: Parameter::placeholder(),
        time: Parameter::placeholder(),
        after: Parameter::placeholder(),
        fails: Parameter::placeholder(),
    }
);

impl Launch {
    /// Whether somebody has to pay for it.
    pub fn has_cost(self) -> bool {
        self.cost.get() > 0.0
    }

    /// In months of a run, of what is worth so much once it stands.
    pub fn of(self, worth: Money) -> Launching {
        let before = self.after.months().ceil() as u32;
        Launching {
            cost: self.cost.get(),
            begun: before + 1,
            months: before + self.time.months(),
            fails: self.fails.get(),
            worth: worth.get(),
        }
    }
}

/// A business alone is launched, and is worth something once it stands.
pub(super) fn check_launch(asset: &dyn Asset, holding: &Holding, reader: &mut Reader<'_>) {
    if holding.launch.is_none() {
        return;
    }
    if !asset.is_business() {
        let fault = Diagnostic::new("launch", format!("a \"{}\" is not built", asset.kind()))
            .at(reader.place_of("launch"), "is no business")
            .write("model = \"mechanism\"")
            .note("help", "or no `launch`");
        reader.fault(fault);
    } else if reader.sound(&["value", "income"]) && holding.value.get() == 0.0 {
        let fault = Diagnostic::new("launch", "what is built here is worth nothing")
            .at(
                reader.place_of("launch"),
                "what does it earn once it stands?",
            )
            .note("such as", "income = \"300/month\"")
            .rule("a launch needs `income`, or the `value` once it stands and `roi`");
        reader.fault(fault);
    }
}

/// Without an owner nobody pays what a launch costs.
pub(super) fn check_payers(assets: &[Read], faults: &mut Faults) {
    let costly = |asset: &&Read| asset.entry.launch.is_some_and(Launch::has_cost);
    for asset in assets.iter().filter(costly) {
        let fault = Diagnostic::new("launch", "this has to be paid, and there is no account")
            .at(asset.place, "its `launch` has a cost: who pays?")
            .note("such as", "[owner]\ncash = 4_000");
        faults.push(fault);
    }
}
