//! Loss events one by one: how often each struck, and how much it took.

use super::autonomy::chance;
use super::declared::{Better, Declared};
use super::folded::row_at_end;
use super::{Followed, Kind, id};
use crate::stage::Quantity;

/// Number of strikes of the event until the horizon. A strike that finds nothing to take does not count. A
/// strike at an income or a tax counts, though its loss comes later or never.
pub(super) const STRIKES: Kind = Kind {
    quantity: Quantity { id: "event_strikes", unit: "strikes" },
    measures: &[],
    track: Followed::EachEvent(|tally| row_at_end(tally.strikes)),
};

/// Loss by the event until the horizon, real: of value minus what is recovered at once, of gross income, or
/// of cash.
pub(super) const LOSS: Kind = Kind {
    quantity: Quantity { id: "event_loss", unit: "money of the start" },
    measures: &[
        // a strike at an income or a tax may cost nothing, which is known only once money is lost
        chance(
            id::EVENT_PROBABILITY,
            "probability of a loss by the event",
            Better::Lower,
            "Share of paths that lose money by the event until the horizon. Interval: Clopper & Pearson (1934).",
        ),
        Declared::of_rare_loss(id::EVENT_LOSS, "loss by the event until the horizon, real", Better::Lower),
    ],
    track: Followed::EachEvent(|tally| row_at_end(tally.lost)),
};
