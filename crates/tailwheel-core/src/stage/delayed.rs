//! Stages of objects that begin some months after the start of the run.
//!
//! In: the stages of an object. Out: stages with a shifted month count, or stages whose rows stay zero on
//! paths where they have not begun. Not here: the list of late objects (`plan`).

use super::{AnyStage, Cx, Level, Phase, PlacedStage, Row, Rows};
use crate::math::{LANES, Lanes};
use std::sync::Arc;

/// Value of a start month that stands for "not yet".
pub const NEVER: f64 = u32::MAX as f64;

/// Runs a stage with a month count that begins `by` months after that of the run.
struct DelayedStage {
    by: u32,
    /// True for a stage of the opening phase, which runs once, in month `by`.
    opens: bool,
    stage: Box<dyn AnyStage>,
}

impl AnyStage for DelayedStage {
    fn run_at(&self, level: Level, cx: &mut Cx<'_>) {
        let month = cx.month;
        let has_come = if self.opens { month.index == self.by } else { month.index > self.by };
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

/// Delays `placed` by `by` ≥ 1 months. A stage of [`Phase::Open`] runs in [`Phase::Operate`] of month `by`.
pub(super) fn later(placed: PlacedStage, by: u32) -> PlacedStage {
    let opens = placed.phase == Phase::Open;
    let stage = placed.stage;
    PlacedStage {
        phase: if opens { Phase::Operate } else { placed.phase },
        stage: Box::new(DelayedStage { by, opens, stage }),
        ..placed
    }
}

/// Runs stages that begin on each path after the start month held in a row.
struct Since {
    /// Row of the month at whose end the object is set up, or [`NEVER`].
    since: Row,
    /// True for the stages of the opening phase, which run in the start month only.
    opens: bool,
    /// Rows of the object, each with a spare row that keeps its values while the stages run.
    rows: Arc<[[Row; 2]]>,
    /// One stage, or all opening stages of one object, so that its rows are saved and restored once.
    stages: Vec<Box<dyn AnyStage>>,
}

impl Since {
    #[inline(always)]
    fn has_come(&self, month: u32, since: f64) -> bool {
        let month = f64::from(month);
        if self.opens { month == since } else { month > since }
    }

    /// Restores the saved rows on paths where the object has not started yet.
    #[inline(always)]
    fn restore(&self, rows: &mut Rows, month: u32, since: &Lanes) {
        for [row, kept] in self.rows.iter() {
            let [row, kept] = rows.pair(*row, *kept);
            for lane in 0..LANES {
                let has_come = self.has_come(month, since[lane]);
                row[lane] = if has_come { row[lane] } else { kept[lane] };
            }
        }
    }
}

impl AnyStage for Since {
    fn run_at(&self, level: Level, cx: &mut Cx<'_>) {
        let month = cx.month.index;
        let mut paths = cx.rows.get(self.since).iter();
        if !paths.any(|since| self.has_come(month, *since)) {
            return;
        }
        for [row, kept] in self.rows.iter() {
            *cx.rows.get_mut(*kept) = *cx.rows.get(*row);
        }
        self.stages.iter().for_each(|stage| stage.run_at(level, cx));
        let since = *cx.rows.get(self.since);
        level.run(
            #[inline(always)]
            || self.restore(cx.rows, month, &since),
        );
    }

    fn name(&self) -> &'static str {
        if self.opens { "Opening" } else { self.stages[0].name() }
    }
}

/// Limits the stages of one object to the months after the one in the row `since`, path by path. On other
/// paths they leave `rows` unchanged. Stages of [`Phase::Open`] run in [`Phase::Operate`] of the start
/// month, after the others.
pub(super) fn since(
    placed: Vec<PlacedStage>,
    since: Row,
    rows: Arc<[[Row; 2]]>,
) -> impl Iterator<Item = PlacedStage> {
    let (opening, others): (Vec<_>, Vec<_>) =
        placed.into_iter().partition(|placed| placed.phase == Phase::Open);
    let opening = (!opening.is_empty()).then_some(opening);
    others.into_iter().map(|placed| vec![placed]).chain(opening).map(move |placed| {
        let PlacedStage { phase, object, feedback_only, .. } = &placed[0];
        let opens = *phase == Phase::Open;
        PlacedStage {
            phase: if opens { Phase::Operate } else { *phase },
            object: object.clone(),
            feedback_only: *feedback_only,
            // the start month may differ between worlds
            common: Vec::new(),
            stage: Box::new(Since {
                since,
                opens,
                rows: Arc::clone(&rows),
                stages: placed.into_iter().map(|placed| placed.stage).collect(),
            }),
        }
    })
}
