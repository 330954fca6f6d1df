//! Memory of a run, estimated before it starts.
//!
//! In: a plan, a number of paths, threads. Out: bytes. Not here: how much memory there is (`cli`), how many
//! paths may run then (`study`).

use super::months::n_sampled;
use super::recorder::tracks_of;
use crate::math::LANES;
use crate::plan::Plan;

/// Number of columns that a run of `plan` keeps, in the runs with and without agents together.
pub fn n_columns(plan: &Plan) -> u64 {
    tracks_of(plan).len() as u64
}

/// Bytes that simulating `n_paths` paths of `plan` takes on `n_threads` threads, until they are in a file.
pub fn estimate_part(plan: &Plan, n_paths: u64, n_threads: usize) -> u64 {
    kept(plan, n_paths) + sampled(plan) + counted(plan, n_paths, n_threads)
}

/// Bytes of the columns of `n_paths` paths and of the slices through which blocks write to them.
fn kept(plan: &Plan, n_paths: u64) -> u64 {
    let per_path = n_paths * size_of::<f64>() as u64;
    let per_block = n_paths.div_ceil(LANES as u64) * size_of::<&[f64]>() as u64;
    n_columns(plan) * (per_path + per_block)
}

/// Bytes that a run of `plan` on `n_threads` threads touches, including later use of its outcome; accurate to
/// about a third.
///
/// Columns dominate: 8 bytes per path and column, or fewer if all values are whole numbers, which is unknown
/// beforehand. Statistics sort a few columns at a time. Later use takes `later_per_path` bytes per path; it
/// reuses that memory and is not added.
pub fn estimate(plan: &Plan, n_threads: usize, later_per_path: u64) -> u64 {
    /// Arrays of one number per path that a thread holds per measured column: sorted, converted, squared, and
    /// as bits.
    const OF_COLUMN: u64 = 5;
    /// Arrays of one number per path that a thread holds for a column measured with and without agents, among
    /// them the contributions in path order.
    const OF_TWINS: u64 = 12;
    /// Bytes per path of the list of the worst paths.
    const WORST: u64 = 3;
    let column = plan.n_paths * size_of::<f64>() as u64;
    let of_thread = match plan.n_worlds() {
        1 => column * OF_COLUMN,
        _ => column * OF_TWINS,
    };
    let measured = of_thread * (n_threads as u64).min(n_columns(plan)) + WORST * plan.n_paths;
    let after = measured.max(plan.n_paths * later_per_path);
    estimate_part(plan, plan.n_paths, n_threads) + after
}

/// Bytes of the sampled months with their crash flags, with and without agents; doubled for the copy that a
/// statistic works on.
fn sampled(plan: &Plan) -> u64 {
    let months = (n_sampled(plan) as u64) * u64::from(plan.n_months);
    let n_markets = plan.record.markets.len() as u64;
    let per_month = n_markets * size_of::<f32>() as u64 * plan.n_worlds() as u64 + 1;
    2 * months * per_month
}

/// Bytes of the rows and counters of all threads, and of their merged histograms. Threads store only octaves
/// with values, merged histograms only bins with values.
fn counted(plan: &Plan, n_paths: u64, n_threads: usize) -> u64 {
    /// Octaves (factors of two) that a money distribution usually spans on one date.
    const OCTAVES_PER_DATE: u64 = 16;
    const BINS_PER_OCTAVE: u64 = 256;
    /// Bytes of one bin in a thread's counter.
    const BYTES_PER_BIN: u64 = 4;
    /// Bytes of one bin and its count in a merged histogram.
    const BYTES_PER_HIT: u64 = 2 + 8;
    /// Bytes of the octave index of a counter: two for each of 256.
    const SHIFTS: u64 = 512;
    /// Bytes of the bin numbers that wait to be counted: eight rows of two bytes per path.
    const WAITING: u64 = 8 * LANES as u64 * 2;
    let rows = plan.accounts.len() + plan.n_rows + plan.draws.len();
    let block = (rows * LANES * size_of::<f64>()) as u64;
    let histograms: u64 = plan.record.series.iter().map(|one| one.dates(plan.n_months).len() as u64).sum();
    let bins = OCTAVES_PER_DATE * BINS_PER_OCTAVE;
    let of_thread = block + histograms * (bins * BYTES_PER_BIN + SHIFTS + WAITING);
    histograms * bins.min(n_paths) * BYTES_PER_HIT + n_threads as u64 * of_thread
}
