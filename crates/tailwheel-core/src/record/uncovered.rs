//! Number of months in which income does not cover the owner's spending.

use super::autonomy::is_covered;
use super::declared::{Better, Declared, MIDDLE_AND_ENDS, Needs, Unit};
use super::{Followed, Kind};
use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Dated, Quantity, Row, Track};
use std::sync::Arc;

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "uncovered_months",
        unit: "months",
        range: (0.0, f64::INFINITY),
        doc: "Months to the horizon in which net income is below spending, those after ruin among them; absent \
              where nothing is spent.",
    },
    measures: &[Declared {
        needs: Needs::Spending,
        better: Better::Lower,
        range: (0.0, f64::INFINITY),
        run: MIDDLE_AND_ENDS,
        ..Declared::of(
            "spending.uncovered.months",
            "months in which income does not cover the spending",
            Unit::Months,
        )
    }],
    track: Followed::Whole(|kept| {
        let border = kept.border.as_ref()?;
        let start = Uncovered {
            income: kept.income,
            ruined: border.ruined,
            spending: border.spending.clone()?,
            prices: border.prices,
            n_months: Lanes::ZERO,
        };
        Some(start.boxed())
    }),
};

#[derive(Clone)]
struct Uncovered {
    income: Row,
    ruined: Row,
    /// Spending in months 1 … horizon, in start-date prices.
    spending: Dated<Arc<[f64]>>,
    prices: Row,
    n_months: Lanes,
}

impl Track for Uncovered {
    fn open(&mut self) {
        self.n_months = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let (income, ruined) = (now.rows.get(self.income), now.rows.get(self.ruined));
        let month = now.month as usize - 1;
        let spent = (self.spending).lanes(now.rows, now.month, 0.0, |all| all[month]);
        let level = now.rows.get(self.prices);
        for lane in 0..LANES {
            let is_covered = is_covered(income[lane], spent[lane] * level[lane], ruined[lane]);
            self.n_months[lane] += if is_covered { 0.0 } else { 1.0 };
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.n_months
    }
}
