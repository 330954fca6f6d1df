//! Net worth at the horizon, nominal and real.

use super::declared::{Better, DISTRIBUTION, Declared, Figure, MEAN, Needs, P05, P50, P95, Statistic, Unit};
use super::fold_tracks::at_end;
use super::{QuantityKind, Tracking, id};
use crate::math::{Lanes, inlined};

/// Common part of the declarations of nominal and real wealth. Debts beyond the assets stay unpaid, so wealth is
/// never below zero.
const LEFT: Declared =
    Declared { better: Better::Higher, needs: Needs::Nothing, ..Declared::of("", "", Unit::Money) };

pub(super) const KIND: QuantityKind = QuantityKind {
    name: "wealth",
    measures: &[Declared { id: id::WEALTH, title: "final wealth, nominal", run: DISTRIBUTION, ..LEFT }],
    track: Tracking::Whole(|_| Some(at_end(inlined!(|now| *now.wealth)))),
};

pub(super) const REAL: QuantityKind = QuantityKind {
    name: "wealth_real",
    measures: &[
        Declared {
            id: id::REAL_WEALTH,
            title: "final wealth, real",
            run: DISTRIBUTION,
            without_feedback: &[P05, P50, P95],
            added: &[MEAN, P05, P50, P95],
            ..LEFT
        },
        Declared {
            id: "wealth.terminal.log",
            title: "logarithm of final wealth, real",
            unit: Unit::Fraction,
            added: &[Figure::only(Statistic::MeanOfLog)],
            doc: "Mean of ln wealth with agents minus ln wealth without them; e^x − 1 is the change of the geometric \
                  mean. Error: paired differences (central limit theorem).",
            ..LEFT
        },
    ],
    track: Tracking::Whole(|kept| {
        let prices = kept.prices;
        let track = at_end(inlined!(move |now| {
            let level = now.rows.get(prices.level);
            Lanes::of(|lane| now.wealth[lane] / level[lane])
        }));
        prices.moves.then_some(track)
    }),
};
