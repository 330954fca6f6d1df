//! Volatility target of a mix: the higher its recent volatility, the more of it is held in cash.
//!
//! ```text
//! e_t   = min(1, target/s_t)                             fraction in the market in month t
//! s²'   = 2^(−1/h)·s² + (1 − 2^(−1/h))·12·ret²           ret: unexpected return of the mix in the month;
//! s_1 its volatility
//! r_t   = e_t·(mix + edge) + (1 − e_t)·cash − fee
//! ```

use super::Managed;
use crate::asset::{Coefficient, Slot, State, Whole, roi, wear};
use crate::market::STEPS_PER_YEAR;
use crate::math::{LANES, lesser};
use crate::stage::{Build, Phase, Row};

/// Reported states of a mix with a volatility target.
pub(super) const STATES: &[State] =
    &[State { id: "invested", title: "in the market", whole: Whole::Holdings, is_alive: false }];

/// Rule that sets the fraction of a mix in the market.
#[derive(Clone, Copy, Debug)]
pub(super) struct ExposureRule {
    /// Target volatility per year.
    volatility: f64,
    /// Weight of the earlier months in the monthly update of the variance estimate.
    kept: f64,
    /// Monthly return on cash.
    cash: f64,
    /// Monthly fee of the manager, as a fraction of the value.
    pub fee: Coefficient,
    /// Fraction of the mix in the market.
    pub exposure: Row,
}

impl ExposureRule {
    /// Reads the rule for the invested fraction from the keys; `None` without a volatility target. `fee` is monthly.
    pub(super) fn of(managed: &Managed, fee: Coefficient, slot: &Slot) -> Option<Self> {
        let half_life = managed.volatility_half_life;
        Some(Self {
            volatility: managed.volatility_target?.get(),
            kept: half_life.map_or(0.0, |half_life| wear::left(1.0, half_life.months())),
            cash: roi::monthly(slot.cash_rate) - 1.0,
            fee,
            exposure: slot.states[0],
        })
    }

    /// Monthly return net of the `fee`, with the fraction `invested` in the market. `whole` is the net
    /// return if all were invested.
    #[inline(always)]
    pub(super) fn returned(&self, whole: f64, fee: f64, invested: f64) -> f64 {
        invested.mul_add(whole + fee - self.cash, self.cash - fee)
    }

    /// Adds the stages that estimate the volatility of the mix and set the exposure. `price` is its
    /// expected monthly factor.
    pub(super) fn build(self, slot: &Slot, price: Row, build: &mut Build) {
        let at_first = slot.volatility * slot.volatility;
        let variance = build.row_of(at_first);
        build.fill(&[self.exposure], self.invested(at_first));
        // the exchange rate also moves the cash part
        let exchange = slot.exchange.map(|exchange| exchange.factor);
        let (value, start) = (slot.value, slot.start);
        // forced sales belong to the month's return
        build.step(
            Phase::Low,
            "Watch",
            #[inline(always)]
            move |cx| {
                let (start, mut price) = (*cx.rows.get(start), *cx.rows.get(price));
                if let Some(row) = exchange {
                    price *= cx.rows.get(row);
                }
                let value = cx.book.value(value);
                let [exposure, variance] = cx.rows.pair(self.exposure, variance);
                for lane in 0..LANES {
                    let before = start[lane] * price[lane];
                    // A month without a holding does not change the estimate.
                    if before > 0.0 {
                        let surprise = (value[lane] / before - 1.0) / exposure[lane];
                        let seen = STEPS_PER_YEAR * surprise * surprise;
                        variance[lane] = self.kept.mul_add(variance[lane] - seen, seen);
                    }
                    exposure[lane] = self.invested(variance[lane]);
                }
            },
        );
    }

    #[inline(always)]
    fn invested(&self, variance: f64) -> f64 {
        lesser(self.volatility / variance.sqrt(), 1.0)
    }
}
