//! Wealth lost to sales on false signals, measured at the intramonth lows.

use super::declared::{Better, Declared, MEAN, Needs, Unit};
use super::{Followed, Kind};
use crate::math::{LANES, Lanes, ln};
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "false_sales",
        unit: "fraction",
        range: (0.0, f64::INFINITY),
        doc: "Log wealth that false signals took at the troughs of their months, summed until the horizon: the month's cascade \
              with the signals less the same one without, on the same limits; 0 without signals.",
    },
    measures: &[Declared {
        needs: Needs::Agents,
        better: Better::Lower,
        range: (0.0, f64::INFINITY),
        run: &[MEAN],
        doc: "Mean of Σ ln((W + c)/W) over the months of a path. W is wealth at the intramonth low; W + c is the \
              same without false signals in that month (docs/model.md, False sales). Error: s/√n (central limit \
              theorem).",
        ..Declared::of(
            "loop.false_sales",
            "log wealth lost to false signals at intramonth lows",
            Unit::Fraction,
        )
    }],
    track: Followed::Whole(|kept| {
        let (falsely, sum) = (kept.sales?.falsely, Lanes::ZERO);
        Some(FalseSales { falsely, sum }.boxed())
    }),
};

#[derive(Clone)]
struct FalseSales {
    falsely: Row,
    sum: Lanes,
}

impl Track for FalseSales {
    fn open(&mut self) {
        self.sum = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let falsely = now.rows.get(self.falsely);
        if falsely.iter().all(|taken| *taken == 0.0) {
            return;
        }
        let low = now.low.map_or(now.wealth, |[wealth, _]| wealth);
        for lane in (0..LANES).filter(|lane| falsely[*lane] > 0.0) {
            // taxes owed can leave wealth at or below zero, from which nothing can be taken
            if low[lane] > 0.0 {
                self.sum[lane] += ln(1.0 + falsely[lane] / low[lane]);
            }
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.sum
    }
}
