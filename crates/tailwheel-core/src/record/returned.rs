//! Money returned until the horizon: final wealth plus withdrawals minus contributions, in start-date prices.

use super::declared::{Figure, Statistic};
use super::loss::{PROBABILITY, SPREAD, in_both_worlds, shortfall, value_at_risk};
use super::{Border, Followed, Kind, id};
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity, Track};

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
    track: Followed::Whole(|kept| Some(Returned(Drawn::of(kept.border.as_ref()?)).boxed())),
};

#[derive(Clone)]
struct Returned(Drawn);

impl Track for Returned {
    fn open(&mut self) {
        self.0.open();
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        self.0.keep(now);
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        self.0.with_wealth(now)
    }
}

/// Withdrawals minus contributions so far, each month's in start-date prices.
#[derive(Clone)]
pub(super) struct Drawn {
    border: Border,
    sum: Lanes,
}

impl Drawn {
    pub(super) fn of(border: &Border) -> Self {
        Self { border: border.clone(), sum: Lanes::ZERO }
    }

    pub(super) fn open(&mut self) {
        self.sum = Lanes::ZERO;
    }

    #[inline(always)]
    pub(super) fn keep(&mut self, now: &Close<'_>) {
        let level = now.rows.get(self.border.prices);
        let paid_out = now.rows.get(self.border.paid_out);
        self.sum.each(|lane, own| own + paid_out[lane] / level[lane]);
    }

    /// Returns net worth plus net withdrawals so far, in start-date prices.
    #[inline(always)]
    pub(super) fn with_wealth(&self, now: &Close<'_>) -> Lanes {
        let level = now.rows.get(self.border.prices);
        Lanes::of(|lane| now.wealth[lane] / level[lane] + self.sum[lane])
    }
}
