//! Measures of loss at the horizon and over the first year: probability, spread, value at risk, expected
//! shortfall.
//!
//! In: confidence levels. Out: declarations. Not here: the tracks of wealth that losses are computed from.

use super::declared::{Better, Declared, Figure, Needs, SD, Seen, Statistic, Unit};
use super::id;

const LOST: Declared =
    Declared { better: Better::Lower, seen: Seen::Loss, ..Declared::of("", "", Unit::Money) };

/// Declares equal figures for the run, for the paired run without agents, and for their difference.
pub(super) const fn in_both_worlds(declared: Declared) -> Declared {
    Declared { without_feedback: declared.run, added: declared.run, ..declared }
}

/// Probability that the loss L is above zero.
pub(super) const LOST_ANYTHING: &[Figure] = &[Figure::only(Statistic::Above(0.0))];

pub(super) const PROBABILITY: Declared = Declared {
    id: id::LOSS_PROBABILITY,
    title: "probability of loss",
    unit: Unit::Probability,
    run: LOST_ANYTHING,
    needs: Needs::Nothing,
    doc: "Share of paths with L > 0, where L = money invested − withdrawals − final wealth, all real. Interval: \
          Clopper & Pearson (1934).",
    ..LOST
};

pub(super) const SPREAD: Declared = Declared { id: id::LOSS, title: "loss, real", run: &[SD], ..LOST };

pub(super) const fn value_at_risk(id: &'static str, title: &'static str, run: &'static [Figure]) -> Declared {
    Declared {
        id,
        title,
        run,
        doc: "L_(⌈np⌉), the real loss that is not exceeded with probability p (Jorion, Value at Risk, 3rd ed., §5). \
              Interval: binomial ranks (David & Nagaraja §7.1).",
        ..LOST
    }
}

pub(super) const fn shortfall(id: &'static str, title: &'static str, run: &'static [Figure]) -> Declared {
    Declared {
        id,
        title,
        run,
        doc: "Mean of the worst n(1 − p) real losses; the loss at the edge counts in part (Acerbi & Tasche 2002). \
              Error: Chen (2008).",
        ..LOST
    }
}
