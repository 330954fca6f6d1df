//! What the works that are there have to come.
//!
//! ```text
//! g(j) = ((1 − π)·2^(−j/h) + π·2^(−j/H))·e^(−crowding·j/12)·(1 − γ + γ·2^(−j/gap half-life))
//! ```
//!
//! π is the part of what all earn that lasts, γ that which is there because the gap is still open, both of the month. Four sums of
//! powers: no work to come is in it, nor what it costs.

use super::Catalogue;
use super::age::Lasting;
use crate::asset::{buyer, wear};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Coefficient, Cx, Row};

/// The return that a buyer of works asks for: that of the class by its multiple and its fading is lower.
const RETURN: f64 = buyer::LEAST_RETURN;

/// Present value of what fades at a month's rate under `crowding`: while the gap is as it is, and of the part that closes with it.
#[inline(always)]
fn values([left, crowding, gap_half_life]: [f64; 3]) -> [f64; 2] {
    let left = left * exp(-crowding / STEPS_PER_YEAR);
    let v = buyer::discount(RETURN);
    [left, left * wear::left(1.0, gap_half_life)].map(|left| buyer::geometric(left, v))
}

/// What works have ahead that earn 1 now, of which a part lasts and another one is owed to the gap.
#[inline(always)]
fn of_one([quick, slow]: [[f64; 2]; 2], lasts: f64, gap: f64) -> f64 {
    let of = |[stays, closes]: [f64; 2]| gap.mul_add(closes - stays, stays);
    lasts.mul_add(of(slow) - of(quick), of(quick))
}

/// Coefficients of a path.
#[derive(Clone, Copy)]
pub(super) struct Ahead {
    /// Of what fades quickly and of what lasts: without the gap and with it.
    values: [[Coefficient; 2]; 2],
    pub row: Row,
}

impl Ahead {
    pub fn build(
        kept: [Coefficient; 2],
        [crowding, gap_half_life]: [Coefficient; 2],
        build: &mut Build,
    ) -> Self {
        let values = kept.map(|left| {
            [0, 1].map(|part| {
                let parts = [left, crowding, gap_half_life];
                Coefficient::from(parts, build, move |parts| values(parts)[part])
            })
        });
        let row = build.row();
        Self { values, row }
    }

    /// Sets what works have ahead that earn `power`, `amounts` of the best and the others.
    #[inline(always)]
    pub fn follow(
        &self,
        (power, gap): (&Lanes, &Lanes),
        lasting: Option<(&Lasting, [Row; 2])>,
        cx: &mut Cx<'_>,
    ) {
        let [quick, slow] = self.values.map(|pair| pair.map(|of| of.of_paths(cx.rows)));
        let lasts = lasting.map_or(Lanes::ZERO, |(lasting, amounts)| lasting.part(amounts, cx));
        let ahead = cx.rows.get_mut(self.row);
        for lane in 0..LANES {
            let values = [&quick, &slow].map(|of| [of[0][lane], of[1][lane]]);
            ahead[lane] = power[lane] * of_one(values, lasts[lane], gap[lane]);
        }
    }
}

impl Catalogue {
    /// What works have ahead that earn 1, of which a part lasts and another one is owed to the gap, at the medians of what is drawn.
    pub(super) fn ahead(&self, lasts: f64, gap: f64) -> f64 {
        let fading = self.fading();
        let (crowding, closes) = (self.crowding.get(), self.gap_half_life.get());
        let of = [fading.quick, fading.slow].map(|left| values([left, crowding, closes]));
        of_one(of, lasts, gap)
    }
}
