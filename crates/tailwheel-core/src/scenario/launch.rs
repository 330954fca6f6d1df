//! `launch = { cost = 400, time = "1 month" }`: a business that is built instead of bought.
//!
//! In: a table of the file. Out: [`Launch`]. Not here: the launch on a path (`asset`), payers of a launch
//! (`expansion`).

use super::FilledIn;
use super::calendar::Calendar;
use super::defaults::or_general;
use super::economy::{CashRate, Economy};
use super::holding::{Holding, Read};
use super::names::Spelled;
use super::owner::Owner;
use crate::asset::{Asset, Launching};
use crate::form::{
    Diagnostic, Drawn, Faults, Field, Parameter, Preset, Reader, Shape, Unit, Value, fault, read_text,
    shortened,
};
use crate::math::elementary::{exp, ln_1p};
use crate::parameters;
use crate::units::{AnnualRate, Delay, Fraction, Money, Span, grouped};

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
        from: Option<Payer> = Preset::Absent => "\"course\"",
        /// Share of the income of `from` that is saved for the launch.
        share: Option<Fraction> = Preset::Absent => "\"30 %\"",
    }
}

const FAILS: &str = "asset.launch.fails";

/// Name of the asset that pays for a launch, with its place.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Payer(pub Spelled);

impl Parameter for Payer {
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
    /// True if the owner has to pay for the launch.
    pub fn has_cost(&self) -> bool {
        self.cost.get() > 0.0 && self.from.is_none()
    }

    /// Name of the asset whose income pays, and the share of that income; `None` if the owner pays.
    pub fn paid_from(&self) -> Option<(&str, f64)> {
        let from = self.from.as_ref()?;
        Some((from.0.text.as_str(), self.share.map_or(0.0, Fraction::get)))
    }

    /// Fills in the catalog's `fails` if it is not stated; `label` is the asset's name in `filled_in`.
    pub(super) fn fill(&mut self, label: &str, filled_in: &mut Vec<FilledIn>) {
        let path = format!("asset.{label}.launch.fails");
        self.fails = Some(or_general(self.fails, FAILS, path, filled_in));
    }

    /// Probability that the launch never earns anything; the median if it is a range.
    pub fn failure(&self) -> f64 {
        self.fails.map_or(0.0, |fails| fails.get())
    }

    /// Converts to simulated months. `worth` is the value of the business after its launch.
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

/// Refuses a launch of anything but a business, one without a value afterwards, and one that always fails.
pub(super) fn check_launch(asset: &dyn Asset, holding: &Holding, reader: &mut Reader<'_>) {
    let Some(launch) = &holding.launch else {
        return;
    };
    if launch.failure() == 1.0 {
        fault!(reader, "launch", "this launch always fails"; "launch" => "`fails` is 1";
            help: "write `fails` below 1, or leave the asset out");
    }
    if reader.says("age") {
        fault!(reader, "launch", "an asset with `launch` cannot have an `age`";
            "age" => "works are new at their launch"; help: "leave `age` or `launch` out");
    }
    if !asset.facts().is_business {
        fault!(reader, "launch", "model \"{}\" cannot be launched", asset.kind(); "launch" => "not a business";
            write: "model = \"mechanism\""; help: "or leave `launch` out");
        // An asset that is no business is not launched, so a missing value is not its fault.
        reader.excuse("value");
    } else if reader.sound(&["value", "income"]) && holding.value.get() == 0.0 {
        fault!(reader, "launch", "this launch leads to no value";
            "launch" => "its income after the launch is needed"; such_as: "income = \"300/month\"";
            rule: "a launch needs `income`, or `value` after the launch and `roi`");
    }
    check_source(launch, reader);
}

/// Refuses a launch paid by an income unless it has a cost and a share, and no date.
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

/// Refuses launches that are not complete before the run ends.
pub(super) fn check_ends(assets: &[Read], horizon: u32, faults: &mut Faults) {
    for (asset, launching) in launched(assets) {
        let stands = earliest((asset, launching), assets, assets.len());
        if stands <= horizon {
            continue;
        }
        let (when, help) = match asset.payer() {
            None => ("", "write an earlier launch"),
            Some(_) => (" at the earliest", "write a shorter `time`, or an earlier launch of the payer"),
        };
        fault!(faults, "launch", "`{}` is not launched before the end of the run", shortened(&asset.name);
            asset.launch => "launched after {stands} months{when}";
            help: "{help}, or a horizon of {stands} months or more";
            rule: "a launch ends within the horizon, and the income begins in the next month");
    }
}

/// Returns the first month at whose end the launch can be complete. If another asset pays, that takes the
/// payer's own launch, one month of saving, and the building time. Stops after `most` payers, since a circle
/// is refused elsewhere.
fn earliest((asset, launching): (&Read, Launching), assets: &[Read], most: usize) -> u32 {
    let Some(payer) = asset.payer() else {
        return launching.stands();
    };
    let mut others = launched(assets).filter(|(other, _)| other.name == payer.text && most > 0);
    let since = others.next().map_or(0, |one| earliest(one, assets, most - 1));
    since + 1 + launching.time
}

/// Refuses launches without an owner, and first ones that cost more than the owner can ever save.
pub(super) fn check_payers(
    assets: &[Read],
    owner: Option<&Owner>,
    economy: &Economy,
    calendar: Option<Calendar>,
    faults: &mut Faults,
) {
    let costly =
        launched(assets).filter(|(asset, _)| asset.entry.launch.as_ref().is_some_and(Launch::has_cost));
    let all: Vec<(&Read, Launching)> = costly.collect();
    let Some(first) = all.iter().map(|(_, launching)| launching.begun).min() else {
        return;
    };
    let Some(owner) = owner else {
        let cost: f64 = all.iter().map(|(_, launching)| launching.cost.get()).sum();
        for (asset, _) in all {
            fault!(faults, "launch", "a payment needs an account, but there is no [owner]";
                asset.launch => "the owner pays its cost"; such_as: "[owner]\ncash = {}", typed(cost.ceil()));
        }
        return;
    };
    // Income and sale value of holdings have no upper bound, so only owners without holdings are checked.
    let is_there = |asset: &Read| match &asset.entry.launch {
        // A business completed by the end of a month can be sold in that month.
        Some(launch) => launch.of(asset.entry.value).stands() <= first,
        None => true,
    };
    if assets.iter().any(is_there) {
        return;
    }
    let rate = |of: AnnualRate| ln_1p(of.get().max(0.0)) * f64::from(first) / 12.0;
    let CashRate::Constant(cash_rate) = economy.cash_rate else {
        return;
    };
    let inflation = economy.inflation.most(first);
    let flows = calendar.into_iter().flat_map(|calendar| {
        (1..=first).flat_map(move |month| {
            owner.flows.iter().map(move |flow| flow.in_month(month, inflation, calendar).max(0.0))
        })
    });
    let saved = (owner.cash.get() + flows.sum::<f64>()) * exp(rate(cash_rate));
    let asked = |(_, launching): &&(&Read, Launching)| launching.begun == first;
    let cost: f64 = all.iter().filter(asked).map(|(_, launching)| launching.cost.get()).sum();
    if cost > saved * SURELY {
        let (asset, _) = all.iter().find(asked).expect("the first one is among them");
        let fault = Diagnostic::new("launch", "the owner can never pay for this launch")
            .at(asset.launch, format!("{} in month {first}", grouped(cost, 0)))
            .note(
                "",
                format!("until then the owner has at most {} and nothing to sell", grouped(saved.floor(), 0)),
            )
            .note(
                "such as",
                format!("cash = {} below [owner]", typed((cost - saved + owner.cash.get()).ceil())),
            );
        faults.push(fault);
    }
}

/// Formats an amount as TOML: `50_000`.
fn typed(amount: f64) -> String {
    grouped(amount, 0).replace(',', "_")
}

/// Factor above 1 that allows for rounding before a launch counts as unaffordable.
const SURELY: f64 = 1.0 + 1e-9;

/// Returns the assets with a launch, each with its months.
fn launched(assets: &[Read]) -> impl Iterator<Item = (&Read, Launching)> {
    assets.iter().filter_map(|asset| {
        let launch = asset.entry.launch.as_ref()?;
        Some((asset, launch.of(asset.entry.value)))
    })
}
