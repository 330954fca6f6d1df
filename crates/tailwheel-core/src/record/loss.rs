//! Loss until the horizon and in the first year, computed from the money returned: final wealth plus
//! withdrawals minus contributions, in start-date prices.

use super::autonomy::chance;
use super::declared::{Better, Declared, Figure, Needs, SD, Statistic, UNBOUNDED, Unit, View};
use super::fold_tracks::monthly_then;
use super::{QuantityKind, TrackInputs, Tracking, YEAR, id};
use crate::math::{Lanes, inlined};
use crate::stage::{AnyTrack, Close, Row};

/// Base of the declarations of all amounts of loss: real money, of which less is better.
const LOSS: Declared = Declared {
    better: Better::Lower,
    range: UNBOUNDED,
    seen: View::Loss,
    ..Declared::of(id::LOSS, "loss, real", Unit::Money)
};

/// Declares the figures of the run also for the paired run without agents, and for their difference.
const fn in_both_worlds(declared: Declared) -> Declared {
    Declared { without_feedback: declared.run, added: declared.run, ..declared }
}

const fn value_at_risk(id: &'static str, title: &'static str, run: &'static [Figure]) -> Declared {
    Declared {
        id,
        title,
        run,
        doc: "L_(⌈np⌉), the real loss that is not exceeded with probability p (Jorion, Value at Risk, 3rd ed., §5). \
              Interval: binomial ranks (David & Nagaraja §7.1).",
        ..LOSS
    }
}

const fn shortfall(id: &'static str, title: &'static str, run: &'static [Figure]) -> Declared {
    Declared {
        id,
        title,
        run,
        doc: "Mean of the worst n(1 − p) real losses; the loss at the edge counts in part (Acerbi & Tasche 2002). \
              Error: Chen (2008).",
        ..LOSS
    }
}

pub(super) const RETURNED: QuantityKind = QuantityKind {
    name: "returned",
    measures: &[
        in_both_worlds(Declared {
            seen: View::Loss,
            needs: Needs::Nothing,
            ..chance(
                id::LOSS_PROBABILITY,
                "probability of loss",
                Better::Lower,
                "Share of paths with L > 0, where L = money invested − withdrawals − final wealth, all real.",
            )
        }),
        Declared { run: &[SD], ..LOSS },
        in_both_worlds(value_at_risk(
            id::VALUE_AT_RISK_95,
            "value at risk 95 %",
            &[Figure::only(Statistic::Quantile(0.95))],
        )),
        in_both_worlds(value_at_risk(
            "value_at_risk.99",
            "value at risk 99 %",
            &[Figure::only(Statistic::Quantile(0.99))],
        )),
        in_both_worlds(shortfall(
            id::EXPECTED_SHORTFALL_95,
            "expected shortfall 95 %",
            &[Figure::only(Statistic::Shortfall(0.95))],
        )),
        in_both_worlds(shortfall(
            "expected_shortfall.99",
            "expected shortfall 99 %",
            &[Figure::only(Statistic::Shortfall(0.99))],
        )),
    ],
    track: Tracking::Whole(|kept| {
        let drawn = FlowRows::of(kept)?;
        Some(monthly_then(
            inlined!(move |[sum]: &mut [Lanes; 1], now: &Close<'_>| drawn.add(sum, now)),
            inlined!(move |[sum], now| drawn.with_wealth(sum, now)),
        ))
    }),
};

/// Rows for withdrawals minus contributions, each month's in start-date prices.
#[derive(Clone, Copy)]
struct FlowRows {
    paid_out: Row,
    /// Row of the price level.
    prices: Row,
}

impl FlowRows {
    /// Returns the rows of withdrawals minus contributions; `None` if no money enters or leaves the portfolio.
    fn of(kept: &TrackInputs<'_>) -> Option<Self> {
        Some(Self { paid_out: kept.border.as_ref()?.paid_out, prices: kept.prices.level })
    }

    /// Adds the month's withdrawals minus contributions to `sum`, in start-date prices.
    #[inline(always)]
    fn add(self, sum: &mut Lanes, now: &Close<'_>) {
        let (level, paid_out) = (now.rows.get(self.prices), now.rows.get(self.paid_out));
        sum.each(|lane, own| own + paid_out[lane] / level[lane]);
    }

    /// Returns net worth plus `sum`, the withdrawals minus contributions so far, in start-date prices.
    #[inline(always)]
    fn with_wealth(self, sum: &Lanes, now: &Close<'_>) -> Lanes {
        let level = now.rows.get(self.prices);
        Lanes::of(|lane| now.wealth[lane] / level[lane] + sum[lane])
    }
}

/// Net worth after 12 months plus withdrawals minus contributions so far, real. Not kept if the horizon is
/// below one year.
pub(super) const RETURNED_YEAR1: QuantityKind = QuantityKind {
    name: "wealth_year1",
    measures: &[
        Declared {
            seen: View::LossOfTheFirstYear,
            ..value_at_risk(
                "value_at_risk.year1.995",
                "value at risk 99.5 % of the first year",
                &[Figure::only(Statistic::Quantile(0.995))],
            )
        },
        Declared {
            seen: View::LossOfTheFirstYear,
            ..shortfall(
                "expected_shortfall.year1.995",
                "expected shortfall 99.5 % of the first year",
                &[Figure::only(Statistic::Shortfall(0.995))],
            )
        },
    ],
    track: Tracking::Whole(|kept| (kept.n_months >= YEAR).then(|| wealth_year1(kept))),
};

/// Returns a track of the money returned after the first year. In its state, `sum` is the money drawn so far,
/// if money enters or leaves the portfolio.
fn wealth_year1(kept: &TrackInputs<'_>) -> Box<dyn AnyTrack> {
    let (drawn, prices) = (FlowRows::of(kept), kept.prices.level);
    monthly_then(
        inlined!(move |[sum, value]: &mut [Lanes; 2], now: &Close<'_>| {
            if now.month > YEAR {
                return;
            }
            if let Some(drawn) = drawn {
                drawn.add(sum, now);
            }
            if now.month == YEAR {
                let level = now.rows.get(prices);
                *value = match drawn {
                    Some(drawn) => drawn.with_wealth(sum, now),
                    None => Lanes::of(|lane| now.wealth[lane] / level[lane]),
                };
            }
        }),
        inlined!(|[_, value], _| *value),
    )
}
