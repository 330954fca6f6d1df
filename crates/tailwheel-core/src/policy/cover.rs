//! Insurance of a holding against loss events. It pays a part of the loss, or by a low yield after the
//! event (`parametric`).
//!
//! ```text
//! claim   if loss > 0 and loss ≥ attachment·V    V: value at the start of the month
//!                                                loss: value lost to events of the insured cause
//! payout  = min(limit left, max(cover·loss − deductible, 0)); nothing if the insurer defaults
//! paid `waiting` months later, untaxed; the limit is restored every twelve months
//! premium = rate·limit/12 a month while V > 0
//! ```
//!
//! The default of the insurer is drawn once per claim. In a crisis its probability is three times as high.

use super::parametric::{Trigger, Windows};
use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::math::{Hits, LANES, greater, lesser};
use crate::random::discrete::strikes;
use crate::random::{Purpose, Rare};
use crate::stage::{Build, Cx, Draw, Phase, Row, Stage};

const YEAR: u32 = 12;

/// Factor on the insurer's probability of default in a crisis.
const WRONG_WAY: f64 = 3.0;

/// Terms and rows of the insurance of one holding.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// Value of the holding at the start of the month.
    pub start: Row,
    /// Value lost this month to events of the insured cause; reset to zero here.
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
    /// Net income of the month, from which premiums are deducted.
    pub net_income: Row,
    /// Deductible costs since the last tax settlement; `None` without tax.
    pub deductible_costs: Option<Row>,
    pub tally: CoverTally,
}

/// Basis on which an insurance pays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pays {
    /// Pays the fraction `cover` of the loss, less the `deductible`.
    Loss { cover: f64, deductible: f64 },
    /// Pays if the yield after the event is low.
    Yield(Trigger),
}

/// Totals over all insurances of a path, in money of the start.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverTally {
    pub payouts: Row,
    /// Losses from insured causes that no payout compensated.
    pub missed: Row,
    /// Payouts in excess of the losses.
    pub beyond: Row,
    /// Sum over insurances of limit times years with premiums.
    pub insured: Row,
    /// Price level at the end of the month, 1 on day one.
    pub prices: Row,
}

impl CoverTally {
    /// Creates the rows for the object being built.
    pub fn of(prices: Row, build: &mut Build) -> Self {
        Self { payouts: build.row(), missed: build.row(), beyond: build.row(), insured: build.row(), prices }
    }
}

impl Cover {
    /// Adds the stages of the insurance being built to the plan. Returns the account with the insurer's
    /// debt to the owner.
    pub fn build(self, pays: Pays, owner: &Owner, purse: &Purse, build: &mut Build) -> Account {
        let receivable = build.account(0.0);
        let accounts = Accounts { cash: owner.cash, receivable, payout: build.world(Cause::Payout) };
        let pending = (0..self.waiting).map(|_| build.row()).collect();
        let (used, insurer) = (build.row(), build.rare(Purpose::Insurer));
        let premium = Premium {
            of: self.clone(),
            cash: owner.cash,
            world: build.world(Cause::Premium),
            ruined: purse.ruined,
            flowed: purse.flowed,
        };
        let insurer = Insurer { of: self, accounts, pending, used, insurer, ruined: purse.ruined };
        match pays {
            Pays::Loss { cover, deductible } => {
                let claims = Claims { insurer, cover, deductible };
                build.stage(Phase::Claim, claims);
            }
            Pays::Yield(trigger) => {
                let windows = Windows::of(insurer, trigger, build);
                build.stage(Phase::Claim, windows);
            }
        }
        build.stage(Phase::Cost, premium);
        receivable
    }
}

#[derive(Clone, Copy)]
struct Accounts {
    cash: Account,
    /// Claims granted and not yet paid.
    receivable: Account,
    payout: Account,
}

/// The insurer of one holding: pending payouts, and the used part of the limit.
pub(super) struct Insurer {
    pub of: Cover,
    accounts: Accounts,
    /// Payouts by month of payment, modulo the waiting time.
    pending: Vec<Row>,
    /// Part of this policy year's limit that has been used.
    used: Row,
    insurer: Rare,
    ruined: Row,
}

impl Insurer {
    /// Pays the insurance amounts due this month, and restores the limit at the start of a policy year.
    #[inline(always)]
    pub fn open_month(&self, cx: &mut Cx<'_>) {
        let month = cx.month.index;
        let pending = self.pending_of(month);
        let Accounts { cash, receivable, .. } = self.accounts;
        let ruined = cx.rows.get(self.ruined);
        let due = cx.rows.get(pending);
        // a ruined owner receives nothing
        cx.book.post_with(receivable, cash, |lane, _, _| due[lane] * (1.0 - ruined[lane]));
        cx.rows.get_mut(pending).fill(0.0);
        if (month - 1).is_multiple_of(YEAR) {
            cx.rows.get_mut(self.used).fill(0.0);
        }
    }

    /// Lanes on which events of the insured cause took value this month.
    #[inline(always)]
    pub fn struck(&self, cx: &Cx<'_>) -> Hits {
        let loss = cx.rows.get(self.of.loss);
        Hits::of(|lane| loss[lane] > 0.0)
    }

    /// Takes the month's loss from its row. Returns it, and true if it allows a claim: it reaches the
    /// attachment and the owner is not ruined.
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
            let Accounts { receivable, payout: world, .. } = self.accounts;
            cx.book.post_lane(world, receivable, lane, payout);
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

/// Stage of an insurance that pays a part of the loss.
struct Claims {
    insurer: Insurer,
    cover: f64,
    deductible: f64,
}

impl Stage for Claims {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        self.insurer.open_month(cx);
        for lane in self.insurer.struck(cx).iter() {
            let (loss, is_claim) = self.insurer.take_loss(cx, lane);
            let asked = greater(self.cover.mul_add(loss, -self.deductible), 0.0);
            if is_claim {
                self.insurer.claim(cx, lane, asked, loss)
            } else {
                self.insurer.miss(cx, lane, loss)
            }
        }
    }
}

struct Premium {
    of: Cover,
    cash: Account,
    world: Account,
    ruined: Row,
    flowed: Row,
}

impl Stage for Premium {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let amount = self.of.premium * self.of.limit / 12.0;
        let insured = self.of.limit / 12.0;
        let mut due = *cx.rows.get(self.ruined);
        let start = cx.rows.get(self.of.start);
        for lane in 0..LANES {
            let is_held = if start[lane] > 0.0 { 1.0 } else { 0.0 };
            due[lane] = is_held * (1.0 - due[lane]);
        }
        let [sum, level] = cx.rows.pair(self.of.tally.insured, self.of.tally.prices);
        sum.each(|lane, own| own + insured * due[lane] / level[lane]);
        let mut paid = due;
        paid.each(|_, own| amount * own);
        cx.book.post(self.cash, self.world, &paid);
        let mut add = |row: Row, times: f64| {
            cx.rows.get_mut(row).each(|lane, own| times.mul_add(paid[lane], own));
        };
        add(self.of.net_income, -1.0);
        add(self.flowed, 1.0);
        if let Some(row) = self.of.deductible_costs {
            add(row, 1.0);
        }
    }
}
