//! Law of a figure's sampling error, where that is not normal.
//!
//! In: a measure and the number of paths. Out: [`Sampling`]. Not here: the figure and its error.

use super::measure::Measure;
use crate::record::Statistic;

/// Law of (figure − truth)/(standard error) over many runs with other seeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sampling {
    /// Standard normal law, by the central limit theorem.
    Normal,
    /// Law of a fraction of the paths: the number of paths is binomial.
    Share,
    /// Distribution of an order statistic: the number of samples smaller than it is binomial.
    Quantile { probability: f64 },
    /// Roughly Student's t: a mean of the worst `1 − level` of the paths, so few that its standard error varies too.
    Shortfall { level: f64, degrees_of_freedom: f64 },
}

impl Measure {
    /// Returns the sampling law of this measure for `n` paths.
    ///
    /// An expected shortfall is the mean of m = n(1 − level) losses, and its error comes from their spread.
    /// So its law is roughly Student's t with m − 1 degrees of freedom (at least 1).
    pub fn sampling(&self, n: usize) -> Sampling {
        match self.statistic {
            Statistic::Above(_) => Sampling::Share,
            Statistic::Shortfall(level) => {
                let beyond = n as f64 * (1.0 - level) - 1.0;
                let degrees_of_freedom = if beyond > 1.0 { beyond } else { 1.0 };
                Sampling::Shortfall { level, degrees_of_freedom }
            }
            Statistic::Quantile(probability) => Sampling::Quantile { probability },
            _ => Sampling::Normal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::look_up;
    use super::super::tail::Worst;
    use super::super::tests::{counts, draws};
    use super::*;
    use rand_distr::StandardNormal;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    #[test]
    fn shares_and_shortfalls_have_laws_of_their_own() {
        let sampling = |id: &str, n| look_up(id).expect("a measure").sampling(n);
        assert_eq!(sampling("loss.probability", 256), Sampling::Share);
        // a mean over years is no share of the paths
        let of_years = sampling("loop.selling_year.probability", 256);
        assert_eq!(of_years, Sampling::Normal);
        let probability = 0.05;
        let of_rank = sampling("wealth.terminal.p05", 256);
        assert_eq!(of_rank, Sampling::Quantile { probability });
        let few = sampling("expected_shortfall.95", 256);
        assert!(matches!(few, Sampling::Shortfall { level: 0.95, degrees_of_freedom }
                if (degrees_of_freedom - 11.8).abs() < 1e-9));
    }

    #[test]
    fn the_shortfall_of_thirteen_paths_scatters_like_student() {
        // n = 256 at 95 %: 12.8 losses; three errors are passed more often than a normal says
        let n_runs = 4000;
        let [beyond] = counts(n_runs, |seed| {
            let losses = draws(StandardNormal, 256, seed);
            let worst = Worst::of(&losses, 0.95);
            [(worst.mean() - 2.0627128).abs() > 3.0 * worst.std_error(0.95)]
        });
        let share = beyond / n_runs as f64;
        let student = StudentsT::new(0.0, 1.0, 11.8).expect("a law").sf(3.0) * 2.0;
        let tolerance = 4.0 * (student / n_runs as f64).sqrt();
        // its gap is skewed too, which no symmetric law has: within a factor of two
        assert!(share < 2.0 * student + tolerance, "{share} {student}");
        // power: the normal law is far off
        assert!(share > 2.0 * 0.0027, "{share}");
    }
}
