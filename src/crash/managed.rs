//! A holding that an agent of the owner's minds: it sells when its cluster does.
//!
//! In: rows of the loop, accounts. Out: postings with cause loop, proceeds for the owner. Not here:
//! holdings that nobody sells in a fall (`holding`).

use super::execution::average_execution;
use super::holding::{Sums, add};
use super::spec::LoopSlot;
use crate::book::{Account, Cause};
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes};
use crate::stage::{AverageCost, Build, Cx, Phase, Row, Stage};

/// The owner's agent of a holding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agent {
    /// Share of its cluster's blocks that fired this month.
    pub fired: Row,
    /// Part φ of its position that an agent of the cluster sells.
    pub sell_fraction: f64,
    /// What the holding cost on average, if gains are taxed.
    pub average_cost: Option<AverageCost>,
    /// Last month in which it cannot be sold, if an event may stop that.
    pub closed: Option<Row>,
}

/// Leaves the loop's part of the revaluation of a holding that `agent` minds.
///
/// ```text
/// sold     = φ·f·V                          V: after the month's own return; f = k_g/N_g
/// proceeds = sold·e^r·(1 − e^(−βy))/(βy)    r: β times what earlier falls have recovered by then
/// V        ← (V − sold)·exp(β·part)         part: the loop's log-return at the close
/// ```
///
/// The agent is one of a share `f` of its cluster and gets the average price of the fall; it is a
/// price taker, and what it sold misses the rebound. `proceeds − sold` is the loop's. They go to
/// `proceeds` when income is paid, so they earn no interest in this month; if that is the holding
/// itself, the agent has bought back at the close. `sums` collects the holding without proceeds that
/// leave it.
pub fn hold_managed(
    value: Account,
    proceeds: Account,
    slot: LoopSlot,
    beta: f64,
    agent: Agent,
    sums: Sums,
    build: &mut Build,
) {
    let from = build.world(Cause::Loop);
    let sold_for = (proceeds != value).then(|| build.account(0.0));
    build.loop_stage(Phase::Revalue, Managed { value, sold_for, from, slot, beta, agent, sums });
    if let Some(from) = sold_for {
        build.loop_stage(Phase::Earn, Deliver { from, to: proceeds });
    }
}

struct Managed {
    value: Account,
    /// Where proceeds wait for the owner; without one they stay in the holding.
    sold_for: Option<Account>,
    from: Account,
    slot: LoopSlot,
    beta: f64,
    agent: Agent,
    sums: Sums,
}

impl Stage for Managed {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let (sold, proceeds) = self.sales(cx);
        let fired = *cx.rows.get(self.agent.fired);
        self.collect_trough(cx, &sold, &proceeds);
        self.post(cx, &sold, &proceeds);
        let average = self.agent.average_cost.filter(|_| self.sold_for.is_some());
        if let Some(average) = average {
            let share = |lane: usize| match sold[lane] > 0.0 {
                true => self.agent.sell_fraction * fired[lane],
                false => 0.0,
            };
            average.sell(cx.rows, share, |lane| proceeds[lane]);
        }
    }
}

impl Managed {
    /// What was sold leaves before the price moves, so that of a holding that was sold whole nothing stays, not even
    /// the rounding of its price, which a rebound would multiply.
    #[inline(always)]
    fn post(&self, cx: &mut Cx<'_>, sold: &Lanes, proceeds: &Lanes) {
        let part = cx.rows.get(self.slot.at_close);
        if let Some(account) = self.sold_for {
            cx.book.post(self.value, account, sold);
            cx.book.post_with(self.from, account, |lane, _, _| proceeds[lane] - sold[lane]);
            cx.book.post_with(self.from, self.value, |lane, _, left| {
                left * (exp(self.beta * part[lane]) - 1.0)
            });
        } else {
            cx.book.post_with(self.from, self.value, |lane, _, value| {
                let left = (value - sold[lane]) * exp(self.beta * part[lane]);
                left + proceeds[lane] - value
            });
        }
    }

    /// What is sold, at the value before the fall, and what it brings.
    #[inline(always)]
    fn sales(&self, cx: &Cx<'_>) -> (Lanes, Lanes) {
        let (mut sold, mut proceeds) = (Lanes::ZERO, Lanes::ZERO);
        let value = cx.book.value(self.value);
        let fired = cx.rows.get(self.agent.fired);
        let (fall, at_trough) = (cx.rows.get(self.slot.fall), cx.rows.get(self.slot.at_trough));
        let month = f64::from(cx.month.index);
        let is_open = |lane: usize| {
            let closed = self.agent.closed;
            closed.is_none_or(|closed| cx.rows.get(closed)[lane] < month)
        };
        for lane in (0..LANES).filter(|lane| fired[*lane] > 0.0 && is_open(*lane)) {
            let recovered = self.beta * (at_trough[lane] + fall[lane]);
            let price = average_execution(-recovered, self.beta * fall[lane]);
            sold[lane] = self.agent.sell_fraction * fired[lane] * value[lane];
            proceeds[lane] = sold[lane] * price;
        }
        (sold, proceeds)
    }

    /// Before the close is posted: what is left at its trough, and what was sold at its price if
    /// that still counts among the holdings.
    #[inline(always)]
    fn collect_trough(&self, cx: &mut Cx<'_>, sold: &Lanes, proceeds: &Lanes) {
        let mut before: Lanes = *cx.book.value(self.value);
        let mut at = before;
        let at_trough = cx.rows.get(self.slot.at_trough);
        let stays = self.sold_for.is_none();
        let value = before;
        let of_left = |lane: usize, at: f64| (value[lane] - sold[lane]) * exp(self.beta * at);
        for lane in (0..LANES).filter(|lane| at_trough[*lane] != 0.0 || sold[*lane] > 0.0) {
            let left = (at[lane] - sold[lane]) * exp(self.beta * at_trough[lane]);
            at[lane] = if stays { left + proceeds[lane] } else { left };
            before[lane] -= if stays { 0.0 } else { proceeds[lane] };
        }
        add(cx.rows.get_mut(self.sums.before), &before);
        add(cx.rows.get_mut(self.sums.trough), &at);
        self.sums.add_falsely(cx.rows, self.slot, self.beta, of_left);
    }
}

/// Hands what the agent's sales brought to the owner.
struct Deliver {
    from: Account,
    to: Account,
}

impl Stage for Deliver {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        cx.book.post_with(self.from, self.to, |_, waiting, _| waiting);
    }
}
