//! What every command that simulates has of this machine: threads, a way to stop, a bar, memory.
//!
//! In: scenarios. Out: their runs, or an exit. Not here: what a run is (`study`), what is done with it
//! (`run`, `compare`, `replay`).

use super::files::Batch;
use super::interrupt::interrupted;
use super::progress::{Bar, style_of_one};
use super::{Exit, interrupt, machine, terminal};
use crate::engine::RunError;
use crate::figure::counted;
use crate::report::{CHARTS, PictureKind};
use crate::report::{Picture, grouped};
use crate::scenario::{Case, Scenario};
use crate::stage::Level;
use crate::stats::Absent;
use crate::study::{
    self, Bridge, Fault, Lab, Later, MOST_PATHS, Memory, Point, Run, Sensitivity, TooLarge,
};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Share of the available memory that a run may take.
const MEMORY_SHARE: f64 = 0.8;

/// Bytes of a picture that a thread draws: its dots, once more while they are packed, its letters.
const OF_A_PICTURE: u64 = 24 << 20;

/// What is said if a run ends before its files are written.
const NOTHING: &str = "nothing was written for this scenario";
/// What is said if it ends while the screen is printed.
const WRITTEN: &str = "the files of this scenario are written";

/// A lab that shows a bar for every run.
pub(super) struct Simulator {
    pub lab: Lab,
    bar: Arc<Bar>,
}

/// The SIMD level to run at.
pub(super) fn level() -> Result<Level, Exit> {
    machine::level().map_err(|message| terminal::fail(&message))
}

/// From now on another scenario is run.
pub(super) fn begin() {
    interrupt::leaves(NOTHING);
}

/// On `threads` threads, or as many as there are cores, until `stop` is set; `bar` is told how far it is.
pub(super) fn lab(
    stop: &'static AtomicBool,
    level: Level,
    threads: Option<u16>,
    bar: &Arc<Bar>,
) -> Result<Lab, Exit> {
    let n_threads = threads.map_or_else(machine::threads, usize::from);
    let lab = Lab::new(level, n_threads, stop)
        .map_err(|error| terminal::fail(&format!("cannot start {n_threads} threads: {error}")))?;
    // a thread takes its part of all addresses when it first asks for memory; what is left for a run is
    // looked at afterwards
    lab.pool
        .broadcast(|_| drop(std::hint::black_box(Box::new(0_u8))));
    Ok(Lab {
        memory: Memory::new(allowed_memory()),
        progress: Bar::progress(bar),
        ..lab
    })
}

impl Simulator {
    /// On `threads` threads, until the user asks to stop.
    pub fn new(level: Level, threads: Option<u16>) -> Result<Self, Exit> {
        begin();
        let bar = Arc::new(Bar::new(0, style_of_one()));
        let lab = lab(interrupt::asked(), level, threads, &bar)?;
        Ok(Self { lab, bar })
    }

    /// `scenario`, of which `bytes_per_path` are kept afterwards if it is drawn or compared.
    pub fn point<'s>(&self, scenario: &'s Scenario, bytes_per_path: u64) -> Point<'s> {
        let n_drawing = self.lab.pool.current_num_threads().min(CHARTS.len());
        let bytes = match bytes_per_path {
            0 => 0,
            _ => OF_A_PICTURE * n_drawing as u64,
        };
        Point {
            later: Later {
                bytes_per_path,
                bytes,
            },
            ..Point::of(scenario)
        }
    }

    /// Refuses a point that would not fit; `file` is where it is from.
    pub fn check(&self, point: &Point<'_>, file: &Path) -> Result<(), Exit> {
        self.lab.check(point).map_err(|found| {
            let refusal = too_large(&found, point.later.bytes > 0);
            terminal::fail(&format!("{}: {refusal}", file.display()))
        })
    }

    /// Simulates every path.
    pub fn run<'s>(&'s self, point: &Point<'s>) -> Result<Run<'s>, Exit> {
        self.watched(point.scenario.paths, || self.lab.run(point, &|_, _| true))
    }

    /// The same with the exposure of its agents, which a report needs.
    pub fn exposed<'s>(&self, run: Run<'s>) -> Result<Run<'s>, Exit> {
        let exposed = || run.exposed(&self.lab.control());
        let exposed = self.lab.pool.install(exposed);
        exposed.map_err(|error| refused(&error.into()))
    }

    /// The same for `scenario` beside `base`.
    pub fn beside(&self, scenario: &Scenario, base: &Scenario) -> Result<Run<'static>, Exit> {
        self.watched(base.paths, || {
            let run = || study::beside(scenario, base, &self.lab.control());
            Ok(self.lab.pool.install(run)?)
        })
    }

    /// From the claim to the return of what was run; or why there is no return.
    pub fn bridge(&self, run: &Run<'_>) -> Result<Result<Bridge, Absent>, Exit> {
        self.watched(0, || {
            let bridge = || study::bridge(run, &self.lab.control());
            Ok(self.lab.pool.install(bridge)?)
        })
    }

    /// What every filled-in value of `case` moves; `file` is where it is from.
    pub fn sensitivity(&self, case: &Case, file: &Path) -> Result<Sensitivity, Exit> {
        let scenario = Scenario {
            paths: case.scenario.paths.min(MOST_PATHS),
            ..case.scenario.clone()
        };
        self.check(&self.point(&scenario, 0), file)?;
        self.watched(study::paths_of_sensitivity(&case.scenario), || {
            let moved = || study::sensitivity(case, &self.lab.control());
            Ok(self.lab.pool.install(moved)?)
        })
    }

    fn watched<T>(&self, paths: u64, run: impl FnOnce() -> Result<T, Fault>) -> Result<T, Exit> {
        self.bar.begin(paths);
        let found = run();
        self.bar.finish();
        found.map_err(|fault| refused(&fault))
    }

    /// Writes texts and pictures into `folder`, `out` or below it, all together, unless the user has asked to
    /// stop; pictures of an earlier time that these have not go. Says from then on that they are there.
    pub fn write(
        &self,
        (folder, out): (&Path, &Path),
        texts: &[(&str, &str)],
        pictures: &[Picture],
    ) -> Result<(), Exit> {
        if self.lab.is_stopped() {
            return Err(interrupted());
        }
        let write = || {
            let mut batch = Batch::open(folder, out)?;
            for (name, text) in texts {
                batch.add(name, text.as_bytes())?;
            }
            for Picture { name, svg, png, .. } in pictures {
                batch.add(&format!("{name}.svg"), svg.as_bytes())?;
                batch.add(&format!("{name}.png"), png)?;
            }
            let of_kind =
                |kind: &PictureKind| ["svg", "png"].map(|ending| format!("{}.{ending}", kind.id));
            batch.commit(&CHARTS.iter().flat_map(of_kind).collect::<Vec<_>>())
        };
        let _writing = write().map_err(|why: String| interrupt::or_fail(&why))?;
        interrupt::leaves(WRITTEN);
        Ok(())
    }
}

/// Says why there is no run.
pub(super) fn refused(fault: &Fault) -> Exit {
    match fault {
        Fault::Run(RunError::Interrupted) => interrupted(),
        fault => terminal::fail(&said(fault)),
    }
}

/// Why there is no run, and what to do about it.
pub(super) fn said(fault: &Fault) -> String {
    let error = match fault {
        Fault::TooLarge(found) => return too_large(found, false),
        Fault::Run(error) => error,
    };
    let why = match error {
        RunError::Interrupted => return error.to_string(),
        RunError::NotFinite {
            is_by_sales: true, ..
        } => {
            "the sales of agents move prices farther than a number can hold, and without them it would \
             not; nothing was written; lower `impact_of_10_percent` of the markets or, where there is a \
             [crisis], raise `crisis.depth`"
        }
        RunError::NotFinite { .. } => {
            "the scenario's rates grow beyond what a number can hold; nothing was written; lower them \
             or shorten the horizon"
        }
    };
    format!("{error}: {why}")
}

/// Says that a run needs more memory than there is, and what fits.
fn too_large(found: &TooLarge, has_charts: bool) -> String {
    let remedy = match (found.fits, has_charts) {
        (0, true) => {
            "by this estimate not even one fits; take --no-charts, --threads 1 or fewer assets"
                .to_owned()
        }
        (0, false) => {
            "by this estimate not even one fits; take --threads 1 or fewer assets".to_owned()
        }
        (fits, _) => format!("--paths {fits} fits"),
    };
    let needs = if found.paths == 1 { "needs" } else { "need" };
    format!(
        "{} {needs} about {} MB of memory, and {} MB can be had; {remedy}",
        counted(found.paths as usize, "path"),
        grouped(found.needed >> 20),
        grouped(found.allowed >> 20),
    )
}

/// Bytes that cases and runs may take, where the system says what can be had.
pub(super) fn allowed_memory() -> Option<u64> {
    machine::available_memory().map(|available| (available as f64 * MEMORY_SHARE) as u64)
}
