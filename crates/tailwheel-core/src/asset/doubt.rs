//! Warning about a kind's key whose value is valid but probably not intended.
//!
//! In: a kind's combined keys. Out: [`Doubt`]. Not here: bounds on a single key, the printed warning
//! (`scenario`, `report`).

/// A suspicious value: its key, the value, its effect on the result, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Name of the suspicious key.
    pub key: &'static str,
    /// The value as a user would type it.
    pub is: String,
    /// Effect on the result, as a phrase for the warning.
    pub effect: &'static str,
    /// What to write instead.
    pub advice: &'static str,
}
