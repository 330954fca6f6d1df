//! The owner in the report: spending and what the wealth sustains, residences, flows, hours, goals.
//!
//! In: a scenario. Out: [`OwnerPart`], [`GoalsPart`], [`SustainablePart`]. Not here: sentences, whether a goal is
//! reached (`stats`), the formula of sustainable spending (`policy`).

use crate::catalog::class;
use crate::policy::ACCEPTED_RUIN;
use crate::scenario::{Scenario, Surplus};
use crate::study::sustaining;
use crate::units::YearMonth;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The owner of the holdings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OwnerPart {
    /// Monthly spending in each phase, real.
    pub spending: Vec<SpendingPart>,
    /// Number of flows: contributions and payments at known dates.
    pub n_flows: usize,
    /// Places of residence with their taxes; the first one applies from the start.
    pub residences: Vec<ResidencePart>,
    /// True if money is withdrawn or contributed.
    pub has_flows: bool,
    /// True if assets are bought or sold during the simulation.
    pub trades: bool,
    /// Hours per week that the owner can spend on the assets.
    pub hours: Option<f64>,
    /// Price of an hour of the owner's time, real; null if it is zero.
    pub hour_value: Option<f64>,
}

/// Monthly spending from the month `from` on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SpendingPart {
    pub from: String,
    /// Amount per month, real.
    pub amount: f64,
}

/// A place of residence, from the month `from` on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ResidencePart {
    pub from: String,
    /// Id of the place in the catalog; null if the file names none.
    pub place: Option<String>,
    /// Name of the place in the catalog; null if the file names none.
    pub label: Option<String>,
    /// Lowest and highest rate of the income tax, as fractions.
    pub tax: [f64; 2],
    /// True if the tax has brackets.
    pub has_brackets: bool,
    /// Monthly income that the place requires of residents; null if it requires none.
    pub income_at_least: Option<f64>,
}

/// Goals of the owner. A goal that the file does not set is null.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GoalsPart {
    /// Number of consecutive months in which income must cover the spending to count as financial independence.
    pub hold: u32,
    /// Month by which income should begin to cover the spending, as a date.
    pub autonomy_by: Option<String>,
    pub wealth: Option<TargetPart>,
    /// Amount of monthly net income to reach, with its date.
    pub income: Option<TargetPart>,
    /// Catalog class whose result the owner wants to exceed.
    pub beat: Option<BeatPart>,
}

/// An amount to reach by the month `by`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TargetPart {
    pub amount: f64,
    pub by: String,
}

/// A catalog class whose result the owner wants to exceed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BeatPart {
    pub class: String,
    pub label: String,
}

impl OwnerPart {
    /// Describes the owner; `None` if the scenario has none.
    pub(super) fn of(scenario: &Scenario) -> Option<Self> {
        let owner = scenario.owner.as_ref()?;
        let date = |from: YearMonth| from.max(scenario.start).to_string();
        let phases = owner.spending.phases().iter();
        let is_taxed = owner.is_taxed();
        let n_tradable =
            scenario.assets.iter().filter(|asset| *asset.keys.movable && asset.opening() > 0.0).count();
        let reinvests = match owner.surplus {
            Surplus::Keep => false,
            Surplus::Reinvest => true,
            Surplus::Share(share) => share.get() > 0.0,
        };
        let rebalances = owner.rules.has("rebalance");
        let residences = owner.residence.iter().filter(|one| is_taxed || one.place().is_some());
        Some(Self {
            spending: phases
                .filter(|_| owner.spending.is_there())
                .map(|phase| SpendingPart { from: date(*phase.from), amount: phase.amount.get() })
                .collect(),
            n_flows: owner.flows.len(),
            residences: residences
                .map(|one| ResidencePart {
                    from: one.from.map_or(scenario.start, |from| *from).to_string(),
                    place: one.place().map(|place| place.id.clone()),
                    label: one.place().map(|place| place.title.clone()),
                    tax: one.tax_rate.ends(),
                    has_brackets: one.tax_rate.has_brackets(),
                    income_at_least: one.income_to_move(),
                })
                .collect(),
            has_flows: owner.spends() || !owner.flows.is_empty(),
            trades: (reinvests && n_tradable > 0) || (rebalances && n_tradable > 1),
            hours: owner.hours.map(|hours| hours.get()),
            hour_value: Some(owner.price_of_hour()).filter(|price| *price > 0.0),
        })
    }
}

impl GoalsPart {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let goal = &scenario.settings.goal;
        let target = |amount: f64, by: Option<YearMonth>| Some(TargetPart { amount, by: by?.to_string() });
        Self {
            hold: goal.hold(),
            autonomy_by: goal.autonomy_by().map(|date| date.to_string()),
            wealth: goal.wealth.as_ref().and_then(|goal| target(goal.amount.get(), goal.by)),
            income: goal.income.as_ref().and_then(|goal| target(goal.amount.get(), goal.by)),
            beat: goal.beaten().map(|id| BeatPart {
                class: id.to_owned(),
                label: class(id).map_or(id, |class| &class.title).to_owned(),
            }),
        }
    }
}

/// Inputs and rate of sustainable spending, by the formula of Milevsky and Robinson (2005) for a mix from the
/// catalog.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SustainablePart {
    /// Fraction of wealth (valued at selling prices) that can be spent per year. It is 0 or less if growth does not
    /// compensate for the volatility over the owner's remaining life.
    pub rate: f64,
    /// Probability of ruin that the rate of sustainable spending accepts.
    pub ruin: f64,
    /// Log of the real mean growth per year of a mix of half shares and half bonds, from the catalog.
    pub growth: f64,
    /// Standard deviation of the yearly log return of the mix of half shares and half bonds.
    pub volatility: f64,
    /// Median remaining life of the owner at the horizon, in years; null if unlimited.
    pub remaining_life: Option<f64>,
}

impl SustainablePart {
    /// Computes sustainable spending and its inputs; `None` if the scenario has no owner.
    pub(super) fn of(scenario: &Scenario) -> Option<Self> {
        let law = sustaining(scenario)?;
        let months = scenario.owner.as_ref()?.remaining_life.months();
        Some(Self {
            rate: law.rate(),
            ruin: ACCEPTED_RUIN,
            growth: law.growth,
            volatility: law.volatility,
            remaining_life: months.is_finite().then_some(months / 12.0),
        })
    }
}
