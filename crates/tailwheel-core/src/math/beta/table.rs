//! Table of quantiles, from which each uniform gives one draw.
//!
//! In: a beta or PERT law. Out: [`Quantiles`], monotone and fast to evaluate. Not here: the distribution
//! function (`incomplete`).

use super::Beta;

/// Binary logarithm of the number of nodes of the quantile table per halving of the distance to the nearer end
/// of (0, 1). So the power-law tails of the quantile function are as accurate as its middle.
const NODES_PER_OCTAVE_BITS: u32 = 4;
const SHIFT: u32 = 52 - NODES_PER_OCTAVE_BITS;
/// Number of halvings of the tail probability in each tail; one draw in eight billion is nearer to its end.
const OCTAVES: usize = 32;
/// Number of cubic pieces in one tail; the table has 1,024 in both.
const PIECES: usize = OCTAVES << NODES_PER_OCTAVE_BITS;
/// Leading bits of the double 2^−33, the tail probability at which the cubic pieces begin.
const BASE: i64 = (1023 - 1 - OCTAVES as i64) << NODES_PER_OCTAVE_BITS;
/// Mask of the mantissa bits of a double.
const MANTISSA: u64 = (1 << 52) - 1;
/// Exponent bits of the double 1.0.
const ONE: u64 = 0x3ff << 52;
/// 2^33, the inverse of the tail probability of the first node; nearer to the end the table is a straight line.
const INVERSE_FIRST: f64 = (1u64 << (OCTAVES + 1)) as f64;
/// Largest double below ½. Distances to the nearer end of (0, 1) are capped here, because the last cubic piece
/// of the table ends just before ½.
const BELOW_HALF: f64 = 0.5 - 0.25 * f64::EPSILON;
/// Number of table entries for one tail: a straight piece, the cubic pieces, and the median as the last.
const ROWS: usize = PIECES + 2;

/// Quantile function of a bounded law: a monotone cubic through 1,025 exact quantiles.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantiles {
    /// Coefficients of 1, t, t², t³ on each piece, lower tail first; t in [0, 1) runs from the end of the range
    /// toward the median.
    pieces: Vec<[f64; 4]>,
}

/// A quantile, its tail probability, and the slope of the quantile function there.
#[derive(Clone, Copy)]
struct Node {
    distance: f64,
    value: f64,
    slope: f64,
}

impl Quantiles {
    /// Builds the table of a PERT law: a beta law on [low, high] with mean (low + 4·mode + high)/6.
    ///
    /// ```text
    /// α = 1 + 4(mode − low)/(high − low),   β = 1 + 4(high − mode)/(high − low)
    /// ```
    ///
    /// `None` unless low ≤ mode ≤ high with low < high, all finite.
    ///
    /// Source: D. G. Malcolm et al., *Application of a technique for research and development
    /// program evaluation*, Oper. Res. 7 (1959) 646–669.
    pub fn pert(low: f64, mode: f64, high: f64) -> Option<Self> {
        let width = high - low;
        let is_ordered = low <= mode && mode <= high && width > 0.0 && width.is_finite();
        if !is_ordered {
            return None;
        }
        let alpha = 1.0 + 4.0 * ((mode - low) / width);
        let beta = 1.0 + 4.0 * ((high - mode) / width);
        Some(Self::scaled(Beta::new(alpha, beta)?, low, high))
    }

    /// Builds the table of a beta law on [0, 1].
    pub fn of(law: Beta) -> Self {
        Self::scaled(law, 0.0, 1.0)
    }

    fn scaled(law: Beta, low: f64, high: f64) -> Self {
        let median = law.median();
        let width = high - low;
        let middle = low + width * median;
        let mut pieces = tail(&law, median, low, width, middle);
        pieces.extend(tail(&law.mirrored(), 1.0 - median, high, -width, middle));
        Self { pieces }
    }

    /// Returns the `u`-quantile, 0 < u < 1. It never falls by more than a rounding error when `u` rises.
    #[inline(always)]
    pub fn eval(&self, u: f64) -> f64 {
        let is_upper = u > 0.5;
        let distance = if is_upper { 1.0 - u } else { u };
        let bits = distance.min(BELOW_HALF).to_bits();
        let piece = ((bits >> SHIFT) as i64 - (BASE - 1)).max(0) as usize;
        let t = if piece == 0 {
            distance * INVERSE_FIRST
        } else {
            // the bits below the leading ones, read as a fraction
            f64::from_bits((bits << NODES_PER_OCTAVE_BITS) & MANTISSA | ONE) - 1.0
        };
        let row = piece + if is_upper { ROWS } else { 0 };
        let ([a, b, c, d], end) = (self.pieces[row], self.pieces[row + 1][0]);
        let value = d.mul_add(t, c).mul_add(t, b).mul_add(t, a);
        value.max(a.min(end)).min(a.max(end))
    }
}

/// Returns the tail probability of node `index`, 1 ..= PIECES + 1, of the table.
fn distance(index: usize) -> f64 {
    f64::from_bits(((BASE + index as i64 - 1) as u64) << SHIFT)
}

/// Returns the cubic pieces of one tail of `law`, scaled to start at `origin`, an end of the range. Its median is
/// `median` on [0, 1] and `middle` on the range. For the upper tail `width` is negative and `law` is mirrored.
fn tail(law: &Beta, median: f64, origin: f64, width: f64, middle: f64) -> Vec<[f64; 4]> {
    let mut nodes = Vec::with_capacity(PIECES + 1);
    let mut guess = median;
    for index in (1..=PIECES + 1).rev() {
        let (distance, next) = (distance(index), distance(index - 1));
        let (x, density) = law.quantile(distance, guess);
        let (value, slope) = (origin + width * x, width / density);
        guess = (x - (distance - next) / density).max(0.5 * x);
        nodes.push(Node { distance, value, slope });
    }
    nodes[0].value = middle;
    nodes.reverse();
    let mut pieces = Vec::with_capacity(ROWS);
    pieces.push([origin, nodes[0].value - origin, 0.0, 0.0]);
    pieces.extend(nodes.windows(2).map(|pair| cubic(pair[0], pair[1])));
    pieces.push([middle, 0.0, 0.0, 0.0]);
    pieces
}

/// Returns the Hermite cubic between two nodes, with slopes reduced as far as needed to make it monotone.
///
/// Source: F. N. Fritsch & R. E. Carlson, *Monotone piecewise cubic interpolation*, SIAM J. Numer.
/// Anal. 17 (1980) 238–246 (the circle of radius 3).
fn cubic(from: Node, to: Node) -> [f64; 4] {
    let rise = to.value - from.value;
    let step = to.distance - from.distance;
    let (mut start, mut end) = (from.slope * step, to.slope * step);
    let squares = start * start + end * end;
    if squares > 9.0 * rise * rise {
        let shrink = 3.0 * rise.abs() / squares.sqrt();
        start *= shrink;
        end *= shrink;
    }
    [from.value, start, 3.0 * rise - 2.0 * start - end, start + end - 2.0 * rise]
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Quantiles {
        /// Builds the table of the beta law on [0, 1]; `None` unless both shapes lie in [0.2, 1000].
        fn beta(alpha: f64, beta: f64) -> Option<Self> {
            Some(Self::scaled(Beta::new(alpha, beta)?, 0.0, 1.0))
        }
    }
    use statrs::function::beta::beta_reg;

    /// Returns ∫ f(Q(u)) du over (0, 1), Q the tabulated quantile function; exact for polynomials f∘Q up to degree 7.
    fn integral(table: &Quantiles, f: impl Fn(f64) -> f64) -> f64 {
        let [near, far] = [-1.0, 1.0].map(|sign| (3.0 / 7.0 + sign * 2.0 / 7.0 * 1.2f64.sqrt()).sqrt());
        let heavy = (18.0 + 30f64.sqrt()) / 36.0;
        let rule = [(near, heavy), (-near, heavy), (far, 1.0 - heavy), (-far, 1.0 - heavy)];
        let edges: Vec<f64> = std::iter::once(0.0).chain((1..=PIECES + 1).map(distance)).collect();
        let mut sum = 0.0;
        for pair in edges.windows(2) {
            let (centre, half) = (0.5 * (pair[0] + pair[1]), 0.5 * (pair[1] - pair[0]));
            for (place, weight) in rule {
                let u = centre + half * place;
                sum += weight * half * (f(table.eval(u)) + f(table.eval(1.0 - u)));
            }
        }
        sum
    }

    fn pert(low: f64, mode: f64, high: f64) -> Quantiles {
        Quantiles::pert(low, mode, high).expect("ordered")
    }

    #[test]
    fn mean_and_variance_of_pert_are_exact_to_the_printed_digits() {
        let off = |mode: f64| {
            let table = pert(0.18, mode, 0.28);
            let mean = integral(&table, |x| x);
            let variance = integral(&table, |x| (x - mean) * (x - mean));
            [(mean - 0.21666667).abs() / 5e-9, (variance - 0.00033174603).abs() / 5e-12]
        };
        assert!(off(0.21).iter().all(|off| *off < 1.0), "{:?}", off(0.21));
        // power: a mode off by 5 % is seen in both
        assert!(off(0.2205).iter().all(|off| *off > 1.0));
    }

    #[test]
    fn a_table_follows_its_law_into_both_tails() {
        for (alpha, beta) in [(1.0, 5.0), (2.2, 3.8), (5.0, 1.0), (3.0, 3.0), (0.5, 0.5)] {
            let table = Quantiles::beta(alpha, beta).expect("shapes in range");
            let mirrored = Quantiles::beta(beta, alpha).expect("shapes in range");
            for k in 1..200 {
                let u = f64::from(k) / 400.0;
                // below 2^−33 the table is straight and the law is not
                for p in [u, 1.2e-10 + u * u * u * 1e-5] {
                    let below = beta_reg(alpha, beta, table.eval(p));
                    assert!((below / p - 1.0).abs() < 3e-7, "{alpha} {beta} {p} {below}");
                    // what is left of p when 1 − p has been rounded
                    let upper = 1.0 - mirrored.eval(1.0 - (1.0 - p));
                    assert!((table.eval(1.0 - p) - upper).abs() <= 1e-15);
                }
            }
        }
    }

    #[test]
    fn quantiles_never_fall() {
        for (alpha, beta) in [(1.0, 5.0), (1.4, 4.6), (0.2, 0.2), (1000.0, 0.2)] {
            let table = Quantiles::beta(alpha, beta).expect("shapes in range");
            let u = |k: u64| (2 * k + 1) as f64 / (1u64 << 19) as f64;
            let values: Vec<f64> = (0..1u64 << 18).map(|k| table.eval(u(k))).collect();
            assert!(values.is_sorted() && values[0] >= 0.0 && values[values.len() - 1] <= 1.0);
        }
    }

    #[test]
    fn equal_shapes_of_one_are_the_uniform_law() {
        let table = Quantiles::beta(1.0, 1.0).expect("shapes in range");
        for u in [1.1e-16, 1e-12, 0.1, 0.499, 0.5, 0.50001, 0.9, 1.0 - 1.1e-16] {
            assert!((table.eval(u) - u).abs() <= 4e-16, "{u}");
        }
    }

    #[test]
    fn draws_stay_in_the_range_even_at_the_outermost_uniforms() {
        for mode in [0.07, 0.1, 0.12] {
            let table = pert(0.07, mode, 0.12);
            let edge = 1.0 / (1u64 << 53) as f64;
            assert!((0.07..0.071).contains(&table.eval(edge)));
            assert!((0.119..=0.12).contains(&table.eval(1.0 - edge)));
        }
    }

    #[test]
    fn a_mode_outside_the_range_is_refused() {
        for (low, mode, high) in [(0.2, 0.1, 0.3), (0.1, 0.4, 0.3), (0.1, 0.1, 0.1)] {
            assert_eq!(Quantiles::pert(low, mode, high), None);
        }
        assert_eq!(Quantiles::pert(0.0, f64::NAN, 1.0), None);
    }

    #[test]
    fn draws_have_the_same_bits_on_every_cpu() {
        // value contract: parameters of every path are read from these tables
        let table = pert(0.18, 0.21, 0.28);
        let mut digest = 0xcbf2_9ce4_8422_2325_u64;
        for k in 0..10_000u64 {
            let u = (2 * k + 1) as f64 / 20_000.0;
            digest = (digest ^ table.eval(u).to_bits()).wrapping_mul(0x100_0000_01b3);
        }
        assert_eq!(digest, 0xd2b3_157d_6967_5223);
    }
}
