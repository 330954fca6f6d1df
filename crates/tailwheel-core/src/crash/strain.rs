//! Effect of falls that have not recovered yet on the income of an asset.
//!
//! In: rows of the feedback loop. Out: a row of strain. Not here: the income (`asset`).

use super::probe::Probe;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Phase, Row};

/// Adds the stage that computes the month's strain on the income of the asset being built:
///
/// ```text
/// strain = β·Σ_p T_p               income is multiplied by exp(−strain)
/// ```
///
/// T_p is the log-fall of the asset's `market` that remains after this month from crashes with recovery speed p;
/// `income_beta` is β. The strain stays 0 in the run without agents.
pub fn strain(probe: &Probe, market: usize, income_beta: f64, build: &mut Build) -> Row {
    let strain = build.row();
    let stage = &probe.stage;
    let transient: Vec<Row> =
        stage.transient.iter().skip(market).step_by(stage.slots.len()).copied().collect();
    build.feedback_step(
        Phase::Strain,
        "Strain",
        #[inline(always)]
        move |cx| {
            let mut left = Lanes::ZERO;
            for row in &transient {
                let row = cx.rows.get(*row);
                for lane in 0..LANES {
                    left[lane] = income_beta.mul_add(row[lane], left[lane]);
                }
            }
            *cx.rows.get_mut(strain) = left;
        },
    );
    strain
}
