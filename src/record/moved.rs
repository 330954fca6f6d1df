//! Whether the owner has moved to a place that asks for an income.

use super::autonomy::chance;
use super::declared::Better;
use super::folded::AtEnd;
use super::{Followed, Kind};
use crate::stage::{AnyTrack, Quantity};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "moved",
        unit: "fraction",
        range: (0.0, 1.0),
        doc: "1 where the owner has moved to a place that asks for an income, else 0; absent of places that ask for none.",
    },
    measures: &[chance(
        "owner.move.<place>.probability",
        "the owner moves to a place that asks for an income",
        Better::Neither,
        "Share of paths on which the mean income of the twelve months before the move, before tax and costs and in money of \
         the start, is at least `income_at_least` of the place, so that the owner moves there; interval of Clopper & Pearson \
         (1934).",
    )],
    track: Followed::EachMove(|row| AtEnd(row).boxed()),
};
