//! A value of a kind's own key that can be read and can hardly be meant.
//!
//! In: what a kind makes of its keys together. Out: [`Doubt`]. Not here: values that a bound on one key finds, and the warning
//! (`scenario`, `report`).

/// A key, its value, what that does to the result, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub key: &'static str,
    /// The value as it could be typed.
    pub is: String,
    pub effect: &'static str,
    pub advice: &'static str,
}
