//! `launch = { cost = 400, time = "1 month" }`: a business that is built and not bought.
//!
//! In: a table of the file. Out: [`Launch`]. Not here: what it does to a path (`asset`), out of whose income it may be paid
//! (`expansion`).

use super::holding::{Holding, Read};
use super::names::Spelled;
use crate::asset::{Asset, Launching};
use crate::form::{
    Diagnostic, Faults, Field, Parameter, Preset, Reader, Shape, Unit, Value, read_text,
};
use crate::units::{Delay, Fraction, Money, Span};
use crate::{inline_table, parameters};

parameters! {
    /// How a business comes to be.
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
        /// The asset that pays for it out of its income, in place of the owner at a date: of what that one pays, after what it
        /// reinvests in itself, `share` is put aside in every month until `cost` is there, and with the next month the
        /// launch is begun. What is put aside is wealth and no income until then; it earns nothing, and goes first where
        /// something has to be sold.
        from: Option<Payer> = Preset::Absent => "\"course\"",
        /// The part of what `from` pays that is put aside for it.
        share: Option<Fraction> = Preset::Absent => "\"30 %\"",
    }
}

/// The name of an asset, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Payer(pub Spelled);

impl Parameter for Payer {
    const UNIT: Unit = Unit {
        name: "name of an asset",
        examples: &["\"course\""],
        shape: Shape::Text(""),
    };

    fn placeholder() -> Self {
        Self(Spelled {
            text: String::new(),
            place: None,
        })
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let text = read_text(value, field, faults)?.to_owned();
        let place = value.place;
        Some(Self(Spelled { text, place }))
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(self.0.text.as_str()))
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
        from: None,
        share: None,
    }
);

impl Launch {
    /// Whether the owner has to pay for it.
    pub fn has_cost(&self) -> bool {
        self.cost.get() > 0.0 && self.from.is_none()
    }

    /// The name of the asset out of whose income it is paid, and the part of that.
    pub fn paid_from(&self) -> Option<(&str, f64)> {
        let from = self.from.as_ref()?;
        Some((from.0.text.as_str(), self.share.map_or(0.0, Fraction::get)))
    }

    /// In months of a run, of what is worth so much once it stands.
    pub fn of(&self, worth: Money) -> Launching {
        Launching {
            cost: self.cost.get(),
            begun: self.after.months().ceil() as u32 + 1,
            time: self.time.months(),
            fails: self.fails.get(),
            worth: worth.get(),
        }
    }
}

/// A business alone is launched, and is worth something once it stands.
pub(super) fn check_launch(asset: &dyn Asset, holding: &Holding, reader: &mut Reader<'_>) {
    let Some(launch) = &holding.launch else {
        return;
    };
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
    check_source(launch, reader);
}

/// What is paid out of an income has a cost and a share, and no date.
fn check_source(launch: &Launch, reader: &mut Reader<'_>) {
    let is_put_aside = launch.share.is_some_and(|share| share.get() > 0.0);
    let (message, label, help) = match (&launch.from, is_put_aside) {
        (None, _) if launch.share.is_none() => return,
        (None, _) => (
            "a `share` without a `from`",
            "of what somebody else pays?",
            "`from`, the asset whose income pays for it, or no `share`",
        ),
        (Some(_), false) => (
            "nothing is put aside for this launch",
            "which part of what `from` pays?",
            "`share = \"30 %\"` beside `from`",
        ),
        (Some(_), true) if launch.cost.get() == 0.0 => (
            "what costs nothing is paid out of no income",
            "what does it cost?",
            "a `cost`, or no `from` and no `share`",
        ),
        (Some(_), true) if launch.after.months() > 0.0 => (
            "what is paid out of an income has no date",
            "begins when its cost is there",
            "no `after`, or no `from` and no `share`",
        ),
        (Some(_), true) => return,
    };
    let fault = Diagnostic::new("launch", message)
        .at(reader.place_of("launch"), label)
        .note("help", help);
    reader.fault(fault);
}

/// Without an owner nobody pays what a launch costs.
pub(super) fn check_payers(assets: &[Read], faults: &mut Faults) {
    let costly = |asset: &&Read| asset.entry.launch.as_ref().is_some_and(Launch::has_cost);
    for asset in assets.iter().filter(costly) {
        let fault = Diagnostic::new("launch", "this has to be paid, and there is no account")
            .at(asset.place, "its `launch` has a cost: who pays?")
            .note("such as", "[owner]\ncash = 4_000");
        faults.push(fault);
    }
}
