//! Effect of falls that have not recovered yet on the income of an asset.
//!
//! In: rows of the feedback loop. Out: a row of strain. Not here: the income (`asset`).

use crate::math::{LANES, Lanes};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Adds the stage that computes the month's strain on the income of the asset being built:
///
/// ```text
/// strain = β·Σ_p T_p               income is multiplied by exp(−strain)
/// ```
///
/// `transient` holds the log-falls of the asset's market that remain after this month, T_p, one row per
/// recovery population; `income_beta` is β. The strain stays 0 in the run without agents.
pub fn strain(transient: &[Row], income_beta: f64, build: &mut Build) -> Row {
    let strain = build.row();
    build.loop_stage(Phase::Strain, Strain { transient: transient.to_vec(), income_beta, strain });
    strain
}

struct Strain {
    transient: Vec<Row>,
    income_beta: f64,
    strain: Row,
}

impl Stage for Strain {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut left = Lanes::ZERO;
        for row in &self.transient {
            let row = cx.rows.get(*row);
            for lane in 0..LANES {
                left[lane] = self.income_beta.mul_add(row[lane], left[lane]);
            }
        }
        *cx.rows.get_mut(self.strain) = left;
    }
}
