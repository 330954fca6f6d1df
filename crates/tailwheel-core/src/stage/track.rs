//! Quantities recorded for a path from day one to the horizon.
//!
//! In: the state of a block after each month. Out: one number per path and quantity. Not here: the list of
//! quantities (`record`), the calls (`engine`).

use super::{Level, Rows};
use crate::book::Book;
use crate::math::Lanes;
use std::fmt;

/// Prefix of the names of quantities recorded in the paired run without agents.
pub const WITHOUT_FEEDBACK: &str = "without_feedback.";

/// Identifies a recorded quantity: its name, the object it belongs to if any (such as an asset, an event or a
/// cause), and the run (with or without agents).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrackId {
    quantity: &'static str,
    object: Option<u16>,
    world: u8,
}

impl TrackId {
    /// Identifies `quantity` in the run with agents, for no particular object.
    pub const fn of(quantity: &'static str) -> Self {
        Self { quantity, object: None, world: 0 }
    }

    /// Returns this id for the object with this number. Assets come first, then events, causes, states and moves.
    pub const fn of_object(self, object: u16) -> Self {
        Self { object: Some(object), ..self }
    }

    /// Returns this id, changed to the paired run without agents.
    pub const fn without_feedback(self) -> Self {
        Self { world: 1, ..self }
    }

    /// Returns this id, changed to run `world`: 0 with agents, 1 without.
    pub const fn in_world(self, world: u8) -> Self {
        Self { world, ..self }
    }

    /// Number of the run: 0 with agents, 1 without.
    pub const fn world(self) -> usize {
        self.world as usize
    }

    /// Name of the quantity, without its object and without the prefix of the paired run.
    pub const fn quantity(self) -> &'static str {
        self.quantity
    }

    /// Number of the asset, event, cause, state or move; `None` if the quantity belongs to no object.
    pub const fn object(self) -> Option<u16> {
        self.object
    }

    /// Full name, such as `without_feedback.wealth` or `asset.saas`, with objects named by `objects`.
    pub fn name(self, objects: &[String]) -> String {
        let world = if self.world == 0 { "" } else { WITHOUT_FEEDBACK };
        match self.object {
            None => format!("{world}{}", self.quantity),
            Some(object) => format!("{world}{}.{}", self.quantity, objects[usize::from(object)]),
        }
    }
}

impl fmt::Debug for TrackId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of world {}", self.quantity, self.world)?;
        match self.object {
            None => Ok(()),
            Some(object) => write!(f, ", object {object}"),
        }
    }
}

/// State of a block of paths at the end of a month.
pub struct Close<'a> {
    /// Month of the run; 0 on day one.
    pub month: u32,
    /// Number of months to the horizon.
    pub n_months: u32,
    /// Net worth per path, nominal.
    pub wealth: &'a Lanes,
    /// Time-weighted value of the initial investment: net worth if no money moves in or out; 0 after ruin.
    pub value: &'a Lanes,
    /// Time-weighted value of the initial investment one month earlier.
    pub before: &'a Lanes,
    /// Intramonth lows of net worth, before bills and payments, and of the time-weighted value; `None` without agents.
    pub low: Option<[&'a Lanes; 2]>,
    pub book: &'a Book,
    pub rows: &'a Rows,
}

/// Records one quantity on the paths of a block. Implement it with `#[inline(always)]` and plain `for` loops,
/// as a [`Stage`](super::Stage).
pub trait Track: Clone + Send + Sync + 'static {
    /// Resets the recorder before a new block of paths.
    fn open(&mut self) {}

    /// Records a finished month on all paths of the block.
    fn keep(&mut self, _now: &Close<'_>) {}

    /// Value of the quantity per path, once the horizon is reached.
    fn value(&self, now: &Close<'_>) -> Lanes;
}

/// A [`Track`] behind a pointer, called once per block and month.
pub trait AnyTrack: Send + Sync {
    /// Copies the track for another thread.
    fn boxed(&self) -> Box<dyn AnyTrack>;

    /// Calls [`Track::open`] of the boxed track.
    fn open(&mut self);

    /// Calls [`Track::keep`] compiled for `level`.
    fn keep_at(&mut self, level: Level, now: &Close<'_>);

    /// Calls [`Track::value`] compiled for `level`.
    fn value_at(&self, level: Level, now: &Close<'_>) -> Lanes;
}

impl<T: Track> AnyTrack for T {
    fn boxed(&self) -> Box<dyn AnyTrack> {
        Box::new(self.clone())
    }

    fn open(&mut self) {
        Track::open(self);
    }

    fn keep_at(&mut self, level: Level, now: &Close<'_>) {
        level.run(
            #[inline(always)]
            || self.keep(now),
        );
    }

    fn value_at(&self, level: Level, now: &Close<'_>) -> Lanes {
        level.run(
            #[inline(always)]
            || self.value(now),
        )
    }
}

/// Request of a plan to record one quantity.
pub struct TrackRequest {
    pub id: TrackId,
    /// True if the quantity is also recorded in the paired run without agents.
    pub is_paired: bool,
    pub track: Box<dyn AnyTrack>,
}
