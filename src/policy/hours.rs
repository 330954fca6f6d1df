//! Hours of all holdings together.

use crate::math::{LANES, Lanes};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// The row of the sum of `hours`, which stand in theirs from `Phase::Trough` on.
pub fn sum_of(hours: &[Row], build: &mut Build) -> Row {
    let sum = build.row();
    let hours = hours.to_vec();
    build.stage(Phase::Cost, Sum { hours, sum });
    sum
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
            let hours = cx.rows.get(*row);
            for lane in 0..LANES {
                sum[lane] += hours[lane];
            }
        }
        *cx.rows.get_mut(self.sum) = sum;
    }
}
