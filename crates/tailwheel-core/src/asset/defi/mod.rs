//! Kind `defi-yield`: base yield of liquidity pools, incentives on top of it, and gains from moving between
//! chains.
//!
//! In: `roi` as the net yield of the first month, the base yield, the half-life of incentives. Out:
//! [`Pools`], a monthly yield on the value, leveraged if money is borrowed (`borrowed`). Not here:
//! exploits, depegs and token prices (`event`, `market`).
//!
//! ```text
//! incentive_1 = max(0, m + moving − base − spread)      per year; m: net yield of the first month
//! steady      = min(m + moving, base + spread)
//! income_t    = V/12·(steady·(base·ξ_t + spread)/(base + spread) + incentive_1·2^(−(t − 1)/h))
//! V           ← V·(1 − c)^(1/r)                         c lost on each of 1/r moves a month
//! V           ← V·√(x·y)                                with `liquidity`; x, y: price factors of the coins
//! ```

mod borrowed;
mod chains;
mod pool;
mod rate;

use super::{
    Asset, Claimed, Coefficient, Description, Earning, Expected, Facts, Income, Removable, Slot, noise, roi,
    wear,
};
use crate::book::Cause;
use crate::form::{Drawn, Group, Kind, Preset, Reader};
use crate::market::STEPS_PER_YEAR;
use crate::parameters;
use crate::stage::Build;
use crate::units::{
    CorrelationCoefficient, Delay, Leverage, LogSpread, PositiveShare, TradeCost, Volatility, YieldRate,
};
use borrowed::Borrowed;
pub use borrowed::LEVERED;
use chains::Moves;
use rate::{Rate, Sources};
use std::sync::Arc;

pub const KIND: Kind<dyn Asset> = Kind {
    id: "defi-yield",
    doc: "A base yield that varies, incentives above it that fade, and a spread for capital that moves between chains.",
    example: "roi = \"18-28 %\"\nroi_law = \"p05-p95\"\nbase_yield = \"5 %/year\"\nincentive_half_life = \"12 months\"\n\
              rebalance = \"1 week\"\nspread = \"8 %/year\"\nspread_half_life = \"1 week\"\nbridge_cost = 0.0005\n\
              leverage = 2\nborrow_rate = \"7 %/year\"\nliquidation_threshold = 0.83\nliquidation_penalty = 0.05\n",
    fields: Pools::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

parameters! {
    /// An asset of kind `defi-yield`: a position in pools, the sources of its yield and their decay. All
    /// yields are fractions of the value per year.
    pub struct Pools {
        /// Mean yield from lending and trading fees, without incentives. The part of `roi` above this and the
        /// spread is paid by incentives; a lower `roi` is all base and has none.
        base_yield: Drawn<YieldRate> = Preset::Class,
        /// Time after which half of the incentives is gone; the first month has them in full. Without it
        /// they stay.
        incentive_half_life: Option<Drawn<Delay>> = Preset::Class => "\"12 months\"",
        /// Standard deviation of the logarithm of a month's income around its expectation; for a mechanism,
        /// that of its varying part: the base yield of pools, a rent.
        income_log_sd: Option<LogSpread> = Preset::Class => "0.43",
        /// Time after which half of such a deviation of income is gone.
        income_half_life: Option<Delay> = Preset::Class,
        /// Time between moves of the whole position to the chain that pays best then. Without it the
        /// position stays where it is, earns no spread and pays for no move.
        rebalance: Option<Delay> = Preset::Absent => "\"1 week\"",
        /// Extra yield of the chain that pays best, above the others, when the position arrives there.
        spread: Option<Drawn<YieldRate>> = Preset::Class => "\"8 %/year\"",
        /// Time after which half of that is gone, because others have moved too; the next move finds it anew.
        spread_half_life: Option<Delay> = Preset::Class => "\"1 week\"",
        /// Cost of each move, a fraction of the position; taken off the value month by month.
        bridge_cost: Option<Drawn<TradeCost>> = Preset::Class => "0.001",
        /// Position per unit of value, at the start of every month; what is above 1 is borrowed. `roi` is
        /// what a position without debt pays. Without it, and with 1, nothing is borrowed.
        leverage: Option<Leverage> = Preset::Absent => "2",
        /// Interest on the debt; interest that the yield does not cover comes out of the value.
        borrow_rate: Option<Drawn<YieldRate>> = Preset::Class,
        /// Largest debt, as a part of the position: beyond it the lender sells at once, and nothing is
        /// borrowed any more.
        liquidation_threshold: Option<PositiveShare> = Preset::Class => "0.83",
        /// Cost of a sale by the lender beyond `liquidation_threshold`, as a part of the debt.
        liquidation_penalty: Option<TradeCost> = Preset::Class => "0.05",
        /// True if the position provides liquidity to a pool that holds the asset and another coin in equal
        /// value. `roi` is then the yield of fees, before impermanent loss. Such a position borrows
        /// nothing.
        liquidity: bool = Preset::Is("false") => "true",
        /// Volatility of that other coin; the asset's own is `volatility`.
        pair_volatility: Option<Volatility> = Preset::Class => "0.05",
        /// Correlation of the returns of both coins.
        pair_correlation: Option<CorrelationCoefficient> = Preset::Class => "0.7",
    } and {
        /// Claimed return, read from keys that all kinds share.
        claimed: Claimed,
    }
}

impl Asset for Pools {
    fn description(&self) -> Description<'_> {
        Description { kind: KIND.id, claimed: &self.claimed, keys: self }
    }

    fn facts(&self) -> Facts {
        Facts {
            is_levered: self.leverage.is_some() || self.liquidity,
            pair: pool::pair(self),
            states: if self.leverage.is_some() { borrowed::STATES } else { &[] },
            ..Facts::HOLDING
        }
    }

    fn without(&self, part: Removable) -> Option<Arc<dyn Asset>> {
        let mut alone = self.clone();
        match part {
            Removable::Debt if self.leverage.is_some() => borrowed::repay(&mut alone),
            Removable::SecondCoin if self.liquidity => pool::leave(&mut alone),
            _ => return None,
        }
        Some(Arc::new(alone))
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let moves = self.own_moves(build);
        let borrowed = Borrowed::of(self);
        if borrowed.is_none() {
            wear::build(slot.value, moves.lost_per_step, Cause::Haircut, build);
        }
        let start = roi::start(self.claimed.law(), slot, build).scaled;
        let factor = noise::build(self.income_log_sd, self.income_half_life, build);
        let rate = Rate {
            base: build.drawn("base_yield", &self.base_yield),
            spread: moves.spread,
            moving: Coefficient::from([moves.lost_per_step], build, |[lost]| lost * STEPS_PER_YEAR),
            kept: self.incentive_half_life.as_ref().map_or(Coefficient::Same(1.0), |half_life| {
                let half_life = build.drawn("incentive_half_life", half_life);
                Coefficient::from([half_life], build, |[half_life]| wear::left(1.0, half_life))
            }),
        };
        let of_base = borrowed.map(|_| build.row());
        let rate = rate.build(start, factor, of_base, slot.rate, build);
        let lever = borrowed.zip(of_base).map(|(one, factor)| {
            let interest = borrowed::interest(self, build);
            one.build(rate, factor, interest, moves.lost_per_step, slot, build)
        });
        let income = Income::OfValue { rate: Coefficient::PerPath(rate), factor: None };
        Earning { lever, ..Earning::held(Coefficient::Same(1.0), Some(income), slot.start) }
    }

    fn expected(&self, n_months: u32) -> Vec<Expected> {
        let moves = self.moves();
        let (steady, mut incentive) = self.sources(&moves).split(self.claimed());
        let borrowed = Borrowed::of(self);
        let month = |_| {
            let income = (steady + incentive) / STEPS_PER_YEAR;
            incentive *= self.kept();
            let levered =
                borrowed.map(|one| one.month(one.leverage, income, one.interest, moves.lost_per_step));
            levered.map_or(Expected { growth: 1.0 - moves.lost_per_step, income }, |month| Expected {
                growth: (1.0 - month.moved) * (1.0 - month.short),
                income: month.paid,
            })
        };
        (0..n_months).map(month).collect()
    }
}

impl Pools {
    /// Extra yield and cost of moves between chains, with every range at its median.
    fn moves(&self) -> Moves<f64> {
        let Some(every) = self.rebalance.map(Delay::months) else {
            return Moves::NONE;
        };
        let spread = self.spread.map_or(0.0, |spread| spread.get());
        let cost = self.bridge_cost.map_or(0.0, |cost| cost.get());
        Moves {
            spread: spread * chains::found(every, self.spread_half_life),
            lost_per_step: chains::lost(every, cost),
        }
    }

    /// Extra yield and cost of moves between chains, drawn per path if their keys are ranges.
    fn own_moves(&self, build: &mut Build) -> Moves<Coefficient> {
        let nothing = Coefficient::Same(0.0);
        let Some(every) = self.rebalance.map(Delay::months) else {
            return Moves { spread: nothing, lost_per_step: nothing };
        };
        let found = chains::found(every, self.spread_half_life);
        let spread = build.drawn_or_zero("spread", self.spread.as_ref());
        let cost = build.drawn_or_zero("bridge_cost", self.bridge_cost.as_ref());
        Moves {
            spread: Coefficient::from([spread], build, move |[spread]| spread * found),
            lost_per_step: Coefficient::from([cost], build, move |[cost]| chains::lost(every, cost)),
        }
    }

    fn sources(&self, moves: &Moves<f64>) -> Sources {
        Sources {
            base: self.base_yield.get(),
            spread: moves.spread,
            moving: moves.lost_per_step * STEPS_PER_YEAR,
        }
    }

    /// Fraction of the incentives that is left after a month, at the median half-life.
    fn kept(&self) -> f64 {
        let half_life = self.incentive_half_life;
        half_life.map_or(1.0, |half_life| wear::left(1.0, half_life.get()))
    }
}

fn read(reader: &mut Reader<'_>) -> Pools {
    let mut pools = Pools { claimed: Claimed::starting(reader), ..Pools::take(reader) };
    noise::check(pools.income_log_sd, pools.income_half_life, reader);
    chains::check(&mut pools, reader);
    borrowed::check(&mut pools, reader);
    pool::check(&mut pools, reader);
    pools
}
