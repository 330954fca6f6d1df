//! Normal and crisis regime: two states that all markets share.
//!
//! In: one uniform per path and month. Out: rows of the state and of its factors. Not here: the
//! correlations of a crisis (`joint`).

use crate::math::{LANES, Lanes};
use crate::random::{ObjectKind, Purpose};
use crate::stage::{Build, Draw, Draws, Scope};

/// Crisis regime of all markets, as a Markov chain of two states.
///
/// ```text
/// P(crisis next month | calm now) = p01,   P(calm next month | crisis now) = p10
/// π1 = p01/(p01 + p10) = 1 − π0              probability of a crisis in the first month
/// σ_calm = σ/√(π0 + π1 m²)                   so that σ is the volatility over all months
/// ```
///
/// Source: Hamilton (1989), Econometrica 57, for regimes as a Markov chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regime {
    /// Monthly probability p01 that a crisis begins.
    pub begins: f64,
    /// Monthly probability p10 that a crisis ends.
    pub ends: f64,
    /// Multiple m of the normal volatility in a crisis.
    pub volatility: f64,
    /// Market depth ζ in a crisis, relative to normal: price impacts are 1/ζ times larger.
    pub depth: f64,
}

impl Regime {
    /// Stationary probability of a crisis: the long-run fraction of months in a crisis.
    pub fn share(&self) -> f64 {
        self.begins / (self.begins + self.ends)
    }

    /// Volatility in the normal regime per unit of total volatility.
    pub fn calm_volatility(&self) -> f64 {
        let crisis = self.share();
        1.0 / (1.0 - crisis + crisis * self.volatility * self.volatility).sqrt()
    }
}

/// Rows of the crisis regime. They are the same with and without agent selling.
#[derive(Clone, Copy, Debug)]
pub struct RegimeRows {
    regime: Regime,
    uniform: Draw,
    /// 1 in a crisis month, 0 otherwise.
    pub state: Draw,
    /// Factor on the normal volatility: [`Regime::volatility`] in a crisis, else 1.
    pub volatility: Draw,
    /// Factor on the normal variance: the square of [`Regime::volatility`] in a crisis, else 1.
    pub variance: Draw,
    /// Factor on price impacts: 1 over [`Regime::depth`] in a crisis, else 1.
    pub thinning: Draw,
}

impl RegimeRows {
    /// Requests the draws and rows of `regime`.
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

    /// Computes the state of `month` from that of the month before. Smaller uniforms mean crisis.
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
    draws.row_mut(row).each(|lane, _| if state[lane] > 0.5 { in_crisis } else { 1.0 });
}
