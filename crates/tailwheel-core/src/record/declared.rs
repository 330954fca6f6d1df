//! Declarations of the measures of a quantity.
//!
//! In: nothing. Out: [`Declared`]: ids, titles, units, figures. Not here: how figures and errors are computed
//! (`stats`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Unit of a measure; money is in the scenario's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    Money,
    #[serde(rename = "money per month")]
    MoneyPerMonth,
    /// A share such as 0.05, not a percentage.
    Fraction,
    #[serde(rename = "per year")]
    PerYear,
    #[serde(rename = "fraction per year")]
    FractionPerYear,
    Probability,
    #[serde(rename = "hours per week")]
    HoursPerWeek,
    Months,
    /// Between −1 and 1; a difference of two correlations lies between −2 and 2.
    Correlation,
}

impl Unit {
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Money | Self::MoneyPerMonth)
    }

    /// True for a unit whose numbers are fractions, which are printed in percent.
    pub const fn is_share(self) -> bool {
        matches!(self, Self::Fraction | Self::FractionPerYear | Self::Probability)
    }

    /// Name of the unit in reports.
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

/// Direction in which a figure improves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    Higher,
    Lower,
    /// Neither direction is an improvement.
    Neither,
}

/// Conversion from recorded numbers to reported numbers, and the conditions under which a figure exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Reports the numbers unchanged.
    AsKept,
    /// Reports the numbers unchanged; absent if no money was invested.
    OfMoneyIn,
    /// Reports the numbers unchanged; absent if the horizon is below one year.
    OfWholeYears,
    /// Reports the numbers unchanged; absent if no money was invested or the horizon is below one year.
    OfWholeYearsOfMoneyIn,
    /// A yearly rate: values below −1 mean that no rate exists and are raised to −1. Absent if no money was
    /// invested.
    Rate,
    /// Growth factor of one unit until the horizon, converted to a yearly return. Absent if no money was
    /// invested.
    Return,
    /// Money returned until the horizon, converted to the loss: money invested minus money returned.
    Loss,
    /// Money returned after 12 months, converted to the loss of the first year. Absent below one year.
    LossOfTheFirstYear,
    /// A number of months, divided by the years of the horizon.
    PerYear,
    /// A number of years, divided by the whole years of the horizon. Absent below one year.
    PerWholeYear,
}

/// Condition that a scenario must meet for a measure to exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// No condition: every run has the measure.
    Nothing,
    /// The measure exists whenever its quantity is recorded; the comment on the quantity states the condition.
    ItsQuantity,
    Spending,
    SpendingAndDate,
    SpendingOrIncome,
    /// Contributions, withdrawals or other flows in or out.
    Flows,
    GoalOfWealth,
    GoalOfIncome,
    ClassToBeat,
    Investment,
    InvestmentAndInterest,
    Hours,
    /// Agents whose sales lower prices.
    Agents,
}

/// Statistic that turns one number per path into a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// Mean over all paths; it has no interval if a heavy tail makes the error unreliable.
    Mean,
    /// Mean of values that lie between two known bounds, so its interval needs no normal law.
    MeanWithin(f64, f64),
    /// Mean of the logarithm; only differences between two runs are reported.
    MeanOfLog,
    StandardDeviation,
    /// Quantile at a given probability.
    Quantile(f64),
    /// Mean of the worst values, beyond this confidence level.
    Shortfall(f64),
    /// Share of paths above a given threshold.
    Above(f64),
    /// Mean over the paths whose loss is beyond a given confidence level.
    OnWorst(f64),
    /// Contribution to the standard deviation of the loss: covariance with the loss divided by that
    /// deviation.
    WithLoss,
    /// A figure that is not a mean, computed from one contribution per path. `is_by_ranks`: its interval
    /// comes from ranks.
    OfContributions {
        is_by_ranks: bool,
    },
}

/// One statistic of a quantity, with the suffix of its id.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Last part of the id; empty if the quantity has only one figure.
    pub suffix: &'static str,
    pub statistic: Statistic,
}

impl Figure {
    const fn quantile(suffix: &'static str, p: f64) -> Self {
        Self { suffix, statistic: Statistic::Quantile(p) }
    }

    /// Declares the only figure of its measure, without a suffix in the id.
    pub const fn only(statistic: Statistic) -> Self {
        Self { suffix: "", statistic }
    }

    /// Returns the label of this figure of `quantity`, in lower case: "median final wealth".
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

/// Range of a quantity that can have any value.
pub const UNBOUNDED: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// Mean over the paths.
pub const MEAN: Figure = Figure { suffix: "mean", statistic: Statistic::Mean };
/// Standard deviation over the paths.
pub const SD: Figure = Figure { suffix: "sd", statistic: Statistic::StandardDeviation };
/// 5th percentile over the paths.
pub const P05: Figure = Figure::quantile("p05", 0.05);
/// Median over the paths.
pub const P50: Figure = Figure::quantile("p50", 0.50);
/// 95th percentile over the paths.
pub const P95: Figure = Figure::quantile("p95", 0.95);

/// Figures of a full distribution: mean, standard deviation and nine quantiles.
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

/// Mean, 5th percentile, median and 95th percentile.
pub const MIDDLE_AND_ENDS: &[Figure] = &[MEAN, P05, P50, P95];

/// Figures of losses that are zero on most paths: mean, 95th and 99th percentile.
pub const RARE_LOSS: &[Figure] = &[MEAN, P95, Figure::quantile("p99", 0.99)];

/// The mean as the only figure, without a suffix in the id.
pub const ONLY_MEAN: &[Figure] = &[Figure::only(Statistic::Mean)];

/// Declaration of the measures of one quantity: id, title, unit and the figures to compute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Declared {
    /// Common prefix of the measure ids. It may hold the placeholder of a [`Scope`](super::Scope).
    pub id: &'static str,
    /// Name of the quantity as it reads inside a sentence.
    pub title: &'static str,
    pub unit: Unit,
    /// Direction in which the figures improve; ignored for a standard deviation.
    pub better: Better,
    /// Smallest and largest possible value. If both are finite, intervals of means make use of them.
    pub range: (f64, f64),
    pub seen: View,
    /// Figures of the run with agents, or of a run without any.
    pub run: &'static [Figure],
    /// Figures of the paired run without agents.
    pub without_feedback: &'static [Figure],
    /// Figures of the effect of agent selling: with agents minus without, on common random numbers.
    pub added: &'static [Figure],
    /// Formula and source of the measure as text; empty if those of the statistic suffice.
    pub doc: &'static str,
    pub needs: Needs,
    /// True if the quantity is 0 on every path that is not ruined.
    pub is_of_ruined: bool,
}

impl Declared {
    /// Declares a quantity without figures that is never negative and has no better direction.
    pub const fn of(id: &'static str, title: &'static str, unit: Unit) -> Self {
        Self {
            id,
            title,
            unit,
            better: Better::Neither,
            range: (0.0, f64::INFINITY),
            seen: View::AsKept,
            run: &[],
            without_feedback: &[],
            added: &[],
            doc: "",
            needs: Needs::ItsQuantity,
            is_of_ruined: false,
        }
    }

    /// Declares an amount of money that is zero on most paths, of which less is better, such as a loss by events.
    pub const fn of_rare_loss(id: &'static str, title: &'static str) -> Self {
        Self { better: Better::Lower, run: RARE_LOSS, ..Self::of(id, title, Unit::Money) }
    }

    /// Returns this declaration with condition `needs`.
    pub const fn needing(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    /// True if any figure requires the paired run without agents.
    pub const fn needs_paired_run(&self) -> bool {
        !self.without_feedback.is_empty() || !self.added.is_empty()
    }
}
