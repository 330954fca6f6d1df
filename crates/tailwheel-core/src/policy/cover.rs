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

use super::insurer::{Cover, Insurer};
use super::parametric::{Trigger, Windows};
use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::math::{LANES, greater};
use crate::stage::{Build, Phase, Row};

/// Payout rule of an insurance: by the loss, or by a low yield after the event (parametric insurance).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pays {
    /// Pays the fraction `cover` of the loss, less the nominal amount `deductible`.
    Loss { cover: f64, deductible: f64 },
    /// Pays if the yield of the holding in the months after the event is below a threshold.
    Yield(Trigger),
}

impl Cover {
    /// Adds the stages of the insurance to the plan. Returns the account of payouts granted but not yet paid.
    pub fn build(self, pays: Pays, owner: &Owner, purse: &Purse, build: &mut Build) -> Account {
        let insurer = Insurer::build(self.clone(), owner.cash, purse.ruined, build);
        let receivable = insurer.receivable;
        let world = build.world(Cause::Premium);
        match pays {
            Pays::Loss { cover, deductible } => build.step(
                Phase::Claim,
                "Claims",
                #[inline(always)]
                move |cx| {
                    insurer.open_month(cx);
                    for lane in insurer.affected(cx).iter() {
                        let (loss, is_claim) = insurer.take_loss(cx, lane);
                        let asked = greater(cover.mul_add(loss, -deductible), 0.0);
                        if is_claim {
                            insurer.claim(cx, lane, asked, loss)
                        } else {
                            insurer.miss(cx, lane, loss)
                        }
                    }
                },
            ),
            Pays::Yield(trigger) => {
                let windows = Windows::of(insurer, trigger, build);
                build.stage(Phase::Claim, windows);
            }
        }
        self.pay_premium(*owner, world, *purse, build);
        receivable
    }

    /// Adds the stage that pays the owner's monthly premiums to `world`, an account of the outside world.
    fn pay_premium(self, owner: Owner, world: Account, purse: Purse, build: &mut Build) {
        build.step(
            Phase::Cost,
            "Premium",
            #[inline(always)]
            move |cx| {
                let amount = self.premium * self.limit / 12.0;
                let insured = self.limit / 12.0;
                let mut due = *cx.rows.get(purse.ruined);
                let start = cx.rows.get(self.start);
                for lane in 0..LANES {
                    let is_held = if start[lane] > 0.0 { 1.0 } else { 0.0 };
                    due[lane] = is_held * (1.0 - due[lane]);
                }
                let [sum, level] = cx.rows.pair(self.tally.insured, self.tally.prices);
                sum.each(|lane, own| own + insured * due[lane] / level[lane]);
                let mut paid = due;
                paid.each(|_, own| amount * own);
                cx.book.post(owner.cash, world, &paid);
                let mut add = |row: Row, times: f64| {
                    cx.rows.get_mut(row).each(|lane, own| times.mul_add(paid[lane], own));
                };
                add(owner.net_income, -1.0);
                add(purse.flowed, 1.0);
                if let Some(row) = owner.deductible {
                    add(row, 1.0);
                }
            },
        );
    }
}
