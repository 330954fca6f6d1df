//! Stages of objects that begin some months after the run.
//!
//! In: the stages of an object. Out: stages with a shifted month count, or stages whose rows stay zero on
//! paths where they have not begun. Not here: the list of late objects (`plan`).

use super::{AnyStage, Cx, Level, Phase, PlacedStage, Row, Rows};
use crate::math::{LANES, Lanes};
use std::sync::Arc;

/// Value of a start month that stands for "not yet".
pub const NEVER: f64 = u32::MAX as f64;

/// Runs a stage with a month count that begins `by` months after that of the run.
struct Later {
    by: u32,
    /// True for a stage of the opening phase, which runs once, in month `by`.
    opens: bool,
    stage: Box<dyn AnyStage>,
}

impl AnyStage for Later {
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
        stage: Box::new(Later { by, opens, stage }),
        ..placed
    }
}

/// Runs a stage that begins on each path after the start month held in a row.
struct Since {
    /// Month at whose end the object is set up, or [`NEVER`].
    since: Row,
    /// True for a stage of the opening phase, which runs in the start month only.
    opens: bool,
    /// Rows of the object, each with a spare row that keeps its values while the stage runs.
    rows: Arc<[[Row; 2]]>,
    stage: Box<dyn AnyStage>,
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
        self.stage.run_at(level, cx);
        let since = *cx.rows.get(self.since);
        level.run(
            #[inline(always)]
            || self.restore(cx.rows, month, &since),
        );
    }

    fn name(&self) -> &'static str {
        self.stage.name()
    }
}

/// The opening stages of one object, whose rows are saved and restored once for all of them.
struct Opening(Vec<Box<dyn AnyStage>>);

impl AnyStage for Opening {
    fn run_at(&self, level: Level, cx: &mut Cx<'_>) {
        self.0.iter().for_each(|stage| stage.run_at(level, cx));
    }

    fn name(&self) -> &'static str {
        "Opening"
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
    let opens = |placed: &PlacedStage| placed.phase == Phase::Open;
    let (opening, others): (Vec<_>, Vec<_>) = placed.into_iter().partition(opens);
    let object = opening.first().map(|placed| placed.object.clone());
    let opening = object.map(|object| PlacedStage {
        phase: Phase::Open,
        object,
        loop_only: false,
        common: Vec::new(),
        stage: Box::new(Opening(opening.into_iter().map(|placed| placed.stage).collect())),
    });
    others.into_iter().chain(opening).map(move |placed| {
        let opens = opens(&placed);
        PlacedStage {
            phase: if opens { Phase::Operate } else { placed.phase },
            stage: Box::new(Since { since, opens, rows: Arc::clone(&rows), stage: placed.stage }),
            // the start month may differ between worlds
            common: Vec::new(),
            ..placed
        }
    })
}
