//! Random variation of a fleet's monthly income around its mean.
//!
//! The income of each unit is an independent lognormal with mean proportional to its size. The law of the
//! sum is approximated as lognormal with the exact mean and variance (Fenton 1960):
//!
//! ```text
//! ξ = exp(√v·z − v/2),   v = ln(1 + (e^(s²) − 1)/n),   n = (A_H·u + e·A_D)²/(Q_H·u² + e²·Q_D)
//! ```
//!
//! A is the sum of sizes and Q the expected sum of their squares; both equal the counts if all units have
//! equal size.

use super::sizes::Sizes;
use crate::asset::UnitRows;
use crate::math::elementary::{exp, ln_1p};
use crate::math::{LANES, greater};
use crate::random::Purpose;
use crate::stage::{Build, Coefficient, Phase, Row, Scope};
use crate::units::LogSpread;

/// Adds the stage of the random factor on a fleet's monthly income and returns its row ξ. `deviation` is the
/// standard deviation of the logarithm of a unit's income.
pub(super) fn build(
    deviation: LogSpread,
    decayed_income: Coefficient,
    sizes: Option<Sizes>,
    units: UnitRows,
    build: &mut Build,
) -> Row {
    let luck = build.row();
    let of_one = exp(deviation.get() * deviation.get()) - 1.0;
    let drawn = build.normals(Purpose::Luck, Scope::Month);
    // This stage must run before the month changes the counts.
    build.step(
        Phase::Operate,
        "Luck",
        #[inline(always)]
        move |cx| {
            let z = cx.draws.row(drawn);
            let (healthy, decayed) = (*cx.rows.get(units.healthy), *cx.rows.get(units.decayed));
            let part = decayed_income.of_paths(cx.rows);
            let (mut earning, mut squared) = (healthy, healthy);
            let (mut kept, mut kept_squared) = (decayed, decayed);
            if let (Some(of), Some([in_healthy, in_decayed])) = (sizes, units.sizes) {
                let (fallen, in_healthy) = (cx.rows.get(units.fallen), cx.rows.get(in_healthy));
                kept = *cx.rows.get(in_decayed);
                for lane in 0..LANES {
                    let all = greater(healthy[lane] + fallen[lane], 1.0);
                    earning[lane] = in_healthy[lane] * healthy[lane] / all;
                    squared[lane] = of.squares(earning[lane], healthy[lane]);
                    kept_squared[lane] = of.squares(kept[lane], decayed[lane]);
                }
            }
            if let Some(row) = units.lift {
                let lift = cx.rows.get(row);
                for lane in 0..LANES {
                    earning[lane] *= lift[lane];
                    squared[lane] *= lift[lane] * lift[lane];
                }
            }
            let row = cx.rows.get_mut(luck);
            for lane in 0..LANES {
                let square = part[lane] * part[lane];
                let sum = part[lane].mul_add(kept[lane], earning[lane]);
                let squares = square.mul_add(kept_squared[lane], squared[lane]);
                // Avoids 0/0 if no unit earns.
                let of_mean = of_one * squares / if sum > 0.0 { sum * sum } else { 1.0 };
                let variance = ln_1p(of_mean);
                row[lane] = exp(variance.sqrt().mul_add(z[lane], -0.5 * variance));
            }
        },
    );
    luck
}
