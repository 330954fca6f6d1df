//! `[[owner.cover]]`: insurance that pays by itself.
//!
//! In: a list of tables. Out: [`CoverEntry`]. Not here: when it pays (`policy`).

use super::super::listed::{listed, table_of};
use super::super::names::Name;
use crate::catalog::EventKind;
use crate::form::{Faults, Field, Group, Parameter, Place, Preset, Shape, Table, Unit, Value};
use crate::parameters;
use crate::units::{AnnualRate, Delay, Fraction, Money, PremiumRate};

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
        /// What it costs, a fraction of the limit per year: paid every month while the asset is worth anything.
        premium: PremiumRate = Preset::Is("\"4 %/year\""),
        /// The yield of the month below which a claim arises.
        pays_when: PaysWhen = Preset::Is("{ yield_below = \"5 %/year\" }"),
        /// Part of the loss that is paid.
        cover: Fraction = Preset::Is("1"),
        /// What the owner bears of each loss, in money of the day.
        deductible: Money = Preset::Is("0") => "500",
        /// Part of the value at the start of the month that must be lost for a claim to arise.
        attachment: Fraction = Preset::Is("0.2"),
        /// Time between a claim and its payment, in whole months upwards, at least one.
        waiting: Delay = Preset::Is("\"14 days\""),
        /// Chance that the insurer does not pay a claim; three times as large in a crisis. An assumption.
        insurer_default: Fraction = Preset::Is("0.05"),
    }
}

parameters! {
    /// What must be seen for a claim.
    pub struct PaysWhen: "trigger of a cover" = "{ yield_below = \"5 %/year\" }" {
        /// Twelve times the month's income less its loss, over the value at the start of the month, is below
        /// this.
        yield_below: AnnualRate = Preset::Required => "\"5 %/year\"",
    }
}

/// A cover, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverEntry {
    pub keys: CoverKeys,
    /// Of `asset` and `cause`.
    pub place: [Option<Place>; 2],
}

impl CoverEntry {
    /// Months between a claim and its payment.
    pub fn waiting_months(&self) -> u32 {
        (self.keys.waiting.months().ceil() as u32).max(1)
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
                let place = ["asset", "cause"].map(|key| reader.place_of(key));
                CoverEntry { keys, place }
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
        for (key, text) in [("asset", &self.keys.asset), ("cause", &self.keys.cause)] {
            table.push(key, Value::text(text.as_str()));
        }
        table
    }
}
