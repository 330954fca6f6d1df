//! Measures of what is lost: at the horizon and over the first year.
//!
//! In: levels. Out: declarations. Not here: the tracks of wealth that they are taken of.

use super::declared::{Better, Declared, Figure, SD, Seen, Statistic, Unit};

const LOST: Declared = Declared {
    better: Better::Lower,
    seen: Seen::Loss,
    ..Declared::of("", "", Unit::Money)
};

/// The same figures of what happens, of the twin, and of what feedback adds.
pub(super) const fn in_both_worlds(declared: Declared) -> Declared {
    Declared {
        without_feedback: declared.run,
        added: declared.run,
        ..declared
    }
}

/// L > 0.
pub(super) const LOST_ANYTHING: &[Figure] = &[Figure::only(Statistic::Above(0.0))];

pub(super) const PROBABILITY: Declared = Declared {
    id: "loss.probability",
    title: "you got back less than you put in,*",
    unit: Unit::Probability,
    run: LOST_ANYTHING,
    without_feedback: LOST_ANYTHING,
    doc: "Share of paths with L > 0, L = money in − money out − wealth at the end, in money of the \
          start; interval of Clopper & Pearson (1934).",
    ..LOST
};

pub(super) const SPREAD: Declared = Declared {
    id: "loss",
    title: "what you got back less than you put in",
    run: &[SD],
    ..LOST
};

/// What feedback adds to it is no loss of its own.
pub(super) const PROBABILITY_ADDED: Declared = Declared {
    title: "probability of a loss",
    run: &[],
    without_feedback: &[],
    added: LOST_ANYTHING,
    doc: "",
    ..PROBABILITY
};

pub(super) const fn value_at_risk(
    id: &'static str,
    title: &'static str,
    run: &'static [Figure],
) -> Declared {
    Declared {
        id,
        title,
        run,
        doc: "L_(⌈np⌉), the loss not exceeded with probability p, in money of the start; interval \
              by binomial ranks (Jorion, Value at Risk, 3rd ed., §5; David & Nagaraja §7.1).",
        ..LOST
    }
}

pub(super) const fn shortfall(
    id: &'static str,
    title: &'static str,
    run: &'static [Figure],
) -> Declared {
    Declared {
        id,
        title,
        run,
        doc: "Mean of the worst n(1 − p) losses, the one at the edge counted in part, in money of \
              the start (Acerbi & Tasche 2002; error by Chen 2008).",
        ..LOST
    }
}
