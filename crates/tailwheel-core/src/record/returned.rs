//! Money returned until the horizon: final wealth plus withdrawals minus contributions, in start-date prices.

use super::declared::{Figure, Statistic};
use super::folded::monthly_then;
use super::loss::{PROBABILITY, SPREAD, in_both_worlds, shortfall, value_at_risk};
use super::{Border, Followed, Kind, id};
use crate::math::Lanes;
use crate::stage::{Close, Quantity, Row};

/// Net worth at the horizon plus withdrawals minus contributions so far, real; net worth alone if no money
/// enters or leaves the portfolio.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "returned", unit: "money of the start" },
    measures: &[
        in_both_worlds(PROBABILITY),
        SPREAD,
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
    track: Followed::Whole(|kept| {
        let drawn = Drawn::of(kept.border.as_ref()?);
        Some(monthly_then(
            #[inline(always)]
            move |[sum]: &mut [Lanes; 1], now: &Close<'_>| drawn.add(sum, now),
            #[inline(always)]
            move |[sum], now| drawn.with_wealth(sum, now),
        ))
    }),
};

/// Withdrawals minus contributions, each month's in start-date prices.
#[derive(Clone, Copy)]
pub(super) struct Drawn {
    paid_out: Row,
    /// Row of the price level.
    prices: Row,
}

impl Drawn {
    pub(super) fn of(border: &Border) -> Self {
        Self { paid_out: border.paid_out, prices: border.prices }
    }

    /// Adds those of the month to `sum`.
    #[inline(always)]
    pub(super) fn add(self, sum: &mut Lanes, now: &Close<'_>) {
        let (level, paid_out) = (now.rows.get(self.prices), now.rows.get(self.paid_out));
        sum.each(|lane, own| own + paid_out[lane] / level[lane]);
    }

    /// Returns net worth plus the `sum` of those so far, in start-date prices.
    #[inline(always)]
    pub(super) fn with_wealth(self, sum: &Lanes, now: &Close<'_>) -> Lanes {
        let level = now.rows.get(self.prices);
        Lanes::of(|lane| now.wealth[lane] / level[lane] + sum[lane])
    }
}
