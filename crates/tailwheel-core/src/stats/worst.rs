//! Means of a column over the paths that lose most.
//!
//! In: the money returned of the money invested, and any column. Out: [`OnWorst`], a mean with the
//! contribution of every path. Not here: which columns there are (`causes`), intervals (`change`).

use super::estimate::LEVEL;
use super::worst_mean::{Edge, WorstMean};
use crate::math::ordered::Rising;
use crate::math::quantile::{interval_ranks, rank};
use crate::math::sum::Sum;
use crate::math::values::{NumberSource, Values};
use std::sync::Arc;

/// Width of the neighborhood on either side of the edge of the worst paths, as a fraction of their number. The
/// value at the edge is averaged over it. Chosen.
const ABOUT_EDGE: f64 = 0.25;

/// Confidence level of the wide interval of the number of worst paths, in which the mean may turn.
const WIDE: f64 = 0.997;

/// Mean of a column x over the worst `1 − level` of the paths by loss.
///
/// ```text
/// x̄_w = Σ w_k x_k / Σ w_k        w_k: 1 beyond the quantile q of the losses; at q what fills Σ w up to n(1 − level)
/// z_k = x_q + w_k (x_k − x_q)/(1 − level),   mean z = x̄_w
/// ```
///
/// where x_q is the expected value for a path that loses q. Paths that lose exactly q share the remaining
/// weight equally. The contributions z of two runs are compared with each other; the mean itself has another interval
/// (`worst_mean`). Source: D. Tasche, *Risk contributions and performance measurement*, TU München (1999),
/// for the mean as the contribution to a shortfall.
#[derive(Clone, Debug)]
pub struct OnWorst {
    pub value: f64,
    pub law: WorstMean,
    /// Contribution of each path to the mean over the worst paths.
    pub contributions: Values,
}

impl OnWorst {
    pub fn of(paths: &WorstPaths, values: &Values) -> Self {
        let n = paths.n;
        // only the values of these few paths are needed
        let own = values.of_paths(&paths.paths);
        let at_edge = paths.about_edge.iter().map(|place| own[*place as usize]).collect::<Sum>().value()
            / paths.about_edge.len() as f64;
        let beyond = |(place, weight): &(u32, f64)| weight * (own[*place as usize] - at_edge);
        let sum: Sum = paths.weights.iter().map(beyond).collect();
        let size: Sum = paths.weights.iter().map(|(_, weight)| *weight).collect();
        let inside = paths.weights.iter();
        let share = size.value() / n as f64;
        let inside = inside.map(|worst| {
            let path = paths.paths[worst.0 as usize];
            (path, at_edge + beyond(worst) / share)
        });
        let value = at_edge + sum.value() / size.value();
        let worst: Vec<(f64, f64)> =
            paths.weights.iter().map(|(place, weight)| (own[*place as usize], *weight)).collect();
        let edge = paths.edge(&own);
        Self {
            value,
            law: WorstMean::of(&worst, value, edge, values, paths.level),
            contributions: Values::Source(Arc::new(Inside {
                n,
                at_edge,
                inside: inside.collect(),
                is_streamed: values.is_streamed(),
            })),
        }
    }
}

/// Contributions of all paths to a mean: those of the paths in `inside`, and `at_edge` for every other path.
#[derive(Debug)]
struct Inside {
    n: usize,
    at_edge: f64,
    inside: Vec<(u32, f64)>,
    is_streamed: bool,
}

impl NumberSource for Inside {
    fn n(&self) -> usize {
        self.n
    }

    fn read(&self, from: usize, into: &mut [f64]) {
        into.fill(self.at_edge);
        let first = self.inside.partition_point(|(path, _)| (*path as usize) < from);
        let end = from + into.len();
        let here = self.inside[first..].iter();
        for (path, contribution) in here.take_while(|(path, _)| (*path as usize) < end) {
            into[*path as usize - from] = *contribution;
        }
    }

    fn is_streamed(&self) -> bool {
        self.is_streamed
    }
}

/// Edge between the worst paths and the others, on the scale of money returned.
#[derive(Clone, Copy, Debug)]
struct WorstEdge {
    /// Money returned on a path at the edge of the worst paths.
    at: f64,
    /// Weight, from 0 to 1, of each path whose money returned is that of the edge of the worst paths.
    weight: f64,
    /// Least and greatest money returned in the neighborhood of the edge of the worst paths.
    about: (f64, f64),
}

impl WorstEdge {
    /// Finds the edge of the worst `1 − level` of the paths from their money returned, sorted.
    fn of<R: Rising + ?Sized>(returned: &R, level: f64) -> Self {
        let (n, rank) = (returned.n(), rank(returned.n(), level));
        let at = n - rank;
        let edge = returned.at(at);
        let fraction = (rank as f64 - n as f64 * level).clamp(0.0, 1.0);
        let size = at as f64 + fraction;
        let (first, end) = (returned.n_below(edge), returned.n_up_to(edge));
        let reach = (ABOUT_EDGE * size) as usize;
        Self {
            at: edge,
            weight: (size - first as f64) / (end - first) as f64,
            about: (returned.at(at.saturating_sub(reach)), returned.at((at + reach).min(n - 1))),
        }
    }

    /// Returns the weight, 0 to 1, of a path with this money returned; `None` for a path better than the worst ones.
    fn weight(self, returned: f64) -> Option<f64> {
        match returned {
            less if less < self.at => Some(1.0),
            same if same == self.at => Some(self.weight),
            _ => None,
        }
    }

    fn is_about(self, returned: f64) -> bool {
        self.about.0 <= returned && returned <= self.about.1
    }
}

/// Computes only the mean of `values` over the worst `1 − level` of the paths, by passing over all paths.
/// `sorted` is the money `returned` of each path in rising order.
pub fn mean_on_worst<R: Rising + ?Sized>(returned: &Values, sorted: &R, values: &Values, level: f64) -> f64 {
    let cut = WorstEdge::of(sorted, level);
    let n_about = returned.count(|returned| cut.is_about(returned));
    let about = returned.zip(values, move |returned, value| if cut.is_about(returned) { value } else { 0.0 });
    let at_edge = about.sum(|value| value) / n_about as f64;
    let beyond = returned.zip(values, move |returned, value| {
        cut.weight(returned).map_or(0.0, |weight| weight * (value - at_edge))
    });
    let size = returned.sum(|returned| cut.weight(returned).unwrap_or(0.0));
    at_edge + beyond.sum(|value| value) / size
}

/// Paths that lose most, with their weights.
#[derive(Clone, Debug)]
pub struct WorstPaths {
    level: f64,
    n: usize,
    /// Numbers of all paths examined, rising; the other lists hold indices of this list.
    paths: Vec<u32>,
    /// Worst paths as (index in the list `paths` of path numbers, weight from 0 to 1).
    weights: Vec<(u32, f64)>,
    about_edge: Vec<u32>,
    /// Paths that may be among the worst as (index in the list `paths` of path numbers, money returned), least first.
    order: Vec<(u32, f64)>,
    /// Bounds of the number of worst paths: the 95 % interval (`near`) and a wide one (`far`).
    near: (usize, usize),
    far: (usize, usize),
}

impl WorstPaths {
    /// Finds the worst paths: the paths with the least money returned. `sorted` holds the numbers of
    /// `returned`, rising.
    pub fn of<R: Rising + ?Sized>(returned: &Values, sorted: &R, level: f64) -> Self {
        let n = sorted.n();
        let at = n - rank(n, level);
        let cut = WorstEdge::of(sorted, level);
        let ranks = |confidence: f64| {
            let found = interval_ranks(n, 1.0 - level, confidence);
            found.unwrap_or((at.max(1), at.max(1)))
        };
        let (near, far) = (ranks(LEVEL), ranks(WIDE));
        let last = sorted.at(near.1.max(far.1) - 1);
        let mut found = Self {
            level,
            n,
            paths: Vec::new(),
            weights: Vec::new(),
            about_edge: Vec::new(),
            order: Vec::new(),
            near,
            far,
        };
        let most = last.max(cut.at).max(cut.about.1);
        returned.for_each(|from, piece| {
            for (path, value) in (from as u32..).zip(piece).filter(|(_, value)| **value <= most) {
                let place = found.paths.len() as u32;
                found.paths.push(path);
                let weight = cut.weight(*value);
                found.weights.extend(weight.map(|weight| (place, weight)));
                if cut.is_about(*value) {
                    found.about_edge.push(place);
                }
                if *value <= last {
                    found.order.push((place, *value));
                }
            }
        });
        found.order.sort_by(|a, b| a.1.total_cmp(&b.1));
        found
    }

    /// Returns the range of the mean of `values` as the number of worst paths varies with the uncertain edge.
    /// Among paths with equal losses, a part of the group counts with the mean of the group.
    fn edge(&self, values: &[f64]) -> Edge {
        let counts = [self.near.0, self.near.1, self.far.0, self.far.1].map(|rank| rank as f64);
        let (mut sum, mut size) = (0.0, 0.0);
        let (mut least, mut greatest) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut far = [0.0; 2];
        for group in self.order.chunk_by(|a, b| a.1 == b.1) {
            let own: f64 = group.iter().map(|(place, _)| values[*place as usize]).sum();
            let end = size + group.len() as f64;
            let mean = |count: f64| (sum + (count - size) / (end - size) * own) / count;
            // within a group the mean is monotone, so its ends suffice
            for count in [counts[0], counts[1], end] {
                if size < count && count <= end && counts[0] <= count && count <= counts[1] {
                    (least, greatest) = (least.min(mean(count)), greatest.max(mean(count)));
                }
            }
            for (far, count) in far.iter_mut().zip(&counts[2..]) {
                if size < *count && *count <= end {
                    *far = mean(*count);
                }
            }
            (sum, size) = (sum + own, end);
        }
        Edge { least, greatest, far }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::math::ordered::Ordered;
    use crate::math::values::tests::filed;

    /// Returns the mean of `values` over the `1 − level` of the paths with the largest `losses`.
    pub fn on_worst(losses: &[f64], values: &[f64], level: f64) -> OnWorst {
        let returned: Values = losses.iter().map(|loss| -loss).collect::<Vec<f64>>().into();
        let sorted = Ordered::of(&returned);
        let paths = WorstPaths::of(&returned, &sorted, level);
        let (values, filed) = (Values::from(values.to_vec()), filed(values));
        let found = OnWorst::of(&paths, &values);
        // in passes it is the same
        assert_eq!(mean_on_worst(&returned, &sorted, &filed, level), found.value);
        assert_eq!(OnWorst::of(&paths, &filed).law, found.law);
        found
    }
}
