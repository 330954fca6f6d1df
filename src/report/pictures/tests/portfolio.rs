//! Simulated portfolios: lognormal months with one common factor, spending, ruin.
//!
//! In: a [`Portfolio`]. Out: a [`Run`], the same numbers on every machine. Not here: data of
//! charts (`samples`).

use crate::math::{exp, ln};
use crate::report::facts::HappeningPart;

/// Generator of random numbers: SplitMix64 (Steele, Lea and Flood 2014), with the polar method for normal numbers.
struct Random(u64);

impl Random {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn uniform(&mut self) -> f64 {
        (self.word() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let s = x * x + y * y;
            if s > 0.0 && s < 1.0 {
                return x * (-2.0 * ln(s) / s).sqrt();
            }
        }
    }
}

pub struct Asset {
    pub name: String,
    pub drift: f64,
    pub volatility: f64,
    pub value: f64,
}

/// A sample portfolio to simulate. Drift and volatility are per year, contributions and spending per month.
pub struct Portfolio {
    pub assets: Vec<Asset>,
    pub correlation: f64,
    pub months: usize,
    pub contribution: f64,
    pub spending: f64,
    pub currency: &'static str,
    pub n_paths: usize,
    pub happenings: Vec<HappeningPart>,
}

pub struct Run {
    pub portfolio: Portfolio,
    /// Wealth by path, then by month.
    pub wealth: Vec<Vec<f64>>,
    /// Value of a unit of each asset relative to the start: by asset, then path, then month.
    pub relative: Vec<Vec<Vec<f64>>>,
    /// Maximum drawdown of each path, as a fraction.
    pub falls: Vec<f64>,
}

pub const NAMES: [&str; 12] = [
    "Micro-SaaS fleet", "Synthetic media", "Tokenised property", "DeFi yield", "Niche content",
    "Product flywheel", "AI-managed book", "Stock photographs", "Voice models", "Solar farm shares",
    "Newsletter network", "Warehouse fractions",
];
const DRIFTS: [f64; 12] = [0.16, 0.15, 0.06, 0.06, 0.08, 0.12, 0.07, 0.02, 0.09, 0.07, 0.1, 0.05];
const VOLATILITIES: [f64; 12] = [0.30, 0.48, 0.12, 0.65, 0.33, 0.38, 0.26, 0.4, 0.5, 0.15, 0.35, 0.1];

impl Portfolio {
    pub fn of(n_assets: usize) -> Self {
        let assets = (0..n_assets).map(|k| Asset {
            name: NAMES[k].to_string(),
            drift: DRIFTS[k],
            volatility: VOLATILITIES[k],
            value: 250_000.0 / n_assets as f64,
        });
        Self {
            assets: assets.collect(),
            correlation: 0.3,
            months: 120,
            contribution: 0.0,
            spending: 0.0,
            currency: "USD",
            n_paths: 1000,
            happenings: Vec::new(),
        }
    }

    /// Multiplies every amount of the portfolio by `factor`.
    pub fn scaled(mut self, factor: f64) -> Self {
        for asset in &mut self.assets {
            asset.value *= factor;
        }
        self.spending *= factor;
        self.contribution *= factor;
        self
    }

    /// Sets a certain event in each of these months; its label names the month.
    pub fn with_happenings(mut self, months: &[u32]) -> Self {
        let named = months.iter().map(|month| HappeningPart {
            month: *month,
            label: format!("something that happens for certain in month {month}"),
            is_flow: false,
        });
        self.happenings = named.collect();
        self
    }

    pub fn with_volatility(mut self, factor: f64) -> Self {
        for asset in &mut self.assets {
            asset.volatility *= factor;
        }
        self
    }

    pub fn spending(mut self, per_month: f64) -> Self {
        self.spending = per_month;
        self
    }

    pub fn contributing(mut self, per_month: f64) -> Self {
        self.contribution = per_month;
        self
    }

    pub fn paths(mut self, n_paths: usize) -> Self {
        self.n_paths = n_paths;
        self
    }

    pub fn in_currency(mut self, code: &'static str) -> Self {
        self.currency = code;
        self
    }

    pub fn lasting(mut self, months: usize) -> Self {
        self.months = months;
        self
    }

    pub fn long_names(mut self) -> Self {
        for (index, asset) in self.assets.iter_mut().enumerate() {
            asset.name =
                format!("{} number {index}, held through an intermediary in another country", asset.name);
        }
        self
    }

    pub fn named(mut self, names: &[&str]) -> Self {
        for (asset, name) in self.assets.iter_mut().zip(names) {
            asset.name = (*name).to_string();
        }
        self
    }

    pub fn without_drift(mut self) -> Self {
        for asset in &mut self.assets {
            asset.drift = 0.0;
        }
        self
    }

    pub fn run(self, seed: u64) -> Run {
        let mut random = Random(seed);
        let n_assets = self.assets.len();
        let mut run = Run {
            wealth: Vec::new(),
            relative: vec![Vec::new(); n_assets],
            falls: Vec::new(),
            portfolio: self,
        };
        for _ in 0..run.portfolio.n_paths {
            run.path(&mut random);
        }
        run
    }
}

impl Run {
    fn path(&mut self, random: &mut Random) {
        let plan = &self.portfolio;
        let start: f64 = plan.assets.iter().map(|asset| asset.value).sum();
        let mut values: Vec<f64> = plan.assets.iter().map(|asset| asset.value).collect();
        let mut units = vec![vec![1.0]; values.len()];
        let (mut wealth, mut unit, mut peak, mut fall) = (vec![start], 1.0_f64, 1.0_f64, 0.0_f64);
        for _ in 0..plan.months {
            let common = random.normal();
            let before: f64 = values.iter().sum();
            for (k, asset) in plan.assets.iter().enumerate() {
                let z = plan.correlation.sqrt() * common + (1.0 - plan.correlation).sqrt() * random.normal();
                let drift = ln(1.0 + asset.drift) - asset.volatility * asset.volatility / 2.0;
                let growth = exp(drift / 12.0 + asset.volatility * z / 12.0_f64.sqrt());
                values[k] *= growth;
                let last = units[k][units[k].len() - 1];
                units[k].push(last * growth);
            }
            let grown: f64 = values.iter().sum();
            unit = if before > 0.0 { unit * grown / before } else { 0.0 };
            let left = (grown + plan.contribution - plan.spending).max(0.0);
            let left = if before > 0.0 { left } else { 0.0 };
            let factor = if grown > 0.0 { left / grown } else { 0.0 };
            values.iter_mut().for_each(|value| *value *= factor);
            if left == 0.0 {
                unit = 0.0;
            }
            peak = peak.max(unit);
            fall = fall.max(1.0 - unit / peak);
            wealth.push(left);
        }
        self.wealth.push(wealth);
        self.falls.push(fall);
        for (all, one) in self.relative.iter_mut().zip(units) {
            all.push(one);
        }
    }
}
