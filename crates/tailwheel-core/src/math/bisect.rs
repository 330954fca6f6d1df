//! Bisection: finds where a condition becomes true.
//!
//! In: an interval and a condition. Out: a short interval around the change; for counts the first that meets
//! the condition. Not here: root finding with derivatives.

/// Narrows the interval from `inside`, where `is_beyond` is false, to `outside`, where it is true, by
/// `n_halvings` bisections. Returns the new ends in the same order.
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

/// Returns the smallest number in 0..=n from which on `holds` is true; `n` if it never is. A guess `near` that is
/// close to the result saves calls.
pub fn first(n: usize, near: usize, mut holds: impl FnMut(usize) -> bool) -> usize {
    let (mut low, mut high, mut step) = (0, n, 1);
    let mut asked = near.min(n.saturating_sub(1));
    while low < high {
        let next = if holds(asked) {
            high = asked;
            asked.saturating_sub(step)
        } else {
            low = asked + 1;
            asked + step
        };
        // steps double until one passes the change; then halve
        asked = if (low..high).contains(&next) { next } else { low + (high - low) / 2 };
        step *= 2;
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_count_is_found_from_anywhere_and_soon_from_nearby() {
        for n in 0..40 {
            for (beginning, near) in (0..=n).flat_map(|at| (0..n + 3).map(move |near| (at, near))) {
                let mut n_asked = 0;
                let found = first(n, near, |count| {
                    assert!(count < n);
                    n_asked += 1;
                    count >= beginning
                });
                assert_eq!(found, beginning, "{n} {near}");
                let away = (near.abs_diff(beginning) + 2).ilog2();
                assert!(n_asked <= 3 + 2 * away, "{n} {near} {beginning}: {n_asked}");
            }
        }
    }
}
