//! `[[owner.cover]]`: insurance that pays the loss, or parametric insurance that pays by the yield.
//!
//! In: a list of tables. Out: [`Cover`]. Not here: payouts (`policy`).

use super::super::Scenario;
use super::super::inline_tables::tables;
use super::super::names::Name;
use crate::catalog::EventKind;
use crate::form::{At, Faults, Field, Group, Parameter, Preset, Reader, Shape, Table, Unit, Value, fault};
use crate::parameters;
use crate::units::{Delay, Fraction, Money, PremiumRate, YieldThreshold};
use std::sync::{Arc, OnceLock};

const MAX_COVERS: usize = 100;

parameters! {
    /// Insurance of one asset against one cause.
    pub struct Cover {
        /// Name for `extends`, `--set` and variants.
        name: Option<Name> = Preset::Absent => "\"vault-cover\"",
        /// Insured asset; an asset with `verified = false` cannot be insured.
        asset: At<String> = Preset::Required => "\"defi\"",
        /// Insured cause: a kind of event, or the name of one. It must reduce the value of the asset.
        cause: At<String> = Preset::Required => "\"contract-exploit\"",
        /// Maximum payout for the losses of twelve months, nominal.
        limit: Money = Preset::Required => "40_000",
        /// Cost as a fraction of the limit per year, paid every month while the asset is worth anything. If
        /// absent, it is computed: on average, 60 % of the premiums are paid out. The computation uses the
        /// rates and severities of the file and the owner's protection.
        premium: Option<PremiumRate> = Preset::Absent => "\"4 %/year\"",
        /// Trigger of an insurance that pays by the yield of the asset after an event. Without it the loss is
        /// paid.
        pays_when: Option<PaysWhen> = Preset::Absent,
        /// Part of the loss that is paid; refused beside `pays_when`.
        cover: Fraction = Preset::Is("1"),
        /// Part of each loss that the owner bears, nominal; refused beside `pays_when`.
        deductible: Money = Preset::Is("0") => "500",
        /// Part of the value at the start of the month that an event must take for a claim to arise.
        attachment: Fraction = Preset::Is("0.2"),
        /// Time between a claim and its payment, in whole months upwards, at least one; what is owed at the
        /// end counts in full.
        waiting: Delay = Preset::Is("\"14 days\""),
        /// Chance that the insurer does not pay a claim; three times as large in a crisis. An assumption.
        insurer_default: Fraction = Preset::Is("0.05"),
    } and {
        /// Yearly premium as a fraction of the limit, computed if the file states none.
        fair: FairPremium,
    }
}

parameters! {
    /// Keys of the trigger of parametric insurance.
    pub struct PaysWhen: "trigger of a cover" = "{ yield_below = \"5 %/year\" }" {
        /// Yield per year below which it pays, of a unit held before the event, measured in the `window`
        /// after it. It pays nothing at the threshold, and the whole limit at a yield of 0.
        yield_below: YieldThreshold = Preset::Required => "\"5 %/year\"",
        /// Time after the month of the event in which the yield is measured, in whole months upwards, at
        /// least one.
        window: Delay = Preset::Is("\"3 months\""),
    }
}

impl PaysWhen {
    /// Number of months after the event in which the yield is measured.
    pub fn window_months(&self) -> u32 {
        whole_months(self.window)
    }
}

/// Rounds up to whole months, at least one.
fn whole_months(delay: Delay) -> u32 {
    (delay.months().ceil() as u32).max(1)
}

impl Cover {
    /// Whole months between a claim and its payment.
    pub fn waiting_months(&self) -> u32 {
        whole_months(self.waiting)
    }

    /// Premium per year as a fraction of the limit: as stated, else as computed once by `price`.
    pub fn premium(&self, price: impl FnOnce() -> f64) -> f64 {
        self.premium.map(PremiumRate::get).unwrap_or_else(|| self.fair.get_or(price))
    }

    /// Takes over the stated or computed premium of `other` if this cover states none.
    fn cost_as(&mut self, other: &Self) {
        let known = || other.premium.or_else(|| PremiumRate::new(other.fair.get()?).ok());
        self.premium = self.premium.or_else(known);
    }

    /// True if the cover is against the event called `name` or against all events of this `kind`.
    pub fn is_of(&self, name: &str, kind: &EventKind) -> bool {
        *self.cause == name || *self.cause == kind.id
    }

    /// Name made of asset and cause, such as `vault against contract-exploit`; identifies draws and accounts.
    pub fn name(&self) -> String {
        format!("{} against {}", *self.asset, *self.cause)
    }
}

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

impl Scenario {
    /// Copies stated or computed premiums of `other` to covers of the same asset and cause that have none.
    pub fn keep_premiums_of(&mut self, other: &Self) {
        let Some(owner) = &mut self.owner else { return };
        for cover in &mut owner.cover {
            let mut known = other.covers().iter();
            if let Some(known) = known.find(|known| known.name() == cover.name()) {
                cover.cost_as(known);
            }
        }
    }
}

impl Parameter for Vec<Cover> {
    const UNIT: Unit = Unit {
        name: "list of covers",
        examples: &[
            "[{ asset = \"defi\", cause = \"contract-exploit\", limit = 40_000, premium = \"4 %/year\" }]",
        ],
        shape: Shape::List(&Shape::Table(Cover::FIELDS), 0, MAX_COVERS),
    };

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let rule = "a cover is a table";
        tables(value, "covers", 0..=MAX_COVERS, rule, field, faults, Cover::refuse_terms)
    }

    fn write(&self) -> Option<Value> {
        let tables = self.iter().map(|cover| Value::table(cover.canonical()));
        (!self.is_empty()).then(|| Value::list(tables.collect()))
    }
}

/// Keys of a cover that pays by the loss; one that pays by the yield must not have them.
const OF_LOSSES: [&str; 2] = ["cover", "deductible"];

impl Cover {
    /// Returns the table in canonical form, without the name of the cover, which changes no result.
    fn canonical(&self) -> Table {
        let mut table = self.written();
        table.remove("name");
        if self.pays_when.is_some() {
            table.entries.retain(|entry| !OF_LOSSES.contains(&&*entry.key));
        }
        for (key, text) in [("asset", &*self.asset), ("cause", &*self.cause)] {
            table.push(key, Value::text(text));
        }
        table
    }

    /// Refuses keys that only insurance of a loss has, if this cover pays by the yield of the asset.
    fn refuse_terms(&self, reader: &mut Reader<'_>) {
        for key in OF_LOSSES {
            if self.pays_when.is_some() && reader.says(key) {
                fault!(reader, "cover", "a cover with `pays_when` has no `{key}`";
                    reader.place_of(key) => "has no effect here";
                    "pays_when" => "it pays by the yield, not by the loss";
                    help: "leave `{key}` or `pays_when` out");
            }
        }
    }
}
