use super::*;
use crate::crash::{Cluster, Depth};
use crate::random::{Address, ObjectKind, Purpose, Rare};

const PATHS: usize = 16;

/// Number of the first path, and the source of thresholds of each cluster of agents.
struct From(u64, Vec<Rare>);

impl Thresholds for &From {
    fn upper_halves(&mut self, path: usize, g: usize, row: &mut [u16]) {
        self.1[g].upper_halves(self.0 + path as u64, 1, row);
    }

    fn lower_half(&mut self, path: usize, g: usize, block: u32) -> u16 {
        self.1[g].lower_half(self.0 + path as u64, 1, block)
    }
}

fn system(exponent: f64, blocks: u32) -> System {
    let market = |size| Depth { size, agent_share: 0.1, impact_of_tenth: 0.05 };
    let cluster = |(first_trigger, blocks)| Cluster {
        capital_share: 0.3,
        first_trigger,
        dispersion: 0.4,
        sell_fraction: 0.8,
        n_blocks: blocks,
    };
    let clusters = [(0.05, blocks), (0.1, 37), (0.2, 200)].map(cluster).to_vec();
    System::new([1.0, 3.0].map(market).to_vec(), clusters, exponent)
}

#[test]
fn sixteen_paths_at_once_sell_as_each_does_alone() {
    // linear impact, the root of what is sold, and rows so long that there is room for few paths
    for (exponent, blocks, room) in [(1.0, 300, PATHS), (0.5, 300, PATHS), (1.0, 40_000, 3)] {
        let system = system(exponent, blocks);
        let agents = ["a", "b", "c"];
        let rare = |name: &&str| Rare::new(&Address::new(7, Purpose::Threshold, ObjectKind::World, name));
        let thresholds = |path| From(path, agents.iter().map(rare).collect());
        let mut cascade = Cascade::<PATHS>::with_buffer(&system, Vec::new());
        let mut one = Cascade::new(&system);
        assert_eq!(cascade.n_paths(), room);
        let mut months = Months::NONE;
        for path in 0..room {
            let share = path as f64 / PATHS as f64;
            months.losses[0][path] = 0.3 * share;
            months.losses[1][path] = 0.2 * (1.0 - share);
            months.thinning[path] = 1.0 + share;
            for (g, cluster) in system.clusters.iter().enumerate() {
                months.active[g][path] = f64::from(cluster.n_blocks - 20 * (path % 2) as u32);
            }
            months.obeying[1][path] = (path % 5) as f64;
        }
        cascade.solve_all(&system, &months, &thresholds(100));
        let mut n_inside = 0;
        for path in 0..room {
            let whole = |rows: &[[f64; PATHS]]| -> Vec<u32> {
                rows[..3].iter().map(|row| row[path] as u32).collect()
            };
            let (active, obeying) = (&whole(&months.active), &whole(&months.obeying));
            let losses = &[months.losses[0][path], months.losses[1][path]];
            let month = Month { losses, active, obeying, thinning: months.thinning[path] };
            let fired = one.solve(&system, &month, &thresholds(100 + path as u64)).to_vec();
            assert_eq!(fired, cascade.fired_on(path).to_vec(), "{exponent} {path}");
            let mut pairs = fired.iter().zip(active);
            n_inside +=
                pairs.by_ref().filter(|(fired, all)| **fired > 0.0 && **fired < f64::from(**all)).count();
        }
        // some sell in part, or nothing was tried
        assert!(n_inside > 2, "{exponent} {n_inside}");
    }
}
