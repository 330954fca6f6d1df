//! Effect `value-loss`: a fraction of the value is lost; income falls with the value.
//!
//! ```text
//! S = 1 with probability `total`, else drawn from `severity`
//! B = drawn from `returned` with probability `return_chance`, else 0
//! loss = S·(1 − B)·V          V: value after the month's market return, including forced sales
//! ```
//!
//! `redemption_stop` of n months: an event in month t closes its targets in months t … t + n − 1. The owner
//! cannot sell or buy them, even to pay bills. A target that loses half of V is not bought again; what is left can be
//! sold.
//!
//! Each event takes four uniforms in this order: total, severity, return, returned. All its targets share
//! them.

use super::{Effect, Payer, Severity, Strike, Takes, Target};
use crate::asset::Coefficient;
use crate::book::{Account, Cause};
use crate::form::{Drawn, Group, Kind, Preset, Reader, fault};
use crate::math::greater;
use crate::parameters;
use crate::random::discrete::strikes;
use crate::stage::{Build, Cx, Phase, Stage, Uncertain};
use crate::units::{Delay, Fraction};
use std::sync::Arc;

pub const KIND: Kind<dyn Effect> = Kind {
    id: "value-loss",
    doc: "Takes a part of the value of every asset it affects. Recoveries arrive in the same month.",
    example: "severity = { alpha = 2, beta = 2 }\ntotal = 0.5\nreturn_chance = 0.1\nreturned = \"80-100 %\"\n\
              redemption_stop = \"12 months\"\n",
    fields: ValueLoss::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

parameters! {
    /// Loss of a fraction of the value.
    pub struct ValueLoss {
        /// Share that is lost, of the value after the market's move or of the income from that month on. It is a
        /// share, a range with equally likely values, or the shapes of a beta law.
        severity: Severity = Preset::Class,
        /// Probability that everything is lost instead.
        total: Option<Drawn<Fraction>> = Preset::Class => "0.5",
        /// Probability that a part of the loss comes back.
        return_chance: Option<Drawn<Fraction>> = Preset::Class => "0.1",
        /// Fraction of the loss that then comes back, in the same month.
        returned: Option<Severity> = Preset::Class => "\"80-100 %\"",
        /// Time after the loss event in which the owner can neither sell nor buy the asset. It is rounded up to
        /// months and includes the month of the event. If the money runs out meanwhile, the asset is lost.
        redemption_stop: Option<Drawn<Delay>> = Preset::Class => "\"12 months\"",
    }
}

fn read(reader: &mut Reader<'_>) -> ValueLoss {
    let loss = ValueLoss::take(reader);
    let (given, missing) = match (loss.return_chance, loss.returned) {
        (Some(_), None) => ("return_chance", "returned = \"80-100 %\""),
        (None, Some(_)) => ("returned", "return_chance = 0.1"),
        _ => return loss,
    };
    if reader.sound(&["return_chance", "returned"]) {
        fault!(reader, "event", "what comes back has a chance and a share";
            reader.place_of(given) => "the other key is missing"; such_as: "{missing}");
    }
    loss
}

impl Effect for ValueLoss {
    fn takes(&self) -> Takes {
        Takes::Value
    }

    fn is_fixed(&self) -> bool {
        let is_certain = |chance: Option<Drawn<Fraction>>| {
            let of_all = chance.is_none_or(|chance| chance.is_point());
            let chance = chance.map_or(0.0, |chance| chance.get());
            of_all && (chance == 0.0 || chance == 1.0)
        };
        is_certain(self.total)
            && is_certain(self.return_chance)
            && self.severity.is_fixed()
            && (self.return_chance.is_none_or(|chance| chance.get() == 0.0)
                || self.returned.is_none_or(Severity::is_fixed))
    }

    fn stops_sales(&self) -> bool {
        self.redemption_stop.is_some_and(|stop| stop.get() > 0.0)
    }

    fn build(&self, strike: Strike, targets: Vec<Target>, _: Option<Payer>, build: &mut Build) {
        let total = build.drawn_or_zero("total", self.total.as_ref());
        let return_chance = build.drawn_or_zero("return_chance", self.return_chance.as_ref());
        let stop = build.drawn_or_zero("redemption_stop", self.redemption_stop.as_ref());
        let stopped_months = Coefficient::from([stop], build, |[months]| months.ceil());
        let world = build.world(Cause::Event);
        build.stage(
            Phase::Loss,
            Loss {
                strike,
                targets,
                severity: self.severity.law(),
                total,
                return_chance,
                returned: self.returned.unwrap_or(Severity::Share(0.0)).law(),
                stopped_months,
                world,
            },
        );
    }
}

/// Least part of its value that an asset loses in one event for its owner to buy no more of it.
const DISTRUST: f64 = 0.5;

struct Loss {
    strike: Strike,
    targets: Vec<Target>,
    severity: Uncertain,
    total: Coefficient,
    return_chance: Coefficient,
    returned: Uncertain,
    /// Whole months without redemption, including the month of the event.
    stopped_months: Coefficient,
    world: Account,
}

impl Stage for Loss {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        for lane in self.strike.affected(cx).iter() {
            self.take(cx, lane);
        }
    }
}

impl Loss {
    fn take(&self, cx: &mut Cx<'_>, lane: usize) {
        let share = self.share(cx, lane);
        let mut lost = 0.0;
        for target in &self.targets {
            if !self.strike.reaches(cx, target, 1.0, lane) {
                continue;
            }
            let guard = target.guard(cx.rows, lane);
            let within_reach = guard.map_or(1.0, |guard| guard.within_reach);
            let value = cx.book.value(target.value)[lane];
            let loss = target.loss(cx, share * within_reach, lane);
            cx.book.post_lane(target.value, self.world, lane, loss);
            for seen in &target.watchers {
                cx.rows.get_mut(*seen)[lane] += loss;
            }
            if let Some(taken) = target.taken {
                cx.rows.get_mut(taken)[lane] += self.strike.at_start(cx, lane, loss);
            }
            if let Some(below) = target.below_close {
                cx.rows.get_mut(below)[lane] -= loss;
            }
            let until = f64::from(cx.month.index) + self.stopped_months.on(cx.rows, lane) - 1.0;
            let is_over = loss > 0.0 && loss >= DISTRUST * value && !target.leaves_asset;
            let untraded = if is_over { f64::INFINITY } else { until };
            for (row, until) in [(target.closed, until), (target.untraded, untraded)] {
                if let Some(row) = row {
                    let last = &mut cx.rows.get_mut(row)[lane];
                    *last = greater(*last, until);
                }
            }
            lost += loss;
        }
        if lost > 0.0 {
            self.strike.note(cx, lane, lost);
        }
    }

    /// Fraction of a target's value that an event takes for good.
    fn share(&self, cx: &Cx<'_>, lane: usize) -> f64 {
        let (path, month) = (Strike::path(cx, lane), cx.month.index);
        let [total, size] = self.strike.sizes.uniform2(path, month, 0);
        let [comes_back, returned] = self.strike.sizes.uniform2(path, month, 1);
        let taken = if strikes(total, self.total.on(cx.rows, lane)) { 1.0 } else { self.severity.at(size) };
        if strikes(comes_back, self.return_chance.on(cx.rows, lane)) {
            taken * (1.0 - self.returned.at(returned))
        } else {
            taken
        }
    }
}
