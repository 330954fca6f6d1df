//! What the loop adds: paired differences between the world with it and its twin without.
//!
//! In: data of a run with two worlds. Out: families of measures. Not here: the loop (`crash`).
//!
//! Both worlds live on the same draws, so the error of a difference is that of the differences of
//! single paths, which is many times smaller than that of two independent runs.

mod figures;

pub use figures::{
    DRAWDOWN_P50, DRAWDOWN_P95, RETURN_P50, SHORTFALL_95, SHORTFALL_99, VALUE_AT_RISK_95,
    VALUE_AT_RISK_99, WEALTH_P05, WEALTH_P50, WEALTH_P95,
};

use super::data::Absent;
use super::loss::loss;
use super::measure::{Better, Family, Measure, Scope, Unit, measure};
use super::statistic::Statistic;
use crate::math::ln;
use crate::record::{self, LARGEST_SALE, MAX_DRAWDOWN, SELLING_MONTHS};
use std::borrow::Cow;

const fn paired(id: &'static str, title: &'static str, unit: Unit, doc: &'static str) -> Measure {
    Measure {
        id,
        title,
        unit,
        doc,
        statistic: Statistic::Mean,
        at: 0.0,
    }
}

/// Probability of a loss, with the loop less without it.
pub const LOSS: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let is_lost = |loss: f64| if loss > 0.0 { 1.0 } else { 0.0 };
        let losses = data.twin_losses()?;
        Ok(Cow::Owned(
            losses.combined(|on, off| is_lost(on) - is_lost(off)),
        ))
    },
    better: Better::Lower,
    measures: &[Measure {
        statistic: Statistic::MeanWithin(-1, 1),
        ..paired(
            "amplification.loss.probability",
            "probability of a loss added by the loop",
            Unit::Probability,
            "Mean over the paths of 1{loss with the loop} − 1{loss without}; paired error (McNemar 1947).",
        )
    }],
};

/// Wealth, with the loop less without it.
pub const WEALTH: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| Ok(Cow::Owned(data.twin_wealth()?.combined(|on, off| on - off))),
    better: Better::Higher,
    measures: &[paired(
        "amplification.wealth.terminal.real.mean",
        "wealth at the end added by the loop, mean",
        Unit::Money,
        "Mean over the paths of wealth with the loop less wealth without, in money of the start; \
         error of the paired differences (central limit theorem).",
    )],
};

/// Log-wealth, with the loop less without it.
pub const GROWTH: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let wealth = data.twin_wealth()?;
        if !wealth.is_positive() {
            return Err(Absent::NothingLeft);
        }
        // of the ratio, so that no unit of money enters
        Ok(Cow::Owned(wealth.combined(|on, off| ln(on / off))))
    },
    better: Better::Higher,
    measures: &[paired(
        "amplification.wealth.terminal.log",
        "log of wealth at the end added by the loop",
        Unit::Fraction,
        "Mean over the paths of ln wealth with the loop less ln wealth without: e^x − 1 is the \
         change of the geometric mean; error of the paired differences (central limit theorem).",
    )],
};

/// Deepest fall, with the loop less without it.
pub const DRAWDOWN: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| Ok(Cow::Owned(data.twin_falls()?.combined(|on, off| on - off))),
    better: Better::Lower,
    measures: &[Measure {
        statistic: Statistic::MeanWithin(-1, 1),
        ..paired(
            "amplification.drawdown.max.mean",
            "maximum drawdown added by the loop",
            Unit::Fraction,
            "Mean over the paths of the maximum drawdown with the loop less that without; error of the \
         paired differences (central limit theorem).",
        )
    }],
};

/// Wealth of the twin without the loop.
pub const LOOP_OFF_WEALTH: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let level = data.price_level(data.n_months());
        let wealth = data.column(record::WEALTH.without_feedback())?;
        Ok(Cow::Owned(wealth.rising(|value| value / level)))
    },
    better: Better::Higher,
    measures: &[
        measure!(
            "without_feedback.wealth.terminal.real",
            "wealth at the end without the loop in money of the start",
            Money,
            "p05" = 0.05
        ),
        measure!(
            "without_feedback.wealth.terminal.real",
            "wealth at the end without the loop in money of the start",
            Money,
            "p50" = 0.50
        ),
        measure!(
            "without_feedback.wealth.terminal.real",
            "wealth at the end without the loop in money of the start",
            Money,
            "p95" = 0.95
        ),
    ],
};

/// Loss of the twin without the loop.
pub const LOOP_OFF_LOSS: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let wealth = data.column(record::WEALTH.without_feedback())?;
        let (month, flows) = (data.n_months(), data.basis().flows);
        Ok(Cow::Owned(loss(data, wealth, month, flows)))
    },
    better: Better::Lower,
    measures: &[
        Measure {
            id: "without_feedback.loss.probability",
            title: "you got back less than you put in, without the loop",
            unit: Unit::Probability,
            doc: "Share of paths of the twin without the loop with L > 0; interval of Clopper & Pearson (1934).",
            statistic: Statistic::Above,
            at: 0.0,
        },
        Measure {
            id: "without_feedback.value_at_risk.95",
            title: "value at risk 95 % without the loop",
            unit: Unit::Money,
            doc: "As value_at_risk.95, in the twin without the loop (order statistic).",
            statistic: Statistic::Quantile,
            at: 0.95,
        },
        Measure {
            id: "without_feedback.value_at_risk.99",
            title: "value at risk 99 % without the loop",
            unit: Unit::Money,
            doc: "As value_at_risk.99, in the twin without the loop (order statistic).",
            statistic: Statistic::Quantile,
            at: 0.99,
        },
        Measure {
            id: "without_feedback.expected_shortfall.95",
            title: "expected shortfall 95 % without the loop",
            unit: Unit::Money,
            doc: "As expected_shortfall.95, in the twin without the loop (Acerbi & Tasche 2002).",
            statistic: Statistic::Shortfall,
            at: 0.95,
        },
        Measure {
            id: "without_feedback.expected_shortfall.99",
            title: "expected shortfall 99 % without the loop",
            unit: Unit::Money,
            doc: "As expected_shortfall.99, in the twin without the loop (Acerbi & Tasche 2002).",
            statistic: Statistic::Shortfall,
            at: 0.99,
        },
    ],
};

/// Deepest fall of the twin without the loop.
pub const LOOP_OFF_DRAWDOWN: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        data.earned(MAX_DRAWDOWN.without_feedback())
            .map(Cow::Borrowed)
    },
    better: Better::Lower,
    measures: &[
        measure!(
            "without_feedback.drawdown.max",
            "maximum drawdown without the loop",
            Fraction,
            mean within 0, 1
        ),
        measure!(
            "without_feedback.drawdown.max",
            "maximum drawdown without the loop",
            Fraction,
            "p50" = 0.50
        ),
        measure!(
            "without_feedback.drawdown.max",
            "maximum drawdown without the loop",
            Fraction,
            "p95" = 0.95
        ),
    ],
};

/// How often agents sell.
pub const SELLING: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let years = data.years();
        let months = data.column(SELLING_MONTHS)?;
        Ok(Cow::Owned(months.rising(|months| months / years)))
    },
    better: Better::Lower,
    measures: &[Measure {
        statistic: Statistic::MeanWithin(0, 12),
        ..paired(
            "loop.selling_months.per_year",
            "months a year in which agents sell",
            Unit::PerYear,
            "Mean over the paths of months with at least one block fired, per year; error s/√n (central \
         limit theorem).",
        )
    }],
};

/// How many years are not quiet.
pub const SELLING_YEARS: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let whole_years = data.n_months() / 12;
        if whole_years == 0 {
            return Err(Absent::HorizonTooShort);
        }
        let years = data.column(record::SELLING_YEARS)?;
        Ok(Cow::Owned(
            years.rising(|years| years / f64::from(whole_years)),
        ))
    },
    better: Better::Lower,
    measures: &[Measure {
        statistic: Statistic::MeanWithin(0, 1),
        ..paired(
            "loop.selling_year.probability",
            "a year in which agents sell",
            Unit::Probability,
            "Mean over the paths of the share of whole years with at least one block fired; error s/√n \
         (central limit theorem).",
        )
    }],
};

/// How large the largest sell-off of a path is.
pub const LARGEST: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| data.column(LARGEST_SALE).map(Cow::Borrowed),
    better: Better::Lower,
    measures: &[Measure {
        id: "loop.full_cascade.probability",
        title: "nine of ten agents sell in one month, at some time",
        unit: Unit::Probability,
        doc: "Share of paths on which agents with more than 90 % of the agents' money sell in one \
              month; interval of Clopper & Pearson (1934).",
        statistic: Statistic::Above,
        // exactly nine tenths is not more, whichever way a sum of shares was rounded
        at: 0.9 + 1e-9,
    }],
};
