//! Where a condition that holds from some point on begins to hold.
//!
//! In: an interval and a condition. Out: a shorter one around the point; the first of counts. Not here: equations with a
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

/// Smallest count in 0..=n at which `holds` turns true for good.
pub fn first(n: usize, mut holds: impl FnMut(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}
