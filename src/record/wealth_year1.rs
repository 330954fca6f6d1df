//! Net worth after a year.

use super::declared::Declared;
use super::declared::{Figure, Seen, Statistic};
use super::loss::{shortfall, value_at_risk};
use super::{Followed, Kind, YEAR};
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "wealth_year1",
        unit: "money",
        range: (f64::NEG_INFINITY, f64::INFINITY),
        doc: "Net worth at the end of month 12, in money of its day; absent for a shorter horizon.",
    },
    measures: &[
        of_the_first_year(value_at_risk(
            "value_at_risk.year1.995",
            "value at risk 99.5 %, first year",
            &[Figure::only(Statistic::Quantile(0.995))],
        )),
        of_the_first_year(shortfall(
            "expected_shortfall.year1.995",
            "expected shortfall 99.5 %, first year",
            &[Figure::only(Statistic::Shortfall(0.995))],
        )),
    ],
    track: Followed::Whole(|kept| {
        (kept.n_months >= YEAR).then(|| WealthYear1(Lanes::ZERO).boxed())
    }),
};

/// At the level of insurance regulation.
const fn of_the_first_year(loss: Declared) -> Declared {
    let seen = Seen::LossOfTheFirstYear;
    Declared { seen, ..loss }
}

#[derive(Clone)]
struct WealthYear1(Lanes);

impl Track for WealthYear1 {
    fn open(&mut self) {
        self.0 = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        if now.month == YEAR {
            self.0 = *now.wealth;
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.0
    }
}
