//! Insurance: payouts, insured losses that payouts do not cover, and payouts above the loss. The cost is
//! cause `premium`.

use super::declared::{Better, Declared};
use super::folded::row_at_end;
use super::{Followed, Kind, id};

/// Insurance payouts owed until the horizon, real; 0 for claims that are not paid.
pub(super) const PAYOUTS: Kind = Kind {
    name: "payouts",
    measures: &[Declared {
        better: Better::Higher,
        ..Declared::of_rare_loss(id::PAYOUTS, "payouts until the horizon, real")
    }],
    track: Followed::Whole(|kept| Some(row_at_end(kept.cover?.payouts))),
};

/// Losses by insured causes until the horizon that payouts do not cover, claim by claim, real. A loss without
/// a claim counts in full.
pub(super) const MISSED: Kind = Kind {
    name: "missed",
    measures: &[Declared::of_rare_loss(id::MISSED, "insured loss that payouts do not cover, real")],
    track: Followed::Whole(|kept| Some(row_at_end(kept.cover?.missed))),
};

pub(super) const BEYOND: Kind = Kind {
    name: "beyond",
    measures: &[Declared {
        better: Better::Neither,
        ..Declared::of_rare_loss(id::BEYOND, "payouts above the loss, real")
    }],
    track: Followed::Whole(|kept| Some(row_at_end(kept.cover?.beyond))),
};
