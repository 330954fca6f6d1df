//! What begins some months after everything else.
//!
//! In: the stages of an object. Out: the same, which see month 1 when theirs comes, or whose rows stay as they are on paths
//! where it has not come. Not here: which objects are late (`plan`).

use super::{AnyStage, Cx, Level, Phase, PlacedStage, Row, Rows};
use crate::math::{LANES, Lanes};
use std::sync::Arc;

/// Of a row that says when something begins: not yet.
pub const NEVER: f64 = u32::MAX as f64;

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

/// A stage that begins on each path when a row says so.
struct Since {
    /// The month at whose end it is set up, or [`NEVER`].
    since: Row,
    /// Whether it runs in that month, or in every one from that on.
    opens: bool,
    /// Rows of its object, and where they are kept while it runs.
    rows: Arc<[[Row; 2]]>,
    stage: Box<dyn AnyStage>,
}

impl Since {
    #[inline(always)]
    fn has_come(&self, month: u32, since: f64) -> bool {
        let month = f64::from(month);
        if self.opens { month == since } else { month > since }
    }

    /// Undoes what the stage has done on paths where its month has not come.
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

/// The stages of one object, on each path from the month on that `since` says: in the months of the run, but only there
/// do they change `rows`. What would open a block runs among the operations of the month before the first, after the others.
pub(super) fn since(
    placed: Vec<PlacedStage>,
    since: Row,
    rows: Arc<[[Row; 2]]>,
) -> impl Iterator<Item = PlacedStage> {
    let opens = |placed: &PlacedStage| placed.phase == Phase::Open;
    let (opening, others): (Vec<_>, Vec<_>) = placed.into_iter().partition(opens);
    others.into_iter().chain(opening).map(move |placed| {
        let opens = opens(&placed);
        PlacedStage {
            phase: if opens { Phase::Operate } else { placed.phase },
            stage: Box::new(Since { since, opens, rows: Arc::clone(&rows), stage: placed.stage }),
            // when it begins may differ between worlds
            common: Vec::new(),
            ..placed
        }
    })
}
