//! Months in which sales were a crash of some market.

use super::declared::{Better, Declared, Figure, Seen, Statistic, Unit};
use super::{Followed, Kind};
use crate::crash::CRASH_FALL;
use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "crash_months",
        unit: "count",
        range: (0.0, f64::INFINITY),
        doc: "Months in which agents' sales pushed some market down by a crash's fall.",
    },
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, 12.0),
        seen: Seen::PerYear,
        run: &[Figure::only(Statistic::Mean)],
        doc: "Mean over all paths of months in which agents' sales push some market down by 0.05 or \
              more (log, 4.9 %), per year; error s/√n (central limit theorem).",
        ..Declared::of(
            "loop.crash_months.per_year",
            "crash months a year",
            Unit::PerYear,
        )
    }],
    track: Followed::Whole(|kept| {
        let (fall, months) = (kept.sales?.fall, Lanes::ZERO);
        Some(CrashMonths { fall, months }.boxed())
    }),
};

#[derive(Clone)]
struct CrashMonths {
    fall: Row,
    months: Lanes,
}

impl Track for CrashMonths {
    fn open(&mut self) {
        self.months = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let fall = now.rows.get(self.fall);
        for lane in 0..LANES {
            self.months[lane] += if fall[lane] >= CRASH_FALL { 1.0 } else { 0.0 };
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.months
    }
}
