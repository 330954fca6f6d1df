//! Tail coefficients: how often the worst months of two markets coincide.
//!
//! In: months of one run. Out: [`Pairs`]. Not here: comparison of runs (`co_movement`).

use super::pairs::Pairs;
use crate::engine::CoMovement;

/// Fraction of a market's months, those with the worst returns, that forms its tail.
pub const TAIL: f64 = 0.01;

/// Width of the neighborhood on either side of the tail's edge, as a fraction of the months in the tail.
const NEIGHBOURHOOD: f64 = 0.5;

/// Months in, or near the edge of, the tail of one market's returns.
pub struct MarketTail {
    /// Numbers of the months (`path · n_months + month`) near the edge or inside the tail, rising, each with
    /// its place relative to the edge.
    months: Vec<(u32, TailPosition)>,
    n_inside: usize,
    n_near: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TailPosition {
    is_inside: bool,
    is_near: bool,
}

impl MarketTail {
    /// Finds the tail of `market` in run `world` (0: with agents, 1: without).
    ///
    /// `None` if the returns have no such quantile: ties at the edge enlarge the tail by more than half.
    pub fn of(sample: &CoMovement, world: usize, market: usize) -> Option<Self> {
        let n_months = sample.n_paths() * sample.n_months();
        let n = n_inside(n_months);
        let half = (NEIGHBOURHOOD * n as f64) as usize;
        let widest = (n + half).min(n_months);
        let mut worst = worst(sample, world, market, widest);
        worst.sort_unstable_by(|(a, _), (b, _)| a.total_cmp(b));
        let [edge_inside, edge, edge_outside] = [(n - half).max(1), n, widest].map(|rank| worst[rank - 1].0);
        worst.retain(|(value, _)| *value <= edge_outside);
        worst.sort_unstable_by_key(|(_, number)| *number);
        let place = |value: f32| TailPosition {
            is_inside: value <= edge,
            is_near: value > edge_inside && value <= edge_outside,
        };
        let months: Vec<(u32, TailPosition)> =
            worst.iter().map(|(value, number)| (*number, place(*value))).collect();
        let n_inside = months.iter().filter(|(_, place)| place.is_inside).count();
        let n_near = months.iter().filter(|(_, place)| place.is_near).count();
        (n_inside <= n + half).then_some(Self { months, n_inside, n_near })
    }

    /// Returns the fraction of the months near the edge of this tail that are inside the tail of `other`.
    fn slope(&self, other: &Self) -> f64 {
        let both = self.shared(other, |own, other| own.is_near && other.is_inside);
        both.count() as f64 / self.n_near.max(1) as f64
    }

    /// Returns the numbers of the months in both lists for whose two positions relative to the edges `holds` is true.
    fn shared<'a>(
        &'a self,
        other: &'a Self,
        holds: impl Fn(TailPosition, TailPosition) -> bool + 'a,
    ) -> impl Iterator<Item = u32> + 'a {
        let mut others = other.months.iter().peekable();
        self.months.iter().filter_map(move |(number, place)| {
            while others.next_if(|(other, _)| other < number).is_some() {}
            let (_, other) = others.next_if(|(other, _)| other == number)?;
            holds(*place, *other).then_some(*number)
        })
    }
}

/// Returns how many of `n_months` months form the tail.
pub fn n_inside(n_months: usize) -> usize {
    (TAIL * n_months as f64).ceil() as usize
}

/// Returns at least the `n` worst returns of a market and their ties, each with the number of its month. It
/// collects returns up to a bound estimated from a part of them, or all if that bound is too low.
fn worst(sample: &CoMovement, world: usize, market: usize, n: usize) -> Vec<(f32, u32)> {
    /// The bound is estimated from one in this many returns.
    const SUGGESTS: usize = 61;
    /// Number of returns that are examined together.
    const AT_ONCE: usize = 16;
    let n_months = sample.n_months();
    let months = (0..sample.n_blocks()).flat_map(|block| (0..n_months).map(move |m| (block, m)));
    let row = |(block, month)| sample.returns(world, block, month, market);
    let mut some: Vec<f32> =
        months.clone().flat_map(|at| row(at).iter().step_by(SUGGESTS).copied()).collect();
    some.sort_unstable_by(f32::total_cmp);
    // half as many again as expected, for safety
    let rank = 3 * n * some.len() / (2 * n_months * sample.n_paths());
    let suggested = some.get(rank).copied().unwrap_or(f32::INFINITY);
    let up_to = |bound: f32| {
        let mut found = Vec::new();
        for (block, month) in months.clone() {
            for (chunk, values) in row((block, month)).chunks(AT_ONCE).enumerate() {
                // most chunks have no return below the bound
                if !values.iter().fold(false, |any, value| any | (*value <= bound)) {
                    continue;
                }
                let first = block * sample.width() + chunk * AT_ONCE;
                for (path, value) in (first..).zip(values) {
                    if *value <= bound {
                        found.push((*value, (path * n_months + month) as u32));
                    }
                }
            }
        }
        found
    };
    let found = up_to(suggested);
    if found.len() < n { up_to(f32::INFINITY) } else { found }
}

/// Computes the tail coefficient of every pair of markets that both have a tail.
///
/// ```text
/// χ(q) = P(U_j ≤ q | U_i ≤ q), mean of both orders        U: rank among the N months, q = 1 %
/// d_p  = n/(qN) · Σ_{months of path p} (1_i 1_j − a_ij 1_i − a_ji 1_j), less its mean
/// ```
///
/// Path p of n contributes d_p; `1_i` is 1 if the month is among the ⌈qN⌉ worst of market i. Ranks are taken
/// within the sample; the terms in `a_ij = P(U_j ≤ q | U_i = q)` account for that and are estimated from the
/// months around the quantile. Source: influence of the empirical copula, J. Segers, Bernoulli 18 (2012).
pub fn coefficients(sample: &CoMovement, tails: &[Option<MarketTail>], usable: &[bool]) -> Pairs {
    let (n_paths, n_months) = (sample.n_paths(), sample.n_months() as u32);
    let mut pairs = Pairs::none(tails.len(), n_paths);
    let list = pairs.of_usable(usable);
    let scale = n_paths as f64 / n_inside(n_paths * sample.n_months()) as f64;
    let mut values = Vec::with_capacity(list.len());
    let mut of_paths = vec![0.0; n_paths];
    for &(i, j) in &list {
        let (Some(a), Some(b)) = (&tails[i], &tails[j]) else { unreachable!("a usable market has a tail") };
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
