//! The words in which a quantity declares its measures.
//!
//! In: nothing. Out: [`Declared`]: ids, titles, units, figures. Not here: how a figure and its error are
//! taken, in which worlds (`stats`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Unit of a measure; money is in the scenario's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    Money,
    #[serde(rename = "money per month")]
    MoneyPerMonth,
    /// A share, not a percentage.
    Fraction,
    #[serde(rename = "per year")]
    PerYear,
    #[serde(rename = "fraction per year")]
    FractionPerYear,
    Probability,
    #[serde(rename = "hours per week")]
    HoursPerWeek,
    Months,
    /// Between −1 and 1; a difference of two between −2 and 2.
    Correlation,
}

impl Unit {
    /// The word used in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::MoneyPerMonth => "money per month",
            Self::Fraction => "fraction",
            Self::PerYear => "per year",
            Self::FractionPerYear => "fraction per year",
            Self::Probability => "probability",
            Self::HoursPerWeek => "hours per week",
            Self::Months => "months",
            Self::Correlation => "correlation",
        }
    }
}

/// Which way a figure improves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    Higher,
    Lower,
    /// It says nothing by itself about good or bad.
    Neither,
}

/// What the numbers of a column are seen as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// As they are kept.
    AsKept,
    /// As they are kept, of what was put in: there is none with nothing put in.
    OfMoneyIn,
    /// As they are kept, of years of which there is at least one.
    OfWholeYears,
    /// The same of what was put in.
    OfWholeYearsOfMoneyIn,
    /// A rate per year; where there is none, all is lost.
    Rate,
    /// What a unit has become, as a return per year.
    Return,
    /// What came back until the horizon, as what is lost of what was put in.
    Loss,
    /// The same after twelve months.
    LossOfTheFirstYear,
    /// A count of months, per year.
    PerYear,
    /// A count of years, as a share of the whole ones.
    PerWholeYear,
}

/// What a run must have for a measure to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: every run has it.
    Nothing,
    /// What its quantity is kept of; its words say what.
    ItsQuantity,
    Spending,
    SpendingAndDate,
    SpendingOrIncome,
    /// Money that is paid in or out.
    Flows,
    GoalOfWealth,
    GoalOfIncome,
    ClassToBeat,
    Investment,
    InvestmentAndInterest,
    Hours,
    /// Agents that sell together.
    Agents,
}

/// How a figure is taken of one number per path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// Mean, unless the tail objects to its error.
    Mean,
    /// Mean of what lies within these ends.
    MeanWithin(f64, f64),
    /// Mean of the logarithm, of which only a difference is taken.
    MeanOfLog,
    StandardDeviation,
    /// At a probability.
    Quantile(f64),
    /// Mean of the worst, beyond a level.
    Shortfall(f64),
    /// Share of the paths above a threshold.
    Above(f64),
    /// Mean over the paths that lose most of what was put in, beyond a level.
    OnWorst(f64),
    /// What it has of the spread of the loss: its covariance with that over its deviation.
    WithLoss,
    /// A figure that is no mean, of what the paths contribute to it; whether its interval is by ranks.
    OfContributions {
        is_by_ranks: bool,
    },
}

/// One figure of a quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Last part of the id; empty if there is but one.
    pub suffix: &'static str,
    pub statistic: Statistic,
}

impl Figure {
    const fn quantile(suffix: &'static str, p: f64) -> Self {
        let statistic = Statistic::Quantile(p);
        Self { suffix, statistic }
    }

    /// The only one of its id.
    pub const fn only(statistic: Statistic) -> Self {
        let suffix = "";
        Self { suffix, statistic }
    }

    /// The label of the figure of `quantity`, without a capital.
    pub fn label(&self, quantity: &str) -> String {
        match (self.statistic, self.suffix) {
            (_, "") => quantity.to_owned(),
            (Statistic::StandardDeviation, _) => format!("standard deviation of {quantity}"),
            (Statistic::WithLoss, _) => format!("{quantity} to the standard deviation of loss"),
            (Statistic::OnWorst(_), "es95") => format!("{quantity} to expected shortfall 95 %"),
            (Statistic::OnWorst(_), _) => format!("mean {quantity} on the worst 5 % of paths"),
            (Statistic::Quantile(0.5), _) => format!("median {quantity}"),
            (Statistic::Quantile(p), _) => {
                let percent = (100.0 * p).round();
                let ordinal = if percent == 1.0 { "st" } else { "th" };
                format!("{percent}{ordinal} percentile of {quantity}")
            }
            (_, suffix) => format!("{suffix} {quantity}"),
        }
    }
}

pub const MEAN: Figure = Figure { suffix: "mean", statistic: Statistic::Mean };
pub const SD: Figure = Figure { suffix: "sd", statistic: Statistic::StandardDeviation };
pub const P05: Figure = Figure::quantile("p05", 0.05);
pub const P50: Figure = Figure::quantile("p50", 0.50);
pub const P95: Figure = Figure::quantile("p95", 0.95);

/// Mean, standard deviation and nine quantiles.
pub const DISTRIBUTION: &[Figure] = &[
    MEAN,
    SD,
    Figure::quantile("p01", 0.01),
    P05,
    Figure::quantile("p10", 0.10),
    Figure::quantile("p25", 0.25),
    P50,
    Figure::quantile("p75", 0.75),
    Figure::quantile("p90", 0.90),
    P95,
    Figure::quantile("p99", 0.99),
];

/// Mean, middle and one in twenty on either side.
pub const MIDDLE_AND_ENDS: &[Figure] = &[MEAN, P05, P50, P95];

/// Mean and bad cases of what is mostly nothing.
pub const RARE_LOSS: &[Figure] = &[MEAN, P95, Figure::quantile("p99", 0.99)];

/// Where each cause's word stands in an id.
pub const CAUSE: &str = "<cause>";

/// Where each event's name stands in an id.
pub const EVENT: &str = "<event>";

/// Where the name of an asset and of what it shows of itself stand in an id.
pub const STATE_NAME: &str = "<state>";

/// Where the name of a place that asks for an income stands in an id.
pub const PLACE: &str = "<place>";

/// Where each asset's name stands in an id.
pub const NAME: &str = "<name>";

/// Measures of one quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Declared {
    /// What their ids begin with; [`NAME`] stands for each asset in turn, [`EVENT`] for each event, [`CAUSE`] for each
    /// cause, [`STATE_NAME`] for what each asset shows of itself, [`PLACE`] for each place that asks for an income.
    pub id: &'static str,
    /// The quantity, as inside a sentence.
    pub title: &'static str,
    pub unit: Unit,
    /// Which way they improve; no spread does.
    pub better: Better,
    /// Least and greatest value. Between two ends a mean has an interval that counts on them.
    pub range: (f64, f64),
    pub seen: Seen,
    /// Figures of what happens.
    pub run: &'static [Figure],
    /// Of the twin without feedback.
    pub without_feedback: &'static [Figure],
    /// Of what feedback adds: with it less without, on the same draws.
    pub added: &'static [Figure],
    /// Formula and source; empty where those of the statistic say it.
    pub doc: &'static str,
    pub needs: Needs,
    /// True if only ruined paths have it.
    pub is_of_ruined: bool,
}

impl Declared {
    /// No figure yet, which can be any number and says nothing about good or bad.
    pub const fn of(id: &'static str, title: &'static str, unit: Unit) -> Self {
        Self {
            id,
            title,
            unit,
            better: Better::Neither,
            range: (f64::NEG_INFINITY, f64::INFINITY),
            seen: Seen::AsKept,
            run: &[],
            without_feedback: &[],
            added: &[],
            doc: "",
            needs: Needs::ItsQuantity,
            is_of_ruined: false,
        }
    }

    /// The same, with what it `needs`.
    pub const fn needing(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    /// Whether anything is said of the twin without feedback.
    pub const fn needs_twin(&self) -> bool {
        !self.without_feedback.is_empty() || !self.added.is_empty()
    }
}
