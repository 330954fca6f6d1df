//! Money returned after the first 12 months, for the loss of the first year.

use super::declared::Declared;
use super::declared::{Figure, Seen, Statistic};
use super::loss::{shortfall, value_at_risk};
use super::returned::Drawn;
use super::{Followed, Kind, YEAR};
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

/// Net worth after 12 months plus withdrawals minus contributions so far, real. Not kept if the horizon is
/// below one year.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "wealth_year1", unit: "money of the start" },
    measures: &[
        of_the_first_year(value_at_risk(
            "value_at_risk.year1.995",
            "value at risk 99.5 % of the first year",
            &[Figure::only(Statistic::Quantile(0.995))],
        )),
        of_the_first_year(shortfall(
            "expected_shortfall.year1.995",
            "expected shortfall 99.5 % of the first year",
            &[Figure::only(Statistic::Shortfall(0.995))],
        )),
    ],
    track: Followed::Whole(|kept| {
        let start = WealthYear1 {
            drawn: kept.border.as_ref().map(Drawn::of),
            prices: kept.prices.level,
            value: Lanes::ZERO,
        };
        (kept.n_months >= YEAR).then(|| start.boxed())
    }),
};

/// Turns a measure of loss into one of the first year, which insurance regulation looks at.
const fn of_the_first_year(loss: Declared) -> Declared {
    let seen = Seen::LossOfTheFirstYear;
    Declared { seen, ..loss }
}

#[derive(Clone)]
struct WealthYear1 {
    /// Net withdrawals; `None` if no money enters or leaves the portfolio.
    drawn: Option<Drawn>,
    /// Row of the price level.
    prices: Row,
    value: Lanes,
}

impl Track for WealthYear1 {
    fn open(&mut self) {
        self.value = Lanes::ZERO;
        if let Some(drawn) = &mut self.drawn {
            drawn.open();
        }
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        if now.month > YEAR {
            return;
        }
        if let Some(drawn) = &mut self.drawn {
            drawn.keep(now);
        }
        if now.month == YEAR {
            let level = now.rows.get(self.prices);
            self.value = match &self.drawn {
                Some(drawn) => drawn.with_wealth(now),
                None => Lanes::of(|lane| now.wealth[lane] / level[lane]),
            };
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.value
    }
}
