//! Changes of figures that are no means: quantiles, and means of the worst.
//!
//! In: both worlds of a run. Out: families of one measure each. Not here: how such a change becomes
//! the mean of a sample (`twins`).

use super::super::data::{Absent, Data};
use super::super::measure::{Better, Family, Measure, Scope, Unit};
use super::super::sample::Sorted;
use super::super::statistic::Statistic;
use super::paired;
use std::borrow::Cow;

macro_rules! changed {
    ($name:ident, $better:ident, $about:literal, $id:literal, $title:literal, $unit:ident, $at:literal, $of:expr) => {
        #[doc = $about]
        pub const $name: Family = Family {
            scope: Scope::Portfolio,
            source: |data, _| {
                let of: fn(&Data) -> Result<Sorted, Absent> = $of;
                of(data).map(Cow::Owned)
            },
            better: Better::$better,
            measures: &[Measure {
                statistic: Statistic::Change,
                at: $at,
                ..paired(
                    $id,
                    $title,
                    Unit::$unit,
                    "Figure with the loop less the same figure without it; error of the paired \
                     differences of their influence functions (Huber & Ronchetti 2009).",
                )
            }],
        };
    };
}

changed!(
    WEALTH_P05,
    Higher,
    "Quantile of wealth, with the loop less without it.",
    "amplification.wealth.terminal.real.p05",
    "wealth at the end added by the loop, p05",
    Money,
    0.05,
    |data| data.twin_wealth()?.quantile(0.05)
);

changed!(
    WEALTH_P50,
    Higher,
    "Quantile of wealth, with the loop less without it.",
    "amplification.wealth.terminal.real.p50",
    "wealth at the end added by the loop, p50",
    Money,
    0.50,
    |data| data.twin_wealth()?.quantile(0.50)
);

changed!(
    WEALTH_P95,
    Higher,
    "Quantile of wealth, with the loop less without it.",
    "amplification.wealth.terminal.real.p95",
    "wealth at the end added by the loop, p95",
    Money,
    0.95,
    |data| data.twin_wealth()?.quantile(0.95)
);

changed!(
    RETURN_P50,
    Higher,
    "Quantile of the return per year, with the loop less without it.",
    "amplification.cagr.p50",
    "return per year added by the loop, p50",
    FractionPerYear,
    0.50,
    |data| data.twin_returns()?.quantile(0.50)
);

changed!(
    VALUE_AT_RISK_95,
    Lower,
    "Value at risk, with the loop less without it.",
    "amplification.value_at_risk.95",
    "value at risk 95 % added by the loop",
    Money,
    0.95,
    |data| data.twin_losses()?.quantile(0.95)
);

changed!(
    VALUE_AT_RISK_99,
    Lower,
    "Value at risk, with the loop less without it.",
    "amplification.value_at_risk.99",
    "value at risk 99 % added by the loop",
    Money,
    0.99,
    |data| data.twin_losses()?.quantile(0.99)
);

changed!(
    SHORTFALL_95,
    Lower,
    "Expected shortfall, with the loop less without it.",
    "amplification.expected_shortfall.95",
    "expected shortfall 95 % added by the loop",
    Money,
    0.0,
    |data| data.twin_losses()?.shortfall(0.95)
);

changed!(
    SHORTFALL_99,
    Lower,
    "Expected shortfall, with the loop less without it.",
    "amplification.expected_shortfall.99",
    "expected shortfall 99 % added by the loop",
    Money,
    0.0,
    |data| data.twin_losses()?.shortfall(0.99)
);

changed!(
    DRAWDOWN_P50,
    Lower,
    "Quantile of the maximum drawdown, with the loop less without it.",
    "amplification.drawdown.max.p50",
    "maximum drawdown added by the loop, p50",
    Fraction,
    0.50,
    |data| data.twin_falls()?.quantile(0.50)
);

changed!(
    DRAWDOWN_P95,
    Lower,
    "Quantile of the maximum drawdown, with the loop less without it.",
    "amplification.drawdown.max.p95",
    "maximum drawdown added by the loop, p95",
    Fraction,
    0.95,
    |data| data.twin_falls()?.quantile(0.95)
);
