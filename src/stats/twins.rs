//! What both worlds made of the same draws, path by path, and samples of what the loop changes.
//!
//! In: the columns of a run with two worlds. Out: [`Sorted`] samples, the mean of which is the
//! change of a figure and the spread of which is its error. Not here: the measures
//! (`amplification`), contributions to the change of a quantile (`change`).

use super::change::{Change, Pair, rounding};
use super::data::Absent;
use super::estimate::Note;
use super::sample::{Map, Sorted};
use crate::stage::Level;

/// One quantity in both worlds, in the order of the paths.
#[derive(Clone, Debug)]
pub struct Twins {
    on: Vec<f64>,
    off: Vec<f64>,
    /// Whether samples of both remember their paths.
    keeps_paths: bool,
}

impl Twins {
    /// Pairs two columns of finite numbers, one each per path.
    pub fn new(on: Vec<f64>, off: Vec<f64>) -> Self {
        assert_eq!(on.len(), off.len(), "both worlds have the same paths");
        Self {
            on,
            off,
            keeps_paths: false,
        }
    }

    /// The same, of which samples remember their paths if it `keeps` them.
    pub fn keeping_paths(self, keeps: bool) -> Self {
        Self {
            keeps_paths: keeps,
            ..self
        }
    }

    /// The same seen through a function, which should be `#[inline(always)]`.
    pub fn map(&self, function: impl Fn(f64) -> f64 + Copy) -> Self {
        let map = |values: &[f64]| {
            let mut values = values.to_vec();
            Level::detect().run(Map {
                values: &mut values,
                function,
            });
            values
        };
        Self {
            on: map(&self.on),
            off: map(&self.off),
            keeps_paths: self.keeps_paths,
        }
    }

    /// Whether every value of both worlds is positive.
    pub fn is_positive(&self) -> bool {
        self.on.iter().chain(&self.off).all(|value| *value > 0.0)
    }

    /// A function of both worlds, path by path.
    pub fn combined(&self, of: impl Fn(f64, f64) -> f64) -> Sorted {
        let pairs = self.on.iter().zip(&self.off);
        let values: Vec<f64> = pairs.map(|(on, off)| of(*on, *off)).collect();
        self.kept(&values)
    }

    fn kept(&self, values: &[f64]) -> Sorted {
        let sorted = if self.keeps_paths {
            Sorted::with_paths(values)
        } else {
            Sorted::of(values)
        };
        sorted.expect(FINITE)
    }

    /// Change of the `p`-quantile.
    pub fn quantile(&self, p: f64) -> Result<Sorted, Absent> {
        self.change(|pair| pair.quantile(p))
    }

    /// Change of the mean of the worst `1 − level`, of losses.
    pub fn shortfall(&self, level: f64) -> Result<Sorted, Absent> {
        self.change(|pair| pair.shortfall(level))
    }

    fn change(
        &self,
        of: impl Fn(&Pair<'_>) -> Result<(Vec<f64>, Change), Note>,
    ) -> Result<Sorted, Absent> {
        let (base, new) = (sorted(&self.off), sorted(&self.on));
        let pair = Pair {
            base: &base,
            new: &new,
            x: &self.off,
            y: &self.on,
            rounding: rounding(&base, &new),
        };
        let (contributions, change) = of(&pair)?;
        Ok(self.kept(&contributions).contributing_to(change))
    }
}

impl From<Note> for Absent {
    /// Why a figure without an error cannot be compared with its twin.
    fn from(note: Note) -> Self {
        match note {
            Note::Atom { .. } => Self::Atom,
            _ => Self::TooFewPaths,
        }
    }
}

const FINITE: &str = "columns are finite and hold at least one path";

fn sorted(values: &[f64]) -> Sorted {
    Sorted::of(values).expect(FINITE)
}

#[cfg(test)]
mod tests {
    use super::super::change;
    use super::super::estimate::Estimate;
    use super::super::estimate::LEVEL;
    use super::super::tail;
    use super::super::tests::in_order_drawn;
    use super::*;
    use crate::math::quantile::rank;
    use rand_distr::StandardNormal;

    /// Two normals with deviations 1 and √1.48 and a common part.
    fn twins(n: usize, seed: u64) -> Twins {
        let common: Vec<f64> = in_order_drawn(StandardNormal, n, 2 * seed);
        let own: Vec<f64> = in_order_drawn(StandardNormal, n, 2 * seed + 1);
        let on = common.iter().zip(own).map(|(c, e)| 1.2 * c + 0.2 * e + 0.1);
        Twins::new(on.collect(), common)
    }

    type ChangeOf = fn(&Twins) -> Sorted;
    const CHANGES: [ChangeOf; 3] = [
        |twins| twins.quantile(0.05).expect("many paths"),
        |twins| twins.quantile(0.5).expect("many paths"),
        |twins| twins.shortfall(0.95).expect("many paths"),
    ];

    fn changed(change: ChangeOf, twins: &Twins) -> Estimate {
        change::estimate(&change(twins), LEVEL)
    }

    #[test]
    fn the_change_is_the_difference_of_the_two_figures() {
        let twins = twins(4001, 3);
        let quantile = |values: &[f64], p| sorted(values).values()[rank(4001, p) - 1];
        let shortfall = |values: &[f64]| tail::expected_shortfall(&sorted(values), 0.95, LEVEL);
        let expected = [
            quantile(&twins.on, 0.05) - quantile(&twins.off, 0.05),
            quantile(&twins.on, 0.5) - quantile(&twins.off, 0.5),
            shortfall(&twins.on).value - shortfall(&twins.off).value,
        ];
        for (change, expected) in CHANGES.into_iter().zip(expected) {
            let found = changed(change, &twins);
            assert!((found.value - expected).abs() < 1e-12);
            let (low, high) = found.interval.expect("many paths");
            assert!(low <= found.value && found.value <= high);
        }
    }

    #[test]
    fn the_error_is_the_spread_between_independent_runs() {
        // a deviation of 400 runs is known to 1/√800; the slope of a quantile adds its own noise
        const RUNS: u64 = 400;
        for change in CHANGES {
            let (mut sum, mut squares, mut errors) = (0.0, 0.0, 0.0);
            for seed in 0..RUNS {
                let estimate = changed(change, &twins(4000, seed));
                let error = estimate.std_error.expect("many paths");
                sum += estimate.value;
                squares += estimate.value * estimate.value;
                errors += error * error;
            }
            let n = RUNS as f64;
            let spread = ((squares - sum * sum / n) / (n - 1.0)).sqrt();
            let ratio = (errors / n).sqrt() / spread;
            assert!((ratio - 1.0).abs() < 0.15, "{ratio}");
            // power: with each path beside the twin of another, the error is far larger
            let mut strangers = twins(4000, 0);
            strangers.off.rotate_left(1);
            let unpaired = changed(change, &strangers).std_error;
            assert!(unpaired.expect("many paths") / spread > 1.4);
        }
    }

    #[test]
    fn an_atom_and_too_few_paths_have_no_error() {
        let ruined = Twins::new(vec![0.0; 100], (0..100).map(f64::from).collect());
        assert_eq!(ruined.quantile(0.05), Err(Absent::Atom));
        let few = Twins::new(vec![1.0, 2.0], vec![1.0, 2.5]);
        assert_eq!(few.quantile(0.5), Err(Absent::TooFewPaths));
        assert_eq!(few.shortfall(0.95), Err(Absent::TooFewPaths));
    }
}
