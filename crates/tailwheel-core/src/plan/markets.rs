//! Markets of a plan: volatilities, correlations, regimes, jumps, and each asset's part in its market.
//!
//! In: a scenario. Out: [`Markets`]. Not here: the feedback loop (`crash`).

use super::paired::Order;
use crate::catalog;
use crate::crash::Surprise;
use crate::market::{
    CrisisPlan, Joint, JumpRows, MarketSlot, PrescribedFall, Regime, STEPS_PER_YEAR, prescribe,
};
use crate::random::ObjectKind;
use crate::scenario::{AssetEntry, Crisis, MarketEntry, Scenario};
use crate::stage::{Build, Draw};
use crate::units::Volatility;

/// A benchmark that needs a market: an asset with the catalog's defaults of its class, payouts reinvested.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub name: &'static str,
    pub entry: AssetEntry,
}

/// A benchmark of the portfolio and the rows of its market.
pub(super) struct Benchmark {
    pub wanted: Wanted,
    pub market: MarketSlot,
}

/// Joint law of all markets, and the rows of each market and asset.
pub(super) struct Markets {
    pub joint: Joint,
    /// Monthly shock and jumps of each asset's price, in the order of the assets.
    pub slots: Vec<MarketSlot>,
    /// Monthly price moves of each market that can trigger agent selling, in the order of the markets.
    pub surprises: Vec<Surprise>,
    /// Benchmarks that need a market: the class to beat and the index fund, as far as wanted.
    pub benchmarks: Vec<Benchmark>,
}

impl Wanted {
    /// Catalog correlations of the benchmark's class with the markets of the scenario, in their order; 0 if
    /// the catalog has none.
    fn correlations(&self, scenario: &Scenario) -> Vec<f64> {
        let with = |class: &str| catalog::magnitudes(&catalog::correlation(&self.entry.class, class)?.value);
        scenario
            .markets
            .iter()
            .map(|market| with(market.class_id()).map_or(0.0, |(value, _)| value))
            .collect()
    }
}

impl Markets {
    /// Builds the markets of `scenario`, together with markets that only `base` has and the markets of the
    /// `wanted` benchmarks.
    pub fn build(scenario: &Scenario, base: Option<&Scenario>, wanted: &[Wanted], build: &mut Build) -> Self {
        let regime = scenario.crisis.as_ref().map(regime_of);
        let calm = regime.map_or(1.0, |regime| regime.calm_volatility());
        let (mut joint, shocks) = joint_of(scenario, wanted, base, regime, calm, build);
        let mut slots = vec![None; scenario.assets.len()];
        let mut surprises = Vec::new();
        for (index, (market, &shock)) in scenario.markets.iter().zip(&shocks).enumerate() {
            let mut room = Room {
                market,
                is_asset: its_asset(scenario, market).is_some(),
                shock,
                falls: falls_of(scenario, index),
                calm,
                joint: &mut joint,
            };
            let fall = room.fall_of_many(build);
            for &asset in &market.assets {
                slots[asset] = Some(room.slot(&scenario.assets[asset], fall, build));
            }
            let alone = alone(scenario, market).zip(slots[market.assets[0]]);
            surprises.push(room.surprise(alone, fall, build));
        }
        let slots = slots.into_iter().flatten().collect();
        let behind = &shocks[scenario.markets.len()..];
        let benchmarks = wanted.iter().zip(behind).map(|(wanted, &shock)| {
            let volatility = diffusive(&wanted.entry, wanted.entry.keys.volatility, calm);
            let market = MarketSlot {
                shock,
                half_variance_per_step: 0.5 * volatility * volatility,
                variance: joint.regime().map(|rows| rows.variance),
                jump: None,
                pair: None,
            };
            let wanted = wanted.clone();
            Benchmark { wanted, market }
        });
        Self { benchmarks: benchmarks.collect(), joint, slots, surprises }
    }
}

/// Joint shocks of all markets, in the order of the scenario's markets, followed by the benchmarks. Their monthly
/// volatility is that of the asset for benchmarks and for a market identical to its asset, else 1.
fn joint_of(
    scenario: &Scenario,
    wanted: &[Wanted],
    base: Option<&Scenario>,
    regime: Option<Regime>,
    calm: f64,
    build: &mut Build,
) -> (Joint, Vec<Draw>) {
    let mut order = Order::of(scenario, base);
    let scale = |market: &MarketEntry| match its_asset(scenario, market) {
        Some(asset) => diffusive(asset, asset.keys.volatility, calm),
        None => 1.0,
    };
    // Markets that exist only in the base scenario keep scale 1; their draws are unused.
    let mut scales = vec![1.0; order.names.len()];
    for (market, &place) in scenario.markets.iter().zip(&order.places) {
        scales[place] = scale(market);
    }
    for class in wanted {
        let Wanted { name, entry } = class;
        order.add(name, &class.correlations(scenario));
        scales.push(diffusive(entry, entry.keys.volatility, calm));
    }
    let crisis =
        regime.zip(order.crisis.as_deref()).map(|(regime, cholesky)| CrisisPlan { regime, cholesky });
    let (joint, shocks) =
        Joint::build(&order.names, &order.calm, &scales, scenario.correlation.copula, crisis.as_ref(), build);
    let of_scenario = order.places.iter().map(|&place| shocks[place]);
    let behind = &shocks[order.names.len() - wanted.len()..];
    (joint, of_scenario.chain(behind.iter().copied()).collect())
}

/// The only asset of `market`; `None` if it has several.
fn alone<'a>(scenario: &'a Scenario, market: &MarketEntry) -> Option<&'a AssetEntry> {
    match market.assets[..] {
        [only] => Some(&scenario.assets[only]),
        _ => None,
    }
}

/// The asset that is identical to the market (alone in it, correlation 1, equal volatility); `None` if there is none.
fn its_asset<'a>(scenario: &'a Scenario, market: &MarketEntry) -> Option<&'a AssetEntry> {
    alone(scenario, market).filter(|asset| {
        asset.keys.market_correlation.get() == 1.0 && asset.keys.volatility == market.volatility()
    })
}

/// A market to which assets are being added.
struct Room<'a> {
    market: &'a MarketEntry,
    /// True if the market's only asset is identical to it: correlation 1 and equal volatility.
    is_asset: bool,
    /// Shock of the market, scaled to the monthly volatility of its asset if they are identical, else to 1.
    shock: Draw,
    falls: Vec<PrescribedFall>,
    calm: f64,
    joint: &'a mut Joint,
}

impl Room<'_> {
    /// Prescribed falls common to all assets of a market; `None` for a market with one asset, or without falls.
    fn fall_of_many(&self, build: &mut Build) -> Option<JumpRows> {
        if self.market.assets.len() == 1 {
            return None;
        }
        build.object(ObjectKind::Market, self.market.name.as_str());
        prescribe(&self.falls, None, build)
    }

    fn slot(&mut self, asset: &AssetEntry, fall: Option<JumpRows>, build: &mut Build) -> MarketSlot {
        let volatility = diffusive(asset, asset.keys.volatility, self.calm);
        build.object(ObjectKind::Market, &asset.name);
        let jumps = asset.process.build(build);
        let shock = if self.is_asset {
            self.shock
        } else {
            let correlation = asset.keys.market_correlation.get();
            self.joint.share(self.shock, correlation, volatility, build)
        };
        let regime = self.joint.regime();
        let pair = asset.kind.facts().pair;
        MarketSlot {
            shock,
            half_variance_per_step: 0.5 * volatility * volatility,
            variance: regime.map(|rows| rows.variance),
            pair: pair.map(|pair| pair.build(shock, volatility, self.calm, regime, build)),
            jump: match (jumps, fall) {
                (None, Some(fall)) => Some(fall),
                (jumps, _) => prescribe(&self.falls, jumps, build),
            },
        }
    }

    /// Price moves of the market that can trigger agent selling: its shock, and the jumps of the asset that is
    /// `alone` in it, else the prescribed `fall` of the market.
    fn surprise(
        &mut self,
        alone: Option<(&AssetEntry, MarketSlot)>,
        fall: Option<JumpRows>,
        build: &mut Build,
    ) -> Surprise {
        let total = self.market.volatility();
        let volatility = match alone {
            Some((asset, _)) => diffusive(asset, total, self.calm),
            None => per_step(total.get(), self.calm),
        };
        build.object(ObjectKind::Market, self.market.name.as_str());
        let shock = if self.is_asset { self.shock } else { self.joint.scale(self.shock, volatility, build) };
        let jump = alone.map_or(fall, |(_, slot)| slot.jump);
        Surprise { shock, jump: jump.map(|rows| rows.log) }
    }
}

/// Monthly diffusive volatility of `asset` in the normal regime; `total` is its yearly total volatility,
/// `calm` the ratio of normal to total volatility.
fn diffusive(asset: &AssetEntry, total: Volatility, calm: f64) -> f64 {
    per_step(asset.process.diffusive_volatility(total), calm)
}

/// Monthly volatility in the normal regime, from the total yearly `volatility` and the ratio `calm` of normal
/// to total volatility.
fn per_step(volatility: f64, calm: f64) -> f64 {
    volatility * calm * (1.0 / STEPS_PER_YEAR).sqrt()
}

fn regime_of(crisis: &Crisis) -> Regime {
    Regime {
        begins: crisis.keys.begins.get(),
        ends: 1.0 / crisis.keys.lasts.months(),
        volatility: crisis.keys.volatility.get(),
        depth: crisis.keys.depth.get(),
    }
}

fn falls_of(scenario: &Scenario, market: usize) -> Vec<PrescribedFall> {
    let hits = scenario.shocks.iter().filter(|shock| shock.markets.contains(&market));
    hits.map(|shock| PrescribedFall { month: shock.month, loss: shock.loss }).collect()
}
