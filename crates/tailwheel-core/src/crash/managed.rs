//! A holding managed by the owner's agent, which sells when its cluster sells.
//!
//! In: rows of the feedback loop, accounts. Out: postings with `Cause::Loop`, proceeds for the owner. Not
//! here: holdings without an agent (`holding`).

use super::holding::LowRows;
use super::spec::FeedbackSlot;
use crate::book::{Account, Cause};
use crate::math::elementary::{exp, expm1};
use crate::math::{LANES, Lanes};
use crate::stage::{AverageCost, Build, Cx, Phase, Row, Stage};

/// The agent of a cluster that manages a holding for the owner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agent {
    /// Share of the cluster's blocks of agents that sold this month, per path.
    pub fired: Row,
    /// Fraction φ of the holding that the agent sells if its whole cluster sells.
    pub sell_fraction: f64,
    /// Average cost of the holding; `None` if gains are not taxed.
    pub average_cost: Option<AverageCost>,
    /// Last month in which an event stops sales of the holding, per path; `None` if no event can.
    pub closed: Option<Row>,
}

/// Adds the stage that computes the effect of agent selling on a holding that `agent` manages.
///
/// ```text
/// sold     = φ·f·V                          V: after the market's own return; f: share of blocks that sold
/// proceeds = sold·e^r·(1 − e^(−βy))/(βy)    r: β times the recovery of earlier falls; y: fall by sales
/// V        ← (V − sold)·exp(β·part)         part: log-return by agent selling at the close
/// ```
///
/// If the share `f` of its cluster sells, the agent sells the fraction φ·f of the holding at the average
/// price of the fall. It does not move the price, and the part sold misses the rebound. `proceeds − sold`
/// is posted with `Cause::Loop`.
///
/// Proceeds reach the account `proceeds` when income is paid, so they earn no interest this month. If that
/// account is `value`, the agent has bought back at the close. Returns the account in which proceeds wait.
pub fn hold_managed(
    value: Account,
    proceeds: Account,
    slot: FeedbackSlot,
    beta: f64,
    agent: Agent,
    low: LowRows,
    build: &mut Build,
) -> Option<Account> {
    let from = build.world(Cause::Loop);
    let sold_for = (proceeds != value).then(|| build.account(0.0));
    build.feedback_stage(Phase::Revalue, ManagedSale { value, sold_for, from, slot, beta, agent, low });
    if let Some(from) = sold_for {
        build.feedback_step(
            Phase::Earn,
            "Deliver",
            #[inline(always)]
            move |cx| {
                cx.book.post_with(from, proceeds, |_, waiting, _| waiting);
            },
        );
    }
    sold_for
}

struct ManagedSale {
    value: Account,
    /// Account where proceeds wait for the owner; `None` if they stay in the holding.
    sold_for: Option<Account>,
    from: Account,
    slot: FeedbackSlot,
    beta: f64,
    agent: Agent,
    low: LowRows,
}

impl Stage for ManagedSale {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let (sold, proceeds) = self.sales(cx);
        let fired = *cx.rows.get(self.agent.fired);
        self.collect_low(cx, &sold, &proceeds);
        self.post(cx, &sold, &proceeds);
        let average = self.agent.average_cost.filter(|_| self.sold_for.is_some());
        if let Some(average) = average {
            let share =
                |lane: usize| if sold[lane] > 0.0 { self.agent.sell_fraction * fired[lane] } else { 0.0 };
            average.sell(cx.rows, share, |lane| proceeds[lane]);
        }
    }
}

impl ManagedSale {
    /// Posts the sale before the price move. So a holding sold completely is exactly zero, without a
    /// rounding error that a rebound would multiply.
    #[inline(always)]
    fn post(&self, cx: &mut Cx<'_>, sold: &Lanes, proceeds: &Lanes) {
        let part = cx.rows.get(self.slot.at_close);
        if let Some(account) = self.sold_for {
            cx.book.post(self.value, account, sold);
            cx.book.post_with(self.from, account, |lane, _, _| proceeds[lane] - sold[lane]);
            cx.book
                .post_with(self.from, self.value, |lane, _, left| left * (exp(self.beta * part[lane]) - 1.0));
        } else {
            cx.book.post_with(self.from, self.value, |lane, _, value| {
                let left = (value - sold[lane]) * exp(self.beta * part[lane]);
                left + proceeds[lane] - value
            });
        }
    }

    /// Returns the value sold, at prices before the fall by sales, and the proceeds.
    #[inline(always)]
    fn sales(&self, cx: &Cx<'_>) -> (Lanes, Lanes) {
        let (mut sold, mut proceeds) = (Lanes::ZERO, Lanes::ZERO);
        let value = cx.book.value(self.value);
        let fired = cx.rows.get(self.agent.fired);
        let (fall, at_low) = (cx.rows.get(self.slot.fall), cx.rows.get(self.slot.at_low));
        let month = f64::from(cx.month.index);
        let is_open = |lane: usize| {
            let closed = self.agent.closed;
            closed.is_none_or(|closed| cx.rows.get(closed)[lane] < month)
        };
        for lane in (0..LANES).filter(|lane| fired[*lane] > 0.0 && is_open(*lane)) {
            let recovered = self.beta * (at_low[lane] + fall[lane]);
            let price = average_execution(-recovered, self.beta * fall[lane]);
            sold[lane] = self.agent.sell_fraction * fired[lane] * value[lane];
            proceeds[lane] = sold[lane] * price;
        }
        (sold, proceeds)
    }

    /// Adds the holding to the month's sums before the close is posted: the unsold part at its low, plus the proceeds.
    #[inline(always)]
    fn collect_low(&self, cx: &mut Cx<'_>, sold: &Lanes, proceeds: &Lanes) {
        let value: Lanes = *cx.book.value(self.value);
        let (mut without, mut at) = (value, value);
        let (at_low, fall) = (cx.rows.get(self.slot.at_low), cx.rows.get(self.slot.fall));
        let of_left = |lane: usize, at: f64| (value[lane] - sold[lane]) * exp(self.beta * at);
        for lane in (0..LANES).filter(|lane| at_low[*lane] != 0.0 || sold[*lane] > 0.0) {
            at[lane] = of_left(lane, at_low[lane]) + proceeds[lane];
            without[lane] = value[lane] * exp(self.beta * (at_low[lane] + fall[lane]));
        }
        self.low.add(cx.rows, &without, &at);
        self.low.sums.add_falsely(cx.rows, self.slot, self.beta, of_left);
    }
}

/// Average price, relative to the start of the month, of a holding sold while the price falls. The
/// log-price falls by `loss` x before the sale and by `fall` y during it: `e^(−x)·(1 − e^(−y))/y`, or
/// `e^(−x)` for y = 0.
#[inline(always)]
pub fn average_execution(loss: f64, fall: f64) -> f64 {
    if fall == 0.0 {
        return exp(-loss);
    }
    exp(-loss) * -expm1(-fall) / fall
}
