//! Tax on income and on realized gains, set aside as income comes or paid once a year.
//!
//! ```text
//! month      τ·income                                is set aside if tax is collected in real time
//!            the month's increase of τ·max(0, income − costs) of the year so far reduces its net income,
//!            and is owed if tax is paid once a year
//! settlement τ·max(0, income − costs) + τ·max(0, gains + carried)
//!            carried ← min(0, gains + carried)       losses are carried forward
//! ```
//!
//! With tax brackets, S(x) of the year so far replaces τ·x (`levy`); its increase is set aside.
//!
//! Tax is settled in every twelfth month, in the last month, and in the last month before a move. An excess
//! of the money set aside is returned, a deficit is paid. A ruined owner settles with the money set aside;
//! further tax stays unpaid.

use super::levy::{Levies, Levy};
use super::liquidation::GainsTax;
use super::{Owner, Purse};
use crate::book::{Account, Cause};
use crate::choices;
use crate::math::{LANES, Lanes, greater, lesser};
use crate::random::ObjectKind;
use crate::stage::{Build, Closings, Cx, Dated, Phase, Row, Uncertain};
use std::sync::Arc;

choices! {
    /// Time at which tax is taken.
    pub enum Collection: "time of tax" {
        /// Once a year; the tax is owed until then.
        Annual = "annual",
        /// With every income, into an account that no longer belongs to the owner.
        RealTime = "real-time",
    }
}

/// A tax, whose rates may change when the owner moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Tax {
    /// Rates and brackets by residence.
    pub levies: Dated<Levy>,
    /// Months in which tax is settled.
    pub closings: Closings,
    /// Price level at the end of the month, 1 on day one.
    pub prices: Row,
    pub collection: Collection,
    /// True if loss events may raise the tax rates.
    pub may_rise: bool,
}

/// Account, rows and rates of a tax that other parts of the plan read or write.
#[derive(Clone, Debug)]
pub struct TaxRows {
    /// Account of tax until it is settled: money set aside if collected in real time, else the owner's debt.
    pub account: Account,
    /// Income since the last settlement.
    pub income: Row,
    /// Deductible costs since the last settlement.
    pub costs: Row,
    /// Realized gains less losses of all holdings since the last settlement.
    pub gains: Row,
    /// Two rows: increase of every tax rate by events, as a fraction, and the tax base to which the last
    /// settlement applied it; `None` if no event can raise taxes.
    pub rise: Option<[Row; 2]>,
    /// Tax rates on gains with their brackets, and the row of losses carried forward.
    pub rates: GainsTax,
}

impl Tax {
    /// Adds the stages of the tax to the plan. Returns the account, rows and rates that other parts use.
    pub fn build(self, owner: &Owner, purse: &Purse, build: &mut Build) -> TaxRows {
        let (costs, gains) = (build.row(), build.row());
        let (income, accrued, carried) = (build.row(), build.row(), build.row());
        let (rates, levies) = Levies::of(self.levies, self.closings, build);
        let brackets = levies.have_brackets().then(|| Brackets {
            aside: build.row(),
            // in the first year, brackets are in money of the start
            settled_at: build.row_of(1.0),
            prices: self.prices,
        });
        let rate = Uncertain::row(&rates, "tax_rate", Phase::Tax, build);
        let (world, cash) = (build.world(Cause::Tax), owner.cash);
        let account = match self.collection {
            // money set aside no longer belongs to the owner
            Collection::RealTime => {
                build.object(ObjectKind::Policy, "escrow");
                build.world(Cause::Tax)
            }
            Collection::Annual => build.account(0.0),
        };
        let rise = self.may_rise.then(|| [build.row(), build.row()]);
        let rates = GainsTax {
            levies: Arc::new(levies),
            rate,
            rise: rise.map(|[rise, _]| rise),
            carried,
            prices: brackets.map(|brackets| brackets.settled_at),
        };
        let known = TaxRows { account, income, costs, gains, rise, rates };
        let taxing = Taxing {
            collection: self.collection,
            known: known.clone(),
            net_income: owner.net_income,
            accrued,
            brackets,
            cash,
            world,
            purse: *purse,
        };
        taxing.build(build);
        known
    }
}

/// Accounts, rows and rates that the stages of a tax use.
struct Taxing {
    collection: Collection,
    known: TaxRows,
    net_income: Row,
    /// Tax on income less costs since the last settlement, as far as it has been deducted from net incomes.
    accrued: Row,
    /// Rows for tax brackets; `None` if no residence has any.
    brackets: Option<Brackets>,
    cash: Account,
    world: Account,
    purse: Purse,
}

/// Rows that tax brackets need.
#[derive(Clone, Copy)]
struct Brackets {
    /// Tax set aside since the last settlement.
    aside: Row,
    /// Price level at the last settlement, which scales the brackets until the next.
    settled_at: Row,
    /// Price level at the end of the month.
    prices: Row,
}

impl Taxing {
    fn build(self, build: &mut Build) {
        let taxing = Arc::new(self);
        let settled = Arc::clone(&taxing);
        build.step(
            Phase::Tax,
            "Accrue",
            #[inline(always)]
            move |cx| taxing.accrue(cx),
        );
        build.step(
            Phase::Settle,
            "Settle",
            #[inline(always)]
            move |cx| settled.settle(cx),
        );
    }

    /// Adds the month's income to that of the year, and sets the tax on it aside if tax is collected in real time.
    #[inline(always)]
    fn accrue(&self, cx: &mut Cx<'_>) {
        let known = &self.known;
        let [gross, income] = cx.rows.pair(self.net_income, known.income);
        *income += &*gross;
        if self.collection == Collection::Annual {
            return;
        }
        let gross = *gross;
        let mut tax = known.rates.on_income(cx.rows);
        tax.each(|lane, rate| rate * greater(gross[lane], 0.0));
        self.by_brackets(cx, &mut tax);
        let flowed = cx.rows.get_mut(self.purse.flowed);
        *flowed += &tax;
        cx.book.post(self.cash, known.account, &tax);
    }

    /// Replaces the month's `tax` on paths with tax brackets by the tax on the year so far, less the tax set
    /// aside earlier this year.
    #[inline(always)]
    fn by_brackets(&self, cx: &mut Cx<'_>, tax: &mut Lanes) {
        let Some(Brackets { aside, settled_at, .. }) = self.brackets else {
            return;
        };
        let lived = self.known.rates.levies.lived(cx.rows);
        let (rate, income) = (self.known.rates.on_income(cx.rows), *cx.rows.get(self.known.income));
        for levy in self.known.rates.levies.in_month(cx.month.index, lived.as_ref()) {
            if levy.steps.is_empty() {
                continue;
            }
            let mut due = Lanes::of(|lane| rate[lane] * greater(income[lane], 0.0));
            levy.add(&mut due, &income, cx.rows.get(settled_at));
            let aside = cx.rows.get_mut(aside);
            for lane in 0..LANES {
                if levy.has(lane) {
                    tax[lane] = greater(due[lane] - aside[lane], 0.0);
                    aside[lane] += tax[lane];
                }
            }
        }
    }

    /// Deducts the month's tax from the month's net income, and pays the tax of the period on paths where tax
    /// is settled this month.
    #[inline(always)]
    fn settle(&self, cx: &mut Cx<'_>) {
        self.deduct(cx);
        let Some(settled) = self.known.rates.levies.settled(cx) else {
            return;
        };
        let tax = self.tax_of_year(cx, &settled);
        let (cash, world, account) = (self.cash, self.world, self.known.account);
        let ruined = *cx.rows.get(self.purse.ruined);
        let mut standing = *cx.book.value(account);
        standing.each(|lane, own| own * settled[lane]);
        let mut paid = Lanes::ZERO;
        match self.collection {
            Collection::RealTime => {
                cx.book.post(account, world, &standing);
                paid.each(|lane, _| (tax[lane] - standing[lane]) * (1.0 - ruined[lane]));
                cx.book.post(cash, world, &paid);
            }
            Collection::Annual => {
                // the account is negative while tax is owed; it is zero for a ruined owner
                cx.book.post_with(account, world, |lane, owed, _| {
                    (tax[lane] + owed * settled[lane]) * (1.0 - ruined[lane])
                });
                paid.each(|lane, _| tax[lane] * (1.0 - ruined[lane]));
                cx.book.post(cash, account, &paid);
            }
        }
        let flowed = cx.rows.get_mut(self.purse.flowed);
        *flowed += &tax;
    }

    /// Tax per path on the income less costs since the last settlement.
    #[inline(always)]
    fn of_income(&self, cx: &Cx<'_>) -> Lanes {
        let rate = self.known.rates.on_income(cx.rows);
        let [income, costs] = [self.known.income, self.known.costs].map(|row| cx.rows.get(row));
        let (mut tax, mut left) = (Lanes::ZERO, Lanes::ZERO);
        for lane in 0..LANES {
            left[lane] = income[lane] - costs[lane];
            tax[lane] = rate[lane] * greater(left[lane], 0.0);
        }
        if let Some(Brackets { settled_at, .. }) = self.brackets {
            let lived = self.known.rates.levies.lived(cx.rows);
            for levy in self.known.rates.levies.in_month(cx.month.index, lived.as_ref()) {
                levy.add(&mut tax, &left, cx.rows.get(settled_at));
            }
        }
        tax
    }

    /// Deducts from the month's net income the increase, in this month, of the tax on the year so far. It is owed
    /// if tax is paid once a year. Nothing of a ruined owner's changes any more: brackets, which grow with the months of
    /// the year, would lower the tax of a year without further income.
    #[inline(always)]
    fn deduct(&self, cx: &mut Cx<'_>) {
        let mut tax = self.of_income(cx);
        let ruined = *cx.rows.get(self.purse.ruined);
        let [net_income, accrued] = cx.rows.pair(self.net_income, self.accrued);
        for lane in 0..LANES {
            let increase = (tax[lane] - accrued[lane]) * (1.0 - ruined[lane]);
            net_income[lane] -= increase;
            accrued[lane] = tax[lane];
            tax[lane] = increase;
        }
        if self.collection == Collection::Annual {
            cx.book.post(self.known.account, self.world, &tax);
        }
    }

    /// Tax on the year's income and gains on paths that are `settled`, 0 on others. Resets the year's sums.
    #[inline(always)]
    fn tax_of_year(&self, cx: &mut Cx<'_>, settled: &Lanes) -> Lanes {
        let mut tax = self.of_income(cx);
        self.add_gains(cx, &mut tax, settled);
        tax.each(|lane, own| own * settled[lane]);
        let aside = self.brackets.map(|brackets| brackets.aside);
        let known = &self.known;
        for row in [self.accrued, known.income, known.costs, known.gains].into_iter().chain(aside) {
            cx.rows.get_mut(row).each(|lane, own| if settled[lane] > 0.0 { 0.0 } else { own });
        }
        if let Some(brackets) = self.brackets {
            let [settled_at, prices] = cx.rows.pair(brackets.settled_at, brackets.prices);
            settled_at.each(|lane, own| if settled[lane] > 0.0 { prices[lane] } else { own });
        }
        self.known.rates.levies.note(cx, settled);
        tax
    }

    /// Adds the tax on gains; on paths that are `settled`, losses are carried forward.
    #[inline(always)]
    fn add_gains(&self, cx: &mut Cx<'_>, tax: &mut Lanes, settled: &Lanes) {
        let (month, lived) = (cx.month.index, self.known.rates.levies.lived(cx.rows));
        let [income, costs] = [self.known.income, self.known.costs].map(|row| *cx.rows.get(row));
        let [gains, carried] = cx.rows.pair(self.known.gains, self.known.rates.carried);
        let mut taxed = Lanes::ZERO;
        for lane in 0..LANES {
            let net = gains[lane] + carried[lane];
            taxed[lane] = greater(net, 0.0);
            let left = lesser(net, 0.0);
            carried[lane] = if settled[lane] > 0.0 { left } else { carried[lane] };
        }
        let mut rate = *cx.rows.get(self.known.rates.rate);
        for levy in self.known.rates.levies.in_month(month, lived.as_ref()) {
            levy.replace(&mut rate);
        }
        if let Some([rise, base]) = self.known.rise {
            cx.rows.get_mut(base).each(|lane, _| greater(income[lane] - costs[lane], 0.0) + taxed[lane]);
            rate += cx.rows.get(rise);
        }
        tax.each(|lane, own| own + rate[lane] * taxed[lane]);
        let Some(brackets) = self.brackets else {
            return;
        };
        // gains are taxed on top of income: brackets of the sum, less brackets of income alone
        let left = Lanes::of(|lane| greater(income[lane] - costs[lane], 0.0));
        taxed += &left;
        let prices = cx.rows.get(brackets.settled_at);
        for levy in self.known.rates.levies.in_month(month, lived.as_ref()) {
            if levy.gains.is_some() || levy.steps.is_empty() {
                continue;
            }
            let (mut both, mut alone) = (Lanes::ZERO, Lanes::ZERO);
            levy.add(&mut both, &taxed, prices);
            levy.add(&mut alone, &left, prices);
            tax.each(|lane, own| own + (both[lane] - alone[lane]));
        }
    }
}
