//! Effect `liability`: a loss event that the owner's account must pay, whatever the holding is worth.
//!
//! ```text
//! X = min(amount·e^(spread·Z), at_most)·price level     Z standard normal, one per loss event
//! ```

use super::{Effect, Payer, Strike, Takes, Target};
use crate::asset::Coefficient;
use crate::book::{Account, Cause};
use crate::form::{Drawn, Group, Kind, Preset, Reader, fault};
use crate::math::elementary::exp;
use crate::math::lesser;
use crate::parameters;
use crate::stage::{Build, Cx, Phase, Stage};
use crate::units::{LogSpread, Money};
use std::sync::Arc;

pub const KIND: Kind<dyn Effect> = Kind {
    id: "liability",
    doc: "Has to be paid from the owner's account: damages, a fine, a settlement. What cannot be paid is ruin.",
    example: "amount = 5_000\nspread = 1.2\nat_most = 150_000\n",
    fields: Liability::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

parameters! {
    /// Amount that the owner has to pay.
    pub struct Liability {
        /// Amount to be paid, real: the median, which half of the cases exceed. It grows with inflation.
        amount: Drawn<Money> = Preset::Class => "5_000",
        /// Standard deviation of the logarithm of the size; 0 if it is absent.
        spread: Option<LogSpread> = Preset::Class => "1.2",
        /// Highest amount to be paid, real.
        at_most: Option<Money> = Preset::Class => "150_000",
    }
}

fn read(reader: &mut Reader<'_>) -> Liability {
    let liability = Liability::take(reader);
    let most = liability.at_most.map_or(f64::INFINITY, Money::get);
    if most < liability.amount.get() && reader.sound(&["amount", "at_most"]) {
        fault!(reader, "event", "half of the cases would need more than the most"; "at_most" => "the most";
            "amount" => "half of the cases need more"; help: "a smaller `amount`, or a larger `at_most`");
    }
    liability
}

impl Effect for Liability {
    fn takes(&self) -> Takes {
        Takes::Cash
    }

    fn is_fixed(&self) -> bool {
        self.amount.is_point() && self.spread.is_none_or(|spread| spread.get() == 0.0)
    }

    fn build(&self, strike: Strike, targets: Vec<Target>, payer: Option<Payer>, build: &mut Build) {
        // no account, no payer: the reader has refused such a scenario
        let Some(payer) = payer else { return };
        let world = build.world(Cause::Event);
        let amount = build.drawn("amount", &self.amount);
        build.stage(
            Phase::Cost,
            Claim {
                strike,
                targets,
                payer,
                amount,
                spread: self.spread.map_or(0.0, LogSpread::get),
                at_most: self.at_most.map_or(f64::INFINITY, Money::get),
                world,
            },
        );
    }
}

struct Claim {
    strike: Strike,
    /// Assets whose ownership exposes the owner; empty if the event concerns the owner alone.
    targets: Vec<Target>,
    payer: Payer,
    amount: Coefficient,
    spread: f64,
    at_most: f64,
    world: Account,
}

impl Stage for Claim {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        for lane in self.strike.struck(cx).iter() {
            self.claim(cx, lane);
        }
    }
}

impl Claim {
    fn claim(&self, cx: &mut Cx<'_>, lane: usize) {
        let multiple = self.payer.multiple(cx, lane);
        let is_reached = if self.targets.is_empty() {
            self.strike.passes(cx, multiple * self.payer.exposure, lane)
        } else {
            self.targets.iter().any(|target| {
                cx.book.value(target.value)[lane] > 0.0 && self.strike.reaches(cx, (target, multiple), lane)
            })
        };
        if !is_reached || cx.rows.get(self.payer.ruined)[lane] > 0.0 {
            return;
        }
        let (path, month) = (Strike::path(cx, lane), cx.month.index);
        let [normal, _] = self.strike.sizes.normal2(path, month, 0);
        let real = lesser(self.amount.on(cx.rows, lane) * exp(self.spread * normal), self.at_most);
        let amount = real * cx.rows.get(self.strike.tally.prices)[lane];
        cx.book.post_lane(self.payer.cash, self.world, lane, amount);
        cx.rows.get_mut(self.payer.flowed)[lane] += amount;
        if amount > 0.0 {
            self.strike.note(cx, lane, amount);
        }
    }
}
