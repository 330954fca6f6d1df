//! What the loop does to what is held: value at the close, and the trough of the whole.
//!
//! In: rows of the loop, accounts. Out: postings with cause loop, rows of the month's sales. Not here:
//! the loop itself (`month`).

use super::spec::LoopSlot;
use crate::book::{Account, Cause};
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes, greater};
use crate::random::ObjectKind;
use crate::stage::{Build, Cx, Phase, Row, Rows, Stage};

/// Leaves the loop's part of a holding's revaluation, after its market's own.
///
/// ```text
/// V ← V·exp(β·part)            part: the loop's log-return of its market at the close
/// ```
///
/// `beta`: how strongly the holding follows the forced sales of its market. `sums` collects what
/// all holdings are worth before the sales and at the trough.
pub fn hold(value: Account, slot: LoopSlot, beta: f64, sums: Sums, build: &mut Build) {
    let from = build.world(Cause::Loop);
    build.loop_stage(Phase::Revalue, Hold { value, from, slot, beta, sums });
}

struct Hold {
    value: Account,
    from: Account,
    slot: LoopSlot,
    beta: f64,
    sums: Sums,
}

impl Stage for Hold {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        self.collect_trough(cx);
        let part = cx.rows.get(self.slot.at_close);
        cx.book.post_with(self.from, self.value, |lane, _, value| {
            value * (exp(self.beta * part[lane]) - 1.0)
        });
    }
}

impl Hold {
    /// Before the close is posted the value is the exogenous one, to which the trough belongs.
    #[inline(always)]
    fn collect_trough(&self, cx: &mut Cx<'_>) {
        let value = cx.book.value(self.value);
        add(cx.rows.get_mut(self.sums.before), value);
        let trough = |lane: usize, at: f64| value[lane] * exp(self.beta * at);
        self.sums.add_falsely(cx.rows, self.slot, self.beta, trough);
        let [at_trough, sum] = cx.rows.pair(self.slot.at_trough, self.sums.trough);
        if at_trough.iter().fold(false, |any, at| any | (*at != 0.0)) {
            // the whole row at once: where nobody sold the factor is exactly 1
            for lane in 0..LANES {
                sum[lane] += value[lane] * exp(self.beta * at_trough[lane]);
            }
        } else {
            add(sum, value);
        }
    }
}

#[inline(always)]
pub(super) fn add(sum: &mut Lanes, row: &Lanes) {
    for lane in 0..LANES {
        sum[lane] += row[lane];
    }
}

/// Rows in which the holdings of a month add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// After the month's own return, before anybody sells.
    pub before: Row,
    /// Where prices are lowest.
    pub trough: Row,
    /// How much higher that would be without false signals.
    pub falsely: Row,
}

impl Sums {
    /// Adds how much higher a holding would stand at the trough if no false signal had been obeyed: `trough(lane, log-return
    /// of the loop)` is what it stands at.
    ///
    /// ```text
    /// value at the trough·(exp(β·y′) − 1)          y′: the part of the log-fall that the signals have caused
    /// ```
    #[inline(always)]
    pub(super) fn add_falsely(
        self,
        rows: &mut Rows,
        slot: LoopSlot,
        beta: f64,
        trough: impl Fn(usize, f64) -> f64,
    ) {
        let Some(falsely) = slot.falsely else { return };
        let (fall, at) = (*rows.get(falsely), *rows.get(slot.at_trough));
        if fall.iter().all(|fall| *fall == 0.0) {
            return;
        }
        let sum = rows.get_mut(self.falsely);
        for lane in (0..LANES).filter(|lane| fall[*lane] > 0.0) {
            sum[lane] += trough(lane, at[lane]) * (exp(beta * fall[lane]) - 1.0);
        }
    }
}

/// What agents did in a month, for those who keep it; 0 where nobody sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sales {
    /// How far below its close the sum of the holdings stood at the trough.
    pub below_close: Row,
    /// How much the sales had taken off it by then.
    pub taken: Row,
    /// Share of the agents' money that sold: of a cluster, its share of the money times the share of its
    /// blocks that fired.
    pub sold: Row,
    /// The largest log-fall by sales among all markets.
    pub fall: Row,
    /// How much higher the sum of the holdings would have stood at the trough without false signals.
    pub falsely: Row,
}

/// Leaves what agents did in the month: how much sold, how far a market fell, and the trough, where the sum of
/// the holdings stood when the fall was deepest.
///
/// ```text
/// below_close = max(0, Σ values at the close − Σ values at the trough)
/// taken       = max(0, Σ values before the sales − Σ values at the trough)
/// ```
///
/// All sums are those of the revaluation alone, so income, decay and trades of the month count in
/// none and a loop without impact has no trough.
pub fn sum_up(
    values: &[Account],
    sums: Sums,
    falls: &[Row],
    fired: &[(Row, f64)],
    build: &mut Build,
) -> Sales {
    build.object(ObjectKind::Policy, "trough");
    let sales = Sales {
        below_close: build.row(),
        taken: build.row(),
        sold: build.row(),
        fall: build.row(),
        falsely: build.row(),
    };
    build.loop_stage(
        Phase::Trough,
        SumUp {
            values: values.to_vec(),
            sums,
            falls: falls.to_vec(),
            fired: fired.to_vec(),
            sales,
        },
    );
    sales
}

struct SumUp {
    values: Vec<Account>,
    sums: Sums,
    falls: Vec<Row>,
    /// Per cluster, the share that fired and its share of the agents' money.
    fired: Vec<(Row, f64)>,
    sales: Sales,
}

impl Stage for SumUp {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut close = Lanes::ZERO;
        for value in &self.values {
            add(&mut close, cx.book.value(*value));
        }
        let (mut fallen, mut largest) = (Lanes::ZERO, Lanes::ZERO);
        for row in &self.falls {
            let fall = cx.rows.get(*row);
            for lane in 0..LANES {
                fallen[lane] += fall[lane];
                largest[lane] = greater(fall[lane], largest[lane]);
            }
        }
        let mut sold = Lanes::ZERO;
        for &(row, money) in &self.fired {
            let fired = cx.rows.get(row);
            for lane in 0..LANES {
                sold[lane] = money.mul_add(fired[lane], sold[lane]);
            }
        }
        *cx.rows.get_mut(self.sales.fall) = largest;
        *cx.rows.get_mut(self.sales.sold) = sold;
        *cx.rows.get_mut(self.sales.falsely) = *cx.rows.get(self.sums.falsely);
        *cx.rows.get_mut(self.sums.falsely) = Lanes::ZERO;
        let before = *cx.rows.get(self.sums.before);
        let [sum, row] = cx.rows.pair(self.sums.trough, self.sales.below_close);
        excess(row, &close, sum, &fallen);
        let [sum, row] = cx.rows.pair(self.sums.trough, self.sales.taken);
        excess(row, &before, sum, &fallen);
        *cx.rows.get_mut(self.sums.before) = Lanes::ZERO;
        *cx.rows.get_mut(self.sums.trough) = Lanes::ZERO;
    }
}

/// `row ← max(0, from − to)` where prices have `fallen`, else 0.
#[inline(always)]
fn excess(row: &mut Lanes, from: &Lanes, to: &Lanes, fallen: &Lanes) {
    for lane in 0..LANES {
        let excess = from[lane] - to[lane];
        row[lane] = if fallen[lane] > 0.0 && excess > 0.0 { excess } else { 0.0 };
    }
}
