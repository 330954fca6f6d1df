//! A price with a diffusion and sudden jumps.
//!
//! In: `jumps` of an asset. Out: rows of compensated jump factors and of the jumps' log-returns. Not here:
//! the diffusion, which is correlated with other markets (`joint`).

use super::lognormal::Lognormal;
use super::{JumpRows, ReturnProcess, STEPS_PER_YEAR};
use crate::form::{Group, Kind, Preset, Reader, Table, fault};
use crate::math::elementary::{exp, expm1};
use crate::math::{Hits, Lanes};
use crate::parameters;
use crate::random::discrete::CountLaw;
use crate::random::{Purpose, Rare};
use crate::stage::{Build, Month, Phase, Scope};
use crate::units::{Intensity, LogMean, LogSpread, per_cent};
use std::sync::Arc;

/// Largest change per year that jumps may make to the logarithm of expected growth. Beyond it, the compensating
/// drift outweighs any path without a jump, and the expected growth depends on paths that are never drawn.
const MOST_COMPENSATION: f64 = 12.0;

parameters! {
    /// The key that selects the process.
    pub struct JumpKeys {
        /// Sudden moves of the log-price, a part of the volatility: their rate, mean and spread.
        /// They are the asset's own; agents see those of an asset that is alone in its market.
        jumps: Option<Jumps> = Preset::Absent,
    }
}

parameters! {
    /// Merton's jump diffusion: a compound Poisson process of normal log-jumps on top of a diffusion.
    ///
    /// ```text
    /// J = Σ_{i ≤ K} N(μ, δ²),  K ~ Poisson(λΔt)
    /// factor = exp(J − λkΔt),  k = exp(μ + ½δ²) − 1        E[factor] = 1
    /// σ_diffusive² = σ² − λ(μ² + δ²)
    /// ```
    ///
    /// `λ` per year, `μ` and `δ` in log-price, `σ` (the asset's total volatility) per square root of
    /// a year. Source: Merton (1976), Journal of Financial Economics 3.
    pub struct Jumps: "table of jumps" = "{ rate = \"0.5/year\", mean = -0.10, sd = 0.15 }" {
        /// Expected number per year.
        rate: Intensity = Preset::Required,
        /// Mean of a move of the log-price: -0.10 is a fall of about 10 %.
        mean: LogMean = Preset::Required,
        /// Standard deviation of a move.
        sd: LogSpread = Preset::Required,
    }
}

/// Registry entry of the jump diffusion.
pub const KIND: Kind<dyn ReturnProcess> = Kind {
    id: "jumps",
    doc: "Jump diffusion: sudden moves of the price (Merton 1976).",
    example: "jumps = { rate = \"0.5/year\", mean = -0.10, sd = 0.15 }",
    fields: JumpKeys::FIELDS,
    read: |reader| match JumpKeys::take(reader).jumps {
        Some(jumps) => Arc::new(jumps),
        None => Arc::new(Lognormal),
    },
};

impl Jumps {
    /// Jumps per year λ, then mean μ and standard deviation δ of a jump of the log-price.
    fn numbers(&self) -> [f64; 3] {
        [self.rate.get(), self.mean.get(), self.sd.get()]
    }
}

impl ReturnProcess for Jumps {
    fn written(&self) -> Table {
        JumpKeys { jumps: Some(self.clone()) }.written()
    }

    fn is_rare(&self) -> bool {
        true
    }

    fn own_variance(&self) -> f64 {
        let [rate, mean, sd] = self.numbers();
        rate * (mean * mean + sd * sd)
    }

    fn check(&self, reader: &mut Reader<'_>) {
        let [rate, mean, sd] = self.numbers();
        let added = rate * expm1(0.5f64.mul_add(sd * sd, mean));
        if added.abs() <= MOST_COMPENSATION {
            return;
        }
        fault!(reader, "jumps", "these jumps change the expected growth too much";
            "jumps" => "the change is {} a year", per_cent(added); help: "write smaller or rarer jumps";
            rule: "rate·|exp(mean + sd²/2) - 1| must be at most 12 a year");
    }

    fn build(&self, build: &mut Build) -> Option<JumpRows> {
        let rows = JumpRows { factor: build.row(), log: build.row() };
        let count = build.uniforms(Purpose::JumpCount, Scope::Month);
        let size = build.rare(Purpose::JumpSize);
        let factors = JumpFactors::new(self, size);
        build.step(
            Phase::Shock,
            "Jump",
            #[inline(always)]
            move |cx| {
                let Month { index, first_path } = cx.month;
                let uniforms = cx.draws.row(count);
                let [factor, log] = cx.rows.pair(rows.factor, rows.log);
                factors.fill(uniforms, first_path, index, factor, log);
            },
        );
        Some(rows)
    }
}

const VECTOR: usize = 8;

/// Draws the monthly jump factors of one market, compensated to a mean of 1.
#[derive(Clone, Debug)]
pub struct JumpFactors {
    counts: CountLaw,
    size: Rare,
    mean: f64,
    deviation: f64,
    compensation: f64,
    without_jump: f64,
}

impl JumpFactors {
    /// Creates the factors of `law`; jump sizes are drawn from `size`.
    ///
    /// # Panics
    ///
    /// If there are more than a million jumps a month.
    pub fn new(law: &Jumps, size: Rare) -> Self {
        let [rate, mean, deviation] = law.numbers();
        let intensity_per_step = rate / STEPS_PER_YEAR;
        let mean_jump = exp(mean + 0.5 * deviation * deviation) - 1.0;
        let compensation = -intensity_per_step * mean_jump;
        Self {
            counts: CountLaw::poisson(intensity_per_step)
                .expect("an intensity is far below a million a month"),
            size,
            mean,
            deviation,
            compensation,
            without_jump: exp(compensation),
        }
    }

    /// Fills `factor` with the compensated jump factor and `log` with the log-return of a month's jumps;
    /// `uniforms` decide the number of jumps per path.
    #[inline(always)]
    pub fn fill(&self, uniforms: &Lanes, first_path: u64, month: u32, factor: &mut Lanes, log: &mut Lanes) {
        *factor = Lanes::splat(self.without_jump);
        *log = Lanes::ZERO;
        // the few paths with jumps are taken by whole vectors, so that the loop over them has no branch
        let hits = Hits::of(|lane| self.counts.is_positive(uniforms[lane]));
        let vectors = hits.padded().as_chunks::<VECTOR>().0;
        for (index, lanes) in vectors[..hits.n().div_ceil(VECTOR)].iter().enumerate() {
            let (mut logs, mut factors) = ([0.0; VECTOR], [0.0; VECTOR]);
            for slot in 0..VECTOR {
                logs[slot] = f64::from(self.counts.count(uniforms[usize::from(lanes[slot])]));
            }
            for slot in 0..VECTOR {
                let path = first_path + u64::from(lanes[slot]);
                let [normal, _] = self.size.normal2(path, month, 0);
                let count = logs[slot];
                logs[slot] = self.mean.mul_add(count, self.deviation * count.sqrt() * normal);
                factors[slot] = exp(logs[slot] + self.compensation);
            }
            for slot in 0..VECTOR.min(hits.n() - index * VECTOR) {
                let lane = usize::from(lanes[slot]);
                (log[lane], factor[lane]) = (logs[slot], factors[slot]);
            }
        }
    }
}
