//! Effect of agent selling on a holding's value at the close, and the intramonth low of all holdings.
//!
//! In: rows of the feedback loop, accounts. Out: postings with `Cause::Loop`, rows of the month's sales.
//! Not here: the feedback loop itself (`month`).

use super::probe::Probe;
use super::spec::FeedbackSlot;
use crate::book::{Account, Cause};
use crate::math::elementary::exp;
use crate::math::{Hits, LANES, Lanes, greater};
use crate::random::ObjectKind;
use crate::stage::{Build, Phase, Row, Rows};

/// Adds the stage that revalues a holding for agent selling, after the market's own return.
///
/// ```text
/// V ← V·exp(β·part)       V: value; part: log-return by agent selling in its market at the close
/// ```
///
/// `beta` (β) is the holding's sensitivity to forced sales in its market. `low` holds its value at the intramonth low, and
/// there without the month's sales.
pub fn hold(value: Account, slot: FeedbackSlot, beta: f64, low: LowRows, build: &mut Build) {
    let from = build.world(Cause::Loop);
    build.feedback_step(
        Phase::Revalue,
        "Hold",
        #[inline(always)]
        move |cx| {
            // before the close is posted, the account holds the value before sales
            let held = cx.book.value(value);
            let of_value = |lane: usize, at: f64| held[lane] * exp(beta * at);
            low.sums.add_falsely(cx.rows, slot, beta, of_value);
            let (at_low, fall) = (cx.rows.get(slot.at_low), cx.rows.get(slot.fall));
            if at_low.iter().fold(false, |any, at| any | (*at != 0.0)) {
                // the whole row at once: the factor is exactly 1 where nobody sold
                let mut then = Lanes::ZERO;
                for lane in 0..LANES {
                    then[lane] = of_value(lane, at_low[lane]);
                }
                let mut without = then;
                if fall.iter().fold(false, |any, fall| any | (*fall > 0.0)) {
                    for lane in 0..LANES {
                        without[lane] = of_value(lane, at_low[lane] + fall[lane]);
                    }
                }
                low.add(cx.rows, &without, &then);
            } else {
                low.add(cx.rows, held, held);
            }
            let part = cx.rows.get(slot.at_close);
            cx.book.post_with(from, value, |lane, _, value| value * (exp(beta * part[lane]) - 1.0));
        },
    );
}

#[inline(always)]
fn add(sum: &mut Lanes, row: &Lanes) {
    for lane in 0..LANES {
        sum[lane] += row[lane];
    }
}

/// Rows in which a holding enters its value at the intramonth low, in money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LowRows {
    pub sums: Sums,
    /// Amount by which the month's sales lowered this holding's value at the intramonth low; 0 where nobody sold.
    pub lost: Row,
}

impl LowRows {
    /// Enters the holding's value at the low, `then`, and there `without` the month's sales.
    #[inline(always)]
    pub(super) fn add(self, rows: &mut Rows, without: &Lanes, then: &Lanes) {
        add(rows.get_mut(self.sums.without), without);
        add(rows.get_mut(self.sums.low), then);
        let lost = rows.get_mut(self.lost);
        for lane in 0..LANES {
            lost[lane] = without[lane] - then[lane];
        }
    }
}

/// Rows with the sums over all holdings in a month, in money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Value of all holdings at the start of the month.
    pub start: Row,
    /// Value of all holdings at the intramonth low without the month's sales.
    pub without: Row,
    /// Value of all holdings at the intramonth low.
    pub low: Row,
    /// Amount by which the value of all holdings at the intramonth low would be higher without false signals.
    pub falsely: Row,
}

impl Sums {
    /// Adds the amount by which false signals lowered a holding's intramonth low. `low(lane, log-return by
    /// agent selling)` is the value at the low.
    ///
    /// ```text
    /// value at the low·(exp(β·y′) − 1)          y′: part of the log-fall that false signals caused
    /// ```
    #[inline(always)]
    pub(super) fn add_falsely(
        self,
        rows: &mut Rows,
        slot: FeedbackSlot,
        beta: f64,
        low: impl Fn(usize, f64) -> f64,
    ) {
        let Some(falsely) = slot.falsely else { return };
        let (fall, at) = (*rows.get(falsely), *rows.get(slot.at_low));
        let sum = rows.get_mut(self.falsely);
        for lane in Hits::of(|lane| fall[lane] > 0.0).iter() {
            sum[lane] += low(lane, at[lane]) * (exp(beta * fall[lane]) - 1.0);
        }
    }
}

/// Agents' sales of a month and their effect on the portfolio, per path; 0 where nobody sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sales {
    /// Distance in money of the intramonth low of all holdings below their close.
    pub below_close: Row,
    /// Money lost by the month's forced sales at the intramonth low.
    pub taken: Row,
    /// Change of the value of all holdings from the start of the month to the intramonth low.
    pub to_low: Row,
    /// Share of the agents' money that sold: the sum over clusters of the share of money times the share of
    /// blocks that sold.
    pub sold: Row,
    /// Largest log-fall by forced sales among all markets this month.
    pub fall: Row,
    /// Money by which the intramonth low of all holdings would be higher without false signals.
    pub falsely: Row,
}

/// Adds the stage that records the month's sales: the share of agents that sold, the largest fall of a
/// market, and the intramonth low, when the fall by sales is deepest.
///
/// ```text
/// below_close = max(0, Σ values at the close − Σ values at the low)
/// taken       = max(0, Σ values at the low without the month's sales − Σ values at the low)
/// to_low      = Σ values at the low − Σ values at the start of the month
/// ```
///
/// The sums contain only the revaluation, not income, decay, bills and trades of the month. `values` includes accounts in
/// which proceeds of the month wait. Without price impact there is no intramonth low.
pub fn sum_up(values: &[Account], sums: Sums, probe: &Probe, build: &mut Build) -> Sales {
    build.object(ObjectKind::Policy, "trough");
    let sales = Sales {
        below_close: build.row(),
        taken: build.row(),
        to_low: build.row(),
        sold: build.row(),
        fall: build.row(),
        falsely: build.row(),
    };
    let (values, stage) = (values.to_vec(), &probe.stage);
    let falls: Vec<Row> = stage.slots.iter().map(|slot| slot.fall).collect();
    let money = stage.spec.system.clusters.iter().map(|cluster| cluster.capital_share);
    let fired: Vec<(Row, f64)> = stage.fired.iter().copied().zip(money).collect();
    let held = values.clone();
    build.feedback_step(
        Phase::Crash,
        "Start",
        #[inline(always)]
        move |cx| {
            let mut start = Lanes::ZERO;
            for value in &held {
                add(&mut start, cx.book.value(*value));
            }
            *cx.rows.get_mut(sums.start) = start;
        },
    );
    build.feedback_step(
        Phase::Low,
        "SumUp",
        #[inline(always)]
        move |cx| {
            let mut close = Lanes::ZERO;
            for value in &values {
                add(&mut close, cx.book.value(*value));
            }
            let (mut fallen, mut largest) = (Lanes::ZERO, Lanes::ZERO);
            for row in &falls {
                let fall = cx.rows.get(*row);
                for lane in 0..LANES {
                    fallen[lane] += fall[lane];
                    largest[lane] = greater(fall[lane], largest[lane]);
                }
            }
            let mut sold = Lanes::ZERO;
            for &(row, money) in &fired {
                let fired = cx.rows.get(row);
                for lane in 0..LANES {
                    sold[lane] = money.mul_add(fired[lane], sold[lane]);
                }
            }
            *cx.rows.get_mut(sales.fall) = largest;
            *cx.rows.get_mut(sales.sold) = sold;
            *cx.rows.get_mut(sales.falsely) = *cx.rows.get(sums.falsely);
            *cx.rows.get_mut(sums.falsely) = Lanes::ZERO;
            let (start, without) = (*cx.rows.get(sums.start), *cx.rows.get(sums.without));
            let [sum, row] = cx.rows.pair(sums.low, sales.below_close);
            excess(row, &close, sum, &fallen);
            let [sum, row] = cx.rows.pair(sums.low, sales.taken);
            excess(row, &without, sum, &fallen);
            let [sum, row] = cx.rows.pair(sums.low, sales.to_low);
            for lane in 0..LANES {
                row[lane] = sum[lane] - start[lane];
            }
            *cx.rows.get_mut(sums.without) = Lanes::ZERO;
            *cx.rows.get_mut(sums.low) = Lanes::ZERO;
        },
    );
    sales
}

/// Sets `row` to max(0, from − to) where prices have `fallen`, else to 0.
#[inline(always)]
fn excess(row: &mut Lanes, from: &Lanes, to: &Lanes, fallen: &Lanes) {
    for lane in 0..LANES {
        let excess = from[lane] - to[lane];
        row[lane] = if fallen[lane] > 0.0 && excess > 0.0 { excess } else { 0.0 };
    }
}
