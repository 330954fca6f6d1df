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
use super::{Chances, Rates};
use crate::asset::buyer;
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::ln;
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Coefficient, Cx, Row};

/// The return that a buyer of fleets asks for: that of the class by its multiple, its closures and its decay is lower.
const RETURN: f64 = buyer::LEAST_RETURN;
const MONTHS: f64 = 360.0;

/// What does not differ from path to path.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    discount: f64,
    decayed_income: f64,
    audits: f64,
    cost: f64,
    /// Months for which a find is down; nothing if it is closed.
    down: Option<u32>,
    /// What waiting for it takes; 0 if it is closed.
    anew: f64,
    uplift: Option<Uplift>,
}

/// Chances of a month.
#[derive(Clone, Copy)]
pub(super) struct Monthly {
    pub decays: f64,
    pub closes: f64,
    pub seen: f64,
}

/// What a unit has ahead, in months of a healthy unit's income.
#[derive(Clone, Copy)]
pub(super) struct Values {
    /// Healthy, earning what it does.
    pub healthy: f64,
    pub decayed: f64,
    /// Seeded anew, when it is back.
    pub back: f64,
}

impl Terms {
    pub fn of(rates: &Rates) -> Self {
        let discount = buyer::discount(RETURN);
        let wait = rates.down.map_or(0.0, f64::from);
        Self {
            discount,
            decayed_income: rates.decayed_income,
            audits: rates.audits,
            cost: rates.cost,
            down: rates.down,
            anew: match rates.down {
                Some(_) => buyer::power(discount, wait),
                None => 0.0,
            },
            uplift: rates.uplift,
        }
    }

    /// Part of the units that audits look at where so many run.
    #[inline(always)]
    fn part(&self, operating: f64) -> f64 {
        lesser(self.audits / greater(operating, 1.0), 1.0)
    }

    /// What a unit has ahead on average once units have settled.
    #[inline(always)]
    fn settled(&self, of: Monthly, operating: f64, values: Values) -> f64 {
        let found = self.part(operating) * of.seen;
        if of.decays <= 0.0 {
            return values.healthy;
        }
        if found <= 0.0 {
            return values.decayed;
        }
        // where finds are closed none is left
        let Some(down) = self.down else { return 0.0 };
        let (healthy, decayed, down) = (1.0 / of.decays, 1.0 / found, f64::from(down));
        let waits = buyer::power(self.discount, 0.5 * (down + 1.0));
        let sum = values.back * waits.mul_add(down, healthy) + values.decayed * decayed;
        sum / (healthy + decayed + down)
    }

    /// Values of units of which healthy ones earn `lift`, where so many run.
    #[inline(always)]
    pub fn values(&self, of: Monthly, operating: f64, lift: f64) -> Values {
        let part = self.part(operating);
        let (v, stays) = (self.discount, self.discount * (1.0 - of.closes));
        let healthy_stays = stays * (1.0 - of.decays);
        let per_decayed = stays * of.decays / (1.0 - healthy_stays);
        let [now, anew] = match self.uplift {
            Some(uplift) => [lift, 1.0].map(|lift| v * rising(uplift, lift, part, healthy_stays)),
            None => [v / (1.0 - healthy_stays); 2],
        };
        let found = part * of.seen;
        let found_worth = found * self.anew;
        let earned = found_worth.mul_add(anew, self.decayed_income - found * self.cost);
        let left = stays.mul_add(1.0 - found, v * found_worth * per_decayed);
        let decayed = v * earned / (1.0 - left);
        let of_decay = per_decayed * decayed;
        Values {
            healthy: now + of_decay,
            decayed,
            back: anew + of_decay,
        }
    }
}

/// `Σ q^j·min(limit, u·γ^j)`
#[inline(always)]
fn rising(uplift: Uplift, lift: f64, part: f64, stays: f64) -> f64 {
    let pace = uplift.monthly.mul_add(part, 1.0);
    let months = if pace > 1.0 {
        ln(uplift.limit / lift) / ln(pace)
    } else {
        0.0
    };
    let rises = stays * pace;
    let apart = 1.0 - rises;
    let until = if apart.abs() > 1e-9 {
        (1.0 - buyer::power(rises, months)) / apart
    } else {
        months
    };
    lift.mul_add(
        until,
        uplift.limit * buyer::power(stays, months) / (1.0 - stays),
    )
}

/// What the horizon of a buyer leaves of a unit beyond it, at its discount.
#[inline(always)]
fn beyond_horizon(closes: f64) -> f64 {
    buyer::power(buyer::discount(RETURN) * (1.0 - closes), MONTHS)
}

/// What a path needs to look ahead.
pub(super) struct Ahead {
    terms: Terms,
    chances: Chances,
    beyond: Coefficient,
    all: f64,
    /// Months in which a find is down.
    down: usize,
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
    pub fn build(rates: &Rates, chances: Chances, build: &mut Build) -> Self {
        Self {
            terms: Terms::of(rates),
            chances,
            beyond: Coefficient::from([chances.closes], build, |[closes]| beyond_horizon(closes)),
            all: rates.all,
            down: rates.down.map_or(0, |months| months as usize),
            row: build.row(),
        }
    }

    /// Sets what the units of all paths have ahead.
    #[inline(always)]
    pub fn follow(&self, left: &Left<'_>, cx: &mut Cx<'_>) {
        let chances = &self.chances;
        let [decays, closes, overlooked] =
            [chances.decays, chances.closes, chances.overlooked].map(|of| of.of_paths(cx.rows));
        let beyond = self.beyond.of_paths(cx.rows);
        let lift = left.lift.map_or(Lanes::splat(1.0), |row| *cx.rows.get(row));
        let (mut back, mut down) = (Lanes::ZERO, Lanes::ZERO);
        for (place, row) in left.queue.iter().enumerate() {
            // months since it was found
            let since = (cx.month.index as usize + self.down - place) % self.down;
            let wait = buyer::power(self.terms.discount, (self.down - since) as f64);
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
            };
            let values = self.terms.values(of, left.operating[lane], lift[lane]);
            let mut sum = values
                .healthy
                .mul_add(left.healthy[lane], values.decayed * left.decayed[lane]);
            sum = values.back.mul_add(back[lane], sum);
            let all = left.healthy[lane] + left.decayed[lane] + down[lane];
            let settled = self.terms.settled(of, left.operating[lane], values);
            ahead[lane] = per_year * (-(beyond[lane] * settled)).mul_add(all, sum);
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
        };
        let values = terms.values(of, healthy + decayed, lift);
        let mut sum = values.healthy.mul_add(healthy, values.decayed * decayed);
        let mut wait = terms.discount;
        let mut downs = 0.0;
        for found in down {
            downs += found;
            sum += values.back * wait * found;
            wait *= terms.discount;
        }
        let all = healthy + decayed + downs;
        let beyond = beyond_horizon(self.closes) * terms.settled(of, healthy + decayed, values);
        (sum - beyond * all) / (STEPS_PER_YEAR * self.all)
    }
}
