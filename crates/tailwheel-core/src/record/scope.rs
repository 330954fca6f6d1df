//! Objects that quantities belong to, their placeholders in ids, and their numbers.
//!
//! In: ids, how many objects there are. Out: [`Scope`]. Not here: the names of objects (`stats`).

use super::causes;

/// Kinds of objects that a quantity is recorded for. Objects are numbered kind after kind, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The portfolio as a whole, which has no number.
    Portfolio,
    EachAsset,
    EachEvent,
    EachCause,
    /// Every state variable of an asset.
    EachState,
    /// Every residence with an income threshold.
    EachMove,
}

impl Scope {
    /// Finds the scope of a measure from the placeholder in its `id`, such as `<name>`.
    pub fn of(id: &str) -> Self {
        let each = [Self::EachAsset, Self::EachEvent, Self::EachCause, Self::EachState, Self::EachMove];
        each.into_iter().find(|scope| id.contains(scope.placeholder())).unwrap_or(Self::Portfolio)
    }

    /// Returns the placeholder for an object's name in ids; empty for the portfolio.
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::Portfolio => "",
            Self::EachAsset => "<name>",
            Self::EachEvent => "<event>",
            Self::EachCause => "<cause>",
            Self::EachState => "<state>",
            Self::EachMove => "<place>",
        }
    }

    /// Returns the number of the first object of this scope, given the numbers of assets, events and states.
    pub fn first(self, n_assets: usize, n_events: usize, n_states: usize) -> u16 {
        let first = match self {
            Self::Portfolio | Self::EachAsset => 0,
            Self::EachEvent => n_assets,
            Self::EachCause => n_assets + n_events,
            Self::EachState => n_assets + n_events + causes().count(),
            Self::EachMove => n_assets + n_events + causes().count() + n_states,
        };
        u16::try_from(first).expect("a scenario has few assets")
    }
}
