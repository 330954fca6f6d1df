//! Number of whole years in which agents sell.

use super::declared::{Better, Declared, Needs, ONLY_MEAN, Seen, Unit};
use super::folded::monthly_then;
use super::{Followed, Kind, YEAR};
use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Quantity, Row};

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
        let sold = kept.sales?.sold;
        (kept.n_months >= YEAR).then(|| selling_years(sold))
    }),
};

fn selling_years(sold: Row) -> Box<dyn AnyTrack> {
    monthly_then(
        // `this_year` is 1 if agents have sold since the year began
        #[inline(always)]
        move |[this_year, years]: &mut [Lanes; 2], now: &Close<'_>| {
            let sold = now.rows.get(sold);
            for lane in 0..LANES {
                this_year[lane] = if sold[lane] > 0.0 { 1.0 } else { this_year[lane] };
            }
            if now.month.is_multiple_of(YEAR) {
                *years += &*this_year;
                *this_year = Lanes::ZERO;
            }
        },
        #[inline(always)]
        |[_, years], _| *years,
    )
}
