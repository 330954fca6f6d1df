//! What begins some months after everything else.
//!
//! In: the stages of an object. Out: the same, which see month 1 when theirs comes. Not here: which objects are late (`plan`).

use super::{AnyStage, Cx, Level, Phase, PlacedStage};

/// A stage in a time that begins `by` months later than that of the run.
struct Later {
    by: u32,
    /// Whether it runs once, before its first month, or in every month from that on.
    opens: bool,
    stage: Box<dyn AnyStage>,
}

impl AnyStage for Later {
    fn run_at(&self, level: Level, cx: &mut Cx<'_>) {
        let month = cx.month;
        let has_come = match self.opens {
            true => month.index == self.by,
            false => month.index > self.by,
        };
        if has_come {
            cx.month.index -= self.by;
            self.stage.run_at(level, cx);
            cx.month = month;
        }
    }

    fn name(&self) -> &'static str {
        self.stage.name()
    }
}

/// `placed`, `by` ≥ 1 months later: what would open a block runs among the operations of the month before its first.
pub(super) fn later(placed: PlacedStage, by: u32) -> PlacedStage {
    let opens = placed.phase == Phase::Open;
    let stage = placed.stage;
    PlacedStage {
        phase: if opens { Phase::Operate } else { placed.phase },
        stage: Box::new(Later { by, opens, stage }),
        ..placed
    }
}
