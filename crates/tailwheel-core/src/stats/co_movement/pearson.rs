//! Realized correlations of the months of a sample, each with its error.
//!
//! In: months of one run, and which of them count. Out: [`Pairs`]. Not here: comparison of runs
//! (`co_movement`).

use super::pairs::Pairs;
use crate::engine::CoMovement;
use crate::math::{LANES, Lanes, inlined};
use crate::stage::Level;

/// Months that a correlation is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Months {
    All,
    /// Months without a crash in the run with agents.
    Calm,
    /// Crash months of the run with agents, whichever run the returns come from.
    Crash,
}

impl Months {
    fn holds(self, is_crash: bool) -> bool {
        match self {
            Self::All => true,
            Self::Calm => !is_crash,
            Self::Crash => is_crash,
        }
    }

    /// Counts the months selected in the sample, over all paths.
    pub fn count(self, sample: &CoMovement) -> usize {
        if self == Self::All {
            return sample.n_paths() * sample.n_months();
        }
        let rows =
            (0..sample.n_blocks()).flat_map(|block| (0..sample.n_months()).map(move |month| (block, month)));
        let counted = rows.map(|(block, month)| {
            sample.crashes(block, month).iter().filter(|is_crash| self.holds(**is_crash)).count()
        });
        counted.sum()
    }
}

/// Least variance, as a fraction of the mean square, that is not rounding of single-precision returns.
const LEAST_RELATIVE_VARIANCE: f64 = 1e-12;

/// Monthly market returns of one run, restricted to all, calm or crash months.
#[derive(Clone, Copy)]
pub struct ReturnsView<'a> {
    pub sample: &'a CoMovement,
    /// Index of the run: 0 with agents, 1 without.
    pub world: usize,
    pub months: Months,
}

/// Mean and standard deviation of each market's monthly return; a deviation of 0 marks a constant return.
#[derive(Clone, Debug)]
pub struct Margins {
    n: usize,
    means: Vec<f64>,
    deviations: Vec<f64>,
}

impl Margins {
    /// True if the returns of `market` are not constant over the selected months.
    pub fn moves(&self, market: usize) -> bool {
        self.deviations[market] > 0.0
    }

    /// Returns the mean of `market`, and one over its standard deviation (0 if it does not move).
    #[inline(always)]
    fn of(&self, market: usize) -> (f64, f64) {
        let deviation = self.deviations[market];
        let factor = if deviation > 0.0 { 1.0 / deviation } else { 0.0 };
        (self.means[market], factor)
    }
}

/// Computes Pearson's correlation of every pair of markets that both are `usable`.
///
/// ```text
/// r = Σ z_i z_j / N        z = (x − x̄)/s over the N months that count
/// d_p = n/N · Σ_{months of path p} (z_i z_j − r (z_i² + z_j²)/2)        error √(Σ d_p²/(n(n − 1)))
/// ```
///
/// Months of one path depend on each other, paths do not. So `d_p` is the contribution to r of all months of
/// path p, one of the n paths of the sample. Source: influence function of the correlation, S. J. Devlin, R.
/// Gnanadesikan & J. R. Kettenring, Biometrika 62 (1975).
pub fn correlations(view: ReturnsView<'_>, margins: &Margins, usable: &[bool]) -> Pairs {
    let mut pairs = Pairs::none(view.sample.markets().len(), view.sample.n_paths());
    let list = pairs.of_usable(usable);
    let values = Level::detect().run(inlined!(|| view.products(margins, &list)));
    Level::detect().run(inlined!(|| view.add_influences(margins, &list, &values, &mut pairs)));
    pairs.finish(&list, &values);
    pairs
}

/// Bit mask of the 256 paths of a block: all bits set for a path that counts, none for another.
type Mask = [u64; LANES];

const NONE: Mask = [0; LANES];

/// Number of separate partial sums, so that a whole vector of them is added at once.
const ACCUMULATORS: usize = 16;

impl ReturnsView<'_> {
    /// Returns the mean and standard deviation of every market's return over the selected months.
    pub fn margins(self) -> Margins {
        Level::detect().run(inlined!(|| self.all_margins()))
    }

    /// Computes the margins from Σ x and Σ x²: accurate, as monthly returns are as large as their spread.
    #[inline(always)]
    fn all_margins(&self) -> Margins {
        let (sample, n_markets) = (self.sample, self.sample.markets().len());
        let n = self.months.count(sample);
        let mut sums = vec![[Lanes::ZERO; 2]; n_markets];
        let (mut row, mut mask) = (Lanes::ZERO, NONE);
        for block in 0..sample.n_blocks() {
            for month in 0..sample.n_months() {
                self.see(block, month, &mut mask);
                for (market, [sum, of_squares]) in sums.iter_mut().enumerate() {
                    let returns = sample.returns(self.world, block, month, market);
                    standardise(returns, 0.0, 1.0, &mask, &mut row);
                    for lane in 0..LANES {
                        sum[lane] += row[lane];
                        of_squares[lane] += row[lane] * row[lane];
                    }
                }
            }
        }
        let count = n as f64;
        let (mut means, mut deviations) = (Vec::new(), Vec::new());
        // a loop, because a closure would not be compiled for the SIMD level
        for [sum, of_squares] in &sums {
            let mean = sum.iter().sum::<f64>() / count;
            let square = of_squares.iter().sum::<f64>() / count;
            let variance = square - mean * mean;
            // also false without any month
            let moves = variance > LEAST_RELATIVE_VARIANCE * square;
            means.push(mean);
            deviations.push(if moves { variance.sqrt() } else { 0.0 });
        }
        Margins { n, means, deviations }
    }

    /// Sets `mask` to those of the 256 paths of a block whose month number `month` is selected.
    #[inline(always)]
    fn see(&self, block: usize, month: usize, mask: &mut Mask) {
        if self.months == Months::All {
            mask.fill(u64::MAX);
            return;
        }
        for (mask, is_crash) in mask.iter_mut().zip(self.sample.crashes(block, month)) {
            *mask = u64::from(self.months.holds(*is_crash)).wrapping_neg();
        }
    }

    /// Writes the standardized returns of all markets in a month of a block to `rows`; 0 on paths whose month
    /// is not selected.
    #[inline(always)]
    fn standardise_all(
        &self,
        block: usize,
        month: usize,
        margins: &Margins,
        mask: &mut Mask,
        rows: &mut [Lanes],
    ) {
        self.see(block, month, mask);
        for (market, row) in rows.iter_mut().enumerate() {
            let returns = self.sample.returns(self.world, block, month, market);
            let (shift, factor) = margins.of(market);
            standardise(returns, shift, factor, mask, row);
        }
    }

    /// First pass over the months: returns the correlations of the pairs in `list`.
    #[inline(always)]
    fn products(&self, margins: &Margins, list: &[(usize, usize)]) -> Vec<f64> {
        let (mut rows, mut mask) = (vec![Lanes::ZERO; margins.means.len()], NONE);
        let mut sums = vec![[0.0; ACCUMULATORS]; list.len()];
        for block in 0..self.sample.n_blocks() {
            for month in 0..self.sample.n_months() {
                self.standardise_all(block, month, margins, &mut mask, &mut rows);
                for (sum, &(i, j)) in sums.iter_mut().zip(list) {
                    add_products(&rows[i], &rows[j], sum);
                }
            }
        }
        let n = margins.n as f64;
        let value = |sum: &[f64; ACCUMULATORS]| (sum.iter().sum::<f64>() / n).clamp(-1.0, 1.0);
        sums.iter().map(value).collect()
    }

    /// Second pass over the months: adds each path's contribution to the correlations `values` of all pairs.
    #[inline(always)]
    fn add_influences(&self, margins: &Margins, list: &[(usize, usize)], values: &[f64], into: &mut Pairs) {
        let sample = self.sample;
        let scale = sample.n_paths() as f64 / margins.n as f64;
        let (mut rows, mut mask) = (vec![Lanes::ZERO; margins.means.len()], NONE);
        let mut influences = vec![Lanes::ZERO; list.len()];
        for block in 0..sample.n_blocks() {
            influences.fill(Lanes::ZERO);
            for month in 0..sample.n_months() {
                self.standardise_all(block, month, margins, &mut mask, &mut rows);
                for ((sum, r), &(i, j)) in influences.iter_mut().zip(values).zip(list) {
                    add_influences(&rows[i], &rows[j], 0.5 * r, sum);
                }
            }
            let first = block * sample.width();
            for (pair, sum) in list.iter().zip(&influences) {
                let of_paths = sum[..sample.n_used(block)].iter().map(|sum| scale * sum);
                into.add_influences(*pair, first, of_paths);
            }
        }
    }
}

/// Writes `(x − shift) · factor` for each return x where the mask is set, and 0 elsewhere.
#[inline(always)]
fn standardise(returns: &[f32], shift: f64, factor: f64, mask: &Mask, into: &mut Lanes) {
    let (used, unused) = into.split_at_mut(returns.len());
    let mask = &mask[..returns.len()];
    for path in 0..returns.len() {
        let standardised = (f64::from(returns[path]) - shift) * factor;
        used[path] = f64::from_bits(standardised.to_bits() & mask[path]);
    }
    unused.fill(0.0);
}

#[inline(always)]
fn add_products(a: &Lanes, b: &Lanes, sum: &mut [f64; ACCUMULATORS]) {
    let (a, b) = (a.as_chunks::<ACCUMULATORS>().0, b.as_chunks::<ACCUMULATORS>().0);
    for chunk in 0..a.len() {
        for k in 0..ACCUMULATORS {
            sum[k] += a[chunk][k] * b[chunk][k];
        }
    }
}

#[inline(always)]
fn add_influences(a: &Lanes, b: &Lanes, half: f64, sum: &mut Lanes) {
    for lane in 0..LANES {
        let (x, y) = (a[lane], b[lane]);
        sum[lane] += x * y - half * (x * x + y * y);
    }
}
