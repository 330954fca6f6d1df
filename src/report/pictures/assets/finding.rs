//! The title of the holdings: which one spreads widest, which one least.
//!
//! In: quantiles at the horizon with their errors. Out: a sentence. Not here: drawing.
//!
//! The widest of many is picked by looking at all, so it is named only when it exceeds every
//! other by more than the errors of all pairs together allow.

use super::{AssetPanel, Assets};
use crate::chart::{Scale, named};
use crate::figure::{LEAST_TIMES, Quantity, clearly_above, in_words, times};
use crate::math::elementary::ln;

impl AssetPanel {
    /// How far the 5th and the 95th percentile at the end lie apart: their difference on a linear
    /// axis, the logarithm of their ratio on the others, where what is too small to be printed
    /// counts as the least that is.
    pub(super) fn width(&self, scale: &Scale) -> Quantity {
        let place = |value: f64| match scale {
            Scale::Linear { .. } => value,
            _ => ln(value.max(LEAST_TIMES)),
        };
        if self.is_still() {
            return Quantity::exact(0.0);
        }
        let error = |end: Quantity| {
            if !end.std_error.is_finite() {
                return end.std_error;
            }
            let (low, high) = (end.value - end.std_error, end.value + end.std_error);
            place(high) - place(low.max(end.value / 2.0))
        };
        let (below, above) = (error(self.p05) / 2.0, error(self.p95) / 2.0);
        Quantity {
            value: place(self.p95.value) - place(self.p05.value),
            std_error: (below * below + above * above).sqrt(),
        }
    }

    /// Whether all paths end at one value, but for rounding.
    fn is_still(&self) -> bool {
        let spread = self.p95.value - self.p05.value;
        spread <= 1e-9 * self.p95.value.abs() && self.within >= 1.0
    }

    fn span(&self) -> String {
        let (low, high) = (times(self.p05.value), times(self.p95.value));
        if low == high {
            low
        } else {
            format!("{low} to {high}")
        }
    }
}

impl Assets {
    fn of_one_path(&self, ranked: &[&AssetPanel]) -> String {
        let greatest = ranked
            .iter()
            .max_by(|a, b| a.p50.value.total_cmp(&b.p50.value));
        let least = ranked
            .iter()
            .min_by(|a, b| a.p50.value.total_cmp(&b.p50.value));
        let said =
            |panel: &&AssetPanel| format!("{} ends at {}", panel.name, times(panel.p50.value));
        match (greatest, least) {
            (Some(greatest), Some(least))
                if times(greatest.p50.value) != times(least.p50.value) =>
            {
                format!(
                    "On the one path {} of its start, the most, and {}, the least",
                    said(greatest),
                    said(least)
                )
            }
            (Some(some), _) if ranked.len() > 1 => format!(
                "On the one path every holding ends at {} of its start",
                times(some.p50.value)
            ),
            (Some(only), _) => format!("On the one path {} of the start", said(only)),
            _ => "No holding to show".to_string(),
        }
    }

    /// Holdings from the widest spread down.
    pub(super) fn by_width(&self) -> Vec<&AssetPanel> {
        let scale = self.scale();
        let mut panels: Vec<&AssetPanel> = self.panels.iter().collect();
        let width = |panel: &AssetPanel| panel.width(&scale).value;
        panels.sort_by(|a, b| width(b).total_cmp(&width(a)));
        panels
    }

    pub(super) fn title(&self) -> String {
        let scale = self.scale();
        let ranked = self.by_width();
        let (Some(widest), Some(narrowest)) = (ranked.first(), ranked.last()) else {
            return "No holding to show".to_string();
        };
        if self.n_paths == 1 {
            return self.of_one_path(&ranked);
        }
        if ranked.iter().all(|panel| panel.is_still()) {
            return match ranked.as_slice() {
                [only] => format!(
                    "The value of {} ends at {} of the start on every path",
                    only.name,
                    times(only.p50.value)
                ),
                _ => "Every holding ends at one value on all paths".to_string(),
            };
        }
        if ranked.len() == 1 {
            let paths = named(widest.within, 0.9, self.n_paths, "nine of ten paths");
            let (name, span) = (&widest.name, widest.span());
            return format!("The value of {name} ends at {span} of the start on {paths}");
        }
        let clear = |a: &AssetPanel, b: &AssetPanel| {
            clearly_above(a.width(&scale), b.width(&scale), ranked.len())
        };
        if !clear(widest, narrowest) {
            return "No holding spreads clearly wider than another".to_string();
        }
        let not_below = ranked.iter().filter(|panel| !clear(widest, panel));
        let not_above = ranked.iter().rev().filter(|panel| !clear(panel, narrowest));
        format!(
            "Widest{}: {}; narrowest: {}",
            match scale {
                Scale::Linear { .. } => " in multiples of the start",
                _ => " by ratio to the start",
            },
            together(not_below.copied().collect()),
            together(not_above.copied().collect())
        )
    }
}

/// One holding with its span, or those that cannot be told apart.
fn together(panels: Vec<&AssetPanel>) -> String {
    match panels.as_slice() {
        [one] => format!("{}, {}", one.name, one.span()),
        [a, b] => format!("{} and {}, not told apart", a.name, b.name),
        many => format!("{} holdings, not told apart", in_words(many.len() as u64)),
    }
}
