//! Continuous losses of a holding: shutdowns, aging, saturation, costs of moving it. Also the links of
//! property prices to rates and inflation.

use super::Coefficient;
use crate::book::{Account, Cause};
use crate::form::Drawn;
use crate::market::{MovingRows, RateRows, STEPS_PER_YEAR};
use crate::math::Lanes;
use crate::math::elementary::{exp, expm1};
use crate::stage::{Build, Phase, Row};
use crate::units::DecayRate;

/// Monthly fraction `1 − e^(−δ/12)` at the yearly rate δ: a fraction of value lost, or a probability.
#[inline(always)]
pub(super) fn per_step(rate: f64) -> f64 {
    -expm1(-rate / STEPS_PER_YEAR)
}

/// Fraction that remains after `months` at this half-life `h` in months, `2^(−months/h)`.
#[inline(always)]
pub(super) fn left(months: f64, half_life: f64) -> f64 {
    exp(-std::f64::consts::LN_2 * months / half_life)
}

/// Decay rate of 0, for assets that do not decay.
pub(super) fn none() -> Drawn<DecayRate> {
    Drawn::point(DecayRate::new(0.0).expect("no decay is a decay"))
}

/// Adds the monthly loss of the fraction `lost` of the value, booked under `cause`.
pub(super) fn build(value: Account, lost: Coefficient, cause: Cause, build: &mut Build) {
    let is_nothing = matches!(lost, Coefficient::Same(lost) if lost <= 0.0);
    if !is_nothing {
        let to = build.world(cause);
        build.step(
            Phase::Operate,
            "Wear",
            #[inline(always)]
            move |cx| match lost {
                Coefficient::Same(lost) => cx.book.post_with(value, to, |_, value, _| value * lost),
                Coefficient::PerPath(row) => {
                    let lost = cx.rows.get(row);
                    cx.book.post_with(value, to, |lane, value, _| value * lost[lane]);
                }
            },
        );
    }
}

/// Adds the effect of short rate and inflation on the price of property: the monthly factor `e^(β·Δr + γ·(π
/// − m)/12)`. Δr is the change of the short rate, π inflation and m the median of its mean.
pub(super) fn follow(
    value: Account,
    rate: Option<RateRows>,
    inflation: Option<MovingRows>,
    build: &mut Build,
) {
    let rate = rate.filter(|rate| rate.property != 0.0);
    let inflation = inflation.filter(|inflation| inflation.property != 0.0);
    let links = [
        rate.map(|rate| (rate.property, rate.change)),
        inflation.map(|rows| (rows.property / STEPS_PER_YEAR, rows.above)),
    ];
    // log-return per unit of the row's value, and the row
    let links: Vec<(f64, Row)> = links.into_iter().flatten().collect();
    if links.is_empty() {
        return;
    }
    let from = build.world(Cause::Drift);
    build.step(
        Phase::Operate,
        "Follow",
        #[inline(always)]
        move |cx| {
            let mut gain = Lanes::ZERO;
            for (link, row) in &links {
                let of = cx.rows.get(*row);
                gain.each(|lane, own| link.mul_add(of[lane], own));
            }
            let before = cx.book.value(value);
            gain.each(|lane, own| expm1(own) * before[lane]);
            cx.book.post(from, value, &gain);
        },
    );
}
