//! The insurer of a holding: claims, their payment after the waiting time, the limit of a policy year.
//!
//! In: terms of the insurance. Out: [`Insurer`], whose steps the stages of `cover` and `parametric` take. Not
//! here: the amount of a claim.

use crate::book::{Account, Cause};
use crate::math::{Hits, greater, lesser};
use crate::random::discrete::strikes;
use crate::random::{Purpose, Rare};
use crate::stage::{Build, Cx, Draw, Row};

const YEAR: u32 = 12;

/// Factor on the insurer's probability of default in a crisis.
const WRONG_WAY: f64 = 3.0;

/// Terms and rows of the insurance of one holding.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// Value of the holding at the start of the month.
    pub start: Row,
    /// Value lost this month to events of the insured cause. The insurance resets the row to zero.
    pub loss: Row,
    /// Largest total payout per policy year, nominal.
    pub limit: f64,
    /// Smallest insured loss, as a fraction of the value at the start of the month.
    pub attachment: f64,
    /// Months between a claim and its payment, at least 1.
    pub waiting: u32,
    /// Yearly premium, as a fraction of the limit.
    pub premium: f64,
    /// Probability that the insurer defaults on a claim, outside crises.
    pub default: f64,
    /// 1 in a crisis, else 0; `None` without a crisis regime.
    pub crisis: Option<Draw>,
    pub tally: CoverTally,
}

/// Totals over all insurances of a path, in money of the start.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverTally {
    pub payouts: Row,
    /// Losses from insured causes that no payout compensated.
    pub missed: Row,
    /// Payouts in excess of the losses.
    pub beyond: Row,
    /// Insured amount times years, in money of the start: the sum of limit/12 over insurances and paid months.
    pub insured: Row,
    /// Price level at the end of the month, 1 on day one.
    pub prices: Row,
}

impl CoverTally {
    /// Creates the rows of the insurance totals, all zero. `prices` is the row of price levels.
    pub fn of(prices: Row, build: &mut Build) -> Self {
        Self { payouts: build.row(), missed: build.row(), beyond: build.row(), insured: build.row(), prices }
    }
}

/// The insurer of one holding: pending payouts, and the used part of the limit.
pub(super) struct Insurer {
    pub of: Cover,
    cash: Account,
    /// Claims granted and not yet paid.
    pub receivable: Account,
    payout: Account,
    /// Payouts granted but not due yet: row `m` modulo the waiting time holds those to be paid in month `m`.
    pending: Vec<Row>,
    /// Amount of this policy year's limit that earlier claims have used, nominal.
    used: Row,
    insurer: Rare,
    ruined: Row,
}

impl Insurer {
    /// Creates the accounts and rows of the insurance being built, which pays to the account `cash`.
    pub fn build(of: Cover, cash: Account, ruined: Row, build: &mut Build) -> Self {
        Self {
            cash,
            receivable: build.account(0.0),
            payout: build.world(Cause::Payout),
            pending: (0..of.waiting).map(|_| build.row()).collect(),
            used: build.row(),
            insurer: build.rare(Purpose::Insurer),
            ruined,
            of,
        }
    }

    /// Pays the insurance amounts due this month, and restores the limit at the start of a policy year.
    #[inline(always)]
    pub fn open_month(&self, cx: &mut Cx<'_>) {
        let month = cx.month.index;
        let pending = self.pending_of(month);
        let ruined = cx.rows.get(self.ruined);
        let due = cx.rows.get(pending);
        // a ruined owner receives nothing
        cx.book.post_with(self.receivable, self.cash, |lane, _, _| due[lane] * (1.0 - ruined[lane]));
        cx.rows.get_mut(pending).fill(0.0);
        if (month - 1).is_multiple_of(YEAR) {
            cx.rows.get_mut(self.used).fill(0.0);
        }
    }

    /// Paths of the block on which events of the insured cause took value this month.
    #[inline(always)]
    pub fn affected(&self, cx: &Cx<'_>) -> Hits {
        let loss = cx.rows.get(self.of.loss);
        Hits::of(|lane| loss[lane] > 0.0)
    }

    /// Reads the month's loss on one path and resets it. The bool is true if it allows a claim: the loss
    /// reaches the attachment and the owner is not ruined.
    pub fn take_loss(&self, cx: &mut Cx<'_>, lane: usize) -> (f64, bool) {
        let loss = std::mem::take(&mut cx.rows.get_mut(self.of.loss)[lane]);
        let start = cx.rows.get(self.of.start)[lane];
        let is_enough = loss >= self.of.attachment * start;
        (loss, is_enough && !self.is_ruined(cx, lane))
    }

    pub fn is_ruined(&self, cx: &Cx<'_>, lane: usize) -> bool {
        cx.rows.get(self.ruined)[lane] != 0.0
    }

    /// Grants an insurance payout of `asked` for a `loss`, capped at the unused part of the limit. Pays
    /// nothing if the insurer defaults.
    pub fn claim(&self, cx: &mut Cx<'_>, lane: usize, asked: f64, loss: f64) {
        let mut payout = 0.0;
        if !self.defaults(cx, lane) {
            let used = &mut cx.rows.get_mut(self.used)[lane];
            payout = lesser(asked, self.of.limit - *used);
            *used += payout;
            let pending = self.pending_of(cx.month.index);
            cx.rows.get_mut(pending)[lane] = payout;
            cx.book.post_lane(self.payout, self.receivable, lane, payout);
            self.note(cx, lane, self.of.tally.payouts, payout);
        }
        self.miss(cx, lane, loss - payout);
        self.note(cx, lane, self.of.tally.beyond, greater(payout - loss, 0.0));
    }

    /// Records `amount`, in money of the month, as a loss without compensation.
    pub fn miss(&self, cx: &mut Cx<'_>, lane: usize, amount: f64) {
        self.note(cx, lane, self.of.tally.missed, greater(amount, 0.0));
    }

    fn note(&self, cx: &mut Cx<'_>, lane: usize, row: Row, amount: f64) {
        let level = cx.rows.get(self.of.tally.prices)[lane];
        cx.rows.get_mut(row)[lane] += amount / level;
    }

    fn pending_of(&self, month: u32) -> Row {
        self.pending[(month % self.of.waiting) as usize]
    }

    fn defaults(&self, cx: &Cx<'_>, lane: usize) -> bool {
        let path = cx.month.first_path + lane as u64;
        let [uniform, _] = self.insurer.uniform2(path, cx.month.index, 0);
        let in_crisis = self.of.crisis.map_or(0.0, |state| cx.draws.row(state)[lane]);
        let times = (WRONG_WAY - 1.0).mul_add(in_crisis, 1.0);
        strikes(uniform, times * self.of.default)
    }
}
