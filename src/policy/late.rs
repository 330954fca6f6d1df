//! Tax at the horizon on income that was earned and is paid after it.
//!
//! ```text
//! y   = income − costs + O − O_b            of the j months since the settlement b, O: owed in the last month, O_b: at b
//! m   = Σ O_k·min(1, j/ℓ_k)                 the part of O that was earned in them; ℓ_k: months that O_k was earned in
//! tax = O·(S(y) − S(y − m))/m               S: what is taken of an income of j months
//! ```
//!
//! That is the rate at which it would be taxed had those who pay late paid at once in those months. What is owed is worth
//! less by the tax: no cash is paid for it, and nothing is sold.
//!
//! In: what is owed, the tax. Out: stages. Not here: income that is paid before (`tax`).

use super::liquidation::GainsTax;
use super::tax::TaxRows;
use crate::book::{Account, Cause};
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// What others owe for the income of an asset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Late {
    pub receivable: Account,
    /// Months that it was earned in, at the horizon.
    pub months: u32,
}

/// The tax of the month `horizon` on what is paid later.
#[derive(Clone, Debug)]
pub struct LateTax {
    pub horizon: u32,
    pub late: Vec<Late>,
    pub tax: TaxRows,
    /// Rates and brackets, which are those of gains that have no rate of their own.
    pub rates: GainsTax,
}

impl LateTax {
    /// Leaves its stages in the plan, under the name of the tax.
    pub fn build(self, build: &mut Build) {
        let world = build.world(Cause::Tax);
        let (settled, taxed) = (build.row(), build.row());
        let note = Note {
            of: self.clone(),
            settled,
            taxed,
        };
        // the costs of the month are known, and the year is not settled
        build.stage(
            Phase::Spend,
            Tax {
                of: self,
                world,
                settled,
                taxed,
            },
        );
        build.stage(Phase::Settle, note);
    }

    /// What is owed in all.
    #[inline(always)]
    fn owed(&self, cx: &Cx<'_>) -> Lanes {
        let mut owed = Lanes::ZERO;
        for late in &self.late {
            owed += cx.book.value(late.receivable);
        }
        owed
    }
}

struct Tax {
    of: LateTax,
    world: Account,
    /// What was owed at the last settlement.
    settled: Row,
    /// What rates from 0 on are taken of.
    taxed: Row,
}

impl Stage for Tax {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        if cx.month.index != self.of.horizon {
            return;
        }
        let owed = self.of.owed(cx);
        let [before, after] = self.incomes(cx, &owed);
        let Share { taxed, rate } = self.of.rate(cx, [&before, &after]);
        for late in &self.of.late {
            let receivable = late.receivable;
            (cx.book).post_with(receivable, self.world, |lane, own, _| own * rate[lane]);
        }
        let of = cx.rows.get_mut(self.taxed);
        of.each(|lane, _| owed[lane] * taxed[lane]);
    }
}

impl Tax {
    /// Income of the last months as it was earned, without and with what is `owed` of it.
    #[inline(always)]
    fn incomes(&self, cx: &Cx<'_>, owed: &Lanes) -> [Lanes; 2] {
        let LateTax {
            late, tax, rates, ..
        } = &self.of;
        let lived = rates.levies.lived(cx.rows);
        let [income, costs] = [tax.income, tax.costs].map(|row| cx.rows.get(row));
        let settled = cx.rows.get(self.settled);
        let with = Lanes::of(|lane| income[lane] - costs[lane] + owed[lane] - settled[lane]);
        let mut without = with;
        for lane in 0..LANES {
            let months = (rates.levies).months_since(cx.month.index, lived.as_ref(), lane);
            for late in late {
                let of = cx.book.value(late.receivable)[lane];
                without[lane] -= of * lesser(months / f64::from(late.months), 1.0);
            }
        }
        [without, with]
    }
}

/// Parts of what lies between two incomes.
struct Share {
    /// Above zero.
    taxed: Lanes,
    /// Taken.
    rate: Lanes,
}

impl LateTax {
    #[inline(always)]
    fn rate(&self, cx: &Cx<'_>, [without, with]: [&Lanes; 2]) -> Share {
        let rates = &self.rates;
        let part = |of: f64, lane: usize| match with[lane] - without[lane] {
            more if more > 0.0 => of / more,
            _ => 0.0,
        };
        let taxed = Lanes::of(|lane| {
            let above = greater(with[lane], 0.0) - greater(without[lane], 0.0);
            part(above, lane)
        });
        let mut rate = *cx.rows.get(rates.rate);
        if let Some(rise) = rates.rise {
            rate += cx.rows.get(rise);
        }
        rate *= &taxed;
        if let Some(prices) = rates.prices.map(|row| cx.rows.get(row)) {
            let (mut more, mut less) = (Lanes::ZERO, Lanes::ZERO);
            let lived = rates.levies.lived(cx.rows);
            for levy in rates.levies.in_month(cx.month.index, lived.as_ref()) {
                levy.add(&mut more, with, prices);
                levy.add(&mut less, without, prices);
            }
            rate.each(|lane, own| own + part(more[lane] - less[lane], lane));
        }
        Share { taxed, rate }
    }
}

/// Keeps what is owed at a settlement, and adds what the tax was taken of to what points of an event are taken of.
struct Note {
    of: LateTax,
    settled: Row,
    taxed: Row,
}

impl Stage for Note {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let Some(closed) = self.of.rates.levies.settled(cx) else {
            return;
        };
        let owed = self.of.owed(cx);
        let settled = cx.rows.get_mut(self.settled);
        settled.each(
            |lane, own| {
                if closed[lane] > 0.0 { owed[lane] } else { own }
            },
        );
        if let Some([_, base]) = self.of.tax.rise {
            let [base, taxed] = cx.rows.pair(base, self.taxed);
            *base += &*taxed;
        }
    }
}
