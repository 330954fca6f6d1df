//! Measures of how markets move together, of all pairs of markets at once.
//!
//! In: nothing. Out: what each question declares. Not here: how they are estimated (`super`).

use super::{Months, Question};
use crate::record::{Declared, Figure, Statistic, Unit};

const MEAN: &[Figure] = &[Figure::only(Statistic::Mean)];

const fn of_pairs(id: &'static str, title: &'static str, doc: &'static str) -> Declared {
    Declared {
        range: (-1.0, 1.0),
        run: MEAN,
        without_feedback: MEAN,
        added: MEAN,
        doc,
        ..Declared::of(id, title, Unit::Correlation)
    }
}

/// Every question, with its measures.
pub const DECLARED: [(Question, Declared); 4] = [
    (
        Question::Correlation(Months::All),
        of_pairs(
            "correlation.realised.all.mean",
            "correlation of two markets, average pair, all months,*",
            "Mean over all pairs of Pearson's r of the markets' monthly log-surprises, over the months of \
             the first paths; error by the influence of each path (Devlin, Gnanadesikan & Kettenring 1975).",
        ),
    ),
    (
        Question::Correlation(Months::Calm),
        of_pairs(
            "correlation.realised.calm.mean",
            "correlation of two markets, average pair, months without a crash,*",
            "As correlation.realised.all.mean, over the months that are no crash in the world with the loop \
             (Devlin, Gnanadesikan & Kettenring 1975).",
        ),
    ),
    (
        Question::Correlation(Months::Crash),
        of_pairs(
            "correlation.realised.crash.mean",
            "correlation of two markets, average pair, crash months,*",
            "As correlation.realised.all.mean, over the months in which agents' sales push some market down \
             by 0.05 or more (log, 4.9 %) in the world with the loop. Picking months changes a correlation \
             by itself: read it beside without_feedback.correlation.realised.crash.mean, never alone (Boyer, \
             Gibson & Loretan 1997).",
        ),
    ),
    (
        Question::TailCoefficient,
        Declared {
            unit: Unit::Probability,
            range: (0.0, 1.0),
            ..of_pairs(
                "tail_dependence.01.mean",
                "the worst 1 % of months coincide, average pair,*",
                "χ(1 %) = P(U_j ≤ 1 % given U_i ≤ 1 %), U the rank of a market's month among all months of \
                 the first paths, mean over all ordered pairs; 0.01 if markets were independent; error by \
                 the influence of each path on the empirical copula (Coles, Heffernan & Tawn 1999; Segers \
                 2012).",
            )
        },
    ),
];
