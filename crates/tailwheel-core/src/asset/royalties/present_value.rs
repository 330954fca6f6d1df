//! Present value of the future income of existing works.
//!
//! ```text
//! g(j) = ((1 − π)·2^(−j/h) + π·2^(−j/H))·e^(−crowding·j/12)·(1 − γ + γ·2^(−j/gap half-life))
//! ```
//!
//! π is the lasting fraction of current income, γ the fraction owed to the still open gap. The product
//! gives four sums of powers. Neither income nor cost of future works is included.

use super::Catalogue;
use super::age::Lasting;
use crate::asset::{buyer, wear};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Coefficient, Cx, Row};

/// Yearly return that a buyer of works asks for. The class's price multiple and fading would imply less.
const RETURN: f64 = buyer::LEAST_RETURN;

/// Present values, in years of today's income, of income with the monthly factor `left` and yearly `crowding` by
/// competitors: of lasting income, and of income that ends as a gap in the market closes.
#[inline(always)]
fn values(left: f64, crowding: f64, gap_half_life: f64) -> [f64; 2] {
    let left = left * exp(-crowding / STEPS_PER_YEAR);
    let v = buyer::discount(RETURN);
    [left, left * wear::left(1.0, gap_half_life)].map(|left| buyer::geometric(left, v))
}

/// Returns the present value of works in years of current income. `quick` and `slow` are the present values
/// of income that fades quickly and slowly, each without and with the closing of the gap to the market.
/// `lasts` is the slow fraction of the income, and `gap` the fraction that exists only because of the gap.
#[inline(always)]
fn of_one(quick: [f64; 2], slow: [f64; 2], lasts: f64, gap: f64) -> f64 {
    let of = |[stays, closes]: [f64; 2]| gap.mul_add(closes - stays, stays);
    lasts.mul_add(of(slow) - of(quick), of(quick))
}

/// Coefficients and result row for the present value of the future income of works.
#[derive(Clone, Copy)]
pub(super) struct WorksValue {
    /// Present values of the quickly and of the slowly fading part of income, each without and with the
    /// closing of the gap in the market.
    values: [[Coefficient; 2]; 2],
    pub row: Row,
}

impl WorksValue {
    pub fn build(
        quick: Coefficient,
        slow: Coefficient,
        crowding: Coefficient,
        gap_half_life: Coefficient,
        build: &mut Build,
    ) -> Self {
        let values = [quick, slow].map(|left| {
            [0, 1].map(|part| {
                Coefficient::from([left, crowding, gap_half_life], build, move |[left, crowding, closes]| {
                    values(left, crowding, closes)[part]
                })
            })
        });
        let row = build.row();
        Self { values, row }
    }

    /// Sets the present value of future income of works that earn `power`. `gap` is the fraction owed to the
    /// gap in the market; `amounts` holds the incomes of the best work and of the others.
    #[inline(always)]
    pub fn follow(
        &self,
        power: &Lanes,
        gap: &Lanes,
        lasting: Option<&Lasting>,
        amounts: [Row; 2],
        cx: &mut Cx<'_>,
    ) {
        let [quick, slow] = self.values.map(|pair| pair.map(|of| of.of_paths(cx.rows)));
        let lasts = lasting.map_or(Lanes::ZERO, |lasting| lasting.part(amounts, cx));
        let ahead = cx.rows.get_mut(self.row);
        for lane in 0..LANES {
            let [quick, slow] = [&quick, &slow].map(|of| [of[0][lane], of[1][lane]]);
            ahead[lane] = power[lane] * of_one(quick, slow, lasts[lane], gap[lane]);
        }
    }
}

impl Catalogue {
    /// Present value of the works' future income per unit of current income, with every range at its median.
    /// `lasts` is the slowly fading fraction, `gap` the fraction owed to the gap in the market.
    pub(super) fn ahead(&self, lasts: f64, gap: f64) -> f64 {
        let fading = self.fading();
        let (crowding, closes) = (self.crowding.get(), self.gap_half_life.get());
        let [quick, slow] = [fading.quick, fading.slow].map(|left| values(left, crowding, closes));
        of_one(quick, slow, lasts, gap)
    }
}
