//! Declared measures of how markets move together, as means over all pairs of markets.
//!
//! In: nothing. Out: the declaration of each question. Not here: estimation (`super`).

use super::{Months, Question};
use crate::record::{Declared, Needs, ONLY_MEAN, Unit, id};

const fn of_pairs(id: &'static str, title: &'static str, doc: &'static str) -> Declared {
    Declared {
        range: (-1.0, 1.0),
        run: ONLY_MEAN,
        without_feedback: ONLY_MEAN,
        added: ONLY_MEAN,
        doc,
        needs: Needs::Agents,
        ..Declared::of(id, title, Unit::Correlation)
    }
}

/// Every figure of pairs of markets, with the declaration of its measures.
pub const DECLARED: [(Question, Declared); 4] = [
    (
        Question::Correlation(Months::All),
        of_pairs(
            "correlation.realised.all.mean",
            "mean correlation of two markets in all months",
            "Mean over all pairs of markets of Pearson's r between their monthly log-surprises, in the months of the \
             first paths. Error: influence of each path (Devlin, Gnanadesikan & Kettenring 1975).",
        ),
    ),
    (
        Question::Correlation(Months::Calm),
        of_pairs(
            "correlation.realised.calm.mean",
            "mean correlation of two markets in months without a crash",
            "The same as `correlation.realised.all.mean`, over the months that are no crash month with agents \
             (Devlin, Gnanadesikan & Kettenring 1975).",
        ),
    ),
    (
        Question::Correlation(Months::Crash),
        of_pairs(
            id::CRASH_CORRELATION,
            "mean correlation of two markets in crash months",
            "The same as `correlation.realised.all.mean`, over the crash months: agents' sales lower the price of a \
             market by 4.9 % or more. The choice of months changes a correlation (Boyer, Gibson & Loretan 1997). \
             Compare it with `without_feedback.correlation.realised.crash.mean`.",
        ),
    ),
    (
        Question::TailCoefficient,
        Declared {
            unit: Unit::Probability,
            range: (0.0, 1.0),
            ..of_pairs(
                "tail_dependence.01.mean",
                "probability that the worst 1 % of months of two markets coincide",
                "χ(1 %) = P(U_j ≤ 1 % given U_i ≤ 1 %), the mean over all ordered pairs (Coles, Heffernan & Tawn \
                 1999). U is the rank of a market's month among all months of the first paths. Independent markets \
                 have 0.01. Error: influence of each path on the empirical copula (Segers 2012).",
            )
        },
    ),
];
