//! Working hours of the owner, in total and for administration.

use crate::math::Lanes;
use crate::stage::{Build, Dated, Phase, Row};

/// Creates the row with the month's total working hours, the sum of the rows `hours`. It is set in
/// `Phase::Cost`, so the rows `hours` must be set before.
pub fn sum_of(hours: &[Row], build: &mut Build) -> Row {
    let row = build.row();
    let hours = hours.to_vec();
    build.step(
        Phase::Cost,
        "Sum",
        #[inline(always)]
        move |cx| {
            let mut sum = Lanes::ZERO;
            for row in &hours {
                sum += cx.rows.get(*row);
            }
            *cx.rows.get_mut(row) = sum;
        },
    );
    row
}

/// Creates the row of the owner's monthly hours for administration, such as tax returns. `per_month` may
/// change with the residence; the hours are 0 once the owner is `ruined`.
pub fn of_owner(per_month: Dated<f64>, ruined: Option<Row>, build: &mut Build) -> Row {
    let row = build.row();
    build.step(
        Phase::Low,
        "OfOwner",
        #[inline(always)]
        move |cx| {
            let mut hours = per_month.lanes(cx.rows, cx.month.index, 0.0, |hours| *hours);
            if let Some(ruined) = ruined {
                let ruined = cx.rows.get(ruined);
                hours.each(|lane, own| own * (1.0 - ruined[lane]));
            }
            *cx.rows.get_mut(row) = hours;
        },
    );
    row
}
