//! When an event strikes which paths, and how often it has.
//!
//! In: a rate or a month. Out: lanes that are struck; draws of what else is to be known of one strike. Not here:
//! what it does.

use super::{EventRate, Target};
use crate::asset::Coefficient;
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{exp, expm1, ln, ln_1p};
use crate::math::{Hits, LANES, greater};
use crate::random::discrete::strikes;
use crate::random::{Purpose, Rare};
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};

/// Index of the draw that says whether a strike spreads; those of sizes and targets begin at 0.
const BEYOND: u32 = u32::MAX;

/// When an event strikes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Timing {
    /// In this month, 1 the first, on every path.
    At(u32),
    /// By chance in any month.
    ByChance(EventRate),
}

/// What a path has seen of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// Strikes that found value, cash or a tax to take from.
    pub strikes: Row,
    /// What they took, in money of the start.
    pub lost: Row,
    /// Price level at the end of the month.
    pub prices: Row,
}

/// An event's strikes.
#[derive(Clone, Debug)]
pub struct Strike {
    when: When,
    /// Of one strike, by path and month.
    pub(super) sizes: Rare,
    /// Chance that a strike strikes what is beyond its key too.
    spreads: f64,
    pub tally: Tally,
}

#[derive(Clone, Copy, Debug)]
enum When {
    At(u32),
    ByChance { drawn: Draw, chance: Coefficient },
}

impl Strike {
    /// Of the event being built.
    pub fn build((timing, spreads): (Timing, f64), prices: Row, build: &mut Build) -> Self {
        let when = match timing {
            Timing::At(month) => When::At(month),
            Timing::ByChance(rate) => When::ByChance {
                drawn: build.uniforms(Purpose::EventCount, Scope::Month),
                chance: chance(rate, build),
            },
        };
        Self {
            when,
            sizes: build.rare(Purpose::EventSize),
            spreads,
            tally: Tally { strikes: build.row(), lost: build.row(), prices },
        }
    }

    /// Lanes that are struck this month.
    #[inline(always)]
    pub(super) fn struck(&self, cx: &Cx<'_>) -> Hits {
        match self.when {
            When::At(month) => {
                let is_now = cx.month.index == month;
                Hits::of(|_| is_now)
            }
            When::ByChance { drawn, chance } => {
                let drawn = cx.draws.row(drawn);
                match chance {
                    Coefficient::Same(p) => Hits::of(|lane| strikes(drawn[lane], p)),
                    Coefficient::PerPath(row) => {
                        let p = cx.rows.get(row);
                        Hits::of(|lane| strikes(drawn[lane], p[lane]))
                    }
                }
            }
        }
    }

    /// Whether what strikes `lane` strikes the target as well, at so many times its rate.
    #[inline(always)]
    pub(super) fn reaches(
        &self,
        cx: &Cx<'_>,
        (target, times): (&Target, f64),
        lane: usize,
    ) -> bool {
        if target.is_beyond && !self.has_spread(cx, lane) {
            return false;
        }
        let guard = target.guard(cx.rows, lane);
        let guarded = guard.map_or(1.0, |guard| guard.exposure);
        self.passes(cx, times * target.exposure * guarded, lane)
    }

    /// Whether what strikes `lane` strikes at `exposure` times its rate as well; the same uniform decides:
    /// −ln u < exposure·λ/12. What is certain strikes everything.
    #[inline(always)]
    pub(super) fn passes(&self, cx: &Cx<'_>, exposure: f64, lane: usize) -> bool {
        let When::ByChance { drawn, chance } = self.when else {
            return true;
        };
        if exposure >= 1.0 {
            return true;
        }
        let p = chance.on(cx.rows, lane);
        ln(cx.draws.row(drawn)[lane]) > exposure * ln_1p(-p)
    }

    /// Whether what strikes `lane` goes beyond its key; one draw for all that is there.
    #[inline(always)]
    fn has_spread(&self, cx: &Cx<'_>, lane: usize) -> bool {
        let [drawn, _] = self.sizes.uniform2(Self::path(cx, lane), cx.month.index, BEYOND);
        strikes(drawn, self.spreads)
    }

    /// Notes a strike that took `amount`.
    #[inline(always)]
    pub(super) fn note(&self, cx: &mut Cx<'_>, lane: usize, amount: f64) {
        let Tally { strikes, lost, .. } = self.tally;
        cx.rows.get_mut(strikes)[lane] += 1.0;
        cx.rows.get_mut(lost)[lane] += self.at_start(cx, lane, amount);
    }

    /// An amount of the month in money of the start.
    #[inline(always)]
    pub(super) fn at_start(&self, cx: &Cx<'_>, lane: usize, amount: f64) -> f64 {
        amount / cx.rows.get(self.tally.prices)[lane]
    }

    /// The path of `lane`.
    #[inline(always)]
    pub(super) fn path(cx: &Cx<'_>, lane: usize) -> u64 {
        cx.month.first_path + lane as u64
    }
}

/// `1 − e^(−λ/12)`.
fn chance(rate: EventRate, build: &mut Build) -> Coefficient {
    let Some((location, scale)) = rate.log_law() else {
        return Coefficient::Same(-expm1(-rate.low / STEPS_PER_YEAR));
    };
    let (drawn, row) = (build.parameter("rate"), build.row());
    build.stage(Phase::Open, Rate { location, scale, drawn, row });
    Coefficient::PerPath(row)
}

struct Rate {
    location: f64,
    scale: f64,
    /// Standard normal.
    drawn: Draw,
    row: Row,
}

impl Stage for Rate {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let drawn = cx.draws.row(self.drawn);
        let chance = cx.rows.get_mut(self.row);
        for lane in 0..LANES {
            let rate = exp(self.scale.mul_add(drawn[lane], self.location));
            chance[lane] = greater(-expm1(-rate / STEPS_PER_YEAR), 0.0);
        }
    }
}
