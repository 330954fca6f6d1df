//! Phases of a month, requests of objects while the plan is built, and SIMD dispatch.
//!
//! In: requests of the objects of a plan ([`Build`]). Out: stages that run over the rows of a block, phase
//! by phase. Not here: scenario, plan or engine, which no object sees.

mod average_cost;
mod build;
mod coefficient;
mod context;
mod dated;
mod debt;
mod delayed;
mod draws;
mod level;
mod phase;
mod track;
mod uncertain;

pub use average_cost::AverageCost;
pub use build::{AccountLabel, Build, Built, Pin};
pub use coefficient::Coefficient;
pub use context::{Cx, LaneRows, Month, Row, Rows};
pub use dated::{Closed, Closings, Dated, OnPaths, begun, is_at};
pub use debt::{Debt, Liquidation};
pub use delayed::NEVER;
pub use draws::{Draw, DrawRequest, Draws, LaneDraws, Law, Scope};
pub use level::{Level, UnsupportedLevel, Work};
pub use phase::Phase;
pub use track::{AnyTrack, Close, Track, TrackId, TrackRequest, WITHOUT_FEEDBACK};
pub use uncertain::Uncertain;

/// One step of a month for one object: a plain loop over the paths of a block.
///
/// Implement [`run`](Stage::run) with `#[inline(always)]`: it is compiled once per SIMD level inside a
/// function with that level's features. Everything it calls in a loop must be inlined, also without link-time
/// optimization. `zip`, `map` of an array and `array::from_fn` are not always: loop over an index instead.
pub trait Stage: Send + Sync + 'static {
    /// Executes the step for the current month on all paths of the block.
    fn run(&self, cx: &mut Cx<'_>);

    /// Name of the stage in listings of a plan: that of its type.
    fn name(&self) -> &'static str {
        let path = std::any::type_name::<Self>();
        path.rsplit("::").next().unwrap_or(path)
    }
}

/// A stage written as a closure.
struct ClosureStage<F> {
    name: &'static str,
    run: F,
}

impl<F: Fn(&mut Cx<'_>) + Send + Sync + 'static> Stage for ClosureStage<F> {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        (self.run)(cx);
    }

    fn name(&self) -> &'static str {
        self.name
    }
}

/// A stage with its phase and the runs that execute it: the run with agents, the paired run without, or both.
pub struct PlacedStage {
    pub phase: Phase,
    /// Name of the object that requested the stage.
    pub object: String,
    /// True if the stage belongs only to the run with agents, not to the paired run without them.
    pub feedback_only: bool,
    /// Rows that the stage fills alike with and without agents. It then runs once, and the paired run copies
    /// these rows. Empty if the stage runs twice.
    pub common: Vec<Row>,
    pub stage: Box<dyn AnyStage>,
}

/// A stage behind a pointer. Its call is the only dynamic one on a path, once per stage, block and month.
pub trait AnyStage: Send + Sync {
    /// Runs the stage compiled for `level`.
    fn run_at(&self, level: Level, cx: &mut Cx<'_>);

    /// Name of the stage in listings of a plan.
    fn name(&self) -> &'static str;
}

impl<S: Stage> AnyStage for S {
    fn run_at(&self, level: Level, cx: &mut Cx<'_>) {
        level.run(
            #[inline(always)]
            || self.run(cx),
        );
    }

    fn name(&self) -> &'static str {
        Stage::name(self)
    }
}
