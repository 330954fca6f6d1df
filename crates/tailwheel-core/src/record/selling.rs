//! Sales by agents: their months and years, their size, and the wealth lost to them.

use super::declared::{Better, Declared, Figure, MEAN, Needs, ONLY_MEAN, Statistic, Unit, View};
use super::fold_tracks::{counted, folded, monthly, monthly_then};
use super::{QuantityKind, Tracking, YEAR, id};
use crate::crash::CRASH_FALL;
use crate::math::{Hits, LANES, Lanes, greater, inlined, lesser, ln};
use crate::stage::{AnyTrack, Close, Row};

pub(super) const SELLING: QuantityKind = QuantityKind {
    name: "selling_months",
    measures: &[per_year(
        id::SELLING_MONTHS,
        "months a year in which agents sell",
        "Mean number of months a year in which at least one block of agents sells. Error: s/√n (central limit \
         theorem).",
    )],
    track: Tracking::Whole(|kept| Some(counted(kept.sales?.sold, inlined!(|sold| sold > 0.0)))),
};

pub(super) const CRASH: QuantityKind = QuantityKind {
    name: "crash_months",
    measures: &[per_year(
        id::CRASH_MONTHS,
        "crash months a year",
        "Mean number of months a year in which agents' sales lower the price of a market by 4.9 % or more (0.05 \
         in logarithms). Error: s/√n (central limit theorem).",
    )],
    track: Tracking::Whole(|kept| Some(counted(kept.sales?.fall, inlined!(|fall| fall >= CRASH_FALL)))),
};

const fn per_year(id: &'static str, title: &'static str, doc: &'static str) -> Declared {
    Declared {
        range: (0.0, 12.0),
        seen: View::PerYear,
        run: ONLY_MEAN,
        doc,
        ..of_agents(id, title, Unit::PerYear)
    }
}

/// Declares a quantity of agent selling, of which less is better.
const fn of_agents(id: &'static str, title: &'static str, unit: Unit) -> Declared {
    Declared { needs: Needs::Agents, better: Better::Lower, ..Declared::of(id, title, unit) }
}

pub(super) const YEARS: QuantityKind = QuantityKind {
    name: "selling_years",
    measures: &[Declared {
        range: (0.0, 1.0),
        seen: View::PerWholeYear,
        run: ONLY_MEAN,
        doc: "Mean share of whole years in which at least one block of agents sells. Error: s/√n (central limit \
              theorem).",
        ..of_agents(
            "loop.selling_year.probability",
            "probability that agents sell in a year",
            Unit::Probability,
        )
    }],
    track: Tracking::Whole(|kept| {
        let sold = kept.sales?.sold;
        (kept.n_months >= YEAR).then(|| selling_years(sold))
    }),
};

fn selling_years(sold: Row) -> Box<dyn AnyTrack> {
    monthly_then(
        // `this_year` is 1 if agents have sold since the year began
        inlined!(move |[this_year, years]: &mut [Lanes; 2], now: &Close<'_>| {
            let sold = now.rows.get(sold);
            for lane in 0..LANES {
                this_year[lane] = if sold[lane] > 0.0 { 1.0 } else { this_year[lane] };
            }
            if now.month.is_multiple_of(YEAR) {
                *years += &*this_year;
                *this_year = Lanes::ZERO;
            }
        }),
        inlined!(|[_, years], _| *years),
    )
}

/// Largest share of the agents' money that sells in one month: the sum over clusters of a cluster's share of the
/// money times the share of its independent decisions that sell.
pub(super) const LARGEST: QuantityKind = QuantityKind {
    name: "largest_sale",
    measures: &[Declared {
        range: (0.0, 1.0),
        // a share of exactly 0.9 must not count, whichever way its sum was rounded
        run: &[Figure::only(Statistic::Above(0.9 + 1e-9))],
        doc: "Share of paths with a month in which agents with more than 90 % of the agents' money sell.",
        ..of_agents(
            id::FULL_CASCADE,
            "probability of a full cascade (90 % of the agents sell in one month)",
            Unit::Probability,
        )
    }],
    track: Tracking::Whole(|kept| {
        Some(folded(kept.sales?.sold, inlined!(|largest, sold, _| greater(sold, largest))))
    }),
};

/// Largest fraction of wealth, as it would be at the intramonth low of a month without the month's sales, that these have
/// taken; 0 without sales.
pub(super) const DEEPEST: QuantityKind = QuantityKind {
    name: "deepest_sale",
    measures: &[],
    track: Tracking::Whole(|kept| {
        let taken = kept.sales?.taken;
        Some(monthly(inlined!(move |deepest: &mut Lanes, now: &Close<'_>| {
            let (taken, low) = (now.rows.get(taken), now.low.map_or(now.wealth, |[wealth, _]| wealth));
            for lane in 0..LANES {
                deepest[lane] = greater(part_taken(low[lane], taken[lane]), deepest[lane]);
            }
        })))
    }),
};

/// Returns the fraction of the wealth at the intramonth low without the month's sales that these have `taken`; `low` is the
/// wealth left. It is 1 where taxes owed exceed what is left, and 0 where they did without the sales.
#[inline(always)]
pub fn part_taken(low: f64, taken: f64) -> f64 {
    let without = low + taken;
    if taken > 0.0 && without > 0.0 { lesser(taken / without, 1.0) } else { 0.0 }
}

pub(super) const FALSE: QuantityKind = QuantityKind {
    name: "false_sales",
    measures: &[Declared {
        run: &[MEAN],
        doc: "Mean of Σ ln((W + c)/W) over the months of a path. W is wealth at the intramonth low, before bills; W + c is the \
              same without false signals in that month (docs/model.md, False sales). Months with W ≤ 0 are left out. Error: s/√n (central limit \
              theorem).",
        ..of_agents("loop.false_sales", "log wealth lost to false signals at intramonth lows", Unit::Fraction)
    }],
    track: Tracking::Whole(|kept| {
        let falsely = kept.sales?.falsely;
        Some(monthly(inlined!(move |sum: &mut Lanes, now: &Close<'_>| {
            let falsely = now.rows.get(falsely);
            let low = now.low.map_or(now.wealth, |[wealth, _]| wealth);
            // taxes owed can leave wealth at or below zero, from which nothing can be taken
            for lane in Hits::of(|lane| falsely[lane] > 0.0 && low[lane] > 0.0).iter() {
                sum[lane] += ln(1.0 + falsely[lane] / low[lane]);
            }
        })))
    }),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crash_that_leaves_less_than_is_owed_takes_all() {
        assert_eq!(part_taken(75.0, 25.0), 0.25);
        assert_eq!([0.0, -1e-9, -5.0].map(|low| part_taken(low, 20.0)), [1.0; 3]);
        // what was gone before cannot be taken
        assert_eq!([-20.0, -30.0].map(|low| part_taken(low, 20.0)), [0.0; 2]);
        assert_eq!(part_taken(100.0, 0.0), 0.0);
    }
}
