//! Axis scales: the position of each value and the choice of ticks.
//!
//! In: the range of the data. Out: [`Scale`]: axis coordinates, ticks, inverse. Not here: pixels
//! (`panel`).
//!
//! Logarithms come from our own `math`, so a coordinate is the same number on every machine.

use crate::figure::power_of_ten;
use crate::math::digits::exponent;
use crate::math::elementary::{exp, ln};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Ratio of the 95th to the 5th percentile above which an axis may be logarithmic.
pub const WIDE: f64 = 6.0;
/// Largest ratio of the ends of a logarithmic axis.
const LONGEST: f64 = 1e4;
/// Largest fraction of a linear axis that may be empty below the data for the axis to start at zero.
const EMPTY: f64 = 1.0 / 3.0;
/// Minimum length of a linear axis that does not start at zero, as a fraction of its highest value.
/// Without it, rounding noise in a flat line would fill the axis.
const LEAST_SPAN: f64 = 0.05;
/// Largest number of tick steps between a tick and zero; beyond it, floats cannot tell ticks apart.
const FINEST: f64 = 1e9;
/// Fraction of the axis that stays free beyond the data.
const MARGIN: f64 = 0.04;

/// An axis: the values at its lower and upper end, and its spacing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub spacing: Spacing,
}

/// Spacing of values along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Spacing {
    Linear,
    /// Logarithmic; both ends must be positive.
    Log,
}

/// Range and spread of the data that an axis must cover.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    pub lowest: f64,
    pub highest: f64,
    /// Largest ratio of the high to the low quantile at one date (∞ if the low one is 0 or negative).
    pub ratio: f64,
}

impl Scale {
    /// Creates a linear axis from `low` to `high`.
    pub const fn linear(low: f64, high: f64) -> Self {
        Self { low, high, spacing: Spacing::Linear }
    }

    /// Creates a logarithmic axis from `low` to `high`, both positive.
    pub const fn log(low: f64, high: f64) -> Self {
        Self { low, high, spacing: Spacing::Log }
    }

    /// Chooses the axis for usually positive quantities. Widely spread values get a logarithmic axis if all are positive.
    /// Other values get a linear axis, from zero unless that would leave a third of it empty.
    pub fn fit(extent: Extent) -> Self {
        let Extent { lowest, highest, ratio } = extent;
        if !(lowest.is_finite() && highest.is_finite()) {
            return Self::linear_from_zero(0.0, 0.0);
        }
        if lowest > 0.0 && ratio > WIDE {
            let lowest = lowest.max(highest / LONGEST);
            let stretch = exp(MARGIN * (ln(highest) - ln(lowest)));
            return Self::log(lowest / stretch, highest * stretch);
        }
        if lowest > highest * EMPTY && highest > 0.0 {
            let (middle, least) = ((lowest + highest) / 2.0, LEAST_SPAN * highest);
            let half = (highest - lowest).max(least) * (0.5 + MARGIN);
            return Self::linear(middle - half, middle + half);
        }
        Self::linear_from_zero(lowest, highest)
    }

    /// Creates a linear axis that covers zero and all `values`, with a margin.
    pub fn holding(values: impl Iterator<Item = f64>) -> Self {
        let grow = |(low, high): (f64, f64), value: f64| (low.min(value), high.max(value));
        let (low, high) = values.fold((0.0, 0.0), grow);
        Self::linear_from_zero(low, high)
    }

    /// Creates a linear axis that covers zero, `lowest` and `highest` with a margin.
    pub fn linear_from_zero(lowest: f64, highest: f64) -> Self {
        let (low, high) = (lowest.min(0.0), highest.max(0.0));
        let margin = (high - low) * MARGIN;
        if margin <= 0.0 {
            return Self::linear(0.0, 1.0);
        }
        let low = if low < 0.0 { low - margin } else { 0.0 };
        let high = if high > 0.0 { high + margin } else { 0.0 };
        Self::linear(low, high)
    }

    /// Returns the values at the lower and the upper end.
    pub fn ends(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// Returns the coordinate of `value` on a linear or logarithmic scale; it rises with the value. On a logarithmic
    /// axis, values at or below zero lie far below the lower end.
    pub fn place(&self, value: f64) -> f64 {
        match self.spacing {
            Spacing::Linear => value,
            Spacing::Log => ln(value.max(self.low * 1e-30)),
        }
    }

    /// Returns the value at an axis coordinate: the inverse of [`Scale::place`].
    pub fn value_at(&self, place: f64) -> f64 {
        match self.spacing {
            Spacing::Linear => place,
            Spacing::Log => exp(place),
        }
    }

    /// Returns the distance between the first two of at most `at_most` ticks; `None` with fewer than two ticks.
    pub fn step(&self, at_most: usize) -> Option<f64> {
        self.ticks(at_most).windows(2).map(|two| two[1] - two[0]).next()
    }

    /// Returns at most `at_most` round values inside the axis: steps of 1, 2, 2.5 or 5 on a linear axis; 1, 2
    /// and 5 of each decade, or fewer, on a logarithmic one.
    pub fn ticks(&self, at_most: usize) -> Vec<f64> {
        let (low, high) = self.ends();
        match self.spacing {
            Spacing::Linear => linear_ticks(low, high, at_most),
            Spacing::Log => log_ticks(low, high, at_most),
        }
    }

    /// True if a linear axis omits zero, so that bar heights cannot be compared.
    pub fn leaves_out_zero(&self) -> bool {
        self.spacing == Spacing::Linear && (self.low > 0.0 || self.high < 0.0)
    }

    /// Returns a note on the axis for a subtitle, such as `; log scale`; empty for a linear axis with zero.
    pub fn said(&self) -> &'static str {
        match self.spacing {
            _ if self.leaves_out_zero() => "; the axis does not start at zero",
            Spacing::Linear => "",
            Spacing::Log => "; log scale",
        }
    }

    pub fn is_logarithmic(&self) -> bool {
        self.spacing != Spacing::Linear
    }
}

fn linear_ticks(low: f64, high: f64, at_most: usize) -> Vec<f64> {
    if at_most == 0 {
        return Vec::new();
    }
    let first = exponent((high - low) / at_most as f64);
    let steps = (first..first + 3).flat_map(|k| [1.0, 2.0, 2.5, 5.0].map(|lead| (lead, k)));
    for (lead, k) in steps {
        // One rounding per tick makes it the exact float that its label means.
        let multiple = |n: f64| {
            if k < 0 { n * lead / power_of_ten(-k) } else { n * lead * power_of_ten(k) }
        };
        let step = multiple(1.0);
        let (from, to) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
        // floats of this size cannot tell such small steps apart, so there are no ticks
        let farthest = from.abs().max(to.abs());
        if farthest.is_nan() || farthest >= FINEST {
            continue;
        }
        if to - from + 1.0 <= at_most as f64 {
            return (from as i64..=to as i64).map(|n| multiple(n as f64)).collect();
        }
    }
    Vec::new()
}

fn log_ticks(low: f64, high: f64, at_most: usize) -> Vec<f64> {
    if at_most == 0 {
        return Vec::new();
    }
    const LEADS: [&[f64]; 4] = [&[1.0, 1.5, 2.0, 3.0, 5.0, 7.0], &[1.0, 2.0, 5.0], &[1.0, 3.0], &[1.0]];
    let (first, last) = (exponent(low), exponent(high));
    let inside = |tick: &f64| *tick >= low && *tick <= high;
    let decade = |k: i32, leads: &[f64]| -> Vec<f64> {
        let ticks = leads.iter().map(|lead| lead * power_of_ten(k));
        ticks.filter(inside).collect()
    };
    let narrow = high / low < 10.0;
    for leads in &LEADS[usize::from(!narrow)..] {
        let ticks: Vec<f64> = (first..=last).flat_map(|k| decade(k, leads)).collect();
        if ticks.len() <= at_most {
            return ticks;
        }
    }
    let stride = (last - first) as usize / at_most + 1;
    let decades = (first..=last).filter(|k| k.rem_euclid(stride as i32) == 0);
    decades.flat_map(|k| decade(k, &[1.0])).collect()
}

#[cfg(test)]
mod tests;
