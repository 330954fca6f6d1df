//! Memory of a run, estimated before it starts.
//!
//! In: a plan, a number of paths, threads. Out: bytes. Not here: how much there is (`cli`), how many paths
//! may run then (`study`).

use super::months::n_sampled;
use super::recorder::tracks_of;
use crate::math::LANES;
use crate::plan::Plan;
use crate::plan::n_blocks;

/// Columns that a run of `plan` keeps, of all worlds.
pub fn n_columns(plan: &Plan) -> u64 {
    tracks_of(plan).len() as u64
}

/// Bytes that `n_paths` paths of `plan` take on `n_threads` threads until they are in a file.
pub fn estimate_part(plan: &Plan, n_paths: u64, n_threads: usize) -> u64 {
    let columns = n_columns(plan);
    let kept = n_paths * columns * size_of::<f64>() as u64;
    let slices = n_paths.div_ceil(LANES as u64) * columns * size_of::<&[f64]>() as u64;
    kept + slices + sampled(plan) + counted(plan, n_paths, n_threads)
}

/// Bytes that a run of `plan` on `n_threads` threads will touch, with what is made of its outcome,
/// to about a third.
///
/// Columns dominate: 8 bytes per path and column, fewer where all are whole numbers, which nobody knows beforehand. Statistics
/// put a few columns at a time in order; what is made after that (`later_per_path` bytes) does not come on top.
pub fn estimate(plan: &Plan, n_threads: usize, later_per_path: u64) -> u64 {
    /// Columns that a thread holds while it takes the measures of one: in order, as what it means, squared, its bits.
    const OF_COLUMN: u64 = 5;
    /// The same of one in two worlds, with contributions in the order of the paths.
    const OF_TWINS: u64 = 12;
    /// Bytes per path of the list of paths that lose most.
    const WORST: u64 = 3;
    let columns = n_columns(plan);
    let kept = plan.n_paths * columns * size_of::<f64>() as u64;
    let slices = n_blocks(plan) * columns * size_of::<&[f64]>() as u64;
    let column = plan.n_paths * size_of::<f64>() as u64;
    let of_thread = match plan.n_worlds() {
        1 => column * OF_COLUMN,
        _ => column * OF_TWINS,
    };
    let measured = of_thread * (n_threads as u64).min(columns) + WORST * plan.n_paths;
    let after = measured.max(plan.n_paths * later_per_path);
    let counted = counted(plan, plan.n_paths, n_threads);
    kept + after + slices + sampled(plan) + counted
}

/// Bytes of the sampled months of each world and whether they are crashes, and of a copy while a statistic is taken
/// of them.
fn sampled(plan: &Plan) -> u64 {
    let months = (n_sampled(plan) as u64) * u64::from(plan.n_months);
    let n_markets = plan.record.markets.len() as u64;
    let per_month = n_markets * size_of::<f32>() as u64 * plan.n_worlds() as u64 + 1;
    2 * months * per_month
}

/// Bytes of the rows and counters of all threads, which keep the octaves that hold a value, and of their sums, which keep the
/// bins that do.
fn counted(plan: &Plan, n_paths: u64, n_threads: usize) -> u64 {
    /// Octaves that a money distribution usually spans on one date.
    const OCTAVES_PER_DATE: u64 = 16;
    const BINS_PER_OCTAVE: u64 = 256;
    /// A count, of a thread.
    const BYTES_PER_BIN: u64 = 4;
    /// A bin and a count, of all threads.
    const BYTES_PER_HIT: u64 = 2 + 8;
    /// Where the octaves of a thread's counts stand: two bytes for each of 256.
    const SHIFTS: u64 = 512;
    /// Eight rows of bins of two bytes that wait to be counted.
    const WAITING: u64 = 8 * LANES as u64 * 2;
    let rows = plan.accounts.len() + plan.n_rows + plan.draws.len();
    let block = (rows * LANES * size_of::<f64>()) as u64;
    let series = plan.record.series.iter();
    let histograms: u64 = series.map(|one| one.dates(plan.n_months).len() as u64).sum();
    let bins = OCTAVES_PER_DATE * BINS_PER_OCTAVE;
    let of_thread = block + histograms * (bins * BYTES_PER_BIN + SHIFTS + WAITING);
    histograms * bins.min(n_paths) * BYTES_PER_HIT + n_threads as u64 * of_thread
}
