//! Bins of a histogram: equally wide on their axis, one edge exactly at a value that divides them.
//!
//! In: a range, the dividing value. Out: edges. Not here: counts (`distribution`), bars (`bars`).

use super::scale::Scale;

/// About `n_bins` bins, equally wide on the axis, that cover `scale`, with one edge exactly at
/// `divide` when it lies inside; and the axis from the first to the last edge.
pub fn bins(scale: &Scale, divide: f64, n_bins: usize) -> (Vec<f64>, Scale) {
    let (low, high) = scale.ends();
    let (from, to) = (scale.place(low), scale.place(high));
    let inside = divide > low && divide < high;
    let origin = if inside { scale.place(divide) } else { from };
    let wished = (to - from) / n_bins as f64;
    // On an axis from zero the first edge is zero as well.
    let step = if inside && low == 0.0 && !scale.is_logarithmic() {
        divide / (divide / wished).round().max(1.0)
    } else {
        wished
    };
    let first = ((from - origin) / step + 1e-6).floor() as i64;
    let last = ((to - origin) / step - 1e-6).ceil() as i64;
    let edge = |k: i64| match k {
        0 if inside => divide,
        _ if k == first && low == 0.0 => 0.0,
        k => scale.value_at(origin + k as f64 * step),
    };
    let edges: Vec<f64> = (first..=last).map(edge).collect();
    let scale = scale.between(edges[0], edges[edges.len() - 1]);
    (edges, scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_stands_exactly_at_the_dividing_value() {
        let scales = [
            Scale::Linear {
                low: 0.0,
                high: 1e6,
            },
            Scale::Linear {
                low: 2e5,
                high: 4e5,
            },
            Scale::Log {
                low: 3e4,
                high: 1e7,
            },
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
    fn bins_are_equally_wide_on_their_axis() {
        let scale = Scale::Log {
            low: 3e4,
            high: 1e7,
        };
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
