//! Bins of a histogram: equally wide on their axis, one edge exactly at a value that divides them.
//!
//! In: a range, the dividing value. Out: edges. Not here: counts (`distribution`), bars (`bars`).

use super::scale::Scale;

/// An axis whose ends are so many bins away from its origin has no bins that floats can tell apart.
const MOST: f64 = 1e12;

/// About `n_bins` bins, equally wide on the axis, that cover `scale`, with one edge exactly at
/// `divide` when it lies inside; and the axis from the first to the last edge.
pub fn bins(scale: &Scale, divide: f64, n_bins: usize) -> (Vec<f64>, Scale) {
    let (low, high) = scale.ends();
    let (from, to) = (scale.place(low), scale.place(high));
    let wished = (to - from) / n_bins as f64;
    let is_drawable =
        wished.is_normal() && wished > 0.0 && from.abs().max(to.abs()) < wished * MOST;
    if !is_drawable {
        return (vec![low, high], *scale);
    }
    let inside = divide > low && divide < high;
    let from_zero = low == 0.0 && !scale.is_logarithmic();
    // on an axis from zero the first edge is zero as well
    let n_below = (divide / wished).round();
    let (origin, step) = match (inside, from_zero) {
        (true, true) if n_below > 0.0 => (divide, divide / n_below),
        (true, false) => (scale.place(divide), wished),
        _ => (from, wished),
    };
    let first = ((from - origin) / step + 1e-6).floor() as i64;
    let last = ((to - origin) / step - 1e-6).ceil() as i64;
    let is_divide = |k: i64| k == 0 && inside && origin != from;
    let edge = |k: i64| match k {
        k if is_divide(k) => divide,
        _ if k == first && low == 0.0 => 0.0,
        k => scale.value_at(origin + k as f64 * step),
    };
    let mut edges: Vec<f64> = (first..=last).map(edge).collect();
    if inside && from_zero && n_below == 0.0 {
        // nearer to zero than half a bin: the first bin is divided
        edges.insert(1, divide);
    }
    let scale = scale.between(edges[0], edges[edges.len() - 1]);
    (edges, scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_stands_exactly_at_the_dividing_value() {
        let scales = [
            Scale::linear(0.0, 1e6),
            Scale::linear(2e5, 4e5),
            Scale::log(3e4, 1e7),
        ];
        for scale in scales {
            let (edges, axis) = bins(&scale, 250_000.0, 60);
            let ends = (edges[0], edges[edges.len() - 1]);
            assert!(edges.contains(&250_000.0));
            assert!(edges.windows(2).all(|pair| pair[0] < pair[1]));
            assert_eq!(ends, axis.ends());
            assert!(ends.0 <= scale.ends().0 && ends.1 >= scale.ends().1 * (1.0 - 1e-9));
            assert!(scale.ends().0 > 0.0 || ends.0 == 0.0);
        }
    }

    #[test]
    fn no_range_and_no_dividing_value_makes_more_bins_than_are_drawn() {
        let ends = [0.0, 5e-324, 1e-300, 1e-9, 1.0, 1e4, 1e60];
        let lengths = [0.0, 5e-324, 1e-310, 1e-12, 1e-3, 1.0, 1e6, 1e60];
        for low in ends {
            for high in lengths.map(|length| low + length) {
                let linear = Scale::linear(low, high);
                let log = Scale::log(low, high);
                for divide in [0.0, 5e-324, 1e-10, 0.4, 1e5, 1e59] {
                    let (edges, _) = bins(&linear, divide, 60);
                    assert!((2..200).contains(&edges.len()), "{linear:?} {divide}");
                    if low > 0.0 {
                        let (edges, _) = bins(&log, divide, 60);
                        assert!((2..200).contains(&edges.len()), "{log:?} {divide}");
                    }
                }
            }
        }
    }

    #[test]
    fn bins_are_equally_wide_on_their_axis() {
        let scale = Scale::log(3e4, 1e7);
        let (edges, _) = bins(&scale, 250_000.0, 60);
        let widths: Vec<f64> = edges
            .windows(2)
            .map(|pair| scale.place(pair[1]) - scale.place(pair[0]))
            .collect();
        let even = widths
            .iter()
            .all(|width| (width / widths[0] - 1.0).abs() < 1e-9);
        assert!(even && (58..=62).contains(&widths.len()));
    }
}
