//! Effect `liability`: a loss event that the owner's account must pay, whatever the holding is worth.
//!
//! ```text
//! X = min(amount·e^(spread·Z), at_most)·price level     Z standard normal, one per loss event
//! ```

use super::{Effect, Payer, Strike, Takes, Target};
use crate::book::Cause;
use crate::form::{Drawn, Group, Kind, Preset, Reader, fault};
use crate::math::elementary::exp;
use crate::math::lesser;
use crate::parameters;
use crate::stage::{Build, Phase};
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
        let spread = self.spread.map_or(0.0, LogSpread::get);
        let at_most = self.at_most.map_or(f64::INFINITY, Money::get);
        build.step(
            Phase::Cost,
            "Claim",
            #[inline(always)]
            move |cx| {
                for lane in strike.affected(cx).iter() {
                    let multiple = payer.multiple(cx, lane);
                    // without targets the event concerns the owner alone
                    let is_reached = if targets.is_empty() {
                        strike.passes(cx, multiple * payer.exposure, lane)
                    } else {
                        targets.iter().any(|target| {
                            cx.book.value(target.value)[lane] > 0.0
                                && strike.reaches(cx, target, multiple, lane)
                        })
                    };
                    if !is_reached || cx.rows.get(payer.ruined)[lane] > 0.0 {
                        continue;
                    }
                    let (path, month) = (Strike::path(cx, lane), cx.month.index);
                    let [normal, _] = strike.sizes.normal2(path, month, 0);
                    let real = lesser(amount.on(cx.rows, lane) * exp(spread * normal), at_most);
                    let amount = real * cx.rows.get(strike.tally.prices)[lane];
                    cx.book.post_lane(payer.cash, world, lane, amount);
                    cx.rows.get_mut(payer.flowed)[lane] += amount;
                    if amount > 0.0 {
                        strike.note(cx, lane, amount);
                    }
                }
            },
        );
    }
}
