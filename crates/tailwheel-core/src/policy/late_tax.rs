//! Tax on income that was earned before the horizon but is paid after it.
//!
//! ```text
//! settlement q = earned since the settlement before and still unpaid at the horizon
//!            y = income − costs + O − O_b         O: receivables now, O_b: at the settlement before
//!            D ← D + S(y) − S(y − q)              S: tax on an income of the months since then
//! horizon    O_k ← O_k·(1 − D/O)                  k: asset
//! ```
//!
//! The tax equals that on an immediate payment. It reduces the value of the receivables: no cash is paid
//! and nothing is sold.
//!
//! In: receivables, the tax. Out: stages. Not here: income paid before the horizon (`tax`).

use super::tax::TaxRows;
use crate::book::{Account, Cause};
use crate::math::{Lanes, greater, lesser};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Receivable of an asset: income that customers or platforms have not paid yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Late {
    pub receivable: Account,
    /// Account of the outside world for the asset's income; its balance is minus everything earned so far.
    pub world: Account,
    /// Last month whose income is paid within the horizon; 0 if there is none.
    pub paid_until: u32,
}

/// Adds the stages that deduct from the receivables `late` the tax on income unpaid in the month `horizon`.
pub fn tax_late(horizon: u32, late: Vec<Late>, tax: TaxRows, build: &mut Build) {
    let world = build.world(Cause::Tax);
    let since = late.iter().map(|_| build.row()).collect();
    let [owed, due, above] = [(); 3].map(|()| build.row());
    if let Some([_, base]) = tax.rise {
        build.step(
            Phase::Settle,
            "Note",
            #[inline(always)]
            move |cx| {
                let [base, above] = cx.rows.pair(base, above);
                *base += &*above;
            },
        );
    }
    // after the costs of the month are known, and before the tax year is settled
    build.stage(Phase::Spend, Tax { horizon, late, tax, world, since, owed, due, above });
}

struct Tax {
    horizon: u32,
    late: Vec<Late>,
    tax: TaxRows,
    world: Account,
    /// Total earned by each asset up to the last tax settlement, or up to month `paid_until` if later.
    since: Vec<Row>,
    /// Sum of all receivables at the last tax settlement.
    owed: Row,
    /// Tax charged so far on income that is still unpaid at the horizon.
    due: Row,
    /// Taxable late income of this month's settlement; 0 on paths without a settlement.
    above: Row,
}

impl Stage for Tax {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut owed = Lanes::ZERO;
        for late in &self.late {
            owed += cx.book.value(late.receivable);
        }
        let closed = self.tax.rates.levies.settled(cx);
        if let Some(closed) = &closed {
            self.assess(cx, &owed, closed);
        } else {
            cx.rows.get_mut(self.above).fill(0.0);
        }
        self.remember(cx, closed.as_ref());
        if cx.month.index == self.horizon {
            self.take(cx, &owed);
        }
    }
}

impl Tax {
    /// Records the total earned by each asset: in month `paid_until`, and where tax is settled (`closed`).
    #[inline(always)]
    fn remember(&self, cx: &mut Cx<'_>, closed: Option<&Lanes>) {
        for (late, since) in self.late.iter().zip(&self.since) {
            let earned = cx.book.value(late.world);
            let since = cx.rows.get_mut(*since);
            if cx.month.index == late.paid_until {
                since.each(|lane, _| -earned[lane]);
            } else if let Some(closed) = closed {
                since.each(|lane, own| if closed[lane] > 0.0 { -earned[lane] } else { own });
            }
        }
    }

    /// Deducts the tax from all receivables in proportion to their size.
    #[inline(always)]
    fn take(&self, cx: &mut Cx<'_>, owed: &Lanes) {
        let due = cx.rows.get(self.due);
        // a ruined owner has no receivables left to tax
        let rate = Lanes::of(|lane| if owed[lane] > 0.0 { lesser(due[lane] / owed[lane], 1.0) } else { 0.0 });
        for late in &self.late {
            let receivable = late.receivable;
            (cx.book).post_with(receivable, self.world, |lane, own, _| own * rate[lane]);
        }
    }

    /// Adds to `due` the tax on late income since the last settlement, on paths where tax is settled
    /// (`closed` is 1). `owed` is the sum of the receivables now.
    #[inline(always)]
    fn assess(&self, cx: &mut Cx<'_>, owed: &Lanes, closed: &Lanes) {
        let TaxRows { income, costs, .. } = self.tax;
        let [income, costs, before] = [income, costs, self.owed].map(|row| cx.rows.get(row));
        let with = Lanes::of(|lane| income[lane] - costs[lane] + owed[lane] - before[lane]);
        let mut without = with;
        for (late, since) in self.late.iter().zip(&self.since) {
            if cx.month.index > late.paid_until {
                let (world, since) = (cx.book.value(late.world), cx.rows.get(*since));
                without.each(|lane, own| own + (world[lane] + since[lane]));
            }
        }
        let above = Lanes::of(|lane| greater(with[lane], 0.0) - greater(without[lane], 0.0));
        let tax = self.between(cx, &above, &without, &with);
        let [due, noted] = cx.rows.pair(self.due, self.above);
        due.each(|lane, own| own + closed[lane] * tax[lane]);
        noted.each(|lane, _| closed[lane] * above[lane]);
        cx.rows.get_mut(self.owed).each(|lane, own| if closed[lane] > 0.0 { owed[lane] } else { own });
    }

    /// Difference between the tax on the higher and on the lower income. `above` is the distance between
    /// these incomes, above zero.
    #[inline(always)]
    fn between(&self, cx: &Cx<'_>, above: &Lanes, lower: &Lanes, higher: &Lanes) -> Lanes {
        let rates = &self.tax.rates;
        let mut tax = rates.on_income(cx.rows);
        tax *= above;
        let Some(prices) = rates.prices.map(|row| cx.rows.get(row)) else {
            return tax;
        };
        let lived = rates.levies.lived(cx.rows);
        let mut less = Lanes::ZERO;
        for levy in rates.levies.in_month(cx.month.index, lived.as_ref()) {
            levy.add(&mut tax, higher, prices);
            levy.add(&mut less, lower, prices);
        }
        tax -= &less;
        tax
    }
}
