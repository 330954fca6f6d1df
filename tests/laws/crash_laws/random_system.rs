//! Random systems and months: 1–5 markets, 1–5 clusters of 1–400 blocks, from calm to hopeless.

use proptest::prelude::*;
use tailwheel::crash::{Cascade, Cluster, Depth, Month, System, Thresholds};
use tailwheel::random::{Address, ObjectKind, Purpose, Rare};

/// Everything of one month of one system, thresholds included.
#[derive(Clone, Debug)]
pub struct Case {
    pub markets: Vec<Depth>,
    pub clusters: Vec<Cluster>,
    pub exponent: f64,
    pub losses: Vec<f64>,
    pub active: Vec<u32>,
    pub obeying: Vec<u32>,
    pub thinning: f64,
    /// Position in its band of each block, active or not.
    pub uniforms: Vec<Vec<f64>>,
}

/// Thresholds that are uniforms of a row each.
pub struct Known<'a>(pub &'a [Vec<f64>]);

impl Known<'_> {
    fn position(&self, g: usize, block: usize) -> u32 {
        (4_294_967_296.0 * self.0[g][block]) as u32
    }
}

impl Thresholds for Known<'_> {
    fn upper_halves(&mut self, _: usize, g: usize, row: &mut [u16]) {
        let known = row.len().min(self.0[g].len());
        for (block, half) in row[..known].iter_mut().enumerate() {
            *half = (self.position(g, block) >> 16) as u16;
        }
    }

    fn lower_half(&mut self, _: usize, g: usize, block: u32) -> u16 {
        self.position(g, block as usize) as u16
    }
}

impl Case {
    pub fn system(&self) -> System {
        System::new(self.markets.clone(), self.clusters.clone(), self.exponent)
    }

    pub fn month(&self) -> Month<'_> {
        Month { losses: &self.losses, active: &self.active, obeying: &self.obeying, thinning: self.thinning }
    }

    /// Numbers fired, by the library.
    pub fn fired(&self) -> Vec<f64> {
        self.fired_in(&self.system())
    }

    /// The same in a system that is not quite the case's own.
    pub fn fired_in(&self, system: &System) -> Vec<f64> {
        Cascade::new(system).solve(system, &self.month(), Known(&self.uniforms)).to_vec()
    }

    /// Total log-loss of every market after `fired`.
    pub fn totals(&self, system: &System, fired: &[f64]) -> Vec<f64> {
        let total = |(i, loss): (usize, &f64)| loss + system.impact(i, fired, self.thinning);
        self.losses.iter().enumerate().map(total).collect()
    }

    /// Nobody obeys, everybody can act, ordinary depth.
    pub fn plain(mut self) -> Self {
        self.obeying.fill(0);
        self.active = self.clusters.iter().map(|cluster| cluster.n_blocks).collect();
        self.thinning = 1.0;
        self
    }
}

fn market() -> impl Strategy<Value = Depth> {
    (0.1..10.0_f64, 0.02..1.0_f64, 0.01..0.3_f64).prop_map(|(size, agent_share, impact_of_tenth)| Depth {
        size,
        agent_share,
        impact_of_tenth,
    })
}

/// A cluster whose capital is still to be divided by that of all; shares of blocks out and
/// obeying.
fn cluster() -> impl Strategy<Value = (Cluster, f64, f64)> {
    let band = prop_oneof![0.002..0.05_f64, 0.05..0.5_f64];
    let obeying = prop_oneof![3 => Just(0.0), 1 => 0.0..0.5_f64];
    let out = prop_oneof![2 => Just(0.0), 1 => 0.0..1.0_f64];
    (0.05..1.0_f64, 0.01..0.3_f64, band, 0.1..=1.0_f64, 1_u32..=400, out, obeying).prop_map(
        |(capital_share, first_trigger, dispersion, sell_fraction, blocks, out, obeying)| {
            let cluster =
                Cluster { capital_share, first_trigger, dispersion, sell_fraction, n_blocks: blocks };
            (cluster, out, obeying)
        },
    )
}

/// Months from gains to losses in which everything is sold.
pub fn case() -> impl Strategy<Value = Case> {
    let loss = prop_oneof![6 => -0.1..0.4_f64, 1 => 0.4..4.0_f64];
    (1_usize..=5)
        .prop_flat_map(move |n_markets| {
            (
                prop::collection::vec(market(), n_markets),
                prop::collection::vec(loss.clone(), n_markets),
                prop::collection::vec(cluster(), 1..=5),
                prop_oneof![Just(1.0), Just(0.5)],
                prop_oneof![3 => Just(1.0), 1 => 1.0..20.0_f64],
                any::<u64>(),
            )
        })
        .prop_map(|(markets, losses, drawn, exponent, thinning, seed)| {
            let capital: f64 = drawn.iter().map(|(cluster, ..)| cluster.capital_share).sum();
            let (mut clusters, mut active, mut obeying) = (Vec::new(), Vec::new(), Vec::new());
            for (mut cluster, out, obeys) in drawn {
                cluster.capital_share /= capital;
                let blocks = f64::from(cluster.n_blocks);
                active.push(cluster.n_blocks - (out * blocks).round() as u32);
                obeying.push((obeys * f64::from(active[active.len() - 1])).round() as u32);
                clusters.push(cluster);
            }
            let row = |(g, cluster): (usize, &Cluster)| {
                let address = Address::new(seed, Purpose::Threshold, ObjectKind::World, &g.to_string());
                let mut row = vec![0.0; cluster.n_blocks as usize];
                Rare::new(&address).uniforms(0, 0, &mut row);
                row
            };
            Case {
                uniforms: clusters.iter().enumerate().map(row).collect(),
                markets,
                clusters,
                exponent,
                losses,
                active,
                obeying,
                thinning,
            }
        })
}

/// Thousands of cases, the same ones every time.
pub fn thousands(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20_270_101),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
