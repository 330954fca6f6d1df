//! Quantities of a kind that are reported over time: healthy units, customers, visits.

/// A reported quantity, as a fraction of a stated whole such as all units or the number at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Last part of the measure's name in reports: `state.<asset>.<id>`.
    pub id: &'static str,
    /// Label for readers, such as "visits".
    pub title: &'static str,
    /// Denominator in words, such as "those at the start" for customers at the start.
    pub whole: &'static str,
    /// True if a value of zero means that the asset has closed.
    pub is_alive: bool,
}

/// Id of the state that an audience is based on: visits relative to those of the first month.
pub const VISITS: &str = "visits";

/// Largest number of states per kind.
pub const MOST_STATES: usize = 4;

/// Additional state of an asset whose launch depends on available money.
pub const LAUNCHED: State =
    State { id: "launched", title: "launched", whole: "one that stands", is_alive: false };
