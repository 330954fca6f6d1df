//! Unpaid spending after ruin: its amount and its number of months.
//!
//! ```text
//! amount = unpaid_m/P_m + Σ_(t>m) s_t/P_t        months = T − m + 1        m: the month of ruin; both 0 without one
//! ```
//!
//! `unpaid` is the amount owed and not paid in the month of ruin, s the owner's spending, P the price level.

use super::declared::{Better, Declared, Needs, RARE_LOSS, Unit};
use super::folded::folded;
use super::ruin_month::ruined;
use super::{Entry, Followed, Kept, Kind, cause_number};
use crate::book::{Account, Cause};
use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Dated, Quantity, Row, Track};
use std::sync::Arc;

pub(super) const AMOUNT: Kind = Kind {
    quantity: Quantity {
        id: "shortfall",
        unit: "money of the start",
        range: (0.0, f64::INFINITY),
        doc: "What a ruined owner goes without until the horizon: what stayed unpaid in the month of ruin and what he \
              would have lived on after it; 0 without ruin; absent where nothing has to be paid.",
    },
    measures: &[Declared {
        run: RARE_LOSS,
        ..missing("shortfall.amount", "unpaid spending until the horizon, real", Unit::Money)
    }],
    track: Followed::Whole(|kept| Some(Amount::of(kept)?.boxed())),
};

pub(super) const MONTHS: Kind = Kind {
    quantity: Quantity {
        id: "shortfall_months",
        unit: "months",
        range: (0.0, f64::INFINITY),
        doc: "Months from that of ruin to the horizon, both counted; 0 without ruin; absent where nothing has to be \
              paid.",
    },
    measures: &[Declared {
        run: RARE_LOSS,
        ..missing("shortfall.months", "shortfall months after ruin", Unit::Months)
    }],
    track: Followed::Whole(|kept| {
        Some(folded(
            ruined(kept)?,
            #[inline(always)]
            |n_months, ruined, _| n_months + ruined,
        ))
    }),
};

const fn missing(id: &'static str, title: &'static str, unit: Unit) -> Declared {
    Declared {
        better: Better::Lower,
        range: (0.0, f64::INFINITY),
        needs: Needs::Spending,
        is_of_ruined: true,
        ..Declared::of(id, title, unit)
    }
}

#[derive(Clone)]
struct Amount {
    ruined: Row,
    /// Account of unpaid obligations; its balance is minus the unpaid amount.
    unpaid: Account,
    /// Row of the price level.
    prices: Row,
    /// Spending still to come after months 0 … horizon, in start-date prices; `None` if it is zero.
    later: Option<Dated<Arc<[f64]>>>,
    found: Lanes,
}

impl Amount {
    fn of(kept: &Kept<'_>) -> Option<Self> {
        let ruined = ruined(kept)?;
        let border = kept.border.as_ref()?;
        let number = cause_number(Cause::Unpaid.id());
        let mut causes = kept.causes.iter();
        let unpaid = causes.find_map(|(of, entry)| match entry {
            Entry::Posted(accounts) if *of == number => accounts.first().copied(),
            _ => None,
        });
        Some(Self {
            ruined,
            unpaid: unpaid?,
            prices: border.prices,
            later: border.later.clone(),
            found: Lanes::ZERO,
        })
    }
}

impl Track for Amount {
    fn open(&mut self) {
        self.found = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let month = now.month as usize;
        let level = now.rows.get(self.prices);
        let later = match &self.later {
            Some(later) => later.lanes(now.rows, now.month, 0.0, |all| all[month]),
            None => Lanes::ZERO,
        };
        let ruined = now.rows.get(self.ruined);
        let balance = now.book.value(self.unpaid);
        for lane in 0..LANES {
            // `found` is above zero once set, because ruin needs an unpaid amount
            let is_first = ruined[lane] > 0.0 && self.found[lane] == 0.0;
            let missing = later[lane] - balance[lane] / level[lane];
            self.found[lane] = if is_first { missing } else { self.found[lane] };
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.found
    }
}
