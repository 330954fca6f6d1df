//! Timing of a loss event: the paths it hits in a month, and the record of its occurrences.
//!
//! In: a rate or a fixed month. Out: the paths hit, and further draws per occurrence. Not here: the loss
//! itself.

use super::{EventRate, Target};
use crate::asset::Coefficient;
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{exp, expm1, ln, ln_1p};
use crate::math::{Hits, LANES, greater};
use crate::random::discrete::strikes;
use crate::random::{Purpose, Rare};
use crate::stage::{Build, Cx, Draw, Row, Scope};

/// Index of the draw that decides if an event spreads; draws of sizes and targets start at 0.
const BEYOND: u32 = u32::MAX;

/// Timing of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Timing {
    /// Occurs in this month of the run (1 is the first), on every path.
    At(u32),
    /// Occurs at random, in any month, at this rate.
    ByChance(EventRate),
}

/// Record of an event on each path.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// Number of occurrences that found value, cash or a tax to take from.
    pub strikes: Row,
    /// Total loss, in money of the start.
    pub lost: Row,
    /// Price level at the end of the month, 1 on day one.
    pub prices: Row,
}

/// Occurrences of one event: timing, sizes, spreading and record.
#[derive(Clone, Debug)]
pub struct Strike {
    when: When,
    /// Draws for one occurrence, addressed by path and month.
    pub(super) sizes: Rare,
    /// Probability that an occurrence also hits the assets to which the event can spread.
    spreads: f64,
    pub tally: Tally,
}

#[derive(Clone, Copy, Debug)]
enum When {
    At(u32),
    ByChance { drawn: Draw, chance: Coefficient },
}

impl Strike {
    /// Creates the event being built, with its draws and its record. `spreads` is the probability that an
    /// occurrence also hits the assets to which the event can spread; `prices` is the row of price levels.
    pub fn build(timing: Timing, spreads: f64, prices: Row, build: &mut Build) -> Self {
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

    /// Paths of the block on which the event occurs this month.
    #[inline(always)]
    pub(super) fn affected(&self, cx: &Cx<'_>) -> Hits {
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

    /// True if the event on this lane also hits `target`, whose rate is `times` that of the event.
    #[inline(always)]
    pub(super) fn reaches(&self, cx: &Cx<'_>, target: &Target, times: f64, lane: usize) -> bool {
        if target.is_beyond && !self.has_spread(cx, lane) {
            return false;
        }
        let guard = target.guard(cx.rows, lane);
        let guarded = guard.map_or(1.0, |guard| guard.exposure);
        self.passes(cx, times * target.exposure * guarded, lane)
    }

    /// True if the event on this lane also occurs at `exposure` times its rate. The uniform that drew the
    /// event decides: −ln u < exposure·λ/12. A dated event, or an exposure of 1 or more, always passes.
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

    /// True if the event on this lane spreads; one draw decides for all further targets.
    #[inline(always)]
    fn has_spread(&self, cx: &Cx<'_>, lane: usize) -> bool {
        let [drawn, _] = self.sizes.uniform2(Self::path(cx, lane), cx.month.index, BEYOND);
        strikes(drawn, self.spreads)
    }

    /// Records an occurrence with the loss `amount`, in money of the month.
    #[inline(always)]
    pub(super) fn note(&self, cx: &mut Cx<'_>, lane: usize, amount: f64) {
        let Tally { strikes, lost, .. } = self.tally;
        cx.rows.get_mut(strikes)[lane] += 1.0;
        cx.rows.get_mut(lost)[lane] += self.at_start(cx, lane, amount);
    }

    /// Converts an amount of the month into money of the start.
    #[inline(always)]
    pub(super) fn at_start(&self, cx: &Cx<'_>, lane: usize, amount: f64) -> f64 {
        amount / cx.rows.get(self.tally.prices)[lane]
    }

    /// Number, in the run, of the path at the position `lane` of its block.
    #[inline(always)]
    pub(super) fn path(cx: &Cx<'_>, lane: usize) -> u64 {
        cx.month.first_path + lane as u64
    }
}

/// Monthly probability of the event, `1 − e^(−λ/12)`; it is drawn per path if the rate is a range.
fn chance(rate: EventRate, build: &mut Build) -> Coefficient {
    let Some((location, scale)) = rate.log_law() else {
        return Coefficient::Same(-expm1(-rate.low / STEPS_PER_YEAR));
    };
    let (drawn, row) = (build.parameter("rate"), build.row());
    build.open(
        #[inline(always)]
        move |cx| {
            let drawn = cx.draws.row(drawn);
            let chance = cx.rows.get_mut(row);
            for lane in 0..LANES {
                let rate = exp(scale.mul_add(drawn[lane], location));
                chance[lane] = greater(-expm1(-rate / STEPS_PER_YEAR), 0.0);
            }
        },
    );
    Coefficient::PerPath(row)
}
