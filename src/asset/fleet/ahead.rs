//! What the units that are there have to come.
//!
//! ```text
//! H(u) = I(u) + vσh/(1 − q)·D                          of a healthy unit that earns u, q = vσ(1 − h), σ = 1 − s
//! I(u) = v·Σ q^j·min(limit, u·γ^j)                     γ = 1 + (e^(x/12) − 1)·part, 1 where nobody tests
//! D    = v·(e + (1 − f)σD + f·(v^w·H(1) − c))          of a decayed one, found with chance f = part·d
//!        v·(e + (1 − f)σD)                             where what is found is closed
//! ```
//!
//! v is the discount of a month, part = min(1, A/(H + D)) what audits look at: the same later on as in the month, so that the finds of a
//! fleet that shrinks are counted low. Of what is down v^k·H(1) is to come, k months until it is back. What is to come after 360 months is
//! taken off: (vσ)^360 times what a unit has ahead once healthy ones, decayed ones and those that are down have settled, as 1/h : 1/f : w.

use super::uplift::Uplift;
use super::{Own, Rates};
use crate::asset::buyer;
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::ln;
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Coefficient, Cx, Row};

/// The return that a buyer of fleets asks for: that of the class by its multiple, its closures and its decay is lower.
const RETURN: f64 = buyer::LEAST_RETURN;

/// What does not differ from path to path.
#[derive(Clone)]
pub(super) struct Terms {
    discount: f64,
    audits: f64,
    /// What waiting for a find to come back takes of what it has ahead, after so many months as is its place, from 0 on; nothing if it is
    /// closed.
    waits: Vec<f64>,
    /// The last of them, 0 if a find is closed; on average of those that are down once units have settled.
    anew: f64,
    settled: f64,
}

/// Chances of a month, and what differs from path to path beside them.
#[derive(Clone, Copy)]
pub(super) struct Monthly {
    pub decays: f64,
    pub closes: f64,
    pub seen: f64,
    pub decayed_income: f64,
    /// What a find costs, in months of a healthy unit's income.
    pub cost: f64,
    pub uplift: Option<Uplift>,
}

/// What a unit has ahead, in months of a healthy unit's income.
#[derive(Clone, Copy)]
pub(super) struct Values {
    /// Healthy, earning what it does.
    pub healthy: f64,
    pub decayed: f64,
    /// Seeded anew, when it is back.
    pub back: f64,
    /// On average once units have settled.
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

    /// Part of the units that audits look at where so many run.
    #[inline(always)]
    fn part(&self, operating: f64) -> f64 {
        lesser(self.audits / greater(operating, 1.0), 1.0)
    }

    /// Months for which a find is down, if it is not closed.
    fn down(&self) -> Option<usize> {
        self.waits.len().checked_sub(1)
    }

    /// What a unit has ahead on average once units have settled of which a part is `found`.
    #[inline(always)]
    fn settled(&self, of: Monthly, found: f64, values: Values) -> f64 {
        if of.decays <= 0.0 {
            return values.healthy;
        }
        if found <= 0.0 {
            return values.decayed;
        }
        // where finds are closed none is left
        let Some(down) = self.down() else { return 0.0 };
        let (healthy, decayed, down) = (1.0 / of.decays, 1.0 / found, down as f64);
        let sum = values.back * self.settled.mul_add(down, healthy) + values.decayed * decayed;
        sum / (healthy + decayed + down)
    }

    /// Values of units of which healthy ones earn `lift`, where so many run.
    #[inline(always)]
    pub fn values(&self, of: Monthly, operating: f64, lift: f64) -> Values {
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
        let values =
            Values { healthy: now + of_decay, decayed, back: anew + of_decay, settled: 0.0 };
        Values { settled: self.settled(of, found, values), ..values }
    }
}

impl Values {
    /// What units have ahead that are healthy or decayed, those that are down, so many of them as if they were `back`, and all without
    /// what comes after the horizon, which leaves `beyond` of a unit.
    #[inline(always)]
    fn sum(&self, [healthy, decayed, down]: [f64; 3], back: f64, beyond: f64) -> f64 {
        let operating = self.healthy.mul_add(healthy, self.decayed * decayed);
        let all = healthy + decayed + down;
        (-(beyond * self.settled)).mul_add(all, self.back.mul_add(back, operating))
    }
}

/// `Σ q^j·min(limit, u·γ^j)`
#[inline(always)]
fn rising(uplift: Uplift, lift: f64, part: f64, stays: f64) -> f64 {
    let pace = uplift.monthly.mul_add(part, 1.0);
    let months = if pace > 1.0 { ln(uplift.limit / lift) / ln(pace) } else { 0.0 };
    let until = buyer::sum_of_powers(stays * pace, months);
    lift.mul_add(until, uplift.limit * buyer::power(stays, months) / (1.0 - stays))
}

/// What the horizon of a buyer leaves of a unit beyond it, at its discount.
#[inline(always)]
fn beyond_horizon(closes: f64) -> f64 {
    buyer::power(buyer::discount(RETURN) * (1.0 - closes), buyer::MONTHS)
}

/// What a path needs to look ahead.
pub(super) struct Ahead {
    terms: Terms,
    own: Own,
    beyond: Coefficient,
    all: f64,
    pub row: Row,
}

/// Units after a month: what healthy and decayed ones earn in those of a size of 1, what healthy ones earn of that at first, how many run.
pub(super) struct Left<'a> {
    pub healthy: &'a Lanes,
    pub decayed: &'a Lanes,
    pub lift: Option<Row>,
    pub operating: &'a Lanes,
    /// What was found in each of the last months, that of month t at t modulo their number.
    pub queue: &'a [Row],
}

impl Ahead {
    pub fn build(rates: &Rates, own: Own, build: &mut Build) -> Self {
        Self {
            terms: Terms::of(rates),
            own,
            beyond: Coefficient::from([own.closes], build, |[closes]| beyond_horizon(closes)),
            all: rates.all,
            row: build.row(),
        }
    }

    /// Sets what the units of all paths have ahead.
    #[inline(always)]
    pub fn follow(&self, left: &Left<'_>, cx: &mut Cx<'_>) {
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
            // months since it was found
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
                uplift: uplift.as_ref().map(|of| Uplift::on(of.each_ref(), lane)),
            };
            let values = self.terms.values(of, left.operating[lane], lift[lane]);
            let units = [left.healthy[lane], left.decayed[lane], down[lane]];
            ahead[lane] = per_year * values.sum(units, back[lane], beyond[lane]);
        }
    }
}

impl Rates {
    /// What so many healthy and decayed units have ahead which earn `lift` where they are healthy, and those that come back in the
    /// next months, at the medians of what is drawn.
    pub(super) fn ahead<'a>(
        &self,
        [healthy, decayed, lift]: [f64; 3],
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
        values.sum([healthy, decayed, downs], back, beyond) / (STEPS_PER_YEAR * self.all)
    }
}
