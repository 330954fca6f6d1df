//! Number of whole years in which agents sell.

use super::declared::{Better, Declared, Needs, ONLY_MEAN, Seen, Unit};
use super::{Followed, Kind, YEAR};
use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

/// Number of whole years with at least one month in which agents sell. Not kept if the horizon is below one
/// year.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "selling_years", unit: "count" },
    measures: &[Declared {
        needs: Needs::Agents,
        better: Better::Lower,
        range: (0.0, 1.0),
        seen: Seen::PerWholeYear,
        run: ONLY_MEAN,
        doc: "Mean share of whole years in which at least one block of agents sells. Error: s/√n (central limit \
              theorem).",
        ..Declared::of(
            "loop.selling_year.probability",
            "probability that agents sell in a year",
            Unit::Probability,
        )
    }],
    track: Followed::Whole(|kept| {
        let track = SellingYears { sold: kept.sales?.sold, this_year: Lanes::ZERO, years: Lanes::ZERO };
        (kept.n_months >= YEAR).then(|| track.boxed())
    }),
};

#[derive(Clone)]
struct SellingYears {
    sold: Row,
    /// 1 if agents have sold since the year began.
    this_year: Lanes,
    years: Lanes,
}

impl Track for SellingYears {
    fn open(&mut self) {
        (self.this_year, self.years) = (Lanes::ZERO, Lanes::ZERO);
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let sold = now.rows.get(self.sold);
        for lane in 0..LANES {
            self.this_year[lane] = if sold[lane] > 0.0 { 1.0 } else { self.this_year[lane] };
        }
        if now.month.is_multiple_of(YEAR) {
            self.years += &self.this_year;
            self.this_year = Lanes::ZERO;
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.years
    }
}
