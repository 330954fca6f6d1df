//! How often the worst months of two markets are the same months.
//!
//! In: months of one world. Out: [`Pairs`]. Not here: what is compared with what (`co_movement`).

use super::pairs::Pairs;
use crate::engine::CoMovement;

/// The worst of this share of the months are the tail.
pub const TAIL: f64 = 0.01;

/// How far beyond the edge of the tail its neighbourhood reaches, and how far inside, in units of
/// the months of the tail.
const NEIGHBOURHOOD: f64 = 0.5;

/// The tail of one market.
pub struct Tail {
    /// Numbers of the months (`path · n_months + month`) in its neighbourhood or inside, rising,
    /// each with the place it has.
    months: Vec<(u32, Place)>,
    n_inside: usize,
    n_near: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    is_inside: bool,
    is_near: bool,
}

impl Tail {
    /// The tail of `market` in `world`.
    ///
    /// None where the returns have no such quantile: more than half as many months again are as
    /// bad as the last of them.
    pub fn of(sample: &CoMovement, world: usize, market: usize) -> Option<Self> {
        let returns = in_path_order(sample, world, market);
        let n = n_inside(returns.len());
        let half = (NEIGHBOURHOOD * n as f64) as usize;
        let widest = (n + half).min(returns.len());
        let mut worst = returns.clone();
        let (below, last, _) = worst.select_nth_unstable_by(widest - 1, f32::total_cmp);
        let edge_outside = *last;
        below.sort_unstable_by(f32::total_cmp);
        let edge = below.get(n - 1).copied().unwrap_or(edge_outside);
        let edge_inside = below.get((n - half).max(1) - 1).copied().unwrap_or(edge);
        let place = |value: f32| Place {
            is_inside: value <= edge,
            is_near: value > edge_inside && value <= edge_outside,
        };
        let months: Vec<(u32, Place)> = (0_u32..)
            .zip(&returns)
            .filter(|(_, value)| **value <= edge_outside)
            .map(|(number, value)| (number, place(*value)))
            .collect();
        let n_inside = months.iter().filter(|(_, place)| place.is_inside).count();
        let n_near = months.iter().filter(|(_, place)| place.is_near).count();
        (n_inside <= n + half).then_some(Self {
            months,
            n_inside,
            n_near,
        })
    }

    /// Share of the months near the edge of this tail that are inside the tail of `other`.
    fn slope(&self, other: &Self) -> f64 {
        let both = self.shared(other, |own, other| own.is_near && other.is_inside);
        both.count() as f64 / self.n_near.max(1) as f64
    }

    /// Numbers of the months that are in both lists and there as asked.
    fn shared<'a>(
        &'a self,
        other: &'a Self,
        holds: impl Fn(Place, Place) -> bool + 'a,
    ) -> impl Iterator<Item = u32> + 'a {
        let mut others = other.months.iter().peekable();
        self.months.iter().filter_map(move |(number, place)| {
            while others.next_if(|(other, _)| other < number).is_some() {}
            let (_, other) = others.next_if(|(other, _)| other == number)?;
            holds(*place, *other).then_some(*number)
        })
    }
}

/// Months of a tail.
pub fn n_inside(n_months: usize) -> usize {
    (TAIL * n_months as f64).ceil() as usize
}

/// Returns of one market, path by path.
fn in_path_order(sample: &CoMovement, world: usize, market: usize) -> Vec<f32> {
    let n_months = sample.n_months();
    let mut returns = vec![0.0; sample.n_paths() * n_months];
    for block in 0..sample.n_blocks() {
        let first = block * sample.width();
        for month in 0..n_months {
            let row = sample.returns(world, block, month, market);
            for (lane, value) in row.iter().enumerate() {
                returns[(first + lane) * n_months + month] = *value;
            }
        }
    }
    returns
}

/// Tail coefficient of every pair of markets that both have a tail.
///
/// ```text
/// χ(q) = P(U_j ≤ q | U_i ≤ q), mean of both orders        U: rank among the N months, q = 1 %
/// d_p  = n/(qN) · Σ_{months of path p} (1_i 1_j − a_ij 1_i − a_ji 1_j), less its mean
/// ```
///
/// `1_i`: the month is among the ⌈qN⌉ worst of market i. Ranks are taken in the sample, which the
/// terms in `a_ij = P(U_j ≤ q | U_i = q)`, estimated from the months around the quantile, account
/// for. Source: influence of the empirical copula, J. Segers, Bernoulli 18 (2012).
pub fn coefficients(sample: &CoMovement, tails: &[Option<Tail>], usable: &[bool]) -> Pairs {
    let (n_paths, n_months) = (sample.n_paths(), sample.n_months() as u32);
    let mut pairs = Pairs::none(tails.len(), n_paths);
    let list = pairs.of_usable(usable);
    let scale = n_paths as f64 / n_inside(n_paths * sample.n_months()) as f64;
    let mut values = Vec::with_capacity(list.len());
    let mut of_paths = vec![0.0; n_paths];
    for &(i, j) in &list {
        let (Some(a), Some(b)) = (&tails[i], &tails[j]) else {
            unreachable!("a usable market has a tail")
        };
        of_paths.fill(0.0);
        let mut n_both = 0_usize;
        for number in a.shared(b, |a, b| a.is_inside && b.is_inside) {
            of_paths[(number / n_months) as usize] += scale;
            n_both += 1;
        }
        for (tail, slope) in [(a, a.slope(b)), (b, b.slope(a))] {
            for (number, place) in &tail.months {
                if place.is_inside {
                    of_paths[(number / n_months) as usize] -= scale * slope;
                }
            }
        }
        let mean = of_paths.iter().sum::<f64>() / n_paths as f64;
        let centred = of_paths.iter().map(|sum| sum - mean);
        pairs.add_influences((i, j), 0, centred);
        let both = n_both as f64;
        values.push(0.5 * (both / a.n_inside as f64 + both / b.n_inside as f64));
    }
    pairs.finish(&list, &values);
    pairs
}
