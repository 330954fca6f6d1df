//! Where a condition that holds from some point on begins to hold.
//!
//! In: an interval and a condition. Out: a shorter one around the point. Not here: equations with a
//! derivative.

/// The points between which `is_beyond` begins to hold, after `n_halvings` of what lies between
/// `inside`, where it does not, and `outside`, where it does; in this order.
pub fn edge(
    mut inside: f64,
    mut outside: f64,
    n_halvings: usize,
    is_beyond: impl Fn(f64) -> bool,
) -> (f64, f64) {
    for _ in 0..n_halvings {
        let middle = 0.5 * (inside + outside);
        if is_beyond(middle) {
            outside = middle;
        } else {
            inside = middle;
        }
    }
    (inside, outside)
}
