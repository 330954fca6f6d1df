//! Working hours of the owner, in total and for administration.

use crate::math::Lanes;
use crate::stage::{Build, Cx, Dated, Phase, Row, Stage};

/// Creates the row with the monthly sum of `hours`, whose rows are filled from `Phase::Trough` on.
pub fn sum_of(hours: &[Row], build: &mut Build) -> Row {
    let sum = build.row();
    let hours = hours.to_vec();
    build.stage(Phase::Cost, Sum { hours, sum });
    sum
}

/// Creates the row of the owner's monthly hours for administration, such as tax returns. `per_month` may
/// change with the month; the hours are 0 once the owner is `ruined`.
pub fn of_owner(per_month: Dated<f64>, ruined: Option<Row>, build: &mut Build) -> Row {
    let row = build.row();
    build.stage(Phase::Trough, OfOwner { per_month, ruined, row });
    row
}

struct OfOwner {
    per_month: Dated<f64>,
    ruined: Option<Row>,
    row: Row,
}

impl Stage for OfOwner {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut row = (self.per_month).lanes(cx.rows, cx.month.index, 0.0, |hours| *hours);
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
