//! Shared steps of every command that simulates: threads, stop flag, progress bar, memory limit.
//!
//! In: options. Out: a [`Lab`], error messages. Not here: what a run is (`study`), what is done with it (`run`,
//! `compare`, `replay`), the files for its results (`output_folder`).

use super::progress::Bar;
use super::{Stop, interrupt, machine, stop, terminal};
use crate::engine::RunError;
use crate::figure::counted;
use crate::report::{CHARTS, grouped};
use crate::study::{Fault, Job, Lab, Memory, TooLarge};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Fraction of the available memory that a run may take.
const MEMORY_SHARE: f64 = 0.8;

/// Memory in bytes for each chart being drawn: its pixels, a copy while they are compressed, its letters.
const OF_A_PICTURE: u64 = 24 << 20;

/// Begins a scenario: a message about an interruption then says that nothing was written for it.
pub(super) fn begin() {
    terminal::leaves("nothing was written for this scenario");
}

/// Creates a lab, which runs scenarios on `threads` threads (default: one per core) until `stop` is set. It
/// reports progress to `bar`.
pub(super) fn lab(stop: &'static AtomicBool, threads: Option<u16>, bar: &Arc<Bar>) -> Result<Lab, Stop> {
    let level = machine::level()?;
    let n_threads = threads.map_or_else(machine::threads, usize::from);
    let lab = Lab::new(level, n_threads, stop)
        .map_err(|error| format!("cannot start {n_threads} threads: {error}"))?;
    // each thread reserves addresses when it first asks for memory, so that comes before the available memory
    // is measured
    lab.pool.broadcast(|_| drop(std::hint::black_box(Box::new(0_u8))));
    Ok(Lab { memory: Memory::new(allowed_memory()), progress: Bar::progress(bar), ..lab })
}

/// Creates the lab, which runs scenarios, for a command with one task after the other. It shows a progress bar
/// and stops at Ctrl-C.
pub(super) fn lab_of_one(threads: Option<u16>) -> Result<Lab, Stop> {
    begin();
    lab(interrupt::asked(), threads, &Arc::new(Bar::of_tasks()))
}

/// Memory in bytes for the charts that are drawn at the same time, one per thread.
pub(super) fn bytes_of_pictures(lab: &Lab) -> u64 {
    OF_A_PICTURE * lab.pool.current_num_threads().min(CHARTS.len()) as u64
}

/// Refuses a run that does not fit into memory. The error begins with the path `file` of the scenario.
pub(super) fn check(lab: &Lab, job: &Job<'_>, file: &Path) -> Result<(), Stop> {
    lab.check(job).map_err(|found| {
        let refusal = too_large(&found, job.later.bytes > 0);
        stop!("{}: {refusal}", file.display())
    })
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        let error = match fault {
            Fault::TooLarge(found) => return Self::Error(too_large(&found, false)),
            Fault::Refused(why) => return Self::Error(why),
            Fault::Run(error) => error,
        };
        let why = match error {
            RunError::Interrupted => return Self::Interrupted,
            RunError::NotFinite { is_by_sales: true, .. } => {
                "agent selling moves prices beyond the range of numbers, and without it the run would \
                 not; nothing was written; lower `impact_of_10_percent` of the markets or, where there is a \
                 [crisis], raise `crisis.depth`"
            }
            RunError::NotFinite { .. } => {
                "the rates of the scenario grow beyond the range of numbers; nothing was written; lower the rates \
                 or shorten the horizon"
            }
        };
        Self::Error(format!("{error}: {why}"))
    }
}

/// Error message for a run that needs more memory than is available. It names the number of paths that would
/// fit.
fn too_large(found: &TooLarge, has_charts: bool) -> String {
    let charts = if has_charts { "--no-charts, " } else { "" };
    let remedy = match found.fits {
        0 => format!("not even one path fits by this estimate; use {charts}--threads 1 or fewer assets"),
        fits => format!("--paths {fits} fits"),
    };
    let needs = if found.paths == 1 { "needs" } else { "need" };
    format!(
        "{} {needs} about {} MB of memory, but {} MB are available; {remedy}",
        counted(found.paths as usize, "path"),
        grouped(found.needed >> 20),
        grouped(found.allowed >> 20),
    )
}

/// Memory in bytes that all simulations together may use; `None` if the system does not report its memory.
pub(super) fn allowed_memory() -> Option<u64> {
    machine::available_memory().map(|available| (available as f64 * MEMORY_SHARE) as u64)
}
