//! Present value of the future income of a fleet's existing units.
//!
//! ```text
//! H(u) = I(u) + vσh/(1 − q)·D                       of a healthy unit that earns u, q = vσ(1 − h), σ = 1 − s
//! I(u) = v·Σ q^j·min(limit, u·γ^j)                  γ = 1 + (e^(x/12) − 1)·part, 1 without tests
//! D    = v·(e + (1 − f)σD + f·(v^w·H(1) − c))       of a decayed unit, detected with probability f = part·d
//!        v·(e + (1 − f)σD)                          if detected units are closed
//! ```
//!
//! v is the monthly discount factor. part = min(1, A/(H + D)) is the audited fraction, held at its current
//! level; a shrinking fleet is therefore valued low. A unit that is down for k more months is worth
//! v^k·H(1). The value beyond 360 months is subtracted: (vσ)^360 times the mean value of a unit in the
//! stationary mix of healthy, decayed and down units, 1/h : 1/f : w.

use super::uplift::Uplift;
use super::{PathRates, Rates};
use crate::asset::buyer;
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::ln;
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Coefficient, Cx, Row};

/// Yearly return that a buyer of fleets asks for. The class's price multiple and losses would imply less.
const RETURN: f64 = buyer::LEAST_RETURN;

/// Parameters of a fleet's valuation that are the same on all paths.
#[derive(Clone)]
pub(super) struct Terms {
    /// Monthly discount factor.
    discount: f64,
    audits: f64,
    /// Discount factors of units that return to service in 0, 1, … months; empty if units found decayed are closed.
    waits: Vec<f64>,
    /// Discount factor until a unit found decayed now returns to service; 0 if such units are closed.
    anew: f64,
    /// Discount factor at the mean remaining time of units that are being rebuilt.
    settled: f64,
}

/// Monthly probabilities, and the other inputs of a fleet's valuation that differ between paths.
#[derive(Clone, Copy)]
pub(super) struct Monthly {
    pub decays: f64,
    pub closes: f64,
    pub seen: f64,
    pub decayed_income: f64,
    /// Cost of re-seeding a unit found decayed, in months of a healthy unit's income.
    pub cost: f64,
    pub uplift: Option<Uplift>,
}

/// Present value of a unit's future income in each state, in months of a healthy unit's income.
#[derive(Clone, Copy)]
pub(super) struct UnitValues {
    /// Present value of a healthy unit at its current income.
    pub healthy: f64,
    pub decayed: f64,
    /// Present value of a re-seeded unit when it returns.
    pub back: f64,
    /// Mean present value of a unit over the mix of states that a fleet has in the long run.
    pub settled: f64,
}

impl Terms {
    pub fn of(rates: &Rates) -> Self {
        let discount = buyer::discount(RETURN);
        let down = rates.down.map_or(0.0, f64::from);
        let waits = 0..=rates.down.unwrap_or(0);
        Self {
            discount,
            audits: rates.audits,
            anew: match rates.down {
                Some(_) => buyer::power(discount, down),
                None => 0.0,
            },
            settled: buyer::power(discount, 0.5 * (down + 1.0)),
            waits: match rates.down {
                Some(_) => waits.map(|months| buyer::power(discount, f64::from(months))).collect(),
                None => Vec::new(),
            },
        }
    }

    /// Fraction of the `operating` units that audits cover.
    #[inline(always)]
    fn part(&self, operating: f64) -> f64 {
        lesser(self.audits / greater(operating, 1.0), 1.0)
    }

    /// Months for which a unit found decayed is out of service; `None` if it is closed.
    fn down(&self) -> Option<usize> {
        self.waits.len().checked_sub(1)
    }

    /// Returns the mean of the present `values` of a unit over the long-run mix of states, with the monthly rates `of`;
    /// `found` is the monthly probability that a decayed unit is detected.
    #[inline(always)]
    fn settled(&self, of: Monthly, found: f64, values: UnitValues) -> f64 {
        if of.decays <= 0.0 {
            return values.healthy;
        }
        if found <= 0.0 {
            return values.decayed;
        }
        // If detected units are closed, none is left in the long run.
        let Some(down) = self.down() else { return 0.0 };
        let (healthy, decayed, down) = (1.0 / of.decays, 1.0 / found, down as f64);
        let sum = values.back * self.settled.mul_add(down, healthy) + values.decayed * decayed;
        sum / (healthy + decayed + down)
    }

    /// Present values of a unit's future income if `operating` units run and healthy ones earn `lift` times
    /// the income of day one.
    #[inline(always)]
    pub fn values(&self, of: Monthly, operating: f64, lift: f64) -> UnitValues {
        let part = self.part(operating);
        let (v, stays) = (self.discount, self.discount * (1.0 - of.closes));
        let healthy_stays = stays * (1.0 - of.decays);
        let per_decayed = stays * of.decays / (1.0 - healthy_stays);
        let [now, anew] = match of.uplift {
            Some(uplift) => [lift, 1.0].map(|lift| v * rising(uplift, lift, part, healthy_stays)),
            None => [v / (1.0 - healthy_stays); 2],
        };
        let found = part * of.seen;
        let found_worth = found * self.anew;
        let earned = found_worth.mul_add(anew, of.decayed_income - found * of.cost);
        let left = stays.mul_add(1.0 - found, v * found_worth * per_decayed);
        let decayed = v * earned / (1.0 - left);
        let of_decay = per_decayed * decayed;
        let values = UnitValues { healthy: now + of_decay, decayed, back: anew + of_decay, settled: 0.0 };
        UnitValues { settled: self.settled(of, found, values), ..values }
    }
}

impl UnitValues {
    /// Total value of `healthy`, `decayed` and `down` units, the last discounted to the equivalent number
    /// `back`. `beyond` discounts the value after the horizon, which is subtracted.
    #[inline(always)]
    fn sum(&self, healthy: f64, decayed: f64, down: f64, back: f64, beyond: f64) -> f64 {
        let operating = self.healthy.mul_add(healthy, self.decayed * decayed);
        let all = healthy + decayed + down;
        (-(beyond * self.settled)).mul_add(all, self.back.mul_add(back, operating))
    }
}

/// Discounted income of a unit while tests raise it: `Σ q^j·min(limit, u·γ^j)`. `lift` is u, `part` the
/// audited fraction of units, and `stays` q, the monthly discount factor times the probability that the unit
/// stays healthy.
#[inline(always)]
fn rising(uplift: Uplift, lift: f64, part: f64, stays: f64) -> f64 {
    let pace = uplift.monthly.mul_add(part, 1.0);
    let months = if pace > 1.0 { ln(uplift.limit / lift) / ln(pace) } else { 0.0 };
    let until = buyer::sum_of_powers(stays * pace, months);
    lift.mul_add(until, uplift.limit * buyer::power(stays, months) / (1.0 - stays))
}

/// Discount factor for the value of a unit after the `buyer::MONTHS` months that a buyer models, times the share of units
/// still open then; `closes` is the probability of closing in a month.
#[inline(always)]
fn beyond_horizon(closes: f64) -> f64 {
    buyer::power(buyer::discount(RETURN) * (1.0 - closes), buyer::MONTHS)
}

/// Coefficients and result row for the present value of future income on each path.
pub(super) struct FleetValue {
    terms: Terms,
    own: PathRates,
    beyond: Coefficient,
    all: f64,
    pub row: Row,
}

/// State of a fleet's units after a month. `healthy` and `decayed` are counts or total sizes, `lift` is the
/// factor from tests on the income of healthy units, `operating` the number of running units.
pub(super) struct FleetState<'a> {
    pub healthy: &'a Lanes,
    pub decayed: &'a Lanes,
    pub lift: Option<Row>,
    pub operating: &'a Lanes,
    /// Units found decayed in each of the last months as a ring: month t is stored at t modulo the length.
    pub queue: &'a [Row],
}

impl FleetValue {
    pub fn build(rates: &Rates, own: PathRates, build: &mut Build) -> Self {
        Self {
            terms: Terms::of(rates),
            own,
            beyond: Coefficient::from([own.closes], build, |[closes]| beyond_horizon(closes)),
            all: rates.all,
            row: build.row(),
        }
    }

    /// Sets the present value of the units' future income on all paths, in years of the first month's income.
    #[inline(always)]
    pub fn follow(&self, left: &FleetState<'_>, cx: &mut Cx<'_>) {
        let own = &self.own;
        let [decays, closes, overlooked] =
            [own.decays, own.closes, own.overlooked].map(|of| of.of_paths(cx.rows));
        let [decayed_income, cost] = [own.decayed_income, own.cost].map(|of| of.of_paths(cx.rows));
        let uplift = own.uplift.map(|of| of.map(|of| of.of_paths(cx.rows)));
        let beyond = self.beyond.of_paths(cx.rows);
        let lift = left.lift.map_or(Lanes::splat(1.0), |row| *cx.rows.get(row));
        let (mut back, mut down) = (Lanes::ZERO, Lanes::ZERO);
        let months = left.queue.len();
        for (place, row) in left.queue.iter().enumerate() {
            // Months since these units were detected.
            let since = (cx.month.index as usize + months - place) % months;
            let wait = self.terms.waits[months - since];
            let found = cx.rows.get(*row);
            down += found;
            back.each(|lane, own| wait.mul_add(found[lane], own));
        }
        let ahead = cx.rows.get_mut(self.row);
        let per_year = 1.0 / (STEPS_PER_YEAR * self.all);
        for lane in 0..LANES {
            let of = Monthly {
                decays: decays[lane],
                closes: closes[lane],
                seen: 1.0 - overlooked[lane],
                decayed_income: decayed_income[lane],
                cost: cost[lane],
                uplift: uplift.as_ref().map(|[monthly, limit]| Uplift::on(monthly, limit, lane)),
            };
            let values = self.terms.values(of, left.operating[lane], lift[lane]);
            let (healthy, decayed) = (left.healthy[lane], left.decayed[lane]);
            ahead[lane] = per_year * values.sum(healthy, decayed, down[lane], back[lane], beyond[lane]);
        }
    }
}

impl Rates {
    /// Present value of the future income, in years of the first month's income, with every range at its
    /// median. `lift` is the factor from tests; `down` holds the units that return in the next months.
    pub(super) fn ahead<'a>(
        &self,
        healthy: f64,
        decayed: f64,
        lift: f64,
        down: impl IntoIterator<Item = &'a f64>,
    ) -> f64 {
        let terms = Terms::of(self);
        let of = Monthly {
            decays: self.decays,
            closes: self.closes,
            seen: self.detection,
            decayed_income: self.decayed_income,
            cost: self.cost,
            uplift: self.uplift,
        };
        let values = terms.values(of, healthy + decayed, lift);
        let (mut back, mut downs) = (0.0, 0.0);
        for (found, wait) in down.into_iter().zip(terms.waits.iter().skip(1)) {
            downs += found;
            back = wait.mul_add(*found, back);
        }
        let beyond = beyond_horizon(self.closes);
        values.sum(healthy, decayed, downs, back, beyond) / (STEPS_PER_YEAR * self.all)
    }
}
