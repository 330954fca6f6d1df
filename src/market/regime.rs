//! Calm and crisis: a regime of two states that all markets share.
//!
//! In: one uniform per path and month. Out: rows of the state and of what it multiplies. Not here:
//! the correlations of a crisis (`joint`).

use crate::math::{LANES, Lanes};
use crate::random::{ObjectKind, Purpose};
use crate::stage::{Build, Draw, Draws, Scope};

/// A crisis that comes and goes.
///
/// ```text
/// P(crisis tomorrow | calm today) = p01,   P(calm tomorrow | crisis today) = p10
/// π1 = p01/(p01 + p10)                       the first month is drawn from it
/// σ_calm = σ/√(π0 + π1 m²)                   so that σ stays the volatility of all months
/// ```
///
/// Source: Hamilton (1989), Econometrica 57, for regimes as a Markov chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regime {
    /// Monthly probability p01 that a crisis begins.
    pub begins: f64,
    /// Monthly probability p10 that it ends.
    pub ends: f64,
    /// Multiple m of the calm volatility.
    pub volatility: f64,
    /// Depth ζ of the markets: impacts are 1/ζ times larger.
    pub depth: f64,
}

impl Regime {
    /// Stationary probability of a crisis.
    pub fn share(&self) -> f64 {
        self.begins / (self.begins + self.ends)
    }

    /// Calm volatility per unit of total volatility.
    pub fn calm_volatility(&self) -> f64 {
        let crisis = self.share();
        1.0 / (1.0 - crisis + crisis * self.volatility * self.volatility).sqrt()
    }
}

/// Rows of the regime: all are the same in the world with the loop and in its twin.
#[derive(Clone, Copy, Debug)]
pub struct RegimeRows {
    regime: Regime,
    uniform: Draw,
    /// 1 in a crisis, 0 otherwise.
    pub state: Draw,
    /// 1 or m: multiplies the calm volatility.
    pub volatility: Draw,
    /// 1 or m²: multiplies the calm variance.
    pub variance: Draw,
    /// 1 or 1/ζ: multiplies impacts.
    pub thinning: Draw,
}

impl RegimeRows {
    /// Asks for the draws of `regime`.
    pub fn build(regime: Regime, build: &mut Build) -> Self {
        build.object(ObjectKind::World, "crisis");
        Self {
            regime,
            uniform: build.uniforms(Purpose::Regime, Scope::Month),
            state: build.derived(),
            volatility: build.derived(),
            variance: build.derived(),
            thinning: build.derived(),
        }
    }

    /// The state of `month`, from that of the month before; monotone in the uniform: a small one
    /// means crisis.
    #[inline(always)]
    pub fn advance(&self, draws: &mut Draws, month: u32) {
        let regime = self.regime;
        let uniform = *draws.row(self.uniform);
        let mut state = *draws.row(self.state);
        let stays = 1.0 - regime.ends;
        for lane in 0..LANES {
            let probability = if month == 1 {
                regime.share()
            } else if state[lane] > 0.5 {
                stays
            } else {
                regime.begins
            };
            state[lane] = if uniform[lane] < probability { 1.0 } else { 0.0 };
        }
        let times = regime.volatility;
        write(draws, self.volatility, &state, times);
        write(draws, self.variance, &state, times * times);
        write(draws, self.thinning, &state, 1.0 / regime.depth);
        *draws.row_mut(self.state) = state;
    }
}

#[inline(always)]
fn write(draws: &mut Draws, row: Draw, state: &Lanes, in_crisis: f64) {
    let row = draws.row_mut(row);
    for lane in 0..LANES {
        row[lane] = if state[lane] > 0.5 { in_crisis } else { 1.0 };
    }
}
