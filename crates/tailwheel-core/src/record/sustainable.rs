//! Sustainable spending: the monthly spending that final wealth supports, and whether it covers the planned
//! spending.
//!
//! ```text
//! sustained = s/12·max(0, W − cost of selling)/P     0 if ruined; s: fraction that can be spent per year
//! ```

use super::autonomy::chance;
use super::declared::{Better, Declared, MIDDLE_AND_ENDS, Needs, Unit};
use super::{Followed, Kept, Kind};
use crate::math::{LANES, Lanes, greater};
use crate::stage::{AnyTrack, Close, Dated, Quantity, Row, Track};

/// Inputs of the sustainable spending.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sustained {
    /// Row with the transaction cost of selling everything at the horizon.
    pub selling: Row,
    /// Fraction of the proceeds that can be spent per year.
    pub rate: f64,
}

pub(super) const MONTHLY: Kind = Kind {
    quantity: Quantity {
        id: "sustainable",
        unit: "money of the start per month",
        range: (0.0, f64::INFINITY),
        doc: "What the wealth at the horizon sustains in a month for the rest of the owner's life, with 5 % ruin, if everything \
              is sold and lies half in shares and half in bonds; 0 where ruined; absent without an owner.",
    },
    measures: &[Declared {
        better: Better::Higher,
        needs: Needs::Spending,
        range: (0.0, f64::INFINITY),
        run: MIDDLE_AND_ENDS,
        ..Declared::of("spending.sustainable", "sustainable spending a month, real", Unit::MoneyPerMonth)
    }],
    track: Followed::Whole(|kept| Some(Monthly::of(kept, None)?.boxed())),
};

pub(super) const COVERS: Kind = Kind {
    quantity: Quantity {
        id: "sustainable_covers",
        unit: "fraction",
        range: (0.0, 1.0),
        doc: "1 where sustainable spending is at least what the owner lives on in the last month, else 0; absent where nothing \
              is spent then.",
    },
    measures: &[chance(
        "spending.sustainable.covers.probability",
        "probability that sustainable spending covers the planned spending",
        Better::Higher,
        "Share of paths on which sustainable spending at the horizon is at least the spending of the last phase \
         (Milevsky & Robinson 2005). Interval: Clopper & Pearson (1934).",
    )
    .needing(Needs::Spending)],
    track: Followed::Whole(|kept| {
        let planned = kept.border.as_ref()?.spending.clone()?;
        let planned = planned.map(|all| all.last().copied().unwrap_or(0.0));
        let mut all = planned.entries().iter();
        if all.all(|(_, planned)| *planned == 0.0) {
            return None;
        }
        Some(Monthly::of(kept, Some(planned))?.boxed())
    }),
};

/// Relative tolerance for rounding: this close to the planned spending covers it.
const ROUNDING: f64 = 1e-9;

#[derive(Clone)]
struct Monthly {
    sustained: Sustained,
    prices: Row,
    ruined: Option<Row>,
    /// Planned spending per month, in start-date prices. `None` if the track records the sustainable amount
    /// itself.
    planned: Option<Dated<f64>>,
}

impl Monthly {
    fn of(kept: &Kept<'_>, planned: Option<Dated<f64>>) -> Option<Self> {
        Some(Self {
            sustained: kept.sustained?,
            prices: kept.prices.level,
            ruined: kept.border.as_ref().map(|border| border.ruined),
            planned,
        })
    }
}

impl Track for Monthly {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let selling = now.rows.get(self.sustained.selling);
        let level = now.rows.get(self.prices);
        let per_month = self.sustained.rate / 12.0;
        let mut found =
            Lanes::of(|lane| per_month * greater(now.wealth[lane] - selling[lane], 0.0) / level[lane]);
        if let Some(ruined) = self.ruined.map(|row| now.rows.get(row)) {
            found.each(|lane, own| own * (1.0 - ruined[lane]));
        }
        if let Some(planned) = &self.planned {
            let planned = planned.lanes(now.rows, now.month, 0.0, |planned| *planned);
            for lane in 0..LANES {
                let least = planned[lane] * (1.0 - ROUNDING);
                found[lane] = if found[lane] >= least { 1.0 } else { 0.0 };
            }
        }
        found
    }
}
