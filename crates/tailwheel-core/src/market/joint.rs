//! Joint shocks of all markets: independent normals become correlated shocks with exactly normal margins.
//!
//! In: one row of independent standard normals per market. Out: the same rows as `σ_i√Δt·ε_i`. Not here:
//! jumps (`jump_diffusion`), the source of the correlations (`scenario`), shocks of assets in a shared
//! market (`shared`).

use super::shared::{Scaled, Shared};
use super::{Regime, RegimeRows};
use crate::math::student::NormalScore;
use crate::math::{LANES, Lanes};
use crate::random::{ChiSquared, ObjectKind, Purpose};
use crate::stage::{Build, Draw, Draws, Scope};

/// Number of f64 lanes in the widest vector register.
const VECTOR: usize = 8;
/// Number of matrix rows whose sums stay in registers together.
const GROUP: usize = 4;

/// Copula of the monthly shocks. Every choice keeps each market's shock exactly normal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Copula {
    /// Correlated normals, without tail dependence unless the correlation is 1.
    #[default]
    Gaussian,
    /// Student-t dependence: one `χ²_ν` variable per month scales all shocks, then `Φ⁻¹∘F_ν` maps each
    /// margin back to the normal. Tail dependence is `2 t_{ν+1}(−√((ν+1)(1−ρ)/(1+ρ)))`.
    /// Source: Demarta and McNeil (2005), International Statistical Review 73.
    StudentT {
        /// Degrees of freedom ν, 3 … 30.
        dof: u32,
    },
}

/// Turns the independent normals of a month into correlated shocks of the markets.
///
/// ```text
/// Gaussian:   shock_i = σ_i√Δt · (L z)_i
/// Student t:  shock_i = σ_i√Δt · Φ⁻¹(F_ν((L z)_i √(ν/χ²_ν)))
/// ```
///
/// `L`: lower Cholesky factor of the correlation matrix; one `χ²_ν` per month and path.
pub struct Joint {
    first: Draw,
    n_markets: usize,
    /// Cholesky factor of the correlations, row-major, n × n, zeros above the diagonal; rows scaled by
    /// `σ_i√Δt` if Gaussian.
    factor: Vec<f64>,
    stretch: Option<Stretch>,
    crisis: Option<Crisis>,
    shared: Vec<Shared>,
    scaled: Vec<Scaled>,
}

/// Regime of the markets, and the correlation of their shocks in a crisis.
pub struct CrisisPlan<'a> {
    pub regime: Regime,
    /// Lower Cholesky factor of the correlation matrix in a crisis, row-major.
    pub cholesky: &'a [f64],
}

/// Second correlation matrix, used in months of crisis.
struct Crisis {
    rows: RegimeRows,
    /// Cholesky factor of the correlations in a crisis, row-major; rows scaled by `m·σ_i√Δt` if Gaussian, with m the
    /// crisis multiple of volatility.
    factor: Vec<f64>,
    /// First of the spare rows that hold the shocks of a crisis.
    spare: Draw,
}

/// State that only the Student-t copula needs.
struct Stretch {
    mixing: Draw,
    score: NormalScore,
    scale: Vec<f64>,
}

impl Joint {
    /// Requests the draws of all `markets` (names in canonical order) and prepares their correlation.
    /// `cholesky` is the row-major lower factor, `volatility_per_step` is `σ_i√Δt` in the normal regime. Also
    /// returns the draws that hold the shocks, in the order of `markets`.
    pub fn build(
        markets: &[&str],
        cholesky: &[f64],
        volatility_per_step: &[f64],
        copula: Copula,
        crisis: Option<&CrisisPlan<'_>>,
        build: &mut Build,
    ) -> (Self, Vec<Draw>) {
        let n_markets = markets.len();
        assert_eq!(cholesky.len(), n_markets * n_markets);
        assert_eq!(volatility_per_step.len(), n_markets);
        let shocks: Vec<Draw> = markets
            .iter()
            .map(|name| {
                build.object(ObjectKind::Market, name);
                build.normals(Purpose::Shock, Scope::Month)
            })
            .collect();
        let stretch = match copula {
            Copula::Gaussian => None,
            Copula::StudentT { dof } => Some(Stretch::build(dof, volatility_per_step, build)),
        };
        // the t copula needs unit normals; the Gaussian one can scale its factor at no cost
        let scaled = |factor: &[f64], times: f64| -> Vec<f64> {
            let scale = |row: usize| match copula {
                Copula::Gaussian => times * volatility_per_step[row],
                Copula::StudentT { .. } => 1.0,
            };
            factor.iter().enumerate().map(|(k, entry)| scale(k / n_markets) * entry).collect()
        };
        let crisis = crisis.map(|crisis| {
            let rows = RegimeRows::build(crisis.regime, build);
            let spare = build.derived();
            (1..n_markets).for_each(|_| {
                build.derived();
            });
            Crisis { rows, factor: scaled(crisis.cholesky, crisis.regime.volatility), spare }
        });
        let joint = Self {
            first: shocks[0],
            n_markets,
            factor: scaled(cholesky, 1.0),
            stretch,
            crisis,
            shared: Vec::new(),
            scaled: Vec::new(),
        };
        (joint, shocks)
    }

    /// Requests the monthly shock of the asset being built, which shares its market with others. `unit` is
    /// the market's shock with volatility 1; `correlation` is that of the asset with its market;
    /// `volatility_per_step` is the asset's per month.
    pub fn share(
        &mut self,
        unit: Draw,
        correlation: f64,
        volatility_per_step: f64,
        build: &mut Build,
    ) -> Draw {
        if correlation == 1.0 {
            return self.scale(unit, volatility_per_step, build);
        }
        let own = build.normals(Purpose::OwnShock, Scope::Month);
        self.shared.push(Shared::new(unit, own, correlation, volatility_per_step));
        own
    }

    /// Requests a row with the product `unit`·`volatility_per_step`, where `unit` is the shock of a market
    /// with volatility 1.
    pub fn scale(&mut self, unit: Draw, volatility_per_step: f64, build: &mut Build) -> Draw {
        let row = build.derived();
        self.scaled.push(Scaled { unit, row, volatility_per_step });
        row
    }

    /// Rows of the crisis regime; `None` if the scenario has no crises.
    pub fn regime(&self) -> Option<RegimeRows> {
        self.crisis.as_ref().map(|crisis| crisis.rows)
    }

    /// Turns the freshly drawn normals of `month` into the shocks of markets and assets.
    #[inline(always)]
    pub fn apply(&self, draws: &mut Draws, month: u32) {
        if let Some(crisis) = &self.crisis {
            crisis.prepare(draws, self.first, self.n_markets, month);
        }
        let rows = draws.rows_mut(self.first, self.n_markets);
        correlate(&self.factor, rows);
        if let Some(crisis) = &self.crisis {
            crisis.select(draws, self.first, self.n_markets);
        }
        if let Some(stretch) = &self.stretch {
            let (rows, mixing) = draws.rows_mut_with(self.first, self.n_markets, stretch.mixing);
            stretch.score.apply_between(rows, mixing, &stretch.scale);
            if let Some(crisis) = &self.crisis {
                let times = crisis.rows.volatility;
                let (rows, times) = draws.rows_mut_with(self.first, self.n_markets, times);
                rows.iter_mut().for_each(|row| *row *= times);
            }
        }
        let regime = self.crisis.as_ref().map(|crisis| crisis.rows.volatility);
        for shared in &self.shared {
            shared.apply(draws, regime);
        }
        for scaled in &self.scaled {
            scaled.apply(draws);
        }
    }
}

impl Crisis {
    /// Draws the regime of the month and correlates a copy of the normals with the crisis matrix.
    #[inline(always)]
    fn prepare(&self, draws: &mut Draws, first: Draw, n_markets: usize, month: u32) {
        self.rows.advance(draws, month);
        draws.copy_rows(first, self.spare, n_markets);
        correlate(&self.factor, draws.rows_mut(self.spare, n_markets));
    }

    /// Replaces the normal shocks by the crisis shocks on the paths that are in a crisis.
    #[inline(always)]
    fn select(&self, draws: &mut Draws, first: Draw, n_markets: usize) {
        let state = *draws.row(self.rows.state);
        for market in 0..n_markets {
            let crisis = *draws.row(self.spare.after(market));
            let row = draws.row_mut(first.after(market));
            row.each(|lane, own| if state[lane] > 0.5 { crisis[lane] } else { own });
        }
    }
}

impl Stretch {
    fn build(dof: u32, scale: &[f64], build: &mut Build) -> Self {
        let chi_squared = ChiSquared::new(dof).expect("a scenario has 3 to 30 degrees of freedom");
        build.object(ObjectKind::World, "copula");
        Self {
            mixing: build.mixing(Purpose::Mixing, chi_squared, Scope::Month),
            score: NormalScore::new(dof),
            scale: scale.to_vec(),
        }
    }
}

/// `rows ← factor · rows` in place. Rows are replaced from last to first, so a row is computed while those
/// above it are still independent. Sums run upwards from 0, so a zero column changes no bit.
#[inline(always)]
fn correlate(factor: &[f64], rows: &mut [Lanes]) {
    let n_rows = rows.len();
    let grouped = n_rows - n_rows % GROUP;
    for row in (grouped..n_rows).rev() {
        correlate_one(&factor[row * n_rows..][..=row], rows, row);
    }
    for first in (0..grouped).step_by(GROUP).rev() {
        correlate_group(factor, rows, first);
    }
}

#[inline(always)]
fn correlate_one(coefficients: &[f64], rows: &mut [Lanes], target: usize) {
    for chunk in 0..LANES / VECTOR {
        let mut sum = [0.0; VECTOR];
        for (column, &coefficient) in coefficients.iter().enumerate() {
            sum = fused(coefficient, vector(&rows[column], chunk), sum);
        }
        rows[target].as_chunks_mut::<VECTOR>().0[chunk] = sum;
    }
}

/// Computes four rows of [`correlate`] by two vectors: eight independent sums hide the latency of the fused
/// multiply-add. The sums are separate variables because arrays of accumulators do not stay in registers.
#[inline(always)]
fn correlate_group(factor: &[f64], rows: &mut [Lanes], first: usize) {
    let n_rows = rows.len();
    let of = |row: usize| &factor[row * n_rows..][..first + GROUP];
    let [f0, f1, f2, f3] = [of(first), of(first + 1), of(first + 2), of(first + 3)];
    for chunk in (0..LANES / VECTOR).step_by(2) {
        let zero = [0.0; VECTOR];
        let (mut a0, mut a1, mut a2, mut a3) = (zero, zero, zero, zero);
        let (mut b0, mut b1, mut b2, mut b3) = (zero, zero, zero, zero);
        for column in 0..first + GROUP {
            let (a, b) = (vector(&rows[column], chunk), vector(&rows[column], chunk + 1));
            a0 = fused(f0[column], a, a0);
            a1 = fused(f1[column], a, a1);
            a2 = fused(f2[column], a, a2);
            a3 = fused(f3[column], a, a3);
            b0 = fused(f0[column], b, b0);
            b1 = fused(f1[column], b, b1);
            b2 = fused(f2[column], b, b2);
            b3 = fused(f3[column], b, b3);
        }
        for (offset, sums) in [[a0, b0], [a1, b1], [a2, b2], [a3, b3]].iter().enumerate() {
            let target = rows[first + offset].as_chunks_mut::<VECTOR>().0;
            target[chunk] = sums[0];
            target[chunk + 1] = sums[1];
        }
    }
}

#[inline(always)]
fn vector(row: &Lanes, chunk: usize) -> &[f64; VECTOR] {
    &row.as_chunks::<VECTOR>().0[chunk]
}

/// `coefficient · factor + sum`. A loop, because `array::from_fn` may be compiled apart for the baseline CPU,
/// which calls a function for each fused multiply-add.
#[inline(always)]
fn fused(coefficient: f64, factor: &[f64; VECTOR], mut sum: [f64; VECTOR]) -> [f64; VECTOR] {
    for lane in 0..VECTOR {
        sum[lane] = coefficient.mul_add(factor[lane], sum[lane]);
    }
    sum
}
