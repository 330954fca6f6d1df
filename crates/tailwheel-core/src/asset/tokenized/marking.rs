//! Prices in statements of an asset that is appraised.
//!
//! Wealth, losses and sales always use market prices, at which one could sell.
//!
//! ```text
//! A' = ρ·A + (1 − ρ)·P'                      P: market price, A: price in statements; both 1 on day one
//! σ_A = σ·√((1 − ρ)/(1 + ρ))                 so σ = σ_A·√((1 + ρ)/(1 − ρ)) undoes it
//! ```

use super::Fractions;
use crate::asset::{Slot, State, Whole, idle};
use crate::choices;
use crate::form::{Reader, fault};
use crate::market::STEPS_PER_YEAR;
use crate::math::{LANES, Lanes, greater};
use crate::stage::{Build, Cx, Phase, Row};
use crate::units::{Fraction, Volatility};

choices! {
    /// Source of the price in statements.
    pub enum Marking: "marking" {
        /// The token is valued at its market price.
        Market = "market",
        /// An appraisal, smoothed with the previous one.
        Appraisal = "appraisal",
    }
}

/// Reported states of an appraised asset.
pub(super) const STATES: &[State] = &[
    State { id: "price", title: "price", whole: Whole::Start, is_alive: false },
    State { id: "appraised", title: "price in statements", whole: Whole::Other, is_alive: false },
    State { id: "price_volatility", title: "volatility", whole: Whole::Other, is_alive: false },
    State {
        id: "appraised_volatility",
        title: "volatility in statements",
        whole: Whole::Other,
        is_alive: false,
    },
];

/// Adds the stage of an asset's prices in statements. `smoothing` is the weight of the previous appraisal.
pub(super) fn build(smoothing: f64, slot: &Slot, build: &mut Build) {
    let [price, appraised, of_price, of_appraised] = slot.states;
    let mut swing = |level, shown| Swing { level, shown, sums: [build.row(), build.row()] };
    let [market, appraisers] = [swing(price, of_price), swing(appraised, of_appraised)];
    let (value, start) = (slot.value, slot.start);
    build.fill(&[price, appraised], 1.0);
    build.step(
        Phase::Operate,
        "Statement",
        #[inline(always)]
        move |cx| {
            let (start, value) = (cx.rows.get(start), cx.book.value(value));
            let (mut price, mut said) = (*cx.rows.get(market.level), *cx.rows.get(appraisers.level));
            for lane in 0..LANES {
                if start[lane] > 0.0 {
                    price[lane] *= value[lane] / start[lane];
                }
                said[lane] = smoothing.mul_add(said[lane] - price[lane], price[lane]);
            }
            for (swing, level) in [(market, price), (appraisers, said)] {
                swing.note(cx, &level);
            }
        },
    );
}

/// A price (market or appraised) and the volatility of its monthly returns so far.
#[derive(Clone, Copy)]
struct Swing {
    level: Row,
    /// Row of the reported volatility.
    shown: Row,
    /// Sum of the monthly returns so far, and sum of their squares.
    sums: [Row; 2],
}

impl Swing {
    #[inline(always)]
    fn note(&self, cx: &mut Cx<'_>, level: &Lanes) {
        let n_months = f64::from(cx.month.index);
        let mut returns = *level;
        let before = cx.rows.get_mut(self.level);
        for lane in 0..LANES {
            returns[lane] = if before[lane] > 0.0 { level[lane] / before[lane] - 1.0 } else { 0.0 };
            before[lane] = level[lane];
        }
        let [sum, squares] = cx.rows.pair(self.sums[0], self.sums[1]);
        for lane in 0..LANES {
            sum[lane] += returns[lane];
            squares[lane] += returns[lane] * returns[lane];
            let spread = squares[lane] - sum[lane] * sum[lane] / n_months;
            // After a single month the volatility is 0.
            returns[lane] = STEPS_PER_YEAR * greater(spread, 0.0) / greater(n_months - 1.0, 1.0);
        }
        cx.rows.get_mut(self.shown).each(|lane, _| returns[lane].sqrt());
    }
}

/// Weight of the previous appraisal; `None` if statements use market prices.
pub(super) fn smoothing(asset: &Fractions) -> Option<f64> {
    match asset.marking? {
        Marking::Market => None,
        Marking::Appraisal => asset.smoothing.map(Fraction::get),
    }
}

/// Refuses appraisal keys without appraisal. Returns the market volatility that follows from
/// `appraised_volatility`, if stated.
pub(super) fn check(asset: &mut Fractions, reader: &mut Reader<'_>) -> Option<Volatility> {
    const OF_APPRAISERS: [&str; 2] = ["smoothing", "appraised_volatility"];
    if !reader.sound(&["marking", "smoothing", "appraised_volatility"]) {
        return None;
    }
    let said = asset.appraised_volatility.take();
    if asset.marking != Some(Marking::Appraisal) {
        let why = |key: &str| format!("nobody appraises it, so there is no `{key}`");
        idle::refuse(OF_APPRAISERS, why, "marking = \"appraisal\"", reader);
        (asset.marking, asset.smoothing) = (None, None);
        return None;
    }
    let Some(smoothing) = asset.smoothing.map(Fraction::get) else {
        fault!(reader, "missing", "appraisers need a `smoothing`"; "marking" => "by what they said last";
            such_as: "smoothing = 0.75");
        return None;
    };
    if smoothing >= 1.0 {
        fault!(reader, "income", "appraisers would never change their minds";
            "smoothing" => "all of what they said last"; rule: "a smoothing is below 1");
        return None;
    }
    undone(said?, smoothing, reader)
}

/// Market volatility that corresponds to the appraised volatility `said`; `None` after reporting a fault.
fn undone(said: Volatility, smoothing: f64, reader: &mut Reader<'_>) -> Option<Volatility> {
    if reader.says("volatility") {
        fault!(reader, "duplicate", "`appraised_volatility` says what `volatility` says";
            "appraised_volatility" => "one of them must go"; "volatility" => "also set here";
            rule: "volatility = appraised_volatility·√((1 + smoothing)/(1 - smoothing))");
        return None;
    }
    reader.forget("volatility");
    let undone = said.get() * ((1.0 + smoothing) / (1.0 - smoothing)).sqrt();
    let found = Volatility::new(undone);
    if let Err(refused) = &found {
        fault!(reader, "range", "{}", refused.reason.clone(); "appraised_volatility" => "of the market";
            rule: "{}", refused.rule.clone());
    }
    found.ok()
}
