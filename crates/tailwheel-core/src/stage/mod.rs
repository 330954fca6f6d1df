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
mod draws;
mod lane;
mod later;
mod level;
mod phase;
mod track;

pub use average_cost::AverageCost;
pub use build::{AccountLabel, Build, Built, Pin, PlacedStage};
pub use coefficient::Coefficient;
pub use context::{Cx, Month, Row, Rows};
pub use dated::{Closed, Closings, Dated, OnPaths, begun, is_at};
pub use debt::{Debt, Liquidation};
pub use draws::{Draw, DrawRequest, Draws, Law, Scope};
pub use lane::{LaneDraws, LaneRows};
pub use later::NEVER;
pub use level::{Level, UnsupportedLevel, Work};
pub use phase::Phase;
pub use track::{AnyTrack, Close, Quantity, Track, TrackId, TrackRequest, WITHOUT_FEEDBACK};

/// One step of a month for one object: a plain loop over the paths of a block.
///
/// Implement [`run`](Stage::run) with `#[inline(always)]`: it is compiled once per SIMD level inside a
/// function with that level's features. Everything it calls in a loop must be inlined.
pub trait Stage: Send + Sync + 'static {
    /// Advances the rows of the block.
    fn run(&self, cx: &mut Cx<'_>);
}

/// A stage behind a pointer. Its call is the only dynamic one on a path, once per stage, block and month.
pub trait AnyStage: Send + Sync {
    /// Runs the stage compiled for `level`.
    fn run_at(&self, level: Level, cx: &mut Cx<'_>);

    /// Name of the stage in listings of a plan: the name of its type.
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
        let path = std::any::type_name::<S>();
        let path = path.split('<').next().unwrap_or(path);
        path.rsplit("::").next().unwrap_or(path)
    }
}
