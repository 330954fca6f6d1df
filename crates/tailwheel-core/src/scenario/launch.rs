//! `launch = { cost = 400, time = "1 month" }`: a business that is built instead of bought.
//!
//! In: a table of the file. Out: [`Launch`]. Not here: the launch on a path (`asset`), whether the run is long
//! enough and somebody can pay (`launches`).

use super::FilledIn;
use super::defaults::or_general;
use super::model::MECHANISM;
use super::names::Spelled;
use crate::asset::{Asset, Launching};
use crate::form::{Drawn, Faults, Field, Parameter, Preset, Reader, Shape, Unit, Value, fault, read_text};
use crate::parameters;
use crate::units::{Delay, Fraction, Money, Span};

parameters! {
    /// Keys of the launch of a business.
    pub struct Launch: "launch of a business" = "{ cost = 400, time = \"1 month\" }" {
        /// Cost of building it, nominal. It is paid from the owner's account in the month in which building
        /// begins. It lowers net income and the taxed income.
        cost: Drawn<Money> = Preset::Is("0") => "400",
        /// Time to build it. Its value is there at the end of that time, and its income begins in the next
        /// month.
        time: Span = Preset::Is("\"1 month\""),
        /// Time from the start until building begins, rounded up to whole months.
        after: Delay = Preset::Is("\"0 months\"") => "\"6 months\"",
        /// Probability that it never earns anything, one draw for each path. If absent, that of the catalog:
        /// of products that are launched 54 % have no income (`tailwheel explain asset.launch.fails`).
        fails: Option<Drawn<Fraction>> = Preset::Absent => "\"54 %\"",
        /// The asset whose income pays for the launch, instead of the owner at a date. Each month `share` of
        /// that income, after reinvestment, is saved until it reaches `cost`. The launch begins in the next
        /// month. Until then the saved money is wealth and no income. It earns nothing, and it is used first
        /// where something has to be sold.
        from: Option<LaunchPayer> = Preset::Absent => "\"course\"",
        /// Share of the income of `from` that is saved for the launch.
        share: Option<Fraction> = Preset::Absent => "\"30 %\"",
    }
}

const FAILS: &str = "asset.launch.fails";

/// Name of the asset whose income pays for a launch, with its source position.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct LaunchPayer(pub Spelled);

impl Parameter for LaunchPayer {
    const UNIT: Unit = Unit { name: "name of an asset", examples: &["\"course\""], shape: Shape::Text("") };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        read_text(value, field, faults)?;
        Spelled::of(value).map(Self)
    }

    fn write(&self) -> Option<Value> {
        Some(Value::text(self.0.text.as_str()))
    }
}

impl Launch {
    /// True if the owner has to pay for the launch: it has a cost, and no asset's income pays for it.
    pub fn has_cost(&self) -> bool {
        self.cost.get() > 0.0 && self.from.is_none()
    }

    /// Name of the asset whose income pays, and the share of that income; `None` if the owner pays.
    pub fn paid_from(&self) -> Option<(&str, f64)> {
        let from = self.from.as_ref()?;
        Some((from.0.text.as_str(), self.share.map_or(0.0, Fraction::get)))
    }

    /// Sets an absent probability of failure to the catalog's, which goes to `filled_in` for the asset
    /// `label`.
    pub(super) fn fill(&mut self, label: &str, filled_in: &mut Vec<FilledIn>) {
        let path = format!("asset.{label}.launch.fails");
        self.fails = Some(or_general(self.fails, FAILS, path, filled_in));
    }

    /// Probability that the launch never earns anything; the median if it is a range.
    pub fn failure(&self) -> f64 {
        self.fails.map_or(0.0, |fails| fails.get())
    }

    /// Returns the launch as the simulation takes it, in whole months. `worth` is the value after the launch.
    pub fn of(&self, worth: Money) -> Launching {
        Launching {
            cost: self.cost,
            begun: self.after.months().ceil() as u32 + 1,
            time: self.time.months(),
            fails: self.fails.unwrap_or_default(),
            worth: worth.get(),
        }
    }
}

/// Refuses a launch of anything but a business, one without a value afterwards, one that always fails, and an `age`
/// beside a launch.
pub(super) fn check_launch(
    asset: &dyn Asset,
    mechanism: Option<&str>,
    launch: Option<&Launch>,
    value: Money,
    reader: &mut Reader<'_>,
) {
    let Some(launch) = launch else { return };
    if launch.failure() == 1.0 {
        fault!(reader, "launch", "this launch always fails"; "launch" => "`fails` is 1";
            help: "write `fails` below 1, or leave the asset out");
    }
    if reader.says("age") {
        fault!(reader, "launch", "an asset with `launch` cannot have an `age`";
            "age" => "works are new at their launch"; help: "leave `age` or `launch` out");
    }
    if !asset.facts().is_business {
        let fault = fault!("launch", "model \"{}\" cannot be launched", asset.kind();
            reader.place_of("launch") => "not a business");
        let fault = match mechanism {
            Some(id) if id != asset.kind() => {
                fault.write(format!("model = \"{MECHANISM}\"")).note("help", "or leave `launch` out")
            }
            _ => fault.note("help", "leave `launch` out"),
        };
        reader.push(fault.rule("only a business is launched; all else is held from the start"));
        // An asset that is no business is not launched, so a missing value is not its fault.
        reader.excuse("value");
    } else if reader.sound(&["value", "income"]) && value.get() == 0.0 {
        fault!(reader, "launch", "this launch leads to no value";
            "launch" => "its income after the launch is needed"; such_as: "income = \"300/month\"";
            rule: "a launch needs `income`, or `value` after the launch and `roi`");
    }
    check_source(launch, reader);
}

/// Refuses a launch paid by an asset's income without cost or share or with a date, and a share without that asset.
fn check_source(launch: &Launch, reader: &mut Reader<'_>) {
    let is_put_aside = launch.share.is_some_and(|share| share.get() > 0.0);
    let (message, label, help) = match (&launch.from, is_put_aside) {
        (None, _) if launch.share.is_none() => return,
        (None, _) => (
            "`share` needs `from`",
            "the payer is missing",
            "write `from`, the asset whose income pays, or leave `share` out",
        ),
        (Some(_), false) => (
            "`from` needs `share`",
            "the share of its income is missing",
            "write `share = \"30 %\"` beside `from`",
        ),
        (Some(_), true) if launch.cost.get() == 0.0 => (
            "`from` and `share` need a `cost`",
            "the cost is missing",
            "write `cost`, or leave `from` and `share` out",
        ),
        (Some(_), true) if launch.after.months() > 0.0 => (
            "a launch that an income pays for has no date",
            "it begins when the cost has been saved",
            "leave `after` out, or leave `from` and `share` out",
        ),
        (Some(_), true) => return,
    };
    fault!(reader, "launch", "{message}"; "launch" => "{label}"; help: "{help}");
}
