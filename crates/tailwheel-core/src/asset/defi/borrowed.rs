//! Borrowed money: its yield, its interest and the lender's limit.
//!
//! ```text
//! L     leverage of every month, kept by the strategy: position L·V, debt (L − 1)·V; 1 after a liquidation
//! net   = L·yield − (L − 1)·interest·f      per month; a deficit comes out of the value;
//!                                           f: base yield relative to the first month
//! moves   cost L times as much as without debt
//! ```

use super::Pools;
use crate::asset::{Coefficient, Lever, Slot, State, Whole, idle, wear};
use crate::book::Cause;
use crate::form::{Reader, fault};
use crate::market::STEPS_PER_YEAR;
use crate::math::{LANES, greater, lesser};
use crate::stage::{Build, Liquidation, Phase, Row};
use crate::units::{Leverage, PositiveShare, TradeCost};

/// Id of the state that becomes 0 when a lender has liquidated the position.
pub const LEVERED: &str = "levered";

/// Reported states of a leveraged position.
pub(super) const STATES: &[State] =
    &[State { id: LEVERED, title: "leverage", whole: Whole::Start, is_alive: false }];

/// A leveraged position and its loan terms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Borrowed {
    /// Leverage: position per unit of value.
    pub leverage: f64,
    /// Monthly interest per unit of debt, at the median.
    pub interest: f64,
    threshold: f64,
    penalty: f64,
}

impl Borrowed {
    /// Reads the loan from the keys; `None` if nothing is borrowed.
    pub(super) fn of(pools: &Pools) -> Option<Self> {
        Some(Self {
            leverage: pools.leverage?.get(),
            interest: pools.borrow_rate.map_or(0.0, |rate| rate.get()) / STEPS_PER_YEAR,
            threshold: pools.liquidation_threshold?.get(),
            penalty: pools.liquidation_penalty?.get(),
        })
    }

    /// Payment and losses of a month at leverage `times`. `rate` is the yield, `interest` the cost of debt
    /// and `moved` the cost of moves, each monthly and per unit of position.
    #[inline(always)]
    pub(super) fn month(self, times: f64, rate: f64, interest: f64, moved: f64) -> LoanMonth {
        let net = (times - 1.0).mul_add(rate - interest, rate);
        LoanMonth { paid: greater(net, 0.0), short: greater(-net, 0.0), moved: lesser(times * moved, 1.0) }
    }

    /// Adds the monthly stages of a leveraged position. The row `rate` holds the yield and afterwards the paid
    /// income; `factor` multiplies the `interest`; moves between chains cost the fraction `lost` of the position. Must
    /// be called after the kind of asset has added its own stages.
    pub(super) fn build(
        self,
        rate: Row,
        factor: Row,
        interest: Coefficient,
        lost: Coefficient,
        slot: &Slot,
        build: &mut Build,
    ) -> Lever {
        let liquidation = Liquidation {
            standing: slot.states[0],
            threshold: self.threshold,
            penalty: self.penalty,
            to: build.world(Cause::Haircut),
        };
        let (exposure, standing) = (build.row_of(self.leverage), liquidation.standing);
        // fractions of the value lost to moves and to unpaid interest
        let [moved, short] = [build.row(), build.row()];
        build.fill(&[standing], 1.0);
        build.step(
            Phase::Operate,
            "Carry",
            #[inline(always)]
            move |cx| {
                let (exposure, factor) = (*cx.rows.get(exposure), *cx.rows.get(factor));
                let mut paid = *cx.rows.get(rate);
                let [interest, lost] = [interest, lost].map(|of| of.of_paths(cx.rows));
                let [moved, short] = cx.rows.pair(moved, short);
                for lane in 0..LANES {
                    let interest = interest[lane] * factor[lane];
                    let month = self.month(exposure[lane], paid[lane], interest, lost[lane]);
                    (moved[lane], short[lane]) = (month.moved, month.short);
                    paid[lane] = month.paid;
                }
                *cx.rows.get_mut(rate) = paid;
            },
        );
        for (row, cause) in [(moved, Cause::Haircut), (short, Cause::Cost)] {
            wear::build(slot.value, Coefficient::PerPath(row), cause, build);
        }
        // a liquidated position borrows no more
        build.step(
            Phase::Prepare,
            "Next",
            #[inline(always)]
            move |cx| {
                let borrowed = self.leverage - 1.0;
                let [exposure, standing] = cx.rows.pair(exposure, standing);
                exposure.each(|lane, _| borrowed.mul_add(standing[lane], 1.0));
            },
        );
        Lever { exposure, liquidation: Some(liquidation) }
    }
}

/// Monthly interest per unit of debt, per path.
pub(super) fn interest(pools: &Pools, build: &mut Build) -> Coefficient {
    let rate = build.drawn_or_zero("borrow_rate", pools.borrow_rate.as_ref());
    Coefficient::from([rate], build, |[rate]| rate / STEPS_PER_YEAR)
}

/// Payment and losses of a month per unit of value.
pub(super) struct LoanMonth {
    pub paid: f64,
    /// Interest per unit of value that the yield of the month did not cover.
    pub short: f64,
    /// Cost of moving the position between chains, per unit of value.
    pub moved: f64,
}

/// Removes the keys of the loan, so that the position borrows nothing.
pub(super) fn repay(pools: &mut Pools) {
    (pools.leverage, pools.borrow_rate) = (None, None);
    (pools.liquidation_threshold, pools.liquidation_penalty) = (None, None);
}

/// Keys that only a position with borrowed money may have.
const OF_DEBT: [&str; 3] = ["borrow_rate", "liquidation_threshold", "liquidation_penalty"];

/// Refuses a loan without interest or limit, and a limit that is reached on day one.
pub(super) fn check(pools: &mut Pools, reader: &mut Reader<'_>) {
    if !reader.sound(&["leverage"]) {
        return;
    }
    let Some(leverage) = pools.leverage.filter(|leverage| leverage.get() > 1.0) else {
        // A leverage of 1 may be written to compare it with other values.
        match pools.leverage {
            Some(_) => OF_DEBT.into_iter().for_each(|key| reader.forget(key)),
            None => {
                let why = |key: &str| format!("what borrows nothing has no `{key}`");
                idle::refuse(OF_DEBT, why, "leverage = 2", reader);
            }
        }
        repay(pools);
        return;
    };
    if reader.sound(&OF_DEBT) {
        check_terms(leverage, pools, reader);
    }
}

fn check_terms(leverage: Leverage, pools: &Pools, reader: &mut Reader<'_>) {
    let given = [
        pools.borrow_rate.is_some(),
        pools.liquidation_threshold.is_some(),
        pools.liquidation_penalty.is_some(),
    ];
    for ((key, value), _) in
        OF_DEBT.into_iter().zip(["\"7 %/year\"", "0.8", "0.05"]).zip(given).filter(|(_, given)| !given)
    {
        fault!(reader, "missing", "borrowed money needs a `{key}`"; "leverage" => "borrows";
            such_as: "{key} = {value}");
    }
    let threshold = pools.liquidation_threshold.map(PositiveShare::get);
    let Some((threshold, penalty)) = threshold.zip(pools.liquidation_penalty.map(TradeCost::get)) else {
        return;
    };
    if threshold * (1.0 + penalty) >= 1.0 {
        fault!(reader, "income", "the lender would sell too late";
            "liquidation_threshold" => "leaves nothing for the penalty"; "liquidation_penalty" => "the penalty";
            rule: "liquidation_threshold·(1 + liquidation_penalty) is below 1");
    } else if leverage.get() * (1.0 - threshold) >= 1.0 {
        let most = 1.0 / (1.0 - threshold);
        let lower = (50.0 * (1.0 + most)).floor() / 100.0;
        fault!(reader, "income", "the lender would sell on day one";
            "leverage" => "owes more than the threshold allows"; "liquidation_threshold" => "the threshold";
            such_as: "leverage = {lower}"; rule: "(leverage - 1)/leverage is below liquidation_threshold");
    }
}
