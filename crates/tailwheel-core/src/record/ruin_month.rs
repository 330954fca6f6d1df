//! Month of ruin: the first month in which an obligation cannot be paid.

use super::autonomy::chance;
use super::declared::{Better, Needs};
use super::folded::folded;
use super::{Followed, Kept, Kind, id};
use crate::stage::{Quantity, Row};

/// First month in which an obligation stays unpaid although everything is sold; 0 without ruin. Not kept
/// without obligations.
pub(super) const KIND: Kind = Kind {
    quantity: Quantity { id: "ruin_month", unit: "months" },
    measures: &[chance(
        id::RUIN,
        "probability of ruin",
        Better::Lower,
        "Share of paths on which an obligation cannot be paid before the horizon although everything is sold. It is \
         0 by definition without obligations. Interval: Clopper & Pearson (1934).",
    )
    .needing(Needs::Nothing)],
    track: Followed::Whole(|kept| {
        Some(folded(
            ruined(kept)?,
            #[inline(always)]
            |first, ruined, month| {
                if ruined > 0.0 && first == 0.0 { month } else { first }
            },
        ))
    }),
};

/// Row that is 1 from the month of ruin on; `None` if the owner has no obligations.
pub(super) fn ruined(kept: &Kept<'_>) -> Option<Row> {
    let border = kept.border.as_ref();
    Some(border.filter(|border| border.has_obligations)?.ruined)
}
