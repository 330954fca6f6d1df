//! Net income per month: mean over the last 12 months, and the monthly series of the portfolio and of each
//! asset.

use super::declared::{Better, DISTRIBUTION, Declared, MIDDLE_AND_ENDS, Unit};
use super::{Followed, Kept, Kind, YEAR, id};
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "income_terminal",
        unit: "money per month",
        range: (f64::NEG_INFINITY, f64::INFINITY),
        doc: "Mean net income per month over the last 12 months, in money of its day.",
    },
    measures: &[Declared {
        run: DISTRIBUTION,
        ..income("income.terminal", "net income a month over the last year, nominal")
    }],
    track: Followed::Whole(|kept| Some(IncomeTerminal::of(kept, None).boxed())),
};

pub(super) const REAL: Kind = Kind {
    quantity: Quantity {
        id: "income_terminal_real",
        unit: "money of the start per month",
        range: (f64::NEG_INFINITY, f64::INFINITY),
        doc: "Mean net income per month over the last 12 months, each in money of the start; absent where no prices move: \
              there it is in that of its day.",
    },
    measures: &[Declared {
        run: MIDDLE_AND_ENDS,
        ..income(id::REAL_INCOME, "net income a month over the last year, real")
    }],
    track: Followed::Whole(|kept| {
        let prices = kept.prices;
        let start = IncomeTerminal::of(kept, Some(prices.level));
        prices.moves.then(|| start.boxed())
    }),
};

/// Net income of the month. It has no column; only a series over time follows it.
pub(super) const OF_MONTH: Kind = Kind {
    quantity: Quantity {
        id: "income",
        unit: "money per month",
        range: (f64::NEG_INFINITY, f64::INFINITY),
        doc: "Net income of the month, in money of its day.",
    },
    measures: &[],
    track: Followed::Whole(|_| None),
};

pub(super) const OF_ASSET: Kind = Kind {
    quantity: Quantity {
        id: "asset_income",
        unit: "money per month",
        range: (0.0, f64::INFINITY),
        doc: "What the asset pays in the month after its own costs, before tax, in money of its day.",
    },
    measures: &[],
    track: Followed::Whole(|_| None),
};

/// Declares a measure of income. Its range starts at 0, though account and bookkeeping costs can push income
/// below.
const fn income(id: &'static str, title: &'static str) -> Declared {
    Declared {
        better: Better::Higher,
        range: (0.0, f64::INFINITY),
        ..Declared::of(id, title, Unit::MoneyPerMonth)
    }
}

#[derive(Clone)]
struct IncomeTerminal {
    income: Row,
    /// Row of the price level if incomes are real; `None` if nominal.
    prices: Option<Row>,
    sum: Lanes,
}

impl IncomeTerminal {
    fn of(kept: &Kept<'_>, prices: Option<Row>) -> Self {
        let (income, sum) = (kept.income, Lanes::ZERO);
        Self { income, prices, sum }
    }
}

impl Track for IncomeTerminal {
    fn open(&mut self) {
        self.sum = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        if now.month + YEAR > now.n_months {
            let income = now.rows.get(self.income);
            match self.prices.map(|row| now.rows.get(row)) {
                Some(level) => self.sum.each(|lane, own| own + income[lane] / level[lane]),
                None => self.sum += income,
            }
        }
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let n_months = f64::from(now.n_months.min(YEAR));
        Lanes::of(|lane| self.sum[lane] / n_months)
    }
}
