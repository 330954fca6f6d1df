//! Insurance: payouts, insured losses that payouts do not cover, and payouts above the loss. The cost is
//! cause `premium`.

use super::declared::{Better, Declared};
use super::fold_tracks::row_at_end;
use super::{QuantityKind, Tracking, id};

/// Insurance payouts owed until the horizon, real; 0 for claims that are not paid.
pub(super) const PAYOUTS: QuantityKind = QuantityKind {
    name: "payouts",
    measures: &[Declared {
        better: Better::Higher,
        ..Declared::of_rare_loss(id::PAYOUTS, "payouts until the horizon, real")
    }],
    track: Tracking::Whole(|kept| Some(row_at_end(kept.cover?.payouts))),
};

/// Losses by insured causes until the horizon that payouts do not cover, claim by claim, real. A loss without
/// a claim counts in full.
pub(super) const MISSED: QuantityKind = QuantityKind {
    name: "missed",
    measures: &[Declared::of_rare_loss(id::MISSED, "insured loss that payouts do not cover, real")],
    track: Tracking::Whole(|kept| Some(row_at_end(kept.cover?.missed))),
};

pub(super) const BEYOND: QuantityKind = QuantityKind {
    name: "beyond",
    measures: &[Declared {
        better: Better::Neither,
        ..Declared::of_rare_loss(id::BEYOND, "payouts above the loss, real")
    }],
    track: Tracking::Whole(|kept| Some(row_at_end(kept.cover?.beyond))),
};
