//! Forced sales: assets are sold if the account cannot pay. If that is not enough, the owner is ruined.

use super::{Owner, Purse, is_closed};
use crate::book::{Account, Cause};
use crate::math::{Hits, ROUNDING, lesser};
use crate::stage::{AverageCost, Build, Coefficient, Cx, Phase, Row};

/// A holding that can be sold to cover a deficit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Saleable {
    /// Account with the value of the holding.
    pub value: Account,
    /// Transaction cost of a forced sale, as a fraction of the sold amount.
    pub haircut: Coefficient,
    /// Average cost of the holding; `None` if gains are not taxed.
    pub average_cost: Option<AverageCost>,
    /// Last month in which the holding cannot be sold; `None` if no event stops sales.
    pub closed: Option<Row>,
}

/// Forced sales in the order of the holdings, until the account is at zero:
///
/// ```text
/// sold_k = min(V_k, need/(1 − h_k))      need decreases by sold_k(1 − h_k)
/// ```
///
/// `V` is the value of a holding, `need` the deficit, `h` the haircut. It doubles, to at most 1, in a month when
/// forced sales of agents made a market fall far. A debt that remains after all sales is posted as `unpaid`; the
/// owner is ruined and the path stands still from the next month on. A holding closed by an event is not sold;
/// ruin takes it.
#[derive(Clone, Debug)]
pub struct Shortfall {
    pub owner: Owner,
    pub purse: Purse,
    /// Holdings in the order of sale, the smallest haircut first.
    pub saleable: Vec<Saleable>,
    /// Receivables from insurers and late payers. They cannot be sold; a ruined owner loses them.
    pub receivables: Vec<Account>,
    /// Row of the month's log-fall by agent selling, and the fall from which haircuts double; `None` without
    /// agents.
    pub crash: Option<(Row, f64)>,
}

impl Shortfall {
    /// Adds the stage of the forced sales to the plan.
    pub fn build(self, build: &mut Build) {
        let [lost_to, unpaid_by] = [Cause::Haircut, Cause::Unpaid].map(|cause| build.world(cause));
        build.step(
            Phase::Shortfall,
            "Raise",
            #[inline(always)]
            move |cx| {
                let (cash, flowed) = (cx.book.value(self.owner.cash), cx.rows.get(self.purse.flowed));
                let short = Hits::of(|lane| -cash[lane] > ROUNDING * flowed[lane]);
                cx.rows.get_mut(self.purse.flowed).fill(0.0);
                for lane in short.iter() {
                    self.raise(cx, lane, lost_to, unpaid_by);
                }
                cx.rows.get_mut(self.purse.spent).fill(0.0);
            },
        );
    }

    /// Sells holdings on the path in `lane` until its account is at zero. Transaction costs go to
    /// the account `lost_to`; a debt that remains is paid by `unpaid_by`.
    fn raise(&self, cx: &mut Cx<'_>, lane: usize, lost_to: Account, unpaid_by: Account) {
        let times = match self.crash {
            Some((fall, from)) if cx.rows.get(fall)[lane] >= from => 2.0,
            _ => 1.0,
        };
        for holding in &self.saleable {
            let need = -cx.book.value(self.owner.cash)[lane];
            if need <= 0.0 {
                return;
            }
            if is_closed(holding.closed, cx, lane) {
                continue;
            }
            let value = cx.book.value(holding.value)[lane];
            let kept = 1.0 - lesser(times * holding.haircut.on(cx.rows, lane), 1.0);
            // all of it, or exactly as much as brings the account to zero
            let (brought, lost) = if value * kept > need {
                (need, need / kept - need)
            } else {
                (value * kept, value - value * kept)
            };
            cx.book.post_lane(holding.value, self.owner.cash, lane, brought);
            cx.book.post_lane(holding.value, lost_to, lane, lost);
            if let Some(average) = holding.average_cost.filter(|_| value > 0.0) {
                average.sell_lane(cx.rows, lane, (brought + lost) / value, brought);
            }
        }
        let unpaid = -cx.book.value(self.owner.cash)[lane];
        if unpaid > 0.0 {
            cx.book.post_lane(unpaid_by, self.owner.cash, lane, unpaid);
            cx.rows.get_mut(self.purse.ruined)[lane] = 1.0;
            let closed =
                self.saleable.iter().filter(|holding| holding.closed.is_some()).map(|holding| &holding.value);
            for lost in self.receivables.iter().chain(closed) {
                let left = cx.book.value(*lost)[lane];
                cx.book.post_lane(*lost, lost_to, lane, left);
            }
            // the unpaid amount counts as spending first, which then never left the portfolio
            let [paid_out, spent] = cx.rows.pair(self.purse.paid_out, self.purse.spent);
            paid_out[lane] -= lesser(unpaid, spent[lane]);
            if let Some(owed) = self.owner.owed {
                let owes = -cx.book.value(owed)[lane];
                cx.book.post_lane(unpaid_by, owed, lane, owes);
            }
        }
    }
}
