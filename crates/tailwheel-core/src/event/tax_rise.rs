//! Effect `tax-rise`: the law changes, and every tax rate is higher from the next tax year on.
//!
//! ```text
//! event        announced ← announced + points·e^(spread·Z)     Z standard normal, one per event
//! settlement   tax paid because of the rise: in_force·(income − costs + gains) of the period
//!              in_force ← announced, limited so that no rate exceeds 1;  0 where the owner moves
//! ```

use super::{Effect, Payer, Strike, Takes, Tally, Target, TaxLaw};
use crate::form::{Drawn, Group, Kind, Preset};
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes, greater, lesser};
use crate::parameters;
use crate::stage::{Build, Closed, Phase, Row};
use crate::units::{LogSpread, TaxShare};
use std::sync::Arc;

pub const KIND: Kind<dyn Effect> = Kind {
    id: "tax-rise",
    doc: "Makes every rate of tax higher, that of income below the first bracket too, from the next tax year on and until the owner moves.",
    example: "points = \"5 %\"\nspread = 0.8\n",
    fields: TaxRise::FIELDS,
    read: |reader| Arc::new(TaxRise::take(reader)),
};

parameters! {
    /// Increase of all tax rates.
    pub struct TaxRise {
        /// Rise of every tax rate, the median: "5 %" makes a rate of 20 % one of 25 %. Half of the cases rise
        /// by more.
        points: Drawn<TaxShare> = Preset::Class => "\"5 %\"",
        /// Standard deviation of the logarithm of the size; 0 if it is absent.
        spread: Option<LogSpread> = Preset::Class => "1.2",
    }
}

impl Effect for TaxRise {
    fn takes(&self) -> Takes {
        Takes::Tax
    }

    fn is_fixed(&self) -> bool {
        self.points.is_point() && self.spread.is_none_or(|spread| spread.get() == 0.0)
    }

    fn build(&self, strike: Strike, _: Vec<Target>, payer: Option<Payer>, build: &mut Build) {
        // no owner, no taxpayer: the reader has refused such a scenario
        let Some((law, payer)) = payer.and_then(|payer| Some((payer.law.clone()?, payer))) else {
            return;
        };
        // increase announced so far at this residence, and the part in force; both as fractions
        let (announced, in_force) = (build.row(), build.row());
        let points = build.drawn("points", &self.points);
        let spread = self.spread.map_or(0.0, LogSpread::get);
        let (tally, ruined) = (strike.tally.clone(), payer.ruined);
        build.step(
            Phase::Loss,
            "Announce",
            #[inline(always)]
            move |cx| {
                for lane in strike.affected(cx).iter() {
                    let multiple = payer.multiple(cx, lane);
                    let points = points.on(cx.rows, lane);
                    if points <= 0.0 {
                        continue;
                    }
                    let is_reached = strike.passes(cx, multiple * payer.exposure, lane);
                    if !is_reached || cx.rows.get(payer.ruined)[lane] > 0.0 {
                        continue;
                    }
                    let (path, month) = (Strike::path(cx, lane), cx.month.index);
                    let [normal, _] = strike.sizes.normal2(path, month, 0);
                    cx.rows.get_mut(announced)[lane] += points * exp(spread * normal);
                    // the loss is recorded when a year at the new rate is settled
                    strike.note(cx, lane, 0.0);
                }
            },
        );
        enact(announced, in_force, law, ruined, tally, build);
    }
}

/// Adds the stage that puts the announced increase of tax rates in force when a tax period is settled. Both
/// rows hold increases as fractions.
fn enact(announced: Row, in_force: Row, law: TaxLaw, ruined: Row, tally: Tally, build: &mut Build) {
    build.step(
        Phase::Settle,
        "Enact",
        #[inline(always)]
        move |cx| {
            let Some(Closed { closed, moved }) = law.closings.this_month(cx) else {
                return;
            };
            let level = *cx.rows.get(tally.prices);
            let (base, ruined) = (*cx.rows.get(law.base), *cx.rows.get(ruined));
            let [lost, points] = cx.rows.pair(tally.lost, in_force);
            lost.each(|lane, own| {
                let taken = points[lane] * base[lane] * (1.0 - ruined[lane]) / level[lane];
                own + closed[lane] * taken
            });
            let room = (law.room).lanes(cx.rows, cx.month.index, 0.0, |room| *room);
            let rise = *cx.rows.get(law.rise);
            let [announced, points] = cx.rows.pair(announced, in_force);
            let mut more = Lanes::ZERO;
            for lane in 0..LANES {
                if moved[lane] > 0.0 {
                    // the law of a residence no longer applies after a move
                    more[lane] = -rise[lane];
                    (points[lane], announced[lane]) = (0.0, 0.0);
                } else if closed[lane] > 0.0 {
                    let left = greater(room[lane] - rise[lane], 0.0);
                    more[lane] = lesser(announced[lane] - points[lane], left);
                    points[lane] += more[lane];
                    announced[lane] = points[lane];
                }
            }
            let rise = cx.rows.get_mut(law.rise);
            *rise += &more;
        },
    );
}
