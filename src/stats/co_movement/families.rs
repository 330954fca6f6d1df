//! Measures of how markets move together, each in the run, in its twin, and as what the loop adds.
//!
//! In: data of a run. Out: families of measures. Not here: how they are estimated (`super`).

use super::{Months, Question, World};
use crate::record::CRASH_MONTHS;
use crate::stats::measure::{Better, Family, Measure, Scope, Unit};
use crate::stats::statistic::Statistic;
use std::borrow::Cow;

macro_rules! family {
    ($source:expr, $id:expr, $title:expr, $unit:ident, $doc:expr) => {
        Family {
            scope: Scope::Portfolio,
            source: $source,
            better: Better::Neither,
            measures: &[Measure {
                id: $id,
                title: $title,
                unit: Unit::$unit,
                doc: $doc,
                statistic: Statistic::MeanOfContributions,
                at: 0.0,
            }],
        }
    };
}

/// One question: in the run, in the twin without the loop, and the difference.
macro_rules! asked {
    ($question:expr, $id:literal, $title:literal, $unit:ident, $doc:literal) => {
        [
            family!(
                |data, _| data
                    .co_moved()?
                    .by_path($question, World::Run)
                    .map(Cow::Owned),
                $id,
                $title,
                $unit,
                $doc
            ),
            family!(
                |data, _| data
                    .co_moved()?
                    .by_path($question, World::LoopOff)
                    .map(Cow::Owned),
                concat!("without_feedback.", $id),
                concat!($title, ", without the loop"),
                $unit,
                concat!(
                    "As ",
                    $id,
                    ", in the twin without the loop (the same paths and months)."
                )
            ),
            family!(
                |data, _| data.co_moved()?.added($question).map(Cow::Owned),
                concat!("amplification.", $id),
                concat!($title, ", added by the loop"),
                $unit,
                concat!(
                    $id,
                    " with the loop less that without, on the same months; error of the paired \
                     differences of the paths' influences (Hampel 1974)."
                )
            ),
        ]
    };
}

const ALL: [Family; 3] = asked!(
    Question::Correlation(Months::All),
    "correlation.realised.all.mean",
    "correlation of two markets, average pair, all months",
    Correlation,
    "Mean over all pairs of Pearson's r of the markets' monthly log-surprises, over the months of \
     the first paths; error by the influence of each path (Devlin, Gnanadesikan & Kettenring 1975)."
);

const CALM: [Family; 3] = asked!(
    Question::Correlation(Months::Calm),
    "correlation.realised.calm.mean",
    "correlation of two markets, average pair, months without a crash",
    Correlation,
    "As correlation.realised.all.mean, over the months that are no crash in the world with the loop \
     (Devlin, Gnanadesikan & Kettenring 1975)."
);

const CRASH: [Family; 3] = asked!(
    Question::Correlation(Months::Crash),
    "correlation.realised.crash.mean",
    "correlation of two markets, average pair, crash months",
    Correlation,
    "As correlation.realised.all.mean, over the months in which agents' sales push some market down \
     by 0.05 or more (log, 4.9 %) in the world with the loop. Picking months changes a correlation \
     by itself: read it beside without_feedback.correlation.realised.crash.mean, never alone (Boyer, Gibson \
     & Loretan 1997)."
);

const TAIL: [Family; 3] = asked!(
    Question::TailCoefficient,
    "tail_dependence.01.mean",
    "the worst 1 % of months coincide, average pair",
    Probability,
    "χ(1 %) = P(U_j ≤ 1 % given U_i ≤ 1 %), U the rank of a market's month among all months of the \
     first paths, mean over all ordered pairs; 0.01 if markets were independent; error by the \
     influence of each path on the empirical copula (Coles, Heffernan & Tawn 1999; Segers 2012)."
);

/// Every family, in the order of the reference.
pub const CORRELATION: Family = ALL[0];
pub const CORRELATION_CALM: Family = CALM[0];
pub const CORRELATION_CRASH: Family = CRASH[0];
pub const TAIL_DEPENDENCE: Family = TAIL[0];
pub const LOOP_OFF_CORRELATION: Family = ALL[1];
pub const LOOP_OFF_CORRELATION_CALM: Family = CALM[1];
pub const LOOP_OFF_CORRELATION_CRASH: Family = CRASH[1];
pub const LOOP_OFF_TAIL_DEPENDENCE: Family = TAIL[1];
pub const ADDED_CORRELATION: Family = ALL[2];
pub const ADDED_CORRELATION_CALM: Family = CALM[2];
pub const ADDED_CORRELATION_CRASH: Family = CRASH[2];
pub const ADDED_TAIL_DEPENDENCE: Family = TAIL[2];

/// How often there is a crash.
pub const CRASHES: Family = Family {
    scope: Scope::Portfolio,
    source: |data, _| {
        let years = data.years();
        let months = data.column(CRASH_MONTHS)?;
        Ok(Cow::Owned(months.rising(|months| months / years)))
    },
    better: Better::Lower,
    measures: &[Measure {
        id: "loop.crash_months.per_year",
        title: "crash months a year",
        unit: Unit::PerYear,
        doc: "Mean over all paths of months in which agents' sales push some market down by 0.05 or \
              more (log, 4.9 %), per year; error s/√n (central limit theorem).",
        statistic: Statistic::MeanWithin(0, 12),
        at: 0.0,
    }],
};
