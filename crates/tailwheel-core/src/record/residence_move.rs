//! Move of the owner to a residence that requires a minimum income.

use super::autonomy::chance;
use super::declared::Better;
use super::fold_tracks::row_at_end;
use super::{QuantityKind, Tracking};

pub(super) const KIND: QuantityKind = QuantityKind {
    name: "moved",
    measures: &[chance(
        "owner.move.<place>.probability",
        "probability of the move to the place",
        Better::Neither,
        "Share of paths on which the owner moves there, because income is at least `income_at_least` of the place. \
         Income is the real monthly mean of the 12 months before the move, before tax and costs.",
    )],
    track: Tracking::EachMove(row_at_end),
};
