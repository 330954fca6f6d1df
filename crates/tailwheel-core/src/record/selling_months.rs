//! Number of months in which agents sell.

use super::declared::{Better, Declared, Figure, Needs, Seen, Statistic, Unit};
use super::folded::folded;
use super::{Followed, Kind, id};
use crate::stage::Quantity;

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "selling_months",
        unit: "count",
        range: (0.0, f64::INFINITY),
        doc: "Months in which agents sold.",
    },
    measures: &[Declared {
        needs: Needs::Agents,
        better: Better::Lower,
        range: (0.0, 12.0),
        seen: Seen::PerYear,
        run: &[Figure::only(Statistic::Mean)],
        doc: "Mean number of months a year in which at least one block of agents sells. Error: s/√n (central limit \
              theorem).",
        ..Declared::of(id::SELLING_MONTHS, "months a year in which agents sell", Unit::PerYear)
    }],
    track: Followed::Whole(|kept| {
        Some(folded(
            kept.sales?.sold,
            #[inline(always)]
            |months, sold, _| months + if sold > 0.0 { 1.0 } else { 0.0 },
        ))
    }),
};
