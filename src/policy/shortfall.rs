//! What happens when the account cannot pay: assets are sold, and when none is left, the owner is ruined.

use super::{Owner, Purse, is_closed};
use crate::book::{Account, Cause};
use crate::math::{Hits, lesser};
use crate::stage::{AverageCost, Build, Coefficient, Cx, Phase, Row, Stage};

/// A part of what flowed in the month that is rounding and no debt.
const ROUNDING: f64 = 1e-9;

/// A holding that can be sold in need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Saleable {
    /// What it is worth.
    pub value: Account,
    /// Lost in a sale in need, a fraction of the amount.
    pub haircut: Coefficient,
    /// What it cost on average, if gains are taxed.
    pub average_cost: Option<AverageCost>,
    /// Last month in which it cannot be sold, if an event may stop that.
    pub closed: Option<Row>,
}

/// Forced sales, in the order of the holdings, until the account stands at zero:
///
/// ```text
/// sold_k = min(V_k, need/(1 − h_k))      need falls by sold_k(1 − h_k)
/// ```
///
/// `h` is that of the holding, and twice as large, at most 1, in a month in which agents made a market fall far. What is
/// still owed when everything is sold is `unpaid`, and from the next month on the path stands still. What is closed by an
/// event is not sold, and lost to who is ruined meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub struct Shortfall {
    /// Those with the least haircut first.
    pub saleable: Vec<Saleable>,
    /// What insurers and those who pay late owe, which nobody buys: of who is ruined it is lost.
    pub receivables: Vec<Account>,
    /// Log-fall of the month by forced sales of agents, and from which on haircuts are twice as large; none
    /// without agents.
    pub crash: Option<(Row, f64)>,
}

impl Shortfall {
    /// Leaves its stage in the plan.
    pub fn build(self, owner: &Owner, purse: &Purse, build: &mut Build) {
        let (lost, unpaid) = (build.world(Cause::Haircut), build.world(Cause::Unpaid));
        let (cash, purse) = (owner.cash, *purse);
        build.stage(
            Phase::Shortfall,
            Raise {
                saleable: self.saleable,
                receivables: self.receivables,
                owed: owner.owed,
                crash: self.crash,
                cash,
                lost,
                unpaid,
                purse,
            },
        );
    }
}

struct Raise {
    saleable: Vec<Saleable>,
    receivables: Vec<Account>,
    owed: Option<Account>,
    crash: Option<(Row, f64)>,
    cash: Account,
    lost: Account,
    unpaid: Account,
    purse: Purse,
}

impl Stage for Raise {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let (cash, flowed) = (cx.book.value(self.cash), cx.rows.get(self.purse.flowed));
        let short = Hits::of(|lane| -cash[lane] > ROUNDING * flowed[lane]);
        cx.rows.get_mut(self.purse.flowed).fill(0.0);
        for lane in short.iter() {
            self.raise(cx, lane);
        }
        cx.rows.get_mut(self.purse.spent).fill(0.0);
    }
}

impl Raise {
    fn raise(&self, cx: &mut Cx<'_>, lane: usize) {
        let times = match self.crash {
            Some((fall, from)) if cx.rows.get(fall)[lane] >= from => 2.0,
            _ => 1.0,
        };
        for holding in &self.saleable {
            let need = -cx.book.value(self.cash)[lane];
            if need <= 0.0 {
                return;
            }
            if is_closed(holding.closed, cx, lane) {
                continue;
            }
            let value = cx.book.value(holding.value)[lane];
            let kept = 1.0 - lesser(times * holding.haircut.on(cx.rows, lane), 1.0);
            // all of it, or as much as leaves the account at exactly zero
            let (brought, lost) = match value * kept > need {
                true => (need, need / kept - need),
                false => (value * kept, value - value * kept),
            };
            cx.book.post_lane(holding.value, self.cash, lane, brought);
            cx.book.post_lane(holding.value, self.lost, lane, lost);
            if let Some(average) = holding.average_cost.filter(|_| value > 0.0) {
                average.sell_lane(cx.rows, lane, (brought + lost) / value, brought);
            }
        }
        let unpaid = -cx.book.value(self.cash)[lane];
        if unpaid > 0.0 {
            cx.book.post_lane(self.unpaid, self.cash, lane, unpaid);
            cx.rows.get_mut(self.purse.ruined)[lane] = 1.0;
            let closed = self
                .saleable
                .iter()
                .filter(|holding| holding.closed.is_some())
                .map(|holding| &holding.value);
            for lost in self.receivables.iter().chain(closed) {
                let left = cx.book.value(*lost)[lane];
                cx.book.post_lane(*lost, self.lost, lane, left);
            }
            // what the owner lives on goes without first
            let [paid_out, spent] = cx.rows.pair(self.purse.paid_out, self.purse.spent);
            paid_out[lane] -= lesser(unpaid, spent[lane]);
            if let Some(owed) = self.owed {
                let owes = -cx.book.value(owed)[lane];
                cx.book.post_lane(self.unpaid, owed, lane, owes);
            }
        }
    }
}
