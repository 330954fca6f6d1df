//! Aging of works: one part of a work's income fades quickly, the other slowly.
//!
//! ```text
//! income at age a    (1 − ℓ)·2^(−a/h) + ℓ·2^(−a/H)      ℓ: `lasting`, h: `half_life`, H: `lasting_half_life`
//! lasting part       ℓ/(ℓ + (1 − ℓ)·2^(−a(1/h − 1/H)))  grows with age
//! monthly factor     (1 − p)·2^(−1/h) + p·2^(−1/H)      p: lasting part
//! ```
//!
//! With a single rate of fading, age would cancel out: any work keeps 2^(−1/h) of its income per month.

use super::Catalogue;
use crate::asset::{idle, wear};
use crate::form::{Reader, fault};
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes};
use crate::stage::{Build, Coefficient, Cx, Row};
use crate::units::Delay;
use std::f64::consts::LN_2;

/// Slowly fading fraction of the income of works that are `age` months old. `of_new` is that fraction for new
/// works; `quick` and `slow` are the half-lives of both parts in months.
#[inline(always)]
fn lasts_at(age: f64, of_new: f64, quick: f64, slow: f64) -> f64 {
    let rate = 1.0 / quick - 1.0 / slow;
    let fades = (1.0 - of_new) * exp(-LN_2 * rate * age);
    let all = of_new + fades;
    if all > 0.0 { of_new / all } else { 0.0 }
}

/// Monthly factors of the two parts of works' income that fade quickly and slowly, and the slowly fading fractions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fading {
    /// Monthly factor on the quickly fading part of income.
    pub quick: f64,
    /// Monthly factor on the slowly fading part of income.
    pub slow: f64,
    /// Slowly fading fraction of a new work's income.
    pub of_new: f64,
    /// Slowly fading fraction of the initial works' income.
    pub at_start: f64,
}

impl Fading {
    /// Reads the two rates of fading from the keys; `None` without `lasting`, as all income then fades at one rate.
    pub fn of(catalogue: &Catalogue) -> Option<Self> {
        let of_new = catalogue.lasting?.get();
        let age = catalogue.age.map_or(0.0, Delay::months);
        let slow = catalogue.lasting_half_life?.months();
        let half_life = catalogue.half_life.get();
        Some(Self {
            quick: wear::left(1.0, half_life),
            slow: wear::left(1.0, slow),
            of_new,
            at_start: lasts_at(age, of_new, half_life, slow),
        })
    }

    /// Adds rows for the slowly fading fractions of the best work's and the others' income. The rest halves in every
    /// `half_life`; `of_new` is the slowly fading fraction of a new work.
    pub fn build(
        self,
        catalogue: &Catalogue,
        half_life: Coefficient,
        of_new: Coefficient,
        build: &mut Build,
    ) -> Lasting {
        let age = catalogue.age.map_or(0.0, Delay::months);
        let slow = catalogue.lasting_half_life.map_or(f64::INFINITY, Delay::months);
        let quick = |[half_life]: [f64; 1]| wear::left(1.0, half_life);
        let parts = [half_life, of_new];
        let at_start = move |[half_life, of_new]: [f64; 2]| lasts_at(age, of_new, half_life, slow);
        let at_start = Coefficient::from(parts, build, at_start);
        let [best, others] = [build.row(), build.row()];
        build.open(
            #[inline(always)]
            move |cx| {
                let at_start = at_start.of_paths(cx.rows);
                for row in [best, others] {
                    *cx.rows.get_mut(row) = at_start;
                }
            },
        );
        Lasting { slow: self.slow, of_new, quick: Coefficient::from([half_life], build, quick), best, others }
    }
}

/// Slowly fading fractions of the best work's income and of all others' income.
#[derive(Clone, Copy)]
pub(super) struct Lasting {
    /// Monthly factor on the slowly fading part of income.
    slow: f64,
    /// Slowly fading fraction of a new work's income, per path.
    of_new: Coefficient,
    quick: Coefficient,
    best: Row,
    others: Row,
}

impl Lasting {
    /// Applies a month of fading to the incomes of the best work and of the others, in `amounts`, and updates
    /// their slowly fading fractions.
    #[inline(always)]
    pub fn fade(&self, amounts: [Row; 2], cx: &mut Cx<'_>) {
        let quick = self.quick.of_paths(cx.rows);
        for (amount, part) in amounts.into_iter().zip([self.best, self.others]) {
            let [amount, part] = cx.rows.pair(amount, part);
            for lane in 0..LANES {
                let slow = self.slow * part[lane];
                let left = quick[lane].mul_add(1.0 - part[lane], slow);
                amount[lane] *= left;
                part[lane] = slow / left;
            }
        }
    }

    /// Slowly fading fraction of the incomes of the best work and of the others together, which are in `amounts`.
    #[inline(always)]
    pub fn part(&self, amounts: [Row; 2], cx: &Cx<'_>) -> Lanes {
        let [best, others] = amounts.map(|row| cx.rows.get(row));
        let [of_best, of_others] = [self.best, self.others].map(|row| cx.rows.get(row));
        Lanes::of(|lane| {
            let all = best[lane] + others[lane];
            let lasts = of_others[lane].mul_add(others[lane], of_best[lane] * best[lane]);
            if all > 0.0 { lasts / all } else { 0.0 }
        })
    }

    /// Monthly factor on the slowly fading part of income.
    pub const fn slow(&self) -> f64 {
        self.slow
    }

    /// Updates the slowly fading fractions of income after new works have joined. `before` and `amounts` hold the
    /// incomes of the best work and of the others, before and after. If a new work is now the best, the old best
    /// counts among the others.
    #[inline(always)]
    pub fn join(&self, before: [Lanes; 2], amounts: [Row; 2], cx: &mut Cx<'_>) {
        let [best, others] = amounts.map(|row| *cx.rows.get(row));
        let [old_best, old_others] = before;
        let new = self.of_new.of_paths(cx.rows);
        let [of_best, of_others] = cx.rows.pair(self.best, self.others);
        for lane in 0..LANES {
            let is_beaten = best[lane] > old_best[lane];
            let beaten = if is_beaten { old_best[lane] } else { 0.0 };
            let came = others[lane] - old_others[lane] - beaten;
            let lasts = of_others[lane].mul_add(old_others[lane], of_best[lane] * beaten);
            if others[lane] > 0.0 {
                of_others[lane] = new[lane].mul_add(came, lasts) / others[lane];
            }
            of_best[lane] = if is_beaten { new[lane] } else { of_best[lane] };
        }
    }
}

/// Refuses keys that have no effect without `lasting`, a missing `lasting_half_life`, and a lasting part that
/// fades faster than the rest.
pub(super) fn check(catalogue: &mut Catalogue, reader: &mut Reader<'_>) {
    if !reader.sound(&["lasting", "lasting_half_life", "half_life", "age"]) {
        return;
    }
    if catalogue.lasting.is_none() {
        let why = |key: &str| match key {
            "age" => "where all works fade at one rate, old ones fade like new ones".to_owned(),
            _ => "nothing of a work lasts".to_owned(),
        };
        idle::refuse(["age", "lasting_half_life"], why, "lasting = 0.2", reader);
        (catalogue.lasting_half_life, catalogue.age) = (None, None);
        return;
    }
    let Some(slow) = catalogue.lasting_half_life else {
        fault!(reader, "missing", "what lasts needs a `lasting_half_life`"; "lasting" => "how long?";
            such_as: "lasting_half_life = \"162 months\"");
        return;
    };
    if slow.months() < catalogue.half_life.said_ends()[1] {
        fault!(reader, "range", "what lasts would fade faster than the rest";
            "lasting" => "of it `lasting_half_life` leaves a half";
            rule: "`lasting_half_life` is not shorter than `half_life`");
    }
}

impl Catalogue {
    /// Rates at which the quick and the slow part of works' income fade, equal if all income fades at one rate.
    pub(super) fn fading(&self) -> Fading {
        let kept = self.kept();
        Fading::of(self).unwrap_or(Fading { quick: kept, slow: kept, of_new: 0.0, at_start: 0.0 })
    }
}
