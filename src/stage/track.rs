//! What is kept of a path: one quantity, followed from day one to the horizon.
//!
//! In: the state of a block after each month. Out: one number per path. Not here: which quantities there
//! are (`record`), when they are asked for (`engine`).

use super::{Level, Rows};
use crate::book::Book;
use crate::math::Lanes;
use std::fmt;

/// What names begin with of what is kept and measured without agents.
pub const WITHOUT_FEEDBACK: &str = "without_feedback.";

/// A quantity that can be kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// Stable name, in replays and in the bytes of parts.
    pub id: &'static str,
    /// What it is measured in.
    pub unit: &'static str,
    /// Least and greatest value that it can have.
    pub range: (f64, f64),
    /// One sentence: what it is.
    pub doc: &'static str,
}

/// A quantity, of one asset or event if it is one of each, in one world.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrackId {
    quantity: &'static str,
    object: Option<u16>,
    world: u8,
}

impl TrackId {
    /// The quantity called `quantity`, as things happen.
    pub const fn of(quantity: &'static str) -> Self {
        Self { quantity, object: None, world: 0 }
    }

    /// The same of the object with this number: assets in canonical order, then events.
    pub const fn of_object(self, object: u16) -> Self {
        Self { object: Some(object), ..self }
    }

    /// The same in the twin world without feedback.
    pub const fn without_feedback(self) -> Self {
        Self { world: 1, ..self }
    }

    /// The same in the world with this number.
    pub const fn in_world(self, world: u8) -> Self {
        Self { world, ..self }
    }

    /// Number of the world: 0 as things happen, 1 without feedback.
    pub const fn world(self) -> usize {
        self.world as usize
    }

    /// Name of the quantity.
    pub const fn quantity(self) -> &'static str {
        self.quantity
    }

    /// Number of the asset or event, if it is of one.
    pub const fn object(self) -> Option<u16> {
        self.object
    }

    /// `without_feedback.wealth`, `asset.saas`: the name where assets and events are called `objects`.
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

/// A block at the close of a month.
pub struct Close<'a> {
    /// 0 on day one.
    pub month: u32,
    /// Months to the horizon.
    pub n_months: u32,
    /// Net worth.
    pub wealth: &'a Lanes,
    /// What was put in on day one has become this by itself, and this a month ago: net worth, unless money
    /// crosses the border of the portfolio. 0 after ruin.
    pub value: &'a Lanes,
    pub before: &'a Lanes,
    /// Where net worth and that value stood lowest within the month, if they can be below their close.
    pub low: Option<[&'a Lanes; 2]>,
    pub book: &'a Book,
    pub rows: &'a Rows,
}

/// Follows one quantity on the paths of a block. Implement it with `#[inline(always)]` and plain loops, as a
/// [`Stage`](super::Stage).
pub trait Track: Clone + Send + Sync + 'static {
    /// Forgets the block before.
    fn open(&mut self) {}

    /// Takes in a month that is over.
    fn keep(&mut self, _now: &Close<'_>) {}

    /// The quantity, once the horizon is reached.
    fn value(&self, now: &Close<'_>) -> Lanes;
}

/// A track behind a pointer, called once per block and month.
pub trait AnyTrack: Send + Sync {
    /// Another one for another thread.
    fn boxed(&self) -> Box<dyn AnyTrack>;

    /// [`Track::open`].
    fn open(&mut self);

    /// [`Track::keep`] compiled for `level`.
    fn keep_at(&mut self, level: Level, now: &Close<'_>);

    /// [`Track::value`] compiled for `level`.
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

/// A track that a plan asks for.
pub struct TrackRequest {
    pub id: TrackId,
    /// Whether it is kept in the twin world as well.
    pub in_twin: bool,
    pub track: Box<dyn AnyTrack>,
}
