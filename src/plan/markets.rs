//! Markets of a plan: volatilities, correlations, regimes, jumps.
//!
//! In: a scenario. Out: [`Markets`], one per asset. Not here: the loop (`crash`).

use crate::market::{
    CrisisPlan, Joint, JumpDiffusion, Lognormal, Market, MarketSlot, PrescribedFall, Regime,
    STEPS_PER_YEAR, prescribe,
};
use crate::math::correlation::{Matrix, cholesky};
use crate::scenario::{AssetEntry, Crisis, Scenario};
use crate::stage::{Build, ObjectKind};

/// Every asset stands alone in a market of its own name.
pub(super) struct Markets {
    pub joint: Joint,
    /// In the order of the assets.
    pub slots: Vec<MarketSlot>,
}

impl Markets {
    pub fn build(scenario: &Scenario, build: &mut Build) -> Self {
        let kinds: Vec<Box<dyn Market>> = scenario.assets.iter().map(market_of).collect();
        let names: Vec<&str> = scenario
            .assets
            .iter()
            .map(|asset| asset.name.as_str())
            .collect();
        let regime = scenario.crisis.as_ref().map(regime_of);
        let calm = regime.map_or(1.0, |regime| regime.calm_volatility());
        let root_step = (1.0 / STEPS_PER_YEAR).sqrt();
        let volatility_per_step: Vec<f64> = kinds
            .iter()
            .map(|kind| kind.diffusive_volatility() * calm * root_step)
            .collect();
        let in_crisis = scenario
            .crisis
            .as_ref()
            .map(|crisis| lower_factor(&crisis.matrix));
        let crisis = regime.zip(in_crisis.as_deref());
        let crisis = crisis.map(|(regime, cholesky)| CrisisPlan { regime, cholesky });
        let (joint, shocks) = Joint::build(
            &names,
            &lower_factor(&scenario.correlation.matrix),
            &volatility_per_step,
            scenario.correlation.copula,
            crisis.as_ref(),
            build,
        );
        let variance = joint.regime().map(|rows| rows.variance);
        let slots = kinds
            .iter()
            .enumerate()
            .map(|(index, kind)| {
                build.object(ObjectKind::Market, names[index]);
                let jumps = kind.build(build);
                let volatility = volatility_per_step[index];
                MarketSlot {
                    shock: shocks[index],
                    half_variance_per_step: 0.5 * volatility * volatility,
                    variance,
                    jump: prescribe(&falls_of(scenario, index), jumps, build),
                }
            })
            .collect();
        Self { joint, slots }
    }
}

fn market_of(asset: &AssetEntry) -> Box<dyn Market> {
    let volatility = asset.volatility.get();
    match &asset.jumps {
        None => Box::new(Lognormal { volatility }),
        Some(jumps) => Box::new(JumpDiffusion {
            volatility,
            intensity: jumps.rate.get(),
            mean: jumps.mean.get(),
            deviation: jumps.sd.get(),
        }),
    }
}

fn regime_of(crisis: &Crisis) -> Regime {
    Regime {
        begins: crisis.begins.get(),
        ends: 1.0 / crisis.lasts_months,
        volatility: crisis.volatility,
        depth: crisis.depth,
    }
}

fn falls_of(scenario: &Scenario, asset: usize) -> Vec<PrescribedFall> {
    let hits = scenario
        .shocks
        .iter()
        .filter(|shock| shock.assets.contains(&asset));
    hits.map(|shock| PrescribedFall {
        month: shock.month,
        loss: shock.loss,
    })
    .collect()
}

/// Row-major lower Cholesky factor, zeros above the diagonal.
fn lower_factor(matrix: &Matrix) -> Vec<f64> {
    let factor = cholesky(matrix).expect("a scenario's correlations are positive semidefinite");
    let order = matrix.order();
    (0..order * order)
        .map(|k| match (k / order, k % order) {
            (row, column) if column <= row => factor.get(row, column),
            _ => 0.0,
        })
        .collect()
}
