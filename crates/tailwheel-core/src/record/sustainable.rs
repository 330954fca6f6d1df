//! Sustainable spending: the monthly spending that final wealth supports, and whether it covers the planned
//! spending.
//!
//! ```text
//! sustained = s/12·max(0, W − cost of selling)/P     0 if ruined; s: fraction that can be spent per year
//! ```

use super::autonomy::chance;
use super::declared::{Better, Declared, MIDDLE_AND_ENDS, Needs, Unit};
use super::fold_tracks::at_end;
use super::{QuantityKind, TrackInputs, Tracking};
use crate::math::{Lanes, ROUNDING, greater, inlined};
use crate::stage::{AnyTrack, Dated, Row};

/// Inputs of the sustainable spending.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sustained {
    /// Row with the transaction cost of selling everything at the horizon.
    pub selling: Row,
    /// Fraction of the proceeds that can be spent per year.
    pub rate: f64,
}

/// Monthly spending, real, that final wealth sustains for the rest of the owner's life at 5 % ruin, if
/// everything is sold and invested half in shares and half in bonds; 0 after ruin. Not kept without an owner.
pub(super) const MONTHLY: QuantityKind = QuantityKind {
    name: "sustainable",
    measures: &[Declared {
        better: Better::Higher,
        needs: Needs::Spending,
        run: MIDDLE_AND_ENDS,
        ..Declared::of("spending.sustainable", "sustainable spending a month, real", Unit::MoneyPerMonth)
    }],
    track: Tracking::Whole(|kept| sustained(kept, None)),
};

pub(super) const COVERS: QuantityKind = QuantityKind {
    name: "sustainable_covers",
    measures: &[chance(
        "spending.sustainable.covers.probability",
        "probability that sustainable spending covers the planned spending",
        Better::Higher,
        "Share of paths on which sustainable spending at the horizon is at least the spending of the last phase \
         (Milevsky & Robinson 2005).",
    )
    .needing(Needs::Spending)],
    track: Tracking::Whole(|kept| {
        let planned = kept.border.as_ref()?.spending.clone()?.map(|all| all.last().copied().unwrap_or(0.0));
        let mut all = planned.entries().iter();
        if all.all(|(_, planned)| *planned == 0.0) {
            return None;
        }
        sustained(kept, Some(planned))
    }),
};

/// Returns a track of the sustainable spending per month, real, or of 1 if it is at least the `planned`
/// spending (else 0).
fn sustained(kept: &TrackInputs<'_>, planned: Option<Dated<f64>>) -> Option<Box<dyn AnyTrack>> {
    let (Sustained { selling, rate }, prices) = (kept.sustained?, kept.prices.level);
    let ruined = kept.border.as_ref().map(|border| border.ruined);
    Some(at_end(inlined!(move |now| {
        let (selling, level) = (now.rows.get(selling), now.rows.get(prices));
        let per_month = rate / 12.0;
        let mut found =
            Lanes::of(|lane| per_month * greater(now.wealth[lane] - selling[lane], 0.0) / level[lane]);
        if let Some(ruined) = ruined.map(|row| now.rows.get(row)) {
            found.each(|lane, own| own * (1.0 - ruined[lane]));
        }
        if let Some(planned) = &planned {
            let planned = planned.lanes(now.rows, now.month, 0.0, |planned| *planned);
            found.each(|lane, own| f64::from(u8::from(own >= planned[lane] * (1.0 - ROUNDING))));
        }
        found
    })))
}
