//! Months in which agents sold.

use super::declared::{Better, Declared, Figure, Seen, Statistic, Unit};
use super::{Followed, Kind};
use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "selling_months",
        unit: "count",
        range: (0.0, f64::INFINITY),
        doc: "Months in which agents sold.",
    },
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, 12.0),
        seen: Seen::PerYear,
        run: &[Figure::only(Statistic::Mean)],
        doc: "Mean over the paths of months with at least one block fired, per year; error s/√n (central \
              limit theorem).",
        ..Declared::of(
            "loop.selling_months.per_year",
            "months a year in which agents sell",
            Unit::PerYear,
        )
    }],
    track: Followed::Whole(|kept| {
        let (sold, months) = (kept.sales?.sold, Lanes::ZERO);
        Some(SellingMonths { sold, months }.boxed())
    }),
};

#[derive(Clone)]
struct SellingMonths {
    sold: Row,
    months: Lanes,
}

impl Track for SellingMonths {
    fn open(&mut self) {
        self.months = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let sold = now.rows.get(self.sold);
        for lane in 0..LANES {
            self.months[lane] += if sold[lane] > 0.0 { 1.0 } else { 0.0 };
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.months
    }
}
