//! Wealth lost to sales on false signals, measured at the intramonth lows.

use super::declared::{Better, Declared, MEAN, Needs, Unit};
use super::folded::monthly;
use super::{Followed, Kind};
use crate::math::{LANES, Lanes, ln};
use crate::stage::{Close, Quantity};

/// Log wealth lost to false signals at intramonth lows, summed until the horizon: the sales of each month
/// minus those without its false signals, at the same triggers.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "false_sales", unit: "fraction" },
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
        let falsely = kept.sales?.falsely;
        Some(monthly(
            #[inline(always)]
            move |sum: &mut Lanes, now: &Close<'_>| {
                let falsely = now.rows.get(falsely);
                if falsely.iter().all(|taken| *taken == 0.0) {
                    return;
                }
                let low = now.low.map_or(now.wealth, |[wealth, _]| wealth);
                for lane in (0..LANES).filter(|lane| falsely[*lane] > 0.0) {
                    // taxes owed can leave wealth at or below zero, from which nothing can be taken
                    if low[lane] > 0.0 {
                        sum[lane] += ln(1.0 + falsely[lane] / low[lane]);
                    }
                }
            },
        ))
    }),
};
