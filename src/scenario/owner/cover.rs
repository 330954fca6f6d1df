//! `[[owner.cover]]`: insurance of what is lost, or insurance that pays by itself.
//!
//! In: a list of tables. Out: [`CoverEntry`]. Not here: when it pays (`policy`).

use super::super::Scenario;
use super::super::listed::{listed, table_of};
use super::super::names::Name;
use super::fair::FairPremium;
use crate::catalog::EventKind;
use crate::form::{
    Diagnostic, Faults, Field, Group, Parameter, Place, Preset, Reader, Shape, Table, Unit, Value,
};
use crate::parameters;
use crate::units::{Delay, Fraction, Money, PremiumRate, YieldThreshold};

/// Most covers of one owner.
const MAX_COVERS: usize = 100;

parameters! {
    /// Insurance of one asset against one cause.
    pub struct CoverKeys {
        /// What `extends`, `--set` and variants find it by.
        name: Option<Name> = Preset::Absent => "\"vault-cover\"",
        /// The asset that is insured; none that says `verified = false`.
        asset: String = Preset::Required => "\"defi\"",
        /// What it is insured against: a kind of event, or the name of one; it must take value of the asset.
        cause: String = Preset::Required => "\"contract-exploit\"",
        /// The most that is paid for the losses of twelve months, in money of the day.
        limit: Money = Preset::Required => "40_000",
        /// What it costs, a fraction of the limit per year: paid every month while the asset is worth anything. Without it 60 %
        /// of the premiums are paid out in the mean, by the rates and severities of the file and by what is done against them.
        premium: Option<PremiumRate> = Preset::Absent => "\"4 %/year\"",
        /// Insurance that pays by what the asset earns after an event, whatever was lost. Without it what was lost is paid.
        pays_when: Option<PaysWhen> = Preset::Absent,
        /// Part of the loss that is paid; refused beside `pays_when`.
        cover: Fraction = Preset::Is("1"),
        /// What the owner bears of each loss, in money of the day; refused beside `pays_when`.
        deductible: Money = Preset::Is("0") => "500",
        /// Part of the value at the start of the month that an event must take for a claim to arise.
        attachment: Fraction = Preset::Is("0.2"),
        /// Time between a claim and its payment, in whole months upwards, at least one; what is owed at the end counts in full.
        waiting: Delay = Preset::Is("\"14 days\""),
        /// Chance that the insurer does not pay a claim; three times as large in a crisis. An assumption.
        insurer_default: Fraction = Preset::Is("0.05"),
    }
}

parameters! {
    /// What must be seen for a payout.
    pub struct PaysWhen: "trigger of a cover" = "{ yield_below = \"5 %/year\" }" {
        /// The yield of a year, of a unit of before the event in the months after it, below which it pays: nothing at the
        /// threshold, all of the limit at a yield of 0.
        yield_below: YieldThreshold = Preset::Required => "\"5 %/year\"",
        /// Time after the month of the event in which the yield is measured, in whole months upwards, at least one.
        window: Delay = Preset::Is("\"3 months\""),
    }
}

impl PaysWhen {
    /// Months after that of the event that count.
    pub fn window_months(&self) -> u32 {
        whole_months(self.window)
    }
}

/// At least one.
fn whole_months(delay: Delay) -> u32 {
    (delay.months().ceil() as u32).max(1)
}

/// A cover, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverEntry {
    pub keys: CoverKeys,
    /// Of `asset` and `cause`.
    pub place: [Option<Place>; 2],
    fair: FairPremium,
}

impl CoverEntry {
    /// Months between a claim and its payment.
    pub fn waiting_months(&self) -> u32 {
        whole_months(self.keys.waiting)
    }

    /// What it costs a year, a fraction of the limit; `price` works it out where the file says nothing, once for all copies
    /// of the scenario.
    pub fn premium(&self, price: impl FnOnce() -> f64) -> f64 {
        let written = self.keys.premium.map(PremiumRate::get);
        written.unwrap_or_else(|| self.fair.get_or(price))
    }

    /// Costs from now on what `other` does, where that is known and this one says nothing.
    fn cost_as(&mut self, other: &Self) {
        let known = other.keys.premium;
        let known = known.or_else(|| PremiumRate::new(other.fair.get()?).ok());
        self.keys.premium = self.keys.premium.or(known);
    }

    /// Whether it pays for the event called `name`, which is of `kind`.
    pub fn is_of(&self, name: &str, kind: &EventKind) -> bool {
        self.keys.cause == name || self.keys.cause == kind.id
    }

    /// The name of its random numbers and accounts: what it insures against what.
    pub fn name(&self) -> String {
        format!("{} against {}", self.keys.asset, self.keys.cause)
    }
}

impl Scenario {
    /// Lets covers that say no premium cost what those of `other` do, which is known once a plan of it was built.
    pub fn keep_premiums_of(&mut self, other: &Self) {
        let Some(owner) = &mut self.owner else { return };
        for cover in &mut owner.covers {
            let mut known = other.covers().iter();
            if let Some(known) = known.find(|known| known.name() == cover.name()) {
                cover.cost_as(known);
            }
        }
    }
}

/// Covers as they were read.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Covers(pub Vec<CoverEntry>);

impl Parameter for Covers {
    const UNIT: Unit = Unit {
        name: "list of covers",
        examples: &[
            "[{ asset = \"defi\", cause = \"contract-exploit\", limit = 40_000, premium = \"4 %/year\" }]",
        ],
        shape: Shape::List(&Shape::Table(CoverKeys::FIELDS), 0, MAX_COVERS),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let cover = |item: &Value, field: &Field, faults: &mut Faults| {
            table_of(item, "a cover is a table", field, faults, |keys, reader| {
                refuse_terms(&keys, reader);
                let place = ["asset", "cause"].map(|key| reader.place_of(key));
                let fair = FairPremium::default();
                CoverEntry { keys, place, fair }
            })
        };
        listed(value, ("covers", 0..=MAX_COVERS), field, faults, cover).map(Self)
    }
}

impl CoverEntry {
    /// As it could be written in a file, without a name: it decides no path.
    pub fn written(&self) -> Table {
        let mut table = self.keys.written();
        table.remove("name");
        if self.keys.pays_when.is_some() {
            for key in OF_LOSSES {
                table.remove(key);
            }
        }
        for (key, text) in [("asset", &self.keys.asset), ("cause", &self.keys.cause)] {
            table.push(key, Value::text(text.as_str()));
        }
        table
    }
}

/// Keys of a cover that looks at what was lost.
const OF_LOSSES: [&str; 2] = ["cover", "deductible"];

/// A cover that pays by a yield looks at no loss.
fn refuse_terms(keys: &CoverKeys, reader: &mut Reader<'_>) {
    for key in OF_LOSSES {
        if keys.pays_when.is_some() && reader.says(key) {
            let message = format!("a cover with `pays_when` has no `{key}`");
            let fault = Diagnostic::new("cover", message)
                .at(reader.place_of(key), "has no effect here")
                .and(reader.place_of("pays_when"), "it pays by the yield, not by the loss")
                .note("help", format!("leave `{key}` or `pays_when` out"));
            reader.fault(fault);
        }
    }
}
