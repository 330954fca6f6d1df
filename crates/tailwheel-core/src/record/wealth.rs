//! Net worth at the horizon, nominal and real.

use super::declared::{Better, DISTRIBUTION, Declared, Figure, MEAN, Needs, P05, P50, P95, Statistic, Unit};
use super::{Followed, Kind, id};
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

/// Base of both declarations. Debts beyond the assets stay unpaid, so wealth is never below zero.
const LEFT: Declared = Declared {
    better: Better::Higher,
    range: (0.0, f64::INFINITY),
    needs: Needs::Nothing,
    ..Declared::of("", "", Unit::Money)
};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "wealth",
        unit: "money",
        range: (f64::NEG_INFINITY, f64::INFINITY),
        doc: "Net worth at the horizon, in money of its day.",
    },
    measures: &[Declared { id: id::WEALTH, title: "final wealth, nominal", run: DISTRIBUTION, ..LEFT }],
    track: Followed::Whole(|_| Some(Wealth.boxed())),
};

pub(super) const REAL: Kind = Kind {
    quantity: Quantity {
        id: "wealth_real",
        unit: "money of the start",
        range: (f64::NEG_INFINITY, f64::INFINITY),
        doc: "Net worth at the horizon, in money of the start; absent where no prices move: there it is that of its \
              day.",
    },
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
    track: Followed::Whole(|kept| {
        let prices = kept.prices;
        prices.moves.then(|| RealWealth(prices.level).boxed())
    }),
};

#[derive(Clone)]
struct RealWealth(Row);

impl Track for RealWealth {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let level = now.rows.get(self.0);
        Lanes::of(|lane| now.wealth[lane] / level[lane])
    }
}

#[derive(Clone)]
struct Wealth;

impl Track for Wealth {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        *now.wealth
    }
}
