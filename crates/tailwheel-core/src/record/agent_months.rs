//! Numbers of months in which agents sell, and in which their selling crashes a market.

use super::declared::{Better, Declared, Needs, ONLY_MEAN, Seen, Unit};
use super::folded::counted;
use super::{Followed, Kind, id};
use crate::crash::CRASH_FALL;
use crate::stage::Quantity;

/// Number of months in which agents sell.
pub(super) const SELLING: Kind = Kind {
    quantity: Quantity { id: "selling_months", unit: "count" },
    measures: &[per_year(
        id::SELLING_MONTHS,
        "months a year in which agents sell",
        "Mean number of months a year in which at least one block of agents sells. Error: s/√n (central limit \
         theorem).",
    )],
    track: Followed::Whole(|kept| {
        Some(counted(
            kept.sales?.sold,
            #[inline(always)]
            |sold| sold > 0.0,
        ))
    }),
};

/// Number of months in which agent selling lowers the price of some market by at least the fall of a crash.
pub(super) const CRASH: Kind = Kind {
    quantity: Quantity { id: "crash_months", unit: "count" },
    measures: &[per_year(
        id::CRASH_MONTHS,
        "crash months a year",
        "Mean number of months a year in which agents' sales lower the price of a market by 4.9 % or more (0.05 \
         in logarithms). Error: s/√n (central limit theorem).",
    )],
    track: Followed::Whole(|kept| {
        Some(counted(
            kept.sales?.fall,
            #[inline(always)]
            |fall| fall >= CRASH_FALL,
        ))
    }),
};

const fn per_year(id: &'static str, title: &'static str, doc: &'static str) -> Declared {
    Declared {
        needs: Needs::Agents,
        better: Better::Lower,
        range: (0.0, 12.0),
        seen: Seen::PerYear,
        run: ONLY_MEAN,
        doc,
        ..Declared::of(id, title, Unit::PerYear)
    }
}
