//! Markets, clusters of agents, and the quantities that follow from their holdings.
//!
//! In: sizes, shares, triggers. Out: a [`System`] with weights and impacts. Not here: the state of a month.

use crate::math::elementary::{exp, ln, ln_1p};

/// Largest number of markets in a system of markets and agents.
pub const MAX_MARKETS: usize = 64;

/// Largest number of clusters of agents in a system.
pub const MAX_CLUSTERS: usize = 16;

/// Largest number of blocks of agents in a cluster.
pub const MAX_BLOCKS: u32 = 65_535;

/// Size of a market and its sensitivity to sales by agents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Depth {
    /// Market value V of the float; only ratios between markets matter.
    pub size: f64,
    /// Share α of the float that agents hold.
    pub agent_share: f64,
    /// Fall d of the price if a tenth of the float is sold at once, as a fraction.
    pub impact_of_tenth: f64,
}

/// Cluster: agents that run on the same model with the same policy and so sell together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    /// Fraction ω of the capital of all agents that the agents of this cluster manage.
    pub capital_share: f64,
    /// Log-loss τ of the month at which the first agents sell.
    pub first_trigger: f64,
    /// Width b of the band of log-losses over which the agents sell.
    pub dispersion: f64,
    /// Fraction φ of its position that an agent sells.
    pub sell_fraction: f64,
    /// Number N of blocks: groups of agents that decide together.
    pub n_blocks: u32,
}

impl Cluster {
    /// Log-loss of the month at which the last agents sell.
    pub fn last_trigger(&self) -> f64 {
        self.first_trigger + self.dispersion
    }
}

/// Markets and clusters of agents, with all quantities that stay constant over time.
///
/// ```text
/// s_gi = ω_g α_i                         share of market i that cluster g holds
/// a_gi = s_gi V_i / Σ_j s_gj V_j         weight of market i in the loss that g sees
/// κ_i  = −ln(1 − d_i)/0.1^δ              log-fall if the whole float were sold
/// q_i  = Σ_g s_gi φ_g k_g/N_g            fraction of the float sold when k_g blocks of g fired
/// y_i  = κ_i q_i^δ                       log-fall of the price
/// ```
///
/// A cluster has the share ω of all agents' capital and N blocks, and sells the fraction φ. A market has the size V,
/// of which agents hold the share α, and falls by d if a tenth is sold; δ is the exponent of the impact.
///
/// The overlap of clusters follows from holdings; no scenario states it. Sources: Cont and Schaanning (2017), Fire
/// sales, indirect contagion and systemic stress testing, for selling at thresholds; Cifuentes, Ferrucci and Shin
/// (2005) for the exponential impact.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    pub markets: Vec<Depth>,
    pub clusters: Vec<Cluster>,
    /// Exponent δ of the price impact: 1 is linear in the log-price, ½ is the square-root law.
    pub exponent: f64,
    /// Weight `a_gi` of market i in the log-loss that cluster g sees, one row per cluster.
    weights: Vec<f64>,
    /// Log-fall `κ_i` of each market i if the whole float were sold.
    full_impact: Vec<f64>,
    /// Fractions `s_gi φ_g / N_g` of the float of market i that one block of agents of cluster g sells, one
    /// row per cluster g.
    sold_per_block: Vec<f64>,
    /// Inverse widths `1/b_g` of the threshold bands, because a product is faster than a division in every
    /// round of a cascade.
    per_width: Vec<f64>,
    /// Log-loss that one sold block of agents of cluster h adds for cluster g, one row per g, with linear impact:
    /// `Σ_i a_gi κ_i s_hi φ_h / N_h`, in the symbols of [`System`].
    coupling: Vec<f64>,
}

impl System {
    /// Creates a system in which each cluster holds its share of all agents' capital in each of the `markets`.
    pub fn new(markets: Vec<Depth>, clusters: Vec<Cluster>, exponent: f64) -> Self {
        let holdings: Vec<f64> = clusters
            .iter()
            .flat_map(|cluster| {
                let share = cluster.capital_share;
                markets.iter().map(move |market| share * market.agent_share)
            })
            .collect();
        Self::with_holdings(markets, clusters, &holdings, exponent)
    }

    /// Creates a system in which cluster g holds the share `s_gi` of the float of market i (`holdings`, one row per
    /// cluster): for tests and uneven portfolios. Panics if their number does not match, or beyond [`MAX_CLUSTERS`].
    pub fn with_holdings(
        markets: Vec<Depth>,
        clusters: Vec<Cluster>,
        holdings: &[f64],
        exponent: f64,
    ) -> Self {
        let n = markets.len();
        assert_eq!(holdings.len(), n * clusters.len(), "one holding each");
        assert!(clusters.len() <= MAX_CLUSTERS, "too many clusters");
        let tenth = exp(exponent * ln(0.1));
        let full_impact = markets.iter().map(|market| -ln_1p(-market.impact_of_tenth) / tenth).collect();
        let mut weights = Vec::with_capacity(holdings.len());
        let mut sold_per_block = Vec::with_capacity(holdings.len());
        for (cluster, held) in clusters.iter().zip(holdings.chunks_exact(n)) {
            let value = |i: usize| held[i] * markets[i].size;
            let total: f64 = (0..n).map(value).sum();
            weights.extend((0..n).map(|i| if total > 0.0 { value(i) / total } else { 0.0 }));
            let per_block = cluster.sell_fraction / f64::from(cluster.n_blocks);
            sold_per_block.extend(held.iter().map(|share| share * per_block));
        }
        let per_width = clusters.iter().map(|cluster| 1.0 / cluster.dispersion);
        let mut system = Self {
            per_width: per_width.collect(),
            markets,
            clusters,
            exponent,
            weights,
            full_impact,
            sold_per_block,
            coupling: Vec::new(),
        };
        system.coupling = system.linear_coupling();
        system
    }

    /// Replaces the log-falls `κ_i` if the whole float were sold, for test cases that state them directly.
    pub fn with_full_impact(mut self, full_impact: &[f64]) -> Self {
        self.full_impact.copy_from_slice(full_impact);
        self.coupling = self.linear_coupling();
        self
    }

    /// Position in the threshold band of cluster `g` (agents with one model) that the log-loss `seen`
    /// reaches. Blocks with a threshold position up to it, in (0, 1), sell.
    #[inline(always)]
    pub fn reach(&self, g: usize, seen: f64) -> f64 {
        (seen - self.clusters[g].first_trigger) * self.per_width[g]
    }

    /// Number of markets.
    pub fn n_markets(&self) -> usize {
        self.markets.len()
    }

    /// Number of clusters of agents.
    pub fn n_clusters(&self) -> usize {
        self.clusters.len()
    }

    /// Weights `a_gi` of the markets in the log-loss that cluster `g` (agents with one model) sees.
    #[inline(always)]
    pub fn weights(&self, g: usize) -> &[f64] {
        let n = self.n_markets();
        &self.weights[g * n..(g + 1) * n]
    }

    /// Log-fall `κ_i` of `market` if the whole float were sold.
    #[inline(always)]
    pub fn full_impact(&self, market: usize) -> f64 {
        self.full_impact[market]
    }

    /// Fraction of the float of `market` that one block of agents of cluster `g` sells.
    #[inline(always)]
    pub fn sold_per_block(&self, g: usize, market: usize) -> f64 {
        self.sold_per_block[g * self.n_markets() + market]
    }

    /// Log-loss that one sold block of agents adds for cluster `g`, per selling cluster, with linear impact.
    #[inline(always)]
    pub fn coupling(&self, g: usize) -> &[f64] {
        let n = self.n_clusters();
        &self.coupling[g * n..(g + 1) * n]
    }

    /// True if the price impact is linear in the log-price.
    #[inline(always)]
    pub fn is_linear(&self) -> bool {
        self.exponent == 1.0
    }

    /// Log-fall of `market` after `fired[h]` blocks of every cluster h of agents have sold. `thinning` = 1/ζ
    /// is the factor on price impacts in a crisis.
    #[inline(always)]
    pub fn impact(&self, market: usize, fired: &[f64], thinning: f64) -> f64 {
        let mut sold = 0.0;
        for (g, count) in fired.iter().enumerate() {
            sold = self.sold_per_block(g, market).mul_add(*count, sold);
        }
        let shape = if self.is_linear() {
            sold
        } else if sold > 0.0 {
            exp(self.exponent * ln(sold))
        } else {
            0.0
        };
        self.full_impact[market] * thinning * shape
    }

    /// Returns the log-loss of the holdings of cluster `g` (agents with one model) before any sale. `losses` has the
    /// log-loss of each market. It is computed bit for bit as by [`Cascade`](super::Cascade), so that both agree on
    /// whether sales begin.
    #[inline(always)]
    pub fn load(&self, g: usize, losses: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (market, weight) in self.weights(g).iter().enumerate() {
            sum = weight.mul_add(losses[market], sum);
        }
        sum
    }

    /// Log-loss of the holdings of cluster `g` caused by sales: `fired[h]` is the number of blocks of agents
    /// that have sold in cluster h. `thinning` is the factor on price impacts in a crisis.
    #[inline(always)]
    pub fn pressure(&self, g: usize, fired: &[f64], thinning: f64) -> f64 {
        let mut sum = 0.0;
        if self.is_linear() {
            for (h, per_block) in self.coupling(g).iter().enumerate() {
                sum = per_block.mul_add(fired[h], sum);
            }
            return sum * thinning;
        }
        for (market, weight) in self.weights(g).iter().enumerate() {
            sum = weight.mul_add(self.impact(market, fired, thinning), sum);
        }
        sum
    }

    fn linear_coupling(&self) -> Vec<f64> {
        let n_clusters = self.n_clusters();
        let mut coupling = Vec::with_capacity(n_clusters * n_clusters);
        for g in 0..n_clusters {
            for h in 0..n_clusters {
                let mut sum = 0.0;
                for (i, weight) in self.weights(g).iter().enumerate() {
                    sum += weight * self.full_impact[i] * self.sold_per_block(h, i);
                }
                coupling.push(sum);
            }
        }
        coupling
    }
}
