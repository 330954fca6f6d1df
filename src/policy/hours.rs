//! Hours of the owner, and of all holdings together.

use crate::math::Lanes;
use crate::stage::{Build, Cx, Phase, Row, Stage, begun};

/// The row of the sum of `hours`, which stand in theirs from `Phase::Trough` on.
pub fn sum_of(hours: &[Row], build: &mut Build) -> Row {
    let sum = build.row();
    let hours = hours.to_vec();
    build.stage(Phase::Cost, Sum { hours, sum });
    sum
}

/// A row of hours that registers and declarations take: first months and hours of a month from then on, 0 once the owner
/// is `ruined`.
pub fn of_owner(per_month: Vec<(u32, f64)>, ruined: Option<Row>, build: &mut Build) -> Row {
    let row = build.row();
    build.stage(
        Phase::Trough,
        OfOwner {
            per_month,
            ruined,
            row,
        },
    );
    row
}

struct OfOwner {
    per_month: Vec<(u32, f64)>,
    ruined: Option<Row>,
    row: Row,
}

impl Stage for OfOwner {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let hours = begun(&self.per_month, cx.month.index);
        let mut row = Lanes::splat(hours.copied().unwrap_or(0.0));
        if let Some(ruined) = self.ruined {
            let ruined = cx.rows.get(ruined);
            row.each(|lane, own| own * (1.0 - ruined[lane]));
        }
        *cx.rows.get_mut(self.row) = row;
    }
}

struct Sum {
    hours: Vec<Row>,
    sum: Row,
}

impl Stage for Sum {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut sum = Lanes::ZERO;
        for row in &self.hours {
            sum += cx.rows.get(*row);
        }
        *cx.rows.get_mut(self.sum) = sum;
    }
}
