//! What a kind shows of itself over time: units that are healthy, customers, visits.

/// One such quantity, a fraction: of the start, of all units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Last part of its name in reports: `state.<asset>.<id>`.
    pub id: &'static str,
    /// What readers call it: "visits".
    pub title: &'static str,
    /// What it is a fraction of: "those at the start".
    pub whole: &'static str,
    /// True if the asset has closed where it is zero.
    pub is_alive: bool,
}

/// Id of the one that an audience is made of: visits in those of the first month.
pub const VISITS: &str = "visits";

/// Most that a kind may show.
pub const MOST_STATES: usize = 4;

/// What is shown of an asset that is built when there is money for it, beside what its kind shows.
pub const LAUNCHED: State =
    State { id: "launched", title: "launched", whole: "one that stands", is_alive: false };
