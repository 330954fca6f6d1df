//! The cascade as anybody would write it first: one block fires at a time, in any order.
//!
//! In: markets, clusters, thresholds, a source of order. Out: number fired per cluster. Not here:
//! anything of the library but the plain parameters.

use crate::crash_laws::random_system::Case;
use rand::Rng;

/// Fires whoever is at its threshold, one by one in the order that `order` happens to visit
/// them, until nobody is. Prices are computed anew from the definitions after each.
pub fn fire_one_by_one(case: &Case, order: &mut impl Rng) -> Vec<f64> {
    let mut fired: Vec<f64> = case.obeying.iter().map(|k| f64::from(*k)).collect();
    let mut waiting: Vec<(usize, f64)> = Vec::new();
    for (g, cluster) in case.clusters.iter().enumerate() {
        let (from, to) = (case.obeying[g] as usize, case.active[g] as usize);
        let threshold = |u: &f64| (g, cluster.first_trigger + cluster.dispersion * u);
        waiting.extend(case.uniforms[g][from..to].iter().map(threshold));
    }
    let mut loads = loads(case, &fired);
    while !waiting.is_empty() {
        // a random one if it is willing, else the first that is
        let random = (order.next_u64() % waiting.len() as u64) as usize;
        let is_willing = |index: usize| waiting[index].1 <= loads[waiting[index].0];
        let next = if is_willing(random) {
            Some(random)
        } else {
            (0..waiting.len()).find(|index| is_willing(*index))
        };
        match next {
            Some(index) => {
                let (g, _) = waiting.swap_remove(index);
                fired[g] += 1.0;
                loads = self::loads(case, &fired);
            }
            None => break,
        }
    }
    fired
}

/// Total log-loss of every market when `fired` blocks have sold.
pub fn totals(case: &Case, fired: &[f64]) -> Vec<f64> {
    let total = |(i, loss): (usize, &f64)| {
        let sold: f64 = case
            .clusters
            .iter()
            .zip(fired)
            .map(|(cluster, fired)| {
                let held = cluster.capital_share * case.markets[i].agent_share;
                held * cluster.sell_fraction * fired / f64::from(cluster.n_blocks)
            })
            .sum();
        loss + full_impact(case, i) * case.thinning * sold.powf(case.exponent)
    };
    case.losses.iter().enumerate().map(total).collect()
}

/// Log-fall if the whole float of market `i` were sold.
pub fn full_impact(case: &Case, i: usize) -> f64 {
    -(1.0 - case.markets[i].impact_of_tenth).ln() / 0.1_f64.powf(case.exponent)
}

fn loads(case: &Case, fired: &[f64]) -> Vec<f64> {
    let totals = totals(case, fired);
    let load = |cluster: &tailwheel::crash::Cluster| {
        let held = |i: usize| cluster.capital_share * case.markets[i].agent_share * case.markets[i].size;
        let all: f64 = (0..totals.len()).map(held).sum();
        (0..totals.len()).map(|i| held(i) * totals[i]).sum::<f64>() / all
    };
    case.clusters.iter().map(load).collect()
}
