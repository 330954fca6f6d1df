//! Number of months in which agent selling lowers the price of some market by a crash or more.

use super::declared::{Better, Declared, Figure, Needs, Seen, Statistic, Unit};
use super::folded::folded;
use super::{Followed, Kind, id};
use crate::crash::CRASH_FALL;
use crate::stage::Quantity;

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "crash_months",
        unit: "count",
        range: (0.0, f64::INFINITY),
        doc: "Months in which agents' sales pushed some market down by a crash's fall.",
    },
    measures: &[Declared {
        needs: Needs::Agents,
        better: Better::Lower,
        range: (0.0, 12.0),
        seen: Seen::PerYear,
        run: &[Figure::only(Statistic::Mean)],
        doc: "Mean number of months a year in which agents' sales lower the price of a market by 4.9 % or more (0.05 \
              in logarithms). Error: s/√n (central limit theorem).",
        ..Declared::of(id::CRASH_MONTHS, "crash months a year", Unit::PerYear)
    }],
    track: Followed::Whole(|kept| {
        Some(folded(
            kept.sales?.fall,
            #[inline(always)]
            |months, fall, _| months + if fall >= CRASH_FALL { 1.0 } else { 0.0 },
        ))
    }),
};
