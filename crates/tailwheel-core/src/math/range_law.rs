//! Law of an uncertain number given as a range: normal on a log or log-odds scale, one spread per side.
//!
//! In: the median of a range and its ends. Out: the number for a standard normal draw. Not here: the notation
//! of a range (`form`).
//!
//! ```text
//! y = ln x; for a fraction y = ln(x/(1 − x))
//! y(z) = y_median + z·(y_high − y_median)/z95   for z ≥ 0,   y_median + z·(y_median − y_low)/z95   otherwise
//! ```
//!
//! So the ends are the 5th and 95th percentile, and the middle is the median. The number is clamped to the
//! limits of its kind; a count is rounded.

use super::elementary::{exp, ln};
use super::normal::Z95;
use super::{greater, lesser};

/// Scale on which an uncertain number is normally distributed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evenly {
    /// Scale ln x, for x > 0.
    Logarithm,
    /// Scale ln(x/(1 − x)), for 0 < x < 1.
    LogOdds,
}

/// Gauss quadrature points and weights of the positive half of a standard normal. The halves are separate
/// because the law of a range may bend at the median.
const POINTS: [[f64; 2]; 4] = [
    [0.189_188_465_667_924_33, 0.183_532_563_959_692_02],
    [0.882_928_444_187_104_8, 0.237_584_240_422_917_55],
    [1.898_635_201_026_033_7, 0.075_286_868_704_280_26],
    [3.199_890_790_487_88, 0.003_596_326_913_110_174_7],
];

/// Law of an uncertain number, as a function of one standard normal draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RangeLaw {
    scale: Evenly,
    /// Median of the number, converted to `scale`.
    median: f64,
    /// Standard deviation below the median (`below`) and above it (`above`), on `scale`.
    below: f64,
    above: f64,
    /// Least and greatest possible value of the number.
    limits: [f64; 2],
    is_whole: bool,
}

impl Evenly {
    /// Converts `x` to this scale; infinite or NaN if it lies outside the domain.
    pub fn of(self, x: f64) -> f64 {
        match self {
            Self::Logarithm => ln(x),
            Self::LogOdds => ln(x / (1.0 - x)),
        }
    }

    /// Converts `y` on this scale back to the number.
    #[inline(always)]
    pub fn number(self, y: f64) -> f64 {
        match self {
            Self::Logarithm => exp(y),
            Self::LogOdds => 1.0 / (1.0 + exp(-y)),
        }
    }

    /// True if `x` lies in the domain of this scale.
    pub fn has(self, x: f64) -> bool {
        match self {
            Self::Logarithm => x > 0.0,
            Self::LogOdds => x > 0.0 && x < 1.0,
        }
    }
}

impl RangeLaw {
    /// Creates the law with `low` and `high` as 5th and 95th percentile and this `median`. The three must
    /// rise and lie in the domain of `scale`.
    pub fn new(scale: Evenly, [low, median, high]: [f64; 3]) -> Self {
        let [low, median, high] = [low, median, high].map(|x| scale.of(x));
        Self {
            scale,
            median,
            below: (median - low) / Z95,
            above: (high - median) / Z95,
            limits: [0.0, f64::INFINITY],
            is_whole: false,
        }
    }

    /// Replaces a number below or above `limits` by the nearer limit.
    pub fn within(self, limits: [f64; 2]) -> Self {
        Self { limits, ..self }
    }

    /// Rounds the number to whole numbers if `is_whole` is true.
    pub fn rounded(self, is_whole: bool) -> Self {
        Self { is_whole, ..self }
    }

    /// Returns the number for the standard normal draw `z`.
    #[inline(always)]
    pub fn at(&self, z: f64) -> f64 {
        let spread = if z < 0.0 { self.below } else { self.above };
        let number = self.scale.number(spread.mul_add(z, self.median));
        let number = if self.is_whole { (number + 0.5).floor() } else { number };
        let [least, most] = self.limits;
        lesser(greater(number, least), most)
    }

    /// Returns the median of the number.
    pub fn median(&self) -> f64 {
        self.at(0.0)
    }

    /// Returns (number, weight) pairs for quadrature: weighted sums are means over the law, for functions
    /// smooth on each side of the median.
    pub fn points(&self) -> [[f64; 2]; 2 * POINTS.len()] {
        std::array::from_fn(|at| {
            let [z, weight] = POINTS[at / 2];
            [self.at(if at % 2 == 0 { z } else { -z }), weight]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::normal;
    use super::*;

    fn is_near(one: f64, other: f64) -> bool {
        (one - other).abs() <= 1e-12 * other.abs()
    }

    #[test]
    fn the_ends_are_the_5th_and_the_95th_percentile() {
        for (scale, ends) in [(Evenly::Logarithm, [30.0, 46.0, 300.0]), (Evenly::LogOdds, [0.01, 0.2, 0.9])] {
            let law = RangeLaw::new(scale, ends);
            for (z, expected) in [-Z95, 0.0, Z95].into_iter().zip(ends) {
                assert!(is_near(law.at(z), expected), "{scale:?} at {z}");
            }
        }
    }

    #[test]
    fn points_have_the_mean_of_the_law() {
        let law = RangeLaw::new(Evenly::Logarithm, [1.0, 3.0, 30.0]);
        for power in [0.0, 0.5, 1.0] {
            let to_power = |x: f64| exp(power * ln(x));
            let points = law.points().map(|[x, weight]| weight * to_power(x));
            // E e^(sz) over z > 0 is e^(s²/2)·Φ(s)
            let half = |s: f64| exp(0.5 * s * s) * normal::cdf(s);
            let [below, above] = [-ln(3.0), ln(10.0)].map(|end| half(power * end / Z95));
            let mean = to_power(3.0) * (below + above);
            let found: f64 = points.iter().sum();
            assert!((found / mean - 1.0).abs() < 5e-3, "{power}: {found} {mean}");
        }
    }

    #[test]
    fn a_count_is_rounded_and_nothing_leaves_its_limits() {
        let law = RangeLaw::new(Evenly::Logarithm, [1.0, 3.0, 9.0]);
        let count = law.within([1.0, 10.0]).rounded(true);
        assert_eq!([-9.0, 0.0, 9.0].map(|z| count.at(z)), [1.0, 3.0, 10.0]);
        assert_eq!(count.at(0.4), 4.0);
    }
}
