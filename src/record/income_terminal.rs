//! Income of the last year.

use super::{Kind, YEAR};
use crate::math::{LANES, Lanes};
use crate::stage::{Close, Quantity, Row, Track, TrackRequest};

const QUANTITY: Quantity = Quantity {
    id: "income_terminal",
    unit: "money per month",
    range: (f64::NEG_INFINITY, f64::INFINITY),
    doc: "Mean net income per month over the last 12 months, in money of its day.",
};

pub(super) const KIND: Kind = Kind {
    quantity: QUANTITY,
    requests: |kept| {
        let (income, sum) = (kept.income, Lanes::ZERO);
        vec![TrackRequest::new(&QUANTITY, IncomeTerminal { income, sum })]
    },
};

#[derive(Clone)]
struct IncomeTerminal {
    income: Row,
    sum: Lanes,
}

impl Track for IncomeTerminal {
    fn open(&mut self) {
        self.sum = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        if now.month + YEAR > now.n_months {
            let income = now.rows.get(self.income);
            for lane in 0..LANES {
                self.sum[lane] += income[lane];
            }
        }
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let n_months = f64::from(now.n_months.min(YEAR));
        let mut mean = Lanes::ZERO;
        for lane in 0..LANES {
            mean[lane] = self.sum[lane] / n_months;
        }
        mean
    }
}
